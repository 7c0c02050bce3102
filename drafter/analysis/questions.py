"""What an outline learnt from several speeches asks: a field for each place where they differ, named by what stands
around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from drafter.analysis.align import Atom, Gap, Pieces
from drafter.analysis.together import Together
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Value, say

CALLED = {
    "greeting": "称呼", "opening": "开头", "appreciation": "致意", "situation": "形势", "lead": "引语", "closing": "结尾",
    "signature": "落款", "text": "正文", "requirements": "要求", "item": "要求", "words": "要求", "title": "标题", "dateline": "日期",
    "byline": "讲话人",
}  # fmt: skip
#: Lines above the body.
_FRONT = ("title", "dateline", "byline")
#: Letters that say how words hang together, not what they are about.
_PARTICLES = "的了着过在上中下里内外和与及是为有对把将就也都而并不从到由向让被给使以之其于等各"

_EMPTY = frozenset(["已经", "刚才", "今天", "现在", "我们", "大家", "同志", "这个", "一个", "可以", "能够", "就是", "还是", "他们", "当前", "目前", "今后", "以来", "这里", "同时"])

#: Speeches whose lengths a question tells.
_NAMED = 5

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

class AskedField(NamedTuple):
    """A field as far as it is known: the conditions under which its blanks stand."""

    field: Field
    values: tuple[Value | None, ...]
    whens: frozenset[str]

    @property
    def when(self) -> str:
        """The condition of the field: the one of all its blanks, "" where they have several."""
        return next(iter(self.whens)) if len(self.whens) == 1 else ""


class Questions:
    """The fields of one outline: `fields` by name, `found` the gap each of them tells, and `deciding` those that are
    about which parts stay in. `known` are gaps found before, whose words are blanks wherever they stand. `under` is the
    heading that is being written, "" outside of requirements: it tells blanks from their like."""

    def __init__(self, together: Together, known: Sequence[tuple[AskedField, Gap, str]] = ()) -> None:
        self.together, self.known = together, known
        self.fields: dict[str, AskedField] = {}
        self.by_key: dict[tuple[object, tuple[Value | None, ...]], str] = {}
        self.found: dict[str, tuple[Gap, str]] = {}
        self.deciding: set[str] = set()
        self.under = ""

    def add(
        self, name: str, ask: str, values: Sequence[Value | None], when: str = "", kind: str = "text", choices: Sequence[str] = (), example: str = "", help: str = ""
    ) -> str:  # fmt: skip
        """A field of this name, or of the next with a number that is free."""
        base = name if usable_name(name) else "用语"
        told = f"{self.under}{base}"
        if base in self.fields and self.under and self.under not in base and usable_name(told):
            base = told
        chosen, number = base, 1
        while chosen in self.fields:
            number += 1
            chosen = f"{base}{number}"
        field = Field(chosen, ask, help, "choice" if choices else kind, tuple(choices), example=example)
        self.fields[chosen] = AskedField(field, tuple(values), frozenset([when]))
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
        """A field of other speeches that tells the same as far as it is known: at least two speeches, not all the
        same."""
        for (other, known), name in self.by_key.items():
            pairs = [(a, b) for a, b in zip(known, values, strict=True) if a is not None and b is not None]
            if other == key and len(pairs) > 1 and len({a for a, _ in pairs}) > 1 and all(a == b for a, b in pairs):
                return name
        return None

    def key(self, gap: Gap) -> tuple[object, tuple[Value | None, ...]]:
        """What besides its values makes a gap one field with another, and its values. Figures must be of one thing;
        single letters, which say little, must stand between the same letters."""
        if gap.factual:
            facts = [fact.fact if fact else None for fact in gap.facts]
            types = {
                (fact.field.type, token.through) for fact, token in zip(facts, gap.facts, strict=True) if fact and token
            }
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
        if gap.anew:
            return self.written(gap, values, when, kind)
        if gap.about:
            about = called(gap.about)
            example = next(filter(None, gap.words))
            return self.add(f"{about}的小标题" if about else "小标题", f"{about}的小标题？", values, when, example=example)
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
        around = f"“{_tail(gap.before)}____{gap.behind[:8]}”" if gap.before or gap.behind else CALLED[kind]
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
        return self.add(
            self.context(gap, kind, "内容"), ask, values, when, example=told[0] if len(told[0]) <= 40 else "", help=help
        )

    def written(self, gap: Gap, values: tuple[Value | None, ...], when: str, kind: str) -> str:
        """A new field for what every speech wrote anew."""
        head = called(gap.about)
        name = f"{head}的内容" if head else f"{CALLED[kind]}内容" if gap.before or gap.behind else CALLED[kind]
        where = f"{CALLED[kind]}这里"
        if gap.about:
            where = f"“{gap.about}”下面"
        elif gap.before or gap.behind:
            where = f"“{_tail(gap.before)}____{gap.behind[:8]}”"
        sizes = "、".join(
            f"{self.together.names[n]} {len(words)} 字" for n, words in enumerate(gap.words[:_NAMED]) if words
        )
        help = f"各篇写的不一样，从头写；可以写几段。以前写的（{sizes}）在各篇的回答里。"
        help = ("可以不填。" if "" in gap.words else "") + help
        return self.add(name, f"{where}写什么？", values, when, "long text", help=help)

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

    def context(self, gap: Gap, kind: str, what: str) -> str:
        """A name from the words around a gap."""
        from drafter.check.tables.lexicon import lexicon

        if not gap.before and not gap.behind:
            return CALLED[kind] if kind in (*_FRONT, "greeting") else f"{self.under or CALLED[kind]}{what}"
        if kind == "byline":
            return "讲话人职务" if gap.behind else "讲话人"
        words = [w for w in gap.words if w]
        if all(re.fullmatch("[〇零一二三四五六七八九十百千万亿两几]+|[0-9][0-9,.]*", w) for w in words):
            session = gap.before.endswith("第") and re.match("[届次]", gap.behind)
            counted = "届次" if session else Questions.counted(gap.behind)
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
        return (near or self.under or CALLED[kind]) + what

    def said(self, pieces: Pieces, here: frozenset[int], when: str, kind: str) -> str:
        """Pieces as an outline has them."""
        out = ""
        for piece in pieces:
            out += self.own_words(piece, here, when) if isinstance(piece, str) else f"【{self.blank(piece, when, kind)}】"
        return out

    def own_words(self, text: str, here: frozenset[int], when: str) -> str:
        """Words as an outline has them. Where only some speeches have them, facts in them that differ elsewhere are
        blanks."""
        if here == self.together.all or not self.known:
            return text.replace("【", "【【")
        out, loose = "", ""
        first = min(here)
        for token in self.together.words[first].tokens(text):
            one = self.known_fact(token, here) if token.fact else None
            if one is None:
                loose += token.text
            else:
                out += self.known_words(loose, here, when) + f"【{self.blank(one[0], when, one[1])}】"
                loose = ""
        return out + self.known_words(loose, here, when)

    def known_fact(self, token: Atom, here: frozenset[int]) -> tuple[Gap, str] | None:
        """A gap elsewhere that is this fact in all the speeches of `here`, said as it is here."""
        for row, gap, kind in self.known:
            if (
                gap.factual
                and gap.called == token.name
                and token.fact
                and all(row.values[n] == token.fact.value for n in here)
            ):
                return gap._replace(
                    facts=tuple(fact and fact._replace(through=token.through) for fact in gap.facts)
                ), kind
        return None

    def known_words(self, text: str, here: frozenset[int], when: str) -> str:
        """Words in which those of known gaps are blanks."""
        words: dict[str, tuple[Gap, str]] = {}
        for row, gap, kind in self.known:
            said = {gap.words[n] for n in here}
            values = {row.values[n] for n in here}
            one = next(iter(said))
            if (
                len(said) == len(values) == 1
                and one
                and len(one) >= (2 if gap.factual and row.field.type != "number" else 4)
            ):
                words.setdefault(one, (gap, kind))
        if not words or not text:
            return text.replace("【", "【【")
        pattern = re.compile(
            "|".join(rf"(?<![0-9.]){re.escape(w)}(?![0-9])" for w in sorted(words, key=len, reverse=True))
        )
        out, at = "", 0
        for found in pattern.finditer(text):
            gap, kind = words[found[0]]
            out += text[at : found.start()].replace("【", "【【") + f"【{self.blank(gap, when, kind)}】"
            at = found.end()
        return out + text[at:].replace("【", "【【")


def called(heading: str) -> str:
    """A heading as a name may have it: its words, without the year it begins with, a long one to the last whole word of
    its first clause; "" where nothing is left."""
    words = [re.sub(r"^[0-9]+[年月日]?", "", row) for row in re.findall(r"\w+", re.sub("[“”‘’《》]", "", heading))]
    said = next((row for row in words if len(row) > 1), "")
    return said[:_NAME_LETTERS] if usable_name(said[:_NAME_LETTERS]) else ""


#: Letters of a heading in the name of a blank.
_NAME_LETTERS = 14


def _tail(before: str) -> str:
    """The clause that ends before a gap, its beginning left out where it is long."""
    clause = re.split("(?<=[，。；：！？])(?=.)", before)[-1]
    return clause if len(clause) <= 14 else f"…{clause[-12:]}"
