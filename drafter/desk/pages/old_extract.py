"""An old paper made into an outline: each proposed blank in its sentence, taken, renamed or refused; then the shelf."""

from functools import partial
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from drafter.commands.extract import (
    BlankDecision,
    ExtractRequest,
    ExtractResult,
    ProposedBlank,
    ProposedOutline,
    extract,
    propose,
)
from drafter.commands.renew import CALLED
from drafter.desk import jobs
from drafter.desk.apart import Say
from drafter.desk.descent import remember, remembered
from drafter.desk.pages.old import (
    OUTLINE_SHEET,
    Shelving,
    paper_of,
    part_of,
    shelf_place,
    shelved_name,
    shelving,
)
from drafter.desk.show import Sent, form_of, is_part, rendered, seen, show, told_all, work
from drafter.desk.store import Received
from drafter.desk.tabs import changed_elsewhere, mark_of, marked, not_the_same, told_elsewhere
from drafter.diagnostic import Diagnostic, Rejected

#: How many figures become blanks: the choices of the page, with what the command calls them.
FIGURES = (("some", "要紧的数字留空"), ("all", "数字都留空"), ("none", "数字都不留空"))

#: What answers a blank may have, as they are called.
KINDS = (("text", "文字"), ("long text", "一段话"), ("number", "数"), ("date", "日期"))

#: Rows for blanks of the writer's own.
_OWN_ROWS = 3

_MAX_NAME = 200


class BlankRow(NamedTuple):
    """A proposed blank as it stands in the form. `wrong` is why it cannot be as it was decided."""

    id: str
    blank: ProposedBlank
    called: str
    decision: BlankDecision
    wrong: str


def _request(paper: Received, typed: dict[str, Any], part: int) -> ExtractRequest:
    figures = typed.get("figures", "some")
    return ExtractRequest(
        file=str(paper.path),
        part=part,
        keep_figures=figures == "none",
        all_figures=figures == "all",
        decisions={name: BlankDecision(*row) for name, row in typed.get("decisions", {}).items()},
        known=dict(typed.get("known", {})),
        about=typed.get("about", ""),
        genre=typed.get("genre", ""),
        dry_run=True,
    )


async def _read(request: Request, paper: Received, asked: ExtractRequest) -> ProposedOutline | jobs.Waiting:
    """The paper, read once while it is worked on."""
    key = ("extract", paper.id, asked.part, asked.keep_figures, asked.all_figures, tuple(sorted(asked.known.items())))
    return await jobs.done(request, "正在读旧稿", key, _proposed, asked)


def _proposed(say: Say, asked: ExtractRequest) -> ProposedOutline:
    found = propose(asked)
    if not found.draft.parts:
        raise Rejected(Diagnostic("这个文件里没有读到文字，做不成提纲。", None, "图片、扫描件里的字读不出来；换一份有文字的稿子。", code="no-words"))
    return found


async def _form(request: Request) -> Response:
    """The proposed blanks, and the outline as it reads beside them."""
    paper, part = paper_of(request), part_of(request)
    return await _page(request, paper, part, await work(remembered, paper, f"extract-{part or 0}"))


async def _page(request: Request, paper: Received, part: int | None, typed: dict[str, Any], status: int = 200, **more: object) -> Response:
    asked = _request(paper, typed, part or 0)
    found = await _read(request, paper, asked)
    if isinstance(found, jobs.Waiting):
        return found.page
    if part is None and len(found.papers) > 1:
        return await show(request, "old_part.html", paper=paper, papers=found.papers, what="做成提纲", to="extract")
    done = await work(extract, asked, found)
    return await show(
        request,
        "old_extract.html",
        status,
        paper=paper,
        part=part or 0,
        done=done,
        groups=_groups(done, typed),
        own=_own(typed, done),
        typed=typed,
        remarks=told_all(done.remarks, paper.name),
        figures=FIGURES,
        kinds=KINDS,
        told=await work(lambda: done.told),
        sheet=await work(done.sheet, OUTLINE_SHEET),
        refused=typed.get("refused", []),
        **{"mark": mark_of(typed), **more},
    )


def _groups(done: ExtractResult, typed: dict[str, Any]) -> list[tuple[str, list[BlankRow]]]:
    """The blanks, by what they are facts of."""
    decisions = {name: BlankDecision(*row) for name, row in typed.get("decisions", {}).items()}
    rows = [
        BlankRow(f"b{n}", one, CALLED.get(one.kind, "其他"), decisions.get(one.name, BlankDecision()), done.unfit.get(one.name, ""))
        for n, one in enumerate(done.proposals, 1)
    ]
    return [(called, [row for row in rows if row.called == called]) for called in dict.fromkeys(row.called for row in rows)]


