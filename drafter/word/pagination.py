"""On which page of a Word document a word stands, about: as Word has noted it, else as LibreOffice would set it, reckoned
from page, lines and letters.

Nobody but an office program can say it exactly: it knows the fonts. What is asked here is where to look: a page more or less
does no harm.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import ceil
from typing import NamedTuple

from drafter.chinese.lines import broken
from drafter.word.document import DocxFile
from drafter.word.leaves import own, said
from drafter.word.oxml import CONTENT, SDT, TBL, Element, P, parent_name, w
from drafter.word.shapes import LEAST, ParagraphShape, SectionPage, Shapes, sheet_of, whole

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_BREAK, _RENDERED, _NOTE = w("br"), w("lastRenderedPageBreak"), w("footnoteReference")
_VAL = w("val")

#: What only holds paragraphs and tables, and what holds rows of a table.
_HOLDERS = frozenset(w(n) for n in ("ins", "moveTo", "customXml", "del", "moveFrom"))
_ROW_HOLDERS = frozenset((SDT, CONTENT, w("customXml"), w("ins"), w("del")))

#: Twips a drawing unit (EMU).
_EMU = 1 / 635

#: Height of a single line in font sizes: 中易's fonts have 1.14, Noto's 1.45, and most lie between.
_LEADING = 1.3

#: How much more than the page has a line may take (rounding), in twips.
_ROUNDING = 10

#: Twips between the edges of a cell and its text, left and right together.
_CELL = 216

#: Paragraphs one after another that are kept with what follows are looked at up to so many.
_KEPT = 20


class Stands(NamedTuple):
    """Where a paragraph, or a letter of it, stands: its page, and its number among the paragraphs with words on that page,
    those of tables apart; in a table 0, and `row` is that of the outermost table. All count from 1; `page` is 0 for what is not of
    the body."""

    page: int = 0
    paragraph: int = 0
    row: int = 0


class _Set(NamedTuple):
    """A paragraph broken into lines: at which letters they begin, how high each is, what notes at the foot of the page take
    that are referred to in it, and before which a page ends, as somebody has said. `letters`: how many it has; `worded`:
    there is something to read among them; `ends`: the section of its last line ends with it, and the next has these
    pages."""

    element: Element
    shape: ParagraphShape
    starts: tuple[int, ...]
    heights: tuple[float, ...]
    notes: tuple[float, ...]
    turns: frozenset[int]
    letters: int
    worded: bool
    ends: SectionPage | None


class _TableRow(NamedTuple):
    """A row of a table: what stands in its cells, its least height, and whether it must stay on a page. `number` counts from
    1 in the outermost table; `head`: it is repeated on every page."""

    cells: "tuple[tuple[_Set | _TableRow, ...], ...]"
    least: int
    together: bool
    number: int
    head: bool


class Pages:
    """Where the paragraphs of a document's body stand."""

    def __init__(self, file: DocxFile) -> None:
        self.file = file

    @cached_property
    def shapes(self) -> Shapes:
        """How its paragraphs are set."""
        return Shapes(self.file)

    def shape(self, paragraph: Element) -> ParagraphShape:
        """How a paragraph is set."""
        return self.shapes.of(paragraph)

    def find(self, paragraph: Element, offset: int = 0) -> Stands:
        """Where a letter of a paragraph stands."""
        flow = self._flow
        found = flow.found.get(paragraph)
        page = next((page for at, page in reversed(found.starts) if at <= offset), 0) if found else 0
        if found is None or not page:
            return Stands()
        if found.row:
            return Stands(page, 0, found.row)
        return Stands(page, max(1, found.number - flow.first.get(page, found.number) + 1))

    @cached_property
    def _flow(self) -> "_Flow":
        items = list(_Setter(self.file, self.shapes).items())
        sheet = next((sheet_of(s) for s in _sections(self.file.body)), sheet_of(None))
        flow = _Flow(items, sheet, rendered=False)
        noted = sum(1 for _ in self.file.body.iter(_RENDERED))
        # A program that notes only some of its page breaks is no witness; nor is a note older than half the text.
        if noted and noted * 2 >= flow.page - 1:
            flow = _Flow(items, sheet, rendered=True)
        return flow


