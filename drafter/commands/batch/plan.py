"""What a table asks for: which rows, of which outlines, with which answers, in files of which names. Nothing is written."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from drafter.commands.batch.columns import MatchedColumns, mapped, matched, name_of
from drafter.commands.batch.failing import Corrected
from drafter.commands.batch.names import OUTLINE, TITLE, Nameless, NamePattern, SameNames, apart, name_said, stem_of
from drafter.commands.batch.request import BatchRequest
from drafter.commands.batch.result import BatchFailure
from drafter.commands.batch.selecting import chosen, rows_said, where_said
from drafter.commands.named import Shard
from drafter.commands.opening import typed_answers
from drafter.commands.series import Prepared, Sets, prepared, titles
from drafter.diagnostic import Diagnostic, Place, Rejected, nearest
from drafter.outline.answer_slips import name_meant
from drafter.outline.field import Field
from drafter.readers.sheet.formats import ShownCell
from drafter.readers.sheet.table import SheetRow, SheetTable

#: What the column is called that says which outline a row is for.
_OF_OUTLINE = (OUTLINE, "提纲名称", "用哪份提纲")

#: What stands between the names of several outlines in a cell.
_BETWEEN = str.maketrans(dict.fromkeys("、，,；;\n+＋", " "))

#: Types of fields whose answers are words.
_WORDS = ("text", "long text", "list")

#: Types whose answers are one of a few; 1 shown as 男 is 男.
_CHOSEN = ("choice", "yes/no")

#: Answers by the names of their fields.
Answers = Mapping[str, str | tuple[str, ...]]


class PlannedRow(NamedTuple):
    """A row to write documents of: the row of the table, the number it is told by, its outlines, the answers it gives, and the
    name of the file of each document."""

    row: SheetRow
    number: int
    outlines: tuple[str, ...]
    sets: Sets
    files: tuple[str, ...] = ()


class BatchPlan(NamedTuple):
    """What is to be made of a table. `rows` have documents, `broken` are rows of which none can be made; `prepared` are the
    outlines, by their names; `same` are the names that several would have had."""

    table: SheetTable
    kind: str
    rows: tuple[PlannedRow, ...]
    broken: tuple[BatchFailure, ...]
    prepared: Mapping[tuple[str, ...], Prepared]
    columns: MatchedColumns
    same: tuple[SameNames, ...]
    remarks: tuple[Diagnostic, ...]

    def of_share(self, share: Shard | None) -> "BatchPlan":
        """What of it is this machine's."""
        if share is None:
            return self
        rows = tuple(row for row in self.rows if share.holds(row.number))
        return self._replace(rows=rows, broken=tuple(one for one in self.broken if share.holds(one.row)))

    @property
    def wanted(self) -> int:
        """How many rows are asked for."""
        return len(self.rows) + len(self.broken)


class HeldTable(NamedTuple):
    """A table held against the outlines it asks for: the rows that `--rows` and `--where` leave, and the outlines of each;
    outlines there are, and those that cannot be had; the answers of every row, by hand and of a file; how files are called; the columns
    that are used for something else than answers."""

    corrected: Corrected
    rows: tuple[SheetRow, ...]
    outlines: Mapping[int, tuple[str, ...]]
    prepared: Mapping[tuple[str, ...], Prepared]
    refused: Mapping[tuple[str, ...], Rejected]
    of_outline: str
    by_hand: Answers
    from_file: Answers
    columns: MatchedColumns
    pattern: NamePattern
    used: frozenset[str]

    @property
    def table(self) -> SheetTable:
        """The table without the columns that say what failed."""
        return self.corrected.table


class AskedFor(NamedTuple):
    """What a table asks for before its columns are held against anything: the rows that `--rows` leaves, the outlines of each,
    those there are and those that cannot be had, all their fields; the column that says which outline a row is for, "" for
    none, and the `--map` that speak of blanks."""

    rows: tuple[SheetRow, ...]
    outlines: Mapping[int, tuple[str, ...]]
    prepared: Mapping[tuple[str, ...], Prepared]
    refused: Mapping[tuple[str, ...], Rejected]
    fields: Mapping[str, Field]
    of_outline: str
    maps: tuple[str, ...]


def asked_for(request: BatchRequest, table: SheetTable, kind: str, now: datetime) -> AskedFor:
    """The same for a table. Raises Rejected."""
    spans = rows_said(request.rows)
    of_outline, maps = _of_outline(request, table.columns)
    within = chosen(table.rows, spans, None, table.place)
    if not within:
        raise Rejected(_none_wanted(request, table))
    outlines = {row.number: _outlines(row, of_outline, request.outlines) for row in within}
    ready, refused = _prepared(request, dict.fromkeys(outlines.values()), kind, now)
    fields: dict[str, Field] = {}
    for one in ready.values():
        fields = {**one.fields, **fields}
    return AskedFor(tuple(within), outlines, ready, refused, fields, of_outline, tuple(maps))


