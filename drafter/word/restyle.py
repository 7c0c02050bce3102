"""A Word document, from any program, set by a template: its paragraphs in the template's styles, its paper and page numbers
the template's, and what was set by hand against that taken away.

The words stay as they are. What stood in for layout goes: blanks typed in front of a paragraph, and empty paragraphs. A title
too long for a line is parted between words.
Pictures, tables, notes, fields, controls, comments, tracked changes and links are not touched.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from drafter.chinese.title import break_title
from drafter.speech.block import Block
from drafter.speech.page import BLANKS, hanzi
from drafter.speech.roles import roles_told
from drafter.template.styles import BODY, FOOTER, TITLE, Template, twips
from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.looks import Looks, Shape, number_of
from drafter.word.numbers import Numbers
from drafter.word.page import is_numbered
from drafter.word.text import P, R, T, read, w
from drafter.writers.docx import with_our_styles

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_VAL, _PPR, _RPR = w("val"), w("pPr"), w("rPr")

#: The paragraphs above the text, the empty one below them, and what stands under the text.
_HEAD = frozenset((TITLE, "副标题", "题注"))
_BLANK_LINE, _SIGNATURE = "空行", "落款"

#: Roles whose paragraphs are words and not headings: emphasis in them stays.
_HEADINGS = frozenset((TITLE, "副标题", *(f"{n}级标题" for n in "一二三四")))

#: What a text says of its lines (see `drafter.check.rules.Line`), as roles of templates.
_TOLD = {"title": TITLE, "subtitle": "副标题", "dateline": "题注", "byline": "题注", "greeting": "称谓", "signature": _SIGNATURE}
_FRONT = frozenset(("title", "subtitle", "dateline", "byline"))

#: Headings by what they begin with (GB/T 9704—2012, 7.3.3); one on its own line ends in no mark and is no longer (characters).
_FIGURE = "[一二三四五六七八九十]{1,3}"
_MARKS = (f"{_FIGURE}、", f"（{_FIGURE}）", r"[0-9]{1,2}[.．](?![0-9])", "（[0-9]{1,2}）")
_HEADING = 40

#: What ends a signature.
_DATE = r"[〇零○一二三四五六七八九0-9]{4}年[一二三四五六七八九十0-9]{1,3}月(?:[一二三四五六七八九十0-9]{1,3}日)?"

#: Short lines behind so many 汉字 of blanks are placed and not indented.
_PLACED, _SHORT = 6.0, 40

#: What is said of a paragraph, or of words, that a template says. Borders, shading and page breaks stay.
_SHAPE = frozenset(
    w(n)
    for n in (
        "keepNext", "keepLines", "widowControl", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN",
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "jc", "textAlignment", "outlineLvl",
    )
)  # fmt: skip
_TYPE = frozenset(w(n) for n in ("rFonts", "sz", "szCs", "spacing", "w", "kern", "position", "snapToGrid", "fitText"))
_BOLD = frozenset((w("b"), w("bCs")))

#: Fonts whose letters are signs: without them the text would say something else.
_SIGNS = re.compile("symbol|wingdings|webdings|mt extra|dingbats", re.I)

#: The order of elements that Word insists on (ISO/IEC 29500-1, CT_PPr, CT_SectPr), as far as we put any in.
_PPR_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs",
    "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
    "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
    "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip
_SECT_ORDER = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType",
    "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings",
    "sectPrChange",
)  # fmt: skip

#: What stands behind w:evenAndOddHeaders in settings.xml (CT_Settings).
_BEHIND_EVEN_AND_ODD = frozenset(
    w(n)
    for n in (
        "bookFoldRevPrinting", "bookFoldPrinting", "bookFoldPrintingSheets", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "doNotUseMarginsForDrawingGridOrigin",
        "drawingGridHorizontalOrigin", "drawingGridVerticalOrigin", "doNotShadeFormData", "noPunctuationKerning", "characterSpacingControl",
        "printTwoOnOne", "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore", "savePreviewPicture", "doNotValidateAgainstSchema",
        "saveInvalidXml", "ignoreMixedContent", "alwaysShowPlaceholderText", "doNotDemarcateInvalidXml", "saveXmlDataOnly",
        "useXSLTWhenSaving", "saveThroughXslt", "showXMLTags", "alwaysMergeEmptyNamespace", "updateFields", "hdrShapeDefaults", "footnotePr",
        "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping", "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures", "forceUpgrade", "captions", "readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults",
        "doNotEmbedSmartTags", "decimalSymbol", "listSeparator",
    )
)  # fmt: skip

_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_SETTINGS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"


class Restyled(NamedTuple):
    """What was done. `roles` counts the paragraphs that were given each role's style; `cleared` those whose own settings were
    taken away, `indents` those that lost blanks in front, `empty` the empty paragraphs that are gone and `blank_lines` the template's that came; `titles` those that were too long for a line and are parted between words. `page`, `styles` and
    `numbers` say that paper, styles and page numbers were made the template's. `tables`, `pictures`, `coloured` and `across`
    count what was left: paragraphs in tables, paragraphs with pictures, coloured words, sections that lie across;
    `unnumbered`: there are footers that say something else than the page."""

    roles: tuple[tuple[str, int], ...] = ()
    cleared: int = 0
    indents: int = 0
    empty: int = 0
    page: bool = False
    styles: bool = False
    numbers: bool = False
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
        return bool(self.roles or self.cleared or self.indents or self.empty or self.blank_lines or self.titles or self.page or self.styles or self.numbers)


class _Line(NamedTuple):
    """A paragraph of the running text that is to be set: its element, its role, its block; whether it has a style of ours, and
    whether its block begins with it."""

    element: Any
    role: str
    block: Block
    ours: bool
    begins: bool


def restyle(file: DocxFile, blocks: Sequence[Block], elements: Sequence[Sequence[Any]], template: Template) -> Restyled:
    """Set a document by a template, in its trees. `blocks` and `elements` are what a reading of the file gave; a template with
    a letterhead gives its styles alone."""
    work = _Work(file, template)
    lines = work.lines(blocks, elements)
    styles = work.put_styles()
    done = work.paragraphs(lines)
    empty, blank_lines = work.without_empty(lines)
    page = numbers = False
    if template.base is None:
        page, numbers = work.page(), work.numbers()
    if done.roles or done.cleared or done.indents or done.titles or empty or blank_lines or page or numbers:
        file.touch(file.main)
    unnumbered = template.base is None and template.page.number != "none" and not is_numbered(file)
    return done._replace(
        empty=empty,
        blank_lines=blank_lines,
        page=page,
        styles=styles,
        numbers=numbers,
        tables=work.tables,
        across=work.across,
        unnumbered=unnumbered,
    )


# ── roles ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def roles_of(blocks: Sequence[Block], ours: Sequence[bool], leads: Sequence[float], template: Template) -> tuple[str, ...]:
    """The role of each block, as its style or its looks tell; where those tell nothing, as its words do. `ours` are those in a
    style of a template, `leads` the blanks in front of each, in 汉字. A role the template does not have is 正文."""
    told = [at for at, block in enumerate(blocks) if block.text.strip()]
    roles = [block.role for block in blocks]
    lines = dict(zip(told, roles_told([blocks[at].text.strip() for at in told]), strict=True))
    titled = any(roles[at] == TITLE for at in told)
    greeted = any(roles[at] == "称谓" for at in told)
    dated = bool(told) and re.fullmatch(_DATE, blocks[told[-1]].text.strip()) is not None
    last_long = max((at for at in told if len(blocks[at].text) > _SHORT), default=-1)
    for at in told:
        text = blocks[at].text.strip()
        if ours[at] or roles[at] != BODY:
            continue
        said = lines[at].role
        unsigned = said == "signature" and not dated
        if (said in _FRONT and titled) or (said == "greeting" and greeted) or unsigned:
            said = ""
        heading = next((level for level, mark in enumerate(_MARKS) if re.match(mark, text)), None)
        if said in _TOLD:
            roles[at] = _TOLD[said]
        elif heading is not None and len(text) <= _HEADING and not re.search("[。！？；：，、…]", text[-1:]) and "。" not in text:
            roles[at] = f"{'一二三四'[heading]}级标题"
        elif at > last_long >= 0 and leads[at] >= _PLACED and len(text) <= _SHORT and text[-1] not in "。！？；：":
            roles[at] = _SIGNATURE
    has = {style.role for style in template.styles if not style.character}
    return tuple(role if role in has else BODY for role in roles)


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
        self.tables = self.across = 0

    def ours(self, style_id: str, kind: str = "paragraph") -> bool:
        """Whether a style is one of a template of drafter, or based on one."""
        if kind != "paragraph" and style_id not in self.looks.styles:
            return False
        return any(style.name.startswith("讲话") or style.name in self.names for style in self.looks.chain(style_id, kind))

    def lines(self, blocks: Sequence[Block], elements: Sequence[Sequence[Any]]) -> list[_Line]:
        """The paragraphs to be set. Tables, notes, frames and what runs into the next paragraph are left."""
        read_in = [[read(element) for element in inner] for inner in elements]
        ours = [bool(inner) and self.ours(inner[0].style) for inner in read_in]
        leads = [_lead(inner[0].text) if inner else 0.0 for inner in read_in]
        out = []
        for block, inner, own, role in zip(blocks, elements, ours, roles_of(blocks, ours, leads, self.template), strict=True):
            for at, element in enumerate(inner):
                if next(element.iterancestors(w("tbl"), w("footnote"), w("endnote"), w("txbxContent")), None) is not None:
                    self.tables += next(element.iterancestors(w("tbl")), None) is not None
                elif element.find(f"{_PPR}/{w('framePr')}") is None:
                    out.append(_Line(element, role, block, own, at == 0))
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
        before = _canonical(tree)
        self.ids = with_our_styles(tree, self.template)
        changed = _canonical(tree) != before
        if changed:
            self.file.touch(part)
        return changed

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def paragraphs(self, lines: Sequence[_Line]) -> Restyled:
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
            before = _canonical(element)
            heads = self._heads(line)
            bold = set() if line.ours or base_bold or line.role in _HEADINGS else self._bold(element)
            unindented = (line.begins or line.role == TITLE) and _without_lead(element)
            indents += unindented
            named = self._styled(element, self.ids[line.role])
            middle = _canonical(element) if unindented or named else before
            pictures += self._shaped(line, shape)
            coloured += self._typed(line, heads, bold, base_bold)
            width = self.template.style(line.role).width_chars
            parted = bool(width) and not line.ours and alone[id(line.block)] == 1 and _parted(element, width)
            titles += parted
            if named:
                roles[line.role] += 1
            elif parted:
                pass
            elif _canonical(element) != middle:
                cleared += 1
        order = [style.role for style in self.template.styles if style.role in roles]
        return Restyled(tuple((role, roles[role]) for role in order), cleared, indents, titles=titles, pictures=pictures, coloured=coloured)

    def _mostly_bold(self, lines: Iterable[_Line]) -> bool:
        """Whether most of the text that is in no style of ours is bold: then bold sets nothing off."""
        count: Counter[bool] = Counter()
        for line in lines:
            if line.role not in _HEADINGS and not line.ours:
                paragraph = read(line.element)
                for piece in paragraph.pieces:
                    count[self.looks.text(paragraph.style, piece.run).bold] += hanzi(piece.text)
        return count[True] > count[False]

    def _heads(self, line: _Line) -> dict[Any, str]:
        """For the runs of a paragraph that are in another type than its text, the character style that says so: those of a
        run-in heading, and words set off in 黑体 or 楷体."""
        out: dict[Any, str] = {}
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
            if left > 0 and words and strong:
                out[piece.run] = self.ids[strong]
            elif look.kind != usual and look.kind in ("黑", "楷") and hanzi(piece.text):
                role = "一级段首句" if look.kind == "黑" else "二级段首句"
                out[piece.run] = self.ids[role]
            left -= len(words)
        return out

    def _bold(self, element: Any) -> set[Any]:
        """The runs of a paragraph that are bold, wherever that is said."""
        paragraph = read(element)
        return {piece.run for piece in paragraph.pieces if piece.run is not None and self.looks.text(paragraph.style, piece.run).bold}

    def _styled(self, element: Any, style_id: str) -> bool:
        """Name a paragraph's style; whether it was another."""
        properties = _properties(element)
        style = properties.find(w("pStyle"))
        if style is not None and style.get(_VAL) == style_id:
            return False
        if style is None:
            style = etree.Element(w("pStyle"))
            properties.insert(0, style)
        style.set(_VAL, style_id)
        return True

    def _shaped(self, line: _Line, shape: Shape) -> bool:
        """Leave how a paragraph is set to its style. One that Word numbers stays numbered and is indented as its style says;
        a picture in the line gets the height it needs. Whether there is a picture."""
        element = line.element
        properties = _properties(element)
        for child in list(properties):
            if child.tag in _SHAPE or (child.tag == w("tabs") and "\t" not in line.block.text):
                properties.remove(child)
        mark = properties.find(_RPR)
        if mark is not None:
            _drop(mark, _TYPE | _BOLD)
        if shape.number and shape.number != "0":
            numbering = properties.find(w("numPr"))
            if numbering is not None:
                properties.remove(numbering)
            numbering = etree.Element(w("numPr"))
            etree.SubElement(numbering, w("ilvl")).set(_VAL, str(self.list.depth(shape)))
            etree.SubElement(numbering, w("numId")).set(_VAL, shape.number)
            _place(properties, numbering, _PPR_ORDER)
            style = self.template.style(line.role)
            indent = etree.Element(w("ind"))
            first = {"firstLineChars": str(round(style.indent_chars * 100)), "firstLine": str(twips(style.indent_chars * style.size_pt))}
            for name, value in {"leftChars": "0", "left": "0", **first}.items():
                indent.set(w(name), value)
            _place(properties, indent, _PPR_ORDER)
        inline = any(node.tag in (w("pict"), w("object")) or node.tag.endswith("}inline") for node in element.iter() if isinstance(node.tag, str))
        if inline:
            spacing = etree.Element(w("spacing"))
            spacing.set(w("line"), "240")
            spacing.set(w("lineRule"), "auto")
            _place(properties, spacing, _PPR_ORDER)
        if not len(properties):
            element.remove(properties)
        return inline

    def _typed(self, line: _Line, heads: Mapping[Any, str], bold: set[Any], base_bold: bool) -> int:
        """Leave fonts and sizes to the styles. Bold stays where it sets words off, italics, underlines and colours stay
        anyway; how many stretches are coloured."""
        runs = [run for run in line.element.iter(R) if _of(run, line.element) and run.find(T) is not None]
        paragraph_style = read(line.element).style
        whole = line.role in _HEADINGS and all(self.looks.text(paragraph_style, run).bold for run in runs)
        coloured = 0
        for run in runs:
            own = run.find(_RPR)
            head = heads.get(run, "")
            if own is None and not head and run not in bold:
                continue
            if own is None:
                own = etree.Element(_RPR)
                run.insert(0, own)
            named = self._character_style(own, head)
            drop = _TYPE | (_BOLD if whole or base_bold or head or named else frozenset())
            fonts = own.find(w("rFonts"))
            if fonts is not None and any(_SIGNS.search(value) for value in fonts.attrib.values()):
                drop -= {w("rFonts")}
            colour = own.find(w("color"))
            coloured += colour is not None and colour.get(_VAL, "").lower() not in ("", "auto", "000000")
            if run in bold and not (head or named) and own.find(w("b")) is None:
                own.insert(int(own.find(w("rStyle")) is not None) + int(own.find(w("rFonts")) is not None), etree.Element(w("b")))
            _drop(own, drop)
        return coloured

    def _character_style(self, own: Any, head: str) -> bool:
        """Give a run the character style of a heading; take one away that says a font or a size, and keep of it what sets words
        off. Whether the run has a style of ours."""
        style = own.find(w("rStyle"))
        if head:
            if style is None:
                style = etree.Element(w("rStyle"))
                own.insert(0, style)
            style.set(_VAL, head)
            return True
        if style is None:
            return False
        name = style.get(_VAL, "")
        if self.ours(name, "character") or name in self.ids.values():
            return True
        chain = [s.text for s in self.looks.chain(name, "character") if s.text is not None] if name in self.looks.styles else []
        if any(text.find(w(n)) is not None for text in chain for n in ("rFonts", "sz")):
            own.remove(style)
            for at, kept in enumerate(("b", "i", "u")):
                there = next((text.find(w(kept)) for text in chain if text.find(w(kept)) is not None), None)
                if there is not None and own.find(w(kept)) is None:
                    own.insert(min(at, len(own)), etree.fromstring(etree.tostring(there)))
            _sorted_type(own)
        return False

    # ── empty paragraphs ───────────────────────────────────────────────────────────────────────────────────────────

    def without_empty(self, lines: Sequence[_Line]) -> tuple[int, int]:
        """Take away the empty paragraphs that only make room. One stays under the title, and above a signature, where the
        template has such a line; under the title it is made where there is none. How many are gone, how many were made."""
        blank = self.ids.get(_BLANK_LINE, "")
        gone = made = 0
        last: _Line | None = None
        waiting: list[_Line] = []
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
            elif blank and under_title and last is not None and not last.ours and last.element.getparent() is self.file.body:
                new = etree.Element(P)
                last.element.addnext(new)
                made += self._emptied(last._replace(element=new), blank)
            for one in waiting:
                if one is not kept and not (one.ours and one.role == _BLANK_LINE) and not _beside_table(one.element):
                    one.element.getparent().remove(one.element)
                    gone += 1
            last = line
            waiting = []
        return gone, made

    @staticmethod
    def _emptied(line: _Line, style_id: str) -> bool:
        """Make an empty paragraph the template's; whether it was not."""
        element = line.element
        before = _canonical(element)
        for child in list(element):
            element.remove(child)
        _properties(element).append(etree.Element(w("pStyle"), {_VAL: style_id}))
        return _canonical(element) != before

    # ── page ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _sections(self) -> list[Any]:
        found = [s for s in self.file.body.iter(w("sectPr")) if s.getparent().tag in (_PPR, w("body"))]
        if self.file.body.find(w("sectPr")) is None:
            found.append(etree.SubElement(self.file.body, w("sectPr")))
        return found

    def page(self) -> bool:
        """Make the paper of every section the template's, but of those that lie across; whether that changed anything."""
        pitch = twips(self.template.style(BODY).line_pt)
        new = etree.fromstring(markup.document("", self.template.page, pitch).encode())
        fresh: Any = new.find(f"{w('body')}/{w('sectPr')}")
        changed = False
        for section in self._sections():
            size = section.find(w("pgSz"))
            wide, high = (number_of(size.get(w(side))) or 0 for side in "wh") if size is not None else (0, 0)
            if wide > high:
                self.across += 1
                continue
            before = _canonical(section)
            for name in ("pgSz", "pgMar", "docGrid"):
                there, wanted = section.find(w(name)), fresh.find(w(name))
                if wanted is None:
                    continue
                wanted = etree.fromstring(etree.tostring(wanted))
                if there is not None:
                    if name == "pgMar" and section.find(w("headerReference")) is not None:
                        wanted.set(w("header"), there.get(w("header"), wanted.get(w("header"))))
                    if name == "pgMar" and section.find(w("footerReference")) is not None and not self._numbers_are_ours():
                        wanted.set(w("footer"), there.get(w("footer"), wanted.get(w("footer"))))
                    section.remove(there)
                _place(section, wanted, _SECT_ORDER)
            changed = changed or _canonical(section) != before
        return changed

    def _numbers_are_ours(self) -> bool:
        """Whether the footers are empty, or say the number as a template writes it."""
        styles = {self.template.style(FOOTER).name + where for where in ("单页", "双页", "居中")}
        names = {style.id for style in self.looks.styles.values() if style.name in styles}
        return all(
            _silent(root) or all(read(p).style in names for p in root.iter(P)) for root in self._footers()
        )

    def _footers(self) -> list[Any]:
        found = [r.target for r in self.file.relations(self.file.main) if r.kind.endswith("/footer") and not r.external]
        return [self.file.tree(part) for part in dict.fromkeys(found) if part in self.file]

    def numbers(self) -> bool:
        """Write the page's number as the template does, where there is none and no footer says anything else."""
        page = self.template.page
        if page.number == "none" or is_numbered(self.file) or not all(map(_silent, self._footers())):
            return False
        sections = self._sections()
        for section in sections:
            for reference in section.findall(w("footerReference")):
                section.remove(reference)
        folder = self.file.main.rpartition("/")[0]
        for pages, style_id in markup.footers_of(page):
            part = self.file.free(f"{folder}/footer%d.xml".lstrip("/"))
            self.file.put(part, markup.footer(self._footer_style(style_id)), _FOOTER_TYPE)
            reference = etree.Element(w("footerReference"))
            reference.set(w("type"), pages)
            reference.set(f"{{{markup.RELATIONSHIP}}}id", self.file.relate(self.file.main, "footer", part))
            _place(sections[0], reference, _SECT_ORDER)
        if page.number == "outside":
            self._even_and_odd(sections)
        return True

    def _footer_style(self, style_id: str) -> str:
        """The id in this file of a style of the footers, put in where it is missing."""
        part = self.file.target(self.file.main, "styles")
        tree = self.file.tree(part)
        footer = self.template.style(FOOTER)._replace(style_id=self.ids[FOOTER])
        made = (etree.fromstring(text) for text in markup.footer_styles(self.template.page, footer, f' xmlns:w="{markup.W}"'))
        new = next(style for style in made if style.get(w("styleId")) == style_id)
        said = new.find(w("name"))
        name = said.get(_VAL) if said is not None else None
        for style in tree.findall(w("style")):
            called = style.find(w("name"))
            if called is not None and called.get(_VAL) == name:
                return str(style.get(w("styleId"), style_id))
        taken = {style.get(w("styleId")) for style in tree.findall(w("style"))}
        while style_id in taken:
            style_id += "x"
        new.set(w("styleId"), style_id)
        tree.append(new)
        self.file.touch(part)
        return style_id

    def _even_and_odd(self, sections: Sequence[Any]) -> None:
        """Let even pages have footers of their own; the headers go on as they were."""
        part = self.file.target(self.file.main, "settings")
        if not part:
            part = self.file.free("word/settings%d.xml") if "word/settings.xml" in self.file else "word/settings.xml"
            self.file.put(part, f'<w:settings xmlns:w="{markup.W}"/>', _SETTINGS_TYPE)
            self.file.relate(self.file.main, "settings", part)
        settings = self.file.tree(part)
        there = settings.find(w("evenAndOddHeaders"))
        if there is not None and there.get(_VAL, "1") not in ("0", "false", "off"):
            return
        if there is not None:
            settings.remove(there)
        before = next((at for at, child in enumerate(settings) if child.tag in _BEHIND_EVEN_AND_ODD or not _is_word(child)), len(settings))
        settings.insert(before, etree.Element(w("evenAndOddHeaders")))
        self.file.touch(part)
        for section in sections:
            kinds = {r.get(w("type"), "default"): r for r in section.findall(w("headerReference"))}
            if "even" in kinds:
                section.remove(kinds["even"])  # it was not shown until now
            if "default" in kinds:
                again = etree.fromstring(etree.tostring(kinds["default"]))
                again.set(w("type"), "even")
                _place(section, again, _SECT_ORDER)


