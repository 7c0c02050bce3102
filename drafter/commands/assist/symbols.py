"""The parts and headings of a buffer."""

from typing import NamedTuple

from drafter.commands.assist.cursor import BAR, rows_of, said_in
from drafter.commands.assist.faults import Looked
from drafter.outline.vocabulary import PARTS, words


class Symbol(NamedTuple):
    """A part or heading, with the range of all that belongs to it and that of its own row, and its level from 1."""

    name: str
    level: int
    start: int
    end: int
    own: tuple[int, int]


def symbols(looked: Looked, outlined: bool) -> tuple[Symbol, ...]:
    """Parts and headings of a buffer, in order."""
    sheet = looked.sheet
    marks: list[tuple[str, int, int]] = []
    if outlined:
        rows = rows_of(sheet)
        stack: list[tuple[int, str]] = []
        for number, row in enumerate(rows):
            if row.block >= 0 or not row.key:
                continue
            while stack and stack[-1][0] >= row.column:
                stack.pop()
            path = tuple(key for _, key in stack[:20])
            said = said_in(sheet, number, row)
            shown = "" if BAR.match(said) else said
            if path == ("speech",) and row.key in PARTS:
                marks.append((f"{words('part')[row.key].zh} {shown[:30]}".strip(), 1, number))
            elif path == ("basis",) and row.key == "name":
                marks.append((shown[:60] or "一条依据", 1, number))
            elif row.key == "heading" and path[-1:] and path[-1] in ("requirements", "points"):
                marks.append(
                    (shown[:60] or "小标题", 1 + sum(key in ("requirements", "points") for key in path), number)
                )
            stack.append((row.column, row.key))
    elif looked.paper:
        lines = looked.paper.speech.lines
        titled = any(line.role == "title" for line in lines)  # headings belong to the title
        for line, origins in zip(lines, looked.paper.origins, strict=True):
            if origins and line.role in ("title", "heading"):
                marks.append((line.text[:60], 1 if line.role == "title" else line.level + titled, origins[0].line - 1))
    out = []
    nearest: dict[int, int] = {}  # of each level the first row below
    for name, level, number in reversed(marks):
        after = min((row for deep, row in nearest.items() if deep <= level), default=len(sheet.rows))
        out.append(
            Symbol(name, level, sheet.rows[number][0], sheet.rows[max(number, after - 1)][1], sheet.rows[number])
        )
        nearest[level] = number
    return tuple(reversed(out))
