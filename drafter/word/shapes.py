"""How the paragraphs and the pages of a Word document are set, as far as it decides where lines and pages end. Lengths in
twips (1/20 pt)."""

from typing import NamedTuple

from drafter.speech.flow import Bounds, PageRoom
from drafter.word.document import DocxFile
from drafter.word.leaves import own
from drafter.word.oxml import Element, T, w

#: A4 and Word's own margins, where a section says nothing.
_PAPER, _MARGIN = (11906, 16838), 1440

#: No page is narrower or lower than this, whatever a file says; nothing on it measures more than a metre.
LEAST, MOST = 720, 56_700

_VAL = w("val")
_SPACING, _IND, _FONTS, _EAST = w("spacing"), w("ind"), w("rFonts"), w("eastAsia")

#: Switches of a paragraph, by what they are called in a shape.
_SWITCHES = {
    w("pageBreakBefore"): "new_page",
    w("snapToGrid"): "on_grid",
    w("keepNext"): "keep_next",
    w("keepLines"): "keep_lines",
    w("widowControl"): "widows",
    w("contextualSpacing"): "contextual",
}


def whole(text: str | None, default: int = 0) -> int:
    """A number of a file, within ±`MOST`; the default for what is none."""
    bare = (text or "").lstrip("-")
    if not bare.isdecimal() or len(bare) > 9:
        return default
    return max(-MOST, min(MOST, int(text or "")))


