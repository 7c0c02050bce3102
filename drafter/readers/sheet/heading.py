"""Which rows of a sheet are its heading, which below it are no entries (合计, 备注), and the table that is left.

Above the heading a sheet of an office has its title, merged across it, and who filled it in (填报单位：…); the heading
itself may take two or three rows, groups above their columns. None of this is told by the file: it is told by where
words stand. What is left out is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drafter.diagnostic import ADVICE, WARNING, Diagnostic, Place, Rejected, printable
from drafter.readers.sheet.table import TOO_LONG, Cells, SheetRow, SheetTable, cell_place, error, letters
from drafter.readers.sheet.values import ERRORS

#: A heading is looked for in so many rows, and takes no more than so many.
_ABOVE, _HIGH = 20, 3

#: Rows a remark names.
_NAMED = 8

#: A row that adds up those above it.
_SUM = re.compile(r"(?:合计|总计|小计|共计|总合计|累计)(?:数|人数|金额)?[:：]?")

#: What stands below a table, and beside it: 备注：…, 填表人：张三.
_NOTE = re.compile(r"(?:备\s*注|附\s*注|注|说\s*明|填表说明|填报说明|填表须知|注意事项)\s*\d*\s*[:：、]")
_LABEL = re.compile(
    r"(?:填报|填表|制表|填写|报送|上报|编制|审核|审批|复核|经办|联系|负责|主管|分管|单位|部门|领导|盖章|签字|签名|电话|日期|时间|年\s*月\s*日|第\s*\d*\s*页)"
    r".{0,14}[:：（(].*|.{0,8}(?:盖章|签字|公章).{0,4}",
    re.DOTALL,
)
_PAIR = re.compile(r"[^：:]{2,12}[：:].*", re.DOTALL)


class _Span(NamedTuple):
    """The rows of a heading, from 0, the end not included, and its names by column."""

    first: int
    end: int
    names: Mapping[int, str]


def table_of(cells: Cells, name: str, sheet: str = "") -> SheetTable:
    """The table in the cells of a sheet. Raises Rejected where there is none."""
    rows = cells.rows
    if not any(map(any, rows)):
        raise Rejected(
            Diagnostic("表里什么也没有。", Place(name), "第一行写各列的名称，下面一行写一份。", code="table-empty")
        )
    _fill_down(cells)
    span = _heading(cells)
    columns, remarks = _named(span, cells, name)
    body: list[SheetRow] = []
    gone: dict[str, list[int]] = {}
    top = {tuple(rows[n][c] for c in columns if c < len(rows[n])) for n in range(span.first, span.end)}
    long: dict[str, list[str]] = {}
    doubts: dict[tuple[str, str], list[str]] = {}
    for n in range(span.end, len(rows)):
        row = rows[n]
        if not any(row):
            continue
        if reason := _no_entry(row, n, cells, top, columns, "note" in gone):
            gone.setdefault(reason, []).append(n + 1)
            continue
        body.append(_entry(row, n, columns, cells.faults, name))
        for at in columns:
            if (n, at) in cells.cut:
                long.setdefault(columns[at], []).append(f"{letters(at)}{n + 1}")
            if (n, at) in cells.doubts:
                doubts.setdefault((columns[at], cells.doubts[n, at]), []).append(f"{letters(at)}{n + 1}")
    kept = tuple(row for row in body if any(row.cells.values()) or row.faults)
    if not kept:
        why = "；".join(f"第 {_listed(numbers)} 行{_WHY[reason]}" for reason, numbers in gone.items())
        hint = f"{why}。" if why else f"表头是第 {span.first + 1} 行，下面一行写一份。"
        raise Rejected(Diagnostic("表头下面没有内容。", Place(name), hint, code="table-empty"))
    table = SheetTable(
        file=name,
        columns=tuple(columns.values()),
        rows=kept,
        sheet=sheet,
        letters={word: letters(at) for at, word in columns.items()},
    )
    return table._replace(remarks=(*remarks, *_told(gone, long, name), *_doubted(doubts, name)))


def _fill_down(cells: Cells) -> None:
    """What is merged over several rows stands in each of them."""
    for first, left, last, _ in cells.merged:
        if first < last < len(cells.rows) + 1 and first < len(cells.rows) and left < len(cells.rows[first]):
            for n in range(first + 1, min(last + 1, len(cells.rows))):
                row = cells.rows[n]
                if left < len(row) and not row[left]:
                    row[left] = cells.rows[first][left]


# ── the heading ────────────────────────────────────────────────────────────────────────────────────────────────────


def _heading(cells: Cells) -> _Span:
    """The rows that name the columns."""
    rows = cells.rows
    first = next(n for n, row in enumerate(rows) if any(row))
    wide = {n: _distinct(cells, n) for n in range(first, min(first + _ABOVE, len(rows)))}
    usual = Counter(count for n in range(first, min(first + 200, len(rows))) if (count := sum(map(bool, rows[n]))))
    common = max(usual, key=lambda count: (usual[count], count))
    enough = 1 if max(wide.values()) < 2 else max(2, min(max(wide.values()), common) * 0.6)
    at = next((n for n, count in wide.items() if count >= enough and not _is_labels(rows[n])), first)
    while (
        at > first and sum(map(bool, rows[at - 1])) > 1 and not _is_labels(rows[at - 1]) and _is_grouped(cells, at - 1)
    ):
        at -= 1
    end = at + 1
    for up, left, down, right in cells.merged:
        if up == at and down < at + _HIGH:
            end = max(end, down + 1)
        if up == at and right > left and at + 1 < len(rows) and _all_below(cells, at, left, right):
            end = max(end, at + 2)
    if end == at + 1 and at + 1 < len(rows) and _completes(rows[at], rows[at + 1]):
        end = at + 2
    end = min(end, len(rows))
    return _Span(at, end, _names(cells, at, end))


def _distinct(cells: Cells, n: int) -> int:
    """The different words of a row, with those merged over several rows that begin above."""
    return sum(map(bool, cells.rows[n]))


def _is_labels(row: Sequence[str]) -> bool:
    """Whether a row says who filled the table in, and when: 填报单位：县委办."""
    full = [cell for cell in row if cell]
    return bool(full) and sum(bool(_PAIR.fullmatch(cell)) for cell in full) * 2 >= len(full)


def _is_grouped(cells: Cells, at: int) -> bool:
    """Whether a row names groups of the columns that the next row names."""
    groups = [(left, right) for up, left, _, right in cells.merged if up == at and right > left]
    if groups:
        return all(_all_below(cells, at, left, right) for left, right in groups)
    return _completes(cells.rows[at], cells.rows[at + 1])


def _all_below(cells: Cells, at: int, left: int, right: int) -> bool:
    """Whether each column below a merged cell of a row has words of its own that may name it, and no other column has: a
    row in which these have too is the first entry."""
    top, below = cells.rows[at], cells.rows[at + 1]
    grouped = {c for up, first, _, last in cells.merged if up == at and last > first for c in range(first, last + 1)}
    own = [
        c for c in range(len(below)) if below[c] and c not in grouped and below[c] != (top[c] if c < len(top) else "")
    ]
    named = [below[c] if c < len(below) else "" for c in range(left, right + 1)]
    return not own and all(named) and not any(_is_figure(cell) for cell in named)


def _is_figure(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,:/%+-]+", cell))


def _completes(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row names the columns that the row above, groups and single columns, leaves open: in a file that
    does not say what was merged."""
    width = max(len(row), len(below))
    top = [*row, *[""] * (width - len(row))]
    low = [*below, *[""] * (width - len(below))]
    last = max((n for n in range(width) if top[n] or low[n]), default=0)
    pairs = list(zip(top, low, strict=True))[: last + 1]
    open_ones = [b for a, b in pairs if not a]
    groups = [n for n, (a, b) in enumerate(pairs) if a and b]
    return (
        bool(open_ones)
        and bool(pairs[0][0])
        and all(open_ones)
        and all(n + 1 < len(pairs) and not pairs[n + 1][0] for n in groups)
        and any(a and not b for a, b in pairs)
        and not any(_is_figure(b) for _, b in pairs if b)
    )


