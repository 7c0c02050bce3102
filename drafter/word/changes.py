"""Tracked changes: words marked as inserted or deleted, under a name, at a time."""

from datetime import datetime

from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.oxml import CONTENT, SPACE, Element, R, T, create, unwrap, w
from drafter.word.runs import drop_text

#: Who signs drafter's comments and tracked changes.
AUTHOR, INITIALS = "drafter", "dr"


class TrackedChanges:
    """Those drafter makes in one document, dated `now`. Where they are not `on`, words are changed at once; the numbers
    are given out all the same. `author` signs those that are made from now on."""

    def __init__(self, file: DocxFile, now: datetime, on: bool, author: str = AUTHOR) -> None:
        self.on = on
        self.author = author
        self.stamp = now.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        self._last = _largest_id(file)

    def next_id(self, count: int = 1) -> int:
        """A number no bookmark, control, comment or change of the document has; the first of so many in a row."""
        first = self._last + 1
        self._last += count
        return first

    def mark(self, kind: str) -> Element:
        """A w:ins or w:del, with nothing in it."""
        return create(kind, {"id": str(self.next_id()), "author": self.author, "date": self.stamp})

    def inserted(self, element: Element) -> Element:
        """A run or control, as inserted where changes are tracked. A control is so as a whole: what is tracked inside a
        bound one Word forgets, as it fills it from the store."""
        if not self.on:
            return element
        change = self.mark("ins")
        change.append(element)
        return change

    def strike_control(self, control: Element) -> Element | None:
        """A control whose words are marked as deleted, plain from now on: Word fills a bound control anew from the
        store and would forget the mark. Returns what stands behind it."""
        behind = control.getnext()
        runs = [run for content in control.iterchildren(CONTENT) for run in content.iter(R)]
        unwrap(control)
        for run in runs:
            self.strike_run(run)
        return behind

    def strike_run(self, run: Element) -> None:
        """A run marked as deleted. One the writer has inserted and nobody accepted is left to the writer."""
        if run.getparent() is None or any(a.tag in (w("ins"), w("del")) for a in run.iterancestors()):
            drop_text(run)
            return
        change = self.mark("del")
        run.addprevious(change)
        change.append(run)
        for text in run.iter(T):
            text.tag = w("delText")
            text.set(SPACE, "preserve")


def _largest_id(file: DocxFile) -> int:
    """The largest number given to anything yet, and at least where ours begin."""
    numbers = [markup.FIRST_ID]
    for node in file.body.iter(w("id"), w("bookmarkStart"), w("ins"), w("del"), w("moveFrom"), w("moveTo")):
        said = node.get(w("val")) if node.tag == w("id") else node.get(w("id"))
        if said and said.lstrip("-").isdecimal() and len(said) < 12:
            numbers.append(int(said))
    largest = max(numbers)
    return largest if largest < 2_000_000_000 else markup.FIRST_ID + len(numbers)
