"""A paper that was brought back: what it is, what was changed in it, what is still to be confirmed; its answers; its drafts."""

from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.arriving import OURS, Arrived, arrived
from drafter.commands.history import HistoryRequest, history
from drafter.commands.index import entries
from drafter.commands.saying import KINDS, STATES, differing, draft_told
from drafter.commands.status import FieldNow, StatusRequest, StatusResult, status
from drafter.desk.descent import CONFIRMED, TAKEN_UP, born, made_of, named, whence
from drafter.desk.onward import Onward, onward
from drafter.desk.show import Sent, form_of, seen, show, told_all, work
from drafter.desk.store import Received, all_received, received_by
from drafter.diagnostic import Diagnostic, Rejected

#: The stem of a file that has what was confirmed.
_CONFIRMED = "（已核实）"


async def paper(request: Request) -> Response:
    """What a paper is, and how it stands."""
    return await _page(request, received_by(request.path_params["id"]))


async def _page(request: Request, of: Received, status_code: int = 200, problems: tuple[Diagnostic, ...] = ()) -> Response:
    is_what = await work(arrived, str(of.path))
    shared: dict[str, object] = {"paper": of, "tab": "status", "is": is_what, "whence": whence(of), "problems": told_all(problems, of.name)}
    shared["about"] = await work(_on_shelf, is_what.outline)
    if is_what.whose != OURS:
        return await show(request, "paper_foreign.html", status_code, **shared)
    try:
        found = await work(status, StatusRequest(str(of.path)))
    except Rejected as error:
        return await show(request, "paper_foreign.html", status_code, **(shared | {"problems": told_all(error.diagnostics, of.name)}))
    return await show(request, "paper.html", status_code, **shared, **await work(_shown, found, of, is_what))


def _on_shelf(name: str) -> str:
    """What people call an outline of the shelf, "" where there is none of the name."""
    return next((one.genre or one.title for one in entries() if one.name == name), "")


def called(name: str) -> str:
    """What people call an outline: what it is for, by the name a draft has it under. One kept in the draft alone is what it says."""
    stem = Path(name).stem
    return _on_shelf(stem) or name


def _shown(found: StatusResult, of: Received, is_what: Arrived) -> dict[str, object]:
    """What the page of a draft of ours shows."""
    open_ = [field for field in found.fields if field.state in ("blank", "cleared")]
    answered = [field for field in found.fields if field not in open_]
    return {
        "found": found,
        "moved": [field for field in answered if _speaks(field)],
        "same": [field for field in answered if not _speaks(field)],
        "open": open_,
        "changes": list(zip(found.changes, found.changed_at, strict=True)),
        "remarks": told_all(found.remarks, of.name),
        "kinds": KINDS,
        "states": STATES,
        "differing": differing,
        "next": _to_decide(of.id) if is_what.gathered else onward(found.ending().next, of.id),
        "mark": _mark(of),
        "outline": called(found.outline),
        "characters": is_what.characters,
    }


def _to_decide(number: str) -> Onward:
    """What is next for a text in which departments' wishes stand."""
    return Onward("在 Word 里把修订一条条接受或者拒绝，存好，拖回来，再填采纳情况", "填采纳情况", f"/paper/{number}/adopted")


def _speaks(field: FieldNow) -> bool:
    """Whether there is something to say of an answer."""
    return field.state not in ("same", "blank")


def _mark(of: Received) -> str:
    """What tells whether a file still is what a form was made of."""
    return sha256(of.path.read_bytes()).hexdigest()[:16]


# ── confirmed on the page ──────────────────────────────────────────────────────────────────────────────────────────


async def confirm(request: Request) -> Response:
    """What somebody says of words to be confirmed: a new file has it, the old one stays."""
    of = received_by(request.path_params["id"])
    said = await form_of(request)
    if said.text("mark") != _mark(of):
        return await _page(request, of, 422, (Diagnostic("这份稿子刚才换过了，没有记下来。", None, "在下面再看一遍。", code="desk-changed"),))
    wanted = _judged(said)
    if not wanted:
        return await _page(request, of, 422, (Diagnostic("一处也没有选，没有记下来。", None, "核实过的选“对”，要改的选“改成”。", code="desk-none-chosen"),))

    def write(path: str) -> StatusResult:
        Path(path).write_bytes(of.path.read_bytes())
        return status(StatusRequest(path, confirmed=wanted))

    name = named(of.path.stem.removesuffix(_CONFIRMED), _CONFIRMED)
    new, done = await work(born, of, name, CONFIRMED, write)
    return seen(f"/paper/{new.id}?confirmed={len(done.confirmed)}")


def _judged(said: Sent) -> tuple[str, ...]:
    """What was chosen, as `status` takes it: 1, 3=三天内."""
    out = []
    for name in said.names():
        number = name.removeprefix("do-")
        if name == number or not number.isdecimal():
            continue
        words = " ".join(said.text(f"words-{number}").split())
        typed = words and words != said.text(f"was-{number}")  # whoever writes other words means them
        if said.text(name) == "yes":
            out.append(number)
        elif words and (said.text(name) == "new" or typed):
            out.append(f"{number}={words}")
    return tuple(out)


# ── its drafts ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def drafts(request: Request) -> Response:
    """The line of drafts a file tells of, and the files the desk has made of it."""
    of = received_by(request.path_params["id"])
    stages: list[tuple[object, Received | None, str]] = []
    problems: tuple[Diagnostic, ...] = ()
    next_ = None
    try:
        found = await work(history, HistoryRequest(str(of.path)))
        every = await work(all_received)
        stages = [(stage, None if stage.file == of.name else _kept(stage.file, every), draft_told(stage)) for stage in found.stages]
        next_ = next((one for _, one, _ in reversed(stages) if one), None)
        problems = found.remarks
    except Rejected as error:
        problems = error.diagnostics
    made = [(number, path.name) for number, path in enumerate(of.files) if number]
    return await show(
        request, "paper_drafts.html", paper=of, tab="drafts", stages=stages, before=next_, made=made, whence=whence(of), born=await work(made_of, of), problems=told_all(problems, of.name)
    )  # fmt: skip


def _kept(name: str, given: list[Received]) -> Received | None:
    """The last file of a name that was given; None where there is none."""
    return next((paper for paper in given if paper.name == name), None) if name else None


async def again(request: Request) -> Response:
    """Go on with a file that was made of a paper as with one that was brought back."""
    of = received_by(request.path_params["id"])
    number: int = request.path_params["number"]
    files = of.files
    if not 0 < number < len(files):
        return seen(f"/paper/{of.id}/drafts")

    def write(path: str) -> None:
        Path(path).write_bytes(files[number].read_bytes())

    new, _ = await work(born, of, files[number].name, TAKEN_UP, write)
    return seen(f"/paper/{new.id}")


ROUTES: list[BaseRoute] = [
    Route("/paper/{id}", paper),
    Route("/paper/{id}/confirm", confirm, methods=["POST"]),
    Route("/paper/{id}/drafts", drafts),
    Route("/paper/{id}/again/{number:int}", again, methods=["POST"]),
]
