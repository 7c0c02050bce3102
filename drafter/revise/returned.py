"""A text that goes out to be commented on, and the copies that come back: their paragraphs, the cells of their tables
and their notes as stories, and what was remarked in their margins."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from drafter.revise.redline import segments, settle
from drafter.revise.wishes import CopyLine, SentLine, SentStory
from drafter.speech.match import align
from drafter.word.document import DocxFile
from drafter.word.markers import OURS
from drafter.word.oxml import SDT, TBL, Element, P, T, w
from drafter.word.text import Piece, WordParagraph, paragraph_elements, read

#: The story of the body. Cells of tables are "表1 行2 列3", notes "注1".
BODY = ""

_NOTES = (("footnotes", "footnote", "脚注"), ("endnotes", "endnote", "尾注"))
_CHANGES = tuple(map(w, ("ins", "del", "moveFrom", "moveTo")))
_LEAVES = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}
_SKIPPED = frozenset(
    map(w, ("ins", "moveTo", "pPr", "rPr", "sdtPr", "drawing", "pict", "object"))
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
_PICTURES = tuple(map(w, ("drawing", "pict", "object")))


class MarginNote(NamedTuple):
    """A comment. It stands at a story's paragraph, from one place of its words to another; `story` and `line` are None
    where it stands at none that is read. `date` is as Word writes it, "" for none."""

    author: str
    date: str
    text: str
    story: str | None
    line: int | None
    start: int = 0
    end: int = 0


class Stories:
    """The stories of a Word file, every tracked change of it as if accepted. Raises Rejected where it cannot be
    used."""

    def __init__(self, data: bytes, name: str) -> None:
        self.file = DocxFile(data, name)
        self.name, self._read = name, data
        self._refused: dict[str, tuple[str, ...]] = {}
        self.pending = sum(1 for _ in self.file.body.iter(*_CHANGES))
        if self.pending:
            self._refuse()
            settle(self.file.body)
            self.file.touch(self.file.main)
        self.tables = list(self.file.body.iter(TBL))
        self.paragraphs: dict[str, tuple[WordParagraph, ...]] = {}
        self._take(BODY, paragraph_elements(self.file.body))
        for number, table in enumerate(self.tables, 1):
            for name_, cell in cells(table, number):
                self._take(name_, paragraph_elements(cell))
        self.parts: dict[str, str] = {}
        for part, name_, note in self._notes():
            self.parts[name_] = part
            self._take(name_, paragraph_elements(note))

    def __reduce__(self) -> tuple[object, ...]:
        """How they go to another process: read there again."""
        return (Stories, (self._read, self.name))

    def _take(self, name: str, elements: Iterator[Element]) -> None:
        self.paragraphs[name] = tuple(read(element) for element in elements)

    def _notes(self) -> Iterator[tuple[str, str, Element]]:
        """The notes in the order they are referred to: their part, what their story is called, and their element."""
        for kind, tag, called in _NOTES:
            part = self.file.target(self.file.main, kind)
            if not part:
                continue
            root = self.file.tree(part)
            known = {note.get(w("id")): note for note in root.iterfind(w(tag))}
            referred = (r.get(w("id")) for r in self.file.body.iter(w(f"{tag}Reference")))
            for number, note in enumerate((known[i] for i in dict.fromkeys(referred) if i in known), 1):
                self._refused[f"{called}{number}"] = refused_words(note)
                settle(note)
                yield part, f"{called}{number}", note

    def _refuse(self) -> None:
        """Note the words of the body as if every tracked change were refused."""
        self._refused[BODY] = refused_words(self.file.body)
        for number, table in enumerate(self.file.body.iter(TBL), 1):
            for name, cell in cells(table, number):
                self._refused[name] = refused_words(cell)

    def words(self, name: str) -> tuple[str, ...]:
        """The paragraphs of a story, () where there is none."""
        return tuple(paragraph.text for paragraph in self.paragraphs.get(name, ()))

    def refused(self, name: str) -> tuple[str, ...]:
        """The same as if every tracked change were refused."""
        return self._refused[name] if name in self._refused else self.words(name)

    @cached_property
    def style_names(self) -> dict[str, str]:
        """The names of the styles by id."""
        return self.file.style_names

    @property
    def pictures(self) -> int:
        """How many pictures stand in the body."""
        return sum(1 for _ in self.file.body.iter(*_PICTURES))

    def story(self, name: str) -> SentStory:
        """A story as the text that goes out."""
        paragraphs = self.paragraphs[name]
        marks = _stretches(paragraphs)
        fixed = [*(a != b for a, b in pairwise(marks)), True]
        return SentStory(
            [
                SentLine(p.text, end, segment, tuple(_controls(p)), tuple(n for n in p.bookmarks if n.startswith(OURS)))
                for p, end, segment in zip(paragraphs, fixed, marks, strict=True)
            ]
        )

    def copy(self, name: str) -> list[CopyLine]:
        """A story as a copy of it."""
        paragraphs = self.paragraphs[name]
        return [
            CopyLine(
                p.text,
                self.style_names.get(p.style, ""),
                segment,
                tuple(n for n in p.bookmarks if n.startswith(OURS)),
            )
            for p, segment in zip(paragraphs, _stretches(paragraphs), strict=True)
        ]

    def remarks(self) -> list[MarginNote]:
        """The comments, in the order they are numbered."""
        part = self.file.target(self.file.main, "comments")
        if not part:
            return []
        places = self._marked()
        out = []
        for note in self.file.tree(part).iterfind(w("comment")):
            text = "\n".join("".join(t.text or "" for t in p.iter(T)) for p in note.iter(P)).strip()
            where = places.get(note.get(w("id"), ""))
            story, line, start, end = where if where else (None, None, 0, 0)
            out.append(MarginNote(note.get(w("author"), ""), note.get(w("date"), ""), text, story, line, start, end))
        return [remark for remark in out if remark.text]

    def _marked(self) -> dict[str, tuple[str, int, int, int]]:
        """Where the words stand that comments are on, by the comments' numbers; of those over several paragraphs what
        stands in the first."""
        out: dict[str, tuple[str, int, int, int]] = {}
        for name, paragraphs in self.paragraphs.items():
            if name in self.parts:
                continue
            for number, paragraph in enumerate(paragraphs):
                leaves = {}
                at = 0
                for piece in paragraph.pieces:
                    at = leaves[piece.leaf] = at + len(piece.text)
                here = 0
                for node in paragraph.element.iter():
                    here = leaves.get(node, here)
                    mark = node.get(w("id"), "") if isinstance(node.tag, str) else ""
                    if node.tag == w("commentRangeStart"):
                        out.setdefault(mark, (name, number, here, at))
                    elif node.tag == w("commentRangeEnd") and out.get(mark, ("", -1))[:2] == (name, number):
                        out[mark] = (*out[mark][:3], here)
                    elif node.tag == w("commentReference"):
                        out.setdefault(mark, (name, number, 0, at))
        return out


def _stretches(paragraphs: Sequence[WordParagraph]) -> list[int]:
    """Which paragraphs stand one behind the other with no table and no end of a section between them: the same number,
    counted from 0."""
    out: list[int] = []
    marks = segments(paragraphs)
    for number in range(len(paragraphs)):
        last = paragraphs[number - 1].element.find(f"{w('pPr')}/{w('sectPr')}") if number else None
        new = number and (marks[number] != marks[number - 1] or last is not None)
        out.append((out[-1] if out else 0) + bool(new))
    return out


def control_of(paragraph: WordParagraph, piece: Piece) -> Element | None:
    """The outermost control of a paragraph a piece of it stands in, None for none."""
    if piece.control is None:
        return None
    control = paragraph.controls[piece.control].element
    return [control, *takewhile(lambda above: above.tag == SDT, control.iterancestors(SDT, P))][-1]


def _controls(paragraph: WordParagraph) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that stand in a control, or in mathematics."""
    at = 0
    for apart, run in groupby(paragraph.pieces, lambda p: _apart(control_of(paragraph, p), p)):
        length = sum(len(piece.text) for piece in run)
        if apart is not None and length:
            yield at, at + length
        at += length


