"""“一是”后面变成“二要”。

说在句子里的序号，“一是”就“二是”到底，“一要”就“二要”到底，中间不换。

错：一要摸清底数，二要列出清单，三是限期办结
对：一要摸清底数，二要列出清单，三要限期办结
"""

from collections.abc import Iterator
from itertools import pairwise

from drafter.check.rules import Finding, Speech
from drafter.check.series import said
from drafter.chinese.numerals import numeral

NAME = "mixed-ordinals"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：同一组序号用词一致"


def check(speech: Speech) -> Iterator[Finding]:
    """In one paragraph, a number that goes on with another word than the one before it."""
    for n, line in enumerate(speech.lines):
        found = [one for one in said(line.text) if one.verb in ("是", "要")]
        for before, one in pairwise(found):
            if one.verb == before.verb or one.number != before.number + 1:
                continue
            if any(q.verb == one.verb and q.number == one.number - 1 for q in found):
                continue
            end = one.start + len(numeral(one.number)) + 1
            right = numeral(one.number) + before.verb
            message = f"前面是“{numeral(before.number)}{before.verb}”，这里是“{numeral(one.number)}{one.verb}”。"
            yield Finding(NAME, n, one.start, end, message, right)
            break
