"""Several old papers of a kind made into one outline: what they share stays, what differs is a blank each may be asked about."""

from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from drafter.commands.learn import BlankDecision, Learning, LearnRequest, LearnResult, learn, propose, said_of
from drafter.desk import jobs, store
from drafter.desk.apart import Say
from drafter.desk.descent import remember, remembered
from drafter.desk.pages.old import OUTLINE_SHEET, shelf_place, shelving
from drafter.desk.pages.old_extract import shelving_of
from drafter.desk.show import Sent, form_of, is_part, rendered, seen, show, told_all, work
from drafter.desk.store import Received
from drafter.desk.tabs import changed_elsewhere, mark_of, marked, not_the_same, told_elsewhere
from drafter.diagnostic import Rejected, printable

_MAX_NAME = 200

#: Characters of what a speech says that are shown.
_SHOWN = 120


class LearntRow(NamedTuple):
    """A blank as it stands in the form: the text it stands in, and what each speech says, "" for nothing; `wrong` is why it
    cannot be as it was decided."""

    id: str
    name: str
    ask: str
    sentence: str
    values: list[tuple[int, str, str]]
    decision: BlankDecision
    wrong: str


def _papers(request: Request) -> list[Received]:
    return [store.received_by(one) for one in dict.fromkeys(request.query_params.getlist("id"))]


def _mark(papers: list[Received]) -> str:
    """What these papers together are remembered by."""
    return "learn-" + sha256(" ".join(paper.id for paper in papers).encode()).hexdigest()[:12]


def _address(papers: list[Received]) -> str:
    return "/old/learn?" + "&".join(f"id={paper.id}" for paper in papers)


def _request(papers: list[Received], typed: dict[str, Any]) -> LearnRequest:
    return LearnRequest(
        files=tuple(str(paper.path) for paper in papers),
        keep_figures=bool(typed.get("keep_figures")),
        decisions={name: BlankDecision(*row) for name, row in typed.get("decisions", {}).items()},
        about=typed.get("about", ""),
        genre=typed.get("genre", ""),
        dry_run=True,
    )


async def _read(request: Request, asked: LearnRequest) -> Learning | jobs.Waiting:
    """What is learnt of the papers, once while it is worked on."""
    return await jobs.done(request, "正在对照各篇", ("learn", asked.files, asked.keep_figures), _learnt, asked)


def _learnt(say: Say, asked: LearnRequest) -> Learning:
    return propose(asked, say)


async def _form(request: Request) -> Response:
    """What the papers share, and the blanks where they differ."""
    papers = _papers(request)
    return await _page(request, papers, await work(remembered, papers[0], _mark(papers)) if papers else {})


async def _page(request: Request, papers: list[Received], typed: dict[str, Any], status: int = 200, **more: object) -> Response:
    asked = _request(papers, typed)
    found = await _read(request, asked)
    if isinstance(found, jobs.Waiting):
        return found.page
    done = await work(learn, asked, _quiet, found)
    blanks, deciding, anew = await work(_rows, done, typed, papers)
    return await show(
        request,
        "old_learn.html",
        status,
        papers=papers,
        address=_address(papers),
        done=done,
        names=[paper.name for paper in papers],
        blanks=blanks,
        deciding=deciding,
        anew=anew,
        options=[(one.words, [n in one.speeches for n in range(len(papers))]) for one in (done.proposed or done.learnt).options],
        shares=[f"{share:.0%}" for share in (done.proposed or done.learnt).common],
        typed=typed,
        remarks=told_all(done.remarks),
        told=await work(lambda: done.told),
        sheet=await work(done.sheet, OUTLINE_SHEET),
        refused=typed.get("refused", []),
        **{"mark": mark_of(typed), **more},
    )


def _quiet(said: str) -> None:
    """Nobody waits to be told."""


