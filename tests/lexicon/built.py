"""The bytes of the lexicon."""

from collections import defaultdict
from typing import NamedTuple

import likeness
import numpy as np
import table
import words
from counts import Counts, steps

from drafter.chinese.lexicon import FIRST_LETTER, FORM, WORD, Trees

#: Sequences of so many characters are kept from so many occurrences; those of three are offered from `OFFERED`.
LEAST = {2: 1, 3: 1, 4: 3}
OFFERED = 2


class Sounds(NamedTuple):
    """Characters (all that may be typed) with their syllables, with what those sound like, and with what they look
    like; and words with their counts, of which `plain` are offered though the texts lack them."""

    often: dict[str, int]
    syllables: dict[str, str]
    classes: dict[str, str]
    alike: dict[str, str]
    words: dict[str, int]
    plain: frozenset[str]


def gb2312() -> list[str]:
    """The 6,763 characters of GB/T 2312."""
    codes = (bytes((a, b)) for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF) if (a, b) < (0xD7, 0xFA) or a > 0xD7)
    return [code.decode("gb2312") for code in codes]


def sounds(counts: Counts, lists: set[str], plain: set[str]) -> Sounds:
    """All that is told of characters and words."""
    known = words.found(counts)
    for size in (2, 3, 4):
        some = sorted(word for word in lists if len(word) == size)
        known.update((w, int(n)) for w, n in zip(some, counts.lookup(some), strict=True))
    often = dict.fromkeys(gb2312(), 0)
    often.update((chr(c), int(n)) for c, n in zip(counts.chars, counts.alone, strict=True) if 0x4E00 <= c <= 0x9FFF)
    read = likeness.readings({w: n + 1 for w, n in sorted(known.items())})
    syllable: dict[str, str] = {}
    near: dict[str, str] = {}
    syllables, classes = {}, {}
    for c in often:
        said = read.get(c) or likeness.alone(c)
        letters = [syllable.setdefault(s, chr(FIRST_LETTER + len(syllable))) for s in said]
        syllables[c] = "".join(letters)
        alike = dict.fromkeys(likeness.nearly(s) for s in said)
        classes[c] = "".join(near.setdefault(s, chr(FIRST_LETTER + len(near))) for s in alike)
    return Sounds(often, syllables, classes, likeness.shapes(often), known, frozenset(plain))


def data(counts: Counts, some: Sounds, trees: Trees) -> bytes:
    """The file."""
    sums, values = [], []
    for size in (2, 3, 4):
        keys, many = counts.grams[size]
        ok = many >= LEAST[size]
        sums.append(counts.sums(size, keys[ok]))
        values.append(steps(many[ok]))
    for size in (2, 3, 4):
        spelt = sorted(w for w in some.words if len(w) == size and counts.key(w) is not None)
        keys = np.array([counts.key(w) for w in spelt], np.uint64)
        sums.append(counts.sums(size, keys) + np.uint64(WORD))
        values.append(steps(np.array([some.words[w] for w in spelt])))
    primes, slots = table.build(np.concatenate(sums), np.concatenate(values))
    lefts, starts, rights, between = _between(counts)
    chars = sorted(some.often, key=lambda c: (-some.often[c], c))
    marks = [(chr(c), int(n)) for c, n in zip(counts.chars, counts.alone, strict=True) if not 0x4E00 <= c <= 0x9FFF]
    chars += [c for c, _ in marks]
    often = {**some.often, **dict(marks)}
    ends, spelt = _spelt(some)
    parts = [
        b"".join(slots),
        lefts, starts, rights, between,
        np.array([ord(c) for c in chars], "<u2"),
        np.where(np.array([often[c] for c in chars]) > 0, steps(np.array([often[c] for c in chars])), 0).astype("u1"),
        *("\n".join(of.get(c, "") for c in chars).encode() for of in (some.syllables, some.classes, some.alike)),
        _members(some), ends, spelt,
        np.array(trees.roots, "<u2"), np.array(trees.features, "i1"), np.array(trees.limits, "<f8"),
        np.array(trees.left, "<u2"), np.array(trees.right, "<u2"),
    ]  # fmt: skip
    raw = [part if isinstance(part, bytes) else part.tobytes() for part in parts]
    head = [FORM, str(int(counts.alone.sum())), " ".join(map(str, primes)), " ".join(str(len(r)) for r in raw)]
    return "\n".join(head).encode() + b"\n\n" + b"".join(raw)


def _members(some: Sounds) -> bytes:
    """The characters of each class of sounds."""
    members: dict[str, list[str]] = defaultdict(list)
    for c, letters in sorted(some.classes.items()):
        for letter in letters:
            members[letter].append(c)
    return "\n".join("".join(members[letter]) for letter in sorted(members)).encode()


def _between(counts: Counts) -> tuple[np.ndarray, ...]:
    """Sequences of three, told by the first, then the last, then the middle character."""
    keys, many = counts.grams[3]
    ok = (many >= OFFERED) & np.isin(
        counts.at(3, 1, keys), np.flatnonzero((counts.chars >= 0x4E00) & (counts.chars <= 0x9FFF))
    )
    keys = keys[ok]
    left, middle, right = (counts.at(3, n, keys) for n in range(3))
    order = np.lexsort((middle, right, left))
    left, middle, right = left[order], middle[order], right[order]
    lefts, starts = np.unique(left, return_index=True)
    codes = counts.chars
    return (
        codes[lefts].astype("<u2"),
        np.append(starts, len(left)).astype("<u4"),
        codes[right].astype("<u2"),
        codes[middle].astype("<u2"),
    )


def _spelt(some: Sounds) -> tuple[np.ndarray, np.ndarray]:
    """Words of two characters in the order of what they sound like."""
    rows = set()
    for word, many in some.words.items():
        if len(word) == 2 and (many >= 1 or word in some.plain) and all(c in some.classes for c in word):
            for a in some.classes[word[0]]:
                for b in some.classes[word[1]]:
                    rows.add((ord(a) << 16 | ord(b), ord(word[0]) << 16 | ord(word[1])))
    ordered = sorted(rows)
    return np.array([key for key, _ in ordered], "<u4"), np.array([word for _, word in ordered], "<u4")
