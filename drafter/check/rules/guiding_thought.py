"""指导思想没有写全。

马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观、习近平新时代中国特色社会主义思想，中间不缺，2017年10月以后写到最后一项。

错：坚持以马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观为指导
对：坚持马克思列宁主义、毛泽东思想、邓小平理论、“三个代表”重要思想、科学发展观，全面贯彻习近平新时代中国特色社会主义思想
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.formulations import Hit, around, of_an_earlier_day, said_as_current
from drafter.check.rules import Finding, Speech
from drafter.check.tables.entries import Formulation
from drafter.chinese.prose import inside

NAME = "guiding-thought"
LEVEL = "warning"
SOURCE = "《中国共产党章程》总纲（2017年10月24日起）"
NEEDS = "论思观"

#: 2018-01-01: by then the Charter of 2017-10-24 was in everybody's hands.
_SINCE = 736695

#: The thoughts in their order, each by what it is told from.
_THOUGHTS = {
    "马": "马克思列宁主义",
    "毛": "毛泽东思想",
    "邓": "邓小平理论",
    "三": "“三个代表”重要思想",
    "科": "科学发展观",
    "习": "习近平新时代中国特色社会主义思想",
}

#: What no entry of the tables says anything about.
_ANY = Formulation(form="指导思想")

#: Whose time a paragraph tells of, where he is named.
_LEADERS = re.compile("(?:毛泽东|邓小平|江泽民|胡锦涛)(?:同志|主席)")

#: A row of so many of them is the row of all; of fewer it may be those of one time.
_ROW = 3


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    named = (
        "马克思列宁主义|马列主义|毛泽东思想|邓小平理论|“?三个代表”?重要思想|科学发展观|习近平新时代中国特色社会主义思想"
    )
    return (
        re.compile(f"(?:{named})(?:(?:、|和|以及|及)(?:{named}))*"),
        re.compile("(?:为|作为?)(?:根本|行动)?指(?:导|南|针)|(?:的)?(?:科学|正确)?(?:指引|指导)下|的?伟大旗帜"),
    )


def check(speech: Speech) -> Iterator[Finding]:
    """A row of them with a gap or out of order, and one that ends before the last and is called what guides us."""
    late = speech.as_of.toordinal() >= _SINCE and not of_an_earlier_day(speech)
    for number, line in enumerate(speech.lines):
        text = line.text
        if "思想" not in text and "邓小平理论" not in text and "科学发展观" not in text:
            continue
        row, guides = _patterns()
        of_then = _LEADERS.search(text) is not None
        for found in row.finditer(text):
            said = re.findall("(?:^|(?<=[、和及])|“)(马|毛|邓|三|科|习)", found[0])
            places = [list(_THOUGHTS).index(name) for name in said]
            fault = _fault(places)
            hit = Hit(number, found.start(), found.end(), "form", _ANY, found[0])
            guide = guides.match(text, found.end())
            ends_early = late and not of_then and guide and places[-1:] < [len(_THOUGHTS) - 1]
            ends_early = ends_early and (len(places) > 1 or (guide is not None and guide[0].endswith("旗帜")))
            if ends_early and "习近平" not in around(text, hit, "。！？；") and said_as_current(speech, hit):
                fault = fault or f"2017年10月以后，指导思想写到{_THOUGHTS['习']}"
            if fault and not inside(text, found.start(), found.end()):
                yield Finding(NAME, number, found.start(), found.end(), f"{fault}。")


def _fault(places: list[int]) -> str:
    """What is wrong with a row of thoughts by itself, "" where nothing is. A row of all of them in another order is
    told by `enumeration-order`."""
    names = list(_THOUGHTS.values())
    if len(places) < _ROW or len(set(places)) < len(places):
        return ""
    gap = [names[place] for place in range(min(places), max(places)) if place not in places]
    if places != sorted(places):
        return f"次序是{'、'.join(names[place] for place in sorted(places))}" if len(places) < len(names) else ""
    return f"指导思想少了{'、'.join(gap)}" if gap else ""
