"""提法抄错了。

固定提法一字不能改：字错、漏字、次序颠倒、“总体”写成“战略”，都算错引。

错：统筹推进“五位一体”战略布局
对：统筹推进“五位一体”总体布局
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.formulations import Hit
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import KINDS, called
from drafter.chinese.quoting import quoted

NAME = "wrong-formulation"
LEVEL = "error"
SOURCE = "中央文件的提法；每一条另注出处"

#: The most characters of what is one of a set.
_ONE_THING = 5


def check(speech: Speech) -> Iterator[Finding]:
    """Misquotations of formulations that were there on the day of the speech."""
    day = speech.as_of.toordinal()
    for hit in formulations.hits(speech, KINDS, "wrong"):
        if hit.entry.since <= day and not _is_there_too(speech.lines[hit.line].text, hit):
            yield formulations.finding(NAME, hit, f"{quoted(hit.phrase)}应为{called(hit.instead)}", safe=True)


def _is_there_too(text: str, hit: Hit) -> bool:
    """Whether the right words, where they are the name of one thing, stand in the same sentence: then another is meant,
    政治领悟力、政治理解力."""
    beside = formulations.around(text, hit, "。！？；").replace(text[hit.start : hit.end], "　")
    return 0 < len(hit.instead) <= _ONE_THING and hit.instead in beside
