"""/paper/<id>/check: a file proof-read, its findings at the words, and the copies in which they are put right or noted."""

from collections import OrderedDict
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from drafter.commands.check import CheckedFile, CheckRequest, CheckResult, check
from drafter.commands.check.request import understood
from drafter.commands.kept import keep_beside, no_longer_beside
from drafter.commands.margin import (
    LEVEL_WORDS,
    Margin,
    Pressed,
    Remark,
    carried_out,
    decided,
    kept_places,
    margin_of,
    marked_pages,
)
from drafter.commands.papers import as_of_day
from drafter.commands.proofing import Proofing, keep_proofing, proofing_of
from drafter.commands.reading import is_text, is_word
from drafter.commands.rules import RulesRequest, rules
from drafter.desk.descent import born
from drafter.desk.pages.back import LISTED
from drafter.desk.show import NotHere, Sent, form_of, is_part, seen, show, told_all, work
from drafter.desk.store import Received, all_received, received_by
from drafter.diagnostic import Diagnostic, Rejected

#: How the copy is made: what it is called, and what its name ends in.
WAYS = {"direct": ("改好的一份", "（校对稿）"), "revisions": ("改动写成修订的一份", "（校对修订）"), "comments": ("写着批注的一份", "（校对批注）")}

#: Papers whose findings are remembered as long as nothing about them changes: a decision does not look again.
_REMEMBERED = 4


class _ProofRead(NamedTuple):
    """A paper that was looked at: what was found in it, how far somebody is, and the margin; `remarks` are the findings that stand,
    those that do again too."""

    paper: Received
    found: CheckResult
    proofing: Proofing
    remarks: tuple[Remark, ...]
    margin: Margin

    @property
    def file(self) -> CheckedFile:
        """What was found."""
        return self.found.files[0]


_RESULTS: OrderedDict[tuple[object, ...], CheckResult] = OrderedDict()


def _looked(number: str) -> _ProofRead:
    """Look at a paper. Raises NotHere, Rejected."""
    paper = received_by(number)
    proofing = proofing_of(paper.path)
    there = {other.id for other in all_received()} if proofing.since or proofing.beside else set()
    proofing = proofing._replace(
        since=proofing.since if proofing.since in there else "", beside=tuple(other for other in proofing.beside if other in there)
    )
    result = _found(paper, proofing)
    file = result.files[0]
    if file.exit_code:
        raise Rejected(*file.problems)
    again = [r for r in file.kept if r.fingerprint in proofing.again]
    remarks = tuple(sorted((*file.remarks, *again), key=lambda r: (r.finding.line, r.finding.start)))
    return _ProofRead(paper, result, proofing, remarks, margin_of(remarks, proofing.verdicts))


def _found(paper: Received, proofing: Proofing) -> CheckResult:
    others = [str(received_by(other).path) for other in proofing.beside]
    request = CheckRequest(
        files=(str(paper.path), *others),
        ignore=proofing.ignore,
        level=proofing.level,
        as_of=proofing.as_of,
        minutes=proofing.minutes,
        since=str(received_by(proofing.since).path) if proofing.since else "",
        jobs=1,
        text=True,
        known_as=paper.name,
    )
    settings = Path("drafter.toml")
    key = (repr(request), paper.path.stat().st_mtime_ns, settings.stat().st_mtime_ns if settings.exists() else 0)
    if key not in _RESULTS:
        _RESULTS[key] = check(request)
        while len(_RESULTS) > _REMEMBERED:
            _RESULTS.popitem(last=False)
    _RESULTS.move_to_end(key)
    return _RESULTS[key]


# ── the page ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def page(request: Request) -> Response:
    """The paper with its findings."""
    number = request.path_params["id"]
    try:
        looked = await work(_looked, number)
    except Rejected as error:
        paper = received_by(number)
        return await show(request, "check_refused.html", 422, paper=paper, problems=told_all(error.diagnostics), proofing=proofing_of(paper.path))
    return await _shown(request, looked, 200)


