"""书面的日期用了“号”。

书面用“日”，“号”是口头的说法。念的时候可以念“号”，稿子上写“日”。

错：8月29号上午开会
对：8月29日上午开会
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed

NAME = "day-as-hao"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，7.3.5.4（成文日期用年、月、日）"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("月", "0123456789０１２３４５６７８９"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<=\d月)(\d{1,2})号(?![楼线院门厅馆台车机船文令区井矿泵炉公国省县高地])")


def check(speech: Speech) -> Iterator[Finding]:
    """号 behind a month and a day."""
    for n, line in having(speech.lines, _NEEDS):
        if "号" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.end() - 1, found.end(), "日期书面用“日”。", "日")
