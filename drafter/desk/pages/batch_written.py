"""The letters of a table written: in a folder, as an archive, as one file for the printer; and the rows to be put right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.batch import BatchRequest, BatchResult, batch
from drafter.commands.batch.packing import packed
from drafter.commands.programs import shown
from drafter.desk import jobs
from drafter.desk.descent import remember, remembered
from drafter.desk.pages.batch import NO_TABLE, refused_rows, rows_heard, table_of, taken
from drafter.desk.show import NotHere, OnPage, download, form_of, seen, show, told_all, work
from drafter.desk.store import Received, clean_name
from drafter.diagnostic import Rejected

#: The code of a refusal after which the same order is gone on with.
_CUT_SHORT = "batch-cut-short"


def _ordered(table: Received, run: dict[str, Any]) -> BatchRequest:
    """What was ordered."""
    order: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in run["order"].items()}
    return BatchRequest(table=str(table.path), output=run["output"], jobs=1)._replace(**order)


def _run_of(table: Received) -> dict[str, Any]:
    """What was ordered and has come of it. Raises NotHere."""
    run = remembered(table, "run")
    if not run:
        raise NotHere
    return run


async def written(request: Request) -> Response:
    """The letters; written now where they are ordered, gone on with where that was broken off."""
    table = table_of(request)
    run = remembered(table, "run")
    if not run:
        return seen(f"/batch/{table.id}")
    if run["state"] != "done":

        def write(say: Callable[[str], None]) -> None:
            _write(table, say)

        try:
            answer = await jobs.done(request, "正在写", ("batch-run", table.id, run["at"]), write)
        except Rejected as refused:
            if refused.diagnostics[-1].code != _CUT_SHORT:
                remember(table, "run", {})
            raise
        if isinstance(answer, jobs.Waiting):
            return answer.page
    return await _written(request, table)


def _write(table: Received, say: Callable[[str], None]) -> None:
    run = _run_of(table)
    remember(table, "run", {**run, "state": "going"})
    done = batch(_ordered(table, run)._replace(resume=run["state"] == "going"), heard=rows_heard(say, "写好"))
    remember(table, "run", {**run, "state": "done", **_told(table, done)})


def _told(table: Received, done: BatchResult) -> dict[str, object]:
    """What the page says of it, as it is kept."""
    return {
        "written": len(done.files) + done.head.done_before,
        "failed": len(done.failures),
        "refused": refused_rows(done.failures, table.name),
        "failures": done.failures_file,
        "blanks": [[blank.name, blank.documents] for blank in done.blanks],
        "remarks": [list(one) for one in told_all(done.remarks, table.name)],
    }


async def _written(request: Request, table: Received, status: int = 200, problems: list[OnPage] | None = None) -> Response:
    run = _run_of(table)
    made = table.made_row(request.query_params.get("made", ""), "")
    remarks = [OnPage(*one) for one in run["remarks"]]
    folder = run["output"].rstrip("/")
    return await show(request, "batch_written.html", status, table=table, run=run, folder=folder, made=made, remarks=remarks, problems=problems or [])


async def opened(request: Request) -> Response:
    """The folder, opened in what shows folders."""
    table = table_of(request)
    folder = Path(_run_of(table)["output"])
    if not folder.is_dir():
        raise NotHere
    await work(shown, str(folder))
    return seen(f"/batch/{table.id}/written")


async def archive(request: Request) -> Response:
    """All letters of the folder as one archive."""
    table = table_of(request)
    folder = Path(_run_of(table)["output"])
    target = table.path.parent / ".zip"
    if not await work(packed, folder, target):
        raise NotHere
    return download(target, f"{folder.name}.zip")


async def failures(request: Request) -> Response:
    """The rows to be put right."""
    path = Path(_run_of(table_of(request)).get("failures") or "")
    if not path.is_file():
        raise NotHere
    return download(path, path.name)


async def again(request: Request) -> Response:
    """They come back: the same is ordered of them, into the same folder."""
    table = table_of(request)
    file = await (await form_of(request)).file("table")
    if file is None:
        return await _written(request, table, 422, told_all([NO_TABLE]))
    run = _run_of(table)
    form = {name: said for name, said in remembered(table, "batch").items() if name != "rows"}
    try:
        new = await work(taken, file.name, file.data, {**form, "name": run["order"]["name"], "output": run["output"]})
    except Rejected as error:
        return await _written(request, table, 422, told_all(error.diagnostics, clean_name(file.name)))
    return seen(f"/batch/{new.id}")


async def printed(request: Request) -> Response:
    """All as one file for the printer, which stands on the page of the letters once it is made."""
    table = table_of(request)
    run = _run_of(table)
    if run["state"] != "done":
        return seen(f"/batch/{table.id}/written")
    key = ("batch-print", table.id, run["at"])

    def write(say: Callable[[str], None]) -> str:
        target = table.new_file("（打印用）")
        batch(_ordered(table, run)._replace(one_file=True, output=str(target), name=""), heard=rows_heard(say, "合好"))
        return str(target)

    target = await jobs.done(request, "正在合成一个文件", key, write)
    if isinstance(target, jobs.Waiting):
        return target.page
    jobs.forgotten(request, key)
    return seen(f"/batch/{table.id}/written?made={table.number(target)}")


async def to_print(request: Request) -> Response:
    """It is ordered."""
    return seen(f"/batch/{table_of(request).id}/printed")


ROUTES: list[BaseRoute] = [
    Route("/batch/{id}/written", written),
    Route("/batch/{id}/open", opened, methods=["POST"]),
    Route("/batch/{id}/zip", archive),
    Route("/batch/{id}/failures", failures),
    Route("/batch/{id}/again", again, methods=["POST"]),
    Route("/batch/{id}/printed", printed),
    Route("/batch/{id}/print", to_print, methods=["POST"]),
]
