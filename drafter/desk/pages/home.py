"""The first page: what can be done, and what was begun."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished
from drafter.desk.show import show, work

#: So many drafts are shown; the others are one click away.
_FEW = 8


async def home(request: Request) -> Response:
    """What can be done, and the drafts that were begun, the last changed first."""
    drafts = await work(unfinished.listed)
    gone = await work(unfinished.listed, unfinished.THROWN_AWAY)
    every = "all" in request.query_params
    now = unfinished.this_moment()
    return await show(
        request,
        "home.html",
        drafts=[(draft, unfinished.when_said(draft.changed, now)) for draft in (drafts if every else drafts[:_FEW])],
        more=0 if every else max(0, len(drafts) - _FEW),
        gone=[(draft, unfinished.when_said(draft.changed, now)) for draft in gone[:20]],
    )


ROUTES: list[BaseRoute] = [Route("/", home)]
