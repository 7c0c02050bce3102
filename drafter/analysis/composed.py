"""The outline that several speeches have together, as parts and requirements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drafter.analysis.align import Gap, Pieces, whole_gap
from drafter.analysis.conditions import Conditions
from drafter.analysis.elements import Element, about_of, opening_of, shortened
from drafter.analysis.extract import BODY, TITLE, left_out
from drafter.analysis.questions import AskedField, Questions, called
from drafter.analysis.together import Together
from drafter.outline.blank import OutlineText, text_of
from drafter.outline.field import Field
from drafter.outline.model import Condition, Outline, Requirement, Section, condition_of
from drafter.outline.yaml import Source
from drafter.speech.leads import sections_within


class Composer:
    """Writes one outline of speeches put together. `front` are the lines above the body, `body` its elements; `known`
    are the gaps an outline of the same speeches asks for. `shared` counts the paragraphs that stand in all speeches."""

    def __init__(
        self,
        together: Together,
        front: Mapping[str, tuple[str, ...]],
        body: Sequence[Element],
        known: Sequence[tuple[AskedField, Gap, str]] = (),
    ) -> None:
        self.together, self.front, self.body = together, front, body
        self.questions = Questions(together, known)
        self.conditions = Conditions(self.questions)
        self.shared = 0
        self.size = len(together.drafts)

    def outline(self) -> Outline:
        """The whole outline."""
        together = self.together
        lines: dict[str, OutlineText | None] = {}
        for word, texts in self.front.items():
            pieces = together.fitting(texts)
            if pieces is None or (not all(texts) and any(texts)):
                pieces = whole_gap(texts)
            said = self.questions.said(pieces, together.all, "", word)
            self.shared += bool(said)
            lines[word] = text_of(said) if said else left_out(TITLE)
            if not said:
                self.asked(TITLE)
        speech = tuple(self.parts())
        if not speech:
            self.asked(BODY)
            speech = (Section("text", (left_out(BODY),)),)
        nowhere = Source("", "")
        return Outline(
            title=lines.get("title"),
            dateline=lines.get("dateline"),
            byline=lines.get("byline"),
            about="",
            genre="",
            numbering=tuple(level.numbering for level in together.levels if level.numbering),
            template="",
            fields={
                asked.field.name: asked.field._replace(when=_when(asked.when))
                for asked in self.questions.fields.values()
            },
            speech=speech,
            source=nowhere,
            sources=(nowhere,),
            dateline_first=together.dateline_first and "dateline" in lines,
        )

    def asked(self, field: Field) -> None:
        """A field every speech leaves empty."""
        self.questions.add(field.name, field.ask, [""] * self.size, help=field.help)

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def parts(self) -> Iterator[Section]:
        """The parts in their order; paragraphs of one kind under one condition are one part."""
        whens = self.conditions.whens(self.body, self.together.all, "")
        group: list[OutlineText] = []
        last: tuple[str, str] | None = None
        before_list = True

        def close() -> Iterator[Section]:
            if last and group:
                yield Section(last[0], tuple(group), when=_when(last[1]))
            group.clear()

        for number, (element, when) in enumerate(zip(self.body, whens, strict=True)):
            if element.kind == "requirements":
                yield from close()
                last, before_list = None, False
                yield Section(
                    "requirements", items=tuple(self.items(element, element.items, 1, when)), when=_when(when)
                )
                continue
            at_once = number + 1 < len(self.body) and self.body[number + 1].kind == "requirements"
            within = before_list and element.kind not in ("text", "signature", "closing")
            sections = _sections(element, at_once) if within else [(element.kind, element.text)]
            if last != (sections[0][0], when):
                yield from close()
            self.shared += element.here == self.together.all
            for kind, pieces in sections:
                said = text_of(self.questions.said(pieces, element.here, when, element.kind))
                if pieces is sections[0][1]:
                    last = (kind, when)
                    group.append(said)
                else:
                    yield from close()
                    yield Section(kind, (said,), run_on=True, when=_when(when))
                    last = None
        yield from close()

    def items(self, parent: Element, items: Sequence[Element], level: int, outer: str) -> Iterator[Requirement]:
        """Requirements, each with the condition it needs besides `outer`."""
        whens = self.conditions.whens(items, parent.here, outer)
        above = self.questions.under
        for item, own in zip(items, whens, strict=True):
            when = own or outer
            self.questions.under = called(about_of(item.text)) or above
            inside = len([text for text in item.texts if text])
            own_line = bool(item.text) and not (item.run_in and inside)
            self.shared += (inside + own_line) * (item.here == self.together.all)
            heading = text_of(self.questions.said(item.text, item.here, when, "item")) if item.text else None
            texts = [text_of(self.questions.said(text, item.here, when, "words")) for text in item.texts if text]
            if item.items:
                texts += [self.optional(element, item.here, when) for element in item.rest]
                points = tuple(self.items(item, item.items, level + 1, when))
            else:
                points = tuple(self.rest(item, when))
            alone = item.alone if item.text else None
            self.questions.under = above
            yield Requirement(heading, tuple(texts), points, when=_when(own), label=item.label, alone=alone)

    def rest(self, item: Element, when: str) -> Iterator[Requirement]:
        """Paragraphs under a requirement that only some speeches have: points without a number, under their
        conditions."""
        place = f"“{opening_of(item)}”这一条"
        for element, condition in zip(item.rest, self.conditions.whens(item.rest, item.here, when, place), strict=True):
            said = self.questions.said(element.text, element.here, condition or when, "words")
            yield Requirement(None, (text_of(said),), when=_when(condition), label="")

    def optional(self, element: Element, here: frozenset[int], when: str) -> OutlineText:
        """A paragraph some lack in front of requirements under a requirement, where no `when` can stand: a blank that
        may stay empty."""
        full = [
            "".join(piece if isinstance(piece, str) else piece.words[n] or "" for piece in element.text)
            if n in element.here
            else ""
            for n in range(self.size)
        ]
        values = [full[n] if n in here else None for n in range(self.size)]
        ask = f"这里要不要补充一段？例如“{shortened(next(filter(None, full)), 20)}”"
        return text_of(f"【{self.questions.add('补充说法', ask, values, when, help='可以不填。')}|默认('')】")


def _when(condition: str) -> Condition | None:
    return condition_of(condition) if condition else None


def _sections(element: Element, at_once: bool) -> list[tuple[str, Pieces]]:
    """The parts a paragraph holds (its thanks, the sentence that leads to the requirements), where each of them begins
    and ends with words all have."""
    n = min(element.here)
    said = [piece if isinstance(piece, str) else piece.words[n] or "" for piece in element.text]
    out: list[tuple[str, list[str | Gap]]] = []
    whole = [(element.kind, element.text)]
    at = 0
    cuts = sections_within("".join(said), element.kind, int(at_once))
    ends = [start for start, _ in cuts[1:]] + [sum(map(len, said))]
    pieces = list(zip(element.text, said, strict=True))
    for (_, kind), end in zip(cuts, ends, strict=True):
        section: list[str | Gap] = []
        while at < end and pieces:
            piece, words = pieces.pop(0)
            if at + len(words) <= end:
                section.append(piece)
                at += len(words)
            elif isinstance(piece, str):
                section.append(words[: end - at])
                pieces.insert(0, (words[end - at :], words[end - at :]))
                at = end
            else:
                return whole
        while pieces and not pieces[0][1] and end == ends[-1]:
            section.append(pieces.pop(0)[0])
        first, last = (section[0], section[-1]) if section else ("", "")
        if (
            not isinstance(first, str)
            or not isinstance(last, str)
            or first != first.lstrip()
            or last != last.rstrip()
            or not first
            or not last
        ):
            return whole
        out.append((kind, section))
    return [(kind, tuple(section)) for kind, section in out] if len(out) > 1 else whole
