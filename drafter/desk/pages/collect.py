"""What departments have filled into their copies of one paper, as one table: looked at, then taken away."""

from collections.abc import Hashable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.collect import CollectRequest, CollectResult, collect
from drafter.desk import jobs
from drafter.desk.apart import Say
from drafter.desk.show import MAX_FILES, NotHere, form_of, seen, show, told, told_all
from drafter.desk.store import Received, received_by
from drafter.diagnostic import Rejected

#: Rows of a table that are shown; all are in the file.
_SHOWN = 60


def _copies(numbers: list[str]) -> list[Received]:
    found = [received_by(number) for number in dict.fromkeys(numbers)]
    if not 0 < len(found) <= MAX_FILES:
        raise NotHere
    return found


def _read(say: Say, files: tuple[str, ...], output: str) -> CollectResult:
    heard = lambda done, of: say(f"读了 {done} 份，一共 {of} 份。", done, of)  # noqa: E731
    return collect(CollectRequest(files, output, jobs=1), heard)


def _key(copies: list[Received], output: str = "") -> tuple[Hashable, ...]:
    return ("collect", *(copy.id for copy in copies), output)


async def page(request: Request) -> Response:
    """The table, before it is a file."""
    copies = _copies(request.query_params.getlist("f"))
    made = copies[0].made_row(request.query_params.get("made", ""), "表格")
    try:
        found = await jobs.done(request, "正在读各份稿", _key(copies), _read, tuple(str(copy.path) for copy in copies), "")
    except Rejected as refused:
        return await show(request, "collect.html", 422, copies=copies, made=made, tables=(), failed=[], problems=told_all(refused.diagnostics))
    if isinstance(found, jobs.Waiting):
        return found.page
    failed = [(one.file, told(one.problem)) for one in found.failed]
    problems = told_all(found.remarks)
    return await show(
        request, "collect.html", copies=copies, made=made, tables=found.tables, shown=_SHOWN, failed=failed, problems=problems
    )


async def make(request: Request) -> Response:
    """The table as a file."""
    numbers = (await form_of(request)).all("f")
    copies = _copies(numbers)
    target = str(copies[0].new_file("（汇总）", ".xlsx"))
    files = tuple(str(copy.path) for copy in copies)
    while isinstance(found := await jobs.done(request, "正在写表", _key(copies, target), _read, files, target), jobs.Waiting):
        pass  # it was read a moment ago, and takes no longer
    query = "&".join(f"f={copy.id}" for copy in copies)
    return seen(f"/collect?{query}&made={copies[0].number(found.written)}")


ROUTES: list[BaseRoute] = [Route("/collect", page), Route("/collect", make, methods=["POST"])]
