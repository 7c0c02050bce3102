"""A draft brought up to new answers, another outline, another template: what would change first, then a new file."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.drafts import Against
from drafter.commands.index import OutlineEntry, entries, templates
from drafter.commands.saying import differing, step_called
from drafter.commands.update import UpdateRequest, UpdateResult, update
from drafter.commands.update_form import UpdateForm, update_form
from drafter.desk.descent import NEXT, UPDATED, born, forget, named, remember, remembered
from drafter.desk.pages.back import LISTED
from drafter.desk.show import NotHere, Sent, form_of, seen, show, told_all, work
from drafter.desk.store import Received, all_received, received_by
from drafter.diagnostic import Diagnostic, Rejected

#: What a form keeps beside the answers, each by its own name; an answer is kept under the field's name with this before it.
_SAID = ("outline", "template", "other", "following", "called", "revisions", "renumber", "controls")
_FIELD = "f:"

#: What templates are called.
TEMPLATES = {"speech": "讲话稿", "reading": "大字版", "card": "提纲卡"}

#: What stands behind the name of a file that was brought up, and how often.
_UPDATED = re.compile(r"（更新(\d*)）$")


class AskedOfUpdate(NamedTuple):
    """What a form asks of `update`, and the form as it stands in the draft."""

    form: UpdateForm
    request: UpdateRequest


async def form(request: Request) -> Response:
    """The form."""
    return await _form(request, received_by(request.path_params["id"]))


async def _form(request: Request, of: Received, status: int = 200, problems: tuple[Diagnostic, ...] = ()) -> Response:
    kept = _with_what_is_left(remembered(of, "update"))
    if "outline" in request.query_params:
        kept = kept | {"outline": request.query_params["outline"]}
    shelf = await work(entries)
    shared = {
        "paper": of,
        "tab": "update",
        "kept": kept,
        "genres": _by_genre(shelf),
        "titles": {one.name: one.genre or one.title for one in shelf},
        "templates": {name: TEMPLATES.get(name, name) for name in await work(templates)},
        "others": await work(_others, of, kept.get("other", "")),
    }
    try:
        found = await work(update_form, str(of.path), _to(kept, ()))
    except Rejected as error:
        told = told_all(problems or error.diagnostics, of.name)
        lost = error.diagnostics[0].code in ("no-record", "record-damaged")
        word = of.path.suffix.lower() == ".docx"
        return await show(request, "update_connect.html", status if lost else 422, problems=[] if lost else told, word=word, **shared)
    by_field, others = _at_fields(problems)
    return await show(
        request, "update.html", status, form=found, wrong=by_field, problems=told_all(others, of.name), remarks=told_all(found.remarks, of.name), **shared
    )


def _others(of: Received, chosen: str) -> list[Received]:
    """Other Word files that were given, of older ones only the one that is chosen."""
    found = [paper for paper in all_received() if paper.id != of.id and paper.path.suffix.lower() == ".docx"]
    return [*found[:LISTED], *(paper for paper in found[LISTED:] if paper.id == chosen)]


def _by_genre(shelf: list[OutlineEntry]) -> dict[str, list[OutlineEntry]]:
    out: dict[str, list[OutlineEntry]] = {}
    for one in shelf:
        if not one.broken:
            out.setdefault(one.genre or "其他", []).append(one)
    return out


def _at_fields(problems: tuple[Diagnostic, ...]) -> tuple[dict[str, str], list[Diagnostic]]:
    """Problems by the field they are of, and the others."""
    out: dict[str, str] = {}
    others = []
    for problem in problems:
        found = re.match("【([^】]+)】", problem.message)
        if found:
            out[found[1]] = problem.message.removeprefix(found[0])
        else:
            others.append(problem)
    return out, others


def _with_what_is_left(kept: dict[str, str]) -> dict[str, str]:
    """A kept form without the other paper, where that is deleted by now."""
    return kept if _other(kept) else {name: said for name, said in kept.items() if name != "other"}


def _other(kept: Mapping[str, str]) -> Received | None:
    """The paper a form follows; None where there is none, or none any more."""
    try:
        return received_by(kept.get("other", ""))
    except NotHere:
        return None


def _to(kept: Mapping[str, str], filled: tuple[tuple[str, str], ...]) -> Against:
    """What a form brings a draft up to. Raises Rejected where the other paper is deleted."""
    other = _other(kept)
    if kept.get("other") and other is None:
        raise Rejected(Diagnostic("选来照着的那一份稿已经删掉了。", None, "在“照同一个会的这一份”里另选一份，或者选“不用”。", code="desk-not-here"))
    return Against(
        outline=kept.get("outline", ""),
        template=kept.get("template", ""),
        renumber=bool(kept.get("renumber")),
        other=str(other.path) if other else "",
        filled=filled,
    )


async def fill(request: Request) -> Response:
    """Keep what was filled in, and show what would change, or the form of another outline."""
    of = received_by(request.path_params["id"])
    sent = await form_of(request)
    remember(of, "update", _kept(sent))
    if sent.text("step") == "keep":
        return Response(status_code=204)
    return seen(f"/paper/{of.id}/update{'' if sent.text('step') == 'again' else '/look'}")


def _kept(sent: Sent) -> dict[str, str]:
    answers = {name: sent.text(name) for name in sent.names() if name.startswith(_FIELD)}
    return answers | {name: sent.text(name) for name in _SAID if sent.text(name)}


async def afresh(request: Request) -> Response:
    """Forget what was filled in."""
    of = received_by(request.path_params["id"])
    forget(of, "update")
    return seen(f"/paper/{of.id}/update")


def _asked(of: Received) -> AskedOfUpdate:
    """What the kept form of a paper asks for. Raises Rejected."""
    kept = remembered(of, "update")
    found = update_form(str(of.path), _to(kept, ()))
    typed = {name.removeprefix(_FIELD): said for name, said in kept.items() if name.startswith(_FIELD)}
    filled = found.changed(typed) if found.ours else tuple((name, said) for name, said in typed.items() if said.strip())
    following = kept.get("called", "").strip() or "+" if kept.get("following") else ""
    asked = UpdateRequest(
        file=str(of.path),
        against=_to(kept, filled),
        revisions=bool(kept.get("revisions")),
        following=following,
        plain={"off": True, "on": False}.get(kept.get("controls", "")),
    )
    return AskedOfUpdate(found, asked)


def _mark(asked: AskedOfUpdate) -> str:
    """What tells whether the form still says what a page has shown."""
    return sha256(repr(asked.request).encode()).hexdigest()[:16]


async def look(request: Request) -> Response:
    """What would change."""
    return await _look(request, received_by(request.path_params["id"]))


async def _look(request: Request, of: Received, status: int = 200, problems: tuple[Diagnostic, ...] = ()) -> Response:
    try:
        asked = await work(_asked, of)
        found = await work(update, asked.request._replace(dry_run=True))
    except Rejected as error:
        return await _form(request, of, 422, error.diagnostics)
    remarks = [one for one in found.remarks if one.code != "option-without-effect"]
    return await show(
        request,
        "update_look.html",
        status,
        paper=of,
        mark=_mark(asked),
        tab="update",
        asked=asked.request,
        form=asked.form,
        found=found,
        steps=[(step, place, step_called(step)) for step, place in zip(found.steps, found.places, strict=True)],
        name=_name(of, asked.request, found),
        anything=bool(found.steps) or asked.request != UpdateRequest(str(of.path)) or not asked.form.ours,
        remarks=told_all((*problems, *remarks), of.name),
        differing=differing,
        filled=[(name, said, _was(asked.form, name)) for name, said in asked.request.against.filled],
    )


def _was(form: UpdateForm, name: str) -> str:
    return next((one.said for one in form.fields if one.field.name == name), "")


def _name(of: Received, asked: UpdateRequest, found: UpdateResult) -> str:
    """What the new file is called."""
    if asked.following:
        return re.split(r"[\\/]", found.file)[-1]
    stem = of.path.stem
    count = _UPDATED.search(stem)
    number = str(int(count[1] or 1) + 1) if count else ""
    return named(_UPDATED.sub("", stem), f"（更新{number}）")


async def do(request: Request) -> Response:
    """Write it, as a new file. What was typed on another page since is shown first."""
    of = received_by(request.path_params["id"])
    mark = (await form_of(request)).text("mark")
    try:
        asked = await work(_asked, of)
        if mark and mark != _mark(asked):
            changed = Diagnostic("要填的刚才在别的页上改过，还没有写。", None, "在下面再看一遍，对了再按“就这样改”。", code="desk-changed")
            return await _look(request, of, 422, (changed,))
        dry = await work(update, asked.request._replace(dry_run=True))

        def write(path: str) -> UpdateResult:
            return update(asked.request._replace(output=path))

        new, _ = await work(born, of, _name(of, asked.request, dry), NEXT if asked.request.following else UPDATED, write)
    except Rejected as error:
        return await _form(request, of, 422, error.diagnostics)
    except NotHere:
        return seen(f"/paper/{of.id}/update")
    forget(of, "update")
    return seen(f"/paper/{new.id}")


ROUTES: list[BaseRoute] = [
    Route("/paper/{id}/update", form),
    Route("/paper/{id}/update", fill, methods=["POST"]),
    Route("/paper/{id}/update/afresh", afresh, methods=["POST"]),
    Route("/paper/{id}/update/look", look),
    Route("/paper/{id}/update/do", do, methods=["POST"]),
]