async def _shown(request: Request, looked: _ProofRead, status: int, problems: tuple[Diagnostic, ...] = ()) -> Response:
    file, paper, proofing = looked.file, looked.paper, looked.proofing
    made = paper.made_row(request.query_params.get("made", ""), WAYS.get(request.query_params.get("way", ""), WAYS["direct"])[0])
    return await show(
        request,
        "_proof.html" if is_part(request) else "check.html",
        status,
        paper=paper,
        proofing=proofing,
        margin=looked.margin,
        pages=marked_pages(file.lines, file.pages, looked.margin),
        kept=[r for r in file.kept if r.fingerprint not in proofing.again],
        known=file.known,
        remarks=told_all((*problems, *looked.found.above, *file.problems), paper.name),
        basis=told_all(looked.found.basis),
        up_to=looked.found.up_to_when(),
        mendable=file.mendable,
        made=made,
        undone=request.query_params.get("undone", ""),
        others=[other for other in await work(all_received) if other.id != paper.id][:LISTED],
        ignored=[(name, rules(RulesRequest(name)).rules[0].doc.strip().split("\n")[0]) for name in proofing.ignore],
        decide=f"/paper/{paper.id}/check",
        format=f"/paper/{paper.id}/format",
        is_word=is_word(paper.name),
        is_text=is_text(paper.name),
    )


# ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def decide(request: Request) -> Response:
    """What somebody has decided of a finding, of those like it, or of all that is safe."""
    form = await form_of(request)
    number = request.path_params["id"]
    looked = await work(_decided, number, form)
    if is_part(request):
        return await _shown(request, looked, 200)
    at = form.text("at")
    return seen(f"/paper/{number}/check" + (f"#f{at}" if at.isdecimal() else ""))


def _decided(number: str, form: Sent) -> _ProofRead:
    looked = _looked(number)
    proofing = changed(looked.proofing, looked.margin, form)
    gone = [known for known, said in looked.proofing.verdicts.items() if said.never and known not in proofing.verdicts]
    never = [known for known, said in proofing.verdicts.items() if said.never and known not in looked.proofing.verdicts]
    lines, own = looked.file.lines, Path(looked.paper.name)
    everything = (*looked.remarks, *looked.file.kept)
    for place in kept_places(lines, everything, never):
        keep_beside(own, place)
    again = [known for known in form.all("again") if any(r.fingerprint == known for r in looked.file.kept)]
    for place in kept_places(lines, everything, (*gone, *again)):
        no_longer_beside(own, place)
    verdicts = {known: said for known, said in proofing.verdicts.items() if known not in again}
    held = tuple(dict.fromkeys((*(one for one in proofing.again if one not in never), *again)))
    keep_proofing(looked.paper.path, proofing._replace(verdicts=verdicts, again=held))
    return _looked(number)


def changed(proofing: Proofing, margin: Margin, form: Sent) -> Proofing:
    """What was decided, with what a form says more."""
    do, known = form.text("do"), form.text("known")
    if do == "back-all":
        return proofing._replace(verdicts={})
    if do == "ignore":
        return proofing._replace(ignore=tuple(dict.fromkeys((*proofing.ignore, *(c.rule for c in margin.cards if c.known == known)))))
    for card, verdict in decided(margin, Pressed(do, known, bool(form.text("alike")), form.text("own"))):
        proofing = proofing.with_verdict((card.known,), verdict)
    return proofing


# ── what is looked for ─────────────────────────────────────────────────────────────────────────────────────────────


async def look(request: Request) -> Response:
    """How the paper is looked at: level, day, minutes, rules, since another, beside others."""
    form = await form_of(request)
    number = request.path_params["id"]
    await work(_look, number, form)
    return seen(f"/paper/{number}/check")