class ParagraphShape(NamedTuple):
    """How a paragraph is set; `font` is that of 汉字, `apart` is what letters are set apart by, `line` in 240ths of a line where `rule` is "auto";
    what is in 汉字 (`…_chars`) in hundredths of one, and goes before what is in twips."""

    style: str = ""
    font: str = ""
    size: int = 210
    apart: int = 0
    line: int = 240
    rule: str = "auto"
    before: int = 0
    after: int = 0
    left: int = 0
    left_chars: int = 0
    right: int = 0
    right_chars: int = 0
    first: int = 0
    first_chars: int = 0
    new_page: bool = False
    on_grid: bool = True
    keep_next: bool = False
    keep_lines: bool = False
    widows: bool = True
    contextual: bool = False

    @property
    def sides(self) -> int:
        """What it is narrower by than the text."""
        return sum(chars * self.size // 100 if chars else said for said, chars in ((self.left, self.left_chars), (self.right, self.right_chars)))

    @property
    def indent(self) -> int:
        """What its first line is set in by."""
        return self.first_chars * self.size // 100 if self.first_chars else self.first

    @property
    def bounds(self) -> Bounds:
        """What it wants of the pages it stands on."""
        return Bounds(
            style=self.style,
            before=self.before,
            after=self.after,
            new_page=self.new_page,
            keep_next=self.keep_next,
            keep_lines=self.keep_lines,
            widows=self.widows,
            contextual=self.contextual,
        )


class Shapes:
    """How the paragraphs of a document are set, by its styles and by themselves."""

    def __init__(self, file: DocxFile) -> None:
        part = file.target(file.main, "styles")
        self._styles = {s.get(w("styleId"), ""): s for s in file.tree(part).iterfind(w("style"))} if part else {}
        defaults = file.tree(part).find(w("docDefaults")) if part else None
        base = [defaults.find(f"{w(n)}Default/{w(n)}") for n in ("pPr", "rPr")] if defaults is not None else [None, None]
        self._base = _shaped(ParagraphShape(), *base)
        self._default = next(
            (
                i
                for i, s in self._styles.items()
                if s.get(w("default")) in ("1", "true") and s.get(w("type")) == "paragraph"
            ),
            "",
        )
        self._shapes: dict[tuple[str, str], ParagraphShape] = {}

    def of(self, paragraph: Element, table: str = "") -> ParagraphShape:
        """How a paragraph is set: its letters as the first of its runs. `table` is the style of the table it stands in, "" for
        none."""
        properties = paragraph.find(w("pPr"))
        style = properties.find(w("pStyle")) if properties is not None else None
        shape = self._styled(style.get(_VAL, "") if style is not None else self._default, table)
        run = next(
            (node for node, gone in own(paragraph) if node.tag == w("r") and not gone and node.find(T) is not None),
            None,
        )
        letters = run.find(w("rPr")) if run is not None else None
        if letters is None and run is None and properties is not None:
            letters = properties.find(w("rPr"))  # of an empty one, its end's
        return _shaped(shape, properties, letters)

    def _styled(self, style_id: str, table: str) -> ParagraphShape:
        known = style_id, table
        if known not in self._shapes:
            shape = self._base
            for style in (*self._chain(table), *self._chain(style_id)):
                shape = _shaped(shape, style.find(w("pPr")), style.find(w("rPr")))
            self._shapes[known] = shape._replace(style=style_id)
        return self._shapes[known]

    def _chain(self, style_id: str) -> list[Element]:
        """A style behind those it is based on."""
        chain: list[Element] = []
        while style_id in self._styles and self._styles[style_id] not in chain and len(chain) < 20:
            chain.append(self._styles[style_id])
            above = chain[-1].find(w("basedOn"))
            style_id = above.get(_VAL, "") if above is not None else ""
        return chain[::-1]


def _shaped(shape: ParagraphShape, paragraph: Element | None, letters: Element | None) -> ParagraphShape:
    """A shape with what some properties change in it."""
    said: dict[str, object] = {}
    if letters is not None:
        size, apart = letters.find(w("sz")), letters.find(_SPACING)
        fonts = letters.find(_FONTS)
        if fonts is not None and fonts.get(_EAST):
            said["font"] = fonts.get(_EAST)
        if apart is not None:
            said["apart"] = whole(apart.get(_VAL), shape.apart)
        if size is not None:
            said["size"] = max(20, whole(size.get(_VAL)) * 10 or shape.size)
    for node in paragraph if paragraph is not None else ():
        if node.tag == _SPACING:
            said |= _spaced(shape, node)
        elif node.tag == _IND:
            said |= _set_in(shape, node)
        elif node.tag in _SWITCHES:
            said[_SWITCHES[node.tag]] = node.get(_VAL, "1") not in ("0", "false", "off")
    return shape._replace(**said) if said else shape  # type: ignore[arg-type]


def _spaced(shape: ParagraphShape, node: Element) -> dict[str, object]:
    get = node.get
    return {
        "line": max(1, whole(get(w("line")), shape.line)),
        "rule": get(w("lineRule"), "auto") if get(w("line")) else shape.rule,
        "before": max(0, whole(get(w("before")), shape.before)),
        "after": max(0, whole(get(w("after")), shape.after)),
    }


def _set_in(shape: ParagraphShape, node: Element) -> dict[str, object]:
    get = node.get

    def chars(name: str, default: int) -> int:
        return whole(get(w(name + "Chars")), default)

    return {
        "left": whole(get(w("left")) or get(w("start")), shape.left),
        "left_chars": chars("left", shape.left_chars),
        "right": whole(get(w("right")) or get(w("end")), shape.right),
        "right_chars": chars("right", shape.right_chars),
        "first": whole(get(w("firstLine")), -whole(get(w("hanging")), -shape.first)),
        "first_chars": chars("firstLine", -chars("hanging", -shape.first_chars)),
    }


class SectionPage(NamedTuple):
    """The pages of a section: what text can take, how many columns, the height of a line of the grid (0: none) and what it
    adds to each letter; `new`: it begins on a new page."""

    width: int
    height: int
    columns: int
    pitch: int
    letter: float
    new: bool


def room_of(sheet: SectionPage) -> PageRoom:
    """What the pages of a section have room for."""
    return PageRoom(sheet.height, sheet.columns, sheet.new)


def sheet_of(section: Element | None) -> SectionPage:
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
    return SectionPage(
        max(LEAST, width),
        max(LEAST, get("pgSz", "h", _PAPER[1]) - ends),
        columns,
        max(0, get("docGrid", "linePitch", 0)) if grid else 0,
        letter,
        says("type") not in ("continuous", "nextColumn"),
    )
