"""标点打重了，或者两个标点挨在一起。

“，，”“。。”“、，”“；。”，多半是改稿时删了字没有删标点。问号叹号可以叠用，省略号、破折号本来占两个字，都不算。

错：坚持问题导向，，抓好整改。。
对：坚持问题导向，抓好整改。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import matches

NAME = "doubled-mark"
LEVEL = "error"
SOURCE = "GB/T 15834—2011，4.1—4.7（点号不连用）"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("，；：、！？。", " \u3000，；：、！？。"))

#: The graver mark of two stays.
_WEIGHT = "、，；：。？！"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![，。；：、！？·])(?:[，；：、](?:[ \u3000]?[，；：、。！？])+|[！？][ \u3000]?[，；、。：](?:[ \u3000]?[，；：、。])*"
        r"|。(?:[ \u3000]?[，；：、！？])+|。[ \u3000]?。)(?![，。；：、])")


def check(speech: Speech) -> Iterator[Finding]:
    """Runs of marks that end or part clauses. A list of marks (，。；：) talked about is none; neither is 。。。, which stands
    for an ellipsis."""
    for n, line in having(speech.lines, _NEEDS):
        for found in matches(_pattern(), line.text, "[，；：、！？。](?=[ \u3000，；：、。！？])"):
            marks = re.sub(r"\s", "", found[0])
            around = line.text[found.start() - 1 : found.start()] + line.text[found.end() : found.end() + 1]
            if len(set(marks)) > 2 or around in ("“”", "（）", "‘’", "《》"):
                continue
            stays = max(marks, key=_WEIGHT.index)
            same = len(set(marks)) == 1
            mild = set(marks) <= set("、，") or set(marks) == set("，：") or set(marks) == set("：；")
            yield Finding(
                NAME,
                n,
                found.start(),
                found.end(),
                f"“{marks}”两个标点挨在一起，留一个。",
                None if mild and not same else stays,
                same,
            )
