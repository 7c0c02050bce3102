"""中间的称呼和开头的称谓对不上。

开头是“同志们”，中间忽然“同学们”；开头是“女士们、先生们”，中间忽然“同志们”。多半是套用了别的稿子。

错：（开头）同志们：　（中间）同学们，让我们……
对：（开头）同志们：　（中间）同志们，让我们……
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "address-changes"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：称谓前后一致"

#: An address in the middle, and what in the salutation lets it pass.
_FITS = {
    "同志": "同志|领导|委员|代表|干部|职工|党员|战友|劳模|全体|各位",
    "同学": "同学|老师|学员|学生|青年|校|新生|毕业|家长",
    "老师": "老师|教师|同学|教授|校|家长|教育|员工",
    "乡亲": "乡亲|父老|村民|老乡|社员|群众|同志|各位",
    "战友": "战友|官兵|同志|退役|军人|老兵|指战员",
    "家长": "家长|同学|老师|各位",
    "委员": "委员|同志|各位|常委",
    "代表": "代表|同志|各位|来宾|女士|委员",
}


#: One 老师， calls one person; an audience is 老师们 or 各位老师.
_WHO = "|".join(_FITS)


@lru_cache(maxsize=1)
def _call() -> re.Pattern[str]:
    return re.compile(f"(?:各位(?P<a>{_WHO})们?|(?P<b>{_WHO})们)[，：！](?![大你您][家们]?好)")


def check(speech: Speech) -> Iterator[Finding]:
    """Addresses at the beginning of a paragraph against the salutation; each is told once."""
    greeting = "".join(line.text for line in speech.lines if line.role == "greeting")
    if not greeting:
        return
    told = set()
    for n, line in enumerate(speech.lines):
        if line.role != "body":
            continue
        found = _call().match(line.text)
        who = (found["a"] or found["b"]) if found else ""
        if found and who not in told and not re.search(_FITS[who], greeting):
            told.add(who)
            yield Finding(NAME, n, 0, found.end() - 1, f"开头称“{greeting.rstrip('：:！，')}”，这里称“{found[0][:-1]}”。")
