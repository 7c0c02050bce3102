"""The names of `drafter.check.tables.names` by the pairs of characters they begin and end with, as damaged forms of them are
looked for (`drafter.check.names`)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from drafter.check.tables.names import RightName, right_names
from drafter.chinese.pairs import pair

#: A name of so many characters is told where one is missing inside it. 中共中央 without one is four times other words.
SPARE = 5


class NamesBeside(NamedTuple):
    """What may stand at a pair of characters: the names that begin with it (`left`) and end with it (`right`), by the
    character next to it, and by the one after that; and `forms`, names whose exchanged or doubled characters begin with
    it."""

    left: dict[str, tuple[RightName, ...]]
    left_far: dict[str, tuple[RightName, ...]]
    right: dict[str, tuple[RightName, ...]]
    right_far: dict[str, tuple[RightName, ...]]
    forms: list[tuple[str, RightName, str, int]]


class Index(NamedTuple):
    """What is looked for, by pairs of characters. `stems`, `roots`: where in a name the longest other name ends that it
    begins with, and begins that it ends with; 0 where there is none. What stands at such a border may well be another
    word: 全省｜人民代表大会."""

    pairs: frozenset[int]
    beside: dict[str, NamesBeside]
    stems: dict[str, int]
    roots: dict[str, int]


@lru_cache(maxsize=1)
def index_of_names() -> Index:
    """All names, once for the process."""
    names = right_names().names
    out = Index(frozenset(), {}, {}, {})
    spelt = {name.name for name in names}
    for name in names:
        n = name.name
        out.stems[n] = max((k for k in range(3, len(n)) if n[:k] in spelt), default=0)
        out.roots[n] = min((k for k in range(1, len(n) - 2) if n[k:] in spelt), default=0)
        _add(out.beside, name)
    return out._replace(pairs=frozenset(map(pair, out.beside)))


def _at(beside: dict[str, NamesBeside], key: str) -> NamesBeside:
    return beside.setdefault(key, NamesBeside({}, {}, {}, {}, []))


def _add(beside: dict[str, NamesBeside], name: RightName) -> None:
    n, size = name.name, len(name.name)
    for at in range(size - 1):  # exchanged where neither half stays whole, and in names too short to have halves
        if n[at] != n[at + 1] and (size == 3 or at < 2 or (at == 2 and size > SPARE)):
            form = n[:at] + n[at + 1] + n[at] + n[at + 2 :]
            _at(beside, form[:2]).forms.append((form, name, "exchanged", at))
    if size == 3:
        for at in range(size):
            form = n[: at + 1] + n[at:]
            _at(beside, form[:2]).forms.append((form, name, "doubled", at))
        return
    first, last = _at(beside, n[:2]), _at(beside, n[-2:])
    for c in {n[2]} if size > SPARE else {n[2], n[3], n[1]}:
        first.left[c] = (*first.left.get(c, ()), name)
    if size <= SPARE:
        first.left_far[n[3]] = (*first.left_far.get(n[3], ()), name)
    for c in {n[-3]} if size >= SPARE else {n[1], n[0]}:
        last.right[c] = (*last.right.get(c, ()), name)
    if size < SPARE:
        last.right_far[n[0]] = (*last.right_far.get(n[0], ()), name)
