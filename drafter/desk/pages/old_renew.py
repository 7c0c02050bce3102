"""Last year's paper written anew for this year, as a form: what it said beside what it says now."""

import os
from functools import partial
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from drafter.commands.filename import on_the_shelf
from drafter.commands.renew import (
    CALLED,
    FactNow,
    Old,
    RenewRequest,
    RenewResult,
    StandingNow,
    named_target,
    read_old,
    renew,
    still_there,
)
from drafter.commands.saving import free_of
from drafter.commands.writing import Writer
from drafter.desk import jobs, store
from drafter.desk.apart import Say
from drafter.desk.descent import remember, remembered, written_here
from drafter.desk.pages.old import paper_of, part_of
from drafter.desk.show import Sent, form_of, is_part, rendered, seen, show, told_all, work
from drafter.desk.store import Received
from drafter.desk.tabs import changed_elsewhere, mark_of, marked, not_the_same, told_elsewhere
from drafter.diagnostic import Diagnostic, Rejected

#: What the names of fields begin with: what is typed for a blank, what stood there when the page was sent, that it is as last
#: year; the same for words that are no blank; that all of a group are as last year.
NOW, SHOWN, SAME, WORD, KEEP, GROUP = "now.", "shown.", "same.", "word.", "keep.", "all."

#: Told as an answer: as it was.
_AS_IT_WAS = "="

#: Letters a field's name may have.
_MAX_NAME = 400

#: What the class of the element the paper stands in is.
_SHEET = "a4"


class FactRow(NamedTuple):
    """A fact as it stands in the form, in an element of this id. `typed` is in its field; `same`: it is said to be as last year; `wrong` is why the
    answer cannot be taken."""

    id: str
    fact: FactNow
    called: str
    typed: str
    same: bool
    wrong: str


class FactGroup(NamedTuple):
    """Facts that are dealt with alike."""

    id: str
    title: str
    hint: str
    rows: list[FactRow]


#: The groups, by what is proposed, in the order they are shown.
_GROUPS = (
    ("fill", "要您来填的", "今年没有的、还不知道的就空着：稿子里标黄，写着去年的，在 Word 里点一下也能填。"),
    ("moved", "已经替您往后推的", "年份、届次、第几次。请核对，不对就改。"),
    ("same", "多半照旧的", "人、单位、会议。换了的改掉；没换的勾“和去年一样”，或者在下面一起确认。"),
)


def _request(paper: Received, typed: dict[str, Any], part: int) -> RenewRequest:
    """What the form says, to be looked at."""
    return RenewRequest(
        file=str(paper.path),
        part=part,
        said={str(name): str(said) for name, said in typed.get("said", {}).items()},
        accept=True,
        year=int(typed.get("year", 0)),
        all_figures=bool(typed.get("all_figures")),
        template=str(typed.get("template", "")),
        dry_run=True,
    )


def _key(paper: Received, request: RenewRequest) -> tuple[str, str, int, int, bool]:
    return ("renew", paper.id, request.part, request.year, request.all_figures)


async def _read(request: Request, paper: Received, asked: RenewRequest) -> Old | jobs.Waiting:
    """The old paper; read once while it is worked on."""
    return await jobs.done(request, "正在读去年的稿子", _key(paper, asked), _old, asked)


def _old(say: Say, asked: RenewRequest) -> Old:
    old = read_old(asked)
    if not old.paper.draft.parts and not old.paper.asked.questions:
        raise Rejected(Diagnostic("这个文件里没有读到文字，续写不了。", None, "图片、扫描件里的字读不出来；换一份有文字的稿子。", code="no-words"))
    return old


# ── the form ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _form(request: Request) -> Response:
    """The form, and the pages beside it."""
    paper = paper_of(request)
    part = part_of(request)
    return await _page(request, paper, part, await work(remembered, paper, f"renew-{part or 0}"))


async def _page(request: Request, paper: Received, part: int | None, typed: dict[str, Any], status: int = 200, **more: object) -> Response:
    asked = _request(paper, typed, part or 0)
    old = await _read(request, paper, asked)
    if isinstance(old, jobs.Waiting):
        return old.page
    if part is None and len(old.papers) > 1:
        return await show(request, "old_part.html", paper=paper, papers=old.papers, what="照它写今年的", to="renew")
    done = await work(renew, asked, old)
    return await show(
        request,
        "old_renew.html",
        status,
        paper=paper,
        part=part or 0,
        done=done,
        groups=_groups(done, old, typed),
        standing=_standing(done),
        open=sum(fact.state == "open" for fact in done.facts),
        sheet=done.sheet(_SHEET, _ids(done)),
        remarks=told_all(done.remarks, paper.name),
        typed=typed,
        templates=await work(Writer().templates),
        **{"mark": mark_of(typed), **more},
    )


