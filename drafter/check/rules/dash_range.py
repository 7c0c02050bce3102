"""数字的起止用了破折号或者半角的“~”。

起止用一字线“—”（占一个字）或者浪纹线“～”（全角）；破折号“——”占两个字，用来解释说明。

错：2021——2025年，增速保持在5%~6%
对：2021—2025年，增速保持在5%～6%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.prose import inside

NAME = "dash-range"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.13.2、4.13.3（连接号的形式和用法）"

#: What stands in whatever is found.
_NEEDS = needed("——|--|－－|──|~|～～")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    before = "(?<=[0-9年月日时点分%％元万亿℃])"
    return re.compile(
        rf"(?<=[0-9])(?:——|--|－－|──|~~|～～)(?=[0-9])|{before}(?:——|--|－－|──)(?=(?:19|20)[0-9]{{2}}年|[0-9]{{1,2}}[月日时])"
        rf"|{before}~(?=[0-9])")


def check(speech: Speech) -> Iterator[Finding]:
    """Double dashes and half-width tildes between figures. A half-width ~ is only advised against."""
    for n, line in having(speech.lines, _NEEDS):
        if any(c in line.text for c in "—-－─~～"):
            for found in _pattern().finditer(line.text):
                if inside(line.text, found.start(), marks="《"):
                    continue
                wave = found[0][0] in "~～"
                right = "～" if wave else "—"
                yield Finding(
                    NAME,
                    n,
                    found.start(),
                    found.end(),
                    f"起止用“{right}”，占一个字。",
                    right,
                    not wave,
                    "advice" if found[0] == "~" else "",
                )
