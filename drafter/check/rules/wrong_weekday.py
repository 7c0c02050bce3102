"""日期和星期对不上。

改了开会日期忘了改星期，或者写错了年份。

错：2026年11月22日（星期一）
对：2026年11月23日（星期一）
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "wrong-weekday"
LEVEL = "warning"
SOURCE = "公历"
NEEDS = "期周拜"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<!\d)(\d{4})年)?(?<![\d—～\-至])(\d{1,2})月(\d{1,2})[日号][（(，]?(?:星期|周|礼拜)([一二三四五六日天])(?![至到—～])"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """A weekday that is not that day's; where no year is told, that of the speech, the year before and after all
    differ."""
    for n, line in having(speech.lines, NEEDS):
        if re.search("[日号][（(，]?[星周礼]", line.text):
            for found in _pattern().finditer(line.text):
                wanted = "一二三四五六日".index(found[4].replace("天", "日"))
                own = int(found[1]) if found[1] else speech.as_of.year
                fits, told = False, ""
                for year in (own,) if found[1] else (own, own - 1, own + 1):
                    try:
                        day = date(year, int(found[2]), int(found[3]))
                    except ValueError:
                        fits = True
                        break
                    fits = fits or day.weekday() == wanted
                    told = told or f"{year}年{found[2]}月{found[3]}日是星期{'一二三四五六日'[day.weekday()]}"
                if not fits:
                    yield Finding(NAME, n, found.start(4), found.end(4), f"{told}。", told[-1] if found[1] else None)
