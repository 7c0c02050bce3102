"""外面没有双引号，直接用了单引号。

引号先用双的；双引号里面再用引号时才用单的。

错：落实‘放管服’改革
对：落实“放管服”改革
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import enclosed, inside

NAME = "single-quotes-alone"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.8.3.4（外双内单）"


def check(speech: Speech) -> Iterator[Finding]:
    """Single quotation marks that stand in no double ones, nor in a quotation that goes on over paragraphs."""
    going_on = False
    for n, line in enumerate(speech.lines):
        text = line.text
        if "‘" in text and not going_on:
            for inner in enclosed(text):
                if inner.mark == "‘" and inner.closed and not inside(text, inner.start, marks="“「《〈"):
                    words = text[inner.start : inner.end]
                    if "“" not in words and not words.isascii():
                        yield Finding(NAME, n, inner.start - 1, inner.end + 1, "外层用双引号。", f"“{words}”")
        going_on = text.count("“") > text.count("”") or (going_on and text.count("“") >= text.count("”"))
