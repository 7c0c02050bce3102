"""The road of words and places: what each row is, told by how it is said and where it stands. Every row is told; none
is changed, added or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.speech.cues import (
    CALL,
    CLOSER,
    CLOSING_FOR_SURE,
    DAY,
    DAY_BLANK,
    HOSTED,
    OPENER,
    POSTS,
    RISING,
    SENTENCE,
    SITUATION,
    THANKED,
    VOCATIVE,
    WISHED,
    WORK,
    greeting_end,
    is_called,
    is_greeting,
)
from drafter.speech.front import DASHES, captions_of, front_of
from drafter.speech.headings import ALONE_CHARACTERS, numbered_rows, standing_alone
from drafter.speech.leads import is_lead
from drafter.speech.levels import Numbered
from drafter.speech.marks import mark_of
from drafter.speech.noise import noise_above, noise_behind
from drafter.speech.rows import Recognised, SpeechRow


def tell(rows: Sequence[SpeechRow]) -> list[Recognised]:
    """What each row is. What is not the speech's is told first, and the rest as if it were not there."""
    noise = {at: row.hint.outside for at, row in enumerate(rows) if row.hint.outside}
    inside = [at for at in range(len(rows)) if at not in noise]
    within = [rows[at] for at in inside]
    noise |= {inside[at]: reason for at, reason in (noise_behind(within) | noise_above(within)).items()}
    if len(noise) == len(rows):  # nothing would be left: it is all there is
        noise = {}
    speech = iter(_tell([row for at, row in enumerate(rows) if at not in noise]))
    return [Recognised("noise", reason=noise[at]) if at in noise else next(speech) for at in range(len(rows))]


def _tell(rows: Sequence[SpeechRow]) -> list[Recognised]:
    """What each row of a speech is."""
    end, at = front_of(rows)
    told = [
        Recognised("subtitle" if n and row.text.startswith(DASHES) else "title") for n, row in enumerate(rows[:end])
    ]
    told += captions_of(rows[end:at])
    after = at
    while after < len(rows) and after - at < 4 and _may_greet(rows[after], called=after == at and end > 0):
        after += 1
    told += [Recognised("greeting", alone=True)] * (after - at)
    opens = True
    if after == at < len(rows) and greeting_end(rows[at].text):
        told.append(Recognised("greeting"))
        after, opens = at + 1, False
    return told + _body(rows[after:], opens)


def _may_greet(row: SpeechRow, called: bool) -> bool:
    """Whether a row where salutations stand is one; `called`: it is the first, under a title."""
    return is_greeting(row.text) or (called and is_called(row.text)) or (row.role == "称谓" and len(row.text) <= 120)


# ── the body ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(rows: Sequence[SpeechRow], opens: bool) -> list[Recognised]:
    """What the rows behind the salutation are; `opens` tells that the opening is still to come."""
    signed = _signature_start(rows)
    signers = [Recognised("signature")] * (len(rows) - signed)
    rows = rows[:signed]
    numbered = numbered_rows(rows)
    tops = [at for at, found in enumerate(numbered) if found and found.level == 1]
    if not tops:
        return [*map(Recognised, _unnumbered(rows, opens)), *signers]
    alone = standing_alone(rows, numbered)
    told = [*map(Recognised, _before(rows[: tops[0]], opens))]
    starts = [at for n, at in enumerate(tops) if not n or _group(numbered, at) != _group(numbered, tops[n - 1])]
    for n, start in enumerate(starts):
        last = n + 1 == len(starts)
        stop = len(rows) if last else starts[n + 1]
        end = _list_end(rows, numbered, alone, start, stop, last)
        told += [
            Recognised("requirements", at == start, numbered[at], alone[at])
            for at in range(start, end)
        ]
        told += map(Recognised, _after(rows[end:stop]) if last else _between(rows[end:stop]))
    return told + signers


def _group(numbered: Sequence[Numbered | None], at: int) -> int:
    found = numbered[at]
    return found.group if found else 0


