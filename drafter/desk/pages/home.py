"""The first page: what can be done, and what was begun."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.desk.show import show


async def home(request: Request) -> Response:
    """What can be done."""
    return await show(request, "home.html")


ROUTES: list[BaseRoute] = [Route("/", home)]
