"""What the road of words looks at, a SpeechRow a paragraph, and what it says of each: Recognised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from drafter.speech.block import Block, Hint
from drafter.speech.cues import cuts_of_front, widened
from drafter.speech.draft import Rich, Span, plain
from drafter.speech.levels import Numbered


class SpeechRow(NamedTuple):
    """A paragraph to be recognised: its text with its marks full-width, its spans as they are, the node and the role of
    its block, and the number of that among the blocks. A line break typed inside a block begins another row. `shared`: title
    and salutation stood in one line, and this is a piece of it."""

    text: str
    spans: Rich
    node: str
    role: str
    hint: Hint
    block: int
    shared: bool = False


class Recognised(NamedTuple):
    """What a row is: "title", "subtitle", "dateline", "byline", the kind of the part it is of, or "noise": not the
    speech's, and `reason` says why. `starts`: a list begins anew here. `numbered`: what numbers it. `alone`: it is a
    heading, or a salutation, and nothing else."""

    kind: str
    starts: bool = False
    numbered: Numbered | None = None
    alone: bool = False
    reason: str = ""


def rows_of(blocks: Sequence[Block], hints: Mapping[int, Hint]) -> list[SpeechRow]:
    """The rows of blocks; those without words have none."""
    return [row for number, block in enumerate(blocks) for row in _rows(block, number, hints.get(number, Hint()))]


def _rows(block: Block, number: int, hint: Hint) -> Iterator[SpeechRow]:
    at = 0
    for text in block.text.split("\n"):
        cuts = cuts_of_front(text)
        for start, end in pairwise((0, *cuts, len(text))):
            spans = _stripped(cut(block.spans, at + start, at + end))
            if spans:
                yield SpeechRow(widened(plain(spans)), spans, block.node, block.role, hint, number, bool(cuts))
        at += len(text) + 1


def _stripped(spans: Rich) -> Rich:
    """Spans without the space around their text, and without the marks of strong type."""
    text = plain(spans)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    merged: list[Span] = []
    for span in cut(spans, start, end) if end - start < len(text) else spans:
        bare = span._replace(strong="")
        if merged and not bare.blank and not merged[-1].blank and merged[-1][1:] == bare[1:]:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + bare.text)
        elif bare.text:
            merged.append(bare)
    return tuple(merged)


def cut(spans: Rich, start: int, end: int | None = None) -> Rich:
    """The characters `start` to `end` of spans."""
    if start == 0 and len(spans) == 1 and (end is None or end >= len(spans[0].text)):
        return spans if spans[0].text else ()
    out = []
    at = 0
    for span in spans:
        low = max(start - at, 0)
        high = len(span.text) if end is None else min(end - at, len(span.text))
        if low < high:
            out.append(span if high - low == len(span.text) else span._replace(text=span.text[low:high]))
        at += len(span.text)
    return tuple(out)
