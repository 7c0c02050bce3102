"""Everything in a paper that may be true of last year only: years, sessions, ordinals, days, names, papers, figures.

It looks for more than becomes a blank, as what it finds is only listed: what is told once too often costs a glance,
what is not told goes to print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from drafter.analysis.facts import Fact
from drafter.analysis.proper_names import names_in, names_of
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
#: What small numbers in 汉字 count that is a figure, and not a way to say how a speech is built (三点意见, 两个方面).
_SMALL_UNITS = "(?:年(?!级|制|行动)|次(?!会)|名|位|天|项(?!要求|任务|工作|重点|措施)|所|岁|届|期|批|轮|家|户|台|座|月)(?!意见|要求|希望|方面|问题|建议)"
_DAY = rf"(?:[0-9]{{1,2}}|{_NUMBER}{{1,3}})"
_MONTH = rf"(?:[0-9]{{1,2}}|{_NUMBER}{{1,2}})月"
_YEARS = r"(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3}"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile("(?<![0-9.])[0-9]{1,2}[·•・][0-9]{1,2}(?![0-9])|每周[一二三四五六日]")),
    ("date", re.compile("(?:正|腊|冬|[二三四五六七八九十])月(?:初[一二三四五六七八九十]|十[一二三四五六七八九]|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?(?![一二三四五六七八九日])|三十(?![一日]))|除夕|元宵节")),
    ("date", re.compile(rf"(?:{_YEARS})年{_MONTH}(?:{_DAY}[日号])?|{_MONTH}{_DAY}[日号]|{_MONTH}份?|(?<![0-9.])[0-9]{{1,2}}[日号](?!线|楼|院)|(?<![0-9.\-/])(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?![0-9])")),
    ("year", re.compile(rf"(?<![0-9.])(?:{_YEARS})[—–~～\-－至到](?:{_YEARS})(?=年)|{YEAR.pattern}年?(?:度)?|(?<![0-9.])(?:19|20)[0-9]{{2}}(?=级|届|[”》]|—|[-–][0-9])")),
    ("date", re.compile("前?[一二三四]季度|[上下]半年|[一二三四五六七八九十]{1,3}月(?:份|底|初|中旬|上旬|下旬)|(?<![\u4e00-\u9fff])[0-9]{1,2}时|[上下]午(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:[:：][0-9]{2}|[点时](?:半|[0-9]{1,2}分)?)")),
    ("plan", re.compile("“?(?:十[一二三四五六七八九]?|二十)五”?(?=规划|时期|期间|开局|收官|末|”|、|，|和|以来|[\u4e00-\u9fff])(?<=五|”)")),
    ("session", re.compile("(?:十[五六七八九]|二十[一二三]?)大(?![会家力量型桥学于小])")),
    ("session", re.compile(rf"(?:(?<![新上历每])第?(?:(?!一届){_NUMBER}{{1,4}}|[0-9]{{1,3}})届)(?:[^，。、；：！？\d“”《》]{{0,16}}?第?(?:{_NUMBER}{{1,3}}|[0-9]{{1,2}})(?:次|中全会))?")),
    ("ordinal", re.compile(rf"第(?:{_NUMBER}{{1,5}}|[0-9]{{1,4}})(?:周年|季度|[个届次轮批期号年场位站台座艘家所])|第(?!一)(?:{_NUMBER}{{1,3}}|[0-9]{{1,3}})(?![章条款项点步方部类种层阶要关句段大代产{_NUMBER[1:-1]}0-9])|(?:{_NUMBER}{{1,5}}|[0-9]{{1,4}})(?:周年|华诞)|[〔\[][12][0-9]{{3}}[〕\]][0-9]{{1,4}}号")),
    ("paper", re.compile(r"《[^《》\n]{4,50}(?:意见|通知|方案|决定|规划|纲要|办法|计划|要点|细则|措施|行动|条例|规定|通报|批复|责任书|公约|倡议书|报告|建议)(?:（[^（）]{1,12}）)?》|《[^《》\n]{0,40}(?:19|20)[0-9]{2}[^《》\n]{0,40}》")),
    ("figure", re.compile(
        rf"(?<![0-9.A-Za-z])(?:{_ARABIC})[多余来几]?[万亿千百]*[多余]?(?:[%％‰]|{_UNITS})?"
        rf"|(?:会期|为期|历时)[一半两二三四五六七八九十]天半?|(?<![第{_NUMBER[1:-1]}]){_NUMBER}{{1,4}}(?=”?连[丰冠增胜降])|[特一二三四]等奖|[二两三四五六七八九]成(?!员|立|为|果|功|长|本)|[两三四五六七八九]天半|(?:连续|历时|长达|已有|走过|整整)[二两三四五六七八九十百]{{1,4}}(?:[年次届天月]|个月|个季度|个年度)"
        rf"|(?<![第星期周礼拜每{_NUMBER[1:-1]}])[二两三四五六七八九]{_SMALL_UNITS}"
        rf"|百分之{_NUMBER}+(?:点{_NUMBER}+)?"
        rf"|(?<![第{_NUMBER[1:-1]}])(?=[一二三四五六七八九十百千万亿两〇零点]*[十百千万亿])(?!千家|万众|百家|千方|百姓|千万|万万|百年|百般|十分|千秋|百业|万家|千头|万事|百花|百尺|千军|万马|千条|万紫)[一二三四五六七八九十百千万亿两〇零点]{{1,9}}[多余]?(?:{_UNITS})"
    )),
)  # fmt: skip

#: What is never a fact: numbers that begin a point, and first of all that is said of rank.
_NO_ORDINAL = re.compile("第一(?:时间|线|产业|名)|第[二三]产业")

#: What begins a point, and no sentence goes on to: 第二，
_FIRST_OF_POINT = re.compile("第[一二三四五六七八九十]{1,3}(?=[，、,：:是])")
_LABEL = re.compile(r"\s*[（(]?(?:[0-9]{1,2})[）)．.、]|\s*[①-⑳]")


def seen_in(text: str, proper: Sequence[tuple[str, str]] = ()) -> tuple[Seen, ...]:
    """What of a text may be last year's, none within another; `proper` are words known to be facts, with their
    kinds."""
    found: list[Seen] = []
    for words, kind in proper:
        found += [Seen(m.start(), m.end(), kind) for m in re.finditer(re.escape(words), text)]
    for kind, pattern in _PATTERNS:
        found += [Seen(m.start(), m.end(), kind) for m in pattern.finditer(text) if m[0]]
    found += [Seen(start, end, kind) for start, end, kind in names_in(text)]
    label = _LABEL.match(text)
    taken = [False] * len(text)
    out: list[Seen] = []
    for match in re.finditer("【[^【】]*】", text):  # a blank nobody has filled
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    known = {words for words, _ in proper}

    def rank(seen: Seen) -> tuple[bool, int, int]:
        # a paper's name is one even where a place of this speech stands in it
        return text[seen.start] != "《" and text[seen.start : seen.end] not in known, seen.start - seen.end, seen.start

    for one in sorted(found, key=rank):
        words = text[one.start : one.end]
        if any(taken[one.start : one.end]) or (one.kind == "ordinal" and _NO_ORDINAL.match(text, one.start)):
            continue
        begins = not one.start or text[one.start - 1] in "。；！？：“"
        if one.kind == "ordinal" and begins and _FIRST_OF_POINT.match(text, one.start):
            continue
        if label and one.end <= label.end():
            continue
        if one.kind == "figure" and not re.search("[0-9一二三四五六七八九十百千两]", words):
            continue
        taken[one.start : one.end] = [True] * (one.end - one.start)
        out.append(one)
    return tuple(sorted(out))


def last_facts(texts: Sequence[str], facts: Sequence[Fact]) -> tuple[LastFact, ...]:
    """All that may be last year's in the paragraphs of its paper, in the order it stands, the same words with the same
    letters beside them once."""
    asked = {said.words: fact.kind for fact in facts for said in fact.said if _proper(fact, said.words)}
    proper = tuple({**names_of(texts, asked), **asked}.items())
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
