"""序号重复。

同一层里一个序号只能用一次；重复多半是加了一条、换了次序以后忘了改。

错：一、提高认识　二、突出重点　二、抓好落实
对：一、提高认识　二、突出重点　三、抓好落实
"""

from collections.abc import Iterator

from drafter.check.inline import steps
from drafter.check.rules import Finding, Speech
from drafter.check.series import RUNNING, NumberedPoint, mistyped, points, said
from drafter.chinese.numerals import numeral

NAME = "number-repeated"
LEVEL = "error"
SOURCE = "GB/T 9704—2012，7.3.3（结构层次序数）"


def check(speech: Speech) -> Iterator[Finding]:
    """Numbers that their series has had already. A first number begins a series anew, but not twice in a row."""
    last: dict[str, NumberedPoint] = {}
    had: dict[str, set[int]] = {}
    for p in points(speech.lines):
        before = last.get(p.style)
        if before and p.style in RUNNING:
            alone = not any(
                one.number > p.number for line in speech.lines[before.line : p.line] for one in said(line.text)
            )
            if p.number == before.number and (p.parent, p.part) == (before.parent, before.part) and alone:
                yield Finding(NAME, p.line, p.start, p.end, f"“{p.label}”前面已经有了，序号重复。")
        elif before:
            same = (p.parent, p.part) == (before.parent, before.part)
            if before.line in mistyped(speech.lines) and before.number == p.number:
                continue  # the one before has its number: `number-skipped` tells
            if (p.number != 1 and p.number in had[p.style]) or (p.number == before.number == 1 and same):
                yield Finding(NAME, p.line, p.start, p.end, f"“{p.label}”前面已经有了，序号重复。")
                continue
        if p.number == 1:
            had[p.style] = set()
        had.setdefault(p.style, set()).add(p.number)
        last[p.style] = p
    for n, line in enumerate(speech.lines):
        before_: dict[str, int] = {}
        for one in said(line.text):
            if one.number > 1 and one.number == before_.get(one.verb):
                words = line.text[one.start : one.end]
                yield Finding(NAME, n, one.start, one.end, f"“{words}”在这一段里说了两次，后面一处应当是第{numeral(one.number + 1)}条。")
            before_[one.verb] = one.number
        for step in steps(line.text):
            if step.mark.number == step.before.number:
                words = line.text[step.mark.start : step.mark.end]
                told = f"“{words}”在这一段里有两个，后面一个应当是“{step.mark.label(step.number)}”。"
                yield Finding(NAME, n, step.mark.start, step.mark.end, told, level="warning")
