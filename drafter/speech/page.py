"""How the pages of a Word document look, as far as rules ask: the paper, and of every paragraph its type, place and
line.

Values only. They are filled where a .docx is read (`drafter.word.page`) and reach rules as `Speech.layout`; for text
there are none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: Blanks that are typed to move words along a line, and their width in 汉字.
BLANKS = {" ": 0.5, "\u3000": 1.0, "\t": 2.0, "\xa0": 0.5, "\u2002": 0.5, "\u2003": 1.0, "\u2009": 0.2}

#: Kinds of type a writer chooses to set words off with, whatever the rest is set in.
SET_OFF = ("黑", "楷", "小标宋")

#: Kinds of type in which GB/T 9704 sets body (5.2.2), title (7.3.1) and headings of the first two levels (7.3.3).
BODY_KIND, TITLE_KIND, HEADING_KINDS = "仿宋", "小标宋", ("黑", "楷")


class TypeRun(NamedTuple):
    """A stretch of text in one type. `font` is the one for 汉字, "" where nobody says; `kind` is 仿宋, 楷, 黑, 宋, 小标宋 or
    the font's own name."""

    text: str
    font: str = ""
    kind: str = ""
    size_pt: float = 16
    bold: bool = False


class ParagraphLook(NamedTuple):
    """How a paragraph looks. `lead` are the blanks typed before its words, `rows` its text at the line breaks typed in
    it; `first_chars` and `left_chars` are indents in 汉字. `line_pt` is the height of a line where it is fixed, else 0.
    `empty_above` counts the empty paragraphs straight above. `style` is the name of its style, `ours` says that this is
    one of a template of drafter; `aside` that it is a row of a table, a note, numbered by Word, or
    has a picture in it; `new_page` that somebody let a page begin with it, `red` that its first words are."""

    types: tuple[TypeRun, ...] = ()
    align: str = "both"
    first_chars: float = 0
    left_chars: float = 0
    lead: str = ""
    rows: tuple[str, ...] = ()
    line_pt: float = 0
    empty_above: int = 0
    style: str = ""
    ours: bool = False
    aside: bool = False
    new_page: bool = False
    red: bool = False

    @property
    def main(self) -> TypeRun:
        """The type most of its 汉字 are set in, with no text where it has none."""
        count: Counter[TypeRun] = Counter()
        for piece in self.types:
            count[piece._replace(text="")] += hanzi(piece.text)
        return max(count, key=lambda one: count[one], default=TypeRun(""))


class Page(NamedTuple):
    """The paper of the first section, its margins, whether a header or footer says the page's number, and the
    paragraphs, one for every line of the speech."""

    width_mm: float = 210
    height_mm: float = 297
    top_mm: float = 37
    right_mm: float = 26
    bottom_mm: float = 35
    left_mm: float = 28
    numbered: bool = True
    paragraphs: tuple[ParagraphLook, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether a template of drafter has set it: what that says is what the office wants."""
        told = [p for p in self.paragraphs if not p.aside]
        return bool(told) and 2 * sum(p.ours for p in told) > len(told)

    @property
    def width_pt(self) -> float:
        """The width of a full line, in points."""
        return (self.width_mm - self.left_mm - self.right_mm) * 72 / 25.4


def hanzi(text: str) -> int:
    """How many 汉字 there are in a text."""
    return sum("\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff" for c in text)


def usual(paragraphs: Sequence[ParagraphLook]) -> tuple[TypeRun, float]:
    """The kind and size most 汉字 of some paragraphs are set in, and their share of all (0 where there are none). The
    type found has no text and no weight, and its font is one of those of the kind."""
    count: Counter[tuple[str, float]] = Counter()
    fonts: dict[tuple[str, float], str] = {}
    for one in paragraphs:
        for piece in one.types:
            count[piece.kind, piece.size_pt] += hanzi(piece.text)
            fonts.setdefault((piece.kind, piece.size_pt), piece.font)
    if not sum(count.values()):
        return TypeRun(""), 0
    (kind, size), most = count.most_common(1)[0]
    return TypeRun("", fonts[kind, size], kind, size), most / sum(count.values())


def blanks_wide(text: str) -> float:
    """How far some blanks move what follows, in 汉字."""
    return sum(BLANKS.get(c, 0.5) for c in text)


#: Names people call sizes by, in points. Source: GB/T 9704—2012, 5.2.2 and 7.3.1, and the sizes of Chinese Word.
SIZES = {
    42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三", 14: "四号", 12: "小四", 10.5: "五号",
    9: "小五",
}  # fmt: skip


def size_said(points: float) -> str:
    """A size as it is called behind a font: 三号, " 20 磅"."""
    return SIZES.get(points) or f" {points:g} 磅"


def repertoire(font: str) -> str:
    """The encoding that names the 汉字 a font has, "" where nobody can tell by its name. Fonts of 方正 that end in 简体 (in
    their English names a letter, two digits and S) have those of GB 2312, those in _GBK those of GBK."""
    name = font.lower().replace(" ", "")
    founder = name.startswith(("方正", "fz"))
    if "gb2312" in name or (founder and (name.endswith("简体") or (name.endswith("s") and name[-3:-1].isdigit()))):
        return "gb2312"
    return "gbk" if founder and name.endswith("gbk") else ""


def told(page: object, count: int) -> Iterator[tuple[int, ParagraphLook]]:
    """The paragraphs of a layout that rules look at, with their numbers; none where there is no layout, or it is
    another speech's."""
    if isinstance(page, Page) and len(page.paragraphs) == count:
        yield from ((n, one) for n, one in enumerate(page.paragraphs) if not one.aside)
