"""What each paragraph is: the title, a salutation, a heading and of what level, the opening, the closing. Every command
asks here; there is no second recogniser.

Two roads. Blocks with the roles of a template are taken at their word, so that laying the Draft out again gives the
same Blocks (`drafter.speech.by_roles`). Blocks without roles (plain text, a .docx from elsewhere) are told by their
words and places, with how they look as hints (`drafter.speech.by_words`); what cannot be told is a part of kind "text".
Neither road changes, adds or drops a character.

`recognise` gives the speech as a tree, `lines_of` the same as a list: a line for each block with words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from drafter.speech.block import Block, Hint, Line
from drafter.speech.by_roles import DISTINCT, KIND_OF, STYLED, Styled, line_of, run_in_level
from drafter.speech.by_words import tell
from drafter.speech.cues import is_greeting
from drafter.speech.draft import Draft, Item, LeftOut, Paragraph, Part, Rich, Span, plain
from drafter.speech.items import Growing, grown, put, without_stop
from drafter.speech.rows import Recognised, SpeechRow, cut, rows_of
from drafter.speech.run_in import run_in_ends

__all__ = ["KIND_OF", "Hint", "lines_of", "recognise", "told_by_words"]

#: Nodes of paragraphs that a layout has made of an outline; a reader's nodes (line.12) are none.
_LAID_OUT = re.compile(r"speech\.[0-9]|(?:title|dateline|byline)$")


def recognise(blocks: Sequence[Block], hints: Mapping[int, Hint] | None = None) -> Draft:
    """The speech that blocks are. `hints` tell, by the number of a block, how it looks where its role says nothing."""
    if is_ours(blocks):
        return Styled(blocks).draft()
    rows = rows_of(blocks, hints or {})
    return _draft(rows, tell(rows))


def lines_of(blocks: Sequence[Block], hints: Mapping[int, Hint] | None = None) -> tuple[Line, ...]:
    """What each block with words is, in their order: the same as `recognise` tells."""
    if is_ours(blocks):
        return tuple(line_of(block, _text(block)) for block in blocks if block.text.strip())
    return told_by_words(blocks, hints)


def told_by_words(blocks: Sequence[Block], hints: Mapping[int, Hint] | None = None) -> tuple[Line, ...]:
    """The same, with the roles of templates taken as hints too: for what has been pasted into a draft of ours."""
    rows = rows_of(blocks, hints or {})
    lines: dict[int, list[Line]] = {}
    for row, told in zip(rows, tell(rows), strict=True):
        lines.setdefault(row.block, []).append(_line(row, told))
    return tuple(_whole(lines[at])._replace(text=_text(block)) for at, block in enumerate(blocks) if at in lines)


def is_ours(blocks: Sequence[Block]) -> bool:
    """Whether a template of drafter has set these blocks: its nodes, or roles nothing else has, and most of them
    styled."""
    words = [block for block in blocks if block.text.strip()]
    if not any(block.role in DISTINCT or _LAID_OUT.match(block.node) for block in words):
        return False
    styled = sum(
        block.role in STYLED or run_in_level(block) > 0 or (block.role == "正文" and bool(_LAID_OUT.match(block.node)))
        for block in words
    )
    return styled * 2 >= len(words)


def _text(block: Block) -> str:
    """The words of a block, a title's without the line breaks a layout has put into it."""
    return "".join(block.text.split("\n")) if block.role in ("标题", "副标题") else block.text


# ── lines ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#: What short lines that are no sentences do not end with, and how long they are at most (characters).
_STOPS = "。！？：；，、”）…!?:;,."
_SHORT = 40


def _line(row: SpeechRow, told: Recognised) -> Line:
    """What a row is, for those who look at one paragraph after the other."""
    kind = told.kind
    if kind in ("title", "subtitle", "dateline", "byline"):
        return Line(row.text, kind)
    if kind == "noise":
        return Line(row.text, kind, 0, kind, told.reason)
    if told.numbered:
        return Line(row.text, "heading" if told.alone else "body", told.numbered.level, kind)
    if kind == "signature" or (kind == "greeting" and told.alone):
        return Line(row.text, kind, 0, kind)
    if is_greeting(row.text):
        return Line(row.text, "greeting", 0, kind)
    short = len(row.text) <= _SHORT and row.text[-1] not in _STOPS
    return Line(row.text, "other" if short else "body", 0, kind)


