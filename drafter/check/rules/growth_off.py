"""增减的数和前后两个数对不上。

“由120家增加到150家，新增40家”，实际是30家。两头的数和增减的数都在一句里，四舍五入也解释不了的才提出来；按可比价格、年均计算的
不算。

错：农民收入由15000元增加到18000元，增长25%
对：农民收入由15000元增加到18000元，增长20%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.quantities import QUANTITY, Quantity, quantity
from drafter.check.rules import Finding, Speech

NAME = "growth-off"
LEVEL = "warning"
SOURCE = "算术：增减的数等于前后两数之差"

NEEDS = "由从"

_UP = "增加|增长|提高|提升|上升|扩大|增|升|拓展|发展"
_DOWN = "减少|下降|降低|压减|缩减|缩短|降|减"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    year = r"(?:\d{2,4}年(?:底|末|初)?的?)?"
    return re.compile(
        rf"[由从]{year}[^\d。；，]{{0,12}}{QUANTITY}[^\d。；，]{{0,8}}?(?P<way>{_UP}|{_DOWN})(?:到|至|为)了?{year}[^\d。；，]{{0,4}}{QUANTITY}"
        rf"，(?P<how>(?:同比|累计|净|共)?(?:新增|{_UP}|{_DOWN}))(?:了|约|近)?{QUANTITY}"
    )


#: Growth that is not the difference of the two figures: a year's part of it, or in the prices of another year.
_OTHERWISE = re.compile("年均|实际|可比|口径|不变价|名义|生产总值|增加值|GDP|剔除|扣除|每年|平均")


def check(speech: Speech) -> Iterator[Finding]:
    """由 a 增加到 b，增长 c, where c is neither b − a nor its share of a, whatever was rounded."""
    for n, line in enumerate(speech.lines):
        text = line.text
        if not ("到" in text or "至" in text or "为" in text) or not ("由" in text or "从" in text):
            continue
        for found in _pattern().finditer(text):
            begin = max(text.rfind(mark, 0, found.start()) for mark in "。；！？") + 1
            if _OTHERWISE.search(text[begin : found.end()]):
                continue
            first, second, change = quantity(found), quantity(found, 5), quantity(found, 9)
            right = _right(first, second, change)
            if right is not None:
                message = f"由{_said(text, first)}到{_said(text, second)}，{found['how']}的应是{right}。"
                yield Finding(NAME, n, change.start, change.end, message)


def _said(text: str, q: Quantity) -> str:
    return text[q.start : q.end]


def _right(first: Quantity, second: Quantity, change: Quantity) -> str | None:
    """What the change should be; None where it is so, or cannot be told."""
    if first.unit != second.unit or not first.value:
        return None
    difference, off = abs(second.value - first.value), first.off + second.off
    if change.unit == first.unit != "%" or (first.unit == "%" and change.unit == "个百分点"):
        if abs(difference - change.value) <= off + change.off + 1e-6:
            return None
        return f"{difference:.6g}{change.unit}"
    if change.unit == "%" and first.unit != "%":
        low = (difference - off) / (first.value + first.off) * 100
        high = (difference + off) / max(first.value - first.off, 1e-9) * 100
        place = max(change.off, 0.5) + 0.1
        if low - place <= change.value <= high + place:
            return None
        return f"{difference / first.value * 100:.1f}%"
    return None
