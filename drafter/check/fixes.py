"""check.fixes"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drafter.check.paper import Paper
from drafter.check.rules import Finding
from drafter.outline.yaml import Source

#: After so many rounds of fixing what is left is left.
MAX_ROUNDS = 20


class Fix(NamedTuple):
    """`length` characters at a line and column (from 1) of a source, and what takes their place."""

    line: int
    column: int
    length: int
    instead: str
    finding: Finding


def edits(paper: Paper, found: Iterable[Finding], source: Source) -> tuple[Fix, ...]:
    """The safe replacements among the findings, where their words stand in this source in one piece; none overlap."""
    out: list[Fix] = []
    for f in found:
        if not f.safe or f.instead is None:
            continue
        origins = paper.origins[f.line]
        if not origins:
            continue
        number = max(0, bisect_right([o.offset for o in origins], f.start) - 1)
        start, where, line, column, answer = origins[number]
        words = paper.speech.lines[f.line].text[f.start : f.end]
        at = column + f.start - start
        if answer or where.file != source.file or (number + 1 < len(origins) and origins[number + 1].offset < f.end):
            continue
        if where.lines[line - 1][at - 1 : at - 1 + len(words)] != words:
            continue
        if all(e.line != line or at >= e.column + max(e.length, 1) or at + max(len(words), 1) <= e.column for e in out):
            out.append(Fix(line, at, len(words), f.instead, f))
    return tuple(out)


def edited(rows: Sequence[str], changes: Iterable[Fix]) -> list[str]:
    """The rows with the edits made."""
    out = list(rows)
    for edit in sorted(changes, key=lambda e: (e.line, e.column), reverse=True):
        row = out[edit.line - 1]
        out[edit.line - 1] = row[: edit.column - 1] + edit.instead + row[edit.column - 1 + edit.length :]
    return out
