"""On which page of a Word document a word stands, about: as Word has noted it, else estimated from page, lines and
letters.

Nobody but Word can say it exactly. What is asked here is where to look: a page more or less does no harm.
"""

from collections.abc import Iterator
from functools import cached_property
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from drafter.word.document import DocxFile
from drafter.word.oxml import CONTENT, SDT, TBL, Element, P, T, parent_name, w

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_GONE = frozenset((w("del"), w("moveFrom")))
_BREAK, _RENDERED = w("br"), w("lastRenderedPageBreak")
_ONE_LETTER = frozenset(w(n) for n in ("tab", "ptab", "cr", "noBreakHyphen", "sym"))
_VAL = w("val")

#: A4 and Word's own margins, in twips (1/20 pt), where a section says nothing; twips a drawing unit (EMU).
_PAPER, _MARGIN = (11906, 16838), 1440
_EMU = 1 / 635

#: Height of a single line in font sizes: 中易's fonts have 1.14, Noto's 1.45, and most lie between.
_LEADING = 1.3

#: No page is narrower or lower than this (twips), whatever a file says; nothing on it measures more than a metre.
_LEAST, _MOST = 720, 56_700


class Leaf(NamedTuple):
    """A piece of a paragraph's text: `start` is its offset in it, `element` the w:t, w:tab …, `run` what that stands
    in."""

    start: int
    text: str
    element: Element
    run: Element | None


def own(paragraph: Element) -> Iterator[tuple[Element, bool]]:
    """What stands in a paragraph, in reading order, each with whether a tracked change deletes it. What is said twice
    for older programs comes once; the paragraphs of text boxes in it do not come."""
    stack = [(iter(paragraph), False)]
    while stack:
        nodes, gone = stack[-1]
        node = next(nodes, None)
        if node is None:
            stack.pop()
        elif isinstance(node.tag, str) and node.tag != P and not is_twin(node):
            yield node, gone
            if len(node):
                stack.append((iter(node), gone or node.tag in _GONE))


def is_twin(node: Element) -> bool:
    """Whether an element only says again, for programs that do not understand it, what stands before it."""
    return bool(node.tag == _MC + "Fallback" and node.getprevious() is not None)


def said(node: Element) -> str:
    """The text of an element that is text, "" for others."""
    if node.tag in (T, _MATH_TEXT):
        return node.text or ""
    if node.tag in _ONE_LETTER or (node.tag == _BREAK and node.get(w("type"), "textWrapping") == "textWrapping"):
        return "\t" if node.tag.endswith("tab") else "\n" if node.tag in (_BREAK, w("cr")) else "\ufffd"
    return ""


def whole(text: str | None, default: int = 0) -> int:
    """A number of a file, within ±`_MOST`; the default for what is none."""
    bare = (text or "").lstrip("-")
    if not bare.isdecimal() or len(bare) > 9:
        return default
    return max(-_MOST, min(_MOST, int(text or "")))


class _Shape(NamedTuple):
    """How a paragraph is set, in twips; `apart` is what letters are set apart by, `line` in 240ths of a line where
    `rule` is "auto"."""

    size: int = 210
    apart: int = 0
    line: int = 240
    rule: str = "auto"
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    first_chars: int = 0
    new_page: bool = False
    on_grid: bool = True


class _Page(NamedTuple):
    """The pages of a section, in twips: what text can take, how many columns, the height of a line of the grid (0:
    none) and what it adds to each letter; `new`: it begins on a new page."""

    width: int
    height: int
    columns: int
    pitch: int
    letter: float
    new: bool


