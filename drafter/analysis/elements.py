"""What an outline of several speeches is made of, before it is written: each paragraph, list and requirement with the
speeches that have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.analysis.align import Gap, Pieces


class Element(NamedTuple):
    """A paragraph, list or requirement of the outline, in the speeches of `here`. A requirement has a heading, texts,
    and `rest`: paragraphs some of them lack; `label` and `alone` None where the numbering tells them."""

    here: frozenset[int]
    kind: str
    text: Pieces = ()
    texts: tuple[Pieces, ...] = ()
    rest: tuple[Element, ...] = ()
    items: tuple[Element, ...] = ()
    labels: tuple[str, ...] = ()
    label: str | None = None
    alone: bool | None = None
    run_in: bool = False


def only(element: Element, files: frozenset[int]) -> Element:
    """An element as these speeches have it."""

    def pieces(some: Pieces) -> Pieces:
        out: list[str | Gap] = []
        for piece in some:
            if isinstance(piece, Gap):
                words = tuple(w if n in files else None for n, w in enumerate(piece.words))
                said = {w for w in words if w is not None}
                piece = said.pop() if len(said) == 1 and not piece.anew else piece._replace(words=words)
            if piece != "":
                out.append(piece)
        return tuple(out)

    def below(some: Sequence[Element]) -> tuple[Element, ...]:
        return tuple(only(one, files) for one in some if one.here & files)

    rest = list(below(element.rest))
    texts = [pieces(text) for text in element.texts]
    while rest and rest[0].here == element.here & files:
        texts.append(rest.pop(0).text)
    return element._replace(
        here=element.here & files,
        text=pieces(element.text),
        texts=tuple(texts),
        rest=tuple(rest),
        items=below(element.items),
    )


def one_place(elements: list[Element], within: frozenset[int]) -> list[Element]:
    """Elements of which those under one heading that stand at different places have one blank for what was written
    there."""
    by_heading: dict[str, list[int]] = {}
    for n, element in enumerate(elements):
        gap = element.texts[0][0] if len(element.texts) == 1 and len(element.texts[0]) == 1 else ""
        if element.kind == "item" and isinstance(gap, Gap) and gap.anew and not (element.rest or element.items):
            by_heading.setdefault(about_of(element.text), []).append(n)
    for numbers in by_heading.values():
        here = [elements[n].here for n in numbers]
        if len(numbers) < 2 or sum(map(len, here)) != len(frozenset().union(*here)):
            continue
        gaps = [piece for n in numbers for piece in elements[n].texts[0] if isinstance(piece, Gap)]
        by_speech = zip(*(gap.words for gap in gaps), strict=True)
        words = tuple(next((said for said in some if said is not None), None) for some in by_speech)
        for n in numbers:
            elements[n] = elements[n]._replace(texts=((gaps[0]._replace(words=words),),))
    return elements


def about_of(heading: Pieces) -> str:
    """What a heading says in all speeches, without the 年 of a year that is a blank; of one that is a blank, what that
    is about."""
    out = ""
    for n, piece in enumerate(heading):
        if not isinstance(piece, str):
            out += piece.about
        else:
            out += piece.lstrip("年") if n else piece
    return out


def words_of(element: Element, file: int) -> str:
    """All the words of an element in a speech, without its number and what is written anew."""
    said = [
        piece if isinstance(piece, str) else "" if piece.anew else piece.words[file] or ""
        for text in (element.text, *element.texts)
        for piece in text
    ]
    return "".join(said) + "".join(words_of(one, file) for one in (*element.rest, *element.items) if file in one.here)


def opening_of(element: Element, most: int = 16) -> str:
    """What an element begins with, in the first speech that has it."""
    if element.items and not element.text:
        return opening_of(element.items[0], most)
    n = min(element.here)
    for pieces in (element.text, *element.texts, *(one.text for one in element.rest)):
        said = "".join(piece if isinstance(piece, str) else piece.words[n] or "" for piece in pieces).strip()
        if said:
            return shortened(said.removesuffix("。") if most < 100 else said, most)
    return ""


def shortened(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def mostly_rewritten(body: Sequence[Element], within: frozenset[int]) -> bool:
    """Whether of the requirements all speeches have, two or more, most have another text in each. One that holds such
    requirements is told by them."""
    shared = list(_shared_by(body, within))
    return len(shared) > 1 and 3 * sum(shared) >= 2 * len(shared)


def _shared_by(elements: Sequence[Element], within: frozenset[int]) -> Iterator[bool]:
    """For each requirement all speeches have, whether it has another text in each of them."""
    by_heading: dict[str, list[Element]] = {}
    for element in elements:
        for item in element.items if element.kind != "item" else (element,):
            if about_of(item.text):
                by_heading.setdefault(about_of(item.text), []).append(item)
    for some in by_heading.values():
        if frozenset().union(*(item.here for item in some)) != within:
            continue
        below = list(_shared_by(some[0].items, within)) if len(some) == 1 else []
        yield from below or [len(some) > 1 or _rewritten(some[0], within)]


def _rewritten(item: Element, within: frozenset[int]) -> bool:
    """Whether what stands under a heading is another thing in each speech, and nothing of it is in all."""
    below = (*item.rest, *item.items)
    said = frozenset[int]().union(*(one.here for one in below if len(one.here) < len(within)))
    anew = any(isinstance(piece, Gap) and piece.anew for text in item.texts for piece in text)
    return anew or (not item.texts and said == within and all(one.here != within for one in below))
