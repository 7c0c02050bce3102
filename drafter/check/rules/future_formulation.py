"""用了讲话那天还没有的提法。

旧稿改了几处新提法，或者落款日期写错，就会出现“二〇一六年讲二〇一七年的话”。

错：2016年3月的讲话里写以习近平新时代中国特色社会主义思想为指导
对：2017年10月以后的讲话里写以习近平新时代中国特色社会主义思想为指导
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check import formulations
from drafter.check.rules import Finding, Speech

NAME = "future-formulation"
LEVEL = "error"
SOURCE = "中央文件的提法；每一条另注出处"


#: A campaign is announced so long before it begins (days): that of 2023 in October 2022.
ANNOUNCED = 183

#: How its spirit is to be studied is prepared so long before a plenum is held (days).
_PREPARED = 60

#: A law is talked of so long before it is passed (days).
_DRAFTED = 366


def check(speech: Speech) -> Iterator[Finding]:
    """Formulations whose first day is after the day of the speech, and the spirit of a plenum that is still to come.
    Other words than a name may have been used before they became a formulation: a warning."""
    day = speech.as_of.toordinal()
    for hit in formulations.hits(speech, ("formulation", "campaign")):
        first = hit.entry.since
        if first > day + (ANNOUNCED if hit.entry.kind == "campaign" else 0):
            named = hit.phrase.startswith("习近平")
            said = f"“{hit.phrase}”{formulations.day_said(first)}前后才有，这篇讲话是{formulations.day_said(day)}的"
            yield formulations.finding(NAME, hit._replace(instead=""), said, level="" if named else "warning")
    for hit in formulations.hits(speech, ("meeting",)):
        if hit.entry.first > day and speech.lines[hit.line].text.startswith("精神", hit.end):
            said = f"{hit.phrase}到{formulations.day_said(hit.entry.first)}才召开，这篇讲话是{formulations.day_said(day)}的"
            level = "warning" if hit.entry.first > day + _PREPARED else "advice"
            yield formulations.finding(NAME, hit._replace(instead=""), said, level=level)
    for hit in formulations.hits(speech, ("document",)):
        text = speech.lines[hit.line].text
        asked = _carry_out().search(text, max(0, hit.start - 16), hit.start) is not None
        if asked and hit.entry.first > day and formulations.is_title(text, hit):
            said = f"《{hit.phrase}》{formulations.day_said(hit.entry.first)}才通过，这篇讲话是{formulations.day_said(day)}的"
            level = "warning" if hit.entry.first > day + _DRAFTED else "advice"
            yield formulations.finding(NAME, hit._replace(instead=""), said, level=level)


@lru_cache(maxsize=1)
def _carry_out() -> re.Pattern[str]:
    return re.compile("(?:贯彻|落实|执行|依据|根据|按照|依照|遵守|学习|宣传)[^，。；]*$")
