"""已经完成的事还当成目标来说。

全面建成小康社会、打赢脱贫攻坚战已经实现，“十四五”已经收官；总结成绩可以说，提要求不能再说。

错：为决胜全面建成小康社会而努力奋斗
对：为全面建设社会主义现代化国家而努力奋斗
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.rules import Finding, Speech
from drafter.check.tables.formulations import called
from drafter.chinese.quoting import quoted

NAME = "finished-task"
LEVEL = "warning"
SOURCE = "中央文件的提法；每一条另注出处"


def check(speech: Speech) -> Iterator[Finding]:
    """Tasks whose last day is over, said with the words of something still to be done. The first year after, texts
    still look back: advice, unless it is said to be done yet."""
    day, earlier = speech.as_of.toordinal(), formulations.of_an_earlier_day(speech)
    for hit in formulations.expired(speech, ("task",)):
        now = f"，现在说{called(hit.entry.now)}" if hit.entry.now else ""
        recent = (day - hit.entry.last < 366 and not formulations.still_to_come(speech, hit)) or earlier
        said = f"{quoted(hit.phrase)}到{formulations.day_said(hit.entry.last)}已经结束{now}"
        yield formulations.finding(NAME, hit, said, level="advice" if recent else "")
