"""The three-way merge of one paragraph, sentence by sentence: what the writer changed stays, what the outline changed
elsewhere comes in. A sentence, or a clause of it, is the writer's or the outline's, never a mixture.

Where both changed one sentence, its clauses are looked at in the same way, but there an unchanged clause must stand
between the two changes; else the writer's sentence stays and what the outline says is told.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.revise.merge import frame
from drafter.speech.match import align, out_of_order
from drafter.word.tokens import Token, Tokens, text_of

#: A sentence, with what closes it.
SENTENCE = re.compile(r"[^。！？!?…\n]*(?:[。！？!?…]+[”’」』）】)]*|\n|$)")

#: A clause, with its mark. A comma or colon of figures (1,200, 10:30) parts nothing.
_CLAUSE = re.compile(r"(?:[^，；：,;:—。！？!?…]|[,:](?=\d))*(?:(?:[，；：;—。！？!?…]|[,:](?!\d))+[”’」』）】)]*|$)")

#: How a sentence, and a clause, ends.
_SENTENCE_END = re.compile(r"(?:[。！？!?…][”’」』）】)]*|\n)$")
_CLAUSE_END = re.compile(r"[，；：,;:—。！？!?…][”’」』）】)]*$")

#: What stands for a blank while a paragraph is cut.
_BLANK = "\x01"


class Merged(NamedTuple):
    """A paragraph merged. `now` are the outline's sentences that did not come in, as the writer has changed or deleted
    the same; `gone` those the outline has dropped and the writer changed. `taken`: something of the outline's came in."""

    tokens: Tokens
    now: tuple[Tokens, ...]
    gone: tuple[Tokens, ...]
    taken: bool


class _Units(NamedTuple):
    """One side, cut. `of` tells which unit each of the base has become; `between` those that are new before each of the
    base, and behind the last."""

    units: Sequence[Tokens]
    keys: Sequence[str]
    of: Mapping[int, int]
    between: Sequence[Sequence[int]]


def merged(base: Tokens, mine: Tokens, theirs: Tokens) -> Merged:
    """The paragraph as it should be. Blanks are told apart by their fields; what they say is that of the side their
    sentence is taken from."""
    return _Sentences(base, mine, theirs).done()


def cut(tokens: Tokens, pattern: re.Pattern[str]) -> list[Tokens]:
    """The tokens in the stretches a pattern finds; a blank is never cut."""
    flat = "".join(_BLANK if token.tag else token.text for token in tokens)
    letters = [(token, letter) for token in tokens for letter in ([""] if token.tag else token.text)]
    found = [one.span() for one in pattern.finditer(flat) if one[0]]
    return [joined(letters[start:end]) for start, end in found]


def joined(letters: Sequence[tuple[Token, str]]) -> Tokens:
    """Letters, each of its token, as tokens again; "" is a blank whole."""
    out: list[Token] = []
    last: Token | None = None
    for token, letter in letters:
        if token.tag:
            out.append(token)
        elif token is last:
            out[-1] = out[-1]._replace(text=out[-1].text + letter)
        else:
            out.append(token._replace(text=letter))
        last = token if not token.tag else None
    return tuple(out)


def _side(base: Sequence[str], units: Sequence[Tokens]) -> _Units:
    """A side, compared with the keys of the base."""
    keys = [frame(unit) for unit in units]
    pairs = align(base, keys)
    crossed = out_of_order([pairs[i] for i in sorted(pairs)])
    of = {i: j for i, j in pairs.items() if j not in crossed}
    between: list[list[int]] = [[] for _ in range(len(base) + 1)]
    place_of = {j: i for i, j in of.items()}
    place = 0
    for j in range(len(units)):
        if j in place_of:
            place = place_of[j] + 1
        else:
            between[place].append(j)
    return _Units(units, keys, of, between)


class _Merging:
    """What sentences and clauses have in common."""

    def __init__(self, base: Tokens, mine: Tokens, theirs: Tokens, pattern: re.Pattern[str]) -> None:
        self.base = cut(base, pattern)
        self.keys = [frame(unit) for unit in self.base]
        self.mine = _side(self.keys, cut(mine, pattern))
        self.theirs = _side(self.keys, cut(theirs, pattern))

    def same(self, side: _Units, k: int) -> bool:
        """Whether a side has left a unit of the base alone."""
        return k in side.of and side.keys[side.of[k]] == self.keys[k]

    def changed(self, side: _Units, k: int) -> bool:
        """Whether a side says a unit of the base otherwise."""
        return k in side.of and side.keys[side.of[k]] != self.keys[k]

    def said(self, side: _Units, k: int) -> Tokens:
        return side.units[side.of[k]]

    @staticmethod
    def new(side: _Units, k: int) -> list[Tokens]:
        """What a side has put in before a unit of the base."""
        return [side.units[j] for j in side.between[k]]


