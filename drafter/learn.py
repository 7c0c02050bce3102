"""Several speeches of one kind to one outline: what they share as text, what differs as blanks, what only some have under a
`when`, and for each speech the answers with which the outline is that speech again.

Every outline is filled with each speech's answers before it is given out. A paragraph that does not come back to the letter
is kept as an alternative of its own for each of its wordings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.alignment import Gap, Node, Pieces, Vocabulary, aligned, central, nodes_of, pieces_of, whole_gap
from drafter.answers import from_yaml, settle, to_yaml
from drafter.diagnostic import Rejected
from drafter.draft import Draft, Item, plain, stop_of
from drafter.expression import usable_name
from drafter.extract import Level, comment, numberings, paragraphs_of, part_rows, scalar, text_rows
from drafter.facts import find_facts
from drafter.field import Field, Unfit, Value, read
from drafter.fill import fill
from drafter.outline import parse
from drafter.yamltree import Source

#: Speeches one outline is learnt from.
MAX_SPEECHES = 20

#: Blanks of one paragraph that no fact explains, beyond which it is rather another wording; and the share of its letters
#: that must stand in all.
_LOOSE = 4
_SHARED = 0.5

#: Letters of all speeches together that must be common to at least two, for each of them: below it they are not of one kind.
LEAST_COMMON = 0.1

#: How often an outline is made anew with the paragraphs that did not come back kept as they are.
_ATTEMPTS = 6

_CALLED = {
    "greeting": "称呼", "opening": "开头", "appreciation": "致意", "situation": "形势", "lead": "引语", "closing": "结尾",
    "signature": "落款", "text": "正文", "requirements": "要求", "item": "要求", "words": "要求", "title": "标题", "dateline": "日期",
    "byline": "讲话人",
}  # fmt: skip

_TODAY = date(2000, 1, 1)


class Blank(NamedTuple):
    """A field of the outline with what each speech answers; None where the speech is not asked. `deciding` tells one that
    is about which parts stay in."""

    field: Field
    values: tuple[Value | None, ...]
    when: str = ""
    deciding: bool = False


class Option(NamedTuple):
    """A part only some speeches have: what it begins with, and which they are."""

    words: str
    speeches: tuple[int, ...]


class Learnt(NamedTuple):
    """An outline as YAML, the answers of each speech, its blanks and optional parts, how many paragraphs stand in all
    speeches, the share of each speech's letters that another has too, and whether the speeches could only be kept whole."""

    yaml: str
    answers: tuple[dict[str, Value], ...]
    blanks: tuple[Blank, ...]
    options: tuple[Option, ...]
    shared: int
    common: tuple[float, ...]
    plain: bool


def learn(drafts: Sequence[Draft], names: Sequence[str] = (), keep_figures: bool = False) -> Learnt:
    """The outline of two or more drafts; `names` are those of their files."""
    names = names or [f"讲话{n}" for n in range(1, len(drafts) + 1)]
    wanted = [paragraphs_of(draft) for draft in drafts]
    kept: set[tuple[str | None, ...]] = set()
    for attempt in range(_ATTEMPTS + 1):
        learner = _Learner(drafts, names, keep_figures, frozenset(kept), attempt == _ATTEMPTS)
        found = learner.outline()
        wrong = list(_wrong(found, wanted))
        if not wrong:
            return found
        more = {
            texts
            for file, paragraph in wrong
            for texts in learner.compiled
            if (text := texts[file]) and (paragraph is None or text in paragraph)
        }
        if more <= kept and attempt < _ATTEMPTS:
            more = set(learner.compiled)
        kept |= more
    return _Learner(drafts, names, keep_figures, frozenset(), True).apart()


def _wrong(found: Learnt, wanted: Sequence[Sequence[str]]) -> Iterator[tuple[int, str | None]]:
    """The paragraphs that do not come back, with the number of their speech; None for all of them."""
    try:
        outline, remarks = parse(Source("提纲.yaml", found.yaml))
    except Rejected:
        yield from ((n, None) for n in range(len(wanted)))
        return
    for n, paragraphs in enumerate(wanted):
        try:
            said = to_yaml(found.answers[n])
            values = settle(outline.fields, from_yaml(Source("回答.yaml", said)), _TODAY).values if said else {}
            again = paragraphs_of(fill(outline, values))
        except Rejected:
            yield n, None
            continue
        if again != tuple(paragraphs):
            at = next((k for k, pair in enumerate(zip(again, paragraphs, strict=False)) if pair[0] != pair[1]), len(paragraphs) - 1)
            yield n, paragraphs[at]


