"""讲话稿里用了计量单位的符号。

稿子是念的，“5km”“30㎡”写成“5公里”“30平方米”。

错：修路5km，人均住房39㎡
对：修路5公里，人均住房39平方米
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import matches

NAME = "unit-symbol"
LEVEL = "advice"
SOURCE = "GB/T 15835—2011，5.1（计量单位）；讲话稿用中文单位的惯例"

_SAID = {
    "km": "公里", "KM": "公里", "kg": "公斤", "KG": "公斤", "cm": "厘米", "mm": "毫米", "m": "米", "g": "克", "t": "吨", "h": "小时", "min": "分钟",
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "km²": "平方公里", "km2": "平方公里", "㎞": "公里", "㎏": "公斤", "㎝": "厘米", "㎜": "毫米",
    "m³": "立方米", "m3": "立方米", "m/s": "米每秒", "kW": "千瓦", "kw": "千瓦", "KW": "千瓦", "MW": "兆瓦", "℃": "摄氏度", "hm²": "公顷", "L": "升", "mL": "毫升", "ml": "毫升",
}  # fmt: skip


_BEGINS = f"[{''.join(sorted({symbol[0] for symbol in _SAID}))}]"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[\d万亿多余])(?:{'|'.join(sorted(map(re.escape, _SAID), key=len, reverse=True))})(?![A-Za-z0-9/²³])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Symbols of units behind figures."""
    for n, line in enumerate(speech.lines):
        for found in matches(_pattern(), line.text, _BEGINS):
            right = _SAID[found[0]]
            yield Finding(NAME, n, found.start(), found.end(), f"念稿用中文单位：{right}。", right)
