"""The first page: what can be done, and what was begun."""

import sys

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished
from drafter.desk import jobs
from drafter.desk.show import show, work

#: So many drafts are shown, the others are one click away; and so many of those that are not wanted.
_FEW, _FEW_GONE = 8, 20


async def home(request: Request) -> Response:
    """What can be done, what is being done, and the drafts that were begun, the last changed first."""
    found = await work(unfinished.latest, sys.maxsize if "all" in request.query_params else _FEW)
    gone = await work(unfinished.latest, _FEW_GONE, unfinished.THROWN_AWAY)
    now = unfinished.this_moment()
    return await show(
        request,
        "home.html",
        drafts=[(draft, unfinished.when_said(draft.changed, now)) for draft in found.drafts],
        more=found.more,
        going=jobs.going(request.app.state),
        gone=[(draft, unfinished.when_said(draft.changed, now)) for draft in gone.drafts],
    )


ROUTES: list[BaseRoute] = [Route("/", home)]
