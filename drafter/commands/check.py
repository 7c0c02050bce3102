"""`drafter check`: files proof-read, what is safe put right, findings told as Word comments where that is asked for."""

import os
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.correcting import Decided, gone_through
from drafter.commands.deciding import Readings, Recorded, RecordedData, record, remembered
from drafter.commands.fixing import Fixed, FoundIn, Mended, Wanted, annotate, mended
from drafter.commands.kept import kept_of
from drafter.commands.many import FORKS, cores, files_named, spread
from drafter.commands.papers import as_of_day, read_as_word, read_file, with_others
from drafter.commands.patterns import patterns_remembered
from drafter.diagnostic import ADVICE, ERROR, WARNING, Diagnostic, DiagnosticData, Place, Rejected
from drafter.readers.open import DOCX, MARKDOWN, OUTLINE, TEXT, kind_named, readable

if TYPE_CHECKING:
    from drafter.check.groups import GroupData, SameFault
    from drafter.check.paper import Paper
    from drafter.check.report import FindingData, Remark
    from drafter.check.settings import Settings
    from drafter.check.tables.known import Known, OwnTableData
    from drafter.commands.next_step import Ending
    from drafter.outline.standing import BasisTold

    #: A file to look at, by what settings, and what is wanted.
    _Job = tuple[str, Settings, "CheckRequest"]

#: What an editor can open, by ending.
TEXTS = (*TEXT.suffixes, *MARKDOWN.suffixes)
OUTLINES = OUTLINE.suffixes

#: Work is spread over the cores from so many bytes on: below, starting the processes takes longer than it saves. A copy of
#: this one costs about 0.02 s; where only fresh ones can be had, each takes 0.4 s to read what it needs, as long as
#: 400,000 bytes of Chinese text (some 130,000 字).
WORTH_SPREADING = 100_000 if FORKS else 800_000


#: The rules on looks whose findings `drafter format` puts right.
MENDED = frozenset(
    (
        "broken-title", "empty-paragraphs", "indent-of-spaces", "missing-indent", "mixed-body-type", "no-page-number", "odd-margins", "odd-pitch",
        "odd-type", "placed-by-spaces", "wrong-paper",
    )
)  # fmt: skip


#: From which level on findings may be told.
LEVELS = (ERROR, WARNING, ADVICE)


class CheckRequest(NamedTuple):
    """What a user wants of `check`. None and () leave it to the configuration. `files` may be folders and patterns;
    `jobs` is how many files are looked at at once, 0 for as many as there are processors. With `fix` what is safe is put right;
    with `ask` the rest is gone through on the terminal; `decisions` say of findings, by their fingerprints, what takes the place
    of their words (None: they stay), and `remember` those that are to stay from now on. `dry_run`: nothing is written."""

    files: tuple[str, ...]
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str = ""
    as_of: str = ""
    minutes: float = 0
    fix: bool = False
    annotate: str = ""
    revisions: bool = False
    force: bool = False
    order: str = ""
    jobs: int = 0
    keep: tuple[str, ...] = ()
    unkeep: tuple[str, ...] = ()
    every: bool = False
    since: str = ""
    dry_run: bool = False
    ask: bool = False
    decisions: Mapping[str, str | None] = {}
    remember: tuple[str, ...] = ()


class CountsData(TypedDict):
    """How many findings there are of each level and of each kind, the gravest first; how many were left out because somebody
    has decided so, or because the base draft has them."""

    levels: dict[str, int]
    kinds: dict[str, int]
    kept: int
    known: int



class FormulationsData(TypedDict):
    """What is known of formulations, for programs: the day up to which the shipped tables have been compared, the user's
    own tables, and whether the speech is dated later than that day."""

    checked: str
    own: "list[OwnTableData]"
    later: bool


