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

from drafter.analysis.align import (
    Gap,
    Node,
    Pieces,
    Token,
    Vocabulary,
    aligned,
    central,
    nodes_of,
    pieces_of,
    whole_gap,
)
from drafter.analysis.extract import Level, numberings, paragraphs_of
from drafter.analysis.facts import Fact, find_facts
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.answers import from_yaml, settle, to_yaml
from drafter.outline.dump import comment, field_rows, part_rows, scalar, text_rows
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Unfit, Value, read, say
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.cues import sections_within
from drafter.speech.draft import Draft, Item, plain, stop_of

#: Speeches one outline is learnt from.
MAX_SPEECHES = 20

#: Blanks of one paragraph that no fact explains, beyond which it is rather another wording: so many, or one for so many of
#: its letters up to a most; and the share of its letters that must stand in all.
_LOOSE = 4
_LETTERS = 25
_MOST_LOOSE = 12
_SHARED = 0.5

#: Letters of all speeches together that must be common to at least two, for each of them: below it they are not of one kind.
LEAST_COMMON = 0.1

#: Speeches the outline names at its head.
_NAMED = 5

#: How often an outline is made anew with the paragraphs that did not come back kept as they are.
_ATTEMPTS = 6

_CALLED = {
    "greeting": "称呼", "opening": "开头", "appreciation": "致意", "situation": "形势", "lead": "引语", "closing": "结尾",
    "signature": "落款", "text": "正文", "requirements": "要求", "item": "要求", "words": "要求", "title": "标题", "dateline": "日期",
    "byline": "讲话人",
}  # fmt: skip

#: Lines above the body.
_FRONT = ("title", "dateline", "byline")

#: Letters that say how words hang together, not what they are about.
_PARTICLES = "的了着过在上中下里内外和与及是为有对把将就也都而并不从到由向让被给使以之其于等各"

_EMPTY = frozenset(["已经", "刚才", "今天", "现在", "我们", "大家", "同志", "这个", "一个", "可以", "能够", "就是", "还是", "他们", "当前", "目前", "今后", "以来", "这里", "同时"])

#: What words of a kind end with, and the name of a blank for them.
_TELLING = (
    ("(?:会议|大会|全会|座谈会|论坛|仪式|培训班|研讨班)$", "会议名称"),
    ("(?:月底|年底|季度|[年月日号前]|[上下]旬|上半年|下半年)(?:以?前|底)?$", "时间"),
    ("(?:同志|书记|[省市县区局厅院校镇乡]长|主任|主席|部长|董事长|教授|老师|先生|女士)$", "人员"),
    ("(?:[省市县区州旗镇乡党工]委|政府|[局厅部]|公司|集团|学校|大学|医院|单位|机关|办公室|中心|协会|法院|检察院)$", "单位"),
    ("[\u4e00-\u9fff](?:[省市县区州旗镇乡村]|街道|社区)$", "地名"),
)

#: Levels of government, as 全市 and 我县 have them.
_LEVELS = "省市县区州旗镇乡村"

#: What stands behind a few words, and the name of a blank for them.
_BEHIND = (
    ("[省市县区州旗镇乡村](?!场|域|里|别|民|内)|街道|社区", "地名"),
    ("集团|公司|[局厅](?!部|面)|学校|大学|医院", "单位"),
    ("同志|书记|[市县区局厅镇乡]长|主任|教授|老师", "人名"),
)

_TODAY = date(2000, 1, 1)

#: Facts a speech has one of: where two speeches have different ones, they differ, even if the words of the one are in both.
_ONE = frozenset(["会议名称", "讲话人", "讲话人职务", "日期", "层级"])


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
    """The outline of two or more drafts; `names` are those of their files. Raises Rejected where no outline gives one back."""
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
    found = _Learner(drafts, names, keep_figures, frozenset(), True).apart()
    for n, _ in _wrong(found, wanted):
        raise Rejected(Diagnostic("这一篇的样子提纲说不了，学不进去。", Place(names[n]), "去掉它再学。"))
    return found


def _wrong(found: Learnt, wanted: Sequence[Sequence[str]]) -> Iterator[tuple[int, str | None]]:
    """The paragraphs that do not come back, with the number of their speech; None for all of them."""
    try:
        outline, _ = parse(Source("提纲.yaml", found.yaml))
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
    run_in: bool = False


