"""An outline made of a speech, with what the speech still asks to have confirmed marked as that."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.outline.blank import OutlineText, text_of
from drafter.outline.dump import spelt
from drafter.outline.model import Outline, Requirement, Section
from drafter.speech.draft import Draft, Item, Rich, plain

#: Letters before and behind marked words by which they are known again.
_NEAR = 6


class _Asked(NamedTuple):
    """Words to be confirmed, with those around them."""

    words: str
    note: str
    before: str
    behind: str


def remarked(outline: Outline, draft: Draft) -> Outline:
    """The outline that gives back a draft, with the draft's marks where its words stand; what has become a blank needs
    none."""
    asked = [one for rich in _texts(draft) for one in _asked(rich)]
    return _Remarked(asked).outline(outline) if asked else outline


def _texts(draft: Draft) -> Iterator[Rich]:
    def of(items: Sequence[Item]) -> Iterator[Rich]:
        for item in items:
            yield item.heading
            yield from (paragraph.text for paragraph in item.paragraphs)
            yield from of(item.items)

    yield draft.title
    for part in draft.parts:
        yield from (paragraph.text for paragraph in part.paragraphs)
        yield from of(part.items)


def _asked(rich: Rich) -> Iterator[_Asked]:
    text, at = plain(rich), 0
    for span in rich:
        end = at + len(span.text)
        if span.confirm is not None and span.text:
            yield _Asked(span.text, span.confirm, text[max(0, at - _NEAR) : at], text[end : end + _NEAR])
        at = end


class _Remarked:
    """Marks on their way into an outline; each is put once."""

    def __init__(self, asked: list[_Asked]) -> None:
        self.asked = asked

    def outline(self, old: Outline) -> Outline:
        """All texts of an outline, marked."""
        speech = tuple(map(self.section, old.speech))
        return old._replace(title=self.text(old.title) if old.title else None, speech=speech)

    def section(self, old: Section) -> Section:
        """A part."""
        items = tuple(self.requirement(item) for item in old.items)
        return old._replace(texts=tuple(map(self.text, old.texts)), items=items)

    def requirement(self, old: Requirement) -> Requirement:
        """A requirement, and those below it."""
        heading = self.text(old.heading) if old.heading else None
        points = tuple(self.text(p) if isinstance(p, OutlineText) else self.requirement(p) for p in old.points)
        return old._replace(heading=heading, texts=tuple(map(self.text, old.texts)), points=points)

    def text(self, old: OutlineText) -> OutlineText:
        """A text with those of the marks whose words stand in it."""
        pieces: list[str] = []
        changed = False
        for piece in old.pieces:
            if isinstance(piece, str):
                said = self._words(piece)
                changed = changed or said is not None
                pieces.append(piece.replace("【", "【【") if said is None else said)
            else:
                pieces.append(spelt(old._replace(pieces=(piece,))))
        return text_of("".join(pieces))._replace(node=old.node) if changed else old

    def _words(self, text: str) -> str | None:
        """Words of a text, spelled with their marks; None where it has none."""
        cuts: list[tuple[int, _Asked]] = []
        for one in list(self.asked):
            at = self._place(text, one)
            if at >= 0 and all(at + len(one.words) <= other or other + len(o.words) <= at for other, o in cuts):
                cuts.append((at, one))
                self.asked.remove(one)
        if not cuts:
            return None
        out, last = [], 0
        for at, one in sorted(cuts):
            note = f"｜{one.note}" if one.note else ""
            out.append(text[last:at].replace("【", "【【") + f"【核实：{one.words}{note}】")
            last = at + len(one.words)
        return "".join(out) + text[last:].replace("【", "【【")

    @staticmethod
    def _place(text: str, one: _Asked) -> int:
        """Where in a text these words stand between those around them; -1 for nowhere."""
        at = text.find(one.words)
        while at >= 0:
            end = at + len(one.words)
            before, behind = text[max(0, at - _NEAR) : at], text[end : end + _NEAR]
            if one.before.endswith(before) and one.behind.startswith(behind):
                return at
            at = text.find(one.words, at + 1)
        return -1
