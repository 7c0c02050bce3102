"""What a figure is called: the noun beside it, how it grew, and what it is counted in.

A name holds whole words only; where they cannot be told the figure has no name, and a figure without one is rarely a
blank.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.analysis.facts.words import DOWN, EMPTY_HEAD, GROWTH, HEAD_NOUN, LEADING, STOP, TRAILING, verb_at
from drafter.outline.expression import usable_name

#: The longest name one reads at a glance.
LONGEST = 18
_QUOTES = str.maketrans("", "", "“”‘’《》 　\u3000")
#: Letters that end a noun only where it is whole before them: 社会资源来, not 社.
_MAY_STOP = frozenset("会能可要应中内里上下前后间多不为在就才又还已均都占每来")
_HARD = re.compile("[的了和与把被将从由]|全部|全面|已经|均|都")
_ENDS = re.compile(f"{HEAD_NOUN.pattern}$")
_MONEY = re.compile(
    "(?:收入|支出|产值|总值|总额|额|资金|贷款|费|费用|款|利润|税|税金|税收|预算|存款|余额|成本|价格|价|工资|薪|奖金|债券|规模|增加值|消费|授信|补贴|补助|负债|资产|营收|经费|效益|营业收入|债务|损失|储备|赤字|国债|债券|金|GDP|元)$"
)
_SHARE = re.compile("(?:率|比重|占比|比例|比|度|份额|指数|强度|水平|增速|增幅|降幅|涨幅|息差|目标|均值|平均值)$")
_PEOPLE = re.compile("(?:人数|人口|人次|规模|总量|总数)$")
_CROWD = re.compile("(?:群众|职工|员工|居民|农民|学生|人|代表|党员|干部|会员)$")
_COUNTED = re.compile("(?:数|总数|数量|量|规模)$")
_AREA = re.compile("(?:面积|规模|数)$")
_MASS = re.compile("(?:产量|总产|量|储量|能力|产能|装机|容量|吨位|降雨|规模|水位|高度|里程|长度|深度|距离|海拔|负荷)$")


class NounBeside(NamedTuple):
    """What stands beside a figure: the noun it counts or measures, and the word of its growth (增长, 下降), "" for
    none. `sure` is False where the noun's beginning was guessed."""

    noun: str
    growth: str = ""
    sure: bool = True


def before_figure(clause: str) -> NounBeside:
    """The noun in the words of a clause that stand before a figure."""
    words = re.split("[、（）()—]", re.sub("（[^（）]*）", "", clause))[-1].translate(_QUOTES)
    for pattern, plain in _PLAINLY:
        words = pattern.sub(plain, words)
    growth = yearly = ""
    grown = GROWTH.search(words)
    if grown:
        growth, yearly = grown["way"], "年均" if "年均" in grown[0] else ""
        words = words[: grown.start()]
    bare = _stripped(words)
    yearly = yearly or ("年均" if "年均" in words[len(bare) :] else "")
    words = bare
    share = re.fullmatch("(?P<part>.{2,12}?)占.{2,}?(?:的)?(?:比重|比例|份额|比)", words)
    if share:
        words = share["part"] + "占比"
    noun = LEADING.sub("", words)
    noun = re.sub("^(?:以下|以上|.*[0-9](?:岁|个月|年)以[上下])(?=[\u4e00-\u9fff]{2})", "", noun)
    said = noun.rpartition("是")[2]
    noun = said if len(said) > 2 else noun
    if "的" in noun:
        head, _, tail = noun.rpartition("的")
        noun = (
            tail
            if len(tail) >= 2 and not _SHARE.search(tail) and tail not in ("数量", "规模", "面积", "总量", "能力")
            else head.replace("的", "") + tail
        )
    noun = LEADING.sub("", _stripped(noun))
    told = re.split("已经|已|要实现|要完成|要达到|发展成为|总共|一共|共有|一次性|们还|们|同志[就对]", noun)[-1]  # 市政府已经拨款 → 拨款
    noun, sure = (told if len(told) > 1 else noun), True
    if len(noun) > LONGEST:
        noun, sure = _shortened(noun)
    if len(noun) > 3:
        noun = EMPTY_HEAD.sub("", noun)
    noun = re.sub("(?:完成)?(?:全年|当年|今年)$", "", noun)
    if len(noun) < 2 or _BROKEN.search(noun) or re.search("[0-9]", noun[:1]):
        return NounBeside("", growth)
    return NounBeside(noun + yearly if growth else yearly + noun, growth, sure)


