"""A batch on its way: rows are made by many processes, and what became of each is kept."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from drafter.commands.batch.making import ROWS, PaperMade, RowMade, Work, jobs_of, lost
from drafter.commands.batch.plan import BatchPlan, PlannedRow
from drafter.commands.batch.result import BatchFailure, BatchFile, BlankInRows
from drafter.commands.many import cores, spread
from drafter.diagnostic import Diagnostic

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from drafter.commands.batch.proofreading import BatchChecked, BatchProofReader

#: So few rows are made by this process alone: others take longer to begin.
FEW = 4 * ROWS

#: So many rows are named of which the same is to be said.
_NAMED = 20

#: Hears how many rows are done, of how many, and how many failed.
Heard = Callable[[int, int, int], object]


class BatchRun:
    """What has become of rows so far. `left` are those that were not come to."""

    def __init__(self, plan: BatchPlan, rows: Sequence[PlannedRow], workers: "int | Executor", heard: Heard, reader: "BatchProofReader | None" = None) -> None:
        self.plan, self.rows, self.heard, self.reader = plan, rows, heard, reader
        self.workers = workers or (cores() if len(rows) > (ROWS if reader else FEW) else 1)
        self.files: dict[int, list[BatchFile]] = {}
        self.failures: list[BatchFailure] = [*plan.broken]
        self._remarks: dict[str, list[Diagnostic]] = {}
        self.asked: dict[str, str] = {}
        self._faults = reader.gathering() if reader else None
        self.left = 0

    def made(self) -> Iterator[tuple[PlannedRow, RowMade]]:
        """The documents of each row that has any, in order; what failed is kept here."""
        rows = iter(self.rows)
        self.left = len(self.rows)
        with closing(self._chunks()) as chunks:
            for chunk in chunks:
                for done in chunk:
                    row = next(rows)
                    self._keep(done)
                    if not done.failure:
                        yield row, done
                    self.left -= 1
                self.heard(len(self.rows) - self.left, len(self.rows), len(self.failures))

    def _chunks(self) -> Generator[tuple[RowMade, ...], None, None]:
        work, jobs = Work(self.plan, self.reader), jobs_of(self.rows)
        yield from map(work, jobs) if self.workers == 1 else spread(work, jobs, self.workers, lost)

    def _keep(self, done: RowMade) -> None:
        if done.failure:
            self.failures.append(done.failure)
        for remark in done.remarks:
            about = remark.message if remark.code == "answer-doubtful" else remark.message[: remark.message.find("】")]
            self._remarks.setdefault(f"{remark.code} {about}", []).append(remark)

    def wrote(self, row: PlannedRow, done: RowMade, files: Sequence[str]) -> None:
        """That the documents of a row are in these files."""
        self.files[row.number] = [
            BatchFile(row.number, paper.outline, file, tuple(name for name, _ in paper.blanks), self._of(paper, file, row))
            for paper, file in zip(done.papers, files, strict=True)
        ]
        for paper in done.papers:
            self.asked |= dict(paper.blanks)

    def _of(self, paper: PaperMade, file: str, row: PlannedRow) -> tuple[int, ...] | None:
        within = "" if row.files else f"第 {row.number} 行那一份"
        return None if paper.found is None or self._faults is None else self._faults.of(paper.found, file, within)

    def did_not_write(self, number: int, problem: Diagnostic) -> None:
        """That the documents of a row could not be put where they belong."""
        self.files.pop(number, None)
        self.failures.append(BatchFailure(number, (), (problem,)))

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What there is to say of answers, once for each kind of it and each blank."""
        out = []
        for first, *others in self._remarks.values():
            rows = list(dict.fromkeys(str(one.place.line) for one in others if one.place))
            named = "、".join(rows[:_NAMED]) + (f" 等 {len(rows):,}" if len(rows) > _NAMED else "")
            more = f"{first.message.rstrip('。')}。第 {named} 行也是这样。" if rows else first.message
            out.append(first._replace(message=more))
        return tuple(out)

    @property
    def documents(self) -> tuple[BatchFile, ...]:
        """What was written, in the order of the rows."""
        return tuple(file for row in self.files.values() for file in row)

    @property
    def blanks(self) -> tuple[BlankInRows, ...]:
        """The blanks left, those that stand in most documents first."""
        counts = Counter(name for file in self.documents for name in file.blanks)
        return tuple(BlankInRows(name, self.asked[name], n) for name, n in counts.most_common())

    @property
    def checked(self) -> "BatchChecked | None":
        """What the proof-reader found in what was written, None where it was not asked."""
        looked = [(file.row, file.faults) for file in self.documents if file.faults is not None]
        return self._faults.summed(looked) if self._faults else None
