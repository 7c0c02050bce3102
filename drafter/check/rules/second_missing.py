"""有“一是”，没有“二是”。

说了“一是”“一要”，听的人就等着“二是”“二要”；后面没有，多半是删改时丢了。

错：原因有两个：一是准备不足，另外动作也慢
对：原因有两个：一是准备不足，二是动作太慢
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.series import said

NAME = "second-missing"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：序号前后呼应"


@lru_cache(maxsize=1)
def _second() -> re.Pattern[str]:
    return re.compile("二[是要来则在]|其二|第二|其次|[，；。](?:一|另一?)(?:个|方面|是|来|条|则)|[，；。、]二[^、〇零一二三四五六七八九十百千万年月日]")


def check(speech: Speech) -> Iterator[Finding]:
    """A first number of running text with no second in this paragraph nor at the beginning of one of those after it."""
    last = max((n for n, line in enumerate(speech.lines) if _begins(line.text)), default=0)
    for n, line in enumerate(speech.lines):
        firsts = Counter(one.verb for one in said(line.text) if one.number == 1)
        for one in said(line.text):
            if one.number != 1 or one.verb not in ("是", "要"):
                continue
            if line.text[: one.start].endswith(("，", "。")) and one.verb == "要":
                continue
            if firsts[one.verb] > 1:
                continue
            if _second().search(line.text, one.end) or last > n:
                continue
            words = line.text[one.start : one.end]
            yield Finding(NAME, n, one.start, one.end, f"有“{words}”，后面没有“二{one.verb}”。")


def _begins(text: str) -> bool:
    return bool(text) and text.lstrip()[:1] in ("二", "第", "其", "另") and bool(re.match(r"\s*(?:二|第二|其二|其次|另)", text))
