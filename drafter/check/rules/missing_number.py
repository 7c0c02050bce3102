"""数目、姓名的地方是空格。

“增长 %”“达到　亿元”“由　同志主持”“约　人”，空着的地方忘了填。前面是等着数目的词、后面是单位或者量词的空格才算。

错：全年生产总值达到 亿元，增长 %
对：全年生产总值达到320亿元，增长6%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.standins import before, behind
from drafter.check.whole import having

NAME = "missing-number"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留空白"
NEEDS = " \u3000"

#: From this weight on a gap is told: a gap that looks made (two blanks, a full-width one) before a measure word and
#: behind a word that wants a number, or a single blank before a unit.
ENOUGH = 2.5


@lru_cache(maxsize=1)
def _gap() -> re.Pattern[str]:
    return re.compile("(?<=[\u4e00-\u9fff])[ \u3000]{1,20}(?=[%％\u4e00-\u9fff])")


def check(speech: Speech) -> Iterator[Finding]:
    """Blanks between a word that wants a number or a name and what stands behind one."""
    for n, line in having(speech.lines, NEEDS):
        if line.role in ("title", "subtitle", "byline") or not (" " in line.text or "\u3000" in line.text):
            continue
        for found in _gap().finditer(line.text):
            weight = _weight(line.text, found)
            if weight >= ENOUGH:
                level = "" if weight > ENOUGH else "warning"
                yield Finding(NAME, n, found.start(), found.end(), "这里空着，还没有填。", level=level)


def _weight(text: str, found: re.Match[str]) -> float:
    """How heavily a gap is told to want words (see `ENOUGH`)."""
    start, end = found.span()
    left, right = before(text, start), behind(text, end)
    wide = end - start > 1 or found[0] == "\u3000"
    if right.kind in ("unit", "measure"):
        made = 1.5 if end - start > 2 else 1.0 if wide else 0.5
        closed = right.kind == "measure" and text[end + 1 : end + 2] in ("，", "。", "、", "；", "")
        return made + right.weight + 0.5 * closed + (left.weight if left.kind == "number" else 0)
    if right.kind == "post" and left.kind == "name" and re.search("[由请]$", text[:start]):
        return 3.0 if re.match(".{2,4}(?:主持|作|讲|发言|致)", text[end:]) else 0
    return 0
