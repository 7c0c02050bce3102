"""带引号的几项之间用了顿号。

标有引号的并列成分之间通常不用顿号；中间插着别的话（如括注）的才用。两种写法都有人用，一篇里要一致。

错：当好“参谋部”、“智囊团”
对：当好“参谋部”“智囊团”
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "stop-between-quotes"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.5.3.5（标有引号的并列成分之间通常不用顿号）"


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 between a closing and an opening quotation mark."""
    for n, line in enumerate(speech.lines):
        for pair in ("”、“", "’、‘"):
            at = line.text.find(pair)
            while at >= 0:
                yield Finding(NAME, n, at + 1, at + 2, "带引号的并列成分之间通常不用顿号。", "")
                at = line.text.find(pair, at + 1)
