"""“几”和阿拉伯数字写在一起。

“几”表示概数，前后用汉字：十几个、几十年、几百人。

错：培训了10几个人，跑了几10里
对：培训了十几个人，跑了几十里
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.numerals import numeral
from drafter.chinese.prose import matches

NAME = "digit-with-ji"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，4.2.2（概数用汉字）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.])([1-9]0)几(?=[个名人年天次位家户万亿里亩元岁项件种多])|(?<![\d.])([1-9]00?)来(?=[个名人位家户里亩岁项件种])|几(1000?|100?"
        r"|10)(?=[个名人年天次位家户万亿里亩元岁项件种多])")


def check(speech: Speech) -> Iterator[Finding]:
    """几 and 来 beside a round number in figures; 来 is common in print and only advised against."""
    for n, line in enumerate(speech.lines):
        if "几" in line.text or "来" in line.text:
            for found in matches(_pattern(), line.text, "[1-9几](?=[01])"):
                if found[3]:
                    right = "几" + numeral(int(found[3])).removeprefix("一")
                else:
                    right = numeral(int(found[1] or found[2])) + found[0][-1]
                yield Finding(
                    NAME,
                    n,
                    found.start(),
                    found.end(),
                    f"概数用汉字：{right}。",
                    right,
                    False,
                    "advice" if found[2] else "",
                )