# ── elements ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _canonical(element: Any) -> bytes:
    return bytes(etree.tostring(element, method="c14n", with_tail=False))


def _is_word(child: Any) -> bool:
    return isinstance(child.tag, str) and child.tag.startswith(f"{{{markup.W}}}")


def _properties(element: Any) -> Any:
    found = element.find(_PPR)
    if found is None:
        found = etree.Element(_PPR)
        element.insert(0, found)
    return found


def _place(parent: Any, child: Any, order: Sequence[str]) -> None:
    """Put a child where the order wants it."""
    rank = {w(name): at for at, name in enumerate(order)}
    own = rank[child.tag]
    before = next((at for at, other in enumerate(parent) if rank.get(other.tag, len(order)) > own), len(parent))
    parent.insert(before, child)


#: The order of what sets words off (CT_RPr), as far as we put any in.
_RPR_ORDER = {w(name): at for at, name in enumerate(("rStyle", "rFonts", "b", "bCs", "i", "iCs"))}
_RPR_LATE = {w(name): at for at, name in enumerate(("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang"))}


def _sorted_type(own: Any) -> None:
    """The properties of a run in the order Word wants them, underlines behind size and colour."""
    children = sorted(own, key=lambda c: (0, _RPR_ORDER[c.tag]) if c.tag in _RPR_ORDER else (2, _RPR_LATE[c.tag]) if c.tag in _RPR_LATE else (1, 0))
    for child in children:
        own.append(child)


