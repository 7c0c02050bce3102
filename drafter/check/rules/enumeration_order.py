"""固定的几项颠倒了次序。

“四个自信”“五位一体”、社会主义核心价值观等，各项的先后是定下来的。

错：创新、绿色、协调、开放、共享的新发展理念
对：创新、协调、绿色、开放、共享的新发展理念
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.entries import UNMARKED

NAME = "enumeration-order"
LEVEL = "error"
SOURCE = "中央文件的提法；每一条另注出处"


def check(speech: Speech) -> Iterator[Finding]:
    """All items of a set, each once, in another order than its own: an error where its name stands by them."""
    told: list[tuple[int, int, int]] = []
    for run in sorted(formulations.runs(speech, ("formulation", "campaign")), key=lambda run: -len(run.hits)):
        entry, text = run.entry, speech.lines[run.line].text
        items = [item.translate(UNMARKED) for item in entry.items]
        here = [hit.phrase for hit in run.hits]
        if entry.free or sorted(here) != sorted(items) or here == items or len(items) < 3:
            continue
        start, end = run.hits[0].start, run.hits[-1].end
        if text[run.hits[0].end : run.hits[1].start].strip("”") in ("和", "与", "同"):
            continue  # 把文化自信和道路自信、……并列: one is set beside the others, not put among them
        if any(line == run.line and start < other_end and other < end for line, other, other_end in told):
            continue
        told.append((run.line, start, end))
        pieces = []
        for hit, after, item in zip(run.hits, (*run.hits[1:], None), entry.items, strict=True):
            pieces.append(item if text[hit.start : hit.end] == hit.phrase else item.translate(UNMARKED))
            pieces.append(text[hit.end : after.start] if after else "")
        whole = run.hits[0]._replace(end=end, instead="".join(pieces))
        yield formulations.finding(
            NAME, whole, f"“{entry.name}”的次序是{'、'.join(entry.items)}", level="" if run.named else "warning"
        )
