"""Tables in JSON: a list of objects, {"rows": [objects]}, a list of lists with the heading first, or an object a line
(.jsonl). What stands in it is kept to the digit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected, printable
from drafter.readers.sheet.heading import table_of
from drafter.readers.sheet.looks import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_many
from drafter.readers.sheet.table import Cells, SheetRow, SheetTable, cell_place
from drafter.readers.sheet.values import NO, YES, words

_FORM = '写成 [{"县区": "清河县"}, {"县区": "双流县"}]；.jsonl 一行写一个 {…}。'

#: Objects in objects are no answers; a list of texts is one.
_NESTED = Diagnostic(
    "里面还有一层，不是一个回答。", None, "写成文字、数、true/false，或者文字的数组。", code="cell-nested"
)

#: JSON's own value of any kind, its numbers as they were written.
Json = object


class _Figure(str):
    """A number as it was written."""

    __slots__ = ()


class _Twice(NamedTuple):
    """An object in which a name stands twice."""

    name: str


def read(data: bytes, name: str, lines: bool = False) -> SheetTable:
    """The table in JSON; `lines`: an object a line. Raises Rejected."""
    text = _text(data, name)
    if lines or _is_lines(text):
        entries = [(n, _parsed(line, name, n)) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        return _of(entries, name, "行")
    tree = _parsed(text, name)
    found = _entries(tree)
    if found is None:
        raise Rejected(Diagnostic("这个 JSON 不是表格。", Place(name), _FORM, code="table-unreadable"))
    if found and all(isinstance(entry, list) for entry in found):
        return table_of(Cells([[_plain(cell) for cell in row] for row in found if isinstance(row, list)]), name)
    return _of(list(enumerate(found, 1)), name, "条")


def _text(data: bytes, name: str) -> str:
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise Rejected(Diagnostic("编码认不出来。", Place(name), "另存为 UTF-8。", code="file-encoding"))


def _is_lines(text: str) -> bool:
    """Whether a .json has an object a line."""
    first, _, rest = text.strip().partition("\n")
    return first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip().startswith("{")


def _parsed(text: str, name: str, line: int = 0) -> Json:
    def once(pairs: list[tuple[str, Json]]) -> Json:
        found = dict(pairs)
        return (
            found
            if len(found) == len(pairs)
            else _Twice(next(key for key, _ in pairs if sum(key == k for k, _ in pairs) > 1))
        )

    def no_number(word: str) -> Json:
        raise ValueError(word)

    try:
        return json.loads(
            text, parse_int=_Figure, parse_float=_Figure, parse_constant=no_number, object_pairs_hook=once
        )
    except json.JSONDecodeError as error:
        place = Place(name, line or error.lineno, error.colno)
        raise Rejected(Diagnostic("不是完好的 JSON。", place, _FORM, code="table-unreadable")) from None
    except ValueError as error:
        told = f"有一个 {error}，不是数。"
        raise Rejected(
            Diagnostic(told, Place(name, line), "写成文字，或者写成 null 空着。", code="table-unreadable")
        ) from None
    except RecursionError:
        raise Rejected(Diagnostic("JSON 嵌套太深。", Place(name, line), _FORM, code="table-unreadable")) from None


def _entries(tree: Json) -> list[Json] | None:
    """The entries of a table, None where there is none: a list, or the one list that an object has."""
    if isinstance(tree, list):
        return (
            tree
            if all(isinstance(entry, dict | _Twice) for entry in tree) or all(isinstance(entry, list) for entry in tree)
            else None
        )
    if isinstance(tree, dict):
        lists = [
            value
            for value in tree.values()
            if isinstance(value, list) and any(isinstance(one, dict | list) for one in value)
        ]
        if len(lists) == 1:
            return _entries(lists[0])
        if all(not isinstance(value, dict | list) or _is_words(value) for value in tree.values()):
            return [tree]
    return None


def _is_words(value: Json) -> bool:
    return isinstance(value, list) and all(not isinstance(one, dict | list | _Twice) for one in value)


def _of(entries: Sequence[tuple[int, Json]], name: str, counted: str) -> SheetTable:
    """The table of objects with their numbers."""
    columns: dict[str, str] = {}
    kept: list[tuple[int, Mapping[str, Json]]] = []
    for number, entry in entries:
        if isinstance(entry, _Twice):
            told = f"“{printable(entry.name)}”写了两次。"
            raise Rejected(
                Diagnostic(told, cell_place(name, number, counted=counted), "留下一个。", code="column-twice")
            )
        if not isinstance(entry, dict):
            raise Rejected(
                Diagnostic("这不是 {…}。", cell_place(name, number, counted=counted), _FORM, code="table-unreadable")
            )
        columns |= {key: words(key) for key in entry if words(key)}
        kept.append((number, entry))
        if len(kept) > MAX_ROWS or len(columns) > MAX_COLUMNS or len(kept) * len(columns) > 8 * MAX_CELLS:
            raise too_many(name, f"最多 {MAX_ROWS:,} {counted}、{MAX_COLUMNS:,} 项")
    if not columns:
        raise Rejected(Diagnostic("表里什么也没有。", Place(name), _FORM, code="table-empty"))
    rows = tuple(
        row
        for number, entry in kept
        if any((row := _row(number, entry, columns, name, counted)).cells.values()) or row.faults
    )
    return SheetTable(name, tuple(dict.fromkeys(columns.values())), rows, counted=counted)


def _row(number: int, entry: Mapping[str, Json], columns: Mapping[str, str], name: str, counted: str) -> SheetRow:
    cells: dict[str, str | list[str]] = dict.fromkeys(columns.values(), "")
    faults: dict[str, Diagnostic] = {}
    for key, value in entry.items():
        if key not in columns:
            continue
        column = columns[key]
        if isinstance(value, list) and _is_words(value):
            cells[column] = [text for one in value if (text := _plain(one))]
        elif isinstance(value, dict | list | _Twice):
            faults[column] = _NESTED._replace(place=cell_place(name, number, column, counted=counted))
        else:
            cells[column] = _plain(value)
    return SheetRow(number, cells, faults)


def _plain(value: Json) -> str:
    """A value of JSON as a person writes it: 1200.0 → 1200, everything else to the digit."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, _Figure):
        return _figure(value)
    return words(value) if isinstance(value, str) else ""


def _figure(text: str) -> str:
    from decimal import Decimal

    if "e" in text.lower():
        number = Decimal(text)
        if abs(number.adjusted()) > 30:
            return str(text)
        text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else str(text)
