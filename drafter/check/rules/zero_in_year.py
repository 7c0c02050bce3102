"""汉字年份里的“〇”写成了别的字。

汉字写年份，零写作“〇”（U+3007）：二〇二六年。“二零二六年”“二○二六年”“二0二六年”“二O二六年”都不合。

错：二零二六年十一月，二O二五年
对：二〇二六年十一月，二〇二五年
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import matches

NAME = "zero-in-year"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，4.3（编号、年份中的“零”写作“〇”）"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("一二三四五六七八九〇零○◯OoＯ0０ΟО", "零○◯OoＯ0０ΟО"))


#: What stands for a figure, whatever it is.
_DIGITS = "一二三四五六七八九〇零○◯OoＯ0０ΟО"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    zero = "[零○◯OoＯ0０ΟО]"
    digit = _DIGITS
    return re.compile(
        f"(?<![{digit}十百千])(?:[一二](?={zero}|[{digit}]{zero}|[{digit}]{{2}}{zero})[{digit}]{{3}})(?=年(?!级)|[—～至])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Years in 汉字 with another zero. ○ (U+25CB) is what newspapers set and only advised against."""
    for n, line in having(speech.lines, _NEEDS):
        if "一" in line.text or "二" in line.text:
            for found in matches(_pattern(), line.text, f"[一二](?=[{_DIGITS}])"):
                right = re.sub("[零○◯OoＯ0０ΟО]", "〇", found[0])
                yield Finding(
                    NAME,
                    n,
                    found.start(),
                    found.end(),
                    f"汉字年份写作“{right}”。",
                    right,
                    found[0][0] == "二" and "零" not in found[0],
                    "advice" if "○" in found[0] else "",
                )
