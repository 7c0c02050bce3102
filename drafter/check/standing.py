"""Where the words of the tables that do not change may stand in a text: one look at each line for all of them.

The tables are looked up by two characters of each word (`drafter.chinese.pairs`): the pairs of `data/words.yaml`, the
halves of idioms, and the beginnings and ends of names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from drafter.check.tables.halves import index_of_names
from drafter.check.tables.idioms import idioms
from drafter.check.tables.words import words_by_pair
from drafter.chinese.pairs import pair, places_of_each


class Places(NamedTuple):
    """Where in a text two characters stand that words are looked for by."""

    words: list[int]
    idioms: list[int]
    names: list[int]


@lru_cache(maxsize=1024)
def standing(text: str) -> Places:
    """The places of a text. Kept: the rules ask one after the other for the same lines."""
    return Places(*places_of_each(text, _wanted(), len(Places._fields)))


@lru_cache(maxsize=1)
def _wanted() -> dict[int, int]:
    out: dict[int, int] = {}
    for number, table in enumerate((map(pair, words_by_pair()), idioms().wanted, index_of_names().pairs)):
        for known in table:
            out[known] = out.get(known, 0) | 1 << number
    return out
