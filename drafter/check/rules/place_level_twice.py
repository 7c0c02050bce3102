"""“市市委”：级别写了两遍。

某市的市委简称某市委。“各市市委”“我市市委”不算。

错：清河市市委决定
对：清河市委决定
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.whole import having, needed
from drafter.chinese.prose import inside

NAME = "place-level-twice"
LEVEL = "warning"
SOURCE = "党委名称的规范简称"

#: What stands in whatever is found.
_NEEDS = needed("市市|县县|省省|州州")


def check(speech: Speech) -> Iterator[Finding]:
    """省省委, 市市委 and the like behind a place name."""
    for number, line in having(speech.lines, _NEEDS):
        if not any(twice in line.text for twice in ("市市", "县县", "省省", "州州")):
            continue
        for found in re.finditer("(?<=[\u4e00-\u9fff]{2})([省市县州])(?=\\1(?P<body>委(?!员|托|派|任|会)|政府))", line.text):
            place = line.text[max(0, found.end() - 6) : found.end()]
            if re.search(
                "(?:[各本该两我你贵某每外邻同全县地级辖城个多一二三四五六七八九十]|自治|兄弟|有关|所在|部分|其他)[省市县州]$",
                place,
            ) or inside(line.text, found.start()):
                continue
            end = found.end("body")
            said = f"“{line.text[found.start() : end]}”里级别写了两遍。"
            yield Finding(NAME, number, found.start(), end, said, found[1] + found["body"])
