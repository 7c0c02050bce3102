"""What many rules ask of all lines of a speech, worked out once for all of them.

A rule that finds nothing in a text without certain characters says so (`NEEDS`, see `drafter.check.rules`), and looks
only at the lines that have one (`having`), or one of certain words (`needed`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import accumulate
from typing import NamedTuple, TypeVar

from drafter.chinese.numerals import count_read
from drafter.chinese.pairs import pair, standing
from drafter.speech.block import Line

_Lines = tuple[Line, ...]
_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")


def kept(work: Callable[[_Asked], _Told]) -> Callable[[_Asked], _Told]:
    """The same work, its answer kept for the lines (or the speech) it was asked about last. They are known by their
    identity: to hash all lines of a speech for each question takes longer than most answers."""
    last: list[tuple[_Asked, _Told]] = []

    @wraps(work)
    def asked(lines: _Asked) -> _Told:
        for known, answer in last:
            if known is lines:
                return answer
        answer = work(lines)
        last[:] = [(lines, answer)]
        return answer

    return asked


@kept
def characters(lines: _Lines) -> tuple[frozenset[str], ...]:
    """The characters of each line."""
    return tuple(frozenset(line.text) for line in lines)


@kept
def alphabet(lines: _Lines) -> frozenset[str]:
    """The characters of all lines."""
    return frozenset().union(*characters(lines))


class Needed(NamedTuple):
    """Words one of which a line must have for a rule to find anything in it: the first two characters of each, and those that
    are one character. `number`: how many others had been told of before."""

    pairs: frozenset[int]
    alone: frozenset[str]
    number: int


#: The pairs of all words that are needed, and how many rules have told theirs.
_pairs: set[int] = set()
_told: list[int] = []


def needed(words: str) -> Needed:
    """Words, with | between them, that a rule needs one of. They are looked for together with those of all rules, once for all;
    told while the rule is imported."""
    each = list(filter(None, words.split("|")))
    out = Needed(frozenset(map(pair, filter(_is_pair, each))), frozenset(w for w in each if len(w) == 1), len(_told))
    _pairs.update(out.pairs)
    _told.append(len(each))
    return out


def each_with_each(first: str, second: str) -> str:
    """All pairs of a character with another, for `needed`."""
    return "|".join(a + b for a in first for b in second)


def _is_pair(word: str) -> bool:
    return len(word) > 1


class _LinesByPair(NamedTuple):
    """The lines that have a pair, by it, of the pairs that the first so many rules need; a line may be there twice."""

    lines: dict[int, list[int]]
    pairs: frozenset[int]
    told: int


@kept
def _by_pair(lines: _Lines) -> _LinesByPair:
    out: dict[int, list[int]] = {}
    texts = [line.text for line in lines]
    text = "\n".join(texts)
    ends = [*accumulate(len(one) + 1 for one in texts)]
    for at, known in standing(text, _pairs):
        out.setdefault(known, []).append(bisect_right(ends, at))
    return _LinesByPair(out, frozenset(out), len(_told))


def having(lines: _Lines, needs: str | Needed) -> Iterator[tuple[int, Line]]:
    """The lines that have one of the characters or words `needs`, with their numbers. Where words are told of only after the
    lines were looked through, it may be all."""
    if isinstance(needs, str):
        without = frozenset(needs).isdisjoint
        for number, own in enumerate(characters(lines)) if not without(alphabet(lines)) else ():
            if not without(own):
                yield number, lines[number]
        return
    known = _by_pair(lines)
    if needs.number >= known.told:
        yield from enumerate(lines)
        return
    found = {number for one in needs.pairs & known.pairs for number in known.lines[one]}
    if not needs.alone.isdisjoint(alphabet(lines)):
        without = needs.alone.isdisjoint
        found.update(number for number, own in enumerate(characters(lines)) if not without(own))
    for number in sorted(found):
        yield number, lines[number]


@kept
def sizes(lines: _Lines) -> tuple[int, ...]:
    """How many 字 each line is when read aloud."""
    return tuple(count_read(line.text) for line in lines)
