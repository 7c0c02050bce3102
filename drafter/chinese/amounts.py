"""Figures as people write them: 8年, 120余人, 1.2万, 百分之十二, 近百; what stands around them, and what is none."""

import re
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.numerals import read_numeral

#: What is counted or measured, by kind: figures of one kind only may be taken for another's. What is not here is counted
#: by its measure word, and one measure word is as good as another.
_KINDS = {
    "钱": ("元", "块钱", "块", "美元"),
    "地": ("亩", "公顷", "平方米", "平方公里", "平米"),
    "重": ("吨", "公斤", "千克", "斤"),
    "长": ("公里", "千米", "米", "里"),
    "比": ("个百分点", "百分点", "%", "‰", "成"),
    "分": ("分钟", "分"),
    "时": ("个小时", "小时"),
    "日": ("个工作日", "工作日", "天", "日"),
    "周": ("个星期", "星期", "周"),
    "月": ("个月", "月"),
    "年": ("周年", "周岁", "年度", "年", "岁", "载"),
    "个": (
        "人次", "件次", "户次", "场次", "批次", "车次", "个人", "人", "名", "位", "个", "件", "起", "处", "条", "项", "次", "户", "家", "座", "辆", "堂", "份", "趟", "场", "组",
        "所", "批", "届", "期", "支", "台", "套", "篇", "遍", "门", "类", "种", "点", "宗", "例", "艘", "架", "间", "栋", "幢", "株", "棵", "头", "只", "队", "班", "村", "镇", "稿", "轮", "步", "章", "字", "级", "层", "线", "块地",
    ),
}  # fmt: skip

_MAGNITUDES = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 1000, "百": 100, "十": 10}

_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names}


class CountedUnit(NamedTuple):
    """What a figure counts: 万元 is 10,000 of 元, of the kind 钱; "" for none."""

    times: int
    base: str

    @property
    def kind(self) -> str:
        """What may be compared with it."""
        return _KIND_OF.get(self.base, "")

    @property
    def said(self) -> str:
        """万元."""
        return next((name for name, times in _MAGNITUDES.items() if times == self.times), "") + self.base


class Amount(NamedTuple):
    """A figure somebody wrote. `said` is the figure without magnitude and unit, with what makes it rough (约120, 120余),
    `number` its value; `unit` what stood behind it, `full` the figure with its magnitude (1.2万余). `plain`: nothing of it
    had to be understood."""

    said: str
    number: float | int
    unit: CountedUnit
    full: str = ""
    plain: bool = False

    @property
    def value(self) -> float | int:
        """With its magnitude: 1.2万 is 12,000."""
        return whole(self.number * self.unit.times)


class NoAmount(NamedTuple):
    """Why a text is no figure, in plain Chinese, and what may be meant instead."""

    why: str
    near: tuple[str, ...] = ()


def whole(number: float | int) -> float | int:
    """A whole number as one: 12000.0 is 12000."""
    number = round(number, 9)
    return int(number) if abs(number) < 10**16 and number == int(number) else number


def figures(number: float | int) -> str:
    """The digits of a number, without an exponent: 0.3, 12."""
    said = f"{number:.9f}".rstrip("0").rstrip(".") if isinstance(number, float) else str(number)
    return "0" if said in ("-0", "") else said


def unit_at(text: str) -> str:
    """The unit a text begins with, as behind a figure: 亿元的项目 → 亿元; "" for none."""
    found = _unit_pattern().match(text)
    return found[0] if found else ""


def unit_of(text: str) -> CountedUnit:
    """万元 → 10,000 of 元."""
    name = next((m for m in _MAGNITUDES if text.startswith(m)), "")
    return CountedUnit(_MAGNITUDES.get(name, 1), text[len(name) :].replace("％", "%"))


@lru_cache(maxsize=1)
def _bases() -> str:
    return "|".join(sorted((re.escape(name) for name in _KIND_OF if name != "成"), key=len, reverse=True)) + "|％"


@lru_cache(maxsize=1)
def _unit_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:万亿|亿|百万|千万|万)?(?:{_bases()})|万亿|[亿万]")


#: What makes a figure rough, before and behind it, and how it is said where it stands in a sentence.
_BEFORE = {
    "大约": "约", "大概": "约", "大致": "约", "差不多": "约", "约": "约", "将近": "近", "接近": "近", "近": "近", "超过": "超过", "逾": "逾", "超": "超", "不少于": "不少于", "不低于": "不少于",
    "至少": "至少", "最少": "至少", "不超过": "不超过", "最多": "最多", "不到": "不到", "不足": "不足", "多达": "", "达到": "", "达": "", "共计": "", "总共": "", "一共": "", "共有": "", "共": "", "合计": "",
    "有": "", "增长": "", "提高": "", "上升": "", "为": "", "是": "", "占": "", "第": "", "上": "上", "过": "过", "负": "-",
    "人民币": "", "￥": "", "¥": "", "": "",
}  # fmt: skip
_BEHIND = {"左右": "约", "上下": "约", "以上": "不少于", "以内": "不超过", "以下": "不超过", "之多": "", "整": "", "": ""}

