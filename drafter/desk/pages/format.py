"""/paper/<id>/format: a paper set by a template, seen before it is done."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.format import FormatRequest, FormatResult, format_
from drafter.commands.index import templates
from drafter.commands.writing import Writer
from drafter.desk.show import NotHere, form_of, seen, show, told_all, work
from drafter.desk.store import received_by
from drafter.diagnostic import Rejected


async def _template(said: str) -> str:
    """The template somebody has chosen, "" for the paper's own. Raises NotHere."""
    if said and said not in await work(templates):
        raise NotHere
    return said


async def page(request: Request) -> Response:
    """How the paper would be set."""
    paper, template = received_by(request.path_params["id"]), await _template(request.query_params.get("template", ""))
    offered = await work(Writer().templates)
    made = paper.made_row(request.query_params.get("made", ""), "排好的稿子")
    try:
        found: FormatResult = await work(format_, FormatRequest(str(paper.path), template=template, dry_run=True, shown=True))
    except Rejected as error:
        return await show(request, "format.html", 422, paper=paper, offered=offered, chosen=template, found=None, remarks=told_all(error.diagnostics), made=made)
    chosen = template or found.template
    return await show(request, "format.html", paper=paper, offered=offered, chosen=chosen, found=found, remarks=told_all(found.remarks), made=made)


async def make(request: Request) -> Response:
    """The paper set, beside the one that was given."""
    form = await form_of(request)
    paper, template = received_by(request.path_params["id"]), await _template(form.text("template"))
    target = paper.new_file("（排版）")
    await work(format_, FormatRequest(str(paper.path), template=template, output=str(target)))
    return seen(f"/paper/{paper.id}/format?template={template}&made={paper.number(target)}")


ROUTES: list[BaseRoute] = [
    Route("/paper/{id}/format", page),
    Route("/paper/{id}/format", make, methods=["POST"]),
]
