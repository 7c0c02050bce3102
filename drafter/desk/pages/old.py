"""Old papers: dropped, and what can be made of them."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished
from drafter.commands.filename import on_the_shelf
from drafter.commands.reading import open_file
from drafter.commands.unfinished import when_said
from drafter.desk import store
from drafter.desk.pages.back import gone_of
from drafter.desk.show import NotHere, OnPage, Sent, form_of, seen, show, told_all, work
from drafter.desk.store import Received
from drafter.diagnostic import Diagnostic, Rejected

#: Old papers that are listed; the others are found by dropping them again.
_LISTED = 30

#: The mark of a paper that was dropped here, in its folder.
_OLD = ".旧稿"

#: The files that are taken.
ACCEPT = ".docx,.doc,.wps,.txt,.md,.pdf,.html,.htm,.mht,.odt,.rtf"


#: The class of the element an outline's pages stand in.
OUTLINE_SHEET = "a4"


class OldPaperRow(NamedTuple):
    """A paper of the list. `new`: it has just come in."""

    paper: Received
    when: str
    new: bool


async def _old(request: Request) -> Response:
    """The place to drop papers, and those that were dropped."""
    return await _page(request, request.query_params.getlist("new"))


async def _page(request: Request, new: list[str], status: int = 200, refused: list[tuple[str, list[OnPage]]] | None = None) -> Response:
    rows = await work(_rows, new)
    return await show(request, "old.html", status, rows=rows, gone=gone_of(request), accept=ACCEPT, many=len(new) > 1, refused=refused or [])


def _rows(new: list[str]) -> list[OldPaperRow]:
    now = datetime.now()
    papers = [paper for paper in store.all_received() if (paper.path.parent / _OLD).exists()]
    papers.sort(key=lambda paper: paper.id not in new)
    return [OldPaperRow(paper, when_said(paper.when, now), paper.id in new) for paper in papers[:_LISTED]]


async def _drop(request: Request) -> Response:
    """Papers come in."""
    form = await form_of(request)
    files = await form.files("file")
    if not files:
        raise Rejected(Diagnostic("没有收到文件。", None, "先选一份旧稿，再按“收下”。", code="file-missing"))
    new: list[str] = []
    refused: list[tuple[str, list[OnPage]]] = []
    for file in files:
        try:
            new.append((await work(_received, file.name, file.data)).id)
        except Rejected as error:
            name = store.clean_name(file.name)
            refused.append((name, told_all(error.diagnostics, name)))
    if refused:
        return await _page(request, new, 422, refused)
    return seen("/old?" + "&".join(f"new={number}" for number in new))


def _received(name: str, data: bytes) -> Received:
    paper = store.received(name, data)
    try:
        open_file(paper.path)  # what nobody can read is told at once, and not kept
    except Rejected:
        store.not_kept(paper.id)
        raise
    (paper.path.parent / _OLD).touch()
    return paper


async def _away(request: Request) -> Response:
    """A paper is taken off the list, with what was made of it."""
    await work(store.thrown_away, request.path_params["id"])
    return seen(f"/old?gone={request.path_params['id']}")


async def _picked(request: Request) -> Response:
    """Several papers of the list together."""
    ids = request.query_params.getlist("id")
    if len(ids) < 2:
        raise Rejected(Diagnostic("要两篇以上同一类的旧稿，才能一起学。", None, "回到“旧稿”，在前面勾上两篇以上。", code="learn-count"))
    return seen("/old/learn?" + "&".join(f"id={one}" for one in ids))


async def _use(request: Request) -> Response:
    """A speech is begun with an outline of the shelf."""
    name = (await form_of(request)).text("name")
    draft = await work(unfinished.begin, (name,))
    return seen(f"/write/{draft}")


# ── what the pages of one paper share ──────────────────────────────────────────────────────────────────────────────


def paper_of(request: Request) -> Received:
    """The paper of an address. Raises NotHere."""
    return store.received_by(request.path_params["id"])


def part_of(request: Request) -> int | None:
    """Which paper of a file of several is meant, 0 for all of it; None where nobody has said."""
    said = request.query_params.get("part", "")
    return int(said) if said.isdecimal() and len(said) < 4 else None


class Shelving(NamedTuple):
    """How an outline is to be put on the shelf: what the form says, and what is wrong with that."""

    name: str
    about: str
    genre: str


def shelving(form: Sent) -> Shelving:
    """The same from a form."""
    return Shelving(*(" ".join(form.text(word).split())[:200] for word in ("name", "about", "genre")))


def shelf_place(wanted: Shelving) -> str:
    """The file of an outline of this name. Raises Rejected."""
    if not wanted.name:
        raise Rejected(Diagnostic("提纲还没有名称。", None, "在下面写一个名称，例如 年度工作会讲话。", code="outline-name"))
    return on_the_shelf(wanted.name)


def shelved_name(request: Request) -> str:
    """The outline that has just been saved, by its name. Raises NotHere."""
    name = request.query_params.get("name", "")
    if not name or not Path(f"outlines/{name}.yaml").is_file() or "/" in name or "\\" in name:
        raise NotHere
    return name


ROUTES: list[BaseRoute] = [
    Route("/old", _old),
    Route("/old", _drop, methods=["POST"]),
    Route("/old/pick", _picked),
    Route("/old/use", _use, methods=["POST"]),
    Route("/old/{id}/away", _away, methods=["POST"]),
]
