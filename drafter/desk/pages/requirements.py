"""The requirements of a draft: which are taken, in which order, and which passages of the stock stand in the place of some."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import requirements, unfinished
from drafter.commands.opening import Choice, open_outline
from drafter.commands.requirements import RequirementsShown, RequirementStep, StockShown
from drafter.commands.unfinished import UnfinishedDraft
from drafter.commands.writing import Writer, request_of
from drafter.desk.show import Sent, form_of, is_part, seen, show, work
from drafter.diagnostic import Rejected
from drafter.outline.field import Value
from drafter.outline.model import Outline

#: What a form may do to one requirement: the name of the button that is pressed, its value names the requirement.
_STEPS = ("up", "down", "drop", "take", "swap")


class PaperChosen(NamedTuple):
    """A paper of a draft whose requirements can be chosen: its number, what it is called, whether it is the one shown."""

    number: int
    called: str
    shown: bool


class _Paper(NamedTuple):
    """A paper looked at: its draft, number, outline, choice and answers."""

    draft: UnfinishedDraft
    number: int
    outline: Outline
    choice: Choice
    values: Mapping[str, Value]
    papers: tuple[PaperChosen, ...]


class RequirementsPage(NamedTuple):
    """What the page shows of a paper; `shown` is None where it has no requirements, `stock` where no passage is chosen just
    now. `swapped` is the heading of the requirement a passage is to take the place of, "" where one is added."""

    id: str
    paper: int
    papers: tuple[PaperChosen, ...]
    title: str
    shown: RequirementsShown | None
    stock: StockShown | None = None
    swap: str = ""
    swapped: str = ""


_WRITER = Writer()


def _paper(number: str, asked: str) -> _Paper:
    """A paper of a draft: the one of the number asked for, else the first that has requirements. Raises Rejected."""
    draft = unfinished.opened(number)
    try:
        result = _WRITER.written(request_of(draft))
    except Rejected:  # what was chosen is not there any more: the page is where that is mended
        result = _WRITER.written(request_of(draft)._replace(choices={}))
    values = {question.name: question.value for question in result.questions if question.value is not None}
    outlines = [open_outline(name).outline for name in draft.outlines]
    having = [at for at, outline in enumerate(outlines) if requirements.can_choose(outline)]
    own = [at for at in having if "讲话要点" not in outlines[at].fields]
    usual = next(iter([*own, *having]), 0)
    at = int(asked) if asked.isdecimal() and int(asked) < len(outlines) else usual
    papers = tuple(PaperChosen(n, outlines[n].genre or draft.outlines[n], n == at) for n in having)
    return _Paper(draft, at, outlines[at], draft.choice(at), values, papers)


def _looked_at(number: str, asked: Mapping[str, str]) -> RequirementsPage:
    paper = _paper(number, asked.get("paper", ""))
    shown = requirements.requirements(paper.outline, paper.choice, paper.values)
    page = RequirementsPage(paper.draft.id, paper.number, paper.papers, paper.draft.title or paper.outline.genre, shown)
    if shown is None or not {"add", "swap"} & asked.keys():
        return page
    swap = asked.get("swap", "")
    swapped = next((row.heading or "这一条" for row in shown.taken if row.name == swap), "")
    stock = requirements.stock(paper.outline, paper.choice, paper.values, asked.get("q", ""))
    return page._replace(stock=stock, swap=swap if swapped else "", swapped=swapped)


def _done(number: str, form: Sent) -> RequirementsPage:
    """The page after what a form does."""
    paper = _paper(number, form.text("paper"))
    choice = requirements.stepped(paper.outline, paper.choice, paper.values, _step(form))
    unfinished.choose(number, choice, paper.number)
    return _looked_at(number, {"paper": str(paper.number)})


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
    page = await work(_looked_at, request.path_params["id"], dict(request.query_params))
    return await _shown(request, page)


async def done(request: Request) -> Response:
    """A step, kept at once."""
    form = await form_of(request)
    number = request.path_params["id"]
    page = await work(_done, number, form)
    if is_part(request):
        return await _shown(request, page)
    return seen(f"/write/{number}/requirements?{urlencode({'paper': page.paper})}")


async def _shown(request: Request, page: RequirementsPage) -> Response:
    template = "_requirements_panel.html" if is_part(request) else "requirements.html"
    beside = request.headers.get("x-desk") == "beside"
    return await show(request, template, page=page, beside=beside)


ROUTES: list[BaseRoute] = [
    Route("/write/{id}/requirements", looked_at, methods=["GET"]),
    Route("/write/{id}/requirements", done, methods=["POST"]),
]
