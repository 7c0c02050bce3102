"""What `drafter check --formulations` found, for people."""

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from drafter.diagnostic import columns, printable

if TYPE_CHECKING:
    from drafter.commands.formulations import FormulationsResult, ListedFormulation

#: Lines are no narrower than this, nor wider (columns).
NARROW, WIDE = 40, 100

#: What stands on a new line stands so far from the margin.
INDENT = "    "


def shown(found: "FormulationsResult", wanted: bool) -> str:
    """The entries that were asked for, under their themes; where none were (`wanted`), the themes alone."""
    rows = _entries(found) if wanted else _themes(found)
    return "\n".join((*rows, "", found.known.said()))


def turn(text: str) -> None:
    """Prints it; on a terminal, what is longer than the screen through the user's pager."""
    out = sys.stdout
    long = text.count("\n") + 2 > shutil.get_terminal_size().lines
    if out and out.isatty() and long and sys.platform != "win32":
        import pydoc

        pydoc.pager(text + "\n")
    else:
        typer.echo(text)


def _themes(found: "FormulationsResult") -> Iterator[str]:
    widest = max(columns(theme) for theme, _ in found.themes)
    for theme, n in found.themes:
        yield f"{printable(theme)}{' ' * (widest - columns(theme))}  {n:4} 条"
    yield ""
    yield "看一个主题：drafter check --formulations 党的建设"
    yield "找一个词：  drafter check --formulations 四个意识"


def _entries(found: "FormulationsResult") -> Iterator[str]:
    theme = ""
    for entry in found.entries:
        if entry.theme != theme:
            if theme:
                yield ""
            theme = entry.theme
            of = sum(one.theme == theme for one in found.entries)
            yield f"{printable(theme)}（{of} 条）"
        yield from _entry(entry)


def _entry(entry: "ListedFormulation") -> Iterator[str]:
    """A line with the form and its time, and below it what belongs to it."""
    kind = f"〔{entry.called}〕" if entry.called not in ("", entry.theme) else ""
    head = f"  {kind}{printable(entry.form)}"
    when = _when(entry)
    width = max(NARROW, min(shutil.get_terminal_size().columns, WIDE))
    if when and columns(head) + columns(when) + 2 <= width:
        head += " " * (width - columns(head) - columns(when)) + when
        when = ""
    yield from _wrapped(head.strip(), width, "  ")
    if when:
        yield INDENT + when
    told = (
        ("现在说：", entry.now),
        ("各项：", "、".join(entry.items)),
        ("错：", "；".join(entry.wrong)),
        ("", entry.note),
        ("出处：", (f"本单位的“{entry.table}”，" if entry.table else "") + entry.source),
        ("", "" if entry.sure else "拿不准，只作建议"),
    )
    for label, words in told:
        if words:
            yield from _wrapped(label + printable(words), width, INDENT)


def _when(entry: "ListedFormulation") -> str:
    if entry.since and entry.until:
        return f"{entry.since} 到 {entry.until}"
    return f"{entry.since} 起" if entry.since else f"到 {entry.until}" if entry.until else ""


def _wrapped(text: str, width: int, indent: str) -> Iterator[str]:
    """A text in lines of so many columns, each with the indent, the later ones with two more; no line begins with a mark
    that closes."""
    line = indent
    for c in text:
        if columns(line) + columns(c) > width and c not in "，。；：、！？）”》〕":
            yield line
            line = indent + "  "
        line += c
    yield line
