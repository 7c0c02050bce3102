"""同一个人的姓名写成了两样。

职务相同、姓相同、只差一个字的两个姓名，多半有一个写错了。姓名写错是最要紧的差错。

错：请李建国市长讲话。……李建固市长的讲话很重要
对：请李建国市长讲话。……李建国市长的讲话很重要
"""

from collections import Counter
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.names import Named, named

NAME = "name-two-ways"
LEVEL = "warning"
SOURCE = "讲话稿校对惯例：人名、职务前后一致"


def check(speech: Speech) -> Iterator[Finding]:
    """Of two names one character apart with one post, the one that stands less often (the later where both do)."""
    found: list[tuple[int, Named]] = [(n, one) for n, line in enumerate(speech.lines) for one in named(line.text)]
    count = Counter(one.name for _, one in found)
    first = {one.name: at for at, (_, one) in reversed([*enumerate(found)])}
    alike: dict[tuple[str, str, int], dict[str, None]] = {}
    for _, one in found:
        alike.setdefault((one.post, one.name[:1], len(one.name)), {})[one.name] = None
    for n, one in found:
        for other in alike[one.post, one.name[:1], len(one.name)]:
            if other == one.name or len(other) < 3:
                continue
            if sum(a != b for a, b in zip(other, one.name, strict=True)) != 1:
                continue
            if (count[one.name], -first[one.name]) < (count[other], -first[other]):
                message = f"这里是“{one.name}”，别处是“{other}”，都是{one.post}，核对一下姓名。"
                yield Finding(NAME, n, one.start, one.end, message, other)
