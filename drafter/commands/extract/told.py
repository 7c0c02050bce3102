"""What `extract` tells programs: every paragraph with what it was taken for, the blanks, the files."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from drafter.diagnostic import DiagnosticData
from drafter.speech.draft import Draft, Item, plain
from drafter.speech.inner import Entry, entries_within
from drafter.speech.leads import items_behind, sections_within


class SectionData(TypedDict):
    """Where in a paragraph a section begins, and of what kind it is."""

    start: int
    kind: str


class EntryData(TypedDict):
    """An entry of a list inside a paragraph; `heading` "" where it begins with none."""

    start: int
    words: int
    end: int
    label: str
    heading: str


class TakenData(TypedDict):
    """A paragraph with what it was taken for; a requirement also has its level, label and heading."""

    kind: str
    text: str
    place: str
    sections: NotRequired[list[SectionData]]
    lists: NotRequired[list[list[EntryData]]]
    level: NotRequired[int]
    label: NotRequired[str]
    heading: NotRequired[str]
    alone: NotRequired[bool]


class BlankMadeData(TypedDict):
    """A blank that was left, what it is a fact of, and the words that stood there."""

    name: str
    kind: str
    type: str
    words: str
    ask: str
    sentence: str


class LeftOutData(TypedDict):
    """A paragraph of the file that is not the speech's, and what it was taken for."""

    text: str
    reason: str
    place: str


class PaperData(TypedDict):
    """One of the papers in the file: which it is, its title, how many characters it has."""

    part: int
    title: str
    characters: int


class ExtractData(TypedDict):
    """What `extract` has done, for programs: the files, every paragraph with what it was taken for, the blanks."""

    file: str | None
    answers_file: str | None
    title: str
    dateline: str | None
    byline: str | None
    plain: bool
    paragraphs: list[TakenData]
    blanks: list[BlankMadeData]
    left_out: list[LeftOutData]
    part: int | None
    papers: list[PaperData]
    remarks: list[DiagnosticData]


def all_items(draft: Draft) -> Sequence[Item]:
    out: list[Item] = []

    def of(items: Sequence[Item]) -> None:
        for item in items:
            out.append(item)
            of(item.items)

    for part in draft.parts:
        of(part.items)
    return out


def told_paragraphs(draft: Draft) -> list[TakenData]:
    """Every paragraph of the body in reading order: its kind and text; for an item its level, label, heading and
    whether the heading stands alone; the offsets of the sections and lists it holds."""
    out: list[TakenData] = []

    def words(kind: str, text: str, node: str, follow: int, cut: bool) -> TakenData:
        cuts = sections_within(text, kind, follow) if cut and kind not in ("closing", "signature") else ()
        row: TakenData = {"kind": kind, "text": text, "place": node}
        if len(cuts) > 1 or (cuts and cuts[0][1] != kind):
            row["sections"] = [{"start": at, "kind": section} for at, section in cuts]
        lists = entries_within(text)
        if lists:
            row["lists"] = [[_told_entry(text, entry) for entry in entries] for entries in lists]
        return row

    def of(items: Sequence[Item]) -> None:
        for item in items:
            said = list(enumerate(item.paragraphs))
            first = "" if item.own_line or not said else plain(said.pop(0)[1].text)
            row = words("item", first, item.node, items_behind(item.paragraphs, 0, item.items), bool(first))
            row.update(
                {"level": item.level, "label": item.label, "heading": plain(item.heading), "alone": item.own_line}
            )
            out.append(row)
            for number, paragraph in said:
                follow = items_behind(item.paragraphs, number, item.items)
                out.append(words("requirements", plain(paragraph.text), paragraph.node, follow, True))
            of(item.items)

    for part, following in zip(draft.parts, (*draft.parts[1:], None), strict=False):
        for number, paragraph in enumerate(part.paragraphs):
            follow = items_behind(part.paragraphs, number, following.items if following else ())
            out.append(words(part.kind, plain(paragraph.text), paragraph.node, follow, True))
        of(part.items)
    return out


def _told_entry(text: str, entry: Entry) -> EntryData:
    heading = text[entry.words : entry.heading].rstrip("。：:， \u3000")
    return {
        "start": entry.start,
        "words": entry.words,
        "end": entry.end,
        "label": entry.mark.label,
        "heading": heading,
    }