def _look(number: str, form: Sent) -> None:
    paper = received_by(number)
    proofing = proofing_of(paper.path)
    day, minutes = form.text("as_of").strip(), form.text("minutes").strip()
    try:
        as_of_day(day)
    except Rejected:
        raise Rejected(Diagnostic(f"“{day[:20]}”不是日期。", None, "写成 11月22日 或者 2026-11-22；空着就按稿子上的日期。", code="option-value")) from None
    try:
        said = float(minutes) if minutes else 0
        understood(CheckRequest((str(paper.path),), minutes=said))
    except (ValueError, Rejected):
        raise Rejected(Diagnostic(f"“{minutes[:20]}”不是讲话的分钟数。", None, "写数字，例如 15；不限就空着。", code="option-value")) from None
    wanted = proofing._replace(
        level=form.text("level") if form.text("level") in LEVEL_WORDS else "",
        as_of=day,
        minutes=said,
        ignore=tuple(rule for rule in proofing.ignore if rule in form.all("ignore")),
        since=received_by(form.text("since")).id if form.text("since") else "",
        beside=tuple(received_by(other).id for other in form.all("beside")),
    )
    result = _found(paper, wanted)
    if result.files[0].exit_code:
        raise Rejected(*result.files[0].problems)
    keep_proofing(paper.path, wanted)


# ── copies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def make(request: Request) -> Response:
    """The copy in which what was decided is carried out."""
    form = await form_of(request)
    number, way = request.path_params["id"], form.text("way", "direct")
    if way not in WAYS:
        raise NotHere
    at, undone = await work(_copied, number, way)
    return seen(f"/paper/{number}/check?made={at}&way={way}" + (f"&undone={undone}" if undone else ""))


def _copied(number: str, way: str) -> tuple[int, int]:
    """The number of the copy among the files of the paper, and how many findings could not be put right in it."""
    looked = _looked(number)
    paper, proofing = looked.paper, looked.proofing
    ending = paper.path.suffix if way == "direct" and is_text(paper.name) else ".docx"
    target = paper.new_file(WAYS[way][1], ending)
    decisions = carried_out((*looked.remarks, *looked.file.kept), proofing.verdicts)
    if way == "comments":
        decisions = {known: said.words for known, said in proofing.verdicts.items() if said.words is None}
    never = tuple(known for known, said in proofing.verdicts.items() if said.never)
    result = check(
        CheckRequest(
            files=(str(paper.path),),
            ignore=proofing.ignore,
            level=proofing.level,
            as_of=proofing.as_of,
            minutes=proofing.minutes,
            fix=way != "comments",
            annotate=str(target) if way == "comments" else "",
            output="" if way == "comments" else str(target),
            revisions=way == "revisions",
            decisions=decisions,
            remember=never if ending == ".docx" and way != "comments" else (),
            known_as=paper.name,
        )
    )
    file = result.files[0]
    if file.exit_code:
        raise Rejected(*file.problems)
    return paper.number(target), len(file.undone)


#: What a copy is gone on with for → how the paper it becomes was made.
_HOW = {"（校": "校对", "（排": "排版"}


async def go_on(request: Request) -> Response:
    """What was made taken for a paper of its own, and gone on with."""
    form = await form_of(request)
    paper, number, where = received_by(request.path_params["id"]), request.path_params["number"], form.text("where")
    if where not in ("", "check", "format", "finish"):
        raise NotHere
    made = paper.made_file(number)
    how = next((said for mark, said in _HOW.items() if mark in made.name), "做")
    new, _ = await work(born, paper, made.name, how, lambda path: Path(path).write_bytes(made.read_bytes()))
    return seen(f"/paper/{new.id}" + (f"/{where}" if where else ""))


ROUTES: list[BaseRoute] = [
    Route("/paper/{id}/check", page),
    Route("/paper/{id}/check", decide, methods=["POST"]),
    Route("/paper/{id}/check/look", look, methods=["POST"]),
    Route("/paper/{id}/check/make", make, methods=["POST"]),
    Route("/paper/{id}/go-on/{number:int}", go_on, methods=["POST"]),
]
