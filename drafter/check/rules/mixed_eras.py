"""一篇稿子里的提法对不上同一个时间。

旧稿改新稿，常常新旧提法并存：前面还是“以习近平同志为总书记的党中央”，后面已经有2019年的主题教育，没有哪一天两样都对。

错：以习近平同志为总书记的党中央……以习近平新时代中国特色社会主义思想为指导
对：以习近平同志为核心的党中央……以习近平新时代中国特色社会主义思想为指导
"""

from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.formulations import Hit, day_said, said_as_current
from drafter.check.rules import Finding, Speech

NAME = "mixed-eras"
LEVEL = "warning"
SOURCE = "中央文件的提法；每一条另注出处"


def check(speech: Speech) -> Iterator[Finding]:
    """The form that went out of use first, where another of the same text came up only later. Said once a text."""
    old: Hit | None = None
    new: Hit | None = None
    for hit in formulations.hits(speech, ("formulation", "campaign", "task")):
        if not hit.entry.sure:
            continue
        if hit.entry.since and (new is None or hit.entry.since > new.entry.since):
            new = hit
        goes = hit.entry.until and hit.entry.kind != "campaign" and hit.entry.form not in formulations.PLANS
        if goes and (old is None or hit.entry.until < old.entry.until) and said_as_current(speech, hit):
            old = hit
    if old and new and old.entry.until < new.entry.since:
        until, since = day_said(old.entry.until), day_said(new.entry.since)
        said = f"“{old.phrase}”用到{until}前后，而文中的“{new.phrase}”{since}前后才有，对不上同一个时间"
        yield formulations.finding(NAME, old._replace(instead=""), said)
