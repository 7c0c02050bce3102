"""Which facts of a text are other ones in another: what stands where something else stood, told by what it is and by the
words around it.

Two things speak for a change. What is a fact by itself on both sides: a figure, a day, a name (`found`). And what the
other text has in its place: a short stretch that was put for another one and ends as a name of its kind does (`put_for`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drafter.analysis.counted import TIMES, counted
from drafter.analysis.facts import mentions
from drafter.analysis.marked import Opcode, opcodes
from drafter.check.tables.lexicon import lexicon
from drafter.chinese.names import SURNAMES


class StandingFact(NamedTuple):
    """A fact where it stands: the letters `start` to `end` of `text`; its kind; its words; what a figure counts, "" for
    others; whether it is a fact whatever the other text has. `place` says where the text stands, for people."""

    start: int
    end: int
    kind: str
    words: str
    unit: str
    plainly: bool
    text: str
    place: str

    @property
    def group(self) -> str:
        """What it can change into: numbers into numbers, times into times, names into their kind."""
        if self.kind in TIMES or self.kind == "near":
            return "time"
        return "number" if self.kind in _NUMBERS else self.kind


_NUMBERS = frozenset(("figure", "share", "ordinal", "session", "plan", "phone"))


def found(text: str, proper: Mapping[str, str], place: str) -> list[StandingFact]:
    """The facts of a text; `proper` are names, posts, places, meetings and papers known of the whole speech."""
    out = [StandingFact(m.start, m.end, m.kind, m.words, m.unit, m.plainly, text, place) for m in counted(text)]
    out += [
        StandingFact(m.start, m.end, m.kind, m.words, "", True, text, place)
        for m in mentions(text, proper)
        if m.kind not in ("figure", *TIMES, *_NUMBERS)
    ]
    known = [(one.start, one.end) for one in out if one.kind not in ("meeting", "paper")]
    for start, end in _bodies(text):
        if not any(start < high and low < end for low, high in known):
            out.append(StandingFact(start, end, "unit", text[start:end], "", True, text, place))
    return sorted(out)


def _bodies(text: str) -> Iterator[tuple[int, int]]:
    """The offices named with their level of government: 市应急局, 县委办公室."""
    for match in _BODY.finditer(text):
        yield match.span("body")


def changed_within(
    old: tuple[str, str], new: tuple[str, str], left: list[StandingFact], right: list[StandingFact]
) -> list[tuple[StandingFact, StandingFact]]:
    """The facts of a text that are others in what became of it, which are taken out of both sides, and so are those
    that are the same. Each text comes with its place."""
    rows = opcodes(old[0], new[0])
    _same_dropped(left, right, rows)
    pairs = list(put_for(old, new, [_bared(row, left, right) for row in rows if not _known(row, left, right)]))
    end = len(new[0])
    for side, at in ((left, 0), (right, 1)):
        side[:] = [one for one in side if not any(p[at].start <= one.start and one.end <= p[at].end for p in pairs)]
    scores = []
    for n, a in enumerate(left):
        span = _became(a, rows, end)
        for m, b in enumerate(right):
            if a.group != b.group:
                continue
            over = b.start < span[1] and span[0] < b.end
            score = _around(a, b) + 4 * over + (6 if a.words == b.words else 0)
            least = 1 if a.plainly and b.plainly else 3
            if score >= least and (over or (a.plainly and b.plainly) or a.words == b.words):
                scores.append((-score, abs(n - m), n, m))
    return _without_parts([*pairs, *(_with_noun(a, b) for a, b in _taken(left, right, scores))])


def _known(row: Opcode, left: Sequence[StandingFact], right: Sequence[StandingFact]) -> bool:
    """Whether what was put for something else is part of facts of one kind on both sides."""
    _, i0, i1, j0, j1 = row
    was = {a.group for a in left if a.start <= i0 and i1 <= a.end and a.kind not in _LONG}
    return any(b.group in was for b in right if b.start <= j0 and j1 <= b.end)


def _bared(row: Opcode, left: Sequence[StandingFact], right: Sequence[StandingFact]) -> Opcode:
    """What was put for something else without the figures both end or begin with: 人民路 of 人民路12号."""
    kind, i0, i1, j0, j1 = row
    for a in left:
        for b in right:
            if a.group == b.group and i0 < a.start < i1 <= a.end and j0 < b.start < j1 <= b.end:
                i1, j1 = a.start, b.start
            elif a.group == b.group and a.start <= i0 < a.end < i1 and b.start <= j0 < b.end < j1:
                i0, j0 = a.end, b.end
    return kind, i0, i1, j0, j1


#: Kinds whose names hold facts of their own: 全市2025年教育工作会议.
_LONG = frozenset(("meeting", "paper"))


def _without_parts(pairs: Sequence[tuple[StandingFact, StandingFact]]) -> list[tuple[StandingFact, StandingFact]]:
    """Without names that differ in nothing but facts within them."""
    out = []
    for a, b in pairs:
        if a.kind in _LONG:
            inner = [(c, d) for c, d in pairs if a.start <= c.start and c.end <= a.end and c.words != a.words]
            words, shift = a.words, a.start
            for c, d in sorted(inner):
                words = words[: c.start - shift] + d.words + words[c.end - shift :]
                shift += len(c.words) - len(d.words)
            if inner and words == b.words:
                continue
        out.append((a, b))
    return out


#: What makes one noun of a word before it: 督查组, 示范村.
_OF_NOUNS = frozenset("组队班区县镇乡村点站所店户家院校厂库园员")


def _with_noun(a: StandingFact, b: StandingFact) -> tuple[StandingFact, StandingFact]:
    """Two figures with the word behind them both, where their unit does not say what they count: 三十六个班."""
    if a.group != "number" or a.unit not in ("", "个") or b.unit not in ("", "个"):
        return a, b
    same = ""
    while len(same) < 3 and (letter := a.text[a.end + len(same) :][:1]) == b.text[b.end + len(same) :][:1]:
        if not letter or _STOP.match(letter):
            break
        same += letter
    many = 2 if lexicon().is_word(same[:2]) else min(1, len(same))
    if same[many : many + 1] in _OF_NOUNS:
        many = min(len(same), many + 1)
    return (
        a._replace(end=a.end + many, words=a.text[a.start : a.end + many]),
        b._replace(end=b.end + many, words=b.text[b.start : b.end + many]),
    )


def changed_elsewhere(
    left: list[StandingFact], right: list[StandingFact], least: int
) -> list[tuple[StandingFact, StandingFact]]:
    """The same for facts of different texts, which must stand among the same words."""
    left_few, right_few = left[:_FEW], right[:_FEW]
    scores = [
        (-score, abs(n - m), n, m)
        for n, a in enumerate(left_few)
        for m, b in enumerate(right_few)
        if a.group == b.group and (score := _around(a, b)) >= least
    ]
    return _taken(left, right, scores)


#: Facts on each side that are compared each with each.
_FEW = 300


def _taken(
    left: list[StandingFact], right: list[StandingFact], scores: Sequence[tuple[int, int, int, int]]
) -> list[tuple[StandingFact, StandingFact]]:
    """The pairs that are one fact, taken out of both sides; what speaks most for itself first. The same words are no
    change."""
    ones: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in sorted(scores):
        if n not in ones and m not in taken:
            ones[n] = m
            taken.add(m)
    out = [(left[n], right[m]) for n, m in sorted(ones.items()) if left[n].words != right[m].words]
    left[:] = [a for n, a in enumerate(left) if n not in ones]
    right[:] = [b for m, b in enumerate(right) if m not in taken]
    return out


def _same_dropped(left: list[StandingFact], right: list[StandingFact], rows: Sequence[Opcode]) -> None:
    """Take out what stands unchanged at the same place of both."""
    places = {(b.start, b.end, b.kind) for b in right}
    same: set[tuple[int, int, str]] = set()
    kept = []
    for a in left:
        shift = next((j0 - i0 for kind, i0, i1, j0, _ in rows if kind == "equal" and i0 <= a.start and a.end <= i1), None)
        there = (a.start + (shift or 0), a.end + (shift or 0), a.kind)
        if shift is not None and there in places:
            same.add(there)
        else:
            kept.append(a)
    left[:] = kept
    right[:] = [b for b in right if (b.start, b.end, b.kind) not in same]


def _became(said: StandingFact, rows: Sequence[Opcode], end: int) -> tuple[int, int]:
    """The stretch of the other text that a fact's letters were made into."""
    low, high = end, 0
    for kind, i0, i1, j0, j1 in rows:
        if (i0 < said.end and said.start < i1) or (i0 == i1 and said.start <= i0 <= said.end):
            if kind == "equal":
                low = min(low, j0 + max(0, said.start - i0))
                high = max(high, j0 + min(i1, said.end) - i0)
            else:
                low, high = min(low, j0), max(high, j1)
    return low, high


