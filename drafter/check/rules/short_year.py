"""年份写短了。

公历年份一般不简写，“98年”“16年4月”要写全。

错：从98年开始，截至16年4月底
对：从1998年开始，截至2016年4月底
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having
from drafter.chinese.prose import matches

NAME = "short-year"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，5.1.2（年份一般应写全）"
NEEDS = "年"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.—～\-/第近过这前后历时满])(?<!公元)(?<!公元前)(\d\d)年(?:(?:[1-9]|1[0-2])月(?!龄)|底(?!蕴)|初(?!心)|春节|年底|上半年|下半年)(?!余)"
        r"|(?<![\d.:：/—-])(0\d)年"
        r"|(?:(?<=[自从于])|(?<=早在)|(?<=截至)|(?<=截止)|(?<=[，。（]))([7-9]\d)年(?=(?:开始|起|以来|以后|以前|之前|之后|至今|我|全|底|春|夏|秋|冬|的?时候"
        r"|汶川|北京|机构|参加|洪水|抗洪|换届|国|毕业|入伍|入党|到|由|被|成立|建|，))(?!来)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Two figures for a year, before a month or beside a word that tells a point of time."""
    for n, line in having(speech.lines, NEEDS):
        if re.search("[0-9０-９]年", line.text):
            for found in matches(_pattern(), line.text, "[0-9０-９](?=[0-9０-９]年)"):
                digits = found[1] or found[2] or found[3]
                if found[1] and (int(digits) > speech.as_of.year % 100 + 15) and int(digits) < 50:
                    continue
                at = max(found.start(k) for k in (1, 2, 3))
                full = ("19" if int(digits) > (speech.as_of.year + 15) % 100 else "20") + digits
                yield Finding(NAME, n, at, at + 2, f"年份写全：“{full}年”。", full)
