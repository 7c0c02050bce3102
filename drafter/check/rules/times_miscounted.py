"""翻番、几倍和前后两个数对不上。

翻一番是原来的两倍，翻两番是四倍，翻三番是八倍；“增长两倍”是原来的三倍，“是原来的两倍”才是两倍。一句里前后两个数
都写了的，算一算就知道。

错：收入由5万元增加到10万元，翻了两番；产量由20吨增加到40吨，增长两倍
对：收入由5万元增加到10万元，翻了一番；产量由20吨增加到40吨，增长一倍
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.numerals import read_numeral

NAME = "times-miscounted"
LEVEL = "warning"
SOURCE = "《现代汉语词典》“翻番”“倍”；GB/T 15835—2011，5.1.3（以“万”“亿”为单位）"

#: By so much a figure may be off before it is called wrong: the other two are rounded.
_ROUNDED = 0.15

_UNITS = {"": 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    amount = r"(\d+(?:\.\d+)?)(万亿|亿|万)?(?![年月日\d])"
    unit = "[^，。；：！？0-9%％]{0,4}?"
    return re.compile(
        rf"[由从自][^，。；！？]{{0,14}}?{amount}{unit}[^，。；！？0-9]{{0,10}}(?:到|至|为){amount}{unit}[，、（](?:[^，。；！？0-9]{{0,8}}?)"
        r"(?:翻了?(?P<doubled>[一二两三四1-4])番|(?P<how>增长|增加|提高|扩大|提升|上升|是[^，。；]{1,8}的)了?(?P<times>[0-9.]+|[一二两三四五六七八九十])倍)(?!多|有余|以上)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Times that two figures of the sentence do not bear out. Silent where rounding may be the cause."""
    for n, line in enumerate(speech.lines):
        if "番" not in line.text and "倍" not in line.text:
            continue
        for found in _pattern().finditer(line.text):
            first, last = (float(found[k]) * _UNITS[found[k + 1] or ""] for k in (1, 3))
            if not first or last <= first:
                continue
            real = last / first
            if found["doubled"]:
                said = 2.0 ** _number(found["doubled"])
            else:
                said = _number(found["times"]) + (0 if found["how"].startswith("是") else 1)
            if abs(real - said) > _ROUNDED * max(real, said):
                words = (found["doubled"] and f"翻{found['doubled']}番是{said:g}倍") or f"这样说就是原来的{said:g}倍"
                start = found.start("doubled") if found["doubled"] else found.start("times")
                end = found.end("doubled") if found["doubled"] else found.end("times")
                yield Finding(NAME, n, start, end, f"从前一个数到后一个数是{real:.3g}倍，{words}，请核对。")


def _number(words: str) -> float:
    if words == "两":
        return 2.0
    return float(words) if words[0].isdigit() else float(read_numeral(words) or 0)
