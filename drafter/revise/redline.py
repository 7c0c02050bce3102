"""A 花脸稿: a Word document with the difference from an older draft as tracked changes. Accepting all of them leaves the
document's words, refusing all gives the older draft's.

The document is somebody's own file and keeps its looks. Its words are made into the older ones with tracked changes,
and those are turned round: what was struck is then what was inserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, pairwise
from typing import NamedTuple

from drafter.analysis.compare import paired
from drafter.analysis.marked import opcodes
from drafter.speech.marks import mark_of
from drafter.speech.match import out_of_order
from drafter.word.document import DocxFile
from drafter.word.edit import Editor, StyleIds
from drafter.word.oxml import SDT, Element, P, R, T, copied, create, end_of, parent_name, take_out, unwrap, w
from drafter.word.runs import dress, run_of
from drafter.word.text import WordParagraph, paragraph_elements, read
from drafter.word.tokens import Token

_GONE = frozenset(w(n) for n in ("del", "moveFrom"))
_COME = frozenset(w(n) for n in ("ins", "moveTo"))

#: What tells how a document was changed, without being words of it.
_TOLD = tuple(
    w(n)
    for n in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange",
        "tcPrChange", "numberingChange", "cellIns", "cellMerge", "moveFromRangeStart", "moveFromRangeEnd",
        "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
        "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd",
        "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    )
)  # fmt: skip
_PROPERTIES = frozenset(w(n) for n in ("rPr", "trPr", "numPr", "tcPr"))

#: What wraps the runs of a paragraph.
_AROUND = frozenset(
    w(n) for n in ("hyperlink", "smartTag", "customXml", "bdo", "dir", "fldSimple", "sdt", "sdtContent")
)

#: What stands between paragraphs without parting them.
_BETWEEN = frozenset(
    w(n)
    for n in (
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
        "proofErr",
    )
)


class _Row(NamedTuple):
    """A paragraph of the 花脸稿: the number of that of the document, and of the older draft; None for none. `mark` is what
    becomes of its end: "ins", "del", or "" where it is in both. `same`: an empty one of the document that counts as no
    difference."""

    new: int | None
    old: int | None
    mark: str = ""
    same: bool = False

    @property
    def fresh(self) -> bool:
        """Whether only the document has it."""
        return self.old is None and not self.same


def words_of(data: bytes, name: str) -> tuple[str, ...]:
    """The paragraphs of a .docx as its reader sees them, tables apart. Raises Rejected."""
    file = DocxFile(data, name)
    settle(file.body)
    return tuple(read(element).text for element in paragraph_elements(file.body))


def tables_of(data: bytes, name: str) -> tuple[str, ...]:
    """The words of the tables of a .docx."""
    file = DocxFile(data, name)
    settle(file.body)
    return tuple("".join(t.text or "" for t in table.iter(T)) for table in file.body.iter(w("tbl")))


def redline(data: bytes, name: str, old: Sequence[str], now: datetime, loose: bool = False) -> bytes:
    """A .docx with the difference from older paragraphs as tracked changes, dated `now`. `loose`: the older ones are of
    a text, that has neither empty lines nor space around its paragraphs; those of the document are then no difference.
    Raises Rejected."""
    file = DocxFile(data, name)
    settle(file.body)
    there = [read(element) for element in paragraph_elements(file.body)]
    new = [paragraph.text for paragraph in there]
    if loose:
        old = [text for text in old if text.strip()]
    rows = _rows(new, old, segments(there), loose)
    editor = Editor(file, StyleIds({}, ""), {}, now, True)
    maker = _Maker(editor, there, old, _shapes(new), loose)
    last: Element | None = None
    for row in rows:
        last = maker.row(row, last)
    file.touch(file.main)
    return file.data(now)


# ── what is there already ──────────────────────────────────────────────────────────────────────────────────────────


def settle(body: Element) -> None:
    """Accept every tracked change of a body."""
    for told in list(body.iter(*_TOLD)):
        take_out(told)
    for cell in [cell for mark in body.iter(w("cellDel")) for cell in islice(mark.iterancestors(w("tc")), 1)]:
        take_out(cell)
    ended: list[Element] = []
    for change in list(body.iter(*_GONE, *_COME)):
        parent = change.getparent()
        if parent is None:
            continue
        gone = change.tag in _GONE
        if parent.tag in _PROPERTIES:
            parent.remove(change)
            if gone and parent.tag == w("trPr"):
                for row in islice(parent.iterancestors(w("tr")), 1):
                    take_out(row)
            elif gone and parent.tag == w("rPr") and parent_name(parent) == w("pPr"):
                ended += islice(parent.iterancestors(P), 1)
        elif gone:
            parent.remove(change)
        else:
            for child in list(change):
                change.addprevious(child)
            parent.remove(change)
    for paragraph in reversed(ended):
        _join(paragraph)


def _join(paragraph: Element) -> None:
    """Put what is left of a paragraph whose end is deleted into the next; where there is none, only an empty one
    goes."""
    following = paragraph.getnext()
    while following is not None and following.tag in _BETWEEN:
        following = following.getnext()
    content = [child for child in paragraph if child.tag != w("pPr")]
    if following is not None and following.tag == P:
        at = 1 if following.find(w("pPr")) is not None else 0
        for child in reversed(content):
            following.insert(at, child)
        take_out(paragraph)
    elif not content and following is not None:
        take_out(paragraph)


# ── which paragraph is which ───────────────────────────────────────────────────────────────────────────────────────


def segments(there: Sequence[WordParagraph]) -> list[int]:
    """Which paragraphs stand one behind the other, no table or the like between them: the same number."""
    out: list[int] = []
    last: Element | None = None
    for number, paragraph in enumerate(there):
        before = paragraph.element.getprevious()
        while before is not None and before.tag in _BETWEEN:
            before = before.getprevious()
        out.append(out[-1] if out and before is last else number)
        last = paragraph.element
    return out


def _rows(new: Sequence[str], old: Sequence[str], segments: Sequence[int], loose: bool) -> list[_Row]:
    """The paragraphs of the 花脸稿 in order."""
    kept = _kept(new, old, loose)
    rows: list[_Row] = []
    i = 0
    for j in range(len(new)):
        older = kept.get(j)
        if older is not None:
            # those the older draft has stand in front of those that are new
            at = len(rows)
            while at > 0 and rows[at - 1].old is None and older > i:
                at -= 1
            rows[at:at] = [_Row(None, n) for n in range(i, older)]
            i = older + 1
        rows.append(_Row(j, older, same=j in kept and older is None))
    at = len(rows)
    while at > 0 and rows[at - 1].fresh:
        at -= 1
    rows[at:at] = [_Row(None, n) for n in range(i, len(old))]
    return _with_marks(rows, segments)


def _kept(new: Sequence[str], old: Sequence[str], loose: bool) -> dict[int, int | None]:
    """Which paragraph of the document is which of the older draft, both in order; None for an empty one that counts as
    no difference."""
    told_new, told_old = [j for j, t in enumerate(new) if t.strip()], [i for i, t in enumerate(old) if t.strip()]
    pairs = paired([new[j].strip() for j in told_new], [old[i].strip() for i in told_old])
    order = [i for _, i in sorted(pairs.items())]
    strayed = out_of_order(order)
    kept = {told_new[j]: told_old[i] for j, i in pairs.items() if i not in strayed}
    if loose:
        return kept | {j: None for j, text in enumerate(new) if not text.strip()}
    edges = [(-1, -1), *sorted(kept.items()), (len(new), len(old))]
    for (j0, i0), (j1, i1) in pairwise(edges):
        blank = (i for i in range(i0 + 1, i1) if not old[i].strip())
        for j, i in zip((j for j in range(j0 + 1, j1) if not new[j].strip()), blank, strict=False):
            kept[j] = i
    return {**kept}


def _with_marks(rows: Sequence[_Row], segments: Sequence[int]) -> list[_Row]:
    """The rows with what becomes of their ends. The end of the last paragraph before a table, or of all, cannot go:
    there it is the end of the one before that does."""
    groups: list[list[_Row]] = []
    current: int | None = None
    for row in rows:
        segment = segments[row.new] if row.new is not None else current
        if not groups or (segment != current and not (current is None and all(r.new is None for r in groups[-1]))):
            groups.append([])
        current = segment
        groups[-1].append(row)
    return [row for group in groups for row in _ended(group)]


def _ended(group: Sequence[_Row]) -> Iterator[_Row]:
    rows = [row._replace(mark="ins" if row.fresh else "del" if row.new is None else "") for row in group]
    last = max((n for n, row in enumerate(rows) if not row.mark), default=None)
    tail = rows[0 if last is None else last + 1 :]
    if tail and len({row.mark for row in tail}) == 2:
        dropped = [row for row in tail if row.mark == "del"]
        fresh = [row for row in tail if row.mark == "ins"]
        rows = [*rows[: len(rows) - len(tail)], *dropped[:-1], *fresh[:-1], _Row(fresh[-1].new, dropped[-1].old)]
    elif tail and last is not None:
        rows[last] = rows[last]._replace(mark=tail[0].mark)
        rows[-1] = rows[-1]._replace(mark="")
    yield from rows


def _shapes(new: Sequence[str]) -> Mapping[tuple[str, bool], Sequence[int]]:
    out: dict[tuple[str, bool], list[int]] = {}
    for j, text in enumerate(new):
        if text.strip():
            out.setdefault(_shape(text), []).append(j)
    return out


def _shape(text: str) -> tuple[str, bool]:
    """What tells how a paragraph is set: its mark, and whether it is a line without a full stop."""
    mark = mark_of(text.strip())
    return mark.kind if mark else "", len(text) <= 40 and not text.endswith(("。", "；", "！"))


# ── making it ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Maker:
    """Carries out the rows in the document."""

    def __init__(
        self,
        editor: Editor,
        there: Sequence[WordParagraph],
        old: Sequence[str],
        shapes: Mapping[tuple[str, bool], Sequence[int]],
        loose: bool,
    ) -> None:
        self.editor = editor
        self.there = there
        self.old = old
        self.shapes = shapes
        self.loose = loose

    def row(self, row: _Row, last: Element | None) -> Element:
        """Do one row; returns the paragraph it is."""
        if row.new is not None:
            element = self.there[row.new].element
            if row.fresh:
                self.inserted(element)
            elif row.old is not None:
                self.reworded(self.there[row.new], self.old[row.old])
        else:
            assert row.old is not None, "a row is of the document or of the older draft"
            element = self.dropped(self.old[row.old], self.model(row.old, last))
            self.place(element, last)
        if row.mark:
            end_of(element).put_change(self.editor.changes.mark(row.mark))
        return element

    def place(self, element: Element, last: Element | None) -> None:
        """Put a paragraph behind the one before it, else before all."""
        if last is not None:
            last.addnext(element)
        elif self.there:
            self.there[0].element.addprevious(element)
        else:
            self.editor.file.body.insert(0, element)

    def inserted(self, element: Element) -> None:
        """Mark all that is in a paragraph as inserted."""
        _unwrap(element)
        for run in list(_runs(element)):
            change = self.editor.changes.mark("ins")
            run.addprevious(change)
            change.append(run)

    def model(self, old: int, last: Element | None) -> Element | None:
        """The paragraph of the document that one of the older draft is to look like."""
        alike = self.shapes.get(_shape(self.old[old]), ())
        if not alike:
            return last if last is not None else self.there[0].element if self.there else None
        at = old * len(self.there) // max(1, len(self.old))
        return self.there[min(alike, key=lambda j: abs(j - at))].element

    def dropped(self, text: str, model: Element | None) -> Element:
        """A paragraph that only the older draft has."""
        element = create("p")
        properties = model.find(w("pPr")) if model is not None else None
        if properties is not None:
            kept = copied(properties)
            for special in list(kept.iterchildren(w("sectPr"), w("numPr"), w("rPr"))):
                take_out(special)
            element.append(kept)
        if text:
            looks = (
                next((run.find(w("rPr")) for run in reversed(list(_all_runs(model))) if run.find(T) is not None), None)
                if model is not None
                else None
            )
            element.append(self.struck(text, looks))
        return element

    def struck(self, text: str, looks: Element | None) -> Element:
        """Words that are gone."""
        run = run_of(text)
        dress(run, "", looks, set())
        change = self.editor.changes.mark("del")
        change.append(run)
        _say_gone(run)
        return change

    def reworded(self, paragraph: WordParagraph, old: str) -> None:
        """Mark the difference between a paragraph and what it was."""
        text = paragraph.text
        if self.loose:
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            old = text[:start] + old.strip() + text[end:] if start < end else old
        if text == old:
            return
        element = paragraph.element
        _unwrap(element)
        known = set(_all_runs(element))
        if any(
            piece.run is None or piece.run not in known for piece in paragraph.pieces
        ):  # mathematics, and readings above 汉字
            looks = next((run.find(w("rPr")) for run in known), None)
            self.inserted(element)
            element.insert(1 if element.find(w("pPr")) is not None else 0, self.struck(old, looks))
            return
        bare = paragraph._replace(pieces=tuple(piece._replace(control=None) for piece in paragraph.pieces), controls=())
        self.editor.rewrite(bare, (Token(text),), (Token(old),) if old else (), opcodes)
        _turn_round(element)


def _unwrap(element: Element) -> None:
    """Make plain words of the controls of a paragraph: what is tracked in a bound one Word forgets."""
    for control in list(element.iter(SDT)):
        if any(a.tag == R for a in control.iterancestors()):
            continue  # in a text box
        unwrap(control)


def _all_runs(element: Element) -> Iterator[Element]:
    """The runs of a paragraph; not those in its text boxes."""
    for child in element:
        if child.tag == R:
            yield child
        elif child.tag in _AROUND or child.tag in (w("ins"), w("del")):
            yield from _all_runs(child)


def _runs(element: Element) -> Iterator[Element]:
    """What of a paragraph can be inserted: its runs and mathematics."""
    for child in element:
        if child.tag == R or (isinstance(child.tag, str) and child.tag.endswith(("}oMath", "}oMathPara"))):
            yield child
        elif child.tag in _AROUND:
            yield from _runs(child)


def _turn_round(element: Element) -> None:
    """Make deletions insertions and the other way round; what is gone stands in front of what has come."""
    changes = [c for run in _all_runs(element) if (c := run.getparent()) is not None and c.tag in (w("ins"), w("del"))]
    for change in dict.fromkeys(changes):
        if change.tag == w("ins"):
            change.tag = w("del")
            for run in change.iter(R):
                _say_gone(run)
        else:
            change.tag = w("ins")
            for leaf in change.iter(w("delText")):
                leaf.tag = T
    for change in dict.fromkeys(changes):
        if change.tag == w("del"):
            before = change.getprevious()
            while before is not None and before.tag == w("ins"):
                before.addprevious(change)
                before = change.getprevious()


def _say_gone(run: Element) -> None:
    for leaf in run.findall(T):
        leaf.tag = w("delText")
        leaf.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
