"""The letters of a table written: in a folder, as an archive, as one file for the printer; and the rows to be put right."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.batch import BatchRequest, BatchResult, batch
from drafter.commands.batch.packing import packed
from drafter.commands.programs import shown
from drafter.desk import jobs
from drafter.desk.apart import Say, WorkStopped
from drafter.desk.descent import remember, remembered
from drafter.desk.pages.batch import NO_TABLE, refused_rows, rows_heard, table_of, taken
from drafter.desk.show import NotHere, OnPage, download, form_of, seen, show, told_all, work
from drafter.desk.store import Received, clean_name, new_id
from drafter.diagnostic import Rejected

#: The codes of refusals after which the same order can be gone on with.
_TO_GO_ON = ("batch-cut-short", "desk-stopped", "desk-work-died")

#: What is told where nothing is known of what was written.
_NOTHING: dict[str, object] = {"written": 0, "left": 0, "failed": 0, "refused": [], "failures": "", "blanks": [], "remarks": []}


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
    if run["state"] in ("ordered", "going"):
        try:
            answer = await jobs.done(request, f"正在写“{table.name}”", ("batch-run", table.id, run["at"]), _write, table, harmless=False)
        except Rejected as refused:
            if refused.diagnostics[-1].code not in _TO_GO_ON:
                remember(table, "run", {})
                await work(_given_back, run["output"])
                raise
            why = [] if isinstance(refused, WorkStopped) else [list(one) for one in told_all(refused.diagnostics, table.name)]
            remember(table, "run", {**run, "state": "stopped", **_NOTHING, "why": why})
        else:
            if isinstance(answer, jobs.Waiting):
                return answer.page
    return await _written(request, table)


def _given_back(folder: str) -> None:
    """A folder nothing was written to is not wanted."""
    with suppress(OSError):
        Path(folder).rmdir()


def _write(say: Say, table: Received) -> None:
    run = _run_of(table)
    remember(table, "run", {**run, "state": "going"})
    say("正在读表。")
    done = batch(_ordered(table, run)._replace(resume=run["state"] == "going"), heard=rows_heard(say, "写好"))
    try:
        remember(table, "run", {**run, "state": "stopped" if done.left else "done", "why": [], **_told(table, done)})
    except FileNotFoundError:  # thrown away meanwhile; had back, it is gone on with
        raise KeyboardInterrupt from None


async def go_on(request: Request) -> Response:
    """What was stopped is gone on with."""
    table = table_of(request)
    run = _run_of(table)
    if run["state"] == "stopped":
        remember(table, "run", {**run, "state": "going", "at": new_id()})
    return seen(f"/batch/{table.id}/written")


def _told(table: Received, done: BatchResult) -> dict[str, object]:
    """What the page says of it, as it is kept."""
    return {
        "written": len(done.files) + done.head.done_before,
        "left": done.left,
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
    problems = problems or [OnPage(*one) for one in run.get("why", ())]
    folder = run["output"].rstrip("/")
    return await show(request, "batch_written.html", status, table=table, run=run, folder=folder, made=made, remarks=remarks, problems=problems)


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
    if not await asyncio.to_thread(packed, folder, target):  # it is no command, and takes a while
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
    form = {name: said for name, said in remembered(table, "batch").items() if name != "rows" and not name.startswith("where.")}
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
    target = await jobs.done(request, "正在合成一个文件", key, _print, table, harmless=False)
    if isinstance(target, jobs.Waiting):
        return target.page
    jobs.forgotten(request, key)
    return seen(f"/batch/{table.id}/written?made={table.number(target)}")


def _print(say: Say, table: Received) -> str:
    target = table.new_file("（打印用）")
    batch(_ordered(table, _run_of(table))._replace(one_file=True, output=str(target), name=""), heard=rows_heard(say, "合好"))
    return str(target)


async def to_print(request: Request) -> Response:
    """It is ordered."""
    return seen(f"/batch/{table_of(request).id}/printed")


ROUTES: list[BaseRoute] = [
    Route("/batch/{id}/written", written),
    Route("/batch/{id}/go-on", go_on, methods=["POST"]),
    Route("/batch/{id}/open", opened, methods=["POST"]),
    Route("/batch/{id}/zip", archive),
    Route("/batch/{id}/failures", failures),
    Route("/batch/{id}/again", again, methods=["POST"]),
    Route("/batch/{id}/printed", printed),
    Route("/batch/{id}/print", to_print, methods=["POST"]),
]
