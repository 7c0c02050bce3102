"""Answers to the same fields, one set after another: what was typed before is not read again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.diagnostic import MAX_PROBLEMS, Diagnostic, Place, Rejected
from drafter.outline.answers import Settled, Typed, defaults, settle
from drafter.outline.field import Field, Value
from drafter.outline.follow import following

#: What there is to say of an answer is said of it wherever it stands.
_NOWHERE = Diagnostic("", code="answer-unfit")

#: Answers remembered.
_REMEMBERED = 20_000

#: An answer remembered as one that does not fit, or that no field asks for.
_UNFIT = object()


class _ReadBefore(NamedTuple):
    """What an answer came to, None for one that is to be left blank, and what there is to say of it."""

    value: Value | None
    remarks: tuple[Diagnostic, ...] = ()


class ManyAnswers:
    """The fields of outlines, and what was typed into them so far."""

    def __init__(self, fields: Mapping[str, Field], today: date) -> None:
        self.fields, self.today = fields, today
        self.read: dict[tuple[str, str | tuple[str, ...]], object] = {}
        self.defaults: dict[str, Value] | None = None
        if not following(fields):
            try:
                self.defaults = defaults(fields, Settled({}, frozenset(), ()), today)
            except Rejected:
                self.defaults = None

    def __reduce__(self) -> tuple[type["ManyAnswers"], tuple[Mapping[str, Field], date]]:
        return ManyAnswers, (self.fields, self.today)

    def settled(self, sets: Mapping[str, str | Sequence[str]], places: Mapping[str, Place] = {}) -> Settled | None:
        """What `drafter.outline.answers.settle` makes of answers that stand at these places, if any; None where one does not fit
        or no field asks for it."""
        values: dict[str, Value] = {}
        blank = []
        remarks: list[Diagnostic] = []
        for name, typed in sets.items():
            said = typed if isinstance(typed, str) else tuple(typed)
            found = self.read.get((name, said))
            if found is None:
                found = self._found(name, said)
            if not isinstance(found, _ReadBefore):
                return None
            if found.value is None:
                blank.append(name)
                continue
            values[name] = found.value
            if found.remarks:
                place = places.get(name)
                remarks += [remark._replace(place=place) for remark in found.remarks] if place else found.remarks
        return Settled(values, frozenset(blank), tuple(remarks)) if len(remarks) < MAX_PROBLEMS else None

    def with_defaults(self, settled: Settled) -> dict[str, Value]:
        """The answers and what `drafter.outline.answers.defaults` says of the rest. Raises Rejected."""
        if self.defaults is None:
            return settled.values | defaults(self.fields, settled, self.today)
        if not settled.blank:
            return {**self.defaults, **settled.values}
        return {**{n: v for n, v in self.defaults.items() if n not in settled.blank}, **settled.values}

    def _found(self, name: str, said: str | tuple[str, ...]) -> object:
        if len(self.read) >= _REMEMBERED:
            self.read.clear()
        found = self.read[name, said] = self._read(name, said)
        return found

    def _read(self, name: str, said: str | tuple[str, ...]) -> object:
        if name not in self.fields:
            return _UNFIT
        try:
            found = settle(self.fields, {name: Typed(said, _NOWHERE)}, self.today)
        except Rejected:
            return _UNFIT
        return _ReadBefore(found.values.get(name), found.remarks)
