"""一对括号一半是全角、一半是半角。

输入法切换留下的，打印出来一大一小。

错：全面落实（试行)办法。
对：全面落实（试行）办法。
"""

from collections.abc import Iterator

from drafter.check.pairing import faults
from drafter.check.rules import Finding, Speech

NAME = "mixed-brackets"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，5.1.3（引号、括号、书名号的两部分各占一个字位置）"


def check(speech: Speech) -> Iterator[Finding]:
    """The half-width bracket of a pair whose other half is full-width."""
    for fault in faults(speech.lines):
        if fault.kind == "half":
            yield Finding(NAME, fault.line, fault.start, fault.end, "这一对括号一半全角、一半半角，都用全角。", fault.instead, True)
