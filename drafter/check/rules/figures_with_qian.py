"""阿拉伯数字后面用了“十”“百”“千”。

数字后面可以用“万”“亿”作单位，不用“十”“百”“千”；“千米”“千克”“千瓦”里的“千”是计量单位的词头，不算。

错：投资5千万元，建成3百亩大棚
对：投资5000万元，建成300亩大棚
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "figures-with-qian"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，5.1.3（以“万”“亿”为单位）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.,—～第、])([1-9])(千(?![米克瓦伏卡赫帕焦字安升伏兆比]|分之|斤顶|里马)|百(?![货强分度姓合草色]|分之|日|年|佳|优|村|校|企"
        r"|家万户))(?=[万亿个亩人元户名吨公多余年里台辆套件米])")


def check(speech: Speech) -> Iterator[Finding]:
    """One figure before 百 or 千 and a unit."""
    for n, line in enumerate(speech.lines):
        if "千" in line.text or "百" in line.text:
            for found in _pattern().finditer(line.text):
                right = found[1] + ("000" if found[2] == "千" else "00")
                yield Finding(NAME, n, found.start(), found.end(), f"写成“{right}”，数字后面不用“{found[2]}”。", right)
