"""把这次全会的事说成了那次全会的。

哪次全会、哪次全国人民代表大会会议通过了哪个文件是定下来的：全面深化改革的决定是十八届三中全会的，“十五五”规划建议是二十届四中全会的。

错：党的二十届三中全会审议通过了“十五五”规划建议
对：党的二十届四中全会审议通过了“十五五”规划建议
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check import formulations
from drafter.check.rules import Finding, Speech

NAME = "wrong-meeting-deed"
LEVEL = "warning"
SOURCE = "历次全会公报；历次全国人民代表大会会议决议"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    number = "[一二三四五六七八九十]"
    named = f"{number}{{1,3}}届{number}中全会|{number}{{1,3}}届全国人大{number}次会议"
    return (
        re.compile(f"(?P<named>(?<![、和届第]){named})|会议|全会|大会|届|{number}中|以来|精神"),
        re.compile("通过|[作做]出|审议|批准|制定|颁布|出台|印发"),
    )


def check(speech: Speech) -> Iterator[Finding]:
    """What a meeting passed, behind a verb that says so and the name of another meeting of the same sentence."""
    deeds = list(formulations.hits(speech, ("meeting",), "deed"))
    for hit in deeds:
        text = speech.lines[hit.line].text
        meetings, verbs = _patterns()
        left = max(text.rfind(stop, 0, hit.start) for stop in "。！？；") + 1
        before = text[max(left, hit.start - formulations.REACH) : hit.start]
        named = None
        for named in meetings.finditer(before):  # noqa: B007 - the last one
            pass
        if named is None or not named["named"] or not verbs.search(before, named.end()):
            continue
        right = {
            other.entry.name
            for other in deeds
            if other.line == hit.line and other.start < hit.end and hit.start < other.end
        }
        if named["named"] in right:
            continue
        start = hit.start - len(before) + named.start()
        said = f"“{hit.phrase}”是{hit.entry.name}的，不是{named['named']}的"
        whole = hit._replace(start=start, end=start + len(named["named"]), instead=hit.entry.name)
        yield formulations.finding(NAME, whole, said)
