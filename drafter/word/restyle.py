"""A Word document, from any program, set by a template: its paragraphs in the template's styles, its paper and page
numbers the template's, and what was set by hand against that taken away.

The words stay as they are. What stood in for layout goes: blanks typed in front of a paragraph, and empty paragraphs. A
title too long for a line is parted between words. Pictures, tables, notes, fields, controls, comments, tracked changes
and links are not touched.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from drafter.chinese.title import break_title
from drafter.speech.block import Block, Line
from drafter.speech.page import BLANKS, hanzi
from drafter.speech.recognise import Hint, told_by_words
from drafter.template.styles import BODY, FOOTER, TITLE, Template, twips
from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, Shape
from drafter.word.numbers import Numbers
from drafter.word.oxml import (
    SPACE,
    Element,
    P,
    R,
    RunProperties,
    T,
    add_to,
    canonical,
    copied,
    create,
    full_name,
    looks_of,
    properties_of,
    take_out,
    value_of,
    w,
)
from drafter.word.page import is_numbered
from drafter.word.sections import Sections
from drafter.word.settings import keep_broken_lines
from drafter.word.styles import with_our_styles
from drafter.word.text import read

_VAL, _PPR, _RPR = w("val"), w("pPr"), w("rPr")

#: The paragraphs above the text, the empty one below them, and what stands under the text.
_HEAD = frozenset((TITLE, "副标题", "题注"))
_BLANK_LINE, _SIGNATURE = "空行", "落款"

#: Roles whose paragraphs are words and not headings: emphasis in them stays.
_HEADINGS = frozenset((TITLE, "副标题", *(f"{n}级标题" for n in "一二三四")))

#: What is recognised in paragraphs (see `drafter.speech.block.Line`), as roles of templates.
_ROLE_OF = {
    "title": TITLE,
    "subtitle": "副标题",
    "dateline": "题注",
    "byline": "题注",
    "greeting": "称谓",
    "signature": _SIGNATURE,
}

#: What is said of a paragraph, or of words, that a template says. Borders, shading and page breaks stay.
_SHAPE = frozenset(
    w(n)
    for n in (
        "keepNext", "keepLines", "widowControl", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
        "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
        "mirrorIndents", "jc", "textAlignment", "outlineLvl",
    )
)  # fmt: skip
_TYPE = frozenset(w(n) for n in ("rFonts", "sz", "szCs", "spacing", "w", "kern", "position", "snapToGrid", "fitText"))
_BOLD = frozenset((w("b"), w("bCs")))

#: Fonts whose letters are signs: without them the text would say something else.
_SIGNS = re.compile("symbol|wingdings|webdings|mt extra|dingbats", re.I)


class Restyled(NamedTuple):
    """What was done. `roles` counts the paragraphs that were given each role's style; `cleared` those whose own
    settings were taken away, `indents` those that lost blanks in front, `empty` the empty paragraphs that are gone and
    `blank_lines` the template's that came; `titles` those that were too long for a line and are parted between words.
    `page`, `styles` and `numbers` say that paper, styles and page numbers were made the template's, `broken_lines` that
    lines somebody broke are no longer stretched to the margin. `tables`,
    `pictures`, `coloured` and `across` count what was left: paragraphs in tables, paragraphs with pictures, coloured
    words, sections that lie across; `unnumbered`: there are footers that say something else than the page."""

    roles: tuple[tuple[str, int], ...] = ()
    cleared: int = 0
    indents: int = 0
    empty: int = 0
    page: bool = False
    styles: bool = False
    numbers: bool = False
    broken_lines: bool = False
    blank_lines: int = 0
    titles: int = 0
    tables: int = 0
    pictures: int = 0
    coloured: int = 0
    across: int = 0
    unnumbered: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return bool(
            self.roles
            or self.cleared
            or self.indents
            or self.empty
            or self.blank_lines
            or self.titles
            or self.page
            or self.styles
            or self.numbers
            or self.broken_lines
        )


class _Setting(NamedTuple):
    """A paragraph of the running text that is to be set: its element, its role, its block; whether it has a style of
    ours, and whether its block begins with it."""

    element: Element
    role: str
    block: Block
    ours: bool
    begins: bool


def restyle(
    file: DocxFile, blocks: Sequence[Block], elements: Sequence[Sequence[Element]], template: Template
) -> Restyled:
    """Set a document by a template, in its trees. `blocks` and `elements` are what a reading of the file gave; a
    template with a letterhead gives its styles alone."""
    work = _Work(file, template)
    lines = work.lines(blocks, elements)
    styles = work.put_styles()
    done = work.paragraphs(lines)
    empty, blank_lines = work.without_empty(lines)
    sections = Sections(file, template, work.looks, work.ids.get(FOOTER, ""))
    page = template.base is None and sections.set_paper()
    numbers = template.base is None and sections.number_pages()
    if done.roles or done.cleared or done.indents or done.titles or empty or blank_lines or page or numbers:
        file.touch(file.main)
    broken = any(template.style(line.role).align == "both" and _is_broken(line.element) for line in lines)
    broken_lines = broken and keep_broken_lines(file)
    unnumbered = template.base is None and template.page.number != "none" and not is_numbered(file)
    return done._replace(
        empty=empty,
        blank_lines=blank_lines,
        page=page,
        styles=styles,
        numbers=numbers,
        broken_lines=broken_lines,
        tables=work.tables,
        across=sections.across,
        unnumbered=unnumbered,
    )


# ── roles ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def roles_of(
    blocks: Sequence[Block], ours: Sequence[bool], leads: Sequence[float], template: Template
) -> tuple[str, ...]:
    """The role of each block: as its style of ours says, else as it is recognised. `ours` are those in a style of a
    template, `leads` the blanks in front of each, in 汉字. A role the template does not have is 正文."""
    hints = {at: Hint(indent_chars=lead) for at, lead in enumerate(leads) if lead}
    lines = iter(told_by_words(blocks, hints))
    roles = []
    for block, is_ours in zip(blocks, ours, strict=True):
        line = next(lines) if block.text.strip() else None
        roles.append(block.role if line is None or is_ours else _role_of(line))
    has = {style.role for style in template.styles if not style.character}
    return tuple(role if role in has else BODY for role in roles)


def _role_of(line: Line) -> str:
    if line.role == "heading":
        return f"{'一二三四'[min(line.level, 4) - 1]}级标题"
    return _ROLE_OF.get(line.role, BODY)


# ── the document ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Work:
    """One document on its way."""

    def __init__(self, file: DocxFile, template: Template) -> None:
        self.file = file
        self.template = template
        self.looks = Looks(file)
        self.list = Numbers(file, self.looks)
        self.names = {style.name for style in template.styles}
        self.ids: dict[str, str] = {}
        self.tables = 0

    def ours(self, style_id: str, kind: str = "paragraph") -> bool:
        """Whether a style is one of a template of drafter, or based on one."""
        if kind != "paragraph" and style_id not in self.looks.styles:
            return False
        return any(
            style.name.startswith("讲话") or style.name in self.names for style in self.looks.chain(style_id, kind)
        )

    def lines(self, blocks: Sequence[Block], elements: Sequence[Sequence[Element]]) -> list[_Setting]:
        """The paragraphs to be set. Tables, notes, frames and what runs into the next paragraph are left."""
        read_in = [[read(element) for element in inner] for inner in elements]
        ours = [bool(inner) and self.ours(inner[0].style) for inner in read_in]
        leads = [_lead(inner[0].text) if inner else 0.0 for inner in read_in]
        out = []
        for block, inner, own, role in zip(
            blocks, elements, ours, roles_of(blocks, ours, leads, self.template), strict=True
        ):
            for at, element in enumerate(inner):
                if (
                    next(element.iterancestors(w("tbl"), w("footnote"), w("endnote"), w("txbxContent")), None)
                    is not None
                ):
                    self.tables += next(element.iterancestors(w("tbl")), None) is not None
                elif element.find(f"{_PPR}/{w('framePr')}") is None:
                    out.append(_Setting(element, role, block, own, at == 0))
        return out

    # ── styles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def put_styles(self) -> bool:
        """Put the template's styles into the file; whether they were not there as they are."""
        part = self.file.target(self.file.main, "styles")
        if not part:
            part = self.file.free("word/styles%d.xml") if "word/styles.xml" in self.file else "word/styles.xml"
            self.file.put(part, f'<w:styles xmlns:w="{markup.W}"/>', markup.STYLES_TYPE)
            self.file.relate(self.file.main, "styles", part)
        tree = self.file.tree(part)
        before = canonical(tree)
        self.ids = with_our_styles(tree, self.template)
        changed = canonical(tree) != before
        if changed:
            self.file.touch(part)
        return changed

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def paragraphs(self, lines: Sequence[_Setting]) -> Restyled:
        """Set every paragraph."""
        base_bold = self._mostly_bold(lines)
        roles: Counter[str] = Counter()
        cleared = indents = pictures = coloured = titles = 0
        alone = Counter(id(line.block) for line in lines)
        for line in lines:
            if not line.block.text.strip() and line.role != _BLANK_LINE:
                continue
            if not line.block.text.strip() and not (line.ours and _bare(line.element)):
                continue
            element = line.element
            shape = self.looks.shape(element, read(element).style)
            before = canonical(element)
            heads = self._heads(line)
            bold = set() if line.ours or base_bold or line.role in _HEADINGS else self._bold(element)
            unindented = (line.begins or line.role == TITLE) and _without_lead(element)
            indents += unindented
            named = self._styled(element, self.ids[line.role])
            middle = canonical(element) if unindented or named else before
            pictures += self._shaped(line, shape)
            coloured += self._typed(line, heads, bold, base_bold)
            width = self.template.style(line.role).width_chars
            parted = bool(width) and not line.ours and alone[id(line.block)] == 1 and _parted(element, width)
            titles += parted
            if named:
                roles[line.role] += 1
            elif parted:
                pass
            elif canonical(element) != middle:
                cleared += 1
        order = [style.role for style in self.template.styles if style.role in roles]
        return Restyled(
            tuple((role, roles[role]) for role in order),
            cleared,
            indents,
            titles=titles,
            pictures=pictures,
            coloured=coloured,
        )

    def _mostly_bold(self, lines: Iterable[_Setting]) -> bool:
        """Whether most of the text that is in no style of ours is bold: then bold sets nothing off."""
        count: Counter[bool] = Counter()
        for line in lines:
            if line.role not in _HEADINGS and not line.ours:
                paragraph = read(line.element)
                for piece in paragraph.pieces:
                    count[self.looks.text(paragraph.style, piece.run).bold] += hanzi(piece.text)
        return count[True] > count[False]

    def _heads(self, line: _Setting) -> dict[Element, str]:
        """For the runs of a paragraph that are in another type than its text, the character style that says so: those
        of a run-in heading, and words set off in 黑体 or 楷体."""
        out: dict[Element, str] = {}
        if line.ours or line.role in _HEADINGS or not line.begins:
            return out
        paragraph = read(line.element)
        text = paragraph.text.strip()
        head = ""
        for span in line.block.spans:
            if not span.strong or span.strong not in self.ids:
                break
            head += span.text
        label = len(line.block.text) - len(text) if line.block.text.endswith(text) else 0
        strong = line.block.spans[0].strong if head and line.block.spans else ""
        left = len(head) - label
        kinds: Counter[str] = Counter()
        for piece in paragraph.pieces:
            kinds[self.looks.text(paragraph.style, piece.run).kind] += hanzi(piece.text)
        usual = kinds.most_common(1)[0][0] if kinds else ""
        begun = False
        for piece in paragraph.pieces:
            words = piece.text if begun else piece.text.lstrip()
            begun = begun or bool(words)
            look = self.looks.text(paragraph.style, piece.run)
            if piece.run is None:  # mathematics
                pass
            elif left > 0 and words and strong:
                out[piece.run] = self.ids[strong]
            elif look.kind != usual and look.kind in ("黑", "楷") and hanzi(piece.text):
                role = "一级段首句" if look.kind == "黑" else "二级段首句"
                out[piece.run] = self.ids[role]
            left -= len(words)
        return out

    def _bold(self, element: Element) -> set[Element]:
        """The runs of a paragraph that are bold, wherever that is said."""
        paragraph = read(element)
        return {
            piece.run
            for piece in paragraph.pieces
            if piece.run is not None and self.looks.text(paragraph.style, piece.run).bold
        }

    def _styled(self, element: Element, style_id: str) -> bool:
        """Name a paragraph's style; whether it was another."""
        style = properties_of(element).get_or_add("pStyle")
        known = style.get(_VAL) == style_id
        style.set(_VAL, style_id)
        return not known

    def _shaped(self, line: _Setting, shape: Shape) -> bool:
        """Leave how a paragraph is set to its style. One that Word numbers stays numbered and is indented as its style
        says; a picture in the line gets the height it needs. Whether there is a picture."""
        element = line.element
        properties = properties_of(element)
        for child in list[Element](properties):
            if child.tag in _SHAPE or (child.tag == w("tabs") and "\t" not in line.block.text):
                take_out(child)
        mark = properties.find(_RPR)
        if mark is not None:
            _drop(mark, _TYPE | _BOLD)
        if shape.number and shape.number != "0":
            properties.remove_all("w:numPr")
            numbering = create("numPr")
            add_to(numbering, "ilvl", {"val": str(self.list.depth(shape))})
            add_to(numbering, "numId", {"val": shape.number})
            properties.put(numbering)
            style = self.template.style(line.role)
            first = {
                "firstLineChars": str(round(style.indent_chars * 100)),
                "firstLine": str(twips(style.indent_chars * style.size_pt)),
            }
            properties.put(create("ind", {"leftChars": "0", "left": "0", **first}))
        inline = any(
            node.tag in (w("pict"), w("object")) or node.tag.endswith("}inline")
            for node in element.iter()
            if isinstance(node.tag, str)
        )
        if inline:
            properties.put(create("spacing", {"line": "240", "lineRule": "auto"}))
        if not len(properties):
            take_out(properties)
        return inline

    def _typed(self, line: _Setting, heads: Mapping[Element, str], bold: set[Element], base_bold: bool) -> int:
        """Leave fonts and sizes to the styles. Bold stays where it sets words off, italics, underlines and colours stay
        anyway; how many stretches are coloured."""
        runs = [run for run in line.element.iter(R) if _of(run, line.element) and run.find(T) is not None]
        paragraph_style = read(line.element).style
        whole = line.role in _HEADINGS and all(self.looks.text(paragraph_style, run).bold for run in runs)
        coloured = 0
        for run in runs:
            head = heads.get(run, "")
            if run.find(_RPR) is None and not head and run not in bold:
                continue
            own = looks_of(run)
            named = self._character_style(own, head)
            drop = _TYPE | (_BOLD if whole or base_bold or head or named else frozenset())
            fonts = own.rFonts
            if fonts is not None and any(_SIGNS.search(value) for value in fonts.attrib.values()):
                drop -= {w("rFonts")}
            colour = value_of(own, "color") or "auto"
            coloured += colour.lower() not in ("auto", "000000")
            if run in bold and not (head or named):
                own.get_or_add("b")
            _drop(own, drop)
        return coloured

    def _character_style(self, own: RunProperties, head: str) -> bool:
        """Give a run the character style of a heading; take one away that says a font or a size, and keep of it what
        sets words off. Whether the run has a style of ours."""
        if head:
            own.get_or_add("rStyle").set(_VAL, head)
            return True
        name = value_of(own, "rStyle")
        if name is None:
            return False
        if self.ours(name, "character") or name in self.ids.values():
            return True
        chain = (
            [s.text for s in self.looks.chain(name, "character") if s.text is not None]
            if name in self.looks.styles
            else []
        )
        if any(text.find(w(n)) is not None for text in chain for n in ("rFonts", "sz")):
            own.remove_all("w:rStyle")
            for kept in ("b", "i", "u"):
                said = next((found for text in chain if (found := text.find(w(kept))) is not None), None)
                if said is not None and own.find(w(kept)) is None:
                    own.put(copied(said))
        return False

    # ── empty paragraphs ───────────────────────────────────────────────────────────────────────────────────────────

    def without_empty(self, lines: Sequence[_Setting]) -> tuple[int, int]:
        """Take away the empty paragraphs that only make room. One stays under the title, and above a signature, where
        the template has such a line; under the title it is made where there is none. How many are gone, how many were
        made."""
        blank = self.ids.get(_BLANK_LINE, "")
        gone = made = 0
        last: _Setting | None = None
        waiting: list[_Setting] = []
        for line in [*lines, None]:
            if line is not None and not line.block.text.strip():
                if _bare(line.element) and line.element.getparent() is self.file.body:
                    waiting.append(line)
                continue
            role, before = line.role if line is not None else "", last.role if last is not None else ""
            under_title = before in _HEAD and role not in ("", *_HEAD)
            kept = None
            if blank and waiting and (under_title or (before and role == _SIGNATURE != before)):
                kept = next((one for one in waiting if one.ours and one.role == _BLANK_LINE), waiting[0])
                made += self._emptied(kept, blank)
            elif (
                blank
                and under_title
                and last is not None
                and not last.ours
                and last.element.getparent() is self.file.body
            ):
                new = create("p")
                last.element.addnext(new)
                made += self._emptied(last._replace(element=new), blank)
            for one in waiting:
                if one is not kept and not (one.ours and one.role == _BLANK_LINE) and not _beside_table(one.element):
                    take_out(one.element)
                    gone += 1
            last = line
            waiting = []
        return gone, made

    @staticmethod
    def _emptied(line: _Setting, style_id: str) -> bool:
        """Make an empty paragraph the template's; whether it was not."""
        element = line.element
        before = canonical(element)
        for child in list(element):
            element.remove(child)
        properties_of(element).put(create("pStyle", {"val": style_id}))
        return canonical(element) != before


