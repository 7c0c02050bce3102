"""起止的两个数前大后小。

“2030—2026年”“60%—50%”多半是写颠倒了。

错：在2030—2026年的五年里
对：在2026—2030年的五年里
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "reversed-range"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，5.1.4（数值范围由小到大）；编辑惯例"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.])(?:((?:19|20)\d\d)年?[—～](?:)((?:19|20)\d\d)(?=年)|(\d{1,2}(?:\.\d+)?)%[—～](\d{1,2}(?:\.\d+)?)(?=%))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Ranges of years and percentages that go down; 前/比 talk of a fall are none as they have no range."""
    for n, line in enumerate(speech.lines):
        if "—" in line.text or "～" in line.text:
            for found in _pattern().finditer(line.text):
                first, last = (found[1], found[2]) if found[1] else (found[3], found[4])
                if float(first) > float(last) and "公元前" not in line.text:
                    yield Finding(NAME, n, found.start(), found.end(), f"起止颠倒了：{first}比{last}大。")