def _drop(own: Any, tags: Iterable[str]) -> None:
    """Take properties away, and the element that holds them where nothing is left."""
    for child in list(own):
        if child.tag in tags:
            own.remove(child)
    if not len(own):
        own.getparent().remove(own)


def _of(run: Any, paragraph: Any) -> bool:
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


def _without_lead(element: Any) -> bool:
    """Take the blanks in front of a paragraph's words away; whether there were any. Those in a control stay."""
    blanks = "".join(BLANKS)
    found = False
    for piece in read(element).pieces:
        if piece.control >= 0 or piece.leaf is None or piece.run is None:
            break
        if piece.leaf.tag == w("tab"):
            piece.leaf.getparent().remove(piece.leaf)
            found = True
            continue
        if piece.leaf.tag != T:
            break
        rest = piece.text.lstrip(blanks)
        found = found or rest != piece.text
        if rest:
            piece.leaf.text = rest
            break
        piece.leaf.getparent().remove(piece.leaf)
    for run in list(element.iter(R)) if found else ():
        if all(child.tag == _RPR for child in run) and run.getparent() is element:
            element.remove(run)
    return found


def _parted(element: Any, width: float) -> bool:
    """Part a title that is too long for a line between words, as templates do; whether it was. One that is parted already
    stays so, and one that has anything in it but words."""
    pieces = read(element).pieces
    if any(piece.control >= 0 or piece.leaf is None or piece.leaf.tag != T for piece in pieces):
        return False
    offsets = break_title("".join(piece.text for piece in pieces), width)
    at = sum(len(piece.text) for piece in pieces)
    for piece in reversed(pieces):
        at -= len(piece.text)
        leaf = piece.leaf
        for cut in reversed([offset - at for offset in offsets if at <= offset < at + len(piece.text)]):
            rest = etree.Element(T, {_SPACE: "preserve"})
            rest.text = leaf.text[cut:]
            leaf.text = leaf.text[:cut]
            leaf.set(_SPACE, "preserve")
            leaf.addnext(rest)
            leaf.addnext(etree.Element(w("br")))
            if not leaf.text:
                leaf.getparent().remove(leaf)
    return bool(offsets)


