"""The editor: an own outline, passage or table as text, with what is wrong at its lines, what may be typed, what a word
means, and the pages it makes beside."""

import secrets
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from drafter.commands.assist.page import (
    SHEETS,
    FaultShown,
    TextLooked,
    keep_on_page,
    look_on_page,
    offered,
    pages_of,
    word_told,
)
from drafter.commands.own import editing, files
from drafter.commands.own.editing import UnsavedText
from drafter.commands.own.files import CALLED, Shelved
from drafter.desk.pages.shelf import address
from drafter.desk.show import NotHere, Sent, form_of, rendered, seen, show, without_commands, work
from drafter.diagnostic import Rejected


async def _found(request: Request) -> Shelved:
    """What is meant. Raises NotHere."""
    kind, name = request.path_params["kind"], request.path_params["name"]
    try:
        return await work(files.shelved, kind, name)
    except Rejected:
        raise NotHere from None


class Opened(NamedTuple):
    """What the editor opens with: the text of its window, what of it is told, other windows' unsaved texts."""

    text: str
    was: str
    kept: datetime | None
    looked: TextLooked
    pages: bool
    others: tuple[UnsavedText, ...]


def _open(found: Shelved, window: str) -> Opened:
    there = editing.opened(found.kind, found.name)
    unsaved = editing.unsaved(found.kind, found.name) if found.own else ()
    mine = next((one for one in unsaved if one.window == window), None)
    text = mine.text if mine else there.text
    looked = look_on_page(str(found.path), text)
    pages = looked.outline is not None and pages_of(looked.outline) is not None
    others = tuple(one for one in unsaved if one.window != window)
    return Opened(text, mine.was if mine else there.was, mine.when if mine else None, looked, pages, others)


async def edit(request: Request) -> Response:
    """The editor. What came with drafter has none: it is copied first. A window has a number of its own in its address, so
    that what is typed in it is there again after a reload."""
    found = await _found(request)
    if not found.own:
        return seen(address(found.kind, found.name))
    window = request.query_params.get("window", "")
    if not window:
        more = "".join(f"&{key}=1" for key in ("back", "saved") if key in request.query_params)
        return RedirectResponse(f"{address(found.kind, found.name, 'edit')}?window={secrets.token_hex(6)}{more}", 303)
    opened = await work(_open, found, window)
    news = "已经退回那一份；退回以前的也留着。" if "back" in request.query_params else ""
    news = "存好了。" if "saved" in request.query_params else news
    return await _shown(request, found, window, opened, news)


async def _shown(request: Request, found: Shelved, window: str, opened: Opened, news: str, status: int = 200) -> Response:
    return await show(
        request,
        "editor.html",
        status,
        found=found,
        called=CALLED[found.kind],
        address=address,
        window=window,
        opened=opened,
        faults=[_fault(fault) for fault in opened.looked.faults],
        news=news,
    )


def _fault(fault: FaultShown) -> dict[str, object]:
    """A fault for the page and its script."""
    return {
        "line": fault.line,
        "start": fault.start,
        "end": fault.end,
        "level": fault.level,
        "message": without_commands(fault.message),
        "instead": fault.instead,
        "rule": "" if fault.elsewhere else fault.rule,
        "way": fault.way,
        "elsewhere": fault.elsewhere,
    }


async def keep_or_save(request: Request) -> Response:
    """What the form sends without a script: look at it, or save it."""
    found, form = await _found(request), await form_of(request)
    window, text, was = form.text("window"), editing.unwrapped(form.text("text")), form.text("was")
    await work(editing.keep_unsaved, found.kind, found.name, window, text, was)
    here = f"{address(found.kind, found.name, 'edit')}?window={quote(window)}"
    if form.text("do") == "forget":
        await work(editing.forget, found.kind, found.name, window)
        return seen(here)
    if form.text("do") != "save":
        return seen(here)
    done = await work(editing.save_text, found.kind, found.name, text, was, window)
    if done.saved:
        return seen(here + "&saved=1")
    return await show(
        request, "editor_conflict.html", 409, found=found, called=CALLED[found.kind], address=address,
        window=window, text=text, was=done.was, difference=done.difference,
    )  # fmt: skip


