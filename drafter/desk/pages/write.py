"""A speech being written: the questions beside the A4 pages, kept at every keystroke, and the file made of it."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished, writing
from drafter.commands.check.putting_right import as_pdf, put_right
from drafter.commands.new import NewRequest, NewResult, new
from drafter.commands.office import libreoffice
from drafter.commands.opening import Choice
from drafter.commands.questions import AskedQuestion
from drafter.commands.requirements import can_choose
from drafter.commands.unfinished import MadeFile, UnfinishedDraft, when_said
from drafter.commands.writing import BeingWritten, PaperShown, Writer, WritingResult
from drafter.desk import store
from drafter.desk.descent import written_here
from drafter.desk.show import NotHere, OnPage, Sent, form_of, is_part, rendered, seen, show, told_all, work
from drafter.diagnostic import Rejected

#: What the names of fields of the form begin with: an answer, and what stood in it when the page was sent.
ANSWER, WAS = "a.", "w."

#: Letters a field's name may have.
_MAX_NAME = 200


def writer_of(request: Request) -> Writer:
    """What works out drafts, and keeps the outlines it has read, for as long as the desk lives."""
    state = request.app.state
    if not hasattr(state, "writer"):
        state.writer = Writer()
    writer: Writer = state.writer
    return writer


def _paper(request: Request, draft: UnfinishedDraft) -> int:
    """The number of the paper that is shown."""
    asked = request.query_params.get("paper", "0")
    return int(asked) if asked.isdecimal() and int(asked) < len(draft.outlines) else 0


# ── the page ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def _write(request: Request) -> Response:
    """The questions and the pages."""
    writer, number = writer_of(request), request.path_params["id"]
    try:
        being = await work(_looked_at, writer, number)
    except Rejected as refused:
        return await _stuck(request, refused)
    draft = being.draft
    at = _paper(request, draft)
    paper = being.result.papers[at]
    return await show(
        request,
        "write.html",
        draft=draft,
        result=being.result,
        paper=paper,
        at=at,
        pages=await work(lambda: paper.pages),
        templates=await work(writer.templates),
        problems=told_all(paper.problems),
        choosable=paper.outline is not None and can_choose(paper.outline),
        saved=_saved(draft),
        pdf=bool(libreoffice()),
        before=_before(draft),
        css=f"/write/{number}/sheet.css?paper={at}&v={_mark(paper)}",
    )


async def _stuck(request: Request, refused: Rejected) -> Response:
    """A draft whose outline cannot be read any more: why, and what was typed, which is all there. Raises Rejected where the draft
    itself cannot be read."""
    draft = await work(unfinished.opened, request.path_params["id"])
    said = [(name, one.said) for name, one in draft.answers.items() if one.said.strip()]
    return await show(request, "write_stuck.html", 422, draft=draft, said=said, problems=told_all(refused.diagnostics))


def _looked_at(writer: Writer, number: str) -> BeingWritten:
    try:
        unfinished.opened(number)
    except Rejected as refused:
        if refused.diagnostics[0].code == "draft-not-kept":
            raise NotHere from None
        raise
    return writing.looked_at(writer, number)


def _saved(draft: UnfinishedDraft) -> str:
    """When a draft was kept: the time of day, where that was today."""
    when, now = draft.changed, unfinished.this_moment()
    return f"{when.hour}:{when.minute:02}" if when.date() == now.date() else when_said(when, now)


def _mark(paper: PaperShown) -> str:
    """What changes where the looks of a paper do."""
    from hashlib import sha256

    return sha256(paper.sheet.css.encode()).hexdigest()[:12]


def _before(draft: UnfinishedDraft) -> dict[str, list[tuple[str, str]]]:
    """What answers were before, by field: when, and the words."""
    now = unfinished.this_moment()
    names = {one.name for one in draft.replaced}
    return {name: [(when_said(one.when, now), one.said) for one in draft.before(name)[:5]] for name in names}


async def _css(request: Request) -> Response:
    """How the paper looks."""
    being = await work(_looked_at, writer_of(request), request.path_params["id"])
    paper = being.result.papers[_paper(request, being.draft)]
    return Response(paper.sheet.css, media_type="text/css", headers={"Cache-Control": "private, max-age=86400"})


async def _script(request: Request) -> Response:
    """What cuts a paper into pages, wherever one is shown."""
    return Response(writing.PAGES_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


# ── typed ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _said(form: Sent) -> dict[str, str]:
    """What somebody has typed: of a whole form only what is another than it was when the page was sent."""
    out = {}
    for name in form.names():
        if name.startswith(ANSWER) and len(name) < _MAX_NAME:
            words = _lines(form.text(name))
            was = form.text(WAS + name.removeprefix(ANSWER), "\0")
            if was == "\0" or words != _lines(was):
                out[name.removeprefix(ANSWER)] = words
    return out


def _lines(words: str) -> str:
    return words.replace("\r\n", "\n")


async def _templates(form: Sent, request: Request, draft: UnfinishedDraft) -> dict[int, str]:
    template = form.text("template")
    if not template or template not in [one.name for one in await work(writer_of(request).templates)]:
        return {}
    return {_paper(request, draft): template}


async def _keep(request: Request) -> BeingWritten:
    """What the form says, kept."""
    writer, number = writer_of(request), request.path_params["id"]
    form = await form_of(request)
    draft = await work(unfinished.opened, number)
    said = _said(form)
    put = form.text("put")  # one of the answers that may be meant: the field, a line break, the answer
    if "\n" in _lines(put):
        name, _, words = _lines(put).partition("\n")
        said[name] = words
    return await work(writing.typed, writer, number, said, form.text("by", "form"), await _templates(form, request, draft))


async def _kept(request: Request) -> Response:
    """The form sent without a script."""
    being = await _keep(request)
    return seen(f"/write/{being.draft.id}?paper={_paper(request, being.draft)}")


async def _typed(request: Request) -> Response:
    """A keystroke: what it comes to."""
    form = await form_of(request)
    draft = await work(unfinished.opened, request.path_params["id"])
    said, by = _said(form), form.text("by")[:40]
    being = await work(writing.typed, writer_of(request), draft.id, said, by, await _templates(form, request, draft))
    since = form.text("since", "0")
    return JSONResponse(_shown(request, being, by, int(since) if since.isdecimal() else 0))


async def _news(request: Request) -> Response:
    """What was typed in other windows meanwhile; nothing where nothing was."""
    since = request.query_params.get("since", "0")
    draft = await work(unfinished.opened, request.path_params["id"])
    if not since.isdecimal() or draft.revision <= int(since):
        return Response(status_code=204)
    being = await work(_looked_at, writer_of(request), draft.id)
    return JSONResponse(_shown(request, being, request.query_params.get("by", "")[:40], int(since)))


def _shown(request: Request, being: BeingWritten, by: str, since: int) -> dict[str, object]:
    draft, result = being
    at = _paper(request, draft)
    paper = result.papers[at]
    before, news = _before(draft), draft.news(since, by)
    return {
        "revision": draft.revision,
        "saved": _saved(draft),
        "title": result.title,
        "papers": [{"title": one.title, "blanks": len(one.blanks)} for one in result.papers],
        "characters": paper.characters,
        "time": paper.time,
        "blanks": len(paper.blanks),
        "answered": result.answered,
        "asked": len(result.due),
        "template": paper.template,
        "notes": rendered(request, "_write_notes.html", paper=paper),
        "problems": rendered(request, "_problems.html", title="现在还排不出来", problems=told_all(paper.problems)) if paper.problems else "",
        "names": [q.name for q in sorted(result.questions, key=lambda q: q.id)],
        "questions": {q.id: _question(request, q, before) for q in result.questions},
        "news": {q.id: news[q.name] for q in result.questions if q.name in news},
        "sheet": {
            "body": paper.sheet.body,
            "css": f"/write/{draft.id}/sheet.css?paper={at}&v={_mark(paper)}",
            "number": paper.sheet.number,
            "paged": paper.sheet.paged,
        },
    }


def _question(request: Request, question: AskedQuestion, before: dict[str, list[tuple[str, str]]]) -> dict[str, object]:
    shown: dict[str, object] = {
        "due": question.due,
        "state": state_of(question),
        "note": rendered(request, "_write_note.html", q=question, before=before.get(question.name, [])),
    }
    if not question.touched:
        shown["usual"] = question.chosen if question.choices else question.typed
    return shown


def state_of(question: AskedQuestion) -> str:
    """What a question looks like: "wrong", "doubt", "answered" or "open"."""
    if question.wrong:
        return "wrong"
    if question.doubt:
        return "doubt"
    return "answered" if question.answered or question.empty else "open"


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def _make(request: Request) -> Response:
    """The file, of what the form says."""
    being = await _keep(request)
    draft, kind = being.draft, request.path_params["kind"]
    if kind not in ("docx", "pdf"):
        raise NotHere
    made, undone = await work(_made, being, kind)
    draft = await work(unfinished.made, draft.id, made)
    if is_part(request):
        told = await work(_of_made, draft, being.result, len(made), undone)
        return await show(request, "_write_made.html", made=told)
    return seen(f"/write/{draft.id}/made?last={len(made)}&undone={undone}")


def _made(being: BeingWritten, kind: str) -> tuple[list[MadeFile], int]:
    """The files of all papers, as `drafter new` makes them, with what was decided in the margin, given to the desk to be kept;
    and how much of that could not be carried out. Raises Rejected."""
    draft, result = being
    numbers = range(len(draft.outlines))
    decided = bool(draft.decisions)
    with tempfile.TemporaryDirectory(prefix="drafter-") as folder:
        done: NewResult = new(
            NewRequest(
                outlines=draft.outlines,
                sets=result.sets,
                output=f"{folder}/",
                to="docx" if decided else kind,
                choices=tuple(draft.choices.get(n, Choice()) for n in numbers),
                templates=tuple(draft.templates.get(n, "") for n in numbers),
            )
        )
        files = [Path(document.file) for document in done.documents]
        undone = 0
        if decided:
            undone = sum(put_right(path, draft.decisions) for path in files)
            if kind == "pdf":
                files = [as_pdf(path, paper.dressed.fallbacks if paper.dressed else {}) for path, paper in zip(files, result.papers, strict=True)]
        kept = [written_here(store.received(file.name, file.read_bytes()), "写稿") for file in files]
    return [MadeFile(file.name, unfinished.this_moment(), file.id) for file in kept], undone


class ToldOfMade(NamedTuple):
    """What is told of files that were made: the answers that could not be taken and those that may not be meant, and where each
    question stands; `undone`: how many decisions could not be carried out."""

    draft: UnfinishedDraft
    files: tuple[MadeFile, ...]
    papers: tuple[PaperShown, ...]
    places: dict[str, str]
    unfit: list[AskedQuestion]
    doubted: list[AskedQuestion]
    remarks: list[OnPage]
    undone: int


def _of_made(draft: UnfinishedDraft, result: WritingResult, last: int, undone: int) -> ToldOfMade:
    return ToldOfMade(
        draft=draft,
        files=draft.made[-last:] if last else (),
        papers=result.papers,
        places={q.name: q.id for q in result.questions},
        unfit=[q for q in result.due if q.wrong],
        doubted=[q for q in result.due if q.doubt],
        remarks=told_all([remark for paper in result.papers for remark in paper.remarks]),
        undone=undone,
    )


async def _made_page(request: Request) -> Response:
    """The files made last, for who has no script."""
    being = await work(_looked_at, writer_of(request), request.path_params["id"])
    last, undone = (request.query_params.get(name, "") for name in ("last", "undone"))
    count = int(last) if last.isdecimal() and int(last) < 20 else 1
    made = await work(_of_made, being.draft, being.result, count, int(undone) if undone.isdecimal() else 0)
    return await show(request, "write_made.html", made=made)


async def _thrown_away(request: Request) -> Response:
    """The draft is not wanted any more."""
    await work(unfinished.throw_away, request.path_params["id"])
    return seen("/")


async def _taken_back(request: Request) -> Response:
    """It is, after all."""
    await work(unfinished.take_back, request.path_params["id"])
    return seen("/")


ROUTES: list[BaseRoute] = [
    Route("/pages.js", _script),
    Route("/write/{id}", _write),
    Route("/write/{id}", _kept, methods=["POST"]),
    Route("/write/{id}/typed", _typed, methods=["POST"]),
    Route("/write/{id}/news", _news),
    Route("/write/{id}/sheet.css", _css),
    Route("/write/{id}/make/{kind}", _make, methods=["POST"]),
    Route("/write/{id}/made", _made_page),
    Route("/write/{id}/throw-away", _thrown_away, methods=["POST"]),
    Route("/write/{id}/take-back", _taken_back, methods=["POST"]),
]
