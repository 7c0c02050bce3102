"""The empty paragraphs of a Word document that is set by a template: those that only make room go, those beside what is
left as it is stay."""

from collections.abc import Sequence

from drafter.template.paper import PAPER_ROLES
from drafter.template.styles import TITLE
from drafter.word.oxml import Element, R, T, canonical, create, properties_of, take_out, w
from drafter.word.plan import SetLine

_PPR, _RPR = w("pPr"), w("rPr")

#: The paragraphs above the text, the empty one below them, and what stands under the text.
_HEAD = frozenset((TITLE, "副标题", "题注"))
BLANK_LINE, _SIGNATURE, ATTACHED = "空行", "落款", "附件说明"

#: Roles above a title, around which the empty paragraphs keep a paper's parts apart.
_ABOVE = PAPER_ROLES - {ATTACHED, "居中", "靠右"}


def without_empty(body: Element, lines: Sequence[SetLine], blank: str) -> tuple[int, int, list[Element]]:
    """Take away the empty paragraphs that only make room. One stays under the title, and above a signature, where
    the template has such a line; under the title it is made where there is none. How many are gone, how many were
    made."""
    gone = made = 0
    room: list[Element] = []
    last: SetLine | None = None
    waiting: list[SetLine] = []
    for line in [*lines, None]:
        if line is not None and not line.block.text.strip():
            if is_bare(line.element) and line.element.getparent() is body:
                waiting.append(line)
            continue
        role, before = line.role if line is not None else "", last.role if last is not None else ""
        if any(beside is not None and _keeps_room(beside) for beside in (last, line)):
            room += [one.element for one in waiting]
            last, waiting = line, []
            continue
        if role == TITLE and before not in ("", *_HEAD):  # the title of another paper
            last, waiting = line, []
            continue
        under_title = before in _HEAD and role not in ("", *_HEAD)
        kept = None
        if blank and waiting and (under_title or (before and role in (_SIGNATURE, ATTACHED) and role != before)):
            kept = next((one for one in waiting if one.ours and one.role == BLANK_LINE), waiting[0])
            made += _emptied(kept, blank)
        elif blank and under_title and last is not None and not last.ours and last.element.getparent() is body:
            new = create("p")
            last.element.addnext(new)
            made += _emptied(last._replace(element=new), blank)
        for one in waiting:
            if one is not kept and not (one.ours and one.role == BLANK_LINE) and not _beside_table(one.element):
                take_out(one.element)
                gone += 1
        last = line
        waiting = []
    return gone, made, room


def _emptied(line: SetLine, style_id: str) -> bool:
    """Make an empty paragraph the template's; whether it was not."""
    element = line.element
    before = canonical(element)
    for child in list(element):
        element.remove(child)
    properties_of(element).put(create("pStyle", {"val": style_id}))
    return canonical(element) != before


def _keeps_room(line: SetLine) -> bool:
    """Whether the empty paragraphs beside a line are its room: it is left as it is, or of the head of a paper."""
    return line.role in ("", *_ABOVE)


_BARE = frozenset((_PPR, R, _RPR, T, w("proofErr"), w("lastRenderedPageBreak"), w("tab")))


def is_bare(element: Element) -> bool:
    """Whether a paragraph is nothing but a line's height: no picture, break, section, number, bookmark, comment or
    change."""
    properties = element.find(_PPR)
    kept = ("sectPr", "numPr", "framePr", "pageBreakBefore", "pBdr", "pPrChange")
    if properties is not None:
        mark = properties.find(_RPR)
        if any(properties.find(w(name)) is not None for name in kept):
            return False
        if mark is not None and any(
            mark.find(w(name)) is not None for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")
        ):
            return False
    return all(
        child.tag in (_PPR, R, w("proofErr")) and (child.tag != R or all(c.tag in _BARE for c in child))
        for child in element
    )


def _beside_table(element: Element) -> bool:
    """Whether a paragraph keeps two tables apart, or ends the text behind one."""
    near = (element.getprevious(), element.getnext())
    return any(one is not None and one.tag == w("tbl") for one in near)
