"""序号的层次倒了。

公文的层次依次是“一、”“（一）”“1.”“（1）”。“1.”下面又是“（一）”，“（一）”下面又是“一、”，层次就倒了。

错：1. 抓产业　（一）抓招商
对：（一）抓产业　1. 抓招商
"""

from collections.abc import Iterator, Sequence

from drafter.check.rules import Finding, Speech
from drafter.check.series import NumberedPoint, points

NAME = "reversed-levels"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.3（一、（一）1.（1）依次标注）"

_ORDER = ("一、", "（一）", "1.", "（1）", "①")


def check(speech: Speech) -> Iterator[Finding]:
    """First numbers that stand below a number of a lower level; each pair of styles is told once."""
    found = points(speech.lines)
    told: set[tuple[str, str]] = set()
    for p in found:
        if p.parent is None or p.number != 1 or p.style not in _ORDER:
            continue
        above = found[p.parent]
        if (
            above.style not in _ORDER
            or _ORDER.index(above.style) < _ORDER.index(p.style)
            or (above.style, p.style) in told
        ):
            continue
        if p.style == "一、" and _is_agenda(speech, found, p.parent):
            continue
        told.add((above.style, p.style))
        yield Finding(NAME, p.line, p.start, p.end, f"“{p.label}”排在“{above.label}”下面，层次倒了；依次是一、（一）1.（1）。")


def _is_agenda(speech: Speech, found: Sequence[NumberedPoint], at: int) -> bool:
    """Whether the numbers of lower level are the items of a sentence that ends with ： (an agenda before the
    sections)."""
    first = at
    while (
        first > 0
        and found[first].number > 1
        and found[first - 1].style == found[at].style
        and found[first - 1].number == found[first].number - 1
    ):
        first -= 1
    if found[first].number != 1 or found[first].parent is not None:
        return False
    before = next(
        (speech.lines[n].text.rstrip() for n in range(found[first].line - 1, -1, -1) if speech.lines[n].text.strip()),
        "",
    )
    return before.endswith(("：", ":"))