def _sections(body: Element) -> Iterator[Element]:
    return (s for s in body.iter(w("sectPr")) if s.getparent() is body or parent_name(s) == w("pPr"))


class _Setter:
    """The paragraphs and tables of a body, broken into lines."""

    def __init__(self, file: DocxFile, shapes: Shapes) -> None:
        self.file = file
        self.shapes = shapes
        self._sheets = iter([sheet_of(s) for s in _sections(file.body)])
        self.sheet = next(self._sheets, sheet_of(None))
        self.row = 0

    def items(self) -> Iterator[_Set | _TableRow]:
        """What stands in the body, in its order."""
        return self.blocks(self.file.body, None)

    def blocks(self, container: Element, width: int | None) -> Iterator[_Set | _TableRow]:
        """What stands in a container, `width` wide; None: as wide as the text of its section."""
        for child in container:
            tag = child.tag
            if tag == P:
                yield self.paragraph(child, self.sheet.width if width is None else width)
            elif tag == SDT:
                content = child.find(CONTENT)
                if content is not None:
                    yield from self.blocks(content, width)
            elif tag == TBL:
                outermost = not self.row
                yield from self.rows(child, self.sheet.width if width is None else width, _columns(child))
                if outermost:
                    self.row = 0
            elif tag in _HOLDERS:
                yield from self.blocks(child, width)

    def rows(self, container: Element, width: int, columns: Sequence[int], inner: bool | None = None) -> Iterator[_TableRow]:
        """The rows of a table."""
        inner = self.row > 0 if inner is None else inner
        for row in container:
            if row.tag == w("tr"):
                self.row += not inner
                properties = row.find(w("trPr"))
                said_of = {child.tag: child for child in properties} if properties is not None else {}
                height = said_of.get(w("trHeight"))
                cells = list(_cells(row))
                wide = _widths(cells, width, columns)
                yield _TableRow(
                    tuple(tuple(self.blocks(cell, most)) for cell, most in zip(cells, wide, strict=True)),
                    whole(height.get(_VAL)) if height is not None else 0,
                    w("cantSplit") in said_of,
                    self.row,
                    w("tblHeader") in said_of,
                )
            elif row.tag in _ROW_HOLDERS:
                yield from self.rows(row, width, columns, inner)

    def paragraph(self, element: Element, width: int) -> _Set:
        """A paragraph broken into lines."""
        shape, sheet = self.shapes.of(element), self.sheet
        line = min(_line_of(shape, sheet), sheet.height)
        cell = max(shape.size / 2, shape.size + shape.apart + sheet.letter)
        text, turns, pictures, notes = "", [], [], []
        for node, gone in own(element):
            if gone:
                continue
            more = said(node)
            if more:
                text += more
            elif node.tag == _BREAK and node.get(w("type")) in ("page", "column"):
                turns.append(len(text))
            elif node.tag == _EXTENT and parent_name(node) == _INLINE:
                pictures.append((len(text), _height(node, sheet.height)))
            elif node.tag == _NOTE:
                notes.append((len(text), self._notes.get(node.get(w("id"), ""), 0.0)))
        starts = self._lines(text, turns, max(cell * 2, width - shape.sides) / cell, shape.indent / cell)
        at = [line] * len(starts)
        for offset, high in pictures:
            n = _line_at(starts, offset)
            at[n] = max(at[n], high) if shape.rule != "exact" else at[n]
        feet = [0.0] * len(starts)
        for offset, high in notes:
            feet[_line_at(starts, offset)] += min(high, sheet.height / 2)
        ends = None
        if element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            ends = self.sheet = next(self._sheets, sheet)
        forced = frozenset(n for n, begin in enumerate(starts) if begin in turns and (n or not text or 0 in turns))
        return _Set(element, shape, tuple(starts), tuple(at), tuple(feet), forced, len(text), not text.isspace() and bool(text), ends)

    def _lines(self, text: str, turns: Sequence[int], room: float, indent: float) -> list[int]:
        """The letters at which lines begin; each page somebody has ended ends a line too."""
        starts = [0]
        for n, (low, high) in enumerate(zip([0, *turns], [*turns, len(text)], strict=True)):
            if n and low:
                starts.append(low)
            starts += [low + at for at in broken(text[low:high], room, 0 if n else indent).starts]
        return starts

    @cached_property
    def _notes(self) -> dict[str, float]:
        """How high the notes at the foot of pages are, by their numbers."""
        part = self.file.target(self.file.main, "footnotes")
        out = {}
        for note in self.file.tree(part) if part else ():
            high = 0.0
            for element in note.iter(P):
                shape = self.shapes.of(element)
                text = "".join(said(node) for node, gone in own(element) if not gone)
                count = broken(text, self.sheet.width / max(1, shape.size + shape.apart)).total
                high += count * _line_of(shape._replace(on_grid=False), self.sheet)
            out[note.get(w("id"), "")] = high
        return out


