"""The road of words and places: what each row is, told by how it is said and where it stands. Every row is told; none
is changed, added or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.speech.apparatus import apparatus_of
from drafter.speech.cues import (
    DAY,
    DAY_BLANK,
    POSTS,
    greeting_end,
)
from drafter.speech.front import front_of
from drafter.speech.headings import ALONE_CHARACTERS, numbered_rows, standing_alone
from drafter.speech.kinds import kinds_alone, kinds_before, kinds_behind, kinds_between
from drafter.speech.leads import is_lead
from drafter.speech.levels import Numbered
from drafter.speech.marks import mark_of
from drafter.speech.rows import Recognised, SpeechRow


def tell(rows: Sequence[SpeechRow]) -> list[Recognised]:
    """What each row is. The front is told first, then what is not the speech's, and the rest as if that were not there."""
    outside = {at: row.hint.outside for at, row in enumerate(rows) if row.hint.outside}
    inside = [at for at in range(len(rows)) if at not in outside]
    front = front_of([rows[at] for at in inside])
    behind = inside[len(front) :]
    noise = {behind[at]: reason for at, reason in apparatus_of([rows[at] for at in behind]).items()}
    speech = [at for at in behind if at not in noise]
    if not speech and all(said.kind == "noise" for said in front):  # nothing would be left: it is all there is
        front, noise, outside, speech = [], {}, {}, list(range(len(rows)))
    told = {at: Recognised("noise", reason=reason) for at, reason in {**outside, **noise}.items()}
    told |= dict(zip(inside, front, strict=False))
    told |= zip(speech, _text([rows[at] for at in speech], front), strict=True)
    return [told[at] for at in range(len(rows))]


def _text(rows: Sequence[SpeechRow], front: Sequence[Recognised]) -> list[Recognised]:
    """What each row behind the front is."""
    if rows and greeting_end(rows[0].text) and not any(said.kind == "greeting" for said in front):
        return [Recognised("greeting"), *_body(rows[1:], opens=False)]
    return _body(rows, opens=True)


# ── the body ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(rows: Sequence[SpeechRow], opens: bool) -> list[Recognised]:
    """What the rows behind the salutation are; `opens` tells that the opening is still to come."""
    signed = _signature_start(rows)
    signers = [Recognised("signature")] * (len(rows) - signed)
    rows = rows[:signed]
    numbered = numbered_rows(rows)
    tops = [at for at, found in enumerate(numbered) if found and found.level == 1]
    if not tops:
        return [*map(Recognised, kinds_alone([row.text for row in rows], opens)), *signers]
    alone = standing_alone(rows, numbered)
    told = [*map(Recognised, kinds_before([row.text for row in rows[: tops[0]]], opens, _items(numbered, tops[0])))]
    starts = [at for n, at in enumerate(tops) if not n or _group(numbered, at) != _group(numbered, tops[n - 1])]
    for n, start in enumerate(starts):
        last = n + 1 == len(starts)
        stop = len(rows) if last else starts[n + 1]
        inner = [at for at in range(start, stop) if numbered[at]]
        behind: list[str] = []
        if last:
            end = min(_least_end(rows, numbered, alone, inner), stop)
            behind = kinds_behind([row.text for row in rows[end:]], _goes_on(rows, numbered, alone, inner))
            end += behind.count("requirements")
        else:
            end = _list_end(rows, numbered, alone, start, stop)
            behind = kinds_between([row.text for row in rows[end:stop]], _items(numbered, starts[n + 1]))
        told += [
            Recognised("requirements", at == start, numbered[at], alone[at])
            for at in range(start, end)
        ]
        told += [Recognised(kind) for kind in behind if kind != "requirements"]
    return told + signers


def _group(numbered: Sequence[Numbered | None], at: int) -> int:
    found = numbered[at]
    return found.group if found else 0


def _items(numbered: Sequence[Numbered | None], start: int) -> int:
    """How many items the list has that begins on row `start`."""
    return sum(bool(found) and _group(numbered, start) == found.group for found in numbered if found)


#: Who signs where no day stands below: an office, a post and a name, or who says that it is he.
_SIGNER = re.compile(
    r"(?:述职|汇报|报告|倡议|发言|承诺|发起|宣誓|讲话)(?:人|单位)[：:\s\u3000]+[^。！？]{2,40}|(?:[\u4e00-\u9fff“”（）()·\s\u3000×xX]{2,26}(?:委员会|办公室|领导小组|指挥部|工作组|党委|党组|党支部|党总支|团委|工会|妇联|学校|中学|小学|大学|学院|医院|公司|集团"
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
    if re.fullmatch(rf"[（(]?(?:{DAY}|{DAY_BLANK})(?:[写]?于[\u4e00-\u9fff]{{2,8}})?[）)]?", last.text):
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
    rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], alone: Sequence[bool], start: int, stop: int
) -> int:
    """Where the list that begins on row `start` ends, another beginning on row `stop`."""
    inner = [at for at in range(start, stop) if numbered[at]]
    least = _least_end(rows, numbered, alone, inner)
    end = stop
    while end > least and end > stop - 2 and len(rows[end - 1].text) <= 80 and is_lead(rows[end - 1].text):
        end -= 1
    return end if not _of_paragraphs(rows, numbered, inner) else least


def _least_end(
    rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], alone: Sequence[bool], inner: Sequence[int]
) -> int:
    """The row behind the last numbered one of a list, and behind the text of that where it is a heading alone."""
    heads = alone[inner[-1]] and not _of_paragraphs(rows, numbered, inner)
    return inner[-1] + (2 if heads else 1)


def _of_paragraphs(rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], inner: Sequence[int]) -> bool:
    """Whether a list is of numbered paragraphs one behind the other: what follows it is no longer its own."""
    tops = [at for at in inner if (found := numbered[at]) and found.level == 1]
    return tops == list(range(tops[0], inner[-1] + 1)) and all(
        len(rows[at].text) > ALONE_CHARACTERS or rows[at].text.endswith(("。", "；", "！")) for at in tops
    )


#: How much speaks for the last item of a list going on behind its first paragraph: where other items do, or a heading
#: stands above it; where none of its sisters does; where the list is of paragraphs.
_GOES_ON, _MAY_GO_ON, _DOES_NOT = 1.5, 0.0, -1.5


def _goes_on(
    rows: Sequence[SpeechRow], numbered: Sequence[Numbered | None], alone: Sequence[bool], inner: Sequence[int]
) -> float:
    """How much speaks for the paragraphs behind the last numbered one being its own."""
    if _of_paragraphs(rows, numbered, inner):
        return _DOES_NOT
    last = numbered[inner[-1]]
    assert last
    if alone[inner[-1]]:
        return _GOES_ON
    sisters = [
        at
        for at in inner[:-1]
        if (there := numbered[at]) and there.level == last.level and not alone[at]
    ]
    if len(sisters) > 1 and all(numbered[at + 1] for at in sisters):
        return _MAY_GO_ON if last.level > 1 else _DOES_NOT
    return _GOES_ON
