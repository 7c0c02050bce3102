"""A Draft to an outline that gives it back: the YAML a writer edits, and the answers with which it is the old speech
again.

What the outline language cannot say of itself (an irregular number, a heading that stands alone although its numbering
runs in) is written beside it as `label` and `alone`; every outline is filled again before it is given out, and where it
does not give back each paragraph to the letter, its parts are written as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from drafter.analysis.facts import Fact, said_pattern
from drafter.analysis.listed import listed, numbering_within
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.blank import OutlineText, text_of
from drafter.outline.dump import dump
from drafter.outline.field import Field, Value
from drafter.outline.fill import fill
from drafter.outline.model import Outline, Requirement, Section
from drafter.outline.parse import parse
from drafter.outline.remarked import remarked
from drafter.outline.written import remark, stands_below_a_bar
from drafter.outline.yaml import Source, decode
from drafter.speech.draft import Draft, Item, plain, stop_of
from drafter.speech.leads import items_behind, sections_within
from drafter.speech.numbering import Numbering

#: Samples of numberings, as `Numbering.from_sample` knows them.
_SAMPLES = ("一、", "（一）", "1.", "（1）", "①", "一要", "一是", "第一，", "其一，", "首先，", "一方面，")


class Extracted(NamedTuple):
    """An outline as YAML, its answers by name, whether the speech could only be kept as plain text, and the outline as it
    is read from its file."""

    yaml: str
    answers: dict[str, Value]
    plain: bool
    outline: Outline


#: The second line of every outline made here.
FOR_WRITERS = "汉字都可以改；英文词（冒号左边）请不要动。"


class OutlineSays(NamedTuple):
    """What an outline says of itself: what it is for, and of which genre; "" for nothing."""

    about: str = ""
    genre: str = ""


def extract(
    draft: Draft, facts: Sequence[Fact] = (), name: str = "", refused: Sequence[Fact] = (), named: OutlineSays = OutlineSays()
) -> Extracted:
    """The outline of a draft. `facts` are made blanks wherever their words stand, those of the `refused` stay words there;
    `name` heads the file. Raises Rejected for a speech no outline gives back."""
    wanted = paragraphs_of(draft)
    head = (f"从 {remark(name)} 提取" if name else "从一篇讲话稿提取", FOR_WRITERS)
    again: Draft | None = None
    for plain_text in (False, True):
        maker = _OutlineMaker(draft, facts, refused, named)
        try:
            outline, used = maker.as_text() if plain_text else maker.outline()
            answers = {fact.field.name: fact.value for fact in facts if fact.field.name in used}
            text = dump(remarked(outline, draft), {(): head})
            outline = parse(decode(text.encode(), name or "提纲.yaml")[0])[0]  # as from the file
            again = fill(outline, answers)
        except Rejected:
            continue
        if paragraphs_of(again) == wanted:
            return Extracted(text, answers, plain_text, outline)
    raise _not_held(wanted, paragraphs_of(again) if again else (), name)


def _not_held(wanted: Sequence[str], given: Sequence[str], name: str) -> Rejected:
    """What to say where an outline of plain text would not give back its text: the first paragraph that it changes."""
    at = next((n for n, (one, other) in enumerate(zip_longest(wanted, given)) if one != other), 0)
    text = wanted[at] if at < len(wanted) else ""
    unseen = sorted({f"U+{ord(letter):04X}" for letter in text if not letter.isprintable() and letter not in "\n\u3000"})
    hint = "里面有看不见的字符" + "、".join(unseen[:5]) + "，删掉再试。" if unseen else "在这一段的开头、结尾和换行处看看，删掉看不见的字符再试。"
    told = f"这一段写进提纲就变样了：“{text[:30]}”"
    return Rejected(Diagnostic(told, Place(name or "讲话稿"), hint, code="speech-not-given-back"))


def paragraphs_of(draft: Draft) -> tuple[str, ...]:
    """The paragraphs a draft is printed as, from the title on, those in front first."""
    front = (draft.dateline, draft.byline) if draft.dateline_first else (draft.byline, draft.dateline)
    out = [plain(draft.title), *filter(None, map(plain, front))]

    def of(items: Sequence[Item]) -> None:
        for item in items:
            head = item.label + plain(item.heading)
            words = [plain(p.text) for p in item.paragraphs]
            if item.own_line:
                out.append(head)
            else:
                stop = stop_of(plain(item.heading)) if item.heading else ""
                out.append(head + stop + (words.pop(0) if words else ""))
            out.extend(words)
            of(item.items)

    for part in draft.parts:
        out.extend(plain(p.text) for p in part.paragraphs)
        of(part.items)
    return tuple(out)


class LevelSample(NamedTuple):
    """What the outline says of the items of a level: their numbering, None where it has none for them."""

    numbering: Numbering | None

    def label(self, number: int, total: int) -> str:
        """The number of an item; "" where it has none."""
        return self.numbering.label(number, total) if self.numbering and total > 1 else ""


#: What is asked where a speech has no title or no text: the outline language needs both.
TITLE = Field("标题", "这篇讲话的标题？", "原稿没有标题；不要标题就空着。")
BODY = Field("正文", "正文？")


def left_out(field: Field) -> OutlineText:
    """A text that is nothing but a blank, which may stay empty."""
    return text_of(f"【{field.name}|默认('')】")


class _OutlineMaker:
    """Makes the outline of one draft; `used` are the names of the facts that have become blanks in it."""

    def __init__(self, draft: Draft, facts: Sequence[Fact], refused: Sequence[Fact], named: OutlineSays) -> None:
        self.draft, self.facts, self.named = draft, facts, named
        self.used: set[str] = set()
        self.sole = not any(part.items for part in draft.parts)  # it has no list but those inside paragraphs
        self.blanks = {said.words: ("", said) for fact in refused for said in fact.said}
        self.blanks |= {said.words: (fact.field.name, said) for fact in facts for said in fact.said}
        alternatives = "|".join(
            said_pattern(self.blanks[words][1]) for words in sorted(self.blanks, key=len, reverse=True)
        )
        self.pattern = re.compile(f"【|{alternatives}" if alternatives else "【")

    def outline(self) -> tuple[Outline, set[str]]:
        """The outline with its parts and requirements."""
        levels = numberings([self.draft])
        within = numbering_within(self.draft)
        levels += [LevelSample(within)] if within else []
        return self.whole(
            tuple(self.parts(levels)), tuple(level.numbering for level in levels if level.numbering)
        ), self.used

    def as_text(self) -> tuple[Outline, set[str]]:
        """The speech with a title and paragraphs, and no more said of it."""
        self.pattern = re.compile("【")
        rest = paragraphs_of(self.draft._replace(title=(), dateline=(), byline=()))[1:]
        parts: list[Section] = []
        for bars, group in groupby(rest, stands_below_a_bar):
            texts = list(map(self.blanked, group))
            parts += [Section("text", tuple(texts))] if bars else [Section("text", (text,)) for text in texts]
        return self.whole(tuple(parts), ()), self.used

    def whole(self, speech: tuple[Section, ...], numbering: tuple[Numbering, ...]) -> Outline:
        draft = self.draft
        title, dateline, byline = (
            self.blanked(plain(rich)) if rich else None for rich in (draft.title, draft.dateline, draft.byline)
        )
        titled = title is not None and bool(title.pieces)
        fields = [] if titled else [TITLE]
        fields += [fact.field for fact in self.facts if fact.field.name in self.used]
        if not speech:
            speech = (Section("text", (left_out(BODY),)),)
            fields.append(BODY)
        nowhere = Source("", "")
        return Outline(
            title=title if titled else left_out(TITLE),
            dateline=dateline,
            byline=byline,
            about=self.named.about,
            genre=self.named.genre,
            numbering=numbering,
            template="",
            fields={field.name: field for field in fields},
            speech=speech,
            source=nowhere,
            sources=(nowhere,),
            dateline_first=draft.dateline_first,
        )

    def blanked(self, text: str) -> OutlineText:
        """A text with its facts as blanks; its own 【 is 【【."""

        def blank(found: re.Match[str]) -> str:
            if found[0] == "【":
                return "【【"
            name, said = self.blanks[found[0]]
            if not name:
                return found[0].replace("【", "【【")
            self.used.add(name)
            before, after = (part.replace("【", "【【") for part in (said.before, said.after))
            return f"{before}【{name}{said.through}】{after}"

        return text_of(self.pattern.sub(blank, text))

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def parts(self, levels: Sequence[LevelSample]) -> Iterator[Section]:
        """The parts of the outline. A paragraph before the requirements that holds several (thanks, the sentence that
        leads to them) is one of each, the later ones running on."""
        before_list = True
        parts = self.draft.parts
        for number, part in enumerate(parts):
            if part.kind == "requirements":
                before_list = False
                yield Section("requirements", items=tuple(self.items(part.items, levels)))
                continue
            below = parts[number + 1].items if number + 1 < len(parts) else ()
            group: list[OutlineText] = []
            for place, paragraph in enumerate(part.paragraphs):
                text = plain(paragraph.text)
                within = before_list and part.kind not in ("text", "signature", "closing")
                follow = items_behind(part.paragraphs, place, below)
                pieces = list(self.pieces(part.kind, text, follow if within else None, levels))
                if [piece.kind for piece in pieces] == [part.kind]:
                    group.append(self.blanked(text))
                    continue
                if pieces[0].kind == part.kind:
                    group += pieces.pop(0).texts
                if group:
                    yield Section(part.kind, tuple(group))
                group = []
                yield from pieces
            if group:
                yield Section(part.kind, tuple(group))

    def pieces(self, kind: str, text: str, follow: int | None, levels: Sequence[LevelSample]) -> Iterator[Section]:
        """The parts a paragraph of a part of some kind holds, the later ones running on. `follow`: how many requirements
        follow at once; None where none of the parts before the requirements is looked for."""
        numbering = levels[0].numbering if levels else None
        inner = None if kind == "signature" else listed(text, self.sole, numbering, self.blanked)
        before = inner.before if inner else text
        if before:
            cut = [] if follow is None else _cut(before, kind, len(inner.requirements.items) if inner else follow)
            for number, (of, piece) in enumerate(cut or [(kind, before)]):
                yield Section(of, (self.blanked(piece),), run_on=number > 0)
        if inner:
            yield inner.requirements
            if inner.after:
                yield Section(kind, (self.blanked(inner.after),), run_on=True)

    def items(self, items: Sequence[Item], levels: Sequence[LevelSample]) -> Iterator[Requirement]:
        """Requirements; what their numbering does not say of them is beside them."""
        for number, item in enumerate(items, 1):
            at = item_level(item)
            level = levels[at] if at < len(levels) else LevelSample(None)
            heading = plain(item.heading)
            alone = None
            if heading:
                stands = level.numbering is not None and level.numbering.own_line
                if not item.own_line and stands and stop_of(heading):
                    heading += "。"
                if (stands and not heading.endswith(("。", "！", "？"))) != item.own_line:
                    alone = item.own_line
            yield Requirement(
                label=item.label if item.label != level.label(number, len(items)) else None,
                heading=self.blanked(heading) if heading else None,
                alone=alone,
                texts=tuple(self.blanked(plain(p.text)) for p in item.paragraphs),
                points=tuple(self.items(item.items, levels)),
            )


def _cut(text: str, kind: str, follow: int) -> list[tuple[str, str]]:
    """The parts a paragraph holds, each with its kind; none where it holds one, or where a part would begin or end with
    a space, which none can."""
    cuts = sections_within(text, kind, follow)
    pieces = [(of, text[start:end]) for (start, of), (end, _) in zip(cuts, [*cuts[1:], (len(text), "")], strict=True)]
    return pieces if len(pieces) > 1 and all(piece == piece.strip() for _, piece in pieces) else []


def numberings(drafts: Sequence[Draft]) -> list[LevelSample]:
    """The numbering of each level: the one that says most of its numbers."""
    groups: dict[int, list[Sequence[Item]]] = {}
    for draft in drafts:
        for part in draft.parts:
            _gather(part.items, groups)
    out: list[LevelSample] = []
    for level in range(1, max(groups, default=0) + 1):
        best, most = None, 0
        for sample in _SAMPLES:
            numbering = Numbering.from_sample(sample)
            right = sum(
                bool(item.label) and numbering.label(n, len(items)) == item.label
                for items in groups.get(level, [])
                if len(items) > 1
                for n, item in enumerate(items, 1)
            )
            if right > most:
                best, most = numbering, right
        if best is None:
            if not any(len(items) > 0 for deeper in range(level + 1, 9) for items in groups.get(deeper, [])):
                break
            best = Numbering.from_sample(_SAMPLES[min(level, 4) - 1])
        out.append(LevelSample(best))
    return out


def item_level(item: Item) -> int:
    """The index of an item's level. The outline counts levels by nesting."""
    return item.level - 1


def _gather(items: Sequence[Item], groups: dict[int, list[Sequence[Item]]]) -> None:
    if items:
        groups.setdefault(items[0].level, []).append(items)
    for item in items:
        _gather(item.items, groups)

