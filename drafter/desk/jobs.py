"""Work that may take longer than somebody waits for a page: it goes on, its page says so and asks again by itself, and what
came of it is kept while the page is used."""

import asyncio
from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar, cast

from starlette.requests import Request
from starlette.responses import Response

from drafter.desk.show import show, work

Got = TypeVar("Got")

#: Seconds a page is waited for, and after how many a page that waits asks again.
PATIENCE_S, AGAIN_S = 1.5, 2

#: Results that are kept: as many as somebody has open.
MAX_KEPT = 8


class _PageJob:
    def __init__(self) -> None:
        self.task: asyncio.Task[object] | None = None
        self.said = ""


class Waiting(NamedTuple):
    """Work is not done yet: the page that says so."""

    page: Response


async def done(
    request: Request, what: str, key: tuple[Hashable, ...], function: Callable[[Callable[[str], None]], Got]
) -> Got | Waiting:
    """What `function` comes to, which is told how to say where it is; once for a key. Raises what it raises."""
    jobs = _jobs(request)
    job = jobs.pop(key, None)
    if job is None or job.task is None:
        job = _PageJob()

        def say(words: str) -> None:
            job.said = words

        job.task = asyncio.create_task(work(function, say))
        job.task.add_done_callback(lambda task: task.cancelled() or task.exception())  # told when it is asked for, or not at all
    jobs[key] = job
    for old in [other for other, one in jobs.items() if one.task is None or one.task.done()][:-MAX_KEPT]:
        del jobs[old]
    if not job.task.done():
        await asyncio.wait([job.task], timeout=PATIENCE_S)
    if not job.task.done():
        page = await show(request, "waiting.html", 202, what=what, said=job.said)
        page.headers["Refresh"] = str(AGAIN_S)
        return Waiting(page)
    if job.task.exception() is not None:
        jobs.pop(key, None)
    return cast(Got, job.task.result())


def forgotten(request: Request, key: tuple[Hashable, ...]) -> None:
    """Do the work of a key anew when it is asked for again."""
    _jobs(request).pop(key, None)


def known_as(request: Request, key: tuple[Hashable, ...], other: tuple[Hashable, ...]) -> None:
    """The work of a key is found under another one from now on."""
    jobs = _jobs(request)
    if key in jobs:
        jobs[other] = jobs.pop(key)


def _jobs(request: Request) -> dict[tuple[Hashable, ...], _PageJob]:
    state = request.app.state
    if not hasattr(state, "jobs"):
        state.jobs = {}
    jobs: dict[tuple[Hashable, ...], _PageJob] = state.jobs
    return jobs
