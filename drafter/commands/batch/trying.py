"""A batch tried before anybody orders it: which column answers which blank, how much of it can be written, how the first looks.
For doors that show it all at once and let somebody change it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.batch import batch
from drafter.commands.batch.columns import by_name, proposed
from drafter.commands.batch.conversation import telling
from drafter.commands.batch.failing import corrected
from drafter.commands.batch.names import TITLE
from drafter.commands.batch.plan import AskedFor, asked_for, looked_at, planned
from drafter.commands.batch.request import BatchRequest, kind_of_batch
from drafter.commands.batch.result import BatchResult
from drafter.commands.batch.running import Heard
from drafter.commands.opening import moment
from drafter.commands.series import made
from drafter.commands.tables import open_table
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.field import Field
from drafter.readers.sheet.table import SheetTable

if TYPE_CHECKING:
    from drafter.commands.first_page import ShownPage

#: So many cells of a column are shown, and so many rows are tried for a first document.
_SHOWN, _TRIED = 3, 20


class ColumnTried(NamedTuple):
    """A column: the blank it answers, "" for none; `doubtful` where that is only near, and nobody has said so yet; what stands
    in its first cells; `outline` where it says which outline a row is for."""

    name: str
    field: str
    doubtful: bool
    cells: tuple[str, ...]
    outline: bool = False


class BatchTried(NamedTuple):
    """What is shown. `request` is how it would be ordered; `open` are the blanks that no column answers and every document would
    leave open, `others` those with a default or a condition; `result` is None where nothing can be written as it is, for
    `problems`; `first` is the first page, None where no row can be written."""

    request: BatchRequest
    columns: tuple[ColumnTried, ...]
    fields: tuple[Field, ...]
    open: tuple[Field, ...]
    others: tuple[Field, ...]
    result: BatchResult | None
    problems: tuple[Diagnostic, ...]
    first: "ShownPage | None"


def tried(request: BatchRequest, said: Mapping[str, str], answers: Mapping[str, str], heard: Heard) -> BatchTried:
    """The same for a table. `said` are blanks by their columns, "" for a column that is not used; a column that it does not name
    has the blank it is called by or is near to. `answers` are those of every row, by the blanks that no column answers. Raises
    Rejected where the table or the outline cannot be read."""
    table = corrected(open_table(Path(request.table), request.sheet)).table
    asked = asked_for(request._replace(rows="", maps=()), table, kind_of_batch(request), moment(request.date))
    columns = _columns(table, asked, said)
    used = {column.field for column in columns}
    left = [field for name, field in asked.fields.items() if name not in used]
    request = request._replace(
        maps=_maps(columns, asked),
        sets=tuple(f"{field.name}={answers[field.name]}" for field in left if answers.get(field.name, "").strip()),
    )
    request, result, problems = _result(request._replace(dry_run=True, interactive=False), table, heard)
    return BatchTried(
        request=request._replace(dry_run=False),
        columns=columns,
        fields=tuple(asked.fields.values()),
        open=tuple(field for field in left if not _may_do_without(field)),
        others=tuple(field for field in left if _may_do_without(field)),
        result=result,
        problems=problems,
        first=_first(request) if result and result.files else None,
    )


def _may_do_without(field: Field) -> bool:
    return field.default is not None or bool(field.vary) or field.when is not None


def _columns(table: SheetTable, asked: AskedFor, said: Mapping[str, str]) -> tuple[ColumnTried, ...]:
    sure = by_name(table.columns, asked.fields)
    near = proposed(table.columns, asked.fields, (asked.of_outline, *said))
    near = {column: field for column, field in near.items() if field not in said.values()}
    out = []
    for name in table.columns:
        field = said.get(name, sure.get(name, near.get(name, "")))
        cells = [cell if isinstance(cell := row.cells[name], str) else "、".join(cell) for row in table.rows[: 10 * _SHOWN]]
        shown = tuple(dict.fromkeys(cell for cell in cells if cell))[:_SHOWN]
        of_outline = name == asked.of_outline
        known = field if field in asked.fields and not of_outline else ""
        out.append(ColumnTried(name, known, bool(known) and name not in said and name not in sure, shown, of_outline))
    return tuple(out)


def _maps(columns: tuple[ColumnTried, ...], asked: AskedFor) -> tuple[str, ...]:
    """What of it has to be said: a column that is called as its blank is needs no word."""
    sure = by_name([column.name for column in columns], asked.fields)
    wanted = [column for column in columns if not column.outline and column.field != sure.get(column.name, "")]
    idle = [column for column in columns if not column.outline and not column.field and column.name not in sure]
    return tuple(f"{column.name}={column.field}" for column in (*wanted, *idle) if "=" not in column.name)


def _result(request: BatchRequest, table: SheetTable, heard: Heard) -> tuple[BatchRequest, BatchResult | None, tuple[Diagnostic, ...]]:
    """What would be written. Where titles do not tell the files apart and nobody has said how they are called, they are called
    by the column that does."""
    try:
        return request, batch(request, heard=heard), ()
    except Rejected as refused:
        if request.name or refused.diagnostics[0].code != "names-same":
            return request, None, refused.diagnostics
    request = request._replace(name=f"【{telling(table.columns, table.rows)}】【{TITLE}】")
    try:
        return request, batch(request, heard=heard), ()
    except Rejected as refused:
        return request, None, refused.diagnostics


def _first(request: BatchRequest) -> "ShownPage | None":
    """The first page of the first document."""
    from drafter.commands.first_page import first_page
    from drafter.word.document import DocxFile

    kind, now = kind_of_batch(request), moment(request.date)
    plan = planned(looked_at(request, corrected(open_table(Path(request.table), request.sheet)), kind, now), kind)
    for row in plan.rows[:_TRIED]:
        try:
            paper = made(plan.prepared[row.outlines], row.sets)[0]
        except Rejected:
            continue
        return first_page(DocxFile(paper.data, row.files[0]))
    return None
