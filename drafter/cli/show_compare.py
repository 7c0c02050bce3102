"""What `compare` tells, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.cli.wording import wrapped
from drafter.commands.compare import KIND_WORDS, ChangedFact, Comparison, Unit, UnitChange
from drafter.diagnostic import columns, printable

#: Columns of a line; letters of unchanged words beside a change; letters shown of a paragraph that was added or
#: dropped; changed facts listed.
WIDTH = 80
_AROUND = 12
_SHOWN = 60
_LISTED = 60

#: Letters shown of a paragraph that was reworded.
_REWORDED = 600

class _ComparedRow(NamedTuple):
    """A row to be broken where it does not fit, and how far the rest is indented."""

    text: str
    indent: int


def side_by_side(found: Comparison, old: str, new: str, colour: bool = False, width: int | None = None) -> str:
    """The comparison of two files, in rows of so many columns (None: of `WIDTH`). With `colour` what was taken out is red,
    what was put in green."""
    text = "\n".join(line for row in _rows(found, old, new) for line in _fitted(row, width or WIDTH))
    return _coloured(text) if colour else text


def _rows(found: Comparison, old: str, new: str) -> list[str | _ComparedRow]:
    lines: list[str | _ComparedRow] = list(_wrapped(f"{printable(old)} → {printable(new)}", 2))
    if found.same:
        return [*lines, f"两稿的文字一样，共 {len(found.rows)} 处。"]
    lines += _wrapped(_counted(found), 0)
    shown = [row for row in found.rows if not row.same]
    lines += _section("要求的去向", _paths(found))
    for title, rows in (
        ("改写的", [r for r in shown if r.reworded]),
        ("换了位置的", [r for r in shown if r.moved and not _numbered(r)]),
        ("新加的", [r for r in shown if r.was is None]),
        ("去掉的", [r for r in shown if r.now is None]),
    ):
        lines += _section(f"{title}（{len(rows)} 处）", (line for row in rows for line in _row(row)))
    lines += _section(f"数字、日期（{len(found.figures)} 处）", _facts(found.figures))
    lines += _section(f"姓名、职务和名称（{len(found.names)} 处）", _facts(found.names))
    return lines


def _counted(found: Comparison) -> str:
    counts = found.counts()
    told = [f"没有变 {counts['same']} 处"]
    for key, words in (
        ("reworded", "改写"),
        ("moved", "换了位置"),
        ("renumbered", "序号变了"),
        ("added", "新加"),
        ("dropped", "去掉"),
    ):
        if counts[key]:
            told.append(f"{words} {counts[key]} 处")
    return "，".join(told) + "。"


def _section(title: str, lines: Iterator[str | _ComparedRow]) -> list[str | _ComparedRow]:
    said = list(lines)
    return ["", title, *said] if said else []


def _numbered(row: UnitChange) -> bool:
    return bool((row.was and row.was.numbered) or (row.now and row.now.numbered))


def _paths(found: Comparison) -> Iterator[str | _ComparedRow]:
    """Which requirement went where, where any did."""
    rows = [row for row in found.rows if _numbered(row)]
    if all(row.same for row in rows):
        return
    for row in rows:
        depth = max(0, (row.now or row.was or _NONE).level - 1)
        was, now = (_name(unit) if unit else "" for unit in (row.was, row.now))
        head = f"{'  ' * depth}{was or '（新加）'} → {now or '（去掉）'}"
        heads = (row.was or row.now or _NONE).heading
        yield from _wrapped(f"  {head}　{_short(heads, 20)}{_fate(row)}", 6 + 2 * depth)


_NONE = Unit("", "", "", 1, "", "", None)


def _name(unit: Unit) -> str:
    return printable(unit.place)


def _fate(row: UnitChange) -> str:
    told = []
    if row.was is None or row.now is None:
        if row.other:
            told.append(f"并进了{row.other.place}" if row.was else f"从{row.other.place}分出来")
    else:
        told += ["换了位置"] * row.moved + ["改写"] * row.reworded
    return f"（{printable('，'.join(told))}）" if told else ""


def _row(row: UnitChange) -> Iterator[str | _ComparedRow]:
    place = _place(row)
    if row.was and row.now:
        said = _short(row.diff(_AROUND), _REWORDED) if row.reworded else _short(row.now.text)
        yield from _wrapped(f"  {place}：{said}", 4)
        return
    unit = row.was or row.now or _NONE
    yield from _wrapped(f"  {place}：{_short(unit.label + unit.text)}{_fate(row)}", 4)


def _place(row: UnitChange) -> str:
    was, now = row.was.place if row.was else "", row.now.place if row.now else ""
    return printable(f"{was} → {now}" if was and now and was != now else now or was)


def _facts(facts: Sequence[ChangedFact]) -> Iterator[str | _ComparedRow]:
    for fact in facts[:_LISTED]:
        place = (
            fact.place_was
            if fact.place_was == fact.place_now
            else " → ".join(filter(None, (fact.place_was, fact.place_now)))
        )
        if fact.was and fact.now:
            said = f"[-{fact.was}-]{{+{fact.now}+}}"
        else:
            said = f"[-{fact.was}-]" if fact.was else f"{{+{fact.now}+}}"
        yield from _wrapped(f"  {KIND_WORDS[fact.kind]}　{printable(said)}　{printable(place)}", 4)
    if len(facts) > _LISTED:
        yield f"  等，共 {len(facts)} 处；--json 列出全部。"


def _short(text: str, most: int = _SHOWN) -> str:
    return printable(_cut(text.replace("\n", "⏎"), most))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _wrapped(text: str, indent: int) -> Iterator[_ComparedRow]:
    """A line, and what does not fit under it, indented."""
    yield _ComparedRow(text, indent)


def _fitted(row: str | _ComparedRow, width: int) -> Iterator[str]:
    if isinstance(row, str):
        yield row
        return
    text, indent = row
    lead = len(text) - len(text.lstrip(" "))
    room = max(width - max(lead, indent), 16)
    for number, line in enumerate(piece for part in wrapped(text[lead:], room) for piece in _broken(part, room)):
        yield " " * (indent if number else lead) + line


def _broken(line: str, room: int) -> Iterator[str]:
    """A line in pieces that fit: letters and figures without a space between them are broken nowhere else."""
    while columns(line) > room:
        at = room
        while columns(line[:at]) > room:
            at -= 1
        yield line[:at]
        line = line[at:]
    yield line


def _coloured(text: str) -> str:
    """The text with its marks in colour, line by line."""
    out = []
    state = ""
    for line in text.split("\n"):
        said = state
        at = 0
        while at < len(line):
            two = line[at : at + 2]
            if two in ("[-", "{+") and not state:
                state = "\x1b[31m" if two == "[-" else "\x1b[32m"
                said += state + two
                at += 2
            elif (two == "-]" and state == "\x1b[31m") or (two == "+}" and state == "\x1b[32m"):
                said += two + "\x1b[0m"
                state = ""
                at += 2
            else:
                said += line[at]
                at += 1
        out.append(said + ("\x1b[0m" if state else ""))
    return "\n".join(out)
