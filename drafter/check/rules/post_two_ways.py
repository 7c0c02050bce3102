"""同一个人的职务写成了两样。

前面是“李建国市长”，后面是“李建国书记”。一人兼两职或者职务有变动的要说明白（时任、兼）。

错：请李建国市长讲话。……李建国书记的讲话很重要
对：请李建国市长讲话。……李建国市长的讲话很重要
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.names import Named, named

NAME = "post-two-ways"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：人名、职务前后一致"

#: Words that say why a person has two posts.
_CHANGED = re.compile("时任|原|前任|兼|任命|提名|当选|选举|调任|转任|担任|历任|推荐|接任")


def check(speech: Speech) -> Iterator[Finding]:
    """Names of three characters with two posts, the later of which is told once."""
    first: dict[str, tuple[int, Named]] = {}
    told = set()
    for n, line in enumerate(speech.lines):
        for one in named(line.text):
            if len(one.name) < 3:
                continue
            line_before, before = first.setdefault(one.name, (n, one))
            if before.post == one.post or one.name in told:
                continue
            if _CHANGED.search(line.text) or _CHANGED.search(speech.lines[line_before].text):
                continue
            told.add(one.name)
            message = f"“{one.name}”这里是{one.post}，第 {line_before + 1} 段是{before.post}，核对一下职务。"
            yield Finding(NAME, n, one.start, one.end, message)
