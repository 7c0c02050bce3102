"""/paper/<id>/finish: what still stands in the way of a final copy, then the copy and the one in large print."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.finish import LEAKS, REMEDIES, FinishRequest, FinishResult, Problem, final_name, finish
from drafter.commands.saving import free_of
from drafter.desk.show import Sent, form_of, seen, show, told_all, without_commands, work
from drafter.desk.store import Received, received_by
from drafter.diagnostic import Rejected

#: What a page offers to see to all of a kind at once: the name of its switch, and what it says.
SWITCHES = {
    "revision": ("accept", "全部接受"),
    "comment": ("comments", "全部删掉"),
    "highlight": ("highlights", "底色全部去掉"),
    "error": ("force", "都看过了，没有错，照样定稿"),
}

#: What to do about a kind, where a page has another way than the terminal.
_WAYS = {
    "confirm": "核对以后在 Word 里删掉批注，或者在“情况”里一处处定。",
    "error": "在“校对”里一处处改；看过认为没有错的，在那里选“不改，以后也不再提”。",
}

#: So many of a kind are listed; nobody reads further.
MOST = 100


class _Kind(NamedTuple):
    """Problems of one kind: what they are called, what to do, the switch that sees to all of them (None where there is none)."""

    kind: str
    called: str
    way: str
    switch: tuple[str, str] | None
    problems: tuple[Problem, ...]
    leak: bool


def _kinds(result: FinishResult) -> list[_Kind]:
    out = []
    for kind, (called, remedy) in REMEDIES.items():
        found = tuple(problem for problem in result.problems if problem.kind == kind)
        if found:
            out.append(_Kind(kind, called, _WAYS.get(kind) or without_commands(remedy), SWITCHES.get(kind), found, kind in LEAKS))
    return out


async def page(request: Request) -> Response:
    """What stands in the way, nothing switched."""
    return await _shown(request, received_by(request.path_params["id"]), ())


async def _shown(request: Request, paper: Received, on: tuple[str, ...], status: int = 200, large: bool = False) -> Response:
    made = _made(request, paper)
    try:
        found: FinishResult = await work(finish, FinishRequest(str(paper.path), check=True, known_as=paper.name))
    except Rejected as error:
        return await show(request, "finish.html", 422, paper=paper, found=None, remarks=told_all(error.diagnostics, paper.name), made=made)
    return await show(
        request,
        "finish.html",
        status,
        paper=paper,
        found=found,
        kinds=_kinds(found),
        on=on,
        large=large,
        most=MOST,
        refused=status != 200,
        remarks=told_all(found.remarks, paper.name),
        made=made,
    )


def _made(request: Request, paper: Received) -> list[tuple[str, int, str, str]]:
    said = zip(request.query_params.get("made", "").split("."), ("定稿", "大字版"), strict=False)
    return [row for number, called in said if (row := paper.made_row(number, called))]


async def make(request: Request) -> Response:
    """The final copy, with what is switched seen to."""
    form = await form_of(request)
    paper = received_by(request.path_params["id"])
    on = tuple(name for name, _ in SWITCHES.values() if form.text(name))
    found = await work(_finished, paper, form, on)
    if not found.output:
        return await _shown(request, paper, on, 422, bool(form.text("large")))
    numbers = [paper.number(path) for path in (found.output, found.large_print) if path]
    return seen(f"/paper/{paper.id}/finish?made={'.'.join(map(str, numbers))}")


def _finished(paper: Received, form: Sent, on: tuple[str, ...]) -> FinishResult:
    target = free_of(paper.made_folder / final_name(paper.path))
    return finish(
        FinishRequest(
            str(paper.path),
            output=str(target),
            large_print=bool(form.text("large")),
            force="force" in on,
            accept_revisions="accept" in on,
            drop_comments="comments" in on,
            drop_highlights="highlights" in on,
            known_as=paper.name,
        )
    )


ROUTES: list[BaseRoute] = [
    Route("/paper/{id}/finish", page),
    Route("/paper/{id}/finish", make, methods=["POST"]),
]
