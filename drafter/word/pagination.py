"""On which page of a Word document a word stands, about: as Word has noted it, else as LibreOffice would set it, reckoned
from page, lines and letters.

Nobody but an office program can say it exactly: it knows the fonts. What is asked here is where to look: a page more or less
does no harm.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import ceil

from drafter.chinese.lines import broken
from drafter.speech.flow import Flow, LineRun, RowRun, Stands
from drafter.word.document import DocxFile
from drafter.word.leaves import own, said
from drafter.word.oxml import CONTENT, SDT, TBL, Element, P, parent_name, w
from drafter.word.shapes import LEAST, ParagraphShape, SectionPage, Shapes, room_of, sheet_of, whole

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_BREAK, _RENDERED, _NOTE = w("br"), w("lastRenderedPageBreak"), w("footnoteReference")
_VAL = w("val")

#: What only holds paragraphs and tables, and what holds rows of a table.
_HOLDERS = frozenset(w(n) for n in ("ins", "moveTo", "customXml", "del", "moveFrom"))
_ROW_HOLDERS = frozenset((SDT, CONTENT, w("customXml"), w("ins"), w("del")))

#: Twips a drawing unit (EMU).
_EMU = 1 / 635

#: Height of a single line in font sizes: 中易's fonts have 1.14, 1.3 as Word sets them, and most lie between; those of
#: Noto and 思源 (Source Han), which LibreOffice writes where there are no others, 1.45.
_LEADING, _TALL = 1.3, 1.45
_TALL_FONTS = ("Noto ", "Source Han", "思源")

#: Twips between the edges of a cell and its text, left and right together.
_CELL = 216


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
        return self._flow.find(paragraph, offset)

    @cached_property
    def _flow(self) -> Flow:
        items = list(_Setter(self.file, self.shapes).items())
        sheet = room_of(next((sheet_of(s) for s in _sections(self.file.body)), sheet_of(None)))
        flow = Flow(items, sheet, rendered=False)
        noted = sum(1 for _ in self.file.body.iter(_RENDERED))
        # A program that notes only some of its page breaks is no witness; nor is a note older than half the text.
        if noted and noted * 2 >= flow.page - 1:
            flow = Flow(items, sheet, rendered=True)
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
        self.table = ""

    def items(self) -> Iterator[LineRun | RowRun]:
        """What stands in the body, in its order."""
        return self.blocks(self.file.body, None)

    def blocks(self, container: Element, width: int | None) -> Iterator[LineRun | RowRun]:
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
                outermost, around = not self.row, self.table
                style = child.find(f"{w('tblPr')}/{w('tblStyle')}")
                self.table = style.get(_VAL, "") if style is not None else ""
                yield from self.rows(child, self.sheet.width if width is None else width, _columns(child))
                self.table = around
                if outermost:
                    self.row = 0
            elif tag in _HOLDERS:
                yield from self.blocks(child, width)

    def rows(self, container: Element, width: int, columns: Sequence[int], inner: bool | None = None) -> Iterator[RowRun]:
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
                yield RowRun(
                    tuple(tuple(self.blocks(cell, most)) for cell, most in zip(cells, wide, strict=True)),
                    whole(height.get(_VAL)) if height is not None else 0,
                    w("cantSplit") in said_of,
                    self.row,
                    w("tblHeader") in said_of,
                )
            elif row.tag in _ROW_HOLDERS:
                yield from self.rows(row, width, columns, inner)

    def paragraph(self, element: Element, width: int) -> LineRun:
        """A paragraph broken into lines."""
        shape, sheet = self.shapes.of(element, self.table), self.sheet
        line = min(_line_of(shape, sheet), sheet.height)
        cell = max(shape.size / 2, shape.size + shape.apart + sheet.letter)
        text, turns, pictures, notes, noted = "", [], [], [], []
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
            elif node.tag == _RENDERED:
                noted.append(len(text))
            elif node.tag == _NOTE:
                notes.append((len(text), self._notes.get(node.get(w("id"), ""), 0.0)))
        starts = self._lines(text, turns, max(cell * 2, width - shape.sides) / cell, shape.indent / cell)
        at = [line] * len(starts)
        for offset, high in pictures:
            n = _line_at(starts, offset)
            at[n] = max(at[n], high) if shape.rule != "exact" else at[n]
        feet = [0.0] * len(starts) if notes else []
        for offset, high in notes:
            feet[_line_at(starts, offset)] += min(high, sheet.height / 2)
        ends = None
        if element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            self.sheet = next(self._sheets, sheet)
            ends = room_of(self.sheet)
        return LineRun(
            key=element,
            bounds=shape.bounds,
            starts=tuple(starts),
            heights=tuple(at),
            letters=len(text),
            worded=bool(text) and not text.isspace(),
            notes=tuple(feet),
            turns=frozenset(n for n, begin in enumerate(starts) if begin in turns and (n or not text or 0 in turns)),
            ends=ends,
            noted=tuple(noted),
        )

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
    natural = shape.size * (_TALL if shape.font.startswith(_TALL_FONTS) else _LEADING)
    if sheet.pitch and shape.on_grid and shape.rule != "exact":
        natural = sheet.pitch * ceil(natural / sheet.pitch)
    if shape.rule == "auto":
        return natural * shape.line / 240
    return max(natural, shape.line) if shape.rule == "atLeast" else shape.line


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
