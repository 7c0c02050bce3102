"""“四个意识”“四个自信”“两个维护”排错了先后。

三句连用时，先增强“四个意识”，再坚定“四个自信”，后做到“两个维护”。

错：坚定“四个自信”、增强“四个意识”、做到“两个维护”
对：增强“四个意识”、坚定“四个自信”、做到“两个维护”
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.entries import UNMARKED

NAME = "leadership-order"
LEVEL = "warning"
SOURCE = "党的二十大报告等文件的通行排列"


def check(speech: Speech) -> Iterator[Finding]:
    """Phrases that are always said in one order, close together in another."""
    for run in formulations.runs(speech, ("sequence",)):
        items = [item.translate(UNMARKED) for item in run.entry.items]
        places = [items.index(hit.phrase) for hit in run.hits]
        if len(set(places)) == len(places) and places != sorted(places):
            text = speech.lines[run.line].text
            start, end = run.hits[0].start, run.hits[-1].end
            if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
                start, end = start - 1, end + 1
            out_of_order = run.hits[0]._replace(start=start, end=end, instead="")
            yield formulations.finding(NAME, out_of_order, f"通行的次序是{run.entry.form}")
