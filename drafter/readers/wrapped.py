"""Lines that a program has broken at a fixed width (a PDF, a mail, a terminal) to the paragraphs they were.

Where the whole file shows the edge its lines were broken at (`drafter.readers.edges`), each line end is a join or a
break. Only space that a line end has swallowed is put back; no character is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from drafter.readers.edges import (
    CENTRED,
    CLAUSE,
    STOP,
    WITH_WORDS,
    Edge,
    FileLine,
    PageLine,
    begins,
    edge_of,
    ended,
    evidence,
    rows_of,
    tables,
    widths_of,
)
from drafter.speech.cues import TITLE_END, is_byline, is_dateline, is_greeting
from drafter.speech.marks import mark_of


class Joined(NamedTuple):
    """The paragraphs of a file. `joins` counts the line ends taken out, `doubtful` are the numbers of lines whose
    end might have been read the other way, `cut` those of lines that end in mid sentence and were left so."""

    lines: list[FileLine]
    joins: int = 0
    doubtful: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()


def joined(lines: Sequence[FileLine], known: bool = False) -> Joined:
    """The paragraphs of a file. `known`: its lines are those of pages."""
    rows = rows_of(lines)
    plain = [row.line for row in rows]
    if not any(not row.ended and row.running for row in rows):
        return Joined(plain)
    ends = evidence(rows)
    edge = edge_of(rows, ends, known)
    if edge is None:
        some = _joined_here_and_there(rows)
        return some if some.joins else Joined(plain, cut=_cut(rows, ends))
    return _Joining(rows, edge, known).joined()


# ── each line end ──────────────────────────────────────────────────────────────────────────────────────────────────


#: Rows of a paragraph, and what stands between them, from which it is told what it is; the rest may be pages long.
_SAID_SO_FAR = 9


class _Joining:
    """The joining of one file whose edge is known."""

    def __init__(self, rows: Sequence[PageLine], edge: Edge, known: bool) -> None:
        self.rows, self.edge, self.known = rows, edge, known
        self.full = [edge.is_full(at) for at in range(len(rows) - 1)] + [False]
        self.near = [full or (at + 1 < len(rows) and edge.is_near(at)) for at, full in enumerate(self.full)]
        self.body = next((at for at, row in enumerate(rows) if STOP.search(row.text)), 0)
        self.set_in = self._set_in()
        self.set_off = self._set_off()
        self.alone = self._alone()
        padded = sum(bool(row.line.behind) for at, row in enumerate(rows) if self.full[at])
        self.padded = padded * 3 > sum(self.full)
        self.marks_in = self._marks_in()
        self.tables = tables(rows)
        self.doubtful: list[int] = []

    def _sure(self) -> list[PageLine]:
        """The rows of the text that begin a paragraph beyond doubt: the one before has ended and has room."""
        return [
            row
            for at, row in enumerate(self.rows)
            if at and self.rows[at - 1].ended and not self.near[at - 1] and row.indent < CENTRED
        ]

    def _set_in(self) -> bool:
        """Whether paragraphs are set in: of those that begin for sure, most are; or lines that are not go on with them."""
        sure = [row for row in self._sure() if not row.marked]
        begun = sum(row.indent >= 2 for row in sure)
        some = any(2 <= row.indent < CENTRED for row in self.rows[self.body :])
        goes_on = sum(
            self.full[at] and not row.ended and 2 <= row.indent < CENTRED and self.rows[at + 1].indent < 2
            for at, row in enumerate(self.rows[:-1])
        )
        return some and (begun >= 0.6 * len(sure) or goes_on >= len(sure) - begun)

    def _set_off(self) -> bool:
        """Whether empty lines stand between paragraphs."""
        sure = self._sure()
        return bool(sure) and sum(row.apart for row in sure) >= 0.8 * len(sure)

    def _alone(self) -> set[str]:
        """The kinds of marks whose lines mostly are headings on lines of their own."""
        count: dict[str, int] = {}
        for at, row in enumerate(self.rows):
            if mark := mark_of(row.text):
                alone = not row.ended and not self.full[at] and not STOP.search(row.text)
                runs = bool(STOP.search(row.text)) or (self.full[at] and row.running)
                count[mark.kind] = count.get(mark.kind, 0) + (1 if alone else -1 if runs else 0)
        return {kind for kind, more in count.items() if more > 0}

    def _marks_in(self) -> bool:
        """Whether numbered lines are set in like all others, so that one which is not does not begin a paragraph."""
        sure = [row for row in self._sure() if row.marked]
        return sum(row.indent >= 2 for row in sure) >= 0.6 * len(sure)

    def joined(self) -> Joined:
        starts: list[int] = []
        parts: list[list[str]] = []
        running = False
        for at, row in enumerate(self.rows):
            if starts and self._joins("".join(parts[-1][:_SAID_SO_FAR]), running, starts[-1], at):
                parts[-1] += (self._between(self.rows[at - 1], row), row.text)
                running = running or STOP.search(row.text) is not None
            else:
                starts.append(at)
                parts.append([row.text])
                running = STOP.search(row.text) is not None
        out = [self.rows[at].line._replace(text="".join(said)) for at, said in zip(starts, parts, strict=True)]
        joins = len(self.rows) - len(out)
        cut = [
            line.number
            for line, after in pairwise(out)
            if _is_cut(line.text) and not begins(after.text)
        ]
        return Joined(out, joins, tuple(self.doubtful), tuple(cut))

    def _joins(self, so_far: str, running: bool, first: int, at: int) -> bool:
        """Whether row `at` goes on with the paragraph that began with row `first` and with the words `so_far`.
        `running`: a sentence has ended in it."""
        before, row = self.rows[at - 1], self.rows[at]
        if at in self.tables or at - 1 in self.tables:
            return False
        if row.apart or before.indent >= CENTRED or row.indent >= (2 if self.set_in else CENTRED):
            return False
        if not self.set_in and row.indent >= 2 and before.indent < 2:
            return False
        if not running and at <= self.body and row.text.startswith(("——", "──", "--")):
            return False  # a subtitle
        told = self.set_off or (self.set_in and self.marks_in and self.rows[first].indent >= 2)
        if not (self.near if told else self.full)[at - 1]:
            # what is set in or off tells alone, where a sentence has no end
            within = self.set_off or (self.set_in and self.rows[first].indent >= 2)
            long = self.edge.widths[at - 1] * 2 >= self.edge.width and (row.ended or self.full[at])
            goes_on = within and not before.ended and not row.marked and not is_greeting(so_far)
            return goes_on and (running or "，" in so_far or (long and first >= self.body and not self.rows[first].marked))
        stays = row.marked and before.ended and not row.ended and not self.full[at]  # a heading, as it has no end
        if self.full[at - 1] and before.text[-1] not in "，：:！" and is_greeting(so_far + row.text):
            return True
        if told:
            headed = first < self.body and re.search(r"\s{4}", so_far) is not None  # a number, and who has signed
            return not (stays or headed or is_greeting(before.text) or (not running and is_greeting(row.text)))
        if before.ended:
            return self._goes_on_behind_a_stop(first, at)
        if running:
            return True
        return self._goes_on_with_a_first_line(so_far, first, at)

    def _goes_on_behind_a_stop(self, first: int, at: int) -> bool:
        before, row = self.rows[at - 1], self.rows[at]
        if row.marked or is_greeting(row.text) or is_greeting(before.text):
            return False
        if self.set_in and self.rows[first].indent >= 2:
            return True
        self.doubtful.append(row.line.number)
        return row.running or self.full[at]

    def _goes_on_with_a_first_line(self, so_far: str, first: int, at: int) -> bool:
        """Whether a full line without a stop is no heading, title or caption: what follows it does not begin anew."""
        row = self.rows[at]
        text = row.text
        if is_greeting(text) or is_dateline(text) or (is_byline(text) and not row.running):
            return False
        mark = mark_of(so_far)
        if mark is None and not CLAUSE.search(so_far):
            if at < self.body:  # a title, or what stands around it
                whole = TITLE_END.search(so_far) or re.search(r"\s{4}|\u3000{3}|：", so_far)
                dashed = at + 1 < len(self.rows) and self.rows[at + 1].text.startswith(("—", "─", "--"))
                return not whole and (bool(TITLE_END.search(so_far + text)) or dashed)
            return not row.marked
        if mark and mark.kind in self.alone and (row.ended or self.full[at]):
            self.doubtful.append(row.line.number)
            return False
        return not row.marked or bool(CLAUSE.search(so_far))

    def _between(self, before: PageLine, row: PageLine) -> str:
        """The space that stood at a line end: what was typed there, or what breaking between words has swallowed."""
        left, right = before.text[-1], row.text[0]
        typed = "" if self.known or self.padded else before.line.behind
        typed += row.line.before if self._typed(row) else ""
        if typed and not (right in "%％" or (left.isdigit() and right.isdigit())):
            return typed
        if not (left.isascii() and right.isascii() and right.isalnum()) or left in "([{/-" or right.isdigit():
            return ""
        if not left.isalpha() and left not in ",.;:!?)":
            return ""
        return " " if self.edge.manner.unit is WITH_WORDS else ""

    def _typed(self, row: PageLine) -> bool:
        """Whether the space before a row that goes on is its writer's: all other rows that go on have none."""
        return bool(row.line.before) and row.indent > 0 and not self.known


