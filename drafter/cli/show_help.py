"""Pages of the manual on a terminal: Markdown parsed by markdown-it, set in columns, where a 汉字 takes two."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from drafter.commands.rows import rows_of
from drafter.diagnostic import columns

#: What no line begins with, and what none ends with.
_NOT_FIRST, _NOT_LAST = "，。；：！？、）》”’…】", "（《“‘【"
_MARKS = _NOT_FIRST + _NOT_LAST

#: A column of a table is never narrower than this (terminal columns); a table that would be is told row by row.
NARROWEST = 12

#: SGR codes of what stands out.
BOLD, CODE = "1", "36"


class Words(NamedTuple):
    """Text of one paragraph with the look of each character: "" or an SGR code."""

    text: str
    looks: tuple[str, ...]


def shown(markdown: str, width: int, colour: bool) -> list[str]:
    """The lines of a page, none wider than `width` but those of code, which is never broken."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    return _blocks(tree.children, width, colour)


def _blocks(nodes: Sequence[SyntaxTreeNode], width: int, colour: bool) -> list[str]:
    out: list[str] = []
    for node in nodes:
        lines = list(_block(node, width, colour))
        if lines:
            out += ([""] if out else []) + lines
    return out


def _block(node: SyntaxTreeNode, width: int, colour: bool) -> Iterator[str]:
    if node.type == "heading":
        words = _words(node)
        lines = _set(Words(words.text, (BOLD,) * len(words.text)), width, colour)
        yield from lines
        if node.tag in ("h1", "h2"):
            yield {"h1": "═", "h2": "─"}[node.tag] * min(columns(words.text), width)
    elif node.type in ("fence", "code_block"):
        for line in node.content.rstrip("\n").split("\n"):  # what is typed or copied goes on further in
            blanks = len(line) - len(line.lstrip(" "))
            first, *rest = rows_of(line, width - 4, width - 6 - blanks)
            yield f"    {first}".rstrip()
            yield from (" " * (6 + blanks) + row for row in rest)
    elif node.type in ("bullet_list", "ordered_list"):
        for n, item in enumerate(node.children, 1):
            mark = "· " if node.type == "bullet_list" else f"{n}. "
            for at, line in enumerate(_blocks(item.children, width - columns(mark), colour)):
                yield ((mark if at == 0 else " " * columns(mark)) + line).rstrip()
    elif node.type == "table":
        rows = [[_words(cell) for cell in row.children] for part in node.children for row in part.children]
        yield from _table(rows, width, colour)
    elif node.type == "paragraph":
        yield from _set(_words(node), width, colour)
    elif node.type != "html_block":
        yield from _blocks(node.children, width, colour)


def _words(node: SyntaxTreeNode) -> Words:
    text, looks = "", []
    for piece, look in _inline(node, ""):
        text += piece
        looks += [look] * len(piece)
    keep = [n for n, c in enumerate(text) if c != "\n" or _apart(text[n - 1 : n], text[n + 1 : n + 2])]
    return Words("".join(text[n] for n in keep).replace("\n", " "), tuple(looks[n] for n in keep))


def _apart(before: str, after: str) -> bool:
    """Whether a line end between these two is a blank: not between 汉字, nor beside a mark."""
    return not (before in _MARKS or after in _MARKS or (columns(before) == 2 and columns(after) == 2))


def _inline(node: SyntaxTreeNode, look: str) -> Iterator[tuple[str, str]]:
    if node.type == "text":
        yield node.content, look
    elif node.type == "code_inline":
        yield node.content, CODE
    elif node.type in ("softbreak", "hardbreak"):
        yield "\n", look
    elif node.type == "link":
        for child in node.children:
            yield from _inline(child, look)
        if str(node.attrs.get("href", "")).startswith("http"):
            yield f"（{node.attrs['href']}）", look
    elif node.type != "html_inline":
        for child in node.children:
            yield from _inline(child, BOLD if node.type == "strong" else look)


def _set(words: Words, width: int, colour: bool) -> list[str]:
    return [_painted(words, start, end, colour) for start, end in _broken(words.text, width)]


def _broken(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends. Between 汉字 it may break anywhere but before a mark that closes and behind one
    that opens; a word longer than the line is cut."""
    start = end = 0
    for piece in re.finditer(rf"\s+|[{_NOT_LAST}]*(?:[^\s\u2e80-\uffef“”‘’…]+|.)[{_NOT_FIRST}]*", text):
        if columns(text[start : piece.end()].rstrip()) > width and end > start:
            yield start, end
            start = piece.end() if piece[0].isspace() else piece.start()
        while columns(text[start : piece.end()].rstrip()) > width:
            cut = max(n for n in range(start + 1, piece.end()) if n == start + 1 or columns(text[start:n]) <= width)
            yield start, cut
            start = cut
        if not piece[0].isspace():
            end = piece.end()
        end = max(end, start)
    if end > start:
        yield start, end


def _painted(words: Words, start: int, end: int, colour: bool) -> str:
    if not colour:
        return words.text[start:end]
    out, now = "", ""
    for character, look in zip(words.text[start:end], words.looks[start:end], strict=True):
        if look != now:
            out += ("\x1b[0m" if now else "") + (f"\x1b[{look}m" if look else "")
            now = look
        out += character
    return out + ("\x1b[0m" if now else "")


def _table(rows: list[list[Words]], width: int, colour: bool) -> Iterator[str]:
    """In columns where they fit, else every row as a list of its cells."""
    widths = _widths(rows, width)
    if widths is None:
        head, *rest = rows
        for row in rest:
            for n, cell in enumerate(row):
                name = f"  {head[n].text}：" if n else ""
                lines = _set(Words(name + cell.text, ("",) * len(name) + cell.looks), width - (4 if n else 0), colour)
                yield from (("    " if n and at else "") + line for at, line in enumerate(lines))
        return
    for n, row in enumerate(rows):
        cells = [list(_broken(cell.text, room)) for cell, room in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            line = ""
            for cell, places, room in zip(row, cells, widths, strict=True):
                start, end = places[at] if at < len(places) else (0, 0)
                line += _painted(cell, start, end, colour) + " " * (room - columns(cell.text[start:end]) + 2)
            yield line.rstrip()
        if n == 0:
            yield "  ".join("─" * room for room in widths)


def _widths(rows: list[list[Words]], width: int) -> list[int] | None:
    """The columns each cell gets, two between them; the widest give way first. None where one would be too narrow."""
    natural = [max(columns(row[n].text) for row in rows) for n in range(len(rows[0]))]
    room = width - 2 * (len(natural) - 1)
    widths = list(natural)
    while sum(widths) > room:
        widest = widths.index(max(widths))
        widths[widest] -= 1
    return widths if all(w >= min(n, NARROWEST) for w, n in zip(widths, natural, strict=True)) else None
