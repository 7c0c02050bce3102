"""Blocks as a file of any kind there is a way to: those of WRITERS, and PDF through an office program."""

from collections.abc import Sequence

from drafter.speech.block import Block
from drafter.template.styles import Template
from drafter.writers import WRITERS, Properties

#: What `--to` and a file's ending may be.
FORMATS = (*WRITERS, "pdf")


def render(blocks: Sequence[Block], template: Template, kind: str, properties: Properties) -> bytes:
    """The blocks as a file of a kind (one of FORMATS). Raises Rejected."""
    if kind != "pdf":
        return WRITERS[kind](blocks, template, properties)
    from drafter.commands.office import to_pdf

    return to_pdf(WRITERS["docx"](blocks, template, properties), template.fallbacks)
