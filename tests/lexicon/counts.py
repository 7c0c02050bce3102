"""Sequences of one to four characters and how often a text has them."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from drafter.chinese.lexicon import PAUSE, PLACES, STEP, VALUES, stream

#: Bits of a character in a key: its place among the characters of the texts.
BITS = 13


class Grams(NamedTuple):
    """Keys of sequences of one length, ascending, and their counts."""

    keys: np.ndarray
    counts: np.ndarray


class Counts(NamedTuple):
    """`chars`: numbers of all characters, ascending; `alone`: their counts; `grams`: by length, 2 to 4."""

    chars: np.ndarray
    alone: np.ndarray
    grams: dict[int, Grams]

    def sums(self, size: int, keys: np.ndarray) -> np.ndarray:
        """What sequences are told by in the table."""
        out = np.zeros(len(keys), np.uint64)
        codes = self.chars.astype(np.uint64)
        for n in range(size):
            out += codes[self.at(size, n, keys)] * np.uint64(PLACES[n])
        return out

    def at(self, size: int, n: int, keys: np.ndarray) -> np.ndarray:
        """The places among `chars` of the n-th characters of sequences."""
        return ((keys >> np.uint64(BITS * (size - 1 - n))) & np.uint64((1 << BITS) - 1)).astype(np.int64)

    def key(self, text: str) -> int | None:
        """The key of some characters, None where one was never counted."""
        key = 0
        for c in text:
            at = int(np.searchsorted(self.chars, ord(c)))
            if at == len(self.chars) or self.chars[at] != ord(c):
                return None
            key = key << BITS | at
        return key

    def lookup(self, texts: list[str]) -> np.ndarray:
        """The counts of sequences of one length."""
        grams = self.grams[len(texts[0])]
        keys = np.array([-1 if (k := self.key(t)) is None else k for t in texts], np.int64)
        at = np.minimum(np.searchsorted(grams.keys, np.maximum(keys, 0).astype(np.uint64)), len(grams.keys) - 1)
        return np.where((keys >= 0) & (grams.keys[at] == keys.astype(np.uint64)), grams.counts[at], 0)


def counted(texts: Iterable[tuple[str, int]]) -> Counts:
    """The counts of texts, each with its weight."""
    rows = [(f"{PAUSE}{stream(text)}{PAUSE}", weight) for text, weight in texts]
    codes = np.frombuffer("".join(row for row, _ in rows).encode("utf-16-le"), "<u2")
    weights = np.repeat(np.array([w for _, w in rows], np.int64), [len(row) for row, _ in rows])
    chars, places = np.unique(codes, return_inverse=True)
    alone = np.bincount(places, weights).astype(np.int64)
    places = places.astype(np.uint64)
    stop, mark = codes == ord(PAUSE), (codes < 0x4E00) | (codes > 0x9FFF)
    grams = {}
    for size in (2, 3, 4):
        many = len(codes) - size + 1
        keys, bad, marks = np.zeros(many, np.uint64), np.zeros(many, bool), np.ones(many, bool)
        for n in range(size):
            keys = keys << np.uint64(BITS) | places[n : n + many]
            marks &= mark[n : n + many]
            if 0 < n < size - 1:
                bad |= stop[n : n + many]
        ok = ~(bad | marks)
        found, inverse = np.unique(keys[ok], return_inverse=True)
        grams[size] = Grams(found, np.bincount(inverse, weights[:many][ok]).astype(np.int64))
    return Counts(chars, alone, grams)


def steps(counts: np.ndarray) -> np.ndarray:
    """Counts as the file keeps them."""
    return np.minimum(VALUES - 1, np.rint(np.log(np.maximum(counts, 1)) / STEP) + 1).astype(np.int64)
