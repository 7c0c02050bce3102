"""What `check` has found in a file; for people and for programs."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.deciding import Recorded, RecordedData
from drafter.commands.fixing import Fixed
from drafter.diagnostic import Diagnostic, DiagnosticData

if TYPE_CHECKING:
    from drafter.check.groups import GroupData, SameFault
    from drafter.check.report import FindingData, Remark
    from drafter.check.tables.known import Known, OwnTableData
    from drafter.outline.standing import BasisTold
    from drafter.speech.block import Line

#: The rules on looks whose findings `drafter format` puts right.
MENDED = frozenset(
    (
        "broken-title", "empty-paragraphs", "indent-of-spaces", "missing-indent", "mixed-body-type", "no-page-number", "odd-margins", "odd-pitch",
        "odd-type", "placed-by-spaces", "wrong-paper",
    )
)  # fmt: skip


class CountsData(TypedDict):
    """How many findings there are of each level and of each kind, the gravest first; how many were left out because somebody
    has decided so, or because the base draft has them."""

    levels: dict[str, int]
    kinds: dict[str, int]
    kept: int
    known: int


class FormulationsData(TypedDict):
    """What is known of formulations, for programs: the day up to which the shipped tables have been compared, the user's
    own tables, and whether the speech is dated later than that day."""

    checked: str
    own: "list[OwnTableData]"
    later: bool


class CheckedFileData(TypedDict):
    """A file that was looked at, for programs: its findings in the order of the text, and the faults they are, in the order
    asked for; how many of each level and kind. `as_of` is the day it was judged by, null where it could not be read;
    `problems` are what kept it from being read, and remarks on how it is saved; `basis` is what there is to say of what the
    speech stands on."""

    file: str
    as_of: str | None
    formulations: FormulationsData
    findings: "list[FindingData]"
    groups: "list[GroupData]"
    counts: "CountsData"
    kept: "list[FindingData]"
    known: "list[FindingData]"
    recorded: "RecordedData | None"
    fixed: list[Fixed]
    undone: list[str]
    copy: str | None
    problems: list[DiagnosticData]
    basis: list[DiagnosticData]


class CheckedFile(NamedTuple):
    """One file looked at. `problems` are what keeps it from being read, and remarks on its encoding; `text` is the
    fixed text where standard input was to be fixed; `exit_code` is 0 where it could be read. `as_of` is the day it was
    judged by, None where it could not be read, `dated` whether it says so itself or somebody did; `order` is how its faults
    are to be told. `kept` are findings somebody has decided to leave, `known` those the base draft has; `recorded` what was
    noted as decided, None for nothing; `basis` what there is to say of what the speech stands on. `undone` are the decisions (by
    fingerprints) that could not be carried out, `copy` the name of the file as it was before it was put right, "" for none;
    `gone_through`: somebody has looked at the findings on the terminal, `stopped`: and wanted no more. `lines` are the paper's
    paragraphs, where they were asked for, and `pages` the page each begins on, () where nobody knows."""

    file: str
    remarks: "tuple[Remark, ...]"
    problems: tuple[Diagnostic, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    text: str = ""
    exit_code: int = 0
    as_of: date | None = None
    dated: bool = False
    order: str = ""
    kept: "tuple[Remark, ...]" = ()
    known: "tuple[Remark, ...]" = ()
    recorded: Recorded | None = None
    basis: "tuple[BasisTold, ...]" = ()
    undone: tuple[str, ...] = ()
    copy: str = ""
    gone_through: bool = False
    stopped: bool = False
    lines: "tuple[Line, ...]" = ()
    pages: tuple[int, ...] = ()

    @property
    def groups(self) -> "tuple[SameFault, ...]":
        """The faults its findings are, in the order asked for."""
        from drafter.check.groups import BY_WEIGHT, gathered

        return gathered(self.remarks, self.order or BY_WEIGHT)

    @property
    def to_decide(self) -> "tuple[Remark, ...]":
        """The findings somebody has to decide on, in the order of the text: all but those `drafter format` puts right."""
        return tuple(r for r in self.remarks if r.finding.rule not in MENDED)

    @property
    def written(self) -> tuple[str, ...]:
        """The files written for it: itself, the copy of it as it was, what was noted as decided."""
        own = (self.file,) if self.fixed and not self.text else ()
        noted = (self.recorded.file,) if self.recorded and (self.recorded.added or self.recorded.dropped) else ()
        return tuple(dict.fromkeys((*own, *filter(None, (self.copy,)), *noted)))

    @property
    def mendable(self) -> bool:
        """Whether there is something `drafter format` puts right."""
        return any(r.finding.rule in MENDED for r in self.remarks)

    def later_than(self, known: "Known") -> bool:
        """Whether the speech may say what the tables of formulations have never heard of."""
        return self.dated and self.as_of is not None and self.as_of > known.day

    def json(self, known: "Known") -> CheckedFileData:
        """For programs."""
        from drafter.check.groups import by_kind
        from drafter.check.report import counted

        found = [r.finding for r in self.remarks]
        return {
            "file": self.file,
            "as_of": str(self.as_of) if self.as_of else None,
            "formulations": {"checked": str(known.day), "own": known.tables(), "later": self.later_than(known)},
            "findings": [r.json() for r in self.remarks],
            "groups": [group.json() for group in self.groups],
            "counts": {"levels": counted(found), "kinds": by_kind(found), "kept": len(self.kept), "known": len(self.known)},
            "kept": [r.json() for r in self.kept],
            "known": [r.json() for r in self.known],
            "recorded": self.recorded.json() if self.recorded else None,
            "fixed": list(self.fixed),
            "undone": list(self.undone),
            "copy": self.copy or None,
            "problems": [d.json() for d in self.problems],
            "basis": [d.json() for d in basis_told(self.basis)],
        }


def basis_told(told: "Sequence[BasisTold]") -> tuple[Diagnostic, ...]:
    """What there is to say of what speeches stand on, each thing once."""
    if not told:
        return ()
    from drafter.outline.standing import remarks_on

    return remarks_on(told)
