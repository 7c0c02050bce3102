"""Several speeches in one order: what they share, what only some have, and where their words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.align import (
    Column,
    Gap,
    Node,
    Pieces,
    Vocabulary,
    aligned,
    central,
    nodes_of,
    pieces_of,
    whole_gap,
)
from drafter.analysis.counted import counted
from drafter.analysis.extract import LevelSample, numberings, paragraphs_of
from drafter.analysis.facts import Fact, find_facts
from drafter.analysis.skeleton import (
    LOOSE,
    MOSTLY_SHARED,
    SHARED,
    anew,
    between_ends,
    kept,
    lines_below,
    shares,
    worth_writing,
)
from drafter.chinese.numerals import numeral
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

#: Kinds of facts of which the same holds: last year's 今年 is this year's 去年.
_ONE_KINDS = frozenset(["year", "plan", "session"])


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


class Speeches:
    """What is known of the speeches before they are put together: `words` the facts of each, `order` the speeches from
    the most typical on, `shares` what of each others have."""

    def __init__(self, drafts: Sequence[Draft], names: Sequence[str], keep_figures: bool = False) -> None:
        self.drafts, self.names = drafts, names
        self.levels = numberings(drafts)
        self.bodies = ["\n".join(paragraphs_of(draft)) for draft in drafts]
        facts = [tuple(map(_called_plainly, find_facts(draft, keep_figures=keep_figures))) for draft in drafts]
        own = [{fact.field.name: say(fact.value) for fact in found} for found in facts]
        named = [fact for found in facts for fact in found if fact.kind == "meeting" and fact.field.name in _ONE]
        meetings = {_without_numbers(say(fact.value)) for fact in named}

        def everywhere(fact: Fact, words: str) -> bool:
            name, value = fact.field.name, say(fact.value)
            if fact.kind == "meeting" and name in _ONE and len(meetings) == 1:
                return True  # the year or the number in it is the blank
            one = name in _ONE or fact.kind in _ONE_KINDS
            if one and any(other.get(name, value) != value for other in own):
                return False
            return all(words in body for body in self.bodies)

        self.words = [Vocabulary(found, everywhere) for found in facts]
        self.order = central(self.bodies)
        self.shares = shares(self.bodies, self.words)


class Together:
    """Speeches put together; `texts_together` are the texts that were made one with blanks, `kept` those that are not to
    be. `whole` keeps every paragraph as it is; `skeleton` tells that the speeches share little but that."""

    def __init__(
        self,
        speeches: Speeches,
        kept: frozenset[tuple[str | None, ...]] = frozenset(),
        whole: bool = False,
        skeleton: bool = False,
    ) -> None:
        self.kept, self.whole = kept, whole
        self.drafts, self.names, self.bodies, self.words = speeches.drafts, speeches.names, speeches.bodies, speeches.words
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
        return tuple(_one_place(list(self.folded(rows, within, level, about)), within))

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
        said = [[line for node in rest[n] for line in node.lines] if n in within else None for n in range(len(self.drafts))]
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
        """The speeches of a column that have one wording each, blanks aside; in a skeleton those that have the very same,
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
            len(loose) > LOOSE or same < SHARED * (same + most) or any(not re.search(r"\w", "".join(filter(None, gap.words))) for gap in loose)
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
            columns = aligned([present[n].items if n in present else () for n in range(len(self.drafts))], self.words, self.order)
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
                piece = said.pop() if len(said) == 1 and not piece.anew else piece._replace(words=words)
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


def _called_plainly(fact: Fact) -> Fact:
    """A fact under the name of the shared table: the year of a speech is 年份."""
    return fact.named("年份") if fact.kind == "year" and fact.field.name == "今年年份" else fact


def _one_place(elements: list[Element], within: frozenset[int]) -> list[Element]:
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
        words = tuple(next((w for w in said if w is not None), None) for said in zip(*(gap.words for gap in gaps), strict=True))
        for n in numbers:
            elements[n] = elements[n]._replace(texts=((gaps[0]._replace(words=words),),))
    return elements


def _without_numbers(text: str) -> str:
    out, at = "", 0
    for one in counted(text):
        out += text[at : one.start] + "0"
        at = one.end
    return out + text[at:]


def about_of(heading: Pieces) -> str:
    """What a heading says in all speeches, without the 年 of a year that is a blank; of one that is a blank, what that is
    about."""
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