class CheckedFileData(TypedDict):
    """A file that was looked at, for programs: its findings in the order of the text, and the faults they are, in the order
    asked for; how many of each level and kind. `as_of` is the day it was judged by, null where it could not be read;
    `problems` are what kept it from being read, and remarks on how it is saved; `basis` is what there is to say of what the
    speech stands on."""

    file: str
    as_of: str | None
    formulations: FormulationsData
    findings: "list[FindingData]"
    groups: "list[GroupData]"
    counts: "CountsData"
    kept: "list[FindingData]"
    known: "list[FindingData]"
    recorded: "RecordedData | None"
    fixed: list[Fixed]
    undone: list[str]
    copy: str | None
    problems: list[DiagnosticData]
    basis: list[DiagnosticData]


class CheckedFile(NamedTuple):
    """One file looked at. `problems` are what keeps it from being read, and remarks on its encoding; `text` is the
    fixed text where standard input was to be fixed; `exit_code` is 0 where it could be read. `as_of` is the day it was
    judged by, None where it could not be read, `dated` whether it says so itself or somebody did; `order` is how its faults
    are to be told. `kept` are findings somebody has decided to leave, `known` those the base draft has; `recorded` what was
    noted as decided, None for nothing; `basis` what there is to say of what the speech stands on. `undone` are the decisions (by
    fingerprints) that could not be carried out, `copy` the name of the file as it was before it was put right, "" for none;
    `gone_through`: somebody has looked at the findings on the terminal, `stopped`: and wanted no more."""

    file: str
    remarks: "tuple[Remark, ...]"
    problems: tuple[Diagnostic, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    text: str = ""
    exit_code: int = 0
    as_of: date | None = None
    dated: bool = False
    order: str = ""
    kept: "tuple[Remark, ...]" = ()
    known: "tuple[Remark, ...]" = ()
    recorded: Recorded | None = None
    basis: "tuple[BasisTold, ...]" = ()
    undone: tuple[str, ...] = ()
    copy: str = ""
    gone_through: bool = False
    stopped: bool = False

    @property
    def groups(self) -> "tuple[SameFault, ...]":
        """The faults its findings are, in the order asked for."""
        from drafter.check.groups import BY_WEIGHT, gathered

        return gathered(self.remarks, self.order or BY_WEIGHT)

    @property
    def to_decide(self) -> "tuple[Remark, ...]":
        """The findings somebody has to decide on, in the order of the text: all but those `drafter format` puts right."""
        return tuple(r for r in self.remarks if r.finding.rule not in MENDED)

    @property
    def written(self) -> tuple[str, ...]:
        """The files written for it: itself, the copy of it as it was, what was noted as decided."""
        own = (self.file,) if self.fixed and not self.text else ()
        noted = (self.recorded.file,) if self.recorded and (self.recorded.added or self.recorded.dropped) else ()
        return tuple(dict.fromkeys((*own, *filter(None, (self.copy,)), *noted)))

    @property
    def mendable(self) -> bool:
        """Whether there is something `drafter format` puts right."""
        return any(r.finding.rule in MENDED for r in self.remarks)

    def later_than(self, known: "Known") -> bool:
        """Whether the speech may say what the tables of formulations have never heard of."""
        return self.dated and self.as_of is not None and self.as_of > known.day

    def json(self, known: "Known") -> CheckedFileData:
        """For programs."""
        from drafter.check.groups import by_kind
        from drafter.check.report import counted

        found = [r.finding for r in self.remarks]
        return {
            "file": self.file,
            "as_of": str(self.as_of) if self.as_of else None,
            "formulations": {"checked": str(known.day), "own": known.tables(), "later": self.later_than(known)},
            "findings": [r.json() for r in self.remarks],
            "groups": [group.json() for group in self.groups],
            "counts": {"levels": counted(found), "kinds": by_kind(found), "kept": len(self.kept), "known": len(self.known)},
            "kept": [r.json() for r in self.kept],
            "known": [r.json() for r in self.known],
            "recorded": self.recorded.json() if self.recorded else None,
            "fixed": list(self.fixed),
            "undone": list(self.undone),
            "copy": self.copy or None,
            "problems": [d.json() for d in self.problems],
            "basis": [d.json() for d in _basis_of([self])],
        }


class CheckResult(NamedTuple):
    """What `check` found, file by file; `known` is what the tables of formulations know, `annotated` the file with
    comments, "" for none; `since` says that a base draft was looked at too, `dry_run` that nothing was written. `left`
    are files nobody wanted to go through any more."""

    files: tuple[CheckedFile, ...]
    known: "Known"
    annotated: str = ""
    since: bool = False
    dry_run: bool = False
    left: tuple[str, ...] = ()
    request: CheckRequest = CheckRequest(())

    def ending(self) -> "Ending":
        """The files changed or written, and what most people do next: what is safe put right, the looks, the rest."""
        from drafter.check.paper import STDIN
        from drafter.commands.check_ending import LookedAt, ending_of

        looked = [
            LookedAt(
                name="-" if file.file == STDIN else file.file,
                findings=sum(r.finding.level != ADVICE for r in file.remarks),
                safe=sum(r.finding.safe for r in file.remarks),
                mendable=file.mendable,
                written=() if self.dry_run else file.written,
            )
            for file in self.files
            if not file.exit_code
        ]
        request = self.request
        return ending_of(looked, self.annotated if looked else "", request.fix, bool(request.keep or request.unkeep), request.dry_run)

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What keeps files from being read, and remarks on how they are saved; options that have no effect."""
        return (*self.idle(), *(problem for file in self.files for problem in file.problems))

    def idle(self) -> tuple[Diagnostic, ...]:
        """The options that have no effect."""
        from drafter.commands.no_effect import without_effect

        request = self.request
        jobs = (request.jobs and len(self.files) == 1, "--jobs")
        force = (request.force and not request.annotate, "--force")
        return (
            *without_effect("--annotate 要写的文件已经有了才用得上；--fix 直接改在原文件里", [force]),
            *without_effect("只有一个文件", [jobs]),
        )

    @property
    def basis(self) -> tuple[Diagnostic, ...]:
        """What there is to say of what the speeches stand on, each thing once."""
        return _basis_of(self.files)

    @property
    def exit_code(self) -> int:
        """2 where a file could not be read, 1 where there is an error or a warning, else 0."""
        unread = max((file.exit_code for file in self.files), default=0)
        return unread or int(any(r.finding.level != ADVICE for file in self.files for r in file.remarks))

    @property
    def read(self) -> int:
        """How many files could be read."""
        return sum(not file.exit_code for file in self.files)

    @property
    def unread(self) -> tuple[str, ...]:
        """The files that could not be read."""
        return tuple(file.file for file in self.files if file.exit_code)

    @property
    def fixed(self) -> int:
        """How many replacements were made."""
        return sum(len(file.fixed) for file in self.files)

    @property
    def mendable(self) -> tuple[str, ...]:
        """The files `drafter format` puts something right in, each once."""
        return tuple(dict.fromkeys(file.file for file in self.files if file.mendable))

    @property
    def levels(self) -> dict[str, int]:
        """How many findings there are of each level, the gravest first."""
        from drafter.check.report import counted

        return counted(r.finding for file in self.files for r in file.remarks)

    @property
    def kinds(self) -> dict[str, int]:
        """How many findings there are of each kind, the gravest first."""
        from drafter.check.groups import by_kind

        return by_kind([r.finding for file in self.files for r in file.remarks])

    def json(self) -> list[CheckedFileData]:
        """For programs."""
        return [file.json(self.known) for file in self.files]

    def up_to_when(self) -> str:
        """Up to which day formulations are known, in words, with a remark on speeches dated later."""
        return self.known.said([f.as_of for f in self.files if f.as_of and f.later_than(self.known)])

    def sarif(self) -> dict[str, object]:
        """For platforms that show findings beside code: SARIF 2.1.0."""
        from drafter import __version__
        from drafter.check.sarif import LoggedFinding, sarif

        found = []
        for file in self.files:
            found += [LoggedFinding(remark) for remark in file.remarks]
            found += [LoggedFinding(remark, kept=True) for remark in file.kept]
            found += [LoggedFinding(remark, known=True) for remark in file.known]
        about = {"formulationsChecked": str(self.known.day), "ownTables": self.known.tables()}
        return sarif(found, __version__, about, self.since)


#: Seconds one file is looked at; a speech takes a tenth of one, and a megabyte some ten.
MAX_SECONDS = 60


class Watch:
    """Keeps the time of one look at a file, and the rules that were left out because it was over."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.until = monotonic() + MAX_SECONDS
        self.left_out: list[str] = []

    def in_time(self, rule: str) -> bool:
        """Whether a rule may still begin."""
        if monotonic() > self.until:
            self.left_out.append(rule)
            return False
        return True

    def told(self) -> tuple[Diagnostic, ...]:
        """What was not looked at."""
        if not self.left_out:
            return ()
        told = f"看了 {MAX_SECONDS} 秒还没看完，这 {len(self.left_out)} 条规则没有看：{'、'.join(self.left_out)}。"
        hint = "把文件分成几份再看；或者用 --select 只看要紧的规则。"
        return (Diagnostic(told, Place(self.file), hint, level=WARNING, code="check-cut-short"),)


#: Hears of a file as soon as it is done, how many are, and of how many.
Heard = Callable[[CheckedFile, int, int], object]


def check(request: CheckRequest, heard: Heard = lambda file, done, of: None) -> CheckResult:
    """Every file of the request looked at, in order. Raises Rejected for what is wrong with the command or its
    configuration; a file that cannot be read is told in its own report."""
    from drafter.check.tables.known import known

    request = request._replace(files=files_named(request.files))
    _understood(request)
    told = known()
    settings = {name: _settings(request, name) for name in dict.fromkeys(map(_folder, request.files))}
    jobs = [(name, settings[_folder(name)], request) for name in request.files]
    checked: list[CheckedFile] = []
    with patterns_remembered(), closing(_spread(jobs, request)) as files:
        for file in files:
            checked.append(file)
            heard(file, len(checked), len(jobs))
    left = request.files[len(checked) :]
    return CheckResult(tuple(checked), told, request.annotate, bool(request.since), request.dry_run, left, request)


def _understood(request: CheckRequest) -> None:
    """Raises Rejected for a request that says too little, or what does not go together."""
    from drafter.check.groups import ORDERS
    from drafter.check.settings import ALLOWED_MINUTES, known, possible

    if not request.files:
        raise Rejected(Diagnostic("要检查哪个文件？例如：drafter check 讲话.txt", code="file-not-named"))
    if request.level not in ("", *LEVELS):
        raise Rejected(Diagnostic(f"--level {request.level}：没有这一级；有 error、warning、advice。", code="option-value"))
    if not possible(request.minutes):
        told = f"--minutes {request.minutes:g}：讲话讲不了这么多分钟。"
        raise Rejected(Diagnostic(told, None, ALLOWED_MINUTES, code="option-value"))
    if request.jobs < 0:
        raise Rejected(Diagnostic(f"--jobs {request.jobs}：同时看的文件不能少于 1 个。", code="option-value"))
    if request.files.count("-") > 1:
        raise Rejected(Diagnostic("“-”（标准输入）只能写一次。", code="standard-input"))
    if request.annotate and (
        len(request.files) != 1 or request.files[0] == "-" or kind_named(request.files[0]) is OUTLINE
    ):
        raise Rejected(Diagnostic("--annotate 一次给一份 .docx 加批注（别的文件先转成 .docx）；提纲和标准输入不行。", code="options-together"))
    if request.annotate and kind_named(request.annotate) is not DOCX:
        told = f"--annotate {request.annotate}：批注写成 Word 文件。"
        raise Rejected(Diagnostic(told, hint="文件名以 .docx 结尾，例如 --annotate 批注.docx", code="output-ending"))
    if (request.keep or request.unkeep) and (len(request.files) != 1 or request.files[0] == "-"):
        raise Rejected(Diagnostic("--keep、--unkeep 一次说一个文件里的；标准输入不行。", code="options-together"))
    if (request.keep or request.unkeep) and (request.fix or request.annotate):
        raise Rejected(Diagnostic("--keep、--unkeep 和 --fix、--annotate 分两次做。", code="options-apart"))
    if (request.dry_run or request.ask or request.decisions or request.remember) and not request.fix:
        raise Rejected(Diagnostic("--dry-run 说的是改动只看不写，要和 --fix 写在一起。", code="options-together"))
    if request.revisions and not (request.annotate or request.fix):
        raise Rejected(Diagnostic("--revisions 说的是改动写成修订，要和 --fix 或者 --annotate 写在一起。", code="options-together"))
    if request.order not in ("", *ORDERS):
        told = f"--order {request.order}：没有这样排的；有{'、'.join(ORDERS)}。"
        raise Rejected(Diagnostic(told, code="option-value"))
    as_of_day(request.as_of)
    known(request.select, "--select")
    known(request.ignore, "--ignore")


def _spread(jobs: "Sequence[_Job]", request: CheckRequest) -> Generator[CheckedFile, None, None]:
    """The files looked at, in order; on every core where that is worth it."""
    if request.ask:
        yield from _one_after_another(jobs)
        return
    if len(jobs) == 1:
        yield _check_one(jobs[0])
        return
    size = sum(os.path.getsize(name) for name in request.files if os.path.isfile(name))
    workers = min(request.jobs or cores(), len(jobs))
    if workers < 2 or "-" in request.files or (size < WORTH_SPREADING and not request.jobs):
        yield from map(_check_among, jobs)
    else:
        yield from spread(_check_among, jobs, workers, _lost, gently=request.fix)


def _one_after_another(jobs: "Sequence[_Job]") -> Generator[CheckedFile, None, None]:
    """The files gone through on the terminal, as far as somebody goes. Raises KeyboardInterrupt where nothing was written."""
    written = False
    for job in jobs:
        try:
            file = _gone_through(job)
        except KeyboardInterrupt:
            if not written:
                raise
            return
        written = written or bool(file.fixed)
        yield file
        if file.stopped:
            return


def _gone_through(job: "_Job") -> CheckedFile:
    """A file looked at, its findings gone through on the terminal, and what was decided carried out. Nothing is written before
    the end; raises KeyboardInterrupt where nothing is to be."""
    name, settings, request = job
    looked = _check_one((name, settings, request._replace(dry_run=True)))
    asked = looked.to_decide
    if name == "-" or looked.exit_code or request.dry_run or not asked:
        return looked if request.dry_run or looked.exit_code else _check_one(job)
    said: Decided = gone_through(asked, name, len(looked.fixed))
    if not said.decisions and not said.remember and not looked.fixed:
        return looked._replace(gone_through=True, stopped=said.stopped)
    wanted = request._replace(decisions=said.decisions, remember=said.remember)
    return _check_one((name, settings, wanted))._replace(gone_through=True, stopped=said.stopped)


def _check_among(job: "_Job") -> CheckedFile:
    """One of several files: what is wrong with us over one does not keep the others from being looked at."""
    try:
        return _check_one(job)
    except Exception as error:
        return _unchecked(job[0], f"drafter 自己出了错，这个文件没有看完：{error!r}", "internal-error")


def _lost(job: "_Job") -> CheckedFile:
    return _unchecked(job[0], "看这个文件的进程被结束了（多半是内存不够），没有看完。", "check-lost")


def _unchecked(name: str, told: str, code: str) -> CheckedFile:
    problem = Diagnostic(told, Place(name), f"单独看一次：drafter check {name}", code=code)
    return CheckedFile(name, (), (problem,), exit_code=2)


def _check_one(job: "_Job") -> CheckedFile:
    from drafter.check.paper import STDIN

    name, _, request = job
    shown = STDIN if name == "-" else name
    try:
        if os.path.isdir(name):
            raise Rejected(Diagnostic("这个文件夹里没有能检查的文件。", Place(name), f"能读 {readable(OUTLINE)}。", code="folder-empty"))
        if request.annotate:
            from drafter.commands.saving import check as may_be_written

            may_be_written(Path(request.annotate), force=request.force, inputs=[Path(name)])
        changes = request.fix and not request.dry_run
        if (changes or request.keep or request.unkeep) and name != "-":
            from drafter.commands.changing import in_place

            return in_place(Path(name), lambda: _checked(job, shown))
        return _checked(job, shown)
    except Rejected as error:
        return CheckedFile(shown, (), error.diagnostics, exit_code=error.exit_code)


def _checked(job: "_Job", shown: str) -> CheckedFile:
    """The same, whoever else may want the file. Raises Rejected."""
    from drafter.check.paper import check as find
    from drafter.check.report import remarks
    from drafter.commands.papers import placed_in

    name, settings, request = job
    reader = read_as_word if request.annotate else read_file
    opened = reader(name, as_of_day(request.as_of), settings.minutes)
    if request.fix and opened.made_of:
        way = f"先转成 .docx：drafter format {name}，再改转出来的那一份。"
        raise Rejected(Diagnostic(f"--fix 改不了{opened.made_of}。", Place(shown), way, code="fix-not-possible"))

    readings = Readings(kept_of(name, opened), request.since, settings)

    def found_in(paper: "Paper") -> FoundIn:
        found = find(paper, settings)
        return FoundIn(found, readings.sorted_out(paper, found).standing)

    beside = with_others(opened.paper.speech, name, request.files)
    opened = opened._replace(paper=opened.paper._replace(speech=beside))
    done = Mended(opened)
    if request.fix:
        how = Wanted(
            as_of=request.as_of,
            minutes=settings.minutes,
            decisions=request.decisions,
            remember=request.remember,
            revisions=request.revisions,
            dry_run=request.dry_run,
        )
        done = mended(name, opened, found_in, how)
        opened = done.opened
    watch = Watch(shown)
    found = find(opened.paper, settings, watch.in_time)
    recorded = None
    if done.remembered and not request.dry_run:
        recorded, decided = remembered(name, opened, done.remembered)
        readings = readings._replace(decided=decided)
    if request.keep or request.unkeep:
        recorded, decided = record(name, opened, found, request.keep, request.unkeep)
        readings = readings._replace(decided=decided)
    sorted_out = readings.sorted_out(opened.paper, found)
    told = dict(zip(found, remarks(opened.paper, found, shown, placed_in(opened)), strict=True))
    if request.annotate and opened.word is not None:
        target = Path(request.annotate)
        standing = tuple(told[f].finding for f in sorted_out.standing)
        annotate(name, target, opened, standing, revisions=request.revisions, force=request.force)
    speech = opened.paper.speech
    return CheckedFile(
        file=shown,
        remarks=tuple(told[f] for f in sorted_out.standing),
        problems=(*opened.problems, *_wordless(opened.paper, shown), *watch.told()),
        fixed=done.fixed,
        undone=done.undone,
        copy=done.copy,
        text=done.text,
        as_of=speech.as_of,
        dated=speech.dated and kind_named(name) is not OUTLINE,
        order=request.order,
        kept=tuple(told[f] for f in sorted_out.kept),
        known=tuple(told[f] for f in sorted_out.known),
        recorded=recorded,
        basis=opened.basis,
    )


def _basis_of(files: Sequence[CheckedFile]) -> tuple[Diagnostic, ...]:
    told = [basis for file in files for basis in file.basis]
    if not told:
        return ()
    from drafter.outline.standing import remarks_on

    return remarks_on(told)


def _wordless(paper: "Paper", shown: str) -> tuple[Diagnostic, ...]:
    """That there is nothing to look at, where there is not: an empty file has no mistakes."""
    if any(line.text.strip() for line in paper.speech.lines):
        return ()
    return (Diagnostic("这个文件里没有文字，没有什么可校对的。", Place(shown), "是不是文件拿错了，或者还没有保存？", level=WARNING, code="file-empty"),)


# ── settings ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _folder(name: str) -> str:
    return "." if name == "-" else os.path.dirname(name) or "."


def _settings(request: CheckRequest, folder: str) -> "Settings":
    """The settings for the files of a folder, what the command line says above what the nearest configuration says."""
    from drafter.commands.settings import checks

    configured = checks(Path(folder))
    return configured._replace(
        select=request.select or configured.select,
        ignore=(*configured.ignore, *request.ignore),
        level=request.level or configured.level or (ADVICE if request.select else ""),
        minutes=request.minutes or configured.minutes,
    )
