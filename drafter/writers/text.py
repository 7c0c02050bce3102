"""Blocks as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.speech.block import Block
from drafter.template.styles import Style, Template

#: Characters Markdown would obey, wherever they stand, and those it obeys only where a line begins with them.
_OBEYED = re.compile(r"([\\`*_<>\[\]|~&])")
_AT_START = re.compile(r"^(\s*)([#+\-=]|\d{1,9}[.)])")


def write_txt(blocks: Sequence[Block], template: Template) -> str:
    """A paragraph a line, indented by two full-width spaces where the style is indented; the title's lines as they
    are."""
    return "".join(f"{row}\n" for row in _rows(blocks, template))


def _rows(blocks: Sequence[Block], template: Template) -> Iterator[str]:
    styles = {s.role: template.style(s.role) for s in template.styles}
    for block in blocks:
        indent = "\u3000" * round(styles[block.role].indent_chars) if block.text else ""
        yield indent + block.text


def write_md(blocks: Sequence[Block], template: Template) -> str:
    """Headings as `#`, run-in headings strong, an empty line between paragraphs."""
    styles = {s.role: template.style(s.role) for s in template.styles}
    paragraphs = [_paragraph(block, styles[block.role]) for block in blocks if block.text]
    return "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _paragraph(block: Block, style: Style) -> str:
    pieces: list[str] = []
    strong = ""
    for span in block.spans:
        if bool(span.strong) != bool(strong):
            pieces.append("**")
            strong = span.strong
        pieces.append(_OBEYED.sub(r"\\\1", span.text))
    if strong:
        pieces.append("**")
    text = "".join(pieces)
    if style.outline_level:
        return "#" * style.outline_level + " " + text.replace("\n", "")
    return _AT_START.sub(
        lambda m: f"{m[1]}\\{m[2]}" if len(m[2]) == 1 else f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", text.replace("\n", "\\\n")
    )
