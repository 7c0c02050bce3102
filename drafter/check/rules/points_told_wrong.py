"""主持词说讲话讲了几点、哪几点，和讲话稿对不上。

讲话稿改了，主持词里“刚才……从几个方面作了讲话”常常没有跟着改。把两份一起看：drafter check 讲话.docx 主持词.docx。看会议名称、讲话人就知道不是一个会的，不比。

错：讲话稿：一、……　二、……　三、……；主持词：从五个方面作了讲话
对：讲话稿：一、……　二、……　三、……；主持词：从三个方面作了讲话
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.check.beside import Claim, MeetingPaper, PlacedWords, SpeechPoint, belongs, in_it, is_script, paper_of
from drafter.check.rules import Elsewhere, Finding, Speech
from drafter.check.series import counted

NAME = "points-told-wrong"
LEVEL = "warning"
SOURCE = "会议材料校对惯例：主持词的归纳与讲话稿一致"

#: Headings named in a message, and letters of each.
_NAMED, _LETTERS = 8, 12


def check(speech: Speech) -> Iterator[Finding]:
    """What a host's script says of the speech against the speech, where that is looked at too."""
    if not speech.beside or not is_script(speech.lines):
        return
    script = paper_of(speech.lines)
    words = "\n".join(line.text for line in speech.lines)
    others = [(beside.file, paper_of(beside.lines)) for beside in speech.beside if not is_script(beside.lines)]
    held = [(file, paper) for file, paper in others if paper.lists and belongs(script, paper, words)]
    asked = [one for one in held if _asked(script, one[1])]
    for claim in script.claims if held else ():
        by_name = [one for one in held if any(s.name in claim.sentence for s in one[1].speakers)]
        found = [list(_against(claim, file, paper.lists)) for file, paper in by_name or asked]
        if found and all(found):
            yield from found[0]


def _asked(script: MeetingPaper, speech: MeetingPaper) -> bool:
    """Whether the script may mean a speech it does not name the speaker of: it asks him to speak, or nobody by name."""
    if not script.speakers or not speech.speakers:
        return True
    return any(one.name.endswith(speaker.name) for one in script.speakers for speaker in speech.speakers)


def _against(claim: Claim, file: str, lists: Sequence[Sequence[SpeechPoint]]) -> Iterator[Finding]:
    """What is wrong in what is said of one speech."""
    named = max(lists, key=lambda points: (sum(in_it(w.words, [p.heading]) for p in points for w in claim.listed), len(points)))
    fits = [points for points in lists if len(points) == claim.number]
    points = max(fits, key=lambda one: one is named) if fits else named
    where = Elsewhere(file, points[0].line + 1, points[0].heading)
    heads = [p.heading for p in points]
    if not fits:
        message = f"这里说“{claim.place.words}”，{file} 第 {points[0].line + 1} 段起是{counted(len(points))}条：{_said(heads)}。"
        right = str(len(points)) if claim.place.words.isdigit() else counted(len(points))
        yield _finding(claim.place, message, right, where)
    strange = [one for one in claim.listed if not in_it(one.words, heads)]
    if len(strange) * 2 > len(claim.listed):
        if fits:  # the list may be of something else, but the number is that of the points
            message = f"这几点和 {file} 第 {points[0].line + 1} 段起的小标题对不上：{_said(heads)}。"
            first, last = claim.listed[0], claim.listed[-1]
            whole = PlacedWords("", first.line, first.start, last.end)
            yield _finding(whole, message, None, where)
        return
    for one in strange:
        yield _finding(one, f"“{one.words}”在 {file} 的小标题里没有；那里是：{_said(heads)}。", None, where)
    missing = [p for p in points if claim.listed and not any(in_it(one.words, [p.heading]) for one in claim.listed)]
    if fits and missing and not strange:
        last = claim.listed[-1]
        where = Elsewhere(file, missing[0].line + 1, missing[0].heading)
        yield _finding(last, f"{file} 里还有这里没有说到的：{_said([p.heading for p in missing])}。", None, where)


def _finding(place: PlacedWords, message: str, instead: str | None, where: Elsewhere) -> Finding:
    return Finding(NAME, place.line, place.start, place.end, message, instead, other=where)


def _said(headings: Sequence[str]) -> str:
    more = "……" if len(headings) > _NAMED else ""
    return "、".join(re.split("[，；：]", heading)[0][:_LETTERS] for heading in headings[:_NAMED]) + more
