"""The looks of an .xls, of which calamine tells values only: formats of numbers, errors, hidden rows, what is merged.

xlrd reads them. A file it does not understand has no looks (`held` is None): its numbers are read plain, which is told.
"""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import TYPE_CHECKING

from drafter.diagnostic import Diagnostic
from drafter.readers.sheet.formats import BUILT_IN
from drafter.readers.sheet.looks import NO_FORMAT, CellLooks
from drafter.readers.sheet.table import error

if TYPE_CHECKING:
    from xlrd.book import Book

#: A format of this number and above is one of the file's own.
_OWN = 164


def of_xls(data: bytes, _: str) -> Callable[[str], CellLooks]:
    """CellLooks through an .xls; what is given back looks at one of its sheets."""
    import xlrd

    try:
        book: Book = xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=True, on_demand=True)
    except Exception:  # of a damaged file anything may come: xlrd guards no length it reads
        return lambda _: CellLooks()

    def look(sheet: str) -> CellLooks:
        try:
            return _looks(book, sheet)
        except Exception:
            return CellLooks()

    return look


def _looks(book: Book, name: str) -> CellLooks:
    from xlrd.biffh import XL_CELL_BLANK, XL_CELL_EMPTY, XL_CELL_ERROR, error_text_from_code

    sheet = book.sheet_by_name(name)
    codes = [_code(book, n) for n in range(len(book.xf_list))]
    formats: dict[tuple[int, int], str] = {}
    shown: dict[tuple[int, int], str] = {}
    faults: dict[tuple[int, int], Diagnostic] = {}
    held = 0
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind in (XL_CELL_EMPTY, XL_CELL_BLANK):
                continue
            held += 1
            if kind == XL_CELL_ERROR:
                word = error_text_from_code.get(int(sheet.cell_value(row, column)), "#N/A")
                shown[row, column], faults[row, column] = word, error(word)
            elif code := codes[sheet.cell_xf_index(row, column)]:
                formats[row, column] = code
    return CellLooks(
        formats=formats,
        shown=shown,
        faults=faults,
        merged=tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        hidden=frozenset(row for row, about in sheet.rowinfo_map.items() if about.hidden),
        hidden_columns=frozenset(column for column, about in sheet.colinfo_map.items() if about.hidden),
        since_1904=book.datemode == 1,
        held=held,
    )


def _code(book: Book, style: int) -> str:
    """The format of a style, "" for none. Numbers below those of the file's own are those of every Excel."""
    number = book.xf_list[style].format_key
    own = book.format_map.get(number)
    code = BUILT_IN.get(number, "") if number < _OWN and number in BUILT_IN else own.format_str if own else ""
    return "" if code.lower() in NO_FORMAT else code
