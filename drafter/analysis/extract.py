"""A Draft to an outline that gives it back: the YAML a writer edits, and the answers with which it is the old speech again.

What the outline language cannot say of itself (an irregular number, a heading that stands alone although its numbering runs
in) is written beside it as `label` and `alone`; every outline is filled again before it is given out, and where it does not
give back each paragraph to the letter, its parts are written as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.analysis.facts import Fact, Said
from drafter.diagnostic import Rejected
from drafter.outline.dump import comment, field_rows, part_rows, scalar, text_rows
from drafter.outline.field import Value
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.cues import sections_within
from drafter.speech.draft import Draft, Item, plain, stop_of
from drafter.speech.numbering import Numbering

#: Samples of numberings, as `Numbering.from_sample` knows them.
_SAMPLES = ("一、", "（一）", "1.", "（1）", "①", "一要", "一是", "第一，", "其一，", "首先，", "一方面，")


class Extracted(NamedTuple):
    """An outline as YAML, its answers by name, and whether the speech could only be kept as plain text."""

    yaml: str
    answers: dict[str, Value]
    plain: bool


def extract(draft: Draft, facts: Sequence[Fact] = (), genre: str = "", name: str = "") -> Extracted:
    """The outline of a draft. `facts` are made blanks wherever their words stand; `name` heads the file."""
    writer = _Writer(draft, facts, genre, name)
    wanted = paragraphs_of(draft)
    for attempt in (writer.outline, writer.as_text):
        text = attempt()
        used = [fact for fact in facts if fact.field.name in writer.used]
        answers = {fact.field.name: fact.value for fact in used}
        try:
            again = fill(parse(Source(name or "提纲.yaml", text))[0], answers)
        except Rejected:
            continue
        if paragraphs_of(again) == wanted:
            return Extracted(text, answers, attempt == writer.as_text)
    raise AssertionError("an outline of plain text gives back its text")


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


class Level(NamedTuple):
    """What the outline says of the items of a level: their numbering, None where it has none for them."""

    numbering: Numbering | None

    def label(self, number: int, total: int) -> str:
        return self.numbering.label(number, total) if self.numbering and total > 1 else ""


class _Writer:
    def __init__(self, draft: Draft, facts: Sequence[Fact], genre: str, name: str) -> None:
        self.draft, self.facts, self.genre, self.name = draft, facts, genre, name
        self.used: set[str] = set()
        self.blanks = {said.words: (fact.field.name, said) for fact in facts for said in fact.said}
        alternatives = "|".join(said_pattern(self.blanks[words][1]) for words in sorted(self.blanks, key=len, reverse=True))
        self.pattern = re.compile(f"【|{alternatives}" if alternatives else "【")

    # ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def blanked(self, text: str) -> str:
        """A text with its facts as blanks; its own 【 is 【【."""

        def one(found: re.Match[str]) -> str:
            if found[0] == "【":
                return "【【"
            name, said = self.blanks[found[0]]
            self.used.add(name)
            before, after = (part.replace("【", "【【") for part in (said.before, said.after))
            return f"{before}【{name}{said.through}】{after}"

        return self.pattern.sub(one, text)

    # ── whole outlines ─────────────────────────────────────────────────────────────────────────────────────────────

    def outline(self) -> str:
        levels = numberings([self.draft])
        rows = [*self.parts(levels)]
        return self.file(rows, [level.numbering for level in levels if level.numbering])

    def as_text(self) -> str:
        """The speech with a title and paragraphs, and no more said of it."""
        self.used.clear()
        self.pattern, draft = re.compile("【"), self.draft
        rest = paragraphs_of(draft._replace(title=(), dateline=(), byline=()))[1:]
        rows = list(part_rows("text", [self.blanked(text) for text in rest], "  ")) if rest else []
        return self.file(rows, [])

    def file(self, rows: Sequence[str], numbering: Sequence[Numbering]) -> str:
        draft = self.draft
        fields: list[str] = []
        title = self.blanked(plain(draft.title))
        head = [f"# 从 {comment(self.name)} 提取" if self.name else "# 从一篇讲话稿提取", "# 汉字都可以改；英文词（冒号左边）请不要动。"]
        head.append(f"title: {scalar(title)}" if title else "title: 【标题|默认('')】")
        if draft.dateline_first:
            head.append("dateline-first: yes")
        for word, rich in (("dateline", draft.dateline), ("byline", draft.byline)):
            if rich:
                head.append(f"{word}: {scalar(self.blanked(plain(rich)))}")
        if self.genre:
            head.append(f"genre: {scalar(self.genre)}")
        if numbering:
            head += ["numbering:", *(f"  - {scalar(n.sample)}" for n in numbering)]
        if not title:
            fields += ["  标题:", "    ask: 这篇讲话的标题？", "    help: 原稿没有标题；不要标题就空着。"]
        for fact in self.facts:
            if fact.field.name in self.used:
                fields += field_rows(fact.field)
        if fields:
            head += ["", "fields:", *fields]
        body = rows or ["  - text: 【正文|默认('')】"]
        if not rows:
            head += [] if fields else ["", "fields:"]
            head += ["  正文:", "    ask: 正文？"]
        return "\n".join([*head, "", "speech:", *body]).rstrip("\n") + "\n"

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def parts(self, levels: Sequence[Level]) -> Iterator[str]:
        before_list = True
        parts = self.draft.parts
        for number, part in enumerate(parts):
            at_once = number + 1 < len(parts) and parts[number + 1].kind == "requirements"
            if part.kind == "requirements":
                before_list = False
                yield "  - requirements:"
                yield from self.items(part.items, levels, "      ")
                yield ""
                continue
            group: list[str] = []
            for paragraph in part.paragraphs:
                text = plain(paragraph.text)
                last = at_once and paragraph is part.paragraphs[-1]
                within = before_list and part.kind not in ("text", "signature", "closing")
                cuts = sections_within(text, part.kind, last) if within else ()
                if len(cuts) < 2:
                    group.append(self.blanked(text))
                    continue
                pieces = [text[a:b] for (a, _), (b, _) in zip(cuts, [*cuts[1:], (len(text), "")], strict=True)]
                if any(piece != piece.strip() for piece in pieces):  # a part cannot begin or end with a space
                    group.append(self.blanked(text))
                    continue
                if cuts[0][1] == part.kind:
                    group.append(self.blanked(pieces[0]))
                    yield from part_rows(part.kind, group, "  ")
                else:
                    if group:
                        yield from part_rows(part.kind, group, "  ")
                    yield from part_rows(cuts[0][1], [self.blanked(pieces[0])], "  ")
                group = []
                for (_, kind), piece in zip(cuts[1:], pieces[1:], strict=True):
                    yield from list(part_rows(kind, [self.blanked(piece)], "  "))[:-1]
                    yield "    run-on: yes"
                    yield ""
            if group:
                yield from part_rows(part.kind, group, "  ")

    # ── requirements ───────────────────────────────────────────────────────────────────────────────────────────────

    def items(self, items: Sequence[Item], levels: Sequence[Level], indent: str) -> Iterator[str]:
        for number, item in enumerate(items, 1):
            level = levels[item_level(item, levels)] if item_level(item, levels) < len(levels) else Level(None)
            heading = plain(item.heading)
            rows: list[str] = []
            if item.label != level.label(number, len(items)):
                rows.append(f"label: {scalar(item.label)}")
            if heading:
                own = level.numbering is not None and level.numbering.own_line
                if not item.own_line and own and stop_of(heading):
                    heading += "。"
                alone = own and not heading.endswith(("。", "！", "？"))
                rows.append(f"heading: {scalar(self.blanked(heading))}")
                if alone != item.own_line:
                    rows.append(f"alone: {'yes' if item.own_line else 'no'}")
            if item.paragraphs:
                rows += text_rows("text", [self.blanked(plain(p.text)) for p in item.paragraphs], "")
            if item.items:
                rows.append("points:")
                rows += self.items(item.items, levels, "  ")
            if not item.paragraphs and not item.items and not heading:
                rows.append("text: ''")
            for at, row in enumerate(rows):
                yield (indent + ("- " if not at else "  ") + row) if row else ""


def numberings(drafts: Sequence[Draft]) -> list[Level]:
    """The numbering of each level: the one that says most of its numbers."""
    groups: dict[int, list[Sequence[Item]]] = {}
    for draft in drafts:
        for part in draft.parts:
            _gather(part.items, groups)
    out: list[Level] = []
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
        out.append(Level(best))
    return out


def item_level(item: Item, levels: Sequence[Level]) -> int:
    """The index of an item's level. The outline counts levels by nesting."""
    return item.level - 1


def _gather(items: Sequence[Item], groups: dict[int, list[Sequence[Item]]]) -> None:
    if items:
        groups.setdefault(items[0].level, []).append(items)
    for item in items:
        _gather(item.items, groups)


def said_pattern(said: Said) -> str:
    """The words as a pattern; figures and Latin words only where they stand whole."""
    words = said.words
    before = r"(?<![0-9.,])" if words[0].isdigit() else r"(?<![A-Za-z])" if words[0].isascii() and words[0].isalpha() else ""
    after = r"(?![0-9]|[.,][0-9])" if words[-1].isdigit() else r"(?![A-Za-z])" if words[-1].isascii() and words[-1].isalpha() else ""
    before += f"(?<!{said.not_behind})" if said.not_behind else ""
    after += f"(?!{said.not_ahead})" if said.not_ahead else ""
    return before + re.escape(words) + after
