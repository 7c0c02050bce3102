"""Outline and answers to a Draft: blanks said, conditions decided, lists written out, requirements numbered."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.blank import Blank, OutlineText, ToConfirm
from drafter.outline.expression import UNANSWERED, Expression, Malformed, shown
from drafter.outline.model import (
    COMPUTED,
    Answers,
    Condition,
    Each,
    Outline,
    Requirement,
    Section,
    bases,
    texts_with_conditions,
)
from drafter.speech.draft import Draft, Item, Paragraph, Part, Rich, Span, plain, stop_of

if TYPE_CHECKING:
    from drafter.outline.basis import BasisAsked, Stood
    from drafter.outline.computed import ByHand, Listed, Tally

#: No speech is longer: 2,000,000 characters are 67 hours at 500 a minute. An outline that unfolds further is refused.
MAX_CHARACTERS = 2_000_000

#: What one round of an `each` counts as, so that rounds that write nothing come to an end too; a paragraph and a blank,
#: which take more memory than their characters.
ROUND_COST = 20
PARAGRAPH_COST = 40
BLANK_COST = 8


def fill(outline: Outline, answers: Answers, by_hand: "ByHand | None" = None) -> Draft:
    """The speech. A blank without an answer stays as 【名称】; a part whose `when` nobody can decide yet stays in. What is
    counted is counted as it stands after what a writer has done to the lists `by_hand`. Raises Rejected where an answer
    does not fit the expression that asks for it."""
    return filled(outline, answers, by_hand).draft


class FilledOutline(NamedTuple):
    """A speech with what each `basis` of it came to, in order; `left` is how many characters it might have had more."""

    draft: Draft
    stood: "tuple[Stood, ...]"
    left: int


def filled(
    outline: Outline, answers: Answers, by_hand: "ByHand | None" = None, instead: Mapping[str, str] = {}
) -> FilledOutline:
    """The same with what it stands on. `instead` are words to stand for what blanks come to, by what is written between 【 and 】.
    Raises Rejected as `fill` does."""
    filler = _Filler(outline, instead=instead)
    draft = filler.draft(answers)
    if filler.counts:
        from drafter.outline.computed import Tally

        filler = _Filler(outline, Tally(filler.order, filler.lists, by_hand), instead)
        draft = filler.draft(answers)
    return FilledOutline(draft, tuple(filler.stood), filler.budget)


def stood(outline: Outline, answers: Answers) -> "tuple[Stood, ...]":
    """What each `basis` of the speech came to, in order; () where it has none. Raises Rejected as `fill` does."""
    if not bases(outline):
        return ()
    filler = _Filler(outline)
    filler.draft(answers)
    return tuple(filler.stood)


def title_of(outline: Outline, answers: Answers) -> Rich:
    """The title of a speech; the rest is not filled where the title does not count anything in it. Raises Rejected where an
    answer does not fit what the title asks for."""
    title = outline.title
    filler = _Filler(outline)
    if title is not None and any(filler.computed.intersection(blank.expression.names) for blank in title.blanks):
        return fill(outline, answers).title
    return filler.rich(title, answers) if title is not None else ()


def headings(outline: Outline, answers: Answers, by_hand: "ByHand | None" = None) -> tuple[str, ...]:
    """What a speech says in short: the headings of its requirements, of the longest list where it has several, shortened
    as 【要点】 is, and as they stand after what was done to them `by_hand`. Blanks nobody has answered are in them as
    【名称】."""
    from drafter.outline.computed import in_short

    filler = _Filler(outline)
    parts = {part.node: part for part in filler.draft(answers).parts}
    lists = [node for node in dict.fromkeys(filler.order) if filler.lists.get(node)]
    longest = max(lists, key=lambda node: _length(parts[node].items) if node in parts else 0, default="")
    found = filler.lists.get(longest, [])
    return tuple(in_short(plain(heading)) for _, heading in (by_hand.applied(found) if by_hand else found))


def listed(outline: Outline, answers: Answers) -> "dict[str, list[Listed]]":
    """The lists of a speech, by the node they belong to: that of a part, or of a requirement with points."""
    filler = _Filler(outline)
    filler.draft(answers)
    return filler.lists


def _length(items: Iterable[Item]) -> int:
    return sum(sum(len(plain(p.text)) for p in item.paragraphs) + _length(item.items) + 1 for item in items)


def notes(outline: Outline, draft: Draft) -> tuple[str, ...]:
    """The remarks to the writer on the parts and requirements that stand in this draft."""
    standing: set[str] = set()

    def of_items(items: Iterable[Item]) -> None:
        for item in items:
            standing.add(item.node.split("#")[0])
            of_items(item.items)

    for part in draft.parts:
        standing.add(part.node.split("#")[0])
        of_items(part.items)
    found: list[str] = []

    def of(parts: Iterable[Section | Requirement | OutlineText]) -> None:
        for part in parts:
            if isinstance(part, OutlineText):
                continue
            if part.note and (part.node in standing or (isinstance(part, Section) and part.kind == "include")):
                found.append(part.note)
            of((*part.items, *part.sections) if isinstance(part, Section) else part.points)

    of(outline.speech)
    return tuple(found)


def _in_line(item: Item) -> Rich:
    """The number, the heading and the first paragraph of a requirement as they are said in running text, each with the
    node it came from."""
    heading = [span._replace(node=span.node or f"{item.node}.heading") for span in item.heading]
    stop = stop_of(plain(item.heading)) if heading else ""
    text = [span._replace(node=span.node or p.node) for p in item.paragraphs[:1] for span in p.text]
    label, ended = ([Span(said, node=item.node)] if said else [] for said in (item.label, stop))
    return (*label, *heading, *ended, *text)


def _said_of(item: Item) -> Rich:
    """What a requirement says in short: its heading, else the first paragraph it has."""
    return item.heading or next((p.text for p in item.paragraphs), ())


class _Filler:
    """One walk through an outline. `counted` is what the walk before has found to count (【条数】, 【要点】), None on the
    first; `counts` tells that something here wants it. `instead`: see `filled`."""

    def __init__(
        self, outline: Outline, counted: "Tally | None" = None, instead: Mapping[str, str] = {}
    ) -> None:
        self.instead = instead
        self.outline = outline
        self.budget = MAX_CHARACTERS
        self.entry_of: dict[str, str] = {}
        self.counted = counted
        self.counts = False
        self.computed = {name for name in COMPUTED if name not in outline.fields}  # and what an `each` calls one of them
        self.order: list[str] = []
        self.lists: dict[str, list[Listed]] = {}
        self.length: str | None = None  # of a basis; None before it was asked for
        self.stood: list[Stood] = []
        self.printed: set[str] = set()  # the sentences of what it stood on

    def draft(self, answers: Answers) -> Draft:
        outline = self.outline

        answers = self.known(answers, "")

        def one(text: OutlineText | None) -> Rich:
            return self.rich(text, answers) if text is not None else ()

        parts: list[Part] = []
        self.sections(outline.speech, answers, parts, "")
        return Draft(
            one(outline.title), tuple(parts), one(outline.dateline), one(outline.byline), outline.dateline_first
        )

    # ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def rich(self, text: OutlineText, answers: Answers) -> Rich:
        """The spans of a text, line breaks inside an answer closed up."""
        spans = self.spans(text, answers)
        for span in spans:
            if "\n" in span.text:
                break
        else:
            return spans
        return tuple(span._replace(text="".join(span.text.split("\n"))) for span in spans)

    def paragraphs(self, texts: Iterable[OutlineText], answers: Answers, suffix: str) -> list[Paragraph]:
        """The paragraphs of texts. A long answer that is a paragraph of its own keeps its paragraphs."""
        out = []
        for text in texts:
            node = text.node + suffix
            first = text.pieces[0] if len(text.pieces) == 1 else None
            if type(first) is str and "\n" not in first:  # words alone, as most are
                self.spend(PARAGRAPH_COST + len(first))
                out.append(Paragraph((Span(first),), node))
                continue
            self.spend(PARAGRAPH_COST)
            if isinstance(first, Blank):
                span = next(iter(self.spans(text, answers)), None)  # none where the answer is empty
                if span is not None and "\n" in span.text:
                    rows = [row.strip() for row in span.text.split("\n") if row.strip()]
                    for number, row in enumerate(rows, 1):
                        field = f"{span.field}#{number}" if len(rows) > 1 else span.field
                        out.append(Paragraph((span._replace(text=row, field=field),), node))
                    continue
            rich = self.rich(text, answers)
            if rich:
                out.append(Paragraph(rich, node))
        return out

    def spans(self, text: OutlineText, answers: Answers) -> Rich:
        spans = []
        for piece in text.pieces:
            if isinstance(piece, str):
                self.spend(len(piece))
                spans.append(Span(piece))
                continue
            if isinstance(piece, ToConfirm):
                self.spend(len(piece.words) + BLANK_COST)
                spans.append(Span(piece.words, confirm=piece.note))
                continue
            self.think(piece.expression, answers)
            try:
                value = piece.expression.value(answers)
                said = "" if value is UNANSWERED else shown(value)
            except Malformed as error:
                raise Rejected(
                    text.scalar.diagnostic(
                        f"空【{piece.source}】：{error}",
                        piece.offset,
                        len(piece.source) + 2,
                        "改这个空的写法，或者改回答。",
                        code="answer-unfit",
                    )
                ) from None
            self.spend(len(said) + BLANK_COST)
            if said and self.instead:
                said = self.instead.get(piece.source, said)
            names = piece.expression.names
            if self.computed.intersection(names):
                spans += self.computed_spans(piece, value, said)
                continue
            field = ""
            if len(names) == 1:
                field = str(answers.get(f"#{names[0]}", "")) or self.entry_of.get(names[0], names[0])
            if value is UNANSWERED:
                spans.append(Span(self.gap(piece), "", piece.source, field, False))
            elif said:
                spans.append(Span(said, "", piece.source, field))
        return tuple(spans)

    def computed_spans(self, piece: Blank, value: object, said: str) -> Rich:
        """What is computed is plain text, for nobody answers it: only blanks left in the headings it names stay
        blanks. With an answer in the same blank it is an answer like others, but no field's alone."""
        self.counts = True
        if self.counted and self.computed.issuperset(piece.expression.names):
            return self.counted.spans(said, piece.source)
        return (Span(said or self.gap(piece), "", piece.source, "", value is not UNANSWERED),)

    def gap(self, piece: Blank) -> str:
        """A blank nobody has answered as it stands in the speech."""
        if piece.expression.tree is None and piece.expression.names[0] not in self.entry_of:
            return f"【{piece.source}】"
        from drafter.outline.gaps import gap

        return f"【{gap(piece.expression, lambda name: self.entry_of.get(name, name))}】"

    def known(self, answers: Answers, node: str, points: bool = False) -> Answers:
        """The answers with what is computed for a place: a part of the speech, or the `points` of a requirement."""
        if self.counted is None:
            return answers
        found = self.counted.points(node) if points else self.counted.part(node)
        return ChainMap({name: value for name, value in found.items() if name in self.computed}, answers)  # type: ignore[arg-type]

    def spend(self, characters: int) -> None:
        self.budget -= characters
        if self.budget < 0:
            raise Rejected(Diagnostic(f"写出来超过 {MAX_CHARACTERS:,} 字，不像一篇讲话；请检查 each 和太长的回答。", code="speech-too-long"))

    def think(self, expression: Expression, answers: Answers) -> None:
        """Count what an expression costs: it looks through long answers, and an `each` asks it again every round."""
        if expression.tree is not None:
            long = sum(len(value) for name in expression.names if isinstance(value := answers.get(name), str | tuple))
            self.spend(len(expression.source) + long * len(expression.source) // 100)

    # ── what it stands on ──────────────────────────────────────────────────────────────────────────────────────────

    def standing_on(self, asked: "BasisAsked", answers: Answers, node: str) -> list[Paragraph]:
        """The paragraph of what a part or requirement stands on; a blank where nothing stands, none where all that does
        has been printed before."""
        from drafter.outline.basis import Stood, choose, days_of, node_of, situation_of

        self.spend(len(asked.table.entries))
        situation = situation_of(answers, days_of(self.outline.fields, self.outline.dateline))
        length = asked.length or self.usual_length(answers)
        chosen = choose(asked, situation, length, self.printed)
        used = not chosen and bool(self.printed) and bool(choose(asked, situation, length))
        self.stood.append(Stood(asked, situation.day or asked.table.checked, chosen, used))
        if not chosen:
            left = f"{asked.table.name}的依据"
            return [] if used else [Paragraph((Span(f"【{left}】", "", left, "", False),), f"{node}.basis")]
        spans: list[Span] = []
        for entry, text in ((c.entry, c.text) for c in chosen):
            self.printed.add(entry.sentence.words)
            inner = f"{node}.{node_of(asked.table, entry)}"
            spans += (span._replace(node=inner) for span in self.rich(text, answers))
        self.spend(PARAGRAPH_COST)
        return [Paragraph(tuple(spans), f"{node}.basis")]

    def usual_length(self, answers: Answers) -> str:
        """How much of a basis this speech prints where its outline does not say."""
        if self.length is None:
            from drafter.outline.basis import usual_length

            found = texts_with_conditions(self.outline)
            said = (t.pieces for t, whens in found if not any(self.refused(when, answers) for when in whens))
            self.length = usual_length(sum(len(piece) for pieces in said for piece in pieces if isinstance(piece, str)))
        return self.length

    def refused(self, when: Condition, answers: Answers) -> bool:
        """Whether a condition does not hold, as far as can be told."""
        try:
            return when.holds(answers) is False
        except Malformed:
            return False

    # ── conditions and repetition ──────────────────────────────────────────────────────────────────────────────────

    def stays(self, when: Condition | None, answers: Answers) -> bool:
        if when is None:
            return True
        self.think(when.expression, answers)
        try:
            return when.holds(answers) is not False
        except Malformed as error:
            raise Rejected(when.scalar.diagnostic(f"when: {error}", code="when-unfit")) from None

    def rounds(self, each: Each | None, answers: Answers) -> Iterator[tuple[str, Answers]]:
        """(suffix of the nodes, answers) for every time a part is written. Without an answer: once, its name a
        blank."""
        if each is None:
            yield "", answers
            return
        entries = answers.get(each.field)
        if each.field in self.computed:
            self.counts = True
            self.computed.add(each.name)
        if entries is None:
            self.entry_of[each.name] = each.field
            yield "", answers
            return
        for number, entry in enumerate(entries if type(entries) is tuple else (entries,), 1):
            self.spend(ROUND_COST)
            which = {each.name: entry, f"#{each.name}": f"{each.field}#{number}"}  # no field's name begins with #
            yield f"#{number}", ChainMap(which, answers)  # type: ignore[arg-type]

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def sections(self, sections: Iterable[Section], answers: Answers, parts: list[Part], suffix: str) -> None:
        for section in sections:
            self.order.append(section.node + suffix)
            known = self.known(answers, self.order[-1])
            if section.each is None and not self.stays(section.when, known):
                continue
            for more, inner in self.rounds(section.each, known):
                if section.each is None or self.stays(section.when, inner):
                    self.section(section, inner, parts, suffix + more)

    def section(self, section: Section, answers: Answers, parts: list[Part], suffix: str) -> None:
        node = section.node + suffix
        if section.kind == "include":
            at = len(parts)
            self.sections(section.sections, answers, parts, suffix)
            if section.run_on and 0 < at < len(parts):
                parts[at] = self.run_on(parts, parts[at], at)
            return
        if section.kind == "requirements":
            items = self.requirements(section.items, answers, 1, suffix, node)
            if items and section.items[0].run_on:
                items = self.begun_before(parts, items, node)
            self.order.append(node)
            if items:
                parts.append(Part(section.kind, (), tuple(items), node))
            return
        if section.basis:
            part = Part("situation", tuple(self.standing_on(section.basis, answers, node)), (), node)
        else:
            part = Part(section.kind, tuple(self.paragraphs(section.texts, answers, suffix)), (), node)
        if section.run_on:
            part = self.run_on(parts, part, len(parts))
        if part.paragraphs or section.run_on:
            parts.append(part)

    def run_on(self, parts: list[Part], part: Part, at: int) -> Part:
        """The part without its first paragraph, which now goes on in the last paragraph before `at`."""
        before = next((n for n in range(at - 1, -1, -1) if parts[n].paragraphs or parts[n].items), None)
        if before is None or parts[before].items or not part.paragraphs:
            return part
        first, *rest = part.paragraphs
        last = parts[before].paragraphs[-1]
        self.spend((at - before + len(last.text)) // 4)  # a paragraph that grows for ever is written anew each time
        joined = last._replace(text=last.text + tuple(s._replace(node=s.node or first.node) for s in first.text))
        parts[before] = parts[before]._replace(paragraphs=(*parts[before].paragraphs[:-1], joined))
        return part._replace(paragraphs=tuple(rest))

    def begun_before(self, parts: list[Part], items: list[Item], node: str) -> list[Item]:
        """The requirements without the first, which now goes on in the last paragraph of the parts; all of them where
        there is none it could go on in, or where it has paragraphs or points of its own."""
        first = items[0]
        if len(first.paragraphs) > 1 or first.items:
            return items
        part = Part("text", (Paragraph(_in_line(first), first.node),), (), node)
        return items[1:] if not self.run_on(parts, part, len(parts)).paragraphs else items

    # ── requirements ───────────────────────────────────────────────────────────────────────────────────────────────

    def requirements(
        self, requirements: Iterable[OutlineText | Requirement], answers: Answers, level: int, suffix: str, whose: str
    ) -> list[Item]:
        """Numbered items of one level, those of the node `whose`. Sentences among them that are not paragraphs of their
        own are not for here."""
        standing: list[tuple[OutlineText | Requirement, Answers, str]] = []
        for one in requirements:
            if isinstance(one, OutlineText):
                standing.append((one, answers, suffix))
                continue
            for more, inner in self.rounds(one.each, answers):
                if self.stays(one.when, inner):
                    within = self.known(inner, one.node + suffix + more, points=True) if one.points else inner
                    standing.append((one, within, suffix + more))
        numbering = self.outline.numbering_of(level)
        own_paragraph = numbering is not None and numbering.own_line
        out = []
        for number, (one, inner, more) in enumerate(standing, 1):
            self.spend(PARAGRAPH_COST)
            label = numbering.label(number, len(standing)) if numbering and len(standing) > 1 else ""
            if isinstance(one, Requirement) and one.label is not None:
                label = one.label
            if isinstance(one, OutlineText):
                text = Paragraph(self.rich(one, inner), one.node + more)
                out.append(Item(number, label, level, False, (), (text,), (), one.node + more))
                continue
            heading = self.rich(one.heading, inner) if one.heading else ()
            ended = bool(heading) and heading[-1].text.endswith(("。", "！", "？"))
            paragraphs = self.standing_on(one.basis, inner, one.node + more) if one.basis else []
            paragraphs += self.paragraphs(one.texts, inner, more)
            items = self.points(one, inner, level + 1, more, paragraphs)
            alone = bool(heading) and (not ended and own_paragraph if one.alone is None else one.alone)
            out.append(
                Item(number, label, level, alone, heading, tuple(paragraphs), tuple(items), one.node + more)
            )
        numbered = [item for item in out if item.label] or out
        self.lists[whose] = [(item.node, _said_of(item)) for item in numbered]
        return self.run_together(out, [isinstance(one, Requirement) and one.run_on for one, _, _ in standing])

    def run_together(self, items: list[Item], runs_on: list[bool]) -> list[Item]:
        """Requirements of one level, those that go on in the paragraph before as words of the one before. Where all do
        but one, all are one paragraph, whichever is the first by now."""
        if runs_on.count(False) == 1:
            runs_on = [False] + [True] * (len(items) - 1)
        out: list[Item] = []
        for item, goes_on in zip(items, runs_on, strict=True):
            if not goes_on or not out:
                out.append(item)
                continue
            last = out[-1]
            self.spend(sum(len(p.text) for p in last.paragraphs[-1:]) // 4)
            before = last.paragraphs[-1] if last.paragraphs else Paragraph((), last.node)
            joined = before._replace(text=before.text + _in_line(item))
            out[-1] = last._replace(
                own_line=last.own_line and bool(last.paragraphs),
                paragraphs=(*last.paragraphs[:-1], joined, *item.paragraphs[1:]),
                items=(*last.items, *item.items),
            )
        return out

    def points(
        self, one: Requirement, answers: Answers, level: int, suffix: str, paragraphs: list[Paragraph]
    ) -> list[Item]:
        """The points under a requirement. Where all are sentences, and their numbering is one that is said in running
        text (一是 …) or none, they go on in the requirement's last paragraph; otherwise they are items of their own."""
        numbering = self.outline.numbering_of(level)
        sentences = [p for p in one.points if isinstance(p, OutlineText)]
        if len(sentences) < len(one.points) or (numbering and numbering.own_line):
            items = self.requirements(one.points, answers, level, suffix, one.node + suffix)
            begins = bool(one.points) and isinstance(one.points[0], Requirement) and one.points[0].run_on
            if begins and items and paragraphs and len(items[0].paragraphs) < 2 and not items[0].items:
                paragraphs[-1] = paragraphs[-1]._replace(text=paragraphs[-1].text + _in_line(items[0]))
                items = items[1:]
            return items
        spans: list[Span] = []
        said = [self.rich(text, answers) for text in sentences]
        if said:
            self.lists[one.node + suffix] = [(text.node + suffix, rich) for text, rich in zip(sentences, said, strict=True)]
        for number, (text, rich) in enumerate(zip(sentences, said, strict=True), 1):
            node = text.node + suffix
            if numbering and len(sentences) > 1:
                spans.append(Span(numbering.label(number, len(sentences)), node=node))
            spans += [span._replace(node=node) for span in rich]
        if spans and paragraphs:
            paragraphs[-1] = paragraphs[-1]._replace(text=paragraphs[-1].text + tuple(spans))
        elif spans:
            paragraphs.append(Paragraph(tuple(s._replace(node="") for s in spans), sentences[0].node + suffix))
        return []
