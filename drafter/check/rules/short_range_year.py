"""起止年份的后一个写短了。

年份一般不简写，“2011—12年”会念成“二〇一一到十二年”。跨年的赛季、学年习惯写“2025/26”，不算。

错：在2021—25年的规划里
对：在2021—2025年的规划里
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "short-range-year"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，4.1（公历年份不简写）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(?:19|20)(\d\d)年?(?:[—～~\-－]|——|至|到)(\d\d)(?=年(?![级月内间里以来]|前|后|左右))")


def check(speech: Speech) -> Iterator[Finding]:
    """Two figures for the second year of a range."""
    for n, line in enumerate(speech.lines):
        if "年" in line.text:
            for found in _pattern().finditer(line.text):
                century = found[0][:2]
                if int(found[2]) > int(found[1]):
                    yield Finding(
                        NAME,
                        n,
                        found.start(2),
                        found.end(2),
                        f"年份写全：“{century}{found[2]}年”。",
                        century + found[2],
                    )
