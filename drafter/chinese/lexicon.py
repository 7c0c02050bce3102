"""What official Chinese usually says: how often characters stand together, which sound or look alike, what is a word.

The counts are those of `drafter/check/data/lexicon.bin`, made by `tests/lexicon/make.py` of published official text
(`drafter/check/data/README.md` names the sources). Sequences of two to four characters are kept in a static table: three
slots of it, told by the sequence, give its count when they are combined, and for a sequence never seen they give
nothing, but for one in two thousand. So a look-up is a few sums in plain Python, nothing is unpacked when the file is
loaded, and nothing need be remembered between look-ups; only what was found in the sentences before is.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from math import exp
from typing import Any, NamedTuple

#: The first line of the file: its form. `tests/lexicon/make.py` writes it.
FORM = "drafter lexicon 2"

#: Syllables, and what they sound like, are letters from here on.
FIRST_LETTER = 0x3400

#: Counts are kept as logarithms in steps of this size, from 1 (seen once, or twice in a large count) to 31.
STEP = 0.45

#: What a character of a sequence is multiplied with to tell its slots, by its place; the last marks words. Odd, and of
#: 45 bits, so that the sums of four 16-bit characters stay below 2⁶³.
PLACES = (0x1F3D5B79A2C7, 0x0B4E6A91D5F3, 0x16C8E27B390D, 0x09D17F4A8E65)
WORD = 0x0A2B3C4D5E6F7081

#: A slot has the count's five bits, and above them eleven bits that prove that the sequence is the one asked for.
VALUES = 32

#: After so many trees a sum below this is never made good by the others: of 6,170 rows that came out sure none was
#: lower, by a tenth at least.
HOPELESS = {5: -1.55, 10: -2.0, 25: -2.3, 40: -1.8, 60: -1.45, 90: -0.65, 130: -0.2, 180: 0.55, 240: 0.9}

#: What the trees say then: that there is no slip.
NO = -9.0

#: So many different characters that are no 汉字 are replaced one after the other; more are looked up each.
MANY = 60

#: Between two characters mostly fewer than this were counted.
NEAR = 16

#: So many characters of a text are looked at together: what is worked out for them stays near the processor.
PIECE = 8192

#: What stands for characters that are no 汉字: a figure, a letter, an enumeration, a quotation, any other mark.
FIGURE, LETTER, ITEM, QUOTE, PAUSE = "0", "A", "、", "“", "，"


@lru_cache(maxsize=4096)
def _mark(c: str) -> str:
    """What stands for a character that is no 汉字."""
    if c in "0123456789０１２３４５６７８９.%％":
        return FIGURE
    if c in "“”‘’《》〈〉「」『』":
        return QUOTE
    if c == ITEM:
        return ITEM
    return LETTER if c.isalpha() else PAUSE


def stream(text: str) -> str:
    """A text as it is counted: as long as it is, every character that is no 汉字 replaced by the mark of its kind."""
    others = {c for c in set(text) if not "\u4e00" <= c <= "\u9fff"}
    if len(others) > MANY:
        return "".join([c if c not in others else _mark(c) for c in text])
    marks = {c: _mark(c) for c in others}
    for c in others - set(marks.values()):
        text = text.replace(c, marks[c])
    return text


class Trees(NamedTuple):
    """Decision trees, one beside the other. A node looks at `features[node]`: at most `limits[node]`, and `left` goes
    on, else `right`; a leaf has feature −1, and its limit is what it adds. `roots`: the first node of each tree."""

    roots: Sequence[int]
    features: Sequence[int]
    limits: Sequence[float]
    left: Sequence[int]
    right: Sequence[int]

    def sum(self, values: Sequence[float]) -> float:
        """What the trees say of a row of features: the logarithm of odds. Where so many of them see no hope
        (`HOPELESS`), the others are not asked."""
        features, limits, left, right, hopeless = self.features, self.limits, self.left, self.right, HOPELESS
        total = 0.0
        for number, node in enumerate(self.roots):
            if number in hopeless and total < hopeless[number]:
                return NO
            while (feature := features[node]) >= 0:
                node = left[node] if values[feature] <= limits[node] else right[node]
            total += limits[node]
        return total


class Lexicon:
    """The counts, loaded. Characters are given as their numbers (`ord`) where many are asked for; counts as steps, 0
    where the texts have nothing."""

    __slots__ = ("_alike", "_between", "_classes", "_ends", "_groups", "_kindred", "_lefts", "_members", "_primes", "_rights", "_slots", "_sounding", "_starts", "_syllables", "_words", "fitting", "often", "sentences", "total", "trees")  # fmt: skip

    def __init__(self, data: bytes) -> None:
        whole = memoryview(data)
        end = data.index(b"\n\n")
        form, total, primes, sizes = data[:end].decode("ascii").split("\n")
        if form != FORM:
            raise ValueError(form)
        self.total = int(total)
        part = _parts(whole[end + 2 :], [int(size) for size in sizes.split()])
        a, b, c = (int(p) for p in primes.split())
        slots = memoryview(_array("H", next(part)))
        self._primes = a, b, c
        self._slots = slots[:a], slots[a : a + b], slots[a + b :]
        self._lefts = dict(zip(_array("H", next(part)), count(), strict=False))
        self._starts, self._rights, self._between = (_array(kind, next(part)) for kind in "IHH")
        chars = _array("H", next(part))
        self.often = dict(zip(chars, next(part), strict=True))
        self._syllables = dict(zip(chars, bytes(next(part)).decode("utf-8").split("\n"), strict=True))
        self._classes = dict(zip(chars, bytes(next(part)).decode("utf-8").split("\n"), strict=True))
        self._alike = dict(zip(chars, bytes(next(part)).decode("utf-8").split("\n"), strict=True))
        self._members = bytes(next(part)).decode("utf-8").split("\n")
        self._groups: dict[str, frozenset[int]] = {}
        self._sounding: dict[int, tuple[frozenset[int], ...]] = {}
        self._kindred: dict[int, frozenset[int]] = {}
        #: What `drafter.chinese.slips` has found for the middle one of five characters; None: nothing fits between its neighbours.
        self.fitting: dict[str, tuple[tuple[int, tuple[int, ...], list[int]], ...] | None] = {}
        #: What it has found in sentences, each with the four characters before and behind it.
        self.sentences: dict[str, tuple[Any, ...]] = {}
        self._ends, self._words = _array("I", next(part)), _array("I", next(part))
        self.trees = Trees(*(_array(kind, next(part)).tolist() for kind in "HbdHH"))

    def steps(self, sums: Iterable[int]) -> list[int]:
        """How often sequences were counted, each told by the sum of its characters times `PLACES`."""
        a, b, c = self._primes
        first, second, third = self._slots
        return [
            step if (step := first[x % a] ^ second[x % b] ^ third[x % c] ^ (x >> 30 & 0xFFE0)) < VALUES else 0
            for x in sums
        ]

    def triples(self, text: str) -> Iterator[int]:
        """How often each three characters of a `stream` that stand side by side were counted together. What tells them is
        worked out for all places of a piece at once, in one long number that has 64 bits for each."""
        p, q, r, _ = PLACES
        factor = p << 128 | q << 64 | r
        for start in range(0, len(text) - 2, PIECE):
            piece = text[start : start + PIECE + 2]
            lanes = int.from_bytes("\0".join(piece).encode("utf-32-le"), "little") * factor >> 128
            yield from self.steps(_array("Q", memoryview(lanes.to_bytes(8 * len(piece), "little")))[:-2])

    def step(self, text: str) -> int:
        """How often one to four characters were counted together."""
        if len(text) == 1:
            return self.often.get(ord(text), 0)
        return self.steps((_sum(text),))[0] if len(text) <= len(PLACES) else 0

    def count(self, text: str) -> float:
        """How often characters stand together in the counted texts, as near as a step tells; of more than four, the
        rarer of the first and the last four."""
        if len(text) > len(PLACES):
            return min(self.count(text[: len(PLACES)]), self.count(text[1:]))
        step = self.step(text)
        return times(step)

    def frequency(self, word: str) -> float:
        """The logarithm of one more than the times a word of two to four characters was counted, and 0 where the
        characters are no word. A word of the lists that the texts lack has the lowest frequency there is."""
        if not 2 <= len(word) <= len(PLACES):
            return 0.0
        return self.steps((_sum(word) + WORD,))[0] * STEP

    def is_word(self, text: str) -> bool:
        """Whether two characters are a word."""
        return len(text) == 2 and self.steps((_sum(text) + WORD,))[0] > 0

    def between(self, left: int, right: int) -> Sequence[int]:
        """The characters that were counted between two others."""
        at = self._lefts.get(left)
        if at is None:
            return ()
        rights, end = self._rights, self._starts[at + 1]
        first = bisect_left(rights, right, self._starts[at], end)
        if first == end or rights[first] != right:
            return ()
        near = first + NEAR
        if near < end and rights[near] != right:
            end = near
        return self._between[first : bisect_right(rights, right, first, end)]

    def sounding(self, code: int) -> tuple[frozenset[int], ...]:
        """The characters that sound the same or nearly the same, once for each way a character is read."""
        groups = self._sounding.get(code)
        if groups is None:
            groups = self._sounding[code] = tuple(map(self._group, self._classes.get(code, "")))
        return groups

    def _group(self, letter: str) -> frozenset[int]:
        group = self._groups.get(letter)
        if group is None:
            group = self._groups[letter] = frozenset(map(ord, self._members[ord(letter) - FIRST_LETTER]))
        return group

    def alike(self, code: int) -> str:
        """The characters that look like one, the most alike first."""
        return self._alike.get(code, "")

    def kindred(self, code: int) -> frozenset[int]:
        """The other characters that look like one, or sound the same or nearly in one of the ways it is read."""
        kindred = self._kindred.get(code)
        if kindred is None:
            kindred = self._kindred[code] = frozenset(map(ord, self.alike(code))).union(*self.sounding(code)) - {code}
        return kindred

    def same_sound(self, code: int, other: int) -> bool:
        """Whether two characters share a syllable, tones aside."""
        return not set(self._syllables.get(code, "")).isdisjoint(self._syllables.get(other, ""))

    def words(self, first: int, second: int) -> list[tuple[int, int]]:
        """The words of two characters that sound the same as two characters, or nearly."""
        found = []
        ends, words, behind = self._ends, self._words, self._classes.get(second, "")
        for a in self._classes.get(first, ""):
            for b in behind:
                key = ord(a) << 16 | ord(b)
                at = bisect_left(ends, key)
                while at < len(ends) and ends[at] == key:
                    word = words[at]
                    found.append((word >> 16, word & 0xFFFF))
                    at += 1
        return found


def times(step: int) -> float:
    """The count that a step stands for."""
    return exp((step - 1) * STEP) if step else 0.0


def _sum(text: str) -> int:
    return sum(ord(c) * place for c, place in zip(text, PLACES, strict=False))


def _array(kind: str, data: memoryview) -> array[int]:
    """Numbers of a kind of `array`, from little-endian bytes."""
    out = array(kind)
    out.frombytes(data)
    if sys.byteorder == "big":
        out.byteswap()
    return out


def _parts(data: memoryview, sizes: list[int]) -> Iterator[memoryview]:
    """Pieces of so many bytes, one behind the other."""
    at = 0
    for size in sizes:
        yield data[at : at + size]
        at += size