def _whole(lines: Sequence[Line]) -> Line:
    """A block of several rows: what they all are, or what stands first above the text; else body. Noise in a line of
    a paragraph is not the paragraph's."""
    lines = [line for line in lines if line.role != "noise"] or lines
    first = lines[0]
    if len({line.role for line in lines}) == 1 or first.role in ("title", "subtitle"):
        return first
    return first._replace(role="body", level=0)


# ── the tree ───────────────────────────────────────────────────────────────────────────────────────────────────────


#: What stands above the parts, in whatever order.
_FRONT = ("title", "subtitle", "dateline", "byline")


def _draft(rows: Sequence[SpeechRow], told: Sequence[Recognised]) -> Draft:
    """The speech of rows that have been told."""
    noise = tuple(
        LeftOut(plain(row.spans), said.reason, row.node)
        for row, said in zip(rows, told, strict=True)
        if said.kind == "noise"
    )
    both = tuple((row, said) for row, said in zip(rows, told, strict=True) if said.kind != "noise")
    rows, told = [row for row, _ in both], [said for _, said in both]
    title = tuple(span for row, said in both if said.kind in ("title", "subtitle") for span in row.spans)
    captions = _captions(both)
    return Draft(
        title=_merged_title(title),
        parts=tuple(_parts(rows, told)),
        dateline=captions.get("dateline", ()),
        byline=captions.get("byline", ()),
        dateline_first=list(captions) == ["dateline", "byline"],
        left_out=noise,
        shared=tuple(plain(row.spans) for row in rows if row.shared),
    )


def _captions(both: Sequence[tuple[SpeechRow, Recognised]]) -> dict[str, Rich]:
    """The day and the speaker, in their order; a speaker in several rows is one."""
    found: dict[str, Rich] = {}
    for row, said in both:
        if said.kind in ("dateline", "byline"):
            found[said.kind] = (*found[said.kind], Span("\u3000"), *row.spans) if said.kind in found else row.spans
    return {kind: _merged_title(spans) for kind, spans in found.items()}


def _parts(rows: Sequence[SpeechRow], told: Sequence[Recognised]) -> Iterator[Part]:
    """Neighbours of one kind as one part; a list that begins anew begins another. The title and what is said under it
    are none, wherever they stand."""
    kept = [at for at, said in enumerate(told) if said.kind not in _FRONT]
    rows, told = [rows[at] for at in kept], [told[at] for at in kept]
    start = 0
    while start < len(told):
        kind = told[start].kind
        end = start + 1
        while end < len(told) and told[end].kind == kind and not told[end].starts:
            end += 1
        if kind == "requirements":
            yield Part(kind, (), tuple(_items(rows, told, start, end)), rows[start].node)
        else:
            yield Part(kind, tuple(Paragraph(row.spans, row.node) for row in rows[start:end]), (), rows[start].node)
        start = end


def _items(rows: Sequence[SpeechRow], told: Sequence[Recognised], start: int, end: int) -> Iterator[Item]:
    tree: list[Growing] = []
    last: Growing | None = None
    ends = run_in_ends(rows, told, start, end)
    for at in range(start, end):
        row, numbered = rows[at], told[at].numbered
        if numbered is None:
            assert last
            last.paragraphs.append(Paragraph(row.spans, row.node))
            continue
        label = plain(row.spans)[: len(numbered.mark.label)]
        rest = cut(row.spans, len(label))
        if told[at].alone:
            last = Growing(label, numbered.level, True, rest, row.node, numbered.group)
        else:
            length = ends.get(at, 0)
            heading = without_stop(cut(rest, 0, length)) if length else ()
            last = Growing(label, numbered.level, False, heading, row.node, numbered.group)
            if words := cut(rest, length):
                last.paragraphs.append(Paragraph(words, row.node))
        put(tree, last)
    yield from grown(tree)


def _merged_title(spans: Rich) -> Rich:
    if all(not span.blank for span in spans):
        return (Span(plain(spans)),) if spans else ()
    return spans
