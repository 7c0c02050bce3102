"""The margin of /write/<id>: what the proof-reader finds in a draft that is no file yet, and what is decided of it."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands import unfinished, writing
from drafter.commands.margin import Margin, MarginCard, Pressed, Verdict, answer_changed, decided, margin_of_draft
from drafter.commands.writing import BeingWritten, PaperShown, Writer
from drafter.desk.pages.write import writer_of
from drafter.desk.show import NotHere, Sent, form_of, is_part, seen, show, work
from drafter.diagnostic import Rejected

#: By whom an answer is changed that is put right in the margin: no window, so that every one takes it.
BY = "校对"


class _Beside(NamedTuple):
    """A paper being written, by its number among those of its meeting, and its margin; `answered`: an answer was changed."""

    being: BeingWritten
    at: int
    margin: Margin
    answered: bool = False

    @property
    def paper(self) -> PaperShown:
        """The paper."""
        return self.being.result.papers[self.at]


def _beside(writer: Writer, number: str, paper: str) -> _Beside:
    try:
        being = writing.looked_at(writer, number)
    except Rejected as refused:
        if refused.diagnostics[0].code == "draft-not-kept":
            raise NotHere from None
        raise
    return _of(being, int(paper) if paper.isdecimal() and int(paper) < len(being.draft.outlines) else 0)


def _of(being: BeingWritten, at: int) -> _Beside:
    papers = being.result.papers
    others = {paper.title or paper.name: paper.blocks for n, paper in enumerate(papers) if n != at and paper.blocks}
    verdicts = {known: Verdict(words) for known, words in being.draft.decisions.items()}
    return _Beside(being, at, margin_of_draft(papers[at].blocks, verdicts, others=others) if papers[at].blocks else Margin(()))


async def findings(request: Request) -> Response:
    """The cards; for who has no script a page of them."""
    beside = await work(_beside, writer_of(request), request.path_params["id"], request.query_params.get("paper", "0"))
    return await _shown(request, beside)


async def _shown(request: Request, beside: _Beside) -> Response:
    draft = beside.being.draft
    answer = await show(
        request,
        "_write_findings.html" if is_part(request) else "write_findings.html",
        margin=beside.margin,
        paper=beside.paper,
        id=draft.id,
        at=beside.at,
        decide=f"/write/{draft.id}/findings?paper={beside.at}",
    )
    if beside.answered:
        answer.headers["X-Answered"] = "1"
    return answer


async def decide(request: Request) -> Response:
    """What somebody has decided of a finding, of those like it, or of all that is safe."""
    form = await form_of(request)
    number, paper = request.path_params["id"], request.query_params.get("paper", "0")
    beside = await work(_decided, writer_of(request), number, paper, form)
    if is_part(request):
        return await _shown(request, beside)
    return seen(f"/write/{number}/findings?paper={beside.at}")


def _decided(writer: Writer, number: str, paper: str, form: Sent) -> _Beside:
    beside = _beside(writer, number, paper)
    pressed = Pressed(form.text("do"), form.text("known"), bool(form.text("alike")), form.text("own"))
    wanted: list[tuple[MarginCard, str]] = []
    for card, verdict in decided(beside.margin, pressed):
        if verdict is None:
            unfinished.undecide(number, card.known)
        elif verdict.words is None:
            unfinished.decide(number, card.known, None)
        else:
            wanted.append((card, verdict.words))
    return _put_right(writer, beside, wanted)


def _put_right(writer: Writer, beside: _Beside, wanted: list[tuple[MarginCard, str]]) -> _Beside:
    """Other words put in the place of those of findings: in the answer they stand in, else in the file when it is made."""
    draft = beside.being.draft
    of: dict[str, list[tuple[MarginCard, str]]] = {}
    for card, words in wanted:
        of.setdefault(card.field, []).append((card, words))
    said: dict[str, str] = {}
    for field, edits in of.items():
        kept = draft.answers.get(field)
        changed = answer_changed(kept.said, edits, beside.paper.blocks) if kept is not None else None
        if changed is not None:
            said[field] = changed
        else:
            for card, words in edits:
                unfinished.decide(draft.id, card.known, words)
    if said:
        writing.typed(writer, draft.id, said, BY)
    return _beside(writer, draft.id, str(beside.at))._replace(answered=bool(said))


ROUTES: list[BaseRoute] = [
    Route("/write/{id}/findings", findings),
    Route("/write/{id}/findings", decide, methods=["POST"]),
]
