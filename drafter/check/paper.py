"""What lies between a text or a draft and the rules: paragraphs with their roles and places, escapes, settings, fixes.

Nothing here opens a file. A `Paper` is what the rules are given together with where every character of it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.day import date_of
from drafter.check.paragraphs import Origin, _escape, _hidden, _markdown, _plain, roles_of_markdown
from drafter.check.rules import Finding, Speech, run
from drafter.check.settings import Settings
from drafter.diagnostic import ADVICE, WARNING
from drafter.outline.yaml import Scalar, Source
from drafter.speech.block import Block, Hint, Line
from drafter.speech.draft import Span

if TYPE_CHECKING:
    from drafter.outline.blank import OutlineText
    from drafter.outline.model import Outline
    from drafter.speech.block import Hint
    from drafter.speech.draft import Draft, Item, Rich


class Paper(NamedTuple):
    """A speech with the origin of its lines (one tuple a line, empty where it stands in no text), the rules that are
    not to look at a line ("*" all), and those not to look at all."""

    speech: Speech
    origins: tuple[tuple[Origin, ...], ...] = ()
    ignored: tuple[frozenset[str], ...] = ()
    left_out: frozenset[str] = frozenset()


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def paper_of_text(source: Source, as_of: date | None, today: date, minutes: float = 0) -> Paper:
    """The speech in a .txt or .md. `as_of` None: its own date line says, else today."""
    from drafter.speech.recognise import lines_of

    markdown = source.file.lower().endswith((".md", ".markdown"))
    pieces = list(_markdown(source) if markdown else _plain(source))
    roles = roles_of_markdown([piece.level for piece in pieces])
    blocks = [Block(role, (Span(piece.text),)) for piece, role in zip(pieces, roles, strict=True)]
    return Paper(
        speech=_speech(lines_of(blocks), as_of, today, minutes),
        origins=tuple(piece.origins for piece in pieces),
        ignored=tuple(piece.ignored for piece in pieces),
        left_out=frozenset(rule for row in source.lines for rule in _escape(row, "ignore-file")),
    )


def paper_of_blocks(
    blocks: Sequence[Block],
    as_of: date | None,
    today: date,
    minutes: float = 0,
    hints: Mapping[int, Hint] | None = None,
) -> Paper:
    """The speech in paragraphs that have been read. A line's place is its paragraph, counted from 1 without empty ones;
    `hints`: see `drafter.speech.recognise.recognise`."""
    from drafter.speech.recognise import lines_of

    return Paper(_speech(lines_of(blocks, hints), as_of, today, minutes))


def _speech(lines: tuple[Line, ...], as_of: date | None, today: date, minutes: float) -> Speech:
    day = as_of or date_of(lines, today)
    return Speech(lines, day or today, "", minutes, dated=day is not None)


# ── draft ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def paper_of_draft(draft: Draft, outline: Outline | None, as_of: date | None, today: date, minutes: float = 0) -> Paper:
    """The speech of a draft; with its outline, where its words stand in the outline."""
    reader = _DraftReader(outline)
    reader.add(draft.title, "title")
    reader.add(draft.byline, "byline")
    reader.add(draft.dateline, "dateline")
    for part in draft.parts:
        role = part.kind if part.kind in ("greeting", "signature") else "body"
        for paragraph in part.paragraphs:
            reader.add(paragraph.text, role, 0, part.kind, paragraph.node)
        for item in part.items:
            reader.item(item, part.kind)
    lines = tuple(reader.lines)
    genre = outline.genre if outline else ""
    speech = Speech(lines, as_of or date_of(lines, today) or today, genre, minutes)
    left_out = (
        frozenset(rule for source in outline.sources for row in source.lines for rule in _escape(row, "ignore-file"))
        if outline
        else frozenset()
    )
    ignored = tuple(reader.escaped(origins) for origins in reader.origins)
    return Paper(speech, tuple(reader.origins), ignored, left_out)


class _DraftReader:
    """Gathers the lines of a draft and where each came from."""

    def __init__(self, outline: Outline | None) -> None:
        from drafter.outline.model import bases, texts

        self.lines: list[Line] = []
        self.origins: list[tuple[Origin, ...]] = []
        self.texts: dict[str, list[OutlineText]] = {}
        for text in texts(outline) if outline else ():
            self.texts.setdefault(text.node, []).append(text)
        if outline and (asked := bases(outline)):
            from drafter.outline.basis import texts_by_node

            self.texts |= texts_by_node(asked)
        self.hidden: dict[str, list[frozenset[str]]] = {}

    def add(self, rich: Rich, role: str, level: int = 0, kind: str = "", node: str = "") -> None:
        """One line. `node` names the outline's texts its words come from, where a span does not say itself."""
        if not rich:
            return
        text = ""
        origins: list[Origin] = []
        if not node and role in ("title", "byline", "dateline"):
            node = f"{role}.p1"
        for span in rich:
            if span.text:
                origins += self.place(span.node or node, span.text, span.blank, len(text))
            text += span.text
        self.lines.append(Line(text, role, level, kind))
        self.origins.append(tuple(origins))

    def place(self, node: str, words: str, blank: str, offset: int) -> list[Origin]:
        """Where a span stands in the outline: an origin for every source line of it."""
        from drafter.outline.blank import ToConfirm

        node = node.split("#")[0]
        if node.endswith(".heading"):  # of a requirement that goes on in the paragraph before
            node = node.removesuffix("heading") + "p1"
        if (at := node.find(".basis.")) >= 0:  # words of a table, wherever they are asked for
            node = node[at + 1 :]
        for text in self.texts.get(node, ()):
            at = 0
            scalar = text.scalar
            for piece in text.pieces:
                if isinstance(piece, str):
                    if not blank and piece.startswith(words):
                        return [
                            Origin(offset + n, scalar.source, *scalar.place(start))
                            for n, start in _cuts(words, at, scalar)
                        ]
                    at += len(piece) + piece.count("【")
                elif isinstance(piece, ToConfirm):
                    if not blank and piece.words.startswith(words):
                        return [Origin(offset, scalar.source, *scalar.place(piece.words_offset))]
                    at = piece.offset + len(piece.source) + 2
                else:
                    if blank == piece.source:
                        return [Origin(offset, scalar.source, *scalar.place(piece.offset), True)]
                    at = piece.offset + len(piece.source) + 2
        return []

    def item(self, item: Item, kind: str) -> None:
        """A requirement and those below it."""
        first, *rest = item.paragraphs or (None,)
        heading_node = item.node if "#" not in item.node else item.node.split("#")[0]
        heading = tuple(span._replace(node=f"{heading_node}.p1") for span in item.heading)
        label = (Span(item.label),) if item.label else ()
        if item.own_line or (heading and first is None):
            self.add((*label, *heading), "heading", item.level, kind)
            if first:
                self.add(first.text, "body", 0, kind, first.node)
        else:
            ended = not heading or heading[-1].text.endswith(("。", "！", "？"))
            stop = () if ended else (Span("。"),)
            inner = tuple(s._replace(node=s.node or first.node) for s in first.text) if first else ()
            self.add((*label, *heading, *stop, *inner), "body", item.level, kind)
        for paragraph in rest:
            if paragraph:
                self.add(paragraph.text, "body", 0, kind, paragraph.node)
        for below in item.items:
            self.item(below, kind)

    def escaped(self, origins: tuple[Origin, ...]) -> frozenset[str]:
        """What the escapes in the outline say of a line: a comment speaks of the node below it."""
        if not origins:
            return frozenset()
        source = origins[0].source
        if source.file not in self.hidden:
            self.hidden[source.file] = list(_hidden(source.lines))
        rows = self.hidden[source.file]
        return rows[origins[0].line - 1] if origins[0].line <= len(rows) else frozenset()


