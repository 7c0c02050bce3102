"""How text and paragraphs of a Word document look, resolved through document defaults, styles and theme as Word does
(ISO/IEC 29500-1, 17.7.2), as far as a reader of speeches needs it: font, size, bold, hidden; alignment, indent,
level."""

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.word.document import DocxFile
from drafter.word.oxml import Element, w

_VAL, _PPR, _RPR = w("val"), w("pPr"), w("rPr")
_SHAPES = frozenset(w(n) for n in ("jc", "ind", "outlineLvl", "numPr"))
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

#: Half points where nobody says a size, and twips a point.
_DEFAULT_SIZE = 20
_TWIPS = {"pt": 20.0, "in": 1440.0, "mm": 1440 / 25.4, "cm": 1440 / 2.54, "pc": 240.0, "pi": 240.0}

#: Numbers Word itself would never write are longer than this (digits and unit).
_MAX_NUMBER = 12

#: Styles that are based on one another; Word's own are based on three at most.
_MAX_DEPTH = 32

#: Kinds of Chinese type by what their fonts' names have in them (after GB/T 9704: 小标宋 仿宋 楷 黑 宋), first match first.
_KINDS = (
    ("小标宋", ("小标宋", "xiaobiaosong", "fzxbs", "中宋", "zhongsong")),
    ("仿宋", ("仿宋", "fangsong")),
    ("楷", ("楷", "kai")),
    ("黑", ("黑", "hei", "sanscjk", "hansans")),
    ("宋", ("宋", "song", "simsun", "serifcjk", "hanserif")),
)


class Look(NamedTuple):
    """How a run looks. `font` is the one for 汉字, "" where nobody says; `hidden` text is not shown (w:vanish)."""

    font: str = ""
    size_pt: float = _DEFAULT_SIZE / 2
    bold: bool = False
    hidden: bool = False

    @property
    def kind(self) -> str:
        """The kind of type: 小标宋, 仿宋, 楷, 黑, 宋, or the font's own name."""
        return _kind(self.font)


@lru_cache(maxsize=256)
def _kind(font: str) -> str:
    name = font.lower().replace(" ", "").replace("-", "")
    return next((kind for kind, words in _KINDS if any(word in name for word in words)), name)


class Shape(NamedTuple):
    """How a paragraph is set. `align` "left", "center", "right", "both"; `first_chars` the first line's indent and
    `left_chars` all lines', in 汉字 of the paragraph's size; `level` its outline level, 1 to 9, 0 for text; `number` and
    `depth` the automatic numbering it belongs to (w:numId, w:ilvl) and `number_style` the style that says so."""

    align: str = "left"
    first_chars: float = 0
    left_chars: float = 0
    level: int = 0
    number: str = ""
    depth: int = 0
    number_style: str = ""


class WordStyle(NamedTuple):
    """A style as it stands in styles.xml; `shape` and `text` are its w:pPr and w:rPr."""

    id: str
    name: str
    kind: str
    based_on: str
    shape: Element | None
    text: Element | None


