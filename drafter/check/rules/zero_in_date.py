"""月、日前面补了零。

成文日期用阿拉伯数字写全年、月、日，月、日不编虚位，1不写成01。

错：2026年04月08日
对：2026年4月8日
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "zero-in-date"
LEVEL = "error"
SOURCE = "GB/T 9704—2012，7.3.5.4（月、日不编虚位）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<=年)0(?=[1-9]月)|(?<=\d月)0(?=[1-9][日号])|(?<=^)0(?=[1-9]月\d{1,2}日)")


def check(speech: Speech) -> Iterator[Finding]:
    """Zeros before the figures of a month or day."""
    for n, line in enumerate(speech.lines):
        if "月" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(), found.end(), "月、日前面不补零。", "", True)
