"""数字和汉字之间多了空格。

公文里数字和汉字之间不空格。网页、软件文档有空格的习惯，粘贴过来要去掉。

错：2026 年，全市有 4 家单位
对：2026年，全市有4家单位
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having

NAME = "blank-by-figure"
LEVEL = "warning"
SOURCE = "GB/T 9704—2012，7.3.3（正文排版）；公文惯例"
NEEDS = " \u00a0"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    han = "\u4e00-\u9fff"
    return re.compile(
        f"(?<=[{han}，。；：、）])[ \u00a0]+(?=[0-9]+(?:[.,][0-9]+)*[ \u00a0]?[%％{han}])"
        f"|(?<=[0-9%％])[ \u00a0]+(?=[年月日时个名人次项家户亿万千百元条件倍亩吨米岁多余届号级位篇章场家所座公平])|(?<=[%％])[ \u00a0]+(?=[{han}])"
        f"|(?<=[0-9])[ \u00a0]+(?=[%％])")


#: What is before the blanks of a label: 附件2 名词解释, 图 1 组织架构.
_LABEL = re.compile("(?:附[件表图录]|[图表例]|专栏|案例|参考资料)[ \u00a0]?[0-9]{0,2}$")


def check(speech: Speech) -> Iterator[Finding]:
    """Blanks between figures and 汉字 in a line that says something. A number at its beginning is a heading's."""
    for n, line in having(speech.lines, NEEDS):
        if (" " in line.text or "\u00a0" in line.text) and line.role not in ("byline", "title", "subtitle"):
            for found in _pattern().finditer(line.text):
                if found.start() < 7 and _LABEL.match(line.text[: found.start()]):
                    continue
                if (
                    found.start() > 3
                    or not re.match("[0-9]{1,2}[ \u00a0]", line.text)
                    or line.text[found.end()] in "年月日"
                ):
                    yield Finding(NAME, n, found.start(), found.end(), "数字和汉字之间不空格。", "", True)
