"""比率升降用了百分号。

“增速提高5%”是在原来增速上乘1.05，“提高5个百分点”是在原来增速上加5。说增速、占比、覆盖率的变化，多半该用百分点。

错：占比提高3.2%
对：占比提高3.2个百分点
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "percent-or-point"
LEVEL = "advice"
SOURCE = "统计用语惯例：两个百分数相减，差用百分点"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?:增速|占比|比重|(?<![效汇频功速])率)[^，。；、%]{0,6}(?:提高|提升|上升|下降|回落|降低|加快|增加)了?(\d+(?:\.\d+)?)([%％])")


def check(speech: Speech) -> Iterator[Finding]:
    """A rise or fall in percent of what is itself a percentage."""
    for n, line in enumerate(speech.lines):
        if "%" in line.text or "％" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(2), found.end(2), "比率的升降一般用“个百分点”，请核对。", "个百分点")
