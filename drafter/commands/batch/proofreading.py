"""What the proof-reader finds in the documents of a batch while they are made: as `drafter check` finds it in the files, and what
stands in many of them told once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.carrying import CarriedFile, OwnTables, own_tables
from drafter.commands.deciding import Readings
from drafter.commands.kept import KeptBeside, kept_of
from drafter.commands.papers import paper_in, placed_in
from drafter.diagnostic import ADVICE
from drafter.readers.open import kind_named

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding
    from drafter.check.report import Remark
    from drafter.check.settings import Settings

    #: What makes two findings the same fault: the rule, its level, the words, and what is said of them.
    _Fault = tuple[str, str, str, str]


class BatchProofReader(NamedTuple):
    """All the proof-reader needs to look at documents before they are files: the settings of the folder they will be in, the
    user's own tables, and what is to be left of the files that are there, by their names."""

    settings: "Settings"
    tables: OwnTables
    kept: "Mapping[str, tuple[KeptFinding, ...]]"

    def over(self, data: bytes, name: str, kind: str) -> "tuple[Remark, ...]":
        """What it finds in a document of a kind (docx, txt …) that will be called so. Raises Rejected."""
        from drafter.check.paper import check
        from drafter.check.report import remarks

        read_as = kind_named(f"稿.{kind}")
        assert read_as is not None, "one of those drafter writes"
        with self.tables.read():
            opened = paper_in(CarriedFile(name, data, read_as.name).opened, name, None, self.settings.minutes)
            readings = Readings(kept_of(name, opened, self.kept.get(name, ())), "", self.settings)
            found = readings.sorted_out(opened.paper, check(opened.paper, self.settings)).standing
            return tuple(remarks(opened.paper, found, name, placed_in(opened)))

    def gathering(self) -> "FaultsSeen":
        """What keeps all that is found."""
        return FaultsSeen()


def batch_proof_reader(folder: Path, names: Sequence[str]) -> BatchProofReader:
    """The proof-reader for documents that are to have these names in a folder. Raises Rejected where settings cannot be read."""
    from drafter.check.tables.known import known
    from drafter.commands.settings import checks

    known()  # what is wrong with tables of the user's own is said now

    beside = KeptBeside()
    kept = {name: some for name in names if (some := beside.of(folder / name))}
    return BatchProofReader(checks(folder), own_tables(), kept)


class FaultData(TypedDict):
    """A fault that documents have, for programs: the rows of those that have it, and how often it stands in them. `file` is the
    first of them, `paragraph` where in it the fault stands, from 1."""

    rule: str
    level: str
    words: str
    message: str
    instead: str | None
    findings: int
    documents: int
    rows: list[int]
    file: str
    paragraph: int


class BatchFault(NamedTuple):
    """A fault that documents have: where it `first` stands, the rows and how many documents have it, how often it stands in them."""

    first: "Remark"
    rows: tuple[int, ...]
    documents: int
    findings: int

    def json(self) -> FaultData:
        """For programs."""
        told = self.first.json()
        return {
            "rule": told["rule"],
            "level": told["level"],
            "words": told["words"],
            "message": told["message"],
            "instead": told["instead"],
            "findings": self.findings,
            "documents": self.documents,
            "rows": list(self.rows),
            "file": self.first.place.file,
            "paragraph": self.first.paragraph,
        }


class CheckedData(TypedDict):
    """What the proof-reader found in all documents, for programs: how many it looked at, how many findings of each level and of
    each rule, and the faults they are, the gravest and most frequent first."""

    documents: int
    levels: dict[str, int]
    rules: dict[str, int]
    faults: list[FaultData]


class BatchChecked(NamedTuple):
    """What the proof-reader found in all documents."""

    documents: int
    faults: tuple[BatchFault, ...] = ()

    @property
    def levels(self) -> dict[str, int]:
        """How many findings there are of each level, the gravest first."""
        from drafter.check.rules import LEVELS

        found = Counter[str]()
        for fault in self.faults:
            found[fault.first.finding.level] += fault.findings
        return {level: found[level] for level in LEVELS if found[level]}

    @property
    def rules(self) -> dict[str, int]:
        """How many findings there are by rule, most first."""
        found = Counter[str]()
        for fault in self.faults:
            found[fault.first.finding.rule] += fault.findings
        return dict(found.most_common())

    @property
    def common(self) -> bool:
        """Whether all documents, several, have a fault: what they were made of has it."""
        return any(1 < fault.documents == self.documents for fault in self.faults)

    @property
    def safe(self) -> bool:
        """Whether there is something to be put right unasked."""
        return any(fault.first.finding.safe for fault in self.faults)

    @property
    def exit_code(self) -> int:
        """As `check` has it: 1 where there is an error or a warning."""
        return int(any(fault.first.finding.level != ADVICE for fault in self.faults))

    def json(self) -> CheckedData:
        """For programs."""
        return {
            "documents": self.documents,
            "levels": self.levels,
            "rules": self.rules,
            "faults": [fault.json() for fault in self.faults],
        }


class FaultsSeen:
    """The faults of documents, gathered while these come: each is kept once, a document only has their numbers."""

    def __init__(self) -> None:
        self._numbers: dict[_Fault, int] = {}
        self._first: list[Remark] = []

    def of(self, found: "Sequence[Remark]", file: str, within: str = "") -> tuple[int, ...]:
        """The numbers of the faults a document has, one for each finding; `within` says which one it is where a file has many."""
        numbers = []
        for remark in found:
            one = remark.finding
            key = (one.rule, one.level, remark.words, one.message)
            number = self._numbers.setdefault(key, len(self._first))
            if number == len(self._first):
                place = remark.place._replace(file=file, said="，".join(filter(None, (within, remark.place.said))))
                self._first.append(remark._replace(place=place))
            numbers.append(number)
        return tuple(numbers)

    def summed(self, looked: Sequence[tuple[int, tuple[int, ...]]]) -> BatchChecked:
        """What all these documents have, given by the row each is of and the numbers of its faults."""
        from drafter.check.rules import LEVELS

        rows: dict[int, dict[int, None]] = {}
        documents, findings = Counter[int](), Counter[int]()
        for row, numbers in looked:
            findings.update(numbers)
            documents.update(set(numbers))
            for number in numbers:
                rows.setdefault(number, {})[row] = None
        faults = [BatchFault(self._first[n], tuple(rows[n]), documents[n], findings[n]) for n in sorted(rows)]
        faults.sort(key=lambda one: (LEVELS.index(one.first.finding.level), -one.documents))
        return BatchChecked(len(looked), tuple(faults))
