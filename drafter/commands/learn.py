"""`drafter learn`: several speeches of one kind in, one outline and an answers file for each of them out. It opens the
files and writes; what the speeches share is told by `drafter.analysis.learn`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.analysis.deciding import BlankDecision
from drafter.analysis.extract import OutlineSays, paragraphs_of
from drafter.analysis.learn import LEAST_COMMON, MAX_SPEECHES, Learnt
from drafter.analysis.learn import learn as outline_of
from drafter.analysis.learnt_anew import learnt_anew
from drafter.commands.filename import ELSEWHERE, answers_beside, outline_target
from drafter.commands.reading import left_out, named_part, read_part
from drafter.diagnostic import WARNING, Diagnostic, DiagnosticData, Place, Rejected, printable
from drafter.outline.answers import to_yaml
from drafter.outline.field import Value, save_form, say
from drafter.outline.model import Outline, texts
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft
from drafter.speech.recognise import recognise

if TYPE_CHECKING:
    from drafter.commands.next_step import Ending
    from drafter.outline.told import OutlineTold
    from drafter.writers.html import HtmlSheet

__all__ = ["BlankDecision", "LearnRequest", "LearnResult", "Learning", "learn", "propose", "said_of"]

#: Blanks nobody likes to be asked for; the outlines that come with drafter have at most 20 or so.
MANY_BLANKS = 60


class LearnRequest(NamedTuple):
    """What a user wants of `learn`. Of a form: `decisions` are what is decided of the blanks, by the names they are learnt
    with; `about` and `genre` what the outline says of itself. `dry_run` writes nothing, and tells what does not fit instead
    of refusing it."""

    files: tuple[str, ...]
    output: str = ""
    answers_dir: str = ""
    keep_figures: bool = False
    force: bool = False
    decisions: Mapping[str, BlankDecision] = {}
    about: str = ""
    genre: str = ""
    dry_run: bool = False


class Learning(NamedTuple):
    """Speeches that were read, and what was learnt from them."""

    paths: tuple[Path, ...]
    drafts: tuple[Draft, ...]
    learnt: Learnt
    remarks: tuple[Diagnostic, ...]


class LearntSpeechData(TypedDict):
    """A speech that was learnt from; `common` is the share of its letters that another has too, 0 to 1."""

    file: str
    answers_file: str | None
    common: float


class LearntBlankData(TypedDict):
    """A field of the outline with the answer of each speech, null where it is not asked."""

    name: str
    type: str
    ask: str
    when: str | None
    values: list[str | list[str] | None]


class SkeletonData(TypedDict):
    """A place every speech wrote anew, which the outline leaves to be written: its blank, and how many letters each speech
    wrote there, null where it has no such place."""

    name: str
    letters: list[int | None]


class OptionalData(TypedDict):
    """A part only some speeches have."""

    words: str
    speeches: list[str]


class LearnData(TypedDict):
    """What `learn` has done, for programs: the files, every blank with what each speech says, the optional parts."""

    file: str | None
    speeches: list[LearntSpeechData]
    plain: bool
    shared: int
    skeleton: list[SkeletonData]
    blanks: list[LearntBlankData]
    optional: list[OptionalData]
    remarks: list[DiagnosticData]


class LearnResult(NamedTuple):
    """What `learn` has done. `file` is "-" for standard output; `answers_files` are those of the speeches in their
    order, "" for one that has nothing to answer or is not to be saved; `text` is what is to go to standard output. `proposed` is
    what was learnt before anything was decided; `unfit` tells of a blank of it why it cannot be as it was decided, `lost` are
    the files that are not given back any longer, as other words than theirs stay."""

    file: str
    files: tuple[str, ...]
    answers_files: tuple[str, ...]
    learnt: Learnt
    remarks: tuple[Diagnostic, ...]
    text: str = ""
    proposed: Learnt | None = None
    unfit: Mapping[str, str] = {}
    lost: tuple[str, ...] = ()

    def blanks(self, deciding: bool) -> list[tuple[str, list[str]]]:
        """The blanks, or those that decide which parts stay in: each with what every speech answers, "" for nothing."""
        return [
            (blank.field.name, ["" if value in (None, "") else say(value) for value in blank.values])
            for blank in self.learnt.blanks
            if blank.deciding is deciding and blank not in self.learnt.anew
        ]

    def anew(self) -> list[tuple[str, list[int | None]]]:
        """The blanks for what every speech wrote anew, each with how many letters they wrote there."""
        return [
            (blank.field.name, [None if value is None else len("".join(say(value).split())) for value in blank.values])
            for blank in self.learnt.anew
        ]

    @property
    def answers(self) -> tuple[Mapping[str, Value], ...]:
        """Of each speech, in their order, the answers that give it back."""
        return tuple(self.learnt.answers)

    @property
    def outline(self) -> Outline:
        """The outline as it is read from its file."""
        return parse(Source("提纲.yaml", self.learnt.yaml))[0]

    @property
    def told(self) -> OutlineTold:
        """The outline in words, as it reads."""
        from drafter.outline.told import told

        return told(self.outline, {})

    def sheet(self, within: str) -> HtmlSheet:
        """The outline's pages, its blanks open, to be shown in an element of this class."""
        from drafter.commands.opening import open_sheet

        return open_sheet(self.outline, within, {})

    @property
    def sentences(self) -> dict[str, str]:
        """The text each of the blanks stands in first that were proposed, blanks as 【名称】; those that decide on parts stand
        in none."""
        proposed = parse(Source("提纲.yaml", (self.proposed or self.learnt).yaml))[0]
        out: dict[str, str] = {}
        for text in texts(proposed):
            said = re.sub("【([^【】|｜]+)[|｜][^【】]*】", r"【\1】", text.words)
            for blank in text.blanks:
                for name in blank.expression.names:
                    out.setdefault(name, said)
        return out

    def ending(self) -> Ending:
        """The files written, and what most people do next: look at the outline."""
        from drafter.commands.next_step import Ending, NextStep, in_memory, not_written, typed

        if not self.file and self.text:
            return Ending((), in_memory("text"))
        written = tuple(name for name in (self.file, *self.answers_files) if name not in ("", "-"))
        if self.file == "-":
            return Ending(written, None if written else not_written("提纲在标准输出上", "-o 提纲.yaml"))
        return Ending(written, None, NextStep(typed("outlines", "show", self.file), "看提纲对不对"))

    def json(self) -> LearnData:
        """For programs."""
        return {
            "file": self.file or None,
            "speeches": [
                {"file": file, "answers_file": answers or None, "common": round(common, 3)}
                for file, answers, common in zip(self.files, self.answers_files, self.learnt.common, strict=True)
            ],
            "plain": self.learnt.plain,
            "shared": self.learnt.shared,
            "skeleton": [{"name": name, "letters": letters} for name, letters in self.anew()],
            "blanks": [
                {
                    "name": b.field.name,
                    "type": b.field.type,
                    "ask": b.field.ask,
                    "when": b.when or None,
                    "values": [None if v is None else save_form(v) for v in b.values],
                }
                for b in self.learnt.blanks
            ],
            "optional": [
                {"words": option.words, "speeches": [self.files[n] for n in option.speeches]}
                for option in self.learnt.options
            ],
            "remarks": [r.json() for r in self.remarks],
        }