#: Who signs where no day stands below: an office, or a post and a name.
_SIGNER = re.compile(
    r"(?:[\u4e00-\u9fff“”（）()·\s\u3000×xX]{2,26}(?:委员会|办公室|领导小组|指挥部|工作组|党委|党组|党支部|党总支|团委|工会|妇联|学校|中学|小学|大学|学院|医院|公司|集团"
    r"|政府|局|厅|协会|商会|筹备组|编辑部|全体[\u4e00-\u9fff]{2,6})"
    rf"|[\u4e00-\u9fff]{{2,20}}(?:{POSTS})[\s\u3000：:]+[\u4e00-\u9fff][\s\u3000]*[\u4e00-\u9fff]{{1,2}})"
)


def _signature_start(rows: Sequence[SpeechRow]) -> int:
    """Where those who sign, and the day, begin at the very end; the number of rows where nobody does."""
    start = len(rows)
    while start > max(1, len(rows) - 4) and _is_placed(rows[start - 1]):
        start -= 1
    if len(rows) < 3:
        return start
    last = rows[-1]
    if re.fullmatch(rf"[（(]?(?:{DAY}|{DAY_BLANK})[）)]?", last.text):
        start = min(start, len(rows) - 1)
        while (
            start > max(1, len(rows) - 4)
            and len(rows[start - 1].text) <= 30
            and not re.search(r"[。！？；：，]$", rows[start - 1].text)
        ):
            start -= 1
    elif _SIGNER.fullmatch(last.text) and rows[-2].text.endswith(("。", "！", "!", "！”")) and not mark_of(last.text):
        start = min(start, len(rows) - 1)
    return start


#: 汉字 of blanks or of an indent behind which a short row at the end is placed and not indented.
_PLACED_CHARS, _PLACED_CHARACTERS = 6.0, 40


def _is_placed(row: SpeechRow) -> bool:
    """Whether a row near the end stands where a signature does, by its role or its indent."""
    placed = row.role == "落款" or row.hint.indent_chars >= _PLACED_CHARS
    return placed and len(row.text) <= _PLACED_CHARACTERS and row.text[-1] not in "。！？；："


def _list_end(
    rows: Sequence[SpeechRow],
    numbered: Sequence[Numbered | None],
    alone: Sequence[bool],
    start: int,
    stop: int,
    last: bool,
) -> int:
    """Where the list that begins on row `start` ends, at the latest before row `stop`."""
    inner = [at for at in range(start, stop) if numbered[at]]
    final = inner[-1]
    tops = [at for at in inner if (one := numbered[at]) and one.level == 1]
    paragraphs = all(len(rows[at].text) > ALONE_CHARACTERS or rows[at].text.endswith(("。", "；", "！")) for at in tops)
    if paragraphs and tops == list(range(tops[0], tops[0] + len(tops))) and final == tops[-1]:
        return final + 1  # a list of paragraphs: what follows is no longer its own
    least = final + 1
    if alone[final]:
        least += 1
    if not last:
        end = stop
        while end > least and end > stop - 2 and len(rows[end - 1].text) <= 80 and is_lead(rows[end - 1].text):
            end -= 1
        return end
    closing = _closing_start(rows, least, stop)
    for at in range(max(least, stop - 6), closing):
        if CLOSER.match(rows[at].text) and (at > stop - 4 or re.match("同志们|最后|让我们|各位|朋友", rows[at].text)):
            return at
    if closing < stop:
        return closing
    one = numbered[final]
    sisters = [
        at
        for at in inner[:-1]
        if (there := numbered[at]) and one and there.level == one.level and not alone[at]
    ]
    if least == final + 1 and len(sisters) > 1 and all(numbered[at + 1] for at in sisters):
        return least  # none of its sisters has a second paragraph
    return stop


def _closing_start(rows: Sequence[SpeechRow], least: int, stop: int) -> int:
    """Where the last paragraphs that call, wish and thank begin, `stop` where there are none."""
    start = stop
    while start > max(least, stop - 4):
        text = rows[start - 1].text
        wishes = start < stop and bool(WISHED.search(text)) and len(text) <= 160
        ends = (
            wishes
            or (CALL.search(text) and (text.endswith(("！", "!")) or len(text) <= 100))
            or (text.endswith(("！", "!")) and start == stop)
        )
        if not ends and not CLOSER.match(text) and not (start == stop and RISING.match(text)):
            break
        start -= 1
    return start


