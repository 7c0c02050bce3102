"""Work that is waited for is to stop."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.desk import jobs
from drafter.desk.show import seen


async def stop(request: Request) -> Response:
    """It is not wanted any more. Its page tells what became of it."""
    job = jobs.job_of(request, request.path_params["id"])
    if job is None:
        return seen("/")
    job.work.stop()
    return seen(job.address)


ROUTES: list[BaseRoute] = [Route("/waiting/{id}/stop", stop, methods=["POST"])]
