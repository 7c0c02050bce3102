"""分别占的百分数加起来超过了百分之百。

“三类分别占40%、35%、30%”，加起来105%，总有一个错了。

错：三次产业分别占12%、45%、53%
对：三次产业分别占12%、35%、53%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "shares-exceed-whole"
LEVEL = "warning"
SOURCE = "算术：各部分之和不超过总体"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?:(?:三次产业|第?一、(?:第)?二、(?:第)?三产业|三产)(?:的?(?:占比|比重|比例|结构))?分别[占为是]|(?:占比|比重|所占比例)分别[为是]|分别占)(?:总[数量]|总?人数|[^，。；、\d]{0,8}的?)?(\d+(?:\.\d+)?[%％](?:(?:、|，|和|与)\d+(?:\.\d+)?[%％]){2,})")


def check(speech: Speech) -> Iterator[Finding]:
    """Three shares or more behind 分别占 that add up to more than rounding makes. Far more
    than that are shares of different wholes."""
    for n, line in enumerate(speech.lines):
        if "分别" in line.text and ("占" in line.text or "比" in line.text or "产" in line.text):
            for found in _pattern().finditer(line.text):
                total = sum(float(figure) for figure in re.findall(r"\d+(?:\.\d+)?", found[1]))
                several = re.search("各自|份额|本[地县市]|全[省国]|同类", line.text[max(0, found.start() - 20) : found.start(1)])
                figures = re.findall(r"\d+(?:\.\d+)?", found[1])
                off = sum(0.5 * 10 ** -len(figure.partition(".")[2]) for figure in figures)
                if 100 + max(off, 0.5) < total <= 150 and not several:
                    yield Finding(NAME, n, found.start(1), found.end(1), f"这几个百分数加起来是{total:g}%，超过了100%。")
