"""数字中间用了全角的点或逗号。

小数点是半角的“.”，千位的分节号是半角的“,”。“3．5%”“1，200户”会念错。

错：增长3．5%，惠及1，200户
对：增长3.5%，惠及1,200户
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed

NAME = "wide-figure-mark"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，5.1.1、5.1.5（小数点、千分撇）"
NEEDS = "．。·，"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("．。·，", "0123456789０１２３４５６７８９"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    unit = "[%％万亿倍元个吨亩户人名公平]"
    return re.compile(
        rf"(?<=[0-9])．(?=[0-9])|(?<=[0-9])[。·](?=\d{{1,2}}(?:{unit}|个百分点))"
        rf"|(?<![\d，年月日、第])[1-9]\d{{0,2}}(?P<comma>(?:，\d{{3}})+)(?!\d)(?={unit}|多|余)")


def check(speech: Speech) -> Iterator[Finding]:
    """．, 。 and · (the newspapers' own of old, advised against only) for a decimal point, ， between thousands before a
    unit."""
    for n, line in having(speech.lines, _NEEDS):
        if re.search("[0-9０-９][．。·，](?=[0-9０-９])", line.text):
            for found in _pattern().finditer(line.text):
                if found["comma"]:
                    right = found[0].replace("，", ",")
                    yield Finding(NAME, n, found.start(), found.end(), "数字里的分节号用半角“,”，或者不用。", right)
                elif found[0] == "．" or re.search(
                    r"(?<!\d)\d{1,4}$", line.text[max(0, found.start() - 6) : found.start()]
                ):
                    yield Finding(
                        NAME,
                        n,
                        found.start(),
                        found.end(),
                        f"小数点是半角的“.”，不是“{found[0]}”。",
                        ".",
                        found[0] == "．",
                        "advice" if found[0] == "·" else "",
                    )
