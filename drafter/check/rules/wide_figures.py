"""数字、字母用了全角。

阿拉伯数字和英文字母用半角；全角的一个占两格，“２０２６年”又宽又散。

错：２０２６年８月，推广５Ｇ应用
对：2026年8月，推广5G应用
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "wide-figures"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，5.1（阿拉伯数字的书写）；GB/T 9704—2012，7.3.3"
NEEDS = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"

_HALF = (
    {0xFF10 + n: str(n) for n in range(10)}
    | {0xFF21 + n: chr(65 + n) for n in range(26)}
    | {0xFF41 + n: chr(97 + n) for n in range(26)}
    | {ord("．"): ".", ord("％"): "%", ord("－"): "-"}
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[．－][０-９Ａ-Ｚａ-ｚ]+)*％?")


def check(speech: Speech) -> Iterator[Finding]:
    """Runs of full-width figures and letters. Ｘ and × alone may stand in for a word, which is another rule's."""
    for n, line in having(speech.lines, NEEDS):
        if line.text.isascii():
            continue
        for found in _pattern().finditer(line.text):
            if not re.fullmatch("[Ｘｘ]+", found[0]):
                right = found[0].translate(_HALF)
                yield Finding(NAME, n, found.start(), found.end(), "数字、字母用半角。", right, True)
