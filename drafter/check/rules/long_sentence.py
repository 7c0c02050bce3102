"""句子太长，一口气念不下来。

一句一百五十字以上给建议，三百字以上给提醒。用分号并列的几项，按最长的一项算。

错：（一句话三百多个字，中间没有句号）
对：（分成三四句，每句五六十字）
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import sentences

NAME = "long-sentence"
LEVEL = "warning"
SOURCE = "讲话稿写作惯例：句子要短，念得顺口"

#: 字 without marks. Measured on 15,337 sentences of published speeches: median 35, 90 of 100 below 89, 99 below 185;
#: reports to the national congresses have sentences of 280.
LONG = 150
TOO_LONG = 300


def check(speech: Speech) -> Iterator[Finding]:
    """Sentences by their longest member between ； (and ： before a list)."""
    for n, line in enumerate(speech.lines):
        if line.role not in ("body", "other") or len(line.text) <= LONG:
            continue
        for s in sentences(line.text):
            if s.end - s.start <= LONG:
                continue
            longest = max(sum(map(str.isalnum, member)) for member in re.split("[；;]", s.words))
            if longest > LONG:
                what = "太长，念不下来" if longest > TOO_LONG else "偏长"
                level = "" if longest > TOO_LONG else "advice"
                yield Finding(NAME, n, s.start, s.end, f"这一句有 {longest} 字，{what}，分成几句。", level=level)
