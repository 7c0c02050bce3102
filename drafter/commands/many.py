"""Much work at once, spread over the cores of this machine (`drafter.commands.team`) or over whatever an executor has.

Results come in the order of the jobs; jobs are taken, and results kept, only so far ahead of the one that is waited for,
however many there are. A job that may go to another machine holds bytes and gives back bytes: files are opened only here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from drafter.commands.named import files_named as files_named
from drafter.commands.team import FORKS as FORKS
from drafter.commands.team import MOST_BYTES, Team, weight
from drafter.startup import patterns_stay_meanwhile

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Job = TypeVar("Job")
Done = TypeVar("Done")

#: So many jobs are given to an executor at least, and so many for each of its workers where it says how many there are.
_LEAST, _EACH = 32, 4


def cores() -> int:
    """How many processors this program may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def spread(
    work: Callable[[Job], Done],
    jobs: Iterable[Job],
    workers: int | Executor,
    lost: Callable[[Job], Done],
    gently: bool = False,
    begin: str = "",
) -> Iterator[Done]:
    """The work done on each job, in order, by so many processes at once, or by an executor of any kind: threads, processes,
    Dask's `Client.get_executor(pure=False)`. `lost` makes what takes the place of a result where the process has died over
    it; what `work` raises is raised here. Who stops listening ends the workers, `gently`: each finishes the job it is at;
    an executor is the caller's, and what it was given is taken back where it has not begun.

    `begin` is how processes are begun, as `multiprocessing` calls it, "" for the way of this system. Unless they are copies
    of this one, `work` is a function of a module, and jobs and results are picklable."""
    coming = iter(jobs)
    if isinstance(workers, int):
        yield from _by_processes(work, coming, workers, lost, gently, begin)
    else:
        yield from _by_executor(work, coming, workers, lost)


def _by_processes(
    work: Callable[[Job], Done], jobs: Iterator[Job], workers: int, lost: Callable[[Job], Done], gently: bool, begin: str
) -> Iterator[Done]:
    told = 0
    if begin == "fork" or (FORKS and not begin):  # what the first one reads and compiles, all others find ready
        for job in jobs:
            yield work(job)
            told = 1
            break
    team = Team(work, enumerate(jobs, told), workers, begin)
    done: dict[int, Done] = {}
    over = False
    try:
        while not over:
            team.give(told)
            if team.busy:
                for number, job, result in team.gathered():
                    done[number] = result[0] if result else lost(job)
            elif team.waiting:  # all have died: the rest is done here
                number, job, _ = team.waiting.popleft()
                done[number] = work(job)
            else:
                over = True
            while told in done:
                yield done.pop(told)
                told += 1
    finally:
        team.leave(at_once=not over and not gently)


#: So many seconds without a result it is asked whether the executor is still there.
_LOOK_S = 10.0

#: Threads of an executor take turns: what drafter has read and compiled is shared, and Python lets only one of them work
#: at a time as it is.
_TURN = Lock()


def _in_turn(work: Callable[[Job], Done], job: Job) -> Done:
    with _TURN, patterns_stay_meanwhile():
        return work(job)


def _by_executor(
    work: Callable[[Job], Done], jobs: Iterator[Job], executor: Executor, lost: Callable[[Job], Done]
) -> Iterator[Done]:
    """The same by an executor. One that breaks, as that of the standard library does when one of its processes dies, has not
    done the rest: processes of ours do it."""
    from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait

    given: dict[Future[Done], tuple[int, Job]] = {}
    done: dict[int, Done] = {}
    told, taken, most = 0, 0, max(_LEAST, _EACH * hands_of(executor))
    ahead: dict[int, int] = {}  # the bytes of each job that was taken and whose result was not told
    held = 0
    broken = False
    try:
        while not broken:
            for job in jobs if taken < told + most and held < MOST_BYTES else ():
                try:
                    given[executor.submit(_in_turn, work, job)] = (taken, job)
                except BrokenExecutor:
                    broken, jobs = True, chain((job,), jobs)
                    break
                ahead[taken] = weight(job)
                held += ahead[taken]
                taken += 1
                if taken >= told + most or held >= MOST_BYTES:
                    break
            if not given:
                break
            over = wait(given, _LOOK_S, FIRST_COMPLETED).done
            broken = not over and _is_gone(executor)
            for future in over:
                try:
                    result = future.result()
                except (BrokenExecutor, CancelledError):
                    broken = True
                    continue
                except Exception as error:
                    if not _killed(error):
                        raise
                    result = lost(given[future][1])
                done[given.pop(future)[0]] = result
            while told in done:
                yield done.pop(told)
                held -= ahead.pop(told)
                told += 1
    finally:
        for future in given:
            future.cancel()
    if broken:
        yield from _without(work, jobs, sorted(given.values(), key=lambda one: one[0]), done, lost)


def _without(
    work: Callable[[Job], Done],
    jobs: Iterator[Job],
    left: Sequence[tuple[int, Job]],
    done: dict[int, Done],
    lost: Callable[[Job], Done],
) -> Iterator[Done]:
    """The rest without the executor: what was `left` of what it was given, between which some is `done`, and all behind it."""
    order = sorted([*done, *(number for number, _ in left)])
    rest = _by_processes(work, chain((job for _, job in left), jobs), cores(), lost, False, "spawn")
    for number in order:
        yield done.pop(number) if number in done else next(rest)
    yield from rest


def _killed(error: Exception) -> bool:
    """Whether an executor gives up on a job because the processes that did it died: Dask says so by an error of its own."""
    return type(error).__name__ == "KilledWorker"


def _is_gone(executor: Executor) -> bool:
    """Whether an executor has lost those who work for it and nobody will say so: Dask's, while its scheduler is away."""
    return getattr(getattr(executor, "_client", None), "status", "running") != "running"


def hands_of(executor: Executor) -> int:
    """How many jobs an executor does at once, 1 where it does not say: those of the standard library and Dask's do."""
    client = getattr(executor, "_client", None)
    if client is not None and hasattr(client, "nthreads"):
        return sum(client.nthreads().values())
    most = getattr(executor, "_max_workers", 1)
    return most if isinstance(most, int) else 1