def _apart(control: Element | None, piece: Piece) -> Element | None:
    """What changes only as a whole and has a piece in it."""
    return control if control is not None or piece.run is not None else piece.leaf


def refused_words(container: Element) -> tuple[str, ...]:
    """The paragraphs of a body, a cell or a note as if every tracked change in it were refused."""
    out = []
    carried = ""
    for paragraph in paragraph_elements(container):
        carried += "".join(_refused_leaves(paragraph))
        if paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}") is None:
            out.append(carried)
            carried = ""
    return (*out, carried) if carried else tuple(out)


def _refused_leaves(parent: Element) -> Iterator[str]:
    for node in parent:
        if node.tag in _SKIPPED or not isinstance(node.tag, str):
            continue
        if node.tag in (T, w("delText")):
            yield node.text or ""
        elif node.tag == w("br"):
            yield "\n" if node.get(w("type"), "textWrapping") == "textWrapping" else ""
        elif node.tag in _LEAVES:
            yield _LEAVES[node.tag]
        else:
            yield from _refused_leaves(node)


def cells(table: Element, number: int) -> Iterator[tuple[str, Element]]:
    """The cells of a table and what their stories are called."""
    for row_number, row in enumerate(table.iterfind(w("tr")), 1):
        for column, cell in enumerate(row.iterfind(w("tc")), 1):
            yield f"表{number} 行{row_number} 列{column}", cell


