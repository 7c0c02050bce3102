"""How much speaks for a figure being a fact of this year: how exact it is, what it counts, whether the words around it
report or aim at something, or only play with a number."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.analysis.facts.names import bare_unit
from drafter.analysis.facts.spans import YEAR
from drafter.analysis.facts.text import NEAR, FactText
from drafter.analysis.facts.words import HEAD_NOUN

#: Units of people.
PEOPLE = frozenset(("人", "名", "位", "人次"))
#: Units that measure a life or a rhythm rather than the work of a year.
_SLOW = frozenset(
    (
        "年",
        "岁",
        "个月",
        "个工作日",
        "工作日",
        "周",
        "成",
        "天",
        "小时",
        "分钟",
        "次",
        "对",
        "本",
        "位",
        "场",
        "期",
        "批",
        "倍",
        "米",
    )
)
#: Units that measure one thing rather than count many.
_MEASURES = frozenset(("元", "岁", "千瓦", "平方米", "公里", "吨", "米", "亩", "年"))
#: What the speech itself has so many of: 3个方面.
_SELF = re.compile(
    "方面|意见|问题|要求|希望|建议|层面|关系|特点|关键词|认识|体会|环节|字|词|点$|年头|故事|例子|原因|阶段|维度|角度|层次"
)
_SUPPOSED = re.compile(
    "例如|比如|譬如|如果|假如|能否|可否|假设|假定|倘若|好比|有位|有个|有一[位个次天]|一位|就像|打个比方|算一笔账|试想|设想|哪怕|即使|要是|也许|大不了|俗话|常说|古人|老话|故事|寓言"
)
#: Words that make a number a guess or a wish.
_MAYBE = re.compile("可能|可以|有的|大概|大约|估计|应该|差不多|也就|怎么|只要|要加入")
_RULE = re.compile("(?:不少于|不低于|不超过|不得|至少|每[年月周天个人次季半]|以内|原则上|规定)")
_ROUGH = re.compile("几|来$|上[百千万]|成[百千万]|多少|数[十百千]")
_REPORTED = re.compile(
    "今年|去年|全年|上半年|季度|一年来|年来|目前|截至|累计|同比|年均|共计?|新增|建成|完成|达到|突破|超过|增长|下降|提高|投入|参加|来自|出席|共有|现有|预期|目标|力争|计划|确保|实现|安排"
)
_HEADLINES = re.compile(
    "生产总值|GDP|增加值|固定资产投资|社会消费品零售|社零|一般公共预算收入|财政收入|税收收入|进出口|外贸|实际使用外资|可支配收入|新增就业|调查失业率|居民消费价格|粮食(?:总)?产量|城镇化率|研发|能耗|森林覆盖率|优良|营业收入|利润|主体|总产值|民生支出|存款|贷款|游客|旅游|事故|死亡|考核"
)
#: Words that tell an aim.
AIM = re.compile("预期目标|目标[是为：]|力争|预期(?!寿命)")


class FigureHere(NamedTuple):
    """A figure where it stands: its number at `start` to `end`, its unit up to `last`, the noun it is of, the verb that
    stands before it, and what its name is so far ("" for none)."""

    start: int
    end: int
    last: int
    unit: str
    noun: str
    verb: str
    name: str
    sure: bool
    before: int = 0


def worth_of(speech: FactText, figure: FigureHere, sentence: str, first: int) -> float:
    """How much speaks for a figure being a fact of this year."""
    whole = speech.whole
    words = whole[figure.start : figure.end]
    unit = figure.unit
    bare = bare_unit(unit)
    before, behind = whole[max(first, figure.start - 12) : figure.start], whole[figure.last : figure.last + 12]
    if _no_fact(words, unit, before, behind):
        return -9
    exact = len(words.replace(",", "").replace(".", "").strip("0")) if words[0].isdigit() else 2
    large = unit[:1] in "多余" or unit.lstrip("多余来几")[:1] in ("万", "亿", "千", "百")
    score = 0.0
    score += 2 if len(words) >= 3 or large or exact >= 3 else 1 if len(words) == 2 else 0
    score += 1 if bare in ("%", "％", "个百分点", "百分点") else 0
    score += 1 if figure.name and figure.sure else 0 if figure.name else -3
    score += 1 if figure.verb or re.search("达到?|突破|超过?|共|完成|实现|增长|下降|提高|降|增", before[-6:]) else 0
    score += 1 if _REPORTED.search(sentence) else 0
    score += (
        1.5 if bare in PEOPLE and re.search("参加|来自|学员|代表|参会|出席|新同学|新生|毕业生|表彰", sentence) else 0
    )
    score += 2 if figure.name and _HEADLINES.search(figure.name) else 0
    score += 1 if AIM.search(sentence[: figure.start - first]) else 0
    score -= 1 if words[0] in "一二三四五六七八九十百千万两" else 0
    score -= 3 if _SUPPOSED.search(sentence) else 0
    score -= 2 if "？" in sentence else 0
    score -= 2.5 if _MAYBE.search(before) else 0
    score -= 3 if _long_past(speech, sentence[: figure.start - first]) else 0
    score -= 1 if re.search("[你他](?![们])|你们", sentence) else 0
    score -= 1.5 if bare in _SLOW and not re.search("为期|会期|历时|工期", before[-4:]) else 0
    score -= 1 if _RULE.search(before + words + behind[:4]) else 0
    score -= 3 if _ROUGH.search(unit) or (re.search("[-－—–~～]", words) and "%" not in words + unit) else 0
    score -= 1 if _quoted(whole, figure.start, first) else 0
    return score


def _no_fact(words: str, unit: str, before: str, behind: str) -> bool:
    """Whether a figure is one of the speech itself, or one that is only said."""
    if (
        re.fullmatch(r"[0-9]|1[0-2]|[一二三四五六七八九十]+", words)
        and unit in ("个", "条", "项", "点", "个月")
        and _SELF.match(behind)
    ):
        return True
    if unit.endswith("个") and re.match("小时|钟头|年头|日夜|春秋", behind):
        return True
    if words in ("100", "0", "百") and unit in ("%", "％"):
        return True
    if unit.endswith("人") and behind.startswith(("口", "民")):
        return True  # 十二亿人口, 58万人民
    if _bound(unit, behind):
        return True
    if unit == "年" and re.fullmatch("(?:19|20)[0-9]{2}", words):
        return True
    if words == "1" and not unit.startswith(("万", "亿", "千")):
        return True
    if before.endswith(("“", "‘", "《")) and re.match("[\u4e00-\u9fff0-9]{0,6}[”’》]", behind):
        return True  # “7个专项行动”
    return (unit == "小时" and words in ("24", "8")) or (unit == "天" and words in ("365", "7"))


def _long_past(speech: FactText, before: str) -> bool:
    """Whether the year last said before a figure is none that moves with the speech: 2008年，我买来300本书."""
    said = [m["digits"] for m in YEAR.finditer(before) if m["digits"]]
    if re.search("[0-9一二三四五六七八九十百]年前|当时|之初|那时|那年", before):
        return True
    return bool(said) and speech.year is not None and speech.year - int(said[-1]) > NEAR and "增" not in before


def _bound(unit: str, behind: str) -> bool:
    """Whether a figure only tells which are meant: 50万元以上的村, 60岁以上党员, 10万千瓦及以下机组."""
    if bare_unit(unit) not in _MEASURES:
        return False
    return bool(re.match(f"及?以[上下]的?[\u4e00-\u9fff]{{0,6}}?{HEAD_NOUN.pattern}|及以[上下]|的龙头", behind))


def _quoted(whole: str, place: int, first: int) -> bool:
    """Whether a place stands within quotation marks."""
    before = whole[first:place]
    return before.rfind("“") > before.rfind("”")
