"""引的是半句话，句号放进了引号里。

引文独立成句的，句号在引号里面；引文只是句子的一部分，句号放在引号外面。

错：真正做到“干一件成一件。”
对：真正做到“干一件成一件”。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import han

NAME = "stop-inside-fragment"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，附录B.2.1（引号内外的点号）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("(?<=[\u4e00-\u9fff])“([^“”。！？：；]{2,24})。”(?=$|[\u4e00-\u9fff])")


def check(speech: Speech) -> Iterator[Finding]:
    """A short quotation straight behind a verb, with the full stop inside."""
    for n, line in enumerate(speech.lines):
        if "。”" in line.text:
            for found in _pattern().finditer(line.text):
                if han(found[1]) <= 16 and not re.search("[说道问答喊写称曰言诗云讲：]$", line.text[max(0, found.start() - 1) : found.start()]):
                    yield Finding(NAME, n, found.end() - 2, found.end(), "引的是半句话，句号放在引号外面。", "”。")
