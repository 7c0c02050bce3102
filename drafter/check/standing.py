"""Where the words of the tables that do not change may stand in a text: one look at all lines for all of them.

The tables are looked up by two characters of each word (`drafter.chinese.pairs`): the pairs of `data/words.yaml`, the
halves of idioms, and the beginnings and ends of names.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from drafter.check.tables.halves import index_of_names
from drafter.check.tables.idioms import idioms
from drafter.check.tables.words import words_by_pair
from drafter.check.whole import kept
from drafter.chinese.pairs import pair, places_of_each
from drafter.speech.block import Line


class Places(NamedTuple):
    """Where in a text two characters stand that words are looked for by."""

    words: list[int]
    idioms: list[int]
    names: list[int]


def standing(text: str) -> Places:
    """The places of a text. Those of the lines that were looked at last (`look_at`) are known."""
    return _known.get(text) or _standing(text)


#: The places of the lines that were looked at last.
_known: dict[str, Places] = {}


@kept
def look_at(lines: tuple[Line, ...]) -> None:
    """Look through all lines at once, which takes less than one after the other: the rules then ask for each."""
    every = _standing("\n".join([line.text for line in lines]))
    _known.clear()
    end, last = 0, [0, 0, 0]
    for line in lines:
        start, end = end, end + len(line.text) + 1
        own = []
        for number, places in enumerate(every):
            first = last[number]
            last[number] = bisect_left(places, end - 2, first)
            own.append([at - start for at in places[first : last[number]]])
        _known[line.text] = Places(*own)


def _standing(text: str) -> Places:
    return Places(*places_of_each(text, _wanted(), len(Places._fields)))


@lru_cache(maxsize=1)
def _wanted() -> dict[int, int]:
    out: dict[int, int] = {}
    for number, table in enumerate((map(pair, words_by_pair()), idioms().wanted, index_of_names().pairs)):
        for known in table:
            out[known] = out.get(known, 0) | 1 << number
    return out
