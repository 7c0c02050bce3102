"""数目、姓名的地方是空格。

“增长 %”“达到　亿元”“由　同志主持”，空着的地方忘了填。

错：全年生产总值达到 亿元，增长 %
对：全年生产总值达到320亿元，增长6%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "missing-number"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留空白"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    unit = "%|％|亿元|万元|亿|个百分点|万亩|平方公里|平方米|万人|人次|万吨"
    return re.compile(
        rf"(?<=[到达长为成约入资了降幅占值])[ \u3000]{{1,8}}(?=(?:{unit}))|(?<=[由请])[ \u3000]{{1,8}}(?=(?:同志|书记|主任|局长|市长"
        rf"|县长)(?:[主作讲发致]))"
        rf"|(?<=共有|参加|邀请)[ \u3000]{{1,8}}(?=[名人家位])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Blanks before a unit or a post, where a number or a name belongs."""
    for n, line in enumerate(speech.lines):
        if " " in line.text or "\u3000" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(), found.end(), "这里空着，还没有填。")
