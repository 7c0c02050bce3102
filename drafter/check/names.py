"""Damaged forms of names that must be right to the letter: one character doubled, missing, written for another (or two
side by side), or two exchanged.

One such slip leaves the first half of a name whole or its second half. So a text is looked through for the pairs of
characters names begin and end with, and only what stands beside one is compared. Whether a form can be right where it
stands is told by the words around it: 学习｜习近平, 人民法院｜院长, 军人｜代表大会.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from drafter.check.standing import standing
from drafter.check.tables.halves import SPARE, Index, index_of_names
from drafter.check.tables.names import RightName, right_names

#: A name of so many characters is told by any character that stands for another inside it; a shorter one only by one
#: that sounds or looks like it.
LONG = 7
LONG_OF_A_LEADER = 6

#: So many characters of a name are looked for whole; of a short one fewer.
_WHOLE = 3

#: Characters that stand as words of their own right before a name: 会议期间中国人民……, 在发展过程中｜中国共产党.
_APART = frozenset("中国市人全上下的和与在是对为以向从由各")

#: Characters that are words of their own, and stand beside a name or in it rather than for one of its characters.
_FREE = frozenset(
    "一不与为了从他以各同向和在地大对将小就已并应当或所把新是更有来正每比用的着等给而能被要让这那都高还也又其但之至于到上下中内外前后人我你会可再即则经"
)

#: What follows a name of a person right away, so that a last character said twice is not the beginning of a word.
_STOPS = frozenset("，。；：、！？）》”’")

#: Ends of names that stand in no other word, so that a last character can be missed: 习近平总书.
_CLOSED = ("思想", "书记", "复兴", "共和国")


class Damage(NamedTuple):
    """A damaged name: the characters `start` to `end` of a text stand for `right`. `kind`: "doubled", "missing",
    "exchanged", "other" or "others" (two side by side); `at`: the character of the name it is about."""

    start: int
    end: int
    right: RightName
    kind: str
    at: int


def damages(text: str) -> list[Damage]:
    """The damaged names of a text in the order they stand, the longest of those that overlap."""
    index = index_of_names()
    found: list[Damage] = []
    none: tuple[RightName, ...] = ()
    for s in standing(text).names:
        left, left_far, right, right_far, forms = index.beside[text[s : s + 2]]
        for form, name, kind, at in forms:
            if text.startswith(form, s):
                found.append(Damage(s, s + len(form), name, kind, at))
        for name in left.get(text[s + 2 : s + 3], none):
            if not text.startswith(name.name, s) or text.startswith(name.name[-1], s + len(name.name)):
                found += _behind(text, s, name)
        for name in left_far.get(text[s + 3 : s + 4], none) if left_far else none:
            if not text.startswith(name.name, s):
                found += _behind(text, s, name)
        for name in right.get(text[s - 1 : s], none) if right else none:
            found += _before(text, s + 2, name)
        for name in right_far.get(text[s - 2 : s - 1], none) if right_far and s > 1 else none:
            found += _before(text, s + 2, name)
    if not found:
        return []
    kept: list[Damage] = []
    for damage in sorted(set(found), key=lambda d: (d.start, -len(d.right.name), -d.end, d.right.name, d.kind, d.at)):
        if (not kept or damage.start >= kept[-1].end) and _is_wrong(text, damage, index):
            kept.append(damage)
    return kept


def _behind(text: str, s: int, name: RightName) -> list[Damage]:
    """What is wrong with a name that begins whole at `s`."""
    n, size = name.name, len(name.name)
    at = 2
    while at < size and text[s + at : s + at + 1] == n[at]:
        at += 1
    if at == size:
        return [Damage(s, s + size + 1, name, "doubled", size - 1)] if text[s + size : s + size + 1] == n[-1] else []
    out = []
    c = text[s + at : s + at + 1]
    if not c:
        return []
    if text.startswith(n[at + 1 :], s + at + 1):
        out.append(Damage(s, s + size, name, "other", at))
    if size >= LONG and at + 1 < size and text.startswith(n[at + 2 :], s + at + 2):
        out.append(Damage(s, s + size, name, "others", at))
    if c == n[at - 1] and text.startswith(n[at:], s + at + 1):
        out.append(Damage(s, s + size + 1, name, "doubled", at - 1))
    if text.startswith(n[at - 2 :], s + at):
        out.append(Damage(s, s + size + 2, name, "doubled", at - 1))
    if text.startswith(n[at + 1 :], s + at):
        out.append(Damage(s, s + size - 1, name, "missing", at))
    if at + 1 < size and c == n[at + 1] and text.startswith(n[at] + n[at + 2 :], s + at + 1):
        out.append(Damage(s, s + size, name, "exchanged", at))
    return out


def _before(text: str, e: int, name: RightName) -> list[Damage]:
    """What is wrong with a name that ends whole before `e`."""
    n, size = name.name, len(name.name)
    if text.startswith(n, e - size) and e >= size and not text.startswith(n[0], e - size - 1):
        return []
    at = size - 3
    while at >= 0 and e - size + at >= 0 and text[e - size + at] == n[at]:
        at -= 1
    where = e - size + at
    if at < 0:
        return [Damage(where, e, name, "doubled", 0)] if where >= 0 and text[where] == n[0] else []
    if where < 0:
        return []
    out = []
    c = text[where]
    if text.startswith(n[:at], where - at) and where >= at:
        out.append(Damage(where - at, e, name, "other", at))
    if c == n[at + 1] and where > at and text.startswith(n[: at + 1], where - at - 1):
        out.append(Damage(where - at - 1, e, name, "doubled", at + 1))
    if where + 1 >= at and text.startswith(n[:at], where + 1 - at):
        out.append(Damage(where + 1 - at, e, name, "missing", at))
    return out


# ── whether it is wrong where it stands ────────────────────────────────────────────────────────────────────────────


def _is_wrong(text: str, d: Damage, index: Index) -> bool:
    n = d.right.name
    last = len(n) - 1
    before, behind = text[d.start - 1 : d.start] if d.start else "", text[d.end : d.end + 1]
    if _is_known(text, d):
        return False
    if d.kind == "doubled":
        return _is_doubled(text, d, before, behind)
    if d.kind == "exchanged":
        goes_on = behind not in _FREE and _is_word(text[d.end - 1] + behind)
        return len(n) > 3 or not (goes_on or _is_word(before + text[d.start]))
    if d.kind == "missing":
        if d.at == 0:
            return n.startswith("习近平") and len(n) > SPARE and before != n[0]
        if d.at == last:
            return len(n) > SPARE and n.endswith(_CLOSED) and bool(behind) and behind != n[-1]
        if len(n) < SPARE or d.at == index.stems[n] > 3:
            return False
        if d.right.kind == "leader":
            return True
        return not ((d.at == 1 and _is_word(before + n[0])) or _is_word(n[-1] + behind))
    if d.kind == "others":
        return all(sounds_like(text[d.start + at], n[at]) for at in (d.at, d.at + 1))
    return _is_other(text, d, before, behind, 0 < d.at < last and not _at_border(d, index))


def _at_border(d: Damage, index: Index) -> bool:
    """Whether another name begins right behind the character, and what is before it is a word of its own; or ends right
    before it."""
    n = d.right.name
    return index.roots[n] - 1 == d.at == 1 or (d.at == index.stems[n] and len(n) - d.at <= _WHOLE)


def _is_known(text: str, d: Damage) -> bool:
    """Whether a right word stands over it, or another name."""
    around = text[max(0, d.start - 4) : d.end + 4]
    if any(word in around for word in right_names().unless):
        return True
    if d.kind == "doubled":
        return False
    return any(len(name) > d.at and text.startswith(name, d.start) for name in _spelt(d.right.name[:2]))


def _is_doubled(text: str, d: Damage, before: str, behind: str) -> bool:
    n = d.right.name
    if d.at == len(n) - 1:
        return bool(behind) and behind in _STOPS
    if d.at or not before or before in _STOPS:
        return True
    if text.endswith("落实", 0, d.start):
        return True  # 落实｜习习近平, no 实习｜习近平
    return n[0] not in _APART and not _is_word(before + n[0])


def _is_other(text: str, d: Damage, before: str, behind: str, inner: bool) -> bool:
    n = d.right.name
    c, meant = text[d.start + d.at], n[d.at]
    if not "\u4e00" <= c <= "\u9fff":
        return False
    if inner and len(n) >= (LONG_OF_A_LEADER if d.right.kind == "leader" else LONG):
        return True
    if c in _FREE and not (inner and sounds_like(c, meant)):
        return False
    alike = sounds_like(c, meant) or looks_like(c, meant)
    if not alike and not (inner and len(n) >= SPARE):
        return False
    left = text[d.start + d.at - 1] if d.at else before
    right = text[d.start + d.at + 1] if d.at < len(n) - 1 else behind
    if (d.at == 0 and _is_word(left + c)) or (d.at == len(n) - 1 and _is_word(c + right)):
        return False
    if d.at == len(n) - 1 and len(n) <= SPARE and _is_word(left + c):
        return False  # 习近平同｜意大利
    return (alike and len(n) >= SPARE) or not (_is_word(left + c) or _is_word(c + right) or _is_said(text[d.start : d.end], d.at))


def _is_said(words: str, at: int) -> bool:
    """Whether official text has three characters of these, with the one at `at`."""
    from drafter.check.tables.lexicon import lexicon

    return any(lexicon().count(words[k : k + 3]) for k in range(max(0, at - 2), min(at + 1, len(words) - 2)))


def sounds_like(c: str, right: str) -> bool:
    """Whether a character sounds the same as another, or nearly."""
    from drafter.check.tables.lexicon import lexicon  # seldom asked for, and large

    return any(ord(c) in group for group in lexicon().sounding(ord(right)))


def looks_like(c: str, right: str) -> bool:
    """Whether a character looks like another."""
    from drafter.check.tables.lexicon import lexicon

    return c in lexicon().alike(ord(right))


def _is_word(text: str) -> bool:
    from drafter.check.tables.lexicon import lexicon

    return len(text) == 2 and lexicon().is_word(text)


@cache
def _spelt(begins: str) -> tuple[str, ...]:
    """The names that begin so, as they are written."""
    return tuple(name.name for name in right_names().names if name.name.startswith(begins) and len(name.name) > SPARE)
