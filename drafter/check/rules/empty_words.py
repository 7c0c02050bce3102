"""套话太密。

“高度重视”“切实加强”“狠抓落实”一类话，每千字超过十五处，就只听见口号听不见事情了。

错：要高度重视，切实加强领导，进一步强化措施，狠抓落实，确保取得实效
对：这件事书记镇长亲自管，每周五下午碰一次头，十月底前见分晓
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed, sizes
from drafter.chinese.prose import matches

NAME = "empty-words"
LEVEL = "advice"
SOURCE = "党政机关改进文风的要求：短、实、新"

#: What stands in whatever is found.
_NEEDS = needed(
    "一思|不移|入推|再上|分认|刻认|力以|力推|务求|化措|实加|实增|实推|实提|常抓|度重|强领|得实|断加|断增|断完|断强|断推"
    "|断提|断深|新台|新局|更大|极推|步加|步增|步完|步强|步抓|步推|步提|步明|步深|毫|狠|真抓|着力|落到|面推|高认|齐抓"
)

#: So many in a thousand 字 are too many.
MOST = 15

#: Shorter speeches (字) are not judged.
SHORTEST = 500


#: The first two characters of `_words`.
_BEGINS = "[高切进狠真强加提统取落扎大全深稳积务再迈开更不着充常齐坚毫](?=[度实一抓化强高得到力面入步极求上创大断分刻定不])"


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    return re.compile(
        "高度重视|切实加强|切实提高|切实增强|进一步(?:加强|提高|增强|强化|完善|深化|加大|推进|抓好|明确)|狠抓落实|真抓实干|强化措施|加强领导|提高认识|"
        "统一思想|取得实效|落到实处|扎实推进|大力推进|全面推进|深入推进|稳步推进|积极推进|务求实效|再上新台阶|迈上新台阶|开创新局面|更大的?贡献|"
        "不断(?:加强|提高|增强|完善|深化|推进|提升|强化)|着力(?:加强|提高|推进|提升|强化|抓好)|充分认识|深刻认识|全力以赴|坚定不移|毫不动摇|常抓不懈|齐抓共管"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """The whole speech, told at the paragraph that has most of them."""
    counts = [0] * len(speech.lines)
    for n, line in having(speech.lines, _NEEDS):
        counts[n] = sum(1 for _ in matches(_words(), line.text, _BEGINS)) if line.role == "body" else 0
    total = sum(counts)
    if not total:
        return
    characters = sum(sizes(speech.lines))
    if characters < SHORTEST or total * 1000 <= MOST * characters:
        return
    n = counts.index(max(counts))
    share = total * 1000 / characters
    yield Finding(NAME, n, 0, len(speech.lines[n].text), f"全文套话 {total} 处，每千字 {share:.0f} 处，这一段最密。")
