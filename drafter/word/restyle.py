"""A Word document, from any program, set by a template: its paragraphs in the template's styles, its paper and page
numbers the template's, and what was set by hand against that taken away.

The words stay as they are. What stood in for layout goes: blanks typed in front of a paragraph, and empty paragraphs. A
title too long for a line is parted between words. Pictures, tables, notes, fields, controls, comments, tracked changes
and links are not touched.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.official import CHAPTER, COVER, Cast
from drafter.speech.page import BLANKS
from drafter.template.paper import ENTRY_CHARS, with_paper_styles
from drafter.template.styles import BODY, FOOTER, TITLE, Template, twips
from drafter.word import markup
from drafter.word.cover import fitted, has_words, paragraphs_above
from drafter.word.document import DocxFile
from drafter.word.lettering import BOLD, HEADING_ROLES, TYPE, Lettering, strip
from drafter.word.looks import Looks, Shape
from drafter.word.numbers import Numbers
from drafter.word.oxml import (
    Element,
    P,
    R,
    T,
    add_to,
    canonical,
    create,
    properties_of,
    take_out,
    w,
)
from drafter.word.page import is_numbered
from drafter.word.plan import ASIDE, SetLine, is_ours, roles_of
from drafter.word.room import ATTACHED, BLANK_LINE, is_bare, without_empty
from drafter.word.sections import Sections
from drafter.word.settings import keep_broken_lines
from drafter.word.styles import with_our_styles
from drafter.word.text import read
from drafter.word.titles import mended, parted

_VAL, _PPR, _RPR = w("val"), w("pPr"), w("rPr")

#: What is said of a paragraph, or of words, that a template says. Borders, shading and page breaks stay.
_SHAPE = frozenset(
    w(n)
    for n in (
        "keepNext", "keepLines", "widowControl", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
        "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
        "mirrorIndents", "jc", "textAlignment", "outlineLvl",
    )
)  # fmt: skip


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
    empty, blank_lines, work.room = without_empty(file.body, lines, work.ids.get(BLANK_LINE, ""))
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
    ) -> list[SetLine]:
        """The paragraphs of the running text, in their order. Tables, notes and frames are left."""
        ours = [bool(inner) and self.ours(read(inner[0]).style) for inner in elements]
        out = []
        for block, inner, own, cast in zip(blocks, elements, ours, self._cast(blocks, plan), strict=True):
            for at, element in enumerate(inner):
                if next(element.iterancestors(*ASIDE), None) is not None:
                    self.tables += next(element.iterancestors(w("tbl")), None) is not None
                elif element.find(f"{_PPR}/{w('framePr')}") is None:
                    out.append(SetLine(element, cast, block, own, at == 0))
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

    def put_styles(self, lines: Sequence[SetLine]) -> bool:
        """Put the template's styles into the file, and those of papers that some lines need; whether they were not
        there as they are."""
        self.template = with_paper_styles(self.template, {line.role for line in lines})
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

    def fit_cover(self, lines: Sequence[SetLine]) -> int:
        """Keep the cover on one page of the paper of the template; how many empty paragraphs went for it."""
        end = next((line.element for line in lines if line.role and line.block.text.strip()), None)
        cover = paragraphs_above(self.file.body, end) if end is not None else []
        empty = [element for element in cover if is_bare(element) and not has_words(element)]
        gone = fitted(self.file, self.looks, cover, empty, self.template.page)
        self.room = [element for element in self.room if element.getparent() is not None]
        return gone

    def keep_heights(self, lines: Sequence[SetLine]) -> None:
        """Let what is left as it is, tables too, stand outside the grid the page is given, so that it does not grow."""
        left = [line.element for line in lines if not line.role] + self.room
        for element in (*left, *(p for table in self.file.body.iter(w("tbl")) for p in table.iter(P))):
            properties = properties_of(element)
            if properties.find(w("snapToGrid")) is None:
                properties.put(create("snapToGrid", {"val": "0"}))

    def mended(self, lines: Sequence[SetLine]) -> tuple[list[SetLine], int]:
        """The lines with the titles mended that are broken inside a word, each in one paragraph; how many were."""
        out: list[SetLine] = []
        count = 0
        for is_title, group in groupby(lines, key=lambda line: line.role == TITLE):
            title = list(group)
            if is_title and mended([line.element for line in title], self.template.style(TITLE).width_chars):
                count += 1
                title = title[:1]
            out += title
        return out, count

    def paragraphs(self, lines: Sequence[SetLine]) -> Restyled:
        """Set every paragraph."""
        letters = Lettering(self.looks, self.template, self.ids)
        base_bold = letters.mostly_bold(lines)
        roles: Counter[str] = Counter()
        cleared = indents = pictures = coloured = titles = 0
        alone = Counter(id(line.block) for line in lines)
        for line in lines:
            if not line.role:
                continue
            if not line.block.text.strip() and line.role != BLANK_LINE:
                continue
            if not line.block.text.strip() and not (line.ours and is_bare(line.element)):
                continue
            element = line.element
            shape = self.looks.shape(element, read(element).style)
            before = canonical(element)
            heads = letters.heads(line)
            bold = set() if line.ours or base_bold or line.role in HEADING_ROLES else letters.bold(element)
            unindented = (line.begins or line.role == TITLE) and _without_lead(element)
            indents += unindented
            named = self._styled(element, self.ids[line.role])
            middle = canonical(element) if unindented or named else before
            pictures += self._shaped(line, shape)
            coloured += letters.typed(line, heads, bold, base_bold)
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

    def _styled(self, element: Element, style_id: str) -> bool:
        """Name a paragraph's style; whether it was another."""
        style = properties_of(element).get_or_add("pStyle")
        known = style.get(_VAL) == style_id
        style.set(_VAL, style_id)
        return not known

    def _shaped(self, line: SetLine, shape: Shape) -> bool:
        """Leave how a paragraph is set to its style. One that Word numbers stays numbered and is indented as its style
        says; a picture in the line gets the height it needs. Whether there is a picture."""
        element = line.element
        properties = properties_of(element)
        for child in list[Element](properties):
            if child.tag in _SHAPE or (child.tag == w("tabs") and "\t" not in line.block.text):
                take_out(child)
        if shape.align == "center" and line.role in HEADING_ROLES and CHAPTER.match(line.block.text):
            properties.put(create("jc", {"val": "center"}))
            properties.put(create("ind", {"firstLineChars": "0", "firstLine": "0"}))
        mark = properties.find(_RPR)
        if mark is not None:
            strip(mark, TYPE | BOLD)
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
        elif line.role == ATTACHED and not line.block.text.lstrip().startswith("附"):
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


# ── elements ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_broken(paragraph: Element) -> bool:
    """Whether somebody broke a line in a paragraph (Shift+Enter)."""
    return any(br.get(w("type"), "textWrapping") == "textWrapping" for br in paragraph.iter(w("br")))


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
