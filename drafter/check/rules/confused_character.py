"""帐和账、象和像、份和分、至和致、既和即、渡和度、做和作、副和付用混了。

这些字读音相同，各有各的用处：钱财的事用“账”，相似用“像”，成分、本分用“分”，招来用“致”，已经用“既”，
江河难关用“渡”、时间用“度”。

错：建立问题台帐，一至通过，象石榴籽一样抱在一起
对：建立问题台账，一致通过，像石榴籽一样抱在一起
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.words import findings

NAME = "confused-character"
LEVEL = "warning"
SOURCE = "《现代汉语词典》（第7版）"

#: What 象 ends a word behind: 现象, 对象, 大象 …
_THINGS = frozenset(
    "现形对印抽景迹气万想大表天具意虚星四怪巨乱异幻物众群假图影成法卦险病真石非战亚藏洲野河儿录偶摄塑雕画乳母幼盲取镜肖音海战水卜兽骑驯"
)


@lru_cache(maxsize=1)
def _like() -> re.Pattern[str]:
    """What stands behind 象 where it says what something is like."""
    such = (
        "个(?!体|数)|是(?!一种)|一(?:个|条|座|颗|家|把|面|团|根|块|朵|支|只|盏|幅|场|股|滴|样)|我们|他们|你们|他|她|这样|这种|这些|那样|爱护|对待|保护"
        "|珍惜|石榴|钉钉子"
    )
    return re.compile(rf"(?!征)(?:[^，。；：！？“”的]{{1,10}}(?:一样|似的|那样|这样的|一般[，。地])|(?:{such}))")


def check(speech: Speech) -> Iterator[Finding]:
    """The pairs of this name in `data/words.yaml`, and 象 that says what something is like."""
    told: set[tuple[int, int]] = set()
    for finding in findings(speech, NAME):
        told.update((finding.line, at) for at in range(finding.start, finding.end))
        yield finding
    for number, line in enumerate(speech.lines):
        at = line.text.find("象")
        while at >= 0:
            if (number, at) not in told and _is_like(line.text, at):
                yield Finding(NAME, number, at, at + 1, "“象”应为“像”：说相似、比如用“像”。", "像")
            at = line.text.find("象", at + 1)


def _is_like(text: str, at: int) -> bool:
    return (not at or text[at - 1] not in _THINGS) and bool(_like().match(text, at + 1))
