"""Paragraphs broken into lines put on pages, as LibreOffice puts them: what is kept with what follows, no first or last
line alone where that is asked for, tables row by row.

One model for all who count pages: of blocks that are to be set (`drafter.template.pages`), of a Word file
(`drafter.word.pagination`). Lengths are in twips (1/20 pt).
"""

from collections.abc import Sequence
from typing import NamedTuple

#: How much more than the page has a line may take (rounding), in twips.
_ROUNDING = 10

#: Paragraphs one after another that are kept with what follows are looked at up to so many.
_KEPT = 20


class Stands(NamedTuple):
    """Where a paragraph, or a letter of it, stands: its page, and its number among the paragraphs with words on that page,
    those of tables apart; in a table 0, and `row` is that of the outermost table. All count from 1; `page` is 0 for what is not of
    the body."""

    page: int = 0
    paragraph: int = 0
    row: int = 0


class Bounds(NamedTuple):
    """What a paragraph wants of the pages it stands on. `style` is what it is set in: between two of one style the space falls
    away where they are `contextual`."""

    style: str = ""
    before: float = 0
    after: float = 0
    new_page: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    widows: bool = False
    contextual: bool = False


class PageRoom(NamedTuple):
    """How high the text of a page may be, and in how many columns; `new`: what is set so begins on a new page."""

    height: float
    columns: int = 1
    new: bool = True


class LineRun(NamedTuple):
    """A paragraph broken into lines: at which letters they begin, how high each is, what notes at the foot of the page take
    that are referred to in it (() for none at all), and before which a page ends, as somebody has said. `key` is what it is asked for
    by; `letters`: how many it has; `worded`: there is something to read among them; `ends`: its section ends with it, and the next
    has these pages; `noted`: the letters at which an office program has noted that a page begins."""

    key: object
    bounds: Bounds
    starts: tuple[int, ...]
    heights: tuple[float, ...]
    letters: int
    worded: bool
    notes: tuple[float, ...] = ()
    turns: frozenset[int] = frozenset()
    ends: PageRoom | None = None
    noted: tuple[int, ...] = ()


class RowRun(NamedTuple):
    """A row of a table: what stands in its cells, its least height, and whether it must stay on a page. `number` counts from
    1 in the outermost table; `head`: it is repeated on every page."""

    cells: "tuple[tuple[LineRun | RowRun, ...], ...]"
    least: int
    together: bool
    number: int
    head: bool


class _Standing(NamedTuple):
    """Where a paragraph stands: at which letters which page begins, its number in the body, and the row of its table, 0 in
    none."""

    starts: tuple[tuple[int, int], ...]
    number: int
    row: int