class _Learner:
    def __init__(
        self, drafts: Sequence[Draft], names: Sequence[str], keep_figures: bool, kept: frozenset[tuple[str | None, ...]], whole: bool
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
                if self.head(trial) if kind == "item" else self.paragraph(trial, kind):
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
        longest = max(len(text) for text in texts if text is not None)
        if len(loose) > max(_LOOSE, min(longest // _LETTERS, _MOST_LOOSE)) or (loose and same < _SHARED * (same + most)) or not self.answerable(pieces):
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
        """The heading of a column of requirements and the text it runs into; None where they are too far apart for one."""
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

    def item(self, column: Sequence[Node | None], level: int) -> _Element | None:
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
        told = {bool(node.text) and bool(own and own.own_line) and not node.text.endswith(("。", "！", "？")) for node in present.values()}
        alone = None if told == {first.alone} else first.alone
        labels = tuple(node.label if node else "" for node in column)
        return _Element(here, "item", heading, tuple(texts), tuple(rest), tuple(self.labelled(items, here, level + 1)), labels, None, alone, not first.alone)

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
        first = _Writer(self, front, body)
        first.learnt()
        known = [(first.fields[name], gap, kind) for name, (gap, kind) in first.found.items()]
        return _Writer(self, front, body, known).learnt()

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
        bodies = _hoisted(bodies, self.words)
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


def _hoisted(bodies: Sequence[tuple[Node, ...]], words: Sequence[Vocabulary]) -> list[tuple[Node, ...]]:
    """Bodies in which paragraphs behind the last requirement stand on their own where another speech has them elsewhere: no
    mark tells whether the last paragraphs of a list belong to its last requirement."""

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
    def __init__(
        self, learner: _Learner, front: Mapping[str, tuple[str, ...]], body: Sequence[_Element], known: Sequence[tuple[_Row, Gap, str]] = ()
    ) -> None:
        self.learner, self.front, self.body = learner, front, body
        self.fields: dict[str, _Row] = {}
        self.by_key: dict[tuple[object, tuple[Value | None, ...]], str] = {}
        self.found: dict[str, tuple[Gap, str]] = {}
        self.known = known
        self.options: list[Option] = []
        self.shared = 0
        self.deciding: set[str] = set()
        self.size = len(learner.drafts)

    def learnt(self) -> Learnt:
        learner = self.learner
        named = "、".join(comment(name) for name in learner.names[:_NAMED])
        more = f" 等 {self.size} 篇" if self.size > _NAMED else ""
        head = [f"# 从 {named}{more} 学来", "# 汉字都可以改；英文词（冒号左边）请不要动。"]
        for word, texts in self.front.items():
            pieces = learner.fitting(texts)
            if pieces is None or (not all(texts) and any(texts)):
                pieces = whole_gap(texts)
            said = self.said(pieces, learner.all, "", word)
            self.shared += bool(said)
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
            fields += self.rows_of(row)
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

    def rows_of(self, row: _Row) -> list[str]:
        when = self.when_of(row)
        return [*field_rows(row.field), *([f"    when: {scalar(when)}"] if when else [])]

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
        name = self.by_key.get((key, values)) or self.like(key, values)
        if name is None:
            name = self.named(gap, values, when, kind)
            self.found[name] = (gap, kind)
        row = self.fields[name]
        both = tuple(b if a is None else a for a, b in zip(row.values, values, strict=True))
        self.fields[name] = row._replace(whens=row.whens | {when}, values=both)
        self.by_key[key, values] = name
        self.by_key[key, both] = name
        through = next((fact.through for fact in gap.facts if fact), "") if gap.factual else ""
        return name + ("|默认('')" if "" in gap.words else through)

    def like(self, key: object, values: Sequence[Value | None]) -> str | None:
        """A field of other speeches that tells the same as far as it is known: at least two speeches, not all the same."""
        for (other, known), name in self.by_key.items():
            pairs = [(a, b) for a, b in zip(known, values, strict=True) if a is not None and b is not None]
            if other == key and len(pairs) > 1 and len({a for a, _ in pairs}) > 1 and all(a == b for a, b in pairs):
                return name
        return None

    def key(self, gap: Gap) -> tuple[object, tuple[Value | None, ...]]:
        """What besides its values makes a gap one field with another, and its values. Figures must be of one thing; single
        letters, which say little, must stand between the same letters."""
        if gap.factual:
            facts = [fact.fact if fact else None for fact in gap.facts]
            types = {(fact.field.type, token.through) for fact, token in zip(facts, gap.facts, strict=True) if fact and token}
            if len({kind for kind, _ in types}) == 1 and (len(types) == 1 or "date" not in {kind for kind, _ in types}):
                values: tuple[Value | None, ...] = tuple(fact.value if fact else None for fact in facts)
                figure = any(fact and fact.said[0].before and fact.field.type != "choice" for fact in facts)
                units = {fact.said[0].after for fact in facts if fact}
                large = all(value is None or len(say(value)) > 1 for value in values)
                return (("figure", units.pop()) if large and len(units) == 1 else gap.called) if figure else "", values
        words = gap.words
        short = all(w is None or len(w) < 2 for w in words) and not all(w is None or w in _LEVELS for w in words)
        if short and (("", words) not in self.by_key or any(w and w.isnumeric() for w in words)):
            return (gap.before[-2:], gap.behind[:2]), words
        return "", words

    def named(self, gap: Gap, values: tuple[Value | None, ...], when: str, kind: str) -> str:
        """A new field for a gap: as the fact it is, or as the words around it tell."""
        told = list(dict.fromkeys(w for w in gap.words if w))
        fact = next((token.fact for token in gap.facts if token and token.fact), None)
        kinds = {token.fact.field.type for token in gap.facts if token and token.fact}
        if fact and gap.factual and len(kinds) == 1 and (values != gap.words or fact.field.type == "choice"):
            choices = [c for t in gap.facts if t and t.fact for c in t.fact.field.choices]
            example = "" if choices else told[0]
            name = gap.called
            if fact.said[0].before and re.fullmatch(f"数字|[{_PARTICLES}要]+", name):
                name = self.counted(gap.behind) or "数字"
            return self.add(name, fact.field.ask, values, when, fact.field.type, list(dict.fromkeys(choices)), example)
        around = f"“{_tail(gap.before)}____{gap.behind[:8]}”" if gap.before or gap.behind else _CALLED[kind]
        empty = "" in gap.words
        own = gap.called not in ("讲话人", "讲话人职务", "日期", "会议名称") or kind in _FRONT
        if fact and own and gap.called not in ("", "数字", "层级") and not fact.said[0].before:
            return self.add(gap.called, fact.field.ask, values, when, example=told[0], help="可以不填。" if empty else "")
        clause = any(re.search("[，。；！？]", w) or len(w) > 12 for w in told)
        if clause and not empty and kind not in _FRONT and all(len(w) <= 80 for w in told):
            return self.add(self.context(gap, kind, "说法"), f"{around}，用哪一种说法？", values, when, choices=told)
        shown = "；".join(w if len(w) <= 20 else w[:19] + "…" for w in told)
        ask = f"{around}？" if not (gap.before or gap.behind) else f"{around}，填什么？"
        help = ("可以不填；" if empty else "") + f"以前写过：{shown}"
        return self.add(self.context(gap, kind, "内容"), ask, values, when, example=told[0] if len(told[0]) <= 40 else "", help=help)

    @staticmethod
    def counted(behind: str) -> str:
        """A name for a figure from its unit and what it counts; "" where they do not tell."""
        from drafter.check.tables.lexicon import lexicon

        for pattern, name in (("年", "年份"), ("月", "月份"), ("[日号]", "日子"), ("个百分点|百分点|[%％‰]", "比例"), ("成", "几成")):
            if re.match(pattern, behind):
                return name
        said = re.match(r"(?:[多余万亿千百]*(?:平方公里|平方米|立方米|公里|公顷|公斤|人次|[\u4e00-\u9fff]))([\u4e00-\u9fff]{2})", behind)
        if re.match("[点条个项方][面]?(?:意见|要求|建议|希望|体会|想法)", behind):
            return f"几{behind[0]}"
        return f"{said[1]}数" if said and lexicon().is_word(said[1]) else ""

    @staticmethod
    def context(gap: Gap, kind: str, what: str) -> str:
        """A name from the words around a gap."""
        from drafter.check.tables.lexicon import lexicon

        if not gap.before and not gap.behind:
            return _CALLED[kind] if kind in (*_FRONT, "greeting") else f"{_CALLED[kind]}{what}"
        if kind == "byline":
            return "讲话人职务" if gap.behind else "讲话人"
        words = [w for w in gap.words if w]
        if all(re.fullmatch("[〇零一二三四五六七八九十百千万亿两几]+|[0-9][0-9,.]*", w) for w in words):
            counted = _Writer.counted(gap.behind)
            if counted:
                return counted
        if all(w in _LEVELS for w in words):
            return "层级"
        for pattern, name in _BEHIND:
            if re.match(pattern, gap.behind) and all(len(w) < 5 for w in words):
                return name
        for pattern, name in _TELLING:
            if sum(bool(re.search(pattern, w)) for w in words) * 2 >= len(words):
                return name
        before = re.sub(f"[{_PARTICLES}]+$", "", (re.findall(r"[\u4e00-\u9fff]*$", gap.before) or [""])[0])
        behind = re.sub(f"^[{_PARTICLES}]+", "", (re.match(r"[\u4e00-\u9fff]*", gap.behind) or [""])[0])
        is_word = lexicon().is_word
        sides = [before[-2:], behind[:2]] if gap.before[-1:] == before[-1:] else [behind[:2], before[-2:]]
        near = next((side for side in sides if is_word(side) and side not in _EMPTY), "")
        return (near or _CALLED[kind]) + what

    # ── texts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def said(self, pieces: Pieces, here: frozenset[int], when: str, kind: str) -> str:
        """Pieces as an outline has them."""
        out = ""
        for piece in pieces:
            out += self.own_words(piece, here, when) if isinstance(piece, str) else f"【{self.blank(piece, when, kind)}】"
        return out

    def own_words(self, text: str, here: frozenset[int], when: str) -> str:
        """Words as an outline has them. Where only some speeches have them, facts in them that differ elsewhere are blanks."""
        if here == self.learner.all or not self.known:
            return text.replace("【", "【【")
        out, loose = "", ""
        first = min(here)
        for token in self.learner.words[first].tokens(text):
            one = self.known_fact(token, here) if token.fact else None
            if one is None:
                loose += token.text
            else:
                out += self.known_words(loose, here, when) + f"【{self.blank(one[0], when, one[1])}】"
                loose = ""
        return out + self.known_words(loose, here, when)

    def known_fact(self, token: Token, here: frozenset[int]) -> tuple[Gap, str] | None:
        """A gap elsewhere that is this fact in all the speeches of `here`, said as it is here."""
        for row, gap, kind in self.known:
            if gap.factual and gap.called == token.name and token.fact and all(row.values[n] == token.fact.value for n in here):
                return gap._replace(facts=tuple(fact and fact._replace(through=token.through) for fact in gap.facts)), kind
        return None

    def known_words(self, text: str, here: frozenset[int], when: str) -> str:
        """Words in which those of known gaps are blanks."""
        words: dict[str, tuple[Gap, str]] = {}
        for row, gap, kind in self.known:
            said = {gap.words[n] for n in here}
            values = {row.values[n] for n in here}
            one = next(iter(said))
            if len(said) == len(values) == 1 and one and len(one) >= (2 if gap.factual and row.field.type != "number" else 4):
                words.setdefault(one, (gap, kind))
        if not words or not text:
            return text.replace("【", "【【")
        pattern = re.compile("|".join(rf"(?<![0-9.]){re.escape(w)}(?![0-9])" for w in sorted(words, key=len, reverse=True)))
        out, at = "", 0
        for found in pattern.finditer(text):
            gap, kind = words[found[0]]
            out += text[at : found.start()].replace("【", "【【") + f"【{self.blank(gap, when, kind)}】"
            at = found.end()
        return out + text[at:].replace("【", "【【")

    # ── conditions ─────────────────────────────────────────────────────────────────────────────────────────────────

    def whens(self, elements: Sequence[_Element], here: frozenset[int], outer: str, place: str = "") -> Iterator[str]:
        """The condition of each element, "" where it needs none. Those side by side that the same speeches have share one; one
        that all have, at different places, is asked for its place. A question is put down when its first element is reached,
        behind the blanks that stand before it."""
        moved = self.moved(elements, here)
        fields: dict[str, str] = {}
        at = 0
        while at < len(elements):
            end = at
            while end < len(elements) and elements[end].here != here:
                end += 1
            optional = [elements[n] for n in range(at, end) if n not in moved]
            conditions = iter(self.alternatives(optional, here, outer, place) if optional else [])
            for n in range(at, end):
                if n not in moved:
                    yield next(conditions)
                    continue
                said, where, places = moved[n]
                if said not in fields:
                    values = [next((w for w, files in places.items() if k in files), None) for k in range(self.size)]
                    words = _opening(elements[n])
                    fields[said] = self.add(f"{_short(words)}的位置", f"“{words}”放在哪里？", values, outer, choices=list(places))
                    self.deciding.add(fields[said])
                yield f'{fields[said]} == "{where}"'
            if end < len(elements):
                yield ""
            at = end + 1

    def moved(self, elements: Sequence[_Element], here: frozenset[int]) -> dict[int, tuple[str, str, dict[str, frozenset[int]]]]:
        """The elements that stand elsewhere in other speeches, so that all have them once: the words that tell it, where it
        stands here, and which speeches have it where."""
        found: dict[str, list[int]] = {}
        for n, element in enumerate(elements):
            if element.here != here:
                file = min(element.here)
                said = self.learner.words[file].folded(_words(element, file))
                found.setdefault(said, []).append(n)
        out: dict[int, tuple[str, str, dict[str, frozenset[int]]]] = {}
        for said, numbers in found.items():
            masks = [elements[n].here for n in numbers]
            once = sum(map(len, masks)) == len(frozenset().union(*masks))
            if len(numbers) > 1 and once and frozenset().union(*masks) == here:
                called = ("前面", "后面") if len(numbers) == 2 else tuple(f"第{n}处" for n in range(1, len(numbers) + 1))
                places = dict(zip(called, masks, strict=True))
                out |= {n: (said, where, places) for n, where in zip(numbers, called, strict=True)}
        return out

    def alternatives(self, some: Sequence[_Element], here: frozenset[int], outer: str, place: str) -> list[str]:
        masks = list(dict.fromkeys(one.here for one in some))
        first = {mask: next(one for one in some if one.here == mask) for mask in masks}
        said = dict(zip(masks, _apart([_opening(first[mask], 400) for mask in masks]), strict=True))
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
        said_of = {n: next((by_mask[m] for m in masks if n in m), "都不要") for n in here}
        options = [*choices, "都不要"] if rest else choices
        called = _CALLED[first[masks[0]].kind]
        name = self.add(f"{called}用语", f"{place or f'{called}的这一处'}，用哪一种？", [said_of.get(n) for n in range(self.size)], outer, choices=options, help=help)
        self.deciding.add(name)
        return [f'{name} == "{by_mask[one.here]}"' for one in some]

    # ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def parts(self) -> Iterator[str]:
        whens = self.whens(self.body, self.learner.all, "")
        group: list[str] = []
        last: tuple[str, str] | None = None
        before_list = True

        def close() -> Iterator[str]:
            if last and group:
                yield from self.part(last[0], group, last[1])
            group.clear()

        for number, (element, when) in enumerate(zip(self.body, whens, strict=True)):
            if element.kind == "requirements":
                yield from close()
                last, before_list = None, False
                yield "  - requirements:"
                yield from self.items(element, element.items, 1, "      ", when)
                if when:
                    yield f"    when: {scalar(when)}"
                yield ""
                continue
            at_once = number + 1 < len(self.body) and self.body[number + 1].kind == "requirements"
            within = before_list and element.kind not in ("text", "signature", "closing")
            sections = _sections(element, at_once) if within else [(element.kind, element.text)]
            if last != (sections[0][0], when):
                yield from close()
            self.shared += element.here == self.learner.all
            for kind, pieces in sections:
                said = self.said(pieces, element.here, when, element.kind)
                if pieces is sections[0][1]:
                    last = (kind, when)
                    group.append(said)
                else:
                    yield from close()
                    yield from self.part(kind, [said], when, run_on=True)
                    last = None
        yield from close()

    @staticmethod
    def part(kind: str, texts: Sequence[str], when: str, run_on: bool = False) -> Iterator[str]:
        """A part with its paragraphs and what stands beside it."""
        yield from list(part_rows(kind, texts, "  "))[:-1]
        if run_on:
            yield "    run-on: yes"
        if when:
            yield f"    when: {scalar(when)}"
        yield ""

    def items(self, parent: _Element, items: Sequence[_Element], level: int, indent: str, outer: str) -> Iterator[str]:
        whens = self.whens(items, parent.here, outer)
        for item, own in zip(items, whens, strict=True):
            when = own or outer
            rows: list[str] = []
            inside = len([text for text in item.texts if text])
            own_line = bool(item.text) and not (item.run_in and inside)
            self.shared += (inside + own_line) * (item.here == self.learner.all)
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
                    texts.append(self.optional(one, item.here, when))
                points = list(self.items(item, item.items, level + 1, "  ", when))
            else:
                place = f"“{_opening(item)}”这一条"
                for one, condition in zip(item.rest, self.whens(item.rest, item.here, when, place), strict=True):
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

    def optional(self, one: _Element, here: frozenset[int], when: str) -> str:
        """A paragraph some lack in front of requirements under a requirement, where no `when` can stand: a blank that may
        stay empty."""
        full = [
            "".join(piece if isinstance(piece, str) else piece.words[n] or "" for piece in one.text) if n in one.here else ""
            for n in range(self.size)
        ]
        values = [full[n] if n in here else None for n in range(self.size)]
        ask = f"这里要不要补充一段？例如“{_cut(next(filter(None, full)), 20)}”"
        return f"【{self.add('补充说法', ask, values, when, help='可以不填。')}|默认('')】"


def _sections(element: _Element, at_once: bool) -> list[tuple[str, Pieces]]:
    """The parts a paragraph holds (its thanks, the sentence that leads to the requirements), where each of them begins and
    ends with words all have."""
    n = min(element.here)
    said = [piece if isinstance(piece, str) else piece.words[n] or "" for piece in element.text]
    out: list[tuple[str, list[str | Gap]]] = []
    whole = [(element.kind, element.text)]
    at = 0
    cuts = sections_within("".join(said), element.kind, at_once)
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
        if not isinstance(first, str) or not isinstance(last, str) or first != first.lstrip() or last != last.rstrip() or not first or not last:
            return whole
        out.append((kind, section))
    return [(kind, tuple(section)) for kind, section in out] if len(out) > 1 else whole


def _words(element: _Element, file: int) -> str:
    """All the words of an element in a speech, without its number."""
    said = [piece if isinstance(piece, str) else piece.words[file] or "" for text in (element.text, *element.texts) for piece in text]
    return "".join(said) + "".join(_words(one, file) for one in (*element.rest, *element.items) if file in one.here)


def _opening(element: _Element, most: int = 16) -> str:
    """What an element begins with, in the first speech that has it."""
    if element.items and not element.text:
        return _opening(element.items[0], most)
    n = min(element.here)
    for pieces in (element.text, *element.texts, *(one.text for one in element.rest)):
        said = "".join(piece if isinstance(piece, str) else piece.words[n] or "" for piece in pieces).strip()
        if said:
            return _cut(said.removesuffix("。") if most < 100 else said, most)
    return ""


def _apart(said: Sequence[str]) -> list[str]:
    """What texts begin with, or, where they begin alike, the clauses with which they part."""
    same = 0
    if len(said) > 1 and len(set(said)) == len(said):
        least, most = min(said), max(said)
        same = next((n for n, (a, b) in enumerate(zip(least, most, strict=False)) if a != b), min(len(least), len(most)))
    clause = max((m.end() for m in re.finditer("[，。；：！？、]", said[0][:same])), default=0) if same >= 6 else 0
    begun = ("…" if clause else "")
    return [begun + _cut(words[clause:].removesuffix("。") or words, 16) for words in said]


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _short(words: str, most: int = 8) -> str:
    """The first words that a name may be made of; a day is none."""
    words = re.sub("[0-9]+[年月日]", "", words)
    return next((found[:most] for found in re.findall(r"[\u4e00-\u9fffA-Za-z0-9]+", words)), "")


def _tail(before: str) -> str:
    """The clause that ends before a gap, its beginning left out where it is long."""
    clause = re.split("(?<=[，。；：！？])(?=.)", before)[-1]
    return clause if len(clause) <= 14 else f"…{clause[-12:]}"
