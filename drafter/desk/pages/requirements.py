"""The requirements of a draft: which are taken, in which order, and which passages of the stock stand in the place of some."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import draft_requirements
from drafter.commands.draft_requirements import RequirementsPage, RequirementsRequest
from drafter.commands.requirements import RequirementStep
from drafter.desk.pages.write import writer_of
from drafter.desk.show import Sent, form_of, is_part, seen, show, work

#: What a form may do to one requirement: the name of the button that is pressed, its value names the requirement.
_STEPS = ("up", "down", "drop", "take", "swap")


def _number(asked: str) -> int | None:
    return int(asked) if asked.isdecimal() and len(asked) < 4 else None


def _step(form: Sent) -> RequirementStep:
    names = form.names()
    for verb in _STEPS:
        if verb in names:
            name = form.text(verb)
            return RequirementStep("swap", form.text("for"), name) if verb == "swap" else RequirementStep(verb, name)
    if "reset" in names:
        return RequirementStep("reset")
    if "order" in names:
        return RequirementStep("order", names=tuple(form.all("order")))
    return RequirementStep("form", form.text("form"), "brief" if form.text("brief") else "long")


async def looked_at(request: Request) -> Response:
    """The requirements, or the passages one may take."""
    asked = request.query_params
    wanted = RequirementsRequest(
        id=request.path_params["id"],
        paper=_number(asked.get("paper", "")),
        stock="add" in asked or "swap" in asked,
        swap=asked.get("swap", ""),
        typed=asked.get("q", ""),
    )
    return await _shown(request, await work(draft_requirements.looked_at, writer_of(request), wanted))


async def done(request: Request) -> Response:
    """A step, kept at once."""
    form = await form_of(request)
    wanted = RequirementsRequest(request.path_params["id"], _number(form.text("paper")))
    page = await work(draft_requirements.changed, writer_of(request), wanted, _step(form))
    if is_part(request):
        return await _shown(request, page)
    return seen(f"/write/{wanted.id}/requirements?{urlencode({'paper': page.paper})}")


async def _shown(request: Request, page: RequirementsPage) -> Response:
    template = "_requirements_panel.html" if is_part(request) else "requirements.html"
    beside = request.headers.get("x-desk") == "beside"
    return await show(request, template, page=page, beside=beside)


ROUTES: list[BaseRoute] = [
    Route("/write/{id}/requirements", looked_at, methods=["GET"]),
    Route("/write/{id}/requirements", done, methods=["POST"]),
]