def looked_at(request: BatchRequest, corrected: Corrected, kind: str, now: datetime) -> HeldTable:
    """A table held against the outlines it asks for. Raises Rejected."""
    table = corrected.table
    asked = asked_for(request, table, kind, now)
    of_outline, maps, within, ready, fields = asked.of_outline, asked.maps, asked.rows, asked.prepared, asked.fields
    from_file, by_hand = _shared(request, fields)
    by_map = mapped(maps, table.columns, fields)
    answered = {*by_hand, *(name for name, said in from_file.items() if said), *_by_each_other(ready.values())}

    def columns(used: Collection[str]) -> MatchedColumns:
        return matched(table.columns, fields, by_map, answered, {*used, of_outline})

    told = {field: column for column, field in columns(()).fields.items()}

    def called(name: str) -> str:
        return told.get(name) or name_of(name, table.columns)

    pattern = name_said(request.name, kind, table.columns, called, {**from_file, **by_hand})
    condition = where_said(request.where, table.columns, called)
    used = {*pattern.columns.values(), *(condition.columns.values() if condition else ())}
    rows = chosen(within, (), condition, table.place) if condition else within
    if not rows:
        raise Rejected(_none_wanted(request, table))
    return HeldTable(
        corrected=corrected,
        rows=tuple(rows),
        outlines=asked.outlines,
        prepared=ready,
        refused=asked.refused,
        of_outline=of_outline,
        by_hand=by_hand,
        from_file=from_file,
        columns=columns(used),
        pattern=pattern,
        used=frozenset({*used, of_outline}),
    )


def planned(found: HeldTable, kind: str, taken: Collection[str] = (), one_file: bool = False) -> BatchPlan:
    """What is to be made of a table. `taken` are names of files that belong to other rows; for `one_file` none has a name."""
    rows: list[PlannedRow] = []
    broken: list[BatchFailure] = []
    stems: list[tuple[int, str]] = []
    for row in found.rows:
        number = found.corrected.number(row)
        if faults := _faults(found, row):
            broken.append(BatchFailure(number, tuple(column for column in faults if column), tuple(faults.values())))
            continue
        try:
            names = found.outlines[row.number]
            if names in found.refused:
                raise found.refused[names]
            sets = _sets(found, row, names)
            if not one_file:
                stems += [(number, stem) for stem in _stems(found, row, number, names, sets)]
        except Nameless as nameless:
            columns = (nameless.column,) if nameless.column else ()
            problem = Diagnostic(str(nameless), found.table.place(row.number, nameless.column), code="file-name")
            broken.append(BatchFailure(number, columns, (problem,)))
        except Rejected as no:
            column = (found.of_outline,) if found.outlines[row.number] in found.refused and found.of_outline else ()
            broken.append(BatchFailure(number, column, no.diagnostics))
        else:
            rows.append(PlannedRow(row, number, names, sets))
    files, same = apart(stems, kind, taken)
    named = iter(files)
    if not one_file:
        rows = [row._replace(files=tuple(next(named) for _ in row.outlines)) for row in rows]
    remarks = dict.fromkeys(
        remark for remark in (*found.table.remarks, *(r for one in found.prepared.values() for r in one.remarks))
    )
    return BatchPlan(
        found.table, kind, tuple(rows), tuple(broken), found.prepared, found.columns, same, tuple(remarks)
    )


def _faults(found: HeldTable, row: SheetRow) -> dict[str, Diagnostic]:
    """What is wrong with the cells of a row that are used, by their columns."""
    return {column: fault for column, fault in row.faults.items() if not column or column in found.used or column in found.columns.fields}


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_outline(request: BatchRequest, columns: Sequence[str]) -> tuple[str, list[str]]:
    """The column that says which outline a row is for, "" for none, and the `--map` that speak of blanks. Raises Rejected where
    nothing says which outlines."""
    maps = []
    by_hand = ""
    for said in request.maps:
        column, _, field = said.replace("＝", "=").partition("=")
        if field.strip() == OUTLINE and name_meant(column, columns):
            by_hand = name_meant(column, columns)
        else:
            maps.append(said)
    found = by_hand or next((column for column in columns if name_of(column, _OF_OUTLINE)), "")
    if not found and not request.outlines:
        hint = "写 --outline 名称；每行的提纲不一样，就在表里加一列“提纲”，写各行用的提纲名称。drafter outlines 列出全部。"
        raise Rejected(Diagnostic("要用哪一份提纲？", None, hint, code="outline-not-named"))
    return found, maps