class Looks:
    """The styles of one document. What is missing or wrong in them counts as not said."""

    def __init__(self, file: DocxFile) -> None:
        part = file.target(file.main, "styles")
        root = file.tree(part) if part else None
        self.styles: dict[str, WordStyle] = {}
        self._default = ""
        self._defaults: list[Element | None] = [None, None]
        self._chains: dict[str, tuple[WordStyle, ...]] = {}
        self._texts: dict[Hashable, Look] = {}
        self._shapes: dict[Hashable, Shape] = {}
        self._theme = _theme_fonts(file)
        for element in root if root is not None else ():
            if element.tag == w("style"):
                self._add(element)
            elif element.tag == w("docDefaults"):
                self._defaults = [element.find(f"{w(x + 'Default')}/{w(x)}") for x in ("pPr", "rPr")]

    def _add(self, element: Element) -> None:
        style_id, kind = element.get(w("styleId"), ""), element.get(w("type"), "paragraph")
        name, parent = _value(element, "name") or style_id, _value(element, "basedOn") or ""
        self.styles.setdefault(
            style_id, WordStyle(style_id, name, kind, parent, element.find(w("pPr")), element.find(w("rPr")))
        )
        if kind == "paragraph" and _on(element.get(w("default"), "0")):
            self._default = self._default or style_id

    def chain(self, style_id: str, kind: str = "paragraph") -> tuple[WordStyle, ...]:
        """A style and those it is based on, nearest first; an unknown paragraph style is the default one."""
        if kind == "paragraph" and (style_id not in self.styles or self.styles[style_id].kind != kind):
            style_id = self._default
        found = self._chains.get(style_id)
        if found is None:
            links: dict[str, WordStyle] = {}
            at = style_id
            while at in self.styles and at not in links and len(links) < _MAX_DEPTH:
                links[at] = self.styles[at]
                at = links[at].based_on
            found = self._chains[style_id] = tuple(links.values())
        return found

    # ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, style_id: str, run: Element | None) -> Look:
        """How a run looks in a paragraph of a style; None for one without properties of its own."""
        direct = run.find(_RPR) if run is not None else None
        said = () if direct is None else tuple((c.tag, *c.attrib.items()) for c in direct if isinstance(c.tag, str))
        key = (style_id, said)
        look = self._texts.get(key)
        if look is None:
            look = self._texts[key] = self._look(style_id, direct)
        return look

    def _look(self, style_id: str, direct: Element | None) -> Look:
        own = _value(direct, "rStyle") or ""
        paragraph = [style.text for style in self.chain(style_id)]
        character = [s.text for s in self.chain(own, "character")] if own in self.styles else []
        levels = [direct, *character, *paragraph, self._defaults[1]]
        size = next(
            (n for level in levels if (n := _measure(_value(level, "sz"), 10)) is not None and n > 0), _DEFAULT_SIZE
        )

        def toggle(name: str) -> bool:
            # A style in a style turns it off again (17.7.3); what is said of the run itself holds.
            at = direct.find(w(name)) if direct is not None else None
            if at is not None:
                return _on(at.get(_VAL, "1"))
            return _switched(character, name) != (_switched(paragraph, name) or _switched([self._defaults[1]], name))

        return Look(next(filter(None, map(self._font, levels)), ""), size / 2, toggle("b"), toggle("vanish"))

    def said(self, style_id: str, run: Element | None, name: str) -> Element | None:
        """The nearest property of a name that holds for a run in a paragraph of a style, None where nobody says it."""
        direct = run.find(_RPR) if run is not None else None
        own = _value(direct, "rStyle") or ""
        character = [s.text for s in self.chain(own, "character")] if own in self.styles else []
        levels = [direct, *character, *(style.text for style in self.chain(style_id)), self._defaults[1]]
        return next((f for level in levels if level is not None and (f := level.find(w(name))) is not None), None)

    def said_of_paragraph(self, paragraph: Element, style_id: str, name: str) -> Element | None:
        """The same of a paragraph."""
        levels = [paragraph.find(_PPR), *(style.shape for style in self.chain(style_id)), self._defaults[0]]
        return next((f for level in levels if level is not None and (f := level.find(w(name))) is not None), None)

    def _font(self, level: Element | None) -> str:
        fonts = level.find(w("rFonts")) if level is not None else None
        if fonts is None:
            return ""
        theme = fonts.get(w("eastAsiaTheme"))
        return self._theme.get(theme, "") if theme else str(fonts.get(w("eastAsia"), ""))

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def shape(self, paragraph: Element, style_id: str) -> Shape:
        """How a w:p is set."""
        direct = paragraph.find(_PPR)
        key: Hashable = style_id
        if direct is not None and len(direct):
            key = (
                style_id,
                *((c.tag, *c.attrib.items(), *((g.tag, g.get(_VAL)) for g in c)) for c in direct if c.tag in _SHAPES),
            )
        if key not in self._shapes:
            self._shapes[key] = self._shape(direct, style_id)
        return self._shapes[key]

    def _shape(self, direct: Element | None, style_id: str) -> Shape:
        chain = self.chain(style_id)
        levels = [direct, *(style.shape for style in chain), self._defaults[0]]
        ends = {"start": "left", "end": "right", "distribute": "both", "thaiDistribute": "both"}
        align = next(filter(None, (_value(level, "jc") for level in levels)), "left")
        outline = next((n for level in levels if (n := _measure(_value(level, "outlineLvl"))) is not None), 9)
        indents = [i for level in levels if level is not None and (i := level.find(w("ind"))) is not None]
        first = left = 0.0
        if indents:
            point = self.text(style_id, None).size_pt

            def said(*names: str) -> float:
                return next((n for i in indents for x in names if (n := _measure(i.get(w(x)))) is not None), 0)

            # An indent of no characters is not one: Word then takes the length.
            first = said("firstLineChars") / 100 or said("firstLine") / 20 / point
            first -= said("hangingChars") / 100 or said("hanging") / 20 / point
            left = said("leftChars", "startChars") / 100 or said("left", "start") / 20 / point
        number, depth, number_style = self._number(direct, chain)
        level = int(outline) + 1 if 0 <= outline < 9 else 0
        return Shape(ends.get(align, align), first, left, level, number, depth, number_style)

    def line_pt(self, paragraph: Element, style_id: str) -> float:
        """The height of a line of a w:p in points where it is exact, else 0."""
        levels = [paragraph.find(_PPR), *(style.shape for style in self.chain(style_id)), self._defaults[0]]
        found = [s for level in levels if level is not None and (s := level.find(w("spacing"))) is not None]
        if next((rule for s in found if (rule := s.get(w("lineRule")))), "auto") != "exact":
            return 0
        return next((n for s in found if (n := _measure(s.get(w("line")))) is not None and n > 0), 0) / 20

    def _number(self, direct: Element | None, chain: tuple[WordStyle, ...]) -> tuple[str, int, str]:
        number = depth = None
        owner = ""
        for style_id, level in [("", direct), *((style.id, style.shape) for style in chain)]:
            said = level.find(w("numPr")) if level is not None else None
            if said is None:
                continue
            if depth is None:
                depth = _measure(_value(said, "ilvl"))
            number = _value(said, "numId")
            if number is not None:
                owner = style_id
                break
        return number or "", int(depth) if depth and 0 <= depth <= 8 else 0, owner


