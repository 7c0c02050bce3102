"""What a table is."""

from collections.abc import Mapping
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place


class SheetRow(NamedTuple):
    """A row with anything in it: its number as the sheet shows it, from 1, and its cells by column; "" for an empty one."""

    number: int
    cells: Mapping[str, str | list[str]]


class SheetTable(NamedTuple):
    """A table. `file` is what the file is called, `sheet` the sheet it stands on, "" where a file has none; `letters` says
    where the sheet has a column ("C"), and has nothing for a file without letters."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    remarks: tuple[Diagnostic, ...] = ()
    sheet: str = ""
    letters: Mapping[str, str] = {}

    def place(self, number: int, column: str = "") -> Place:
        """Where a cell stands, or a whole row, as the sheet names it."""
        letter = self.letters.get(column, "")
        said = f"第 {number} 行" + f"“{column}”列" * bool(column) + f"（{letter}{number}）" * bool(letter)
        return Place(self.file, number, said=said)
