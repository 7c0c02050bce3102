"""`check`: the proof-reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Literal

from drafter.api.given import (
    Day,
    FileGiven,
    PathGiven,
    count_of,
    day_of,
    door,
    file_of,
    files_of,
    number_of,
    path_of,
    refused,
    text_file,
    word_of,
    words_of,
)
from drafter.commands.check import CheckRequest, CheckResult
from drafter.commands.check.checked import CheckedFile
from drafter.commands.held import File, holding
from drafter.diagnostic import Rejected


def _nobody(file: CheckedFile, done: int, of: int) -> None:
    """Nobody hears."""


@door
def check(
    files: FileGiven | Sequence[FileGiven] | None = None,
    *,
    text: str | None = None,
    select: Sequence[str] | str = (),
    ignore: Sequence[str] | str = (),
    level: Literal["error", "warning", "advice"] | None = None,
    as_of: Day | None = None,
    minutes: float | None = None,
    since: FileGiven | None = None,
    every: bool = False,
    order: str | None = None,
    fix: bool = False,
    revisions: bool = False,
    dry_run: bool = False,
    annotate: PathGiven | bool = False,
    keep: Sequence[str] | str = (),
    unkeep: Sequence[str] | str = (),
    jobs: int = 1,
    executor: Executor | None = None,
    heard: Callable[[CheckedFile, int, int], object] | None = None,
    hold: bool = True,
    force: bool = False,
) -> CheckResult:
    """Proof-read speeches, or a `text`: `drafter.check(text="截止目前，…").findings`.

    files: paths (folders and patterns too), bytes, `drafter.File`, or what is open to be read. One that cannot be read is
        refused; one of several is told in its own report (`problems`, `exit_code` 2).
    select, ignore: names of rules; level: the least grave findings wanted. None and () leave it to `drafter.toml`.
    as_of: the day formulations are judged by; None is the one the speech says, else today. minutes: how long it may take.
    since: an earlier draft; only what is new since then is told. every: what was decided to stay is told too.
    fix: what is safe is put right: in its place where it is a path, else the bytes are in `data`; revisions: as tracked
        changes; dry_run: nothing is written.
    annotate: a .docx with the findings as comments, at this path; True: in `data`.
    keep, unkeep: findings that are to stay, as the command line says them (3, or 3=why).
    jobs: processes at once; 0 as many as there are processors. The default starts none.
    executor: does the work instead: threads, processes, Dask's. Files are opened and written by this process alone.
    heard: is called with each file when it is done, how many are, and of how many. hold=False: the files are only heard of,
        and of a hundred thousand nothing is kept but the counts.

    Raises Rejected. `exit_code` is that of the command line: 1 where there is an error or a warning.
    """
    from drafter.commands.check import check as command

    if (files is None) == (text is None):
        raise refused("给文件，或者给 text=，二者之一。", '例如 drafter.check("讲话.docx") 或者 drafter.check(text="……")。')
    given = (text_file(text),) if text is not None else files_of(files if files is not None else ())
    alone = text is not None or not isinstance(files, list | tuple) or isinstance(files, File)
    before = () if since is None else (file_of(since, "since"),)
    with holding(*given, *before) as held:
        named = held.names[: len(given)]
        wants = annotate is True
        target = held.target(named[0] if named else "", "（批注）", ".docx") if wants else ""
        request = CheckRequest(
            files=named,
            select=words_of(select, "select"),
            ignore=words_of(ignore, "ignore"),
            level=word_of(level, "level"),
            as_of=day_of(as_of),
            minutes=number_of(minutes, "minutes"),
            since=held.names[-1] if before else "",
            every=every,
            order=word_of(order, "order"),
            fix=fix,
            revisions=revisions,
            dry_run=dry_run,
            annotate=target or ("" if isinstance(annotate, bool) else path_of(annotate, "annotate")),
            keep=words_of(keep, "keep"),
            unkeep=words_of(unkeep, "unkeep"),
            jobs=count_of(jobs, "jobs"),
            force=force,
        )
        tells = heard or _nobody
        found = command(request, lambda file, done, of: tells(held.bare(file), done, of), executor, hold)
        if alone and hold and len(found.files) == 1 and found.files[0].file in named and found.files[0].exit_code:
            raise Rejected(*found.files[0].problems, exit_code=found.files[0].exit_code)
        return held.given_back(found._replace(heard=None) if hold else found)
