"""书名号后面带括注，与下一项之间少了顿号。

并列的书名号之间通常不用顿号，但是中间插着括注的要用，不然分不清括注管哪一项。

错：刊登在《清河日报》（周末版）《清河通讯》上
对：刊登在《清河日报》（周末版）、《清河通讯》上
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "stop-after-note-missing"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.5.3.5（有其他成分插在并列的引号、书名号之间，宜用顿号）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("》（[^（）0-9]{2,40}）(?=《)")


def check(speech: Speech) -> Iterator[Finding]:
    """A title with a note (not a number) straight before another title."""
    for n, line in enumerate(speech.lines):
        if "）《" in line.text:
            for found in _pattern().finditer(line.text):
                yield Finding(NAME, n, found.end(), found.end(), "括注后面接着下一项，中间用顿号。", "、")
