"""How many lines and pages a paper takes, counted from its words and the template's lengths, its lines broken as
LibreOffice breaks them (`drafter.chinese.lines`).

Nothing is opened for it, so that `drafter new` can say it of every paper. Of 98 speeches it agrees with LibreOffice 7.4
to the line in 80; it is out by a line or two in papers full of figures where the digits of the font at hand are wider
than half a cell. Word, which lets a mark hang over the edge, sometimes needs a line less.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from drafter.chinese.lines import Lines, broken
from drafter.speech.block import Block
from drafter.template.styles import SIGNATURE, Style, Template, text_area

#: Points a line of single spacing is high for each point of its letters: 中易's fonts have 1.14, Noto's 1.45.
_LEADING = 1.3


class PageCount(NamedTuple):
    """A paper laid out. `lines` and `tails` are of each block: how many lines it takes and how many 汉字 stand on its
    last; `last` is the number of lines with words on the last page."""

    lines: tuple[int, ...]
    tails: tuple[float, ...]
    pages: int
    last: int


def laid_out(blocks: Sequence[Block], template: Template) -> PageCount:
    """Lines and pages of blocks set by a template."""
    width, height = (twips / 20 for twips in text_area(template.page))
    styles = {style.role: style for style in template.styles}
    counted = [_lines(block.text, styles[block.role], width) for block in blocks]
    pages, last = _paged(blocks, [lines.total for lines in counted], styles, height)
    return PageCount(tuple(lines.total for lines in counted), tuple(lines.tail for lines in counted), pages, last)


def _lines(text: str, style: Style, width: float) -> Lines:
    """The lines a paragraph takes."""
    room = width / ((style.size_pt + style.spacing_pt) or 1) - style.right_chars
    return broken(text, room, style.indent_chars)


def _paged(
    blocks: Sequence[Block], lines: Sequence[int], styles: dict[str, Style], height: float
) -> tuple[int, int]:
    """The pages, and the lines with words on the last of them."""
    page, at, shown = 1, 0.0, 0
    for number, block in enumerate(blocks):
        style = styles[block.role]
        line = style.line_pt or style.size_pt * _LEADING
        if at and at + _kept_together(blocks, lines, styles, number) > height + 0.5:
            page, at, shown = page + 1, 0.0, 0
        at += style.before_pt if at else 0
        for _ in range(lines[number]):
            if at + line > height + 0.5:
                page, at, shown = page + 1, 0.0, 0
            at += line
            shown += bool(block.spans)
        at += style.after_pt
    return page, shown


def _kept_together(
    blocks: Sequence[Block], lines: Sequence[int], styles: dict[str, Style], number: int
) -> float:
    """The points a block must have on a page to begin there: its first line, or where it is kept with what follows, all
    of it and the first line of that."""
    points = 0.0
    for at in range(number, len(blocks)):
        style = styles[blocks[at].role]
        line = style.line_pt or style.size_pt * _LEADING
        if not style.keep_next:
            return points + line * (min(2, lines[at]) if style.widow_control else 1)
        points += style.before_pt + line * lines[at] + style.after_pt
    return points


class LastPage(NamedTuple):
    """A last page with few lines on it: `lines` of them, after `pages` - 1 full ones. `shorten` are paragraphs, each
    with how many 汉字 less save a line in it; taking those out of all of them empties the page. () where no paragraphs
    are so near a full line."""

    pages: int
    lines: int
    shorten: tuple[tuple[str, int], ...]


#: A last page of so many lines or fewer is told; a paragraph with so many 汉字 or fewer on its last line is worth
#: shortening. Both our own choice.
FEW_LINES, FEW_LETTERS = 2, 8


def short_last_page(blocks: Sequence[Block], template: Template) -> LastPage | None:
    """What there is to say of the last page; None where it is the only one, full enough, or a signature's."""
    laid = laid_out(blocks, template)
    if laid.pages < 2 or laid.last > FEW_LINES or blocks[-1].role == SIGNATURE:
        return None
    near = sorted(
        (ceil(tail), at)
        for at, (lines, tail) in enumerate(zip(laid.lines, laid.tails, strict=True))
        if lines > 1 and tail <= FEW_LETTERS and not template.style(blocks[at].role).outline_level
    )
    shorten = near[: laid.last] if len(near) >= laid.last else []
    return LastPage(laid.pages, laid.last, tuple((blocks[at].text, tail) for tail, at in shorten))
