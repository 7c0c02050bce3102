"""What every year says anew: which parts of several speeches are nothing but a place to write, whatever each of them
wrote there.

Papers of one meeting share headings, greeting, leads and closing, and hardly a sentence between them. Such a place is
one blank, and what each speech wrote there is its answer. Where papers share most of their words, only long stretches
that no two of them have in common are such places; a sentence said in two ways stays a choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.align import Gap, Node, Pieces, Vocabulary, pieces_of
from drafter.outline.field import Field, Unfit, read

#: The share of its letters that a speech must have in common with half of the others, in stretches of so many: below it
#: the papers share a skeleton, not their text.
MOSTLY_SHARED = 0.5
_STRETCH = 8

#: Letters of a place in papers that share most of their words, from which on it is written anew rather than chosen.
_LONG = 120

#: Of how many speeches, as a share, a paragraph of a skeleton must be for the others to be without it.
_MOST = 0.6

#: Blanks in a paragraph of a skeleton that no fact explains, and the share of its letters all must have: beyond that it
#: is written anew.
LOOSE = 3
SHARED = 0.7

#: Letters that sentences at the beginning or end of paragraphs must have to be kept where the rest is written anew.
_ENDS = 6

_TODAY = date(2000, 1, 1)


class Shares(NamedTuple):
    """For each speech the share of its letters, 0 to 1, facts and figures aside, that stand in another one too, and
    that stand in at least half of all."""

    another: tuple[float, ...]
    half: tuple[float, ...]


def shares(bodies: Sequence[str], words: Sequence[Vocabulary]) -> Shares:
    """What the speeches have in common."""
    folded = [words[n].folded(body) for n, body in enumerate(bodies)]
    stretches = [{body[at : at + _STRETCH] for at in range(len(body) - _STRETCH + 1)} for body in folded]
    seen: dict[str, int] = {}
    for some in stretches:
        for stretch in some:
            seen[stretch] = seen.get(stretch, 0) + 1
    half = max(2, (len(bodies) + 1) // 2)
    return Shares(
        *(tuple(_covered(body, seen, least) / max(1, len(body)) for body in folded) for least in (2, half))
    )


def _covered(body: str, seen: Mapping[str, int], least: int) -> int:
    """The letters of a speech that stand in stretches so many speeches have."""
    same = end = 0
    for at in range(len(body) - _STRETCH + 1):
        if seen[body[at : at + _STRETCH]] >= least:
            same += at + _STRETCH - max(at, end)
            end = at + _STRETCH
    return same


def anew(lines: Sequence[Sequence[str] | None], about: str = "") -> Gap | None:
    """A place each speech wrote in its own words: its paragraphs in each of them, None for one that has no such place;
    `about` is the heading. None where what was written is no answer that is read back to the letter."""
    words = tuple(None if some is None else "\n".join(filter(None, some)) for some in lines)
    field = Field("空", type="long text")
    for said, some in zip(words, lines, strict=True):
        try:
            if said and (read(field, said, _TODAY) != said or any(line != line.strip() for line in said.split("\n"))):
                return None
        except Unfit:
            return None
        if some and any("\n" in line for line in some):
            return None
    return Gap(words, (None,) * len(words), anew=True, about=about) if any(words) else None


def worth_writing(gap: Gap, skeleton: bool) -> bool:
    """Whether a place is to be written anew rather than chosen from what the speeches said: in a skeleton always, else
    where all wrote much, and none what another did."""
    if skeleton:
        return True
    said = [words for words in gap.words if words is not None]
    return len(set(said)) == len(said) > 1 and all(said) and sum(map(len, said)) >= _LONG * len(said)


def kept(numbers: Sequence[frozenset[int]], within: frozenset[int]) -> bool:
    """Whether what so many of the speeches have, in so many wordings, stands in an outline as it is: all have one, or
    most."""
    most = max(map(len, numbers), default=0)
    return most == len(within) or (most > 1 and most >= _MOST * len(within))


def between_ends(texts: Sequence[str | None], words: Sequence[Vocabulary], about: str) -> Pieces | None:
    """Paragraphs that begin or end with the same sentences, with what stands between written anew; None where they have
    no such sentences."""
    rows = [list(_sentences(text)) for text in texts if text is not None]
    here = [n for n, text in enumerate(texts) if text is not None]
    if len(rows) < 2:
        return None
    folded = [[words[n].folded(row) for row in some] for n, some in zip(here, rows, strict=True)]
    least = min(map(len, rows))
    head = next((n for n in range(least) if len({some[n] for some in folded}) > 1), least)
    tail = next((n for n in range(least - head) if len({some[-1 - n] for some in folded}) > 1), least - head)
    first = ["".join(some[:head]) for some in rows]
    last = ["".join(some[len(some) - tail :]) for some in rows]
    if len(first[0]) + len(last[0]) < _ENDS:
        return None

    def placed(said: Sequence[str]) -> list[str | None]:
        by_file = dict(zip(here, said, strict=True))
        return [by_file.get(n) for n in range(len(texts))]

    middle = ["".join(some[head : len(some) - tail]) for some in rows]
    gap = anew([None if said is None else [said] for said in placed(middle)], about)
    if gap is None or any(said != said.strip() for said in middle):
        return None
    return (*pieces_of(placed(first), words), gap, *pieces_of(placed(last), words))


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for at, letter in enumerate(text):
        if letter in "。！？；" and text[at + 1 : at + 2] not in ("”", "’", "）"):
            yield text[start : at + 1]
            start = at + 1
    if start < len(text):
        yield text[start:]


def lines_below(node: Node, words: bool = True) -> tuple[str, ...]:
    """The paragraphs under a heading, those that run on from it first."""
    below = tuple(line for item in node.items for line in item.lines)
    return (*(word.text for word in node.words), *below) if words else below
