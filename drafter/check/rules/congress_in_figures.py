"""党的大会、全会、人大、政协的届次用了阿拉伯数字。

党的二十大、二十届四中全会、十四届全国人大四次会议，届次和次数都用汉字。

错：党的20大、二十届4中全会
对：党的二十大、二十届四中全会
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.numerals import numeral
from drafter.chinese.prose import matches

NAME = "congress-in-figures"
LEVEL = "error"
SOURCE = "GB/T 15835—2011，4.2（用汉字数字的场合）；党和国家机关会议名称惯例"
NEEDS = "届大"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("0123456789０１２３４５６７８９", "届大中次"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<=党的)|(?<=党的第)|(?<=中共))(?P<a>1\d|2\d|[89])(?=届|大(?!队|家|类|项|重|工程|行动|任务|政策|发展|精神力量))"
        r"|(?P<b>(?<![\d.])\d{1,2})(?=届(?:[一二三四五六七八九十\d]{1,2}中全会|全国人大|全国政协|中央委员会|中央纪委|全国人民代表大会))"
        r"|(?<=[省市县区州]委)(?P<h>\d{1,2})(?=届)|(?<=\d届|[一二三四五六七八九十]届)(?P<i>\d{1,2})(?=次全会)|(?<=届)(?P<c>\d{1,2})(?=中全会"
        r"|次全体会议)|(?<=届全国人大)(?P<d>\d)(?=次会议)|(?<=届全国政协)(?P<e>\d)(?=次会议)|(?<=[〇零一二三四五六七八九十]届人大)(?P<f>\d)(?=次会议)"
        r"|(?<=[一二三四五六七八九十]大、)(?P<g>1\d|2\d)(?=大)"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Figures in the names of party congresses, plenums and sessions."""
    for n, line in having(speech.lines, _NEEDS):
        if not re.search("[届大中次](?<=[0-9０-９].)", line.text):
            continue
        for found in matches(_pattern(), line.text, "[0-9０-９](?=[0-9０-９]?[届大中次])"):
            right = numeral(int(found[0]))
            yield Finding(NAME, n, found.start(), found.end(), f"会议的届次用汉字：{right}。", right)
