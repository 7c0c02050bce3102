"""“~”代替了没写的字。

两边都是汉字的“~”或“～”，不是范围号（范围号两边是数），多半是笔记里的省略，念不出来。

错：明确~政府工作的重点
对：明确今年政府工作的重点
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "stray-tilde"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.13.3（浪纹线用于数值范围）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "[\u4e00-\u9fff]"
    number = "[一二三四五六七八九十百千万亿零〇年月日时分初上中下旬半点号级类班周甲乙丙丁戊春夏秋冬]"
    return re.compile(rf"(?<={han})(?<!{number})[~～]{{1,3}}(?={han})(?!{number})|^[~～]+(?={han})")


def check(speech: Speech) -> Iterator[Finding]:
    """Tildes between words."""
    for n, line in enumerate(speech.lines):
        if "~" in line.text or "～" in line.text:
            for found in _pattern().finditer(line.text):
                if not inside(line.text, found.start()):
                    yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”念不出来，这里缺了字。")