def _names(cells: Cells, at: int, end: int) -> dict[int, str]:
    """The name of each column: its own words, with those of its group where two columns would be called the same."""
    rows = cells.rows
    width = max(len(row) for row in rows)
    grid = [[*rows[n], *[""] * (width - len(rows[n]))] for n in range(at, end)]
    covers = {
        (n, c): (up, left)
        for up, left, down, right in cells.merged
        if at <= up < end
        for n in range(up, min(down + 1, end))
        for c in range(left, min(right + 1, width))
    }
    paths: dict[int, list[str]] = {}
    for c in range(width):
        path: list[str] = []
        for n in range(len(grid)):
            up, left = covers.get((at + n, c), (at + n, c))
            word = _plain(grid[up - at][left])
            if not word and n < len(grid) - 1 and not cells.merged and grid[n + 1][c]:  # a group, to its right
                word = next((_plain(grid[n][k]) for k in range(c, -1, -1) if grid[n][k]), "")
            if word and word not in path[-1:]:
                path.append(word)
        if path:
            paths[c] = path
    own = Counter(path[-1] for path in paths.values())
    return {c: path[-1] if own[path[-1]] == 1 else "".join(path) for c, path in paths.items()}


def _plain(word: str) -> str:
    """The name of a column without what is only for the eye: ends of lines, blanks, a star that says it must be
    filled in."""
    word = re.sub(r"(?<=[!-~])\s+(?=[!-~])", " ", word.strip())
    word = re.sub(r"(?<![!-~])\s+|\s+(?![!-~])", "", word)
    return word.strip("*＊").rstrip(":：").strip() or word