#: What changes with the year, or is no part of a word, said without it: 第六届采茶节 → 采茶节, 三大产业等7大集群 → 集群.
_PLAINLY = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"PM ?2\.5", "细颗粒物"),
        (r"PM ?10", "可吸入颗粒物"),
        ("(?:从|由)?(?:19|20)[0-9]{2}年[末底]?的$", ""),
        ("^(?:及?以[上下]|以[内外])的?", ""),
        ("(?:[今去前]年的?，?)?第[0-9一二三四五六七八九十百]{1,5}[届次批期轮](?=[\u4e00-\u9fff]{2})", ""),
        ("^.*等(?:[0-9]+|[二三四五六七八九十]+)[大个项类家](?=[\u4e00-\u9fff]{3})", ""),
    )
)

#: What no name begins, ends with or holds.
_BROKEN = re.compile(
    "^(?:[的了与及在于之]|和(?![美谐平田]))|[的了和与及对为把将使让用向在从由以要能应须得就才便且而但若如给被等]$|(?<!占)比$|[我你他她它这那哪谁]|(?<![主重纪需摘次])要(?![素闻点求害员件塞])|什么|怎么|如果|可以|不是|一个|这个|因为|所以|大家|【|】|×"
)


def _stripped(words: str) -> str:
    """Without the adverbs at its end."""
    while (short := TRAILING.sub("", words)) != words:
        words = short
    return words


def _shortened(noun: str) -> tuple[str, bool]:
    """A noun that is too long, from its last verb on."""
    for place in range(len(noun) - 3, -1, -1):
        rest = noun[place:]
        if verb_at(noun, place) and 4 <= len(rest) <= LONGEST:
            return rest, True
    for found in re.finditer("等|及其|以及|和|与", noun):
        rest = noun[found.end() :]
        if 4 <= len(rest) <= LONGEST:
            return rest, False
    return "", False


def after_figure(clause: str) -> NounBeside:
    """The noun in the words of a clause that stand behind a figure."""
    words = re.split("[、（）()—]", clause)[0].translate(_QUOTES)
    words = re.sub("^(?:以上|左右|余|多|的)+", "", words)
    stop = next(
        (
            m
            for m in STOP.finditer(words, 1)
            if m[0] not in _MAY_STOP or HEAD_NOUN.search(words[: m.start()], max(m.start() - 4, 0))
        ),
        None,
    )
    whole = words[: stop.start()] if stop else words
    if stop and 4 <= len(words) <= 12 and not _HARD.search(words) and _ENDS.search(words):
        whole, stop = words, None  # a noun with a verb in it: 旅游提升示范村
    ended = next((m.end() for m in HEAD_NOUN.finditer(whole) if m.end() >= 2 and verb_at(whole, m.end())), None)
    if ended is None and stop and len(whole) > 2:
        ended = next((m.end() for m in HEAD_NOUN.finditer(whole) if m.end() == len(whole) - 1), None)  # 学员坐在
    if ended:
        whole = whole[:ended]
    elif not stop and len(whole) > 10:
        heads = [m.end() for m in HEAD_NOUN.finditer(whole[:13])]
        whole = whole[: heads[-1]] if heads else ""
    if stop and stop[0] == "了" and len(whole) > 2:
        whole = re.sub("[作做提给取]$", "", whole)  # 目标作了安排
    first = STOP.match(words)
    if (
        (not 2 <= len(whole) <= 14 and whole not in ("村", "县", "省", "市", "镇"))
        or (first and first[0] not in _MAY_STOP)
        or _BROKEN.search(whole)
    ):
        return NounBeside("")
    return NounBeside(whole)


