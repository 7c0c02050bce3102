"""一个日期里汉字和阿拉伯数字混着用。

年、月、日要么都用阿拉伯数字，要么都用汉字。农历的月日用汉字，不算。

错：2026年四月8日，二〇二六年4月，二十世纪80年代
对：2026年4月8日，二〇二六年四月，20世纪80年代
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import matches

NAME = "mixed-date"
LEVEL = "error"
SOURCE = "GB/T 15835—2011，4.3（同一日期用同一种数字）"
NEEDS = "年月"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "[一二三四五六七八九十]"
    return re.compile(
        rf"(?<=\d{{4}}年)(?P<month>{han}{{1,2}})月(?P<day>(?:[1-3]?[0-9]|{han}{{1,3}})[日号])?(?!革命|飞雪)"
        rf"|(?<=[0-9]月)(?P<only>{han}{{1,3}})(?=日)"
        rf"|(?P<year>[一二][〇零○九一二三四五六七八]{{3}})年(?=(?:1[0-2]|[1-9])月)"
        rf"|(?P<century>(?:二十一?|十[一二三四五六七八九]))世纪(?=[0-9]0年代)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Dates of two kinds of numerals. A month in 汉字 without its day may be one of the lunar year and is only warned
    of."""
    for n, line in having(speech.lines, NEEDS):
        text = line.text
        for found in matches(_pattern(), text, "[一二三四五六七八九十](?=[一二三四五六七八九十月日〇零○世])"):
            if found["month"]:
                number = read_numeral(found["month"])
                lunar = re.match("(?:初|廿|[^，。]{0,6}节)", text[found.end() :]) or re.search(
                    "农历|阴历|夏历", text[max(0, found.start() - 12) : found.end()]
                )
                if not number or number > 12 or lunar:
                    continue
                day = found["day"]
                said = read_numeral(day[:-1]) if day else None
                right = f"{number}月" + (f"{said}{day[-1]}" if day else "")
                yield Finding(
                    NAME,
                    n,
                    found.start(),
                    found.end(),
                    f"一个日期用一种数字：“{right}”。",
                    right,
                    False,
                    "" if day else "warning",
                )
            elif found["only"]:
                right = str(read_numeral(found["only"]))
                if read_numeral(found["only"]):
                    yield Finding(NAME, n, found.start(), found.end(), f"一个日期用一种数字：“{right}日”。", right)
            else:
                right = str(read_numeral((found["year"] or found["century"]).replace("○", "〇")))
                end = found.end() - (1 if found["year"] else 2)
                yield Finding(NAME, n, found.start(), end, f"一个日期用一种数字：“{right}”。", right)
