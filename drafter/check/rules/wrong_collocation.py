"""固定提法配错了动词。

“四个意识”说增强，“四个自信”说坚定，“两个维护”说做到，“两个确立”说深刻领悟、坚定拥护；换着配，听的人马上听得出来。

错：坚定“四个意识”
对：增强“四个意识”
"""

import re
from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import KINDS

NAME = "wrong-collocation"
LEVEL = "warning"
SOURCE = "党的二十大报告等文件的通行搭配"

#: What is strengthened or made firm where it stands behind: 增强“两个维护”的政治自觉.
_THE_OBJECT = re.compile("”?(?:是|的?(?:(?:政治|思想|行动)自觉|自觉|坚定性|主动性|能力|本领|意识|定力|信念|信心|决心|思想和))")


def check(speech: Speech) -> Iterator[Finding]:
    """Formulations in the company of words that are another's. The end of the name before it is none of its company:
    “两个确立”“两个维护”; nor is what goes with another word behind it: 增强“两个维护”的政治自觉."""
    day = speech.as_of.toordinal()
    for hit in formulations.hits(speech, KINDS, "clash"):
        text = speech.lines[hit.line].text
        joined = "”" not in text[hit.start : hit.end - 1]
        if hit.entry.since <= day and joined and not _THE_OBJECT.match(text, hit.end):
            yield formulations.finding(NAME, hit, f"通行的说法是{hit.instead}")
