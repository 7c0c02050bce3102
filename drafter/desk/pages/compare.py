"""/compare: two drafts side by side, and the 花脸稿 of them."""

from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.compare import KIND_WORDS, CompareRequest, CompareResult, compare
from drafter.desk.pages.back import LISTED
from drafter.desk.show import NotHere, Sent, form_of, seen, show, told_all, work
from drafter.desk.store import Received, all_received, received, received_by
from drafter.diagnostic import Diagnostic, Rejected


class _BothDrafts(NamedTuple):
    """Two drafts, and which papers of them where a file has several (from 1, 0: all of it)."""

    old: Received
    new: Received
    old_part: int = 0
    new_part: int = 0

    @property
    def address(self) -> str:
        """Where they stand side by side."""
        parts = {"ap": self.old_part, "bp": self.new_part}
        return "/compare?" + urlencode({"a": self.old.id, "b": self.new.id} | {name: part for name, part in parts.items() if part})

    def request(self, output: str = "") -> CompareRequest:
        """What the command is asked."""
        return CompareRequest(_named(self.old, self.old_part), _named(self.new, self.new_part), output=output)


def _named(paper: Received, part: int) -> str:
    return f"{paper.path}#{part}" if part else str(paper.path)


def _asked(request: Request) -> _BothDrafts | None:
    said = request.query_params
    if not said.get("a") or not said.get("b"):
        return None
    old, new = received_by(said["a"]), received_by(said["b"])
    return _BothDrafts(old, new, *(int(part) if (part := said.get(name, "")).isdecimal() and len(part) < 4 else 0 for name in ("ap", "bp")))


async def page(request: Request) -> Response:
    """Two drafts side by side; without them, where they are given."""
    asked = _asked(request)
    if asked is None:
        return await _choose(request)
    try:
        found: CompareResult = await work(compare, asked.request())
    except Rejected as error:
        return await _choose(request, error.diagnostics, 422)
    made = asked.new.made_row(request.query_params.get("made", ""), "花脸稿")
    remarks = [one for one in found.remarks if one.code != "several-papers"]
    counts = found.found.counts()
    return await show(
        request,
        "compare.html",
        asked=asked,
        rows=found.beside(),
        same=found.found.same,
        counts=counts,
        figures=found.found.figures,
        names=found.found.names,
        kinds=KIND_WORDS,
        papers=found.papers,
        remarks=told_all(remarks),
        made=made,
    )


async def _choose(request: Request, problems: tuple[Diagnostic, ...] = (), status: int = 200) -> Response:
    chosen = {name: request.query_params.get(name, "") for name in ("a", "b")}
    return await show(request, "compare_choose.html", status, papers=(await work(all_received))[:LISTED], chosen=chosen, problems=told_all(problems))


async def choose(request: Request) -> Response:
    """The two drafts: each one that is there already, or a file."""
    form = await form_of(request)
    old, new = await _given(form, "a"), await _given(form, "b")
    if old is None or new is None:
        said = "原来的一稿" if old is None else "现在的一稿"
        raise Rejected(Diagnostic(f"还没有选{said}。", None, "两边各选一份，或者各拖一个文件进来。", code="file-not-named"))
    return seen(_BothDrafts(old, new).address)


async def _given(form: Sent, name: str) -> Received | None:
    sent = await form.file(f"{name}-file")
    if sent is not None:
        return await work(received, sent.name, sent.data)
    return received_by(form.text(name)) if form.text(name) else None


async def redline(request: Request) -> Response:
    """The 花脸稿, made beside the new draft."""
    asked = _asked(request)
    if asked is None:
        raise NotHere
    target = asked.new.new_file("-花脸稿")
    await work(compare, asked.request(str(target)))
    return seen(f"{asked.address}&made={asked.new.number(target)}")


ROUTES: list[BaseRoute] = [
    Route("/compare", page),
    Route("/compare", choose, methods=["POST"]),
    Route("/compare/redline", redline, methods=["POST"]),
]
