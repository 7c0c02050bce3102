"""What takes the place of words that were found wrong, put into the text they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from drafter.check.paper import Paper
from drafter.check.paragraphs import Origin
from drafter.check.rules import Finding
from drafter.outline.yaml import Source

#: After so many rounds of fixing what is left is left.
MAX_ROUNDS = 20


class Replacement(NamedTuple):
    """A finding, and what takes the place of its words."""

    finding: Finding
    instead: str


class Fix(NamedTuple):
    """`length` characters at a line and column (from 1) of a source, and what takes their place. Words that go over several
    rows are as many: the first is their replacement, the others (`further`) only go."""

    line: int
    column: int
    length: int
    instead: str
    finding: Finding
    further: bool = False


def safe_among(found: Iterable[Finding]) -> tuple[Replacement, ...]:
    """What may be put right unasked."""
    return tuple(Replacement(f, f.instead) for f in found if f.safe and f.instead is not None)


def edits(paper: Paper, found: Iterable[Finding], source: Source) -> tuple[Fix, ...]:
    """The safe replacements among the findings, where their words stand in this source; none overlap."""
    return edits_of(paper, safe_among(found), source)


def edits_of(paper: Paper, wanted: Iterable[Replacement], source: Source) -> tuple[Fix, ...]:
    """Replacements as changes of a source, where their words stand in it; none overlap: the first has the place."""
    out: list[Fix] = []
    for f, instead in wanted:
        stretches = list(_stretches(paper, f, source))
        made = [Fix(*at, "" if n else instead, f, n > 0) for n, at in enumerate(stretches)]
        if made and not any(_touch(new, old) for new in made for old in out):
            out += made
    return tuple(out)


def _touch(new: Fix, old: Fix) -> bool:
    return (
        new.line == old.line
        and new.column < old.column + max(old.length, 1)
        and old.column < new.column + max(new.length, 1)
    )


def _stretches(paper: Paper, f: Finding, source: Source) -> Iterator[tuple[int, int, int]]:
    """Where the words of a finding stand in a source, row by row: line, column, length. Nothing where some of them stand
    elsewhere, are not there as they are read, or are all there is of a row below the first."""
    origins = paper.origins[f.line] if f.line < len(paper.origins) else ()
    if not origins:
        return
    text = paper.speech.lines[f.line].text
    number = max(0, bisect_right([o.offset for o in origins], f.start) - 1)
    out = []
    for n in range(number, len(origins)):
        low, high = _extent(origins, n, len(text))
        low, high = max(low, f.start), min(high, f.end)
        if n > number and low >= high:
            break
        at = origins[n].column + low - origins[n].offset
        row = origins[n].source.lines[origins[n].line - 1]
        words = text[low:high]
        gone = n > number and row[: at - 1].strip() == row[at - 1 + len(words) :].strip() == ""
        if origins[n].answer or origins[n].source.file != source.file or gone or row[at - 1 : at - 1 + len(words)] != words:
            return
        out.append((origins[n].line, at, len(words)))
    yield from out


def _extent(origins: Sequence[Origin], n: int, end: int) -> tuple[int, int]:
    """From which letter of a line up to which it comes from one row."""
    return origins[n].offset, origins[n + 1].offset if n + 1 < len(origins) else end


def edited(rows: Sequence[str], changes: Iterable[Fix]) -> list[str]:
    """The rows with the edits made."""
    out = list(rows)
    for edit in sorted(changes, key=lambda e: (e.line, e.column), reverse=True):
        row = out[edit.line - 1]
        out[edit.line - 1] = row[: edit.column - 1] + edit.instead + row[edit.column - 1 + edit.length :]
    return out