def _rows(
    done: LearnResult, typed: dict[str, Any], papers: list[Received]
) -> tuple[list[LearntRow], list[LearntRow], list[LearntRow]]:
    """The blanks; those that decide what stays in; those every speech wrote anew."""
    proposed = done.proposed or done.learnt
    decisions = typed.get("decisions", {})
    sentences = done.sentences
    out: tuple[list[LearntRow], list[LearntRow], list[LearntRow]] = ([], [], [])
    for number, blank in enumerate(proposed.blanks, 1):
        name = blank.field.name
        row = LearntRow(
            id=f"b{number}",
            name=name,
            ask=blank.field.ask,
            sentence=sentences.get(name, ""),
            values=[(n, papers[n].name, _said(value)) for n, value in enumerate(blank.values)],
            decision=BlankDecision(*decisions.get(name, ())),
            wrong=done.unfit.get(name, ""),
        )
        out[2 if blank in proposed.anew else 1 if blank.deciding else 0].append(row)
    return out


def _said(value: object) -> str:
    """What a speech says, as much as is shown."""
    words = printable(said_of(value))
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


async def _typed(request: Request) -> Response:
    """What the form says is kept; then it is looked at again, or saved."""
    papers = _papers(request)
    form = await form_of(request)
    before = remembered(papers[0], _mark(papers)) if papers else {}  # at one go with what is kept: nothing of another tab comes between
    typed = _decided(form, before)
    if changed_elsewhere(form, before) and (differing := not_the_same(before, typed)):
        whole = partial(_page, request, papers, typed, 409, mark=mark_of(before, form))
        return await told_elsewhere(request, differing, _address(papers), whole)
    typed = marked(form, typed)
    if papers:
        remember(papers[0], _mark(papers), typed)
    asked = _request(papers, typed)
    found = await _read(request, asked)
    if isinstance(found, jobs.Waiting):
        return found.page
    if form.text("do") == "save":
        return await _save(papers, found, asked, typed)
    if not is_part(request):
        return seen(_address(papers))
    done = await work(learn, asked, _quiet, found)
    page = rendered(request, "_learn_side.html", done=done, told=await work(lambda: done.told), sheet=await work(done.sheet, OUTLINE_SHEET))
    return JSONResponse({"html": page, "wrong": dict(done.unfit), "rev": typed["rev"]})


def _decided(form: Sent, before: dict[str, Any]) -> dict[str, Any]:
    """What is decided, after what it was; a blank that was shown and is not taken is refused."""
    decisions = dict(before.get("decisions", {}))
    for name in form.all("blank"):
        if len(name) > _MAX_NAME:
            continue
        named, ask = (" ".join(form.text(f"{word}.{name}").split()) for word in ("name", "ask"))
        of = form.text(f"of.{name}", "0")
        refused = f"take.{name}" not in form.data
        decision = BlankDecision(
            name="" if named == name else named,
            ask="" if ask == form.text(f"ask0.{name}") else ask,
            refused=refused,
            of=int(of) if refused and of.isdecimal() and len(of) < 3 else 0,
        )
        decisions[name] = list(decision)
    decisions = {name: row for name, row in decisions.items() if BlankDecision(*row) != BlankDecision()}
    return {"decisions": decisions, "keep_figures": "keep_figures" in form.data, **shelving(form)._asdict()}


async def _save(papers: list[Received], found: Learning, asked: LearnRequest, typed: dict[str, Any]) -> Response:
    """Put it on the shelf, the answers of each paper beside the first. What keeps it from there is told on the page."""
    try:
        target = await work(shelf_place, shelving_of(typed))
        folder = papers[0].path.parent / ".回答"
        saving = asked._replace(dry_run=False, output=target, answers_dir=str(folder))
        await work(learn, saving, _quiet, found)
    except Rejected as refused:
        told = [one._asdict() for one in told_all(refused.diagnostics)]
        await work(remember, papers[0], _mark(papers), {**typed, "refused": told})
        return seen(f"{_address(papers)}#refused")
    return seen(f"/old/{papers[0].id}/saved?name={typed['name']}")


ROUTES: list[BaseRoute] = [Route("/old/learn", _form), Route("/old/learn", _typed, methods=["POST"])]
