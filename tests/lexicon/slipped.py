"""Sentences with slips put in, as a pinyin keyboard, a scanner or a tired eye puts them in."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from built import Sounds


class Slipped(NamedTuple):
    """A sentence, the same with a slip, and where: `right` was replaced at `start`."""

    clean: str
    wrong: str
    start: int
    right: str
    kind: str


#: How often each kind is put in, of a hundred.
KINDS = {"word": 25, "same": 25, "near": 20, "look": 20, "two": 10}


class Maker:
    """Puts slips in. `flat`: every possible character or word as often as any other, not as the texts have them."""

    def __init__(self, some: Sounds, seed: int, flat: bool = False) -> None:
        self.some, self.rng, self.flat = some, random.Random(seed), flat
        least = 1 if flat else 3
        self.same: dict[str, list[str]] = defaultdict(list)
        self.near: dict[str, list[str]] = defaultdict(list)
        for c, many in some.often.items():
            if many >= least:
                for letter in some.syllables[c]:
                    self.same[letter].append(c)
                for letter in some.classes[c]:
                    self.near[letter].append(c)
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        for word in sorted(some.words):
            if some.words[word] >= 1 and all(c in some.syllables and some.syllables[c] for c in word):
                self.by_sound["".join(some.syllables[c][0] for c in word)].append(word)

    def slips(self, sentences: list[str], each: int = 1) -> Iterator[Slipped]:
        """Each sentence so many times with a slip of some kind."""
        for sentence in sentences:
            for _ in range(each):
                kind = self.rng.choices(list(KINDS), KINDS.values())[0]
                made = self._slipped(sentence, kind)
                if made:
                    yield made

    def _slipped(self, sentence: str, kind: str) -> Slipped | None:
        places = (
            self._words(sentence)
            if kind in ("word", "two")
            else [m.start() for m in re.finditer("[\u4e00-\u9fff]", sentence)]
        )
        for _ in range(8):
            if not places:
                return None
            place = self.rng.choice(places)
            start, right = place if isinstance(place, tuple) else (place, sentence[place])
            wrong = self._typed(right, kind)
            if wrong and wrong != right:
                return Slipped(sentence, sentence[:start] + wrong + sentence[start + len(right) :], start, right, kind)
        return None

    def _typed(self, right: str, kind: str) -> str:
        some = self.some
        if kind == "word":
            found = [w for w in self.by_sound["".join(some.syllables.get(c, " ")[:1] for c in right)] if w != right]
            return self._chosen(found, [some.words[w] for w in found])
        if kind == "two":
            return "".join(self._typed(c, "same") for c in right[:2]) + right[2:]
        if kind == "same":
            found = [o for letter in some.syllables.get(right, "") for o in self.same[letter] if o != right]
        elif kind == "near":
            own = set(some.syllables.get(right, ""))
            found = [
                o
                for letter in some.classes.get(right, "")
                for o in self.near[letter]
                if own.isdisjoint(some.syllables[o])
            ]
        else:
            found = [o for o in self.looks(right) if set(some.classes[o]).isdisjoint(some.classes.get(right, ""))]
        return self._chosen(found, [some.often[o] for o in found])

    def looks(self, right: str) -> list[str]:
        """Characters for which one is offered."""
        if not hasattr(self, "_looks"):
            self._looks: dict[str, list[str]] = defaultdict(list)
            for c, others in self.some.alike.items():
                for o in others[:30]:
                    self._looks[o].append(c)
        return self._looks[right]

    def _chosen(self, found: list[str], often: list[int]) -> str:
        if not found:
            return ""
        return self.rng.choice(found) if self.flat else self.rng.choices(found, [(n + 2) ** 0.5 for n in often])[0]

    def _words(self, sentence: str) -> list[tuple[int, str]]:
        at, out = 0, []
        while at < len(sentence):
            for size in (4, 3, 2):
                if sentence[at : at + size] in self.some.words and len(sentence) >= at + size:
                    out.append((at, sentence[at : at + size]))
                    at += size
                    break
            else:
                at += 1
        return out
