"""What may be typed at a place of an outline."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from drafter.commands.assist.cursor import LEAD, Row, is_table, path_of, rows_of, wheres, word_of
from drafter.commands.assist.sheet import Sheet
from drafter.outline.computed import MEANS
from drafter.outline.expression import FILTERS
from drafter.outline.field import TYPES
from drafter.outline.model import Outline
from drafter.outline.names import has_list
from drafter.outline.vocabulary import PARTS, Word, words


class Offer(NamedTuple):
    """What may be typed: `text` for what stands from `start` to `end`. `kind`: "field", "filter", "word", "outline" or
    "value"."""

    label: str
    kind: str
    detail: str
    start: int
    end: int
    text: str


#: Names of outlines and templates that may be named, each with what is said of it: asked for only where they are
#: wanted.
Names = Callable[[str], Iterable[tuple[str, str]]]


def offers(sheet: Sheet, offset: int, outline: Outline | None, names: Names) -> tuple[Offer, ...]:
    """What may be typed at a place of an outline."""
    number, column = sheet.place(offset)
    text, start = sheet.row(number), sheet.rows[number][0]
    before = text[:column]
    opened = before.rfind("【")
    rows = rows_of(sheet)
    row = rows[number]
    if opened >= 0 and "】" not in before[opened:]:
        marks = len(before[: opened + 1]) - len(before[: opened + 1].rstrip("【"))
        return _in_blank(sheet, offset, opened, outline) if marks % 2 and not text.lstrip().startswith("#") else ()
    if row.block >= 0 and not (row.empty and column <= rows[row.block].column):
        return ()
    typed = re.search(r"[\w/-]*$", before)
    assert typed
    end = offset + len(re.match(r"[\w/-]*", text[column:])[0])  # type: ignore[index]  # it matches nothing too
    if (row.key and row.value <= column) or re.search(r":\s+$", before):
        path = path_of(rows, number, row.column)
        word = word_of(path, row.key, is_table(sheet))
        if word is None:
            return ()
        return _values(sheet, word, path, outline, names, start + typed.start(), end)
    lead = LEAD.match(before)
    assert lead
    if lead.end() != typed.start() or (row.key and column > row.column + len(row.key)):
        return ()
    return _words_here(sheet, rows, number, lead[0], start + typed.start(), end, ":" in text[end - start :][:1])


def _in_blank(sheet: Sheet, offset: int, opened: int, outline: Outline | None) -> tuple[Offer, ...]:
    number, column = sheet.place(offset)
    text, start = sheet.row(number), sheet.rows[number][0]
    inner = text[opened + 1 : column]
    rest = re.match(r"\w*", text[column:])
    assert rest
    end = offset + rest.end()
    open_ended = not re.match(r"[ ]*[】|｜=!<>)）,，]", text[end - start :])
    typed = re.search(r"\w*$", inner)
    assert typed
    at = start + opened + 1 + typed.start()
    close = "】" if open_ended else ""
    if re.match(r"\s*核实\s*[：:]", inner):
        return ()  # words, not the name of a blank
    if re.search(r"[|｜]\s*\w*$", inner):
        return tuple(Offer(name, "filter", f.example, at, end, name + close) for name, f in FILTERS.items())
    shown = _fields(sheet, outline)
    found = tuple(Offer(name, "field", told, at, end, name + close) for name, told in shown)
    begins = at == start + opened + 1
    return (*found, Offer(_CONFIRM, "value", "估的话，请人核实", at, end, _CONFIRM + close)) if begins else found


#: What begins words that somebody has to confirm.
_CONFIRM = "核实："


def _fields(sheet: Sheet, outline: Outline | None) -> list[tuple[str, str]]:
    """The names a blank may have, and what is asked for each."""
    fields = [(f.name, f.ask) for f in outline.fields.values()] if outline else []
    entries = re.findall(r"^[ \t]*(?:- +)?each:[ \t]+(\w+) as (\w+)", sheet.text, re.M)
    counted = [(name, told) for name, told in MEANS.items() if outline and name not in outline.fields]
    counted = counted if outline and any(map(has_list, outline.speech)) else []
    return [*fields, *dict.fromkeys((name, f"{whole} 中的一项") for whole, name in entries), *counted]


def _values(
    sheet: Sheet, word: Word, path: Sequence[str], outline: Outline | None, names: Names, start: int, end: int
) -> tuple[Offer, ...]:
    if known := _one_of(word.name):
        return tuple(Offer(name, "value", "", start, end, name) for name in known)
    if word.name in ("extends", "include", "template") or (word.name == "basis" and word.shape == "words"):
        return tuple(Offer(name, "outline", about, start, end, name) for name, about in names(word.name))
    if word.shape == "type":
        return tuple(Offer(name, "value", "", start, end, name) for name in TYPES)
    if word.shape == "yes/no":
        return tuple(Offer(name, "value", "", start, end, name) for name in ("yes", "no"))
    if word.shape in ("expression", "each"):
        lists = {"要点", *(f.name for f in outline.fields.values() if f.type == "list")} if outline else set()
        wanted = [(n, t) for n, t in _fields(sheet, outline) if word.shape == "expression" or n in lists]
        return tuple(Offer(name, "field", told, start, end, name) for name, told in wanted)
    if word.name == "default" and outline and len(path) == 2 and path[1] in outline.fields:
        return tuple(Offer(c, "value", "", start, end, c) for c in outline.fields[path[1]].choices)
    return ()


def _one_of(word: str) -> tuple[str, ...]:
    """What may stand behind a word of `basis`, or in a list below it; () where that is for the writer to say."""
    from drafter.chinese.ranks import RANKS
    from drafter.outline.basis import KINDS, LENGTHS, LEVELS

    known = {"kind": KINDS, "kinds": KINDS, "length": LENGTHS, "levels": tuple(LEVELS), "ranks": RANKS}
    return known.get(word, ())


def _words_here(
    sheet: Sheet, rows: Sequence[Row], number: int, lead: str, start: int, end: int, colon: bool
) -> tuple[Offer, ...]:
    column = len(lead)
    path = path_of(rows, number, column)
    if path and "-" in lead and (known := _one_of(path[-1])):
        return tuple(Offer(name, "value", "", start, end, name) for name in known)
    tables = wheres(path, is_table(sheet))
    if not tables:
        return ()
    beside: set[str] = set()
    dashed = "-" in lead
    listed = tables[0] in ("part", "requirement", "entry")
    belongs = False
    if not dashed:
        for row in reversed(rows[:number]):
            if row.block >= 0 or row.empty or row.column > column:
                continue
            if row.column < column:
                break
            beside.add(row.key)
            belongs = True
            if row.dashed:
                break
    for row in rows[number + 1 :]:
        if row.block >= 0 or row.empty or row.column > column:
            continue
        if row.column < column or row.dashed:
            break
        beside.add(row.key)
    dash = "- " if listed and not dashed and not belongs else ""
    out = []
    for where in tables:
        for word in words(where).values():
            taken = word.name in beside or (where == "part" and beside & set(PARTS))
            taken = taken or (word.name in ("length", "kinds") and "basis" not in beside)
            if not taken and not (where == "beside" and not belongs and not dashed):
                below = word.shape in ("fields", "parts", "requirements", "points", "passage", "list", "texts", "entries")
                told = word.name + ("" if colon else ":" if below else ": ")
                out.append(Offer(word.name, "word", word.zh, start, end, dash + told))
    return tuple(out)
