"""用了已经换掉的提法。

提法随中央文件更替。按讲话的日期看，这个提法已经由新的代替；引文、书名号里的标题和讲过去的句子不算。

错：更加紧密地团结在以习近平同志为总书记的党中央周围
对：更加紧密地团结在以习近平同志为核心的党中央周围
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import called
from drafter.chinese.quoting import quoted

NAME = "outdated-formulation"
LEVEL = "error"
SOURCE = "中央文件的提法；每一条另注出处"


def check(speech: Speech) -> Iterator[Finding]:
    """Formulations whose last day is before the day of the speech."""
    level = "advice" if formulations.of_an_earlier_day(speech) else ""
    for hit in formulations.expired(speech, ("formulation",)):
        now = f"，现在说{called(hit.entry.now)}" if hit.entry.now else ""
        until = formulations.day_said(hit.entry.until)
        yield formulations.finding(NAME, hit, f"{quoted(hit.phrase)}用到{until}前后{now}", level=level)
