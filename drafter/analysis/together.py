"""Several speeches in one order: what they share, what only some have, and where their words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from drafter.analysis.align import (
    Column,
    Gap,
    Node,
    Pieces,
    aligned,
    nodes_of,
    pieces_of,
    whole_gap,
)
from drafter.analysis.elements import Element, about_of, one_place, only
from drafter.analysis.extract import LevelSample
from drafter.analysis.skeleton import (
    LOOSE,
    MOSTLY_SHARED,
    SHARED,
    anew,
    between_ends,
    kept,
    lines_below,
    worth_writing,
)
from drafter.analysis.speeches import Speeches, hoisted
from drafter.chinese.numerals import numeral
from drafter.outline.field import Field, Unfit, read
from drafter.speech.draft import Item, plain, stop_of

#: Blanks of one paragraph that no fact explains, beyond which it is rather another wording: so many, or one for so many
#: of its letters up to a most; and the share of its letters that must stand in all.
_LOOSE = 4
_LETTERS = 25
_MOST_LOOSE = 12
_SHARED = 0.5
#: Any day will do to read an answer with.
_TODAY = date(2000, 1, 1)


class Together:
    """Speeches put together; `texts_together` are the texts that were made one with blanks, `kept` those that are not
    to be. `whole` keeps every paragraph as it is; `skeleton` tells that the speeches share little but that."""

    def __init__(
        self,
        speeches: Speeches,
        kept: frozenset[tuple[str | None, ...]] = frozenset(),
        whole: bool = False,
        skeleton: bool = False,
    ) -> None:
        self.kept, self.whole = kept, whole
        self.drafts, self.names = speeches.drafts, speeches.names
        self.bodies, self.words = speeches.bodies, speeches.words
        self.levels, self.order, self.shares = speeches.levels, speeches.order, speeches.shares
        self.dateline_first = False
        self.texts_together: list[tuple[str | None, ...]] = []
        little = sum(self.shares.half) < MOSTLY_SHARED * len(self.drafts)
        self.skeleton = (skeleton or little) and not whole
        self.all = frozenset(range(len(self.drafts)))

    # ── elements ───────────────────────────────────────────────────────────────────────────────────────────────────

    def heading(self, item: Item) -> str:
        """A heading as an outline has it: one that its text follows at once with the mark it ends with."""
        heading = plain(item.heading)
        numbering = self.level(item.level).numbering
        return (
            heading + stop_of(heading)
            if heading and not item.own_line and numbering and numbering.own_line
            else heading
        )

    def level(self, level: int) -> LevelSample:
        return self.levels[level - 1] if level <= len(self.levels) else LevelSample(None)

    def elements(
        self, sequences: Sequence[Sequence[Node]], level: int, within: frozenset[int], about: str = ""
    ) -> tuple[Element, ...]:
        """The nodes of all speeches in one order; `within` are the speeches that could have some, `about` is the
        heading above."""
        rows = [(column, list(self.merged(column, level))) for column in aligned(sequences, self.words, self.order)]
        return tuple(one_place(list(self.folded(rows, within, level, about)), within))

    def folded(
        self, rows: Sequence[tuple[Column, list[Element]]], within: frozenset[int], level: int, about: str
    ) -> Iterator[Element]:
        """Columns as elements, those that no two speeches have in common as one to be written anew."""
        run: list[tuple[Column, list[Element]]] = []
        for column, some in rows:
            if kept([element.here for element in some], within) or some[0].kind == "greeting":
                yield from self.run(run, within, level, about)
                yield from some
                run = []
            else:
                run.append((column, some))
        yield from self.run(run, within, level, about)

    def run(
        self, rows: Sequence[tuple[Column, list[Element]]], within: frozenset[int], level: int, about: str
    ) -> Iterator[Element]:
        """Columns that follow on each other, as one element to be written anew where they are worth it."""
        nodes = {n: [node for column, _ in rows if (node := column[n])] for n in sorted(within)}
        whole: list[Element] = [element for _, some in rows for element in some]
        if not whole:
            return
        if whole[0].kind == "item":
            yield from (self.in_step(nodes, level) if self.skeleton else None) or whole
            return
        kind = whole[0].kind if whole[0].kind != "requirements" else "text"
        begun = self.begun(nodes, about)
        rest = {n: some[1:] if begun else some for n, some in nodes.items()}
        left = any(rest.values())
        said = [
            [line for node in rest[n] for line in node.lines] if n in within else None
            for n in range(len(self.drafts))
        ]
        gap = self.anew(said, about) if left else None
        if (gap and worth_writing(gap, self.skeleton)) or (begun and not left):
            yield from (Element(within, kind, pieces) for pieces in (begun, (gap,) if gap else None) if pieces)
        else:
            yield from whole

    def begun(self, nodes: Mapping[int, Sequence[Node]], about: str) -> Pieces | None:
        """The first paragraphs of a skeleton's place with the sentences all have, None where they have none."""
        if not self.skeleton or not all(some and not some[0].items for some in nodes.values()):
            return None
        return self.between_ends([nodes[n][0].text if n in nodes else None for n in range(len(self.drafts))], about)

    def anew(self, lines: Sequence[Sequence[str] | None], about: str) -> Gap | None:
        """A place each speech wrote in its own words, None where it is to be kept as it is."""
        gap = None if self.whole else anew(lines, about)
        if gap is None or gap.words in self.kept:
            return None
        self.texts_together.append(gap.words)
        return gap

    def merged(self, column: Sequence[Node | None], level: int) -> Iterator[Element]:
        """A column as one element, or as one for each of its wordings."""
        here = [n for n, node in enumerate(column) if node]
        kind = next(column[n].kind for n in self.order if column[n])  # type: ignore[union-attr]
        if kind == "requirements":
            items = self.elements([node.items if node else () for node in column], level, frozenset(here))
            yield Element(frozenset(here), kind, items=tuple(self.labelled(items, frozenset(here), level)))
            return
        one = self.item(column, level) if kind == "item" else self.paragraph(column, kind)
        if one:
            yield one
            return
        for group in self.alike(column, kind):
            alone = [node if k in group else None for k, node in enumerate(column)]
            found = self.item(alone, level) if kind == "item" else self.paragraph(alone, kind)
            assert found, "a single speech agrees with itself"
            yield found

    def alike(self, column: Sequence[Node | None], kind: str) -> Iterator[list[int]]:
        """The speeches of a column that have one wording each, blanks aside; in a skeleton those that have the same,
        facts aside: what they say otherwise is written anew."""
        left = [n for n, node in enumerate(column) if node]
        if self.skeleton:
            same: dict[str, list[int]] = {}
            for n in left:
                node = column[n]
                said = self.words[n].folded(node.whole()) if node else ""
                group = same.setdefault(said, [])
                trial = [one if k in (*group, n) else None for k, one in enumerate(column)]
                if not group or (self.head(trial) if kind == "item" else self.paragraph(trial, kind)):
                    group.append(n)
                else:
                    same.setdefault(f"{said}\n{n}", []).append(n)
            yield from same.values()
            return
        while left:
            group = [left[0]]
            for n in left[1:]:
                trial = [node if k in (*group, n) else None for k, node in enumerate(column)]
                if self.head(trial) if kind == "item" else self.paragraph(trial, kind):
                    group.append(n)
            yield group
            left = [n for n in left if n not in group]

    def paragraph(self, column: Sequence[Node | None], kind: str) -> Element | None:
        here = frozenset(n for n, node in enumerate(column) if node)
        texts = [node.text if node else None for node in column]
        pieces = self.fitting(texts)
        if pieces is None and self.skeleton and kind != "greeting":
            pieces = self.between_ends(texts, "")
        return None if pieces is None else Element(here, kind, pieces)

    def between_ends(self, texts: Sequence[str | None], about: str) -> Pieces | None:
        """Texts with the sentences they begin and end with, the rest to be written anew; None where they have none."""
        pieces = between_ends(texts, self.words, about)
        if pieces is None or tuple(texts) in self.kept or not self.answerable(pieces):
            return None
        self.texts_together.append(tuple(texts))
        return pieces

    def fitting(self, texts: Sequence[str | None]) -> Pieces | None:
        """Texts as pieces, None where they are too far apart for one paragraph with blanks."""
        said = {text for text in texts if text is not None}
        if len(said) == 1:
            return pieces_of(texts, self.words)
        if self.whole or tuple(texts) in self.kept:
            return None
        self.texts_together.append(tuple(texts))
        pieces = pieces_of(texts, self.words)
        loose = [gap for gap in pieces if isinstance(gap, Gap) and not gap.factual]
        same = sum(len(piece) for piece in pieces if isinstance(piece, str))
        same += sum(8 for gap in pieces if isinstance(gap, Gap) and gap.factual)
        most = max(sum(len(gap.words[n] or "") for gap in loose) for n, text in enumerate(texts) if text is not None)
        longest = max(len(text) for text in texts if text is not None)
        if self.skeleton and longest > _LETTERS and (
            len(loose) > LOOSE
            or same < SHARED * (same + most)
            or any(not re.search(r"\w", "".join(filter(None, gap.words))) for gap in loose)
        ):
            return None
        if (
            len(loose) > max(_LOOSE, min(longest // _LETTERS, _MOST_LOOSE))
            or (loose and same < _SHARED * (same + most))
            or not self.answerable(pieces)
        ):
            return None
        return pieces

    @staticmethod
    def answerable(pieces: Pieces) -> bool:
        """Whether each blank's words are an answer that is read back to the letter."""
        for gap in pieces:
            if isinstance(gap, Gap):
                for words in gap.words:
                    try:
                        if words and not gap.anew and read(Field("空"), words, _TODAY) != words:
                            return False
                    except Unfit:
                        return False
        return True

    def head(self, column: Sequence[Node | None]) -> tuple[Pieces, list[Pieces]] | None:
        """The heading of a column of requirements and the text it runs into; None where they are too far apart for
        one."""
        present = [node for node in column if node]
        heading = self.heading_fitting([node.text if node else None for node in column])
        if heading is None:
            return None
        opening = [((node.words[0].text if node.words else "") if node else None) for node in column]
        if present[0].alone or not any(opening):
            return heading, []
        pieces = self.fitting(opening)
        if pieces is None:
            pieces = self.rewritten(opening, about_of(heading))
        if pieces is None and not any(node.items for node in present):
            return None
        return heading, [pieces if pieces is not None else whole_gap(opening)]

    def heading_fitting(self, headings: Sequence[str | None]) -> Pieces | None:
        """Headings as pieces; in a skeleton as one blank where they differ in more than facts."""
        pieces = self.fitting(headings)
        if not pieces or not self.skeleton or all(isinstance(piece, str) or piece.factual for piece in pieces):
            return pieces
        return whole_gap(headings, max((piece for piece in pieces if isinstance(piece, str)), key=len, default=""))

    def rewritten(self, texts: Sequence[str | None], about: str) -> Pieces | None:
        """Texts under one heading that are no wordings of one: the sentences they share, the rest to be written anew;
        None where they are to be chosen from."""
        if self.skeleton and (pieces := self.between_ends(texts, about)):
            return pieces
        gap = self.anew([None if text is None else [text] for text in texts], about)
        return (gap,) if gap and worth_writing(gap, self.skeleton) else None

    def item(self, column: Sequence[Node | None], level: int) -> Element | None:
        head = self.head(column)
        if head is None:
            return None
        heading, texts = head
        present = {n: node for n, node in enumerate(column) if node}
        here, first = frozenset(present), next(iter(present.values()))
        about = about_of(heading)
        if gap := self.all_anew(present, level, about):
            return self.item_of(column, level, heading, [(gap,)], (), ())
        after = 0 if first.alone else 1
        rest = list(self.elements([node.words[after:] if node else () for node in column], level, here, about))
        while rest and rest[0].here == here:
            texts.append(rest.pop(0).text)
        items = self.elements([node.items if node else () for node in column], level + 1, here, about)
        return self.item_of(column, level, heading, texts, rest, items)

    def all_anew(self, present: Mapping[int, Node], level: int, about: str) -> Gap | None:
        """Everything under a heading of a skeleton as one place to write, where most of it was written anew: what one
        speech alone has, and requirements few of which the others have too."""
        if not self.skeleton or not about:
            return None
        below = [lines_below(present[n]) if n in present else None for n in range(len(self.drafts))]
        many = max(len(node.items) for node in present.values())
        if len(present) > 1:
            lists = [present[n].items if n in present else () for n in range(len(self.drafts))]
            columns = aligned(lists, self.words, self.order)
            same = [frozenset(n for n, node in enumerate(column) if node) for column in columns]
            if not many or sum(kept([some], frozenset(present)) for some in same) * 2 >= many:
                return None
        return self.anew(below, about) if any(below) else None

    def in_step(self, nodes: Mapping[int, Sequence[Node]], level: int) -> Iterator[Element] | None:
        """Requirements of a skeleton that are others in every speech, as many in each: the first with the first, the
        second with the second. None where they do not go together so."""
        if len({len(some) for some in nodes.values()}) > 1 or len(nodes) < 2:
            return None
        columns = [
            [nodes[n][k] if n in nodes else None for n in range(len(self.drafts))]
            for k in range(len(next(iter(nodes.values()))))
        ]
        if any(len({(node.alone, bool(node.text)) for node in column if node}) > 1 for column in columns):
            return None
        out: list[Element] = []
        for column in columns:
            headings = [node.text if node else None for node in column]
            labels = [node.label for node in column if node]
            said = re.search("[0-9]+|[一二三四五六七八九十]+", labels[0]) if len(set(labels)) == 1 else None
            about = f"第{said[0] if said else numeral(len(out) + 1)}条"
            heading = self.heading_fitting(headings) or whole_gap(headings, about)
            about = about_of(heading) or about
            gap = self.anew([lines_below(node) if node else None for node in column], about)
            if (gap is None and any(node and lines_below(node) for node in column)) or not self.answerable(heading):
                return None
            self.texts_together.append(tuple(headings))
            out.append(self.item_of(column, level, heading, [(gap,)] if gap else [], (), ()))
        return iter(out)

    def item_of(
        self,
        column: Sequence[Node | None],
        level: int,
        heading: Pieces,
        texts: Sequence[Pieces],
        rest: Sequence[Element],
        items: Sequence[Element],
    ) -> Element:
        """A requirement put together."""
        present = {n: node for n, node in enumerate(column) if node}
        here, first = frozenset(present), next(iter(present.values()))
        own = self.level(level).numbering
        told = {
            bool(node.text) and bool(own and own.own_line) and not node.text.endswith(("。", "！", "？"))
            for node in present.values()
        }
        return Element(
            here,
            "item",
            heading,
            tuple(texts),
            tuple(rest),
            tuple(self.labelled(items, here, level + 1)),
            tuple(node.label if node else "" for node in column),
            None,
            None if told == {first.alone} else first.alone,
            not first.alone,
        )

    def labelled(self, items: Sequence[Element], here: frozenset[int], level: int) -> Iterator[Element]:
        """Requirements with the labels the numbering does not say; one whose labels differ is one for each of them."""
        totals = {n: sum(n in item.here for item in items) for n in here}
        count = dict.fromkeys(here, 0)
        for item in items:
            wrong = False
            for n in item.here:
                count[n] += 1
                wrong = wrong or self.level(level).label(count[n], totals[n]) != item.labels[n]
            if not wrong:
                yield item
                continue
            by_label: dict[str, set[int]] = {}
            for n in sorted(item.here):
                by_label.setdefault(item.labels[n], set()).add(n)
            for label, files in by_label.items():
                yield only(item, frozenset(files))._replace(label=label)

    def front(self) -> tuple[dict[str, tuple[str, ...]], list[tuple[Node, ...]]]:
        """The lines above the body, and the bodies. Where the speeches have date and speaker in different orders, these
        are paragraphs of the body."""
        captions = {
            "title": tuple(plain(d.title) for d in self.drafts),
            "dateline": tuple(plain(d.dateline) for d in self.drafts),
            "byline": tuple(plain(d.byline) for d in self.drafts),
        }
        bodies = [nodes_of(draft, self.heading) for draft in self.drafts]
        both = {d.dateline_first for d in self.drafts if d.dateline and d.byline}
        if len(both) > 1:
            for n, draft in enumerate(self.drafts):
                lines = (draft.dateline, draft.byline) if draft.dateline_first else (draft.byline, draft.dateline)
                bodies[n] = (*(Node("text", plain(line)) for line in lines if line), *bodies[n])
            del captions["dateline"], captions["byline"]
        bodies = hoisted(bodies, self.words)
        self.dateline_first = True in both
        return {word: texts for word, texts in captions.items() if word == "title" or any(texts)}, bodies
