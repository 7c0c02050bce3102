"""同一层的序号样子不一样。

并列的几条要用同一种序号；“一、”“二、”后面变成“第三，”，或者“1.”后面变成“2、”，听和看都乱。

错：一、提高认识　二、突出重点　第三，抓好落实
对：一、提高认识　二、突出重点　三、抓好落实
"""

from collections.abc import Iterator
from itertools import pairwise

from drafter.numbering import Numbering
from drafter.rules import Finding, Speech
from drafter.series import Point, groups, points

NAME = "mixed-numbering"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.3（结构层次序数）"

#: The highest level first: a number of another style that goes on where one of these left off is a sibling.
_STYLES = ("一、", "（一）", "1.", "（1）", "①", "第一，", "其一，")


def check(speech: Speech) -> Iterator[Finding]:
    """A number that goes on in another style, and siblings with another mark behind their number than the others."""
    found = points(speech.lines)
    told = set()
    begun = {p.line for group in groups(speech.lines) if group[0].number == 1 for p in group}
    for before, p in pairwise(found):
        if p.style == before.style or p.number != before.number + 1 or p.number < 3 or p.line in begun or p.part != before.part:
            continue
        if any(q.style == p.style for q in found if q.line < p.line):
            continue
        told.add(p.line)
        right = Numbering.from_sample(before.style).label(p.number) if before.style in _STYLES else None
        message = f"上一条是“{before.label}”，这一条却是“{p.label}”，序号样子不一样。"
        yield Finding(NAME, p.line, p.start, p.end, message, right)
    for group in groups(speech.lines):
        if len(group) > 2 and group[0].line not in told:
            yield from _marks(group)


def _marks(group: tuple[Point, ...]) -> Iterator[Finding]:
    """Members whose label, but for its number, differs from that of most."""
    shapes = [_shape(p.label) for p in group]
    usual = max(dict.fromkeys(shapes), key=shapes.count)
    if shapes.count(usual) * 2 <= len(shapes):
        return
    for p, shape in zip(group, shapes, strict=True):
        if shape != usual:
            like = next(q for q, s in zip(group, shapes, strict=True) if s == usual)
            yield Finding(NAME, p.line, p.start, p.end, f"别的几条写成“{like.label}”这样，这一条是“{p.label}”。", _relabel(p, like))


def _shape(label: str) -> str:
    return "".join("n" if c in "一二三四五六七八九十0123456789" else c for c in label).replace("nn", "n").replace("nn", "n")


def _relabel(p: Point, like: Point) -> str:
    number = "".join(c for c in p.label if c in "一二三四五六七八九十0123456789")
    at = next(i for i, c in enumerate(like.label) if c in "一二三四五六七八九十0123456789")
    end = max(i for i, c in enumerate(like.label) if c in "一二三四五六七八九十0123456789") + 1
    return like.label[:at] + number + like.label[end:]
