"""The front of a paper: its title and subtitle, and the day and the speaker under them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.speech.by_roles import HEADINGS
from drafter.speech.cues import DRAFT_NOTE, SPEECH_END, TITLE_END, greeting_end, is_byline, is_dateline, is_greeting
from drafter.speech.marks import mark_of
from drafter.speech.rows import Recognised, SpeechRow

#: Rows among which the title and what stands under it are looked for, and characters of a title.
_HEAD_ROWS = 10
_TITLE_CHARACTERS = 70

#: What a subtitle begins with.
DASHES = ("——", "—", "--", "－－", "──")


def front_of(rows: Sequence[SpeechRow]) -> tuple[int, int]:
    """The rows of the title, and those of it and of what stands under it: how many they are. A speech that begins
    without a title has none of either."""
    zone = 0
    while zone < min(len(rows), _HEAD_ROWS) and not _begins_body(rows, zone):
        zone += 1
    given = next((at for at in range(min(zone + 1, len(rows), 4)) if rows[at].role == "标题"), None)
    if given or (zone == 0 and given is None):
        return 0, 0
    if is_dateline(rows[0].text) and not TITLE_END.search(rows[0].text):
        return 0, 0
    zone = max(zone, 1)
    end = _title_end(rows, zone)
    at = end
    greeted = zone < len(rows) and is_greeting(rows[zone].text)
    while at < zone:
        text = rows[at].text
        noted = bool(DRAFT_NOTE.fullmatch(text))
        short = greeted and zone - end <= 4 and len(text) <= 40 and not re.search("[，。；！？]", text)
        if noted and at == end and at + 1 < zone:
            end = at + 1  # no caption can stand above date and speaker
        elif not (noted or short or is_dateline(text) or is_byline(text) or rows[at].role == "题注"):
            break
        at += 1
    return end, at


def _title_end(rows: Sequence[SpeechRow], zone: int) -> int:
    """How many of the rows above row `zone` are the title, its subtitle among them."""
    end = 1
    while end < zone and rows[end].role in ("标题", "副标题"):
        end += 1
    for ahead in range(end, min(zone, 5)):
        text = _closed_up(rows[ahead].text)
        named = is_byline(text) and not _goes_on(rows[ahead - 1].text, text)
        if is_dateline(text) or named or DRAFT_NOTE.fullmatch(text):
            break
        before = "".join(row.text for row in rows[:ahead])
        ended = bool(TITLE_END.search(before)) and not before.startswith(("在", "关于"))
        complete = bool(SPEECH_END.search(before)) or ended
        goes_on = TITLE_END.search(text) and len(text) <= _TITLE_CHARACTERS and (not complete or text[0] in "在（(")
        if text.startswith(DASHES) or goes_on:
            end = ahead + 1
    return end


def _closed_up(text: str) -> str:
    """A short row whose 汉字 stand apart, as the last row of a title often is (讲　　话), without the gaps."""
    return (
        re.sub(r"[\s\u3000]", "", text)
        if re.fullmatch(r"(?:[\u4e00-\u9fff][\s\u3000]+){1,3}[\u4e00-\u9fff]", text)
        and TITLE_END.search(re.sub(r"[\s\u3000]", "", text))
        else text
    )


def _goes_on(before: str, text: str) -> bool:
    """Whether a short row is the end of a title broken over two: 在全市年轻干部 / 培训班开班式上的讲话."""
    return bool(TITLE_END.search(text)) and not TITLE_END.search(before)


def _begins_body(rows: Sequence[SpeechRow], at: int) -> bool:
    text = rows[at].text
    if rows[at].role == "标题" or rows[at].role in HEADINGS:
        return rows[at].role != "标题"
    if is_greeting(text) or greeting_end(text) or len(text) > _TITLE_CHARACTERS:
        return True
    if text.endswith(("。", "；", "：", ":", "，")) or (at and text.endswith(("！", "？"))):
        return True
    mark = mark_of(text)
    return bool(mark and mark.kind != "——" and mark.number == 1 and at > 0)


def captions_of(rows: Sequence[SpeechRow]) -> list[Recognised]:
    """The row with the day, the speaker's row, and those that are neither. Only rows at the top can be said in their
    order; what stands behind a row that is neither stays where it is."""
    told: list[Recognised] = []
    left = {"dateline", "byline"}
    for row in rows:
        kind = "text"
        if left and not DRAFT_NOTE.fullmatch(row.text):
            kind = (
                "dateline" if "dateline" in left and is_dateline(row.text) else "byline" if "byline" in left else "text"
            )
        if kind == "text":
            left.clear()
        left.discard(kind)
        told.append(Recognised(kind))
    return told
