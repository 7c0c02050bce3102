"""The text of a Word document as its reader sees it: tracked changes as if accepted, text in content controls included,
and for every piece the element it stands in, so that it can be changed there.

python-docx's `.paragraphs` and `.text` skip controls and insertions; here nothing a reader sees is skipped.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from drafter.word.markup import MARKED, MARKED_ALONE, W
from drafter.word.oxml import CONTENT, SDT, TBL, Element, P, R, T, w

_W = f"{{{W}}}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


_VAL = _W + "val"

#: What wraps runs without being text itself, and what is gone once changes are accepted.
_WRAPPERS = frozenset(
    _W + n for n in ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "bdo", "dir", "fldSimple", "sdtContent")
)
_GONE = frozenset(_W + n for n in ("del", "moveFrom"))
_TRACKED = tuple(_W + n for n in ("ins", "del", "moveFrom", "moveTo"))
_RPR = _W + "rPr"

#: What says that a control was inserted or deleted.
_RANGES = frozenset(_W + f"customXml{kind}Range{end}" for kind in ("Ins", "Del") for end in ("Start", "End"))

#: What a leaf of a run says.
_SAYS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "\u2011"}

#: What may stand between the copies of a control without parting them.
_BETWEEN = frozenset(
    _W + n
    for n in (
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
    )
)


#: Letters that are more than their text: another one of the same text does not take their place.
SIGNS = frozenset(_W + n for n in ("sym", "ptab", "cr", "noBreakHyphen"))

#: What stands in paragraphs without anybody's doing, or ends what begins elsewhere.
_QUIET = frozenset(
    _W + n
    for n in ("pPr", "proofErr", "bookmarkEnd", "commentRangeEnd", "permEnd", "moveFromRangeEnd", "moveToRangeEnd")
)
_QUIET_LEAVES = frozenset(_W + n for n in ("lastRenderedPageBreak", "annotationRef"))

#: What a paragraph carries, by the element that says so.
_CARRIED = {
    _W + "hyperlink": "link",
    _W + "fldSimple": "field",
    _W + "ins": "insertion",
    _W + "moveTo": "insertion",
    _W + "del": "deletion",
    _W + "moveFrom": "deletion",
    _W + "commentRangeStart": "comment",
    _W + "commentReference": "comment",
    _W + "footnoteReference": "note",
    _W + "endnoteReference": "note",
    _W + "drawing": "picture",
    _W + "pict": "picture",
    _W + "object": "picture",
    _MC + "AlternateContent": "picture",
    _W + "fldChar": "field",
    _W + "instrText": "field",
    _W + "ruby": "pinyin",
    _W + "permStart": "permission",
    _W + "smartTag": "wrapper",
    _W + "customXml": "wrapper",
    _W + "bdo": "wrapper",
    _W + "dir": "wrapper",
}

#: Looks that somebody gave some words, and what says that they are not given. Sizes and fonts are not among them: office
#: programs write those of their own accord.
_LOOKS = frozenset(
    _W + n
    for n in ("b", "i", "u", "color", "highlight", "strike", "dstrike", "em", "shd", "bdr", "effect", "vertAlign")
)
_NO_LOOKS = frozenset(("0", "false", "off", "none", "nil", "auto", "000000", "baseline"))


class Control(NamedTuple):
    """An inline content control. `tag` and `title` are "" where an office program has dropped them; `node` is the
    element of our store it is bound to, "" for none. `prompt`: it shows its placeholder."""

    element: Element
    tag: str
    title: str
    node: str
    prompt: bool
    kind: str


class Piece(NamedTuple):
    """A stretch of text. `leaf` is the w:t, w:tab … it is, `run` the run around it, None for mathematics; `control` an
    index into the paragraph's controls, None for none; `style` the id of the run's character style, "" for none."""

    text: str
    leaf: Element
    run: Element | None
    control: int | None
    style: str


class WordParagraph(NamedTuple):
    """A paragraph. `style` is its style's id, "" for the default; `bookmarks` the names of those that start in it;
    `marks` what else is there that must not be lost: "comment", "insertion", "deletion", "note", "picture" and whatever
    else drafter does not write itself. `gone`: its end is deleted, so that it runs into the next."""

    element: Element
    pieces: tuple[Piece, ...]
    controls: tuple[Control, ...]
    bookmarks: tuple[str, ...]
    style: str
    marks: frozenset[str]
    gone: bool

    @property
    def text(self) -> str:
        """The words; a line break is "\\n"."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def struck(self) -> bool:
        """Whether nothing is left of it once changes are accepted."""
        return self.gone and not self.pieces and not self.marks & {"picture", "note"}

    def said(self, control: int) -> str:
        """What a control shows."""
        return "".join(piece.text for piece in self.pieces if piece.control == control)


