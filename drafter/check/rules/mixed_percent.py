"""“百分之”和阿拉伯数字、百分号混着用。

“15%”或者“百分之十五”，不写“百分之15”“百分之十五%”。

错：增长百分之15
对：增长15%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "mixed-percent"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，5.1（百分数的写法）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"百分之(?:([0-9]+(?:\.[0-9]+)?)[%％]?|[一二三四五六七八九十百点零几]+[%％])|(?<![\d.])(\d+(?:\.\d+)?[%％])[%％]")


def check(speech: Speech) -> Iterator[Finding]:
    """百分之 with figures or with a sign as well, and a doubled sign."""
    for n, line in enumerate(speech.lines):
        if "百分之" in line.text or "%%" in line.text or "％％" in line.text:
            for found in _pattern().finditer(line.text):
                right = found[2] or (f"{found[1]}%" if found[1] else found[0][:-1])
                yield Finding(NAME, n, found.start(), found.end(), f"写成“{right}”。", right)
