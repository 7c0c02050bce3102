"""Tables that people keep in Excel, WPS or a text (.xlsx .xls .ods .csv .tsv .json .jsonl), read as a person means them.

    table = read_table(data, "名单.xlsx", sheet="")     # or commands.tables.open_table(path, sheet), which reads the file
    table.columns        # ("县区", "联系人", …), in the order of the sheet
    table.rows           # SheetRow(number=4, cells={"县区": "清河县", "联系人": ""})
    table.remarks        # what a person should hear of how it was read (Diagnostics that warn)
    table.place(4, "县区")   # Place for a Diagnostic: 名单.xlsx 第 4 行“县区”列（A4）

A row's `number` is the one the sheet shows beside it, counted from 1, its heading included. Every row has every column, in
order; "" is an empty cell. A cell is text as a person would write it into an answer: a day 2026-11-22, 1200.0 as 1200, a
code that was text with its zeros. Only .json and .jsonl give lists. Rows in which nothing stands are not there. Two
columns of one name are “备注” and “备注2”, which is remarked upon.

May import word (the guard of packages), diagnostic. Law: no cell says another thing than the one a person sees in it.
"""

from __future__ import annotations

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers.sheet.table import SheetRow, SheetTable

__all__ = ["ENDINGS", "MAX_BYTES", "SheetRow", "SheetTable", "read_table"]

#: Bytes of a file to read.
MAX_BYTES = 64 << 20

#: What a file of a table ends with.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".json", ".jsonl")


def read_table(data: bytes, name: str, sheet: str = "") -> SheetTable:
    """The table in the bytes of a file of that name; `sheet` says which sheet of several. Raises Rejected."""
    from drafter.readers.sheet import books, delimited

    ending = name.lower().rpartition(".")[2]
    if ending in ("xlsx", "xlsm", "xls", "ods"):
        return books.read(data, name, sheet)
    if ending in ("csv", "tsv", "txt"):
        return delimited.read(data, name)
    hint = f"能读的表格有 {' '.join(ENDINGS)}；在 Excel 或 WPS 里打开，另存为 .xlsx。"
    raise Rejected(Diagnostic("这不是表格。", Place(name), hint, code="table-unreadable"))
