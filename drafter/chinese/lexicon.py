"""What official Chinese usually says: which characters stand together, which words sound the same, and so which words
were probably typed for others.

The counts are those of `drafter/check/data/lexicon.bin`, made by `tests/rules_recall/make_lexicon.py` of newspaper
prose, the dictionary of jieba, and drafter's own outlines. A word whose neighbours hardly ever stand beside it, while
they often stand beside another word of the same sound, is a slip of a pinyin keyboard. How sure that is a small forest
of decision trees tells, trained on sentences with slips put in; it was measured on others (README).
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from math import exp, log
from typing import NamedTuple

#: The first line of the file: its form. `make_lexicon.py` writes it.
FORM = "drafter lexicon 1"

#: Counts are kept as logarithms in steps of this size: 63 steps reach half a million.
STEP = 0.21

#: Marks of the beginning and the end of a run of 汉字 in the counts.
BEGIN, END = "^", "$"

#: How much a count of this length is mixed with the next shorter one (Dirichlet prior; grid of 1–4 on the training
#: sentences).
_MIX = (0.0, 0.0, 3.0, 2.0)

#: A replacement is looked at where the text becomes e³ times as probable with it.
_GAIN = 3.0

#: So many probabilities are kept for the next sentence (a 5,000-字 speech needs some 10,000), then they are looked up
#: anew.
_MOST_KEPT = 200_000

#: A string of two characters counts as a word from this frequency in jieba's dictionary (of 60 million).
_WORD = 20

#: Words of one sound that neighbours do not tell apart, or that are two ways of writing one word: not offered for one
#: another.
_ALIKE = """
下工夫 下功夫，花工夫 花功夫，好工夫 好功夫
她们 他们 它们，决不 绝不 决不能 绝不能，作好 做好，实验 试验，交代 交待，贯串 贯穿，赢利 盈利 营利
一齐 一起，维妙维肖 惟妙惟肖，唯一 惟一 唯有 惟有 唯恐 惟恐，做出 作出，当作 当做，看作 看做，叫作 叫做
订货 定货 订单 定单 订购 定购，年轻 年青，品味 品位，那里 哪里，那些 哪些，那个 哪个，那么 那末，含义 涵义
制定 制订，启用 起用，必须 必需，不只 不止，以至 以致，意见 一件，以后 已后，分量 份量 成分 成份，账户 帐户
工夫 功夫，图像 图象 想象 想像 影像 影象，申报 申办，树立 竖立，考察 考查，权利 权力，法制 法治，界限 界线
截止 截至，饱含 包含，反映 反应，度过 渡过，机构 机购，制造 智造
"""


class Slip(NamedTuple):
    """A word that may have been typed for another: `word` at `start` for `instead`; `sure` is the logarithm of the
    odds. `features` are what the trees looked at."""

    start: int
    word: str
    instead: str
    sure: float
    features: tuple[float, ...]

    @property
    def attested(self) -> float:
        """The logarithm of one and the times the word stands beside the neighbour it is seen with more often."""
        return max(self.features[8:10])

    @property
    def fits_both(self) -> bool:
        """Whether the counted texts have `instead` beside both neighbours."""
        return self.features[6] > 0 and self.features[7] > 0


class Lexicon:
    """The counts, loaded. Keys of the sorted arrays: 13 bits a character, then 6 bits of the count's logarithm, and for
    pairs 6 bits of the logarithm of the word's frequency in the dictionary."""

    __slots__ = ("_alone", "_bits", "_first", "_kept", "_likely", "_pairs", "_said", "_singles", "_total", "_trees", "_triples", "_words", "chars", "odd", "sounds")

    def __init__(self, data: bytes) -> None:
        head, _, rest = data.partition(b"\n\0\n")
        form, chars, sounds, singles, pairs, triples, odd, trees, said = head.decode("utf-8").split("\n", 8)
        if form != FORM:
            raise ValueError(form)
        self.chars = {c: n for n, c in enumerate(chars)}
        self.sounds = dict(zip(chars, sounds, strict=True))
        self._singles = [_count(int(q)) for q in singles.split()]
        self._total = sum(self._singles)
        self._pairs = _array(rest[: int(pairs) * 8])
        self._triples = _array(rest[int(pairs) * 8 : (int(pairs) + int(triples)) * 8])
        self.odd = dict(word.split("=") for word in odd.split())
        self._first, self._trees = _trees(trees)
        self._said = {sound: words for sound, _, words in (row.partition(" ") for row in said.split("\n"))}
        self._words: dict[str, list[tuple[str, float]]] = {}
        self._bits: dict[str, int] = {}
        self._alone = {sound: word[:-1] for sound, word in self._said.items() if " " not in word}
        self._kept: dict[str, float] = {}
        self._likely: dict[tuple[str, str], float] = {}

    def _key(self, text: str) -> int:
        key = 0
        for c in text:
            n = self.chars.get(c)
            if n is None:
                return -1
            key = key << 13 | n
        return key

    def _pair(self, text: str) -> int:
        """The 12 bits of two characters, 0 where the file has nothing of them."""
        kept = self._bits.get(text)
        if kept is None:
            key = self._key(text)
            at = bisect_left(self._pairs, key << 12) if key >= 0 else len(self._pairs)
            found = at < len(self._pairs) and self._pairs[at] >> 12 == key
            kept = self._bits[text] = self._pairs[at] & 0xFFF if found else 0
        return kept

    def count(self, text: str) -> float:
        """How often one to three characters stand together; of more, the rarer of their first and last three."""
        if len(text) > 3:
            return min(self.count(text[:3]), self.count(text[-3:]))
        kept = self._kept.get(text)
        if kept is None:
            kept = self._kept[text] = self._counted(text)
        return kept

    def _counted(self, text: str) -> float:
        if len(text) == 1:
            n = self.chars.get(text)
            return 0.0 if n is None else self._singles[n]
        if len(text) == 2:
            return _count(self._pair(text) >> 6)
        key = self._key(text)
        if key < 0:
            return 0.0
        at = bisect_left(self._triples, key << 6)
        if at < len(self._triples) and self._triples[at] >> 6 == key:
            return _count(self._triples[at] & 0x3F)
        return 0.0

    def frequency(self, word: str) -> float:
        """The logarithm of one more than a word's frequency in the dictionary, 0 where it is none."""
        if len(word) == 2:
            return (self._pair(word) & 0x3F) * STEP
        return next((often for other, often in self.said(self.sound(word)) if other == word), 0.0)

    def said(self, sound: str) -> list[tuple[str, float]]:
        """The words of these syllables that stand in the counted texts, and the logarithm of their frequency."""
        kept = self._words.get(sound)
        if kept is None:
            kept = self._words[sound] = [(w[:-1], (ord(w[-1]) - 48) * STEP) for w in self._said.get(sound, "").split()]
        return kept

    def is_word(self, text: str) -> bool:
        """Whether two characters are a word of some frequency."""
        return len(text) == 2 and self.frequency(text) >= log(_WORD)

    def sound(self, text: str) -> str:
        """The syllables of a text without tones, one letter each."""
        return self.odd.get(text) or "".join(self.sounds.get(c, "?") for c in text)

    def _probability(self, before: str, c: str) -> float:
        kept = self._likely.get((before, c))
        if kept is not None:
            return kept
        if before:
            mix = _MIX[len(before) + 1]
            kept = (self.count(before + c) + mix * self._probability(before[1:], c)) / (self.count(before) + mix)
        else:
            kept = (self.count(c) + 0.5) / (self._total + 3500)
        self._likely[before, c] = kept
        return kept

    def likelihood(self, text: str, start: int, end: int) -> float:
        """The logarithm of the probability of the characters `start` to `end`, each after the two before it."""
        return sum(
            log(self._probability(text[max(0, at - 2) : at], text[at])) for at in range(start, min(end, len(text)))
        )

    def slips(self, text: str) -> Iterator[Slip]:
        """All words of a text that another of the same sound would fit better, surely or not."""
        if len(self._likely) > _MOST_KEPT:
            for kept in (self._bits, self._kept, self._likely):
                kept.clear()
        for start, run in _runs(text):
            yield from self._slips(f"{BEGIN}{run}{END}", start - 1)

    def _slips(self, run: str, offset: int) -> Iterator[Slip]:
        sounds = "".join(self.sounds.get(c, "?") for c in run)
        odd, said, alone = self.odd, self._said, self._alone
        for length in (2, 3, 4):
            for at in range(1, len(run) - length):
                word = run[at : at + length]
                sound = odd.get(word) or sounds[at : at + length]
                if sound in said and word != alone.get(sound):
                    yield from self._instead(run, at, word, sound, offset)

    def _instead(self, run: str, at: int, word: str, sound: str, offset: int) -> Iterator[Slip]:
        end = at + len(word)
        before, after = self.count(run[at - 1 : end]), self.count(run[at : end + 1])
        if len(word) == 2 and before > 1 and after > 1:
            return
        often = self.frequency(word)
        left, right = run[at - 1 : at + 1], run[end - 1 : end + 1]
        if len(word) == 2 and often < 1.4 and min(self.frequency(left), self.frequency(right)) > 3:
            return  # not a word: the end of one and the beginning of another
        usual = None
        for other, other_often in self.said(sound):
            if other == word or _alike().get(word, -1) == _alike().get(other):
                continue
            others = self.count(run[at - 1] + other), self.count(other + run[end])
            if len(word) == 2 and not any(others):
                continue
            if usual is None:
                usual = self.likelihood(run, at, end + 2)
            gain = self.likelihood(run[:at] + other + run[end:], at, end + 2) - usual
            if gain < _GAIN:
                continue
            features = (
                gain,
                len(word),
                often,
                other_often,
                self.frequency(left),
                self.frequency(right),
                _seen(others[0]),
                _seen(others[1]),
                _seen(before),
                _seen(after),
                sum(a != b for a, b in zip(word, other, strict=True)),
                _seen(self.count(word)),
                _seen(self.count(other)),
                len(run) - 2,
            )
            yield Slip(offset + at, word, other, self._sure(features), features)

    def _sure(self, features: tuple[float, ...]) -> float:
        sure = self._first
        for nodes in self._trees:
            at = 0
            while True:
                feature, limit, left, right = nodes[at]
                if feature < 0:
                    sure += limit
                    break
                at = left if features[feature] <= limit else right
        return sure


