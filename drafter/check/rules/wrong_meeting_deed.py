"""把这次全会的事说成了那次全会的。

哪次全会、哪次全国人民代表大会会议通过了哪个文件是定下来的：全面深化改革的决定是十八届三中全会的，“十五五”规划建议是二十届四中全会的。

错：党的十八届四中全会作出了《中共中央关于全面深化改革若干重大问题的决定》
对：党的十八届三中全会作出了《中共中央关于全面深化改革若干重大问题的决定》
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check import formulations
from drafter.check.formulations import Hit
from drafter.check.rules import Finding, Speech
from drafter.chinese.numerals import read_numeral
from drafter.chinese.quoting import quoted

NAME = "wrong-meeting-deed"
LEVEL = "warning"
SOURCE = "历次全会公报；历次全国人民代表大会会议决议"

#: So many deeds before and behind one may share its characters: 深化党和国家机构改革方案, 党和国家机构改革方案.
_BESIDE = 4


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    number = "[一二三四五六七八九十]"
    named = (
        f"{number}{{1,3}}届{number}中全会|{number}{{1,3}}届全国人大{number}次会议|党的{number}{{1,3}}大(?!以来|报告|精神)"
        f"|第?{number}{{1,3}}届中央委员会第{number}次全体会议"
    )
    return (
        re.compile(f"(?P<named>(?<![、和届第])(?:{named}))|会议|全会|大会|届|{number}中|以来|精神"),
        re.compile("通过|[作做]出|审议|批准|制定|颁布|出台|印发|提出[了的]?[《“]?(?:中共中央关于)?$"),
    )


def check(speech: Speech) -> Iterator[Finding]:
    """What a meeting passed, behind a verb that says so and the name of another meeting of the same sentence."""
    deeds = list(formulations.hits(speech, ("meeting",), "deed"))
    for number, hit in enumerate(deeds):
        text = speech.lines[hit.line].text
        left = max(text.rfind(stop, 0, hit.start) for stop in "。！？；") + 1
        before = text[max(left, hit.start - formulations.REACH) : hit.start]
        named = _congress(before, hit) if hit.entry.name.startswith("党的") else _meeting(before)
        beside = deeds[max(0, number - _BESIDE) : number + _BESIDE + 1]
        right = {o.entry.name for o in beside if o.line == hit.line and o.start < hit.end and hit.start < o.end}
        name = re.sub("第?(.+届)中央委员会第(.)次全体会议", r"\1\2中全会", named[0]) if named else ""
        if named is None or name in right:
            continue
        start = hit.start - len(before) + named.start(0)
        said = f"{quoted(hit.phrase)}是{hit.entry.name}的，不是{named[0]}的"
        whole = hit._replace(start=start, end=start + len(named[0]), instead=hit.entry.name)
        yield formulations.finding(NAME, whole, said)


def _meeting(before: str) -> re.Match[str] | None:
    """The name of a plenum or session before what it is said to have passed, None where nothing says that it did, or
    another meeting stands between."""
    meetings, verbs = _patterns()
    last = None
    for last in meetings.finditer(before):  # noqa: B007 - the last one
        pass
    return last if last and last["named"] and verbs.search(before, last.end()) else None


def _congress(before: str, hit: Hit) -> re.Match[str] | None:
    """The name of an earlier congress that is said to have set up what a later one did, or of a later one that is said
    to have been the first to, or to have come to it (作出…重大判断)."""
    found = _set_up().search(before)
    if found is None:
        return None
    said, right = (read_numeral(name.removeprefix("党的").removesuffix("大")) for name in (found[1], hit.entry.name))
    first = said is not None and right is not None and (said < right or (said > right and found["first"] is not None))
    return re.compile(re.escape(found[1])).search(before, found.start()) if first else None


@lru_cache(maxsize=1)
def _set_up() -> re.Pattern[str]:
    return re.compile(
        "(党的[一二三四五六七八九十]{1,3}大)(?!以来|以后|前|报告|[一二三四五六七八九十])(?:(?!党的)[^。；]){0,16}?(?P<first>首次|第一次|(?=作出))?"
        "(?:提出|作出|确立|创立|写入党章|写进党章|形成)[了的]?[^，。；]{0,6}$"
    )
