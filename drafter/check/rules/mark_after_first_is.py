"""“一是”“二是”后面用了标点。

“一是”直接接所说的事，中间不停顿，不用标点。

错：一是，加强组织领导；二是、压实责任
对：一是加强组织领导；二是压实责任
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import matches

NAME = "mark-after-first-is"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录B.3（序次语之后的标点）"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("是要则", "，、：:,"))


#: What `_pattern` begins with.
_BEGINS = "[一二三四五六七八九十](?=[一二三四五六七八九十]?[是要则][，、：:,])|^[ \u3000]"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("(?:^[ \u3000]*|(?<=[。；：，！]))([一二三四五六七八九十]{1,2}(?:是|要|则))([，、：:,])(?![一二三四五六七八九十]{1,2}[是要])")


def check(speech: Speech) -> Iterator[Finding]:
    """Marks behind 一是 and 一要. A colon there is only advised against."""
    for n, line in having(speech.lines, _NEEDS):
        for found in matches(_pattern(), line.text, _BEGINS):
            begun = max(line.text.rfind(stop, 0, found.start(2)) for stop in "。！？") + 1
            if found[2] in "：:" and "：" in line.text[begun : found.start(2)]:
                continue
            if not re.match("[^，。；]{0,16}[，、][^，。；]{0,4}$", line.text[found.end() :]):
                yield Finding(
                    NAME,
                    n,
                    found.start(2),
                    found.end(2),
                    f"“{found[1]}”后面不用标点。",
                    "",
                    False,
                    "advice" if found[2] in "：:" else "",
                )
