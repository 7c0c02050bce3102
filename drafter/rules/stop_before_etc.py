"""“等”前面多了顿号。

并列的几项之间用顿号，末尾带“等”“等等”的，“等”前面不用顿号。

错：抓好春耕、防汛、等重点工作
对：抓好春耕、防汛等重点工作
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.rules import Finding, Speech

NAME = "stop-before-etc"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，附录B.1.2（“等”类词前不用顿号）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("、(?=等等?(?:[，。；：！？、）]|$|(?:重点|各项|各类|方面|问题|工作|部门|单位|地区?|内容|领域|任务|措施|形式|项目|活动|因素|情况|[一二两三四五六七八九十0-9]{1,3}[个项家类种名条]|同志|国家|省|市|县)))")


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 before 等 at the end of a list."""
    for n, line in enumerate(speech.lines):
        if "、等" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(), found.end(), "“等”前面不用顿号。", "", True)
