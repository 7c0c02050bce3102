"""The first page of a Word document as it looks: for pages that show one before and after."""

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.speech.page import ParagraphLook, TypeRun

if TYPE_CHECKING:
    from drafter.word.document import DocxFile

#: Room of a page in points, and the least height of a line: only what may stand on the first page is shown.
_POINTS_PER_MM, _LINE_PT = 72 / 25.4, 14.0

#: Fonts that may stand in for a kind of type where the one named is missing.
_STAND_INS = {
    "仿宋": ("仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC"),
    "楷": ("楷体", "KaiTi", "STKaiti", "Noto Serif CJK SC"),
    "黑": ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC"),
    "小标宋": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "SimSun", "Noto Serif CJK SC"),
    "宋": ("宋体", "SimSun", "STSong", "Noto Serif CJK SC"),
}


class ShownWords(NamedTuple):
    """Words in one type; `style` is how they look, as CSS."""

    text: str
    style: str


class ShownParagraph(NamedTuple):
    """A paragraph; `style` is how it stands, as CSS."""

    words: tuple[ShownWords, ...]
    style: str


class ShownPage(NamedTuple):
    """A page: its width, what is left free around its text as CSS, and its paragraphs; `cut`: more follows."""

    width_mm: float
    style: str
    paragraphs: tuple[ShownParagraph, ...]
    cut: bool


def first_page(file: "DocxFile") -> ShownPage:
    """The first page of a document that is open, as near as can be told without setting it. Raises Rejected."""
    from drafter.readers.docx import read_file
    from drafter.word.page import page_of

    reading = read_file(file)
    page = page_of(file, reading.blocks, reading.elements)
    room = (page.height_mm - page.top_mm - page.bottom_mm) * _POINTS_PER_MM
    worded = [block for block in reading.blocks if block.text.strip()]
    out: list[ShownParagraph] = []
    used, cut = 0.0, False
    for block, look in zip(worded, page.paragraphs, strict=True):
        if used >= room:
            cut = True
            break
        types = look.types or (TypeRun(block.text),)
        size = look.main.size_pt
        line = look.line_pt or max(size * 1.3, _LINE_PT)
        each = max(1, int(page.width_pt / size))
        used += line * (look.empty_above + max(1, len(look.rows), -(-len(block.text) // each)))
        out.append(ShownParagraph(tuple(_words(one) for one in types), _standing(look, line)))
    margins = f"padding: {page.top_mm:g}mm {page.right_mm:g}mm {page.bottom_mm:g}mm {page.left_mm:g}mm; width: {page.width_mm:g}mm; min-height: {page.height_mm:g}mm"
    return ShownPage(page.width_mm, margins, tuple(out), cut)


def _standing(look: ParagraphLook, line: float) -> str:
    size = look.main.size_pt
    align = {"both": "justify", "distribute": "justify", "start": "left", "end": "right"}.get(look.align, look.align)
    return (
        f"text-align: {align if align in ('left', 'right', 'center') else 'justify'}; line-height: {line:g}pt; font-size: {size:g}pt; "
        f"text-indent: {look.first_chars:g}em; margin-left: {look.left_chars:g}em; margin-top: {look.empty_above * line:g}pt"
    )


def _words(one: TypeRun) -> ShownWords:
    family = ", ".join(f"'{name}'" for name in (_plain_name(one.font), *_STAND_INS.get(one.kind, ("Noto Serif CJK SC",))) if name)
    weight = "; font-weight: 700" if one.bold else ""
    return ShownWords(one.text, f"font-family: {family}, serif; font-size: {one.size_pt:g}pt{weight}")


def _plain_name(font: str) -> str:
    """A font's name with nothing in it that means something where it is written."""
    return re.sub(r"[^\w .+()（）-]", "", font)[:60]
