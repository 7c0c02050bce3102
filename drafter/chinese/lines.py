"""Where lines of Chinese are broken, as LibreOffice breaks them: every 汉字 a cell, no closing mark at the beginning of a
line and no opening one at its end, words in letters and digits whole, a little space between these and 汉字.

One model for all who count lines: of blocks that are to be set (`drafter.template.pages`), of a Word file
(`drafter.word.pagination`). Lengths are in cells, the widths of a 汉字.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from drafter.chinese.prose import is_han as _is_han

#: Marks that do not begin a line, and marks that do not end one. Source: the defaults of Word and LibreOffice for
#: Chinese (kinsoku of zh-CN).
_CLOSING = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
_OPENING = "$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（［｛￡￥"

#: What is not parted: a 汉字, a tab or a word of letters and digits, with the marks around it that may not leave it.
_PIECE = f"[{re.escape(_OPENING)}]*(?:[!-~]+|[^!-~])[{re.escape(_CLOSING)}]*"

#: The same marks, those alone that are a cell wide, as 汉字 are.
_WIDE_CLOSING = "".join(mark for mark in _CLOSING if east_asian_width(mark) in "WFA")
_WIDE_OPENING = "".join(mark for mark in _OPENING if east_asian_width(mark) in "WFA")

#: Pieces one after another in which every letter is a cell wide, as most of a speech is; else one piece.
_PIECES = re.compile(f"((?:[{_WIDE_OPENING}]*[\u3400-\u4dbf\u4e00-\u9fff][{_WIDE_CLOSING}]*)+)(?![{re.escape(_CLOSING)}])|{_PIECE}", re.DOTALL)

#: What a letter of half width takes of a cell, and how much wider than the line a line may be (rounding), in cells.
_HALF, _ROUNDING = 0.5, 0.01

#: The space between a 汉字 and a letter or digit, in cells. Source: Word's and LibreOffice's default, a quarter.
_GAP = 0.25

#: What a tab takes, in cells: Word's default stops are two 汉字 of 五号 apart.
_TAB = 2.0


class Lines(NamedTuple):
    """A text broken into lines: the letters the second and those behind it begin with, by their places in it, and how many
    cells of the last are filled, what it is set in counted."""

    starts: tuple[int, ...]
    tail: float

    @property
    def total(self) -> int:
        """How many lines it takes: at least one."""
        return len(self.starts) + 1


def broken(text: str, room: float, indent: float = 0.0) -> Lines:
    """The lines of a text, `room` cells wide, the first set in. A line end in it begins a new line."""
    starts: list[int] = []
    at, done = indent, 0
    for number, row in enumerate(text.split("\n")):
        if number:
            starts.append(done)
            at = 0.0
        at = _row(row, done, at, room, starts)
        done += len(row) + 1
    return Lines(tuple(starts), at)


def _row(row: str, offset: int, at: float, room: float, starts: list[int]) -> float:
    """Break a row that begins at a place of a line; its lines go into `starts`. The result is where it ends."""
    before = ""
    limit = room + _ROUNDING
    for found in _PIECES.finditer(row):
        piece = found[0]
        gap = _GAP if before and before.isascii() is not piece[0].isascii() and _apart(before, piece[0]) else 0.0
        if found[1]:
            at = _cells(piece, offset + found.start(), at + gap, room, starts)
            before = piece[-1]
            continue
        wide = _WIDE.get(piece) or _piece_width(piece)
        if at + gap + wide <= limit:
            at += gap + wide
        elif piece == " ":  # hangs over the edge
            continue
        elif wide > limit:  # an address, longer than a line
            at = _forced(piece, offset + found.start(), at + gap, room, starts)
        else:
            starts.append(offset + found.start())
            at = wide
        before = piece[-1]
    return at


def _cells(pieces: str, offset: int, at: float, room: float, starts: list[int]) -> float:
    """Break pieces every letter of which is a cell wide: where a line is full is known at once, and from there the beginning
    of the piece is looked for."""
    limit = room + _ROUNDING
    begin, end = 0, len(pieces)
    while begin < end and end - begin > limit - at:
        cut = begin + max(int(limit - at), 0)
        while cut > begin and _together(pieces, cut):
            cut -= 1
        whole = cut + 1
        while whole < end and _together(pieces, whole):
            whole += 1
        if whole - cut > limit:
            at = _forced(pieces[cut:whole], offset + cut, at + cut - begin, room, starts)
            begin = whole
        else:
            starts.append(offset + cut)
            at, begin = 0.0, cut
    return at + end - begin


def _together(pieces: str, at: int) -> bool:
    """Whether a letter is of the same piece as the one before it."""
    return pieces[at] in _CLOSING or pieces[at - 1] in _OPENING


def _forced(piece: str, offset: int, at: float, room: float, starts: list[int]) -> float:
    """Break what is longer than a line where the line ends."""
    for n, letter in enumerate(piece):
        wide = _width(letter)
        if at + wide > room + _ROUNDING and at:
            starts.append(offset + n)
            at = 0.0
        at += wide
    return at


def _piece_width(piece: str) -> float:
    wide = width_of(piece)
    if len(piece) < 3 and len(_WIDE) < _REMEMBERED:
        _WIDE[piece] = wide
    return wide


#: The widths of short pieces, as many as there are common 汉字 with a mark or without.
_WIDE: dict[str, float] = {}
_REMEMBERED = 20_000


def _apart(last: str, letter: str) -> bool:
    """Whether programs put a little space between two letters: a 汉字 and a letter or digit."""
    return (_of_word(last) and _is_han(letter)) or (_is_han(last) and _of_word(letter))


def width_of(text: str) -> float:
    """How wide a line of text is, in cells."""
    return sum(map(_width, text)) + _GAP * sum(_apart(a, b) for a, b in pairwise(text))


def _of_word(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    return _TAB if letter == "\t" else 1.0 if east_asian_width(letter) in "WFA" else _HALF
