"""Outlines that are filled together: what they ask for, once, and what one of them answers for another."""

from collections.abc import Mapping, Sequence
from datetime import date

from drafter.diagnostic import WARNING, Diagnostic, Rejected
from drafter.outline.answers import Settled, defaults, from_options
from drafter.outline.between import Taken, taken, told_by
from drafter.outline.field import RANK, Field, Value, say
from drafter.outline.model import Outline


def together(outlines: Sequence[Outline]) -> dict[str, Field]:
    """The fields of several outlines, each once, as the first of them asks for it; asked without a condition where one
    of them has none, with the choices of all. Raises Rejected where two mean different things by one name."""
    fields: dict[str, Field] = {}
    for outline in outlines:
        for field in outline.fields.values():
            first = fields.setdefault(field.name, field)
            if first.type != field.type:
                told = f"空【{field.name}】在两份提纲里类型不同：{first.type} 和 {field.type}，不能一起写。"
                raise Rejected(Diagnostic(told, field.place, "改成一样的 type，或者分两次写。", code="field-of-two-types"))
            if first.when and (field.when is None or field.when.source != first.when.source):
                fields[field.name] = first = first._replace(when=None)
            if more := tuple(choice for choice in field.choices if choice not in first.choices):
                fields[field.name] = first._replace(choices=(*first.choices, *more))
    return fields


def own_answers(
    outline: Outline, values: Mapping[str, Value], answered: frozenset[str], today: date
) -> Mapping[str, Value]:
    """The answers as one of several outlines takes them: a choice that it does not offer, or that nobody has made
    (`answered` are those somebody has), is what follows from its own choices."""
    other = {
        field.name
        for field in outline.fields.values()
        if field.type == "choice"
        and field.name in values
        and (values[field.name] not in field.choices or (field.name not in answered and (field.vary or field.name == RANK)))
    }
    if not other:
        return values
    kept = {name: value for name, value in values.items() if name not in other}
    blank = frozenset(outline.fields) - other - kept.keys()
    return kept | defaults(outline.fields, Settled(kept, blank, ()), today)


def answered_by_others(outlines: Sequence[Outline], sets: Sequence[str]) -> frozenset[str]:
    """The fields one of several outlines answers for another; what the user has set by hand is not among them."""
    return frozenset(told_by(outlines)) - from_options(sets).keys()


def with_taken(
    named: Sequence[tuple[str, Outline]],
    fields: Mapping[str, Field],
    values: dict[str, Value],
    settled: Settled,
    by_others: frozenset[str],
    today: date,
) -> tuple[dict[str, Value], Settled, tuple[Taken, ...]]:
    """The answers with those the outlines give each other, above what an answers file says, for that may be of another
    meeting; a remark tells of it. `named` are the outlines, each by what it was asked for by."""
    outlines = [outline for _, outline in named]
    found = tuple(one for one in taken(outlines, fields, values, today) if one.name in by_others)
    remarks = list(settled.remarks)
    for one in found:
        was = values.get(one.name)
        if was is not None and was != one.value:
            message = f"回答里的【{one.name}】是“{say(was)}”，和一起写的 {named[one.outline][0]} 不一样，照后者写成“{say(one.value)}”。"
            hint = f"要用自己的说法，写 --set {one.name}=……。"
            remarks.append(Diagnostic(message, None, hint, level=WARNING, code="answer-of-another-meeting"))
    values = values | {one.name: one.value for one in found}
    left = {name: fields[name] for name in by_others if name not in values}
    values |= defaults(left, settled, today)
    return values, settled._replace(remarks=tuple(remarks), blank=settled.blank - {one.name for one in found}), found
