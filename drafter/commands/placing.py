"""Where a person finds the paragraphs of a draft that were changed by hand, or that an update changes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypedDict

from drafter.revise.apply import Merge, Step
from drafter.revise.edited import Edited, ParagraphChange
from drafter.speech.spot import Spot, SpotData
from drafter.word.oxml import local_name

if TYPE_CHECKING:
    from drafter.word.oxml import Element
    from drafter.word.where import Finder

#: Behind all letters of any paragraph.
_END = 1 << 30


class StepData(TypedDict):
    """One thing an update does, for programs. `kind` is "follow", "insert", "remove", "move", "flow", "merge", "comment" or
    "renumber"; `paragraph` counts the paragraphs of the document as it will be, from 1; `place` is where a person finds it; `note` what
    the comment says; `number_before` and `number_after` how a number read and how it will, "" for none."""

    kind: str
    place: SpotData
    paragraph: int
    before: str
    after: str
    note: str
    number_before: str
    number_after: str


def data_of(steps: Sequence[Step], places: Sequence[Spot]) -> list[StepData]:
    """Steps for programs, each with its place."""
    return [
        StepData(
            kind=step.kind,
            place=place.json(),
            paragraph=step.place,
            before=step.before,
            after=step.after,
            note=step.note,
            number_before=step.number_before,
            number_after=step.number_after,
        )
        for step, place in zip(steps, places, strict=True)
    ]


def changes_at(draft: Edited, finder: "Finder") -> tuple[Spot, ...]:
    """Where the paragraphs changed by hand stand; a deleted one stood behind the place."""
    return tuple(_change_at(draft, change, finder) for change in draft.changes)


def _change_at(draft: Edited, change: ParagraphChange, finder: "Finder") -> Spot:
    if change.row < 0:
        return Spot(change.before)
    element = draft.paragraphs[change.row].element
    if change.at is None:
        return finder.at(element, _END, change.before, behind=True)
    return finder.at(element, _first(draft.paragraphs[change.row].text, change.before, change.after), change.after)


def _first(text: str, before: str, after: str) -> int:
    """The letter of a paragraph two texts of it, without its number perhaps, begin to differ at."""
    start = max(0, text.find(after) if after and after in text else text.find(before))
    if not before or not after:
        return start
    return start + next((n for n, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), min(len(before), len(after)))


def steps_at(merge: Merge, finder: "Finder") -> tuple[Spot, ...]:
    """Where the steps of an update stand in its file as that is now, before it is carried out or after; what is new comes
    behind the place, and what is gone stood there."""
    paragraphs = merge.edited.paragraphs
    out = []
    for step, at in zip(merge.steps, merge.stand, strict=True):
        words = step.after or step.before
        if at >= 0 and _is_there(paragraphs[at].element):
            out.append(finder.at(paragraphs[at].element, _first(paragraphs[at].text, step.after, step.before), words))
            continue
        before = (paragraphs[n].element for n in range(at - 1 if at >= 0 else ~at, -1, -1))
        near = next((element for element in before if _is_there(element)), None)
        out.append(finder.at(near, _END, words, behind=True))
    return tuple(out)


def _is_there(element: "Element") -> bool:
    """Whether a paragraph still stands in its document."""
    return local_name(element.getroottree().getroot()) == "document"
