"""Marks at the beginning of lines: 一、 （一） 1. 一是 第一， ①, as they were typed. Whoever asks whether a paragraph begins
with a number asks here (`mark_of`): recogniser, rules, readers. Which lines they number, and on which level, is told by
`drafter.speech.levels`.
"""

from __future__ import annotations

import re
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
        return self.kind.endswith("一：") or (self.kind in _KIND and _KIND[self.kind].said)


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
    Kind("部分", rf"第({_N}|{_D})(?:个?部分|编|章|节|篇|讲)(?:[，、：:,]|\s+|$)\s*", 0.5, False),
    Kind("一、", rf"({_N})(?:、|[．.](?![0-9０-９])|[,，](?=\D))\s*", 1, False),
    Kind("一 ", rf"({_N})(?:\u3000|\s)\s*(?=[\u4e00-\u9fff“《])", 1, False),
    Kind("（一）", rf"(?:[（(]\s*({_N})\s*[）)]|([㈠-㈩]))[、，.．]?\s*", 2, False),
    Kind("1.", rf"([⒈-⒛])\s*|({_D})(?:[.．](?:(?![0-9０-９])|(?=20\d\d年))|、(?![0-9０-９]{{1,2}}(?![0-9０-９])))\s*", 4, False),
    Kind("1 ", rf"({_D})(?:\u3000|\t| {{2}})\s*(?=[\u4e00-\u9fff“《])(?![年月日时点分个名人次项户家亿万元])", 4, False),
    Kind("（1）", rf"(?:[（(]\s*({_D})\s*[）)]|([⑴-⒇]))[、，.．]?\s*", 5, False),
    Kind("1）", rf"({_D})[）)][、，.．]?\s*", 5, False),
    Kind("①", r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[、，.．]?\s*", 5, False),
    Kind("第一，", rf"第({_N}|{_D})(?:(?:[个点条句件项步类层种]|方面)[\u4e00-\u9fff]{{0,3}})?(?:[，、：:,；;]|是(?=.)|\s+)\s*", 3, True),
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
    "（一）": "（(㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "1.": _DIGITS + "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "1 ": _DIGITS,
    "（1）": "（(⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
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

def mark_of(line: str, rough: bool = False) -> Mark | None:
    """The mark a line begins with, None where it begins with none. That it numbers the line is not said: see
    `drafter.speech.levels`. `rough`: take what is a rough number by itself (二、三个问题) for a mark."""
    for kind, pattern in _kinds_of(line[:1]) if line else ():
        found = pattern.match(line)
        if found is None:
            continue
        said = next(filter(None, found.groups()), "")
        if not said:
            return Mark(kind.name, 0, found[0])
        number = _WORDS.get(said) or _number_in_one(said) or read_numeral(said)
        if not number or (kind.name == "一、" and number > 40) or (
            not rough and _is_no_mark(kind.name, number, line[found.end() :])
        ):
            continue
        return Mark(kind.name, number, found[0])
    return _worded(line)


#: A word with a number that counts what it says: 判断一：. Only a series of them with the same word numbers lines.
_WORDED = r"([\u4e00-\u9fff]{2,4})([一二三四五六七八九十])[：:]\s*"
_WORDED_RANK = 3.2


def _worded(line: str) -> Mark | None:
    found = re.match(_WORDED, line) if line[:1] != "第" else None
    return Mark(f"{found[1]}一：", read_numeral(found[2]) or 0, found[0]) if found else None


#: Characters that are a number with its mark, by the first of each row.
_IN_ONE = {"①": 20, "⑴": 20, "⒈": 20, "㈠": 10}


def _number_in_one(said: str) -> int:
    """The number of a character that is one with its mark (① ⑴ ⒈ ㈠), 0 of any other."""
    for first, count in _IN_ONE.items():
        if 0 <= ord(said[0]) - ord(first) < count:
            return ord(said[0]) - ord(first) + 1
    return 0


def _is_no_mark(kind: str, number: int, rest: str) -> bool:
    """Whether what looks like a mark is said of several things: 一、二季度; 二十二、三岁; 第一、第二产业."""
    if kind == "一、":
        following = read_numeral(rest[0]) if re.match("[二三四五六七八九](?![十百千、])", rest) else None
        return following == number % 10 + 1
    return kind == "第一，" and bool(re.match("第|[一二三四五六七八九]、", rest))


def rank_of(kind: str) -> float | None:
    """How far up marks of a kind usually stand; None for headings alone on their line that have no mark."""
    if kind == FIRST:
        return _UNMARKED_RANK
    if kind.endswith("一："):
        return _WORDED_RANK
    return _KIND[kind].rank if kind in _KIND else None


#: The kind of the marks of no characters that a heading has which runs in and is not numbered, and how far up it stands.
FIRST, _UNMARKED_RANK = "段首句", 4.2
