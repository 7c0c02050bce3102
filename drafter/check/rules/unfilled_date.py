"""日期里空着没填。

“2026年　月　日”“第　届”是套用旧稿和公文格式时留下的空。

错：2026年　月　日
对：2026年3月12日
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed

NAME = "unfilled-date"
LEVEL = "error"
SOURCE = "GB/T 9704—2012，7.3.5.4（成文日期用阿拉伯数字将年、月、日标全）"

#: What stands in whatever is found.
_NEEDS = needed(" |\u3000|月日|第届")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    gap = r"[ \u3000]"
    return re.compile(
        rf"年{gap}+月(?:{gap}*日)?|年{gap}*月{gap}+日|(?<=月){gap}+日(?!常)|(?<=年[0-9]月){gap}*日(?![0-9一-龥])"
        rf"|(?<![\d一-龥])年月日(?=[）)，。]|$)|第{gap}+[届次期批](?=[一-龥])|第[届次](?=[一-龥]{{2}})(?<=第届)|第届"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Year, month, day and ordinals with nothing where the number belongs."""
    for n, line in having(speech.lines, _NEEDS):
        if not any(mark in line.text for mark in (" ", "\u3000", "月日", "第届")):
            continue
        for found in _pattern().finditer(line.text):
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”里的数字还没有填。")
