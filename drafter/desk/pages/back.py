"""Files brought back: dropped, looked at, listed until the user deletes them."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.arriving import arrived
from drafter.desk.descent import whence
from drafter.desk.show import SentFile, form_of, seen, show, told_all, work
from drafter.desk.store import Received, all_received, clean_name, received, received_by, thrown_away
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
        request, "back.html", status, rows=rows, count=len(papers), more=len(papers) - len(rows), accept=ACCEPT, refused=told, taken=taken or []
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
        thrown_away(paper.id)
        return Refusal(paper.name, error.diagnostics)
    return paper


async def several(request: Request) -> Response:
    """What to do with several files."""
    papers = [received_by(number) for number in request.query_params.getlist("f")[:60]]
    return await show(request, "several.html", papers=papers, query="&".join(f"f={paper.id}" for paper in papers))


async def delete(request: Request) -> Response:
    """Delete a file given, with what was made of it."""
    await work(thrown_away, request.path_params["id"])
    return seen("/back#given")


ROUTES: list[BaseRoute] = [
    Route("/back", back),
    Route("/back", given, methods=["POST"]),
    Route("/back/several", several),
    Route("/back/{id}/delete", delete, methods=["POST"]),
]
