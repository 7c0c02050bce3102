"""`drafter status`: what a draft was made from, and what has happened to it since."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, TypedDict

from drafter.commands.confirming import (
    Confirmed,
    ConfirmedData,
    ToBeConfirmed,
    ToConfirmData,
    confirm_in,
    still_to_confirm,
)
from drafter.commands.drafts import (
    Against,
    DraftData,
    _disagreements,
    _out_of_order,
    connected,
    now_of,
    open_draft,
    still_last_years,
    still_open,
)
from drafter.commands.due import DueRequest, due
from drafter.commands.filled_in import FieldNow as FieldNow
from drafter.commands.filled_in import fields_now
from drafter.commands.next_step import Ending, NextStep, as_typed, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.placing import StepData, changes_at, data_of, steps_at
from drafter.diagnostic import WARNING, Diagnostic, DiagnosticData, Rejected
from drafter.revise.apply import Step
from drafter.revise.edited import ParagraphChange
from drafter.revise.stages import _stage
from drafter.speech.spot import Spot, SpotData
from drafter.word.record import Stage
from drafter.word.where import Finder


class StatusRequest(NamedTuple):
    """The draft to be looked at. What of its words is `confirmed` before, by numbers, or, with `confirm`, asked on the
    terminal, where there is somebody to ask (`interactive`)."""

    file: str
    confirmed: tuple[str, ...] = ()
    confirm: bool = False
    interactive: bool = False


class FromData(TypedDict):
    """What a draft was made from. `state`: "same", "changed" since, or "missing" now."""

    name: str
    state: str


class FieldNowData(TypedDict):
    """A field in a draft."""

    name: str
    ask: str
    made: str | None
    now: str | None
    state: str
    why: str | None
    by: str | None


class ParagraphData(TypedDict):
    """A paragraph changed by hand; `paragraph` counts from 1, null for one that is gone."""

    paragraph: int | None
    before: str
    after: str
    place: SpotData


class DueData(TypedDict):
    """What an update would do as things are."""

    writes: bool
    steps: list[StepData]


class StatusData(TypedDict):
    """What `status` tells, for programs."""

    file: str
    outline: FromData
    template: FromData
    made: str
    drafter: str
    draft: DraftData
    plain: bool
    fields: list[FieldNowData]
    blanks: list[str]
    paragraphs: dict[str, list[ParagraphData]]
    repaired: int
    to_confirm: list[ToConfirmData]
    confirmed: list[ConfirmedData]
    update: DueData
    remarks: list[DiagnosticData]


class StatusResult(NamedTuple):
    """What `status` tells. `steps` are those an update would do as things are, `writes` whether it would write the file,
    be it only the record; `to_confirm` what somebody has still to confirm, `confirmed` what was confirmed just now; `changed_at` and `steps_at` are where
    the changes and the steps stand, `backup` the copy of the
    file as it was before, "" for none."""

    file: str
    outline: str
    template: str
    made: str
    version: str
    stage: Stage
    plain: bool
    outline_state: str
    template_state: str
    fields: tuple[FieldNow, ...]
    changes: tuple[ParagraphChange, ...]
    multiplied: int
    steps: tuple[Step, ...]
    writes: bool
    remarks: tuple[Diagnostic, ...]
    to_confirm: tuple[ToBeConfirmed, ...] = ()
    confirmed: tuple[ConfirmedData, ...] = ()
    changed_at: tuple[Spot, ...] = ()
    steps_at: tuple[Spot, ...] = ()
    request: StatusRequest = StatusRequest("")
    backup: str = ""
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    def ending(self) -> Ending:
        """What most people do next: see what an update would do, fill what is open, confirm what is guessed, proof-read."""
        if self.unsaved:
            return Ending((), in_memory(), self._next())
        written = (self.file, *filter(None, (self.backup,))) if self.confirmed else ()
        asked = self.request.confirm or self.request.confirmed
        why, way = ("一处也没有定", typed("status", self.file, "--confirmed", "1,3")) if asked else ("status 只看", "")
        unwritten = None if written else not_written(why, way if self.to_confirm else "")
        return Ending(written, unwritten, self._next())

    def _next(self) -> NextStep:
        open_ = [f.name for f in self.fields if f.state in ("blank", "cleared")]
        if self.steps:
            return NextStep(typed("update", self.file, "--dry-run"), "看 update 会改哪些地方")
        if open_:
            names = "".join(f"【{name}】" for name in open_[:2]) + (f"等 {len(open_)} 个" if len(open_) > 2 else "")
            return NextStep(typed("status", self.file), f"在 Word 里填上{names}，存好，再看一遍")
        if self.to_confirm:
            return NextStep(typed("status", self.file, "--confirm"), "一处处核实提纲里估的话")
        return NextStep(typed("check", self.file), "都填好了，校对")

    def json(self) -> StatusData:
        """For programs."""
        return {
            "file": self.file,
            "outline": {"name": self.outline, "state": self.outline_state},
            "template": {"name": self.template, "state": self.template_state},
            "made": self.made,
            "drafter": self.version,
            "draft": {"number": self.stage.number, "name": self.stage.name},
            "plain": self.plain,
            "fields": [
                {
                    "name": f.name,
                    "ask": f.ask,
                    "made": f.made or None,
                    "now": f.now or None,
                    "state": f.state,
                    "why": f.why or None,
                    "by": f.by or None,
                }
                for f in self.fields
            ],
            "blanks": [f.name for f in self.fields if f.state in ("blank", "cleared")],
            "paragraphs": {
                kind: [
                    {"paragraph": None if c.at is None else c.at + 1, "before": c.before, "after": c.after, "place": place.json()}
                    for c, place in zip(self.changes, self.changed_at, strict=True)
                    if c.kind == kind
                ]
                for kind in ("edited", "added", "deleted", "moved")
            },
            "repaired": self.multiplied,
            "to_confirm": [mark.json() for mark in self.to_confirm],
            "confirmed": list(self.confirmed),
            "update": {"writes": self.writes, "steps": data_of(self.steps, self.steps_at)},
            "remarks": [r.json() for r in self.remarks],
        }


def status(request: StatusRequest) -> StatusResult:
    """What a draft was made from, and what has happened to it and to them since; what is said of words to be confirmed is
    written first. Raises Rejected; KeyboardInterrupt where somebody is asked and gives up."""
    if request.confirm and not request.interactive:
        way = f"写上是哪几处：drafter status {as_typed(request.file)} --confirmed 1,3；全部：--confirmed all"
        raise Rejected(Diagnostic("--confirm 要在终端里一处一处问，这里没有人可以问。", None, way, code="nobody-to-ask"))
    idle = without_effect("加了 --confirm，一处一处问", [(request.confirm and request.confirmed, "--confirmed")])
    confirmed = Confirmed()
    if request.confirm or request.confirmed:
        connected(open_draft(request.file))  # nothing is written of a file there is nothing to tell of
        confirmed = confirm_in(request.file, request.confirmed, request.confirm)
    opened = open_draft(request.file)
    found = connected(opened)
    draft, provenance = found.draft, found.provenance
    now = now_of(provenance, Against(), opened)

    def state(found: bool, changed: bool) -> str:
        return "missing" if not found else "changed" if changed else "same"

    steps: tuple[Step, ...] = ()
    stand: tuple[Spot, ...] = ()
    writes = False
    finder = Finder(opened.file)
    remarks = [*idle, *opened.remarks, *now.remarks, *still_open(opened, found), *_disagreements(draft, {}), *still_last_years(opened)]
    try:
        what = due(opened, provenance, draft, now, DueRequest(), datetime.now().replace(microsecond=0))
    except Rejected as refused:
        why = refused.diagnostics[0]
        told = f"drafter update 现在做不了：{why.message}"
        remarks.append(Diagnostic(told, why.place, why.hint, level=WARNING, code="update-refused"))
    else:
        steps, writes = what.merge.steps, what.writes
        stand = steps_at(what.merge, finder)
        remarks += _out_of_order(what.merge.disorders, request.file, False)
    return StatusResult(
        file=request.file,
        outline=provenance.outline,
        template=provenance.template,
        made=provenance.made,
        version=provenance.version,
        stage=_stage(provenance),
        plain=provenance.plain,
        outline_state=state(now.outline_found, now.outline_changed),
        template_state=state(now.template_found, now.template_changed),
        fields=fields_now(draft),
        changes=draft.changes,
        multiplied=opened.multiplied,
        steps=steps,
        writes=writes,
        remarks=tuple(remarks),
        to_confirm=still_to_confirm(opened.file, finder),
        confirmed=confirmed.words,
        backup=confirmed.backup,
        request=request,
        changed_at=changes_at(draft, finder),
        steps_at=stand,
    )
