"""A draft set by a template within the pages the template promises."""

from types import CodeType
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.draft import Draft
from drafter.template.layout import MOST_TIGHT, lay_out
from drafter.template.styles import Template


class Fitted(NamedTuple):
    """The blocks of a draft, and how much was left out of it to keep the promise: 0 for nothing, at most
    `MOST_TIGHT`."""

    blocks: tuple[Block, ...]
    tight: int


def fitted(draft: Draft, template: Template, code: CodeType | None = None) -> Fitted:
    """The draft set by the template. Where that has a limit of pages, its layout is asked to leave out more, step by
    step, until the paper keeps it or there is nothing more to leave out. `code` is what was made of the layout, where
    somebody has kept it. Raises Rejected with the line of the layout that is wrong."""
    roles = [s.role for s in template.styles if not s.character]
    widths = {s.role: s.width_chars for s in template.styles if s.width_chars}
    limit = template.page.pages
    tight = 0
    while True:
        blocks = lay_out(draft, template.layout, template.layout_file, roles, widths, code, tight)
        if not limit or tight == MOST_TIGHT or _pages(blocks, template) <= limit:
            return Fitted(blocks, tight)
        tight += 1


def _pages(blocks: tuple[Block, ...], template: Template) -> int:
    from drafter.template.pages import laid_out

    return laid_out(blocks, template).pages
