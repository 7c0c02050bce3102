"""引号、括号、书名号只有一半。

成对的标号缺了一半，念稿的人不知道引到哪里为止。引文连着几段的，可以每段开头都用前引号，只在最后一段末尾用后引号，这不算错。

错：上好理想信念“必修课，把稳思想之舵。
对：上好理想信念“必修课”，把稳思想之舵。
"""

from collections.abc import Iterator

from drafter.check.pairing import faults
from drafter.check.rules import Finding, Speech
from drafter.chinese.quoting import quoted

NAME = "unpaired-mark"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.8.2、4.9.2、4.15.2（引号、括号、书名号成对使用）"


def check(speech: Speech) -> Iterator[Finding]:
    """Marks nothing closes or nothing opens."""
    for fault in faults(speech.lines):
        if fault.kind in ("unclosed", "unopened"):
            c = speech.lines[fault.line].text[fault.start]
            other = "后" if fault.kind == "unclosed" else "前"
            yield Finding(NAME, fault.line, fault.start, fault.end, f"{quoted(c)}只有一半，缺{other}一半。")
