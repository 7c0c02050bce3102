"""用月日命名的事件、节日，间隔号用得不对。

用阿拉伯数字的，月和日之间都用间隔号：“3·15”“9·11”“5·12”。用汉字的，只有一月、十一月、十二月才用：“一二·九”运动、“一·二八”事变；
别的月份不用：“五四”运动、“七一”“九一八”事变。

错：“五·四”运动、“一二九”运动、“3.15”晚会
对：“五四”运动、“一二·九”运动、“3·15”晚会
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import matches

NAME = "event-dot"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，4.14.3.5（以月、日为标志的事件或节日）"

#: What stands in whatever is found.
_NEEDS = needed(
    "一二|一一|15|11|12|23|26|20|"
    + each_with_each("三五六七八九", "·")
    + "|"
    + each_with_each("0123456789", "”’")
)

#: What follows such a name and tells that it is one.
_EVENT = (
    "运动|事变|事件|惨案|起义|大地震|地震|抗震|汶川|消费者|晚会|国际|恐怖|袭击|禁毒|劳动节|青年节|建军节|建党|国庆|精神|讲话|勋章|奖章|奖状|妇女节|三八红旗|红旗手|特大|矿难|火灾|重大|专案|案件"
)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(
        f"(?P<han>[三五六七八九]·(?:一八|[一四七八]))(?=[”’]?(?:{_EVENT}|[”’、，]))(?![”’]?历史博物馆)"
        f"|(?P<bare>一二九|一二八|一二一|一一七)(?=[”’]?(?:运动|事变|惨案|抗战))"
        f"|(?<![0-9.·])(?P<arabic>3[.．・]?15|9[.．・]?11|5[.．・]?12|7[.．・]23|6[.．・]?26|8[.．・]12"
        f"|7[.．・]?20)(?=[”’]?(?:{_EVENT}))"
        f"|(?<=[“‘])(?P<quoted>[1-9]|1[0-2])[.．](?P<day>[0-3]?[0-9])(?=[”’](?:{_EVENT}))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Names of the table, before a word that tells they name an event."""
    for n, line in having(speech.lines, _NEEDS):
        if any(c in line.text for c in "0123456789一三五六七八九"):
            for found in matches(_pattern(), line.text, "[一三五六七八九1-9](?<![0-9.·][1-9])(?=[·一二.．・0-9])"):
                if found["han"]:
                    message, right = "这个月份不用间隔号。", found["han"].replace("·", "")
                elif found["bare"]:
                    right = {"一二九": "一二·九", "一二八": "一·二八", "一二一": "一二·一", "一一七": "一·一七"}[found["bare"]]
                    message = "涉及一月、十一月、十二月的，月和日之间用间隔号。"
                else:
                    digits = found["arabic"] or f"{found['quoted']}.{found['day']}"
                    right = f"{digits[0]}·{digits[-2:]}" if found["arabic"] else f"{found['quoted']}·{found['day']}"
                    message = "阿拉伯数字的月和日之间用间隔号“·”。"
                yield Finding(NAME, n, found.start(), found.end(), message, right)
