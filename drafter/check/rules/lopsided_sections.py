"""几个部分长短悬殊。

一级标题下面，有一部分的字数是别的部分平均数的三倍以上，或者不到五分之一，头重脚轻。

错：一、（三百字）　二、（三百字）　三、（两千字）
对：一、（八百字）　二、（九百字）　三、（九百字）
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import groups
from drafter.check.whole import sizes

NAME = "lopsided-sections"
LEVEL = "advice"
SOURCE = "讲话稿写作惯例：各部分详略相当"

TIMES = 3
SHARE = 0.2

#: Speeches below so many 字 may be of any shape.
SHORTEST = 1500


def check(speech: Speech) -> Iterator[Finding]:
    """The sections of the first level; the last one's length ends where a closing paragraph would begin to count."""
    first = next((g for g in groups(speech.lines) if len(g) > 2 and g[0].parent is None and g[0].alone), None)
    counts = sizes(speech.lines)
    if first is None or sum(counts) < SHORTEST:
        return
    ends = [p.line for p in first[1:]] + [len(speech.lines)]
    lengths = [sum(counts[p.line : end]) for p, end in zip(first, ends, strict=True)]
    for p, size in zip(first, lengths, strict=True):
        others = (sum(lengths) - size) / (len(lengths) - 1)
        last = p is first[-1]
        if size > others * TIMES or (size < others * SHARE and not last):
            what = "太长" if size > others else "太短"
            yield Finding(NAME, p.line, p.start, p.end, f"这一部分 {size} 字，别的部分平均 {others:.0f} 字，{what}了。")
