"""序号写了两遍。

“一、一、”“（二）（二）”是改序号时没有删掉旧的。

错：一、一、提高认识
对：一、提高认识
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import label_of

NAME = "label-twice"
LEVEL = "error"
SOURCE = "GB/T 9704—2012，7.3.3（结构层次序数）"


def check(speech: Speech) -> Iterator[Finding]:
    """A label followed by another of the same style."""
    for n, line in enumerate(speech.lines):
        first = label_of(line.text)
        if not first:
            continue
        second = label_of(line.text[len(first[2]) :].lstrip())
        if second and second[0] == first[0] and second[2] == first[2]:
            yield Finding(NAME, n, 0, len(first[2]), f"“{first[2]}”写了两遍。", "", True)
