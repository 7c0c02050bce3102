"""Where pairs of characters out of a large set stand in a text.

A table of thousands of words is looked up by the first two characters of each. To cut a text into all its pairs as
strings takes longer than to look them up; as whole numbers they are there at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import compress, count


def pair(words: str) -> int:
    """The first two characters of a word as the number `places` knows them by."""
    return ord(words[0]) | ord(words[1]) << 32


def places(text: str, wanted: Collection[int]) -> list[int]:
    """Where one of the pairs (see `pair`) begins in a text, in order."""
    even, odd = _pairs(text)
    found = [*compress(count(0, 2), map(wanted.__contains__, even)), *compress(count(1, 2), map(wanted.__contains__, odd))]
    found.sort()
    return found


def standing(text: str, wanted: Collection[int]) -> list[tuple[int, int]]:
    """The pairs that stand in a text, each behind the place where it begins, in no order."""
    even, odd = _pairs(text)
    return [
        *compress(zip(count(0, 2), even), map(wanted.__contains__, even)),
        *compress(zip(count(1, 2), odd), map(wanted.__contains__, odd)),
    ]


def places_of_each(text: str, wanted: Mapping[int, int], tables: int) -> tuple[list[int], ...]:
    """The same for several tables at once: `wanted` has the pairs of them all, each with the sum of 1 for the first table
    that has it, 2 for the second, 4 for the third and so on. To look once takes hardly longer than for one of them."""
    even, odd = _pairs(text)
    found = [
        *compress(zip(count(0, 2), even), map(wanted.__contains__, even)),
        *compress(zip(count(1, 2), odd), map(wanted.__contains__, odd)),
    ]
    found.sort()
    return tuple([at for at, known in found if wanted[known] >> number & 1] for number in range(tables))


def _pairs(text: str) -> tuple[list[int], list[int]]:
    """The pairs of a text that begin at its first character, its third …, and those between."""
    data = text.encode("utf-32-le", "surrogatepass")
    even = memoryview(data)[: len(text) // 2 * 8].cast("Q").tolist()
    odd = memoryview(data[4:])[: (len(text) - 1) // 2 * 8].cast("Q").tolist() if len(text) > 2 else []
    return even, odd
