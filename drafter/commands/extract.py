"""`drafter extract`: a file in, an outline and its answers out. It opens the files and asks the writer; what a speech
is made of is told by `drafter.speech.recognise`, and what it says by `drafter.analysis.facts` and
`drafter.analysis.extract`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NotRequired, TypedDict

from drafter.analysis.extract import Extracted
from drafter.analysis.extract import extract as outline_of
from drafter.analysis.facts import MAX_FIGURES, Fact, Findings, findings
from drafter.analysis.listed import whole_list
from drafter.commands.filename import ELSEWHERE, outline_stem, outline_target
from drafter.commands.reading import left_out, named_part, read_part
from drafter.diagnostic import WARNING, Diagnostic, DiagnosticData, Place
from drafter.outline import shelf
from drafter.outline.answers import from_json, from_yaml, to_json, to_yaml
from drafter.outline.field import say
from drafter.speech.draft import Draft, Item, plain
from drafter.speech.inner import Entry, entries_within
from drafter.speech.leads import items_behind, sections_within
from drafter.speech.papers import PaperSpan
from drafter.speech.recognise import recognise

if TYPE_CHECKING:
    from drafter.commands.next_step import Ending


class ExtractRequest(NamedTuple):
    """What a user wants of `extract`. `part` is the paper meant in a file of several, 0 for all; `choose` lets the user
    pick where he has not said."""

    file: str
    output: str = ""
    save_answers: str = ""
    answers: str = ""
    keep_figures: bool = False
    all_figures: bool = False
    review: bool = False
    force: bool = False
    part: int = 0
    choose: bool = False


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

    file: str
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


class ExtractResult(NamedTuple):
    """What `extract` has done. `file` is "-" for standard output, and `text` what is to go there ("" for a file that
    was saved); `answers_file` "" where there was nothing to save. `papers` are those in the file it was made of, `part`
    the one that was taken, 0 for all of it."""

    file: str
    answers_file: str
    draft: Draft
    facts: tuple[Fact, ...]
    plain: bool
    remarks: tuple[Diagnostic, ...]
    text: str = ""
    part: int = 0
    papers: tuple[PaperSpan, ...] = ()

    @property
    def parts(self) -> dict[str, int]:
        """What the speech is made of: by the kinds of its parts, how many paragraphs (or requirements, those in the middle
        of a paragraph among them) each has."""
        counts: dict[str, int] = {}
        sole = not any(part.items for part in self.draft.parts)
        for part in self.draft.parts:
            counts[part.kind] = counts.get(part.kind, 0) + (len(part.paragraphs) or len(part.items))
            within = sum(len(whole_list(plain(paragraph.text), sole)) for paragraph in part.paragraphs)
            if within:
                counts["requirements"] = counts.get("requirements", 0) + within
        return counts

    @property
    def title(self) -> str:
        """The title, "" where there is none."""
        return plain(self.draft.title)

    @property
    def blanks(self) -> list[tuple[str, str]]:
        """The names of the blanks that were left, each with the words that stood there."""
        return [(fact.field.name, say(fact.value)) for fact in self.facts]

    @property
    def headings(self) -> int:
        """How many headings and numbers of every level there are."""
        return len(_all_items(self.draft))

    def ending(self) -> Ending:
        """The files written, and what most people do next: look at the outline."""
        from drafter.commands.next_step import Ending, NextStep, not_written, typed

        written = tuple(name for name in (self.file, self.answers_file) if name not in ("", "-"))
        if self.file == "-":
            return Ending(written, None if written else not_written("提纲在标准输出上", "-o 提纲.yaml"))
        return Ending(written, None, NextStep(typed("outlines", "show", self.file), "看提纲对不对"))

    def json(self) -> ExtractData:
        """For programs."""
        return {
            "file": self.file,
            "answers_file": self.answers_file or None,
            "title": plain(self.draft.title),
            "dateline": plain(self.draft.dateline) or None,
            "byline": plain(self.draft.byline) or None,
            "plain": self.plain,
            "paragraphs": told_paragraphs(self.draft),
            "blanks": [
                {
                    "name": f.field.name,
                    "kind": f.kind,
                    "type": f.field.type,
                    "words": say(f.value),
                    "ask": f.field.ask,
                    "sentence": f.sentence,
                }
                for f in self.facts
            ],
            "left_out": [
                {"text": line.text, "reason": line.reason, "place": line.node} for line in self.draft.left_out
            ],
            "part": self.part or None,
            "papers": [
                {"part": n, "title": paper.title, "characters": paper.characters}
                for n, paper in enumerate(self.papers, 1)
            ],
            "remarks": [r.json() for r in self.remarks],
        }


def extract(request: ExtractRequest) -> ExtractResult:
    """Make an outline of a speech. Raises Rejected, with nothing written; KeyboardInterrupt where the writer gives
    up."""
    from drafter.commands.saving import Output, check_all, save_all

    path, part = named_part(request.file, request.part)
    target = None if request.output == "-" else outline_target(request.output, path)
    answers_path = Path(request.save_answers) if request.save_answers else None
    if answers_path is None and target is not None:
        answers_path = Path(f"{outline_stem(path)}-回答.yaml")
    planned = [(file, option) for file, option in ((target, "-o"), (answers_path, "--save-answers")) if file]
    # before anything is asked: it would cost the writer the review
    check_all([Output(file, b"", request.force, (path,), folder_hint=ELSEWHERE, option=option) for file, option in planned])
    parted = read_part(path, part, request.choose)
    reading = parted.read
    draft = recognise(reading.blocks, reading.hints)
    seen = findings(draft, _known(request.answers), request.keep_figures, request.all_figures)
    facts = seen.facts
    if request.review and facts:
        from drafter.commands.picking import review

        kept = review(facts)
        if kept is None:
            raise KeyboardInterrupt
        facts = tuple(kept)
    found = outline_of(draft, facts, name=path.name)
    used = tuple(fact for fact in facts if fact.field.name in found.answers)
    if not used and not request.save_answers:
        answers_path = None
    texts = []
    if target:
        texts.append((target, found.yaml))
    if answers_path:
        texts.append((answers_path, (to_json if answers_path.suffix == ".json" else to_yaml)(found.answers)))
    save_all([Output(file, text.encode(), request.force, (path,), folder_hint=ELSEWHERE) for file, text in texts])
    return ExtractResult(
        file=str(target or "-"),
        answers_file=str(answers_path or ""),
        draft=draft,
        facts=used,
        plain=found.plain,
        remarks=(*reading.remarks, *left_out(draft, path), *_remarks(found, draft, path), *_too_many(seen, path)),
        text="" if target else found.yaml,
        part=parted.part,
        papers=parted.papers,
    )


def _known(file: str) -> dict[str, str]:
    """The facts the writer knows, from an answers file."""
    if not file:
        return {}
    source, _ = shelf.read_source(Path(file))
    typed = (from_json if file.endswith(".json") else from_yaml)(source)
    return {name: answer.said for name, answer in typed.items() if isinstance(answer.said, str)}


def _remarks(found: Extracted, draft: Draft, path: Path) -> list[Diagnostic]:
    kinds = {part.kind for part in draft.parts}
    told = []
    if not plain(draft.title):
        told.append("没有认出标题；提纲里留了一个可以不填的【标题】。")
    if "requirements" not in kinds and "greeting" not in kinds:
        told.append("没有认出称呼，也没有认出分条的要求，可能不是讲话稿；各段照原样放进了提纲。")
    return [Diagnostic(text, Place(str(path)), level=WARNING, code="structure-not-recognised") for text in told]


def _too_many(seen: Findings, path: Path) -> list[Diagnostic]:
    """What was left as it is because there were too many of them."""
    told = []
    if seen.figures_left:
        told.append(f"还有 {seen.figures_left} 个数字照原样留在提纲里：最多留 {MAX_FIGURES} 个要紧的。都要留空：--all-figures；一个也不要：--keep-figures。")
    if seen.facts_left:
        told.append(f"还有 {seen.facts_left} 个事实照原样留在提纲里：一份提纲最多留 {len(seen.facts)} 个空。")
    return [Diagnostic(text, Place(str(path)), level=WARNING, code="facts-left") for text in told]


# ── the report ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _all_items(draft: Draft) -> Sequence[Item]:
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
