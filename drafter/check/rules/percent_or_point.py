"""比率升降用了百分号。

“增速提高5%”是在原来增速上乘1.05，“提高5个百分点”是在原来增速上加5。说增速、占比、覆盖率的变化，多半该用百分点。

由百分之几升到百分之几，差是几就是几个百分点，算得出来的，报提醒；别的只作建议。

错：占比提高3.2%，覆盖率由80%提高到85%，提高了5%，合格率提高了2%个百分点
对：占比提高3.2个百分点，覆盖率由80%提高到85%，提高了5个百分点，合格率提高了2个百分点
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "percent-or-point"
LEVEL = "warning"
SOURCE = "统计用语惯例：两个百分数相减，差用百分点"
NEEDS = "%％"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:增速|占比|比重|(?<![效汇频功速])率)[^，。；、%]{0,6}(?:提高|提升|上升|下降|回落|降低|加快|增加)了?(\d+(?:\.\d+)?)([%％])"
    )


@lru_cache(maxsize=1)
def _from_to() -> re.Pattern[str]:
    """From one share to another, and the difference said in percent."""
    share, moved = r"(\d+(?:\.\d+)?)[%％]", "(?:提高|提升|上升|下降|回落|降低|加快|增加|增长|扩大|缩小|减少|降|升)"
    return re.compile(
        rf"(?<![\d.]){share}[^，。；%\d]{{0,8}}[到至为]{share}[，,（(、][^，。；%\d]{{0,6}}{moved}了?{share}(?!的)"
    )


def _is_followed(text: str, end: int) -> bool:
    """Whether 百分点 stands behind a %, which is told for itself."""
    return text.startswith(("百分点", "个百分点"), end)


def check(speech: Speech) -> Iterator[Finding]:
    """A rise or fall in percent of what is itself a percentage."""
    for n, line in having(speech.lines, NEEDS):
        if "%" in line.text or "％" in line.text:
            told: set[int] = set()
            for twice in re.finditer("[%％](?=个?百分点)", line.text):
                yield Finding(NAME, n, twice.start(), twice.end(), "“%”和“百分点”只用一个。", "")
            for found in _from_to().finditer(line.text):
                first, last, moved = (float(found[n]) for n in (1, 2, 3))
                if abs(abs(last - first) - moved) < 0.051 and first != 100 and not _is_followed(line.text, found.end()):
                    told.add(found.start(3))
                    said = f"{found[1]}%到{found[2]}%，差是{found[3]}个百分点，不是百分之{found[3]}。"
                    yield Finding(NAME, n, found.end(3), found.end(3) + 1, said, "个百分点")
            for found in _pattern().finditer(line.text):
                if found.start(1) in told or _is_followed(line.text, found.end()):
                    continue
                yield Finding(
                    NAME,
                    n,
                    found.start(2),
                    found.end(2),
                    "比率的升降一般用“个百分点”，请核对。",
                    "个百分点",
                    level="advice",
                )
