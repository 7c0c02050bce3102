"""分句之间用了顿号。

顿号是最小的停顿，用在词语之间；“但是”“因此”“从而”引出分句，前面用逗号。

错：成绩来之不易、但是差距仍然不小
对：成绩来之不易，但是差距仍然不小
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.prose import inside

NAME = "stop-before-clause"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录B.1.1（逗号、顿号表示停顿的区别）"

#: What stands in whatever is found.
_NEEDS = needed("、但|、因|、所|、从|、进|、然|、否|、不|、虽|、如|、只")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    # 没有公心、只有私心 and 可回收、但不易分拣的 are members of a list; so is what 的 binds to a noun behind it
    return re.compile(
        "(?<![一二三四五六七八九十])、(但是|但(?=[^，。；]{0,12}(?:仍然?|还是?|也|却|要|必须|依然|不能))|因此|因而|所以|从而|进而|然而|否则|不仅|虽然|不但|如果|只要)"
        "(?!、)(?![^，。；！？]*的[^，。；！？的]{1,10}(?:[，。；！？]|$))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 before a word that begins a clause."""
    for n, line in having(speech.lines, _NEEDS):
        if "、" in line.text:
            for found in _pattern().finditer(line.text):
                if inside(line.text, found.start(), marks="“《"):
                    continue
                yield Finding(NAME, n, found.start(), found.start() + 1, f"“{found[1]}”引出分句，前面用逗号。", "，")
