"""序号的层次跳了一级。

“一、”下面直接用“1.”，跳过了“（一）”。只有两层时这样写的很多，所以只作建议。

错：一、抓产业　1. 抓招商
对：一、抓产业　（一）抓招商
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import points

NAME = "skipped-level"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，7.3.3（一、（一）1.（1）依次标注）"

_ORDER = ("一、", "（一）", "1.", "（1）")


def check(speech: Speech) -> Iterator[Finding]:
    """First numbers two levels or more below the number they stand under; each pair of styles is told once."""
    found = points(speech.lines)
    told: set[tuple[str, str]] = set()
    for p in found:
        if p.parent is None or p.number != 1 or p.style not in _ORDER:
            continue
        above = found[p.parent]
        if (
            above.style not in _ORDER
            or _ORDER.index(p.style) - _ORDER.index(above.style) < 2
            or (above.style, p.style) in told
        ):
            continue
        told.add((above.style, p.style))
        between = _ORDER[_ORDER.index(above.style) + 1]
        yield Finding(NAME, p.line, p.start, p.end, f"“{above.label}”下面直接用“{p.label}”，跳过了“{between}”这一级。")
