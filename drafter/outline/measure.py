"""Figures for a blank of an outline: behind it stands what is counted (【人数】人), so that no unit is said twice."""

import re
from collections.abc import Sequence
from datetime import date

from drafter.chinese.amounts import Amount, CountedUnit, NoAmount, figures, read_amount, unit_at, unit_of
from drafter.chinese.days import is_unsettled
from drafter.outline.values import LEAVE_OPEN, MaybeMeant, Unfit

#: How figures are typed, for who has typed something else.
HOW = "写成 120、1,200、3.5 或 一百二十。"

#: Kinds of things counted whose words may stand for each other: 名 and 人, 年 and 周年.
_ALIKE = ("个", "年", "日", "月", "时", "周")

_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "今年度": 0, "明年": 1, "来年": 1, "下年": 1, "下一年": 1, "去年": -1, "上年": -1, "上一年": -1, "上年度": -1, "前年": -2, "后年": 2}


def units_behind(followed: Sequence[str] | None) -> tuple[str, ...] | None:
    """The units among what stands behind a blank, () where something else does; None where that is not known."""
    return None if not followed else tuple(dict.fromkeys(unit for words in followed if (unit := unit_at(words))))


def measured(text: str, followed: Sequence[str] | None) -> tuple[str, float | int, bool]:
    """A figure as it is to stand before what follows the blank, its value there, and whether it says what was typed: a unit
    that is not said twice is no difference. Raises Unfit."""
    found = read_amount(text)
    if found is None or isinstance(found, NoAmount):
        raise _no_figure(text, found, units_behind(followed))
    units = units_behind(followed)
    if found.plain and not _counted_twice(found, units):
        return found.said, found.number, True
    said, value = _before(found, text, units)
    typed = re.sub(r"\s+", "", text)
    return said, value, typed.startswith(said) and typed.removeprefix(said) in (found.unit.base, found.unit.said)


def echo(said: str, followed: Sequence[str] | None) -> str:
    """A figure as it is shown to who has typed it: 8（年）."""
    units = units_behind(followed)
    return f"{said}（{units[0]}）" if units else said


def _no_figure(text: str, found: NoAmount | None, units: tuple[str, ...] | None) -> Unfit:
    short = text if len(text) <= 30 else text[:29] + "…"
    if is_unsettled(text) and not (found and found.near):
        return Unfit(f"“{short}”：还没有定的先不填，这一条不写。", (LEAVE_OPEN,))
    if found is None:
        return Unfit(f"“{short}”不是数。{HOW}")
    near = [typed for typed in found.near if "%" not in typed or units is None or "%" in units]
    typed = f"写成 {' 或 '.join(near)}。" if near and "写" not in found.why[-8:] else ""
    return Unfit(f"“{short}”：{found.why}{typed}", tuple(MaybeMeant(one, one) for one in near))


def _before(found: Amount, text: str, units: tuple[str, ...] | None) -> tuple[str, float | int]:
    """The figure without what stands behind the blank anyway. Raises Unfit where another unit stands there."""
    unit = found.unit
    if units is None:  # where it stands is not known: a unit stands there most likely, a magnitude does not
        return (found.said + "‰", found.number / 1000) if unit.base == "‰" else (found.full, found.value)
    if not units:
        return found.full + unit.base, found.value
    if unit == CountedUnit(1, "") and not _counted_twice(found, units):
        return found.full, found.number
    there = [unit_of(one) for one in units]
    fit = [one for one in there if _alike(unit, one)]
    if not fit:
        raise Unfit(f"这里写的是多少{units[0]}，“{text}”的单位不一样。{HOW}")
    if any(one.times == unit.times and (one.base == unit.base or "‰" not in one.base + unit.base) for one in fit):
        return found.said, found.number
    if any(one.times == 1 and "‰" not in one.base + unit.base for one in fit):
        return found.full, found.value
    first = fit[0]
    value = figures(found.value / first.times * {"‰": 0.1}.get(unit.base, 1) * {"‰": 10}.get(first.base, 1))
    raise Unfit(f"这里按{first.said}写，“{text}”是 {value}。写 {value}。", (MaybeMeant(f"{value}（{first.said}）", value),))


def _counted_twice(found: Amount, units: tuple[str, ...] | None) -> bool:
    """Whether a figure holds the magnitude that stands behind the blank as well: 十二亿 before 亿元."""
    return bool(units) and all(unit_of(one).times > 1 for one in units or ()) and bool(re.search("[万亿]", found.full))


#: What is counted one way only: people are no households, ages no years of work. 个 counts everything.
_APART = ({"人", "名", "位", "个人"}, {"岁", "周岁"})


def _alike(one: CountedUnit, other: CountedUnit) -> bool:
    """Whether figures of one may stand where the other does."""
    if one.base.endswith("百分点") and other.base == "%":  # 高12个百分点 is not 高12%
        return False
    if (one.base, other.base) == ("分", "分钟"):
        return True
    if "个" not in (one.base, other.base) and any((one.base in kind) != (other.base in kind) for kind in _APART) and "" not in (one.base, other.base):
        return False
    if "" in (one.base, other.base):  # 【人口】万
        return one.kind in ("个", "") and (other.base == "" or other.kind != "比" or one.times == 1)
    aliases = {"块": "元", "块钱": "元", "平米": "平方米", "千克": "公斤", "千米": "公里"}
    same = aliases.get(one.base, one.base) == aliases.get(other.base, other.base)
    return same or (one.kind == other.kind and (one.kind in _ALIKE or one.kind == "比"))


def year_of(text: str, told: str, today: date) -> int | None:
    """The year a word names for a field that asks for one (`told`: its name and question): 今年, 26年; None for others."""
    if not re.search("年份|年度|哪一?年", told):
        return None
    if text in _YEARS:
        return today.year + _YEARS[text]
    found = re.fullmatch(r"([0-9]{2})年?", text)
    return today.year // 100 * 100 + int(found[1]) if found and text.endswith("年") else None
