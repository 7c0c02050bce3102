"""A list that a whole paragraph holds (一、健全制度。……二、搭建平台。……) as requirements of an outline, each of which goes on in the
paragraph before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from drafter.outline.blank import OutlineText
from drafter.outline.model import Requirement, Section
from drafter.speech.draft import Draft, plain, stop_of
from drafter.speech.inner import Entry, entries_within
from drafter.speech.marks import LAST
from drafter.speech.numbering import SAMPLES, Numbering

#: The share of its paragraph that a list has at least.
_SHARE = 0.5


def whole_list(text: str, sole: bool) -> tuple[Entry, ...]:
    """The list that makes up most of a paragraph; () where there is none. `sole`: the speech has no other list. Where it
    has one, a list that is said in running text (一是……；二是……) is words of that, and so is one whose items have no
    headings."""
    for entries in entries_within(text):
        headed = all(entry.heading > entry.words for entry in entries)
        numbers = [entry.mark.number for entry in entries]
        counted = all(number in (at, LAST) for at, number in enumerate(numbers, 1))
        share = (entries[-1].end - entries[0].start) / len(text)
        likely = sole if headed or entries[0].mark.kind == "第一，" else False
        if counted and share >= _SHARE and (likely or (not entries[0].mark.said and (sole or headed))):
            return entries
    return ()


def numbering_within(draft: Draft) -> Numbering | None:
    """How the only list of a speech is numbered, where a paragraph holds it whole; None where none does."""
    if any(part.items for part in draft.parts):
        return None
    samples = {sample[0] for sample in SAMPLES}
    for part in draft.parts:
        for paragraph in part.paragraphs:
            entries = whole_list(plain(paragraph.text), sole=True)
            if entries and entries[0].mark.kind in samples:
                return Numbering.from_sample(entries[0].mark.kind)
    return None


class Listed(NamedTuple):
    """A paragraph that holds a whole list: what leads to it, its requirements, and what follows them ("" for nothing)."""

    before: str
    requirements: Section
    after: str


def listed(text: str, sole: bool, numbering: Numbering | None, blanked: Callable[[str], OutlineText]) -> Listed | None:
    """The whole list that a paragraph holds; None where it holds none, or where one of its pieces would begin or end
    with a blank, which none can. `numbering`: that of the outline's first level."""
    entries = whole_list(text, sole)
    if not entries:
        return None
    before, after = text[: entries[0].start], text[entries[-1].end :]
    if after and not before:  # nothing it could go on in
        entries, after = (*entries[:-1], entries[-1]._replace(end=len(text))), ""
    words = [text[entry.heading : entry.end] for entry in entries]
    if any(piece != piece.strip() for piece in (before, after, *words)):
        return None
    items = _requirements(text, entries, bool(before), numbering, blanked)
    return Listed(before, Section("requirements", items=items), after)


def _pieces(text: str, entry: Entry) -> tuple[str, str]:
    """The heading of an item and the words behind it."""
    return text[entry.words : entry.heading], text[entry.heading : entry.end]


def _requirements(
    text: str,
    entries: Sequence[Entry],
    goes_on: bool,
    numbering: Numbering | None,
    blanked: Callable[[str], OutlineText],
) -> tuple[Requirement, ...]:
    out = []
    for number, entry in enumerate(entries, 1):
        heading, words = _pieces(text, entry)
        if heading.endswith("。") and stop_of(heading[:-1]):
            heading = heading[:-1]
        usual = numbering.label(number, len(entries)) if numbering else ""
        run_on = goes_on or number > 1
        out.append(
            Requirement(
                heading=blanked(heading) if heading else None,
                texts=(blanked(words),) if words else (),
                label=None if entry.mark.label == usual else entry.mark.label,
                alone=False if not run_on and numbering and numbering.own_line else None,
                run_on=run_on,
            )
        )
    return tuple(out)
