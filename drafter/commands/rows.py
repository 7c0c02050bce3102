"""Text in rows of a terminal: broken where a reader of Chinese expects it, never inside a word of Latin letters, and with no
closing mark at the beginning of a row.
"""

from __future__ import annotations

import unicodedata

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
    room, later = max(room, LEAST), max(later if later is not None else room, LEAST)
    rows: list[str] = []
    start = 0
    while (full := _full(text, start, room)) < len(text):
        end = next((at for at in range(full, start, -1) if _may_break(text, start, at)), 0) or _apart(text, start, full)
        rows.append(text[start:end].rstrip(SPACES))
        start = end
        while start < len(text) and text[start] in SPACES:
            start += 1
        room = later
    return [*rows, text[start:]]


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
