"""并列的词语之间用了斜线。

正文里并列的词语用顿号或“和”“或”连着；斜线念不出来。“和/或”和计量单位里的不算。

错：各市/县/区都要上报
对：各市、县、区都要上报
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import inside

NAME = "slash-for-stop"
LEVEL = "advice"
SOURCE = "GB/T 15834—2011，4.17（分隔号的用法）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("(?<=[\u4e00-\u9fff])[/／](?=[\u4e00-\u9fff])")


def check(speech: Speech) -> Iterator[Finding]:
    """A slash between 汉字 of a sentence that is no unit (元/平方米) and no verse."""
    for n, line in enumerate(speech.lines):
        if "/" in line.text or "／" in line.text:
            for found in _pattern().finditer(line.text):
                at = found.start()
                unit = re.search(
                    "[0-9多几]?(?:元|大卡|比特|字节|焦耳|瓦|伏|吨|公斤|千克|克|人|次|个|辆|亩|公里|米|件|户)$",
                    line.text[max(0, at - 6) : at],
                )
                if not unit and line.text[at - 1] != "和" and not inside(line.text, at, marks="《"):
                    yield Finding(NAME, n, at, at + 1, "斜线念不出来，用顿号或者“和”“或”。", "、", others=("和", "或"))
