"""Which rows are headings and numbered paragraphs: by their marks, by their looks, or because they are built alike; and
which of them stand alone on their line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.speech.by_roles import HEADINGS
from drafter.speech.cues import CLOSER
from drafter.speech.levels import Numbered, levels
from drafter.speech.marks import FIRST, Mark, mark_of
from drafter.speech.rows import SpeechRow
from drafter.speech.unmarked import mark_unmarked

#: Characters a heading alone on its line usually has at most. Source: heading texts of 23 labelled speeches (median 15,
#: p90 28, longest 50).
ALONE_CHARACTERS = 60

#: Characters of a row that may be a heading though no other is numbered as it is.
_LONE_CHARACTERS = 40


def numbered_rows(rows: Sequence[SpeechRow]) -> list[Numbered | None]:
    """What numbers each row; headings without a mark are numbered by a mark of no characters. A mark alone numbers
    nothing, but where its row looks like a heading and nothing else."""
    marks: list[Mark | None] = []
    for row in rows:
        mark = mark_of(row.text)
        marks.append(mark if mark and len(mark.label.rstrip()) < len(row.text) else None)
    _take_rough_numbers(rows, marks)
    heads = [_looks_a_heading(rows, marks, at) for at in range(len(rows))]
    sure = [
        row.role in HEADINGS or (head == 1 and mark is not None and not mark.said)
        for row, mark, head in zip(rows, marks, heads, strict=True)
    ]
    mark_unmarked(rows, marks)
    for at, mark in enumerate(marks):
        heads[at] = 1.0 if mark and not mark.label and mark.kind != FIRST else heads[at]
    return levels(marks, sure, heads)


def _take_rough_numbers(rows: Sequence[SpeechRow], marks: list[Mark | None]) -> None:
    """Take what by itself is a rough number (二、三个关键词) for a mark where the numbers before and behind want it."""
    for at, row in enumerate(rows):
        mark = None if marks[at] else mark_of(row.text, rough=True)
        if mark is None:
            continue
        before = next((one for one in reversed(marks[:at]) if one and one.kind == mark.kind), None)
        behind = next((one for one in marks[at + 1 :] if one and one.kind == mark.kind), None)
        if before and before.number == mark.number - 1 and behind and behind.number == mark.number + 1:
            marks[at] = mark


def _looks_a_heading(rows: Sequence[SpeechRow], marks: Sequence[Mark | None], at: int) -> float:
    """How much a row with a mark looks like a heading alone on its line, from 0 to 1: wholly where it is short and no
    sentence; rather where it is one sentence, and what stands next to it does not have the same marks."""
    text, mark = rows[at].text, marks[at]
    if mark is None:
        return 0
    if len(text) <= _LONE_CHARACTERS and not re.search("[。！？；]|[：，、…]$", text):
        return 1
    beside = (marks[at - 1] if at else None, marks[at + 1] if at + 1 < len(marks) else mark)
    sisters = any(other and other.kind == mark.kind for other in beside)
    if sisters or len(text) > ALONE_CHARACTERS or re.search("[。！？；].", text):
        return 0
    return 0.75 if text.endswith(("：", ":")) else 0.6


# ── alone on their line ────────────────────────────────────────────────────────────────────────────────────────────


def standing_alone(rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None]) -> list[bool]:
    """Which rows are headings and nothing else. A row's own looks are weighed with what stands below it, and with what
    its sisters are: 一、 of two sentences is a heading where 二、 and 三、 are."""
    lists: dict[int, list[int]] = {}
    weights: dict[int, float] = {}
    alone = [False] * len(rows)
    for at, found in enumerate(numbered):
        if found is None:
            continue
        if rows[at].role in HEADINGS or not found.mark.label:
            alone[at] = found.mark.kind != FIRST
            continue
        lists.setdefault(found.group, []).append(at)
        weights[at] = _weight_alone(rows, numbered, at, found)
    for sisters in lists.values():
        heads = sum(weights[at] > 0 for at in sisters)
        runs_on = sum(weights[at] <= 0 and _runs_on(rows[at].text) for at in sisters)
        for at in sisters:
            others = max(len(sisters) - 1, 1)
            share = (heads - (weights[at] > 0)) / others if len(sisters) > 1 else 0.5
            of_others = 2 * share - 1
            if not _runs_on(rows[at].text):  # that its sisters run on says little of a single sentence
                of_others += _SINGLE * runs_on / others
            alone[at] = weights[at] + _SISTERS * of_others > 0
    return alone


def _runs_on(text: str) -> bool:
    """Whether a row has more sentences than one."""
    return bool(re.search("[。！？].", text))


#: What the pieces of evidence weigh for a numbered row that stands alone: no mark at its end; a colon; a question; the
#: marks of an item of a list; what stands below it, or nothing does; its sisters.
_OPEN_END, _COLON, _QUESTION, _ITEM_END, _SISTERS = 5.0, 1.5, 1.0, -1.0, 2.0
_LIST_BELOW, _TEXT_BELOW, _MUCH_BELOW, _NOTHING_BELOW = 2.0, 2.0, 1.0, -5.0

#: By how much less sisters that run on speak against a row of one sentence, of what they speak.
_SINGLE = 0.6

#: How much the kind of its mark speaks for a row standing alone. By a count of 78 published texts: 一、 163 of 185 alone,
#: （一） 111 of 324, 1. 12 of 114, 第一， 6 of 75, 一是 and —— none of 271.
_KINDS = {
    "部分": 1.0,
    "一、": 1.0,
    "一 ": 1.0,
    "1.": -0.5,
    "1 ": -0.5,
    "（1）": -0.5,
    "1）": -0.5,
    "①": -0.5,
    "第一，": -1.0,
    "首先，": -1.0,
    "其一，": -1.0,
    "一是": -2.0,
    "一要": -2.0,
    "——": -2.0,
    "●": -2.0,
}

#: How many characters there may be up to which weight.
_LENGTHS = ((34, 1.0), (60, 0.0), (100, -1.0), (150, -2.5))
_TOO_LONG = -6.0

#: A row of two sentences, and more; and one whose second is longer than the first, as a text is that runs on.
_TWO_SENTENCES, _MORE_SENTENCES, _TEXT_RUNS_ON = -1.5, -5.0, -3.0


def _weight_alone(
    rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], at: int, found: Numbered
) -> float:
    """What speaks for a numbered row being a heading and nothing else."""
    text = rows[at].text[len(found.mark.label) :]
    sentences = [end for end in re.findall("[^。！？]+[。！？]*", text) if end.strip()]
    weight = next((weight for most, weight in _LENGTHS if len(text) <= most), _TOO_LONG)
    weight += _KINDS.get(found.mark.kind, 0.0)
    if text.endswith(("：", ":")):
        weight += _COLON
    elif text.endswith("？"):
        weight += _QUESTION
    elif text.endswith(("；", ";", "，")):
        weight += _ITEM_END
    elif not text.endswith(("。", "！")):
        weight += _OPEN_END
    if len(sentences) > 1:
        weight += _TWO_SENTENCES if len(sentences) == 2 else _MORE_SENTENCES
        if len(text) - len(sentences[0]) > 1.5 * len(sentences[0]):
            weight += _TEXT_RUNS_ON
    return weight + _weight_below(rows, numbered, at, found, len(text))


def _weight_below(
    rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], at: int, found: Numbered, characters: int
) -> float:
    """What stands below a row says whether it heads anything."""
    if at + 1 == len(rows):
        return _NOTHING_BELOW
    following = numbered[at + 1]
    if following:
        return _LIST_BELOW if following.level > found.level else _NOTHING_BELOW
    if CLOSER.match(rows[at + 1].text):
        return _NOTHING_BELOW
    below = sum(map(len, _text_below(rows, numbered, at)))
    if below <= characters:
        return _TEXT_BELOW / 4
    return _TEXT_BELOW + (_MUCH_BELOW if below >= 3 * characters else 0.0)


def _text_below(rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], at: int) -> Iterator[str]:
    for below in range(at + 1, len(rows)):
        if numbered[below] or CLOSER.match(rows[below].text):
            return
        yield rows[below].text
