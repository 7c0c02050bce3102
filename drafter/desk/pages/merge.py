"""Copies that came back from other departments: who wishes what where, then one text with every wish signed."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.merge import AdoptedRequest, AdoptedResult, MergeRequest, MergeResult, adopted, merge, names_of
from drafter.commands.saving import free_of
from drafter.commands.saying import copy_told, numbers_told, wishes_told
from drafter.desk.descent import MERGED, born, named
from drafter.desk.pages.back import ACCEPT, LISTED, NO_FILE, take
from drafter.desk.show import form_of, seen, show, told_all, work
from drafter.desk.store import Received, all_received, clean_name, received_by
from drafter.diagnostic import Diagnostic, Rejected

#: What a table may be, and its ending.
TABLES = {"docx": "Word 表格", "xlsx": "Excel 表格", "": "不要"}


class ChosenCopies(NamedTuple):
    """What is put together: the text that went out, the copies, who each is from, and the table that is wanted. `query`
    tells it again in an address."""

    original: Received
    copies: tuple[Received, ...]
    names: tuple[str, ...]
    table: str
    force: bool

    def asked(self, **more: object) -> MergeRequest:
        """As the command takes it."""
        base = MergeRequest(str(self.original.path), tuple(str(copy.path) for copy in self.copies), names=self.names, force=self.force)
        return base._replace(**more)  # type: ignore[arg-type]


async def choose(request: Request) -> Response:
    """Which is the text that went out, and who the others are from."""
    return await _choose(request)


async def _choose(request: Request, status: int = 200, problems: tuple[Diagnostic, ...] = ()) -> Response:
    asked = request.query_params
    wanted = asked.getlist("f") or [*asked.getlist("o"), *asked.getlist("c")]
    every = await work(all_received)
    first = [paper for paper in every if paper.id in wanted]
    rows = [*first, *[paper for paper in every if paper not in first][:LISTED]]
    likely = sorted((paper for paper in first if "送审" in paper.name or "征求" in paper.name), key=lambda paper: len(paper.name))
    original = asked.get("o") or next((paper.id for paper in (*likely, *reversed(first))), "")
    sent = next((paper for paper in rows if paper.id == original), None)
    names = {paper.id: asked.get(f"n-{paper.id}") or _named(sent, paper) for paper in rows}
    unlike = any(problem.code == "merge-unlike" for problem in problems)
    return await show(
        request, "merge.html", status, first=sorted(first, key=lambda paper: (paper.id != original, paper.name)), rest=rows[len(first) :], original=original, names=names,
        tables=TABLES, table=asked.get("table", "docx"), unlike=unlike, problems=told_all(problems), accept=ACCEPT,
    )  # fmt: skip


def _named(sent: Received | None, copy: Received) -> str:
    """Who a copy is from by the name of its file."""
    return names_of(sent.path if sent else Path("送审稿.docx"), [copy.path], "")[0]


async def more(request: Request) -> Response:
    """Files dropped here, beside those that are chosen."""
    sent = await form_of(request)
    files = await sent.files("files")
    if not files:
        return await _choose(request, 422, (NO_FILE,))
    found = [await work(take, file) for file in files]
    refused = [one for one in found if not isinstance(one, Received)]
    if refused:
        told = tuple(problem._replace(message=f"“{one.name}”没有收下：{problem.message}") for one in refused for problem in one.problems)
        return await _choose(request, 422, told)
    kept = [*sent.all("f"), *(one.id for one in found if isinstance(one, Received))]
    return seen("/merge?" + "&".join(f"f={number}" for number in kept))


def _chosen(said: dict[str, list[str]]) -> ChosenCopies:
    """What a form or an address tells. Raises NotHere; Rejected where nothing is chosen."""
    original = next(iter(said.get("o", [])), "")
    if not original:
        raise Rejected(Diagnostic("没有选送审稿。", None, "发出去征求意见的那一份，选作“送审稿”。", code="merge-nothing"))
    copies = [number for number in said.get("c", []) if number != original]
    if not copies:
        raise Rejected(Diagnostic("没有选来稿。", None, "各家改回来的，前面打上勾。", code="merge-nothing"))
    names = tuple(next(iter(said.get(f"n-{number}", [])), "") for number in copies)
    table = next(iter(said.get("table", [])), "docx")
    return ChosenCopies(received_by(original), tuple(map(received_by, copies)), names, table if table in TABLES else "", "force" in said)


async def chose(request: Request) -> Response:
    """The form tells a name for every paper that is kept: the address has those that were chosen, or it becomes too long for a browser."""
    sent = await form_of(request)
    copies = sent.all("c")
    said = [("o", sent.text("o")), *(("c", number) for number in copies), *((f"n-{number}", sent.text(f"n-{number}")) for number in copies)]
    said += [(name, sent.text(name)) for name in ("table", "force") if name in sent.names()]
    return seen(f"/merge/look?{urlencode([pair for pair in said if pair[1] or pair[0] == 'table'])}")


async def look(request: Request) -> Response:
    """Who wishes what."""
    said = {name: request.query_params.getlist(name) for name in request.query_params}
    try:
        return await _look(request, _chosen(said))
    except Rejected as error:
        return await _choose(request, 422, error.diagnostics)


async def _look(
    request: Request, chosen: ChosenCopies, status: int = 200, problems: tuple[Diagnostic, ...] = (), decided: Mapping[int, str] = MappingProxyType({})
) -> Response:  # fmt: skip
    found = await work(merge, chosen.asked(dry_run=True))
    return await show(
        request,
        "merge_look.html",
        status,
        chosen=chosen,
        found=found,
        copies=[(copy["name"], copy_told(copy["changes"], copy["comments"]), paper) for copy, paper in zip(found.copies, chosen.copies, strict=True)],
        summary=wishes_told(found.changes, found.joined, found.clashes),
        remarks=told_all([one for one in found.remarks if one.code != "option-without-effect"]),
        problems=told_all(problems),
        decided=decided,
    )


async def do(request: Request) -> Response:
    """Write it: a new file, and the table beside."""
    sent = await form_of(request)
    chosen = _chosen({name: sent.all(name) for name in sent.names()})
    said = {int(name[3:]): sent.text(name) for name in sent.names() if re.fullmatch(r"do-\d{1,5}", name)}
    decisions = tuple((number, words == "yes") for number, words in said.items() if words in ("yes", "no"))
    title = named(chosen.original.path.stem, "-意见汇总表", f".{chosen.table}")
    tables: list[bytes] = []

    def write(path: str) -> MergeResult:
        table = str(Path(path).with_name(title)) if chosen.table else ""
        done = merge(chosen.asked(output=path, table=table, decisions=decisions))
        tables.extend([Path(table).read_bytes()] if table else [])
        return done

    try:
        new, _ = await work(born, chosen.original, named(chosen.original.path.stem, "-汇总"), MERGED, write)
    except Rejected as error:
        return await _look(request, chosen, 422, error.diagnostics, said)
    for data in tables:
        (new.made_folder / title).write_bytes(data)
    return seen(f"/paper/{new.id}/adopted")


# ── afterwards ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def table(request: Request) -> Response:
    """The table, to be filled in by what was accepted."""
    return await _table(request, received_by(request.path_params["id"]))


async def _table(request: Request, of: Received, status: int = 200, problems: tuple[Diagnostic, ...] = (), done: AdoptedResult | None = None) -> Response:
    made = [(number, path.name) for number, path in enumerate(of.files) if number]
    rows = numbers_told([row.number for row in done.rows if row.state == "未定"]) if done else ""
    by_hand = numbers_told(done.by_hand) if done else ""
    return await show(
        request, "adopted.html", status, paper=of, tab="drafts", made=made, problems=told_all(problems, of.name), done=done, waiting=rows, by_hand=by_hand
    )  # fmt: skip


async def fill(request: Request) -> Response:
    """Fill it in, as a new file beside."""
    of = received_by(request.path_params["id"])
    sent = await form_of(request)
    file = await sent.file("table")
    number = sent.text("number")
    if file is not None:
        name, data = clean_name(file.name), file.data
    elif number.isdecimal() and 0 < int(number) < len(of.files):
        path = of.files[int(number)]
        name, data = path.name, path.read_bytes()
    else:
        return await _table(request, of, 422, (NO_FILE,))
    try:
        done = await work(_filled, of, name, data)
    except Rejected as error:
        return await _table(request, of, 422, error.diagnostics)
    return await _table(request, of, done=done)


def _filled(of: Received, name: str, data: bytes) -> AdoptedResult:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix=".", dir=of.path.parent) as folder:
        table = Path(folder) / name
        table.write_bytes(data)
        stem = table.stem.removesuffix("（已填）")
        target = free_of(of.made_folder / f"{stem}（已填）{table.suffix}")
        return adopted(AdoptedRequest(str(of.path), str(table), output=str(target)))


ROUTES: list[BaseRoute] = [
    Route("/merge", choose),
    Route("/merge", more, methods=["POST"]),
    Route("/merge/look", look),
    Route("/merge/look", chose, methods=["POST"]),
    Route("/merge/do", do, methods=["POST"]),
    Route("/paper/{id}/adopted", table),
    Route("/paper/{id}/adopted", fill, methods=["POST"]),
]
