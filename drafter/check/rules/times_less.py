"""减少、下降用了倍数。

增加可以说几倍，减少不能：一个数减少一倍就是零。用百分数或几分之几。

错：发案率下降了2倍
对：发案率下降了三分之二
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "times-less"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011 应用惯例：倍数用于增加，不用于减少"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![增升])(?<!不但不|不仅没)(?:降低|减少|下降|缩小|缩短|减轻|下跌|降|减)(?:了|为)?(?:近|约|将近|整整|大约|超过)?(?:\d+(?:\.\d+)?"
        r"|[一二三四五六七八九十两几数百]+)(?:多|余)?倍(?!多?地?(?:增|提高|扩大|上升))")


def check(speech: Speech) -> Iterator[Finding]:
    """A fall counted in times."""
    for n, line in enumerate(speech.lines):
        if "倍" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(), found.end(), "减少不能用倍数，用百分数或者几分之几。")
