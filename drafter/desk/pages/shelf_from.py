"""Shelves from elsewhere: which the settings ask for, what fetching them would change, and that it is taken."""

import secrets
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.outlines.shelf_changes import FATES, KINDS
from drafter.commands.outlines.sync import SyncRequest, SyncResult, look, still_used, take
from drafter.commands.own import files
from drafter.commands.own.files import CALLED
from drafter.commands.settings import fetched_states
from drafter.desk import jobs
from drafter.desk.apart import Say
from drafter.desk.show import form_of, seen, show, told, told_all, work
from drafter.diagnostic import Rejected

#: What is said of a shelf: on this machine, or not yet; and what fetching it has come to.
STATES = {"here": "取好了，不上网也能用", "not-here": "同事取过，这台电脑上还没有", "not-taken": "还没有取过"}
FOUND = {"same": "没有变化", "new": "新的书架", "changed": "有变化", "gone": "设置里不要了", "failed": "没有取到，照旧用上次取的"}

#: The looks somebody has asked for by a button, and whether each is for exactly what is locked: a page that is only opened fetches
#: nothing.
_ASKED: dict[str, bool] = {}
_MOST_ASKED = 50


async def page(request: Request) -> Response:
    """The shelves there are."""
    return await _page(request, 200, done=request.query_params.get("done", ""))


async def _page(request: Request, status: int, **more: object) -> Response:
    binned = await work(lambda: sum(len(files.binned(kind)) for kind in CALLED))
    try:
        shelves, problems = await work(fetched_states), []
    except Rejected as refused:
        shelves, problems = (), told_all(refused.diagnostics)
    shown = {"shelves": shelves, "problems": problems, "states": STATES, "binned": binned, "kinds": CALLED, "kind": "from", "typed": "", "found": None}
    return await show(request, "shelf_from.html", status, **{**shown, **more})


async def asked(request: Request) -> Response:
    """Somebody wants to know what there is now, or what is locked."""
    form = await form_of(request)
    key = secrets.token_hex(8)
    _ASKED[key] = bool(form.text("locked"))
    while len(_ASKED) > _MOST_ASKED:
        del _ASKED[next(iter(_ASKED))]
    return seen(f"/shelf/from/look?at={quote(key)}")


async def looked(request: Request) -> Response:
    """What fetching would change."""
    key = request.query_params.get("at", "")
    if key not in _ASKED:
        return seen("/shelf/from")
    return await _looked(request, key)


def _found(say: Say, asked: SyncRequest) -> SyncResult:
    return look(asked, say)


async def _looked(request: Request, key: str, changed: bool = False) -> Response:
    try:
        found = await jobs.done(request, "在取书架", ("shelf", key), _found, SyncRequest(locked=_ASKED[key]), harmless=False)
    except Rejected as refused:
        return await _page(request, 422, problems=told_all(refused.diagnostics))
    if isinstance(found, jobs.Waiting):
        return found.page
    if not found.changed and not found.failed and found.missing:
        await work(take, found)  # what is locked, or is the same: nothing anybody has to be asked
        return seen("/shelf/from?done=1")
    if not found.changed:
        await work(still_used, found)
    return await _page(request, 200, found=found, at=key, failures=_failures(found), fates=FATES, called=KINDS, said=FOUND, changed=changed)


def _failures(found: SyncResult) -> dict[str, object]:
    return {one.source: told(one.failure) for one in found.failed if one.failure}


async def taken(request: Request) -> Response:
    """What was shown is taken; what is otherwise by now is shown first."""
    form = await form_of(request)
    key = form.text("at")
    if key not in _ASKED:
        return seen("/shelf/from")
    try:
        found = await jobs.done(request, "在取书架", ("shelf", key), _found, SyncRequest(locked=_ASKED[key]), harmless=False)
    except Rejected as refused:
        return await _page(request, 422, problems=told_all(refused.diagnostics))
    if isinstance(found, jobs.Waiting):
        return seen(f"/shelf/from/look?at={quote(key)}")
    if found.digest != form.text("digest"):
        return await _looked(request, key, changed=True)
    await work(take, found)
    _ASKED.pop(key, None)
    return seen("/shelf/from?done=1")


ROUTES: list[BaseRoute] = [
    Route("/shelf/from", page),
    Route("/shelf/from", asked, methods=["POST"]),
    Route("/shelf/from/look", looked),
    Route("/shelf/from/take", taken, methods=["POST"]),
]
