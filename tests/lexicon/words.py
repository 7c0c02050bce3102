"""Words: those of lists, and sequences that stand together more than chance has it and in many surroundings."""

from pathlib import Path

import numpy as np
from counts import BITS, Counts, Grams

#: A sequence is a word from so many occurrences, so many times as frequent as chance has it (the logarithm), and from
#: this diversity of its neighbours on the poorer side (entropy, in nats).
LEAST, TOGETHER, AROUND = 8, 2.6, 1.0

#: Characters that join words more often than they are part of one.
_JOINING = frozenset(
    "的了在和与及或不仍都将把被从对为以等各每这那其并也就还很由让使一二三四五六七八九十百两几个是有我你他她它们之而且但又再已曾未无要应须可能会没去来更很最"
)


def listed(folder: Path, names: str = "*.txt") -> set[str]:
    """The words of two to four characters of lists, one word a line."""
    rows = (row.strip() for path in sorted(folder.glob(names)) for row in path.read_text(encoding="utf-8").split("\n"))
    return {row for row in rows if 2 <= len(row) <= 4}


def found(counts: Counts) -> dict[str, int]:
    """The words of two and three characters that the counts tell, with their counts."""
    out: dict[str, int] = {}
    total = counts.alone.sum()
    alone = np.log(counts.alone / total)
    han = (counts.chars >= 0x4E00) & (counts.chars <= 0x9FFF)
    for size in (2, 3):
        grams = counts.grams[size]
        ok = grams.counts >= LEAST
        for n in range(size):
            ok &= han[counts.at(size, n, grams.keys)]
        keys, many = grams.keys[ok], grams.counts[ok]
        said = np.log(many / total)
        if size == 2:
            chance = alone[counts.at(2, 0, keys)] + alone[counts.at(2, 1, keys)]
        else:
            pairs = counts.grams[2]
            head, tail = _of(pairs, keys >> np.uint64(BITS)), _of(pairs, keys & np.uint64((1 << 2 * BITS) - 1))
            chance = np.maximum(
                np.log(head / total) + alone[counts.at(3, 2, keys)], alone[counts.at(3, 0, keys)] + np.log(tail / total)
            )
        longer = counts.grams[size + 1]
        around = np.minimum(
            _entropy(keys, longer.keys >> np.uint64(BITS), longer.counts),
            _entropy(keys, longer.keys & np.uint64((1 << size * BITS) - 1), longer.counts),
        )
        good = (said - chance >= TOGETHER + (size - 2)) & (around >= AROUND)
        for key, count in zip(keys[good], many[good], strict=True):
            word = "".join(
                chr(counts.chars[p[0]]) for n in range(size) if (p := counts.at(size, n, key[None])) is not None
            )
            if _JOINING.isdisjoint(word):
                out[word] = int(count)
    return out


def _of(grams: Grams, keys: np.ndarray) -> np.ndarray:
    return grams.counts[np.searchsorted(grams.keys, keys)]


def _entropy(keys: np.ndarray, of: np.ndarray, many: np.ndarray) -> np.ndarray:
    """The entropy of what stands beside sequences: `of` tells for each longer sequence which it is about."""
    at = np.searchsorted(keys, of)
    ok = (at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == of)
    at, many = at[ok], many[ok].astype(float)
    sums = np.bincount(at, many, len(keys))
    logs = np.bincount(at, many * np.log(many), len(keys))
    return np.log(np.maximum(sums, 1)) - logs / np.maximum(sums, 1)
