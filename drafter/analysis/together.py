"""Several speeches in one order: what they share, what only some have, and where their words differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.align import Gap, Node, Pieces, Vocabulary, aligned, central, nodes_of, pieces_of, whole_gap
from drafter.analysis.extract import LevelSample, numberings, paragraphs_of
from drafter.analysis.facts import Fact, find_facts
from drafter.outline.field import Field, Unfit, read, say
from drafter.speech.draft import Draft, Item, plain, stop_of

#: Blanks of one paragraph that no fact explains, beyond which it is rather another wording: so many, or one for so many
#: of its letters up to a most; and the share of its letters that must stand in all.
_LOOSE = 4
_LETTERS = 25
_MOST_LOOSE = 12
_SHARED = 0.5
#: Any day will do to read an answer with.
_TODAY = date(2000, 1, 1)

#: Facts a speech has one of: where two speeches have different ones, they differ, even if the words of the one are in
#: both.
_ONE = frozenset(["会议名称", "讲话人", "讲话人职务", "日期", "层级"])

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


class Together:
    """Speeches put together; `texts_together` are the texts that were made one with blanks, `order` the speeches from
    the most typical on."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        names: Sequence[str],
        keep_figures: bool,
        kept: frozenset[tuple[str | None, ...]],
        whole: bool,
    ) -> None:
        self.drafts, self.names, self.kept, self.whole = drafts, names, kept, whole
        self.levels = numberings(drafts)
        self.bodies = ["\n".join(paragraphs_of(draft)) for draft in drafts]
        facts = [find_facts(draft, keep_figures=keep_figures) for draft in drafts]
        own = [{fact.field.name: say(fact.value) for fact in found} for found in facts]

        def everywhere(fact: Fact, words: str) -> bool:
            name, value = fact.field.name, say(fact.value)
            if name in _ONE and any(other.get(name, value) != value for other in own):
                return False
            return all(words in body for body in self.bodies)

        self.words = [Vocabulary(found, everywhere) for found in facts]
        self.order = central(self.bodies)
        self.dateline_first = False
        self.texts_together: list[tuple[str | None, ...]] = []
        self.all = frozenset(range(len(drafts)))

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

    def elements(self, sequences: Sequence[Sequence[Node]], level: int) -> tuple[Element, ...]:
        """The nodes of all speeches in one order."""
        out: list[Element] = []
        for column in aligned(sequences, self.words, self.order):
            out += self.merged(column, level)
        return tuple(out)

    def merged(self, column: Sequence[Node | None], level: int) -> Iterator[Element]:
        """A column as one element, or as one for each of its wordings."""
        here = [n for n, node in enumerate(column) if node]
        kind = next(column[n].kind for n in self.order if column[n])  # type: ignore[union-attr]
        if kind == "requirements":
            items = self.elements([node.items if node else () for node in column], level)
            yield Element(frozenset(here), kind, items=tuple(self.labelled(items, frozenset(here), level)))
            return
        one = self.item(column, level) if kind == "item" else self.paragraph(column, kind)
        if one:
            yield one
            return
        left = here
        while left:
            group = [left[0]]
            for n in left[1:]:
                trial = [node if k in (*group, n) else None for k, node in enumerate(column)]
                if self.head(trial) if kind == "item" else self.paragraph(trial, kind):
                    group.append(n)
            alone = [node if k in group else None for k, node in enumerate(column)]
            found = self.item(alone, level) if kind == "item" else self.paragraph(alone, kind)
            assert found, "a single speech agrees with itself"
            yield found
            left = [n for n in left if n not in group]

    def paragraph(self, column: Sequence[Node | None], kind: str) -> Element | None:
        here = frozenset(n for n, node in enumerate(column) if node)
        pieces = self.fitting([node.text if node else None for node in column])
        return None if pieces is None else Element(here, kind, pieces)

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
                        if words and read(Field("空"), words, _TODAY) != words:
                            return False
                    except Unfit:
                        return False
        return True

    def head(self, column: Sequence[Node | None]) -> tuple[Pieces, list[Pieces]] | None:
        """The heading of a column of requirements and the text it runs into; None where they are too far apart for
        one."""
        present = [node for node in column if node]
        heading = self.fitting([node.text if node else None for node in column])
        if heading is None:
            return None
        opening = [((node.words[0].text if node.words else "") if node else None) for node in column]
        if present[0].alone or not any(opening):
            return heading, []
        pieces = self.fitting(opening)
        if pieces is None and not any(node.items for node in present):
            return None
        return heading, [pieces if pieces is not None else whole_gap(opening)]

    def item(self, column: Sequence[Node | None], level: int) -> Element | None:
        head = self.head(column)
        if head is None:
            return None
        heading, texts = head
        present = {n: node for n, node in enumerate(column) if node}
        here, first = frozenset(present), next(iter(present.values()))
        after = 0 if first.alone else 1
        rest = list(self.elements([node.words[after:] if node else () for node in column], level))
        while rest and rest[0].here == here:
            texts.append(rest.pop(0).text)
        items = self.elements([node.items if node else () for node in column], level + 1)
        own = self.level(level).numbering
        told = {
            bool(node.text) and bool(own and own.own_line) and not node.text.endswith(("。", "！", "？"))
            for node in present.values()
        }
        alone = None if told == {first.alone} else first.alone
        labels = tuple(node.label if node else "" for node in column)
        return Element(
            here,
            "item",
            heading,
            tuple(texts),
            tuple(rest),
            tuple(self.labelled(items, here, level + 1)),
            labels,
            None,
            alone,
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
                yield _only(item, frozenset(files))._replace(label=label)

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
        bodies = _hoisted(bodies, self.words)
        self.dateline_first = True in both
        return {word: texts for word, texts in captions.items() if word == "title" or any(texts)}, bodies


def _hoisted(bodies: Sequence[tuple[Node, ...]], words: Sequence[Vocabulary]) -> list[tuple[Node, ...]]:
    """Bodies in which paragraphs behind the last requirement stand on their own where another speech has them
    elsewhere: no mark tells whether the last paragraphs of a list belong to its last requirement."""

    def tail(node: Node) -> tuple[str, tuple[Node, ...]]:
        """The paragraphs at the very end of a list, and the heading they stand under."""
        last = node.items[-1] if node.items else node
        if last.items:
            return tail(last)
        return last.text, last.words[0 if last.text and last.alone else 1 :]

    def without(node: Node, many: int) -> Node:
        if node.items:
            return node._replace(items=(*node.items[:-1], without(node.items[-1], many)))
        return node._replace(words=node.words[:-many])

    lists = [next((n for n in range(len(body) - 1, -1, -1) if body[n].kind == "requirements"), -1) for body in bodies]
    tails = [tail(body[at]) if at >= 0 else ("", ()) for body, at in zip(bodies, lists, strict=True)]
    folded = [[words[n].folded(node.text) for node in nodes] for n, (_, nodes) in enumerate(tails)]
    places: dict[str, set[str]] = {}
    for n, (body, (heading, _)) in enumerate(zip(bodies, tails, strict=True)):
        for text in folded[n]:
            places.setdefault(text, set()).add(words[n].folded(heading))
        for node in body[lists[n] + 1 :]:
            places.setdefault(words[n].folded(node.text), set()).add("\n")
    out = []
    for n, body in enumerate(bodies):
        nodes, at = tails[n][1], lists[n]
        first = next((k for k, text in enumerate(folded[n]) if len(places[text]) > 1), len(nodes))
        if first < len(nodes):
            kept = without(body[at], len(nodes) - first)
            loose = tuple(Node("text", node.text) for node in nodes[first:])
            body = (*body[:at], kept, *loose, *body[at + 1 :])
        out.append(body)
    return out


def _only(element: Element, files: frozenset[int]) -> Element:
    """An element as these speeches have it."""

    def pieces(some: Pieces) -> Pieces:
        out: list[str | Gap] = []
        for piece in some:
            if isinstance(piece, Gap):
                words = tuple(w if n in files else None for n, w in enumerate(piece.words))
                said = {w for w in words if w is not None}
                piece = said.pop() if len(said) == 1 else piece._replace(words=words)
            if piece != "":
                out.append(piece)
        return tuple(out)

    def below(some: Sequence[Element]) -> tuple[Element, ...]:
        return tuple(_only(one, files) for one in some if one.here & files)

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


def words_of(element: Element, file: int) -> str:
    """All the words of an element in a speech, without its number."""
    said = [
        piece if isinstance(piece, str) else piece.words[file] or ""
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
