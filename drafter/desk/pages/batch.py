"""A table of people and an outline: which column is which blank, how much can be written, how the first looks; nothing is written
here."""

import json
from collections.abc import Callable, Hashable
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.batch import BatchRequest
from drafter.commands.batch.result import BatchFailure
from drafter.commands.batch.selecting import ASKED, condition
from drafter.commands.batch.trying import BatchTried, tried
from drafter.commands.filename import legal_name
from drafter.commands.index import OutlineEntry, entries
from drafter.commands.saving import free_of
from drafter.commands.tables import open_table
from drafter.commands.unfinished import this_moment, when_said
from drafter.commands.writing import Writer
from drafter.desk import jobs
from drafter.desk.apart import Say
from drafter.desk.descent import remember, remembered
from drafter.desk.pages.back import gone_of
from drafter.desk.show import NotHere, OnPage, Sent, form_of, seen, show, told_all, work
from drafter.desk.store import (
    TABLES,
    Received,
    all_tables,
    clean_name,
    new_id,
    not_kept,
    received,
    received_by,
    thrown_away,
)
from drafter.diagnostic import Diagnostic, Rejected

#: What is kept of the form beside columns and answers, which stand under their own names with these before them.
_SAID = ("outline", "name", "rows", "where.column", "where.how", "where.words", "sheet", "template", "strict")
_COLUMN, _ANSWER = "m:", "a:"

#: Tables that are listed, and rows that cannot be written; more of those are told by their number.
_LISTED, SHOWN = 8, 50

NO_TABLE = Diagnostic("没有选表。", None, "把名单拖进框里，或者点“选择文件”。", code="desk-no-file")
_CHANGED = "刚才改了几处，还没有写。看看现在的样子，对了再写。"


#: A row that cannot be written: its number, and why, each reason with its cell, its words and what to do.
RowRefused = tuple[int, list[tuple[str, str, str]]]


def table_of(request: Request) -> Received:
    """The table of an address. Raises NotHere."""
    table = received_by(request.path_params["id"])
    if table.path.suffix.lower() not in TABLES:
        raise NotHere
    return table


# ── the table comes in ─────────────────────────────────────────────────────────────────────────────────────────────


async def start(request: Request) -> Response:
    """The place to drop a table on, and an outline to choose."""
    return await _start(request, request.query_params.get("outline", ""))


async def _start(request: Request, outline: str, status: int = 200, problems: list[OnPage] | None = None) -> Response:
    tables = (await work(all_tables))[:_LISTED]
    now = this_moment()
    rows = [(table, when_said(table.when, now)) for table in tables]
    return await show(
        request, "batch.html", status, genres=await work(by_genre), outline=outline, tables=rows, accept=",".join(TABLES), problems=problems or [], gone=gone_of(request)
    )


def by_genre() -> dict[str, list[OutlineEntry]]:
    """The outlines there are, by their kind."""
    out: dict[str, list[OutlineEntry]] = {}
    for one in entries():
        if not one.broken:
            out.setdefault(one.genre or "其他", []).append(one)
    return out


async def drop(request: Request) -> Response:
    """A table comes in."""
    form = await form_of(request)
    file, outline = await form.file("table"), form.text("outline")
    if file is None:
        return await _start(request, outline, 422, told_all([NO_TABLE]))
    try:
        table = await work(taken, file.name, file.data, {"outline": outline})
    except Rejected as error:
        return await _start(request, outline, 422, told_all(error.diagnostics, clean_name(file.name)))
    return seen(f"/batch/{table.id}")


def taken(name: str, data: bytes, form: dict[str, str]) -> Received:
    """A table that can be read, kept with a form. Raises Rejected."""
    if Path(clean_name(name)).suffix.lower() not in TABLES:
        raise Rejected(Diagnostic("这不是表格。", None, "名单用 Excel、WPS 表格（.xlsx .xls）或者 .csv 存，再拖进来。", code="table-kind"))
    table = received(name, data)
    try:
        open_table(table.path)
    except Rejected as refused:
        if refused.diagnostics[0].code != "sheet-needed":  # which is said on the next page
            not_kept(table.id)
            raise
    remember(table, "batch", form)
    return table


