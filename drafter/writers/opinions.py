"""The table of opinions (意见汇总表) as a Word document or a spreadsheet, and one that comes back filled in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.template.styles import BODY, TITLE, PageSetup, Template
from drafter.word import markup
from drafter.word.document import DocxFile
from drafter.word.oxml import TBL, Element, P, R, T, copied, parse, take_out, w
from drafter.word.runs import run_of
from drafter.word.sheet import Column, Spreadsheet, write_sheet
from drafter.writers.docx import write

#: The headings, with the widths of the columns in mm; together the 247 mm between the margins of A4 laid across.
HEADINGS = (("序号", 13), ("单位", 32), ("位置", 32), ("原文", 68), ("修改意见", 76), ("采纳情况", 26))

#: The heading of the column filled in afterwards, and that of the hidden one with the keys in a spreadsheet.
STATE, KEY = "采纳情况", "drafter"

#: The beginning of the names of the bookmarks that carry the keys in a document.
_MARK = "op_"

#: Text of a table: 小四, in lines of 18 pt (customary; the standard says nothing of tables).
_HALF_POINTS, _LINE = 24, 360

#: Characters of a cell that is shown.
MAX_SHOWN = 20_000


class TableRow(NamedTuple):
    """A row: its key, and what stands under the headings."""

    key: str
    cells: tuple[str, ...]


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_spreadsheet(title: str, rows: Sequence[TableRow], now: datetime) -> bytes:
    """The table as .xlsx; the keys stand in a hidden column."""
    columns = [Column(name, round(mm / 2.1, 1)) for name, mm in HEADINGS]
    cells = [(*row.cells, row.key) for row in rows]
    return write_sheet(title, [*columns, Column(KEY, 10, shown=False)], cells, now)


def as_document(title: str, rows: Sequence[TableRow], template: Template, now: datetime) -> bytes:
    """The table as .docx on A4 laid across; the keys are bookmarks."""
    across = template._replace(page=_across(template.page), base=None)
    data = write([Block(TITLE, (Span(title),)), Block(BODY, ())], across, now=now, title=title)
    file = DocxFile(data, "意见汇总表.docx")
    body = file.body
    for size in body.iter(w("pgSz")):
        size.set(w("orient"), "landscape")
    empty = list(body.iterchildren(P))[-1]
    empty.addprevious(parse(_table(rows, template)))
    for properties in list(empty.iterchildren(w("pPr"))):
        take_out(properties)
    empty.append(parse(f'<w:pPr xmlns:w="{markup.W}"><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'))
    file.touch(file.main)
    return file.data(now)


def _across(page: PageSetup) -> PageSetup:
    """A4 laid across (GB/T 9704—2012, 6); the margins are customary."""
    return page._replace(width_mm=297, height_mm=210, top_mm=28, bottom_mm=26, left_mm=25, right_mm=25, footer_mm=17)


def _table(rows: Sequence[TableRow], template: Template) -> str:
    grid = [round(mm * 1440 / 25.4) for _, mm in HEADINGS]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body, head = template.style(BODY).font, template.style("一级标题").font
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    heading = "".join(_cell(name, width, head, "center") for (name, _), width in zip(HEADINGS, grid, strict=True))
    said = "".join(_table_row(number, row, grid, body) for number, row in enumerate(rows, 1))
    return (
        f'<w:tbl xmlns:w="{markup.W}"><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>{said}</w:tbl>"
    )


def _table_row(number: int, row: TableRow, grid: Sequence[int], font: str) -> str:
    marks = f'<w:bookmarkStart w:id="{number}" w:name="{_MARK}{row.key}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
    cells = [
        _cell(text, width, font, "center" if n in (0, 1, 2, 5) else "both", marks if n == 0 else ("", ""))
        for n, (text, width) in enumerate(zip(row.cells, grid, strict=True))
    ]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, font: str, align: str, marks: tuple[str, str] = ("", "")) -> str:
    looks = (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{_HALF_POINTS}"/><w:szCs w:val="{_HALF_POINTS}"/></w:rPr>'
    )
    shown = text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
    run = f'<w:r>{looks}<w:t xml:space="preserve">{markup.escape(shown)}</w:t></w:r>' if shown else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:line="{_LINE}" w:lineRule="exact"/><w:ind w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/>{looks}</w:pPr>{marks[0]}{run}{marks[1]}</w:p></w:tc>'
    )


# ── one that comes back ────────────────────────────────────────────────────────────────────────────────────────────


class FilledTable(NamedTuple):
    """A table with what became of the wishes filled in. `filled` are the keys of the rows that were, `kept` those of
    rows in which somebody has written something else, which stays; `data` is the file."""

    data: bytes
    filled: tuple[str, ...]
    kept: tuple[str, ...]


def fill_in(data: bytes, name: str, states: Mapping[str, str], ours: Sequence[str], now: datetime) -> FilledTable:
    """A table, .xlsx or .docx by its name, with the states filled in by key where nobody has written anything, or one
    of `ours`. Raises Rejected for a file that is no such table."""
    if name.lower().endswith(".xlsx"):
        return _in_sheet(data, name, states, ours, now)
    return _in_document(data, name, states, ours, now)


def _no_table(name: str) -> Rejected:
    hint = "用 drafter merge … --table 写出的那张表；挪了列、改了表头也不要紧，隐藏的那一列（书签）要在。"
    return Rejected(Diagnostic("这不是合并时写出的意见汇总表。", Place(name), hint, code="table-unreadable"))


def _in_sheet(data: bytes, name: str, states: Mapping[str, str], ours: Sequence[str], now: datetime) -> FilledTable:
    sheet = Spreadsheet(data, name)
    key = state = None
    filled, kept = [], []
    for row, cells in sheet.rows():
        headings = {text.strip(): at for at, text in cells.items()}
        if key is None and KEY in headings and STATE in headings:
            key, state = headings[KEY], headings[STATE]
            continue
        found = cells.get(key, "").strip() if key is not None else ""
        if found not in states or state is None:
            continue
        there = cells.get(state, "").strip()
        if there and there not in ours:
            kept.append(found)
            continue
        filled.append(found)
        if there != states[found]:
            sheet.say(row, state, states[found])
    if key is None:
        raise _no_table(name)
    return FilledTable(sheet.data(now), tuple(filled), tuple(kept))


def _in_document(data: bytes, name: str, states: Mapping[str, str], ours: Sequence[str], now: datetime) -> FilledTable:
    file = DocxFile(data, name)
    filled, kept = [], []
    known = False
    for table in file.body.iter(TBL):
        rows = list(table.iterfind(w("tr")))
        headings = [_words(cell).strip() for cell in _cells(rows[0])] if rows else []
        if STATE not in headings:
            continue
        for row in rows[1:]:
            marks = [m.get(w("name"), "").removeprefix(_MARK) for m in row.iter(w("bookmarkStart"))]
            found = next((mark for mark in marks if mark in states), "")
            cells = list(_cells(row))
            known = known or bool(found)
            if not found or len(cells) != len(headings):
                continue
            cell = cells[headings.index(STATE)]
            there = _words(cell).strip()
            if there and there not in ours:
                kept.append(found)
                continue
            filled.append(found)
            if there != states[found]:
                _say(cell, states[found])
    if not known:
        raise _no_table(name)
    file.touch(file.main)
    return FilledTable(file.data(now), tuple(filled), tuple(kept))


def _cells(row: Element) -> Iterator[Element]:
    return row.iterfind(w("tc"))


def _words(cell: Element) -> str:
    return "".join(t.text or "" for t in cell.iter(T))


def _say(cell: Element, text: str) -> None:
    """Put words into a cell, set as its paragraph's end is."""
    first = next(cell.iter(P))
    for run in list(cell.iter(R)):
        take_out(run)
    run = run_of(text)
    looks = first.find(f"{w('pPr')}/{w('rPr')}")
    if looks is not None:
        run.insert(0, copied(looks))
    first.append(run)
