"""A name that stands where another one stood: a short stretch put for another that ends as a name of its kind does, or
is a surname and a name among words that names stand among.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.analysis.marked import Opcode
from drafter.check.tables.lexicon import lexicon
from drafter.chinese.names import SURNAMES

Span = tuple[int, int]


class Instead(NamedTuple):
    """A name and what was put for it: the kind ("name", "unit", "place", "meeting", "post"), and where each stands."""

    kind: str
    was: Span
    now: Span


#: Letters of a stretch that may be a name.
_LONGEST = 14

_NAME = re.compile(
    rf"(?:欧阳|上官|司马|诸葛|司徒|皇甫|尉迟|[{SURNAMES}季骆单褚卓裴詹宁祝舒凌霍柳滕尚喻柯饶苗樊葛殷颜章鲁倪庞邢俞翟蓝聂齐安包左代兰涂费岳邬申屠关])"
    r"[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,6}|[\u4e00-\u9fff][\s\u3000][\u4e00-\u9fff]"
)
_BEFORE_NAME = re.compile(r"(?:^|[，。、；：“（(\s\u3000]|[长任记席监师员理委总官士授人家手问和与由请让向及以是为])$")
_BEHIND_NAME = re.compile(r"同志|老师|先生|女士|教授|等|要|就|作|带|主持|出席|讲|说|介绍|宣读|通报|传达|表态|发言|副|[，。、；：”）)\s\u3000和与]|$")

#: What names end with, the kinds of those they are, and what behind the last letter would make another word of it.
_LEVEL = "省市县区州镇乡"
_SUFFIXES = (
    ("unit", "(?:(?:委员会|办公室|联合会|人民医院|检察院|指挥部|领导小组|专班|公司|集团|学校|大学|中学|小学|学院|医院|银行|支部|党委|党组|党工委|总队|支队|大队|协会|商会|中心|法院"
             "|合作社|工厂|车间|部队|局(?!面|限|部|势)|厅(?!堂)|(?<![全内外干局])部(?!署|分|门|委|长)|院(?!落|校)|处(?!置|理|于|罚|境|分)|科(?!学|技|研)|所(?!有|以|在|属|谓|需)|站(?!位|稳|在|立)|(?<!常)委(?!托|派|屈|员)|(?<![举承主督协兴创])办(?!好|理|公|法|事)|厂(?!房|商)|矿(?!产|山)|社(?!会|区|保))(?!长))"),
    ("meeting", "(?:会议|大会|座谈会|推进会|动员会|现场会|培训班|研讨班|论坛|仪式|全会|党代会|年会|晚会|运动会|博览会)"),
    ("place", "(?:自治州|自治县|开发区|高新区|新区|街道|社区|广场|公园|水库|机场|车站|码头|大桥|大道|[省市县区州镇乡村](?!场|域|里|别|级|内|民|长|委|政|属|直|情|貌|址)|湖(?!泊|[省市县区州镇乡村])|河(?!道|长|[省市县区州镇乡村])|路(?!线|径|子)|港(?!口|澳|[省市县区州镇乡村]))"),
    ("post", "(?:书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|处长|科长|所长|站长|主任|主席|校长|院长|董事长|总经理|行长|会长|秘书长|检察长|政委|司令员|常委|教授|总监|巡视员|调研员|组长|队长|厂长|经理)"),
)  # fmt: skip
_BODY = re.compile(
    rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[在由和与及向让请从到对]))(?P<body>[省市县区州](?:(?![在由和与及向让请从到对的了全]|[{_LEVEL}]委)[\u4e00-\u9fff]){{2,6}}?(?:{_SUFFIXES[0][1][3:-1]}))"
)
_ENDS = tuple((kind, re.compile(f"{suffix}$"), re.compile(suffix)) for kind, suffix in _SUFFIXES)
#: Where a name cannot begin before: marks, and words that stand in front of names.
STOP = re.compile(r"[^\u4e00-\u9fff]|[在到来赴向为对和与是把从于由给让请了的有及要将被我全各该本这那叫就也都还以]")
_GENERIC = re.compile(f"[全各我本该某有关的{_LEVEL}村直属级]*")


def put_for(old: str, new: str, rows: Sequence[Opcode]) -> Iterator[Instead]:
    """The names that stand where another one stood, and are known by nothing else. `rows` tell what was put for
    what."""
    for kind, i0, i1, j0, j1 in rows:
        if kind == "equal" or i1 - i0 > _LONGEST or j1 - j0 > _LONGEST:
            continue
        one = _person(old, new, (i0, i1, j0, j1)) or _named(old, new, (i0, i1, j0, j1))
        if one:
            yield one


def bodies(text: str) -> Iterator[Span]:
    """Where offices are named with their level of government: 市应急局, 县委办公室."""
    for match in _BODY.finditer(text):
        yield match.span("body")


def _person(old: str, new: str, at: tuple[int, int, int, int]) -> Instead | None:
    """A name of a person put for another: a surname on both sides, and words beside it that names stand among."""
    i0, i1, j0, j1 = at
    for left, right in sorted(((n, m) for n in range(3) for m in range(3)), key=sum):
        a, b = (i0 - left, i1 + right), (j0 - left, j1 + right)
        if min(a[0], b[0]) < 0 or old[a[0] : i0] != new[b[0] : j0] or old[i1 : a[1]] != new[j1 : b[1]]:
            continue
        if not (_NAME.fullmatch(old[slice(*a)]) and _NAME.fullmatch(new[slice(*b)])):
            continue
        behind = _BEHIND_NAME.match(old, a[1]) and _BEHIND_NAME.match(new, b[1])
        if behind and _BEFORE_NAME.search(old[max(0, a[0] - 2) : a[0]]):
            return Instead("name", a, b)
    return None


def _named(old: str, new: str, at: tuple[int, int, int, int]) -> Instead | None:
    """A body, a place, a post, a meeting put for another: both end as one of a kind does, at the same word."""
    i0, i1, j0, j1 = at
    if re.search("[，。；：！？\n]", old[i0:i1] + new[j0:j1]):
        return None
    first: tuple[str, int, int] | None = None
    for right in range(7):
        a1, b1 = i1 + right, j1 + right
        if a1 > len(old) or b1 > len(new) or old[i1:a1] != new[j1:b1] or (right and STOP.match(old[a1 - 1])):
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
    return Instead(kind, a, b)


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
    while left < min(4, i0, j0) and old[i0 - left - 1] == new[j0 - left - 1] and not STOP.match(old[i0 - left - 1]):
        letter = old[i0 - left - 1]
        if stem + left >= 2 and letter not in _LEVEL:
            break
        left += 1
        if letter in _LEVEL and stem + left >= 2:
            break
    return left
