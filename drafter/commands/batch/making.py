"""The documents of rows, made by many processes: a job is a few rows and holds all that is needed, so that it may be done
anywhere; what comes back are bytes."""

import io
import marshal
import pickle
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import CodeType
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.batch.plan import BatchPlan, PlannedRow
from drafter.commands.batch.result import BatchFailure, blanks_named
from drafter.commands.series import Prepared, Sets, made
from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Place, Rejected
from drafter.readers.sheet.table import SheetTable

if TYPE_CHECKING:
    from drafter.check.report import Remark
    from drafter.commands.batch.proofreading import BatchProofReader

#: So many rows are one job: a worker is never without one for long, and what is on its way stays small.
ROWS = 16


class BatchJob(NamedTuple):
    """Rows to make documents of: each with the number of the row in the table, the one it is told by, its outlines, its
    answers, and what the files will be called, () where all are in one."""

    rows: tuple[tuple[int, int, tuple[str, ...], Sets, tuple[str, ...]], ...]


class PaperMade(NamedTuple):
    """A document: its outline, its bytes, the blanks left in it, each with what is asked for it, and what the proof-reader
    finds, None where it was not asked."""

    outline: str
    data: bytes
    blanks: tuple[tuple[str, str], ...]
    found: "tuple[Remark, ...] | None" = None


class RowMade(NamedTuple):
    """The documents of a row, or why there are none; what there is to say of its answers."""

    number: int
    papers: tuple[PaperMade, ...] = ()
    failure: BatchFailure | None = None
    remarks: tuple[Diagnostic, ...] = ()


class _Kit(NamedTuple):
    """What every job needs: the outlines by their names, the table without its rows, the column of each field, what kind of
    file is made; the proof-reader, None where nobody wants it."""

    prepared: Mapping[tuple[str, ...], Prepared]
    table: SheetTable
    columns: Mapping[str, str]
    kind: str
    reader: "BatchProofReader | None" = None


class Work:
    """What is done with a job. It is sent to where the work is, and has all that is needed there; in this process, and in those
    begun as copies of it, nothing is packed."""

    def __init__(self, plan: BatchPlan, reader: "BatchProofReader | None" = None) -> None:
        columns = {field: column for column, field in plan.columns.fields.items()}
        self.kit = _Kit(plan.prepared, plan.table._replace(rows=(), remarks=()), columns, plan.kind, reader)

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
        yield BatchJob(tuple((row.row.number, row.number, row.outlines, row.sets, row.files) for row in rows[at : at + ROWS]))


def lost(job: BatchJob) -> tuple[RowMade, ...]:
    """What stands for a job whose process has died over it."""
    hint = "再写一次：加 --resume；还是这样，加 --jobs 1"
    problem = Diagnostic("写这一份的进程被结束了（多半是内存不够），没有写成。", None, hint, code="batch-lost")
    return tuple(RowMade(number, failure=BatchFailure(number, (), (problem,))) for _, number, *_ in job.rows)


def _made(kit: _Kit, at: int, number: int, outlines: tuple[str, ...], sets: Sets, files: tuple[str, ...]) -> RowMade:
    """The documents of a row. What is wrong with us over one row keeps the others from nothing."""
    places = {field: kit.table.place(at, column) for field, column in kit.columns.items() if field in sets}
    try:
        papers = made(kit.prepared[outlines], sets, places)
        done = tuple(
            PaperMade(p.outline, _as_kind(p.data, kit), tuple((blank.name, blank.ask) for blank in p.blanks)) for p in papers
        )
        remarks = tuple(r for p in papers for r in p.remarks if r.place in places.values() and r.level != ADVICE)
        if kit.reader is not None:
            looked = [_found(kit, kit.reader, at, name, p.data) for p, name in zip(papers, files or _nameless(number, papers), strict=True)]
            done = tuple(paper._replace(found=found) for paper, (found, _) in zip(done, looked, strict=True))
            remarks += tuple(problem for _, problem in looked if problem is not None)
        return RowMade(number, done, None, remarks)
    except Rejected as refused:
        problems = refused.diagnostics
    except Exception as error:
        problems = (Diagnostic(f"drafter 自己出了错：{error!r}", kit.table.place(at), code="internal-error"),)
    return RowMade(number, failure=BatchFailure(number, _columns(kit, problems, places), problems))


def _nameless(number: int, papers: Sequence[object]) -> tuple[str, ...]:
    """What documents are called that all go into one file."""
    return tuple(f"第{number}行" for _ in papers)


def _found(kit: _Kit, reader: "BatchProofReader", at: int, name: str, data: bytes) -> "tuple[tuple[Remark, ...] | None, Diagnostic | None]":
    """What the proof-reader finds in a document; or why nobody knows: it is written all the same."""
    kind = "docx" if kit.kind == "pdf" else kit.kind
    try:
        return reader.over(data, name, kind), None
    except Rejected as refused:
        return None, refused.diagnostics[0]._replace(place=kit.table.place(at), level=WARNING)
    except Exception as error:
        return None, Diagnostic(f"drafter 自己出了错，这一份没有校对：{error!r}", kit.table.place(at), level=WARNING, code="internal-error")


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
