"""个位数后面用了“余”。

“余”“多”用在十、百、千、万之后：十余人、300多户。“3余人”不成话。

错：走访3余户困难群众
对：走访3户困难群众
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import matches

NAME = "few-and-odd"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，4.2.2（概数）；《现代汉语词典》“余”"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.,—～/])([1-9])(?:余(?=[人名户家项件位台辆套种次笔场期处座篇])|多(?=[人名户家项件位台辆套种](?!次)))"
        r"|(?<![\d.,])\d*[1-9](?=余[人名户家项件位台辆])(?<=[1-9]{2})余")


def check(speech: Speech) -> Iterator[Finding]:
    """余 or 多 behind a single figure, or 余 behind a number that is not round."""
    for n, line in enumerate(speech.lines):
        if "余" in line.text or "多" in line.text:
            for found in matches(_pattern(), line.text, r"\d(?=[\d余多])"):
                last = found[0][-1]
                yield Finding(NAME, n, found.start(), found.end(), f"“{last}”用在整十、整百的数后面。", found[0][:-1])
