"""带书名号的几项之间用了顿号。

标有书名号的并列成分之间通常不用顿号；书名号后面带括注的才用。

错：学习《准则》、《条例》
对：学习《准则》《条例》
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "stop-between-titles"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.5.3.5（标有书名号的并列成分之间通常不用顿号）"


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 between 》 and 《."""
    for n, line in enumerate(speech.lines):
        at = line.text.find("》、《")
        while at >= 0:
            yield Finding(NAME, n, at + 1, at + 2, "带书名号的并列成分之间通常不用顿号。", "")
            at = line.text.find("》、《", at + 1)