async def away(request: Request) -> Response:
    """A table is taken off the list; the letters stay."""
    table = table_of(request)
    await work(thrown_away, table.id)
    return seen(f"/batch?gone={table.id}")


# ── how it would be written ────────────────────────────────────────────────────────────────────────────────────────


def parts_of(kept: dict[str, str], before: str) -> dict[str, str]:
    """What a form keeps under names that begin so."""
    return {name.removeprefix(before): said for name, said in kept.items() if name.startswith(before)}


def asked_of(table: Received, kept: dict[str, str]) -> BatchRequest:
    """What the form asks for, without what it says of columns and blanks. One process works: the desk has others to serve."""
    return BatchRequest(
        table=str(table.path),
        outlines=(kept["outline"],) if kept.get("outline") else (),
        name=kept.get("name", ""),
        rows=kept.get("rows", ""),
        where=condition(kept.get("where.column", ""), kept.get("where.how", ""), kept.get("where.words", "")),
        sheet=kept.get("sheet", ""),
        template=kept.get("template", ""),
        strict=bool(kept.get("strict")),
        output=output_of(table, kept),
        jobs=1,
    )


def output_of(table: Received, kept: dict[str, str]) -> str:
    """The folder the letters go to: a new one in the user's folder; for rows put right, that of the others."""
    return kept.get("output") or f"{free_of(Path(legal_name(table.path.stem, '（写好的）')))}/"


def _reserved(table: Received, kept: dict[str, str]) -> str:
    """The same, made: of two tables of one name that are ordered one behind the other each has its own."""
    while True:
        folder = output_of(table, kept)
        try:
            Path(folder).mkdir()
        except FileExistsError:
            if not kept.get("output"):
                continue
        except OSError:
            pass  # which is said where it is written to
        return folder


def try_key(table: Received, kept: dict[str, str]) -> tuple[Hashable, ...]:
    """What the trial of a form is known by."""
    return ("batch", table.id, *sorted(kept.items()))


async def trial(request: Request, table: Received, kept: dict[str, str]) -> BatchTried | jobs.Waiting:
    """The table tried, once for a form. Raises Rejected."""
    asked, columns, answers = asked_of(table, kept), parts_of(kept, _COLUMN), parts_of(kept, _ANSWER)
    return await jobs.done(request, "正在一行一行地看", try_key(table, kept), _tried, asked, columns, answers)


def _tried(say: Say, asked: BatchRequest, columns: dict[str, str], answers: dict[str, str]) -> BatchTried:
    say("正在读表。")
    return tried(asked, columns, answers, rows_heard(say, "看过"))


def rows_heard(say: Say, what: str) -> Callable[[int, int, int], object]:
    """Says on the page that waits how many rows are done."""

    def heard(done: int, of: int, failed: int) -> None:
        say(f"{what} {done:,} 行，一共 {of:,} 行" + (f"，写不成的有 {failed:,} 行" if failed else "") + "。", done, of)

    return heard


async def look(request: Request) -> Response:
    """What would be written."""
    table = table_of(request)
    kept = remembered(table, "batch")  # not on the thread of commands, which may be busy with these very rows
    try:
        found = await trial(request, table, kept)
    except Rejected as error:
        return await _look(request, table, kept, 422, None, told_all(error.diagnostics, table.name))
    if isinstance(found, jobs.Waiting):
        return found.page
    shown = _as_shown(found, kept)
    if shown != kept:  # what was proposed is what is written, where nobody changes it
        remember(table, "batch", shown)
        jobs.known_as(request, try_key(table, kept), try_key(table, shown))
    return await _look(request, table, shown, 200, found, told_all(found.problems, table.name))


