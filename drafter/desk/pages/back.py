"""Files brought back: dropped, looked at, listed until the user deletes them."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.arriving import arrived
from drafter.desk.descent import whence
from drafter.desk.show import NotHere, SentFile, form_of, seen, show, told_all, work
from drafter.desk.store import (
    TABLES,
    Received,
    all_gone,
    all_received,
    clean_name,
    gone_by,
    gone_for_good,
    not_kept,
    received,
    received_by,
    taken_back,
    thrown_away,
)
from drafter.diagnostic import Diagnostic, Rejected

#: What the file field offers; whatever else is dropped is looked at all the same.
ACCEPT = ".docx,.doc,.wps,.odt,.rtf,.txt,.md,.html,.htm,.pdf"

#: What files must not have in their first and the field below is sent as nothing at all.
NO_FILE = Diagnostic("没有选文件。", None, "把稿子拖进框里，或者点“选择文件”。", code="desk-no-file")

#: So many papers are listed, the last that came first; the others are one click away.
LISTED = 60


class Refusal(NamedTuple):
    """A file that was not taken: its name, and why."""

    name: str
    problems: tuple[Diagnostic, ...]


async def back(request: Request) -> Response:
    """The place to drop files on, and those given before."""
    return await _page(request)


async def _page(request: Request, status: int = 200, refused: list[Refusal] | None = None, taken: list[Received] | None = None) -> Response:
    papers = await work(all_received)
    shown = papers if "all" in request.query_params else papers[:LISTED]
    rows = await work(lambda: [(paper, whence(paper), len(paper.files) - 1) for paper in shown])
    told = [(one.name, told_all(one.problems, one.name)) for one in refused or []]
    return await show(
        request,
        "back.html",
        status,
        rows=rows,
        count=len(papers),
        more=len(papers) - len(rows),
        accept=ACCEPT,
        refused=told,
        taken=taken or [],
        gone=gone_of(request),
        bin=await work(all_gone),
        open="bin" in request.query_params,
    )


async def given(request: Request) -> Response:
    """Files dropped: one goes to its page, several are asked what for."""
    files = await (await form_of(request)).files("files")
    if not files:
        return await _page(request, 422, [Refusal("", (NO_FILE,))])
    taken: list[Received] = []
    refused: list[Refusal] = []
    for file in files:
        found = await work(take, file)
        if isinstance(found, Received):
            taken.append(found)
        else:
            refused.append(found)
    if refused:
        return await _page(request, 422, refused, taken)
    if len(taken) == 1:
        return seen(f"/paper/{taken[0].id}")
    return seen("/back/several?" + "&".join(f"f={paper.id}" for paper in taken))


def take(file: SentFile) -> Received | Refusal:
    """A file looked at and kept, or why it is not."""
    try:
        paper = received(file.name, file.data)
    except Rejected as error:
        return Refusal(clean_name(file.name), error.diagnostics)
    try:
        arrived(str(paper.path))
    except Rejected as error:
        not_kept(paper.id)
        return Refusal(paper.name, error.diagnostics)
    return paper


async def several(request: Request) -> Response:
    """What to do with several files."""
    papers = [received_by(number) for number in request.query_params.getlist("f")[:60]]
    return await show(request, "several.html", papers=papers, query="&".join(f"f={paper.id}" for paper in papers))


async def delete(request: Request) -> Response:
    """Put a file given aside, with what was made of it."""
    await work(thrown_away, request.path_params["id"])
    return seen(f"/back?gone={request.path_params['id']}#given")


def gone_of(request: Request) -> Received | None:
    """What has just been thrown away, which can be had back at once."""
    try:
        return gone_by(request.query_params.get("gone", ""))
    except NotHere:
        return None


async def take_back(request: Request) -> Response:
    """It is wanted after all; where it stood it stands again."""
    file = await work(taken_back, request.path_params["id"])
    place = (await form_of(request)).text("to")
    if file.path.suffix.lower() in TABLES:
        return seen("/batch")
    return seen("/old" if place == "old" else "/back#given")


async def for_good(request: Request) -> Response:
    """It is not wanted at all."""
    await work(gone_for_good, request.path_params["id"])
    return seen("/back?bin#gone")


ROUTES: list[BaseRoute] = [
    Route("/back", back),
    Route("/back", given, methods=["POST"]),
    Route("/back/several", several),
    Route("/back/{id}/delete", delete, methods=["POST"]),
    Route("/back/{id}/take-back", take_back, methods=["POST"]),
    Route("/back/{id}/for-good", for_good, methods=["POST"]),
]
