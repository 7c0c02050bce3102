"""固定提法错了一个字。

与一个固定提法只差一个字：错一字、漏一字、重一字，或者两字颠倒，其余都一样。首字不同的、确有两种说法的不算。

错：坚持党的领导、人民当家做主、依法治国有机统一
对：坚持党的领导、人民当家作主、依法治国有机统一
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import called
from drafter.chinese.quoting import quoted

NAME = "formulation-near-miss"
LEVEL = "warning"
SOURCE = "中央文件的提法；每一条另注出处"


def check(speech: Speech) -> Iterator[Finding]:
    """What is one character from a form that was there on the day of the speech."""
    day = speech.as_of.toordinal()
    found = [h for h in formulations.hits(speech, ("formulation", "campaign", "fixed"), "near") if h.entry.since <= day]
    line, end = -1, 0
    for hit in sorted(found, key=lambda h: (h.line, h.start, -h.end)):
        if hit.line != line or hit.start >= end:
            line, end = hit.line, hit.end
            yield formulations.finding(NAME, hit, f"{quoted(hit.phrase)}与{called(hit.entry.form)}差一个字")
