"""固定提法配错了动词。

“四个意识”说增强，“四个自信”说坚定，“两个维护”说做到，“两个确立”说深刻领悟、坚定拥护；换着配，听的人马上听得出来。

错：坚定“四个意识”
对：增强“四个意识”
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import KINDS

NAME = "wrong-collocation"
LEVEL = "warning"
SOURCE = "党的二十大报告等文件的通行搭配"


def check(speech: Speech) -> Iterator[Finding]:
    """Formulations in the company of words that are another's. The end of the name before it is none of its company:
    “两个确立”“两个维护”."""
    day = speech.as_of.toordinal()
    for hit in formulations.hits(speech, KINDS, "clash"):
        text = speech.lines[hit.line].text
        if hit.entry.since <= day and "”" not in text[hit.start : hit.end - 1]:
            yield formulations.finding(NAME, hit, f"通行的说法是{hit.instead}")
