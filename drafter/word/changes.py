"""Tracked changes: words marked as inserted or deleted, under a name, at a time.

They are written as Word writes them and as LibreOffice, Aspose, Spire and SuperDoc accept and refuse them alike (tried
with LibreOffice 7.4, Aspose.Words 26.10, Spire.Doc 14.9, SuperDoc 2.23): the words of a control are marked inside it,
its beginning and its end by a customXml range each. Until somebody has decided, a control is one of rich text and bound
to nothing: Word fills a bound one anew from the store and forgets what is tracked inside, LibreOffice does so with one
of plain text.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime

from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.markup import AUTHOR as AUTHOR
from drafter.word.markup import INITIALS as INITIALS
from drafter.word.markup import stamp_of
from drafter.word.oxml import (
    CONTENT,
    SDT,
    SPACE,
    Element,
    P,
    R,
    T,
    create,
    end_of,
    full_name,
    properties_of,
    take_out,
    w,
)
from drafter.word.runs import drop_text

#: What tracked changes of words stand in.
COME = frozenset((w("ins"), w("moveTo")))
GONE = frozenset((w("del"), w("moveFrom")))

#: The ranges that say that a control was inserted or deleted.
CONTROL_RANGES = tuple(w(f"customXml{kind}Range{end}") for kind in ("Ins", "Del") for end in ("Start", "End"))

#: What a control says of its kind that is fit only for one nobody has to decide on.
_PLAIN_KIND = (w("dataBinding"), w("text"))


class TrackedChanges:
    """Those drafter makes in one document, dated `now`. Where they are not `on`, words are changed at once; the numbers
    are given out all the same. `author` signs those that are made from now on."""

    def __init__(self, file: DocxFile, now: datetime, on: bool, author: str = AUTHOR) -> None:
        self.on = on
        self.author = author
        self.stamp = stamp_of(now)
        self._last = _largest_id(file)

    def next_id(self, count: int = 1) -> int:
        """A number no bookmark, control, comment or change of the document has; the first of so many in a row."""
        first = self._last + 1
        self._last += count
        return first

    def mark(self, kind: str) -> Element:
        """A w:ins or w:del, with nothing in it."""
        return create(kind, {"id": str(self.next_id()), "author": self.author, "date": self.stamp})

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def inserted(self, element: Element) -> tuple[Element, ...]:
        """A run or control as what stands for it, in order: where changes are tracked, as inserted."""
        if not self.on:
            return (element,)
        if element.tag == SDT:
            for run in words_of(element):
                self.enclose(run, "ins")
            return self._bounded(element, "Ins")
        change = self.mark("ins")
        change.append(element)
        return (change,)

    def enclose(self, run: Element, kind: str) -> None:
        """Put a run where it stands into a w:ins, w:del, w:moveFrom or w:moveTo."""
        change = self.mark(kind)
        run.addprevious(change)
        change.append(run)

    def strike_control(self, control: Element) -> Element | None:
        """A control marked as deleted, with its words; one that was inserted by the same author, and nobody has
        accepted, is taken out. Returns what stands behind it."""
        if self.pending(control):
            first, last = self.edges(control)
            behind = last.getnext()
            for element in dict.fromkeys((first, control, last)):
                take_out(element)
            return behind
        before, _, after = self._bounded(control, "Del")
        control.addprevious(before)
        control.addnext(after)
        for run in words_of(control):
            self.strike_run(run)
        return after.getnext()

    def strike_run(self, run: Element, kind: str = "del") -> None:
        """A run marked as deleted. One that is so already stays as it is; one the same author has inserted, and nobody
        has accepted, loses its words; one somebody else has inserted stays inserted by them and is deleted in there."""
        above = [change for change in run.iterancestors() if change.tag in GONE or change.tag in COME]
        if run.getparent() is None or any(change.tag in GONE for change in above):
            return
        if any(self.is_own(change) for change in above):
            drop_text(run)
            return
        self.enclose(run, kind)
        say_gone(run)

    def _bounded(self, control: Element, kind: str) -> tuple[Element, Element, Element]:
        """A control with the ranges of its beginning and its end: what stands before it, it, and what stands behind."""
        properties, content = control.find(w("sdtPr")), control.find(CONTENT)
        for said in list(properties) if properties is not None else ():
            if said.tag in _PLAIN_KIND:
                take_out(said)
        before, inside = self.mark(f"customXml{kind}RangeStart"), self.mark(f"customXml{kind}RangeStart")
        ends = [create(f"customXml{kind}RangeEnd", {"id": start.get(w("id"), "")}) for start in (before, inside)]
        if content is not None:
            content.insert(0, ends[0])
            content.append(inside)
        return before, control, ends[1]

    def edges(self, element: Element) -> tuple[Element, Element]:
        """A control with the ranges around it: the first and the last of them; of anything else itself."""
        if element.tag != SDT:
            return element, element
        before, behind = element.getprevious(), element.getnext()
        opens = before is not None and before.tag in CONTROL_RANGES and _is_start(before)
        closes = behind is not None and behind.tag in CONTROL_RANGES and not _is_start(behind)
        return (before if before is not None and opens else element), (behind if behind is not None and closes else element)

    def again(self, change: Element) -> Element:
        """A tracked change with nothing in it, by the author of another and of its time."""
        made = change.makeelement(change.tag, dict(change.attrib), change.nsmap)
        made.set(w("id"), str(self.next_id()))
        return made

    # ── whose ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def is_own(self, change: Element) -> bool:
        """Whether a tracked change is by the author who signs now."""
        return change.get(w("author")) == self.author

    def pending(self, element: Element) -> bool:
        """Whether all words of a control or paragraph were inserted by the author who signs now, and nobody has
        accepted them."""
        runs = [run for run in words_of(element) if not _within(run, GONE)]
        ours = all(any(c.tag in COME and self.is_own(c) for c in run.iterancestors()) for run in runs)
        return bool(runs) and ours and not any(_within(run, GONE) for run in words_of(element))

    def foreign(self, element: Element) -> bool:
        """Whether an element holds a tracked change by somebody else."""
        return foreign(element, self.author)

    # ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────

    def restyled(self, paragraph: Element) -> None:
        """Keep the properties of a paragraph, which are about to change, as those it had; where it has some kept they
        stay those."""
        properties = properties_of(paragraph)
        if not self.on or properties.find(w("pPrChange")) is not None:
            return
        change = self.mark("pPrChange")
        before = create("pPr")
        before.extend(deepcopy(said) for said in properties if said.tag not in (w("rPr"), w("sectPr")))
        change.append(before)
        properties.put_was(change)

    def end(self, paragraph: Element) -> str:
        """What becomes of a paragraph's end by the author who signs now: "ins", "del" or ""; "other" where somebody
        else has decided."""
        found = _end_changes(paragraph)
        if not found:
            return ""
        return "other" if len(found) > 1 or not self.is_own(found[0]) else full_name(found[0]).rpartition("}")[2]

    def set_end(self, paragraph: Element, kind: str) -> None:
        """Say what becomes of a paragraph's end: "ins", "del", or "" for nothing."""
        for change in [c for c in _end_changes(paragraph) if self.is_own(c)]:
            take_out(change)
        if kind:
            end_of(paragraph).put_change(self.mark(kind))


