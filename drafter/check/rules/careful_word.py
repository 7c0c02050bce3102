"""慎用的词。

有的词分寸重（亲自、隆重），有的是旧说法（解放后、村长），有的不规范（国家发改委）；用以前想一想。

错：村长要亲自上门
对：村委会主任要上门
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import called
from drafter.chinese.quoting import quoted

NAME = "careful-word"
LEVEL = "warning"
SOURCE = "新华社《新闻信息报道中的禁用词和慎用词》；通行写法"


def check(speech: Speech) -> Iterator[Finding]:
    """Words to think about: advice, unless their entry says more."""
    day = speech.as_of.toordinal()
    for hit in formulations.hits(speech, ("careful",)):
        if hit.entry.first <= day and formulations.said_as_current(speech, hit):
            now = f"{quoted(hit.phrase)}宜写作{called(hit.entry.now)}" if hit.entry.now else f"{quoted(hit.phrase)}"
            level = hit.entry.level or "advice"
            yield formulations.finding(NAME, hit, now, level=level)
