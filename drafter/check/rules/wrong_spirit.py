"""把这种精神的内容说成了那种精神的。

各种精神的内容是定下来的：“执着专注、精益求精、一丝不苟、追求卓越”是工匠精神，“对党忠诚、不负人民”是伟大建党精神。

错：弘扬执着专注、精益求精、一丝不苟、追求卓越的劳模精神
对：弘扬执着专注、精益求精、一丝不苟、追求卓越的工匠精神
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "wrong-spirit"
LEVEL = "warning"
SOURCE = "习近平总书记在庆祝中国共产党成立100周年大会、全国抗击新冠肺炎疫情表彰大会、全国劳动模范和先进工作者表彰大会等会议上的讲话"
NEEDS = "神"

#: The spirits whose words are known, their first words, and their last: a slip in the middle does not hide them.
_WORDS = (
    ("伟大建党精神", "坚持真理、坚守理想", "英勇斗争，对党忠诚、不负人民"),
    ("工匠精神", "执着专注、精益求精", "一丝不苟、追求卓越"),
    ("劳模精神", "爱岗敬业、争创一流", "勇于创新、淡泊名利、甘于奉献"),
    ("伟大抗疫精神", "生命至上、举国同心", "尊重科学、命运与共"),
    ("脱贫攻坚精神", "上下同心、尽锐出战", "攻坚克难、不负人民"),
    ("探月精神", "追逐梦想、勇于探索", "协同攻坚、合作共赢"),
    ("北京冬奥精神", "胸怀大局、自信开放", "追求卓越、共创未来"),
    ("特区精神", "敢闯敢试、敢为人先", "敢为人先、埋头苦干"),
    ("塞罕坝精神", "牢记使命、艰苦创业", "艰苦创业、绿色发展"),
)

#: What spirits are called, without 伟大: those made known on 2021-09-29 and later ones.
_NAMES = (
    "建党|井冈山|苏区|长征|遵义会议|延安|抗战|红岩|西柏坡|照金|东北抗联|南泥湾|太行|大别山|沂蒙|老区|张思德|抗美援朝|“?两弹一星”?|雷锋|焦裕禄|大庆|铁人|红旗渠|北大荒"
    "|塞罕坝|“?两路”?|老西藏|孔繁森|西迁|王杰|改革开放|特区|抗洪|抗击“?非典”?|抗震救灾|载人航天|劳模|青藏铁路|女排|脱贫攻坚|抗疫|科学家|企业家|探月|新时代北斗|丝路"
    "|劳动|工匠|教育家|北京冬奥"
)

#: Behind the words the name of their own spirit may stand after another's: …的劳模精神、工匠精神.
_BEHIND = 24


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Words of a spirit with a name behind 的, or behind a name and 是."""
    first, last = "|".join(row[1] for row in _WORDS), "|".join(row[2] for row in _WORDS)
    return re.compile(
        f"(?P<last>{last})”?的(?P<behind>(?:伟大)?“?(?:伟大)?(?:{_NAMES})精神)"
        f"|(?P<before>(?:{_NAMES})精神)”?(?:的(?:深刻|丰富|科学)?内涵)?(?:就?是|即|体现[为在])?[：“]{{0,2}}(?P<first>{first})"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Words of a spirit that are given to another."""
    for number, line in enumerate(speech.lines):
        if "精神" not in line.text:
            continue
        for found in _pattern().finditer(line.text):
            owner = next(name for name, *words in _WORDS if (found["first"] or found["last"]) in words)
            group = "behind" if found["behind"] else "before"
            rest = line.text[found.start(group) : found.end() + _BEHIND] if found["behind"] else found[group]
            if owner.removeprefix("伟大") not in rest:
                said = f"“{found['first'] or found['last']}”是{owner}的内容，不是{found[group]}的。"
                yield Finding(NAME, number, *found.span(group), said)
