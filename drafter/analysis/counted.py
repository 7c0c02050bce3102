"""What of a text has a number in it: figures with what they count, days, hours, years, plans, sessions, ordinals,
numbers of papers, rooms and telephones, in digits and in words. Where each stands, not what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

#: The kinds that are days and times.
TIMES = frozenset(("year", "date", "time"))

_DIGITS = "[0-9０-９]+(?:,[0-9]{3})*(?:[.．][0-9０-９]+)?"
_WORDS = "(?:[〇○零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+[十百千万亿]*)?)"
_FEW = "(?:几十|几百|几千|十几|[一二三四五六七八九]?十几)"
_NUMBER = f"(?:{_DIGITS}[多余]?[十百千万亿]*[多余]?|{_FEW}[万亿]?|{_WORDS}[多余几来]?)"
_TO = "[—–―~～\\-－至到]{1,2}"
_OF_DAY = "(?:上午|下午|晚上|中午|凌晨|清晨|早上|傍晚|早|晚)"
_HOUR = f"(?:{_OF_DAY}?(?:[0-9]{{1,2}}[:：][0-9]{{2}}|(?:[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})(?:时(?!候|代|期|间|段|刻|常|任)|点(?![〇零一二三四五六七八九]|意见|要求|希望|建议|多))(?:(?:[0-9]{{1,2}}|[一二三四五十]{{1,3}})分|半|整)?)|{_OF_DAY})"
_Y = "(?:[0-9]{4}|[二一][〇○零一二三四五六七八九]{3})"
_M = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = "(?:[12][0-9]|3[01]|0?[1-9]|二?十[一二三四五六七八九]|三?十一?|二十|三十|[一二三四五六七八九])"

#: What figures are counted in, the long ones first. Source: GB 3100—1993 for measures; the rest from finished speeches.
_MEASURES = (
    "个百分点|百分点|等奖|等功|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|微米|海里|公顷|千瓦时|兆瓦|千瓦|度电|公斤|千克|毫克|微克|人次|人天|辆次|班次|批次|学时|课时|小时|分钟|秒钟|周年|年级|周岁|个月|星期|季度"
    "|百分|学分|摄氏度|立方|车次|架次|场次|户次|件次|[元亩吨米户人名个家项件处套台座条所张份位次天场期批支只头株棵本篇宗艘辆架栋间门起例倍岁年月日级届字里斤两尺寸丈升克度分秒号层楼室栋单路"
    "孔眼口道段块片面杆根捆袋箱桶瓶包盒车船列节轮遍趟回番步句章节讲课册卷幅枚顶床桌席组队团班排连营师军村镇乡县市省线井站点类种样式款笔桩代档流星A-Z]"
)
#: Behind 第 or a number, what is numbered rather than counted.
_NUMBERED = "会议室|教室|中学|小学|医院|幼儿园|车间|支部|大队|中队|小组|书记|方阵|产业|生产力|梯队|现场|报告厅|督查组|工作组|巡视组"

_PATTERNS = (
    ("paper", "[〔\\[［【（(][0-9]{4}[〕\\]］】）)]\\s*第?[0-9]+号"),
    ("ordinal", "(?<![A-Za-z0-9])[A-Z]{1,3}[0-9]{1,4}(?![0-9A-Za-z.])|(?<![A-Za-z0-9])[A-Z](?=[座区栋馆级类轮组档班])[座区栋馆级类轮组档班]"),
    ("phone", "(?<![0-9])(?:0[0-9]{2,3}[-—－ ]{0,2}[0-9]{7,8}|1[3-9][0-9]{9})(?![0-9])"),
    ("plan", "[“\"]?十[一二三四五六七八九]五[”\"]?(?:时期)?"),
    ("session", f"第?(?:{_WORDS}|[0-9]{{1,2}})届(?:(?:人大|政协|人民代表大会|委员会)?(?:第?(?:{_WORDS}|[0-9]{{1,2}})次|[一二三四五六七八九]中)(?:全体会议|全会|会议)?)?|(?<=党的)(?:十[六七八九]|二十[一二]?)大"),
    ("date", f"(?:(?:{_Y}|[今去明前])年)?{_M}月{_D}[日号]?(?:{_TO}(?:{_M}月)?{_D}[日号])(?:{_HOUR})?|(?:(?:{_Y}|[今去明前])年)?{_M}月{_D}[日号](?:{_HOUR})?"),
    ("date", f"(?:(?:{_Y}|[今去明前])年)?{_M}月?{_TO}(?:{_Y}年)?{_M}月(?:[上中下]旬|[底初末份])?|(?:(?:{_Y}|[今去明前])年)?{_M}月(?!亮)(?:[上中下]旬|[底初末份])?"),
    ("date", f"{_D}{_TO}{_D}[日号]|{_D}(?:日(?!子|常|报|前|用)|号(?![楼院线机炉井泵车文馆厅门]))(?:{_HOUR})?"),
    ("year", f"{_Y}年?{_TO}{_Y}年(?!代)|{_Y}年(?:代|度|[底初末中])?|(?<![0-9.])(?:19|20)[0-9]{{2}}(?![0-9.,年]|[{_MEASURES[-1]}])(?=$|[\\s\u3000）)/—-])"),
    ("date", f"(?:[今明去]年|当年)?(?:第?[一二三四1-4]季度|[上下]半年)|(?:[上下本每这]个?)?(?:周|星期|礼拜)[一二三四五六日天](?![年期]){_HOUR}?|春节|元旦|清明|五一|端午|国庆|中秋"),
    ("time", _HOUR),
    ("near", "[今去明前后]年|[今昨明后前]天|[今昨明]日|[本上下]个?月|[年月][底初中末]|[本上下]周"),
    ("share", f"百分之{_WORDS}|{_WORDS}分之{_WORDS}|{_NUMBER}成(?:[多半]|[一二三四五六七八九](?![的个条项家次年月律般些定起直]))?(?![果为员就功立长绩效熟])|翻了?[一两二三]番"),
    ("share", "绝?大多数|半数(?:以上)?|过半|大半|[一多]半|全部|全体|部分|少数|多数|所有"),
    ("ordinal", f"第{_NUMBER}(?:{_NUMBERED}|{_MEASURES})?"),
    ("ordinal", f"(?<![0-9.])(?:[0-9]+|{_WORDS})(?:号(?:[楼院线机炉井泵车馆厅门]|文件|高炉)?|室|楼(?!房)|层(?!级|面|层)|单元)"),
    ("figure", "半(?:年|天|日|个月|小时|载)(?!以来)"),
    ("figure", f"{_NUMBER}(?:{_MEASURES})?{_TO}{_NUMBER}(?:[%％‰]|{_MEASURES})?"),
    ("figure", f"{_DIGITS}[%％‰](?:{_TO}{_DIGITS}[%％‰])?|{_NUMBER}(?:[%％‰]|多?个亿|多?个(?![百亿月])|{_MEASURES})?"),
)  # fmt: skip

#: Words with a numeral in them that count nothing.
_NOTHING = re.compile(
    "一(?:定|样|切|直|致|律|起|旦|般|再|向|味|心|带|贯|体|手|线(?!天)|流(?!转)|面|方面|步|系列|些|点(?!意见|要求|希望|[〇零一二三四五六七八九])|下|刻|时|并|同|道(?!题|桥)|边|揽子)|"
    "统一|唯一|万一|第一要务|第一时间|十分|万分|千万(?!元|亩|人|吨|户)|百姓|万事|三农|四风|九牛|千方百计|三令五申|七上八下|五湖四海|万众|千家万户|百年"
)


class Counted(NamedTuple):
    """An expression with a number: the letters `start` to `end`, its kind ("year", "date", "time", "near" for 去年 and
    年底, "plan", "session", "ordinal", "figure", "share" for 三成 and 半数, "paper" for the number of one, "phone"), its
    words, and what it counts, "" where that is not said. `plainly` tells one that is a fact whatever stands elsewhere:
    一个 and 去年 are only where another text has another in their place."""

    start: int
    end: int
    kind: str
    words: str
    unit: str
    plainly: bool


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<k{n}>{pattern})" for n, (_, pattern) in enumerate(_PATTERNS)))


@lru_cache(maxsize=4096)
def counted(text: str) -> tuple[Counted, ...]:
    """The expressions with a number in a text, in order, none within another."""
    return tuple(_counted(text))


def _counted(text: str) -> Iterator[Counted]:
    at = 0
    pattern = _pattern()
    while found := pattern.search(text, at):
        nothing = _NOTHING.match(text, max(0, found.start() - 1)) or _NOTHING.match(text, found.start())
        if nothing and nothing.end() > found.start() and not re.match("[0-9]", found[0]):
            at = max(nothing.end(), found.start() + 1)
            continue
        kind = _PATTERNS[int((found.lastgroup or "k0")[1:])][0]
        words = found[0]
        at = found.end()
        unit = re.sub("[0-9０-９.．,〇○零一二两三四五六七八九十百千万亿几点多余第—–―~～至到-]", "", words)
        digits = bool(re.search("[0-9０-９]", words))
        plainly = {
            "near": False, "time": digits, "share": words.startswith("百分之"), "figure": digits or len(words) - len(unit) > 1,
            "date": not re.fullmatch("[^0-9月]*", words),
        }.get(kind, True)  # fmt: skip
        yield Counted(found.start(), found.end(), kind, words, unit, plainly)