def paragraph_elements(container: Element, tables: bool = False) -> Iterator[Element]:
    """The paragraphs of a body in reading order, those in block controls and revisions among them; those of tables only
    with `tables`."""
    for child in container:
        tag = child.tag
        if tag == P:
            yield child
        elif tag == SDT:
            content = child.find(CONTENT)
            if content is not None:
                yield from paragraph_elements(content, tables)
        elif tag in _WRAPPERS or (tables and tag in (TBL, w("tr"), w("tc"))):
            yield from paragraph_elements(child, tables)


def every_paragraph(container: Element, inside: Element | None = None) -> Iterator[tuple[Element, Element | None]]:
    """Every paragraph in reading order, with the outermost table it stands in, or the paragraph its text box hangs on;
    None for those of the body's own row. Of a box that is kept in two forms the one that Word shows."""
    for child in container:
        tag = child.tag
        if tag == P:
            yield child, inside
            for box in boxes_of(child):
                yield from every_paragraph(box, child if inside is None else inside)
        elif tag == SDT:
            content = child.find(CONTENT)
            if content is not None:
                yield from every_paragraph(content, inside)
        elif tag == TBL:
            yield from every_paragraph(child, child if inside is None else inside)
        elif tag in _WRAPPERS or tag in (_W + "tr", _W + "tc"):
            yield from every_paragraph(child, inside)


def boxes_of(paragraph: Element) -> Iterator[Element]:
    """The contents of the text boxes that hang on a paragraph."""
    for box in paragraph.iter(_W + "txbxContent"):
        older = next(box.iterancestors(_MC + "Fallback"), None)
        newer = older.getprevious() if older is not None else None
        if next(box.iterancestors(P), None) is paragraph and (
            newer is None or newer.find(f".//{_W}txbxContent") is None
        ):
            yield box


class TwinBox(NamedTuple):
    """A text box kept in two forms: the one Word shows, and the one for older programs."""

    shown: Element
    older: Element
    said: tuple[str, ...]

    def follow(self) -> None:
        """Make the older form say what the other does, where that has changed."""
        if self.said != _leaves(self.shown):
            self.older[:] = deepcopy(self.shown)[:]


def twin_boxes(body: Element) -> list[TwinBox]:
    """The text boxes that are kept in two forms, as they say the same."""
    out = []
    for both in body.iter(_MC + "AlternateContent"):
        forms = [
            [*form.iter(_W + "txbxContent")] for name in ("Choice", "Fallback") for form in both.iterfind(_MC + name)
        ]
        if len(forms) == 2 and len(forms[0]) == len(forms[1]):
            twins = [(shown, older, _leaves(shown)) for shown, older in zip(*forms, strict=True)]
            out += [TwinBox(*twin) for twin in twins if twin[2] == _leaves(twin[1])]
    return out


def _leaves(element: Element) -> tuple[str, ...]:
    return tuple(leaf.text or "" for leaf in element.iter(T))


def read(element: Element) -> WordParagraph:
    """One paragraph, read."""
    reading = _Reading()
    reading.walk(element, None)
    properties = element.find(_W + "pPr")
    style = mark = None
    if properties is not None:
        style = properties.find(_W + "pStyle")
        mark = properties.find(f"{_W}rPr/{_W}del")
        reading.marks.update(_of_the_end(properties))
    return WordParagraph(
        element,
        tuple(reading.pieces),
        tuple(reading.controls),
        tuple(reading.bookmarks),
        style.get(_VAL, "") if style is not None else "",
        frozenset(reading.marks),
        mark is not None,
    )


def _of_the_end(properties: Element) -> Iterator[str]:
    """What the properties of a paragraph hold that must not be lost."""
    for child in properties:
        if child.tag == _W + "sectPr":
            yield "section"
        elif child.tag == _W + "pPrChange" or (
            child.tag == _W + "rPr" and next(child.iterchildren(*_TRACKED), None) is not None
        ):
            yield "change"


