"""`drafter update`: new answers, a changed outline or template brought into a draft that was edited by hand."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands import opening, settings
from drafter.commands.changing import in_place, written_over
from drafter.commands.drafts import (
    Against,
    DraftData,
    _disagreements,
    _out_of_order,
    connected_to,
    now_of,
    open_draft,
    still_open,
    told_by_other,
)
from drafter.commands.due import Due, DueRequest, due
from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.placing import StepData, data_of, steps_at
from drafter.commands.saving import check, save
from drafter.diagnostic import Diagnostic, DiagnosticData, Rejected
from drafter.outline.field import Field, Value, say
from drafter.revise.apply import Step as Step
from drafter.revise.carry import carried_out
from drafter.revise.counting import kept_by_hand
from drafter.revise.edited import Edited
from drafter.revise.recipe import form, record
from drafter.revise.stages import _STAGE, _stages, _words
from drafter.speech.match import opcodes as opcodes
from drafter.speech.spot import Spot as Spot
from drafter.word.controls import field_of
from drafter.word.record import LAST_YEAR, Kept, Stage
from drafter.word.tokens import text_of
from drafter.word.where import Finder


class UpdateRequest(NamedTuple):
    """What a user wants of `update`. `following` writes the next draft beside it, under this name ("+" for the next
    number's); `plain` takes controls away (True), gives them back (False) or leaves it as it is (None)."""

    file: str
    against: Against = Against()
    output: str = ""
    dry_run: bool = False
    revisions: bool = False
    following: str = ""
    force: bool = False
    plain: bool | None = None

    def typed_again(self) -> str:
        """The command that does it, as it is typed, for good."""
        against, following = self.against, self.following
        options = given(
            set=(*against.sets, *(f"{name}={said}" for name, said in against.filled)),
            answers=against.answers,
            outline=against.outline,
            template=against.template,
            output=self.output,
            next=following == "+",
            as_revisions=self.revisions,
            renumber=against.renumber,
            plain=self.plain is True,
            fields=self.plain is False,
            force=self.force,
        )
        named = () if following in ("", "+") else ("--as", following)
        other = ("--from", against.other) if against.other else ()
        return typed("update", self.file, *options, *named, *other)


class OverruledData(TypedDict):
    """A field whose answer in the document gave way to one the user gave."""

    name: str
    was: str
    now: str


class UpdateData(TypedDict):
    """What `update` has done, for programs."""

    file: str
    backup: str | None
    written: bool
    steps: list[StepData]
    overruled: list[OverruledData]
    draft: DraftData
    blanks: list[opening.BlankLeft]
    remarks: list[DiagnosticData]


class UpdateResult(NamedTuple):
    """What `update` has done, or would do (`written` False). `file` is where the result is, `backup` the copy of what
    was there, "" for none. `places` are where the steps stand: in the file as it is, or as it
    was written."""

    file: str
    backup: str
    written: bool
    steps: tuple[Step, ...]
    overruled: tuple[tuple[str, str, str], ...]
    stage: Stage
    blanks: tuple[opening.BlankLeft, ...]
    remarks: tuple[Diagnostic, ...]
    request: UpdateRequest
    places: tuple[Spot, ...] = ()
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    def ending(self) -> Ending:
        """The files written, and what most people do next: the same for good, fill what is open, proof-read."""
        if self.written:
            step = NextStep(typed("check", self.file), "校对")
            if self.request.revisions and self.steps:
                step = NextStep(typed("status", self.file), "在 Word 里逐条接受或拒绝修订，存好，再看一遍")
            elif self.blanks:
                step = NextStep(typed("status", self.file), "在 Word 里填上标黄的空，存好，再看还差什么")
            if self.unsaved:
                return Ending((), in_memory(), step)
            return Ending(tuple(filter(None, (self.file, self.backup))), None, step)
        if self.request.dry_run and (self.steps or self.request.following or self.request.output):
            step = NextStep(self.request.typed_again(), "就这样改")
            return Ending((), not_written("--dry-run 只看", "去掉 --dry-run"), step)
        step = NextStep(typed("status", self.request.file), "看哪些空还没填" if self.blanks else "看这份稿子现在怎样")
        return Ending((), not_written("没有要更新的", "用 --set 名称=回答 给出新的回答，或者先改提纲"), step)

    def json(self) -> UpdateData:
        """For programs."""
        return {
            "file": self.file,
            "backup": self.backup or None,
            "written": self.written,
            "steps": data_of(self.steps, self.places),
            "overruled": [{"name": n, "was": was, "now": now} for n, was, now in self.overruled],
            "draft": {"number": self.stage.number, "name": self.stage.name},
            "blanks": list(self.blanks),
            "remarks": [r.json() for r in self.remarks],
        }


#: The longest name a draft is given, in characters.
MAX_STAGE = 20


def update(request: UpdateRequest) -> UpdateResult:
    """Bring a draft up to outline, template and answers of now. Raises Rejected, with nothing written."""
    if request.dry_run or request.output or request.following:
        return _brought_up(request)
    return in_place(Path(request.file), lambda: _brought_up(request))


def _brought_up(request: UpdateRequest) -> UpdateResult:
    """The same, whoever else may want the file."""
    against, following = request.against, request.following
    if "/" in following or "\\" in following or len(following) > MAX_STAGE:
        raise Rejected(Diagnostic(f"--as {following}：写 送审稿、定稿 这样的名称。", code="option-value"))
    now = datetime.now().replace(microsecond=0)
    source = Path(request.file)
    target = Path(request.output) if request.output else source
    if request.output and target.suffix.lower() != ".docx":
        hint = f"例如：-o {source.stem}-更新.docx"
        raise Rejected(Diagnostic(f"-o {request.output}：更新的稿子写成 .docx。", None, hint, code="output-ending"))
    if request.output and not request.dry_run:
        check(target, force=request.force, inputs=[source])
    opened = open_draft(request.file)
    found = connected_to(opened, against, now)
    provenance, draft = found.provenance, found.draft
    current = now_of(provenance, against, opened)
    fields = current.recipe.outline.fields
    settled = opening.given(fields, against.answers, against.sets, now.date(), against.filled)
    by_hand = against.by_hand
    if against.other:
        told = told_by_other(against.other, current.recipe.outline, now.date())
        new = {name: value for name, value in told.items() if name not in by_hand and draft.values().get(name) != value}
        settled, by_hand = settled._replace(values=settled.values | new, blank=settled.blank - new.keys()), by_hand | new.keys()
    asked = DueRequest(settled, by_hand, against.renumber, request.plain, request.revisions)
    what = due(opened, provenance, draft, current, asked, now)
    merge, values = what.merge, what.values
    stages = _stages(opened, provenance, draft, following, now, source)
    if following and not request.output:
        target = _next_file(source, stages[-1])
    remarks = (
        *_idle(request),
        *opened.remarks,
        *current.remarks,
        *settled.remarks,
        *still_open(opened, found._replace(refused=0)),
        *_disagreements(draft, settled.values),
        *_out_of_order(merge.disorders, str(target), against.renumber),
    )
    result = UpdateResult(
        file=str(target),
        backup="",
        written=False,
        steps=merge.steps,
        overruled=_overruled(draft, what.explicit, values),
        stage=stages[-1],
        blanks=_still_blank(what, fields),
        remarks=remarks,
        request=request,
    )
    if request.dry_run or not (what.writes or following or request.output):
        return result._replace(places=steps_at(merge, Finder(opened.file)))
    if following and not request.output:
        check(target, force=request.force, inputs=[source])
    own = {name: values[name] for name in fields if name in values}
    made = record(current.recipe, own, sorted(what.blank & fields.keys()), now, provenance.author, what.plain, stages)
    starts = provenance.texts_of("start") if not following else [Kept("start", "", _words(draft))]
    former = found.before() if request.revisions or opened.undecided else ()
    last = provenance.texts_of(LAST_YEAR)
    made = made._replace(texts=(*made.texts, *starts, *last, *merge.numbers_kept, *merge.texts_kept, *kept_by_hand(what.theirs)), former=former)
    kept_form = form(made, current.recipe.outline, own)._replace(comments=settings.comments())
    data = carried_out(merge, kept_form, now, request.revisions)
    result = result._replace(places=steps_at(merge, Finder(opened.file)))
    if target == source:
        kept = written_over(source, opened.raw, data)
        return result._replace(backup=kept, written=True)
    save(target, data, force=request.force, inputs=[source])
    return result._replace(written=True)


def _still_blank(what: Due, fields: Mapping[str, Field]) -> tuple[opening.BlankLeft, ...]:
    """The blanks nobody has answered that the draft will still show: those of paragraphs the writer has deleted ask for
    nothing any more."""
    shown = [what.merge.final(row) for row in what.merge.rows if not row.remove]
    asked = {field_of(token.tag) for tokens in shown for token in tokens if token.tag and token.empty}
    text = "\n".join(map(text_of, shown))
    left = opening.blanks_left(what.theirs.blocks, fields)
    return tuple(one for one in left if field_of(one.name) in asked or f"【{one.name}" in text)


def _idle(request: UpdateRequest) -> tuple[Diagnostic, ...]:
    """The options that do nothing."""
    if request.dry_run:
        options = [(request.output, "-o"), (request.following, "--next、--as"), (request.force, "--force")]
        return without_effect("--dry-run 只看，不写文件", options)
    over = not request.output and not request.following
    return without_effect("直接改在原文件里，本来就写得上；和 -o、--next 一起用", [(over and request.force, "--force")])


def _overruled(
    draft: Edited, explicit: frozenset[str], values: Mapping[str, Value]
) -> tuple[tuple[str, str, str], ...]:
    """The fields whose answer in the document gives way: name, what it was, what it is now."""
    return tuple(
        (name, next((text for text, _ in filled.said if text), ""), say(values[name]))
        for name, filled in draft.filled.items()
        if name in explicit and name in values and filled.said and say(values[name]) not in dict(filled.said)
    )


# ── drafts one after another ───────────────────────────────────────────────────────────────────────────────────────


def _next_file(source: Path, stage: Stage) -> Path:
    from drafter.commands.filename import legal_name

    stem = _STAGE.sub("", source.stem)
    return source.with_name(legal_name(stem, f"（{stage.name}）{source.suffix}"))