_TIMES = re.compile("^[多余来几]?(?:万亿|千万|百万|[万亿百]|千(?![瓦伏米克]))?[多余]?")


def bare_unit(unit: str) -> str:
    """A unit without the multiple before it: 多万亩 → 亩; 万千瓦 → 千瓦."""
    return _TIMES.sub("", unit)


def measured(noun: str, unit: str, growth: str = "") -> str:
    """A noun with what it is counted in: 粮食, 吨 → 粮食产量; 地区生产总值, %, 增长 → 地区生产总值增速."""
    unit = bare_unit(unit)
    if growth:
        down = bool(re.fullmatch(DOWN, growth))
        if unit in ("%", "％", "‰"):
            return noun + ("降幅" if down else "增速" if growth.startswith("增长") else "增幅")
        if unit.endswith("百分点"):
            return noun + ("下降" if down else "提高") + "百分点"
        if unit == "倍":
            return noun + "增长倍数"
        if growth in ("净增", "多增"):
            return noun + growth + ("额" if unit.endswith("元") else "数")
        return _counted(noun + ("减少" if down else "增加"), unit)
    return _counted(noun, unit)


def _counted(noun: str, unit: str) -> str:
    if unit in ("%", "％", "‰") or unit.endswith("百分点"):
        part = re.fullmatch("(.{2,10})占.{2,}", noun)
        if part and not _SHARE.search(noun):
            return part[1] + "占比"
        if noun.endswith("占"):
            return noun + "比"
        return noun if _SHARE.search(noun) else noun + ("比例" if re.search("占|覆盖|达标", noun) else "占比")
    if unit.endswith("元"):
        return (
            noun + ("额" if noun.endswith(("投资", "产", "消费")) else "")
            if _MONEY.search(noun) or noun.endswith("投资")
            else noun + "金额"
        )
    if unit in ("人", "名", "位") or (not unit and _CROWD.search(noun)):
        return noun if _PEOPLE.search(noun) else noun.removesuffix("人员" if noun.endswith("人员数") else "\0") + "人数"
    if unit in ("亩", "公顷", "平方米", "平方公里", "平方千米"):
        return noun if _AREA.search(noun) else noun + "面积"
    if unit in ("公里", "千米"):
        return noun if _MASS.search(noun) else noun + "里程"
    if unit in (
        "吨",
        "公斤",
        "斤",
        "立方米",
        "立方",
        "千瓦",
        "千瓦时",
        "千伏安",
        "米",
        "毫米",
        "厘米",
        "度",
        "标箱",
        "标准箱",
    ):
        suffix = (
            "产量"
            if re.search("(?:粮食|粮油|油料|蔬菜|水果|茶叶|肉类|水产|棉花|原煤|钢材?|生猪)$", noun)
            else "长度"
            if unit.endswith("米") and "立" not in unit
            else "容量"
            if unit.startswith("千瓦") and noun.endswith("装机")
            else "量"
        )
        return noun if _MASS.search(noun) and suffix != "容量" else noun + suffix
    named = _SUFFIX.get(unit)
    if named:
        return noun if noun.endswith((named, "寿命", "数量")) else noun + named
    return noun if _COUNTED.search(noun) else noun + "数"


_SUFFIX = {
    "人次": "人次", "户次": "户次", "次": "次数", "场": "场数", "天": "天数", "年": "年数", "周年": "周年数", "岁": "年龄", "小时": "小时数", "分钟": "分钟数", "学时": "学时数",
    "倍": "倍数", "户": "户数", "期": "期数", "批": "批数", "成": "成数", "个月": "月数", "个工作日": "工作日数", "工作日": "工作日数", "周": "周数",
}  # fmt: skip


def fit(name: str) -> bool:
    """Whether this can be the name of a blank and is read at a glance."""
    return 2 <= len(name) <= LONGEST + 4 and usable_name(name) and not _BROKEN.search(name)
