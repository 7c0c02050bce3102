"""引了已经废止的法律、条例。

《合同法》《物权法》等九部法律并入《中华人民共和国民法典》，《信访条例》由《信访工作条例》代替。讲过去的事不算。

错：依照《合同法》妥善处理
对：依照《民法典》妥善处理
"""

import re
from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech

NAME = "repealed-document"
LEVEL = "warning"
SOURCE = "新法的废止条款"

#: What says before a title that it is the old one's.
_OLD = re.compile("[原旧]《[^《》]*$")


def check(speech: Speech) -> Iterator[Finding]:
    """Titles in 《》 of what was no longer in force on the day of the speech."""
    level = "advice" if formulations.of_an_earlier_day(speech) else ""
    for hit in formulations.expired(speech, ("document",)):
        text = speech.lines[hit.line].text
        if formulations.is_title(text, hit) and not _OLD.search(text, max(0, hit.start - 10), hit.start):
            now = f"，现行的是《{hit.entry.now}》" if hit.entry.now else ""
            said = f"《{hit.phrase}》施行到{formulations.day_said(hit.entry.last)}{now}"
            yield formulations.finding(NAME, hit, said, level=level)
