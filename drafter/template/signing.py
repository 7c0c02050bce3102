"""Where a signature and its date stand when no seal is put on them. Source: GB/T 9704—2012, 7.3.5.2."""

import re
from collections.abc import Sequence

from drafter.chinese.lines import width_of
from drafter.speech.block import Block
from drafter.template.styles import SIGNATURE, Template

#: The date begins two 汉字 to the right of where the name above it begins.
SHIFT = 2

_DATE = re.compile(r"[\d〇零一二三四五六七八九十○]{4}年.{2,6}日|【[^】]*日期?[^】]*】")


def signature_room(blocks: Sequence[Block], template: Template) -> dict[int, float]:
    """The space to be kept free on the right of a name and of the date under it, in 汉字, by their places among the
    blocks. Where the date is the longer, it keeps the template's space, and the name stands further left. Nothing for
    a name without a date, or several names."""
    found: dict[int, float] = {}
    for at in range(len(blocks) - 1, 0, -1):
        name, day = blocks[at - 1], blocks[at]
        if not (name.role == day.role == SIGNATURE and _DATE.fullmatch(day.text.strip())):
            continue
        if at > 1 and blocks[at - 2].role == SIGNATURE:
            continue
        room = template.style(SIGNATURE).right_chars
        longer = width_of(name.text) - width_of(day.text)
        found[at - 1], found[at] = (room, room + longer - SHIFT) if longer >= 0 else (room + SHIFT - longer, room)
    return found
