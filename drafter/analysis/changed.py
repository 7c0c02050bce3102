"""Which facts of a text are other ones in another: what stands where something else stood, told by what it is and by
the words around it.

Two things speak for a change. What is a fact by itself on both sides: a figure, a day, a name (`found`). And what the
other text has in its place: a short stretch that was put for another one and ends as a name does
(`drafter.analysis.instead`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.analysis.counted import TIMES, counted
from drafter.analysis.facts import mentions
from drafter.analysis.instead import STOP, bodies, put_for
from drafter.analysis.marked import Opcode, opcodes
from drafter.check.tables.lexicon import lexicon


class StandingFact(NamedTuple):
    """A fact where it stands: the letters `start` to `end` of `text`; its kind; its words; what a figure counts, "" for
    others; whether it is a fact whatever the other text has. `place` says where the text stands, for people."""

    start: int
    end: int
    kind: str
    words: str
    unit: str
    plainly: bool
    text: str
    place: str

    @property
    def group(self) -> str:
        """What it can change into: numbers into numbers, times into times, names into their kind."""
        if self.kind in TIMES or self.kind == "near":
            return "time"
        return "number" if self.kind in _NUMBERS else self.kind


_NUMBERS = frozenset(("figure", "share", "ordinal", "session", "plan", "phone"))


def found(text: str, proper: Mapping[str, str], place: str) -> list[StandingFact]:
    """The facts of a text; `proper` are names, posts, places, meetings and papers known of the whole speech."""
    out = [StandingFact(m.start, m.end, m.kind, m.words, m.unit, m.plainly, text, place) for m in counted(text)]
    out += [
        StandingFact(m.start, m.end, m.kind, m.words, "", True, text, place)
        for m in mentions(text, proper)
        if m.kind not in ("figure", *TIMES, *_NUMBERS)
    ]
    known = [(one.start, one.end) for one in out if one.kind not in ("meeting", "paper")]
    for start, end in bodies(text):
        if not any(start < high and low < end for low, high in known):
            out.append(StandingFact(start, end, "unit", text[start:end], "", True, text, place))
    return sorted(out)


def _named(text: str, place: str, kind: str, at: tuple[int, int]) -> StandingFact:
    start, end = at
    return StandingFact(start, end, kind, text[start:end], "", True, text, place)


def changed_within(
    old: tuple[str, str], new: tuple[str, str], left: list[StandingFact], right: list[StandingFact]
) -> list[tuple[StandingFact, StandingFact]]:
    """The facts of a text that are others in what became of it, which are taken out of both sides, and so are those
    that are the same. Each text comes with its place."""
    rows = opcodes(old[0], new[0])
    _same_dropped(left, right, rows)
    bare = [_bared(row, left, right) for row in rows if not _known(row, left, right)]
    pairs = [
        (_named(*old, one.kind, one.was), _named(*new, one.kind, one.now)) for one in put_for(old[0], new[0], bare)
    ]
    end = len(new[0])
    for side, at in ((left, 0), (right, 1)):
        side[:] = [one for one in side if not any(p[at].start <= one.start and one.end <= p[at].end for p in pairs)]
    scores = []
    for n, a in enumerate(left):
        span = _became(a, rows, end)
        for m, b in enumerate(right):
            if a.group != b.group:
                continue
            over = b.start < span[1] and span[0] < b.end
            score = _around(a, b) + 4 * over + (6 if a.words == b.words else 0)
            least = 1 if a.plainly and b.plainly else 3
            if score >= least and (over or (a.plainly and b.plainly) or a.words == b.words):
                scores.append((-score, abs(n - m), n, m))
    return _without_parts([*pairs, *(_with_noun(a, b) for a, b in _taken(left, right, scores))])


def _known(row: Opcode, left: Sequence[StandingFact], right: Sequence[StandingFact]) -> bool:
    """Whether what was put for something else is part of facts of one kind on both sides."""
    _, i0, i1, j0, j1 = row
    was = {a.group for a in left if a.start <= i0 and i1 <= a.end and a.kind not in _LONG}
    return any(b.group in was for b in right if b.start <= j0 and j1 <= b.end)


def _bared(row: Opcode, left: Sequence[StandingFact], right: Sequence[StandingFact]) -> Opcode:
    """What was put for something else without the figures both end or begin with: 人民路 of 人民路12号."""
    kind, i0, i1, j0, j1 = row
    for a in left:
        for b in right:
            if a.group == b.group and i0 < a.start < i1 <= a.end and j0 < b.start < j1 <= b.end:
                i1, j1 = a.start, b.start
            elif a.group == b.group and a.start <= i0 < a.end < i1 and b.start <= j0 < b.end < j1:
                i0, j0 = a.end, b.end
    return kind, i0, i1, j0, j1


#: Kinds whose names hold facts of their own: 全市2025年教育工作会议.
_LONG = frozenset(("meeting", "paper"))


def _without_parts(pairs: Sequence[tuple[StandingFact, StandingFact]]) -> list[tuple[StandingFact, StandingFact]]:
    """Without names that differ in nothing but facts within them."""
    out = []
    for a, b in pairs:
        if a.kind in _LONG:
            inner = [(c, d) for c, d in pairs if a.start <= c.start and c.end <= a.end and c.words != a.words]
            words, shift = a.words, a.start
            for c, d in sorted(inner):
                words = words[: c.start - shift] + d.words + words[c.end - shift :]
                shift += len(c.words) - len(d.words)
            if inner and words == b.words:
                continue
        out.append((a, b))
    return out


#: What makes one noun of a word before it: 督查组, 示范村.
_OF_NOUNS = frozenset("组队班区县镇乡村点站所店户家院校厂库园员")


def _with_noun(a: StandingFact, b: StandingFact) -> tuple[StandingFact, StandingFact]:
    """Two figures with the word behind them both, where their unit does not say what they count: 三十六个班."""
    if a.group != "number" or a.unit not in ("", "个") or b.unit not in ("", "个"):
        return a, b
    same = ""
    while len(same) < 3 and (letter := a.text[a.end + len(same) :][:1]) == b.text[b.end + len(same) :][:1]:
        if not letter or STOP.match(letter):
            break
        same += letter
    many = 2 if lexicon().is_word(same[:2]) else min(1, len(same))
    if same[many : many + 1] in _OF_NOUNS:
        many = min(len(same), many + 1)
    return (
        a._replace(end=a.end + many, words=a.text[a.start : a.end + many]),
        b._replace(end=b.end + many, words=b.text[b.start : b.end + many]),
    )


def changed_elsewhere(
    left: list[StandingFact], right: list[StandingFact], least: int
) -> list[tuple[StandingFact, StandingFact]]:
    """The same for facts of different texts, which must stand among the same words."""
    left_few, right_few = left[:_FEW], right[:_FEW]
    scores = [
        (-score, abs(n - m), n, m)
        for n, a in enumerate(left_few)
        for m, b in enumerate(right_few)
        if a.group == b.group and (score := _around(a, b)) >= least
    ]
    return _taken(left, right, scores)


#: Facts on each side that are compared each with each.
_FEW = 300


def _taken(
    left: list[StandingFact], right: list[StandingFact], scores: Sequence[tuple[int, int, int, int]]
) -> list[tuple[StandingFact, StandingFact]]:
    """The pairs that are one fact, taken out of both sides; what speaks most for itself first. The same words are no
    change."""
    ones: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in sorted(scores):
        if n not in ones and m not in taken:
            ones[n] = m
            taken.add(m)
    out = [(left[n], right[m]) for n, m in sorted(ones.items()) if left[n].words != right[m].words]
    left[:] = [a for n, a in enumerate(left) if n not in ones]
    right[:] = [b for m, b in enumerate(right) if m not in taken]
    return out


def _same_dropped(left: list[StandingFact], right: list[StandingFact], rows: Sequence[Opcode]) -> None:
    """Take out what stands unchanged at the same place of both."""
    places = {(b.start, b.end, b.kind) for b in right}
    same: set[tuple[int, int, str]] = set()
    kept = []
    for a in left:
        equal = (j0 - i0 for kind, i0, i1, j0, _ in rows if kind == "equal" and i0 <= a.start and a.end <= i1)
        shift = next(equal, None)
        there = (a.start + (shift or 0), a.end + (shift or 0), a.kind)
        if shift is not None and there in places:
            same.add(there)
        else:
            kept.append(a)
    left[:] = kept
    right[:] = [b for b in right if (b.start, b.end, b.kind) not in same]


def _became(said: StandingFact, rows: Sequence[Opcode], end: int) -> tuple[int, int]:
    """The stretch of the other text that a fact's letters were made into."""
    low, high = end, 0
    for kind, i0, i1, j0, j1 in rows:
        if (i0 < said.end and said.start < i1) or (i0 == i1 and said.start <= i0 <= said.end):
            if kind == "equal":
                low = min(low, j0 + max(0, said.start - i0))
                high = max(high, j0 + min(i1, said.end) - i0)
            else:
                low, high = min(low, j0), max(high, j1)
    return low, high


def _around(a: StandingFact, b: StandingFact) -> int:
    """How much speaks for two being one fact: what they count, the letters before and behind; 0 for nothing."""
    before = after = 0
    while before < min(6, a.start, b.start) and a.text[a.start - 1 - before] == b.text[b.start - 1 - before]:
        before += 1
    behind = len(a.text) - a.end, len(b.text) - b.end
    while after < min(4, *behind) and a.text[a.end + after] == b.text[b.end + after]:
        after += 1
    alone = a.start == b.start == 0 and behind == (0, 0)
    return 2 * (a.unit == b.unit != "") + before + after + alone
