"""A Word document, from any program, set by a template: its paragraphs in the template's styles, its paper and page
numbers the template's, and what was set by hand against that taken away.

The words stay as they are. What stood in for layout goes: blanks typed in front of a paragraph, and empty paragraphs. A
title too long for a line is parted between words. Pictures, tables, notes, fields, controls, comments, tracked changes
and links are not touched.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.official import CHAPTER, COVER, Cast
from drafter.speech.page import BLANKS, hanzi
from drafter.template.paper import ENTRY_CHARS, PAPER_ROLES, paper_styles
from drafter.template.styles import BODY, FOOTER, TITLE, Template, twips
from drafter.word import markup
from drafter.word.cover import fitted, has_words, paragraphs_above
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, Shape
from drafter.word.numbers import Numbers
from drafter.word.oxml import (
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
from drafter.word.plan import ASIDE, is_ours, roles_of
from drafter.word.sections import Sections
from drafter.word.settings import keep_broken_lines
from drafter.word.styles import with_our_styles
from drafter.word.text import read
from drafter.word.titles import mended, parted

_VAL, _PPR, _RPR = w("val"), w("pPr"), w("rPr")

#: The paragraphs above the text, the empty one below them, and what stands under the text.
_HEAD = frozenset((TITLE, "副标题", "题注"))
_BLANK_LINE, _SIGNATURE, _ATTACHED = "空行", "落款", "附件说明"

#: Roles above a title, around which the empty paragraphs keep a paper's parts apart.
_ABOVE = PAPER_ROLES - {_ATTACHED, "居中", "靠右"}

#: Roles whose paragraphs are words and not headings: emphasis in them stays.
_HEADINGS = frozenset((TITLE, "副标题", *(f"{n}级标题" for n in "一二三四")))

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
    `blank_lines` the template's that came; `titles` those that were too long for a line and are parted between words,
    `mended` those that were broken inside a word; `squeezed` empty paragraphs of a cover that had to go lest it run over.
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
    mended: int = 0
    squeezed: int = 0
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
            or self.mended
            or self.squeezed
            or self.page
            or self.styles
            or self.numbers
            or self.broken_lines
        )


class _Setting(NamedTuple):
    """A paragraph of the running text: its element, the role it is to be set as, "" where it is left as it is, its
    block; whether it has a style of ours, and whether its block begins with it."""

    element: Element
    role: str
    block: Block
    ours: bool
    begins: bool


def restyle(
    file: DocxFile,
    blocks: Sequence[Block],
    elements: Sequence[Sequence[Element]],
    template: Template,
    plan: Sequence[Cast],
) -> Restyled:
    """Set a document by a template, in its trees. `blocks` and `elements` are what a reading of the file gave, `plan` what
    each with words is to be set as (`drafter.word.plan`); a template with a letterhead gives its styles alone."""
    work = _Work(file, template)
    lines = work.lines(blocks, elements, plan)
    styles = work.put_styles(lines)
    lines, mended_titles = work.mended(lines)
    done = work.paragraphs(lines)
    empty, blank_lines = work.without_empty(lines)
    sections = Sections(file, template, work.looks, work.ids.get(FOOTER, ""))
    covered = bool(plan) and plan[0].why == COVER
    squeezed = work.fit_cover(lines) if covered and template.base is None else 0
    if template.base is None and sections.regrids():
        work.keep_heights(lines)
    page = template.base is None and sections.set_paper()
    numbers = template.base is None and sections.number_pages(covered=covered)
    if done.roles or done.cleared or done.indents or done.titles or empty or blank_lines or page or numbers:
        file.touch(file.main)
    broken = any(work.is_justified(line.role) and _is_broken(line.element) for line in lines)
    broken_lines = broken and keep_broken_lines(file)
    unnumbered = template.base is None and template.page.number != "none" and not is_numbered(file)
    return done._replace(
        empty=empty,
        blank_lines=blank_lines,
        page=page,
        styles=styles,
        numbers=numbers,
        broken_lines=broken_lines,
        mended=mended_titles,
        squeezed=squeezed,
        tables=work.tables,
        across=sections.across,
        unnumbered=unnumbered,
    )


# ── the document ───────────────────────────────────────────────────────────────────────────────────────────────────


class _Work:
    """One document on its way."""

    def __init__(self, file: DocxFile, template: Template) -> None:
        self.file = file
        self.template = template
        self.looks = Looks(file)
        self.list = Numbers(file, self.looks)
        self.ids: dict[str, str] = {}
        self.tables = 0
        self.room: list[Element] = []

    def ours(self, style_id: str, kind: str = "paragraph") -> bool:
        """Whether a style is one of a template of drafter, or based on one."""
        return is_ours(self.looks, self.template, style_id, kind)

    def lines(
        self, blocks: Sequence[Block], elements: Sequence[Sequence[Element]], plan: Sequence[Cast]
    ) -> list[_Setting]:
        """The paragraphs of the running text, in their order. Tables, notes and frames are left."""
        ours = [bool(inner) and self.ours(read(inner[0]).style) for inner in elements]
        out = []
        for block, inner, own, cast in zip(blocks, elements, ours, self._cast(blocks, plan), strict=True):
            for at, element in enumerate(inner):
                if next(element.iterancestors(*ASIDE), None) is not None:
                    self.tables += next(element.iterancestors(w("tbl")), None) is not None
                elif element.find(f"{_PPR}/{w('framePr')}") is None:
                    out.append(_Setting(element, cast, block, own, at == 0))
        return out

    def _cast(self, blocks: Sequence[Block], plan: Sequence[Cast]) -> Iterator[str]:
        """The role of each block; an empty one has that of its style."""
        has = roles_of(self.template)
        lines = iter(plan)
        for block in blocks:
            if block.text.strip():
                yield next(lines).role
            else:
                yield block.role if block.role in has else BODY

    # ── styles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def put_styles(self, lines: Sequence[_Setting]) -> bool:
        """Put the template's styles into the file, and those of papers that some lines need; whether they were not
        there as they are."""
        needed = PAPER_ROLES & {line.role for line in lines}
        more = (style for style in paper_styles(self.template) if style.role in needed)
        self.template = self.template._replace(styles=(*self.template.styles, *more))
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

    def is_justified(self, role: str) -> bool:
        """Whether the lines of a role reach to both margins."""
        return bool(role) and self.template.style(role).align == "both"

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def fit_cover(self, lines: Sequence[_Setting]) -> int:
        """Keep the cover on one page of the paper of the template; how many empty paragraphs went for it."""
        end = next((line.element for line in lines if line.role and line.block.text.strip()), None)
        cover = paragraphs_above(self.file.body, end) if end is not None else []
        empty = [element for element in cover if _bare(element) and not has_words(element)]
        gone = fitted(self.file, self.looks, cover, empty, self.template.page)
        self.room = [element for element in self.room if element.getparent() is not None]
        return gone

    def keep_heights(self, lines: Sequence[_Setting]) -> None:
        """Let what is left as it is, tables too, stand outside the grid the page is given, so that it does not grow."""
        left = [line.element for line in lines if not line.role] + self.room
        for element in (*left, *(p for table in self.file.body.iter(w("tbl")) for p in table.iter(P))):
            properties = properties_of(element)
            if properties.find(w("snapToGrid")) is None:
                properties.put(create("snapToGrid", {"val": "0"}))

    def mended(self, lines: Sequence[_Setting]) -> tuple[list[_Setting], int]:
        """The lines with the titles mended that are broken inside a word, each in one paragraph; how many were."""
        out: list[_Setting] = []
        count = 0
        for is_title, group in groupby(lines, key=lambda line: line.role == TITLE):
            title = list(group)
            if is_title and mended([line.element for line in title], self.template.style(TITLE).width_chars):
                count += 1
                title = title[:1]
            out += title
        return out, count

    def paragraphs(self, lines: Sequence[_Setting]) -> Restyled:
        """Set every paragraph."""
        base_bold = self._mostly_bold(lines)
        roles: Counter[str] = Counter()
        cleared = indents = pictures = coloured = titles = 0
        alone = Counter(id(line.block) for line in lines)
        for line in lines:
            if not line.role:
                continue
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
            broken = bool(width) and not line.ours and alone[id(line.block)] == 1 and parted(element, width)
            titles += broken
            if named:
                roles[line.role] += 1
            elif broken:
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
            if line.role and line.role not in _HEADINGS and not line.ours:
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
        if shape.align == "center" and line.role in _HEADINGS and CHAPTER.match(line.block.text):
            properties.put(create("jc", {"val": "center"}))
            properties.put(create("ind", {"firstLineChars": "0", "firstLine": "0"}))
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
        elif line.role == _ATTACHED and not line.block.text.lstrip().startswith("附"):
            size_pt = self.template.style(line.role).size_pt
            set_in = {"firstLineChars": str(ENTRY_CHARS * 100), "firstLine": str(twips(ENTRY_CHARS * size_pt))}
            properties.put(create("ind", set_in))
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
            if any(beside is not None and _keeps_room(beside) for beside in (last, line)):
                self.room += [one.element for one in waiting]
                last, waiting = line, []
                continue
            if role == TITLE and before not in ("", *_HEAD):  # the title of another paper
                last, waiting = line, []
                continue
            under_title = before in _HEAD and role not in ("", *_HEAD)
            kept = None
            if blank and waiting and (under_title or (before and role in (_SIGNATURE, _ATTACHED) and role != before)):
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


def _keeps_room(line: _Setting) -> bool:
    """Whether the empty paragraphs beside a line are its room: it is left as it is, or of the head of a paper."""
    return line.role in ("", *_ABOVE)


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
