"""已经结束的学习教育还说正在开展。

集中学习教育有起止时间，结束以后只说巩固拓展成果、常态化长效化。

错：当前，要扎实开展党纪学习教育
对：要巩固深化党纪学习教育成果
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check import formulations
from drafter.check.rules import Finding, Speech

NAME = "ended-campaign"
LEVEL = "warning"
SOURCE = "中央关于各次集中学习教育的部署"


#: So many days after its end a campaign is still being wound up.
_WOUND_UP = 60


def check(speech: Speech) -> Iterator[Finding]:
    """Campaigns that are over, said with the words of one under way. The first year after, reports still look back:
    advice, unless it is said to go on or to come, or, when it has been wound up, is asked for."""
    day, earlier = speech.as_of.toordinal(), formulations.of_an_earlier_day(speech)
    found = list(formulations.expired(speech, ("campaign",)))
    for hit in found:
        if any(other.line == hit.line and other.entry is not hit.entry for other in found):
            continue  # several in one paragraph: it tells what has been
        gone = day - hit.entry.last
        asked = gone > _WOUND_UP and _asked().search(speech.lines[hit.line].text, max(0, hit.start - 12), hit.start)
        recent = (gone < 366 and not asked and not formulations.still_to_come(speech, hit)) or earlier
        said = f"“{hit.phrase}”到{formulations.day_said(hit.entry.last)}前后已经结束，现在说巩固拓展成果"
        yield formulations.finding(NAME, hit._replace(instead=""), said, level="advice" if recent else "")


@lru_cache(maxsize=1)
def _asked() -> re.Pattern[str]:
    return re.compile("(?:^|[，。；：])(?:扎实|深入|持续|继续|认真|切实|有序|高质量|纵深|精心)(?:组织)?(?:开展|推进|抓好|抓实)[“‘]?$")