class _Reading:
    """What is found in one paragraph, on the way through it."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.controls: list[Control] = []
        self.bookmarks: list[str] = []
        self.marks: set[str] = set()

    def run(self, node: Element, control: int | None) -> None:
        """The letters of a run, and what else is in it."""
        style = ""
        for leaf in node:
            tag = leaf.tag
            if tag == T:
                if leaf.text:
                    self.pieces.append(Piece(leaf.text, leaf, node, control, style))
            elif tag == _RPR:
                found = leaf.find(_W + "rStyle")
                style = found.get(_VAL, "") if found is not None else ""
                self.marks.update(looks_of_hand(leaf))
            elif tag in _SAYS:
                if tag in SIGNS:
                    self.marks.add("sign")
                if tag != _W + "br" or leaf.get(_W + "type", "textWrapping") == "textWrapping":
                    self.pieces.append(Piece(_SAYS[tag], leaf, node, control, style))
                else:
                    self.marks.add("break")
            elif tag == _W + "sym":
                self.marks.add("sign")
                self.pieces.append(Piece(_symbol(leaf), leaf, node, control, style))
            elif isinstance(tag, str) and tag not in _QUIET_LEAVES:
                self.marks.add(_CARRIED.get(tag, "other"))
                if tag == _W + "ruby":
                    for base in leaf.iterfind(f"{_W}rubyBase/{R}"):
                        self.run(base, control)

    def walk(self, parent: Element, control: int | None) -> None:
        """What stands in a paragraph, or in what wraps words of it."""
        for node in parent:
            tag = node.tag
            if tag == R:
                self.run(node, control)
            elif tag == SDT:
                content = node.find(CONTENT)
                if content is not None and _is_struck(content):
                    self.marks.add("deletion")
                elif content is not None:
                    self.controls.append(read_control(node))
                    self.walk(content, len(self.controls) - 1)
            elif tag == _W + "bookmarkStart":
                name = node.get(_W + "name", "")
                self.bookmarks.append(name)
                if name != "_GoBack" and not name.lower().startswith(("dr_", "dr0_")):
                    self.marks.add("bookmark")
            elif isinstance(tag, str) and tag not in _QUIET and tag not in _RANGES:
                self.marks.add("equation" if tag.startswith(_MATH) else _CARRIED.get(tag, "other"))
                if tag in _WRAPPERS:
                    self.walk(node, control)
                elif tag.startswith(_MATH):
                    found = node.iter(_MATH + "t")
                    self.pieces.extend(Piece(t.text, t, None, control, "") for t in found if t.text)


def is_marked(looks: Element | None) -> bool:
    """Whether the looks of a run have the ground of words to be confirmed."""
    shade = looks.find(_W + "shd") if looks is not None else None
    return shade is not None and shade.get(_W + "fill", "").upper() in (MARKED, MARKED_ALONE)


def looks_of_hand(properties: Element) -> Iterator[str]:
    """Whether the properties of a run hold looks that somebody gave it, or the mark of a change of them: "looks",
    "change"."""
    for child in properties:
        if child.tag in _LOOKS:
            said = child.get(_W + "fill" if child.tag == _W + "shd" else _VAL, "1")
            if said.lower() not in _NO_LOOKS and said.upper() not in (MARKED, MARKED_ALONE):
                yield "looks"
        elif child.tag == _W + "rPrChange" or child.tag in _TRACKED:
            yield "change"


def nested(paragraph: WordParagraph) -> WordParagraph:
    """A paragraph whose controls have the tags that count, as its words are to be told: a control of nobody's inside one
    of ours is that one's words; one of ours around another of ours is nobody's, for the words are the inner one's."""
    if len(paragraph.controls) < 2:
        return paragraph
    at = {control.element: n for n, control in enumerate(paragraph.controls)}
    controls = list(paragraph.controls)
    above = [[at[a] for a in c.element.iterancestors(SDT) if a in at] for c in controls]
    if not any(above):
        return paragraph
    for n, around in enumerate(above):
        for outer in around if controls[n].tag else ():
            controls[outer] = controls[outer]._replace(tag="")
    of = [next((m for m in (n, *around) if controls[m].tag), n) for n, around in enumerate(above)]
    pieces = tuple(p if p.control is None else p._replace(control=of[p.control]) for p in paragraph.pieces)
    return paragraph._replace(controls=tuple(controls), pieces=pieces)


def _is_struck(content: Element) -> bool:
    """Whether a control is there only until a deletion is accepted."""
    return next(content.iterchildren(*_GONE), None) is not None and all(
        child.tag in _GONE or child.tag in _RANGES for child in content
    )


def _symbol(leaf: Element) -> str:
    """A w:sym as a character; U+FFFD for one that only its font knows."""
    from drafter.word.symbols import UNKNOWN, symbol

    try:
        return symbol(leaf.get(w("font"), ""), int(leaf.get(w("char"), ""), 16))
    except ValueError:
        return UNKNOWN


def read_control(element: Element) -> Control:
    """A content control, read."""
    properties = element.find(_W + "sdtPr")
    there = {child.tag: child for child in properties} if properties is not None else {}

    def said(name: str) -> str:
        found = there.get(_W + name)
        return found.get(_VAL, "") if found is not None else ""

    list_of = _W + "dropDownList" in there or _W + "comboBox" in there
    kind = "date" if _W + "date" in there else "list" if list_of else "text"
    prompt = _W + "showingPlcHdr" in there
    return Control(element, said("tag"), said("alias"), node_of(there.get(_W + "dataBinding")), prompt, kind)


def node_of(binding: Element | None) -> str:
    """The element of the store a control is bound to: the last step of its XPath, without prefix and number."""
    path = binding.get(_W + "xpath", "") if binding is not None else ""
    return str(path).rpartition("/")[2].rpartition(":")[2].partition("[")[0]
