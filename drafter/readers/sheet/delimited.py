"""Tables in texts (.csv .tsv .txt): what encodes them and what parts their cells is told by what is in them.

Rows are counted as Excel shows them, a cell of several lines being one row's.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from contextlib import suppress
from io import StringIO

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.readers.sheet.formats import DIGITS, plain
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.looks import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_many
from drafter.readers.sheet.table import TOO_LONG, Cells, SheetTable
from drafter.readers.sheet.values import NO, YES, loses_digits, shortened, words

#: What may stand between cells, the likeliest first; 、 only where nothing else does.
_APART = (",", "\t", ";", "|", "，", "；", "、")

#: Rows from which what parts the cells is told.
_LOOKED_AT = 30

#: Characters of a cell, as in Excel (its “Specifications and limits”).
_MAX_CELL = 32_767

#: How a program writes what Excel is not to take for a number: ="0012".
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')

#: How a program writes a whole number, or one with the noise of its arithmetic, that Excel would show without:
#: 13800138000.0.
_WHOLE = re.compile(r"(-?\d{4,})\.0")
_NOISE = re.compile(r"-?\d{1,9}\.\d{14,}")

#: An apostrophe before what would be a formula, as drafter writes it too.
_GUARDED = re.compile(r"'(?=[=+\-@\t\r'＝＋－＠])")


def read(data: bytes, name: str) -> SheetTable:
    """The table in a text. Raises Rejected."""
    text, remarks = _text(data, name)
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r"sep=(.)\r?", first.strip('"'))  # a line for Excel
    apart = said[1] if said else _apart(text)
    text = "\n" + rest if said else text
    rows = _rows(text, apart, name)
    head = next((row for row in rows if sum(map(bool, row)) > 1), [])
    over = {
        (n, TOO_LONG): Diagnostic(
            f"这一行有 {len(row)} 格，表头只有 {len(head)} 格。",
            None,
            "格里面有分隔的符号时，整格要放在英文双引号里。",
            code="row-too-long",
        )
        for n, row in enumerate(rows)
        if len(row) > len(head) > 0 and any(row[len(head) :])
    }
    cut = {
        (r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if len(cell) > DIGITS and loses_digits(cell)
    }
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell[:1].isdigit() and (digits := shortened(cell)):
                row[c] = digits
                cut.add((r, c))
    table = table_of(Cells(rows, faults=over, cut=frozenset(cut)), name)
    return table._replace(remarks=(*remarks, *table.remarks))


def _text(data: bytes, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a file saved by Excel, WPS or an editor. Raises Rejected."""
    again = "在 Excel 或 WPS 里打开，另存为 .xlsx，或者“CSV UTF-8”。"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[1:200:2].count(0) > len(data[1:200:2]) // 3:
        encodings = ["utf-16-le"]
    elif data[0:200:2].count(0) > len(data[0:200:2]) // 3:
        encodings = ["utf-16-be"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\x00" in text:
                break
            told: tuple[Diagnostic, ...] = ()
            if encoding == "gb18030":
                words = "这个文件是 GB18030（记事本的 ANSI）编码，已按它读入。"
                told = (Diagnostic(words, Place(name), "建议另存为 UTF-8。", level=WARNING, code="file-gb18030"),)
            return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), told
    raise Rejected(Diagnostic("这个文件不是文本，或者编码认不出来。", Place(name), again, code="file-encoding"))


def _apart(text: str) -> str:
    """What stands between the cells: what gives most rows the same number of cells, more than one."""
    some = "\n".join(text.split("\n", 200)[:200])
    best, weight = ",", 0.0
    for mark in _APART:
        counts: list[int] = []
        with suppress(csv.Error):
            for row in csv.reader(StringIO(some), delimiter=mark):
                if any(map(str.strip, row)):
                    counts.append(len(row))
                if len(counts) == _LOOKED_AT:
                    break
        if not counts:
            continue
        width, often = max(Counter(counts).items(), key=lambda item: (item[0] > 1) * item[1] * min(item[0], 3))
        agree = often / len(counts) if width > 1 else 0.0
        if mark in "，；、" and agree < 1 and not (agree > 0.8 and len(counts) > 5):
            agree = 0.0
        if agree > weight + 0.1:
            best, weight = mark, agree
    return best


def _rows(text: str, apart: str, name: str) -> list[list[str]]:
    """The cells. Raises Rejected for a quotation mark that is never closed, and for what is too large."""
    csv.field_size_limit(1 << 30)
    rows: list[list[str]] = []
    held = begun = 0
    reader = csv.reader(StringIO(text), delimiter=apart, strict=True)
    try:
        for row in reader:
            rows.append([_cell(cell) for cell in row])
            held += sum(map(bool, row))
            begun = reader.line_num
            if len(rows) > MAX_ROWS + 100:
                raise too_many(name, f"超过 {MAX_ROWS:,} 行")
            if len(row) > MAX_COLUMNS:
                raise too_many(name, f"第 {len(rows)} 行有 {len(row):,} 格，最多 {MAX_COLUMNS:,} 列")
            if held > MAX_CELLS:
                raise too_many(name, f"有内容的格子超过 {MAX_CELLS:,} 个")
            if any(len(cell) > _MAX_CELL for cell in row):
                if '"' in text:
                    raise _unclosed(name, len(rows), begun)
                raise too_many(name, f"第 {len(rows)} 行有一格超过 {_MAX_CELL:,} 字")
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _unclosed(name, len(rows) + 1, begun + 1) from None
        rows = [[_cell(cell) for cell in row] for row in csv.reader(StringIO(text), delimiter=apart)]
    return rows


def _unclosed(name: str, number: int, line: int) -> Rejected:
    told = f"第 {number} 行（文件的第 {line} 行）起有一个英文双引号没有配对，后面的都成了一格。"
    return Rejected(
        Diagnostic(told, Place(name), "补上另一半引号，或者删掉它；格里面的一个引号要写成两个。", code="quote-unclosed")
    )


def _cell(text: str) -> str:
    found = _AS_TEXT.fullmatch(text.strip())
    if found:
        text = found[1].replace('""', '"')
    kept = text.endswith("\t")  # how it was marked as a text
    text = words(_GUARDED.sub("", text.lstrip(" "), count=1))
    if text[-1:].isdigit() and (found := _WHOLE.fullmatch(text)):
        return found[1]
    if len(text) > 16 and _NOISE.fullmatch(text):
        return plain(float(text))
    return text if kept else {"TRUE": YES, "FALSE": NO}.get(text, text)