def _cuts(words: str, at: int, scalar: Scalar) -> Iterator[tuple[int, int]]:
    """(offset in the words, offset in their scalar) where a new source line begins, or where a 【 has been that is
    written twice; the first is where the words begin, at `at`."""
    doubled = [n for n, c in enumerate(words) if c == "【"] if "【" in words else []
    yield 0, at
    cuts = {n + 1: at + n + 2 + before for before, n in enumerate(doubled)}
    for start, _, _ in scalar.segments:
        n = start - at - sum(at + one + before < start for before, one in enumerate(doubled))
        if 0 < n < len(words):
            cuts[n] = start
    yield from sorted((n, start) for n, start in cuts.items() if n < len(words))


# ── findings ───────────────────────────────────────────────────────────────────────────────────────────────────────


def check(paper: Paper, settings: Settings, before: Callable[[str], object] = lambda name: None) -> tuple[Finding, ...]:
    """The findings that are asked for and not escaped. `before`: see `drafter.check.rules.run`."""
    if "*" in paper.left_out:
        return ()
    ignore = (*settings.ignore, *paper.left_out)
    level = settings.level or (ADVICE if settings.select else WARNING)
    found = run(paper.speech, settings.select, ignore, level, settings.levels, before)
    if not any(paper.ignored):
        return found
    return tuple(f for f in found if not paper.ignored[f.line] & {"*", f.rule})


# ── SARIF ──────────────────────────────────────────────────────────────────────────────────────────────────────────


#: What standard input is called.
STDIN = "标准输入"