def _own(typed: dict[str, Any], done: ExtractResult) -> list[tuple[str, str, str]]:
    """The blanks of the writer's own: name, words, what is wrong; and free rows."""
    rows = [(name, words, done.unfit.get(name, "")) for name, words in typed.get("known", {}).items()]
    return [*rows, *([("", "", "")] * max(1, _OWN_ROWS - len(rows)))]


async def _typed(request: Request) -> Response:
    """What the form says is kept; then it is looked at again, or saved."""
    paper, part = paper_of(request), part_of(request) or 0
    form = await form_of(request)
    address = f"/old/{paper.id}/extract?part={part}"
    before = remembered(paper, f"extract-{part}")  # at one go with what is kept: nothing of another tab comes between
    typed = _said(form, before)
    if changed_elsewhere(form, before) and (differing := not_the_same(before, typed)):
        whole = partial(_page, request, paper, part, typed, 409, mark=mark_of(before, form))
        return await told_elsewhere(request, differing, address, whole)
    typed = marked(form, typed)
    remember(paper, f"extract-{part}", typed)
    asked = _request(paper, typed, part)
    found = await _read(request, paper, asked)
    if isinstance(found, jobs.Waiting):
        return found.page
    if form.text("do") == "save":
        return await _save(request, paper, found, asked, typed, address)
    if not is_part(request):
        return seen(address)
    done = await work(extract, asked, found)
    page = rendered(request, "_extract_side.html", done=done, told=await work(lambda: done.told), sheet=await work(done.sheet, OUTLINE_SHEET))
    return JSONResponse({"html": page, "wrong": dict(done.unfit), "rev": typed["rev"]})


def _said(form: Sent, before: dict[str, Any]) -> dict[str, Any]:
    """What is decided, after what it was; a blank that was shown and is not taken is refused."""
    decisions = dict(before.get("decisions", {}))
    for name in form.all("blank"):
        if len(name) > _MAX_NAME:
            continue
        named, ask, example = (" ".join(form.text(f"{word}.{name}").split()) for word in ("name", "ask", "example"))
        decision = BlankDecision(
            name="" if named == name else named,
            ask="" if ask == form.text(f"ask0.{name}") else ask,
            type="" if form.text(f"type.{name}") == form.text(f"type0.{name}") else form.text(f"type.{name}"),
            example="" if example == form.text(f"example0.{name}") else example,
            refused=f"take.{name}" not in form.data,
        )
        decisions[name] = list(decision)
    decisions = {name: row for name, row in decisions.items() if BlankDecision(*row) != BlankDecision()}
    pairs = zip(form.all("own.name"), form.all("own.words"), strict=False)
    known = {" ".join(name.split())[:60]: words.strip()[:200] for name, words in pairs if name.strip() and words.strip()}
    wanted = shelving(form)
    figures = form.text("figures", "some")
    return {"decisions": decisions, "known": known, "figures": figures, **wanted._asdict()}


async def _save(
    request: Request, paper: Received, found: ProposedOutline, asked: ExtractRequest, typed: dict[str, Any], address: str
) -> Response:
    """Put it on the shelf. What keeps it from there is told on the page."""
    try:
        target = await work(shelf_place, shelving_of(typed))
        saving = asked._replace(dry_run=False, output=target, save_answers=str(paper.path.parent / ".回答.yaml"), force=False)
        await work(_saved, saving, found)
    except Rejected as refused:
        told = [one._asdict() for one in told_all(refused.diagnostics)]
        await work(remember, paper, f"extract-{asked.part}", {**typed, "refused": told})
        return seen(f"{address}#refused")
    return seen(f"/old/{paper.id}/saved?name={typed['name']}")


def _saved(asked: ExtractRequest, found: ProposedOutline) -> None:
    """Both files; the answers of an earlier time make room."""
    from pathlib import Path

    Path(asked.save_answers).unlink(missing_ok=True)
    extract(asked, found)


def shelving_of(typed: dict[str, Any]) -> Shelving:
    """How an outline is to be put on the shelf, as it was kept."""
    return Shelving(*(str(typed.get(word, "")) for word in ("name", "about", "genre")))


async def _shelved(request: Request) -> Response:
    """The outline on the shelf, its first page, and what to do with it."""
    from drafter.commands.outlines import ShowRequest, show_outline
    from drafter.commands.preview import PreviewRequest, preview_sheet

    paper, name = paper_of(request), shelved_name(request)
    found = await work(show_outline, ShowRequest(name))
    sheet = await work(preview_sheet, PreviewRequest(name), OUTLINE_SHEET)
    return await show(request, "old_saved.html", paper=paper, name=name, told=found.told, sheet=sheet, count=len(found.outline.fields))


ROUTES: list[BaseRoute] = [
    Route("/old/{id}/extract", _form),
    Route("/old/{id}/extract", _typed, methods=["POST"]),
    Route("/old/{id}/saved", _shelved),
]
