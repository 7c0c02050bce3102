"""Workbooks (.xlsx .xls .ods), through calamine."""

from __future__ import annotations

import datetime
from io import BytesIO

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.table import SheetTable


def read(data: bytes, name: str, sheet: str = "") -> SheetTable:
    """The table on a sheet of a workbook. Raises Rejected."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(BytesIO(data))
        names = book.sheet_names
        if sheet and sheet not in names:
            told = f"没有“{sheet}”这张工作表。"
            raise Rejected(Diagnostic(told, Place(name), f"有：{'、'.join(names)}。", code="sheet-unknown"))
        found = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
        rows = [[_said(value) for value in row] for row in found.to_python(skip_empty_area=False)]
    except calamine.PasswordError:
        raise Rejected(
            Diagnostic("文件加了打开密码。", Place(name), "去掉密码再用。", code="table-unreadable")
        ) from None
    except calamine.CalamineError as error:
        raise Rejected(Diagnostic(f"这个表格读不了（{error}）。", Place(name), code="table-unreadable")) from None
    return table_of(rows, name, found.name)


def _said(value: object) -> str:
    """A value as a person writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    return str(value).strip()