def _line_at(starts: Sequence[int], offset: int) -> int:
    """The line a letter stands on."""
    return max(n for n, begin in enumerate(starts) if begin <= offset)


def _line_of(shape: ParagraphShape, sheet: SectionPage) -> float:
    """How high a line is."""
    natural = shape.size * _LEADING
    if sheet.pitch and shape.on_grid and shape.rule != "exact":
        natural = sheet.pitch * ceil(natural / sheet.pitch)
    if shape.rule == "auto":
        return natural * shape.line / 240
    return max(natural, shape.line) if shape.rule == "atLeast" else shape.line


class _Standing(NamedTuple):
    """Where a paragraph stands: at which letters which page begins, its number in the body, and the row of its table, 0 in
    none."""

    starts: tuple[tuple[int, int], ...]
    number: int
    row: int


class _Flow:
    """What was set, put on pages. With `rendered` these begin where Word has noted it. `found` tells of each paragraph, `first`
    of each page the number of its first paragraph."""

    def __init__(self, items: Sequence[_Set | _TableRow], sheet: SectionPage, rendered: bool) -> None:
        self.rendered = rendered
        self.found: dict[Element, _Standing] = {}
        self.first: dict[int, int] = {}
        self.page, self.column, self.down, self.feet = 1, 0, 0.0, 0.0
        self.number = 0
        self.fresh = True  # nothing stands on the page yet
        self.sheet = sheet
        self.run(items, 0)

    def run(self, items: Sequence[_Set | _TableRow], row: int) -> None:
        """Put what stands in the body, or in a cell of this row of a table, on pages."""
        head, last = 0.0, ""
        for n, item in enumerate(items):
            if isinstance(item, _Set):
                self.paragraph(item, row, self._needed(items, n), last)
                last, head = item.shape.style, 0.0
                continue
            head = _high(item) if item.head else head if n and isinstance(items[n - 1], _TableRow) else 0.0
            page = self.page
            if item.together and not self.rendered and not self.fresh and self.down + _high(item) > self.room:
                self.next_page()
            self._row(item, row or item.number)
            if self.page != page and not item.head:
                self.down += head
            last = ""

    def _needed(self, items: Sequence[_Set | _TableRow], at: int) -> float:
        """The height a paragraph must find on a page to begin there: its first lines, or where it is kept with what
        follows, all of it and the first lines of that."""
        total = 0.0
        for item in items[at : at + _KEPT]:
            if isinstance(item, _TableRow):
                return total + max((_high_of_first(cell) for cell in item.cells), default=0.0)
            if not item.shape.keep_next:
                return total + _first_lines(item)
            total += item.shape.before + sum(item.heights) + item.shape.after
        return total if total <= self.sheet.height else 0.0

    @property
    def room(self) -> float:
        """How far down a page text may go."""
        return self.sheet.height - self.feet + _ROUNDING

    def _row(self, row: _TableRow, number: int) -> None:
        top = low = (self.page, self.column, self.down)
        feet, fresh = self.feet, self.fresh
        for cell in row.cells:
            (self.page, self.column, self.down), self.feet, self.fresh = top, feet, fresh
            self.run(cell, number)
            low = max(low, (self.page, self.column, self.down))
        self.page, self.column, self.down = low
        if low[:2] == top[:2] and low[2] - top[2] < row.least:
            self.down = top[2] + row.least

    def paragraph(self, item: _Set, row: int, needed: float, last: str) -> None:
        """Put a paragraph on the page; `needed` is the height it must find there to begin, `last` the style of the one
        before."""
        shape, count = item.shape, len(item.starts)
        if shape.new_page and not self.fresh:
            self.turn()
        apart = 0 if shape.contextual and shape.style == last else min(shape.before, self.sheet.height)
        if not self.fresh or self.page == 1:
            self.down += apart
        if not self.rendered and not self.fresh and self.down + needed > self.room and needed <= self.sheet.height:
            self.next_page()
        starts: list[tuple[int, int]] = []
        noted = _noted(item.element) if self.rendered else ()
        for n, (offset, high) in enumerate(zip(item.starts, item.heights, strict=True)):
            together = high + item.notes[n] + (item.heights[n + 1] if shape.widows and n and n == count - 2 else 0)
            if n in item.turns:
                self.turn()
            elif not self.rendered and self.down and self.down + together > self.room:
                self.next_page()
            if not starts or starts[-1][1] != self.page:
                starts.append((offset, self.page))
            self.down += high
            self.feet += item.notes[n]
            self.fresh = self.fresh and not item.letters
        for offset in noted:
            if not self.fresh or offset:
                self.page += 1
                starts.append((offset, self.page))
        self._count(item, starts, row)
        self.down += min(shape.after, self.sheet.height)
        if item.ends is not None:
            self.sheet = item.ends
            if self.sheet.new:
                self.turn()

    def _count(self, item: _Set, starts: Sequence[tuple[int, int]], row: int) -> None:
        """Note where a paragraph stands."""
        if item.worded and not row:
            self.number += 1
            ends = [at for at, _ in starts[1:]] + [item.letters]
            for (at, page), end in zip(starts, ends, strict=True):
                if at < end:
                    self.first.setdefault(page, self.number)
        self.found[item.element] = _Standing(tuple(starts), self.number, row)

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


