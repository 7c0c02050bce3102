"""`drafter history`: the drafts before this one."""

from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.commands.drafts import connected, open_draft
from drafter.commands.next_step import Ending, NextStep, typed
from drafter.diagnostic import Diagnostic
from drafter.revise.stages import _closed
from drafter.word.record import Stage as Stage


class HistoryRequest(NamedTuple):
    """The draft whose line is wanted."""

    file: str


class StageData(TypedDict):
    """A draft in the line of drafts (see `drafter.word.record.Stage`); `here`: its file lies beside."""

    number: int
    name: str
    file: str
    who: str
    when: str
    digest: str
    changed: int
    added: int
    removed: int
    here: bool


class HistoryData(TypedDict):
    """What `history` tells, for programs."""

    file: str
    drafts: list[StageData]


class HistoryResult(NamedTuple):
    """The drafts before this one and itself, oldest first."""

    file: str
    stages: tuple[Stage, ...]
    here: tuple[bool, ...]
    remarks: tuple[Diagnostic, ...] = ()

    def ending(self) -> Ending:
        """What most people do next: compare the last two drafts, or look at the one there is."""
        beside = [stage.file for stage, here in zip(self.stages[:-1], self.here, strict=False) if here]
        if not beside:
            return Ending(next=NextStep(typed("status", self.file), "看这一稿现在怎样"))
        before = str(Path(self.file).with_name(beside[-1]))
        return Ending(next=NextStep(typed("compare", before, self.file), "看和上一稿比改了什么"))

    def json(self) -> HistoryData:
        """For programs."""
        drafts: list[StageData] = [
            {
                "number": stage.number,
                "name": stage.name,
                "file": stage.file,
                "who": stage.who,
                "when": stage.when,
                "digest": stage.digest,
                "changed": stage.changed,
                "added": stage.added,
                "removed": stage.removed,
                "here": here,
            }
            for stage, here in zip(self.stages, self.here, strict=True)
        ]
        return {"file": self.file, "drafts": drafts}


def history(request: HistoryRequest) -> HistoryResult:
    """The line of drafts of a file. Raises Rejected."""
    opened = open_draft(request.file)
    found = connected(opened)
    draft, provenance = found.draft, found.provenance
    source = Path(request.file)
    stages = [*provenance.stages[:-1], _closed(opened, provenance, draft, source)]
    here = [stage.file == source.name or (source.parent / stage.file).is_file() for stage in stages]
    return HistoryResult(request.file, tuple(stages), tuple(here), opened.remarks)
