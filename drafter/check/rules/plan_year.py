"""五年规划的年份对不上。

“十四五”是2021年至2025年，2021年开局、2025年收官；“十五五”是2026年至2030年。

错：2026年是“十五五”规划的收官之年
对：2026年是“十五五”规划的开局之年
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.chinese.numerals import read_numeral
from drafter.chinese.prose import inside

NAME = "plan-year"
LEVEL = "warning"
SOURCE = "历次国民经济和社会发展五年规划（计划）的起止年份"
NEEDS = "五"

#: The last year of the tenth plan; every plan has five.
_TENTH = 2005

#: What a year of a plan is called, and which of the five it is.
_PLACES = {
    "开局": 0,
    "起步": 0,
    "启动": 0,
    "首": 0,
    "第一": 0,
    "第二": 1,
    "第三": 2,
    "中期": 2,
    "第四": 3,
    "第五": 4,
    "收官": 4,
    "最后一": 4,
    "收关": 4,
}

#: So many years from the one a speech is made in.
_FROM_NOW = {"今年": 0, "本年": 0, "明年": 1, "去年": -1}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    other = r"(?!20\d\d年|[今本明去]年)"
    return re.compile(
        r"(?:(?:(?P<year>20\d\d)年|(?P<now>[今本明去]年))[^。；！？，：]{0,4}?[是为作]|(?P<at>正值|(?:正|现在|当前)处[于在]|当前是|现在是))"
        rf"(?:(?:{other}[^。；！？]){{0,30}}?(?:，|、|和|又是|也是|更是|还是))?"
        rf"(?:{other}[^。；！？，、]){{0,8}}?“?十(?P<plan>[一二三四五六七八])五”?"
        r"(?:规划|时期|计划|发展)*(?:的|实施的|实施)?"
        r"(?P<place>开局|起步|启动|首|第[一二三四五]|中期|收官|收关|最后一)(?:之?年|的?一年|评估之年)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """A year that is called the first or the last of a plan and is another."""
    for number, line in enumerate(speech.lines):
        if "五" not in line.text or "年" not in line.text:
            continue
        for found in _pattern().finditer(line.text):
            last = _TENTH + 5 * (read_numeral(found["plan"]) or 0)
            right = last - 4 + _PLACES[found["place"]]
            said = int(found["year"]) if found["year"] else speech.as_of.year + _FROM_NOW.get(found["now"] or "", 0)
            if said == right or inside(line.text, found.start(), found.end(), marks="《〈"):
                continue
            level = "advice" if not found["year"] and formulations.of_an_earlier_day(speech) else ""
            message = (
                f"“十{found['plan']}五”是{last - 4}年至{last}年，“{found['place']}”的一年是{right}年，不是{said}年。"
            )
            yield Finding(NAME, number, found.start("place"), found.end(), message, level=level)
