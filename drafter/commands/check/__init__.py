"""`drafter check`: files proof-read, what is safe put right, findings told as Word comments where that is asked for."""

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from drafter.commands.check.checked import MENDED, CheckedFile, CheckResult
from drafter.commands.check.request import CheckRequest, understood
from drafter.commands.correcting import Decided, gone_through
from drafter.commands.deciding import Readings, record, remembered
from drafter.commands.fixing import FoundIn, Mended, Wanted, annotate, mended
from drafter.commands.kept import kept_beside, kept_of
from drafter.commands.many import FORKS, cores, files_named, spread
from drafter.commands.papers import as_of_day, pages_of, read_as_word, read_file, with_others
from drafter.commands.patterns import patterns_remembered
from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Place, Rejected
from drafter.readers.open import DOCX, MARKDOWN, OUTLINE, TEXT, kind_named, readable

if TYPE_CHECKING:
    from drafter.check.paper import Paper
    from drafter.check.settings import Settings

    #: A file to look at, by what settings, and what is wanted.
    _Job = tuple[str, Settings, CheckRequest]

__all__ = ["MENDED", "OUTLINES", "TEXTS", "CheckRequest", "CheckResult", "CheckedFile", "Heard", "Watch", "check"]

#: What an editor can open, by ending.
TEXTS = (*TEXT.suffixes, *MARKDOWN.suffixes)
OUTLINES = OUTLINE.suffixes

#: Work is spread over the cores from so many bytes on: below, starting the processes takes longer than it saves. A copy of
#: this one costs about 0.02 s; where only fresh ones can be had, each takes 0.4 s to read what it needs, as long as
#: 400,000 bytes of Chinese text (some 130,000 字).
WORTH_SPREADING = 100_000 if FORKS else 800_000

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
    understood(request)
    told = known()
    settings = {name: _settings(request, name) for name in dict.fromkeys(map(_folder, request.files))}
    jobs = [(name, settings[_folder(name)], request) for name in request.files]
    checked: list[CheckedFile] = []
    with patterns_remembered(), closing(_spread(jobs, request)) as files:
        for file in files:
            checked.append(file)
            heard(file, len(checked), len(jobs))
    left = request.files[len(checked) :]
    annotated = request.annotate if not request.dry_run and any(not file.exit_code for file in checked) else ""
    return CheckResult(tuple(checked), told, annotated, bool(request.since), request.dry_run, left, request)


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
        if request.output and request.fix:
            return _beside(job)
        if request.annotate and not request.dry_run:
            from drafter.commands.saving import check as may_be_written

            may_be_written(Path(request.annotate), force=request.force, inputs=[Path(name)], option="--annotate")
        changes = request.fix and not request.dry_run
        if (changes or request.keep or request.unkeep) and name != "-":
            from drafter.commands.changing import in_place

            return in_place(Path(name), lambda: _checked(job, shown))
        return _checked(job, shown)
    except Rejected as error:
        return CheckedFile(shown, (), error.diagnostics, exit_code=error.exit_code)


def _beside(job: "_Job") -> CheckedFile:
    """A file put right beside itself: a copy of it, or the Word file that is made of it, which is put right in its place. Raises
    Rejected, with nothing written."""
    from drafter.commands.changing import in_place
    from drafter.commands.papers import bytes_to_put_right
    from drafter.commands.saving import save

    name, settings, request = job
    target = Path(request.output)
    save(target, bytes_to_put_right(name), force=request.force, inputs=[Path(name)])
    try:
        return in_place(target, lambda: _checked((str(target), settings, request), str(target)))
    except Rejected:
        target.unlink(missing_ok=True)
        raise


def _checked(job: "_Job", shown: str) -> CheckedFile:
    """The same, whoever else may want the file. Raises Rejected."""
    from drafter.check.paper import check as find
    from drafter.check.report import remarks
    from drafter.commands.papers import placed_in

    name, settings, request = job
    written_back = kind_named(name) in (DOCX, TEXT, MARKDOWN)
    reader = read_as_word if request.annotate or (request.text and not written_back) else read_file
    opened = reader(name, as_of_day(request.as_of), settings.minutes)
    if request.fix and opened.made_of:
        way = f"先转成 .docx：drafter format {name}，再改转出来的那一份。"
        raise Rejected(Diagnostic(f"--fix 改不了{opened.made_of}。", Place(shown), way, code="fix-not-possible"))

    kept = kept_of(name, opened)
    if request.known_as:
        kept = kept._replace(beside=(*kept.beside, *kept_beside(Path(request.known_as))))
    readings = Readings(kept, request.since, settings)

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
            keep=not request.output,
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
    if request.annotate and opened.word is not None and not request.dry_run:
        target = Path(request.annotate)
        left = {known for known, words in request.decisions.items() if words is None}
        standing = tuple(told[f].finding for f in sorted_out.standing if told[f].fingerprint not in left)
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
        lines=speech.lines if request.text else (),
        pages=pages_of(opened) if request.text else (),
    )


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
