"""标点前后多了空格。

中文标点自己占一个字的位置，前后不再空格。

错：同志们 ：今天 ，我们召开会议
对：同志们：今天，我们召开会议
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "blank-by-mark"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，5.1（标点占一个字位置）"
NEEDS = " \u3000\u00a0"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "(?<=[^\\s])[ \u3000\u00a0]+(?=[，。；：、！？）》”〉〕])|(?<=[，；、：])[ \u00a0]+(?=[\u4e00-\u9fff“《])"
        "|(?<=[（《“〈])[ \u3000\u00a0]+(?=[^\\s])|(?<=[。！？])[ \u00a0]{1,2}(?=[\u4e00-\u9fff“])")


#: A pair with a blank only is empty, or shown: another rule's affair.
_OPENS, _CLOSES = frozenset("（《“〈〔"), frozenset("）》”〉〕")


def check(speech: Speech) -> Iterator[Finding]:
    """Blanks before or behind a mark, in running text."""
    for n, line in having(speech.lines, NEEDS):
        if " " in line.text or "\u3000" in line.text or "\u00a0" in line.text:
            for found in _pattern().finditer(line.text):
                empty = line.text[found.end() : found.end() + 1] in _CLOSES and line.text[found.start() - 1] in _OPENS
                if not empty:
                    yield Finding(NAME, n, found.start(), found.end(), "标点前后不空格。", "", True)
