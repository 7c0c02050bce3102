"""失败.csv: the rows that nothing was written of, as they are in the table, with why; put right, it is a table again."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from drafter.commands.batch.result import BatchFailure
from drafter.readers.sheet.table import SheetRow, SheetTable

#: What the file is called, behind whose name stands the share of a machine; its first columns: the row, the columns to put right, why.
NAME = "失败{}.csv"
ROW, COLUMN, WHY = "行", "列", "原因"
_FIRST = (ROW, COLUMN, WHY)


class Corrected(NamedTuple):
    """A table; where it is one of failures that somebody has put right, without the columns that say what failed. `numbers`
    are then those its rows had in the table they came from, by their numbers here."""

    table: SheetTable
    numbers: Mapping[int, int] = {}

    @property
    def again(self) -> bool:
        """Whether it is one of failures."""
        return bool(self.numbers)

    def number(self, row: SheetRow) -> int:
        """The number a row is told by."""
        return self.numbers.get(row.number, row.number)


def corrected(table: SheetTable) -> Corrected:
    """A table, whether or not it is one of failures: such a one begins with the three columns."""
    if tuple(table.columns[:3]) != _FIRST:
        return Corrected(table)
    numbers = {row.number: int(said) for row in table.rows if (said := str(row.cells[ROW]).strip()).isdecimal()}
    own = table.columns[3:]
    rows = tuple(row._replace(cells={column: row.cells[column] for column in own}) for row in table.rows)
    return Corrected(table._replace(columns=own, rows=tuple(row for row in rows if any(row.cells.values()))), numbers)


def failures_csv(failures: Iterable[BatchFailure], rows: Mapping[int, SheetRow], columns: Sequence[str]) -> bytes:
    """The file: its heading, and a row for each failure."""
    from drafter.writers.table import as_csv

    out = []
    for failure in sorted(failures, key=lambda one: one.row):
        cells = rows[failure.row].cells
        own = [said if isinstance(said := cells[column], str) else "、".join(said) for column in columns]
        out.append([str(failure.row), "、".join(failure.columns), failure.reason, *own])
    return as_csv([*_FIRST, *columns], out)


def put(target: Path, data: bytes, ours: str) -> str:
    """The file written: its path. One that is there is written over only where its digest is `ours`: what somebody may have put
    right stays, and the new one has a number. No `data`: one that is ours goes away. Raises Rejected."""
    from drafter.commands.saving import free, save

    there = target.read_bytes() if target.is_file() else None
    if not data:
        if there is not None and digest_of(there) == ours:
            target.unlink()
        return ""
    if there == data:
        return str(target)
    if there is not None and digest_of(there) != ours:
        target = free(target)
    save(target, data, force=there is not None and digest_of(there) == ours)
    return str(target)


def digest_of(data: bytes) -> str:
    """A digest of a file of failures."""
    return sha256(data).hexdigest()[:24]
