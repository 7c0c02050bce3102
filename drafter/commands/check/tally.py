"""What is said at the end of many files, kept while they come: counts, and a few names. A hundred thousand files leave no
more behind than ten."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from drafter.diagnostic import ADVICE, Diagnostic

if TYPE_CHECKING:
    from drafter.check.tables.known import Known
    from drafter.commands.check.checked import CheckedFile
    from drafter.commands.check.ending import LookedAt
    from drafter.commands.deciding import Recorded
    from drafter.outline.standing import BasisTold

#: So many names of each kind are kept; what there is beyond them is counted.
MOST_NAMES = 8

#: So many remarks are kept: each stands with its file, too.
MOST_REMARKS = 1000


class FirstNames:
    """FirstNames, of which the first few are kept and all are counted."""

    def __init__(self, most: int = MOST_NAMES) -> None:
        self.first: list[str] = []
        self.count = 0
        self._most = most

    def add(self, name: str) -> None:
        """One more."""
        self.count += 1
        if len(self.first) < self._most and name not in self.first:
            self.first.append(name)


class CheckTally:
    """All there is to say of the files that were heard of so far. `listed` are those with decisions that could not be carried
    out, or with something noted; `later` the days of speeches dated after what is known of formulations, `telling` the
    files an ending may speak of."""

    def __init__(self, known: "Known", dry_run: bool = False) -> None:
        self.known, self.dry_run = known, dry_run
        self.files = self.read = self.fixed = self.kept = self.known_before = 0
        self.findings = self.gone_through = self.left_undecided = 0
        self.exit_code = 0
        self.unread, self.mendable, self.copies = FirstNames(), FirstNames(), FirstNames()
        self.levels: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.undone: list[tuple[str, int]] = []
        self.recorded: list[Recorded] = []
        self.basis: dict[BasisTold, None] = {}
        self.later: list[date] = []
        self.remarks: list[Diagnostic] = []
        self.written: dict[str, None] = {}
        self.telling: list[LookedAt] = []
        self._wished: set[str] = set()

    @classmethod
    def of(cls, files: "Iterable[CheckedFile]", known: "Known", dry_run: bool = False) -> "CheckTally":
        """That of files that are all there."""
        out = cls(known, dry_run)
        for file in files:
            out.hears(file)
        return out

    def hears(self, file: "CheckedFile") -> None:
        """One more file."""
        from drafter.check.kinds import kind_of

        self.files += 1
        self.exit_code = max(self.exit_code, file.exit_code)
        self.fixed += len(file.fixed)
        self.kept += len(file.kept)
        self.known_before += len(file.known)
        for remark in file.remarks:
            self.levels[remark.finding.level] += 1
            self.kinds[kind_of(remark.finding.rule)] += 1
            self.findings += remark.finding.level != ADVICE
        self.remarks += file.problems[: MOST_REMARKS - len(self.remarks)] if len(self.remarks) < MOST_REMARKS else ()
        self.basis |= dict.fromkeys(file.basis)
        if file.as_of and file.later_than(self.known):
            self.later.append(file.as_of)
        if file.exit_code:
            self.unread.add(file.file)
            return
        self.read += 1
        if file.gone_through:
            self.gone_through += 1
            self.left_undecided += len(file.to_decide)
        if file.mendable:
            self.mendable.add(file.file)
        if file.copy:
            self.copies.add(file.copy)
        if file.undone:
            self.undone.append((file.file, len(file.undone)))
        if file.recorded:
            self.recorded.append(file.recorded)
        self._tell(file)

    def _tell(self, file: "CheckedFile") -> None:
        """Keep of a file what an ending says: what was written, and the first that wants something done."""
        from drafter.check.paper import STDIN
        from drafter.commands.check.ending import LookedAt

        looked = LookedAt(
            name="-" if file.file == STDIN else file.file,
            findings=sum(r.finding.level != ADVICE for r in file.remarks),
            safe=sum(r.finding.safe for r in file.remarks),
            mendable=file.mendable,
            written=(),
            empty=any(problem.code == "file-empty" for problem in file.problems),
        )
        self.written |= dict.fromkeys(() if self.dry_run else file.written)
        new = {wish for wish, is_so in looked.wishes().items() if is_so} - self._wished
        if new or len(self.telling) < 2:
            self.telling.append(looked)
            self._wished |= new
