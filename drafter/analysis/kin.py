"""Which speeches are of one meeting, whatever was said there: the same title but for the year or the number of the
meeting, or the same headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from drafter.analysis.counted import counted
from drafter.speech.draft import Draft, Item, plain

#: The share of pairs of letters two titles have in common (Dice), years and ordinals aside, to be of one meeting; and
#: what titles of all kinds have, which tells nothing.
_ALIKE = 0.6
_OF_ANY = re.compile("^(?:在|关于)|(?:上的)?(?:讲话|致辞|致词|发言|报告|主持词|总结|讲稿)(?:提纲|稿|摘要)?$|同志")

#: Headings two speeches must have in common, or half of those of the one that has fewer; shorter ones tell nothing.
_HEADINGS = 3
_HEADING_LETTERS = 4


def kin(drafts: Sequence[Draft]) -> tuple[bool, ...]:
    """For each speech whether another one is of its meeting."""
    titles = [_bare(plain(draft.title)) for draft in drafts]
    headings = [frozenset(_headings(draft)) for draft in drafts]
    return tuple(
        any(
            k != n and (_alike(titles[n], titles[k]) >= _ALIKE or _of_one_list(headings[n], headings[k]))
            for k in range(len(drafts))
        )
        for n in range(len(drafts))
    )


def _bare(title: str) -> str:
    """A title without what changes and what all have."""
    return _OF_ANY.sub("", _without_numbers(title))


def _without_numbers(text: str) -> str:
    out, at = "", 0
    for one in counted(text):
        out += text[at : one.start]
        at = one.end
    return re.sub(r"[\W_]", "", out + text[at:])


def _headings(draft: Draft) -> Iterator[str]:
    def of(items: Sequence[Item]) -> Iterator[str]:
        for item in items:
            bare = _without_numbers(plain(item.heading))
            if len(bare) >= _HEADING_LETTERS:
                yield bare
            yield from of(item.items)

    for part in draft.parts:
        yield from of(part.items)


def _alike(one: str, other: str) -> float:
    left, right = (Counter(text[n : n + 2] for n in range(len(text) - 1)) for text in (one, other))
    return 2 * (left & right).total() / max(1, left.total() + right.total())


def _of_one_list(one: frozenset[str], other: frozenset[str]) -> bool:
    same = len(one & other)
    return same >= _HEADINGS or same * 2 >= min(len(one), len(other)) > 1
