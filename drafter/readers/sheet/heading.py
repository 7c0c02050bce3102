"""Which rows of a sheet are its heading, and the table below it."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.readers.sheet.table import SheetRow, SheetTable


def table_of(rows: Sequence[Sequence[str]], name: str, sheet: str = "") -> SheetTable:
    """The table in the cells of a sheet, from its first row and column. Raises Rejected where there is none."""
    head = next((n for n, row in enumerate(rows) if any(row)), None)
    if head is None:
        raise Rejected(Diagnostic("表里什么也没有。", Place(name), code="table-empty"))
    names: list[str] = []
    columns: dict[int, str] = {}
    twice: list[str] = []
    for at, cell in enumerate(rows[head]):
        word = "".join(cell.split())
        if not word:
            continue
        if word in names:
            twice.append(word)
            word = next(f"{word}{n}" for n in range(2, len(rows[head]) + 2) if f"{word}{n}" not in names)
        names.append(word)
        columns[at] = word
    body = tuple(
        SheetRow(number, {word: row[at] if at < len(row) else "" for at, word in columns.items()})
        for number, row in enumerate(rows[head + 1 :], head + 2)
        if any(row)
    )
    told = f"表头里有两个“{'”“'.join(twice)}”，后面的一个叫“{'”“'.join(word + '2' for word in twice)}”。"
    remarks = (Diagnostic(told, Place(name), level=WARNING, code="column-twice"),) * bool(twice)
    return SheetTable(name, tuple(names), body, remarks, sheet, {word: letters(at) for at, word in columns.items()})


def letters(at: int) -> str:
    """What a sheet calls its column: 0 → A, 27 → AB."""
    out = ""
    while at >= 0:
        at, n = divmod(at, 26)
        out = chr(65 + n) + out
        at -= 1
    return out
