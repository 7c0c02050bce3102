"""Characters that were probably typed for others: what the counts of official text say against them.

Three steps, each on what the one before has left. A character is looked at where of the three
sequences of three characters over it at most one was ever seen. What may stand there instead must be known between the same neighbours, and sound or look like it. Where the text
becomes much better known with it, a small forest of decision trees weighs both: trained on sentences with slips put in
(`tests/lexicon/make.py`), and measured on others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import compress, count, pairwise
from math import log
from typing import NamedTuple

from drafter.chinese.lexicon import (
    FIGURE,
    ITEM,
    LETTER,
    PAUSE,
    PLACES,
    QUOTE,
    VALUES,
    WORD,
    Lexicon,
    stream,
    times,
)
from drafter.chinese.names import SURNAMES

#: The kinds of slips, in the order the trees know them by.
SAME, NEAR, LOOK, SAME_WORD, NEAR_WORD = range(5)

#: Where no sequence of three is counted more often than this (in steps: once), words are looked for that sound alike.
STRANGE = 1

#: By so many steps the three-character sequences must be better known with the other character.
BETTER = 8

#: The same where a word stands there instead of none.
BETTER_WORD = 5

#: What is so many steps behind the best in its place is not weighed.
BEHIND = -4

#: What does not make the text e⁷ times as probable is no slip (three of 6,170 that came out sure did less).
GAIN = 7.0

#: The count of each step, and the mass for what was not seen behind characters counted so often.
_TIMES = [times(step) for step in range(VALUES)]
_MASS = [1 + 0.8 * count**0.6 for count in _TIMES]

#: What fits between so many neighbours is kept (3 MB), and what is found in so many sentences (4 MB).
_KEPT = 16_384

#: So many characters on either side of a sentence are all that is asked about in it.
_SIDE = 4

#: What no sequence goes beyond but for what stands beside it; all these marks are one to the counts.
_SENTENCE = re.compile("[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")

_P, _Q, _R, _S = PLACES
_PAUSE = ord(PAUSE)
_SIDES = {ord(mark): n for n, mark in enumerate((PAUSE, ITEM, FIGURE, LETTER, QUOTE), 1)}
_SURNAMES = frozenset(map(ord, SURNAMES))


class Slip(NamedTuple):
    """Characters that may have been typed for others: `words` at `start` for `instead`. `sure`: the logarithm of the
    odds that they were; `features`: what the trees looked at."""

    start: int
    words: str
    instead: str
    kind: int
    sure: float
    features: tuple[float, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def slips(book: Lexicon, text: str) -> list[Slip]:
    """All slips of a text, surely or not, in the order they stand. What was found in a sentence is kept: papers of one office
    share some, letters of one outline nearly all."""
    padded = PAUSE * _SIDE + stream(text) + PAUSE * _SIDE
    kept: dict[str, tuple[Slip, ...]] = book.sentences
    if len(kept) > _KEPT:
        kept.clear()
    sentences = [(one.start(), padded[one.start() : one.end() + 2 * _SIDE]) for one in _SENTENCE.finditer(text)]
    new = list(dict.fromkeys(words for _, words in sentences if words not in kept))
    kept.update(zip(new, _in_sentences(book, new), strict=True))
    found = [slip._replace(start=start + slip.start) for start, words in sentences for slip in kept[words]]
    found.sort()
    return found


def candidates(book: Lexicon, text: str) -> list[Slip]:
    """What the trees are asked about."""
    padded = PAUSE * _SIDE + stream(text) + PAUSE * _SIDE
    return [slip._replace(start=slip.start - _SIDE) for slip in _candidates(book, padded, ((_SIDE, len(padded) - _SIDE),))]


def _in_sentences(book: Lexicon, sentences: list[str]) -> Iterator[tuple[Slip, ...]]:
    """The slips of sentences, each given with what stands beside it, told from its own beginning."""
    at, within = 0, []
    for words in sentences:
        within.append((at + _SIDE, at + len(words) - _SIDE))
        at += len(words)
    found = deque(_candidates(book, "".join(sentences), within))
    for start, end in within:
        own = []
        while found and found[0].start < end:
            slip = found.popleft()
            own.append(slip._replace(start=slip.start - start, sure=book.trees.sum(slip.features)))
        yield tuple(own)


def _candidates(book: Lexicon, padded: str, within: Iterable[tuple[int, int]]) -> list[Slip]:
    """What the trees are asked about that begins `within` the places told."""
    codes = list(map(ord, padded))
    known = [0, *book.triples(padded), 0]
    places = _doubtful(known)
    doubtful = [
        at
        for start, end in within
        for at in places[bisect_left(places, start) : bisect_left(places, end)]
        if 0x4E00 <= codes[at] <= 0x9FFF
    ]
    fitting = _fitting(book, padded, codes, known, doubtful)
    asked = dict.fromkeys(_spelling(book, codes, known, set(doubtful)))
    better: dict[int, list[_Better]] = {}
    for (at, instead), now in _known(book, codes, asked, set(fitting)):
        gain = sum(now) - sum(known[at - 1 : at + len(instead) + 1])
        if gain >= BETTER_WORD:
            better.setdefault(at, []).append((gain, instead, now))
    for at, some in fitting.items():
        if some and (other := [one for one in some if (at, one[1]) not in asked]):
            better.setdefault(at, []).extend(other)
    return sorted(_weighed(book, codes, known, better))


#: Exchanges what was counted for what was not.
_NOT = bytes((1, *[0] * 255))


def _doubtful(known: list[int]) -> list[int]:
    """The places of which at most one of the three sequences over them is known, in order: those where two that are not lie
    side by side, or one apart."""
    unknown = [*compress(count(), bytes(known).translate(_NOT))]
    places = set()
    for at, following in pairwise(unknown):
        if following <= at + 2:
            places.add(at + 1)
            if following == at + 1:
                places.add(at)
    return sorted(places - {0, len(known) - 1})


#: Where something is to be put, and what.
Place = tuple[int, tuple[int, ...]]

#: What may stand in a place instead, with how much better the sequences are known then, and how well each is.
_Better = tuple[int, tuple[int, ...], list[int]]


def _spelling(book: Lexicon, codes: list[int], known: list[int], doubtful: set[int]) -> Iterator[Place]:
    """The words of two characters that sound like the two in places where nothing at all is known: what would stand
    instead of both, or of the one that is doubtful."""
    strange = {at for at in doubtful if max(known[at - 1 : at + 2]) <= STRANGE}
    for at in strange | {at - 1 for at in strange}:
        first, second = codes[at], codes[at + 1]
        one_doubtful, two_doubtful = at in doubtful, at + 1 in doubtful
        for one, two in book.words(first, second):
            if one == first:
                if two != second and two_doubtful:
                    yield at + 1, (two,)
            elif two == second:
                if one_doubtful:
                    yield at, (one,)
            elif one_doubtful and two_doubtful:
                yield at, (one, two)


def _fitting(
    book: Lexicon, padded: str, codes: list[int], known: list[int], doubtful: list[int]
) -> dict[int, tuple[_Better, ...]]:
    """The places where characters are known between the neighbours of another, and sound or look like it, with those that make
    the sequences so much better known. What was found between the same neighbours is kept for the next text."""
    kept = book.fitting
    around = {at: padded[at - 2 : at + 3] for at in doubtful}
    new = {words: at for at, words in around.items() if words not in kept}
    if len(kept) >= _KEPT:
        kept = {words: kept[words] for words in around.values() if words in kept}
    between, kindred = book.between, book.kindred
    sums: list[int] = []
    asked: list[tuple[str, int, frozenset[int]]] = []
    for words, at in new.items():
        u, v, middle, y, z = codes[at - 2 : at + 3]
        fit = between(v, y)
        found = kindred(middle).intersection(fit) if fit else frozenset()
        if found:
            before, over, behind = u * _P + v * _Q, v * _P + y * _R, y * _Q + z * _R
            for c in found:
                sums += (before + c * _R, over + c * _Q, behind + c * _P)
            asked.append((words, at, found))
        else:
            kept[words] = None
    steps = iter(book.steps(sums))
    for words, at, found in asked:
        was = sum(known[at - 1 : at + 2]) + BETTER
        rows = []
        for c in found:
            one, two, three = next(steps), next(steps), next(steps)
            if one + two + three >= was:
                rows.append((one + two + three - was + BETTER, (c,), [one, two, three]))
        kept[words] = tuple(rows)
    return {at: some for at, words in around.items() if (some := kept[words]) is not None}


def _weighed(book: Lexicon, codes: list[int], known: list[int], better: dict[int, list[_Better]]) -> Iterator[Slip]:
    """The slips among what would be better known in its place, with their features."""
    for at, some in better.items():
        some.sort(key=lambda row: (-row[0], row[1]))
        for n, (gain, instead, now) in enumerate(some[:2]):
            lead = gain - some[1 - n][0] if len(some) > 1 else 0
            found = _slip(book, codes, known, at, instead, now, lead) if lead >= BEHIND else None
            if found:
                yield found


def _known(
    book: Lexicon, codes: list[int], asked: Iterable[Place], likely: set[int]
) -> Iterator[tuple[Place, list[int]]]:
    """How well the three-character sequences are known with something in its place: first those that hold all of it;
    where two characters are asked about and with none of them any is known, the others are not looked for, unless the place is
    a `likely` one."""
    sums: list[int] = []
    for at, instead in asked:
        v, y = codes[at - 1], codes[at + len(instead)]
        if len(instead) == 1:
            (c,) = instead
            sums.append(v * _P + c * _Q + y * _R)
        else:
            c, d = instead
            middle = c * _Q + d * _R
            sums += (v * _P + middle, c * _P + d * _Q + y * _R)
    middles, last = book.steps(sums), 0
    rows, likely = [], {*likely}
    for place in asked:
        first, last = last, last + len(place[1])
        rows.append((place, middles[first:last]))
        if last - first == 1 or any(middles[first:last]):
            likely.add(place[0])
    rows = [row for row in rows if row[0][0] in likely]
    sums = []
    for (at, instead), _ in rows:
        end = at + len(instead)
        sums.append(codes[at - 2] * _P + codes[at - 1] * _Q + instead[0] * _R)
        sums.append(instead[-1] * _P + codes[end] * _Q + codes[end + 1] * _R)
    outer = iter(book.steps(sums))
    for (place, held), before, behind in zip(rows, outer, outer, strict=True):
        yield place, [before, *held, behind]


def _slip(
    book: Lexicon, codes: list[int], known: list[int], at: int, instead: tuple[int, ...], now: list[int], lead: int
) -> Slip | None:
    """A slip with all the trees ask for, None where the text hardly gains by it; `lead`: by how much it is ahead of the
    next best in its place."""
    end = at + len(instead)
    typed = tuple(codes[at:end])
    before, behind = codes[at - 3 : at], codes[end : end + 3]
    was = known[at - 1 : end + 1]
    row, other = (*before[1:], *typed, *behind[:2]), (*before[1:], *instead, *behind[:2])
    pairs, others = _counted(book, row, other, 2)
    gain = _likelihood(book, other, others, now) - _likelihood(book, row, pairs, was)
    if gain < GAIN:
        return None
    fours, four_others = _counted(book, (*before, *typed, *behind), (*before, *instead, *behind), 4)
    start, stop = _run(codes, at)
    kind = _kind(book, typed, instead)
    features = (
        kind,
        gain,
        was[0],
        max(was[1:-1]),
        was[-1],
        now[0],
        max(now[1:-1]),
        now[-1],
        pairs[1],
        pairs[-2],
        others[1],
        others[-2],
        max(fours),
        max(four_others),
        sum(map(bool, four_others)),
        min(book.often.get(c, 0) for c in typed),
        min(book.often.get(c, 0) for c in instead),
        _word(book, before, typed, behind),
        _word(book, before, instead, behind),
        pairs[0],
        pairs[-1],
        _SIDES.get(before[-1], 0),
        _SIDES.get(behind[0], 0),
        min(stop - start, 20),
        _named(codes, start, stop, at),
        lead,
        known[at - 2],
        known[end + 1],
        min(pairs[1:-1]),
        min(others[1:-1]),
        book.alike(typed[0]).find(chr(instead[0])) if kind == LOOK else -1,
    )
    return Slip(at, "".join(map(chr, typed)), "".join(map(chr, instead)), kind, 0.0, features)


def _kind(book: Lexicon, typed: tuple[int, ...], instead: tuple[int, ...]) -> int:
    same = all(map(book.same_sound, typed, instead))
    if len(typed) == 2:
        return SAME_WORD if same else NEAR_WORD
    if same:
        return SAME
    return NEAR if any(instead[0] in sounding for sounding in book.sounding(typed[0])) else LOOK


def _counted(book: Lexicon, row: tuple[int, ...], other: tuple[int, ...], size: int) -> tuple[list[int], list[int]]:
    """How often the sequences of a size in two rows were counted."""
    if size == 2:
        sums = [a * _P + b * _Q for some in (row, other) for a, b in pairwise(some)]
    else:
        sums = [
            a * _P + b * _Q + c * _R + d * _S
            for some in (row, other)
            for a, b, c, d in zip(some, some[1:], some[2:], some[3:], strict=False)
        ]
    steps = book.steps(sums)
    half = len(steps) // 2
    return steps[:half], steps[half:]


def _word(book: Lexicon, before: list[int], middle: tuple[int, ...], behind: list[int]) -> int:
    """The frequency of the commonest word over some characters, in steps, a longer one counting more."""
    row = (*before, *middle, *behind)
    first, last = len(before), len(before) + len(middle)
    sums, sizes = [], []
    for start in range(last - 4, first + 1):
        total = WORD
        for size, place in enumerate(PLACES, 1):
            total += row[start + size - 1] * place
            if size > 1 and start + size >= last:
                sums.append(total)
                sizes.append(size)
    return max([step + 3 * (size - 2) if step else 0 for step, size in zip(book.steps(sums), sizes, strict=True)])


#: So many characters without a mark are looked at on either side; more are none of a clause.
_FAR = 60


def _run(codes: list[int], at: int) -> tuple[int, int]:
    """Where the 汉字 without a mark between them begin and end that a place stands in, as far as it is looked at."""
    start, stop = at, at
    while 0x4E00 <= codes[start - 1] <= 0x9FFF and at - start < _FAR:
        start -= 1
    while 0x4E00 <= codes[stop] <= 0x9FFF and stop - at < _FAR:
        stop += 1
    return start, stop


def _named(codes: list[int], start: int, stop: int, at: int) -> int:
    """How much some characters look like a person's name: 3 for an item of two or three characters that begins with a
    surname, 2 where a surname stands at the beginning of the characters, 1 where one stands just before them."""
    if stop - start <= 3 and codes[start] in _SURNAMES:
        return 3
    if codes[at] in _SURNAMES:
        return 2
    return int(codes[at - 1] in _SURNAMES or codes[at - 2] in _SURNAMES)


def _likelihood(book: Lexicon, row: tuple[int, ...], pairs: list[int], triples: list[int]) -> float:
    """The logarithm of the probability of a row of characters, each after the two before it. An unseen sequence of
    frequent characters is less of a surprise than a fixed mass for all unseen ones would say: the mass grows with the
    count."""
    total = 0.0
    for n, triple in enumerate(triples):
        alone = book.often.get(row[n + 1], 0)
        one = (_TIMES[book.often.get(row[n + 2], 0)] + 0.5) / book.total
        two = (_TIMES[pairs[n + 1]] + _MASS[alone] * one) / (_TIMES[alone] + _MASS[alone])
        context = pairs[n]
        total += log((_TIMES[triple] + _MASS[context] * two) / (_TIMES[context] + _MASS[context]))
    return total
