"""发文字号写得不合格式。

年份用六角括号〔〕括着，序号不加“第”、不编虚位：国发〔2026〕5号。

错：国发[2026]第05号
对：国发〔2026〕5号
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed

NAME = "document-number"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.2.5（发文字号）；GB/T 15834—2011，4.9.3.4"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("0123456789０１２３４５６７８９", "］]）)】〕﹞"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(r"(?<=[\u4e00-\u9fff])\s?([\[（(【〔［﹝])((?:19|20)\d\d)([\]）)】〕］﹞])\s?(第?)(0*)(\d{1,5})(号)")


def check(speech: Speech) -> Iterator[Finding]:
    """A year in brackets between the name of an office and 号."""
    for n, line in having(speech.lines, _NEEDS):
        if "号" in line.text:
            for found in _pattern().finditer(line.text):
                right = f"〔{found[2]}〕{found[6]}号"
                if found[0] != right:
                    what = "年份用六角括号〔〕括着" if found[1] != "〔" or found[3] != "〕" else "序号前面不加“第”、不补零、不空格"
                    yield Finding(NAME, n, found.start(), found.end(), f"发文字号里，{what}。", right)