def _outlines(row: SheetRow, column: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The outlines of a row: those of its cell, else those of all rows."""
    cell = row.cells[column] if column else ""
    said = cell if isinstance(cell, str) else " ".join(cell)
    return tuple(dict.fromkeys(said.translate(_BETWEEN).split())) or otherwise


def _prepared(
    request: BatchRequest, groups: Iterable[tuple[str, ...]], kind: str, now: datetime
) -> tuple[dict[tuple[str, ...], Prepared], dict[tuple[str, ...], Rejected]]:
    """The outlines that rows ask for, and why some cannot be had. Raises Rejected where none can."""
    ready: dict[tuple[str, ...], Prepared] = {}
    refused: dict[tuple[str, ...], Rejected] = {}
    for names in groups:
        try:
            if not names:
                hint = "写上提纲的名称；drafter outlines 列出全部。"
                raise Rejected(Diagnostic("这一行没有说用哪份提纲。", None, hint, code="outline-not-named"))
            ready[names] = prepared(
                names,
                now,
                template=request.template,
                kind="docx" if kind == "pdf" else kind,
                choice=request.choice,
                plainly=request.plain or request.one_file,
                without_comments=request.without_comments,
                strict=request.strict,
                connected=not request.one_file,
            )
        except Rejected as no:
            refused[names] = no
    if not ready:
        raise next(iter(refused.values()))
    return ready, refused


def _by_each_other(ready: Iterable[Prepared]) -> set[str]:
    """The fields that outlines filled together answer for each other."""
    from drafter.outline.between import told_by

    return {name for one in ready if len(one.makings) > 1 for name in told_by([making.outline for making in one.makings])}


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _shared(request: BatchRequest, fields: Mapping[str, Field]) -> tuple[dict[str, str | tuple[str, ...]], dict[str, str | tuple[str, ...]]]:
    """The answers of all rows: those of a file, and those given by hand. Raises Rejected."""
    typed, by_hand, _ = typed_answers(request.answers, request.sets)
    from_file: dict[str, str | tuple[str, ...]] = {}
    given: dict[str, str | tuple[str, ...]] = {}
    for said, answer in typed.items():
        name = said if said in fields else name_meant(said, fields)
        if name:
            (given if said in by_hand else from_file)[name] = answer.said
        elif said in by_hand:
            hint = f"{nearest(said, fields)}有：{'、'.join(list(fields)[:20])}。"
            raise Rejected(answer.origin._replace(message=f"{answer.origin.message}：提纲里没有“{said}”这个空。", hint=hint, code="answer-unknown"))
    return from_file, given


def _sets(found: HeldTable, row: SheetRow, names: tuple[str, ...]) -> dict[str, str | Sequence[str]]:
    """The answers of a row: by hand first, then its cells, then those of a file. An empty cell is no answer."""
    fields = found.prepared[names].fields
    said = as_said(found, row)
    cells = {field: said[column] for column, field in found.columns.fields.items() if field in fields and said[column]}
    return {name: said for name, said in {**found.from_file, **cells, **found.by_hand}.items() if name in fields}


def as_said(found: HeldTable, row: SheetRow) -> Mapping[str, str | list[str]]:
    """The cells of a row, by columns. Where its answer is words, which a document prints as they are, a figure or a day that a
    workbook keeps as one says what the sheet shows: 12.50%, 2026年11月22日."""
    ready = found.prepared.get(found.outlines[row.number])
    fields = ready.fields if ready else {}
    out = dict(row.cells)
    for column, name in found.columns.fields.items():
        if isinstance(cell := out[column], ShownCell) and name in fields:
            words = fields[name].type in _WORDS or (fields[name].type in _CHOSEN and not re.search("[0-9]", cell.in_words))
            out[column] = cell.in_words if words else str(cell)
    return out


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _stems(found: HeldTable, row: SheetRow, number: int, names: tuple[str, ...], sets: Sets) -> list[str]:
    """What the files of a row are called, without their endings. Raises Nameless."""
    pattern, ready = found.pattern, found.prepared[names]
    titled: Sequence[str] = [""] * len(names)
    apart_by_title = len(names) > 1 and not pattern.has(TITLE) and not pattern.has(OUTLINE)
    if pattern.has(TITLE) or apart_by_title:
        try:
            titled = titles(ready, sets)
        except Rejected:  # nothing will be written of it, which is told where it is tried
            titled = [f"第{number}行"] * len(names)
    shown = row._replace(number=number)
    stems = [stem_of(pattern, shown, title, making.opened.path.stem) for title, making in zip(titled, ready.makings, strict=True)]
    return [f"{stem}-{title}" for stem, title in zip(stems, titled, strict=True)] if apart_by_title else stems


def _none_wanted(request: BatchRequest, table: SheetTable) -> Diagnostic:
    """What is said where no row is left."""
    if not table.rows:
        return Diagnostic("表里只有表头，没有内容。", Place(table.file), "一行写一份。", code="table-empty")
    said = " ".join(filter(None, (f"--rows {request.rows}" if request.rows else "", f"--where {request.where}" if request.where else "")))
    numbers = f"表里有内容的是第 {table.rows[0].number}—{table.rows[-1].number} 行，共 {len(table.rows):,} 行。"
    return Diagnostic(f"{said}：没有一行是这样的。", Place(table.file), numbers, code="rows-none")


