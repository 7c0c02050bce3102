"""还有没填的【空】。

提纲里的空没有回答，就以【名称】留在文中；定稿前每一个都要填上或者删去。行首的【摘要】一类栏目名称不算。

错：今天，【参会人数】名同志参加培训
对：今天，86名同志参加培训
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "unanswered-blank"
LEVEL = "error"
SOURCE = "提纲语言：没有回答的空以【名称】留在文中"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("【[^【】。！？\n]{0,40}】")


def check(speech: Speech) -> Iterator[Finding]:
    """Everything in 【】 but a label at the beginning of a paragraph."""
    for n, line in enumerate(speech.lines):
        if "【" not in line.text:
            continue
        for found in _pattern().finditer(line.text):
            label = (
                found.start() == 0
                and line.role in ("body", "other", "heading")
                and re.match("[^，。、的年月日]*$", found[0][1:-1])
            )
            if label and re.match("【(?:摘要|编者按|关键词|导读|提要|按语|背景|链接|注)】", found[0]):
                continue
            level = "warning" if label and found[0] == line.text.strip() and found[0] != "【】" else ""
            yield Finding(NAME, n, found.start(), found.end(), f"“{found[0]}”还没有填。", level=level)