def foreign(element: Element, author: str = AUTHOR) -> bool:
    """Whether an element holds a tracked change by somebody else than an author."""
    changes = element.iter(*COME, *GONE, w("pPrChange"), w("rPrChange"))
    return any(change.get(w("author")) != author for change in changes)


def undecided(root: Element, author: str = AUTHOR) -> int:
    """How many tracked changes by an author are still in a part."""
    changes = root.iter(*COME, *GONE, w("pPrChange"), w("sectPrChange"))
    return sum(1 for change in changes if change.get(w("author")) == author)


def words_of(element: Element) -> tuple[Element, ...]:
    """The runs of a paragraph or control, those of its controls among them, but not those of its text boxes."""
    return tuple(_runs(element))


def _runs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == R:
            yield child
        elif child.tag not in (w("pPr"), w("sdtPr"), P):
            yield from _runs(child)


def say_gone(run: Element) -> None:
    """Call the words of a run deleted ones."""
    for name, gone in ((T, "delText"), (w("instrText"), "delInstrText")):
        for text in run.iterchildren(name):
            text.tag = w(gone)
            text.set(SPACE, "preserve")


def drop_ranges(control: Element) -> bool:
    """Take out what says that a control was inserted or deleted, where a program has decided on its words and left
    that; whether there was anything."""
    before, behind = control.getprevious(), control.getnext()
    markers = [m for content in control.iterchildren(CONTENT) for m in content.iterchildren(*CONTROL_RANGES)]
    # An end before it, or a start behind it, is that of the control beside it.
    beside = ((before, True), (behind, False))
    markers += [m for m, start in beside if m is not None and m.tag in CONTROL_RANGES and _is_start(m) is start]
    for marker in markers:
        take_out(marker)
    return bool(markers)


def is_struck(control: Element) -> bool:
    """Whether nothing is left of a control once changes are accepted."""
    runs = words_of(control)
    return all(_within(run, GONE) for run in runs)


def is_undecided(element: Element) -> bool:
    """Whether a tracked change stands in an element, or it in one."""
    inside = next(element.iter(*COME, *GONE), None) is not None
    return inside or _within(element, COME | GONE)


def _within(element: Element, names: frozenset[str]) -> bool:
    return any(above.tag in names for above in element.iterancestors())


def _end_changes(paragraph: Element) -> list[Element]:
    marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return [c for c in marks if c.tag in COME or c.tag in GONE] if marks is not None else []


def _is_start(marker: Element) -> bool:
    return full_name(marker).endswith("Start")


def _largest_id(file: DocxFile) -> int:
    """The largest number given to anything yet, and at least where ours begin."""
    numbers = [markup.FIRST_ID]
    for node in file.body.iter(w("id"), w("bookmarkStart"), *COME, *GONE, *CONTROL_RANGES, w("pPrChange")):
        said = node.get(w("val")) if node.tag == w("id") else node.get(w("id"))
        if said and said.lstrip("-").isdecimal() and len(said) < 12:
            numbers.append(int(said))
    largest = max(numbers)
    return largest if largest < 2_000_000_000 else markup.FIRST_ID + len(numbers)
