"""What is to be written: outlines by what one says of the occasion, in families, each with its first page; several papers of
one meeting ticked together."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from drafter.commands import choosing, unfinished
from drafter.commands.choosing import ChooseRequest
from drafter.desk.show import NotHere, form_of, is_part, seen, show, work

#: How long a browser keeps a picture, whose address changes with its outline and with the day (seconds).
_KEPT_S = 3_600


async def offered(request: Request) -> Response:
    """All there is, or what answers the words typed."""
    asked = request.query_params
    ticked = tuple(asked.getlist("outline"))
    found = await work(choosing.choose, ChooseRequest(asked.get("q", ""), ticked))
    template = "_offers.html" if is_part(request) else "choose.html"
    return await show(request, template, found=found, added=await _added_to(asked.get("draft", "")))


async def _added_to(number: str) -> unfinished.UnfinishedDraft | None:
    """The draft that papers are to be added to, None for a new one."""
    return await work(unfinished.opened, number) if number else None


async def looked_at(request: Request) -> Response:
    """One of them before it is taken."""
    found = await work(choosing.look_at, request.path_params["name"])
    if found is None:
        raise NotHere
    part = is_part(request)
    template = "_look.html" if part else "look.html"
    return await show(request, template, found=found, part=part, added=await _added_to(request.query_params.get("draft", "")))


async def pictured(request: Request) -> Response:
    """Its first page."""
    picture = await work(choosing.picture, request.path_params["name"])
    if picture is None:
        raise NotHere
    headers = {"Cache-Control": f"private, max-age={_KEPT_S}"}
    return Response(picture, media_type="image/svg+xml", headers=headers)


async def begun(request: Request) -> Response:
    """A draft of the papers ticked, or of the one that is wanted alone; or a draft with these papers too."""
    form = await form_of(request)
    only, number = form.text("only"), form.text("draft")
    names = (only,) if only else tuple(form.all("outline"))
    return seen(f"/write/{await work(_begun, names, number)}")


def _begun(names: tuple[str, ...], number: str) -> str:
    if not number:
        return unfinished.begin_or_go_on(choosing.to_begin(names))
    draft = unfinished.opened(number)
    choosing.to_begin(names)
    return unfinished.papers(number, choosing.to_begin((*draft.outlines, *names))).id


async def every(request: Request) -> Response:
    """A name with nothing behind it leads to all."""
    return RedirectResponse("/choose", 303)


ROUTES: list[BaseRoute] = [
    Route("/choose", offered, methods=["GET"]),
    Route("/choose", begun, methods=["POST"]),
    Route("/choose/", every, methods=["GET"]),
    Route("/choose/{name}", looked_at, methods=["GET"]),
    Route("/choose/{name}/page.svg", pictured, methods=["GET"]),
]
