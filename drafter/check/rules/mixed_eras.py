"""一篇稿子里的提法对不上同一个时间。

旧稿改新稿，常常新旧提法并存：前面还是“以习近平同志为总书记的党中央”，后面已经有2019年的主题教育，没有哪一天两样都对。
当作现在的事说的旧提法、旧任务、旧机构、旧活动，和后来才有的提法、活动、会议放在一起看；讲历史的句子不算。

错：以习近平同志为总书记的党中央……以习近平新时代中国特色社会主义思想为指导
对：以习近平同志为核心的党中央……以习近平新时代中国特色社会主义思想为指导
"""

import re
from collections.abc import Iterator

from drafter.check import formulations
from drafter.check.formulations import Hit, day_said, said_as_current
from drafter.check.rules import Finding, Speech
from drafter.check.rules.future_formulation import ANNOUNCED
from drafter.check.rules.renamed_body import names_a_body

NAME = "mixed-eras"
LEVEL = "warning"
SOURCE = "中央文件的提法；每一条另注出处"

#: What may be over, and what shows that a text was written later.
OVER = ("formulation", "task", "body", "campaign", "meeting")
LATER = ("formulation", "task", "campaign", "meeting", "document")

#: What a campaign under way is spoken of with.
_CALLED_FOR = "正在|当前|目前|这次|结合|(?<![重主需必纪摘概])要(?![求点素闻])"


def check(speech: Speech) -> Iterator[Finding]:
    """The form that went out of use first and is said as if it still held, where another of the same text came up only
    later, whatever the day the speech is judged by. Said once a text."""
    found = [hit for hit in formulations.hits(speech, tuple({*OVER, *LATER})) if hit.entry.sure]
    later = (hit for hit in found if hit.entry.kind in LATER)
    new = max((hit for hit in later if _is_there(speech, hit)), key=_first_heard, default=None)
    if new is None:
        return
    over = [hit for hit in found if hit.entry.kind in OVER and 0 < hit.entry.until < _first_heard(new)]
    old = min((hit for hit in over if _holds(speech, hit, over)), key=lambda hit: hit.entry.until, default=None)
    if old is None:
        return
    until, since = day_said(old.entry.until), day_said(new.entry.since)
    said = f"“{old.phrase}”用到{until}前后，而文中的“{new.phrase}”{since}前后才有，没有哪一天两样都对，对不上同一个时间"
    yield formulations.finding(NAME, old._replace(instead=""), said)


def _is_there(speech: Speech, hit: Hit) -> bool:
    """Whether a later form is named as one that is: a law is talked of for years before it is passed, in 《》 it is."""
    return hit.entry.kind != "document" or formulations.is_title(speech.lines[hit.line].text, hit)


def _first_heard(hit: Hit) -> int:
    """The first day it may have been written (`date.toordinal`), 0 where nobody knows: campaigns and meetings are
    announced."""
    since = hit.entry.since
    return since - ANNOUNCED if since and hit.entry.kind in ("campaign", "meeting") else since


def _holds(speech: Speech, hit: Hit, over: list[Hit]) -> bool:
    """Whether a form that is over is said as if it still held. A meeting is where it is looked forward to; a campaign
    where it is called for: reports tell for years what was done in it, and several in a paragraph are its history."""
    entry, text = hit.entry, speech.lines[hit.line].text
    if entry.form in formulations.PLANS or not said_as_current(speech, hit):
        return False
    if entry.kind == "body":
        return names_a_body(text, hit)
    if entry.kind == "meeting":
        return text.endswith(("迎接", "喜迎"), 0, hit.start)
    if entry.kind != "campaign":
        return True
    others = (other for other in over if other.line == hit.line and other.entry.kind == "campaign")
    sentence = formulations.around(text, hit, "。！？!?；")
    return re.search(_CALLED_FOR, sentence) is not None and all(other.entry is entry for other in others)
