"""The shelves: the office's own outlines, passages and tables, then those that came with drafter; each looked at, copied,
renamed, thrown away and taken back."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished
from drafter.commands.assist.page import look_on_page, pages_of
from drafter.commands.basis import LEVELS, RANKS, STATES, BasisRequest, BasisResult, list_themes, show_basis, words_of
from drafter.commands.choosing import ChooseRequest, Family, choose
from drafter.commands.index import OutlineEntry, PassageEntry, ThemeEntry, entries, passages, themes
from drafter.commands.outlines import (
    OutlinesCheckRequest,
    PassagesRequest,
    ShowRequest,
    check_outlines,
    list_passages,
    show_outline,
)
from drafter.commands.own import editing, files
from drafter.commands.own.files import CALLED, KINDS, CopyRequest, RenameRequest, Shelved, StartRequest
from drafter.desk.show import NotHere, day, form_of, seen, show, told_all, work
from drafter.diagnostic import Rejected


class OwnRow(NamedTuple):
    """Something of the office's own as it is listed: what it is for, how much there is of it, what keeps it from being used (""
    for nothing), whether one that came with drafter is out of sight because of it, and whether something was typed in it
    and not saved."""

    name: str
    about: str
    told: str
    broken: str
    hides: bool
    unsaved: bool


def address(kind: str, name: str, *more: str) -> str:
    """Where something on the shelves is."""
    return "/".join(("/shelf", kind, quote(name, safe=""), *(quote(part, safe="") for part in more)))


# ── lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def first(request: Request) -> Response:
    """The shelf of outlines."""
    return seen("/shelf/outlines")


async def listed(request: Request) -> Response:
    """A shelf, or what on it answers the words typed."""
    kind = _kind(request)
    typed = request.query_params.get("q", "").strip()[:100]
    shown: dict[str, object] = await work(_LISTS[kind], typed)
    return await show(request, f"shelf_{kind}.html", 200, kind=kind, kinds=CALLED, typed=typed, address=address, **shown)


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in KINDS:
        raise NotHere
    return kind


def _outlines(typed: str) -> dict[str, object]:
    known = entries()
    own = [_own_outline(entry) for entry in known if _is_own("outlines", entry)]
    chosen = choose(ChooseRequest(typed))
    families = [Family(f.name, tuple(o for o in f.outlines if not o.own)) for f in chosen.families]
    if typed:
        hits = {one.name for family in chosen.families for one in family.outlines}
        own = [row for row in own if row.name in hits]
    binned = sum(len(files.binned(kind)) for kind in KINDS)
    shown = [f for f in families if f.outlines]
    fetched = any(one.origin for family in shown for one in family.outlines)
    return {"own": own, "families": shown, "said": chosen.said, "binned": binned, "fetched": fetched}


def _is_own(kind: str, entry: OutlineEntry | PassageEntry | ThemeEntry) -> bool:
    return files.is_own(kind, Path(entry.path))


def _unsaved(kind: str, name: str) -> bool:
    try:
        return bool(editing.unsaved(kind, name))
    except Rejected:
        return False


def _own_outline(entry: OutlineEntry) -> OwnRow:
    told = f"{len(entry.fields)} 个空，约 {entry.characters:,} 字"
    return OwnRow(entry.name, entry.about or entry.genre or entry.title, told, entry.broken, bool(entry.hides), _unsaved("outlines", entry.name))


def _passages(typed: str) -> dict[str, object]:
    found = list_passages(PassagesRequest(typed))
    own = [_own_passage(one) for one in found.passages if _is_own("passages", one)]
    by_theme: dict[str, list[PassageEntry]] = {}
    for one in found.passages:
        if not _is_own("passages", one):
            by_theme.setdefault(one.theme or "其他", []).append(one)
    said = f"没有合适“{typed}”的，最近的是：" if typed and found.far else ""
    return {"own": own, "themes": list(by_theme.items()), "said": said, "binned": len(files.binned("passages"))}


def _own_passage(one: PassageEntry) -> OwnRow:
    told = f"{one.characters} 字、{one.short_characters} 字两种"
    about = one.about or (one.headings[0] if one.headings else "")
    return OwnRow(one.name, about, told, one.broken, bool(one.hides), _unsaved("passages", one.name))


def _themes(typed: str) -> dict[str, object]:
    found = list_themes(BasisRequest())
    shown = found.themes
    if typed:
        from drafter.commands.find import themes_found

        shown = tuple(hit.entry for hit in themes_found(themes(), typed))
    own = [_own_theme(one) for one in shown if _is_own("basis", one)]
    rest = [(one, len(one.standing(found.day)), one.ended(found.day)) for one in shown if not _is_own("basis", one)]
    return {"own": own, "rest": rest, "said": "", "binned": len(files.binned("basis"))}


def _own_theme(one: ThemeEntry) -> OwnRow:
    return OwnRow(one.name, one.about, f"{len(one.spans)} 条，核对到{day(one.checked)}", one.broken, bool(one.hides), _unsaved("basis", one.name))


_LISTS = {"outlines": _outlines, "passages": _passages, "basis": _themes}


# ── one of them ────────────────────────────────────────────────────────────────────────────────────────────────────


async def looked(request: Request) -> Response:
    """One of them as a readable page."""
    found = await _found(request)
    asked = BasisRequest(
        theme=str(found.path),
        date=request.query_params.get("date", ""),
        level=request.query_params.get("level", ""),
        rank=request.query_params.get("rank", ""),
    )
    shown: dict[str, object] = await work(_one, found, asked)
    template = f"shelf_{found.kind}_one.html" if "problems" not in shown else "shelf_broken.html"
    return await show(request, template, 200, found=found, called=CALLED[found.kind], address=address, **shown)


async def _found(request: Request) -> Shelved:
    kind, name = _kind(request), request.path_params["name"]
    try:
        return await work(files.shelved, kind, name)
    except Rejected:
        raise NotHere from None


def _one(found: Shelved, asked: BasisRequest) -> dict[str, object]:
    older = len(editing.older(found.kind, found.name)) if found.own else 0
    users = files.users(found.kind, found.name) if found.own else ()
    shown: dict[str, object] = {"older": older, "users": users, "suggested": _suggested(found), "checked": None, "drafts": 0}
    if found.own:
        shown["drafts"] = sum(found.name in draft.outlines for draft in unfinished.listed()) if found.kind == "outlines" else 0
        shown["checked"] = told_all(check_outlines(OutlinesCheckRequest((str(found.path),))).problems)
    try:
        if found.kind == "basis":
            return {**shown, **_basis_one(show_basis(asked), asked)}
        result = show_outline(ShowRequest(str(found.path)))
        passage = result.outline.passage
        if found.kind == "passages" and passage is not None:
            return {**shown, **_passage_one(found)}
        return {**shown, "told": result.told, "pages": _has_pages(found)}
    except Rejected as refused:
        return {**shown, "problems": told_all(refused.diagnostics)}


def _has_pages(found: Shelved) -> bool:
    looked = look_on_page(str(found.path), editing.opened(found.kind, found.name).text)
    return looked.outline is not None and pages_of(looked.outline) is not None


def _suggested(found: Shelved) -> str:
    """A name for a copy: what else the occasion is called, with a number where that is taken."""
    entry = next((e for e in entries() if e.name == found.name), None) if found.kind == "outlines" else None
    base = (next(iter(entry.also), "") or entry.genre.split("（")[0] or found.name) if entry else found.name
    base = f"{base}（本单位）" if not found.own else f"{base}（另一份）"
    taken = {one.casefold() for one in _names(found.kind)}
    return base if base.casefold() not in taken else next(f"{base}{n}" for n in range(2, 999) if f"{base}{n}".casefold() not in taken)


def _names(kind: str) -> list[str]:
    known: Sequence[OutlineEntry | PassageEntry | ThemeEntry]
    known = entries() if kind == "outlines" else passages() if kind == "passages" else themes()
    return [one.name for one in known]


def _passage_one(found: Shelved) -> dict[str, object]:
    entry = next(one for one in passages() if one.name == found.name)
    outline = show_outline(ShowRequest(str(found.path))).outline
    assert outline.passage is not None
    texts = [text.words for text in outline.passage.texts]
    short = [text.words for text in outline.passage.short]
    return {"entry": entry, "texts": texts, "short": short}


def _basis_one(found: BasisResult, asked: BasisRequest) -> dict[str, object]:
    printed = [(length, words_of(chosen)) for length, chosen in found.printed if chosen]
    rows = [(STATES[found.state(entry)], found.state(entry), entry) for entry in found.table.entries]
    return {
        "table": found.table,
        "day": found.day,
        "asked": asked,
        "printed": printed,
        "rows": rows,
        "levels": tuple(LEVELS),
        "ranks": RANKS,
        "remarks": told_all(found.remarks),
    }


# ── changes ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def started(request: Request) -> Response:
    """A new outline of one's own, opened in the editor."""
    form = await form_of(request)
    made = await work(files.start, StartRequest(form.text("name")))
    return seen(address(made.kind, made.name, "edit"))


