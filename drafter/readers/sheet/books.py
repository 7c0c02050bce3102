"""Workbooks (.xlsx .xls .ods .et): values through calamine, looks through `drafter.readers.sheet.looks`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, nearest, printable
from drafter.readers.sheet.formats import ShownCell, day, is_day, is_elapsed, moment, plain, shown_cell
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.looks import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, CellLooks, of_ods, of_xlsx, too_many
from drafter.readers.sheet.old_looks import of_xls
from drafter.readers.sheet.shown import as_shown, general, text_as_shown
from drafter.readers.sheet.table import Cells, SheetTable, error, letters
from drafter.readers.sheet.values import BELOW, NO, YES, loses_digits, meant_by, said, words

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

#: The day from which a workbook counts.
_FIRST = datetime(1899, 12, 30)

#: A day of which only the month is shown.
_ONLY_MONTH = re.compile(r"\d{4}年\d{1,2}月")

_AGAIN = "在 Excel 或 WPS 里打开，另存为 .xlsx，再用。"


def read(data: bytes, name: str, kind: str, sheet: str = "") -> SheetTable:
    """The table on a sheet of a workbook; `kind` is xlsx, xls or ods, as its bytes say. Raises Rejected."""
    look = {"xlsx": of_xlsx, "ods": of_ods, "xls": of_xls}[kind](data, name)
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
    try:
        values = found.to_python(False)
    except OverflowError:
        raise Rejected(_endless(looks, name)) from None
    faulty = {r for r, _ in looks.faults}
    full = [(r, row) for r, row in enumerate(values) if row.count("") < len(row) or r in faulty]
    rows: list[list[str]] = [[] for _ in values]
    for r, row in full:
        rows[r] = [_cell(value, r, c, looks) for c, value in enumerate(row)]
    numbers = [(r, c) for r, row in full for c, value in enumerate(row) if isinstance(value, int | float)]
    endless = {(r, c): error(rows[r][c]) for r, c in numbers if rows[r][c].lstrip("-") in ("NaN", "Infinity")}
    cut = frozenset((r, c) for r, c in numbers if loses_digits(rows[r][c]))
    spans = tuple((r, c, to_r, to_c) for (r, c), (to_r, to_c) in found.merged_cell_ranges or ())
    doubts = {(r, c): looks.formats.get((r, c), "") for r, row in enumerate(rows) for c, cell in enumerate(row) if type(cell) is ShownCell and cell.doubtful}
    cells = Cells(rows, looks.merged or spans, looks.hidden, looks.hidden_columns, {**looks.faults, **endless}, cut, doubts)
    table = table_of(cells, name, chosen)
    if looks.held is None and any(not isinstance(values[r][c], bool) for r, c in numbers):
        told = "这个老格式（.xls）文件里的数字读不出样式：编号前面的 0、百分号会没有，#N/A 会成为空的。"
        hint = "有这样的列，就在 Excel 或 WPS 里另存为 .xlsx 再用。"
        remark = Diagnostic(told, Place(name), hint, level=WARNING, code="formats-unknown")
        return table._replace(remarks=(remark, *table.remarks))
    return table


def _endless(looks: CellLooks, name: str) -> Diagnostic:
    """That a number is shown as hours that are too many to be any."""
    columns = sorted({column for (_, column), code in looks.formats.items() if is_elapsed(code)})
    where = f"{'、'.join(map(letters, columns[:3]))} 列" if columns else "有一列"
    hint = "多半是电话、编号用错了样式：把这一列的格式设成“常规”或“文本”，再用。"
    return Diagnostic(f"{where}的样式是时长（像 [h]:mm），里面有一格大得不是时长。", Place(name), hint, code="table-unreadable")


def _cell(value: object, row: int, column: int, looks: CellLooks) -> str:
    """What a cell says; a ShownCell where a text says it otherwise than a figure or a day does."""
    at = row, column
    if at in looks.faults:
        return looks.shown.get(at, "")
    code = looks.formats.get(at, "")
    if isinstance(value, str) and at not in looks.shown:
        return _text(words(value), code) if value else ""
    if isinstance(value, bool):
        return YES if value else NO
    if (seen := looks.shown.get(at)) is not None:
        return _of_looks(seen, value)
    serial = _serial(value)
    if serial is None or not code:
        if isinstance(value, int | float):
            return shown_cell(plain(float(value)), general(float(value)))
        return said(value)
    counted = is_day(code) and not is_elapsed(code)
    if looks.since_1904 and isinstance(value, date) != counted and abs(serial) >= 1:  # a workbook's own count
        serial += 1462 if counted else -1462
        value = serial if counted or not is_day(code) else timedelta(days=serial)
    seen = as_shown(serial, code)
    if is_day(code):
        found = moment(serial) if counted else None
        meant = day(found, code) if found else plain(serial) if isinstance(value, int | float) else said(value)
    else:
        meant = plain(serial) if seen is None else meant_by(seen, serial)
    if seen is None:
        return shown_cell(str(meant), getattr(meant, "in_words", meant), doubtful=True)
    return shown_cell(str(meant), seen)


def _text(text: str, code: str) -> str:
    """A text, with what its format puts around it."""
    if not code or code == "@" or not ("@" in code or ";" in code):
        return text
    seen = text_as_shown(text, code)
    return shown_cell(text, text, doubtful=True) if seen is None else words(seen)


def _serial(value: object) -> float | None:
    """A figure, a day or an hour as the number a workbook keeps for it; None for anything else."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, date):
        at = value if isinstance(value, datetime) else datetime.combine(value, time.min)
        return (at - _FIRST) / timedelta(days=1)
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return None


#: What a person reads of a day or an hour that is written in Chinese.
_IN_CHINESE = re.compile("[年月日时分秒]|星期|周|上午|下午")


def _of_looks(shown: str, value: object) -> str:
    """A cell of which the file keeps how it looks."""
    if isinstance(value, date) and not _ONLY_MONTH.fullmatch(shown):
        meant = said(value)
        if _IN_CHINESE.search(shown):
            return shown_cell(str(meant), words(shown))
        return meant if re.search("[0-9]{3}|[0-9][^0-9]+[0-9]", shown) else shown_cell(str(meant), getattr(meant, "in_words", meant), doubtful=True)
    meant = meant_by(shown, value)
    if not isinstance(value, int | float) or meant in (YES, NO):
        return meant
    seen, below = words(shown), value < 0
    if re.fullmatch(r"-?\d+(?:\.\d+)?E[+-]?\d+", seen) or not re.search(r"\w|[√×✓✗]", seen):
        return shown_cell(meant, meant, doubtful=bool(value) or not seen)
    if below and (found := re.fullmatch(r"-?(\D*)\((.*)\)", seen)):
        seen = f"-{found[1]}{found[2]}"
    return shown_cell(meant, f"-{seen}" if below and re.search("[1-9]", seen) and not BELOW.search(seen) else seen)


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
