"""What a word of a buffer means, and where that is said."""

import re
from typing import NamedTuple

from drafter.check.rules import rule
from drafter.commands.assist.cursor import Known, is_table, name_at, path_of, rows_of, said_in, word_of
from drafter.commands.assist.sheet import Sheet, file_name
from drafter.diagnostic import Place, Rejected
from drafter.outline import shelf
from drafter.outline.computed import MEANS
from drafter.outline.expression import FILTERS
from drafter.outline.field import Field
from drafter.outline.model import Outline, bases
from drafter.outline.parse import Load
from drafter.outline.yaml import Source


class Told(NamedTuple):
    """What is said (Markdown) of the words from `start` to `end`."""

    text: str
    start: int
    end: int


def told(sheet: Sheet, offset: int, outline: Outline | None) -> Told | None:
    """What the blank, field or word of the language under the cursor means."""
    rows = rows_of(sheet)
    number, column = sheet.place(offset)
    row, start = rows[number], sheet.rows[number][0]
    if row.block < 0 and row.key and row.column <= column <= row.column + len(row.key):
        path = path_of(rows, number, row.column)
        here = (start + row.column, start + row.column + len(row.key))
        if path == ("fields",):
            return (
                Told(_field_told(outline.fields[row.key], sheet.file), *here)
                if outline and row.key in outline.fields
                else None
            )
        word = word_of(path, row.key, is_table(sheet))
        return Told(f"`{word.name}`　{_plain(word.zh)}", *here) if word else None
    if row.block < 0 and row.key == "basis" and column >= row.value and outline:
        return _basis_told(said_in(sheet, number, row), outline, start + row.value, start + len(sheet.row(number)))
    name = name_at(sheet, offset, rows)
    if name is None:
        return None
    if name.filter:
        return (
            Told(f"`|{name.name}`　{_plain(FILTERS[name.name].example)}", name.start, name.end)
            if name.name in FILTERS
            else None
        )
    field = outline.fields.get(name.name) if outline else None
    if outline and field is None and name.name in MEANS:
        return Told(f"**【{name.name}】** {_plain(MEANS[name.name])}", name.start, name.end)
    return Told(_field_told(field, sheet.file), name.start, name.end) if field else None


def _basis_told(name: str, outline: Outline, start: int, end: int) -> Told | None:
    """What a theme is, how far its table was checked, and what it has."""
    table = next((asked.table for asked in bases(outline) if asked.name == name), None)
    if table is None:
        return None
    entries = "、".join(entry.name for entry in table.entries)
    rows = [f"**{_plain(table.name)}** {_plain(table.about)}", f"核对到 {table.checked}；{len(table.entries)} 条：{_plain(entries)}"]
    rows += [_plain(table.since)] if table.since else []
    return Told("\n\n".join(rows), start, end)


def _field_told(field: Field, file: str) -> str:
    out = [f"**【{_plain(field.name)}】** {_plain(field.ask)}"]
    out += [_plain(field.help)] if field.help else []
    shown = [f"类型：{field.type}"]
    shown += [f"可选：{_plain('、'.join(field.choices))}"] if field.choices else []
    if field.default is not None:
        shown.append(f"默认：{_plain(field.default if isinstance(field.default, str) else '、'.join(field.default))}")
    shown += [f"例子：{_plain(field.example.replace(chr(10), '；'))}"] if field.example else []
    shown += [f"不小于：{_plain(field.minimum)}"] if field.minimum else []
    shown += [f"不大于：{_plain(field.maximum)}"] if field.maximum else []
    shown += [f"只在 {_plain(field.when.source)} 时问"] if field.when else []
    out.append("；".join(shown))
    if field.place and field.place.file != file:
        out.append(f"写在 {_plain(file_name(field.place.file))} 第 {field.place.line} 行")
    return "\n\n".join(out)


def _plain(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)


def defined(sheet: Sheet, offset: int, outline: Outline | None, load: Load) -> Place | None:
    """Where the field under the cursor is declared; of an `extends` or `include`, the file it means."""
    rows = rows_of(sheet)
    number, column = sheet.place(offset)
    row = rows[number]
    if row.block < 0 and row.key in ("extends", "include", "basis") and column >= row.column:
        try:
            return Place(
                load(row.key, said_in(sheet, number, row), Source(sheet.file, sheet.text)).file, 1, 1
            )
        except Rejected:
            return None
    name = name_at(sheet, offset, rows)
    field = outline.fields.get(name.name) if outline and name and not name.filter else None
    return field.place if field else None


def told_of_rule(name: str) -> str:
    """A rule's own words on itself and what it rests on, as Markdown."""
    one = rule(name)
    doc = "\n\n".join(_plain(paragraph) for paragraph in one.doc.strip().split("\n") if paragraph)
    return f"`{one.name}`\n\n{doc}\n\n依据：{_plain(one.source)}"


class Declared(NamedTuple):
    """Where something is declared; `text` is that of its file, None where it has not been read."""

    place: Place
    text: str | None


def declared(sheet: Sheet, offset: int, outline: Known) -> Declared | None:
    """Where what is under the cursor is declared, in this file or one on the shelves."""
    place = defined(sheet, offset, outline, shelf.load)
    if place is None:
        return None
    read = (s.text for s in outline.sources if s.file == place.file) if outline else iter(())
    return Declared(place=place, text=next(read, None))
