"""同一层的序号样子不一样。

并列的几条要用同一种序号；“一、”“二、”后面变成“第三，”，或者“1.”后面变成“2、”，听和看都乱。

错：一、提高认识　二、突出重点　第三，抓好落实
对：一、提高认识　二、突出重点　三、抓好落实
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import SIBLINGS, NumberedPoint, groups, odd_firsts, points, said
from drafter.speech.numbering import Numbering

NAME = "mixed-numbering"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.3（结构层次序数）"

def check(speech: Speech) -> Iterator[Finding]:
    """A number that goes on in another style, and siblings with another mark behind their number than the others."""
    told = set()
    open_: list[tuple[NumberedPoint, int]] = []
    for p in points(speech.lines):
        styles = [q.style for q, _ in open_]
        own = styles.index(p.style) if p.style in styles else -1
        if own >= 0 and p.number in (1, open_[own][1] + 1):
            open_[own:] = [(p, p.number)]
            continue
        odd = odd_firsts(speech.lines).get(p.line)
        if odd:
            told.add(odd.line)
            message = f"下一条是“{p.label}”，这一条却是“{odd.label}”，序号样子不一样。"
            yield Finding(NAME, odd.line, odd.start, odd.end, message, Numbering.from_sample(p.style).label(1))
            open_ = [(q, last) for q, last in open_ if q != odd] + [(p, p.number)]
            continue
        before = [n for n, (q, last) in enumerate(open_) if n > own and last == p.number - 1 and q.part == p.part]
        if p.number > 1 and before and p.style in SIBLINGS and not _begun(speech, open_, p):
            like, _ = open_[before[-1]]
            told.add(p.line)
            right = Numbering.from_sample(like.style).label(p.number) if like.style in SIBLINGS else None
            message = f"上一条是“{like.label}”，这一条却是“{p.label}”，序号样子不一样。"
            yield Finding(NAME, p.line, p.start, p.end, message, right)
            open_[before[-1] :] = [(like._replace(line=p.line), p.number)]
        else:
            open_[own if own >= 0 else len(open_) :] = [(p, p.number)]
    for group in groups(speech.lines):
        if len(group) > 2 and not any(p.line in told for p in group):
            yield from _marks(group)


def _begun(speech: Speech, open_: list[tuple[NumberedPoint, int]], p: NumberedPoint) -> bool:
    """Whether the number before this one is said inside a paragraph since the last point: 第一， in running text."""
    first = p.style[0]
    start = open_[-1][0].line if open_ else 0
    return any(
        one.verb[0] == first and one.number == p.number - 1
        for line in speech.lines[start : p.line]
        for one in said(line.text)
    )


def _marks(group: tuple[NumberedPoint, ...]) -> Iterator[Finding]:
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
    return "".join("n" if c in _NUMBERS else "○" if _in_one(c) else c for c in label).replace("nn", "n").replace("nn", "n")


_NUMBERS = "一二三四五六七八九十0123456789"


def _in_one(c: str) -> bool:
    """Whether a character is a number with its mark: ①, ⑴, ⒈, ㈠."""
    return "①" <= c <= "⒛" or "㈠" <= c <= "㈩"


def _relabel(p: NumberedPoint, like: NumberedPoint) -> str | None:
    """A label with the marks of another; None where one of them is a number in one character."""
    number = "".join(c for c in p.label if c in _NUMBERS)
    places = [i for i, c in enumerate(like.label) if c in _NUMBERS]
    if not number or not places:
        return None
    return like.label[: places[0]] + number + like.label[places[-1] + 1 :]
