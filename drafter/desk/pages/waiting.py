"""Work that is waited for: where it is, and that it is to stop."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.desk import jobs
from drafter.desk.show import seen, show


async def where(request: Request) -> Response:
    """Where it is, for the page that waits; nothing once it is over."""
    job = jobs.job_of(request, request.path_params["id"])
    if job is None or job.work.future.done():
        return Response(status_code=204)
    return await show(request, "_waiting.html", 202, job=job)


async def stop(request: Request) -> Response:
    """It is not wanted any more. Its page tells what became of it."""
    job = jobs.job_of(request, request.path_params["id"])
    if job is None:
        return seen("/")
    job.work.stop()
    return seen(job.address)


ROUTES: list[BaseRoute] = [
    Route("/waiting/{id}", where),
    Route("/waiting/{id}/stop", stop, methods=["POST"]),
]
