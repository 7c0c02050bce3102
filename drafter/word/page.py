"""How the pages of a Word document look, read for the rules that ask (see `drafter.speech.page`)."""

import re
from collections.abc import Iterable, Sequence

from drafter.speech.block import Block
from drafter.speech.page import BLANKS, Page, ParagraphLook, TypeRun
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, number_of
from drafter.word.oxml import Element, T, value_of, w
from drafter.word.settings import is_on
from drafter.word.text import WordParagraph, read

_VAL = w("val")

#: Twentieths of a point a millimetre.
_MM = 1440 / 25.4

#: What names of the styles of our templates begin with.
_OURS = "讲话"

#: A page's number in a header or footer.
_NUMBERS = ("PAGE", "NUMPAGES")


def page_of(file: DocxFile, blocks: Sequence[Block], elements: Sequence[Sequence[Element]]) -> Page:
    """The looks of a document, a paragraph for every block that says something. `elements` are the w:p of each
    block."""
    looks = Looks(file)
    paragraphs: list[ParagraphLook] = []
    empty = 0
    turned = False
    for block, inner in zip(blocks, elements, strict=True):
        before, after = _turns(looks, inner)
        if not block.text.strip():
            empty += 1 if inner and _is_blank(inner[0]) else 0
            turned = turned or before or after
            continue
        look = _look(looks, block, inner, empty)
        paragraphs.append(look._replace(new_page=bool(paragraphs) and (turned or before), red=_is_red(looks, inner)))
        empty, turned = 0, after
    return _paper(file)._replace(paragraphs=tuple(paragraphs))


def _look(looks: Looks, block: Block, elements: Sequence[Element], empty: int) -> ParagraphLook:
    read_in = [read(element) for element in elements]
    if not read_in:
        return ParagraphLook(aside=True)
    first = read_in[0]
    shape = looks.shape(first.element, first.style)
    chain = looks.chain(first.style)
    text = first.text
    lead = text[: len(text) - len(text.lstrip("".join(BLANKS)))]
    last = read_in[-1]
    texts = "\n".join(p.text.strip() for p in read_in)
    return ParagraphLook(
        tuple(_types(looks, read_in)),
        shape.align,
        shape.first_chars,
        shape.left_chars,
        lead,
        tuple(row.strip() for row in texts.split("\n") if row.strip()),
        looks.line_pt(last.element, last.style),
        empty,
        chain[0].name if chain else "",
        any(style.name.startswith(_OURS) for style in chain),
        bool(shape.number) or any(_stands_aside(p.element) for p in read_in),
    )


def _turns(looks: Looks, elements: Sequence[Element]) -> tuple[bool, bool]:
    """Whether a page ends before the words of some paragraphs, and whether one ends behind them, by a break somebody
    put there."""
    if not elements:
        return False, False
    first, last = elements[0], elements[-1]
    before = is_on(looks.said_of_paragraph(first, read(first).style, "pageBreakBefore"))
    section = last.find(f"{w('pPr')}/{w('sectPr')}")
    after = section is not None and value_of(section, "type") != "continuous"
    worded = False
    for element in elements:
        for node in element.iter(T, w("br")):
            if node.tag == T:
                worded = worded or bool((node.text or "").strip())
            elif node.get(w("type")) == "page":
                before, after = before or not worded, after or worded
    return before, after


def _is_red(looks: Looks, elements: Sequence[Element]) -> bool:
    """Whether the first words of some paragraphs are red."""
    for element in elements[:1]:
        paragraph = read(element)
        for piece in paragraph.pieces:
            if piece.text.strip():
                said = looks.said(paragraph.style, piece.run, "color")
                colour = said.get(_VAL, "") if said is not None else ""
                return bool(re.fullmatch("[0-9A-Fa-f]{6}", colour)) and _reddish(colour)
    return False


def _reddish(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 0xB0 and max(green, blue) <= 0x60


def _types(looks: Looks, paragraphs: Iterable[WordParagraph]) -> Iterable[TypeRun]:
    """The stretches of some paragraphs, neighbours in one type together."""
    last: TypeRun | None = None
    for paragraph in paragraphs:
        for piece in paragraph.pieces:
            look = looks.text(paragraph.style, piece.run)
            if look.hidden or not piece.text.strip():
                continue
            one = TypeRun(piece.text, look.font, look.kind, look.size_pt, look.bold)
            if last is not None and last[1:] == one[1:]:
                last = last._replace(text=last.text + piece.text)
                continue
            if last is not None:
                yield last
            last = one
    if last is not None:
        yield last


def _stands_aside(element: Element) -> bool:
    """Whether a paragraph is no part of the running text: in a table, a note or a frame, or beside a picture."""
    outside = (w("tc"), w("footnote"), w("endnote"))
    if any(True for _ in element.iterancestors(*outside)):
        return True
    picture = (
        next(element.iter(w("drawing"), w("pict"), w("object")), None) is not None
    )  # its line is as high as it needs
    return picture or element.find(f"{w('pPr')}/{w('framePr')}") is not None


def _is_blank(element: Element) -> bool:
    """Whether there is nothing in a paragraph but a line's height: no picture, no break of page or section."""
    kept = (w("drawing"), w("pict"), w("object"), w("sectPr"), w("br"), w("numPr"), w("tbl"))
    return next(element.iter(*kept), None) is None and next(element.iterancestors(w("tc")), None) is None


# ── paper ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _paper(file: DocxFile) -> Page:
    """The paper of the first section. What is not said, or no number, is as the standard has it."""
    section = next(file.body.iter(w("sectPr")), None)
    page = Page(numbered=is_numbered(file))
    if section is None:
        return page

    def mm(element: str, name: str, default: float) -> float:
        found = section.find(w(element))
        twips = number_of(found.get(w(name))) if found is not None else None
        return default if twips is None else abs(twips) / _MM

    return page._replace(
        width_mm=mm("pgSz", "w", page.width_mm),
        height_mm=mm("pgSz", "h", page.height_mm),
        top_mm=mm("pgMar", "top", page.top_mm),
        right_mm=mm("pgMar", "right", page.right_mm),
        bottom_mm=mm("pgMar", "bottom", page.bottom_mm),
        left_mm=mm("pgMar", "left", page.left_mm) + mm("pgMar", "gutter", 0),
    )


def is_numbered(file: DocxFile) -> bool:
    """Whether a header or footer says the number of the page."""
    for relation in file.relations(file.main):
        if relation.external or relation.target not in file or not relation.kind.endswith(("/header", "/footer")):
            continue
        if says_number(file.tree(relation.target)):
            return True
    return False


def says_number(part: Element) -> bool:
    """Whether a header or footer says the number of the page."""
    for node in part.iter(w("instrText"), w("fldSimple"), w("pgNum")):
        code = (node.get(w("instr"), "") if node.tag == w("fldSimple") else node.text or "").upper()
        if node.tag == w("pgNum") or any(name in code.split() for name in _NUMBERS):
            return True
    return False
