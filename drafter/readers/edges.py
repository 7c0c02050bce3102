"""The width at which a program (a PDF's, a mail's, a terminal's) has broken the lines of a file, if one has.

The whole file decides: each way of breaking that is known (how wide characters are counted, where the edge is, what may
not stand at a line's end) is scored by how well it explains where lines end in mid sentence, against the file being as
its writer broke it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from drafter.speech.cues import is_greeting
from drafter.speech.marks import mark_of


class FileLine(NamedTuple):
    """A line of the file: `number` counts from 1, `indent` are the columns of the space before its text, `before` and
    `behind` that space itself. A line without text that has `behind` or `before` was one; `gone` is one whose text has
    been left out as a page's (a folio)."""

    number: int
    indent: int
    text: str
    before: str = ""
    behind: str = ""
    gone: bool = False


class PageLine(NamedTuple):
    """A line with words, and what its words tell. `indent` is without the margin all lines have; `apart`: empty lines
    stand before it; `ended`: with a sentence; `whole`: nothing goes on behind it (a heading, a salutation, a
    signature); `marked`: it begins as only a paragraph does; `running`: it has marks as sentences have."""

    line: FileLine
    indent: int
    apart: bool
    ended: bool
    marked: bool
    running: bool

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def open_letter(self) -> bool:
        """Whether it ends with a letter, as no verse and no clause does."""
        return self.text[-1].isalnum()


class _Manner(NamedTuple):
    """A way of breaking lines. `wide`, `ambiguous`, `narrow`: what a character counts (`ambiguous` are “ ” — … ·).
    `unit`: what is kept whole at the head of a line; `hangs`: marks may stand beyond the edge; `loose`: columns a full
    line may lack, where letters are of their own widths; `odds`: columns in which a line ends by chance."""

    wide: int
    ambiguous: int
    narrow: int
    unit: re.Pattern[str]
    hangs: bool = False
    loose: int = 0
    odds: float = 2


class _Weighed(NamedTuple):
    """How many ends speak for an edge, what all speak together, as a logarithm of odds, and its rank among others: one
    that leaves no end unexplained is before one that would be less of a chance."""

    for_it: float
    score: float
    rank: float


class Edge(NamedTuple):
    """A manner, with the width at which it breaks. `widths` are those of the rows, `heads` those of what is kept whole at
    their heads, `drawn` those of what a mark draws there."""

    manner: _Manner
    width: int
    widths: tuple[int, ...]
    heads: tuple[int, ...]
    drawn: tuple[int, ...]

    def is_full(self, at: int) -> bool:
        """Whether nothing of the next row would have found room in row `at`."""
        return self.widths[at] + self.heads[at + 1] > self.width - self.manner.loose

    def is_near(self, at: int) -> bool:
        """Whether row `at` has no room for the first character of the next with the marks behind it."""
        return self.widths[at] + self.drawn[at + 1] > self.width - self.manner.loose


#: Marks that do not begin a line, and those that do not end one (GB/T 15834—2011, 5.1).
_CLOSERS = "，。、；：！？）》〉】〕」』”’…—·％%,.;:!?)]}"
_OPENERS = "（《〈【〔「『“‘([{"
_CLOSING = f"[{re.escape(_CLOSERS)}]*"
_OPENING = f"[{re.escape(_OPENERS)}]*"
_ONE = re.compile(".")
_WITH_MARKS = re.compile(f"{_OPENING}(?:……|——|.){_CLOSING}")
WITH_WORDS = re.compile(f"{_OPENING}(?:[0-9A-Za-z][0-9A-Za-z.,:/+-]{{0,23}}|……|——|.){_CLOSING}")

