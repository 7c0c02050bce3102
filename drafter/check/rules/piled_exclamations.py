"""问号、叹号叠得太多，或者叠用的次序反了。

表示强烈语气时叹号、问号最多叠用三个；疑问和感叹并有时先问号后叹号。讲话稿里一个就够。

错：同志们，时间不等人！！！！
对：同志们，时间不等人！
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "piled-exclamations"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.2.3.3、4.3.3.2、4.3.3.3（叠用不超过三个，先问后叹）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("！{4,}(?!？)|？{4,}(?!！)|！+？+[！？]*|？{2,}！+[！？]*|？！[！？]+")


def check(speech: Speech) -> Iterator[Finding]:
    """Four or more of a kind, and ！？."""
    for n, line in enumerate(speech.lines):
        if "！" in line.text or "？" in line.text:
            for found in _pattern().finditer(line.text):
                mixed = len(set(found[0])) > 1
                message = "疑问和感叹并有，用“？！”。" if mixed else f"“{found[0][0]}”最多叠用三个，这里一个就够。"
                yield Finding(NAME, n, found.start(), found.end(), message, "？！" if mixed else found[0][0])