def _around(a: StandingFact, b: StandingFact) -> int:
    """How much speaks for two being one fact: what they count, the letters before and behind; 0 for nothing."""
    before = after = 0
    while before < min(6, a.start, b.start) and a.text[a.start - 1 - before] == b.text[b.start - 1 - before]:
        before += 1
    behind = len(a.text) - a.end, len(b.text) - b.end
    while after < min(4, *behind) and a.text[a.end + after] == b.text[b.end + after]:
        after += 1
    alone = a.start == b.start == 0 and behind == (0, 0)
    return 2 * (a.unit == b.unit != "") + before + after + alone


# ── what was put for something else ────────────────────────────────────────────────────────────────────────────────

#: Letters of a stretch that may be a name.
_LONGEST = 14

_NAME = re.compile(
    rf"(?:欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|[{SURNAMES}季骆单褚卓裴詹宁祝舒凌霍柳滕尚喻柯饶苗樊葛殷颜章鲁倪庞邢俞翟蓝聂齐安包左代兰涂费岳邬申屠关])"
    r"[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff][\s\u3000][\u4e00-\u9fff]"
)
_BEFORE_NAME = re.compile(r"(?:^|[，。、；：“（(\s\u3000]|[长任记席监师员理委总官士授人家手问和与由请让向及以是为])$")
_BEHIND_NAME = re.compile(r"同志|老师|先生|女士|教授|等|要|就|作|带|主持|出席|讲|说|介绍|宣读|通报|传达|表态|发言|副|[，。、；：”）)\s\u3000和与]|$")