@lru_cache(maxsize=1)
def _alike() -> dict[str, int]:
    """The group of each word of `_ALIKE`."""
    groups = _ALIKE.replace("\n", "，").split("，")
    return {word: number for number, group in enumerate(groups) for word in group.split()}


def _seen(count: float) -> float:
    return log(1 + count)


def _count(steps: int) -> float:
    return exp(steps * STEP) - 1


def _array(data: bytes) -> array[int]:
    out = array("Q")
    out.frombytes(data)
    if sys.byteorder == "big":
        out.byteswap()
    return out


def _trees(text: str) -> tuple[float, list[list[tuple[int, float, int, int]]]]:
    """`first;tree;tree…`, a tree as nodes `feature,limit,left,right` between blanks; a leaf has feature -1 and its
    value."""
    first, *rows = text.split(";")
    return float(first), [
        [
            (int(f), float(limit), int(left), int(right))
            for f, limit, left, right in (node.split(",") for node in row.split(" "))
        ]
        for row in rows
    ]


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """The runs of 汉字 of a text, and where they begin."""
    start = None
    for at, c in enumerate(text):
        if "\u4e00" <= c <= "\u9fff":
            if start is None:
                start = at
        elif start is not None:
            yield start, text[start:at]
            start = None
    if start is not None:
        yield start, text[start:]