def _first_lines(item: _Set) -> float:
    """The height of the lines of a paragraph that may not be alone on a page."""
    count = len(item.heights)
    if item.shape.keep_lines:
        many = count
    elif not item.shape.widows:
        many = 1
    else:
        many = count if count < 4 else 2
    return sum(item.heights[:many]) + sum(item.notes[:many])


def _high(row: _TableRow) -> float:
    """How high a row is."""
    return max([float(row.least), *(sum(map(_high_of, cell)) for cell in row.cells)])


def _high_of(item: _Set | _TableRow) -> float:
    return _high(item) if isinstance(item, _TableRow) else item.shape.before + sum(item.heights) + item.shape.after


def _high_of_first(cell: Sequence[_Set | _TableRow]) -> float:
    """How high what stands first in a cell is."""
    first = next(iter(cell), None)
    return 0.0 if first is None else _high(first) if isinstance(first, _TableRow) else _first_lines(first)


def _noted(element: Element) -> list[int]:
    """The letters of a paragraph at which Word has noted that a page begins."""
    out, offset = [], 0
    for node, gone in own(element):
        if not gone:
            if node.tag == _RENDERED:
                out.append(offset)
            offset += len(said(node))
    return out


def _height(extent: Element, most: int) -> float:
    """The height of a picture in twips."""
    drawn = extent.get("cy", "")
    return min(int(drawn) * _EMU, most) if drawn.isdecimal() and len(drawn) < 12 else 0


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == w("tc"):
            yield child
        elif child.tag in (SDT, CONTENT, w("customXml")):
            yield from _cells(child)


def _columns(table: Element) -> list[int]:
    """The widths of a table's columns, in twips."""
    return [whole(column.get(w("w"))) for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]


def _widths(cells: Sequence[Element], width: int, columns: Sequence[int]) -> list[int]:
    """How wide the text in each cell of a row is: by the grid of its table, else as the cell says, else each as the others."""
    out, at = [], 0
    for cell in cells:
        properties = cell.find(w("tcPr"))
        span = properties.find(w("gridSpan")) if properties is not None else None
        wide = properties.find(w("tcW")) if properties is not None else None
        many = max(1, whole(span.get(_VAL), 1)) if span is not None else 1
        said_of = whole(wide.get(w("w"))) if wide is not None and wide.get(w("type"), "dxa") == "dxa" else 0
        grid = sum(columns[at : at + many]) if at + many <= len(columns) else 0
        at += many
        out.append(max(LEAST // 2, min(grid or said_of or width // len(cells), width) - _CELL))
    return out
