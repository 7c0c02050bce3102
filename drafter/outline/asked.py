"""Which fields are to be asked, with the answers there are."""

from collections.abc import Mapping, Sequence

from drafter.diagnostic import Rejected
from drafter.outline.values import Field, Value

#: An answer for each field there is something to say of, None for one that is to have none.
SaidOrNone = Mapping[str, Value | None]


def due_among(fields: Sequence[Field], known: SaidOrNone, answers: SaidOrNone) -> list[Field]:
    """The fields to ask, in order, without those that were `known` before. A `when` sees the answers before it, and only
    those of fields that are due."""
    values = {name: value for name, value in known.items() if value is not None}
    out = []
    for field in fields:
        if field.name in known or not may_be_asked(field, values):
            continue
        out.append(field)
        if (value := answers.get(field.name)) is not None:
            values[field.name] = value
    return out


def may_be_asked(field: Field, values: Mapping[str, Value]) -> bool:
    """Whether a field is to be asked: where nobody can tell, it is."""
    try:
        return field.when is None or field.when.holds(values) is not False
    except (Rejected, ValueError):  # the answers do not fit the condition: for filling to say, and to lose none of them
        return True
