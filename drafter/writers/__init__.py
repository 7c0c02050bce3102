"""Blocks to files: Word, web page, text, Markdown. `WRITERS` are all of them, by the ending of the file.

May import word, template and speech. Law: what a writer wrote, a reader reads back.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from drafter.speech.block import Block
    from drafter.template.styles import Template
    from drafter.word.record import Form


class Properties(NamedTuple):
    """What a file says of itself besides its text: when it was written, its title and author; `form` keeps a .docx
    connected with what it was made from, `reminders` are comments at its paragraphs by their number, None where it is to
    have no comments at all. A kind of file takes of these what it can hold."""

    now: "datetime"
    title: str = ""
    author: str = ""
    form: "Form | None" = None
    reminders: "Mapping[int, Sequence[str]] | None" = None


def _docx(blocks: "Sequence[Block]", template: "Template", properties: Properties) -> bytes:
    from drafter.writers.docx import write

    now, title, author, form, reminders = properties
    return write(blocks, template, now=now, title=title, author=author, form=form, reminders=reminders)


def _html(blocks: "Sequence[Block]", template: "Template", properties: Properties) -> bytes:
    from drafter.writers.html import write

    return write(blocks, template, title=properties.title).encode()


def _txt(blocks: "Sequence[Block]", template: "Template", _: Properties) -> bytes:
    from drafter.writers.text import write_txt

    return write_txt(blocks, template).encode()


def _md(blocks: "Sequence[Block]", template: "Template", _: Properties) -> bytes:
    from drafter.writers.text import write_md

    return write_md(blocks, template).encode()


#: The ending of a file → what writes it. Raises Rejected. A PDF is made of the .docx by `drafter.commands.rendering`.
WRITERS: "Mapping[str, Callable[[Sequence[Block], Template, Properties], bytes]]" = {
    "docx": _docx,
    "txt": _txt,
    "md": _md,
    "html": _html,
}