_HAN = "[零〇一二三四五六七八九十百千万亿两]"
_NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]{{1,9}})?|[0-9]{{1,15}}(?:\.[0-9]{{1,9}})?|{_HAN}{{1,20}}(?:点[零〇一二三四五六七八九]{{1,9}})?|半)"

_HALF_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {
    ord(mark): meant for mark, meant in zip("．，－＋％＄（）～—–−‒", ".,-+%$()~----", strict=True)
}

_NOT_SAID = re.compile("[约近]?(?:[几数][十百千万亿]+|[一二三四五六七八九]?十几|成百上千|若干|几|[一二两三四五六七八九]{2}[十百千万]+).{0,3}")


def read_amount(text: str) -> Amount | NoAmount | None:
    """The figure a text says; why it is none, None where it does not look like one. Never raises."""
    typed = re.sub(r"\s+", "", text.translate(_HALF_WIDTH)).rstrip("。.") if len(text) <= 60 else ""
    typed = re.sub("(?<=[0-9])[wW]", "万", typed)
    if not typed:
        return None
    plain = re.fullmatch(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,9})?", typed)
    if plain:
        return Amount(typed, whole(float(typed.replace(",", ""))) if "." in typed else int(typed.replace(",", "")), CountedUnit(1, ""), typed, True)
    if re.fullmatch("一二|[二两]三|三四|三五|四五|五六|六七|七八|八九", typed):
        one, other = (str(read_numeral(c)) for c in typed)
        return NoAmount(f"看不出“{typed}”是 {one}、{other} 之间，还是 {one}{other}。", (one, other, one + other))
    if re.fullmatch(rf"{_HAN}{{1,20}}", typed) and (value := read_numeral(typed)) is not None:
        whole_words = _spelled_out(typed)
        return Amount(whole_words, value, CountedUnit(1, ""), whole_words, whole_words == typed)
    return _share(typed) or _between(typed) or _counted(typed) or _told_vaguely(typed) or _within(typed)


def _value(number: str) -> float | int | None:
    if number == "半":
        return 0.5
    if number in ("百", "千", "万", "亿"):
        return _MAGNITUDES[number]
    if re.match("[0-9]", number):
        return whole(float(number.replace(",", "")))
    front, dot, decimals = number.partition("点")
    value = read_numeral(front)
    if value is None or not dot:
        return value
    return whole(value + float("0." + str(read_numeral("一" + decimals) or 1)[1:]))


def _counted(typed: str) -> Amount | None:
    """约1.2万余元左右: a figure with what may stand around it."""
    before = "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))
    behind = "|".join(_BEHIND)
    found = re.fullmatch(
        rf"(?P<before>{before})(?P<sign>[-+]?)(?P<number>{_NUMBER})(?P<mixed>(?:[亿万千百](?:零?[0-9]{{1,4}}[万千百]?)+)?)(?P<rough>[余多来]|\+)?"
        rf"(?P<times>万亿|千亿|百亿|千万|百万|十万|[亿万千百])?(?P<again>[余多来]|\+)?(?P<half>个?半)?(?P<unit>{_bases()})?(?P<last>[余多]|半)?(?P<behind>{behind})",
        typed,
    )
    if not found:
        return None
    number, times = found["number"], found["times"] or ""
    value: float | int | None
    if found["mixed"]:
        value = _mixed(number + found["mixed"])
        number += found["mixed"]
    else:
        value = _value(number)
    base = (found["unit"] or "").replace("％", "%")
    rough = found["rough"] or found["again"] or found["last"] or ""
    alone = number in ("百", "千", "万", "亿") and not (found["before"] or rough)
    if value is None or alone or (times and number == "半"):
        return None
    if found["half"] or rough == "半":
        if not found["half"] and _KIND_OF.get(base) not in ("年", "日"):
            return None
        if found["half"] == "个半" and not base:
            base = "个月"
        if base and _KIND_OF.get(base) == "个":
            return None
        value, number = value + 0.5, figures(value + 0.5)
        base, rough = "个月" if base == "月" else "个小时" if base == "小时" else base, rough.replace("半", "")
    rough = rough.replace("+", "余")
    prefix, suffix = _BEFORE[found["before"]], _BEHIND[found["behind"]]
    if prefix == "-":
        prefix, value, number = "", -value, "负" + number if not number[0].isdigit() else "-" + number
    if found["sign"] == "-":
        value, number = -value, "-" + number
    if prefix and suffix and prefix != suffix:
        return None
    told, number = prefix or suffix, _spelled_out(number)
    if found["last"] and rough:  # 八年多: 多 is said of the years
        told, rough = told or "逾", ""
    said, full = told + number + rough, told + number + rough + times
    if times and rough and not found["rough"]:  # 1.2万余: 余 is said of the whole
        said, full = "逾" + number, told + number + times + rough
    return Amount(said, value, CountedUnit(_MAGNITUDES.get(times, 1), base), full)


