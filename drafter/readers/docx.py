"""Any Word document as Blocks: ours by the names of its styles and its controls, others by Word's own styles, else by
what they look like. What cannot be told stays 正文.

Nothing is guessed from words alone; that is for whoever looks at the Blocks. The text is what a reader of the page
sees: changes accepted, automatic numbers written out, hidden text and field codes gone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from drafter.chinese.numerals import one_break
from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Place, Rejected
from drafter.outline.expression import FILTERS
from drafter.outline.field import Value
from drafter.outline.yaml import Source
from drafter.speech.block import Block
from drafter.speech.draft import Rich, Span, plain
from drafter.speech.letterhead import SURE_KINDS, kind_of
from drafter.speech.marks import mark_of
from drafter.speech.rows import cut
from drafter.template.styles import BLANK, BODY, TITLE, parse_styles
from drafter.word import controls
from drafter.word.confirm import OpenMark, open_marks, ours_alone
from drafter.word.controls import STORE, anchors, field_of, tag_of
from drafter.word.document import DocxFile
from drafter.word.looks import Look, Looks, Shape
from drafter.word.numbers import Numbers
from drafter.word.oxml import CONTENT, SDT, TBL, Element, P, T, parent_name, w
from drafter.word.record import Provenance, lineage_of
from drafter.word.symbols import UNKNOWN
from drafter.word.text import Control, Piece, WordParagraph
from drafter.word.text import read as words_of
from drafter.word.unfinished import repeated

#: Entries of a list, and paragraphs of a long answer, that are tried when a control has lost its tag.
_ENTRIES = 500

#: Longest heading on its own line and longest line under a title, in characters; the longest of 183 headings counted
#: has 50. Longest salutation, and most lines and characters of a title.
_HEADING, _CAPTION, _SALUTATION, _TITLE_LINES, _TITLE = 60, 40, 120, 4, 120

#: Characters of what was left out that a remark quotes.
_QUOTED = 20

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VAL, _MOVED, _VANISH = w("val"), w("moveFrom"), w("vanish")
_MARK = f"{w('pPr')}/{w('rPr')}"
_INNER = frozenset(w(n) for n in ("ins", "moveTo", "customXml", "smartTag"))
_ROW, _CELL = w("tr"), w("tc")

_IN_BRACKETS = re.compile("【([^【】\n]*)】")
#: The levels of headings by what they begin with (GB/T 9704—2012, 7.3.3).
_LEVEL_OF = {"一、": 1, "（一）": 2, "1.": 3, "（1）": 4}
_NUMBER = "[0-9０-９零〇○一二三四五六七八九十×xX*＊]"
_DATE = re.compile(
    f"[（(]?(?:{_NUMBER}{{2,4}}\\s*[年./．-]\\s*)?{_NUMBER}{{1,3}}\\s*[月./．-](?:\\s*{_NUMBER}{{1,3}}\\s*日?)?[^。；]{{0,24}}"
    f"?[）)]?")
_ADDRESSED = re.compile("同志|朋友|领导|来宾|嘉宾|各位|代表|委员|女士|先生|老师|同学|乡亲|家长|战友|父老|们$")
_STOPS = "。！？；"
_STOP = re.compile(f"[{_STOPS}]")

#: Word's own styles and what offices call theirs, without blanks and in small letters.
_NAMED = {
    **dict.fromkeys(("title", "标题", "主标题", "大标题", "文章标题", "公文标题"), TITLE),
    **dict.fromkeys(("subtitle", "副标题"), "副标题"),
    **dict.fromkeys(("salutation", "称呼", "称谓"), "称谓"),
    **dict.fromkeys(("signature", "closing", "落款", "签名"), "落款"),
}
_LEVELS = "一二三四"
_HEADING_STYLE = re.compile("(?:heading|标题|toc标题)([1-9])|([一二三四])级标题|([1-4])级标题")
_CONTENTS = re.compile("toc ?[1-9]|toc heading|目录 ?[1-9]?")


class Reading(NamedTuple):
    """What was read. `elements` has for each block the w:p it came from (several where their ends are deleted, where a
    title stands in several, and for a row of a table), `anchors` the names of our bookmarks in it."""

    blocks: tuple[Block, ...]
    remarks: tuple[Diagnostic, ...]
    elements: tuple[tuple[Element, ...], ...]
    anchors: tuple[tuple[str, ...], ...]


class _Stretch(NamedTuple):
    """Words of one kind. `strong` is the role of a character style of ours; `blank` "" for words."""

    text: str
    look: Look
    strong: str = ""
    blank: str = ""
    field: str = ""
    answered: bool = True


class _WordLine(NamedTuple):
    """A paragraph, or several whose ends are gone. `role` is that of a style of ours, or of what needs no looking at (a
    row of a table, a note); `named` the role Word's own style tells; `level` its outline level."""

    stretches: list[_Stretch]
    elements: list[Element]
    anchors: list[str]
    shape: Shape = Shape()
    role: str = ""
    named: str = ""
    level: int = 0
    joins: str = ""  # how it runs into the next: "gone" its end is deleted, "hidden" it does not show

    @property
    def text(self) -> str:
        return "".join(s.text for s in self.stretches)


