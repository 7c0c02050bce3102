"""没有填的“×”。

起草时不知道的月日、姓名、数目常先写“×”“X”“N”“A县”，定稿时忘了填，念到这里就出了事故。是不是留着的空，看旁边：后面是
计量单位、年月日、职务、地名，前面是等着数目或者名称的词，就是；名称里的“×”（如“数据要素×”）、尺寸和倍数（如4×4）、A股和
X光都不算。

错：×月×日，全市召开推进会，接待游客N万人次
对：3月12日，全市召开推进会，接待游客3万人次
"""

from collections.abc import Iterator

from drafter.check.rules import Finding, Speech
from drafter.check.standins import SURE, standins

NAME = "stray-cross"
LEVEL = "error"
SOURCE = "讲话稿校对惯例：定稿不留代字"

#: A multiplication sign beside a day, a post or a unit multiplies nothing.
SURE_CROSS = 2.5


def check(speech: Speech) -> Iterator[Finding]:
    """Single marks and letters where a number or a name belongs."""
    for n, line in enumerate(speech.lines):
        for found in standins(line.text):
            if found.end - found.start == 1:
                words = line.text[found.start : found.end]
                sure = found.weight >= SURE or (words == "×" and found.weight >= SURE_CROSS)
                level = "" if sure else "warning"
                yield Finding(NAME, n, found.start, found.end, f"“{words}”还没有填。", level=level)
