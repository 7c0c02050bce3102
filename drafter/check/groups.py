"""Findings gathered as a reviewer wants them: one fault once, however often it was made, the gravest and surest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from drafter.check.kinds import KINDS, OTHER, gravity, kind_of
from drafter.check.report import Remark
from drafter.check.rules import LEVELS, Finding

#: What findings may be put in order by.
BY_WEIGHT, BY_PLACE = "轻重", "位置"
ORDERS = (BY_WEIGHT, BY_PLACE)

#: How many to one a finding is taken to be right of a rule that does not reckon: such a rule matches what it knows. One that
#: reckons and is less sure stands behind those.
KNOWN_ODDS = 20.0

#: So many places of a fault are named beside the first; they fit on a line.
MOST_PLACES = 12


class GroupData(TypedDict):
    """A fault for programs: `findings` are its places, by their numbers in `findings` of the file, from 0."""

    rule: str
    kind: str
    level: str
    message: str
    words: str
    instead: str | None
    odds: float | None
    count: int
    findings: list[int]


class SameFault(NamedTuple):
    """One fault: the findings of one rule about the same words with the same remedy, the first in the text first. `numbers`
    are theirs in the sequence they were gathered from."""

    remarks: tuple[Remark, ...]
    numbers: tuple[int, ...]

    @property
    def first(self) -> Remark:
        """The finding it is told by."""
        return self.remarks[0]

    @property
    def odds(self) -> float | None:
        """Those of the surest, None where the rule does not reckon."""
        return max((r.finding.odds for r in self.remarks if r.finding.odds is not None), default=None)

    @property
    def also(self) -> str:
        """Where else it was made, "" where it was made once."""
        others = self.remarks[1:]
        if not others:
            return ""
        if self.first.place.said:
            return self._also_on_pages()
        lines = Counter(r.place.line for r in others)
        if set(lines) == {self.first.place.line}:
            return f"同样的这一{self.first.unit}还有 {len(others)} 处。"
        said = [f"{line}（{n} 处）" if n > 1 and len(lines) > 1 else str(line) for line, n in lines.items() if line]
        more = "等" if len(said) > MOST_PLACES else ""
        unit = self.first.unit
        where = f"：第 {'、'.join(said[:MOST_PLACES])} {unit}{more}" if said else ""
        return f"同样的还有 {len(others)} 处{where}。"

    def _also_on_pages(self) -> str:
        """The same in a file whose pages are counted."""
        others = self.remarks[1:]
        places = Counter(r.place.said for r in others)
        if set(places) == {self.first.place.said}:
            return f"同样的这一段还有 {len(others)} 处。"
        said = [f"{place}（{n} 处）" if n > 1 and len(places) > 1 else place for place, n in places.items() if place]
        more = "等" if len(said) > MOST_PLACES else ""
        named = "、".join(place.removeprefix("约") if n else place for n, place in enumerate(said[:MOST_PLACES]))
        return f"同样的还有 {len(others)} 处{f'：{named}{more}' if named else ''}。"

    def json(self) -> GroupData:
        """For programs."""
        f = self.first.finding
        return {
            "rule": f.rule,
            "kind": kind_of(f.rule),
            "level": f.level,
            "message": f.message,
            "words": self.first.words,
            "instead": f.instead,
            "odds": self.odds,
            "count": len(self.remarks),
            "findings": list(self.numbers),
        }


def gathered(remarks: Sequence[Remark], order: str = BY_WEIGHT) -> tuple[SameFault, ...]:
    """The faults among findings that stand in the order of the text."""
    found: dict[tuple[object, ...], list[int]] = {}
    for number, r in enumerate(remarks):
        found.setdefault(same_fault(r.finding, r.words), []).append(number)
    groups = [SameFault(tuple(remarks[n] for n in numbers), tuple(numbers)) for numbers in found.values()]
    if order == BY_WEIGHT:
        groups.sort(key=_weight)
    return tuple(groups)


def same_fault(f: Finding, words: str) -> tuple[object, ...]:
    """What findings have in common that are one fault; `words` are those the finding is about."""
    return f.rule, f.level, f.message, words, f.instead


def _weight(group: SameFault) -> tuple[float, ...]:
    """What stands first: graver levels, surer findings, graver kinds, then the order of the text."""
    f = group.first.finding
    odds = group.odds
    return LEVELS.index(f.level), -(KNOWN_ODDS if odds is None else odds), gravity(kind_of(f.rule)), group.numbers[0]


def by_kind(found: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each kind, the gravest kind first."""
    counts = Counter(kind_of(f.rule) for f in found)
    return {kind: counts[kind] for kind in (*KINDS, OTHER) if counts[kind]}
