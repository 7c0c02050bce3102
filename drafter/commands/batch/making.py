"""The documents of rows, made by many processes: a job is a few rows and holds all that is needed, so that it may be done
anywhere; what comes back are bytes."""

import io
import marshal
import pickle
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import CodeType
from typing import NamedTuple

from drafter.commands.batch.plan import BatchPlan, PlannedRow
from drafter.commands.batch.result import BatchFailure, blanks_named
from drafter.commands.series import Prepared, Sets, made
from drafter.diagnostic import ADVICE, Diagnostic, Place, Rejected
from drafter.readers.sheet.table import SheetTable

#: So many rows are one job: a worker is never without one for long, and what is on its way stays small.
ROWS = 16


class BatchJob(NamedTuple):
    """Rows to make documents of: each with the number of the row in the table, the one it is told by, its outlines and its
    answers."""

    rows: tuple[tuple[int, int, tuple[str, ...], Sets], ...]


class PaperMade(NamedTuple):
    """A document: its outline, its bytes, and the blanks left in it, each with what is asked for it."""

    outline: str
    data: bytes
    blanks: tuple[tuple[str, str], ...]


class RowMade(NamedTuple):
    """The documents of a row, or why there are none; what there is to say of its answers."""

    number: int
    papers: tuple[PaperMade, ...] = ()
    failure: BatchFailure | None = None
    remarks: tuple[Diagnostic, ...] = ()


class _Kit(NamedTuple):
    """What every job needs: the outlines by their names, the table without its rows, the column of each field, what kind of
    file is made."""

    prepared: Mapping[tuple[str, ...], Prepared]
    table: SheetTable
    columns: Mapping[str, str]
    kind: str


class Work:
    """What is done with a job. It is sent to where the work is, and has all that is needed there; in this process, and in those
    begun as copies of it, nothing is packed."""

    def __init__(self, plan: BatchPlan) -> None:
        columns = {field: column for column, field in plan.columns.fields.items()}
        self.kit = _Kit(plan.prepared, plan.table._replace(rows=(), remarks=()), columns, plan.kind)

    def __reduce__(self) -> "tuple[type[_WorkSent], tuple[bytes]]":
        return _WorkSent, (self.packed,)

    @cached_property
    def packed(self) -> bytes:
        """What is sent."""
        out = io.BytesIO()
        pickler = pickle.Pickler(out, 5)
        pickler.dispatch_table = {CodeType: lambda code: (marshal.loads, (marshal.dumps(code),))}  # that of a layout
        pickler.dump(self.kit)
        return out.getvalue()

    def __call__(self, job: BatchJob) -> tuple[RowMade, ...]:
        return tuple(_made(self.kit, *row) for row in job.rows)


class _WorkSent(NamedTuple):
    """The same where it was sent to. It comes with every job, and is unpacked once."""

    packed: bytes

    def __call__(self, job: BatchJob) -> tuple[RowMade, ...]:
        kit = _unpacked(self.packed)
        return tuple(_made(kit, *row) for row in job.rows)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> _Kit:
    kit: _Kit = pickle.loads(packed)
    return kit


def jobs_of(rows: Sequence[PlannedRow]) -> Iterator[BatchJob]:
    """The rows as jobs."""
    for at in range(0, len(rows), ROWS):
        yield BatchJob(tuple((row.row.number, row.number, row.outlines, row.sets) for row in rows[at : at + ROWS]))


def lost(job: BatchJob) -> tuple[RowMade, ...]:
    """What stands for a job whose process has died over it."""
    hint = "再写一次：加 --resume；还是这样，加 --jobs 1"
    problem = Diagnostic("写这一份的进程被结束了（多半是内存不够），没有写成。", None, hint, code="batch-lost")
    return tuple(RowMade(number, failure=BatchFailure(number, (), (problem,))) for _, number, _, _ in job.rows)


def _made(kit: _Kit, at: int, number: int, outlines: tuple[str, ...], sets: Sets) -> RowMade:
    """The documents of a row. What is wrong with us over one row keeps the others from nothing."""
    places = {field: kit.table.place(at, column) for field, column in kit.columns.items() if field in sets}
    try:
        papers = made(kit.prepared[outlines], sets, places)
        done = tuple(
            PaperMade(p.outline, _as_kind(p.data, kit), tuple((blank.name, blank.ask) for blank in p.blanks)) for p in papers
        )
        remarks = tuple(r for p in papers for r in p.remarks if r.place in places.values() and r.level != ADVICE)
        return RowMade(number, done, None, remarks)
    except Rejected as refused:
        problems = refused.diagnostics
    except Exception as error:
        problems = (Diagnostic(f"drafter 自己出了错：{error!r}", kit.table.place(at), code="internal-error"),)
    return RowMade(number, failure=BatchFailure(number, _columns(kit, problems, places), problems))


def _columns(kit: _Kit, problems: Sequence[Diagnostic], places: Mapping[str, Place]) -> tuple[str, ...]:
    """The columns that problems are about."""
    by_place = {place: kit.columns[field] for field, place in places.items()}
    found = [by_place[p.place] for p in problems if p.place in by_place]
    left = [name for p in problems if p.code == "blanks-left" for name in blanks_named(p)]
    return tuple(dict.fromkeys([*found, *(kit.columns[name] for name in left if name in kit.columns)]))


def _as_kind(data: bytes, kit: _Kit) -> bytes:
    if kit.kind != "pdf":
        return data
    from drafter.commands.office import to_pdf

    return to_pdf(data, next(iter(kit.prepared.values())).makings[0].dress.template.fallbacks)
