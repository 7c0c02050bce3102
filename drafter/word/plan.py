"""What the paragraphs of a Word document are to be set as: what `drafter.speech.official` tells of their words and looks,
as far as a template has styles for it."""

from collections.abc import Sequence
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.official import Cast, cast
from drafter.template.paper import PAPER_ROLES
from drafter.template.styles import BODY, Template
from drafter.word.document import DocxFile
from drafter.word.looks import Looks
from drafter.word.oxml import Element, value_of, w
from drafter.word.page import page_of
from drafter.word.text import read

#: What paragraphs stand in that are no running text.
ASIDE = (w("tbl"), w("footnote"), w("endnote"), w("txbxContent"))


class SetLine(NamedTuple):
    """A paragraph of the running text: its element, the role it is to be set as, "" where it is left as it is, its
    block; whether it has a style of ours, and whether its block begins with it."""

    element: Element
    role: str
    block: Block
    ours: bool
    begins: bool


def roles_of(template: Template) -> frozenset[str]:
    """The roles paragraphs can have by a template, those of papers among them."""
    return PAPER_ROLES | {style.role for style in template.styles if not style.character}


def is_ours(looks: Looks, template: Template, style_id: str, kind: str = "paragraph") -> bool:
    """Whether a style is one of a template of drafter, or based on one."""
    if kind != "paragraph" and style_id not in looks.styles:
        return False
    names = {style.name for style in template.styles}
    return any(style.name.startswith("讲话") or style.name in names for style in looks.chain(style_id, kind))


def planned(
    file: DocxFile, blocks: Sequence[Block], elements: Sequence[Sequence[Element]], template: Template
) -> tuple[Cast, ...]:
    """What each paragraph with words is to be set as; a role the template does not have is 正文."""
    worded = [at for at, block in enumerate(blocks) if block.text.strip()]
    styles = Looks(file)
    ours = [bool(elements[at]) and is_ours(styles, template, read(elements[at][0]).style) for at in worded]
    looks = page_of(file, blocks, elements).paragraphs
    asides = [any(map(_is_aside, elements[at])) for at in worded]
    left = [any(ours) and any(map(is_left, elements[at])) for at in worded]
    casts = cast([blocks[at] for at in worded], looks, ours, asides, left)
    has = roles_of(template)
    return tuple(one._replace(role=BODY) if one.role and one.role not in has else one for one in casts)


def is_left(element: Element) -> bool:
    """Whether a paragraph stands outside the grid of its page, as those do that `format` has left as they are."""
    return value_of(element, "pPr/snapToGrid") == "0"


def _is_aside(element: Element) -> bool:
    """Whether a paragraph is in a table, a note, a text box or a frame."""
    if next(element.iterancestors(*ASIDE), None) is not None:
        return True
    return element.find(f"{w('pPr')}/{w('framePr')}") is not None