async def _look(request: Request, table: Received, kept: dict[str, str], status: int, found: BatchTried | None, problems: list[OnPage]) -> Response:
    result = found.result if found else None
    return await show(
        request,
        "batch_look.html",
        status,
        table=table,
        kept=kept,
        answers=parts_of(kept, _ANSWER),
        genres=await work(by_genre),
        templates=await work(Writer().templates),
        news=_CHANGED if "changed" in request.query_params else "",
        run=remembered(table, "run"),
        found=found,
        result=result,
        problems=problems,
        remarks=told_all((*result.head.remarks, *result.remarks), table.name) if result else [],
        refused=refused_rows(result.failures, table.name) if result else [],
        seen=seen_as(kept),
        asked=ASKED,
        folder=output_of(table, kept).rstrip("/"),
    )


def _as_shown(found: BatchTried, kept: dict[str, str]) -> dict[str, str]:
    """What the form sends as it is shown."""
    answers = parts_of(kept, _ANSWER)
    own = {name: said for name, said in kept.items() if name in (*_SAID, "output") and name != "name"}
    own |= {"name": found.request.name} if found.request.name else {}
    own |= {f"{_COLUMN}{column.name}": column.field for column in found.columns if not column.outline}
    return own | {f"{_ANSWER}{field.name}": answers.get(field.name, "") for field in (*found.open, *found.others)}


def refused_rows(failures: tuple[BatchFailure, ...], name: str) -> list[RowRefused]:
    """The first rows that cannot be written."""
    out: list[RowRefused] = []
    for one in failures[:SHOWN]:
        out.append((one.row, [(problem.where, problem.message, problem.hint) for problem in told_all(one.problems, name)]))
    return out


async def said(request: Request) -> Response:
    """The form is kept, and looked at anew; or, where it stands as it was looked at, its letters are ordered."""
    table = table_of(request)
    form = await form_of(request)
    before = remembered(table, "batch")
    kept = _kept(form) | {name: before[name] for name in ("output",) if name in before}
    if any(kept.get(name, "") != before.get(name, "") for name in ("outline", "sheet")):  # other columns, other blanks
        kept = {name: said for name, said in kept.items() if not name.startswith((_COLUMN, _ANSWER, "where.")) and name != "name"}
    remember(table, "batch", kept)
    if form.text("do") != "write":
        jobs.forgotten(request, try_key(table, kept))
        return seen(f"/batch/{table.id}")
    if form.text("seen") != seen_as(kept):
        return seen(f"/batch/{table.id}?changed")
    found = await trial(request, table, kept)
    if isinstance(found, jobs.Waiting) or not (found.result and found.result.files):
        return seen(f"/batch/{table.id}")
    jobs.forgotten(request, try_key(table, kept))  # the next time there are files in the way
    order = {name: value for name, value in found.request._asdict().items() if name in _ORDERED}
    remember(table, "run", {"state": "ordered", "output": await work(_reserved, table, kept), "at": new_id(), "order": order})
    return seen(f"/batch/{table.id}/written")


#: What of a request is kept of an order.
_ORDERED = ("outlines", "name", "maps", "sets", "rows", "where", "sheet", "template", "strict")


def seen_as(kept: dict[str, str]) -> str:
    """What a form that was shown says of itself: another digest, and it was changed since."""
    return sha256(json.dumps(sorted(kept.items())).encode()).hexdigest()[:16]


def _kept(form: Sent) -> dict[str, str]:
    names = [name for name in form.names() if name.startswith((_COLUMN, _ANSWER))]
    said = {name: form.text(name).strip() for name in _SAID if form.text(name).strip()}
    if "where.column" not in said:  # how it would be compared says nothing
        said = {name: words for name, words in said.items() if not name.startswith("where.")}
    return {name: form.text(name) for name in names} | said


ROUTES: list[BaseRoute] = [
    Route("/batch", start),
    Route("/batch", drop, methods=["POST"]),
    Route("/batch/{id}", look),
    Route("/batch/{id}", said, methods=["POST"]),
    Route("/batch/{id}/away", away, methods=["POST"]),
]