def _before(rows: Sequence[SpeechRow], opens: bool) -> list[str]:
    """The kinds of the rows before the first requirement."""
    kinds: list[str] = []
    hosted = False
    for at, row in enumerate(rows):
        text = row.text
        last = at + 1 == len(rows)
        sentences = SENTENCE.findall(text)
        said = text[found.end() :] if (found := VOCATIVE.match(text)) else text
        leads = bool(sentences) and is_lead(sentences[-1], int(last))
        if leads and (len(sentences) == 1 or len(text) <= 40) and not (at == 0 and opens and len(text) > 120):
            kind = "lead"
        elif at == 0 and opens:
            kind = "opening"
        elif HOSTED.match(said) or (hosted and said.startswith("刚才")):
            hosted, kind = True, "text"
        elif any(THANKED.search(sentence) for sentence in sentences[-2:]) or (
            sentences and THANKED.search(sentences[0])
        ):
            kind = "appreciation"
        elif leads and len(sentences[-1]) * 2 > len(text) and not OPENER.match(said):
            kind = "lead"
        elif said.startswith(("刚才", "刚刚")) or (OPENER.match(said) and kinds and kinds[-1] == "opening"):
            kind = "opening"
        elif SITUATION.search((sentences[0] if sentences else text)[:300]):
            kind = "situation"
        elif OPENER.match(said):
            kind = "opening"
        else:
            kind = "situation" if len(text) > 40 and len(set(WORK.findall(text))) > 1 else "text"
        kinds.append(kind)
    return kinds


def _between(rows: Sequence[SpeechRow]) -> list[str]:
    """The kinds of the rows between two lists."""
    kinds = []
    for at, row in enumerate(rows):
        if len(row.text) <= 140 and at + 1 == len(rows) and is_lead(row.text, 1):
            kind = "lead"
        elif SITUATION.match(row.text):
            kind = "situation"
        else:
            kind = "text"
        kinds.append(kind)
    return kinds


def _after(rows: Sequence[SpeechRow]) -> list[str]:
    """The kinds of the rows behind the last list: the closing; of much text, only what closes it."""
    if not rows:
        return []
    last = min(_closing_start(rows, 0, len(rows)), len(rows) - 1)
    start = next((at for at in range(max(0, len(rows) - 5), last) if CLOSER.match(rows[at].text)), last)
    return ["text"] * start + ["closing"] * (len(rows) - start)


def _unnumbered(rows: Sequence[SpeechRow], opens: bool) -> list[str]:
    """The kinds of the rows of a speech without a list: how it begins and ends can be told, and thanks; the rest is
    text."""
    if not rows:
        return []
    end = len(rows)
    closing = _closing_start(rows, 1, end) if end > 2 else end
    while closing < end - 1 and not _closes(rows[closing].text):
        closing += 1  # without a list, paragraph after paragraph may begin with 同学们，
    kinds = ["opening" if opens and len(rows[0].text) > 12 else "text"]
    for row in rows[1:closing]:
        sentences = SENTENCE.findall(row.text)
        said = row.text[found.end() :] if (found := VOCATIVE.match(row.text)) else row.text
        opened = kinds[-1] == "opening" and OPENER.match(said) and not HOSTED.match(said)
        if opened and re.search("会议|大会|刚才|活动|仪式", sentences[0]):
            kind = "opening"
        elif sentences and (THANKED.search(sentences[0]) or THANKED.search(sentences[-1])):
            kind = "appreciation"
        elif is_lead(row.text) and len(sentences) <= 1:
            kind = "lead"
        else:
            kind = "text"
        kinds.append(kind)
    return kinds + ["closing"] * (end - closing)


def _closes(text: str) -> bool:
    """Whether a paragraph calls, wishes or thanks and does not only address the hearers."""
    calls = CALL.search(SENTENCE.findall(text)[-1]) or CLOSING_FOR_SURE.match(text) or WISHED.search(text)
    return bool(calls) or text.endswith(("！", "!"))
