"""What gives something away when a paper leaves the building: text nobody sees, links to a computer, fields that say a
path or a name. What the clean copy leaves out by itself (see `drafter.word.clean`) is none of it."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from drafter.word.document import DocxFile
from drafter.word.leaves import Leaf
from drafter.word.looks import Looks
from drafter.word.markup import RELATIONSHIP
from drafter.word.oxml import Element, P, T, full_name, parent_name, value_of, w

#: The kinds, in the order they are told.
LEAKS = ("hidden", "unseen", "link", "field")

#: Where a file lies on somebody's computer or in an office's network.
PATH = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]:[\\/]|\\\\|file:)|(?<!\w)/(?:home|Users|root)/", re.IGNORECASE)

#: Fields that say who or where whatever they are asked, and document properties that do.
_TELLING = frozenset(
    (
        "FILENAME", "LASTSAVEDBY", "AUTHOR", "USERNAME", "USERINITIALS", "USERADDRESS", "TEMPLATE", "INCLUDETEXT",
        "INCLUDEPICTURE", "LINK", "DDE", "DDEAUTO", "RD", "MERGEFIELD", "DATABASE",
    )
)  # fmt: skip
_PROPERTIES = re.compile("author|lastsavedby|manager|company|template|filename|path|user", re.IGNORECASE)

#: A colour that is white or nearly so has at least this of red, green and blue; text below this size (points) is not
#: read: the smallest 字号 there is, 八号, has 5.
_NEARLY_WHITE, _TINY_PT = 0xEB, 4

#: A length in English Metric Units, those of drawings, as twips.
_EMU = 1 / 635
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VAL, _REL = w("val"), f"{{{RELATIONSHIP}}}"


class _Box(NamedTuple):
    """Where something lies, in twips from where the paper or the text begins; None where it says nothing."""

    across: float | None
    down: float | None
    wide: float = 0
    high: float = 0


class Leak(NamedTuple):
    """One of `LEAKS`, beginning at letter `at` of a paragraph: the words, and what there is to say of them."""

    kind: str
    at: int
    words: str
    note: str


class Leaks:
    """What there is to look for in one document. `names` are those of its authors."""

    def __init__(self, file: DocxFile, names: Collection[str]) -> None:
        self.file = file
        self.names = [name for name in names if len(name) > 1]
        self.looks = Looks(file)
        size = next(file.body.iter(w("pgSz")), None)
        self.wide, self.high = (_number(size.get(w(n)) if size is not None else None) or d for n, d in _PAPER)

    # ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def of_text(self, paragraph: Element, leaves: Sequence[Leaf]) -> Iterator[Leak]:
        """Text of a paragraph that is there and does not show; neighbours are one."""
        style = value_of(paragraph, "pPr/pStyle") or ""
        outside = self._outside(paragraph)
        last: Leak | None = None
        for leaf in leaves:
            kind, why = self._unseen(paragraph, style, leaf, outside) if leaf.text.strip() else ("", "")
            if last and (kind, why) == (last.kind, last.note):
                last = last._replace(words=last.words + leaf.text)
            elif kind or leaf.text.strip():
                if last:
                    yield last
                last = Leak(kind, leaf.start, leaf.text, why) if kind else None
        if last:
            yield last

    def _unseen(self, paragraph: Element, style: str, leaf: Leaf, outside: bool) -> tuple[str, str]:
        """Which kind of text that does not show a leaf is, and why; "" for what shows."""
        look = self.looks.text(style, leaf.run)
        if look.hidden or _in_hidden_drawing(paragraph):
            return "hidden", ""
        if outside:
            return "unseen", "在纸外面"
        if look.size_pt < _TINY_PT:
            return "unseen", f"字号只有 {look.size_pt:g} 磅"
        if self._is_white(paragraph, style, leaf.run):
            return "unseen", "白色的字"
        return "", ""

    def _is_white(self, paragraph: Element, style: str, run: Element | None) -> bool:
        colour = self.looks.said(style, run, "color")
        if colour is None:
            return False
        said = colour.get(_VAL, "auto")
        themed = colour.get(w("themeColor"), "") in ("background1", "light1", "bg1")
        if re.fullmatch("[0-9A-Fa-f]{6}", said):
            white = min(int(said[at : at + 2], 16) for at in (0, 2, 4)) >= _NEARLY_WHITE
        else:
            white = themed and colour.get(w("themeShade")) is None
        return white and not self._on_colour(paragraph, style, run)

    def _on_colour(self, paragraph: Element, style: str, run: Element | None) -> bool:
        """Whether something coloured lies behind a run, or may: a shade, a cell, a box, a table's style."""
        shades = [self.looks.said(style, run, "shd"), self.looks.said_of_paragraph(paragraph, style, "shd")]
        if self.looks.said(style, run, "highlight") is not None:
            return True
        for above in paragraph.iterancestors():
            if above.tag == w("tc"):
                shades.append(above.find(f"{w('tcPr')}/{w('shd')}"))
            elif (above.tag == w("tbl") and above.find(f"{w('tblPr')}/{w('tblStyle')}") is not None) or above.tag == w("txbxContent"):
                return True
        return any(shade is not None and not _is_pale(shade.get(w("fill"), "auto")) for shade in shades)

    def _outside(self, paragraph: Element) -> bool:
        """Whether a paragraph lies off the paper, by its indent, its frame or the box around it."""
        indent = self.looks.said_of_paragraph(paragraph, value_of(paragraph, "pPr/pStyle") or "", "ind")
        frame = paragraph.find(f"{w('pPr')}/{w('framePr')}")
        far = [_number(indent.get(w(n))) for n in ("left", "start", "firstLine")] if indent is not None else []
        if any(n is not None and n >= self.wide for n in far):
            return True
        if frame is not None and self._off(_Box(_number(frame.get(w("x"))), _number(frame.get(w("y"))))):
            return True
        anchor = next(paragraph.iterancestors(f"{_WP}anchor"), None)
        if anchor is None:
            return False
        at = [anchor.find(f"{_WP}position{way}/{_WP}posOffset") for way in "HV"]
        across, down = (_twips(n.text) if n is not None else None for n in at)
        extent = anchor.find(f"{_WP}extent")
        wide, high = (_twips(extent.get(n)) or 0 for n in ("cx", "cy")) if extent is not None else (0, 0)
        return self._off(_Box(across, down, wide, high))

    def _off(self, box: "_Box") -> bool:
        """Whether a box is nowhere on the paper; it may begin at a margin, so at least an edge's breadth away."""
        across, down = box.across or 0, box.down or 0
        behind = across >= self.wide or down >= self.high
        return behind or across + box.wide <= -self.wide / 5 or down + box.high <= -self.high / 5

    # ── links and fields ───────────────────────────────────────────────────────────────────────────────────────────

    def of_story(self, part: str, root: Element) -> Iterator[tuple[Element, Leak]]:
        """Links of a part that lead to a computer or name an author, and fields that say a path or a name, each with
        the paragraph it stands in."""
        targets = {r.id: r.target for r in self.file.relations(part) if r.external}
        for node in root.iter() if targets else ():
            if not isinstance(node.tag, str):
                continue
            for key, number in node.attrib.items():
                target = targets.get(str(number), "") if str(key).startswith(_REL) else ""
                paragraph = next(node.iterancestors(P), None) if self._tells(target) else None
                if paragraph is not None:
                    words = "".join(t.text or "" for t in node.iter(T)) or target
                    yield paragraph, Leak("link", 0, words, target if words != target else "")
        for paragraph, code, result in _fields(root):
            name = (code.split() or [""])[0].upper()
            if name == "HYPERLINK" and self._tells(code):
                yield paragraph, Leak("link", 0, result or code, code)
            elif name != "HYPERLINK" and (self._says(name, code) or self._tells(code) or self._tells(result)):
                yield paragraph, Leak("field", 0, result or code, f"域 {code}")

    def _tells(self, text: str) -> bool:
        return bool(PATH.search(text)) or any(name in text for name in self.names)

    def _says(self, name: str, code: str) -> bool:
        asked = code.split()[1:2]
        return name in _TELLING or (name in ("DOCPROPERTY", "INFO") and bool(asked and _PROPERTIES.search(asked[0])))


