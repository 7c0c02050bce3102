"""Many files at once: the files that folders and patterns stand for, and work on files spread over the cores.

Each worker is a process of its own with a pipe of its own, so that one that dies takes one file with it and no more: the
others go on, and what was lost is told. Results come in the order of the jobs; no more than a few for each worker are
ahead of the one that is waited for, however many files there are.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from drafter.readers.open import OUTLINE, kind_named

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Done = TypeVar("Done")

#: So many jobs are given to a worker before it has told of the first: it never waits for the next one.
_GIVEN = 2

#: So many results for each worker may be ahead of the one that is waited for.
_AHEAD = 16

#: Where a process is begun as a copy of this one: what has been read and compiled need not be read and compiled again.
#: macOS has `fork` too and does not bear it.
FORKS = sys.platform == "linux"


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def files_named(names: Sequence[str]) -> tuple[str, ...]:
    """The files that names stand for: a folder for those in it and below that may hold a speech, a pattern (稿/*.docx,
    which not every shell resolves) for those it fits, in the order of their names. A name that stands for none is left as
    it is: who reads it says so."""
    out: list[str] = []
    for name in names:
        if os.path.isdir(name):
            found = [*_within(name)]
        elif any(c in name for c in "*?[") and not os.path.exists(name):
            found = [*_fitting(name)]
        else:
            found = []
        out += [one for one in found if one not in out] if found else [name]
    return tuple(out)


def _within(folder: str) -> Iterator[str]:
    """The files in a folder and below it that may hold a speech; outlines are none yet. Hidden ones are left out, and
    those by which office programs say that they have another open."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith((".", "~$")) and kind_named(name) not in (None, OUTLINE):
                yield os.path.join(place, name)


def _fitting(pattern: str) -> Iterator[str]:
    from glob import glob

    for name in sorted(glob(pattern, recursive=True)):
        if os.path.isfile(name) and kind_named(name) is not None and not os.path.basename(name).startswith("~$"):
            yield name


# ── work ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def cores() -> int:
    """How many processors this program may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def spread(
    work: Callable[[Job], Done], jobs: Sequence[Job], workers: int, lost: Callable[[Job], Done], gently: bool = False
) -> Iterator[Done]:
    """The work done on each job, in order, by so many processes at once. `lost` makes what takes the place of a result
    where the process has died over it. Who stops listening ends the workers, `gently`: each finishes the job it is at."""
    told = 0
    if FORKS and jobs:  # what the first one reads and compiles, all others find ready
        yield work(jobs[0])
        told = 1
    waiting = deque(range(told, len(jobs)))
    done: dict[int, Done] = {}
    team: list[_Worker] = []
    try:
        while len(team) < min(workers, len(waiting)):
            team.append(_begun(work, jobs, team))
        while told < len(jobs):
            _give(team, waiting, told + _AHEAD * len(team))
            if not team:  # all have died: the rest is done here
                number = waiting.popleft()
                done[number] = work(jobs[number])
            over: Iterator[tuple[int, tuple[Done, ...]]] = _gathered(team, waiting)
            for number, result in over:
                done[number] = result[0] if result else lost(jobs[number])
            while told in done:
                yield done.pop(told)
                told += 1
    finally:
        for worker in team:
            worker.pipe.close()
            if told < len(jobs) and not gently:
                worker.process.terminate()
            worker.process.join()


class _Worker(NamedTuple):
    """A process that works, our end of its pipe, and the numbers of the jobs it has, in order."""

    process: BaseProcess
    pipe: Connection
    busy: list[int]


def _begun(work: Callable[[Job], Done], jobs: Sequence[Job], team: Sequence[_Worker]) -> _Worker:
    from multiprocessing import get_context

    context = get_context("fork" if FORKS else None)
    pipe, its_own = context.Pipe()
    ours = [worker.pipe for worker in team] + [pipe] if FORKS else []
    process = context.Process(target=_serve, args=(its_own, ours, work, jobs), daemon=True)
    process.start()
    its_own.close()
    return _Worker(process, pipe, [])


def _serve(pipe: Connection, copies: Sequence[Connection], work: Callable[[Job], Done], jobs: Sequence[Job]) -> None:
    """A worker's life: until nobody is left who gives it work. `copies` are ends that are not its own: while it held one,
    another would not see that all is over."""
    for copy in copies:
        copy.close()
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            number = pipe.recv()
            pipe.send((number, work(jobs[number])))


def _give(team: Sequence[_Worker], waiting: deque[int], most: int) -> None:
    """Gives the workers what waits, up to the job `most`."""
    for enough in range(1, _GIVEN + 1):  # none has two while another has none
        for worker in team:
            if len(worker.busy) < enough and waiting and waiting[0] < most:
                worker.busy.append(waiting.popleft())
                with suppress(OSError):  # it has died, which will be seen
                    worker.pipe.send(worker.busy[-1])


def _gathered(team: list[_Worker], waiting: deque[int]) -> Iterator[tuple[int, tuple[Done, ...]]]:
    """The numbers of jobs that are over, each with its result, or with none where its worker has died over it: that one
    is of the team no more, and what else it was given waits again."""
    from multiprocessing.connection import wait

    ready = wait([worker.pipe for worker in team if worker.busy]) if team else []
    for worker in [worker for worker in team if worker.pipe in ready]:
        try:
            number, result = worker.pipe.recv()
        except (EOFError, OSError):
            team.remove(worker)
            worker.pipe.close()
            worker.process.join()
            waiting.extendleft(reversed(worker.busy[1:]))
            yield worker.busy[0], ()
        else:
            worker.busy.remove(number)
            yield number, (result,)