def shape(table: Element) -> tuple[int, ...]:
    """How many cells each row of a table has."""
    return tuple(sum(1 for _ in row.iterfind(w("tc"))) for row in table.iterfind(w("tr")))


def words(table: Element) -> str:
    """What a table says, a line for each row."""

    def said(row: Element) -> str:
        return "　".join("".join(t.text or "" for t in cell.iter(T)) for cell in row.iterfind(w("tc")))

    return "\n".join(said(row) for row in table.iterfind(w("tr")))


def same_tables(sent: Stories, copy: Stories) -> dict[int, int]:
    """Which table of the text is which of a copy, counted from 0: by their words."""
    old, new = [words(table) for table in sent.tables], [words(table) for table in copy.tables]
    if len(old) == len(new):
        return {n: n for n in range(len(old))}
    return align(old, new)


def news(sent: Sequence[MarginNote], copy: Sequence[MarginNote]) -> list[MarginNote]:
    """The comments of a copy that the text did not have when it went out."""
    there = Counter((remark.author, remark.text) for remark in sent)
    out = []
    for remark in copy:
        if there[remark.author, remark.text]:
            there[remark.author, remark.text] -= 1
        else:
            out.append(remark)
    return out


def is_loose(sent: Sequence[SentLine], copy: Sequence[CopyLine]) -> bool:
    """Whether a copy was typed or converted anew, so that empty paragraphs, indents and line breaks in it tell nothing:
    most paragraphs that say the same differ in them, or it has lost our bookmarks and every empty paragraph."""
    names = {name for line in sent for name in line.names}
    empty = any(not line.text for line in sent) and all(line.text for line in copy)
    if empty and names and not names & {name for line in copy for name in line.names}:
        return True
    exact, bare = {line.text for line in copy}, {line.text.strip() for line in copy}
    told = [line.text for line in sent if line.text.strip()]
    alike = sum(text.strip() in bare for text in told)
    return 2 * sum(text in exact for text in told) < alike


def linked(places: Mapping[int, Sequence[tuple[int, int, int]]], remark: MarginNote) -> tuple[int, int] | None:
    """Where the words of a comment are in the text that went out: from one place to another; the nearest words, where
    they are not in it. None where nothing of the copy is."""
    assert remark.line is not None, "a comment that stands nowhere is not asked"
    found = [
        (place + max(low, remark.start) - low, place + min(high, remark.end) - low)
        for low, high, place in places.get(remark.line, ())
        if low < remark.end and remark.start < high
    ]
    if found:
        return min(start for start, _ in found), max(end for _, end in found)
    near = [
        (abs(line - remark.line), min(abs(low - remark.start), abs(high - remark.start)), place, low, high)
        for line, rows in places.items()
        for low, high, place in rows
        if line <= remark.line or line == min(places)
    ]
    if not near:
        return None
    _, _, place, low, high = min(near)
    length = high - low
    behind = min(places) <= remark.line and (remark.line not in places or high <= remark.start)
    return (place + length - 1, place + length) if behind else (place, place + 1)