# ── a few paragraphs only ──────────────────────────────────────────────────────────────────────────────────────────

#: Columns by which the lines of one broken paragraph may differ.
_ALIKE = 4


def _joined_here_and_there(rows: Sequence[PageLine]) -> Joined:
    """The paragraphs of a file of which some only have been broken, or each at another width: where paragraphs are set
    in, lines that are not go on with the one above, if they are as long as each other and end in mid sentence."""
    out: list[FileLine] = []
    joins = at = 0
    some = sum(2 <= row.indent < CENTRED for row in rows) >= 3
    while at < len(rows):
        end = at + 1
        if some and 2 <= rows[at].indent < CENTRED:
            while end < len(rows) and _goes_on(rows[end - 1], rows[end]):
                end += 1
        whole = rows[at:end] if end - at > 1 and _are_one(rows[at:end]) else rows[at : at + 1]
        out.append(rows[at].line._replace(text="".join(row.text for row in whole)))
        joins += len(whole) - 1
        at += len(whole)
    return Joined(out, joins)


def _are_one(rows: Sequence[PageLine]) -> bool:
    """Whether rows are one paragraph by how long they are, and where they end."""
    wide = [[row.indent + each for each in widths_of(row.text)] for row in rows[:-1]]
    return (
        rows[-1].ended
        and sum(not row.ended for row in rows[:-1]) * 2 > len(wide)
        and min(max(each) - min(each) for each in zip(*wide, strict=True)) <= _ALIKE
        and widths_of(rows[-1].text)[0] <= max(wide)[0] + 2
    )


