"""Tables of text to files: .xlsx and .csv, which Excel and WPS open as they are.

Nothing that stands in a cell is worked out by a program that opens the file, whoever wrote it there (a formula in a name,
=HYPERLINK(…)), and no code loses its zeros: in an .xlsx every cell is text, in a .csv what would be taken for something
else is marked. `drafter.readers.sheet` reads both back as they were.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from drafter.diagnostic import columns as wide
from drafter.word.sheet import Column, SheetWritten, write_book

#: Widths of a column (characters): the narrowest and the widest.
_NARROW, _WIDE = 8, 48

#: What Excel works out: it begins so and is no plain number.
_FORMULA = re.compile(r"[=@\t\r＝＋－＠]|[+\-](?![0-9]*\.?[0-9]+%?$)")

#: What Excel makes something else of: a code with zeros, figures it has no room for, what looks like a day or a power of ten.
_ALTERED = re.compile(
    r"0[0-9]+|[0-9]{12,}|[0-9]{1,4}[-/][0-9]{1,2}|[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{1,4}|[0-9.]+[eE][-+]?[0-9]+|(?i:true|false)"
)


class TableWritten(NamedTuple):
    """A table to be written: what its sheet is called, its columns, and its rows, a text for each column."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def as_xlsx(tables: Sequence[TableWritten], now: datetime) -> bytes:
    """The tables, a sheet each, the heading in the first row."""
    names = sheet_names([table.name for table in tables])
    return write_book(
        [SheetWritten(name, "", _columns(table), table.rows) for name, table in zip(names, tables, strict=True)], now
    )


def _columns(table: TableWritten) -> list[Column]:
    """The columns, as wide as most of what stands in them."""
    out = []
    for n, heading in enumerate(table.columns):
        held = sorted(max(map(wide, row[n].split("\n"))) for row in table.rows)
        usual = held[len(held) * 9 // 10] if held else 0
        out.append(Column(heading, float(min(_WIDE, max(_NARROW, wide(heading) * 1.25 + 2, usual * 1.25 + 2)))))
    return out


def sheet_names(names: Sequence[str]) -> list[str]:
    """Names a workbook may have, each another: no more than 31 characters, none of []:*?/\\."""
    out: list[str] = []
    for name in names:
        bare = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "", name).strip(" '")[:31] or "表"
        free, n = bare, 2
        while free.casefold() in {one.casefold() for one in out}:
            free, n = f"{bare[: 30 - len(str(n))]}-{n}", n + 1
        out.append(free)
    return out


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table as Excel opens it on a double click: UTF-8 with its mark, lines ended as Windows ends them."""
    lines = [",".join(_quoted(_kept(cell)) for cell in row) for row in (columns, *rows)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode(errors="replace")


def _kept(cell: str) -> str:
    """A cell that Excel shows as it is, and that is no formula. A tab behind a code is not seen, and keeps it a text."""
    if _ALTERED.fullmatch(cell):
        return cell + "\t"
    return f"'{cell}" if _FORMULA.match(cell) or re.match(r"'[=+\-@\t\r＝＋－＠]", cell) else cell


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[",\n\r\t;|]|^ | $', cell) else cell
