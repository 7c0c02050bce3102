"""Where the cursor is: the rows of an outline as they look, the keys above, the name under it."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from drafter.commands.assist.sheet import Sheet
from drafter.diagnostic import Rejected
from drafter.outline import shelf
from drafter.outline.model import Outline
from drafter.outline.parse import Load, sketch
from drafter.outline.vocabulary import KEYS, Word, words
from drafter.outline.yaml import Source, decode

#: The outline in a buffer as far as it can be told; None where it cannot.
Known: TypeAlias = Outline | None


class Row(NamedTuple):
    """A row of an outline as it looks, however broken the rest is. `column` is where its key or item begins, behind any
    "- "; `value` where what stands behind the colon begins (the row's end where it has no key); `block` is the row
    whose `|` it belongs to, -1 where it belongs to none."""

    indent: int
    column: int
    dashed: bool
    key: str
    value: int
    block: int
    empty: bool


LEAD = re.compile(r"[ \t]*(?:-(?:[ \t]+|$))*")
_KEY = re.compile(r"(\w[\w-]*)[ \t]*(:(?=\s|$)|：)\s*")
BAR = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")


def rows_of(sheet: Sheet) -> tuple[Row, ...]:
    """The rows of an outline."""
    out: list[Row] = []
    block = -1
    floor = 0
    for number in range(len(sheet.rows)):
        text = sheet.row(number)
        lead = LEAD.match(text)
        assert lead
        column = lead.end()
        indent = len(text) - len(text.lstrip())
        bare = text.strip()
        if block >= 0 and (not bare or indent > floor):
            out.append(Row(indent, column, False, "", len(text), block, not bare))
            continue
        block = -1
        if not bare or bare.startswith("#"):
            out.append(Row(indent, column, False, "", len(text), -1, True))
            continue
        found = _KEY.match(text, column)
        if found and found[2] == "：" and found[1] not in KEYS:
            found = None
        value = found.end() if found else len(text)
        dashed = "-" in lead[0]
        out.append(Row(indent, column, dashed, found[1] if found else "", value, -1, False))
        if BAR.match(text, value if found else column):
            block, floor = number, column if found else lead[0].rfind("-")
    return tuple(out)


def path_of(rows: Sequence[Row], number: int, column: int) -> tuple[str, ...]:
    """The keys above what stands at a column of a row, outermost first."""
    out: list[str] = []
    for row in reversed(rows[:number]):
        if row.key and row.block < 0 and row.column < column:
            out.append(row.key)
            column = row.column
            if not column:
                break
    return tuple(reversed(out))


def is_table(sheet: Sheet) -> bool:
    """Whether a buffer is a table of what speeches stand on, and no outline."""
    return bool(re.search(r"^basis[ \t]*[:：]", sheet.text, re.M)) and not re.search(r"^speech[ \t]*:", sheet.text, re.M)


def wheres(path: Sequence[str], table: bool = False) -> tuple[str, ...]:
    """The tables of the vocabulary whose words stand below these keys of an outline, or of a `table` of what speeches
    stand on."""
    if not path:
        return ("table",) if table else ("outline",)
    if table and path[0] != "fields":
        return ("entry",) if path == ("basis",) else ()
    if path[0] == "fields":
        return ("field",) if len(path) == 2 else ()
    if path[0] == "passage":
        return ("passage",) if len(path) == 1 else ()
    if path[0] == "speech":
        if len(path) == 1:
            return ("part", "beside")
        return ("requirement",) if path[-1] in ("requirements", "points") else ()
    return ()


def word_of(path: Sequence[str], name: str, table: bool = False) -> Word | None:
    """The word of the language that stands below these keys."""
    return next((words(where)[name] for where in wheres(path, table) if name in words(where)), None)


def known(sheet: Sheet, before: Known) -> Known:
    """The outline in a buffer as far as it can be told now, with what is on the shelves."""
    return as_known(sheet, shelf.load, before)


def as_known(sheet: Sheet, load: Load, before: Outline | None) -> Outline | None:
    """The outline as far as it can be told now: of a half-typed one its fields alone; else as it was when last it
    could."""
    try:
        source, _ = decode(sheet.text.encode(), sheet.file)
    except Rejected:
        return before
    now = sketch(source, load)
    if now is not None:
        return now
    kept = []
    keep = False
    for row in source.lines:
        if row[:1].strip() and not row.startswith("#"):
            keep = bool(re.match("(?:fields|extends):", row))
        kept.append(row if keep else "")
    now = sketch(Source(source.file, "\n".join(kept)), load)
    if now is None or before is None:
        return now or before
    return now._replace(fields=before.fields | now.fields)


_BLANK = re.compile("【【|【([^【】]*)】")
_NAME = re.compile(r"[^\W\d]\w*")


class NameAt(NamedTuple):
    """A name in a blank, a `when` or an `each`, from `start` to `end` of the buffer."""

    name: str
    start: int
    end: int
    filter: bool = False


def name_at(sheet: Sheet, offset: int, rows: Sequence[Row]) -> NameAt | None:
    """The name under the cursor; of a blank whose cursor is on none, its first."""
    number, column = sheet.place(offset)
    text, start = sheet.row(number), sheet.rows[number][0]
    row = rows[number]
    for found in _BLANK.finditer(text):
        if found[1] is None or not found.start() <= column <= found.end():
            continue
        names = [
            NameAt(n[0], start + n.start(), start + n.end(), text[: n.start()].rstrip()[-1:] in ("|", "｜"))
            for n in _NAME.finditer(text, found.start(1), found.end(1))
        ]
        if column == found.end() and text.startswith("【", column):
            continue  # the next blank is meant
        return next((n for n in names if n.start <= offset <= n.end), names[0] if names else None)
    if row.key in ("when", "each") and row.block < 0:
        for n in _NAME.finditer(text, row.value):
            if n.start() <= column <= n.end():
                return NameAt(n[0], start + n.start(), start + n.end())
    return None


def said_in(sheet: Sheet, number: int, row: Row) -> str:
    """The value a row has behind its key, without quotes and comment."""
    return re.sub(r"\s+#.*$", "", sheet.row(number)[row.value :]).strip().strip("'\"")
