"""Which rows of a table are wanted: `--rows 3-20,25`, `--where '层级 == "县"'`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected, nearest
from drafter.outline.expression import UNANSWERED, Expression, Malformed, read
from drafter.outline.field import Value, number_of
from drafter.readers.sheet import SheetRow

#: What people write between the first and the last row.
_TO = re.compile(r"\s*(?:-|–|—|~|～|－|至|到)\s*")


class RowSpan(NamedTuple):
    """Rows from `first` to `last`, as the sheet counts them; `last` is None where there is no end."""

    first: int
    last: int | None

    def holds(self, number: int) -> bool:
        """Whether a row is among them."""
        return self.first <= number and (self.last is None or number <= self.last)


def rows_said(said: str) -> tuple[RowSpan, ...]:
    """The rows of `--rows 3-20,25`; all where nothing is said. Raises Rejected."""
    out = []
    plain = _TO.sub("-", re.sub("[第行]", "", said.translate(_DIGITS))).strip()
    for one in re.split(r"[,，、;；\s]+", plain) if plain else ():
        first, *rest = one.split("-")
        last = rest[0] if rest else first
        if len(rest) > 1 or not re.fullmatch("[0-9]{1,9}", first) or not re.fullmatch("[0-9]{0,9}", last):
            hint = "写成 --rows 3-20,25：行号照表格左边的，第 1 行一般是表头；3- 是从第 3 行到最后。"
            raise Rejected(Diagnostic(f"--rows {said}：“{one}”读不懂。", None, hint, code="option-value"))
        span = RowSpan(int(first), int(last) if last else None)
        if span.last is not None and span.last < span.first:
            raise Rejected(Diagnostic(f"--rows {said}：“{one}”前面的大，后面的小。", None, f"写成 {span.last}-{span.first}", code="option-value"))
        out.append(span)
    return tuple(out)


_DIGITS = {0xFF10 + n: str(n) for n in range(10)}


class RowCondition(NamedTuple):
    """A condition on rows: as it is typed, and the columns that its names mean."""

    expression: Expression
    columns: Mapping[str, str]


def where_said(said: str, columns: Sequence[str], called: Callable[[str], str]) -> RowCondition | None:
    """The condition of `--where`, None where there is none. `called` gives the column of a name that is none itself, "" for
    none. Raises Rejected."""
    if not said.strip():
        return None
    quoted, names = _spelt(said, columns)
    try:
        expression = read(quoted)
    except Malformed as error:
        raise Rejected(Diagnostic(f"--where {said}：这个条件读不懂。{error}", None, _EXAMPLE, code="where-syntax")) from None
    for name in expression.names:
        if name not in names and not (found := name if name in columns else called(name)):
            hint = f"{nearest(name, columns)}有：{'、'.join(columns)}。文字要加引号。"
            raise Rejected(Diagnostic(f"--where {said}：表里没有“{name}”这一列。", None, hint, code="column-unknown"))
        if name not in names:
            names[name] = found
    return RowCondition(expression, names)


#: What may be asked of a column where nobody writes conditions, and how a condition says it.
ASKED = (("is", "是"), ("is not", "不是"), ("least", "不小于"), ("most", "不大于"))
_SIGNS = {"is": "==", "is not": "!=", "least": ">=", "most": "<="}


def condition(column: str, how: str, words: str) -> str:
    """The condition that a column is what the words say: one of several (县、市), or none of them, or a figure or a day not below
    or above. "" for no column."""
    if not column:
        return ""
    sign = _SIGNS.get(how, "==")
    each = re.split("[、，；,;]", words) if sign in ("==", "!=") else [words]
    said = [f"{column} {sign} {_literal(one.strip(), sign)}" for one in each if one.strip()] or [f'{column} {sign} ""']
    return (" and " if sign == "!=" else " or ").join(said)


def _literal(words: str, sign: str) -> str:
    if sign in (">=", "<=") and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", words):
        return words
    mark = "'" if '"' in words else '"'
    return f"{mark}{words.replace(mark, '')}{mark}"


_EXAMPLE = "例如 --where '层级 == \"县\" and 人数 > 100'。"


def _spelt(said: str, columns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The condition with columns whose names are no words of the language (联系电话（手机）, 2026年人数) as names that are."""
    names: dict[str, str] = {}
    for number, column in enumerate(sorted(columns, key=len, reverse=True)):
        if column in said and not column.isidentifier():
            names[word := f"列{number}_"] = column
            said = re.sub(rf"(?<!\w){re.escape(column)}(?!\w)(?=(?:[^\"“”]*[\"“][^\"“”]*[\"”])*[^\"“”]*$)", word, said)
    return said, names


def chosen(
    rows: Iterable[SheetRow], spans: Sequence[RowSpan], condition: RowCondition | None, place: Callable[[int], Place]
) -> list[SheetRow]:
    """The rows that are wanted, in their order. Raises Rejected where the condition cannot be told of one."""
    wanted = [row for row in rows if not spans or any(span.holds(row.number) for span in spans)]
    if condition is None:
        return wanted
    return [row for row in wanted if _holds(condition, row, place)]


def _holds(condition: RowCondition, row: SheetRow, place: Callable[[int], Place]) -> bool:
    """Whether a row meets a condition. An empty cell is an empty text, and, where that cannot be compared, unknown: such a row
    does not meet it. One whose cells do not say what they should is kept, to be refused with what is wrong with them."""
    if any(column in row.faults for column in condition.columns.values()):
        return True
    cells = {name: typed(row.cells[column]) for name, column in condition.columns.items()}
    try:
        return condition.expression.holds(cells) is True
    except Malformed as first:
        try:
            known = {name: UNANSWERED if value == "" else value for name, value in cells.items()}
            return condition.expression.holds(known) is True
        except Malformed:
            hint = "改好这一格，或者写成别的条件；日期写成 \"2026-11-22\"，数不加引号。"
            raise Rejected(Diagnostic(f"--where {condition.expression.source}：这一行没法比。{first}", place(row.number), hint, code="where-unfit")) from None


def typed(cell: str | list[str]) -> Value:
    """A cell as conditions and names take it: a figure is one and its text too, a day is a day."""
    if isinstance(cell, list):
        return tuple(cell)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    if re.fullmatch(r"[-+]?[0-9０-９][0-9０-９.,，]*", cell):
        return number_of(cell) or cell
    return cell
