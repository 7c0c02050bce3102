"""The requirements of a draft that is being written: of which of its papers, looked at and changed, and kept at once."""

from collections.abc import Mapping
from typing import NamedTuple

from drafter.commands import requirements, unfinished
from drafter.commands.opening import Choice, open_outline
from drafter.commands.requirements import RequirementsShown, RequirementStep, StockShown
from drafter.commands.unfinished import UnfinishedDraft
from drafter.commands.writing import Writer, request_of
from drafter.diagnostic import Rejected
from drafter.outline.field import Value
from drafter.outline.model import Outline


class RequirementsRequest(NamedTuple):
    """What is looked at: the draft's id, the number of a paper (None: the first that has requirements of its own); `stock`: passages
    to be added, or put in the place of the one named `swap`; `typed` are words they are to answer, "" for all."""

    id: str
    paper: int | None = None
    stock: bool = False
    swap: str = ""
    typed: str = ""


class PaperChosen(NamedTuple):
    """A paper of a draft whose requirements can be chosen: its number, what it is called, whether it is the one shown."""

    number: int
    called: str
    shown: bool


class _PaperLookedAt(NamedTuple):
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


def _paper(writer: Writer, number: str, asked: int | None) -> _PaperLookedAt:
    """A paper of a draft: the one of the number asked for, else the first that has requirements. Raises Rejected."""
    draft = unfinished.opened(number)
    try:
        result = writer.written(request_of(draft))
    except Rejected:  # what was chosen is not there any more: the page is where that is mended
        result = writer.written(request_of(draft)._replace(choices={}))
    values = {question.name: question.value for question in result.questions if question.value is not None}
    outlines = [open_outline(name).outline for name in draft.outlines]
    having = [at for at, outline in enumerate(outlines) if requirements.can_choose(outline)]
    own = [at for at in having if "讲话要点" not in outlines[at].fields]
    usual = next(iter([*own, *having]), 0)
    at = usual if asked is None or asked >= len(outlines) else asked
    papers = tuple(PaperChosen(n, outlines[n].genre or draft.outlines[n], n == at) for n in having)
    return _PaperLookedAt(draft, at, outlines[at], draft.choice(at), values, papers)


def looked_at(writer: Writer, request: RequirementsRequest) -> RequirementsPage:
    """The requirements of a paper, or the passages one may take. Raises Rejected where there is no such draft."""
    paper = _paper(writer, request.id, request.paper)
    shown = requirements.requirements(paper.outline, paper.choice, paper.values)
    page = RequirementsPage(paper.draft.id, paper.number, paper.papers, paper.draft.title or paper.outline.genre, shown)
    if shown is None or not request.stock:
        return page
    swap = request.swap
    swapped = next((row.heading or "这一条" for row in shown.taken if row.name == swap), "")
    stock = requirements.stock(paper.outline, paper.choice, paper.values, request.typed)
    return page._replace(stock=stock, swap=swap if swapped else "", swapped=swapped)


def changed(writer: Writer, request: RequirementsRequest, step: RequirementStep) -> RequirementsPage:
    """The same after a step, which is kept. Raises Rejected where it cannot be done."""
    paper = _paper(writer, request.id, request.paper)
    choice = requirements.stepped(paper.outline, paper.choice, paper.values, step)
    if choice != paper.choice:
        unfinished.choose(request.id, choice, paper.number)
    return looked_at(writer, RequirementsRequest(request.id, paper.number))
