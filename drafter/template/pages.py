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
from drafter.speech.flow import Bounds, Flow, LineRun, PageRoom
from drafter.template.styles import SIGNATURE, Style, Template, text_area

#: Points a line of single spacing is high for each point of its letters: 中易's fonts have 1.14, Noto's 1.45.
_LEADING = 1.3


class PageCount(NamedTuple):
    """A paper laid out. `lines` and `tails` are of each block: how many lines it takes and how many 汉字 stand on its
    last; `last` is the number of lines with words on the last page; `flow` says where each block stands, by its number."""

    lines: tuple[int, ...]
    tails: tuple[float, ...]
    pages: int
    last: int
    flow: Flow


def laid_out(blocks: Sequence[Block], template: Template) -> PageCount:
    """Lines and pages of blocks set by a template."""
    width, height = text_area(template.page)
    styles = {style.role: style for style in template.styles}
    counted = [_lines(block.text, styles[block.role], width / 20) for block in blocks]
    runs = [_run(n, block, lines, styles[block.role]) for n, (block, lines) in enumerate(zip(blocks, counted, strict=True))]
    flow = Flow(runs, PageRoom(height), rendered=False)
    last = sum(_on_page(run, flow) for run, block in zip(runs, blocks, strict=True) if block.spans)
    return PageCount(tuple(lines.total for lines in counted), tuple(lines.tail for lines in counted), flow.page, last, flow)


def _lines(text: str, style: Style, width: float) -> Lines:
    """The lines a paragraph takes."""
    room = width / ((style.size_pt + style.spacing_pt) or 1) - style.right_chars
    return broken(text, room, style.indent_chars)


def _run(number: int, block: Block, lines: Lines, style: Style) -> LineRun:
    """A block broken into lines, to be put on pages."""
    text = block.text
    return LineRun(
        key=number,
        bounds=Bounds(
            style=style.role,
            before=style.before_pt * 20,
            after=style.after_pt * 20,
            keep_next=style.keep_next,
            widows=style.widow_control,
        ),
        starts=(0, *lines.starts),
        heights=(20 * (style.line_pt or style.size_pt * _LEADING),) * lines.total,
        letters=len(text),
        worded=bool(text.strip()),
    )


def _on_page(run: LineRun, flow: Flow) -> int:
    """How many lines of a block stand on the last page."""
    begun = next((at for at, page in flow.found[run.key].starts if page == flow.page), None)
    return 0 if begun is None else sum(start >= begun for start in run.starts)


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
