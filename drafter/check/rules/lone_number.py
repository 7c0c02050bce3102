"""只有一条，却编了序号。

有“一、”就应当有“二、”。只有一条时不用编号；要么是漏了后面的，要么是删了以后忘了去掉序号。

错：一、抓好落实（后面没有“二、”）
对：抓好落实
"""

from collections import Counter
from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.series import NumberedPoint, groups, said

NAME = "lone-number"
LEVEL = "advice"
SOURCE = "GB/T 9704—2012，7.3.3（结构层次序数）"


def _second(text: str, p: NumberedPoint) -> bool:
    """Whether the second number stands inside the paragraph of the first."""
    return (
        any(one.number == 2 for one in said(text))
        or p.label.replace("一", "二").replace("1", "2").replace("①", "②") in text
    )


def check(speech: Speech) -> Iterator[Finding]:
    """Groups of one; a first running number may go on inside its paragraph."""
    styles = Counter(group[0].style for group in groups(speech.lines))
    seconds = [n for n, line in enumerate(speech.lines) if any(one.number == 2 for one in said(line.text))]
    for group in groups(speech.lines):
        p = group[0]
        if len(group) > 1 or p.number != 1 or _second(speech.lines[p.line].text, p):
            continue
        if p.style in ("第一，", "其一，") and seconds and seconds[-1] >= p.line:
            continue
        if styles[p.style] == 1 or p.style in ("一、", "（一）"):
            yield Finding(NAME, p.line, p.start, p.end, f"只有“{p.label}”，后面没有第二条。")