def read(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks of a .docx, and what there is to say about it: what was left out, and what was made text. `name` is
    what the file is called. Raises Rejected for one that cannot be trusted or has no text."""
    reading = read_file(DocxFile(data, name))
    return reading.blocks, reading.remarks


def read_file(file: DocxFile) -> Reading:
    """The same, of an opened file, with where each block comes from. Raises Rejected where it has no body."""
    if not file.main:
        raise file.no("文件里没有正文。", "请在 Word 里打开，另存为 .docx。")
    return _DocxReader(file).reading()


# ── what a document can carry ──────────────────────────────────────────────────────────────────────────────────────


def normal(
    blocks: Sequence[Block], controls: bool = True, anchored: bool = True, sources: Iterable[str] = ()
) -> tuple[Block, ...]:
    """The blocks as they come back from a .docx written of them. With `controls` blanks are content controls, with
    `anchored` paragraphs have bookmarks; `sources` are blanks the document's record knows. What changes:

    - \\r and \\r\\n are \\n; empty spans are gone; neighbours that are words of one kind are one span.
    - `span.node` is gone; `block.node` is what its bookmark says (`node_of`), "" without bookmarks.
    - A blank and its field are what its tag says (`controls.tag_of`): the 【】 of an entry of a list shows the list, a
    blank of
      over 64 characters is found again only among `sources`. Without an answer its text is 【blank】,
      and a line break before or after it.
    - An answer that looks like a blank, 【…】 from end to end, is none.
    - Without controls an answered blank is words; an unanswered one is what stands in 【】, and not strong.
    - A blank between words of one run-in heading, or before its first, belongs to it.

    A run-in style the template does not have is lost as well.
    """
    names = anchors(blocks) if anchored else ("",) * len(blocks)
    tags = _tags(sources)
    return tuple(
        Block(b.role, _normal(b.spans, controls, tags), node_of(name)) for b, name in zip(blocks, names, strict=True)
    )


def _normal(spans: Rich, controls: bool, tags: dict[str, str]) -> Rich:
    out: list[Span] = []
    marked = ""
    for span in spans:
        text = span.text.replace("\r\n", "\n").replace("\r", "\n")
        if not text:
            continue
        as_control = bool(span.blank) and controls
        highlighted = not as_control and (not span.answered or span.strong == BLANK)
        if highlighted:
            marked += text
            continue
        out += _blanks(marked)
        marked = ""
        strong = "" if span.strong == BLANK else span.strong
        if as_control:
            blank, field = _told(tags.get(tag_of(span), tag_of(span)))
            out.append(_blank(text, strong, blank, field, span.answered))
        else:
            out.append(Span(text, strong))
    return _tidy([*out, *_blanks(marked)])


def node_of(anchor: str) -> str:
    """The node a bookmark tells of, as far as its name can say it; "" for what a template adds itself."""
    name = re.sub(r"(?:_v\d+)?(?:_Copy_\d+)*$", "", anchor.removeprefix("dr_"))
    return "" if not anchor.startswith("dr_") or name.startswith("t_") else name


def _tags(sources: Iterable[str]) -> dict[str, str]:
    """Blanks by their tag."""
    return {tag_of(Span("", blank=source)): source.strip() for source in sources}


def _told(tag: str) -> tuple[str, str]:
    """The blank a tag tells of, and its field."""
    name, _, number = tag.partition("#")
    if name.isidentifier() and number.isdecimal():
        return name, tag
    field = field_of(tag)
    return tag, field if field.isidentifier() else ""


def _blank(text: str, strong: str, blank: str, field: str, answered: bool) -> Span:
    if answered and blank and not _is_prompt(text, blank, field):
        return Span(text, strong, blank, field)
    lead, tail = ("\n" if broken else "" for broken in (text.startswith("\n"), text.endswith("\n")))
    gap = _GAP.match(text.strip("\n"))
    return Span(f"{lead}{gap[0] if gap else f'【{blank}】'}{tail}", strong, blank, field, False)


#: What stands where a blank waits for its answer, in front of the question where that is told.
_GAP = re.compile("【[^【】\n]+】")


def _is_prompt(text: str, *names: str) -> bool:
    """Whether a control shows what it shows empty: 【…】, or 【name】 and its question."""
    found = re.fullmatch("【([^【】\n]*)】(（.*）)?", text.strip("\n"), re.DOTALL)
    return found is not None and (not found[2] or found[1].strip() in {n.partition("#")[0] for n in names})


def _blanks(text: str) -> list[Span]:
    """Text in the style of what nobody has answered, cut at its blanks."""
    out: list[Span] = []
    at = 0
    for found in _IN_BRACKETS.finditer(text):
        if not found[1].strip():
            continue
        out.append(Span(text[at : found.start()]))
        at = found.end()
        blank, field = _told(found[1].strip())
        out.append(Span(f"【{blank}】", "", blank, field, False))
    return [span for span in (*out, Span(text[at:])) if span.text]


def _tidy(spans: Iterable[Span]) -> Rich:
    """Words of one kind as one span, and blanks inside a run-in heading in its role."""
    out: list[Span] = []
    for span in spans:
        if out and not span.blank and not out[-1].blank and out[-1].strong == span.strong:
            out[-1] = out[-1]._replace(text=out[-1].text + span.text)
        elif span.text:
            out.append(span)
    after = ""
    following = [""] * len(out)
    for at in range(len(out) - 1, -1, -1):
        following[at] = after
        if not out[at].blank or out[at].strong:
            after = out[at].strong
    for at, span in enumerate(out):
        before = out[at - 1].strong if at else following[at]
        if span.blank and not span.strong and following[at] and before == following[at]:
            out[at] = span._replace(strong=following[at])
    return tuple(out)


# ── the document ───────────────────────────────────────────────────────────────────────────────────────────────────


class _DocxReader:
    """One reading of one file."""

    def __init__(self, file: DocxFile) -> None:
        self.file = file
        self.remarks: list[Diagnostic] = []
        self.found: dict[str, list[str]] = {}  # what there is to remark, with the words of each
        self.looks = Looks(file)
        self.numbers = Numbers(file, self.looks)
        self.record = self._record()
        self.roles = self._roles()
        self._own: dict[str, str] = {}
        self.marks = open_marks(file)
        self._ours: frozenset[str] | None = None  # drafter's own comments, None while nobody has asked
        self.blanks = _Blanks(file, self.record)
        self.notes: list[tuple[str, str]] = []
        self.codes = _field_codes(file.body) if b"fldChar" in file.parts[file.main] else set()

    def reading(self) -> Reading:
        lines = list(self._numbered(_joined(self._lines(self.file.body))))
        roles = _assign(lines)
        notes = list(self._notes())
        blocks: list[Block] = []
        elements: list[tuple[Element, ...]] = []
        names: list[tuple[str, ...]] = []
        for line, role in [*zip(lines, roles, strict=True), *((note, BODY) for note in notes)]:
            if role == _AGAIN:
                whole = (*blocks[-1].spans, Span("\n"), *_spans(line, TITLE))
                blocks[-1] = blocks[-1]._replace(spans=_tidy(whole))
                elements[-1] += tuple(line.elements)
                names[-1] += tuple(line.anchors)
                continue
            anchor = next(iter(line.anchors), "")
            blocks.append(Block(role, _spans(line, role), node_of(anchor)))
            elements.append(tuple(line.elements))
            names.append(tuple(line.anchors))
        self._outside()
        for mark in self.marks:
            at = next((n for n, own in enumerate(elements) if mark.stretch.paragraph in own), -1)
            if at >= 0:
                blocks[at] = blocks[at]._replace(spans=_marked(blocks[at].spans, mark))
        self.remarks += repeated(self.file)
        return Reading(tuple(blocks), (*self.remarks, *self._told()), tuple(elements), tuple(names))

    # ── what it was made from ──────────────────────────────────────────────────────────────────────────────────────

    def _record(self) -> Provenance | None:
        try:
            return lineage_of(self.file).own
        except Rejected as error:  # the text is there all the same
            self.remarks += [d._replace(level=WARNING) for d in error.diagnostics]
        return None

    def _roles(self) -> dict[str, str]:
        """Roles by the name of the style, as the record tells."""
        for kept in self.record.texts_of("styles") if self.record else ():
            try:
                return {style.name: style.role for style in parse_styles(Source(kept.file, kept.text)).styles}
            except Rejected:
                continue
        return {}

    def own(self, style_id: str, kind: str = "paragraph") -> str:
        """The role of a style of ours, or of one based on it; "" for others."""
        if not style_id and kind == "character":
            return ""
        key = f"{kind} {style_id}"
        if key not in self._own:
            chain = self.looks.chain(style_id, kind) if kind == "paragraph" or style_id in self.looks.styles else ()
            self._own[key] = next((role for s in chain if s.kind == kind and (role := self._role(s.name, s.id))), "")
        return self._own[key]

    def _role(self, name: str, style_id: str) -> str:
        if name in self.roles:
            return self.roles[name]
        rest = name.removeprefix("讲话")
        if rest == name or not rest.isalnum():
            return ""
        return rest if rest in _OURS or style_id.startswith("Speech") else ""

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _lines(self, container: Element) -> Iterator[_WordLine]:
        """Paragraphs and rows in reading order."""
        for child in container:
            tag = child.tag
            if tag == P:
                line = self._line(child)
                if line is not None:
                    yield line
            elif tag == TBL:
                yield from self._table(child)
            elif tag == SDT:
                content = child.find(CONTENT)
                if content is not None:
                    yield from self._lines(content)
            elif tag in _INNER:
                yield from self._lines(child)
            elif tag == w("altChunk"):
                self._note("嵌入", "")
            elif tag == _MC + "AlternateContent":
                choice = child.find(_MC + "Fallback")
                choice = child.find(_MC + "Choice") if choice is None else choice
                if choice is not None:
                    yield from self._lines(choice)

    def _line(self, element: Element) -> _WordLine | None:
        """One paragraph; None for one of a table of contents."""
        words = words_of(element)
        names = [s.name for s in self.looks.chain(words.style)]
        if any(_CONTENTS.fullmatch(name.lower()) for name in names[:1]):
            self._note("目录", words.text)
            return None
        self._marked(words)
        own = self.own(words.style)
        shape = self.looks.shape(element, words.style)
        named, level = ("", 0) if own else _styled(names, shape)
        bookmarks = list(dict.fromkeys(name for name in words.bookmarks if name.startswith("dr_")))
        return _WordLine(
            self._stretches(words), [element], bookmarks, shape, own, named, level, self._end(element, words)
        )

    def _end(self, element: Element, words: WordParagraph) -> str:
        """Whether and why a paragraph runs into the next."""
        mark = element.find(_MARK)
        if words.gone or (mark is not None and mark.find(_MOVED) is not None):
            return "gone"
        hidden = mark.find(_VANISH) if mark is not None else None
        return "hidden" if hidden is not None and hidden.get(_VAL, "1") not in ("0", "false", "off") else ""

    def _stretches(self, words: WordParagraph) -> list[_Stretch]:
        out: list[_Stretch] = []
        for control, pieces in _grouped(words):
            shown = []
            for piece in pieces:
                if piece.leaf in self.codes:
                    continue
                look = self.looks.text(words.style, piece.run)
                if look.hidden:
                    self._note("隐藏", piece.text)
                    continue
                text = piece.text
                if text == UNKNOWN and piece.leaf.tag == w("sym"):
                    self._note("符号", piece.leaf.get(w("font"), ""))
                if piece.leaf.tag == T and not text.isprintable():
                    text = re.sub("[\r\n]+", " ", text)  # a line end of the file, which Word shows as a blank
                    text = one_break(text)
                shown.append(_Stretch(text, look, self.own(piece.style, "character")))
            if not shown:
                continue
            told = self.blanks.of(control, "".join(s.text for s in shown)) if control else None
            if control is None or told is None:
                out += shown
                continue
            text = "".join(s.text for s in shown)
            own = control.element.find(f"{w('sdtPr')}/{w('rPr')}/{w('rStyle')}")
            strong = self.own(own.get(_VAL, ""), "character") if own is not None else ""
            strong = strong or shown[0].strong
            span = _blank(text, "" if strong == BLANK else strong, *told, not control.prompt)
            out.append(_Stretch(span.text, shown[0].look, span.strong, span.blank, span.field, span.answered))
        return out

    def _numbered(self, lines: Iterable[_WordLine]) -> Iterator[_WordLine]:
        """The lines with their automatic numbers in front."""
        for line in lines:
            label = self.numbers.label(line.shape) if line.shape.number else ""
            if label:
                self._note("编号", label)
                first = line.stretches[0] if line.stretches else _Stretch("", Look())
                line.stretches.insert(0, _Stretch(label, first.look, "" if first.strong == BLANK else first.strong))
            yield line

    # ── tables, notes ──────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, table: Element) -> Iterator[_WordLine]:
        """A line for each row, its cells parted by tabs. One column is a frame around paragraphs, and not a table."""
        rows = [
            list(_inside(row, _CELL)) for row in _inside(table, _ROW) if row.find(f"{w('trPr')}/{w('del')}") is None
        ]
        if all(len(cells) < 2 for cells in rows):
            for cells in rows:
                for cell in cells:
                    yield from self._lines(cell)
            return
        first = ""
        for cells in rows:
            whole: list[_Stretch] = []
            elements: list[Element] = []
            names: list[str] = []
            for number, cell in enumerate(cells):
                if number:
                    whole.append(_Stretch("\t", Look()))
                for at, line in enumerate(self._numbered(_joined(self._lines(cell)))):
                    if at:
                        whole.append(_Stretch(" ", Look()))
                    whole += line.stretches if line.role else _stripped(line.stretches)
                    elements += line.elements
                    names += line.anchors
            first = first or "".join(s.text for s in whole)
            if elements:
                yield _WordLine(whole, elements, names, role=BODY)
        self._note("表格", first)

    def _notes(self) -> Iterator[_WordLine]:
        """The notes the text refers to, in the order it does."""
        for kind in ("footnote", "endnote"):
            part = self.file.target(self.file.main, kind + "s")
            if not part:
                continue
            root = self.file.tree(part)
            self.codes |= _field_codes(root) if b"fldChar" in self.file.parts[part] else set()
            texts = {note.get(w("id"), ""): note for note in root if note.tag == w(kind)}
            for number in dict.fromkeys(number for of, number in self.notes if of == kind):
                if number in texts and texts[number].get(w("type"), "normal") == "normal":
                    self._note("脚注" if kind == "footnote" else "尾注", "")
                    for line in self._numbered(_joined(self._lines(texts[number]))):
                        if line.text.strip():
                            yield line._replace(stretches=_stripped(line.stretches), role="")

    # ── what to remark ─────────────────────────────────────────────────────────────────────────────────────────────

    def _note(self, what: str, said: str) -> None:
        self.found.setdefault(what, []).append(said)

    def _others_comment(self, element: Element) -> bool:
        """Whether a person has commented on something in a paragraph; drafter's own remarks are not missed."""
        if self._ours is None:
            from drafter.word.keeping import ours

            self._ours = ours(self.file) | ours_alone(self.file)
        return any(mark.get(w("id"), "") not in self._ours for mark in element.iter(w("commentRangeStart"), w("commentReference")))

    def _marked(self, words: WordParagraph) -> None:
        element = words.element
        if "note" in words.marks:
            for kind in ("footnote", "endnote"):
                for mark in element.iter(w(kind + "Reference")):
                    run = mark.getparent()
                    if run is not None and parent_name(run) not in (w("del"), w("moveFrom")):
                        self.notes.append((kind, mark.get(w("id"), "")))
        if words.marks & {"insertion", "deletion"} or words.gone:
            self._note("修订", "")
        if "comment" in words.marks and self._others_comment(element):
            self._note("批注", "")
        if "picture" in words.marks:
            boxes = list(element.iter(w("txbxContent")))
            if boxes:
                self._note("文本框", "".join(t.text or "" for t in boxes[0].iter(T)))
            else:
                self._note("图片", "")

    def _outside(self) -> None:
        """Headers and footers that say more than the page's number; what is still to be confirmed."""
        for mark in self.marks:
            self._note("核实", mark.words)
        for relation in self.file.relations(self.file.main):
            if (
                relation.kind.endswith(("/header", "/footer"))
                and not relation.external
                and relation.target in self.file
            ):
                said = "".join(t.text or "" for t in self.file.tree(relation.target).iter(T))
                if re.sub(r"[\W\d_第页共]", "", said):
                    self._note("页眉页脚", said)

    def _told(self) -> Iterator[Diagnostic]:
        """The remarks, each kind once."""
        for what, (level, message, hint) in _REMARKS.items():
            if what in self.found:
                said = self.found[what]
                words = next((s.strip() for s in said if s.strip()), "").replace("\t", "　")
                cut = words if len(words) <= _QUOTED else words[:_QUOTED] + "…"
                quoted = f"“{cut}”" if cut else ""
                yield Diagnostic(
                    message.format(n=len(said), said=quoted),
                    Place(self.file.name),
                    hint,
                    level=level,
                    code="word-left-out",
                )


_REMARKS = {
    "修订": (ADVICE, "有没有处理的修订，按全部接受来读。", ""),
    "核实": (ADVICE, "有 {n} 处还没有核实（第一处是{said}）。", "一处处定：drafter status 文件 --confirm"),
    "编号": (ADVICE, "有 {n} 处自动编号（第一处是{said}），写成了文字。", ""),
    "表格": (ADVICE, "有 {n} 个表格（第一行是{said}），按文字来读：一行一段，格与格之间是制表符。", ""),
    "脚注": (ADVICE, "有 {n} 条脚注，文字放在最后。", ""),
    "尾注": (ADVICE, "有 {n} 条尾注，文字放在最后。", ""),
    "目录": (ADVICE, "目录有 {n} 行，没有读。", ""),
    "文本框": (WARNING, "有 {n} 个文本框，里面的文字没有读：{said}。", "要用到，就把文字剪切到正文里。"),
    "页眉页脚": (WARNING, "页眉、页脚里的文字没有读：{said}。", ""),
    "批注": (WARNING, "有 {n} 段带批注，批注没有读。", ""),
    "图片": (WARNING, "有 {n} 段带图片，图片没有读。", ""),
    "隐藏": (WARNING, "有 {n} 处隐藏的文字，没有读：{said}。", "要用到，就在 Word 里选中它，“字体”里取消“隐藏”。"),
    "符号": (WARNING, "有 {n} 个符号只有它的字体认得（{said}），写成了“�”。", "请对照原文改过来。"),
    "嵌入": (WARNING, "嵌着 {n} 个别的文件，没有读。", "在 Word 里打开，另存为 .docx，它就成为正文了。"),
}


def _marked(spans: Rich, mark: OpenMark) -> Rich:
    """Spans with the words of a mark as such, where they say them: a number in front may have moved them."""
    text = plain(spans)
    places = (m.start() for m in re.finditer(re.escape(mark.words), text))
    low = min(places, key=lambda at: abs(at - mark.stretch.start), default=-1)
    if low < 0:
        return spans
    high = low + len(mark.words)
    inner = cut(spans, low, high)
    if any(span.blank for span in inner):
        return spans
    marked = (span._replace(confirm=mark.note) for span in inner)
    return (*cut(spans, 0, low), *marked, *(cut(spans, high) if high < len(text) else ()))


class _Blanks:
    """Which blank a control is: by its tag, or where an office program has dropped that, by the element of the store it
    is bound to, its title or its placeholder."""

    def __init__(self, file: DocxFile, record: Provenance | None) -> None:
        self.file = file
        self.ours = bool(record) or bool(file.custom(STORE))
        sources: dict[str, None] = {}
        lists: dict[str, Value | list[str]] = {}
        for kept in record.texts if record else ():
            if kept.kind == "outline" or kept.kind.startswith("passage:"):
                sources |= dict.fromkeys(found.strip() for found in _IN_BRACKETS.findall(kept.text))
        if record:
            lists = {name: said for name, said in record.values.items() if isinstance(said, list)}
        self.tags = _tags(sources)
        names = dict.fromkeys(
            [*filter(str.isidentifier, sources), *(field_of(s) for s in sources), *(record.values if record else ())]
        )
        entries = [
            f"{name}#{k}"
            for name, said in lists.items()
            if isinstance(said, list)
            for k in range(1, min(len(said), _ENTRIES) + 1)
        ]
        self.nodes = {_node(f"{tag}\n"): tag for tag in [*self.tags, *entries]} | {_node(name): name for name in names}
        self.shown = self._prompts()
        self._known: dict[tuple[str, ...], str] = {}

    def _prompts(self) -> dict[str, str]:
        """The field each placeholder asks for."""
        part = self.file.target(self.file.main, "glossaryDocument")
        out: dict[str, str] = {}
        for own in self.file.tree(part).iter(w("docPart")) if part else ():
            name = own.find(f"{w('docPartPr')}/{w('name')}")
            said = "".join(t.text or "" for t in own.iter(T))
            found = _IN_BRACKETS.match(said)
            if name is not None and found and name.get(_VAL, "").startswith("drafter_f"):
                out[name.get(_VAL, "")] = found[1].strip()
        return out

    def of(self, control: Control, shown: str) -> tuple[str, str] | None:
        """Blank and field of a control; None for one that is not ours."""
        holder = control.element.find(f"{w('sdtPr')}/{w('placeholder')}/{w('docPart')}")
        prompt = holder.get(_VAL, "") if holder is not None else ""
        binding = control.element.find(f"{w('sdtPr')}/{w('dataBinding')}")
        bound = binding is not None and STORE in binding.get(w("prefixMappings"), "")
        if not (bound or prompt.startswith("drafter_") or (self.ours and control.tag)):
            return None
        key = (control.node, control.title, prompt, control.kind, shown if "\n" in shown or "【" in shown else "")
        tag = control.tag or self._known.get(key, "")
        if not tag:
            tag = self._found(control, shown, prompt)
            if control.kind != "date":
                self._known[key] = tag
        return _told(self.tags.get(tag, tag)) if tag else None

    def _found(self, control: Control, shown: str, prompt: str) -> str:
        title = control.title or self.shown.get(prompt, "")
        name = self.nodes.get(control.node, "") or (title if title and _node(title) == control.node else "")
        if control.kind == "date" and name:
            return self._date(control, name)
        if name or not control.node:
            return name or title
        if title:
            ways = (f"{title}|{one}{more}" for more in ("", *(f"|{two}" for two in FILTERS)) for one in FILTERS)
            found = next((tag for tag in ways if _node(f"{tag}\n") == control.node), "")
            if found:
                return found
            for number in range(1, _ENTRIES + 1):
                if _node(f"{title}#{number}\n") == control.node:
                    return f"{title}#{number}"
        if "\n" in shown:
            broken = (tag for tag in [*self.tags, title] if tag and _node(f"{tag}\n{shown}") == control.node)
            return next(broken, title)
        inside = _IN_BRACKETS.match(shown)
        if inside and _node(f"{inside[1].strip()}\n") == control.node:
            return inside[1].strip()
        return title

    def _date(self, control: Control, name: str) -> str:
        """The tag of a date: all its forms are one element of the store, told apart by how they are written."""
        said = control.element.find(f"{w('sdtPr')}/{w('date')}/{w('dateFormat')}")
        wanted = said.get(_VAL, "") if said is not None else ""
        forms = {written: way for way, written in controls.DATE_FORMATS.items()}
        way = forms.get(wanted, "")
        if not way or "|" in name:
            return name
        known = (tag for tag in self.tags if field_of(tag) == name and tag.partition("|")[2].strip() == way)
        return next(known, f"{name}|{way}")


def _node(place: str) -> str:
    return controls.store_node(place, ())


def _field_codes(body: Element) -> set[Element]:
    """The leaves of text that stand in the code of a field and not in its result. A field that is not whole hides
    nothing."""
    hidden: set[Element] = set()
    fields: list[list[Element]] = []  # those that are open, with the leaves of their code
    codes: list[list[Element]] = []  # those of them whose result has not begun
    for node in body.iter(w("fldChar"), T, w("tab"), w("br"), w("cr"), w("sym"), w("noBreakHyphen")):
        if node.tag != w("fldChar"):
            if codes:
                codes[-1].append(node)
            continue
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            fields.append([])
            codes.append(fields[-1])
        elif fields and kind in ("separate", "end"):
            if codes and codes[-1] is fields[-1]:
                hidden.update(codes.pop())
            if kind == "end":
                fields.pop()
    return hidden


def _inside(container: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in controls and revisions among them."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag == SDT:
            content = child.find(CONTENT)
            if content is not None:
                yield from _inside(content, wanted)
        elif child.tag in _INNER:
            yield from _inside(child, wanted)


def _grouped(words: WordParagraph) -> Iterator[tuple[Control | None, list[Piece]]]:
    """The pieces of a paragraph, those of one control together."""
    last: int | None = None
    group: list[Piece] = []
    for piece in words.pieces:
        if piece.control != last and group:
            yield (words.controls[last] if last is not None else None), group
            group = []
        last = piece.control
        group.append(piece)
    if group:
        yield (words.controls[last] if last is not None else None), group


def _joined(lines: Iterable[_WordLine]) -> Iterator[_WordLine]:
    """Paragraphs whose end is deleted, or does not show, run into the next, which says what they are."""
    stretches: list[_Stretch] = []
    elements: list[Element] = []
    names: list[str] = []
    lead: Shape | None = None
    last: _WordLine | None = None
    for line in lines:
        if line.joins == "hidden" and 0 < (line.level or line.shape.level) <= 4 and not line.role:
            # Word's own run-in heading: a heading whose end does not show.
            strong = f"{_LEVELS[(line.level or line.shape.level) - 1]}级段首句"
            line = line._replace(stretches=[s._replace(strong=s.strong or strong) for s in line.stretches])
            lead = line.shape if lead is None and line.shape.number else lead
        if last is not None:
            own = bool(stretches)
            stretches += line.stretches
            elements += line.elements
            names = [*names, *line.anchors] if own else line.anchors or []
        else:
            stretches, elements, names = list(line.stretches), list(line.elements), list(line.anchors)
        if line.joins:
            last = line
            continue
        numbered = lead._replace(level=line.shape.level) if lead else line.shape
        yield line._replace(stretches=stretches, elements=elements, anchors=names, shape=numbered)
        last = lead = None
    if last is not None and stretches:
        yield last._replace(stretches=stretches, elements=elements, anchors=names)


# ── what a line is ─────────────────────────────────────────────────────────────────────────────────────────────────

#: The role of a line that goes on with the title above it.
_AGAIN = "…"

#: What stands before the text.
_BEFORE = frozenset((TITLE, "副标题", "题注", "称谓", _AGAIN))

#: Roles our templates have, whose styles are told by their name alone.
_OURS = frozenset((BODY, TITLE, BLANK, "副标题", "题注", "空行", "称谓", "开场", "致意", "形势", "引语", "要求", "结语", "落款", "提纲", "页脚"))
_OURS |= {f"{n}级{what}" for n in _LEVELS for what in ("标题", "段首句")}


def _styled(names: Sequence[str], shape: Shape) -> tuple[str, int]:
    """The role and the heading's level that a style of Word's tells, by its name or those it is based on."""
    for name in names:
        plain = name.lower().replace(" ", "").replace("\u3000", "")
        if plain in _NAMED:
            return _NAMED[plain], 0
        found = _HEADING_STYLE.fullmatch(plain)
        if found:
            said = found[1] or found[3]
            return "", int(said) if said else _LEVELS.index(found[2]) + 1
    return "", shape.level


def _assign(lines: Sequence[_WordLine]) -> list[str]:
    """The role of each line."""
    body = _usual(lines)
    roles = [line.role if line.role else "" if line.text.strip() else "空行" for line in lines]
    told = [at for at, role in enumerate(roles) if role != "空行"]
    front = list(takewhile(lambda at: not roles[at] and _in_front(lines[at]), told))
    shift = _front(lines, front, body, roles, alone=len(front) == len(told))
    started = False
    long = [line for line in lines if line.shape.align in ("left", "both") and len(line.text) > _CAPTION]
    set_in = 2 * sum(map(_indented, long)) > len(long)
    for at in told:
        if not roles[at]:
            roles[at] = _role(lines[at], body, shift, started, set_in)
        started = started or roles[at] not in _BEFORE
    tail = list(takewhile(lambda at: roles[at] == "空行" or _signs(lines[at], roles[at]), reversed(range(len(lines)))))
    if any(roles[at] not in _BEFORE for at in told[: len(told) - sum(roles[at] != "空行" for at in tail)]):
        for at in tail:
            roles[at] = "落款" if roles[at] == BODY else roles[at]
    for one, two in pairwise(told):
        if roles[two] == "称谓" and roles[one] == BODY and not lines[one].role and _may_address(lines[one], "，、,"):
            roles[one] = "称谓" if _ADDRESSED.search(lines[one].text.strip()[:-1]) else BODY
    return roles


def _usual(lines: Sequence[_WordLine]) -> Look:
    """How most of the text looks."""
    count: Counter[Look] = Counter()
    for line in lines:
        for stretch in line.stretches:
            count[stretch.look] += len(stretch.text)
    return count.most_common(1)[0][0] if count else Look()


def _bare(line: _WordLine) -> list[_Stretch]:
    """The stretches that show: blanks look like nothing."""
    return [s for s in line.stretches if s.text.strip()]


def _largest(line: _WordLine) -> Look:
    return max((s.look for s in _bare(line)), key=lambda look: look.size_pt, default=Look())


def _differs(look: Look, body: Look) -> bool:
    """Whether a look is that of a heading: another kind of type than the body's, or bold."""
    return look.kind != body.kind or (look.bold and not body.bold)


def _in_front(line: _WordLine) -> bool:
    """Whether a line may belong to the title and what stands under it."""
    return line.shape.align == "center" or line.named in (TITLE, "副标题") or bool(_DATE.fullmatch(line.text.strip()))


def _front(lines: Sequence[_WordLine], front: Sequence[int], body: Look, roles: list[str], alone: bool) -> int:
    """Say what the lines before the text are. The result is the level of heading the title was made with, 0 for
    none."""
    able = [at for at in front if lines[at].named == TITLE]
    if not able:
        able = [at for at in front if _may_be_title(lines[at])]
        size = max((_largest(lines[at]).size_pt for at in able), default=0)
        able = [at for at in able if _largest(lines[at]).size_pt == size]
        if size < body.size_pt:
            able = []
    title: list[int] = []
    if able:
        look = _largest(lines[able[0]])
        set_off = look.size_pt > body.size_pt or _differs(look, body) or lines[able[0]].named == TITLE
        if set_off:
            alike = {at for at in able if _largest(lines[at])[:3] == look[:3]}
            start = front.index(able[0])
            title = list(takewhile(lambda at: at in alike, front[start:]))[:_TITLE_LINES]
        elif able[0] == front[0] and not alone:
            title = [able[0]]
        if sum(len(lines[at].text) for at in title) > _TITLE:
            title = title[:1]
    for n, at in enumerate(title):
        roles[at] = _AGAIN if n and at == title[n - 1] + 1 else TITLE
    if title:
        for at in front[front.index(title[-1]) + 1 :]:
            text = lines[at].text.strip()
            if lines[at].named == "副标题" or re.match("[—–-]{1,2}[^—–-]", text):
                roles[at] = "副标题"
            elif _DATE.fullmatch(text) or (len(text) <= _CAPTION and text[-1] not in _STOPS + "：:，,、"):
                roles[at] = "题注"
    else:
        for at in front:
            if lines[at].named == "副标题":
                roles[at] = "副标题"
    return lines[title[0]].level if title else 0


def _may_be_title(line: _WordLine) -> bool:
    text = line.text.strip()
    return (
        line.shape.align == "center"
        and len(text) <= _TITLE
        and text[-1] not in "。；：:，,、"
        and not text.startswith(("—", "–", "--", "（", "("))
        and not _DATE.fullmatch(text)
        and not _marker(text)
        and kind_of(text) not in SURE_KINDS  # the red head of an office, which is set larger than any title
    )


def _marker(text: str) -> int:
    """The level a line is numbered as, 0 for none."""
    mark = mark_of(text)
    return _LEVEL_OF.get(mark.kind, 0) if mark else 0


def _role(line: _WordLine, body: Look, shift: int, started: bool, set_in: bool) -> str:
    """What a line of the text is. `started`: there is text before it; `set_in`: what is text is set in."""
    if line.named:
        return line.named
    text = line.text.strip()
    short = not _STOP.search(text, 0, len(text) - 1) and text[-1:] not in "；：:，,"
    if line.level and (short or len(text) <= _HEADING):
        level = line.level - shift if line.level > shift else line.level
        return f"{_LEVELS[min(level, 4) - 1]}级标题"
    marker = _marker(text)
    if marker and short and len(text) <= _HEADING and all(_differs(s.look, body) for s in _bare(line)):
        return f"{_LEVELS[marker - 1]}级标题"
    if _may_address(line, "：:"):
        flush, said = not _indented(line), bool(_ADDRESSED.search(text[:-1]))
        if (said and (flush or not started)) or (flush and set_in and not started):
            return "称谓"
    return BODY


def _may_address(line: _WordLine, ends: str) -> bool:
    """Whether a line may be a salutation: short, without a stop, set as the text is, and not numbered."""
    text = line.text.strip()
    set_so = text[-1:] in tuple(ends) and len(text) <= _SALUTATION and line.shape.align in ("left", "both")
    return set_so and not _STOP.search(text) and not _marker(text)


def _indented(line: _WordLine) -> bool:
    """Whether the first line is set in, by its paragraph or by blanks."""
    text = line.text
    return line.shape.first_chars + line.shape.left_chars > 0.5 or text[:1].isspace()


def _signs(line: _WordLine, role: str) -> bool:
    """Whether a line may stand under the text: a signature or its date."""
    text = line.text.strip()
    return (
        not line.role
        and role == BODY
        and line.shape.align == "right"
        and len(text) <= _CAPTION
        and text[-1] not in _STOPS
    )


# ── its spans ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _stripped(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches without the blanks around them, which only place the text."""
    out = list(stretches)
    while out and not out[0].blank and not out[0].text.strip():
        del out[0]
    while out and not out[-1].blank and not out[-1].text.strip():
        del out[-1]
    if out and not out[0].blank:
        out[0] = out[0]._replace(text=out[0].text.lstrip())
    if out and not out[-1].blank:
        out[-1] = out[-1]._replace(text=out[-1].text.rstrip())
    return out


def _spans(line: _WordLine, role: str) -> Rich:
    """The spans of a line. In one of ours the styles tell what is strong, elsewhere the looks."""
    stretches = line.stretches if line.role else _stripped(line.stretches)
    if role == BODY and not line.role and not any(s.strong for s in stretches):
        stretches = _run_in(stretches)
    out: list[Span] = []
    marked = ""
    for s in stretches:
        if not s.blank and s.strong == BLANK:
            marked += s.text
            continue
        if marked:
            out += _blanks(marked)
            marked = ""
        out.append(Span(s.text, s.strong, s.blank, s.field, s.answered))
    return _tidy([*out, *_blanks(marked)] if marked else out)


def _run_in(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches with a first sentence in another type than the rest, or bold, as a run-in heading."""
    shown = [s for s in stretches if s.text.strip()]
    if not shown:
        return list(stretches)
    rest = shown[-1].look
    head = list(takewhile(lambda s: not s.text.strip() or _differs(s.look, rest), stretches))
    text = "".join(s.text for s in head).rstrip()
    after = "".join(s.text for s in stretches[len(head) :])
    whole = bool(text) and bool(after.strip())
    if not whole or any(_differs(s.look, rest) for s in shown[len([s for s in head if s.text.strip()]) :]):
        return list(stretches)
    if text[-1] not in _STOPS + "：:，," and after.lstrip()[0] not in _STOPS + "：:，,":
        return list(stretches)
    kind = next(s.look.kind for s in head if s.text.strip())
    level = _marker(text.lstrip()) or {"黑": 1, "楷": 2}.get(kind, 1)
    return [s._replace(strong=f"{_LEVELS[level - 1]}级段首句") for s in head] + list(stretches[len(head) :])