def said_of(value: object) -> str:
    """What a speech says where an outline asks, as people say it; "" for nothing."""
    if isinstance(value, bool):
        return "要" if value else "不要"
    return "" if value is None or value == "" else say(value)  # type: ignore[arg-type]


def propose(request: LearnRequest, progress: Callable[[str], None] = lambda said: None) -> Learning:
    """Read the speeches and learn from them. `progress` is told what is being done. Raises Rejected."""
    named = [named_part(file) for file in request.files]
    _enough(named)
    paths = _called(named)
    drafts: list[Draft] = []
    remarks: list[Diagnostic] = []
    for number, path in enumerate(paths, 1):
        progress(f"读 {number}/{len(paths)}：{printable(path.name)}")
        reading = read_part(*named[number - 1]).read
        draft = recognise(reading.blocks, reading.hints)
        if not any(text.strip() for text in paragraphs_of(draft)):
            raise Rejected(Diagnostic("这个文件里没有文字。", Place(str(path)), "去掉它，或者换一份。", code="no-words"))
        remarks += (*reading.remarks, *left_out(draft, path))
        drafts.append(draft)
    progress("对照各篇……")
    found = outline_of(drafts, [path.name for path in paths], request.keep_figures)
    _of_one_kind(found, paths)
    return Learning(tuple(paths), tuple(drafts), found, tuple(remarks))


