"""已经开过的会，还说即将召开、迎接召开。

旧稿没有改干净，党的代表大会、中央全会闭幕以后还在“迎接……胜利召开”。讲当年的事不算。

错：2026年的讲话里写以优异成绩迎接党的二十大胜利召开
对：2026年的讲话里写深入贯彻党的二十大精神
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check import formulations
from drafter.check.rules import Finding, Speech

NAME = "meeting-already-held"
LEVEL = "warning"
SOURCE = "历次全国代表大会、中央全会公报"
NEEDS = "召迎献"


def check(speech: Speech) -> Iterator[Finding]:
    """Meetings of the Party that are over on the day of the speech and that it says it waits for."""
    day = speech.as_of.toordinal()
    level = "advice" if formulations.of_an_earlier_day(speech) else ""
    for hit in formulations.hits(speech, ("meeting",)):
        text = speech.lines[hit.line].text
        before, after = text[max(0, hit.start - 8) : hit.start], text[hit.end : hit.end + 8]
        awaited, coming = _awaited()
        waits = awaited.search(before) or coming.match(after)
        if waits and 0 < hit.entry.last < day and formulations.said_as_current(speech, hit):
            said = f"{hit.phrase}已经在{formulations.day_said(hit.entry.last)}闭幕"
            yield formulations.finding(NAME, hit._replace(instead=""), said, level=level)


@lru_cache(maxsize=1)
def _awaited() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile("(?:即将|将要|将于[^，。]{0,3})(?:召开|举行|迎来)的?(?:党的|中共)?$|(?:喜迎|迎接|献礼)(?:党的|中共)?$"),
        re.compile("(?:即将|将要?)(?:隆重|胜利)?(?:召开|举行)"),
    )