# ── what the speeches are made of together ─────────────────────────────────────────────────────────────────────────


class _Element(NamedTuple):
    """A paragraph, list or requirement of the outline, in the speeches of `here`. A requirement has a heading, texts, and
    `rest`: paragraphs some of them lack; `label` and `alone` None where the numbering tells them."""

    here: frozenset[int]
    kind: str
    text: Pieces = ()
    texts: tuple[Pieces, ...] = ()
    rest: tuple[_Element, ...] = ()
    items: tuple[_Element, ...] = ()
    labels: tuple[str, ...] = ()
    label: str | None = None
    alone: bool | None = None


class _Learner:
    def __init__(
        self, drafts: Sequence[Draft], names: Sequence[str], keep_figures: bool, kept: frozenset[tuple[str | None, ...]], whole: bool
    ) -> None:
        self.drafts, self.names, self.kept, self.whole = drafts, names, kept, whole
        self.levels = numberings(drafts)
        self.bodies = ["\n".join(paragraphs_of(draft)) for draft in drafts]
        self.words = [
            Vocabulary(find_facts(draft, keep_figures=keep_figures), lambda words: all(words in body for body in self.bodies))
            for draft in drafts
        ]
        self.compiled: list[tuple[str | None, ...]] = []
        self.all = frozenset(range(len(drafts)))

    # ── elements ───────────────────────────────────────────────────────────────────────────────────────────────────

    def heading(self, item: Item) -> str:
        """A heading as an outline has it: one that its text follows at once with the mark it ends with."""
        heading = plain(item.heading)
        numbering = self.level(item.level).numbering
        return heading + stop_of(heading) if heading and not item.own_line and numbering and numbering.own_line else heading

    def level(self, level: int) -> Level:
        return self.levels[level - 1] if level <= len(self.levels) else Level(None)

    def elements(self, sequences: Sequence[Sequence[Node]], level: int) -> tuple[_Element, ...]:
        """The nodes of all speeches in one order."""
        out: list[_Element] = []
        for column in aligned(sequences, self.words, self.order):
            out += self.merged(column, level)
        return tuple(out)

    def merged(self, column: Sequence[Node | None], level: int) -> Iterator[_Element]:
        """A column as one element, or as one for each of its wordings."""
        here = [n for n, node in enumerate(column) if node]
        kind = next(column[n].kind for n in self.order if column[n])  # type: ignore[union-attr]
        if kind == "requirements":
            items = self.elements([node.items if node else () for node in column], level)
            yield _Element(frozenset(here), kind, items=tuple(self.labelled(items, frozenset(here), level)))
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
                if self.item(trial, level) if kind == "item" else self.paragraph(trial, kind):
                    group.append(n)
            alone = [node if k in group else None for k, node in enumerate(column)]
            found = self.item(alone, level) if kind == "item" else self.paragraph(alone, kind)
            assert found, "a single speech agrees with itself"
            yield found
            left = [n for n in left if n not in group]

    def paragraph(self, column: Sequence[Node | None], kind: str) -> _Element | None:
        here = frozenset(n for n, node in enumerate(column) if node)
        pieces = self.fitting([node.text if node else None for node in column])
        return None if pieces is None else _Element(here, kind, pieces)

    def fitting(self, texts: Sequence[str | None]) -> Pieces | None:
        """Texts as pieces, None where they are too far apart for one paragraph with blanks."""
        said = {text for text in texts if text is not None}
        if len(said) == 1:
            return pieces_of(texts, self.words)
        if self.whole or tuple(texts) in self.kept:
            return None
        self.compiled.append(tuple(texts))
        pieces = pieces_of(texts, self.words)
        loose = [gap for gap in pieces if isinstance(gap, Gap) and not gap.factual]
        same = sum(len(piece) for piece in pieces if isinstance(piece, str))
        same += sum(8 for gap in pieces if isinstance(gap, Gap) and gap.factual)
        most = max(sum(len(gap.words[n] or "") for gap in loose) for n, text in enumerate(texts) if text is not None)
        if len(loose) > _LOOSE or (loose and same < _SHARED * (same + most)) or not self.answerable(pieces):
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

    def item(self, column: Sequence[Node | None], level: int) -> _Element | None:
        present = {n: node for n, node in enumerate(column) if node}
        here, first = frozenset(present), next(iter(present.values()))
        deep = any(node.items for node in present.values())
        heading = self.fitting([node.text if node else None for node in column])
        if heading is None:
            return None
        texts: list[Pieces] = []
        after = 0
        if not first.alone:
            after = 1
            opening = [((node.words[0].text if node.words else "") if node else None) for node in column]
            if any(opening):
                pieces = self.fitting(opening)
                if pieces is None and not deep:
                    return None
                texts.append(pieces if pieces is not None else whole_gap(opening))
        rest = list(self.elements([node.words[after:] if node else () for node in column], level))
        while rest and rest[0].here == here:
            texts.append(rest.pop(0).text)
        items = self.elements([node.items if node else () for node in column], level + 1)
        own = self.level(level).numbering
        told = {bool(node.text) and bool(own and own.own_line) and not node.text.endswith(("。", "！", "？")) for node in present.values()}
        alone = None if told == {first.alone} else first.alone
        labels = tuple(node.label if node else "" for node in column)
        return _Element(here, "item", heading, tuple(texts), tuple(rest), tuple(self.labelled(items, here, level + 1)), labels, None, alone)

    def labelled(self, items: Sequence[_Element], here: frozenset[int], level: int) -> Iterator[_Element]:
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

    # ── the outline ────────────────────────────────────────────────────────────────────────────────────────────────

    def outline(self) -> Learnt:
        self.order = central(self.bodies)
        front, bodies = self.front()
        body = self.elements(bodies, 1)
        return _Writer(self, front, body).learnt()

    def front(self) -> tuple[dict[str, tuple[str, ...]], list[tuple[Node, ...]]]:
        """The lines above the body, and the bodies. Where the speeches have date and speaker in different orders, these are
        paragraphs of the body."""
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
        self.dateline_first = True in both
        return {word: texts for word, texts in captions.items() if word == "title" or any(texts)}, bodies

    def apart(self) -> Learnt:
        """The speeches one beside the other, none of them taken apart."""
        self.order = list(range(len(self.drafts)))
        self.dateline_first = False
        title = tuple(paragraphs[0] for paragraphs in map(paragraphs_of, self.drafts))
        body = [
            _Element(frozenset([n]), "text", (text,)) for n, draft in enumerate(self.drafts) for text in paragraphs_of(draft)[1:]
        ]
        self.levels = []
        return _Writer(self, {"title": title}, body).learnt()._replace(plain=True)