class Pages:
    """Where the paragraphs of a document's body stand."""

    def __init__(self, file: DocxFile) -> None:
        self.file = file
        styles = file.target(file.main, "styles")
        self._styles = {s.get(w("styleId"), ""): s for s in file.tree(styles).iterfind(w("style"))} if styles else {}
        defaults = file.tree(styles).find(w("docDefaults")) if styles else None
        base = (
            [defaults.find(f"{w(n)}Default/{w(n)}") for n in ("pPr", "rPr")] if defaults is not None else [None, None]
        )
        self._base = _shaped(_Shape(), *base)
        self._default = next(
            (
                i
                for i, s in self._styles.items()
                if s.get(w("default")) in ("1", "true") and s.get(w("type")) == "paragraph"
            ),
            "",
        )
        self._shapes: dict[str, _Shape] = {}

    def find(self, paragraph: Element, offset: int = 0) -> tuple[int, int]:
        """The page a letter of a paragraph stands on, and the number of the paragraph among those on that page, empty
        ones not counted. Both count from 1; (0, 0) for a paragraph that is not of the body."""
        starts, number = self._flow[0].get(paragraph, ((), 0))
        page = next((page for at, page in reversed(starts) if at <= offset), 0)
        return (page, max(1, number - self._flow[1].get(page, number) + 1)) if page else (0, 0)

    @cached_property
    def _flow(self) -> tuple[dict[Element, tuple[tuple[tuple[int, int], ...], int]], dict[int, int]]:
        """For each paragraph at which letters which page begins and its number in the document; for each page the
        number of its first paragraph."""
        body = self.file.body
        flow = _Flow(self, body, rendered=False)
        noted = sum(1 for _ in body.iter(_RENDERED))
        # A program that notes only some of its page breaks is no witness; nor is a note older than half the text.
        if noted and noted * 2 >= flow.page - 1:
            flow = _Flow(self, body, rendered=True)
        return flow.found, flow.first

    def shape(self, paragraph: Element) -> _Shape:
        """How a paragraph is set."""
        properties = paragraph.find(w("pPr"))
        style = properties.find(w("pStyle")) if properties is not None else None
        shape = self._styled(style.get(_VAL, "") if style is not None else self._default)
        run = next(
            (node for node, gone in own(paragraph) if node.tag == w("r") and not gone and node.find(T) is not None),
            None,
        )
        return _shaped(shape, properties, run.find(w("rPr")) if run is not None else None)

    def _styled(self, style_id: str) -> _Shape:
        if style_id not in self._shapes:
            chain: list[Element] = []
            at = style_id
            while at in self._styles and self._styles[at] not in chain and len(chain) < 20:
                chain.append(self._styles[at])
                above = chain[-1].find(w("basedOn"))
                at = above.get(_VAL, "") if above is not None else ""
            shape = self._base
            for style in reversed(chain):
                shape = _shaped(shape, style.find(w("pPr")), style.find(w("rPr")))
            self._shapes[style_id] = shape
        return self._shapes[style_id]


def _shaped(shape: _Shape, paragraph: Element | None, letters: Element | None) -> _Shape:
    """A shape with what some properties change in it."""
    if letters is not None:
        size, apart = letters.find(w("sz")), letters.find(w("spacing"))
        shape = shape._replace(apart=whole(apart.get(_VAL), shape.apart)) if apart is not None else shape
        shape = shape._replace(size=max(20, whole(size.get(_VAL)) * 10 or shape.size)) if size is not None else shape
    if paragraph is None:
        return shape
    for node in paragraph:
        get = node.get
        if node.tag == w("spacing"):
            shape = shape._replace(
                line=max(1, whole(get(w("line")), shape.line)),
                rule=get(w("lineRule"), "auto") if get(w("line")) else shape.rule,
                before=max(0, whole(get(w("before")), shape.before)),
                after=max(0, whole(get(w("after")), shape.after)),
            )
        elif node.tag == w("ind"):
            shape = shape._replace(
                left=whole(get(w("left")) or get(w("start")), shape.left),
                right=whole(get(w("right")) or get(w("end")), shape.right),
                first=whole(get(w("firstLine")), -whole(get(w("hanging")), -shape.first)),
                first_chars=whole(get(w("firstLineChars")), shape.first_chars),
            )
        elif node.tag in (w("pageBreakBefore"), w("snapToGrid")):
            on = get(_VAL, "1") not in ("0", "false", "off")
            shape = shape._replace(new_page=on) if node.tag == w("pageBreakBefore") else shape._replace(on_grid=on)
    return shape


def _page(section: Element | None) -> _Page:
    """The pages of a section; Word's own where it is None."""

    def get(name: str, attribute: str, default: int) -> int:
        found = section.find(w(name)) if section is not None else None
        return whole(found.get(w(attribute)), default) if found is not None else default

    def says(name: str, attribute: str = "val") -> str:
        found = section.find(w(name)) if section is not None else None
        return found.get(w(attribute), "") if found is not None else ""

    sides = get("pgMar", "left", _MARGIN) + get("pgMar", "right", _MARGIN) + get("pgMar", "gutter", 0)
    ends = abs(get("pgMar", "top", _MARGIN)) + abs(get("pgMar", "bottom", _MARGIN))
    columns = max(1, min(get("cols", "num", 1), 20))
    width = (get("pgSz", "w", _PAPER[0]) - sides - (columns - 1) * get("cols", "space", 425)) // columns
    grid = says("docGrid", "type")
    # The grid's charSpace is in 4096ths of a point (ISO/IEC 29500-1, 17.6.5).
    letter = get("docGrid", "charSpace", 0) * 20 / 4096 if grid in ("linesAndChars", "snapToChars") else 0
    return _Page(
        max(_LEAST, width),
        max(_LEAST, get("pgSz", "h", _PAPER[1]) - ends),
        columns,
        max(0, get("docGrid", "linePitch", 0)) if grid else 0,
        letter,
        says("type") not in ("continuous", "nextColumn"),
    )