async def copied(request: Request) -> Response:
    """A copy on the office's own shelf, opened in the editor."""
    found, form = await _found(request), await form_of(request)
    made = await work(files.copy, CopyRequest(found.kind, found.name, form.text("name")))
    return seen(address(made.kind, made.name, "edit"))


async def renamed(request: Request) -> Response:
    """The same under a new name."""
    found, form = await _found(request), await form_of(request)
    made = await work(files.rename, RenameRequest(found.kind, found.name, form.text("name")))
    if found.kind == "outlines" and made.name != found.name:
        await work(unfinished.outline_renamed, found.name, made.name)
    return seen(address(made.kind, made.name))


async def deleted(request: Request) -> Response:
    """Thrown away; it can be taken back."""
    found = await _found(request)
    await work(files.delete, found.kind, found.name)
    return seen("/shelf/bin?gone=" + quote(found.name))


async def binned(request: Request) -> Response:
    """What was thrown away."""
    rows = await work(lambda: [(kind, one) for kind in KINDS for one in files.binned(kind)])
    rows.sort(key=lambda row: row[1].key, reverse=True)
    gone = request.query_params.get("gone", "")[:120]
    return await show(request, "shelf_bin.html", rows=rows, kinds=CALLED, kind="bin", gone=gone, typed="")


