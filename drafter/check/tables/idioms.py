"""Idioms, other writings of theirs that are right too, and how characters sound: `drafter/check/data/idioms.txt`.

Its first row is the idioms of four characters, one behind the other; its second what is right though it is one character
of the same sound away from one; its third the halves of idioms that are common outside them, which are not looked at;
each other row a syllable and the characters that are read so. `tests/idioms/make.py`
makes it: the idioms are THUOCL's (MIT, see `LICENSE-THUOCL.txt` beside it), the syllables come from pypinyin (MIT).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from drafter.check.tables import DATA
from drafter.outline import shelf


class Near(NamedTuple):
    """Four characters at `start` of a text that are an `idiom` but for the one `at` (0 to 3)."""

    start: int
    at: int
    idiom: str


class Idioms:
    """The table, loaded."""

    __slots__ = ("_first", "_last", "_rows", "_sounds", "right", "wanted", "words")

    def __init__(self, text: str) -> None:
        row, right, plain, *self._rows = text.rstrip("\n").split("\n")
        halves = memoryview(row.encode("utf-32-le")).cast("Q").tolist()
        words = [row[n : n + 4] for n in range(0, len(row), 4)]
        self.words = frozenset(words)
        self.right = frozenset(right[n : n + 4] for n in range(0, len(right), 4))
        self.wanted = frozenset(halves).difference(memoryview(plain.encode("utf-32-le")).cast("Q"))
        self._first: dict[str, list[str]] = {}
        self._last: dict[str, list[str]] = {}
        for word in words:
            self._first.setdefault(word[:2], []).append(word)
            self._last.setdefault(word[2:], []).append(word)
        self._sounds: dict[str, frozenset[str]] = {}

    def near(self, text: str, places: Iterable[int]) -> Iterator[Near]:
        """What is an idiom in a text but for one character that sounds the same or nearly. `places`: where the text has
        one of the pairs `wanted`."""
        for place in places:
            half = text[place : place + 2]
            for start, idioms in ((place, self._first), (place - 2, self._last)):
                if half not in idioms or start < 0:
                    continue
                typed = text[start : start + 4]
                if len(typed) < 4 or typed in self.words or typed in self.right:
                    continue
                for idiom in idioms[half]:
                    other = [n for n in range(4) if idiom[n] != typed[n]]
                    if len(other) == 1 and self._sound(idiom[other[0]]) & self._sound(typed[other[0]]):
                        yield Near(start, other[0], idiom)
                        break

    def _sound(self, character: str) -> frozenset[str]:
        """The syllables of a character as they are heard: zh as z, ing as in. None for what is no 汉字 of the table."""
        if not self._sounds:
            out: dict[str, set[str]] = {}
            for row in self._rows:
                syllable, _, characters = row.partition(" ")
                heard = heard_as(syllable)
                for c in characters:
                    out.setdefault(c, set()).add(heard)
            self._sounds.update((c, frozenset(some)) for c, some in out.items())
        return self._sounds.get(character, frozenset())


def heard_as(syllable: str) -> str:
    """A syllable as people type it who do not tell zh from z or ing from in."""
    for pair in ("zh", "ch", "sh"):
        if syllable.startswith(pair):
            syllable = pair[0] + syllable[2:]
    return syllable.removesuffix("g") if syllable.endswith(("ing", "eng")) else syllable


@lru_cache(maxsize=1)
def idioms() -> Idioms:
    """The table that came with drafter."""
    return Idioms(shelf.read_bytes(DATA / "idioms.txt").decode("utf-8"))
