"""“以及”前面用了顿号。

“以及”前面可以停顿，停顿用逗号；不停顿就不用标点。顿号只用在并列的词语之间。

错：各县、各部门、以及驻地单位
对：各县、各部门，以及驻地单位
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "stop-before-as-well"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.5.3.1（顿号用于并列词语之间）"


def check(speech: Speech) -> Iterator[Finding]:
    """顿号 before 以及."""
    for n, line in enumerate(speech.lines):
        at = line.text.find("、以及")
        while at >= 0:
            yield Finding(NAME, n, at, at + 1, "“以及”前面不用顿号，要停顿用逗号。", "，")
            at = line.text.find("、以及", at + 1)
