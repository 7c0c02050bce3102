"""省略号后面又用了点号。

省略号后面一般不再用逗号、顿号、句号。

错：问题还有不少……，要逐个解决
对：问题还有不少……要逐个解决
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "mark-after-ellipsis"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.11（省略号）；编辑惯例"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("(?<=……)[，、；：。]")


def check(speech: Speech) -> Iterator[Finding]:
    """A stop or comma behind an ellipsis."""
    for n, line in enumerate(speech.lines):
        if "……" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.start(), found.end(), f"省略号后面一般不用“{found[0]}”。", "")
