"""横排的稿子用了直角引号。

「」『』是竖排和港台的引号；横排的简体稿用“”‘’。

错：落实「三个区分开来」
对：落实“三个区分开来”
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import enclosed

NAME = "corner-quotes"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.8.2、5.2（横排用弯引号，竖排改用直角引号）"

_INNER = str.maketrans("『』「」“”", "‘’‘’‘’")


def check(speech: Speech) -> Iterator[Finding]:
    """Corner quotation marks round words; where a speech has no others they are its own way, and only advised
    against."""
    own = "" if any("“" in line.text for line in speech.lines) else "advice"
    for n, line in enumerate(speech.lines):
        if "「" in line.text or "『" in line.text:
            taken = 0
            for inner in enclosed(line.text):
                if inner.mark in "「『" and inner.closed and inner.start > taken:
                    taken = inner.end
                    words = line.text[inner.start : inner.end].translate(_INNER)
                    yield Finding(NAME, n, inner.start - 1, inner.end + 1, "横排用“”‘’，不用直角引号。", f"“{words}”", False, own)
