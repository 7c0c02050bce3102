"""双引号里面又用双引号。

引号里面还要用引号的，外面一层用双引号，里面一层用单引号。

错：要求“推动“八八战略”走深走实”。
对：要求“推动‘八八战略’走深走实”。
"""

from collections.abc import Iterator

from drafter.check.pairing import faults
from drafter.check.rules import Finding, Speech

NAME = "quotes-in-quotes"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.8.3.4（外双内单）"


def check(speech: Speech) -> Iterator[Finding]:
    """Double quotation marks straight inside double ones."""
    for fault in faults(speech.lines):
        if fault.kind == "quotes":
            yield Finding(NAME, fault.line, fault.start, fault.end, "引号里面再用引号，用单引号。", fault.instead)
