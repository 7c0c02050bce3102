"""失败.csv: the rows that nothing was written of, as they are in the table, with why; put right, it is a table again."""

import csv
import io
import re
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
    rows = tuple(SheetRow(row.number, {column: _as_it_was(row.cells[column]) for column in own}) for row in table.rows)
    return Corrected(table._replace(columns=own, rows=tuple(row for row in rows if any(row.cells.values()))), numbers)


def failures_csv(failures: Iterable[BatchFailure], rows: Mapping[int, SheetRow], columns: Sequence[str]) -> bytes:
    """The file: its heading, and a row for each failure. Excel opens it as UTF-8 by its first character."""
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\r\n")
    written.writerow([*_FIRST, *columns])
    for failure in sorted(failures, key=lambda one: one.row):
        cells = rows[failure.row].cells
        own = (cells[column] for column in columns)
        kept = [_kept(said if isinstance(said, str) else "、".join(said)) for said in own]
        written.writerow([failure.row, _kept("、".join(failure.columns)), _kept(failure.reason), *kept])
    return ("\ufeff" + out.getvalue()).encode(errors="replace")


#: What Excel would make something else of when it opens a .csv: a code with zeros, figures it has no room for, a day.
_ALTERED = re.compile(r"0[0-9]+|[0-9]{12,}|[0-9]{1,4}[-/][0-9]{1,2}(?:[-/][0-9]{1,4})?|[0-9.]+[eE][-+]?[0-9]+|(?i:true|false)")

#: What Excel would work out.
_FORMULA = re.compile(r"[=+\-@\t\r](?![0-9.,]*$)")


def _kept(cell: str) -> str:
    """A cell that Excel shows and saves as it is, and that is no formula of somebody else's."""
    if _ALTERED.fullmatch(cell) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        return f'="{cell}"'
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _as_it_was(cell: str | list[str]) -> str | list[str]:
    """The same read back, whether or not Excel has saved it."""
    if isinstance(cell, str) and (found := re.fullmatch(r'="([^"]*)"', cell)):
        return found[1]
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell


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
