"""What is counted of a speech (【条数】, 【要点】) where an update counts it anew: the words a writer has put around it stay."""

from collections.abc import Mapping, Sequence

from drafter.revise.merge import Mine, Side
from drafter.revise.numbers import found_in
from drafter.speech.block import Block
from drafter.word.tokens import Renumbered, Tokens, text_of, with_numbers

#: What is counted in a paragraph: the letter of its words it stands at, its source, and how it reads.
_Said = tuple[int, str, str]


def counted_anew(
    base: Side, theirs: Side, words: list[Tokens], mine: Sequence[Mine], became: Mapping[int, int]
) -> tuple[list[Tokens], Sequence[Mine]]:
    """The words of base and the paragraphs of the writer as if what is counted had been what it is now, where it can be
    found among the writer's words; the same sequences where nothing is."""
    changed = {i: found for i, j in became.items() if (found := _changed(base, i, theirs, j))}
    if not changed:
        return words, mine
    out, rows = list(words), list(mine)
    for i, numbers in changed.items():
        out[i] = with_numbers(words[i], numbers)
    for at, row in enumerate(mine):
        if row.base not in changed or row.joined:
            continue
        old = text_of(words[row.base])
        numbers = changed[row.base]
        text = text_of(row.tokens)
        places = found_in(old, [(n.at, n.old) for n in numbers], text)
        moved = [n._replace(at=place) for n, place in zip(numbers, places, strict=True) if place is not None]
        if moved:
            rows[at] = row._replace(tokens=with_numbers(row.tokens, moved))
    return out, rows


def _changed(base: Side, i: int, theirs: Side, j: int) -> list[Renumbered]:
    """What reads otherwise of what is counted in a paragraph; nothing where not the same is counted."""
    was, now = counted_in(base.blocks[i], base, i), counted_in(theirs.blocks[j], theirs, j)
    if [source for _, source, _ in was] != [source for _, source, _ in now]:
        return []
    return [Renumbered(at, old, new) for (at, _, old), (_, _, new) in zip(was, now, strict=True) if old != new]


def counted_in(block: Block, side: Side, n: int) -> list[_Said]:
    """What is counted in a paragraph, by its place behind the number of the paragraph."""
    out: list[_Said] = []
    at = -len(side.levels[n].label) if n in side.levels else 0
    for span in block.spans:
        if span.computed:
            out.append((at, span.computed, span.text))
        at += len(span.text)
    return out