async def restored(request: Request) -> Response:
    """Back on the shelf."""
    form = await form_of(request)
    made = await work(files.restore, _kind(request), request.path_params["key"], form.text("name"))
    return seen(address(made.kind, made.name))


# ── older texts ────────────────────────────────────────────────────────────────────────────────────────────────────


async def older(request: Request) -> Response:
    """The texts it had before, and one of them against what it is now."""
    found = await _found(request)
    key = request.query_params.get("key", "")

    def read() -> dict[str, object]:
        rows = editing.older(found.kind, found.name)
        text = editing.older_text(found.kind, found.name, key) if key else None
        now = editing.opened(found.kind, found.name).text
        return {"rows": rows, "chosen": key, "text": text, "difference": editing.difference(text, now) if text is not None else ()}

    shown = await work(read)
    return await show(request, "shelf_older.html", 200, found=found, called=CALLED[found.kind], address=address, **shown)


async def gone_back(request: Request) -> Response:
    """The file holds an older text again."""
    found, form = await _found(request), await form_of(request)
    await work(editing.go_back, found.kind, found.name, form.text("key"))
    return seen(address(found.kind, found.name, "edit") + "?back=1")


ROUTES: list[BaseRoute] = [
    Route("/shelf", first),
    Route("/shelf/new", started, methods=["POST"]),
    Route("/shelf/bin", binned),
    Route("/shelf/bin/{kind}/{key}/restore", restored, methods=["POST"]),
    Route("/shelf/{kind}", listed),
    Route("/shelf/{kind}/{name}", looked),
    Route("/shelf/{kind}/{name}/copy", copied, methods=["POST"]),
    Route("/shelf/{kind}/{name}/rename", renamed, methods=["POST"]),
    Route("/shelf/{kind}/{name}/delete", deleted, methods=["POST"]),
    Route("/shelf/{kind}/{name}/history", older),
    Route("/shelf/{kind}/{name}/back", gone_back, methods=["POST"]),
]
