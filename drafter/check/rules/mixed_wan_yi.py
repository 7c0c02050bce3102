"""大数的单位不简洁。

一个数用一个单位，“3亿4500万”写成“3.45亿”，“12000万元”写成“1.2亿元”，念起来也顺。

错：完成投资12000万元
对：完成投资1.2亿元
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "mixed-wan-yi"
LEVEL = "advice"
SOURCE = "GB/T 15835—2011，5.1.3（以“万”“亿”为单位）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,])(?:([1-9]\d{4,8})万|([1-9]\d{0,4})亿([1-9]\d{0,3})万)(?!\d)")


def check(speech: Speech) -> Iterator[Finding]:
    """Five or more figures before 万, and 亿 with 万 behind it."""
    for n, line in enumerate(speech.lines):
        if "万" in line.text:
            for found in _pattern().finditer(line.text):
                count = int(found[1]) if found[1] else int(found[2]) * 10000 + int(found[3])
                right = f"{count // 10000}.{count % 10000:04d}".rstrip("0").rstrip(".") + "亿"
                yield Finding(NAME, n, found.start(), found.end(), f"用一个单位：{right}。", right)
