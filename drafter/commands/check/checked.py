"""What `check` has found: file by file, and over all of them; for people and for programs."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.check.request import CheckRequest
from drafter.commands.deciding import Recorded, RecordedData
from drafter.commands.fixing import Fixed
from drafter.diagnostic import ADVICE, Diagnostic, DiagnosticData

if TYPE_CHECKING:
    from drafter.check.groups import GroupData, SameFault
    from drafter.check.report import FindingData, Remark
    from drafter.check.tables.known import Known, OwnTableData
    from drafter.commands.next_step import Ending
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
            "basis": [d.json() for d in _basis_of([self])],
        }


class CheckResult(NamedTuple):
    """What `check` found, file by file; `known` is what the tables of formulations know, `annotated` the file with
    comments, "" for none; `since` says that a base draft was looked at too, `dry_run` that nothing was written. `left`
    are files nobody wanted to go through any more."""

    files: tuple[CheckedFile, ...]
    known: "Known"
    annotated: str = ""
    since: bool = False
    dry_run: bool = False
    left: tuple[str, ...] = ()
    request: CheckRequest = CheckRequest(())

    def ending(self) -> "Ending":
        """The files changed or written, and what most people do next: what is safe put right, the looks, the rest."""
        from drafter.check.paper import STDIN
        from drafter.commands.check.ending import LookedAt, ending_of, scope_of

        looked = [
            LookedAt(
                name="-" if file.file == STDIN else file.file,
                findings=sum(r.finding.level != ADVICE for r in file.remarks),
                safe=sum(r.finding.safe for r in file.remarks),
                mendable=file.mendable,
                written=() if self.dry_run else file.written,
                empty=any(problem.code == "file-empty" for problem in file.problems),
            )
            for file in self.files
            if not file.exit_code
        ]
        request = self.request
        annotated, deciding = self.annotated if looked else "", bool(request.keep or request.unkeep)
        asked = any(file.gone_through for file in self.files)
        return ending_of(looked, annotated, request.fix, deciding, request.dry_run, scope_of(request), asked)

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What keeps files from being read, and remarks on how they are saved; options that have no effect."""
        return (*self.idle(), *(problem for file in self.files for problem in file.problems))

    def idle(self) -> tuple[Diagnostic, ...]:
        """The options that have no effect."""
        from drafter.commands.no_effect import without_effect

        request = self.request
        jobs = (request.jobs and len(self.files) == 1, "--jobs")
        force = (request.force and not request.annotate, "--force")
        annotate = (request.dry_run and request.annotate, "--annotate")
        return (
            *without_effect("--dry-run 只看会改什么，不写文件", [annotate]),
            *without_effect("--annotate 要写的文件已经有了才用得上；--fix 直接改在原文件里", [force]),
            *without_effect("只有一个文件", [jobs]),
        )

    @property
    def basis(self) -> tuple[Diagnostic, ...]:
        """What there is to say of what the speeches stand on, each thing once."""
        return _basis_of(self.files)

    @property
    def exit_code(self) -> int:
        """2 where a file could not be read, 1 where there is an error or a warning, else 0."""
        unread = max((file.exit_code for file in self.files), default=0)
        return unread or int(any(r.finding.level != ADVICE for file in self.files for r in file.remarks))

    @property
    def read(self) -> int:
        """How many files could be read."""
        return sum(not file.exit_code for file in self.files)

    @property
    def unread(self) -> tuple[str, ...]:
        """The files that could not be read."""
        return tuple(file.file for file in self.files if file.exit_code)

    @property
    def fixed(self) -> int:
        """How many replacements were made."""
        return sum(len(file.fixed) for file in self.files)

    @property
    def mendable(self) -> tuple[str, ...]:
        """The files `drafter format` puts something right in, each once."""
        return tuple(dict.fromkeys(file.file for file in self.files if file.mendable))

    @property
    def levels(self) -> dict[str, int]:
        """How many findings there are of each level, the gravest first."""
        from drafter.check.report import counted

        return counted(r.finding for file in self.files for r in file.remarks)

    @property
    def kinds(self) -> dict[str, int]:
        """How many findings there are of each kind, the gravest first."""
        from drafter.check.groups import by_kind

        return by_kind([r.finding for file in self.files for r in file.remarks])

    def json(self) -> list[CheckedFileData]:
        """For programs."""
        return [file.json(self.known) for file in self.files]

    def up_to_when(self) -> str:
        """Up to which day formulations are known, in words, with a remark on speeches dated later."""
        return self.known.said([f.as_of for f in self.files if f.as_of and f.later_than(self.known)])

    def sarif(self) -> dict[str, object]:
        """For platforms that show findings beside code: SARIF 2.1.0."""
        from drafter import __version__
        from drafter.check.sarif import LoggedFinding, sarif

        found = []
        for file in self.files:
            found += [LoggedFinding(remark) for remark in file.remarks]
            found += [LoggedFinding(remark, kept=True) for remark in file.kept]
            found += [LoggedFinding(remark, known=True) for remark in file.known]
        about = {"formulationsChecked": str(self.known.day), "ownTables": self.known.tables()}
        return sarif(found, __version__, about, self.since)


def _basis_of(files: Sequence[CheckedFile]) -> tuple[Diagnostic, ...]:
    told = [basis for file in files for basis in file.basis]
    if not told:
        return ()
    from drafter.outline.standing import remarks_on

    return remarks_on(told)