#: What names end with, the kinds of those they are, and what behind the last letter would make another word of it.
_LEVEL_LETTERS = "省市县区州镇乡"
_SUFFIXES = (
    ("unit", "(?:(?:委员会|办公室|联合会|人民医院|检察院|指挥部|领导小组|专班|公司|集团|学校|大学|中学|小学|学院|医院|银行|支部|党委|党组|党工委|总队|支队|大队|协会|商会|中心|法院"
             "|合作社|工厂|车间|部队|局(?!面|限|部|势)|厅(?!堂)|(?<![全内外干局])部(?!署|分|门|委|长)|院(?!落|校)|处(?!置|理|于|罚|境|分)|科(?!学|技|研)|所(?!有|以|在|属|谓|需)|站(?!位|稳|在|立)|(?<!常)委(?!托|派|屈|员)|(?<![举承主督协兴创])办(?!好|理|公|法|事)|厂(?!房|商)|矿(?!产|山)|社(?!会|区|保))(?!长))"),
    ("meeting", "(?:会议|大会|座谈会|推进会|动员会|现场会|培训班|研讨班|论坛|仪式|全会|党代会|年会|晚会|运动会|博览会)"),
    ("place", "(?:自治州|自治县|开发区|高新区|新区|街道|社区|广场|公园|水库|机场|车站|码头|大桥|大道|[省市县区州镇乡村](?!场|域|里|别|级|内|民|长|委|政|属|直|情|貌|址)|湖(?!泊|[省市县区州镇乡村])|河(?!道|长|[省市县区州镇乡村])|路(?!线|径|子)|港(?!口|澳|[省市县区州镇乡村]))"),
    ("post", "(?:书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|科长|所长|站长|主任|主席|校长|院长|董事长|总经理|行长|会长|秘书长|检察长|政委|司令员|常委|教授|总监|巡视员|调研员|组长|队长|厂长|经理)"),
)  # fmt: skip
_BODY = re.compile(
    rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在由和与及向让请从到对]))(?P<body>[省市县区州](?:(?![在由和与及向让请从到对的了全]|[{_LEVEL_LETTERS}]委)[\u4e00-\u9fff]){{2,6}}?(?:{_SUFFIXES[0][1][3:-1]}))"
)
_ENDS = tuple((kind, re.compile(f"{suffix}$"), re.compile(suffix)) for kind, suffix in _SUFFIXES)
#: Where a name cannot begin before: marks, and words that stand in front of names.
_STOP = re.compile(r"[^\u4e00-\u9fff]|[在到来赴向为对和与是把从于由给让请了的有及要将被我全各该本这那叫就也都还以]")
_LEVEL = _LEVEL_LETTERS
_GENERIC = re.compile(f"[全各我本该某有关的{_LEVEL}村直属级]*")


def put_for(
    was: tuple[str, str], now: tuple[str, str], rows: Sequence[Opcode]
) -> Iterator[tuple[StandingFact, StandingFact]]:
    """The names that stand where another one stood, and are known by nothing else."""
    (old, place_was), (new, place_now) = was, now
    for kind, i0, i1, j0, j1 in rows:
        if kind == "equal" or i1 - i0 > _LONGEST or j1 - j0 > _LONGEST:
            continue
        one = _person(old, new, (i0, i1, j0, j1)) or _named(old, new, (i0, i1, j0, j1))
        if one:
            called, (a0, a1), (b0, b1) = one
            yield (
                StandingFact(a0, a1, called, old[a0:a1], "", True, old, place_was),
                StandingFact(b0, b1, called, new[b0:b1], "", True, new, place_now),
            )


