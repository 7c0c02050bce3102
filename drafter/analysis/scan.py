"""Everything in a paper that may be true of last year only: years, sessions, ordinals, days, names, papers, figures.

It looks for more than becomes a blank, as what it finds is only listed: what is told once too often costs a glance,
what is not told goes to print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.analysis.facts import Fact
from drafter.analysis.proposals import YEAR
from drafter.outline.field import say
from drafter.speech.last import BESIDE, LastFact


class Seen(NamedTuple):
    """Words of a kind (see `drafter.speech.last.CALLED`) at the characters `start` to `end` of a text."""

    start: int
    end: int
    kind: str


_NUMBER = "[一二三四五六七八九十百千两〇零]"
_ARABIC = r"[0-9]{1,3}(?:[,，][0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_UNITS = (
    "个百分点|百分点|平方公里|平方米|立方米|公里|公顷|千瓦时|千瓦|公斤|毫米|厘米|人次|人天|周年|小时|分钟|学时|亩次|亿元|万元|万亩|万吨|万人|万户"
    "|[元亩吨米户人名个家项件处套台座条所张份位次天场期批支只头株棵本篇宗艘辆架栋间门起例倍岁届轮年月日页字句类种类成]"
)
_DAY = rf"(?:[0-9]{{1,2}}|{_NUMBER}{{1,3}})"
_MONTH = rf"(?:[0-9]{{1,2}}|{_NUMBER}{{1,2}})月"
_YEARS = r"(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3}"

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高郑梁罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪"
    "龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳路祝左涂凌梅盛童欧柳柯成"
)
_NAME = rf"(?:欧阳|上官|司马|诸葛|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_NAMES = rf"{_NAME}(?:、{_NAME})*"
_POSTS = (
    "书记|省长|市长|县长|区长|州长|旗长|镇长|乡长|村长|局长|厅长|部长|处长|科长|所长|站长|队长|主任|主席|校长|院长|园长|厂长|矿长|班长|组长|董事长|总经理|经理|行长|会长|秘书长|检察长|政委"
    "|司令员|常委|教授|委员|教师|医生|护士|工程师|支书"
)
#: What stands in front of a name or behind it and makes it one.
_PERSONS = (
    re.compile(rf"(?P<names>{_NAMES})(?=(?:等[0-9一二三四五六七八九十两]*[名位]?)?(?:同志|先生|女士|老师|教授|院士))"),
    re.compile(rf"(?<=[，。、；：“（\n])(?P<names>{_NAMES})(?=等[0-9一二三四五六七八九十两]+[名位人]|等(?:优秀|先进|劳模|同志|同学|一批))"),
    re.compile(rf"(?:任命|免去|推荐|选举|提名|授予|追授|聘任|聘请|委派|决定由?|由)(?P<names>{_NAMES})(?=同志|为|任|担任|兼任|的|“|[，。、；])"),
    re.compile(rf"(?:{_POSTS})[\s\u3000]*(?P<names>{_NAME})(?=[，。、；：）\s\u3000]|主持|出席|讲话|致辞|通报|宣读|传达|作了?|同志|$|带领|负责|代表|介绍|发言)"),
    re.compile(rf"(?:主持人?|讲话人|报告人|发言人|主讲人|签发人|联系人|宣读人)[：:][\s\u3000]*(?:[\u4e00-\u9fff]{{0,12}}?(?:{_POSTS})[\s\u3000]*)?(?P<names>{_NAME})(?=[，。、；：）\s\u3000]|$)"),
    re.compile(rf"(?P<names>{_NAME})(?=（[^（）]{{2,20}}）|同志|代表|{_NUMBER}?人同志)"),
    re.compile(rf"(?<=[\u4e00-\u9fff]的)(?P<names>{_NAME})(?=，|、)"),
)
_NO_NAME = re.compile("许多|任何|余下|何[种况时]|严格|于是|马上|全体|贺信|武装|董事|温暖|程序|范围|毛病|易于|龙头|石[油头]|黄金|金融|成[为果绩功]|高[度质水]|安[全排]|方[面向案]|任[务命]|江[山河]|常[委态务]|文[化明件]|康[复养]|万[众元]|白[天色]|施[工行]|路[线上]|左右|向[前上各]")

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(rf"(?:{_YEARS})年{_MONTH}(?:{_DAY}[日号])?|{_MONTH}{_DAY}[日号]|{_MONTH}份?|(?<![0-9.])[0-9]{{1,2}}[日号](?!线|楼|院)|(?<![0-9.\-/])(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9])")),
    ("year", re.compile(rf"(?<![0-9.])(?:{_YEARS})[—–~～\-－至到](?:{_YEARS})(?=年)|{YEAR.pattern}年?(?:度)?|(?<![0-9.])(?:19|20)[0-9]{{2}}(?=级|届|[”》]|—|[-–][0-9])")),
    ("plan", re.compile("“?(?:十[一二三四五六七八九]?|二十)五”?(?=规划|时期|期间|开局|收官|末|”|、|，|和|以来|[\u4e00-\u9fff])(?<=五|”)")),
    ("session", re.compile(rf"(?:第?(?:{_NUMBER}{{1,4}}|[0-9]{{1,3}})届)(?:[^，。、；：！？\d“”《》]{{0,16}}?第?(?:{_NUMBER}{{1,3}}|[0-9]{{1,2}})(?:次|中全会))?")),
    ("ordinal", re.compile(rf"第(?:{_NUMBER}{{1,5}}|[0-9]{{1,4}})(?:个|届|次|轮|批|期|号|周年|年|季度|场|位|名|站|产业)?|(?:{_NUMBER}{{1,5}}|[0-9]{{1,4}})周年|[〔\[][12][0-9]{{3}}[〕\]][0-9]{{1,4}}号")),
    ("paper", re.compile(r"《[^《》\n]{4,50}(?:意见|通知|方案|决定|规划|纲要|办法|计划|要点|细则|措施|行动|条例|规定|通报|批复|责任书|公约|倡议书|报告)(?:（[^（）]{1,12}）)?》|《[^《》\n]{0,40}(?:19|20)[0-9]{2}[^《》\n]{0,40}》")),
    ("figure", re.compile(
        rf"(?<![0-9.A-Za-z])(?:{_ARABIC})[多余来几]?[万亿千百]*[多余]?(?:[%％‰]|{_UNITS})?"
        rf"|百分之{_NUMBER}+(?:点{_NUMBER}+)?"
        rf"|(?<![第{_NUMBER[1:-1]}])(?=[一二三四五六七八九十百千万亿两〇零点]*[十百千万亿])(?!千家|万众|百家|千方|百姓|千万|万万|百年|百般|十分|千秋|百业|万家|千头|万事|百花|百尺|千军|万马|千条|万紫)[一二三四五六七八九十百千万亿两〇零点]{{1,9}}[多余]?(?:{_UNITS})"
    )),
)  # fmt: skip

#: What is never a fact: numbers that begin a point, and first of all that is said of rank.
_NO_ORDINAL = re.compile("第一(?:(?!个|届|次|轮|批|期|号|周年|年|季度|场|位|名|站)|名?书记|时间|线|产业)|第[一二三四五六七八九十]+(?=[，、,：:])|第[二三](?=产业)")
_LABEL = re.compile(r"\s*[（(]?(?:[0-9]{1,2})[）)．.、]|\s*[①-⑳]")


def seen_in(text: str, proper: Sequence[tuple[str, str]] = ()) -> tuple[Seen, ...]:
    """What of a text may be last year's, none within another; `proper` are words known to be facts, with their
    kinds."""
    found: list[Seen] = []
    for words, kind in proper:
        found += [Seen(m.start(), m.end(), kind) for m in re.finditer(re.escape(words), text)]
    for kind, pattern in _PATTERNS:
        found += [Seen(m.start(), m.end(), kind) for m in pattern.finditer(text) if m[0]]
    for pattern in _PERSONS:
        for match in pattern.finditer(text):
            found += _names(match["names"], match.start("names"))
    label = _LABEL.match(text)
    taken = [False] * len(text)
    out: list[Seen] = []
    for one in sorted(found, key=lambda seen: (seen.start - seen.end, seen.start)):
        words = text[one.start : one.end]
        if any(taken[one.start : one.end]) or (one.kind == "ordinal" and _NO_ORDINAL.match(text, one.start)):
            continue
        if label and one.end <= label.end():
            continue
        if one.kind == "figure" and not re.search("[0-9一二三四五六七八九十百千两]", words):
            continue
        taken[one.start : one.end] = [True] * (one.end - one.start)
        out.append(one)
    return tuple(sorted(out))


def _names(said: str, start: int) -> Iterator[Seen]:
    for match in re.finditer("[^、]+", said):
        if not _NO_NAME.match(match[0]):
            yield Seen(start + match.start(), start + match.end(), "person")


def last_facts(texts: Sequence[str], facts: Sequence[Fact]) -> tuple[LastFact, ...]:
    """All that may be last year's in the paragraphs of its paper, in the order it stands, the same words with the same
    letters beside them once."""
    proper = [(said.words, fact.kind) for fact in facts for said in fact.said if _proper(fact, said.words)]
    out: dict[tuple[str, str, str], LastFact] = {}
    for text in texts:
        for seen in seen_in(text, proper):
            words = text[seen.start : seen.end]
            before = text[max(0, seen.start - BESIDE) : seen.start]
            after = text[seen.end : seen.end + BESIDE]
            fact = LastFact(words, seen.kind, before, after, sentence_at(text, seen.start, seen.end))
            out.setdefault((words, before, after), fact)
    return tuple(out.values())


#: Kinds of facts that are words as they stand. Figures and years come with the words beside them.
_PROPER = ("speaker", "post", "unit", "place", "meeting", "paper", "person", "known")


def _proper(fact: Fact, words: str) -> bool:
    return fact.kind in _PROPER and len(words) >= 2 and words == say(fact.value)


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around these characters."""
    begin = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    ends = [at for mark in "。！？\n" if (at := text.find(mark, end)) >= 0]
    return text[begin : min(ends, default=len(text)) + 1].strip()
