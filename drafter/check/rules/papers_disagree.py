"""一个会的两份材料，会议名称、讲话人、日期对不上。

主持词说的会议名称、讲话人的姓名和职务、日期，应当和讲话稿一样。把两份一起看：drafter check 讲话.docx 主持词.docx。看会议名称、讲话人就知道不是一个会的，不比。

错：讲话稿：市委副书记　王志强；主持词：请市委常委王志强同志讲话
对：讲话稿：市委副书记　王志强；主持词：请市委副书记王志强同志讲话
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.check.beside import MeetingPaper, PlacedWords, belongs, is_script, paper_of
from drafter.check.rules import Elsewhere, Finding, Speech

NAME = "papers-disagree"
LEVEL = "warning"
SOURCE = "会议材料校对惯例：名称、人名、职务、日期前后一致"


def check(speech: Speech) -> Iterator[Finding]:
    """The names and days of a host's script against those of the speech, where that is looked at too."""
    if not speech.beside or not is_script(speech.lines):
        return
    script = paper_of(speech.lines)
    words = "\n".join(line.text for line in speech.lines)
    for beside in speech.beside:
        other = paper_of(beside.lines)
        if is_script(beside.lines) or not belongs(script, other, words):
            continue
        yield from _named(script, other, beside.file)
        yield from _spoken(script, other, beside.file, words)


def _named(script: MeetingPaper, other: MeetingPaper, file: str) -> Iterator[Finding]:
    mine, theirs = script.meeting, other.meeting
    if mine and theirs and mine.words != theirs.words:
        yield _finding(mine, "会议名称", theirs, file)
    if script.day and other.day and script.day[0] != other.day[0]:
        yield _finding(script.day[1], "日期", other.day[1], file)


def _spoken(script: MeetingPaper, other: MeetingPaper, file: str, words: str) -> Iterator[Finding]:
    """The speaker's name, where the script names others only, and his post."""
    for speaker in other.speakers:
        asked = [one for one in script.speakers if one.name.endswith(speaker.name)]
        if not asked and script.speakers and speaker.name not in words:
            yield _finding(script.speakers[0].place, "讲话人", speaker.place, file)
        for one in asked:
            post = one.name.removesuffix(speaker.name)
            if post and speaker.post and not _same_post(post, speaker.post):
                place = one.place._replace(words=post, end=one.place.start + len(post))
                where = PlacedWords(speaker.post, speaker.place.line, 0, 0)
                yield _finding(place, f"{speaker.name}的职务", where, file)
                break


def _same_post(one: str, other: str) -> bool:
    """Whether two posts are one, said in full or in short: 中共清河市委书记, 市委书记, 书记."""
    plain = [re.sub("^中共|[、，\u3000 ]", "", post) for post in (one, other)]
    return plain[0].endswith(plain[1]) or plain[1].endswith(plain[0])


def _finding(mine: PlacedWords, what: str, theirs: PlacedWords, file: str) -> Finding:
    message = f"{what}和 {file} 不一样：这里是“{mine.words}”，那里第 {theirs.line + 1} 段是“{theirs.words}”。"
    return Finding(NAME, mine.line, mine.start, mine.end, message, other=Elsewhere(file, theirs.line + 1, theirs.words))
