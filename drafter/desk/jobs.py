"""Work that may take longer than somebody waits for a page: it goes on in a process of its own (`drafter.desk.apart`), its page
says so and asks again by itself, it can be stopped there, and what came of it is kept while the page is used."""

import asyncio
import secrets
import time
from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar, TypeVarTuple, cast

from starlette.requests import Request
from starlette.responses import Response

from drafter.desk.apart import LongWork, Say, WorkSaid, WorkStopped, all_at_work, begun
from drafter.desk.show import show

Given = TypeVarTuple("Given")
Got = TypeVar("Got")

#: Seconds a page is waited for, and after how many a page that waits asks again; how often it is looked whether work is done.
PATIENCE_S, AGAIN_S, _LOOK_S = 3, 2, 0.02

#: Results that are kept: as many as somebody has open.
MAX_KEPT = 8


class PageJob(NamedTuple):
    """Work for a page: an id nobody can guess, what is done, for which address."""

    id: str
    what: str
    address: str
    work: LongWork

    @property
    def said(self) -> WorkSaid:
        """Where it is."""
        if not self.work.future.running():
            return WorkSaid("前面还有别的事在做，轮到了就做。" if all_at_work() else "")
        return WorkSaid("正在停下，等写着的写完。") if self.work.stopped else self.work.said


class Waiting(NamedTuple):
    """Work is not done yet: the page that says so."""

    page: Response


async def done(
    request: Request,
    what: str,
    key: tuple[Hashable, ...],
    function: Callable[[Say, *Given], Got],
    *given: *Given,
    harmless: bool = True,
) -> Got | Waiting:
    """What `function` comes to, which is told how to say where it is; once for a key. Raises what it raises, and WorkStopped.
    It is a function of a module, for it works in another process; not `harmless`, it writes as it goes, and is only stopped
    where it says something."""
    jobs = _jobs(request)
    job = jobs.pop(key, None)
    if job is None:
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        job = PageJob(secrets.token_hex(8), what, address, begun(function, *given, harmless=harmless))
    jobs[key] = job
    for old in [other for other, one in jobs.items() if one.work.future.done()][:-MAX_KEPT]:
        del jobs[old]
    until = time.monotonic() + PATIENCE_S
    while not job.work.future.done():
        await asyncio.sleep(_LOOK_S)
        if time.monotonic() >= until:
            break
    if not job.work.future.done():
        page = await show(request, "waiting.html", 202, job=job)
        page.headers["Refresh"] = str(AGAIN_S)  # which needs no script
        return Waiting(page)
    if job.work.future.cancelled() or job.work.future.exception() is not None:
        jobs.pop(key, None)
        if job.work.future.cancelled():
            raise WorkStopped
    return cast(Got, job.work.future.result())


def forgotten(request: Request, key: tuple[Hashable, ...]) -> None:
    """Do the work of a key anew when it is asked for again."""
    _jobs(request).pop(key, None)


def known_as(request: Request, key: tuple[Hashable, ...], other: tuple[Hashable, ...]) -> None:
    """The work of a key is found under another one from now on."""
    jobs = _jobs(request)
    if key in jobs:
        jobs[other] = jobs.pop(key)


def going(state: object) -> list[PageJob]:
    """What is being done, and what waits for its turn."""
    jobs: dict[tuple[Hashable, ...], PageJob] = getattr(state, "jobs", {})
    return [job for job in jobs.values() if not job.work.future.done()]


def job_of(request: Request, number: str) -> PageJob | None:
    """The work of an id; None where there is none any more."""
    return next((job for job in _jobs(request).values() if job.id == number), None)


def _jobs(request: Request) -> dict[tuple[Hashable, ...], PageJob]:
    state = request.app.state
    if not hasattr(state, "jobs"):
        state.jobs = {}
    jobs: dict[tuple[Hashable, ...], PageJob] = state.jobs
    return jobs
