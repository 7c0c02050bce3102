"""Answers taken out of a draft, to go on writing with; and what was reworded by hand, back into its outline."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished
from drafter.commands.own.editing import difference, opened, save_text
from drafter.commands.own.files import CopyRequest, copy, shelved
from drafter.commands.pull import Proposal, PullRequest, PullResult, propose, pull_answers
from drafter.desk.pages.paper import called
from drafter.desk.show import form_of, seen, show, told_all, work
from drafter.desk.store import Received, received_by
from drafter.diagnostic import Diagnostic, Rejected

#: The kind of what is edited.
_KIND = "outlines"


async def answers(request: Request) -> Response:
    """The answers of a draft, and what can be done with them."""
    of = received_by(request.path_params["id"])
    found = await work(pull_answers, PullRequest(str(of.path)))
    name = await work(_outline, found)
    rows = [(found.fields[field].ask or field, field, said) for field, said in found.typed().items()]
    return await show(request, "pull.html", paper=of, tab="status", rows=rows, blank=found.blank, outline=name, called=await work(called, name), remarks=told_all(found.remarks, of.name))


def _outline(found: PullResult) -> str:
    """The name of the outline a draft was made of, "" where it stands on no shelf now."""
    try:
        return shelved(_KIND, Path(found.outline).stem).name
    except Rejected:
        return ""


async def begin(request: Request) -> Response:
    """Another speech with these answers."""
    of = received_by(request.path_params["id"])
    found = await work(pull_answers, PullRequest(str(of.path)))
    name = await work(_outline, found)
    if not name:
        raise Rejected(Diagnostic("写这份稿的提纲现在不在了，没有可以接着写的。", None, "在“写稿”里另选一份。", code="outline-not-usable"))
    number = await work(unfinished.begin, (name,), found.typed(), found.choice)
    return seen(f"/write/{number}")


# ── back into the outline ──────────────────────────────────────────────────────────────────────────────────────────


async def outline(request: Request) -> Response:
    """What would change in the outline."""
    of = received_by(request.path_params["id"])
    name, proposal, was = await work(_proposed, of)
    text = (await work(opened, _KIND, name)).text
    rows = difference(text, proposal.text) if proposal.diff else ()
    own = (await work(shelved, _KIND, name)).own
    return await show(request, "pull_outline.html", paper=of, tab="status", name=name, called=await work(called, name), own=own, was=was, rows=rows, remarks=told_all(proposal.remarks, f"{name}.yaml"))


def _proposed(of: Received) -> tuple[str, Proposal, str]:
    """The outline's name, its change, and what tells its text of now. Raises Rejected."""
    name = _outline(pull_answers(PullRequest(str(of.path))))
    if not name:
        raise Rejected(Diagnostic("写这份稿的提纲现在不在了，写不回去。", None, "可以把这份稿读成新的提纲：“旧稿”。", code="outline-not-usable"))
    return name, propose(PullRequest(str(of.path), name)), opened(_KIND, name).was


async def put_back(request: Request) -> Response:
    """Write it into the outline; of one that came with drafter into a copy of one's own."""
    of = received_by(request.path_params["id"])
    was = (await form_of(request)).text("was")
    name = await work(_put_back, of, was)
    return seen(f"/paper/{of.id}/pull/outline?done={'1' if name else ''}")


def _put_back(of: Received, was: str) -> str:
    name, proposal, now = _proposed(of)
    if now != was:
        raise Rejected(Diagnostic("提纲刚才改过了，没有写进去。", None, "退回去，再看一遍差别。", code="desk-changed"))
    if not proposal.diff:
        return ""
    if not shelved(_KIND, name).own:
        copy(CopyRequest(_KIND, name, name))
    save_text(_KIND, name, proposal.text, opened(_KIND, name).was)
    return name


ROUTES: list[BaseRoute] = [
    Route("/paper/{id}/pull", answers),
    Route("/paper/{id}/pull/begin", begin, methods=["POST"]),
    Route("/paper/{id}/pull/outline", outline),
    Route("/paper/{id}/pull/outline", put_back, methods=["POST"]),
]
