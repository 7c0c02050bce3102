"""What several copies wish of one text, put into it as tracked changes by their authors. Accepting those of one author
gives that author's wording, refusing all gives the text that went out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import groupby, takewhile
from types import MappingProxyType
from typing import NamedTuple

from drafter.analysis.compare import paired
from drafter.readers.open import read_word
from drafter.revise import returned, wishes
from drafter.revise.returned import BODY, MarginNote, Stories
from drafter.revise.wishes import END, CopyLine, Edit, SentStory, Way, Wished
from drafter.speech.draft import plain
from drafter.speech.recognise import recognise
from drafter.word.changes import AUTHOR, COME, GONE, TrackedChanges, words_of
from drafter.word.clean import accept_revisions
from drafter.word.comments import comment_around, comment_on
from drafter.word.ledger import Ledger, put_ledger
from drafter.word.markers import STARTS, behind_starts, strike
from drafter.word.moving import moved
from drafter.word.oxml import CONTENT, Element, P, R, T, copied, create, end_of, properties_of, take_out, w
from drafter.word.runs import dress, first_leaf, run_of, split, split_behind
from drafter.word.text import WordParagraph, read

#: Letters of a wording that a comment quotes.
_QUOTED = 60

#: What parts the names of several authors, and how long an author may be.
JOINER = "、"
_AUTHOR = 250


class Copy(NamedTuple):
    """A copy that came back: who from, and what it says. Of one that is no Word file `word` is None and `lines` are its
    paragraphs."""

    name: str
    word: Stories | None
    lines: tuple[CopyLine, ...] = ()


class Beside(NamedTuple):
    """A copy beside the text: what it changes in each story, the comments that are new in it, each with where it stands
    in the text (None where that cannot be told), what could not be marked, and the share of the text that is in it."""

    name: str
    edits: Mapping[str, tuple[Edit, ...]]
    remarks: tuple[tuple[MarginNote, str, tuple[int, int] | None], ...]
    left: tuple[str, ...]
    alike: float

    @property
    def silent(self) -> bool:
        """Whether it wishes nothing."""
        return not (self.remarks or self.left or any(self.edits.values()))


class Gathered(NamedTuple):
    """What is wished of a text: of each story the changes, and the copies beside it."""

    sent: Stories
    stories: Mapping[str, SentStory]
    changes: Mapping[str, tuple[Wished, ...]]
    copies: tuple[Beside, ...]
    title: str

    def names(self, by: Iterable[int]) -> str:
        """The names of some copies, as they sign; Word takes 255 characters (ISO/IEC 29500-1, 22.9.2.13)."""
        names = [self.copies[number].name for number in by]
        said = JOINER.join(names)
        return said if len(said) <= _AUTHOR else f"{names[0][: _AUTHOR - 10]}等 {len(names)} 家"


# ── side by side ───────────────────────────────────────────────────────────────────────────────────────────────────


def gather(sent: Stories, copies: Sequence[Copy]) -> Gathered:
    """The copies beside the text that went out."""
    stories = {name: sent.story(name) for name in sent.paragraphs}
    before = sent.remarks()
    beside = [_beside(sent, stories, copy, before) for copy in copies]
    changes = {
        name: wishes.changes(story, {n: row.edits[name] for n, row in enumerate(beside) if row.edits.get(name)})
        for name, story in stories.items()
    }
    return Gathered(sent, stories, {name: rows for name, rows in changes.items() if rows}, tuple(beside), _title(sent))


def _beside(sent: Stories, stories: Mapping[str, SentStory], copy: Copy, before: Sequence[MarginNote]) -> Beside:
    if copy.word is None:
        beyond = _beyond_body(sent)
        lines = [line for line in copy.lines if line.text.strip() and _bare(line.text) not in beyond]
        found = wishes.differences(stories[BODY], lines, loose=True)
        return Beside(copy.name, {BODY: found.edits}, (), (), found.alike)
    loose = returned.is_loose(stories[BODY].lines, copy.word.copy(BODY))
    matched, left = _matched(sent, copy.word)
    founds = {}
    for name, other in matched.items():
        founds[name] = wishes.differences(stories[name], copy.word.copy(other), loose and name == BODY)
    places = {matched[name]: (name, found) for name, found in founds.items()}
    remarks = []
    for remark in returned.news(before, copy.word.remarks()):
        story, where = BODY, None
        if remark.story in places:
            story, found = places[remark.story]
            where = returned.linked(found.places, remark)
        remarks.append((remark, story, where))
    edits = {name: found.edits for name, found in founds.items() if found.edits}
    return Beside(copy.name, edits, tuple(remarks), tuple(left), founds[BODY].alike)


def _beyond_body(sent: Stories) -> frozenset[str]:
    """What a line of a text may say that stands in no paragraph of the body: rows of tables, cells (LibreOffice writes
    one a line), notes; without blanks."""
    rows = [row for table in sent.tables for row in table.iterfind(w("tr"))]
    tables = ["".join(t.text or "" for t in part.iter(T)) for row in rows for part in (row, *row.iterfind(w("tc")))]
    notes = [paragraph.text for name in sent.parts for paragraph in sent.paragraphs.get(name, ())]
    return frozenset(_bare(text) for text in (*tables, *notes)) - {_bare(p.text) for p in sent.paragraphs[BODY]}


def _bare(text: str) -> str:
    return "".join(text.replace("|", "").split())


def _matched(sent: Stories, copy: Stories) -> tuple[dict[str, str], list[str]]:
    """Which story of the text is which of a copy, and what of the copy has no story to be marked in, in words."""
    out = {BODY: BODY}
    left = []
    pairs = returned.same_tables(sent, copy)
    for i, table in enumerate(sent.tables):
        j = pairs.get(i)
        if j is None:
            left.append(f"删去第 {i + 1} 个表格")
        elif returned.shape(table) == returned.shape(copy.tables[j]):
            mine, other = (returned.cells(t, n + 1) for t, n in ((table, i), (copy.tables[j], j)))
            out |= {a: b for (a, _), (b, _) in zip(mine, other, strict=True)}
        elif returned.words(table) != returned.words(copy.tables[j]):
            left.append(f"第 {i + 1} 个表格改了行列，改成：\n{returned.words(copy.tables[j])}")
    for j in sorted(set(range(len(copy.tables))) - set(pairs.values())):
        left.append(f"增加一个表格：\n{returned.words(copy.tables[j])}")
    notes, others = ([name for name in one.paragraphs if name in one.parts] for one in (sent, copy))
    said, heard = ([_said(one, name) for name in names] for one, names in ((sent, notes), (copy, others)))
    same = paired(said, heard)
    lone = [i for i in range(len(said)) if i not in same], sorted(set(range(len(heard))) - set(same.values()))
    if len(lone[0]) == len(lone[1]):  # reworded all through
        same |= dict(zip(*lone, strict=True))
    out |= {notes[i]: others[j] for i, j in same.items()}
    left += [f"删去{notes[i]}：{said[i]}" for i in range(len(notes)) if i not in same]
    left += [f"增加{others[j]}：{heard[j]}" for j in sorted(set(range(len(others))) - set(same.values()))]
    if copy.pictures > sent.pictures:
        left.append(f"增加图片 {copy.pictures - sent.pictures} 张（没有并进来，请到该单位的来稿里看）")
    return out, left


def _title(sent: Stories) -> str:
    """The title of the text, "" where it has none."""
    reading = read_word(sent.file)
    title = plain(recognise(reading.blocks, reading.hints).title)
    return "".join(title.split())


def _said(stories: Stories, name: str) -> str:
    return "\n".join(p.text for p in stories.paragraphs[name]).strip()


# ── into the text ──────────────────────────────────────────────────────────────────────────────────────────────────


#: What was decided of a wish before it is written: the story, the number of the change, that of the wording → whether it
#: is adopted.
Decided = Mapping[tuple[str, int, int], bool]

#: Who signs what is adopted, as long as it takes to accept it.
_ADOPTED = "\u2063采纳"


def marked(gathered: Gathered, ledger: Ledger, now: datetime, decided: Decided = MappingProxyType({})) -> bytes:
    """The text with every wish as a tracked change by its author, and the comments of all; the ledger travels in it. What
    was `decided` on is no change any more: adopted, it stands in the text; refused, it does not. Of the wordings of one
    change one alone can be adopted, and the others are refused by that."""
    file = gathered.sent.file
    put_ledger(file, ledger)
    changes = TrackedChanges(file, now, True)
    stamp = changes.stamp
    for row in gathered.copies:
        for remark, name, where in row.remarks:
            _remarked(gathered, row.name, remark, name, where, stamp)
        for words in row.left:
            _noted(gathered, f"{row.name}：{words}", row.name, stamp)
    notes: list[tuple[list[Element], Element, str]] = []
    for name, rows in gathered.changes.items():
        paragraphs = [read(p.element) for p in gathered.sent.paragraphs[name]]
        marking = _Marking(changes, gathered, name, paragraphs)
        for number, change in reversed(list(enumerate(rows))):
            says = [decided.get((name, number, k)) for k in range(len(change.ways))]
            if all(said is False for said in says):
                continue
            touched = marking.change(number, change, says)
            told = _told(gathered, name, change) if not any(said is not None for said in says) else ""
            if told:
                notes.append((touched, marking.paragraph_at(change), told))
        file.touch(gathered.sent.parts.get(name, file.main))
    for touched, paragraph, told in reversed(notes):
        within = [element for element in touched if element.getparent() is not None]
        if any(above.tag in (w("footnote"), w("endnote")) for above in paragraph.iterancestors()):
            _noted(gathered, told, AUTHOR, stamp)
        elif within:
            comment_around(within[0], within[-1], told, file, stamp)
        else:
            comment_on(paragraph, told, file, stamp)
    file.touch(file.main)
    if any(decided.values()):
        accept_revisions(file, _ADOPTED)
    return file.data(now)


def _told(gathered: Gathered, name: str, change: Wished) -> str:
    """What drafter remarks on a change: that several wish it, or that wishes touch each other; "" for nothing."""
    if len(change.ways) == 1:
        by = change.ways[0].by
        return f"{gathered.names(by)}意见相同。" if len(by) > 1 else ""
    gone = ["移到别处" if moved_to(gathered, name, change, way) is not None else "删去" for way in change.ways]
    rows = [
        f"{gathered.names(way.by)}：{quoted(way.text) or words}" for way, words in zip(change.ways, gone, strict=True)
    ]
    old = quoted(gathered.stories[name].text[change.start : change.end])
    head = f"这一处几家的意见碰在一起，并排放着，接受一家的，别家的就拒绝。原文：{old}" if old else "这一处几家都要加，并排放着。"
    return "\n".join([head, *rows])


def moved_to(gathered: Gathered, name: str, change: Wished, way: Way) -> Edit | None:
    """The other half of the move by which a wording takes a paragraph away that others reword where it was; None for any
    other wording."""
    edits = gathered.copies[way.by[0]].edits[name]
    gone = (change.start, change.end, "")
    twins = [edit.twin for edit in edits if edit[:3] == gone and edit.twin is not None]
    return edits[twins[0]] if twins and not way.text else None


def quoted(text: str) -> str:
    """Words as they are quoted, “…”; "" for none."""
    said = text.strip(END).replace(END, "⏎").replace("\n", "")
    return f"“{said if len(said) <= _QUOTED else said[: _QUOTED - 1] + '…'}”" if said else ""


def _remarked(
    gathered: Gathered, author: str, remark: MarginNote, name: str, where: tuple[int, int] | None, stamp: str
) -> None:
    """Put a comment of a copy where it stood; on the first paragraph where that cannot be told."""
    story, paragraphs = gathered.stories[name], gathered.sent.paragraphs[name]
    signed = signature(author, remark)
    if where is None or not paragraphs:
        _noted(gathered, remark.text, signed, remark.date or stamp)
        return
    line = story.line_at(where[0])
    start = where[0] - story.starts[line]
    end = min(where[1] - story.starts[line], len(story.lines[line].text))
    words = (start, end) if start < end else None
    comment_on(paragraphs[line].element, remark.text, gathered.sent.file, remark.date or stamp, words, signed)


def signature(name: str, remark: MarginNote) -> str:
    """Who signs a comment: the copy, and the person where that is somebody else."""
    person = remark.author.strip()
    if not person or person in name or person == AUTHOR:
        return name
    return person if name in person else f"{name}（{person}）"


def _noted(gathered: Gathered, text: str, author: str, stamp: str) -> None:
    """A comment on the first paragraph that says anything."""
    paragraphs = gathered.sent.paragraphs[BODY]
    first = next((p for p in paragraphs if p.text.strip()), paragraphs[0] if paragraphs else None)
    if first is not None:
        comment_on(first.element, text, gathered.sent.file, stamp, None, author)


class _Spot(NamedTuple):
    """Where a letter stands: in the `leaf` of a run, at an offset; or in a control. Both None in mathematics."""

    run: Element | None
    leaf: Element
    offset: int
    control: Element | None


class _Point(NamedTuple):
    """A place between two elements: in `parent`, in front of `behind`, which is None at its end."""

    parent: Element
    behind: Element | None


class _Marking:
    """The changes of one story on their way into its paragraphs, the last first: what stands in front is then as it was
    read. `heads` and `tails` are the elements in which a paragraph begins and ends."""

    def __init__(
        self, changes: TrackedChanges, gathered: Gathered, name: str, paragraphs: Sequence[WordParagraph]
    ) -> None:
        self.changes = changes
        self.gathered = gathered
        self.name = name
        self.moving = False
        self.story = gathered.stories[name]
        self.heads = [p.element for p in paragraphs]
        self.tails = [p.element for p in paragraphs]
        self.spots = [list(_spots(p)) for p in paragraphs]
        self.styles = {name: i for i, name in reversed(list(gathered.sent.style_names.items()))}
        # made before anything is struck: what moves comes again as it was
        rows = gathered.changes[name]
        self.made = [[self._pieces(way, change) for way in change.ways] for change in rows]
        self.touched: list[Element] = []
        self.half: dict[int, Element] = {}  # of moves, the paragraph of the half that has been marked

    def paragraph_at(self, change: Wished) -> Element:
        """The paragraph a change begins in."""
        return self.heads[self.story.line_at(change.start)]

    def change(self, number: int, change: Wished, says: Sequence[bool | None]) -> list[Element]:
        """Mark a change, the one of a number, whose wordings are adopted (True), refused (False), or still to be decided on;
        the elements that were marked, in order."""
        self.moving = self._moves(change)
        line, at, point = self._point(change)
        self.touched = []
        settled = any(says)
        if change.start < change.end:
            open_ = [k for way, said in zip(change.ways, says, strict=True) if said is None for k in way.by]
            self.changes.author = _ADOPTED if settled else self.gathered.names(sorted(set(open_)))
            self._strike(change.start, change.end)
        before = self.heads[line].getprevious()
        for way, pieces, said in zip(change.ways, self.made[number], says, strict=True):
            if said is False or (settled and not said):
                continue
            self.changes.author = _ADOPTED if said else self.gathered.names(way.by)
            point = self._insert(way, pieces, line, at, point)
        if at == 0:  # what comes in front of this, comes in front of the paragraphs that have come
            self.heads[line] = _next(self.heads[line], before)
        if self.moving:
            here = self.heads[line] if change.start == change.end else self.tails[self.story.line_at(change.start)]
            there = self.half.pop(number, None)
            if there is None:
                assert change.twin is not None, "it moves"
                self.half[change.twin] = here
            else:
                old, new = (there, here) if change.start == change.end else (here, there)
                moved(old, new, self.changes)
        return self.touched

    def _moves(self, change: Wished) -> bool:
        """Whether a change is half of a move that is marked as one: of a paragraph that comes and goes as it is,
        without controls."""
        if change.twin is None:
            return False
        rows = self.gathered.changes[self.name]
        gone, come = (change, rows[change.twin]) if change.start < change.end else (rows[change.twin], change)
        spots = self.spots[self.story.line_at(gone.start)]
        whole = gone.end in self.story.beginnings and come.ways[0].text == self.story.text[gone.start : gone.end]
        return whole and come.start in self.story.beginnings and all(spot.control is None for spot in spots)

    # ── what goes ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _strike(self, start: int, end: int) -> None:
        """Mark what stands between two places of the story as deleted."""
        story = self.story
        for number in range(story.line_at(start), story.line_at(end - 1) + 1):
            low = max(start - story.starts[number], 0)
            high = min(end - story.starts[number], len(story.lines[number].text))
            whole = start <= story.starts[number] and story.starts[number + 1] <= end
            self._strike_words(self.spots[number][low:high])
            if whole:
                for run in [run for run in words_of(self.tails[number]) if not _within(run)]:
                    self._struck(run)
                strike(self.tails[number])
            if end > story.end_of(number):
                end_of(self.tails[number]).put_change(self.changes.mark("del"))

    def _strike_words(self, spots: Sequence[_Spot]) -> None:
        for group in reversed(_stretches(spots)):
            run, leaf, _, control = group[0]
            if control is not None:
                self.changes.strike_control(control)
                self.touched[:0] = self.changes.edges(control)
                continue
            if run is not None:
                self._struck(_cut(run, leaf, group[0].offset, group[-1].offset + 1), first=True)

    def _struck(self, run: Element, first: bool = False) -> None:
        self.changes.strike_run(run, "moveFrom" if self.moving else "del")
        if run.getparent() is not None:
            self.touched.insert(0 if first else len(self.touched), self._around(run))

    @staticmethod
    def _around(run: Element) -> Element:
        """The change around a run."""
        changes = takewhile(lambda above: above.tag in GONE or above.tag in COME, run.iterancestors())
        return ([run, *changes])[-1]

    # ── what comes ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _point(self, change: Wished) -> tuple[int, int, _Point]:
        """Where what comes stands: the paragraph, the offset in it, and the place between its elements."""
        story = self.story
        number = story.line_at(change.end)
        at = change.end - story.starts[number]
        if at == 0:
            head = self.heads[number]
            start = behind_starts(head)
            return number, at, _Point(head, head[start] if start < len(head) else None)
        spot = self.spots[number][at - 1]
        if spot.control is not None:
            return number, at, _behind(self.changes.edges(spot.control)[1])
        if spot.run is None:
            return number, at, _behind(spot.leaf)
        split_behind(spot.run, spot.leaf, spot.offset + 1)
        return number, at, _behind(spot.run)

    def _insert(
        self, way: Way, pieces: Sequence[tuple[str, Sequence[Element]]], line: int, at: int, point: _Point
    ) -> _Point:
        """Put a wording at a place; returns the place behind it."""
        rows: list[list[Element]] = [[]]
        for text, elements in pieces:
            if text == END:
                rows.append([])
            else:
                rows[-1] += elements
        for elements, set_as in zip(rows[:-1], way.sets, strict=True):
            if at == 0:
                paragraph = self._paragraph(set_as, line)
                self.heads[line].addprevious(paragraph)
            else:
                paragraph, point = self._parted(line, point)
            for element in elements:
                paragraph.extend(self._come(element))
            end_of(paragraph).put_change(self.changes.mark("ins"))
        for element in rows[-1]:
            for come in self._come(element):
                if point.behind is not None:
                    point.behind.addprevious(come)
                else:
                    point.parent.append(come)
        return point

    def _come(self, element: Element) -> tuple[Element, ...]:
        """An element as what stands for it, inserted."""
        come = self.changes.inserted(element)
        if self.moving and come[0].tag == w("ins"):
            come[0].tag = w("moveTo")
        self.touched += (come[0], come[-1])
        return come

    def _parted(self, line: int, point: _Point) -> tuple[Element, _Point]:
        """Part a paragraph in two: what stands in front of a place goes into a new one in front of it, the first of
        what is returned; the second is the place in the other."""
        parent, behind = point
        while parent.tag != P:
            above = parent.getparent()
            assert above is not None, "words stand in paragraphs"
            parent, behind = above, parent.getnext()
        front = _set_as(parent)
        for child in list(parent):
            if child is behind:
                break
            if child.tag != w("pPr"):
                front.append(child)
        parent.addprevious(front)
        if self.heads[line] is parent:
            self.heads[line] = front
        return front, _Point(parent, behind)

    def _paragraph(self, set_as: wishes.Set, line: int) -> Element:
        """A new paragraph, set as another of the text, or in a style; where the text has no such style, as its
        neighbours."""
        if isinstance(set_as, int):
            return _set_as(self.tails[set_as])
        style = self.styles.get(set_as) if set_as else None
        model = self._model(line, style)
        paragraph = _set_as(model)
        if style is not None:
            properties_of(paragraph).get_or_add("pStyle").set(w("val"), style)
        return paragraph

    def _model(self, line: int, style: str | None) -> Element:
        """The paragraph a new one in front of another is set like: one of the style, else the one before it."""
        numbers = sorted(range(len(self.tails)), key=lambda n: (abs(n - line), n))
        for number in numbers if style is not None else ():
            if _style(self.tails[number]) == style:
                return self.tails[number]
        return self.tails[max(line - 1, 0)]

    # ── wordings as elements ───────────────────────────────────────────────────────────────────────────────────────

    def _pieces(self, way: Way, change: Wished) -> list[tuple[str, list[Element]]]:
        """A wording as elements, made before anything is struck: ("\\x1e", []) for each end of a paragraph."""
        out: list[tuple[str, list[Element]]] = []
        at = change.start
        for piece in way.pieces:
            if piece.source is not None:
                at = piece.source
            for letter, group in groupby(piece.text, lambda letter: letter == END):
                text = "".join(group)
                if letter:
                    out += [(END, [])] * len(text)
                elif piece.source is not None:
                    out.append((text, list(self._again(at, at + len(text)))))
                else:
                    out.append((text, [self._new(text, change, way, piece.blank)]))
                at += len(text) if piece.source is not None else 0
        return out

    def _again(self, start: int, end: int) -> Iterator[Element]:
        """The words of a stretch once more, in their looks."""
        number = self.story.line_at(start)
        first = self.story.starts[number]
        spots = self.spots[number][start - first : end - first]
        text = self.story.text[start:end]
        at = 0
        for group in _stretches(spots):
            run, _, _, control = group[0]
            said = text[at : at + len(group)]
            at += len(group)
            if control is not None:
                yield self._control(control, None)
                continue
            made = run_of(said)
            dress(made, "", run.find(w("rPr")) if run is not None else None, set())
            yield made

    def _new(self, text: str, change: Wished, way: Way, blank: int | None) -> Element:
        """New words, set as those they replace, else as those before them; as the answer of a blank where they take
        all of its place."""
        number = self.story.line_at(change.start)
        first = self.story.starts[number]
        spots = self.spots[number]
        offset = change.start - first
        control = self._control_at(blank) if blank is not None else None
        if control is not None:
            return self._control(control, text)
        run = run_of(text)
        dress(run, "", self._looks(change, way, spots, offset, number), set())
        return run

    def _control_at(self, place: int) -> Element | None:
        """The control that stands at a place of the story."""
        number = self.story.line_at(place)
        return self.spots[number][place - self.story.starts[number]].control

    def _looks(
        self, change: Wished, way: Way, spots: Sequence[_Spot], offset: int, number: int
    ) -> Element | None:
        """The looks of new words."""
        set_as = way.sets[0] if way.sets else 0
        if change.start == change.end and isinstance(set_as, str):  # a new paragraph: as the last words of its model
            runs = words_of(self._model(number, self.styles.get(set_as)))
            return next((run.find(w("rPr")) for run in reversed(runs) if run.find(T) is not None), None)
        near = [*spots[offset : offset + 1], *reversed(spots[:offset]), *spots[offset + 1 :]]
        if change.start == change.end or offset >= len(spots):
            near = [*reversed(spots[:offset]), *spots[offset:]]
        return next((spot.run.find(w("rPr")) for spot in near if spot.run is not None and spot.control is None), None)

    def _control(self, control: Element, text: str | None) -> Element:
        """A control once more; with other words it is bound to nothing, for Word would fill it from the store with the
        words that went out. `update` knows it by its tag."""
        made = copied(control)
        for marker in list(made.iter(*STARTS, *STARTS.values(), w("commentReference"))):
            take_out(marker)
        for number in made.iter(w("id")):
            if number.getparent() is not None and number.getparent().tag == w("sdtPr"):  # type: ignore[union-attr]
                number.set(w("val"), str(self.changes.next_id()))
        if text is None:
            return made
        for told in list(made.iter(w("dataBinding"), w("showingPlcHdr"))):
            take_out(told)
        content = made.find(CONTENT)
        assert content is not None, "a control that says anything has content"
        looks = next((run.find(w("rPr")) for run in content.iter(R)), None)
        typed = made.find(f"{w('sdtPr')}/{w('rPr')}/{w('rStyle')}")
        run = run_of(text)
        prompting = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None
        kept = deepcopy(looks) if looks is not None else None
        if kept is not None and prompting:
            for style in list(kept.iterchildren(w("rStyle"))):
                take_out(style)
        dress(run, typed.get(w("val"), "") if typed is not None else "", kept, set())
        for child in list(content):
            content.remove(child)
        content.append(run)
        return made


def _spots(paragraph: WordParagraph) -> Iterator[_Spot]:
    for piece in paragraph.pieces:
        control = returned.control_of(paragraph, piece)
        for offset in range(len(piece.text)):
            yield _Spot(piece.run, piece.leaf, offset, control)


def _stretches(spots: Sequence[_Spot]) -> list[list[_Spot]]:
    """Letters in a row that stand in one leaf or control, together."""
    out: list[list[_Spot]] = []
    for spot in spots:
        last = out[-1][-1] if out else None
        in_control = spot.control is not None
        same = last is not None and (last.control is spot.control if in_control else last.leaf is spot.leaf)
        if same:
            out[-1].append(spot)
        else:
            out.append([spot])
    return out


def _behind(element: Element) -> _Point:
    parent = element.getparent()
    assert parent is not None, "it stands in a paragraph"
    return _Point(parent, element.getnext())


def _next(head: Element, before: Element | None) -> Element:
    """The first of the elements in front of a paragraph that stand behind another; of all, where that is None."""
    for element in head.itersiblings(preceding=True):
        if element is before:
            break
        head = element
    return head


def _within(run: Element) -> bool:
    """Whether a run is in a tracked change, or in a text box of another run."""
    return any(above.tag in GONE or above.tag in COME or above.tag == R for above in run.iterancestors())


def _cut(run: Element, leaf: Element, low: int, high: int) -> Element:
    """The part of a run that has the letters of a leaf from `low` to `high`, cut out of it."""
    split_behind(run, leaf, high)
    if leaf.tag == T:
        return split(run, leaf, low) if low > 0 or first_leaf(run) is not leaf else run
    return split(run, leaf, 0) if first_leaf(run) is not leaf else run


def _set_as(model: Element) -> Element:
    """An empty paragraph set as another."""
    paragraph = create("p")
    properties = model.find(w("pPr"))
    if properties is not None:
        kept = copied(properties)
        for special in list(kept.iterchildren(w("sectPr"), w("pPrChange"))):
            take_out(special)
        for looks in kept.iterchildren(w("rPr")):
            for change in list(looks.iterchildren(w("ins"), w("del"), w("moveFrom"), w("moveTo"))):
                take_out(change)
        paragraph.append(kept)
    return paragraph


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return style.get(w("val"), "") if style is not None else ""


