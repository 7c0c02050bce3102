"""What stands in the folder already: what an ended run has written, what was changed since, what is somebody else's."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from drafter.commands.batch.failing import Corrected
from drafter.commands.batch.ledger import LedgerRead, key_of, parts_of, read_ledger
from drafter.commands.batch.names import folded
from drafter.commands.batch.plan import BatchPlan, PlannedRow
from drafter.commands.batch.request import BatchRequest
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected

#: So many rows or files are named, of what there may be many.
_SHOWN = 8


class FolderFound(NamedTuple):
    """A folder before it is written to: what its ledger says, and the names that are in it, as file systems compare them. `parts`
    are digests of what all documents are made of now."""

    folder: Path
    ledger: LedgerRead
    there: frozenset[str]

    def of_others(self, table: Corrected) -> tuple[str, ...]:
        """The files that rows of another table have, where this one has its rows from that."""
        if not table.again:
            return ()
        own = {table.number(row) for row in table.table.rows}
        return tuple(
            name for name, one in self.ledger.files.items() if one.wrote and one.row not in own and folded(name) in self.there
        )


class Doing(NamedTuple):
    """What is to be done in a folder: the rows that are not written yet, the digest of each, files of which nobody knows how
    much of them is there; digests of what all documents are made of."""

    rows: tuple[PlannedRow, ...]
    done: frozenset[int]
    keys: Mapping[int, str]
    unsure: frozenset[str]
    parts: Mapping[str, str]
    remarks: tuple[Diagnostic, ...] = ()


def standing(folder: Path, share: str = "") -> FolderFound:
    """What is in a folder; nothing where it is not there. `share` is the part of the work that is done here ("-3-8")."""
    names: list[str] = []
    with suppress(OSError):
        names = os.listdir(folder)
    return FolderFound(folder, read_ledger(folder, share), frozenset(map(folded, names)))


def doing(found: FolderFound, plan: BatchPlan, request: BatchRequest, now: datetime) -> Doing:
    """What is left to do. Raises Rejected where a file is in the way, or where `--resume` finds another table or outline than
    before."""
    how = next(iter(plan.prepared.values())).how
    more = {
        "写成哪一种（--to、--plain、--no-comments、--strict）": f"{plan.kind} {how.plain} {how.comments} {how.strict}",
        "文件名（--name）": request.name.strip(),
        "日期（--date）": now.date().isoformat(),
    }
    parts = parts_of(plan.prepared.values(), more)
    keys = {row.number: key_of(row.outlines, row.sets) for row in plan.rows}
    if not request.resume:
        _free(found, plan, request)
        return Doing(plan.rows, frozenset(), keys, frozenset(), parts)
    before = found.ledger
    if before.moment and not request.force:
        _the_same(before, parts)
    done, changed, unsure, strange = set(), [], set(), []
    for row in plan.rows:
        entries = [(name, before.files.get(name), folded(name) in found.there) for name in row.files]
        if all(there and one and one.wrote and one.key == keys[row.number] for _, one, there in entries):
            done.add(row.number)
        for name, one, there in entries:
            if there and one is None:
                strange.append(name)
            elif there and one and one.wrote and one.key != keys[row.number]:
                changed.append(row.number)
            elif there and one:
                unsure.add(name)
    if strange and not request.force:
        raise Rejected(_in_the_way(found.folder, strange, "这些不是上次写的。挪走，或者换个文件夹：-o；要覆盖：--force"))
    if changed and not request.force:
        told = f"这 {len(changed)} 行写过以后，表里又改了：第 {_listed([*map(str, changed)])} 行。"
        hint = "要照现在的表重写这几份（在 Word 里改过的就没有了）：加 --force；不重写，就把表改回去，或者用 --rows 只写别的行。"
        raise Rejected(Diagnostic(told, Place(request.table), hint, code="batch-changed"))
    rest = tuple(row for row in plan.rows if row.number not in done)
    return Doing(rest, frozenset(done), keys, frozenset(unsure), parts, _left_over(found, plan, request))


def _free(found: FolderFound, plan: BatchPlan, request: BatchRequest) -> None:
    """Raises Rejected where a file that is to be written is there already."""
    if request.force:
        return
    there = [name for row in plan.rows for name in row.files if folded(name) in found.there]
    if there:
        went_on = "接着上次没写完的写：--resume；" if found.ledger.moment else ""
        raise Rejected(_in_the_way(found.folder, there, f"{went_on}换个文件夹：-o；要覆盖：--force"))


def _in_the_way(folder: Path, names: list[str], hint: str) -> Diagnostic:
    told = f"已经有 {len(names)} 个同名的文件，没有动它们：{_listed(names)}。"
    return Diagnostic(told, Place(str(folder)), hint, code="file-exists")


def _the_same(before: LedgerRead, parts: Mapping[str, str]) -> None:
    """Raises Rejected where documents would be made of something else than those of the last run."""
    other = [name for name, digest in parts.items() if before.parts.get(name, digest) != digest]
    other += [name for name in parts if name not in before.parts and name.startswith(("提纲", "模板"))]
    if other:
        told = f"从上次到现在改了：{'、'.join(dict.fromkeys(other))}。接着写，前后就不一样了。"
        hint = "改回去再 --resume；或者换个文件夹从头写：-o；要用新的把写好的也重写一遍：--force（不加 --resume）。"
        raise Rejected(Diagnostic(told, None, hint, code="batch-changed"))


def _left_over(found: FolderFound, plan: BatchPlan, request: BatchRequest) -> tuple[Diagnostic, ...]:
    """That files are there of rows that are no more in the table."""
    if request.rows or request.where or request.shard or Path(found.ledger.table).name != Path(request.table).name:
        return ()
    ours = {folded(name) for row in plan.rows for name in row.files}
    old = [name for name, one in found.ledger.files.items() if one.wrote and folded(name) in found.there and folded(name) not in ours]
    if not old:
        return ()
    told = f"文件夹里有 {len(old)} 份，现在的表里没有这一行了：{_listed(old)}。"
    return (Diagnostic(told, Place(str(found.folder)), "不要的请自己删掉。", level=WARNING, code="batch-left-over"),)


def _listed(names: list[str]) -> str:
    return "、".join(names[:_SHOWN]) + (" 等" if len(names) > _SHOWN else "")
