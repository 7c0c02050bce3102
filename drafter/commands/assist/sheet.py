"""The text of a buffer, counted as drafter counts and as its editor does, and changes to it."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

#: What ends a line for drafter (see `drafter.chinese.numerals.one_break`), and what does for an editor (LSP 3.17, "Text
#: Documents").
_ROW_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LINE_END = re.compile("\r\n|[\n\r]")

#: Half of a character outside the BMP, as broken JSON may have it. What stands for it takes as many units.
_HALF = re.compile("[\ud800-\udfff]")


#: Folders all of whose .yaml are outlines, and what tells one elsewhere: a key of the top of an outline.
_SHELVES = ("outlines", "passages", "basis")
_OUTLINE = re.compile(r"^(?:speech|passage|fields|extends|basis)[ \t]*[:：]", re.M)


class Point(NamedTuple):
    """A place as an editor counts: line and character from 0, characters in units of the encoding agreed upon."""

    line: int
    character: int


class Sheet(NamedTuple):
    """The text of a buffer. `rows` are (start, end) of drafter's lines, `lines` those of the editor's, without their
    ends; `encoding` "utf-8", "utf-16" or "utf-32" says in what units the editor counts; `even`: every character is
    one."""

    text: str
    file: str
    rows: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]
    encoding: str
    even: bool

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and column of drafter's (from 1); what lies outside is brought to the nearest inside."""
        start, end = self.rows[min(max(line, 1), len(self.rows)) - 1]
        return min(max(start, start + column - 1), end)

    def place(self, offset: int) -> tuple[int, int]:
        """Row (from 0) and column in it (from 0) of an offset."""
        row = max(0, bisect_right(self.rows, (offset, len(self.text) + 1)) - 1)
        start, end = self.rows[row]
        return row, min(max(0, offset - start), end - start)

    def row(self, number: int) -> str:
        """The text of a row, counted from 0."""
        start, end = self.rows[number]
        return self.text[start:end]

    def point(self, offset: int) -> Point:
        """An offset as the editor counts."""
        line = max(0, bisect_right(self.lines, (offset, len(self.text) + 1)) - 1)
        start, end = self.lines[line]
        upto = min(max(start, offset), end)
        return Point(line, upto - start if self.even else units(self.text[start:upto], self.encoding))

    def at(self, point: Point) -> int:
        """The offset of a place of the editor's; one outside is the nearest inside, one within a character its
        beginning."""
        if point.line >= len(self.lines):
            return self.lines[-1][1]
        start, end = self.lines[max(0, point.line)]
        if self.even:
            return min(start + max(0, point.character), end)
        left = point.character
        for at in range(start, end):
            left -= units(self.text[at], self.encoding)
            if left < 0:
                return at
        return end

    @property
    def line_end(self) -> str:
        """How its lines end; "\\n" where it has one line."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"


def sheet_of(text: str, file: str, encoding: str = "utf-16") -> Sheet:
    """The text of a buffer, ready to count in."""
    text = _HALF.sub("\ufffd", text)
    rows, lines = ([*_cut(text, pattern)] for pattern in (_ROW_END, _LINE_END))
    if text.startswith("\ufeff"):
        rows[0] = (1, max(1, rows[0][1]))  # a BOM is no part of the first line for drafter
    return Sheet(text, file, tuple(rows), tuple(lines), encoding, units(text, encoding) == len(text))


def _cut(text: str, pattern: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    start = 0
    for found in pattern.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def units(text: str, encoding: str) -> int:
    """The length of a text in code units of an encoding."""
    if text.isascii() or encoding == "utf-32":
        return len(text)
    return len(text.encode()) if encoding == "utf-8" else len(text.encode("utf-16-le")) // 2


def is_outline(file: str, text: str) -> bool:
    """Whether a .yaml is an outline: it lies on a shelf, or has a key that only outlines have at the top. Anything else
    (the workflow of a build, answers, a template's styles) is none of our business."""
    folder = file.replace("\\", "/").split("/")[-2:-1]
    return folder in ([name] for name in _SHELVES) or bool(_OUTLINE.search(text))


class Change(NamedTuple):
    """`start` to `end` of the buffer becomes `text`."""

    start: int
    end: int
    text: str


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with changes that do not overlap."""
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def file_name(path: str) -> str:
    """The last part of a path, of whatever system."""
    return re.split(r"[/\\]", path)[-1]
