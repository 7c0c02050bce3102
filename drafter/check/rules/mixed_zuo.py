"""同一篇里“作出”和“做出”混用。

后面是决定、部署、贡献、安排一类抽象的事，一般写“作出”；一篇里两种写法都有的，统一起来。

错：市委作出部署，各部门做出安排
对：市委作出部署，各部门作出安排
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "mixed-zuo"
LEVEL = "advice"
SOURCE = "《现代汉语词典》（第7版）“作”“做”"

_ABSTRACT = "决定|决策|部署|贡献|安排|承诺|判断|回应|反应|选择|努力|牺牲|表率|解释|说明|规定|指示|批示|评价|让步|处理|处分|裁决|答复|调整|回答|要求"


def check(speech: Speech) -> Iterator[Finding]:
    """做出 before abstract things, where 作出 stands elsewhere."""
    if not any("做出" in line.text for line in speech.lines) or not any("作出" in line.text for line in speech.lines):
        return
    for number, line in enumerate(speech.lines):
        for found in re.finditer(rf"做出(?=了?[^，。；]{{0,8}}(?:{_ABSTRACT}))", line.text):
            yield Finding(NAME, number, *found.span(), "这一篇里“作出”和“做出”都有，后面是抽象的事，统一为“作出”。", "作出")