#: The ways lines are broken: anywhere, as print does, as print does with words and figures kept whole; counted in
#: columns with “ two wide or one, in characters, in bytes of UTF-8. The last is a page of letters of many widths.
MANNERS = (
    _Manner(2, 2, 1, _ONE),
    _Manner(2, 1, 1, _ONE),
    _Manner(2, 2, 1, _WITH_MARKS, hangs=True, odds=3),
    _Manner(2, 1, 1, _WITH_MARKS, hangs=True, odds=3),
    _Manner(2, 2, 1, WITH_WORDS, hangs=True, odds=4),
    _Manner(2, 1, 1, WITH_WORDS, hangs=True, odds=4),
    _Manner(1, 1, 1, _ONE, odds=1),
    _Manner(1, 1, 1, _WITH_MARKS, hangs=True, odds=2),
    _Manner(3, 3, 1, _ONE, odds=3),
    _Manner(2, 2, 1, WITH_WORDS, hangs=True, loose=8, odds=12),
)

#: What a line that is too long for an edge, or too short for one in mid sentence, speaks against it, as a logarithm of
#: odds; and what all ends together must speak for one, so that lines are joined.
_AGAINST = 3.0
_ENOUGH = 5.0
#: Ends after which more of the same tell nothing more about which of two edges it is.
_LIKE = 10.0
#: Ends of lines in a letter that are there at least.
_LEAST = 2.0

#: A line set in by so many columns is no paragraph's (2 to 8): it is centred, or stands to the right.
CENTRED = 9

#: Shortest line that may have been broken, and longest one of a page (columns).
_SHORTEST, _LONGEST = 20, 240

#: What a sentence, or the announcement of a list, ends with; what stands in a sentence; what stands behind one.
_ENDS = tuple("。！？：；:!?;…")
CLAUSE = re.compile("[，。、；！？“”,;]")
STOP = re.compile(r"[。！？!?]|(?<=[\u4e00-\u9fff])\.(?![0-9A-Za-z])")
_DOTTED = re.compile(r"[\u4e00-\u9fff]\.$")


def rows_of(lines: Sequence[FileLine]) -> list[PageLine]:
    full = [line for line in lines if line.text]
    margin = min((line.indent for line in full), default=0)
    gaps: list[int] = []
    blanks, page = 0, False
    for line in lines:
        if line.text:
            gaps.append(0 if page else blanks)
            blanks, page = 0, False
        elif line.gone:
            page = True
        else:
            blanks += 1
    spaced = 1 if gaps[1:] and sum(gap > 0 for gap in gaps[1:]) >= 0.9 * len(gaps[1:]) else 0
    if spaced and not any(gap > 1 for gap in gaps[1:]) and not _doubled(full):
        spaced = 0
    return [
        PageLine(line, line.indent - margin, gap > spaced, ended(line.text), begins(line.text), _is_running(line.text))
        for line, gap in zip(full, gaps, strict=True)
    ]


def _is_running(text: str) -> bool:
    mark = mark_of(text)
    return CLAUSE.search(text, len(mark.label) if mark else 0) is not None


def _doubled(full: Sequence[FileLine]) -> bool:
    """Whether the empty line between any two lines tells nothing: many lines end in mid sentence."""
    running = [line for line in full if CLAUSE.search(line.text)]
    return sum(not ended(line.text) for line in running) * 3 >= len(running) > 2


def ended(text: str) -> bool:
    """Whether a line ends with a sentence, or as what announces a list."""
    bare = text.rstrip("”’）)》」』")
    return bare.endswith(_ENDS) or _DOTTED.search(bare) is not None or _ASIDE.search(text) is not None


#: A remark in brackets behind a sentence: …还不小。（数据由县发改局提供）
_ASIDE = re.compile("[。！？；]（[^（）]*）$")

#: Words in columns: two gaps and more.
_COLUMNS = re.compile(r"\S(?:\s{2,}|\u3000)\S+(?:\s{2,}|\u3000{2})\S")


def widths_of(text: str) -> tuple[int, int]:
    """The columns of a line with “ ” — … two wide, as in print, and one wide, as in terminals."""
    return _IN_PRINT.of(text), _IN_TERMINALS.of(text)


def tables(rows: Sequence[PageLine]) -> set[int]:
    """The numbers of rows of tables: their words stand in columns, and those of a neighbour too."""
    found = {at for at, row in enumerate(rows) if _COLUMNS.search(row.text) and not STOP.search(row.text)}
    return {at for at in found if at - 1 in found or at + 1 in found}