_Span = tuple[int, int]


def _person(old: str, new: str, at: tuple[int, int, int, int]) -> tuple[str, _Span, _Span] | None:
    """A name of a person put for another: a surname on both sides, and words beside it that names stand among."""
    i0, i1, j0, j1 = at
    for left, right in sorted(((n, m) for n in range(3) for m in range(3)), key=sum):
        a, b = (i0 - left, i1 + right), (j0 - left, j1 + right)
        if min(a[0], b[0]) < 0 or old[a[0] : i0] != new[b[0] : j0] or old[i1 : a[1]] != new[j1 : b[1]]:
            continue
        if not (_NAME.fullmatch(old[slice(*a)]) and _NAME.fullmatch(new[slice(*b)])):
            continue
        if _BEFORE_NAME.search(old[max(0, a[0] - 2) : a[0]]) and _BEHIND_NAME.match(old, a[1]) and _BEHIND_NAME.match(new, b[1]):
            return "name", a, b
    return None


def _named(old: str, new: str, at: tuple[int, int, int, int]) -> tuple[str, _Span, _Span] | None:
    """A body, a place, a post, a meeting put for another: both end as one of a kind does, at the same word."""
    i0, i1, j0, j1 = at
    if re.search("[，。；：！？\n]", old[i0:i1] + new[j0:j1]):
        return None
    first: tuple[str, int, int] | None = None
    for right in range(7):
        a1, b1 = i1 + right, j1 + right
        if a1 > len(old) or b1 > len(new) or old[i1:a1] != new[j1:b1] or (right and _STOP.match(old[a1 - 1])):
            break
        for kind, ends, whole in _ENDS:
            one, other = ends.search(old[:a1][-12:]), ends.search(new[:b1][-12:])
            if not (one and other) or not (_ended(whole, old, a1, one[0]) and _ended(whole, new, b1, other[0])):
                continue
            between = old[i1 : max(i1, min(a1 - len(one[0]), b1 - len(other[0])))]
            if not _of_one_word(old, new, at, between):
                continue
            if first is None or (first[0] == "place" and kind == "unit"):  # 北港, but 北港分公司
                first = (kind, right, max(len(one[0]), len(other[0])))
    if first is None or (first[0] != "post" and not (i1 > i0 and j1 > j0)):
        return None
    kind, right, suffix = first
    left = _left(old, new, at, right, suffix)
    a, b = (i0 - left, i1 + right), (j0 - left, j1 + right)
    if kind != "post" and (_GENERIC.fullmatch(old[slice(*a)]) or _GENERIC.fullmatch(new[slice(*b)])):
        return None
    return kind, a, b


def _of_one_word(old: str, new: str, at: tuple[int, int, int, int], between: str) -> bool:
    """Whether letters between a change and what names end with are of the name too, as in 电力检修部: the change is half
    of a word on both sides, and not another word before the name (坚决贯彻市委 for 坚定贯彻市委)."""
    i0, i1, j0, j1 = at
    if not between:
        return True
    if len(between) > _BETWEEN or i1 == i0 or j1 == j0:
        return False
    is_word = lexicon().is_word
    if is_word(old[i1 - 1] + between[0]) and is_word(new[j1 - 1] + between[0]):
        return True
    before = old[i0 - 1 : i0]
    return i1 - i0 == j1 - j0 == 1 and not (before and (is_word(before + old[i0]) or is_word(before + new[j0])))


#: Letters between the change of a name and what it ends with.
_BETWEEN = 3


def _ended(whole: re.Pattern[str], text: str, end: int, suffix: str) -> bool:
    """Whether the suffix ends a word in its text: 局 does not in 局面."""
    return bool(whole.match(text, end - len(suffix)))


def _left(old: str, new: str, at: tuple[int, int, int, int], right: int, suffix: int) -> int:
    """How many letters before the change belong to the name: those a stem of one letter lacks, and a level of
    government."""
    i0, i1, j0, j1 = at
    stem = min(i1 - i0, j1 - j0) + right - suffix
    left = 0
    while left < min(4, i0, j0) and old[i0 - left - 1] == new[j0 - left - 1] and not _STOP.match(old[i0 - left - 1]):
        letter = old[i0 - left - 1]
        if stem + left >= 2 and letter not in _LEVEL:
            break
        left += 1
        if letter in _LEVEL and stem + left >= 2:
            break
    return left
