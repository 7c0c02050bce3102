"""Where pairs of characters out of a large set stand in a text.

A table of thousands of words is looked up by the first two characters of each. To cut a text into all its pairs as
strings takes longer than to look them up; as whole numbers they are there at once.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress, count


def pair(words: str) -> int:
    """The first two characters of a word as the number `places` knows them by."""
    return ord(words[0]) | ord(words[1]) << 32


def places(text: str, wanted: Collection[int]) -> list[int]:
    """Where one of the pairs (see `pair`) begins in a text, in order."""
    data = text.encode("utf-32-le", "surrogatepass")
    even = memoryview(data)[: len(text) // 2 * 8].cast("Q").tolist()
    odd = memoryview(data[4:])[: (len(text) - 1) // 2 * 8].cast("Q").tolist() if len(text) > 2 else []
    found = [*compress(count(0, 2), map(wanted.__contains__, even)), *compress(count(1, 2), map(wanted.__contains__, odd))]
    found.sort()
    return found
