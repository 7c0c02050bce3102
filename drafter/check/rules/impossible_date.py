"""日历上没有的日期、时刻。

“2月30日”“13月”“25时”是笔误。

错：请于2月30日前上报
对：请于2月28日前上报
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed

NAME = "impossible-date"
LEVEL = "error"
SOURCE = "公历"
NEEDS = "月时点"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("0123456789０１２３４５６７８９", "月时点"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<!\d)(?P<year>\d{4})年)?(?<![\d.—～\-至到])(?P<month>\d{1,2})月(?:份)?(?:(?P<day>\d{1,2})[日号](?![楼线院]))?"
        r"|(?:上午|下午|晚上?|凌晨|[日号天])(?P<hour>\d{1,2})(?:时|点(?!五|多位))(?P<minute>\d{1,2})?(?=分|，|。|在|召|开|整)")


def check(speech: Speech) -> Iterator[Finding]:
    """Months beyond 12, days a month has not, hours beyond 24. 个月 counts months and names none."""
    for n, line in having(speech.lines, _NEEDS):
        if not re.search("[0-9０-９][月时点]", line.text):
            continue
        for found in _pattern().finditer(line.text):
            if found["hour"]:
                if int(found["hour"]) > 24 or int(found["minute"] or 0) > 59:
                    yield Finding(
                        NAME,
                        n,
                        found.start("hour"),
                        found.end(),
                        f"没有“{line.text[found.start('hour') : found.end()]}”这个时刻。",
                    )
                continue
            month, day = int(found["month"]), int(found["day"] or 1)
            if not found["year"] and not found["day"]:
                continue
            if not 1 <= month <= 12:
                yield Finding(NAME, n, found.start("month"), found.end(), f"没有{month}月。")
            else:
                most = (
                    monthrange(int(found["year"]), month)[1] if int(found["year"] or 0) else monthrange(2024, month)[1]
                )
                if not 1 <= day <= most:
                    of_year = f"{found['year']}年" if found["year"] and month == 2 else ""
                    yield Finding(NAME, n, found.start("month"), found.end(), f"{of_year}{month}月没有{day}日。")