def _groups(done: RenewResult, old: Old, typed: dict[str, Any]) -> list[FactGroup]:
    said = typed.get("said", {})
    asked = {question.name for question in old.paper.asked.questions}
    rows = [_row(fact, said, done) for fact in done.facts if fact.name in asked]
    return [FactGroup(id, title, hint, [row for row in rows if _group(row.fact) == id]) for id, title, hint in _GROUPS]


def _ids(done: RenewResult) -> dict[str, str]:
    """The ids of the facts' elements."""
    return {fact.name: f"f{number}" for number, fact in enumerate(done.facts, 1)}


def _group(fact: FactNow) -> str:
    return "same" if fact.stays else "moved" if fact.proposed else "fill"


def _row(fact: FactNow, said: dict[str, str], done: RenewResult) -> FactRow:
    typed = said.get(fact.name)
    same = typed == _AS_IT_WAS
    shown = fact.was if same else fact.proposed if typed is None else typed
    return FactRow(_ids(done)[fact.name], fact, CALLED.get(fact.kind, "其他"), shown, same, done.unfit.get(fact.name, ""))


def _standing(done: RenewResult) -> list[tuple[str, list[StandingNow]]]:
    """The words that are no blank, by what they are; names that are mostly the same behind the others."""
    kinds = list(dict.fromkeys(one.kind for one in done.standing))
    kinds.sort(key=lambda kind: kind in ("unit", "place"))
    return [(CALLED.get(kind, "其他"), [one for one in done.standing if one.kind == kind]) for kind in kinds]


# ── typed ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _typed(request: Request) -> Response:
    """What the form says is kept; then it is looked at again, or written."""
    paper, part = paper_of(request), part_of(request) or 0
    form = await form_of(request)
    before = await work(remembered, paper, f"renew-{part}")
    old = await _read(request, paper, _request(paper, before, part))
    while isinstance(old, jobs.Waiting):  # what was typed is understood by what the paper says: a page that asks again would lose it
        old = await _read(request, paper, _request(paper, before, part))
    address = f"/old/{paper.id}/renew?part={part}"
    before = remembered(paper, f"renew-{part}")  # at one go with what is kept: nothing of another tab comes between
    typed = _said(form, before, old)
    if changed_elsewhere(form, before) and (differing := _clash(form, before, typed)):
        whole = partial(_page, request, paper, part, typed, 409, mark=mark_of(before, form))
        return await told_elsewhere(request, differing, address, whole)
    typed = marked(form, typed)
    remember(paper, f"renew-{part}", typed)
    if form.text("do") == "write":
        return await _write(request, paper, part, typed, address)
    if not is_part(request):
        return seen(address)
    asked = _request(paper, typed, part)
    again = await _read(request, paper, asked)
    if isinstance(again, jobs.Waiting):
        return again.page
    done = await work(renew, asked, again)
    said = typed["said"]
    values = {fact.name: _row(fact, said, done).typed for fact in done.facts}
    page = rendered(request, "_renew_pages.html", done=done, sheet=done.sheet(_SHEET, _ids(done)), open=sum(fact.state == "open" for fact in done.facts))
    return JSONResponse({"html": page, "values": values, "wrong": dict(done.unfit), "states": {f.name: f.state for f in done.facts}, "rev": typed["rev"]})