def _goes_on(before: PageLine, row: PageLine) -> bool:
    """Whether a line may go on with the one above it: it is not set in, and no word or figure is torn."""
    words = before.text[-1].isascii() and before.text[-1].isalpha() and row.text[0].isascii() and row.text[0].isalpha()
    return not (row.apart or row.indent >= 2 or row.marked or words or is_greeting(before.text))


# ── what is left cut ───────────────────────────────────────────────────────────────────────────────────────────────


#: Characters of a line without a stop from which on it is more than a heading.
_LONG = 24


def _is_cut(text: str) -> bool:
    """Whether a line that is no heading ends in mid sentence: a stop stands in it, or it is long, and none at its
    end."""
    stop = STOP.search(text)
    said = stop.end() < len(text) - 1 if stop else "，" in text and len(text) >= _LONG and mark_of(text) is None
    return said and len(text) >= 10 and text[-1].isalnum() and not ended(text)


def _cut(rows: Sequence[PageLine], ends: dict[int, float]) -> tuple[int, ...]:
    """The numbers of lines cut in mid sentence, where nothing tells at what width."""
    alike = _break_off_alike(rows)
    return tuple(
        rows[at].line.number
        for at in sorted({*ends, *alike})
        if at in alike
        or (_is_cut(rows[at].text) and not rows[at + 1].marked and (STOP.search(rows[at].text) or rows[at + 1].running))
    )


#: Characters of the shortest line of those that break off alike, and columns by which they differ.
_SHORTEST, _NEAR = 10, 2


def _break_off_alike(rows: Sequence[PageLine]) -> set[int]:
    """The lines that break off behind a comma at one width, where two of them follow on each other: a heading may be as
    long as another, but does not stand right above it, and lines of a verse have their commas at one place."""
    wide = {
        at: row.indent + widths_of(row.text)[0]
        for at, row in enumerate(rows[:-1])
        if "，" in row.text and len(row.text) >= _SHORTEST and row.text[-1].isalnum() and not row.ended
        and mark_of(row.text) is None and not (rows[at + 1].marked or rows[at + 1].apart or is_greeting(rows[at + 1].text))
    }  # fmt: skip
    pairs = [at for at in wide if at + 1 in wide and _one_broken(rows, at, wide)]
    return {at for at, here in wide.items() if any(abs(here - wide[pair]) <= _NEAR for pair in pairs)}


def _one_broken(rows: Sequence[PageLine], at: int, wide: dict[int, int]) -> bool:
    """Whether row `at` and the next are of one paragraph that somebody broke: as wide as each other, built otherwise,
    and the last row of it is shorter and ends."""
    here, end = wide[at], at + 1
    while end in wide:
        end += 1
    last = rows[end].indent + widths_of(rows[end].text)[0]
    commas = {rows[row].text.index("，") for row in (at, at + 1)}
    return abs(here - wide[at + 1]) <= _NEAR and len(commas) > 1 and rows[end].ended and last < here - _NEAR
