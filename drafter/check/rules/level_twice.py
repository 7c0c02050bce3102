"""地名后面“省”“市”说了两遍：“东莞市市委”。

党委、政府、人大、政协、纪委的名称前面地名只带一个“省”或者“市”。“各市市委”“北京市市长”和单名的县（“邱县县委”）不算。

错：东莞市市委、湖南省省政府
对：东莞市委、湖南省政府
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech

NAME = "level-twice"
LEVEL = "warning"
SOURCE = "党和国家机关规范化简称"


def check(speech: Speech) -> Iterator[Finding]:
    """A level of place said twice before a body."""
    for number, line in enumerate(speech.lines):
        if "省省" not in line.text and "市市" not in line.text:
            continue
        for found in re.finditer(r"[\u4e00-\u9fff]([省市])(\1)(?=委(?!员)|政府|人大|政协|纪委)", line.text):
            if line.text[found.start()] in "各全该本两每外地级城辖他兄邻三四五六七八九十几多我跨":
                continue
            yield Finding(NAME, number, *found.span(2), f"“{found[1]}”说了两遍，删掉一个。", "")
