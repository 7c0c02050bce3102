"""What rules ask of running Chinese text: its sentences and clauses, and what stands inside quotation marks and
brackets.

Everything is told as offsets into the text it was asked of, and kept: many rules ask the same of the same paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

#: Opening marks and what closes them. Source: GB/T 15834—2011, 4.8, 4.9, 4.15.
CLOSING = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "〔": "〕", "[": "]", "【": "】", "「": "」", "『": "』"}

#: Marks around words that are somebody else's or a name, and so are not the writer's to change.
QUOTING = "“‘《〈「『"


class Stretch(NamedTuple):
    """A piece of a text: `text[start:end]` is `words`."""

    start: int
    end: int
    words: str


class Enclosed(NamedTuple):
    """What stands between a pair of marks: `start` and `end` leave the marks out; `mark` is the opening one. Where
    nothing closes it, `closed` is False and `end` the end of the text."""

    start: int
    end: int
    mark: str
    closed: bool = True


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Stretch, ...]:
    """The sentences, each with its final mark and the closing marks after it. What stands between full stops inside a
    quotation counts as sentences of its own."""
    return _cut(text, r"[^。！？!?…]*(?:[。！？!?…]+[”’」』）】]*|$)")


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Stretch, ...]:
    """The stretches between ，；：。！？ and dashes, without these marks. 、 does not part clauses."""
    return _cut(text, r"[^，；：。！？,;:!?…—]+")


def _cut(text: str, pattern: str) -> tuple[Stretch, ...]:
    out = []
    for found in re.finditer(pattern, text):
        words = found[0].strip()
        if words:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            out.append(Stretch(start, start + len(words), words))
    return tuple(out)


@lru_cache(maxsize=4096)
def enclosed(text: str) -> tuple[Enclosed, ...]:
    """Everything inside a pair of marks, inner pairs too, in the order of the opening marks. A quotation nobody closes
    goes on to the end of the text; a bracket nobody closes encloses nothing."""
    if not _OPENING.search(text):
        return ()
    out: list[Enclosed] = []
    open_: list[tuple[str, int]] = []
    for mark in _MARK.finditer(text):
        c, at = mark[0], mark.start()
        if c in CLOSING:
            open_.append((c, at))
        elif open_:
            depth = next((n for n in range(len(open_) - 1, -1, -1) if CLOSING[open_[n][0]] == c), None)
            if depth is not None:
                out.append(Enclosed(open_[depth][1] + 1, at, open_[depth][0]))
                del open_[depth:]
    out += [Enclosed(at + 1, len(text), mark, False) for mark, at in open_ if mark in QUOTING]
    return tuple(sorted(out))


_OPENING = re.compile(f"[{re.escape(''.join(CLOSING))}]")
_MARK = re.compile(f"[{re.escape(''.join((*CLOSING, *CLOSING.values())))}]")


def quoted(text: str, marks: str = QUOTING) -> tuple[Enclosed, ...]:
    """What stands inside marks of these kinds: by default quotation marks and 《》."""
    return tuple(e for e in enclosed(text) if e.mark in marks)


def inside(text: str, start: int, end: int = -1, marks: str = QUOTING) -> bool:
    """Whether the characters `start` to `end` (one character where no end is given) stand inside such marks."""
    end = start + 1 if end < 0 else end
    outer = _outermost(text, marks)
    number = bisect_right(outer, (start, len(text) + 1)) - 1
    return number >= 0 and end <= outer[number][1]


@lru_cache(maxsize=4096)
def _outermost(text: str, marks: str) -> tuple[tuple[int, int], ...]:
    """Where the enclosed stretches that stand in no other begin and end: many may be asked for in one paragraph."""
    out: list[tuple[int, int]] = []
    for e in enclosed(text):
        if e.mark in marks and (not out or e.start > out[-1][1]):
            out.append((e.start, e.end))
    return tuple(out)


def is_han(c: str) -> bool:
    """Whether a character is a 汉字 (also 〇)."""
    return "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf" or c == "〇" or "\U00020000" <= c <= "\U0003ffff"


def han(text: str) -> int:
    """How many 汉字 a text has."""
    return sum(map(is_han, text))


@lru_cache(maxsize=4096)
def han_only(text: str) -> str:
    """The 汉字 of a text, without all else."""
    return _NO_HAN.sub("", text)


#: What is no 汉字 (see `is_han`).
_NO_HAN = re.compile("[^\u4e00-\u9fff\u3400-\u4dbf〇\U00020000-\U0003ffff]+")


def matches(pattern: re.Pattern[str], text: str, begins: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, as `finditer` finds them, of one that takes at least a character and whose first is always
    where `begins` matches: a class of characters, with conditions behind it. Where a pattern begins with a look-behind or
    with alternatives, `re` tries all of it at every character; a class by itself it runs through."""
    end = 0
    for place in _begins(begins).finditer(text):
        at = place.start()
        if at >= end and (found := pattern.match(text, at)):
            end = found.end()
            yield found


@cache
def _begins(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
