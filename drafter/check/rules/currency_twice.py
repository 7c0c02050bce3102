"""货币符号和货币名称重复了。

“￥100元”“$50美元”，符号和名称留一个；念的稿子留名称。

错：发放补助￥500元
对：发放补助500元
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "currency-twice"
LEVEL = "error"
SOURCE = "GB/T 15835—2011，5.1（数字与货币单位）"
NEEDS = "￥¥$€"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"[￥¥]\s?(?=[\d.,]+[十百千万亿]*(?:多|余)?元)|\$\s?(?=[\d.,]+[十百千万亿]*(?:多|余)?美元)|€\s?(?=[\d.,]+[十百千万亿]*(?:多|余)?欧元)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """A sign before an amount that has its name behind."""
    for n, line in having(speech.lines, NEEDS):
        if any(c in line.text for c in "￥¥$€"):
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(), found.end(), f"“{found[0].strip()}”和后面的货币名称重复了。", "", True)
