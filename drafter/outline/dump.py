"""outline.dump"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.outline.field import Field


def part_rows(kind: str, texts: Sequence[str], indent: str) -> Iterator[str]:
    """A part and its paragraphs."""
    rows = text_rows(kind, texts, "")
    yield f"{indent}- {rows[0]}"
    yield from (f"{indent}  {row}" if row else "" for row in rows[1:])
    yield ""


def text_rows(word: str, texts: Sequence[str], indent: str) -> list[str]:
    """`word:` and paragraphs behind it; several, and long ones, below a bar."""
    if len(texts) == 1 and len(texts[0]) <= 40:
        return [f"{indent}{word}: {scalar(texts[0])}"]
    rows = [f"{indent}{word}: |"]
    for at, text in enumerate(texts):
        rows += [""] if at else []
        rows += (f"{indent}  {row}" for row in _rows(text))
    return rows


def _rows(text: str) -> Iterator[str]:
    """A paragraph in rows of a sentence or two, for the eye; they join without a space."""
    row = ""
    for sentence in re.findall(r"[^。！？；]*[。！？；]+[”’）》]*(?=\S)|.+$", text):
        if row and len(row) + len(sentence) > 60:
            yield row
            row = ""
        row += sentence
    yield row


_PLAIN = re.compile(r"[\u4e00-\u9fff\w“”‘’《》（）【①-⑳][^\n\t#:]*")


def scalar(text: str) -> str:
    """A text on one line as YAML reads it back to the letter: bare where nothing in it could be taken for something else."""
    if _PLAIN.fullmatch(text) and text == text.strip() and not text.endswith(":") and text.replace("\u3000", "").isprintable():
        return text
    return "'" + text.replace("'", "''") + "'"


def comment(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:80]


def field_rows(field: Field) -> list[str]:
    """The rows of a field in an outline."""
    rows = [f"  {field.name}:", f"    ask: {scalar(field.ask)}"]
    if field.help:
        rows.append(f"    help: {scalar(field.help)}")
    if field.choices:
        rows += ["    choices:", *(f"      - {scalar(choice)}" for choice in field.choices)]
    elif field.type != "text":
        rows.append(f"    type: {field.type}")
    if field.example:
        rows.append(f"    example: {scalar(field.example)}")
    return rows
