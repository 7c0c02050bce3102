"""用 XX、××、○○、____ 占着的空没有填。

和单个的“×”一样，是起草时留下的空；两个以上连写、挨着单位、职务、地名或者等着数目的词的，几乎不会是正文。“二〇〇八年”里的
圈是数字，不算；案件通报里的“林××”是有意隐去的，也不算。

错：20__年，XX县完成投资____亿元，增长X.X%
对：2026年，清河县完成投资12亿元，增长5.2%
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech
from drafter.check.standins import SURE, standins

NAME = "blank-marks"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留代字"


@lru_cache(maxsize=1)
def _years() -> re.Pattern[str]:
    """A year whose last figures are open: 20__, 201x, 20  年."""
    return re.compile(
        r"(?<!\d)(?:(?:19|20)(?:[0-9]?_+|[0-9]?[xX×＊*○]{1,2}|\s{2,8})(?=年|[—\-]20)|20[0-9]?_+(?=[\u4e00-\u9fff—－-]|_)|20[\u3000 ]+(?=年(?:[以来，初底]|\d)))"
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Runs of stand-ins, and years whose last figures are open."""
    for n, line in enumerate(speech.lines):
        taken: set[int] = set()
        if "20" in line.text or "19" in line.text:
            for year in _years().finditer(line.text):
                taken.update(range(year.start(), year.end()))
                level = "warning" if year[0].startswith("19") else ""  # of the last century, hidden on purpose at times
                yield Finding(NAME, n, year.start(), year.end(), f"“{year[0].strip()}”这里还没有填。", level=level)
        for found in standins(line.text):
            if found.end - found.start > 1 and found.start not in taken:
                words = line.text[found.start : found.end]
                level = "" if found.weight >= SURE else "warning"
                yield Finding(NAME, n, found.start, found.end, f"“{words}”这里还没有填。", level=level)
