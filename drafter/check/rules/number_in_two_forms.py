"""同一个数，一处用汉字、一处用阿拉伯数字。

“讲4点意见”后面又说“以上四点意见”，同一篇稿子里同样的数体例要一致。

错：我讲3点意见。……以上三点意见，请大家落实。
对：我讲三点意见。……以上三点意见，请大家落实。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.numerals import numeral, read_numeral
from drafter.chinese.prose import matches

NAME = "number-in-two-forms"
LEVEL = "warning"
SOURCE = "GB/T 15835—2011，4.3（同类数字体例一致）"

#: What stands in whatever is found.
_NEEDS = needed("点意|点要|点希|点建|点体|个方|项重|项工|项任|项要|项措|项制|大工|大行|大任|大战")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.第一二三四五六七八九十百])(\d{1,2}|[两二三四五六七八九十])(点(?:意见|要求|希望|建议|体会)|个方面|项(?:重点)?(?:工作|任务|要求|措施|制度)|大(?:工程|行动|任务"
        r"|战略))")


def check(speech: Speech) -> Iterator[Finding]:
    """Figures for a number of points or tasks that the speech has in 汉字 elsewhere, with the same words behind."""
    said: set[tuple[int, str]] = set()
    figured: list[tuple[int, int, int, int, str]] = []
    for n, line in having(speech.lines, _NEEDS):
        for found in matches(_pattern(), line.text, "[0-9０-９一二两三四五六七八九十](?=[0-9０-９点个项大])"):
            value = read_numeral(found[1]) or 0
            if found[1].isdigit():
                figured.append((n, found.start(1), found.end(1), value, found[2]))
            else:
                said.add((value, found[2]))
    for n, start, end, value, words in figured:
        if (value, words) in said:
            right = "两" if value == 2 else numeral(value)
            yield Finding(NAME, n, start, end, f"别处写作“{right}{words}”，这里用了阿拉伯数字。", right)
