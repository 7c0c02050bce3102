"""The pages as an application, and what every page has: its static files, files to keep, the word that somebody looks."""

import asyncio
import logging
import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from drafter.desk import jobs, pages, store
from drafter.desk.pages import home
from drafter.desk.show import NotHere, download, is_part, seen, show, told_all, work
from drafter.diagnostic import Diagnostic, Rejected

_HERE = Path(__file__).parent


class Desktop:
    """The application, and when a page was last heard of. `closed`: the last that spoke was going away; `busy`: requests are
    being answered."""

    def __init__(self) -> None:
        self.last_seen = time.monotonic()
        self.closed = False
        self.busy = 0
        self._others: Router | None = None
        self._warming: asyncio.Task[Router] | None = None
        routes: list[BaseRoute] = [
            *home.ROUTES,
            Route("/alive", self._alive, methods=["GET", "POST"]),
            Route("/file/{id}/{number:int}", _file),
            Route("/file/{id}/{number:int}/open", _open, methods=["POST"]),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
            Mount("", self._other),
        ]
        self._app = Starlette(
            routes=routes,
            exception_handlers={Rejected: _refused, NotHere: _not_here, HTTPException: _http, ClientDisconnect: _left, Exception: _broken},
        )

    @property
    def at_work(self) -> bool:
        """Whether something is being done that somebody may come back for."""
        return bool(jobs.going(self._app.state))

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        self.busy += 1
        if scope.get("path") != "/alive":
            self.last_seen, self.closed = time.monotonic(), False
        try:
            await self._app(scope, receive, send)
        finally:
            self.busy -= 1
        if scope.get("path") == "/" and self._warming is None:
            self._warming = asyncio.create_task(self._pages())

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """All pages but the first: what they stand on takes most of a second to import, and the first page does not wait for
        it. It is imported once that is answered, on the thread of commands: while one runs nobody may."""
        await (await self._pages())(scope, receive, send)

    async def _pages(self) -> Router:
        if self._others is None:
            self._others = Router(await work(pages.routes))
        return self._others

    async def _alive(self, request: Request) -> Response:
        """A page is still there; or, with `closed`, it is going away."""
        self.last_seen, self.closed = time.monotonic(), "closed" in request.query_params
        return Response(status_code=204)


async def _file(request: Request) -> Response:
    """A file somebody gave, or that was made of it."""
    path = _path(request)
    return download(path, path.name)


async def _open(request: Request) -> Response:
    """A copy of it in the user's folder, opened in whatever opens it."""
    from drafter.commands.copied import opened_copy

    path = _path(request)
    name = await work(opened_copy, path)
    if is_part(request):
        return Response(name, headers={"Content-Type": "text/plain; charset=utf-8"})
    return seen(request.headers.get("referer", "/"))


def _path(request: Request) -> Path:
    files = store.received_by(request.path_params["id"]).files
    number: int = request.path_params["number"]
    if number >= len(files):
        raise NotHere
    return files[number]


# ── refusals ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _problem(request: Request, status: int, title: str, problems: list[Diagnostic]) -> Response:
    template = "_problems.html" if is_part(request) else "problem.html"
    return await show(request, template, status, title=title, problems=told_all(problems))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Rejected)
    return await _problem(request, 422, "这一步没有做成", list(error.diagnostics))


async def _not_here(request: Request, error: Exception) -> Response:
    return await _problem(request, 404, "没有这一页", [Diagnostic("这一页，或者这份稿子，已经没有了。", None, "从上面的栏目重新进。", code="desk-not-here")])


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return await _not_here(request, error)
    return await _problem(request, error.status_code, "这样打不开", [Diagnostic("浏览器送来的东西起草台看不懂。", None, "从上面的栏目重新进。", code="desk-not-understood")])


async def _left(request: Request, error: Exception) -> Response:
    """The page went away before it had sent all: nobody waits for an answer."""
    return Response(status_code=400)


async def _broken(request: Request, error: Exception) -> Response:
    logging.getLogger("drafter").error("desk", exc_info=error)
    words = Diagnostic(f"起草台自己出了错（{type(error).__name__}）。写好的都还在。", None, "退回上一页再试一次；还不行，把这一页拍下来告诉管起草台的人。", code="internal-error")
    return await _problem(request, 500, "起草台出了错", [words])

