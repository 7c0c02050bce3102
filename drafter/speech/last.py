"""What last year's paper said that this year's may still say: words of one day and one place, and where they stand in
what is being written now.

Words that tell by themselves (2025年, 王建国, 1286亿元) are looked for everywhere, so that they are found where somebody
types them again; others (3个) only where the letters beside them are those of last year too. Words inside an answer are
the answer's: who gave it has seen them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.speech.block import Block

#: Letters beside the words that tell the place again, on either side.
BESIDE = 6

#: How one is dealt with: "open" nobody has looked at it, "taken" it was taken over with others unread, "kept" somebody
#: has said that it stays, "own" it is the office's own (its place), which is the same every year.
STATES = ("open", "taken", "kept", "own")

#: What is typed instead of an answer that is to be last year's.
AS_IT_WAS = ("=", "＝")

#: What each kind is called.
CALLED = {
    "year": "年份", "plan": "规划", "session": "届次", "ordinal": "序数", "date": "日期", "speaker": "讲话人", "post": "职务",
    "unit": "单位", "place": "地名", "level": "层级", "meeting": "会议", "paper": "文件", "person": "人名", "figure": "数字",
    "placeholder": "待填", "known": "其他",
}  # fmt: skip


class LastFact(NamedTuple):
    """Words of last year's paper, of a kind (see `CALLED`), where they stood: the letters before and behind them, and
    their sentence."""

    words: str
    kind: str
    before: str = ""
    after: str = ""
    sentence: str = ""
    state: str = "open"

    @property
    def telling(self) -> bool:
        """Whether the words are last year's wherever they stand."""
        if self.kind == "figure":
            return len(re.sub("[^0-9]", "", self.words)) >= 3
        if self.kind in ("ordinal", "date", "session", "post"):
            return len(self.words) >= 4
        return len(self.words) >= 2


class LastYear(NamedTuple):
    """What is known of last year's paper where this year's is looked at. `answered` are the characters of each line
    that are answers; `answers` what these say."""

    facts: tuple[LastFact, ...]
    answered: tuple[tuple[tuple[int, int], ...], ...] = ()
    answers: frozenset[str] = frozenset()


class LeftOver(NamedTuple):
    """A fact of last year's where it stands in this year's paper: the characters `start` to `end` of a line."""

    line: int
    start: int
    end: int
    fact: LastFact


def left_over(lines: Sequence[str], last: LastYear) -> tuple[LeftOver, ...]:
    """Where words of last year's stand that nobody has said may stay, in the order they stand."""
    facts: dict[str, list[LastFact]] = {}
    for fact in last.facts:
        if fact.words:
            facts.setdefault(fact.words, []).append(fact)
    if not facts:
        return ()
    pattern = re.compile("|".join(map(_whole, sorted(facts, key=len, reverse=True))))
    out = []
    for number, text in enumerate(lines):
        answered = last.answered[number] if number < len(last.answered) else ()
        for start, end in _found(pattern, text):
            same = _same(facts[text[start:end]], text, start, end, last)
            if same is None or same.state in ("kept", "own"):
                continue
            if same.state != "taken" and any(a < end and start < b for a, b in answered):
                continue
            out.append(LeftOver(number, start, end, same))
    return tuple(out)


def answered_in(blocks: Sequence[Block]) -> tuple[tuple[str, ...], LastYear]:
    """The lines of a paper as the proof-reader has them, and where answers stand in them; no facts yet."""
    texts: list[str] = []
    answered: list[tuple[tuple[int, int], ...]] = []
    answers: set[str] = set()
    for block in blocks:
        if not block.text.strip():
            continue
        titled = block.role in ("标题", "副标题")
        places = []
        text = ""
        for span in block.spans:
            said = "".join(span.text.split("\n")) if titled else span.text
            if span.blank and span.answered and said:
                places.append((len(text), len(text) + len(said)))
                answers.add(said)
            text += said
        texts.append(text)
        answered.append(tuple(places))
    return tuple(texts), LastYear((), tuple(answered), frozenset(answers))


def _whole(words: str) -> str:
    """The words as a pattern: a figure only where it stands whole."""
    before = r"(?<![0-9.,])" if words[0].isdigit() and words[0].isascii() else ""
    after = r"(?![0-9]|[.,][0-9])" if words[-1].isdigit() and words[-1].isascii() else ""
    return before + re.escape(words) + after


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in pattern.finditer(text))


def _same(facts: Sequence[LastFact], text: str, start: int, end: int, last: LastYear) -> LastFact | None:
    """Which of the facts of these words stands here; None where the words are only by chance the same."""
    before, after = text[max(0, start - BESIDE) : start], text[end : end + BESIDE]
    beside = [fact for fact in facts if _beside(fact, before, after)]
    if beside:
        return beside[0]
    if _said_now(facts[0].words, last.answers):  # by somebody who has looked at it
        return next((fact for fact in facts if fact.telling and fact.state == "taken"), None)
    return next((fact for fact in facts if fact.telling), None)


#: Letters behind an answer that belong to the words: 年 of 2026年, 万元.
_UNIT = 3


def _said_now(words: str, answers: frozenset[str]) -> bool:
    """Whether the words are what is said this time, with what counts it behind."""
    return any(words[:end] in answers for end in range(max(1, len(words) - _UNIT), len(words) + 1))


def _beside(fact: LastFact, before: str, after: str) -> bool:
    """Whether the letters on one side at least are those of last year, and on neither side there is nothing to tell."""
    if not fact.before and not fact.after:
        return not before and not after
    return bool((fact.before and before.endswith(fact.before)) or (fact.after and after.startswith(fact.after)))


# ── as a text ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of_last(facts: Sequence[LastFact]) -> str:
    """The facts a line each, their parts between tabs."""
    return "\n".join("\t".join(re.sub(r"[\t\n\r]", " ", part) for part in fact) for fact in facts)


def last_of_rows(text: str) -> tuple[LastFact, ...]:
    """The facts of such a text; a line that is none is left out."""
    rows = (row.split("\t") for row in text.split("\n"))
    return tuple(LastFact(*row) for row in rows if len(row) == len(LastFact._fields) and row[0] and row[-1] in STATES)
