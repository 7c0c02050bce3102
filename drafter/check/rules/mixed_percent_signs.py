"""百分号有的全角、有的半角。

全篇用一种；公文和讲话稿一般用半角的“%”。

错：一季度增长5％，二季度增长6%
对：一季度增长5%，二季度增长6%
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "mixed-percent-signs"
LEVEL = "advice"
SOURCE = "GB/T 15835—2011，5.1；同一篇稿子体例一致"


def check(speech: Speech) -> Iterator[Finding]:
    """The full-width percent signs of a speech that has half-width ones too."""
    if any("%" in line.text for line in speech.lines):
        for n, line in enumerate(speech.lines):
            at = line.text.find("％")
            while at >= 0:
                yield Finding(NAME, n, at, at + 1, "别处用半角的“%”，这里用了全角的。", "%", True)
                at = line.text.find("％", at + 1)