class _Flow:
    """One setting of a body, from its beginning to its end. With `rendered` pages begin where Word has noted it."""

    def __init__(self, pages: Pages, body: Element, rendered: bool) -> None:
        self.pages = pages
        self.rendered = rendered
        self.found: dict[Element, tuple[tuple[tuple[int, int], ...], int]] = {}
        self.first: dict[int, int] = {}
        self.page, self.column, self.down = 1, 0, 0.0
        self.number = 0
        self.fresh = True  # nothing stands on the page yet
        sections = [s for s in body.iter(w("sectPr")) if s.getparent() is body or parent_name(s) == w("pPr")]
        self.sections = iter([_page(s) for s in sections])
        self.paper = next(self.sections, _page(None))
        self.blocks(body, self.paper.width)

    def blocks(self, container: Element, width: int) -> None:
        for child in container:
            tag = child.tag
            if tag == P:
                self.paragraph(child, width)
            elif tag == SDT:
                content = child.find(CONTENT)
                if content is not None:
                    self.blocks(content, width)
            elif tag == TBL:
                self.rows(child, width)
            elif tag in (w("ins"), w("moveTo"), w("customXml"), w("del"), w("moveFrom")):
                self.blocks(child, width)

    def rows(self, container: Element, width: int) -> None:
        for row in container:
            if row.tag == w("tr"):
                cells = list(_cells(row))
                top = low = (self.page, self.column, self.down)
                height = row.find(f"{w('trPr')}/{w('trHeight')}")
                for cell in cells:
                    self.page, self.column, self.down = top
                    wide = cell.find(f"{w('tcPr')}/{w('tcW')}")
                    said = whole(wide.get(w("w"))) if wide is not None and wide.get(w("type"), "dxa") == "dxa" else 0
                    self.blocks(cell, max(_LEAST // 2, min(said or width // len(cells), width) - 216))
                    low = max(low, (self.page, self.column, self.down))
                self.page, self.column, self.down = low
                least = whole(height.get(_VAL)) if height is not None else 0
                if low[:2] == top[:2] and low[2] - top[2] < least:
                    self.down = top[2] + least
            elif row.tag in (SDT, CONTENT, w("customXml"), w("ins"), w("del")):
                self.rows(row, width)

    def paragraph(self, element: Element, width: int) -> None:
        shape = self.pages.shape(element)
        paper = self.paper
        natural = shape.size * _LEADING
        if paper.pitch and shape.on_grid and shape.rule != "exact":
            natural = paper.pitch * ceil(natural / paper.pitch)
        line = (
            natural * shape.line / 240
            if shape.rule == "auto"
            else max(natural, shape.line)
            if shape.rule == "atLeast"
            else shape.line
        )
        line = min(line, paper.height)
        room = max(shape.size * 2, width - shape.left - shape.right)
        letter = max(shape.size / 2, shape.size + shape.apart + paper.letter)
        if shape.new_page and not self.fresh:
            self.turn()
        self.down += min(shape.before, paper.height)
        self.fit(line)
        starts = [(0, self.page)]
        across: float = shape.first_chars * shape.size / 100 if shape.first_chars else shape.first
        offset = 0
        for node, gone in own(element):
            if gone:
                continue
            text = said(node)
            forced = node.tag == _BREAK and node.get(w("type")) in ("page", "column")
            if forced or (node.tag == _RENDERED and self.rendered and not self.fresh):
                self.turn()
                starts.append((offset, self.page))
            elif node.tag == _EXTENT and parent_name(node) == _INLINE:
                self.down += max(0, _height(node, paper.height) - line)
                self.fit(line)
            for at, c in enumerate(text):
                wide = room + 1 if c == "\n" else letter if c == "\t" or east_asian_width(c) in "WFA" else letter / 2
                if across + wide > room:
                    across = 0
                    self.down += line
                    if self.fit(line):
                        starts.append((offset + at, self.page))
                across += wide if c != "\n" else 0
            offset += len(text)
            self.fresh = self.fresh and not text
        if offset:
            self.number += 1
            ends = [at for at, _ in starts[1:]] + [offset]
            for (at, page), end in zip(starts, ends, strict=True):
                if at < end:
                    self.first.setdefault(page, self.number)
        self.fresh = self.fresh and len(starts) > 1
        self.found[element] = (tuple(starts), self.number)
        self.down += line + min(shape.after, paper.height)
        if element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
            self.paper = next(self.sections, self.paper)
            if self.paper.new:
                self.turn()

    def fit(self, line: float) -> bool:
        """Go on to the next page where a line no longer fits; whether it did."""
        if self.rendered or self.down + line <= self.paper.height + 1:
            return False
        self.down = 0
        self.column += 1
        if self.column < self.paper.columns:
            return False
        self.column = 0
        self.page += 1
        return True

    def turn(self) -> None:
        """Begin a new page."""
        self.page, self.column, self.down = self.page + 1, 0, 0
        self.fresh = True


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
