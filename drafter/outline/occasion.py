"""Days for a blank of an outline: whether one that is past, far off or half said is meant."""

import re
from datetime import date, timedelta

from drafter.chinese.days import Day, read_day, weekday
from drafter.chinese.numerals import counted, date_said
from drafter.outline.values import LEAVE_OPEN, DoubtedAnswer, Field, MaybeMeant, ReadAnswer, Unfit

#: How days are typed, for who has typed something else.
HOW = "写成 2026-11-22、11月22日、下周三 或 今天。"

#: A day that lies further ahead (days, years) is asked about: half a year's digits are easily turned. A day without a
#: year that was so few days ago last year may be that one.
_FAR_YEARS, _LAST_YEAR_DAYS = 5, 45

#: Names and questions of days that have not come yet when they are asked for: the day of the speech, what is due.
_COMING = (
    "^日期$|(?:会议|讲话|活动|开会|举行|举办|召开|开班|结业|述职|发言|仪式|典礼|培训|落款|成文|截止|报送|下次.*|期限|发言|动员)(?:日期|时间|日子|日|)$"
    "|哪一?[天日](?:讲|开|举行|举办|召开|作报告|发言|述职|谈|汇报|写|闭幕|必须|以?前|之前)|(?:截止|期限|最后期限|最迟)"
)
#: Those of days that have: asked for as what was done, or what began.
_GONE = (
    "的[？?]?$|了[？?吗]|成立|创[办建立]|建[校厂院所国党军站]|出生|生日|诞辰|[逝去]世|牺牲|遇难|生卒|参加工作|入[党职伍学团]|[到上]任|结束|统计|上级|上[次年届]|去年|当年|历史|曾|印发|签发|公布|发布日|开幕日期|批准|立案|发生|调研日期|开始|起算|截至"
)


def awaited(field: Field) -> bool:
    """Whether a day that is past is hardly meant: by what the outline says of the field, and where its day stands."""
    if field.minimum or field.maximum:
        return False
    if field.occasion:
        return not re.search("的[？?]?$", field.ask)
    if re.search(_GONE, field.name) or re.search(_GONE, field.ask):
        return False
    return bool(re.search(_COMING, field.name) or (re.search(_COMING, field.ask) and not field.name[-1:].isdigit()))


def day_taken(field: Field, text: str, today: date) -> ReadAnswer:
    """The day an answer names, and what there is to ask about it. Raises Unfit."""
    found = read_day(text, today)
    if found.day is None:
        raise _no_day(text, found, today)
    for bound, told in ((field.minimum, "最早"), (field.maximum, "最晚")):
        limit = read_day(bound, today).day if bound else None
        if limit and (found.day < limit if told == "最早" else found.day > limit):
            raise Unfit(f"{told}是{date_said(limit)}，这里是{date_said(found.day)}。")
    return ReadAnswer(found.day, found.word, _doubt(field, text, found, found.day, today))


def _no_day(text: str, found: Day, today: date) -> Unfit:
    short = text if len(text) <= 30 else text[:29] + "…"
    if not found.why:
        return Unfit(f"“{short}”不是日期。{HOW}")
    near = dict.fromkeys(found.near)
    choices = tuple(_meant(day, today) for day in near)
    if found.unsettled:
        choices = (LEAVE_OPEN,)
    typed = "" if not near or found.unsettled else f"写成 {' 或 '.join(f'{day.month}月{day.day}日' if day.year == today.year else date_said(day) for day in [*near][:3])}。"
    told = typed or ("" if found.unsettled or "请写" in found.why else HOW)
    return Unfit(f"“{short}”：{found.why}{told}", choices)


def _meant(day: date, today: date, head: str = "") -> MaybeMeant:
    shown = f"{date_said(day)}（{weekday(day)}）"
    return MaybeMeant(f"{head}：{shown}" if head else shown, day.isoformat())


def _doubt(field: Field, text: str, found: Day, day: date, today: date) -> DoubtedAnswer | None:
    """What there is to ask about a day."""
    away = (day - today).days
    if away < 0 and awaited(field):
        return _past(text, found, day, today)
    if found.guessed == "weekday":
        name = weekday(day)
        week = (_meant(day, today, "今天"), _meant(day + timedelta(7), today, f"下一个{name}"))
        return DoubtedAnswer(f"，今天就是{name}", f"今天就是{name}，是今天吗？", week, 0)
    if day.year - today.year > _FAR_YEARS and (field.occasion or awaited(field)):
        coming = _again(day, today)
        told = f"还有 {day.year - today.year} 年"
        choices = (_meant(day, today, "就是这一天"), *([_meant(coming, today, "今年" if coming.year == today.year else "明年")] if coming else []))
        return DoubtedAnswer(told, f"{date_said(day)}{told}，是这一天吗？", choices, len(choices) - 1)
    last = _in_year(day, day.year - 1)
    due = re.search("截止|期限|报送|完成|前", field.name + field.ask)
    if found.guessed == "year" and last and 0 < (today - last).days <= _LAST_YEAR_DAYS and not due:
        told = f"还有 {away} 天"
        choices = (_meant(day, today, "今年"), _meant(last, today, "去年"))
        return DoubtedAnswer(told, f"{day.month}月{day.day}日按今年算{told}，是今年的吗？", choices, 0 if awaited(field) else 1)
    return None


def _past(text: str, found: Day, day: date, today: date) -> DoubtedAnswer:
    ago = (today - day).days
    days = f"{counted(ago)}天" if ago <= 10 else f" {ago} 天" if ago < 730 else f" {today.year - day.year} 年"
    named = f"{day.month}月{day.day}日" if day.year == today.year else date_said(day)
    told = f"已经过了{days}"
    question = {"year": "是今年的吗？", "month": "是这个月的吗？"}.get(found.guessed, "是这一天吗？")
    coming, head = _again(day, today), "明年"
    if coming and coming.year == today.year:
        head = "今年"
    if found.guessed == "month":
        coming, head = _next_month(day), "下个月"
    elif re.search("周|星期|礼拜", found.word) and ago < 14:
        coming, head = day + timedelta(7 if ago <= 7 else 14), "下一个" + weekday(day)
    choices = [_meant(day, today, "就是这一天")]
    if coming:
        choices.append(_meant(coming, today, head))
    likeliest = 1 if coming and abs((coming - today).days) < ago else 0
    return DoubtedAnswer(told, f"{named}{told}，{question}", tuple(choices), likeliest)


def _again(day: date, today: date) -> date | None:
    """The same day of this year or the next, whichever is still to come."""
    this = _in_year(day, today.year)
    return this if this and this >= today else _in_year(day, today.year + 1)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _next_month(day: date) -> date | None:
    try:
        return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
    except ValueError:
        return None


def day_echo(day: date, word: str = "") -> str:
    """A day as it is shown to who has typed it: 2026年12月2日（星期三），下周三."""
    behind = f"，{word}" if word else ""
    return f"{date_said(day)}（{weekday(day)}）{behind}"