def begins(text: str) -> bool:
    """Whether a line begins as only a paragraph does: with a number, or as a salutation."""
    return mark_of(text) is not None or bool(re.match("(?:各位|同志们|朋友们|同学们|老师们)[^，。！：；]{0,10}[：，！]", text))


# ── the whole file ─────────────────────────────────────────────────────────────────────────────────────────────────


def evidence(rows: Sequence[PageLine]) -> dict[int, float]:
    """The line ends that tell something, by the number of their row: how much each does. Those are the ends
    in mid sentence of what, further on, becomes a whole one."""
    told: dict[int, float] = {}
    apart = [at for at, row in enumerate(rows) if at and row.apart]
    set_off = len(apart) >= 2 and all(rows[at - 1].ended or not rows[at - 1].running for at in apart)
    ends_well = False
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        following = rows[at + 1] if at + 1 < len(rows) and not rows[at + 1].apart else None
        goes_on = following is not None and ends_well and following.indent < CENTRED and row.indent < CENTRED
        if goes_on and following and (row.running or following.running):
            told[at] = _weight(row, following) + (set_off and not row.ended and row.running)
        ends_well = row.ended or goes_on
    return told


def _weight(row: PageLine, following: PageLine) -> float:
    """How much an end in mid sentence tells: nothing behind a heading or a salutation, little behind a comma, as verses
    have it; more where the next line is not set in as this one is, or begins as no paragraph can."""
    if (row.marked and not row.running) or is_greeting(row.text):
        return 0.0
    if row.ended:
        return 0.5 if _is_flush(row, following) and row.running and following.running and not following.marked else 0.0
    torn = following.text[0] in _CLOSERS or (row.text[-1].isdigit() and following.text[0].isdigit())
    return (1.0 if row.open_letter else 0.3) + torn + _is_flush(row, following)


def _is_flush(row: PageLine, following: PageLine) -> bool:
    return 2 <= row.indent < CENTRED and following.indent < 2


def edge_of(rows: Sequence[PageLine], ends: dict[int, float], known: bool) -> Edge | None:
    """The edge that explains the line ends best; None where none does and the lines are as somebody wrote them."""
    best, most = None, float("-inf")
    by_counts = {manner[:3]: _measured(rows, manner[:3]) for manner in MANNERS}
    for manner in MANNERS:
        measured = by_counts[manner[:3]]
        for edge in _edges(rows, manner, measured):
            found = _weighed(rows, ends, edge, measured.ordered)
            enough = found.for_it >= (1.0 if known else _LEAST) and found.score > (0.0 if known else _ENOUGH)
            if enough and found.rank > most:
                best, most = edge, found.rank
    if best and not known:
        full = [at for at, weight in ends.items() if weight and best.is_full(at)]
        flush = any(_is_flush(rows[at], rows[at + 1]) for at in full)
        if not flush and _is_verse([rows[at] for at in full]):
            return None
    if best is None and known and rows:
        last = _edges(rows, MANNERS[-1], by_counts[MANNERS[-1][:3]])
        return max(last, key=lambda edge: edge.width, default=None)
    return best


def _is_verse(rows: Sequence[PageLine]) -> bool:
    """Whether full lines are as wide as each other because they are said alike: they pause where the others do, or all
    end with a pause."""
    pauses: dict[int, int] = {}
    for row in rows:
        found = CLAUSE.search(row.text)
        at = found.start() if found else -1
        pauses[at] = pauses.get(at, 0) + 1
    commas = sum(not row.open_letter and not row.ended for row in rows)
    alike = max((count for at, count in pauses.items() if at >= 0), default=0)
    return (len(rows) >= 4 and alike * 4 >= len(rows) * 3) or (len(rows) >= 3 and commas * 3 >= len(rows) * 2)


