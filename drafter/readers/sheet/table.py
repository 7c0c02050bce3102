"""What a table is, and the cells of a sheet before anybody knows which row is its heading."""

from collections.abc import Mapping
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place


class SheetRow(NamedTuple):
    """A row with anything in it: its number as the sheet shows it, from 1, and its cells by column, "" for an empty
    one. `faults` are the cells that do not say what they should (#N/A, a formula nobody has worked out), by column,
    "" for the row as a whole; what uses such a cell should refuse the row with it."""

    number: int
    cells: Mapping[str, str | list[str]]
    faults: Mapping[str, Diagnostic] = {}


class SheetTable(NamedTuple):
    """A table. `file` is what the file is called, `sheet` the sheet it stands on, "" where a file has none;
    `letters` says where the sheet has a column ("C"), and has nothing for a file without letters. `counted` is what
    its rows are called: 行, or 条 where a file has no rows."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    remarks: tuple[Diagnostic, ...] = ()
    sheet: str = ""
    letters: Mapping[str, str] = {}
    counted: str = "行"

    def place(self, number: int, column: str = "") -> Place:
        """Where a cell stands, or a whole row, as the sheet names it."""
        return cell_place(self.file, number, column, self.letters.get(column, ""), self.counted)


def error(word: str) -> Diagnostic:
    """What is wrong with a cell that shows an error."""
    return Diagnostic(f"单元格里是错误值 {word[:20]}。", None, "在表里改好公式，或者直接写上内容。", code="cell-error")


#: The column of a fault that is its whole row's: it has more cells than the heading.
TOO_LONG = -1


class Cells(NamedTuple):
    """The cells of a sheet from A1 on, "" for an empty one; rows may be of any length. `merged` are first row, first
    column, last row, last column; `hidden` the rows and `hidden_columns` the columns nobody sees; `cut` are numbers
    with more digits than a sheet keeps, `doubts` those that are shown in a way that is not known, with their formats; `faults`
    have no place yet. All count from 0."""

    rows: list[list[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], Diagnostic] = {}
    cut: frozenset[tuple[int, int]] = frozenset()
    doubts: Mapping[tuple[int, int], str] = {}


def cell_place(file: str, number: int, column: str = "", letter: str = "", counted: str = "行") -> Place:
    """Where a cell stands: 名单.xlsx 第 7 行“县区”列（C7）."""
    said = f"第 {number} {counted}" + f"“{column}”列" * bool(column) + f"（{letter}{number}）" * bool(letter)
    return Place(file, number, said=said)


def letters(at: int) -> str:
    """What a sheet calls its column: 0 → A, 27 → AB."""
    out = ""
    while at >= 0:
        at, n = divmod(at, 26)
        out = chr(65 + n) + out
        at -= 1
    return out