def learn(
    request: LearnRequest, progress: Callable[[str], None] = lambda said: None, learning: Learning | None = None
) -> LearnResult:
    """Make one outline of several speeches. `progress` is told what is being done; `learning`: what `propose` has learnt
    before. Raises Rejected, with nothing written."""
    from drafter.commands.saving import Output, check_all, save_all

    named = [named_part(file) for file in request.files]
    _enough(named)
    sources = [path for path, _ in named]
    paths = _called(named)
    target = None if request.output == "-" or request.dry_run else outline_target(request.output, paths[0])
    folder = Path(request.answers_dir) if request.answers_dir and not request.dry_run else None
    planned = answers_beside(target, paths, folder) if target or folder else []
    whole = [file for file in (target, *planned) if file]
    check_all([Output(file, b"", request.force, sources, folder_hint=ELSEWHERE) for file in whole])
    learning = learning or propose(request, progress)
    chosen = learnt_anew(learning.learnt, learning.drafts, request.decisions, OutlineSays(request.about, request.genre))
    if chosen.unfit and not request.dry_run:
        raise Rejected(*(Diagnostic(f"【{name}】{told}", code="blank-unfit") for name, told in chosen.unfit.items()))
    found, remarks = chosen.learnt, [*learning.remarks]
    texts = [(target, found.yaml)] if target else []
    written = []
    for n, answers in enumerate(found.answers):
        file = planned[n] if planned else None
        if file is None or not answers or n in chosen.lost:
            written.append("")
            continue
        texts.append((file, to_yaml(answers)))
        written.append(str(file))
    save_all([Output(file, text.encode(), request.force, sources, folder_hint=ELSEWHERE) for file, text in texts])
    many = sum(not blank.deciding for blank in found.blanks)
    if many > MANY_BLANKS:
        hint = "少放一篇差别大的，或者把提纲里用不着的空改回文字。"
        remarks.append(
            Diagnostic(f"留了 {many} 个空，写的时候要问很久。", Place(str(target or "-")), hint, level=WARNING, code="many-blanks")
        )
    return LearnResult(
        file=str(target or ("" if request.dry_run else "-")),
        files=request.files,
        answers_files=tuple(written),
        learnt=found,
        remarks=tuple(remarks),
        text="" if target else found.yaml,
        proposed=learning.learnt,
        unfit=chosen.unfit,
        lost=tuple(request.files[n] for n in chosen.lost),
    )


def _called(named: Sequence[tuple[Path, int]]) -> list[Path]:
    """The speeches by names of their own, also those of one file."""
    return [path.with_stem(f"{path.stem}-{part}") if part else path for path, part in named]


def _enough(named: Sequence[tuple[Path, int]]) -> None:
    if len(named) < 2:
        hint = "例如：drafter learn 去年.docx 今年.docx -o outlines/年会.yaml；只有一篇：drafter extract 讲话.docx"
        raise Rejected(Diagnostic("要两篇以上同一类的讲话稿才能学。", None, hint, code="learn-count"))
    if len(named) > MAX_SPEECHES:
        raise Rejected(Diagnostic(f"一次最多学 {MAX_SPEECHES} 篇，这里有 {len(named)} 篇。", code="learn-count"))
    seen: set[tuple[Path, int]] = set()
    for path, part in named:
        before = len(seen)
        seen.add((path.resolve(), part))
        if len(seen) == before:
            raise Rejected(Diagnostic("这个文件写了两次。", Place(str(path)), "每篇只写一次。", code="file-twice"))


def _of_one_kind(found: Learnt, paths: Sequence[Path]) -> None:
    """Raises Rejected where a speech has next to nothing in common with the others: no words, and neither title nor
    headings. Papers of one meeting are always learnt from, be their text all new."""
    rows = zip(paths, found.common, found.kin, strict=True)
    strange = [path for path, common, kin in rows if common < LEAST_COMMON and not kin]
    if not strange:
        return
    named = "、".join(printable(path.name) for path in strange)
    hint = f"标题、小标题和文字都不一样。同一类的讲话才能一起学；不同类的一篇一篇提取：drafter extract {printable(str(strange[0]))}"
    if len(strange) == len(paths) or len(paths) - len(strange) < 2:
        raise Rejected(Diagnostic("这几篇没有几段合得到一起，学不出一份提纲。", None, hint, code="learn-nothing-common"))
    raise Rejected(Diagnostic(f"{named} 和其他各篇没有几段合得到一起。", None, f"去掉它再学。{hint}", code="learn-nothing-common"))
