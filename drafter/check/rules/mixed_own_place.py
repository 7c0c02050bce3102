"""“我市”里混进了“我县”。

通篇说“我市”，忽然有一处“我县”，可能是从别处抄来没有改。市里讲全省的事也说“我省”，所以只作建议。

错：我市……我市……我市……我县……
对：我市……我市……我市……我市……
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "mixed-own-place"
LEVEL = "advice"
SOURCE = "讲话稿校对惯例：不留别处的名称"

_OWN = re.compile("我([省市县州旗镇乡村校院局厅])(?![级直属辖])")

#: The usual one stands so often at least, the odd one once.
USUAL = 3


def check(speech: Speech) -> Iterator[Finding]:
    """The one 我县 of a text that says 我市 throughout."""
    found = [
        (n, m)
        for n, line in enumerate(speech.lines)
        for m in _OWN.finditer(line.text)
        if not inside(line.text, m.start())
    ]
    counts: dict[str, int] = {}
    for _, m in found:
        counts[m[1]] = counts.get(m[1], 0) + 1
    if len(counts) != 2 or max(counts.values()) < USUAL or min(counts.values()) != 1:
        return
    usual = max(counts, key=lambda c: counts[c])
    for n, m in found:
        if m[1] != usual:
            message = f"全文 {counts[usual]} 处说“我{usual}”，这里是“{m[0]}”，核对一下。"
            yield Finding(NAME, n, m.start(), m.end(), message)