# ── elements ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_broken(paragraph: Element) -> bool:
    """Whether somebody broke a line in a paragraph (Shift+Enter)."""
    return any(br.get(w("type"), "textWrapping") == "textWrapping" for br in paragraph.iter(w("br")))


def _drop(own: Element, tags: Collection[str]) -> None:
    """Take properties away, and the element that holds them where nothing is left."""
    for child in list(own):
        if full_name(child) in tags:
            own.remove(child)
    if not len(own):
        take_out(own)


def _of(run: Element, paragraph: Element) -> bool:
    """Whether a run is of this paragraph and not of a text box in it, and shows: struck words stay as they are."""
    for above in run.iterancestors():
        if above is paragraph:
            return True
        if above.tag in (P, w("del"), w("moveFrom")):
            return False
    return False


def _lead(text: str) -> float:
    """The blanks in front of a text, in 汉字."""
    return sum(BLANKS[c] for c in text[: len(text) - len(text.lstrip("".join(BLANKS)))])


def _without_lead(element: Element) -> bool:
    """Take the blanks in front of a paragraph's words away; whether there were any. Those in a control stay."""
    blanks = "".join(BLANKS)
    found = False
    for piece in read(element).pieces:
        if piece.control is not None or piece.leaf is None or piece.run is None:
            break
        if piece.leaf.tag == w("tab"):
            take_out(piece.leaf)
            found = True
            continue
        if piece.leaf.tag != T:
            break
        rest = piece.text.lstrip(blanks)
        found = found or rest != piece.text
        if rest:
            piece.leaf.text = rest
            break
        take_out(piece.leaf)
    for run in list(element.iter(R)) if found else ():
        if all(child.tag == _RPR for child in run) and run.getparent() is element:
            element.remove(run)
    return found