def _named(span: _Span, cells: Cells, name: str) -> tuple[dict[int, str], list[Diagnostic]]:
    """The columns by where they stand, each of another name, and what there is to say of them."""
    columns: dict[int, str] = {}
    twice: list[str] = []
    for at, word in span.names.items():
        if word in columns.values():
            n = next(
                n
                for n in range(2, len(span.names) + 2)
                if f"{word}{n}" not in {*columns.values(), *span.names.values()}
            )
            twice.append(f"{letters(at)} 列的“{printable(word)}”叫作“{printable(word)}{n}”")
            word = f"{word}{n}"
        columns[at] = word
    remarks = []
    if twice:
        told = f"表头里有同名的列，{'，'.join(twice[:_NAMED])}。"
        remarks.append(
            Diagnostic(told, Place(name), "不是要的那一列，就在表头里改个名称。", level=WARNING, code="column-twice")
        )
    width = max(len(row) for row in cells.rows)
    whole = [row for n, row in enumerate(cells.rows) if n >= span.end and (n, TOO_LONG) not in cells.faults]
    used = [c for c in range(width) if c not in columns and any(c < len(row) and row[c] for row in whole)]
    if used:
        told = f"{'、'.join(letters(c) for c in used[:_NAMED])} 列没有表头，没有读。"
        remarks.append(
            Diagnostic(told, Place(name), f"在第 {span.end} 行写上这一列的名称。", level=WARNING, code="column-unnamed")
        )
    hidden = [f"“{printable(columns[c])}”" for c in sorted(cells.hidden_columns) if c in columns]
    if hidden:
        told = f"有隐藏的列，也读了：{'、'.join(hidden[:_NAMED])}。"
        remarks.append(Diagnostic(told, Place(name), level=ADVICE, code="column-hidden"))
    return columns, remarks


# ── what stands below it ───────────────────────────────────────────────────────────────────────────────────────────