def number_of(text: str | None) -> int | None:
    """A whole number as Word writes them, None for anything else."""
    found = _measure(text)
    return int(found) if found is not None and abs(found) < 2**31 else None


def _value(element: Element | None, name: str) -> str | None:
    found = element.find(w(name)) if element is not None else None
    return found.get(_VAL) if found is not None else None


def _on(said: str) -> bool:
    return said not in ("0", "false", "off", "none")


def _switched(levels: Sequence[Element | None], name: str) -> bool:
    """Whether the nearest level that says something turns a thing on."""
    found = next((f for level in levels if level is not None and (f := level.find(w(name))) is not None), None)
    return found is not None and _on(found.get(_VAL, "1"))


def _measure(text: str | None, unit_twips: float = 1) -> float | None:
    """A number; a length with a unit of its own is counted in `unit_twips`, twentieths of a point."""
    if not text or len(text) > _MAX_NUMBER:
        return None
    unit = text[-2:] if text[-2:] in _TWIPS else ""
    digits = text.removesuffix(unit)
    plain = digits.removeprefix("-").replace(".", "", 1)
    if not (plain.isascii() and plain.isdigit()):
        return None
    return float(digits) * (_TWIPS[unit] / unit_twips if unit else 1)


def _theme_fonts(file: DocxFile) -> dict[str, str]:
    """The fonts for 汉字 that the theme's names stand for: the one it names, else the one for simplified Chinese."""
    part = file.target(file.main, "theme")
    out: dict[str, str] = {}
    if not part:
        return out
    for name in ("major", "minor"):
        fonts = next(file.tree(part).iter(f"{_DRAWING}{name}Font"), None)
        if fonts is None:
            continue
        named = fonts.find(f"{_DRAWING}ea")
        face = named.get("typeface", "") if named is not None else ""
        hans = (f.get("typeface", "") for f in fonts.iter(f"{_DRAWING}font") if f.get("script") == "Hans")
        out[f"{name}EastAsia"] = face or next(hans, "")
    return out