def _edges(rows: Sequence[PageLine], manner: _Manner, measured: _Measured) -> Iterator[Edge]:
    """The edges of a manner that might be: the widths of the widest rows."""
    wide, ordered = measured.wide, measured.ordered
    heads = [wide.of(found[0]) if (found := manner.unit.match(row.text)) else 0 for row in rows]
    if manner.unit is WITH_WORDS:  # the blank before a word would have needed room as well
        for at in range(1, len(rows)):
            heads[at] += _is_word(rows[at - 1].text[-1]) and _is_word(rows[at].text[0])
    widest = set(ordered[-max(1, len(ordered) // 10) :])
    within = {width for width in measured.bare if width >= min(widest) - 2} if manner.hangs else set()
    for width in sorted(widest | within)[-_EDGES:]:
        if _SHORTEST <= width * 2 / manner.wide <= _LONGEST:
            yield Edge(manner, width, measured.widths, tuple(heads), measured.drawn)


#: Edges of one manner that are tried.
_EDGES = 8


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


class _Widths(dict[str, int]):
    """How wide characters are, by what a wide, an ambiguous and a narrow one count."""

    def __init__(self, wide: int, ambiguous: int, narrow: int) -> None:
        super().__init__()
        self.counts = {"W": wide, "F": wide, "A": ambiguous}
        self.narrow = narrow

    def __missing__(self, char: str) -> int:
        counted = self.counts.get(unicodedata.east_asian_width(char), self.narrow)
        self[char] = 0 if unicodedata.combining(char) else counted
        return self[char]

    def of(self, text: str) -> int:
        return sum(map(self.__getitem__, text))


_IN_PRINT, _IN_TERMINALS = _Widths(2, 2, 1), _Widths(2, 1, 1)


class _Measured(NamedTuple):
    """The rows of a file as one way of counting has them: `ordered` are the widths in their order, `bare` the widths
    without the marks at the ends."""

    wide: _Widths
    widths: tuple[int, ...]
    ordered: list[int]
    bare: set[int]
    drawn: tuple[int, ...]


def _measured(rows: Sequence[PageLine], counts: tuple[int, int, int]) -> _Measured:
    wide = _Widths(*counts)
    padded = sum(bool(row.line.behind) for row in rows) * 3 > len(rows)
    widths = []
    for row in rows:
        text = row.text if padded else row.text + row.line.behind
        widths.append(row.indent + wide.of(text) if counts[0] == 2 else wide.of(row.line.before.expandtabs(4) + text))
    bare = {width - wide.of(row.text[len(row.text.rstrip(_CLOSERS)) :]) for row, width in zip(rows, widths, strict=True)}
    drawn = tuple(wide.of(found[0]) if (found := _WITH_MARKS.match(row.text)) else 0 for row in rows)
    return _Measured(wide, tuple(widths), sorted(widths), bare, drawn)


def _may_head(row: PageLine) -> bool:
    """Whether a row in which no sentence ends may be a heading for itself: one with a number, which may have a comma."""
    return row.marked and STOP.search(row.text) is None


def _weighed(rows: Sequence[PageLine], ends: dict[int, float], edge: Edge, ordered: list[int]) -> _Weighed:
    """What speaks for an edge."""
    each = log(max(edge.width / edge.manner.odds, 1.5))
    wide = edge.manner.wide
    beyond = len(ordered) - bisect_right(ordered, edge.width)
    if beyond and edge.manner.hangs:
        beyond -= sum(
            edge.width < width <= edge.width + wide and rows[at].text[-1] in _CLOSERS
            for at, width in enumerate(edge.widths)
        )
    if beyond * 10 > len(rows):
        return _Weighed(0.0, 0.0, 0.0)
    for_it = sum(weight for at, weight in ends.items() if edge.is_full(at))
    short = (at for at in ends if not rows[at].ended and not edge.is_full(at) and not _may_head(rows[at]))
    against = sum(ends[at] for at in short) + beyond
    rank = min(for_it, _LIKE) * each - _LIKE * against
    return _Weighed(for_it, for_it * each - _AGAINST * against, rank)


