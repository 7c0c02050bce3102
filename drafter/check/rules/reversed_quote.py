"""引号的前一半和后一半用反了。

“……“两头都是前引号，或者两头都是后引号，是输入法的毛病。

错：弘扬“四下基层“优良传统。
对：弘扬“四下基层”优良传统。
"""

from collections.abc import Iterator

from drafter.check.pairing import faults
from drafter.check.rules import Finding, Speech

NAME = "reversed-quote"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.8.2（引号左右两半的形式）"


def check(speech: Speech) -> Iterator[Finding]:
    """Quotation marks typed the wrong way round."""
    for fault in faults(speech.lines):
        if fault.kind == "reversed":
            which = "后" if fault.instead in ("”", "’") else "前"
            yield Finding(NAME, fault.line, fault.start, fault.end, f"这里该用{which}引号。", fault.instead)
