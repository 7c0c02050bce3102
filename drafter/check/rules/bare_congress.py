"""党的代表大会前面没有“党的”。

党内讲话写党的二十大、党的十八大以来，不写二十大、中共二十大；并列时只写一个“党的”。

错：十八大以来，全市经济稳步增长
对：党的十八大以来，全市经济稳步增长
"""

import re
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.whole import each_with_each, having, needed
from drafter.chinese.prose import inside

NAME = "bare-congress"
LEVEL = "advice"
SOURCE = "中央文件的通行写法"

#: What stands in whatever is found.
_NEEDS = needed(each_with_each("五六七八九十", "大"))


def check(speech: Speech) -> Iterator[Finding]:
    """Congresses without 党的, also behind 中共; not the second of two, and not inside marks."""
    for number, line in having(speech.lines, _NEEDS):
        if "大" not in line.text or line.role == "title":
            continue
        for found in re.finditer(
            "(中共|中国共产党)?(十[五六七八九]大|二十大)(?=以来|以后|报告|精神|召开|胜利|闭幕|提出|作出|强调|擘画|擘划|[，。、；：是将对要明指])",
            line.text,
        ):
            before = line.text[max(0, found.start() - 4) : found.start()]
            if re.search("党的$|[、和与及暨到至从的]$|党代会$|[二三四]$", before) or inside(line.text, found.start()):
                continue
            yield Finding(NAME, number, found.start(), found.end(), f"写“党的{found[2]}”。", f"党的{found[2]}")
