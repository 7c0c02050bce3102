"""百分数的起止只写了一个百分号。

“5—10%”会读成“五到百分之十”，两个数都带百分号。

错：增长5—6%
对：增长5%—6%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "percent-range"
LEVEL = "advice"
SOURCE = "GB/T 15835—2011，5.1.4（百分数范围，前一个百分号不省略）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.A-Za-z第])(\d{1,3}(?:\.\d+)?)([—～~\-－]|至|到)(?=\d{1,3}(?:\.\d+)?([%％‰]))")


def check(speech: Speech) -> Iterator[Finding]:
    """A range whose second figure alone has a percent sign."""
    for n, line in enumerate(speech.lines):
        if "%" in line.text or "％" in line.text or "‰" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.end(1), found.end(1), f"前一个数也带百分号：“{found[1]}{found[3]}”。", found[3])
