"""An outline shown as a tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from drafter.commands.rows import shortened
from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.outlines import OutlineTold, ToldRow

#: A text of the speech is cut at this width where nobody sees it on a terminal (columns; a 汉字 is two).
WIDTH = 96


def as_text(outline: OutlineTold, room: int | None = None) -> str:
    """Title, blanks with their questions, and the parts with their conditions, headings and first words; the texts in a row
    each of so many columns (None: of `WIDTH`)."""
    width = room or WIDTH
    lines = [printable(line) for line in outline.head]
    lines += ["", f"要填的空（{len(outline.fields)} 个）", *_drawn(outline.fields, width)]
    if outline.computed:
        lines += ["", "自己会填的空", *_drawn(outline.computed, width)]
    return "\n".join([*lines, "", "讲话", *_drawn(outline.speech, width)])


def _drawn(rows: Iterable[ToldRow], width: int, before: str = "") -> list[str]:
    rows = list(rows)
    lines = []
    for number, row in enumerate(rows, 1):
        last = number == len(rows)
        line = before + ("└─ " if last else "├─ ") + printable(row.said)
        lines.append(shortened(line, width) if row.cut else line)
        lines += _drawn(row.below, width, before + ("   " if last else "│  "))
    return lines
