"""`drafter extract`: a file in, an outline and its answers out. It opens the files and asks the writer; what a speech
is made of is told by `drafter.speech.recognise`, and what it says by `drafter.analysis.facts` and
`drafter.analysis.extract`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.analysis.deciding import BlankDecision, BlanksChosen, decided, name_unfit
from drafter.analysis.extract import Extracted, OutlineSays
from drafter.analysis.extract import extract as outline_of
from drafter.analysis.facts import MAX_FIGURES, Fact, Findings, findings, marks_in
from drafter.analysis.listed import whole_list
from drafter.commands.extract.told import ExtractData, all_items, told_paragraphs
from drafter.commands.filename import ELSEWHERE, outline_stem, outline_target
from drafter.commands.folders import (
    EachMade,
    FoldersRequest,
    FoldersResult,
    HeardOfMade,
    MadeElsewhere,
    ToMake,
    for_folders,
)
from drafter.commands.next_step import given
from drafter.commands.reading import Parted, left_out, named_part, parted, read_opened_speech, read_part
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import from_json, from_yaml, to_json, to_yaml
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Value, say
from drafter.outline.model import Outline
from drafter.speech.draft import Draft, plain
from drafter.speech.papers import PaperSpan
from drafter.speech.recognise import recognise

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from drafter.commands.next_step import Ending
    from drafter.outline.told import OutlineTold
    from drafter.writers.html import HtmlSheet

__all__ = ["BlankDecision", "ExtractRequest", "ExtractResult", "ProposedBlank", "ProposedOutline", "extract", "propose", "told_paragraphs"]


class ExtractRequest(NamedTuple):
    """What a user wants of `extract`. `part` is the paper meant in a file of several, 0 for all; `choose` lets the user
    pick where he has not said.

    Of a form: `decisions` are what is decided of the blanks, by the names they are proposed with; `known` facts the writer
    knows, by name; `about` and `genre` what the outline says of itself. `dry_run` writes nothing, and tells what does not
    fit instead of refusing it."""

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
    decisions: Mapping[str, BlankDecision] = {}
    known: Mapping[str, str] = {}
    about: str = ""
    genre: str = ""
    dry_run: bool = False


class ProposedOutline(NamedTuple):
    """An old speech read: what it is made of, and the facts that are proposed as blanks."""

    path: Path
    part: int
    papers: tuple[PaperSpan, ...]
    draft: Draft
    seen: Findings
    remarks: tuple[Diagnostic, ...]


class ProposedBlank(NamedTuple):
    """A blank as it was proposed and as it is decided (`field`, None where it is refused): the words that stood there, a
    sentence and where in it they stand, what it is a fact of, in how many ways it is said."""

    name: str
    kind: str
    words: str
    sentence: str
    marks: tuple[tuple[int, int], ...]
    field: Field | None
    proposed: Field


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
    outline: Outline | None = None
    proposals: tuple[ProposedBlank, ...] = ()
    unfit: Mapping[str, str] = {}

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
    def answers(self) -> dict[str, Value]:
        """The facts of the speech by the names of the blanks: with them the outline gives it back to the letter."""
        return {fact.field.name: fact.value for fact in self.facts}

    @property
    def headings(self) -> int:
        """How many headings and numbers of every level there are."""
        return len(all_items(self.draft))

    @property
    def told(self) -> OutlineTold | None:
        """The outline in words, as it reads."""
        from drafter.outline.told import told

        return told(self.outline, {}) if self.outline else None

    def sheet(self, within: str) -> HtmlSheet:
        """The outline's pages, its blanks open, to be shown in an element of this class."""
        from drafter.commands.opening import open_sheet
        from drafter.writers.html import HtmlSheet

        links = {one.field.name: f"b{n}" for n, one in enumerate(self.proposals, 1) if one.field}
        return open_sheet(self.outline, within, links) if self.outline else HtmlSheet("", "", "none", False)

    def ending(self) -> Ending:
        """The files written, and what most people do next: look at the outline."""
        from drafter.commands.next_step import Ending, NextStep, in_memory, not_written, typed

        if not self.file and self.text:
            return Ending((), in_memory("text"))
        written = tuple(name for name in (self.file, self.answers_file) if name not in ("", "-"))
        if self.file == "-":
            return Ending(written, None if written else not_written("提纲在标准输出上", "-o 提纲.yaml"))
        return Ending(written, None, NextStep(typed("outlines", "show", self.file), "看提纲对不对"))

    def json(self) -> ExtractData:
        """For programs."""
        return {
            "file": self.file or None,
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


def propose(request: ExtractRequest) -> ProposedOutline:
    """Read an old speech, and find what may be blanks in it. Raises Rejected; KeyboardInterrupt where the writer gives
    up."""
    path, part = named_part(request.file, request.part)
    return _proposal(request, read_part(path, part, request.choose), path, {**_known(request.answers), **request.known})


def _proposal(request: ExtractRequest, parted: Parted, path: Path, known: Mapping[str, str]) -> ProposedOutline:
    """What may be blanks in a speech that was read."""
    reading = parted.read
    draft = recognise(reading.blocks, reading.hints)
    seen = findings(draft, known, request.keep_figures, request.all_figures)
    return ProposedOutline(path, parted.part, parted.papers, draft, seen, (*reading.remarks, *left_out(draft, path)))


def extract(request: ExtractRequest, proposal: ProposedOutline | None = None) -> ExtractResult:
    """Make an outline of a speech. `proposal`: the speech, where `propose` has read it before. Raises Rejected, with nothing
    written; KeyboardInterrupt where the writer gives up."""
    from drafter.commands.saving import Output, check_all, save_all

    path, _ = named_part(request.file, request.part)
    target = None if request.output == "-" or request.dry_run else outline_target(request.output, path)
    answers_path = Path(request.save_answers) if request.save_answers and not request.dry_run else None
    if answers_path is None and target is not None:
        answers_path = Path(f"{outline_stem(path)}-回答.yaml")
    planned = [(file, option) for file, option in ((target, "-o"), (answers_path, "--save-answers")) if file]
    # before anything is asked: it would cost the writer the review
    check_all([Output(file, b"", request.force, (path,), folder_hint=ELSEWHERE, option=option) for file, option in planned])
    result, found = _worked_out(request, proposal or propose(request))
    if not result.facts and not request.save_answers:
        answers_path = None
    texts = []
    if target:
        texts.append((target, found.yaml))
    if answers_path:
        texts.append((answers_path, (to_json if answers_path.suffix == ".json" else to_yaml)(found.answers)))
    save_all([Output(file, text.encode(), request.force, (path,), folder_hint=ELSEWHERE) for file, text in texts])
    return result._replace(
        file=str(target or ("" if request.dry_run else "-")),
        answers_file=str(answers_path or ""),
        text="" if target else found.yaml,
    )


def _worked_out(request: ExtractRequest, proposal: ProposedOutline) -> tuple[ExtractResult, Extracted]:
    """The outline of a speech as it is decided, not written yet. Raises Rejected; KeyboardInterrupt where the writer gives up."""
    path = proposal.path
    chosen = _chosen(request, proposal)
    draft = proposal.draft
    found = outline_of(draft, chosen.facts, path.name, chosen.refused, OutlineSays(request.about, request.genre))
    spoilt = _spoilt(draft, proposal, path) if found.plain and request.decisions else ()
    if spoilt and not request.dry_run:
        raise Rejected(*spoilt)
    used = tuple(fact for fact in chosen.facts if fact.field.name in found.answers)
    result = ExtractResult(
        file="",
        answers_file="",
        draft=draft,
        facts=used,
        plain=found.plain,
        remarks=(*spoilt, *proposal.remarks, *_remarks(found, draft, path), *_too_many(proposal.seen, path)),
        part=proposal.part,
        papers=proposal.papers,
        outline=found.outline,
        proposals=tuple(_proposed(proposal, chosen, used)),
        unfit={**chosen.unfit, **_not_there(request, proposal)},
    )
    return result, found


# ── many ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class ExtractFoldersRequest(NamedTuple):
    """What a user wants of `extract` over many files: which, and what holds for each of them (see `ExtractRequest`)."""

    folders: FoldersRequest
    answers: str = ""
    keep_figures: bool = False
    all_figures: bool = False


def extract_folders(
    request: ExtractFoldersRequest,
    heard: HeardOfMade = lambda file, done, of: None,
    executor: Executor | None = None,
    hold: bool = True,
) -> FoldersResult:
    """Make an outline, and the answers that give the speech back, of each of many files, in another folder
    (`drafter.commands.folders`). Raises Rejected."""
    every = ExtractRequest(
        "", keep_figures=request.keep_figures, all_figures=request.all_figures, known=_known(request.answers)
    )
    words = given(answers=request.answers, keep_figures=request.keep_figures, all_figures=request.all_figures)
    making = EachMade("extract", (".yaml", "-回答.yaml"), partial(_one_of_many, every), words)
    return for_folders(request.folders, making, heard, executor, hold)


def _one_of_many(every: ExtractRequest, parcel: ToMake) -> MadeElsewhere:
    """The outline and the answers of one of many files. Raises Rejected."""
    path = Path(parcel.file.name)
    request = every._replace(file=parcel.file.name)
    proposal = _proposal(request, parted(read_opened_speech(parcel.file.opened), path), path, every.known)
    result, found = _worked_out(request._replace(known={}), proposal)
    named, answers = parcel.names[0], parcel.names[1] if result.facts else ""
    result = result._replace(file=named, answers_file=answers)
    data = found.yaml.encode(), to_yaml(found.answers).encode() if answers else None
    return MadeElsewhere(data, dict(result.json()), result.remarks)


# ── one ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _chosen(request: ExtractRequest, proposal: ProposedOutline) -> BlanksChosen:
    """The blanks as they are decided, on the form or one by one on the terminal. Raises Rejected where something of that
    does not fit and is to be written; KeyboardInterrupt where the writer gives up."""
    facts = proposal.seen.facts
    if request.review and facts:
        from drafter.commands.picking import review

        kept = review(facts)
        if kept is None:
            raise KeyboardInterrupt
        said = {id(fact) for fact in kept}
        places = {fact.said for fact in kept}
        return BlanksChosen(tuple(kept), tuple(fact for fact in facts if id(fact) not in said and fact.said not in places))
    chosen = decided(facts, request.decisions)
    wrong = {**chosen.unfit, **_not_there(request, proposal)}
    if wrong and not request.dry_run:
        raise Rejected(*(Diagnostic(f"【{name}】{told}", code="blank-unfit") for name, told in wrong.items()))
    return chosen


def _not_there(request: ExtractRequest, proposal: ProposedOutline) -> dict[str, str]:
    """Facts the writer has named on the form that are no blank, each with why."""
    told: dict[str, str] = {}
    found = {fact.field.name for fact in proposal.seen.facts if fact.kind == "known"}
    for name, words in request.known.items():
        if not usable_name(name):
            told[name] = name_unfit(name, frozenset())
        elif len(words) < 2:
            told[name] = "要留空的原话至少两个字。"
        elif name not in found:
            told[name] = f"文中没有找到“{words}”，或者别的空已经占了它。"
    return told


def _spoilt(draft: Draft, proposal: ProposedOutline, path: Path) -> tuple[Diagnostic, ...]:
    """What to say where the speech can be said as an outline as it was proposed, and no longer as it was decided."""
    if outline_of(draft, proposal.seen.facts, path.name).plain:
        return ()
    return (Diagnostic("照这样改，就写不回原稿了。", None, "把刚才改的名称或种类改回去。", code="blank-unfit"),)


def _proposed(proposal: ProposedOutline, chosen: BlanksChosen, used: Sequence[Fact]) -> Iterator[ProposedBlank]:
    now = {fact.said: fact.field for fact in used}
    gone = {fact.said for fact in chosen.refused}
    for fact in proposal.seen.facts:
        if fact.said in now or fact.said in gone:
            yield ProposedBlank(
                name=fact.field.name,
                kind=fact.kind,
                words=say(fact.value),
                sentence=fact.sentence,
                marks=marks_in(fact),
                field=now.get(fact.said),
                proposed=fact.field,
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
        said = f"还有 {seen.figures_left} 个数字照原样留在提纲里：最多留 {MAX_FIGURES} 个要紧的。"
        told.append((said, "都要留空：--all-figures；一个也不要：--keep-figures"))
    if seen.facts_left:
        told.append((f"还有 {seen.facts_left} 个事实照原样留在提纲里：一份提纲最多留 {len(seen.facts)} 个空。", ""))
    return [Diagnostic(text, Place(str(path)), hint, level=WARNING, code="facts-left") for text, hint in told]
