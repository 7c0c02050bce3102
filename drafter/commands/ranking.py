"""How well papers answer words typed: the words are cut into those that are known, a rare one weighs more than a common
one, and one that means the same, or suggests it, stands in for it. It knows nothing of outlines: whoever lists things
tells what each is called and what it speaks of.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import log
from typing import NamedTuple

from drafter.commands.synonyms import DECIDING, IDLE, OTHERS, SYNONYMS, VAGUE

#: What a word is worth that stands in for one typed: the library's for it, one that means the same, one it suggests, one that
#: suggests it, one that suggests the same.
HEAD, SAME, SUGGESTED, SUGGESTING, BESIDE = 0.85, 0.75, 0.48, 0.35, 0.2

#: What a word is worth of which only the initials are typed; the more letters, the more.
SPELT = 0.6

#: Words that are the parts of a longer one do for it so far.
PARTS = 0.7

#: What a word weighs that says little; one nobody told us of but the papers have; a stretch nobody knows, of two
#: characters and more, of one.
LITTLE, PLAIN, UNKNOWN, STRAY = 0.3, 0.7, 0.8, 0.2

#: What a word weighs that decides what is to be said, and what a paper gains that has the very word typed.
DECIDES, VERY = 1.25, 0.1

#: The last word of what people type says mostly what kind of paper they want; a rare word weighs more than its rarity.
LAST, RARE = 1.25, 1.3

#: What a paper gains whose name is all that was asked for, and no more.
COVERED = 0.25

#: From this share of what was typed on, something here answers it; a paper fits then that answers half of what the best
#: does. Measured on occasions that have an outline and on such that have none (tests/occasions).
ANSWERED, BESIDES = 0.42, 0.5

#: Among fewer papers than this no word is common.
FEW = 20

#: No word begins or ends so.
JOINTS = frozenset("的了在要和与对把被到为及等会是也就都让从")

#: Nobody's word is longer (characters).
LONGEST = 8


class Described(NamedTuple):
    """A thing to be found: the texts that speak of it, each with what it is worth to be found there (0 to 1). The first
    is what it is, by which two that answer alike are told apart."""

    texts: tuple[tuple[str, float], ...]


class Ranked(NamedTuple):
    """How a paper answers: `number` is its place in the list, `score` above 0, `fits` whether it is one of those meant,
    and not only the nearest; `words` are those of it that were met."""

    number: int
    score: float
    fits: bool
    words: tuple[str, ...]


class _Term(NamedTuple):
    """A word of what was typed. `alike` are words that stand in for it, and what each is worth, the best first; `weight` is
    what it says before its rarity. Of a stretch nobody knows `known` is false."""

    word: str
    known: bool
    weight: float
    alike: tuple[tuple[str, float], ...] = ()


def ranked(papers: Sequence[Described], typed: str) -> list[Ranked]:
    """The papers that answer, best first. Where none does well enough, none fits."""
    shelf = _Shelf(papers)
    terms = [term for chunk in _chunks(typed) for term in shelf.terms(chunk)]
    return shelf.matches(terms)


def _chunks(typed: str) -> Iterator[str]:
    """Runs of letters and of 汉字, in small letters; what stands between them is dropped."""
    yield from re.findall(r"[a-z][a-z0-9]*|[^\W\d_a-z]+", unicodedata.normalize("NFKC", typed).lower())


class _Shelf:
    """Papers made ready to be looked through."""

    def __init__(self, papers: Sequence[Described]) -> None:
        self.papers = [tuple((text.lower(), worth) for text, worth in paper.texts if text) for paper in papers]
        self.whole = ["\n".join(text for text, _ in texts) for texts in self.papers]
        self.all = "\n".join(self.whole)

    # ── what was typed ──

    def terms(self, chunk: str) -> list[_Term]:
        """A chunk cut into words."""
        if chunk.isascii():
            return self._in_letters(chunk)
        out = []
        for word, known in self._cut(chunk):
            if known:
                out.append(_Term(word, True, _weight(word), tuple(alike(word).items())))
            elif heard := _heard(word):
                out.append(_Term(word, True, 1.0, tuple(heard.items())))
            else:
                out.append(_Term(word, False, UNKNOWN if len(word) > 1 else STRAY))
        return out

    def _cut(self, chunk: str, whole: bool = True) -> list[tuple[str, bool]]:
        """The words of a chunk, each with whether it is known: the longest that leave the least over. Not `whole`: the
        chunk itself is none."""
        known = words_known()
        best: list[tuple[float, list[tuple[str, bool]]]] = [(0.0, [])]
        for end in range(1, len(chunk) + 1):
            score, before = best[end - 1]
            c = chunk[end - 1]
            if c in known:
                found = score + 0.4, [*before, (c, True)]
            elif before and not before[-1][1]:
                found = score, [*before[:-1], (before[-1][0] + c, False)]
            else:
                found = score, [*before, (c, False)]
            for begin in range(max(0, end - LONGEST), end - 1):
                word = chunk[begin:end]
                if whole or len(word) < len(chunk):
                    value = 2 * len(word) - 1 if word in known else 2 * len(word) - 3.1 if self._said(word) else 0
                    if value and best[begin][0] + value > found[0]:
                        found = best[begin][0] + value, [*best[begin][1], (word, True)]
            best.append(found)
        return best[-1][1]

    def _said(self, word: str) -> bool:
        """Whether a word nobody told us of stands in the papers."""
        return word[0] not in JOINTS and word[-1] not in JOINTS and word in self.all

    def _in_letters(self, chunk: str) -> list[_Term]:
        """What letters mean: a part of a name, or words by their pinyin, the whole of it or one after the other."""
        if re.search(rf"\b{chunk}\b" if len(chunk) < 3 else rf"\b{chunk}", self.all, re.A):
            return [_Term(chunk, True, 1.0)]
        if meant := self._sounding(chunk):
            return [_Term(chunk, True, 1.0, meant)]
        for end in range(len(chunk) - 2, 2, -1):
            if meant := tuple(_spelt(chunk[:end]).items()):
                return [_Term(chunk[:end], True, 1.0, meant), *self._in_letters(chunk[end:])]
        return [_Term(chunk, False, UNKNOWN if len(chunk) > 1 else STRAY)]

    def _sounding(self, typed: str) -> tuple[tuple[str, float], ...]:
        """The words whose pinyin begins so: those of the table, with what stands in for them, and those the papers are
        called."""
        from drafter.chinese.pinyin import met, readings

        out = _spelt(typed)
        known = readings()
        for text in {text for texts in self.papers for text, worth in texts if worth >= 1 and not text.isascii()}:
            for at, c in enumerate(text):
                if any(said[0] == typed[0] for said in known.get(c, ())):
                    share, end = met(typed, text, at)
                    worth = (SPELT + (1 - SPELT) * share) * (0.95 if at == 0 else 0.8)
                    if share > (0 if at == 0 else 0.5) and worth > out.get(text[at:end], 0):
                        out[text[at:end]] = worth
        return tuple(sorted(out.items(), key=lambda pair: -pair[1]))

    # ── what answers it ──

    def matches(self, terms: Sequence[_Term]) -> list[Ranked]:
        """The papers that answer to the words."""
        scores = [0.0] * len(self.papers)
        met: list[dict[str, None]] = [{} for _ in self.papers]
        asked = answered = 0.0
        last = max((n for n, term in enumerate(terms) if term.known and term.weight), default=-1)
        size = log(max(len(self.papers), FEW) + 1)
        for n, term in enumerate(terms):
            if not term.known or not term.weight:
                asked += term.weight
                continue
            found = self._answers(term)
            rarity = 1 - log(sum(worth for worth, _ in found) + 1) / size
            weight = term.weight * max(0.05, rarity) ** RARE * (LAST if n == last else 1)
            asked += weight
            answered += weight * max((worth for worth, _ in found), default=0)
            for at, (worth, word) in enumerate(found):
                if worth:
                    scores[at] += weight * worth
                    met[at][word] = None
        whole = [score * (1 + COVERED * self._covered(at, met[at])) for at, score in enumerate(scores)]
        enough = max(whole, default=0) * BESIDES if answered >= ANSWERED * asked and not _other(terms) else 2 * sum(whole)
        out = [Ranked(at, score, score >= enough, tuple(met[at])) for at, score in enumerate(whole) if score]
        return sorted(out, key=lambda m: (-m.score, m.number))

    def _answers(self, term: _Term) -> list[tuple[float, str]]:
        """For every paper what it answers to a term (0 to 1), and the word of it that does."""
        found = [self._best(at, term.word, term.alike) for at in range(len(self.papers))]
        if len(term.word) > 3 and not term.word.isascii():
            cut = [word for word, known in self._cut(term.word, False) if known and word not in IDLE]
            parts = [(word, tuple(alike(word).items())) for word in cut] if len(cut) > 1 else []
            for at in range(len(found) if parts else 0):
                of_parts = [self._best(at, word, other) for word, other in parts]
                worth = PARTS * sum(worth for worth, _ in of_parts) / len(of_parts)
                found[at] = max(found[at], (worth, max(of_parts)[1]))
        return found

    def _best(self, at: int, word: str, other: Sequence[tuple[str, float]]) -> tuple[float, str]:
        """What a paper answers to a word or one of those that stand in for it."""
        whole = self.whole[at]
        very = self._held(at, word) if word in whole else 0.0
        best = (very, word)
        for said, worth in other:
            if worth <= best[0]:
                break
            if said in whole:
                best = max(best, (worth * self._held(at, said), said))
        return best[0] + VERY * very, best[1]

    def _held(self, at: int, word: str) -> float:
        """What it is worth that a paper has a word: a little more the more of the text it is."""
        return max(worth * (0.7 + 0.3 * len(word) / len(text)) for text, worth in self.papers[at] if word in text)

    def _covered(self, at: int, words: Mapping[str, None]) -> float:
        """How much of what a paper is was asked for (0 to 1)."""
        text = self.papers[at][0][0] if self.papers[at] else ""
        got: set[int] = set()
        for word in words:
            begin = text.find(word)
            if begin >= 0:
                got.update(range(begin, begin + len(word)))
        return len(got) / max(1, len(text))


def _other(terms: Sequence[_Term]) -> bool:
    """Whether another kind of paper is wanted than is read out."""
    said = [term for term in terms if term.weight]
    return bool(said) and any(term.word in OTHERS for term in said)


def _weight(word: str) -> float:
    """What a word says that is known, before its rarity."""
    if word in IDLE:
        return 0.0
    if word in VAGUE:
        return LITTLE
    rows = words_known().get(word)
    if rows is None:
        return PLAIN
    return DECIDES if any(SYNONYMS[n][0][0] in DECIDING and word in SYNONYMS[n][0] for n in rows) else 1.0


@cache
def words_known() -> dict[str, list[int]]:
    """Every word of the table, with the rows it stands in; those that say nothing too."""
    out: dict[str, list[int]] = {word: [] for word in IDLE | VAGUE | OTHERS}
    for number, (same, like) in enumerate(SYNONYMS):
        for word in (*same, *like):
            out.setdefault(word, []).append(number)
    return out


@cache
def alike(word: str) -> dict[str, float]:
    """The words that stand in for one, and what each is worth, the best first."""
    out: dict[str, float] = {}
    for number in words_known().get(word, ()):
        same, like = SYNONYMS[number]
        for other in (*same, *like):
            if word in same:
                worth = HEAD if other == same[0] else SAME if other in same else SUGGESTING
            else:
                worth = SUGGESTED if other in same else BESIDE
            if other != word and worth > out.get(other, 0):
                out[other] = worth
    return dict(sorted(out.items(), key=lambda pair: -pair[1]))


def _spelt(typed: str) -> dict[str, float]:
    """The words of the table whose pinyin begins so, and those that stand in for them."""
    from drafter.chinese.pinyin import met, readings

    known = readings()
    out: dict[str, float] = {}
    for word, rows in words_known().items():
        if rows and any(said[0] == typed[0] for said in known.get(word[0], ())):
            share, end = met(typed, word)
            so_far = (SPELT + (1 - SPELT) * share) * (1 if end == len(word) else 0.9)
            for other, worth in ((word, 1.0), *alike(word).items()) if share else ():
                out[other] = max(out.get(other, 0), so_far * worth)
    return out


def _heard(word: str) -> dict[str, float]:
    """The words of the table that are read as one that nobody knows is (防讯, 防汛), and those that stand in for them."""
    from drafter.chinese.pinyin import sounds_alike

    out: dict[str, float] = {}
    for other, rows in words_known().items():
        if rows and len(other) == len(word) > 1 and sounds_alike(word, other):
            out |= {other: SAME} | {said: SAME * worth for said, worth in alike(other).items()}
    return dict(sorted(out.items(), key=lambda pair: -pair[1]))
