"""A cover that has to stay on one page where its paper becomes another: reckoned as Word sets it, as far as empty
paragraphs that make room on it need it."""

from collections.abc import Sequence
from itertools import groupby

from drafter.template.styles import PageSetup
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, number_of
from drafter.word.oxml import Element, P, T, take_out, value_of, w
from drafter.word.text import read

#: How high a line of single spacing is, in sizes of its type; 宋体 has 1.14 to 1.3, with whichever program sets it.
_LINE = 1.3

#: Points a millimetre, units of a drawing (EMU) a point, and empty paragraphs of a stretch that stay at least.
_MM, _EMU, _LEAST = 72 / 25.4, 12700, 2

_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def fitted(file: DocxFile, looks: Looks, cover: Sequence[Element], empty: Sequence[Element], page: PageSetup) -> int:
    """Take so many of the `empty` paragraphs of a cover away that it stays on a page of the new paper, where it stood on
    one of the old; how many. `cover` are all its paragraphs, in their order."""
    heights = {element: _height(looks, element) for element in cover}
    room = (page.height_mm - page.top_mm - page.bottom_mm) * _MM
    total = sum(heights.values())
    if total <= room or total > _room(file):
        return 0
    runs = [list(group) for is_empty, group in groupby(cover, key=lambda one: one in empty) if is_empty]
    gone = 0
    while total > room:
        longest = max(runs, key=len, default=[])
        if len(longest) <= _LEAST:
            break
        element = longest.pop()
        total -= heights[element]
        take_out(element)
        gone += 1
    return gone


def _room(file: DocxFile) -> float:
    """The height of the text on the first page as the document has it, in points."""
    section = next(file.body.iter(w("sectPr")), None)
    high, top, bottom = (
        number_of(value_of(section, name, side))
        for name, side in (("pgSz", "h"), ("pgMar", "top"), ("pgMar", "bottom"))
    )
    return ((high or 16838) - abs(top or 1440) - abs(bottom or 1440)) / 20


def _height(looks: Looks, element: Element) -> float:
    """How high a paragraph of one line for each of its rows is, in points."""
    paragraph = read(element)
    sizes = [looks.text(paragraph.style, piece.run).size_pt for piece in paragraph.pieces if piece.text.strip()]
    size = max(sizes, default=looks.text(paragraph.style, None).size_pt)
    spacing = looks.said_of_paragraph(element, paragraph.style, "spacing")

    def said(name: str) -> int:
        return number_of(spacing.get(w(name))) or 0 if spacing is not None else 0

    rule = spacing.get(w("lineRule"), "auto") if spacing is not None else "auto"
    line = size * _LINE * (said("line") or 240) / 240 if rule == "auto" else said("line") / 20
    pictures = [int(extent.get("cy", "0")) / _EMU for extent in element.iter(_EXTENT)]
    rows = paragraph.text.count("\n") + 1
    return max([line * rows, *pictures]) + (said("before") + said("after")) / 20


def paragraphs_above(body: Element, end: Element) -> list[Element]:
    """The paragraphs of the text above one, in their order; none where something else stands between."""
    out: list[Element] = []
    for child in body:
        if child is end:
            return out
        if child.tag != P:
            return []
        out.append(child)
    return []


def has_words(element: Element) -> bool:
    """Whether a paragraph says anything."""
    return any((leaf.text or "").strip() for leaf in element.iter(T))
