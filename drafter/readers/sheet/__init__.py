"""Tables that people keep in Excel, WPS or a text (.xlsx .xls .ods .csv .tsv .json .jsonl), read as a person means
them.

    table = read_table(data, "名单.xlsx", sheet="")     # or commands.tables.open_table(path, sheet), which reads the file
    table.columns        # ("县区", "联系人", …), in the order of the sheet
    table.rows           # SheetRow(number=4, cells={"县区": "清河县", "联系人": ""})
    table.remarks        # what a person should hear of how it was read (Diagnostics that warn)
    table.place(4, "县区")   # Place for a Diagnostic: 名单.xlsx 第 4 行“县区”列（A4）

A row's `number` is the one the sheet shows beside it, counted from 1, its heading included. Every row has every
column, in order; "" is an empty cell. A cell is text as a person would write it into an answer: a day 2026-11-22,
1200.0 as 1200, a code that was text with its zeros. Only .json and .jsonl give lists. Rows in which nothing stands
are not there. Two columns of one name are “备注” and “备注2”, which is remarked upon.

May import word (the guard of packages), diagnostic. Law: no cell says another thing than the one a person sees in it.
"""

from __future__ import annotations

from os.path import splitext
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.readers.sheet.table import SheetRow, SheetTable

__all__ = ["ENDINGS", "MAX_BYTES", "SheetRow", "SheetTable", "read_table"]

#: Bytes of a file to read.
MAX_BYTES = 64 << 20

#: What a file of a table ends with.
ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".json", ".jsonl")


def read_table(data: bytes, name: str, sheet: str = "") -> SheetTable:
    """The table in the bytes of a file of that name; `sheet` says which sheet of several. What the bytes are counts,
    not the ending. Raises Rejected."""
    ending = splitext(name)[1].lower()
    kind = _kind(data, name, ending)
    if kind in ("xlsx", "xls", "ods"):
        from drafter.readers.sheet import books

        table = books.read(data, name, kind, sheet)
    elif kind == "json":
        from drafter.readers.sheet import objects

        table = objects.read(data, name, lines=ending == ".jsonl")
    else:
        from drafter.readers.sheet import delimited

        table = delimited.read(data, name)
    called = _KINDS[kind]
    if ending in called.endings or not ending:
        return table
    told = f"扩展名是 {ending}，里面其实是{called.said}，照{called.said}读的。"
    remark = Diagnostic(told, Place(name), level=WARNING, code="file-not-what-it-says")
    return table._replace(remarks=(remark, *table.remarks))


class _TableKind(NamedTuple):
    """A kind of table: its endings and what it is called."""

    endings: tuple[str, ...]
    said: str


_KINDS = {
    "xlsx": _TableKind((".xlsx", ".xlsm", ".xltx", ".et"), "新格式的 Excel 表格（.xlsx）"),
    "xls": _TableKind((".xls", ".et", ".xlt"), "老格式的 Excel 表格（.xls）"),
    "ods": _TableKind((".ods",), "ODF 表格（.ods）"),
    "json": _TableKind((".json", ".jsonl", ".ndjson"), "JSON"),
    "text": _TableKind((".csv", ".tsv", ".txt", ".tab"), "文本"),
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "在 Excel 或 WPS 里打开，另存为 .xlsx，再用。"


def _kind(data: bytes, name: str, ending: str) -> str:
    """Which kind of table this is. Raises Rejected for what is none."""
    place = Place(name)
    if not data.strip():
        raise Rejected(Diagnostic("这个文件是空的。", place, code="table-empty"))
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(b"PK\x03\x04"):
        if data[30:38] == b"mimetype" and b"opendocument.spreadsheet" in data[38:120]:
            return "ods"
        if b"xl/workbook.xml" in data or b"xl/workbook2.xml" in data:
            return "xlsx"
        said = next((said for mark, said in _PACKED if mark in data), "")
        if not said and b"PK\x05\x06" not in data[-66_000:]:  # cut off: what reads it says so
            return "ods" if ending == ".ods" else "xlsx"
        said = said or "压缩包"
        raise Rejected(Diagnostic(f"这不是表格，是{said}。", place, _AGAIN, code="table-unreadable"))
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            from drafter.readers.sheet.books import locked

            raise Rejected(locked(name))
        if any(word.encode("utf-16-le") in data for word in ("Workbook", "Book")):
            return "xls"
        raise Rejected(
            Diagnostic("这不是表格，是老版本的 Word、PPT 一类的文件。", place, _AGAIN, code="table-unreadable")
        )
    for mark, said in _OTHERS:
        if head[:200].lower().startswith(mark):
            raise Rejected(Diagnostic(f"这不是表格文件，其实是{said}。", place, _AGAIN, code="table-unreadable"))
    if ending in (".json", ".jsonl", ".ndjson"):
        return "json"
    known = not ending or ending in {one for kind in _KINDS.values() for one in kind.endings}
    if not known or (
        ending not in _KINDS["text"].endings
        and b"\x00" in data[:200]
        and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        hint = f"能读的表格有 {' '.join(ENDINGS)}；{_AGAIN}"
        said = f"读不了“{ending}”这种文件。" if not known else "这不是表格，扩展名不对，或者文件坏了。"
        raise Rejected(Diagnostic(said, place, hint, code="table-unreadable"))
    return "text"


#: What else is a zip, and what else is put into a file called .xls by a program that exports.
_PACKED = (
    (b"word/document.xml", " Word 文档"),
    (b"ppt/presentation.xml", " PPT 演示文稿"),
    (b"xl/workbook.bin", "二进制的 Excel 表格（.xlsb）"),
    (b"opendocument", " ODF 文档"),
)
_OTHERS = (
    (b"<html", "网页"),
    (b"<!doctype html", "网页"),
    (b"<table", "网页"),
    (b"<?xml", " XML 表格"),
    (b"%pdf", " PDF"),
    (b"{\\rtf", " RTF 文件"),
)
