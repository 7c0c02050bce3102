"""`drafter batch`: documents of outlines for every row of a table. What is wrong with a row keeps no other from being written;
what was begun is gone on with."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.commands.batch.conversation import agreed, asked_of_near, not_asked, told_apart
from drafter.commands.batch.failing import NAME, Corrected, corrected, digest_of, failures_csv, put
from drafter.commands.batch.ledger import BatchLedger, noted
from drafter.commands.batch.plan import HeldTable, as_said, looked_at, planned
from drafter.commands.batch.putting import BatchFolder
from drafter.commands.batch.request import BatchRequest, kind_of_batch, place_of_batch
from drafter.commands.batch.result import BatchFailure, BatchHead, BatchResult
from drafter.commands.batch.running import BatchRun, Heard
from drafter.commands.batch.standing import Doing, FolderFound, doing, standing
from drafter.commands.named import Shard, shard_of
from drafter.commands.next_step import given
from drafter.commands.no_effect import without_effect
from drafter.commands.opening import moment
from drafter.commands.patterns import patterns_remembered
from drafter.commands.tables import open_table
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from drafter.commands.batch.proofreading import BatchProofReader

__all__ = ["BatchFailure", "BatchHead", "BatchRequest", "BatchResult", "batch"]

#: Hears what there is to say before anything is written.
Told = Callable[[BatchHead], object]


def batch(
    request: BatchRequest,
    told: Told = lambda head: None,
    heard: Heard = lambda done, of, failed: None,
    executor: "Executor | None" = None,
) -> BatchResult:
    """Documents of every row of a table that is wanted, made by an `executor` of any kind, else by processes. Raises Rejected, with nothing written, for what is wrong with the command,
    the table as a whole or the outlines; KeyboardInterrupt where somebody does not go on before anything is written."""
    kind = kind_of_batch(request)
    output = place_of_batch(request, kind)
    share = shard_of(request.shard)
    before = standing(output.parent if request.one_file else output, _share(share))
    again = before.ledger.moment if request.resume and not request.date else None
    now = again or moment(request.date)
    table = corrected(open_table(Path(request.table), request.sheet))
    request, found = _looked_at(request, table, kind, now)
    plan = planned(found, kind, before.of_others(table), request.one_file)
    if request.one_file:
        from drafter.commands.saving import check

        check(output, force=request.force, inputs=[Path(request.table)])
        todo = Doing(plan.rows, frozenset(), {}, frozenset(), {})
    else:
        told_apart(plan, request.name)
        plan = plan.of_share(share)
        todo = doing(before, plan, request, now)
    head = BatchHead(
        table=request.table,
        output=str(output),
        rows=len(table.table.rows),
        wanted=plan.wanted,
        documents=sum(len(row.outlines) for row in todo.rows),
        done_before=sum(len(row.files) for row in plan.rows if row.number in todo.done),
        columns=plan.columns,
        same=plan.same,
        remarks=(*plan.remarks, *todo.remarks, *_idle(request)),
    )
    told(head)
    if request.interactive and not request.dry_run:
        agreed(plan, str(output))
    run = BatchRun(plan, todo.rows, executor or request.jobs, heard, _reader(request, output, todo))
    with patterns_remembered() if request.check else nullcontext():
        _carried_out(run, todo, output, now, request)
    return _result(request, head, run, found, before)


def _carried_out(run: BatchRun, todo: Doing, output: Path, now: datetime, request: BatchRequest) -> None:
    """Every document made, and written where it belongs."""
    if request.dry_run:
        for row, done in run.made():
            run.wrote(row, done, [str(output / name) for name in row.files] or [str(output)] * len(done.papers))
    elif request.one_file:
        from drafter.commands.batch.one_file import in_one

        in_one(run, output, now, request)
    else:
        _to_folder(run, todo, output, now, request)


def _reader(request: BatchRequest, output: Path, todo: Doing) -> "BatchProofReader | None":
    """The proof-reader, where it is wanted. Raises Rejected."""
    if not request.check:
        return None
    from drafter.commands.batch.proofreading import batch_proof_reader

    return batch_proof_reader(output.parent if request.one_file else output, [name for row in todo.rows for name in row.files])


def _looked_at(request: BatchRequest, table: Corrected, kind: str, now: datetime) -> tuple[BatchRequest, HeldTable]:
    """A table held against its outlines, and the request with what was said on the terminal of columns that are only near to
    blanks. Raises Rejected where nobody is there to say it."""
    found = looked_at(request, table, kind, now)
    if found.columns.near:
        if not request.interactive:
            raise not_asked(request.table, found.columns)
        request = request._replace(maps=(*request.maps, *asked_of_near(found.columns)))
        found = looked_at(request, table, kind, now)
    return request, found


def _share(share: Shard | None) -> str:
    """What the files have in their names that only this machine writes: two may write into one folder."""
    return f"-{share.number}-{share.of}" if share else ""


def _idle(request: BatchRequest) -> tuple[Diagnostic, ...]:
    """What there is to say of options that do nothing."""
    if not request.one_file:
        return ()
    options = ((request.name, "--name"), (request.plain, "--plain"), (request.without_comments, "--no-comments"))
    return without_effect("合成的是一个文件，里面没有控件和批注", options)


def _to_folder(run: BatchRun, todo: Doing, output: Path, now: datetime, request: BatchRequest) -> None:
    """Every document to its file. Ctrl-C leaves what is written, whole; so does a full disk, for which Rejected is raised."""
    from drafter.commands.saving import folder_made

    folder_made(output / "_", "换个地方：-o 别的文件夹/")
    ledger = BatchLedger(output, request.table, now, todo.parts, _share(shard_of(request.shard)))
    folder = BatchFolder(output, ledger, request.force, todo.unsure)

    def give_names() -> None:
        for number, problem in folder.give_names().items():
            run.did_not_write(number, problem)

    try:
        try:
            for row, done in run.made():
                papers = (paper.data for paper in done.papers)
                folder.add(row.number, todo.keys[row.number], dict(zip(row.files, papers, strict=True)))
                run.wrote(row, done, [str(output / name) for name in row.files])
                if folder.full:
                    give_names()
        except KeyboardInterrupt:
            give_names()
            if not run.files:
                raise
            return
        give_names()
    except Rejected as refused:
        give_names()  # to those that are whole
        told = f"写好了 {len(run.files):,} 行，还差 {run.left:,} 行。"
        rest = Diagnostic(told, None, "接着写：同样的命令，加 --resume。", code="batch-cut-short")
        raise Rejected(*refused.diagnostics, rest, exit_code=refused.exit_code) from None
    finally:
        folder.drop()
        ledger.close()


def _result(request: BatchRequest, head: BatchHead, run: BatchRun, found: HeldTable, before: FolderFound) -> BatchResult:
    output = Path(head.output)
    failures = tuple(sorted(run.failures, key=lambda one: one.row))
    file = ""
    remarks = [*run.remarks]
    if not request.dry_run:
        beside = output.parent if request.one_file else output
        all_again = request.resume and not (request.rows or request.where or run.left)  # what failed before has been tried again
        share = _share(shard_of(request.shard))
        file = put(beside / NAME.format(share), _failures(run, found), before.ledger.failures if all_again else "")
        if file and not request.one_file:
            noted(output, digest_of(Path(file).read_bytes()), share)
    if found.corrected.again and not (request.dry_run or run.left or failures):
        told = "这些行都写好了，这个文件可以删掉了。"
        remarks.append(Diagnostic(told, Place(request.table), "", level=WARNING, code="failures-done"))
    return BatchResult(
        head=head,
        files=run.documents,
        failures=failures,
        failures_file=file,
        blanks=run.blanks,
        remarks=tuple(remarks),
        left=run.left,
        dry_run=request.dry_run,
        one_file=head.output if request.one_file and run.files and not request.dry_run else "",
        again=_again(request, output),
        checked=run.checked,
        chosen=given(sheet=request.sheet, where=request.where, rows=request.rows, shard=request.shard, jobs=request.jobs, force=request.force),
    )


def _failures(run: BatchRun, found: HeldTable) -> bytes:
    """The file of failures, b"" where there are none."""
    rows = {found.corrected.number(row): row._replace(cells=as_said(found, row)) for row in found.rows} if run.failures else {}
    return failures_csv(run.failures, rows, found.table.columns) if run.failures else b""


def _again(request: BatchRequest, output: Path) -> tuple[str, ...]:
    """The options with which the same is done for another table; another file where all are in one."""
    from drafter.commands.saving import free_of

    return (
        *(word for name in request.outlines for word in ("--outline", name)),
        *("-o", str(free_of(output)) if request.one_file else request.output or str(output)),
        *given(
            name=request.name, map=request.maps, template=request.template, to=request.to, set=request.sets, answers=request.answers,
            pick=",".join(request.choice.names), headings=request.choice.form, brief=request.choice.brief, date=request.date,
            plain=request.plain, no_comments=request.without_comments, strict=request.strict, one_file=request.one_file,
            check=request.check,
        ),
    )  # fmt: skip
