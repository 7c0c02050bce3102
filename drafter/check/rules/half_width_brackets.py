"""汉字用半角括号括着。

中文里的括号用全角的“（）”。括着英文、算式、网址的半角括号不算。

错：推进长江(清河段)生态修复
对：推进长江（清河段）生态修复
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import han

NAME = "half-width-brackets"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.9.2、5.1.3（括号的形式和位置）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![A-Za-z0-9_\]])\(([^()（）\n]{1,200})\)|(?<=[A-Za-z0-9])\(([^()（）\n]{1,200})\)(?!/)")


def check(speech: Speech) -> Iterator[Finding]:
    """Half-width brackets round mostly 汉字. A converted sum, (约500万美元), is often set so beside figures and left
    alone."""
    for n, line in enumerate(speech.lines):
        if "(" in line.text:
            for found in _pattern().finditer(line.text):
                words = found[1] or found[2]
                count = han(words)
                if count and count * 2 >= sum(c.isalnum() for c in words) and not re.match(r"约\d", words):
                    yield Finding(NAME, n, found.start(), found.end(), "括号是半角的，用全角的“（）”。", f"（{words}）", True)