class Flow:
    """What was set, put on pages. With `rendered` these begin where Word has noted it. `found` tells of each paragraph, `first`
    of each page the number of its first paragraph."""

    def __init__(self, items: Sequence[LineRun | RowRun], sheet: PageRoom, rendered: bool) -> None:
        self.rendered = rendered
        self.found: dict[object, _Standing] = {}
        self.first: dict[int, int] = {}
        self.page, self.column, self.down, self.feet = 1, 0, 0.0, 0.0
        self.number = 0
        self.fresh = True  # nothing stands on the page yet
        self.sheet = sheet
        self.run(items, 0)

    def find(self, key: object, offset: int = 0) -> Stands:
        """Where a letter of a paragraph stands."""
        found = self.found.get(key)
        page = next((page for at, page in reversed(found.starts) if at <= offset), 0) if found else 0
        if found is None or not page:
            return Stands()
        if found.row:
            return Stands(page, 0, found.row)
        return Stands(page, max(1, found.number - self.first.get(page, found.number) + 1))

    def run(self, items: Sequence[LineRun | RowRun], row: int) -> None:
        """Put what stands in the body, or in a cell of this row of a table, on pages."""
        head, last = 0.0, ""
        for n, item in enumerate(items):
            if isinstance(item, LineRun):
                self.paragraph(item, row, self._needed(items, n), last)
                last, head = item.bounds.style, 0.0
                continue
            head = _high(item) if item.head else head if n and isinstance(items[n - 1], RowRun) else 0.0
            page = self.page
            if item.together and not self.rendered and not self.fresh and self.down + _high(item) > self.room:
                self.next_page()
            self._row(item, row or item.number)
            if self.page != page and not item.head:
                self.down += head
            last = ""

    def _needed(self, items: Sequence[LineRun | RowRun], at: int) -> float:
        """The height a paragraph must find on a page to begin there: its first lines, or where it is kept with what
        follows, all of it and the first lines of that."""
        total = 0.0
        for item in items[at : at + _KEPT]:
            if isinstance(item, RowRun):
                return total + max((_high_of_first(cell) for cell in item.cells), default=0.0)
            if not item.bounds.keep_next:
                return total + _first_lines(item)
            total += item.bounds.before + sum(item.heights) + item.bounds.after
        return total if total <= self.sheet.height else 0.0

    @property
    def room(self) -> float:
        """How far down a page text may go."""
        return self.sheet.height - self.feet + _ROUNDING

    def _row(self, row: RowRun, number: int) -> None:
        top = low = (self.page, self.column, self.down)
        feet, fresh = self.feet, self.fresh
        for cell in row.cells:
            (self.page, self.column, self.down), self.feet, self.fresh = top, feet, fresh
            self.run(cell, number)
            low = max(low, (self.page, self.column, self.down))
        self.page, self.column, self.down = low
        if low[:2] == top[:2] and low[2] - top[2] < row.least:
            self.down = top[2] + row.least

    def paragraph(self, item: LineRun, row: int, needed: float, last: str) -> None:
        """Put a paragraph on the page; `needed` is the height it must find there to begin, `last` the style of the one
        before."""
        bounds, count = item.bounds, len(item.starts)
        if bounds.new_page and not self.fresh:
            self.turn()
        apart = 0 if bounds.contextual and bounds.style == last else min(bounds.before, self.sheet.height)
        if not self.fresh or self.page == 1:
            self.down += apart
        if not self.rendered and not self.fresh and self.down + needed > self.room and needed <= self.sheet.height:
            self.next_page()
        starts: list[tuple[int, int]] = []
        notes = item.notes or (0.0,) * count
        for n, (offset, high) in enumerate(zip(item.starts, item.heights, strict=True)):
            together = high + notes[n] + (item.heights[n + 1] if bounds.widows and n and n == count - 2 else 0)
            if n in item.turns:
                self.turn()
            elif not self.rendered and self.down and self.down + together > self.room:
                self.next_page()
            if not starts or starts[-1][1] != self.page:
                starts.append((offset, self.page))
            self.down += high
            self.feet += notes[n]
            self.fresh = self.fresh and not item.letters
        for offset in item.noted if self.rendered else ():
            if not self.fresh or offset:
                self.page += 1
                starts.append((offset, self.page))
        self._count(item, starts, row)
        self.down += min(bounds.after, self.sheet.height)
        if item.ends is not None:
            self.sheet = item.ends
            if self.sheet.new:
                self.turn()

    def _count(self, item: LineRun, starts: Sequence[tuple[int, int]], row: int) -> None:
        """Note where a paragraph stands."""
        if item.worded and not row:
            self.number += 1
            ends = [at for at, _ in starts[1:]] + [item.letters]
            for (at, page), end in zip(starts, ends, strict=True):
                if at < end:
                    self.first.setdefault(page, self.number)
        self.found[item.key] = _Standing(tuple(starts), self.number, row)

    def next_page(self) -> None:
        """Go on to the next column, or page."""
        self.down = 0
        self.column += 1
        if self.column >= self.sheet.columns:
            self.column, self.feet = 0, 0.0
            self.page += 1

    def turn(self) -> None:
        """Begin a new page."""
        self.page, self.column, self.down, self.feet = self.page + 1, 0, 0, 0.0
        self.fresh = True


def _first_lines(item: LineRun) -> float:
    """The height of the lines of a paragraph that may not be alone on a page."""
    count = len(item.heights)
    if item.bounds.keep_lines:
        many = count
    elif not item.bounds.widows:
        many = 1
    else:
        many = count if count < 4 else 2
    return sum(item.heights[:many]) + sum(item.notes[:many])


def _high(row: RowRun) -> float:
    """How high a row is."""
    return max([float(row.least), *(sum(map(_high_of, cell)) for cell in row.cells)])


def _high_of(item: LineRun | RowRun) -> float:
    return _high(item) if isinstance(item, RowRun) else item.bounds.before + sum(item.heights) + item.bounds.after


def _high_of_first(cell: Sequence[LineRun | RowRun]) -> float:
    """How high what stands first in a cell is."""
    first = next(iter(cell), None)
    return 0.0 if first is None else _high(first) if isinstance(first, RowRun) else _first_lines(first)