def _spelled_out(number: str) -> str:
    """一万二, as it is said, as it is written: 一万二千. 1万2 is 1万2千."""
    found = re.fullmatch(r"(.*[一二两三四五六七八九十百千0-9])([亿万千百])([一二三四五六七八九1-9])", number)
    if not found or found[3].isdigit() != found[1][-1].isdigit() or (found[2] == "亿" and found[3].isdigit()):
        return number
    return number + {"亿": "千万", "万": "千", "千": "百", "百": "十"}[found[2]]


def _mixed(text: str) -> int | None:
    """3万5千: figures and units in turn."""
    total, least = 0, 10**13
    for figure, name in re.findall("零?([0-9]{1,4})(亿|万|千|百|)", text):
        times = _MAGNITUDES.get(name, 1)
        if times == 1 and total and len(figure) == 1:
            times = least // 10
        if times >= least:
            return None
        total, least = total + int(figure) * times, times
    return total


def _share(typed: str) -> Amount | NoAmount | None:
    """百分之十二, 九成五, 三分之一."""
    found = re.fullmatch(rf"(约|近|超过|超|不到|不足)?(百分之|千分之)({_NUMBER})([多余])?(?:点([0-9一二三四五六七八九]))?(左右|以上)?", typed)
    if found:
        value = _value(found[3])
        if value is None:
            return None
        rough = (found[1] or _BEHIND[found[6] or ""]) if not found[4] else found[1] or ""
        said = rough + figures(value) + (found[4] or "")
        return Amount(said, value, CountedUnit(1, "%" if found[2] == "百分之" else "‰"), said)
    found = re.fullmatch(r"(约|近|超过|超|不到|不足)?([0-9]|十|[一二三四五六七八九])成(半|[0-9一二三四五六七八九])?(多|左右|以上)?", typed)
    if found:
        rest = 5 if found[3] == "半" else read_numeral(found[3] or "0") or 0
        value = (read_numeral(found[2]) or 0) * 10 + rest
        rough = found[1] or ("" if found[4] == "多" else _BEHIND[found[4] or ""])
        said = rough + str(value) + ("多" if found[4] == "多" else "")
        return Amount(said, value, CountedUnit(1, "%"), said)
    found = re.fullmatch(rf"({_NUMBER})分之({_NUMBER})|([0-9]{{1,6}})/([0-9]{{1,6}})", typed)
    if found:
        under, over = _value(found[1] or found[4]), _value(found[2] or found[3])
        if not under or over is None:
            return None
        return NoAmount("这里要一个数，不是几分之几。", (figures(round(over / under * 100, 1)) + "%",))
    return None


def _between(typed: str) -> NoAmount | None:
    """3-5, 三至五人: two figures of which one is wanted."""
    found = re.fullmatch(rf"({_NUMBER})((?:万亿|[亿万千百])?(?:{_bases()})?)(?:[-~至到]+|、|或者?)({_NUMBER})((?:万亿|[亿万千百])?(?:{_bases()})?)(?:左右|之间)?", typed)
    if not found or _value(found[1]) is None or _value(found[3]) is None:
        return None
    unit = found[4]
    return NoAmount("写了不止一个数，只要一个。", (found[1] + (found[2] or unit), found[3] + unit))


def _within(typed: str) -> NoAmount | None:
    """预计120人, 120人(含列席): a figure and words beside it."""
    found = re.fullmatch(rf"(?:预计|预估|估计|拟|计划|拟邀请?|邀请|到会|参会|实到|应到|现有)?(?P<figure>{_NUMBER}[余多]?(?:[亿万千百])?(?:{_bases()})?)(?:\(.*\))?", typed)
    if not found or found["figure"] == typed or not isinstance(read_amount(found["figure"]), Amount):
        return None
    return NoAmount("除了数，还有别的字。", (found["figure"],))


def _told_vaguely(typed: str) -> NoAmount | None:
    if typed in ("没有", "无", "没", "暂无"):
        return NoAmount("是 0 就写 0。", ("0",))
    if _NOT_SAID.fullmatch(typed):
        return NoAmount("没有说定是多少。写成 50、50余、近百 或 约120。")
    return None
