"""The comments a draft has of itself, brought along when it is updated: what its new paragraphs ask to have confirmed, and what
the outline now asks of paragraphs that are there. What was confirmed is not asked again: only what the outline did not ask
before is new."""

from collections.abc import Mapping, Sequence

from drafter.outline.standing import IN_BASIS, SEEN
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.word import markup
from drafter.word.comments import comment_on, first_comment, put_comments
from drafter.word.confirm import drop, drop_unreferred, open_marks, put_ground, reminding
from drafter.word.document import DocxFile
from drafter.word.oxml import Element, w
from drafter.word.text import read


class Marking:
    """Marks and reminders on their way into a file. Without `reminders` (by the number of the block) there are no comments, and
    words to be confirmed are only coloured."""

    def __init__(self, file: DocxFile, reminders: Mapping[int, Sequence[str]] | None, stamp: str) -> None:
        self.file = file
        self.reminders = reminders
        self.stamp = stamp

    def remarks(self, number: int, block: Block) -> markup.Remarks | None:
        """What takes the comments of a paragraph that is written alone; None where it has none, or is to have none."""
        if self.reminders is None:
            return None
        noted = self.reminders.get(number)
        if not noted and all(span.confirm is None for span in block.spans):
            return None
        return markup.Remarks({0: noted} if noted else {}, first_comment(self.file))

    def written(self, remarks: markup.Remarks | None) -> None:
        """Put the comments of a paragraph that was written into their part."""
        if remarks is not None and remarks.said:
            put_comments(self.file, remarks, self.stamp)

    def follow(self, paragraph: Element, was: Block | None, block: Block) -> bool:
        """Mark in a paragraph what its outline did not ask to have confirmed before, as far as it says the words; whether
        there was any."""
        asked = [span for span in block.spans if span.confirm is not None and span.text]
        if not asked:
            return False
        before = {(span.text, span.confirm) for span in was.spans} if was is not None else set()
        new = [self._mark(paragraph, span) for span in asked if (span.text, span.confirm) not in before]
        return any(new)

    def sourced(self, paragraph: Element, was: Block | None, number: int, block: Block) -> bool:
        """Let a paragraph whose words are now those of other entries of a basis have the comment that says where these
        were seen; whether it is another."""
        before = {span.node for span in was.spans if IN_BASIS in span.node} if was is not None else set()
        if self.reminders is None or before == {span.node for span in block.spans if IN_BASIS in span.node}:
            return False
        here = {mark.get(w("id"), "") for mark in paragraph.iter(w("commentReference"))}
        old = frozenset(here & reminding(self.file, SEEN)) if here else frozenset()
        drop(self.file, old)
        new = [note for note in self.reminders.get(number, ()) if note.startswith(SEEN)]
        for note in new:
            comment_on(paragraph, markup.REMIND + note, self.file, self.stamp)
        return bool(old or new)

    def _mark(self, paragraph: Element, span: Span) -> bool:
        pieces = read(paragraph).pieces
        text = "".join("\0" * len(p.text) if p.control is not None else p.text for p in pieces)
        low = text.find(span.text)
        if low < 0:
            return False
        high = low + len(span.text)
        for mark in open_marks(self.file):
            there = mark.stretch
            if mark.comment and there.paragraph is paragraph and there.start < high and low < there.end:
                drop(self.file, frozenset((mark.comment,)))  # it spoke of other words
        if self.reminders is not None:
            comment_on(paragraph, markup.to_confirm(span.text, span.confirm or ""), self.file, self.stamp, (low, high))
        put_ground(paragraph, low, high, markup.MARKED if self.reminders is not None else markup.MARKED_ALONE)
        return True

    def end(self) -> bool:
        """When all paragraphs are done: the comments of those that are gone; whether there were any."""
        return drop_unreferred(self.file)
