"""Text in rows of a terminal: broken where a reader of Chinese expects it, never inside a word of Latin letters, and with no
closing mark at the beginning of a row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from drafter.diagnostic import columns

#: What no row begins with. Source: 标点符号用法 (GB/T 15834—2011), 5.1; the ASCII marks by the same habit.
CLOSING = frozenset("，。；：！？、）》”’】〉」』〕］｝…—～·,.;:!?)]}%％℃°")

#: What no row ends with.
OPENING = frozenset("（《“‘【〈「『〔［｛([{#＃$￥")

#: What a row may end at, and no row begins with.
SPACES = " \u3000"

#: What makes one sign of two: the joiner, and the selector of coloured signs.
JOINING = "\u200d\ufe0f"

#: Columns a row has at least, however narrow the terminal.
LEAST = 8


def broad(text: str) -> int:
    """Columns the text takes at most: the marks of ambiguous width (“ ” — … ·) are two in some terminals."""
    return len(text) if text.isascii() else columns(text) + sum(unicodedata.east_asian_width(c) == "A" for c in text)


def shortened(text: str, room: int) -> str:
    """The text, cut to so many columns."""
    if broad(text) <= room:
        return text
    used, end = 0, 0
    for end, c in enumerate(text):  # noqa: B007 – the offset where there is no more room
        used += broad(c)
        if used > room - 2:
            break
    return text[:end] + "…"


def rows_of(text: str, room: int, later: int | None = None) -> list[str]:
    """One paragraph in rows of so many columns, those behind the first of `later` ones (None: the same). What has no
    place to break and is longer than a row is broken where the row ends."""
    return [text[start:end] for start, end in _spans(text, room, room if later is None else later)]


def _spans(text: str, room: int, later: int) -> list[tuple[int, int]]:
    """Where each row begins and ends."""
    room, later = max(room, LEAST), max(later, LEAST)
    spans: list[tuple[int, int]] = []
    start = 0
    while (full := _full(text, start, room)) < len(text):
        end = next((at for at in range(full, start, -1) if _may_break(text, start, at)), 0) or _apart(text, start, full)
        spans.append((start, start + len(text[start:end].rstrip(SPACES))))
        start = end
        while start < len(text) and text[start] in SPACES:
            start += 1
        room = later
    return [*spans, (start, len(text))]


def _full(text: str, start: int, room: int) -> int:
    """Where there is no more room for what begins at `start`: at least one character further."""
    used, end = 0, start
    while end < len(text) and (used + (wide := broad(text[end])) <= room or end == start):
        used += wide
        end += 1
    return end


def _apart(text: str, start: int, full: int) -> int:
    """Where a row is broken that has no place for it: not before a character that is drawn onto the one before."""
    end = full
    while end > start + 1 and not columns(text[end]):
        end -= 1
    return end


def _may_break(text: str, start: int, at: int) -> bool:
    """Whether a row that began at `start` may end before this character."""
    before, after = text[at - 1], text[at]
    if after in SPACES:
        return True
    if before in SPACES:
        return bool(text[start:at].strip(SPACES))
    if after in CLOSING or before in OPENING or not columns(after) or after in JOINING or before == JOINING[0]:
        return False
    return not (_narrow(before) and _narrow(after))


def _narrow(c: str) -> bool:
    """Whether a character is of a word or a figure: of the kind that is written with spaces between words."""
    return unicodedata.east_asian_width(c) in ("Na", "H", "N")


# ── what a command says ────────────────────────────────────────────────────────────────────────────────────────────

#: What a line may begin with that those it goes on in stand beside: blanks, the branches of a tree, a mark or a number.
_MARGIN = re.compile(
    r"(?P<tree>[ \u3000]*(?:│  |   )*[├└]─ )|(?P<blanks>[ \u3000]*)(?P<mark>(?:[·※>+~*-]|\d{1,3}[.、]) ?)?"
)

#: A line of a file shown with its number, and the marks under what is wrong in it.
_EXCERPT = re.compile(r" *\d+ \| ")
_CARETS = re.compile(r" *\| ( *)(\^+)$")

#: What tells a terminal a colour.
_COLOUR = re.compile("\x1b\\[[0-9;]*m")

#: A command to be typed, at the end of a line: it is not broken, so that it can be copied.
_COMMAND = re.compile(r"(?:^|[ \u3000：:，；])(drafter [^。；，（）]*)$")


def fitted(text: str, room: int) -> str:
    """What a command says, in rows of so many columns."""
    out: list[str] = []
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if _EXCERPT.match(line) and at + 1 < len(lines) and _CARETS.match(lines[at + 1]):
            lines[at + 1], line = _excerpt(line, lines[at + 1], room)
        out += _fitted(line, room)
    return "\n".join(out)


def _fitted(line: str, room: int) -> list[str]:
    if len(line) * 2 <= room:
        return [line]
    said = _COLOUR.sub("", line)
    if broad(said) <= room or _CARETS.match(said):
        return [line]
    found = _MARGIN.match(said)
    beside = _beside(found) if found else ""
    command = _COMMAND.search(said)
    if command and said == line:
        before = said[: command.start(1)].rstrip()
        if not before:
            return [line]
        return [*_fitted(before, room), beside + command[1]]
    later = room - columns(beside)
    begun = found.end() if found and found["tree"] else 0
    spans = _spans(said[begun:], room - columns(said[:begun]), later)
    rows = [(0 if n == 0 else begun + start, begun + end) for n, (start, end) in enumerate(spans)]
    return [(beside if n else "") + row for n, row in enumerate(_coloured(line, rows))]


def _beside(margin: re.Match[str]) -> str:
    """What the rows begin with that a line goes on in."""
    if margin["tree"]:
        return margin["tree"].replace("├─ ", "│  ").replace("└─ ", "   ")
    return margin["blanks"] + (" " * columns(margin["mark"]) if margin["mark"] else "  ")


def _coloured(line: str, rows: Sequence[tuple[int, int]]) -> list[str]:
    """The rows of a line, from where to where in what is seen of it, with its colours."""
    colours = [(m.start(), m[0]) for m in _COLOUR.finditer(line)]
    if not colours:
        return [line[start:end] for start, end in rows]
    seen, before = "", 0
    at: dict[int, str] = {}
    for start, colour in colours:
        seen += line[before:start]
        at[len(seen)] = at.get(len(seen), "") + colour
        before = start + len(colour)
    seen += line[before:]
    out, done = [], 0
    for number, (start, end) in enumerate(rows):
        last = number == len(rows) - 1
        row = "".join(colour for place, colour in at.items() if done <= place < start)
        for place in range(start, end):
            row += at.get(place, "") + seen[place]
        out.append(row + (at.get(end, "") if last else ""))
        done = end
    return out


def _excerpt(line: str, carets: str, room: int) -> tuple[str, str]:
    """The marks and the line of a file they stand under, cut to what is around the marks."""
    number = _EXCERPT.match(line)
    found = _CARETS.match(carets)
    if number is None or found is None or broad(line) <= room:
        return carets, line
    said, pad, marks = line[number.end() :], columns(found[1]), len(found[2])
    width = room - number.end() - 2
    start = 0
    while start < len(said) and columns(said[:start]) < min(pad, pad + marks - width * 2 // 3):
        start += 1
    left = "…" if start else ""
    shown = left + said[start:]
    cut = shortened(shown, width)
    marked = " " * max(0, pad - columns(said[:start]) + len(left)) + found[2]
    head = " " * (number.end() - 2) + "| "
    return head + marked[:width], number[0] + cut
