"""Marks at the beginning of lines: 一、 （一） 1. 一是 第一， ①, as they were typed; and which lines they number, on which level.
Whoever asks whether a paragraph begins with a number asks here (`mark_of`): recogniser, rules, readers.

No table says which level a mark is of: a speech may begin with 第一， and have 一、 nowhere. A level is the place in the
stack of marks that are open, by first appearance.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from drafter.chinese.numerals import read_numeral


class Mark(NamedTuple):
    """A mark as typed, with the spaces behind it; `number` is 0 where it has none (——)."""

    kind: str
    number: int
    label: str

    @property
    def said(self) -> bool:
        """Whether it is one that is said in running text (一是)."""
        return _kind(self.kind).said


class Kind(NamedTuple):
    """A kind of mark. `rank` tells how far up its like usually stands (1 一、); where two lists meet, a mark of higher
    rank ends the list of a lower one that does not go on later. `said` marks are said in running text (一是), so that
    only a series of them numbers lines."""

    name: str
    pattern: str
    rank: float
    said: bool


_N = "[一二三四五六七八九十]{1,3}"
_D = "[0-9０-９]{1,2}"

#: The kinds, in the order they are tried. Which occur in speeches: 一、 （一） 一是 第一， —— 首先， 1. 一要 1、 （1） and few
#: others, by a count of 78 published texts.
KINDS: tuple[Kind, ...] = (
    Kind("部分", rf"第({_N})(?:个?部分|编|章|节|篇|讲)(?:[，、：:,]|\s+|$)\s*", 0.5, False),
    Kind("一、", rf"({_N})(?:、|[．.](?![0-9０-９])|[,，](?=\D))\s*", 1, False),
    Kind("一 ", rf"({_N})(?:\u3000|\s)\s*(?=[\u4e00-\u9fff“《])", 1, False),
    Kind("（一）", rf"[（(]\s*({_N})\s*[）)][、，.．]?\s*", 2, False),
    Kind("1.", rf"({_D})(?:[.．](?![0-9０-９])|、(?![0-9０-９]{{1,2}}(?![0-9０-９])))\s*", 4, False),
    Kind("（1）", rf"[（(]\s*({_D})\s*[）)][、，.．]?\s*", 5, False),
    Kind("1）", rf"({_D})[）)][、，.．]?\s*", 5, False),
    Kind("①", r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[、，.．]?\s*", 5, False),
    Kind("第一，", rf"第({_N})(?:(?:[个点条句件项步类层种]|方面)[\u4e00-\u9fff]{{0,3}})?(?:[，、：:,；;]|是(?=.)|\s+)\s*", 3, True),
    Kind("一是", rf"({_N})是[，,：:]?\s*", 4.5, True),
    Kind("一要", rf"({_N})要[，,]?\s*", 4.5, True),
    Kind("其一，", rf"其({_N})(?:[，、：:,；;]|是)\s*", 4.5, True),
    Kind("首先，", r"(首先|其次|再次|再者|最后)(?:[，、：:,]|是(?=要|加强|坚持))\s*", 3.5, True),
    Kind("一方面，", r"(一方面|另一方面)(?:[，,：:])\s*", 5, True),
    Kind("——", r"(?:——|—|--|－－|──)\s*(?=[^\s—─－-])(?!\d{1,4}\s*[—－-]\s*$)()", 5, True),  # not a page's — 1 —
    Kind("●", r"[●■◆▲★•·○◇□▪►➢]\s*(?=[^\s●■◆▲★•·○◇□▪►➢])()", 5, True),
)
_KIND = {kind.name: kind for kind in KINDS}
_HAN, _DIGITS = "一二三四五六七八九十", "0123456789０１２３４５６７８９"
#: What the marks of each kind begin with.
_BEGINS = {
    "部分": "第",
    "一、": _HAN,
    "一 ": _HAN,
    "（一）": "（(",
    "1.": _DIGITS,
    "（1）": "（(",
    "1）": _DIGITS,
    "①": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "第一，": "第",
    "一是": _HAN,
    "一要": _HAN,
    "其一，": "其",
    "首先，": "首其再最",
    "一方面，": "一另",
    "——": "—-－─",
    "●": "●■◆▲★•·○◇□▪►➢",
}


@cache
def _kinds_of(first: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """The kinds whose marks may begin with a character, in the order they are tried. Their patterns are compiled when a
    line first needs them: all of them together take a fiftieth of a `drafter new`."""
    return tuple((kind, re.compile(kind.pattern)) for kind in KINDS if first in _BEGINS[kind.name])


#: The number of 最后，, which ends a list whatever its length.
LAST = 99

_WORDS = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": LAST, "一方面": 1, "另一方面": 2}

#: Numbers of one list may leave out so many, as damaged texts do; the same number twice is taken as a slip, too.
_SKIPPED = 1


def mark_of(line: str) -> Mark | None:
    """The mark a line begins with, None where it begins with none. That it numbers the line is not said: see
    `levels`."""
    for kind, pattern in _kinds_of(line[:1]) if line else ():
        found = pattern.match(line)
        if found is None:
            continue
        said = found[1]
        if not said:
            return Mark(kind.name, 0, found[0])
        number = _WORDS.get(said) or (ord(said) - 0x245F if kind.name == "①" else read_numeral(said))
        if not number or (kind.name == "一、" and number > 40) or _is_no_mark(kind.name, number, line[found.end() :]):
            continue
        return Mark(kind.name, number, found[0])
    return None


def _is_no_mark(kind: str, number: int, rest: str) -> bool:
    """Whether what looks like a mark is said of several things: 一、二季度; 二十二、三岁; 第一、第二产业."""
    if kind == "一、":
        following = read_numeral(rest[0]) if re.match("[二三四五六七八九](?![十百千、])", rest) else None
        return following == number % 10 + 1
    return kind == "第一，" and bool(re.match("第|[一二三四五六七八九]、", rest))


class Numbered(NamedTuple):
    """A line that a mark numbers: `level` from 1; `group` is one number for all items of one list."""

    mark: Mark
    level: int
    group: int


class _OpenList(NamedTuple):
    kind: str
    number: int
    group: int


def levels(marks: Sequence[Mark | None], sure: Sequence[bool] = ()) -> list[Numbered | None]:
    """What numbers each line. A mark alone is none: a list has two items and more, one behind the other; but where
    `sure` says that a line is a heading, whatever stands around it."""
    lists = _Lists(marks)
    return [lists.numbered(at, mark, bool(sure) and sure[at]) if mark else None for at, mark in enumerate(marks)]


#: Marks of a kind that are looked at for the one that goes on.
_AHEAD = 40


class _Lists:
    """The lists that are open, the outermost first, while the marks of a text are gone through."""

    def __init__(self, marks: Sequence[Mark | None]) -> None:
        self.marks = marks
        self.where: dict[str, list[int]] = {}
        for at, mark in enumerate(marks):
            if mark:
                self.where.setdefault(mark.kind, []).append(at)
        self.stack: list[_OpenList] = []
        self.paths: dict[str, tuple[str, ...]] = {}  # by kind, the kinds it stood below when it first came
        self.groups = 0

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

    def numbered(self, at: int, mark: Mark, sure: bool) -> Numbered | None:
        """What a mark makes of line `at`."""
        depth = next((depth for depth, found in enumerate(self.stack) if found.kind == mark.kind), None)
        begins = self.next_at(mark.kind, mark.number, at) is not None
        if depth is not None:
            last = self.stack[depth]
            goes_on = mark.number in (0, LAST) or 0 <= mark.number - last.number <= 1 + _SKIPPED
            if goes_on and not (mark.number == 1 and begins):
                return self._open(at, mark, depth, last.group)
            if not sure and (mark.number != 1 or not begins):
                return None
            del self.stack[depth:]  # the same marks again: a new list in the place of the old one
        else:
            first = mark.number <= (2 if _kind(mark.kind).rank in (1, 2) else 1)
            if not (first and begins):
                slip = self._slip(at, mark)
                if slip is not None:
                    found = self.stack[slip]
                    return self._open(at, mark._replace(kind=found.kind), slip, found.group)._replace(mark=mark)
                if not sure:
                    return None
            self._leave(at, mark)
        self.groups += 1
        self.paths.setdefault(mark.kind, tuple(found.kind for found in self.stack))
        return self._open(at, mark, len(self.stack), self.groups)

    def _open(self, at: int, mark: Mark, depth: int, group: int) -> Numbered:
        del self.stack[depth:]
        self.stack.append(_OpenList(mark.kind, mark.number, group))
        return Numbered(mark, depth + 1, group)

    def _leave(self, at: int, mark: Mark) -> None:
        """End the lists that a new one of this mark does not stand below."""
        rank = _kind(mark.kind).rank
        path = self.paths.get(mark.kind)
        if (
            path is not None
            and len(path) < len(self.stack)
            and tuple(found.kind for found in self.stack[: len(path)]) == path
        ):
            below = self.stack[len(path)]
            if self.next_at(below.kind, below.number, at) is None or _kind(below.kind).rank >= rank:
                del self.stack[len(path) :]
        while self.stack and rank < _kind(self.stack[-1].kind).rank:
            top = self.stack[-1]
            later = self.next_at(top.kind, top.number, at) if top.number else None
            goes_on = self.next_at(mark.kind, mark.number, at)
            if later is not None and (goes_on is None or goes_on < later):  # it holds this one: it goes on behind it
                break
            self.stack.pop()

    def _slip(self, at: int, mark: Mark) -> int | None:
        """The depth of the list that a mark of another kind goes on by a slip; None where it goes on none."""
        if mark.kind not in _SLIPS or not 2 <= mark.number < LAST:
            return None
        fits = [
            depth
            for depth, found in enumerate(self.stack)
            if found.kind in _SLIPS
            and found.number == mark.number - 1 >= 2
            and self.next_at(found.kind, found.number, at) is None
        ]
        return fits[-1] if fits else None


#: Marks that are typed for one another by a slip: 一、 二、 第三，
_SLIPS = frozenset(("一、", "第一，", "（一）", "首先，"))


def _kind(name: str) -> Kind:
    return _KIND.get(name) or _BARE


#: Headings without a mark, which `drafter.speech.recognise` tells by their looks.
_BARE = Kind("", "", 4.2, False)
