"""Work on many jobs by processes of this machine: each has a pipe of its own, so that one that dies takes one job with it
and no more, and another takes its place.

Jobs travel through the pipes: what is sent must be picklable, and so must what comes back. A job is sent when somebody is
there to do it, so that no more than a few of them, and of their results, are in memory at once.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from drafter.startup import collecting, patterns_stay_meanwhile

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Done = TypeVar("Done")

#: So many jobs are given to a worker before it has told of the first: it never waits for the next one.
_GIVEN = 2

#: A job waits behind another in a worker's pipe only where it fits there whole (bytes): else we would wait for the worker to
#: take it, and the worker for us to take its result. A pair of sockets holds 200 KB, a pipe of Windows 8.
_FITS = 64_000 if sys.platform != "win32" else 4_000

#: So many results for each worker may be ahead of the one that is waited for.
AHEAD = 16

#: Jobs that hold more than this (bytes) together are not on their way at once, nor are their results: three of the largest
#: files that are read. One always is.
MOST_BYTES = 256 << 20

#: Where a process is begun as a copy of this one: what has been read and compiled need not be read and compiled again.
#: macOS has `fork` too and does not bear it.
FORKS = sys.platform == "linux"


def weight(job: object) -> int:
    """The bytes a job holds: what travels are files and what is said of them, in tuples."""
    if isinstance(job, bytes):
        return len(job)
    return sum(map(weight, job)) if isinstance(job, tuple) else 0


class _Waiting(NamedTuple, Generic[Job]):
    """A job nobody does yet: its number, and itself as it is sent."""

    number: int
    job: Job
    sent: bytes


class _Worker(Generic[Job]):
    """A process that works, our end of its pipe, the jobs it has, in order, and how many it has done."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.busy: dict[int, _Waiting[Job]] = {}
        self.done = 0


class Team(Generic[Job, Done]):
    """Processes that do `work` on jobs that come one after the other, at most so many. `begin` is how a process is begun, as
    `multiprocessing` calls it; "" for the way of this system."""

    def __init__(self, work: Callable[[Job], Done], coming: Iterator[tuple[int, Job]], most: int, begin: str = "") -> None:
        self.work, self.coming, self.most = work, coming, most
        self.begin = begin or ("fork" if FORKS else "spawn")
        self.members: list[_Worker[Job]] = []
        self.waiting: deque[_Waiting[Job]] = deque()
        self.ahead: dict[int, int] = {}

    @property
    def busy(self) -> bool:
        """Whether anybody has a job."""
        return any(worker.busy for worker in self.members)

    def give(self, told: int) -> None:
        """Give what waits, as far as it is not too far ahead of the result `told` next; more workers are begun where all have
        something to do."""
        for number in [number for number in self.ahead if number < told]:
            del self.ahead[number]
        for enough in range(1, _GIVEN + 1):  # none has two while another has none
            for worker in (*self.members,):
                if len(worker.busy) < enough and (job := self._next(told, enough > 1)):
                    self._send(worker, job)
        while len(self.members) < self.most and (job := self._next(told, False)):
            self.members.append(self._begun())
            self._send(self.members[-1], job)
        self._look()

    def _look(self) -> None:
        """See whether there is another job."""
        from multiprocessing.reduction import ForkingPickler

        if not self.waiting:
            for number, job in self.coming:
                self.waiting.append(_Waiting(number, job, bytes(ForkingPickler.dumps((number, job)))))
                break

    def _next(self, told: int, behind: bool) -> _Waiting[Job] | None:
        """The next job that waits, None where there is none that may be given: `behind` another one."""
        self._look()
        if not self.waiting or self.waiting[0].number >= told + AHEAD * max(1, len(self.members)):
            return None
        if behind and len(self.waiting[0].sent) > _FITS:
            return None
        if self.ahead and self.waiting[0].number not in self.ahead and sum(self.ahead.values()) >= MOST_BYTES:
            return None
        self.ahead[self.waiting[0].number] = len(self.waiting[0].sent)
        return self.waiting.popleft()

    def _send(self, worker: _Worker[Job], job: _Waiting[Job]) -> None:
        worker.busy[job.number] = job
        try:
            worker.pipe.send_bytes(job.sent)
        except OSError:  # it has died; over something it had before, which will be seen, or while it had nothing to do
            if len(worker.busy) == 1:
                self.waiting.appendleft(worker.busy.pop(job.number))
                self._gone(worker)

    def _begun(self) -> _Worker[Job]:
        from multiprocessing import get_context

        context = get_context(self.begin)
        pipe, its_own = context.Pipe()
        ours = [worker.pipe for worker in self.members] + [pipe] if self.begin == "fork" else []
        process = context.Process(target=_serve, args=(its_own, ours, self.work), daemon=True)  # type: ignore[attr-defined]
        process.start()
        its_own.close()
        return _Worker(process, pipe)

    def gathered(self) -> Iterator[tuple[int, Job, tuple[Done, ...]]]:
        """The jobs that are over, each with its result, or with none where its worker has died over it: what else that one
        was given waits again, and another takes its place unless it never did anything. Raises what `work` raised."""
        from multiprocessing.connection import wait

        ready = wait([worker.pipe for worker in self.members if worker.busy])
        for worker in [worker for worker in self.members if worker.pipe in ready]:
            try:
                number, result, error = worker.pipe.recv()
            except (EOFError, OSError):
                yield self._dead(worker)
                continue
            if error is not None:
                raise error
            worker.done += 1
            yield number, worker.busy.pop(number).job, (result,)

    def _dead(self, worker: _Worker[Job]) -> tuple[int, Job, tuple[Done, ...]]:
        self._gone(worker)
        over, *left = worker.busy.values()
        self.waiting.extendleft(reversed(left))
        return over.number, over.job, ()

    def _gone(self, worker: _Worker[Job]) -> None:
        self.members.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if not worker.done:  # who follows would hardly fare better
            self.most -= 1

    def leave(self, at_once: bool) -> None:
        """Nothing more is to be done; `at_once`: not even what somebody is at."""
        for worker in self.members:
            worker.pipe.close()
            if at_once:
                worker.process.terminate()
            worker.process.join()


def _serve(pipe: Connection, copies: list[Connection], work: Callable[[Job], Done]) -> None:
    """A worker's life: until nobody is left who gives it work. `copies` are ends that are not its own: while it held one,
    another would not see that all is over."""
    for copy in copies:
        copy.close()
    with suppress(EOFError, OSError, KeyboardInterrupt), collecting(), patterns_stay_meanwhile():
        while True:
            number, job = pipe.recv()
            try:
                result, error = work(job), None
            except Exception as raised:
                result, error = None, raised
            pipe.send((number, result, error))
