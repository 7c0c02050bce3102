"""Words of a text that are written for others: where the pairs of `drafter.check.tables.words` stand in it.

Only the pairs two characters of which stand in a text are looked at, so a table of thousands costs no more than one of
ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from drafter.check.rules import Finding, Speech
from drafter.check.standing import look_at, standing
from drafter.check.tables.words import Pair, words_by_pair
from drafter.check.whole import kept
from drafter.chinese.prose import CLOSING, inside
from drafter.chinese.quoting import quoted
from drafter.speech.block import Line

#: As far as `before` and `after` look: longer than any clause they tell of.
_REACH = 40


class WrongWord(NamedTuple):
    """A pair whose wrong form stands at `start` of a text."""

    start: int
    pair: Pair


def findings(speech: Speech, rule: str) -> Iterator[Finding]:
    """What a rule's pairs find, put right unasked where a pair has no other reading."""
    for number, start, pair in _by_rule(speech.lines).get(rule, ()):
        said = "宜写作" if pair.level == "advice" else "应为"
        note = f"：{pair.note}。" if pair.note else "。"
        message = f"{quoted(pair.wrong)}{said}{quoted(pair.right)}{note}"
        yield Finding(rule, number, start, start + len(pair.wrong), message, pair.right, pair.safe, pair.level)


@kept
def _by_rule(lines: tuple[Line, ...]) -> dict[str, list[tuple[int, int, Pair]]]:
    """The pairs that stand in the lines and are wrong there: the line of each and where it begins, by the rule that tells."""
    look_at(lines)
    out: dict[str, list[tuple[int, int, Pair]]] = {}
    for number, line in enumerate(lines):
        for start, pair in hits(line.text):
            out.setdefault(pair.rule, []).append((number, start, pair))
    return out


@lru_cache(maxsize=4096)
def hits(text: str) -> tuple[WrongWord, ...]:
    """All pairs whose wrong form stands in a text and is wrong there, the longest where several overlap."""
    index = words_by_pair()
    said = sorted(
        (at - own.at, own.rank, own.pair)
        for at in standing(text).words
        for own in index[text[at : at + 2]]
        if at >= own.at and text.startswith(own.pair.wrong, at - own.at)
    )
    found: list[WrongWord] = []
    for start, _, pair in said:
        if (not found or found[-1].start < start) and _is_wrong(text, start, pair):
            found.append(WrongWord(start, pair))
    kept: list[WrongWord] = []
    for hit in found:
        if kept and hit.start < kept[-1].start + len(kept[-1].pair.wrong):
            if len(hit.pair.wrong) > len(kept[-1].pair.wrong):
                kept[-1] = hit
            continue
        kept.append(hit)
    return tuple(kept)


def _is_wrong(text: str, start: int, pair: Pair) -> bool:
    end = start + len(pair.wrong)
    if pair.before and not _before(pair.before).search(text[max(0, start - _REACH) : start]):
        return False
    if pair.after and not _after(pair.after).match(text[end : end + _REACH]):
        return False
    if pair.unless and any(_covers(text, start, end, longer) for longer in pair.unless):
        return False
    if len(pair.wrong) == 2 and _is_cut(text, start):
        return False
    return not is_talked_of(text, start, end)


#: What a word is followed by that ends there: 教授于, 批准于, 坚决对.
_LITTLE = frozenset("对于与在有以和为而将及议式片")


#: Characters that join what stands on both sides of them, or lead to the second.
_JOINING = frozenset("与和及或并对于在从向由按经被把将")


def _is_cut(text: str, start: int) -> bool:
    """Whether the two characters are the end of one word and the beginning of another, or a word that joins or leads on: 严厉程度 has
    no slip for 历程, 禀赋与政策 none for 赋予,
    坚决对党 none for 绝对."""
    from drafter.check.tables.lexicon import lexicon  # 11 MB, and seldom asked for

    is_word = lexicon().is_word
    return is_word(text[max(0, start - 1) : start + 1]) and (
        text[start + 1] in _JOINING or is_word(text[start + 1 : start + 3])
    )


def is_talked_of(text: str, start: int, end: int) -> bool:
    """Whether the characters `start` to `end` stand in a title, or alone between quotation marks, as the word that is
    talked of."""
    alone = text[start - 1 : start] in CLOSING and text[end : end + 1] == CLOSING[text[start - 1]] if start else False
    return alone or inside(text, start, end, "《〈")


def _covers(text: str, start: int, end: int, longer: str) -> bool:
    """Whether `longer` stands over the characters `start` to `end`."""
    return longer in text[max(0, end - len(longer)) : start + len(longer)]


@cache
def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")


@cache
def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
