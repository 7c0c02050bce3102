"""Workbooks (.xlsx .xls .ods .et): values through calamine, looks through `drafter.readers.sheet.looks`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, nearest, printable
from drafter.readers.sheet.formats import day, is_day, moment, plain
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.looks import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, CellLooks, of_ods, of_xlsx, too_many
from drafter.readers.sheet.table import Cells, SheetTable, error
from drafter.readers.sheet.values import NO, YES, loses_digits, said, words

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_AGAIN = "在 Excel 或 WPS 里打开，另存为 .xlsx，再用。"


def read(data: bytes, name: str, kind: str, sheet: str = "") -> SheetTable:
    """The table on a sheet of a workbook; `kind` is xlsx, xls or ods, as its bytes say. Raises Rejected."""
    look = {"xlsx": of_xlsx, "ods": of_ods}.get(kind, _unseen)(data, name)
    import python_calamine as calamine

    if kind == "xls":  # calamine panics where the last of its sectors of 512 bytes is cut off
        data += bytes(-len(data) % 512)
    broken = Diagnostic("这个表格坏了，读不了。", Place(name), _AGAIN, code="table-unreadable")
    try:
        book = calamine.load_workbook(BytesIO(data))
        return _read(book, name, sheet, cache(look))
    except calamine.PasswordError:
        raise Rejected(locked(name)) from None
    except (calamine.CalamineError, OSError, ValueError, MemoryError):
        raise Rejected(broken) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of its Rust, and no Exception
            raise
        raise Rejected(broken) from None


def _unseen(_: bytes, __: str) -> Callable[[str], CellLooks]:
    return lambda _: CellLooks()


def locked(name: str) -> Diagnostic:
    """That a workbook cannot be opened without its password."""
    hint = "在 Excel 里打开，“文件→信息→保护工作簿→用密码进行加密”，把密码删空，再保存。"
    return Diagnostic("文件加了打开密码。", Place(name), hint, code="table-locked")


def _read(book: CalamineWorkbook, name: str, sheet: str, look: Callable[[str], CellLooks]) -> SheetTable:
    chosen = _chosen(book, name, sheet, look)
    looks = look(chosen)
    found = book.get_sheet_by_name(chosen)
    end = found.end or (0, 0)
    if end[0] >= MAX_ROWS + 100 or end[1] >= MAX_COLUMNS or (end[0] + 1) * (end[1] + 1) > 8 * MAX_CELLS:
        far = f"写到了第 {end[0] + 1:,} 行第 {end[1] + 1:,} 列，最多 {MAX_ROWS:,} 行、{MAX_COLUMNS:,} 列"
        raise too_many(name, far)
    values = found.to_python(False)
    rows = [[_cell(value, r, c, looks) for c, value in enumerate(row)] for r, row in enumerate(values)]
    numbers = [(r, c) for r, row in enumerate(values) for c, value in enumerate(row) if isinstance(value, int | float)]
    endless = {(r, c): error(rows[r][c]) for r, c in numbers if rows[r][c].lstrip("-") in ("NaN", "Infinity")}
    cut = frozenset((r, c) for r, c in numbers if loses_digits(rows[r][c]))
    spans = tuple((r, c, to_r, to_c) for (r, c), (to_r, to_c) in found.merged_cell_ranges or ())
    cells = Cells(rows, looks.merged or spans, looks.hidden, looks.hidden_columns, {**looks.faults, **endless}, cut)
    table = table_of(cells, name, chosen)
    if looks.held is None and any(not isinstance(values[r][c], bool) for r, c in numbers):
        told = "老格式（.xls）里的数字读不出样式：编号前面的 0、百分号会没有，#N/A 会成为空的。"
        remark = Diagnostic(
            told,
            Place(name),
            "有这样的列，就在 Excel 或 WPS 里另存为 .xlsx 再用。",
            level=WARNING,
            code="formats-unknown",
        )
        return table._replace(remarks=(remark, *table.remarks))
    return table


def _cell(value: object, row: int, column: int, looks: CellLooks) -> str:
    """What a cell says."""
    if (row, column) in looks.faults:
        return looks.shown.get((row, column), "")
    if isinstance(value, str) and (row, column) not in looks.shown:
        return words(value) if value else ""
    if isinstance(value, bool):
        return YES if value else NO
    if shown := looks.shown.get((row, column)):
        return _meant(shown, value)
    code = looks.formats.get((row, column), "")
    if code and isinstance(value, int | float) and is_day(code):
        at = moment(float(value), looks.since_1904)
        return day(at, code) if at else plain(float(value))
    return said(value, code)


def _meant(shown: str, value: object) -> str:
    """What a number means that looks so: without what is only for the eye."""
    if shown in ("TRUE", "FALSE"):
        return YES if shown == "TRUE" else NO
    bare = shown.replace(",", "")
    if not isinstance(value, int | float):
        return words(shown)
    if re.fullmatch(r"-?\d(?:\.\d+)?E[+-]\d+|-?(?:\d+ )?\d+/\d+|\(.*\)", bare) or not re.search(r"\d", bare):
        return plain(float(value))
    found = re.search(r"\d+\.\d+", bare)
    if found:
        bare = bare.replace(found[0], found[0].rstrip("0").rstrip("."))
    return bare


def _chosen(book: CalamineWorkbook, name: str, sheet: str, look: Callable[[str], CellLooks]) -> str:
    """The sheet that is meant: the one named, else the only one that is seen and has anything on it. Raises
    Rejected."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    kinds = book.sheets_metadata
    tables = [one.name for one in kinds if one.typ == SheetTypeEnum.WorkSheet]
    if sheet:
        meant = [one for one in tables if one == sheet or one.strip() == sheet.strip()]
        if not meant and sheet.isdecimal() and 0 < int(sheet[:6]) <= len(tables):
            meant = [tables[int(sheet[:6]) - 1]]
        if not meant:
            hint = f"有：{_named(tables)}。{nearest(sheet, tables)}"
            raise Rejected(Diagnostic(f"没有“{printable(sheet)}”这张工作表。", Place(name), hint, code="sheet-unknown"))
        return meant[0]
    seen = [one.name for one in kinds if one.name in tables and one.visible == SheetVisibleEnum.Visible]
    if len(seen) > 1:
        full = [one for one in seen if _has_anything(book, one, look(one))]
        if len(full) > 1:
            hint = f"有：{_named(full)}。写上要用哪一张，例如 --sheet {printable(full[0])}"
            raise Rejected(Diagnostic(f"里面有 {len(full)} 张工作表。", Place(name), hint, code="sheet-needed"))
        seen = full or seen
    if not seen:
        hint = f"有：{_named(tables)}。取消隐藏，或者用 --sheet 写明。" if tables else _AGAIN
        raise Rejected(Diagnostic("里面没有看得见的工作表。", Place(name), hint, code="table-empty"))
    return seen[0]


def _named(names: Sequence[str]) -> str:
    return "、".join(printable(one) for one in names[:10]) + ("等" if len(names) > 10 else "")


def _has_anything(book: CalamineWorkbook, sheet: str, looks: CellLooks) -> bool:
    if looks.held is not None:
        return looks.held > 0
    found = book.get_sheet_by_name(sheet)
    return any(
        (isinstance(value, str) and value.strip()) or not isinstance(value, str)
        for row in found.iter_rows()
        for value in row
    )
