"""The tables of what speeches stand on, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from drafter.diagnostic import printable

if TYPE_CHECKING:
    from drafter.commands.basis import BasisResult, ThemesResult

def themes_listed(found: ThemesResult) -> Iterator[str]:
    """Every table: its name, how many entries stand on the day, up to when it was checked, what has ended."""
    for theme in found.themes:
        head = typer.style(printable(theme.name), bold=True)
        also = f"（{printable('、'.join(theme.also))}）" if theme.also else ""
        if theme.broken:
            yield f"{head}　（{theme.origin}）\n    读不了：{printable(theme.broken)}"
            continue
        ended = theme.ended(found.day)
        told = [f"{len(theme.standing(found.day))} 条能用", f"核对到 {theme.checked}"]
        told += [f"{len(ended)} 条过了"] if ended else []
        told += [theme.origin] + ([f"盖住了{'、'.join(theme.hides)}的同名依据表"] if theme.hides else [])
        yield f"{head}{also}　{'，'.join(told)}\n    {printable(theme.about)}"


def basis_shown(found: BasisResult) -> Iterator[str]:
    """What a table prints, by length, and every entry with its days and source."""
    table = found.table
    yield f"{typer.style(printable(table.name), bold=True)}　{printable(table.about)}"
    said = [str(found.day), found.situation.level, found.situation.rank]
    yield f"{'，'.join(printable(word) for word in said if word)}，会印：" if any(c for _, c in found.printed) else f"{found.day}，没有能用的。"
    from drafter.commands.basis import STATES, words_of

    for length, chosen in found.printed:
        if chosen:
            yield f"\n{length}：{printable(words_of(chosen))}"
    yield "\n条目"
    for entry in table.entries:
        until = f"到 {entry.until}" if entry.until else "起"
        whom = [*entry.levels, *entry.ranks]
        more = f"，{printable('、'.join(whom))}" if whom else ""
        yield f"  {STATES[found.state(entry)]}　{printable(entry.name)}（{entry.kind}，{entry.begins} {until}{more}）"
        yield f"      {printable(entry.origin)}；核对到 {entry.checked}"