class _Clauses(_Merging):
    """One sentence both have changed."""

    def done(self) -> Tokens | None:
        """The sentence with both changes, None where they touch."""
        mine, theirs = ({*self._places(side)} for side in (self.mine, self.theirs))
        if not mine or not theirs or any(_touch(one, other) for one in mine for other in theirs):
            return None
        out: list[Tokens] = []
        for k in range(len(self.base) + 1):
            out += [*self.new(self.mine, k), *self.new(self.theirs, k)]
            if k < len(self.base):
                side = self.theirs if 2 * k + 1 in theirs else self.mine
                out += [self.said(side, k)] if k in side.of else []
        return None if _run_together(out, _CLAUSE_END) else tuple(token for unit in out for token in unit)

    def _places(self, side: _Units) -> list[int]:
        """Where a side has changed something: 2k + 1 is a clause, 2k the place before it."""
        out = [2 * k + 1 for k in range(len(self.base)) if not self.same(side, k)]
        return out + [2 * k for k in range(len(self.base) + 1) if side.between[k]]


def _touch(one: int, other: int) -> bool:
    """Whether no unchanged clause stands between two changes."""
    return abs(one - other) < 2 or (abs(one - other) == 2 and one % 2 == 1)


def _run_together(units: Sequence[Tokens], end: re.Pattern[str]) -> bool:
    """Whether one would run into the next: its end was deleted by the one, and the other has put something behind."""
    return any(not end.search(text_of(unit)) for unit in units[:-1])


class _Sentences(_Merging):
    def __init__(self, base: Tokens, mine: Tokens, theirs: Tokens) -> None:
        super().__init__(base, mine, theirs, SENTENCE)
        self.whole = mine, theirs
        self.out: list[Tokens] = []
        self.now: list[Tokens] = []
        self.gone: list[Tokens] = []
        self.taken = False

    def done(self) -> Merged:
        """The paragraph merged."""
        for k in range(len(self.base) + 1):
            self._between(k)
            if k < len(self.base):
                self._sentence(k)
        if _run_together(self.out, _SENTENCE_END):
            return Merged(self.whole[0], (self.whole[1],), (), False)
        return Merged(
            tuple(token for unit in self.out for token in unit), tuple(self.now), tuple(self.gone), self.taken
        )

    def _between(self, k: int) -> None:
        """What is new before a sentence of the base."""
        mine, theirs = self.new(self.mine, k), self.new(self.theirs, k)
        self.out += mine
        if not theirs or [frame(unit) for unit in mine] == [frame(unit) for unit in theirs]:
            return
        if mine or self._overwritten(k):
            self.now += theirs
            return
        self.out += theirs
        self.taken = True

    def _overwritten(self, k: int) -> bool:
        """Whether what is new in theirs before a sentence stands for one the writer has changed, or stands where the
        writer has left nothing on either side."""
        end = k
        while end < len(self.base) and end not in self.theirs.of:
            end += 1
        if any(not self.same(self.mine, n) for n in range(k, end)):
            return True
        around = [n for n in (k - 1, end) if 0 <= n < len(self.base)]
        return bool(around) and not any(n in self.mine.of for n in around)

    def _sentence(self, k: int) -> None:
        mine, theirs = self.mine, self.theirs
        if self.same(mine, k):
            if k not in theirs.of and self._refused(k):
                self.out.append(self.said(mine, k))
                return
            if k in theirs.of:
                self.out.append(self.said(theirs if self.changed(theirs, k) else mine, k))
            self.taken = self.taken or not self.same(theirs, k)
        elif k not in mine.of:
            if self.changed(theirs, k):
                self.now.append(self.said(theirs, k))
        elif k not in theirs.of:
            self.out.append(self.said(mine, k))
            if not theirs.between[self._gap(k)]:
                self.gone.append(self.base[k])
        else:
            self._both(k)

    def _refused(self, k: int) -> bool:
        """Whether theirs has other sentences for this one and those beside it, and they did not come in: then what they
        were to stand for stays."""
        start = self._gap(k)
        return bool(self.theirs.between[start]) and (bool(self.mine.between[start]) or self._overwritten(start))

    def _gap(self, k: int) -> int:
        """The first of the sentences in a row with this one that theirs has dropped: before it stands what theirs has
        instead."""
        while k > 0 and k - 1 not in self.theirs.of:
            k -= 1
        return k

    def _both(self, k: int) -> None:
        """A sentence the writer has changed, and maybe the outline."""
        mine, theirs = self.said(self.mine, k), self.said(self.theirs, k)
        if self.same(self.theirs, k) or frame(mine) == frame(theirs):
            self.out.append(mine)
            return
        both = _Clauses(self.base[k], mine, theirs, _CLAUSE).done()
        if both is None:
            self.now.append(theirs)
        self.taken = self.taken or both is not None
        self.out.append(mine if both is None else both)


def said_of(paragraphs: Sequence[Tokens]) -> str:
    """Paragraphs as they are told, a line each."""
    return "\n".join(filter(None, map(text_of, paragraphs)))
