"""What of last year's paper stands in a draft that was written from it, and what somebody has said may stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from drafter.chinese.numerals import date_said, read_date
from drafter.readers.open import read_word
from drafter.revise.edited import OpenedDraft
from drafter.speech.block import Block
from drafter.speech.last import LastFact, answered_in, last_of_rows, left_over, rows_of_last
from drafter.word.record import LAST_YEAR, NAMESPACE, Kept, Provenance, mark, pack, unpack


class LeftNow(NamedTuple):
    """Words of last year's that still stand: what they are, their sentence now, in how many places."""

    words: str
    kind: str
    sentence: str
    times: int


def left_in(blocks: Sequence[Block], last: Sequence[LastFact], answers: Collection[str] = ()) -> tuple[LeftNow, ...]:
    """What of last year's stands in these paragraphs, the same words once. `answers` are said this time, also where no
    control shows it."""
    lines, answered = answered_in(blocks)
    answered = answered._replace(facts=tuple(last), answers=answered.answers | frozenset(answers))
    out: dict[str, LeftNow] = {}
    for one in left_over(lines, answered):
        sentence = _sentence_at(lines[one.line], one.start, one.end)
        now = out.get(one.fact.words) or LeftNow(one.fact.words, one.fact.kind, sentence, 0)
        out[one.fact.words] = now._replace(times=now.times + 1)
    return tuple(out.values())


def _sentence_at(text: str, start: int, end: int) -> str:
    begin = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    ends = [at for mark in "。！？\n" if (at := text.find(mark, end)) >= 0]
    return text[begin : min(ends, default=len(text)) + 1].strip()


def last_year_of(opened: OpenedDraft) -> Kept | None:
    """What the record of a draft keeps of last year's paper, None where it was not written from one. Raises Rejected for
    a record that cannot be read."""
    record = opened.provenance
    return next(iter(record.texts_of(LAST_YEAR)), None) if record is not None else None


def left_of(opened: OpenedDraft) -> tuple[LeftNow, ...]:
    """What of last year's stands in a draft and nobody has confirmed."""
    kept = last_year_of(opened)
    record = opened.provenance
    if kept is None or record is None:
        return ()
    return left_in(read_word(opened.file).blocks, last_of_rows(kept.text), answers_said(record))


def answers_said(record: Provenance) -> frozenset[str]:
    """What the answers of a record say, a day as it stands in a sentence."""
    said = {one for one in record.values.values() if isinstance(one, str)}
    days = {date_said(day) for one in said if (day := read_date(one, date(2000, 1, 1))) is not None}
    return frozenset(said | days)


def confirmed(opened: OpenedDraft, words: Collection[str], now: datetime) -> bytes:
    """The draft, its record saying that these words of last year's stay. Nothing else of it changes."""
    record, kept = opened.provenance, last_year_of(opened)
    assert record is not None
    assert kept is not None
    last = last_of_rows(kept.text)
    told = rows_of_last([fact._replace(state="kept") if fact.words in words else fact for fact in last])
    changed = record._replace(texts=tuple(kept._replace(text=told) if text is kept else text for text in record.texts))
    for part in opened.file.custom(NAMESPACE):
        if mark(unpack(opened.file.parts[part], opened.name)) == mark(record):
            opened.file.put(part, pack(changed))
    return opened.file.data(now)