def _parted(element: Element, width: float) -> bool:
    """Part a title that is too long for a line between words, as templates do; whether it was. One that is parted
    already stays so, and one that has anything in it but words."""
    pieces = read(element).pieces
    if any(piece.control is not None or piece.leaf is None or piece.leaf.tag != T for piece in pieces):
        return False
    offsets = break_title("".join(piece.text for piece in pieces), width)
    at = sum(len(piece.text) for piece in pieces)
    for piece in reversed(pieces):
        at -= len(piece.text)
        leaf = piece.leaf
        for cut in reversed([offset - at for offset in offsets if at <= offset < at + len(piece.text)]):
            text = leaf.text or ""
            rest = create("t")
            rest.text = text[cut:]
            leaf.text = text[:cut]
            for half in (leaf, rest):
                half.set(SPACE, "preserve")
            leaf.addnext(rest)
            leaf.addnext(create("br"))
            if not leaf.text:
                take_out(leaf)
    return bool(offsets)


_BARE = frozenset((_PPR, R, _RPR, T, w("proofErr"), w("lastRenderedPageBreak"), w("tab")))


def _bare(element: Element) -> bool:
    """Whether a paragraph is nothing but a line's height: no picture, break, section, number, bookmark, comment or
    change."""
    properties = element.find(_PPR)
    kept = ("sectPr", "numPr", "framePr", "pageBreakBefore", "pBdr", "pPrChange")
    if properties is not None:
        mark = properties.find(_RPR)
        if any(properties.find(w(name)) is not None for name in kept):
            return False
        if mark is not None and any(
            mark.find(w(name)) is not None for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")
        ):
            return False
    return all(
        child.tag in (_PPR, R, w("proofErr")) and (child.tag != R or all(c.tag in _BARE for c in child))
        for child in element
    )


def _beside_table(element: Element) -> bool:
    """Whether a paragraph keeps two tables apart, or ends the text behind one."""
    near = (element.getprevious(), element.getnext())
    return any(one is not None and one.tag == w("tbl") for one in near)