def _only(element: _Element, files: frozenset[int]) -> _Element:
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

    def below(some: Sequence[_Element]) -> tuple[_Element, ...]:
        return tuple(_only(one, files) for one in some if one.here & files)

    rest = list(below(element.rest))
    texts = [pieces(text) for text in element.texts]
    while rest and rest[0].here == element.here & files:
        texts.append(rest.pop(0).text)
    return element._replace(
        here=element.here & files, text=pieces(element.text), texts=tuple(texts), rest=tuple(rest), items=below(element.items)
    )


# ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Row(NamedTuple):
    """A field as far as it is known: the conditions under which its blanks stand."""

    field: Field
    values: tuple[Value | None, ...]
    whens: frozenset[str]


class _Writer:
    def __init__(self, learner: _Learner, front: Mapping[str, tuple[str, ...]], body: Sequence[_Element]) -> None:
        self.learner, self.front, self.body = learner, front, body
        self.fields: dict[str, _Row] = {}
        self.by_key: dict[object, str] = {}
        self.options: list[Option] = []
        self.shared = 0
        self.deciding: set[str] = set()
        self.size = len(learner.drafts)

    def learnt(self) -> Learnt:
        learner = self.learner
        head = [f"# 从 {'、'.join(comment(name) for name in learner.names)} 学来", "# 汉字都可以改；英文词（冒号左边）请不要动。"]
        for word, texts in self.front.items():
            pieces = learner.fitting(texts)
            if pieces is None or (not all(texts) and any(texts)):
                pieces = whole_gap(texts)
            said = self.said(pieces, learner.all, "", word)
            if word == "dateline" and learner.dateline_first:
                head.append("dateline-first: yes")
            head.append(f"{word}: {scalar(said)}" if said else "title: 【标题|默认('')】")
            if not said:
                self.add("标题", "这篇讲话的标题？", [""] * self.size, help="原稿没有标题；不要标题就空着。")
        numbering = [level.numbering for level in learner.levels if level.numbering]
        if numbering:
            head += ["numbering:", *(f"  - {scalar(n.sample)}" for n in numbering)]
        rows = list(self.parts())
        if not rows:
            self.add("正文", "正文？", [""] * self.size)
            rows = ["  - text: 【正文|默认('')】"]
        fields: list[str] = []
        for row in self.fields.values():
            fields += self.field_rows(row)
        if fields:
            head += ["", "fields:", *fields]
        text = "\n".join([*head, "", "speech:", *rows]).rstrip("\n") + "\n"
        answers = tuple(
            {name: value for name, row in self.fields.items() if (value := row.values[n]) is not None} for n in range(self.size)
        )
        blanks = tuple(
            Blank(row.field, row.values, self.when_of(row), row.field.name in self.deciding) for row in self.fields.values()
        )
        return Learnt(text, answers, blanks, tuple(self.options), self.shared, self.common(), False)

    def common(self) -> tuple[float, ...]:
        """The share of each speech's letters that stands in another one too."""
        same = [0] * self.size

        def of(pieces: Pieces, here: frozenset[int]) -> None:
            if len(here) > 1:
                many = sum(len(piece) for piece in pieces if isinstance(piece, str))
                for n in here:
                    same[n] += many

        def below(elements: Sequence[_Element]) -> None:
            for one in elements:
                of(one.text, one.here)
                for text in one.texts:
                    of(text, one.here)
                below(one.rest)
                below(one.items)

        below(self.body)
        return tuple(same[n] / max(1, len(body)) for n, body in enumerate(self.learner.bodies))

    def field_rows(self, row: _Row) -> list[str]:
        field, when = row.field, self.when_of(row)
        rows = [f"  {field.name}:", f"    ask: {scalar(field.ask)}"]
        if field.help:
            rows.append(f"    help: {scalar(field.help)}")
        if field.choices:
            rows += ["    choices:", *(f"      - {scalar(choice)}" for choice in field.choices)]
        elif field.type != "text":
            rows.append(f"    type: {field.type}")
        if field.example:
            rows.append(f"    example: {scalar(field.example)}")
        if when:
            rows.append(f"    when: {scalar(when)}")
        return rows

    @staticmethod
    def when_of(row: _Row) -> str:
        return next(iter(row.whens)) if len(row.whens) == 1 else ""

    # ── fields ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(
        self, name: str, ask: str, values: Sequence[Value | None], when: str = "", kind: str = "text", choices: Sequence[str] = (), example: str = "", help: str = ""
    ) -> str:  # fmt: skip
        """A field of this name, or of the next with a number that is free."""
        base = name if usable_name(name) else "用语"
        chosen, number = base, 1
        while chosen in self.fields:
            number += 1
            chosen = f"{base}{number}"
        field = Field(chosen, ask, help, "choice" if choices else kind, tuple(choices), example=example)
        self.fields[chosen] = _Row(field, tuple(values), frozenset([when]))
        return chosen

    def blank(self, gap: Gap, when: str, kind: str) -> str:
        """The name of the field that tells a gap, and its filter."""
        key, values = self.key(gap)
        name = self.by_key.get(key)
        if name is None:
            name = self.by_key[key] = self.named(gap, values, when, kind)
        else:
            row = self.fields[name]
            self.fields[name] = row._replace(whens=row.whens | {when}, values=tuple(a if a is not None else b for a, b in zip(row.values, values, strict=True)))
        through = next((fact.through for fact in gap.facts if fact), "") if gap.factual else ""
        return name + ("|默认('')" if "" in gap.words else through)

    @staticmethod
    def key(gap: Gap) -> tuple[object, tuple[Value | None, ...]]:
        """What makes two gaps one field, and its values."""
        if gap.factual:
            facts = [fact.fact if fact else None for fact in gap.facts]
            types = {(fact.field.type, token.through) for fact, token in zip(facts, gap.facts, strict=True) if fact and token}
            if len(types) == 1:
                values: tuple[Value | None, ...] = tuple(fact.value if fact else None for fact in facts)
                name = next(token.name for token in gap.facts if token)
                figure = any(fact and fact.said[0].before for fact in facts)
                return (name if figure else "", values), values
        words = gap.words
        if all(w is None or len(w) > 1 for w in words):
            return ("", words), words
        return (gap.before[-2:], gap.behind[:2], words), words

    def named(self, gap: Gap, values: tuple[Value | None, ...], when: str, kind: str) -> str:
        words = [w for w in gap.words if w]
        fact = next((token.fact for token in gap.facts if token and token.fact), None) if gap.factual else None
        if fact and any(not isinstance(v, str) for v in values if v is not None) or fact and fact.field.type == "text":
            name = next(token.name for token in gap.facts if token)
            return self.add(name, fact.field.ask, values, when, fact.field.type, example=words[0])
        if fact and fact.field.type == "choice":
            choices = list(dict.fromkeys(c for t in gap.facts if t and t.fact for c in t.fact.field.choices))
            return self.add("层级" if fact.field.name == "层级" else fact.field.name, fact.field.ask, values, when, "choice", choices)
        around = f"“{gap.before[-8:]}____{gap.behind[:8]}”" if gap.before or gap.behind else _CALLED[kind]
        empty = "" in gap.words
        told = list(dict.fromkeys(words))
        ask = f"{around}，填什么？"
        if any(re.search("[，。；！？]", w) or len(w) > 12 for w in told) and not empty and all(len(w) <= 80 for w in told):
            return self.add(self.context(gap, kind, "说法"), f"{around}，用哪一种说法？", values, when, choices=told)
        shown = "；".join(w if len(w) <= 20 else w[:19] + "…" for w in told)
        help = ("可以不填；" if empty else "") + f"以前写过：{shown}"
        return self.add(self.context(gap, kind, "内容"), ask, values, when, example=told[0] if len(told[0]) <= 40 else "", help=help)

    @staticmethod
    def context(gap: Gap, kind: str, what: str) -> str:
        """A name from the words around a gap."""
        if not gap.before and not gap.behind:
            return _CALLED[kind] if kind in ("title", "dateline", "byline", "greeting") else f"{_CALLED[kind]}{what}"
        words = [w for w in gap.words if w]
        if all(re.fullmatch("[一二三四五六七八九十两]+|[0-9.,]+", w) for w in words) and re.match(r"[\u4e00-\u9fff]", gap.behind):
            return f"{re.match('[一-鿿]{1,2}', gap.behind)[0]}数"  # type: ignore[index]
        before = re.search(r"[\u4e00-\u9fff]{2}$", gap.before)
        behind = re.match(r"[\u4e00-\u9fff]{2}", gap.behind)
        near = before[0] if before else behind[0] if behind else _CALLED[kind]
        return near + what

    # ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def said(self, pieces: Pieces, here: frozenset[int], when: str, kind: str) -> str:
        """Pieces as an outline has them."""
        out = ""
        for piece in pieces:
            out += piece.replace("【", "【【") if isinstance(piece, str) else f"【{self.blank(piece, when, kind)}】"
        if here == self.learner.all and pieces:
            self.shared += 1
        return out

    # ── conditions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def whens(self, elements: Sequence[_Element], here: frozenset[int], outer: str) -> list[str]:
        """The condition of each element, "" where it needs none. Those side by side that the same speeches have share one."""
        out = [""] * len(elements)
        at = 0
        while at < len(elements):
            end = at
            while end < len(elements) and elements[end].here != here:
                end += 1
            if end > at:
                for n, when in zip(range(at, end), self.alternatives(elements[at:end], here, outer), strict=True):
                    out[n] = when
            at = end + 1
        return out

    def alternatives(self, some: Sequence[_Element], here: frozenset[int], outer: str) -> list[str]:
        masks = list(dict.fromkeys(one.here for one in some))
        first = {mask: next(one for one in some if one.here == mask) for mask in masks}
        said = {mask: _opening(first[mask]) for mask in masks}
        for mask in masks:
            self.options.append(Option(said[mask], tuple(sorted(mask))))
        apart = sum(map(len, masks)) == len(frozenset().union(*masks))
        what = "这一条" if first[masks[0]].kind == "item" else "这一段"
        if len(masks) == 1 or not apart:
            names = {}
            for mask in masks:
                values = [n in mask if n in here else None for n in range(self.size)]
                short = _short(said[mask])
                names[mask] = self.add(f"有{short}" if short else "有这一段", f"要不要“{said[mask]}”{what}？", values, outer, "yes/no")
            self.deciding |= set(names.values())
            return [names[one.here] for one in some]
        choices = [_short(said[mask], 10) for mask in masks]
        help = ""
        if len(set(choices)) < len(choices) or not all(choices) or any(c.isascii() for c in choices):
            choices = [f"第{n}种" for n in range(1, len(masks) + 1)]
            help = "；".join(f"{choice}：{said[mask]}" for choice, mask in zip(choices, masks, strict=True))
        by_mask = dict(zip(masks, choices, strict=True))
        rest = here - frozenset().union(*masks)
        values = [next((by_mask[m] for m in masks if n in m), "都不要") if n in here else None for n in range(self.size)]
        options = [*choices, "都不要"] if rest else choices
        called = _CALLED[first[masks[0]].kind]
        name = self.add(f"{called}用语", f"{called}的这一处，用哪一种？", values, outer, choices=options, help=help)
        self.deciding.add(name)
        return [f'{name} == "{by_mask[one.here]}"' for one in some]

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def parts(self) -> Iterator[str]:
        whens = self.whens(self.body, self.learner.all, "")
        group: list[str] = []
        last: tuple[str, str] | None = None

        def close() -> Iterator[str]:
            if last and group:
                rows = list(part_rows(last[0], group, "  "))[:-1]
                yield from rows
                if last[1]:
                    yield f"    when: {scalar(last[1])}"
                yield ""
            group.clear()

        for element, when in zip(self.body, whens, strict=True):
            if element.kind == "requirements":
                yield from close()
                last = None
                yield "  - requirements:"
                yield from self.items(element, element.items, 1, "      ", when)
                if when:
                    yield f"    when: {scalar(when)}"
                yield ""
                continue
            if last != (element.kind, when):
                yield from close()
            last = (element.kind, when)
            group.append(self.said(element.text, element.here, when, element.kind))
        yield from close()

    def items(self, parent: _Element, items: Sequence[_Element], level: int, indent: str, outer: str) -> Iterator[str]:
        whens = self.whens(items, parent.here, outer)
        for item, own in zip(items, whens, strict=True):
            when = own or outer
            rows: list[str] = []
            if item.label is not None:
                rows.append(f"label: {scalar(item.label)}")
            if item.text:
                rows.append(f"heading: {scalar(self.said(item.text, item.here, when, 'item'))}")
                if item.alone is not None:
                    rows.append(f"alone: {'yes' if item.alone else 'no'}")
            texts = [self.said(text, item.here, when, "words") for text in item.texts if text]
            points: list[str] = []
            if item.items:
                for one in item.rest:
                    words = tuple("".join(p for p in one.text if isinstance(p, str)) if n in one.here else "" if n in item.here else None for n in range(self.size))
                    texts += self.optional(one, words, item, when)
                points = list(self.items(item, item.items, level + 1, "  ", when))
            else:
                for one, condition in zip(item.rest, self.whens(item.rest, item.here, when), strict=True):
                    text = text_rows("text", [self.said(one.text, one.here, condition or when, "words")], "")
                    points += ["  - label: ''", *(f"    {row}" if row else "" for row in text)]
                    points += [f"    when: {scalar(condition)}"] if condition else []
            if texts:
                rows += text_rows("text", texts, "")
            if points:
                rows += ["points:", *points]
            if not texts and not points and not item.text:
                rows.append("text: ''")
            if own:
                rows.append(f"when: {scalar(own)}")
            for at, row in enumerate(rows):
                yield (indent + ("- " if not at else "  ") + row) if row else ""

    def optional(self, one: _Element, words: Sequence[str | None], item: _Element, when: str) -> list[str]:
        """A paragraph some lack in front of requirements under a requirement: a blank that may stay empty."""
        full = [
            None if w is None else "".join(p if isinstance(p, str) else p.words[n] or "" for p in one.text) if n in one.here else ""
            for n, w in enumerate(words)
        ]
        said = next(w for w in full if w)
        short = said if len(said) <= 20 else said[:19] + "…"
        name = self.add("补充说法", f"这里要不要补充一段？例如“{short}”", full, when, help="可以不填。")
        return [f"【{name}|默认('')】"]


def _opening(element: _Element) -> str:
    """What an element begins with, in the speech that has it."""
    if element.items and not element.text:
        return _opening(element.items[0])
    n = min(element.here)
    for pieces in (element.text, *element.texts, *(one.text for one in element.rest)):
        said = "".join(piece if isinstance(piece, str) else piece.words[n] or "" for piece in pieces).strip()
        if said:
            return said if len(said) <= 16 else said[:15] + "…"
    return ""


def _short(words: str, most: int = 8) -> str:
    """The first words that a name may be made of."""
    return next((found[:most] for found in re.findall(r"[\u4e00-\u9fffA-Za-z0-9]+", words)), "")
