"""Which lines are numbered by their marks, and on which level.

No table says which level a mark is of: a speech may begin with 第一， and have 一、 nowhere. A level is the place in the
stack of lists that are open. A list that begins may stand below the innermost of them or in the place of one further
out; named pieces of evidence are weighed (`_Placing`): what goes on later, what the lines look like, which kinds of marks
stand below which elsewhere in the same text, and, weakest, what is usual.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from drafter.speech.marks import LAST, Mark, rank_of

#: Numbers of one list may leave out so many, as damaged texts do; the same number twice is taken as a slip, too.
_SKIPPED = 1

#: Marks of a kind that are looked at for the one that goes on.
_AHEAD = 40


class Numbered(NamedTuple):
    """A line that a mark numbers: `level` from 1; `group` is one number for all items of one list."""

    mark: Mark
    level: int
    group: int


class _OpenList(NamedTuple):
    """A list that is open: the kind of its marks, the number it has come to and the line of that, its group; whether
    each of its items stands on the line behind the one before, None while it has but one."""

    kind: str
    number: int
    at: int
    group: int
    close: bool | None


#: How often marks of one kind began a list below an item of another: (outer, inner), "" for the text itself.
_Nested = Counter[tuple[str, str]]


def levels(
    marks: Sequence[Mark | None], sure: Sequence[bool] = (), heads: Sequence[float] = ()
) -> list[Numbered | None]:
    """What numbers each line. A mark alone is none: a list has two items and more, one behind the other; but where
    `sure` says that a line is a heading, whatever stands around it. `heads` tells how much each line looks like a
    heading alone on its line, from 0 to 1: what follows such a one stands below it."""
    first = _Lists(marks, sure, heads, None)
    found = first.all()
    return found if not first.doubtful else _Lists(marks, sure, heads, first.certain).all()


class _Lists:
    """The lists that are open, the outermost first, while the marks of a text are gone through. `known`: what is certain
    of the whole text; None while that is found."""

    def __init__(
        self, marks: Sequence[Mark | None], sure: Sequence[bool], heads: Sequence[float], known: _Nested | None
    ) -> None:
        self.marks, self.sure, self.heads, self.known = marks, sure, heads, known
        self.where: dict[str, list[int]] = {}
        for at, mark in enumerate(marks):
            if mark:
                self.where.setdefault(mark.kind, []).append(at)
        self.stack: list[_OpenList] = []
        self.paths: dict[str, tuple[str, ...]] = {}  # by kind, the kinds it stood below when it first came
        self.certain: _Nested = Counter()
        self.doubtful = False
        self.groups = 0

    def all(self) -> list[Numbered | None]:
        """What numbers each line."""
        return [self.numbered(at, mark) if mark else None for at, mark in enumerate(self.marks)]

    def next_at(self, kind: str, number: int, at: int) -> int | None:
        """Where the list that has come to `number` goes on behind line `at`; None where it does not."""
        places = self.where[kind]
        for place in places[bisect_right(places, at) :][:_AHEAD]:
            mark = self.marks[place]
            assert mark
            goes_on = number < mark.number <= number + 1 + _SKIPPED or (mark.number == LAST and number > 1)
            if mark.number == 0 or goes_on:
                return place
            if mark.number == 1:
                return None
        return None

    def numbered(self, at: int, mark: Mark) -> Numbered | None:
        """What a mark makes of line `at`."""
        sure = bool(self.sure) and self.sure[at]
        depth = next((depth for depth, found in enumerate(self.stack) if found.kind == mark.kind), None)
        begins = self.next_at(mark.kind, mark.number, at) is not None
        if depth is not None:
            last = self.stack[depth]
            goes_on = mark.number in (0, LAST) or 0 <= mark.number - last.number <= 1 + _SKIPPED
            if (goes_on or (sure and mark.number > last.number)) and not (mark.number == 1 and begins):
                return self._open(at, mark, depth, last.group)
            if not sure and (mark.number != 1 or not begins):
                return None
            del self.stack[depth:]  # the same marks again: a new list in the place of the old one
        else:
            first = mark.number <= (2 if rank_of(mark.kind) in (1, 2) else 1)
            if not (first and begins):
                slip = self._slip(at, mark)
                if slip is not None:
                    found = self.stack[slip]
                    return self._open(at, mark._replace(kind=found.kind), slip, found.group)._replace(mark=mark)
                if not sure:
                    return None
            del self.stack[self._depth(at, mark) :]
        self.groups += 1
        self.paths.setdefault(mark.kind, tuple(found.kind for found in self.stack))
        return self._open(at, mark, len(self.stack), self.groups)

    def _open(self, at: int, mark: Mark, depth: int, group: int) -> Numbered:
        last = self.stack[depth] if depth < len(self.stack) and self.stack[depth].group == group else None
        close = None if last is None else last.at == at - 1 and last.close is not False
        del self.stack[depth:]
        self.stack.append(_OpenList(mark.kind, mark.number, at, group, close))
        return Numbered(mark, depth + 1, group)

    def _depth(self, at: int, mark: Mark) -> int:
        """How many of the open lists stay open above a list that begins: what most of the evidence says."""
        if not self.stack:
            return 0
        weights = [self._weight(at, mark, depth) for depth in range(len(self.stack) + 1)]
        best = max(range(len(weights)), key=lambda depth: (weights[depth], depth))
        others = [weight for depth, weight in enumerate(weights) if depth != best]
        if weights[best] - max(others) >= _CERTAIN:
            self.certain[self.stack[best - 1].kind if best else "", mark.kind] += 1
        else:
            self.doubtful = True
        return best

    def _weight(self, at: int, mark: Mark, depth: int) -> float:
        """What speaks for a list that begins on line `at` below the first `depth` of the open lists."""
        goes_on = self.next_at(mark.kind, mark.number, at)
        weight = 0.0
        for ended in self.stack[depth:]:
            later = self.next_at(ended.kind, ended.number, at) if ended.number else None
            if later is not None:  # it goes on behind this list, and so holds it, or is itself below its first item
                holds = goes_on is None or goes_on < later
                weight += _ENDED_TOO_EARLY if holds else _INTERRUPTED
            weight += _USUAL * (_stands_above(mark.kind, ended.kind) - _stands_above(ended.kind, mark.kind))
        if depth < len(self.stack) and self.heads:
            last = self.stack[-1]
            weight += self.heads[last.at] * (_HEAD_OF_NOTHING if last.at == at - 1 else _HEAD_OF_TEXT)
            weight += _APART if last.close and last.at < at - 1 and not self.heads[last.at] else 0.0
        outer = self.stack[depth - 1].kind if depth else ""
        if depth:
            weight -= _USUAL * _stands_above(mark.kind, outer)
        if self.known is None:
            return weight
        if self.paths.get(mark.kind) == tuple(found.kind for found in self.stack[:depth]):
            weight += _AS_BEFORE
        known = sum(count for (_, inner), count in self.known.items() if inner == mark.kind)
        return weight + (_AS_ELSEWHERE * self.known[outer, mark.kind] / known if known else 0)

    def _slip(self, at: int, mark: Mark) -> int | None:
        """The depth of the list that a mark of another kind goes on by a slip; None where it goes on none."""
        if not 2 <= mark.number < LAST:
            return None
        fits = [
            depth
            for depth, found in enumerate(self.stack)
            if any(mark.kind in kinds and found.kind in kinds for kinds in _SLIPS)
            and found.number == mark.number - 1 >= 2
            and self.next_at(found.kind, found.number, at) is None
        ]
        return fits[-1] if fits else None


def _stands_above(kind: str, other: str) -> bool:
    """Whether marks of a kind usually stand further out than those of another; nobody knows where headings without a
    mark stand."""
    rank, others = rank_of(kind), rank_of(other)
    return rank is not None and others is not None and rank < others


#: What the pieces of evidence weigh. A list that goes on behind the new one and would be ended by it; one that goes on
#: before the new one does; a heading with nothing below it, or with text alone; a paragraph behind a list of paragraphs
#: that stood close together; the place its kind had when it first
#: came, and the one it has elsewhere for certain; that a kind usually stands further out than another.
_ENDED_TOO_EARLY, _INTERRUPTED, _HEAD_OF_NOTHING, _HEAD_OF_TEXT, _APART, _AS_BEFORE, _AS_ELSEWHERE, _USUAL = (
    -5.0,
    0.5,
    -4.0,
    -1.0,
    0.75,
    1.0,
    3.0,
    1.0,
)

#: By how much one place must outweigh all others to be told of the rest of the text.
_CERTAIN = 3.0

#: Marks that are typed for one another by a slip: 一、 二、 第三，
_SLIPS = (
    frozenset(("一、", "一 ", "第一，", "（一）", "首先，")),
    frozenset(("1.", "1 ", "1）", "（1）")),
)