_BARE = frozenset((_PPR, R, _RPR, T, w("proofErr"), w("lastRenderedPageBreak"), w("tab")))


def _bare(element: Any) -> bool:
    """Whether a paragraph is nothing but a line's height: no picture, break, section, number, bookmark, comment or change."""
    properties = element.find(_PPR)
    kept = ("sectPr", "numPr", "framePr", "pageBreakBefore", "pBdr", "pPrChange")
    if properties is not None:
        mark = properties.find(_RPR)
        if any(properties.find(w(name)) is not None for name in kept):
            return False
        if mark is not None and any(mark.find(w(name)) is not None for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")):
            return False
    return all(child.tag in (_PPR, R, w("proofErr")) and (child.tag != R or all(c.tag in _BARE for c in child)) for child in element)


def _beside_table(element: Any) -> bool:
    """Whether a paragraph keeps two tables apart, or ends the text behind one."""
    near = (element.getprevious(), element.getnext())
    return any(one is not None and one.tag == w("tbl") for one in near)


def _silent(footer: Any) -> bool:
    """Whether a footer says nothing."""
    return not any((node.text or "").strip() for node in footer.iter(T)) and next(
        footer.iter(w("drawing"), w("pict"), w("fldChar"), w("fldSimple"), w("tbl")), None
    ) is None
