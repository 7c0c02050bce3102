"""量词前面用了“二”。

一般量词前面用“两”：两个、两名、两家。序数（第二个）、多位数（十二个）、度量衡（二斤）仍用“二”。

错：抓好二个方面的工作
对：抓好两个方面的工作
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "er-for-liang"
LEVEL = "warning"
SOURCE = "《现代汉语词典》“二”“两”的用法"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "(?<![第十百千万〇零一二三四五六七八九、—～至到初老分之点])二(?=个(?:[^人转月级以]|月内|人[，。的都])|名(?:[^义列。，])|家[^庭子]|件[事工好大实]|种[^植子]|天[时内前后的就]|支队伍"
        "|所学校|届连任)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """二 before a plain measure word, not part of a longer numeral or an ordinal."""
    for n, line in enumerate(speech.lines):
        if "二" in line.text:
            for found in _pattern().finditer(line.text):
                if inside(line.text, found.start()):
                    continue
                yield Finding(NAME, n, found.start(), found.end(), "量词前面用“两”。", "两")