async def forgotten(request: Request) -> Response:
    """What was typed in a window is not wanted any more."""
    found, form = await _found(request), await form_of(request)
    await work(editing.forget, found.kind, found.name, form.text("gone"))
    return seen(f"{address(found.kind, found.name, 'edit')}?window={quote(form.text('window'))}")


async def save(request: Request) -> Response:
    """The same for the script: saved, or that the file has changed meanwhile."""
    found, form = await _found(request), await form_of(request)
    done = await work(editing.save_text, found.kind, found.name, form.text("text"), form.text("was"), form.text("window"))
    return JSONResponse({"saved": done.saved, "was": done.was if done.saved else form.text("was"), "when": done.when.strftime("%H:%M")})


def _look(found: Shelved, form: Sent) -> dict[str, object]:
    text = form.text("text")
    editing.keep_unsaved(found.kind, found.name, form.text("window"), text, form.text("was"))
    looked = look_on_page(str(found.path), text)
    pages = pages_of(looked.outline) if looked.outline is not None else None
    return {
        "faults": [_fault(fault) for fault in looked.faults],
        "errors": looked.errors,
        "heads": [{"said": head.said, "level": head.level, "line": head.line} for head in looked.heads],
        "words": looked.words,
        "pages": {"body": pages.body, "css": pages.css, "number": pages.number} if pages and pages.paged else None,
        "kept": datetime.now().strftime("%H:%M:%S"),
    }


async def look(request: Request) -> Response:
    """Keep what was typed, and tell what is wrong with it and what pages it makes."""
    found, form = await _found(request), await form_of(request)
    return JSONResponse(await work(_look, found, form))


async def kept(request: Request) -> Response:
    """What a rule finds at a place is left from now on."""
    found, form = await _found(request), await form_of(request)
    line, character = _number(form.text("line")), _number(form.text("character"))
    if not found.own:
        raise NotHere
    return JSONResponse({"kept": await work(keep_on_page, str(found.path), form.text("text"), form.text("rule"), line, character)})


async def offers(request: Request) -> Response:
    """What may be typed where the cursor is."""
    found, form = await _found(request), await form_of(request)
    line, character = _number(form.text("line")), _number(form.text("character"))
    told = await work(offered, str(found.path), form.text("text"), line, character)
    rows = [
        {"label": one.label, "kind": one.kind, "detail": one.detail, "text": one.text, "start": start, "end": end}
        for one, (start, end) in zip(told.offers, told.places, strict=True)
    ]
    return JSONResponse({"offers": rows})


def _number(said: str) -> int:
    return int(said[:9]) if said.isdecimal() else 0


async def meaning(request: Request) -> Response:
    """What the word under the pointer means."""
    from markdown_it import MarkdownIt

    found, form = await _found(request), await form_of(request)
    line, character = _number(form.text("line")), _number(form.text("character"))
    told = await work(word_told, str(found.path), form.text("text"), line, character)
    if told is None:
        return JSONResponse({})
    html = MarkdownIt("commonmark", {"html": False}).render(told.text)
    return JSONResponse({"html": html, "start": told.start, "end": told.end})


async def sheets(request: Request) -> Response:
    """The pages, to stand in a frame: of the text of a window where it has one that is not saved."""
    found = await _found(request)
    window = request.query_params.get("window", "")

    def read() -> dict[str, object]:
        looked = _open(found, window).looked
        pages = pages_of(looked.outline) if looked.outline is not None else None
        return {"pages": pages, "within": SHEETS}

    shown = await work(read)
    return HTMLResponse(rendered(request, "sheets.html", **shown))


ROUTES: list[BaseRoute] = [
    Route("/shelf/{kind}/{name}/edit", edit, methods=["GET"]),
    Route("/shelf/{kind}/{name}/edit", keep_or_save, methods=["POST"]),
    Route("/shelf/{kind}/{name}/save", save, methods=["POST"]),
    Route("/shelf/{kind}/{name}/forget", forgotten, methods=["POST"]),
    Route("/shelf/{kind}/{name}/look", look, methods=["POST"]),
    Route("/shelf/{kind}/{name}/keep", kept, methods=["POST"]),
    Route("/shelf/{kind}/{name}/offers", offers, methods=["POST"]),
    Route("/shelf/{kind}/{name}/meaning", meaning, methods=["POST"]),
    Route("/shelf/{kind}/{name}/pages", sheets),
]