#: The attributes of w:pgSz, and A4 (twips) where it is not said.
_PAPER = (("w", 11906), ("h", 16838))


class _Field(NamedTuple):
    """A field being read: the paragraph it begins in, its code, what it shows, and whether that has begun."""

    paragraph: Element
    code: list[str]
    result: list[str]
    parted: list[bool]


def _fields(root: Element) -> Iterator[tuple[Element, str, str]]:
    """The fields of a part: the paragraph each begins in, its code, and what it shows."""
    for simple in root.iter(w("fldSimple")):
        paragraph = next(simple.iterancestors(P), None)
        if paragraph is not None:
            yield paragraph, simple.get(w("instr"), "").strip(), "".join(t.text or "" for t in simple.iter(T))
    opened: list[_Field] = []
    for node in root.iter(w("fldChar"), w("instrText"), T):
        kind = node.get(w("fldCharType")) if node.tag == w("fldChar") else ""
        paragraph = next(node.iterancestors(P), None) if kind == "begin" else None
        if paragraph is not None:
            opened.append(_Field(paragraph, [], [], []))
        elif not opened:
            continue
        elif kind == "separate":
            opened[-1].parted.append(True)
        elif kind == "end":
            done = opened.pop()
            shown = "".join(done.result)
            yield done.paragraph, "".join(done.code).strip(), shown
            if opened:
                (opened[-1].result if opened[-1].parted else opened[-1].code).append(shown)
        elif node.tag == w("instrText"):
            opened[-1].code.append(node.text or "")
        elif node.tag == T:
            opened[-1].result.append(node.text or "")


def _in_hidden_drawing(paragraph: Element) -> bool:
    """Whether a paragraph is in a box that is not shown."""
    if parent_name(paragraph) != w("txbxContent"):
        return False
    anchors = (a for a in paragraph.iterancestors() if full_name(a) in (f"{_WP}anchor", f"{_WP}inline"))
    drawing = next(anchors, None)
    said = drawing.find(f"{_WP}docPr") if drawing is not None else None
    return said is not None and said.get("hidden", "0") in ("1", "true")


def _is_pale(fill: str) -> bool:
    """Whether white on it is not seen."""
    if not re.fullmatch("[0-9A-Fa-f]{6}", fill):
        return True
    return min(int(fill[at : at + 2], 16) for at in (0, 2, 4)) >= 0xD8


def _twips(text: str | None) -> float | None:
    """A length in EMU, as twips."""
    found = _number(text)
    return found * _EMU if found is not None else None


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"-?\d{1,9}(?:\.\d{1,6})?", text.strip()) else None
