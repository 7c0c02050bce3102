"""圆括号里面又套圆括号。

同一形式的括号应避免套用；必须套用的，换一种括号，如外面用方括号〔〕、里面用圆括号。

错：重点任务（见市委办文件（附件二））已经下达。
对：重点任务〔见市委办文件（附件二）〕已经下达。
"""

from collections.abc import Iterator

from drafter.check.pairing import faults
from drafter.check.rules import Finding, Speech

NAME = "brackets-in-brackets"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.9.3.6（同一形式的括号避免套用）"


def check(speech: Speech) -> Iterator[Finding]:
    """Round brackets inside round brackets."""
    for fault in faults(speech.lines):
        if fault.kind == "brackets":
            yield Finding(NAME, fault.line, fault.start, fault.end, "圆括号里面不要再套圆括号，外面一层换成〔〕。")