def _no_entry(
    row: Sequence[str], n: int, cells: Cells, top: Iterable[tuple[str, ...]], columns: Mapping[int, str], below: bool
) -> str:
    """Why a row is no entry of the table, "" where it is one. `below`: notes stand above it."""
    width = len(columns)
    if n in cells.hidden:
        return "hidden"
    full = [cell for cell in row if cell]
    bare = "".join(full[0].split())
    if (
        width > 1
        and _SUM.fullmatch(bare)
        and sum(map(bool, row[: _first(row)])) == 0
        and _first(row) <= min(columns) + 2
    ):
        return "sum"
    if _NOTE.match(full[0]) and len(full) <= max(1, width // 3):
        return "note"
    if below and len(full) <= max(1, width // 3):
        return "note"
    if width > 1 and all(_LABEL.fullmatch(cell) for cell in full):
        return "note"
    if (
        len(full) == 1
        and width > 2
        and any(up == n and right - left >= width // 2 for up, left, _, right in cells.merged)
    ):
        return "group"
    if tuple(row[c] for c in columns if c < len(row)) in top:
        return "again"
    return ""


def _first(row: Sequence[str]) -> int:
    return next(n for n, cell in enumerate(row) if cell)


def _entry(
    row: Sequence[str], n: int, columns: Mapping[int, str], faults: Mapping[tuple[int, int], Diagnostic], name: str
) -> SheetRow:
    said: dict[str, str | list[str]] = {}
    wrong: dict[str, Diagnostic] = {}
    for at, column in columns.items():
        cell = row[at] if at < len(row) else ""
        fault = faults.get((n, at)) or (error(cell) if cell in ERRORS else None)
        if fault:
            place = cell_place(name, n + 1, column, letters(at))
            wrong[column] = fault._replace(place=place)
        said[column] = cell
    if (n, TOO_LONG) in faults:
        wrong[""] = faults[n, TOO_LONG]._replace(place=cell_place(name, n + 1))
    return SheetRow(n + 1, said, wrong)


_WHY = {
    "sum": "是合计，没有读",
    "note": "是表下面的说明，没有读",
    "group": "是合并起来的小标题，没有读",
    "again": "又是表头，没有读",
    "hidden": "是隐藏的（或者筛选掉的），没有读",
}


def _told(gone: Mapping[str, Sequence[int]], long: Mapping[str, Sequence[str]], name: str) -> Iterable[Diagnostic]:
    """What was left out, and which numbers are not what was typed."""
    for reason, numbers in gone.items():
        told = f"第 {_listed(numbers)} 行{_WHY[reason]}。"
        hint = "要读，就取消隐藏、取消筛选，存一次。" if reason == "hidden" else ""
        yield Diagnostic(told, Place(name), hint, level=WARNING, code="row-left-out")
    for column, places in long.items():
        told = f"“{printable(column)}”列的数太长，表格只存得下 15 位，后面的变成了 0：{_listed(places)}。"
        hint = "先把这一列的格式设成“文本”，再重新填。"
        yield Diagnostic(told, Place(name), hint, level=WARNING, code="digits-lost")


def _doubted(doubts: Mapping[tuple[str, str], Sequence[str]], name: str) -> Iterable[Diagnostic]:
    """Which figures look in a way on the sheet that is not known."""
    for (column, code), places in doubts.items():
        style = f"的样式“{printable(code)[:60]}”" if code else "有几格"  # an .ods keeps what is seen, and no code
        told = f"“{printable(column)}”列{style}拿不准在表里显示成什么，照数值写的：{_listed(places)}。"
        hint = "看看写出来的对不对；不对，就把这一列的格式设成“文本”，写上要印的字。"
        yield Diagnostic(told, Place(name), hint, level=WARNING, code="format-doubtful")


def _listed(what: Sequence[object]) -> str:
    return "、".join(map(str, what[:_NAMED])) + (f" 等 {len(what)} 处" if len(what) > _NAMED else "")
