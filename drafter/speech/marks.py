"""Marks at the beginning of lines: 一、 （一） 1. 一是 第一， ①, as they were typed; and which lines they number, on which level.

No table says which level a mark is of: a speech may begin with 第一， and have 一、 nowhere. A level is the place in the stack
of marks that are open, by first appearance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from drafter.chinese.numerals import read_numeral


class Mark(NamedTuple):
    """A mark as typed, with the spaces behind it; `number` is 0 where it has none (——)."""

    kind: str
    number: int
    label: str


class Kind(NamedTuple):
    """A kind of mark. `rank` tells how far up its like usually stands (1 一、); where two lists meet, a mark of higher
    rank ends the list of a lower one that does not go on later. `said` marks are said in running text (一是), so that only
    a series of them numbers lines."""

    name: str
    pattern: str
    rank: float
    said: bool


_N = "[一二三四五六七八九十]{1,3}"
_D = "[0-9０-９]{1,2}"

#: The kinds, in the order they are tried. Which occur in speeches: 一、 （一） 一是 第一， —— 首先， 1. 一要 1、 （1） and few
#: others, by a count of 78 published texts.
KINDS: tuple[Kind, ...] = (
    Kind("部分", rf"第({_N})(?:个?部分|编|章|讲)(?:[，、：:,]|\s+|$)\s*", 0.5, False),
    Kind("一、", rf"({_N})(?:、|[．.](?![0-9０-９])|,(?=\D))\s*", 1, False),
    Kind("一 ", rf"({_N})(?:\u3000|\s)\s*(?=[\u4e00-\u9fff“《])", 1, False),
    Kind("（一）", rf"[（(]\s*({_N})\s*[）)][、，.．]?\s*", 2, False),
    Kind("1.", rf"({_D})(?:[.．](?![0-9０-９])|、)\s*", 4, False),
    Kind("（1）", rf"[（(]\s*({_D})\s*[）)][、，.．]?\s*", 5, False),
    Kind("1）", rf"({_D})[）)][、，.．]?\s*", 5, False),
    Kind("①", r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[、，.．]?\s*", 5, False),
    Kind("第一，", rf"第({_N})(?:(?:[个点条句件项步类层种]|方面)[\u4e00-\u9fff]{{0,3}})?(?:[，、：:,；;]|是(?=.)|\s+)\s*", 3, True),
    Kind("一是", rf"({_N})是[，,：:]?\s*", 4.5, True),
    Kind("一要", rf"({_N})要[，,]?\s*", 4.5, True),
    Kind("其一，", rf"其({_N})(?:[，、：:,；;]|是)\s*", 4.5, True),
    Kind("首先，", r"(首先|其次|再次|再者|最后)(?:[，、：:,]|是(?=要|加强|坚持))\s*", 3.5, True),
    Kind("一方面，", r"(一方面|另一方面)(?:[，,：:])\s*", 5, True),
    Kind("——", r"(?:——|—|--|－－|──)\s*(?=[^\s—─－-])()", 5, True),
    Kind("●", r"[●■◆▲★•·○◇□▪►➢]\s*(?=[^\s●■◆▲★•·○◇□▪►➢])()", 5, True),
)
_KIND = {kind.name: kind for kind in KINDS}
_COMPILED = tuple((kind, re.compile(kind.pattern)) for kind in KINDS)
_STARTS = frozenset("第其首再最另（(—-－─") | frozenset("一二三四五六七八九十0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳●■◆▲★•·○◇□▪►➢")
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 99, "一方面": 1, "另一方面": 2}

#: Numbers of one list may leave out so many, as damaged texts do; the same number twice is taken as a slip, too.
_SKIPPED = 1


def mark_of(line: str) -> Mark | None:
    """The mark a line begins with, None where it begins with none. That it numbers the line is not said: see `levels`."""
    if not line or line[0] not in _STARTS:
        return None
    for kind, pattern in _COMPILED:
        found = pattern.match(line)
        if found is None:
            continue
        said = found[1]
        if not said:
            return Mark(kind.name, 0, found[0])
        number = _WORDS.get(said) or (ord(said) - 0x245F if kind.name == "①" else read_numeral(said))
        if not number or (kind.name == "一、" and number > 40):
            continue
        return Mark(kind.name, number, found[0])
    return None


class Numbered(NamedTuple):
    """A line that a mark numbers: `level` from 1; `group` is one number for all items of one list."""

    mark: Mark
    level: int
    group: int


class _Open(NamedTuple):
    kind: str
    number: int
    group: int


def levels(marks: Sequence[Mark | None]) -> list[Numbered | None]:
    """What numbers each line. A mark alone is none: a list has two items and more, one behind the other."""
    where: dict[str, list[int]] = {}
    for at, mark in enumerate(marks):
        if mark:
            where.setdefault(mark.kind, []).append(at)
    out: list[Numbered | None] = [None] * len(marks)
    stack: list[_Open] = []
    paths: dict[str, tuple[str, ...]] = {}
    groups = 0

    def next_at(kind: str, number: int, at: int) -> int:
        """Where the list that has come to `number` goes on behind line `at`; -1 where it does not."""
        places = where[kind]
        for place in places[bisect_right(places, at) :][:40]:
            there = marks[place]
            assert there
            if there.number == 0 or number < there.number <= number + 1 + _SKIPPED or (there.number == 99 and number > 1):
                return place
            if there.number == 1:
                return -1
        return -1

    for at, mark in enumerate(marks):
        if mark is None:
            continue
        kind = _kind(mark.kind)
        depth = next((d for d, one in enumerate(stack) if one.kind == mark.kind), -1)
        if depth >= 0:
            one = stack[depth]
            goes_on = mark.number == 0 or mark.number == 99 or 0 <= mark.number - one.number <= 1 + _SKIPPED
            if goes_on and not (mark.number == 1 and next_at(mark.kind, 1, at) >= 0):
                del stack[depth:]
                stack.append(_Open(mark.kind, mark.number, one.group))
                out[at] = Numbered(mark, depth + 1, one.group)
                continue
            if mark.number != 1 or next_at(mark.kind, 1, at) < 0:
                continue
            del stack[depth:]  # the same marks again: a new list in the place of the old one
        else:
            if mark.number > (2 if kind.rank in (1, 2) else 1) or next_at(mark.kind, mark.number, at) < 0:
                if slip := _slip(stack, mark, [next_at(one.kind, one.number, at) < 0 for one in stack]):
                    one = stack[slip - 1]
                    del stack[slip - 1 :]
                    stack.append(_Open(one.kind, mark.number, one.group))
                    out[at] = Numbered(mark, slip, one.group)
                continue
            path = paths.get(mark.kind)
            open_kinds = tuple(one.kind for one in stack)
            if path is not None and len(path) < len(stack) and open_kinds[: len(path)] == path:
                below = stack[len(path)]
                if next_at(below.kind, below.number, at) < 0 or not _kind(below.kind).rank < kind.rank:
                    del stack[len(path) :]
            while stack and kind.rank < _kind(stack[-1].kind).rank:
                top = stack[-1]
                later = next_at(top.kind, top.number, at) if top.number else -1
                if next_at(mark.kind, mark.number, at) < later:  # it holds this one: it goes on behind it
                    break
                stack.pop()
        groups += 1
        paths.setdefault(mark.kind, tuple(one.kind for one in stack))
        stack.append(_Open(mark.kind, mark.number, groups))
        out[at] = Numbered(mark, len(stack), groups)
    return out


#: Marks that are typed for one another by a slip: 一、 二、 第三，
_SLIPS = frozenset(("一、", "第一，", "（一）", "首先，"))


def _slip(stack: Sequence[_Open], mark: Mark, ended: Sequence[bool]) -> int:
    """The depth, from 1, of the list that a mark of another kind goes on by a slip; 0 where it goes on none. `ended` tells
    which of the open lists go on nowhere else."""
    if mark.kind not in _SLIPS or not 2 <= mark.number < 99:
        return 0
    fits = [depth for depth, one in enumerate(stack, 1) if one.kind in _SLIPS and one.number == mark.number - 1 >= 2 and ended[depth - 1]]
    return fits[-1] if fits else 0


def _kind(name: str) -> Kind:
    return _KIND.get(name) or _BARE


#: Headings without a mark, which `drafter.speech.recognise` tells by their looks.
_BARE = Kind("", "", 4.2, False)