def _said(form: Sent, before: dict[str, Any], old: Old) -> dict[str, Any]:
    """What is answered, after what it was: what nobody has touched stays a proposal."""
    said: dict[str, str] = dict(before.get("said", {}))
    questions = {question.name: question for question in old.paper.asked.questions}
    for name, question in questions.items():
        if NOW + name not in form.data or len(name) > _MAX_NAME:
            continue
        typed, shown = (form.text(word + name).replace("\r\n", "\n").strip() for word in (NOW, SHOWN))
        group = "same" if question.proposed.same else "moved" if question.proposed.value else "fill"
        ticked = SAME + name in form.data or (GROUP + group in form.data and typed in (question.was, ""))
        if ticked and typed in (shown, question.was, ""):
            said[name] = _AS_IT_WAS
        elif typed != shown:
            said[name] = typed
        elif said.get(name) == _AS_IT_WAS:
            del said[name]
    for words in old.paper.listed:
        if WORD + words not in form.data or len(words) > _MAX_NAME:
            continue
        typed = form.text(WORD + words).strip()
        said.pop(words, None)
        if typed and typed != words:
            said[words] = typed
        elif KEEP + words in form.data or GROUP + "standing" in form.data:
            said[words] = _AS_IT_WAS
    year = form.text("year").strip()
    return {
        "said": said,
        "year": int(year) if year.isdecimal() and len(year) == 4 and year != form.text("year.shown") else before.get("year", 0),
        "all_figures": "all_figures" in form.data,
        "template": form.text("template")[:80],
        "outline": form.text("outline").strip()[:80],
    }


def _clash(form: Sent, before: dict[str, Any], typed: dict[str, Any]) -> list[str]:
    """What two tabs have both answered, and otherwise: an answer only one of them has touched is kept in any case."""
    out = []
    for name in not_the_same(before, typed):
        shown = form.text(SHOWN + name).replace("\r\n", "\n").strip()
        if SHOWN + name not in form.data or before["said"].get(name, shown) != shown:
            out.append(name)
    return out


# ── written ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _write(request: Request, paper: Received, part: int, typed: dict[str, Any], address: str) -> Response:
    """This year's speech. What keeps it from being written is told beside the form."""
    asked = _request(paper, typed, part)
    old = await _read(request, paper, asked)
    if isinstance(old, jobs.Waiting):
        return old.page
    looked = await work(renew, asked, old)
    if looked.unfit:
        return seen(f"{address}#wrong")
    outline = await work(on_the_shelf, typed["outline"]) if typed.get("outline") else ""
    target = await work(free_of, paper.made_folder / named_target(old, looked).name)
    done = await work(renew, asked._replace(dry_run=False, output=str(target), outline=outline), old)
    summary = {"facts": [[f.name, f.kind, f.was, f.now, f.state, f.sentence] for f in done.facts], "title": done.title, "outline": typed.get("outline", "")}
    await work(partial(remember, paper, f"renewed-{target.name}", summary))
    return seen(f"/old/{paper.id}/renewed/{paper.number(target)}")


async def _done(request: Request) -> Response:
    """What was written: the file, what was changed, what of last year's still stands."""
    paper = paper_of(request)
    number = request.path_params["number"]
    path = paper.made_file(number)
    found = await work(still_there, str(path))
    summary = await work(remembered, paper, f"renewed-{path.name}")
    facts = [dict(zip(("name", "kind", "was", "now", "state", "sentence"), row, strict=False)) for row in summary.get("facts", [])]
    by_state = {state: [fact for fact in facts if fact["state"] == state] for state in ("changed", "same", "taken", "open")}
    return await show(
        request, "old_renewed.html", paper=paper, number=number, name=path.name, found=found, facts=by_state, summary=summary, called=CALLED,
        back=f"/old/{paper.id}/renew",
    )  # fmt: skip


async def _confirm(request: Request) -> Response:
    """Words of last year's are said to stay."""
    paper = paper_of(request)
    number = request.path_params["number"]
    path = paper.made_file(number)
    form = await form_of(request)
    words = tuple(form.all("words"))
    everything = form.text("do") == "all"
    if words or everything:
        was = path.stat()
        await work(renew, RenewRequest(file=str(path), confirm=() if everything else words, confirm_all=everything))
        # its number goes by its time, and other pages have the number; a microsecond tells who remembers what stood in it
        os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns + 1000))
    return seen(f"/old/{paper.id}/renewed/{paper.number(path)}")


async def _on(request: Request) -> Response:
    """The new speech as a paper of its own, to be proof-read."""
    paper = paper_of(request)
    number = request.path_params["number"]
    path = paper.made_file(number)
    fresh = await work(lambda: written_here(store.received(path.name, path.read_bytes()), "旧稿"))
    return seen(f"/paper/{fresh.id}/check")


ROUTES: list[BaseRoute] = [
    Route("/old/{id}/renew", _form),
    Route("/old/{id}/renew", _typed, methods=["POST"]),
    Route("/old/{id}/renewed/{number:int}", _done),
    Route("/old/{id}/renewed/{number:int}/confirm", _confirm, methods=["POST"]),
    Route("/old/{id}/renewed/{number:int}/check", _on, methods=["POST"]),
]
