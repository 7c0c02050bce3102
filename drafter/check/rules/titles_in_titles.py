"""书名号里面又用双书名号。

书名号里面还要用书名号的，外面一层用双书名号，里面一层用单书名号。

错：印发《关于贯彻《信访工作条例》的通知》。
对：印发《关于贯彻〈信访工作条例〉的通知》。
"""

from collections.abc import Iterator

from drafter.check.pairing import faults
from drafter.check.rules import Finding, Speech

NAME = "titles-in-titles"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.15.3.5（外双内单）"


def check(speech: Speech) -> Iterator[Finding]:
    """《》 inside 《》."""
    for fault in faults(speech.lines):
        if fault.kind == "titles":
            yield Finding(NAME, fault.line, fault.start, fault.end, "书名号里面再用书名号，用单书名号〈〉。", fault.instead)
