"""`drafter check`: files proof-read, what is safe put right, findings told as Word comments where that is asked for."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.commands.carrying import own_tables, sent
from drafter.commands.check.checked import MENDED, CheckedFile, CheckedFileData
from drafter.commands.check.looking import (
    Carried,
    CarriedToAll,
    Disk,
    SeenElsewhere,
    Watch,
    looked,
    looked_at,
    unchecked,
)
from drafter.commands.check.request import CheckRequest, understood
from drafter.commands.check.result import CheckResult
from drafter.commands.check.tally import CheckTally
from drafter.commands.correcting import Decided, gone_through
from drafter.commands.kept import KeptBeside
from drafter.commands.many import FORKS, cores, spread
from drafter.commands.named import named, names_listed, none_in, of_links, shard_of
from drafter.commands.papers import MOST_FILES, as_of_day
from drafter.commands.patterns import patterns_remembered
from drafter.commands.saving import will_not_do
from drafter.diagnostic import ADVICE, Diagnostic, Rejected
from drafter.readers.open import DOCX, MARKDOWN, OUTLINE, TEXT, kind_named
from drafter.startup import collecting

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from drafter.check.settings import Settings

    #: A file to look at, by what settings, what is wanted, and the files that are looked at together.
    _Job = tuple[str, Settings, CheckRequest, Sequence[str]]

__all__ = ["MENDED", "OUTLINES", "TEXTS", "CheckRequest", "CheckResult", "CheckedFile", "Heard", "Watch", "check"]

#: What an editor can open, by ending.
TEXTS = (*TEXT.suffixes, *MARKDOWN.suffixes)
OUTLINES = OUTLINE.suffixes

#: Work is spread over the cores from so many bytes on: below, starting the processes takes longer than it saves. A copy of
#: this one costs about 0.02 s; where only fresh ones can be had, each takes 0.4 s to read what it needs, as long as
#: 400,000 bytes of Chinese text (some 130,000 字).
WORTH_SPREADING = 100_000 if FORKS else 800_000


def data_of(file: CheckedFile) -> CheckedFileData:
    """A file that was heard of, for programs."""
    from drafter.check.tables.known import known

    return file.json(known())


#: Hears of a file as soon as it is done, how many are, and of how many.
Heard = Callable[[CheckedFile, int, int], object]


def check(
    request: CheckRequest, heard: Heard = lambda file, done, of: None, executor: "Executor | None" = None, hold: bool = True
) -> CheckResult:
    """Every file of the request looked at, in order, by an `executor` of any kind, else on every core where that is worth it.
    Not `hold`: the files are heard one by one, and of all of them only what is said at the end is kept. Raises Rejected for
    what is wrong with the command or its configuration; a file that cannot be read is told in its own report."""
    from drafter.check.tables.known import known

    listed = names_listed(request.files_from) if request.files_from else ()
    linked: list[str] = []
    every = named((*request.files, *listed), linked=linked)
    shard = shard_of(request.shard)
    names = tuple(one.path for one in every if shard is None or shard.holds(one.within))
    understood(request._replace(files=tuple(one.path for one in every)))
    told = known()
    settings = {name: _settings(request, name) for name in dict.fromkeys(map(_folder, names))}
    jobs = [(name, settings[_folder(name)], request, names) for name in names]
    checked: list[CheckedFile] = []
    tally = CheckTally(told, request.dry_run)
    with patterns_remembered(), collecting(len(jobs) > 1), closing(_spread(jobs, request, executor)) as files:
        for file in files:
            tally.hears(file)
            if hold:
                checked.append(file)
            heard(file, tally.files, len(jobs))
            if request.fix and will_not_do(file.problems):
                break
    annotated = request.annotate if not request.dry_run and tally.read else ""
    return CheckResult(
        files=tuple(checked),
        known=told,
        annotated=annotated,
        since=bool(request.since),
        dry_run=request.dry_run,
        left=names[tally.files :],
        request=request,
        heard=tally,
        named=len(every),
        above=(*of_links(linked), *_above(request, settings)),
    )


def _spread(jobs: "Sequence[_Job]", request: CheckRequest, executor: "Executor | None") -> Generator[CheckedFile, None, None]:
    """The files looked at, in order; on every core where that is worth it."""
    if request.ask:
        yield from _one_after_another(jobs)
        return
    if len(jobs) == 1 and executor is None:
        yield _check_one(jobs[0])
        return
    workers = min(request.jobs or cores(), len(jobs))
    if executor is None and (workers < 2 or not (request.jobs or _worth_spreading(jobs))):
        yield from map(_check_among, jobs)
    else:
        yield from _carried(jobs, request, executor or workers)


def _worth_spreading(jobs: "Sequence[_Job]") -> bool:
    """Whether there is enough to do for several."""
    size = 0
    for job in jobs:
        size += os.path.getsize(job[0]) if os.path.isfile(job[0]) else 0
        if size >= WORTH_SPREADING:
            return True
    return False


#: What is wanted of a single file is done where it lies.
_AT_HOME = ("annotate", "output", "keep", "unkeep", "decisions", "remember", "text", "known_as")


def _carried(
    jobs: "Sequence[_Job]", request: CheckRequest, workers: "int | Executor"
) -> Generator[CheckedFile, None, None]:
    """The files looked at by others, who get their bytes, in order. Files are opened and written only here: what cannot be
    looked at without the disk (outlines, the script of a meeting) is looked at here too."""
    base = sent(request.since) if request.since and not _is_outline(request.since) else None
    at_home = any(getattr(request, name) for name in _AT_HOME) or (request.since and base is None)
    as_of = as_of_day(request.as_of)
    plain = request._replace(files=(), as_of=str(as_of) if as_of else "", jobs=0, files_from="")
    kept = KeptBeside()
    order: deque[tuple[_Job, Carried | CheckedFile | None]] = deque()

    def parcels() -> Iterator[Carried]:
        for job in jobs:
            name, settings, _, names = job
            try:
                goes = not (at_home or name == "-" or _is_outline(name) or os.path.isdir(name))
                parcel = Carried(sent(name), kept.of(Path(name)), settings, len(names) <= MOST_FILES) if goes else None
            except Rejected as error:
                order.append((job, CheckedFile(name, (), error.diagnostics, exit_code=error.exit_code)))
                continue
            order.append((job, parcel))
            if parcel is not None:
                yield parcel

    work = partial(looked_at, CarriedToAll(plain, own_tables(), base))
    with closing(spread(work, parcels(), workers, _lost)) as seen:  # type: ignore[type-var]
        while True:
            result = next(seen, _NO_MORE)
            while order and not isinstance(order[0][1], Carried):
                job, known = order.popleft()
                yield known if isinstance(known, CheckedFile) else _check_among(job)
            if isinstance(result, _NoMore):
                return
            job, parcel = order.popleft()
            yield _brought(job, parcel, result) if isinstance(parcel, Carried) else _check_among(job)


class _NoMore:
    """Nothing comes any more."""


_NO_MORE = _NoMore()


def _is_outline(name: str) -> bool:
    return kind_named(name) is OUTLINE


def _brought(job: "_Job", parcel: Carried, seen: SeenElsewhere | None) -> CheckedFile:
    """A file that was looked at somewhere else, and what was put right in it written over it."""
    if seen is None:
        return _check_among(job)
    if not seen.data:
        return seen.file
    from drafter.commands.changing import in_place, written_over
    from drafter.commands.replacing import SavedMeanwhile

    path, word = Path(job[0]), parcel.file.kind == DOCX.name
    try:
        copy = in_place(path, lambda: written_over(path, parcel.file.data, seen.data, keep=word))
    except SavedMeanwhile:  # what is there now is another
        return _check_among(job)
    except Rejected as error:
        return CheckedFile(job[0], (), error.diagnostics, exit_code=error.exit_code)
    return seen.file._replace(copy=copy)


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
    name, settings, request, names = job
    looked = _check_one((name, settings, request._replace(dry_run=True), names))
    asked = looked.to_decide
    if name == "-" or looked.exit_code or request.dry_run or not asked:
        return looked if request.dry_run or looked.exit_code else _check_one(job)
    said: Decided = gone_through(asked, name, len(looked.fixed))
    if not said.decisions and not said.remember and not looked.fixed:
        return looked._replace(gone_through=True, stopped=said.stopped)
    wanted = request._replace(decisions=said.decisions, remember=said.remember)
    return _check_one((name, settings, wanted, names))._replace(gone_through=True, stopped=said.stopped)


def _check_among(job: "_Job") -> CheckedFile:
    """One of several files: what is wrong with us over one does not keep the others from being looked at."""
    try:
        return _check_one(job)
    except Exception as error:
        return unchecked(job[0], f"drafter 自己出了错，这个文件没有看完：{error!r}", "internal-error")


def _lost(parcel: Carried) -> SeenElsewhere:
    return SeenElsewhere(unchecked(parcel.file.name, "看这个文件的进程被结束了（多半是内存不够），没有看完。", "check-lost"))


def _check_one(job: "_Job") -> CheckedFile:
    from drafter.check.paper import STDIN

    name, settings, request, files = job
    disk = Disk(name, request, settings, files)
    shown = STDIN if name == "-" else name
    try:
        if os.path.isdir(name):
            raise Rejected(none_in(name, "检查"))
        if request.output and request.fix:
            return _beside(job)
        if request.annotate and not request.dry_run:
            from drafter.commands.saving import check as may_be_written

            may_be_written(Path(request.annotate), force=request.force, inputs=[Path(name)], option="--annotate")
        changes = request.fix and not request.dry_run
        if (changes or request.keep or request.unkeep) and name != "-":
            from drafter.commands.changing import in_place

            return in_place(Path(name), lambda: looked(disk, shown))
        return looked(disk, shown)
    except Rejected as error:
        return CheckedFile(shown, (), error.diagnostics, exit_code=error.exit_code)


def _beside(job: "_Job") -> CheckedFile:
    """A file put right beside itself: a copy of it, or the Word file that is made of it, which is put right in its place. Raises
    Rejected, with nothing written."""
    from drafter.commands.changing import in_place
    from drafter.commands.papers import bytes_to_put_right
    from drafter.commands.saving import save

    name, settings, request, files = job
    target = Path(request.output)
    save(target, bytes_to_put_right(name), force=request.force, inputs=[Path(name)])
    try:
        return in_place(target, lambda: looked(Disk(str(target), request, settings, files)))
    except Rejected:
        target.unlink(missing_ok=True)
        raise


# ── settings ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _above(request: CheckRequest, folders: Iterable[str]) -> tuple[Diagnostic, ...]:
    """What settings above the files change; a text the desk keeps for somebody lies below the folder that is his own."""
    from drafter.commands.settings import from_above

    return from_above(folders, "." if request.known_as else None)


def _folder(name: str) -> str:
    return "." if name == "-" else os.path.dirname(name) or "."


def _settings(request: CheckRequest, folder: str) -> "Settings":
    """The settings for the files of a folder, what the command line says above what the nearest configuration says."""
    from drafter.commands.settings import checks

    configured = checks(Path(request.settings_of or folder))
    return configured._replace(
        select=request.select or configured.select,
        ignore=(*configured.ignore, *request.ignore),
        level=request.level or configured.level or (ADVICE if request.select else ""),
        minutes=request.minutes or configured.minutes,
    )
