"""Days as people write them: 下周三, 11月26, 二〇二六年十二月三日, 2026/12/3 9:00; and what is wrong with one that is none."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.numerals import read_numeral


class Day(NamedTuple):
    """What a text says of a day. `day` is None where it names none; then `why` says what is wrong ("" where it does not
    look like a day at all), `near` are the days that may be meant, and `unsettled` that it says the day is not fixed yet.
    `guessed` is what of a day was not said: "year" (11月26日), "month" (26日), "weekday" (周日, on a Sunday), "". `word` is
    the text where it is no plain date: what it stands for is worth saying."""

    day: date | None = None
    why: str = ""
    near: tuple[date, ...] = ()
    unsettled: bool = False
    guessed: str = ""
    word: str = ""


_WEEKDAYS = "一二三四五六日"

#: Longer texts name no day.
_LONGEST = 60

_HALF_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {
    ord(mark): meant for mark, meant in zip("．。－–—―−／：（），～＊·〜\u3000", "..-----/:(),~*.~ ", strict=True)
}


def weekday(day: date) -> str:
    """星期四."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def read_day(text: str, today: date) -> Day:
    """The day a text names. Never raises."""
    whole = text.strip()
    if not whole or len(whole) > _LONGEST:
        return Day()
    plain = re.fullmatch(r"(?:([0-9]{4})[-年/.])?([0-9]{1,2})[-月/.]([0-9]{1,2})日?", whole)
    if plain and plain[1] != "0000":  # as nearly everybody writes: nothing else is looked at
        return _calendar(int(plain[1] or today.year), int(plain[2]), int(plain[3]), "" if plain[1] else "year", "")
    try:
        found = _read(whole.translate(_HALF_WIDTH).strip(" .,"), today)
    except (OverflowError, ValueError):  # beyond the calendar: 365000天后
        return Day(why="这一天不在年历里。")
    return found._replace(word=whole) if found.word else found


def _read(text: str, today: date) -> Day:
    bare = re.sub(r"\s+", "", text)
    why = _unsettled(bare)
    if why:
        return why
    if found := _range(bare, today):
        return found
    rest, due = _without_due(_closed_up(text))
    rest, late = _without_time(rest)
    rest, told = _without_weekday(rest)
    if told is not None:
        rest, again = _without_time(rest)
        late = late or again
    rest = re.sub(r"\s+", " ", rest).strip(" ,")
    rest, hedged = re.subn(r"^(?:拟?定于|暂定于?|初定于?|预计|拟于?|于)|\((?:暂定|拟|初定)\)$|(?:暂定|初定)$", "", rest)
    rest = re.sub(r"\((?:公历|阳历)\)$", "", rest)
    late = late or due or bool(hedged)
    rest = re.sub(r"(?<=[日号]) ?(?:[\u4e00-\u9fff]{1,4}节|元旦)$", "", rest)
    if pair := _told_twice(rest):
        first, second = _one(pair[0], today), _one(pair[1], today)
        if first.day and second.day:
            if first.day != second.day:
                return Day(why="前后写的不是同一天。", near=(first.day, second.day))
            return first._replace(guessed="", word=text)
    rest = re.sub(r"(?<=[0-9日号末底天])(?:起|开始|当天|这天)$", "", rest)
    found = _one(rest, today)
    if told is not None and found.day and found.day.weekday() != told:
        return _other_weekday(found.day, told, found.guessed)
    if late and found.day:
        return found._replace(word=text)
    return found if found.day or found.why else _within(bare, today)


def _one(text: str, today: date) -> Day:
    """A day that stands by itself, without time and weekday."""
    for reads in (_written_out, _relative, _of_week, _of_month, _feast, _unclear):
        found = reads(text if reads is _written_out else text.replace(" ", ""), today)
        if found is not None:
            return found
    return Day()


# ── what stands beside a day ──────────────────────────────────────────────────────────────────────────────────────

_PART = "凌晨|清晨|早晨|早上|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜里|夜间|全天|早|晚"
_HOUR = (
    r"(?:[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|[点时](?:[0-9]{1,2}分?|半|整|钟|[一三]刻)?)"
    r"|[一二三四五六七八九十两]{1,3}[点时](?:[零〇一二三四五六七八九十]{1,3}分?|半|整|钟|[一三]刻)?)"
)


@lru_cache(maxsize=1)
def _time() -> re.Pattern[str]:
    hours = rf"{_HOUR}(?:\s*[-~至到]+\s*{_HOUR})?"
    part = rf"(?:{_PART})"
    return re.compile(rf"(?:[\s,T]+{hours}|(?<=[日号天一二三四五六末底早晚)]){hours}|[\s,]*{part}\s*(?:{hours})?)$")


def _without_time(text: str) -> tuple[str, bool]:
    """The text without a time of day at its end, and whether there was one that says something: 0:00 of a table does
    not."""
    found = _time().search(text)
    if not found or not found.start():
        return text, False
    rest = text[: found.start()]
    if rest in ("今", "明", "后", "昨"):
        rest += "天"
    return rest, not re.fullmatch(r"[\sT]*0?0:00(?::00(?:\.0+)?)?(?:Z|[+-][0-9:]+)?", found[0])


def _closed_up(text: str) -> str:
    """2026 年 12 月 8 日, as some programs put it, without the spaces in the day."""
    return re.sub(rf"(?<={_N})\s+(?=[年月日号])|(?<=[年月])\s+(?={_N})", "", text)


def _without_due(text: str) -> tuple[str, bool]:
    """The text without what makes a day the last one: 12月8日17:00前, 周五下班前, 不晚于12月8日; and whether it had it. 三天前
    is another day."""
    rest = re.sub("^(?:不晚于|不迟于|最晚|最迟|截至|截止到?)", "", text)
    found = re.fullmatch(r"(.*?[日号末底]|.*[今明后]天|.*(?:周|星期|礼拜)[一二三四五六日天]|.*[0-9点时分整半午]|.*(?=[上下]班))\s*(?:[上下]班)?(?:之|以)?前", rest)
    if found and not re.fullmatch(rf"(?:{_N}{{1,4}}|半)个?(?:天|月|周|星期|礼拜|小?时|分)", found[1]):
        rest = found[1]
    return rest, rest != text


def _told_twice(text: str) -> tuple[str, str] | None:
    """The two ways in which a text tells one day: 周四（12月3日）, 下周四12月3日, 明天11月30日."""
    found = re.fullmatch(r"(.+?)(?:\((.+)\)|, ?(.+))", text)
    if found:
        return found[1], found[2] or found[3]
    word = "(?:上上|下下|上|下|本|这)一?个?(?:周|星期|礼拜)[一二三四五六日天]|大?[今明后昨前]天"
    found = re.fullmatch(rf"({word}) ?([0-9].*)", text)
    if found:
        return found[1], found[2]
    found = re.fullmatch(rf"(.*[0-9日号]) ?({word})", text)
    return (found[1], found[2]) if found else None


def _within(text: str, today: date) -> Day:
    """What is no day and has one in it: 12月8日在三楼."""
    found = re.findall(r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}[日号]|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])", text)
    day = _one(found[0], today).day if len(found) == 1 else None
    return Day(why="这里只写日期。", near=(day,)) if day else Day()


def _without_weekday(text: str) -> tuple[str, int | None]:
    """The text without a weekday beside a day that is written out, and which it is."""
    name = "(?:星期|周|礼拜)([一二三四五六日天])"
    found = re.fullmatch(rf"(.*[0-9日号])\s*,?\s*{name}([^日号天周期拜]*)", text)
    found = found or re.fullmatch(r"(.*[0-9日号午晚早晨]|.*[0-9日号].*[上间里])\s*\((?:星期|周|礼拜)?([一二三四五六日天])\)([^日号天周期拜]*)", text)
    if found:
        return found[1] + found[3], _weekday_of(found[2])
    found = re.fullmatch(rf"{name}\s*,?\s*\(?([0-9].*?)\)?", text)
    return (found[2], _weekday_of(found[1])) if found else (text, None)


def _weekday_of(name: str) -> int:
    return _WEEKDAYS.index(name.replace("天", "日").replace("七", "日")) if not name.isdecimal() else int(name) - 1


def _other_weekday(day: date, told: int, guessed: str) -> Day:
    """A day that does not fall on the weekday written beside it; near are the day, the weekday that week, and where the
    year was not said, the year in which both are right."""
    near = [day, day + timedelta(told - day.weekday())]
    if guessed == "year":
        for year in (day.year + 1, day.year - 1):
            try:
                other = day.replace(year=year)
            except ValueError:
                continue
            if other.weekday() == told:
                near.append(other)
    return Day(why=f"{_md(day)}是{weekday(day)}，不是星期{_WEEKDAYS[told]}。", near=tuple(near))


# ── written out ───────────────────────────────────────────────────────────────────────────────────────────────────

_YEARS = {"今": 0, "本": 0, "这": 0, "明": 1, "来": 1, "去": -1, "后": 2, "前": -2, "上": -1, "下": 1}
_N = "[0-9零〇○一二三四五六七八九十两廿卅]"


@lru_cache(maxsize=1)
def _shapes() -> tuple[re.Pattern[str], ...]:
    mark = r"\s*[-/.、,_*]\s*"
    return (
        re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
        re.compile(rf"(?P<y>[0-9]{{4}}){mark}(?P<m>[0-9]{{1,2}}){mark}(?P<d>[0-9]{{1,2}})[日号]?"),
        re.compile(r"(?P<y>[0-9]{4}) (?P<m>[0-9]{1,2}) (?P<d>[0-9]{1,2})"),
        re.compile(rf"(?P<y>[0-9]{{2}}){mark}(?P<m>[0-9]{{1,2}}){mark}(?P<d>[0-9]{{1,2}})[日号]?"),
        re.compile(
            rf"(?:(?:公元|公历|阳历)?(?:(?P<y>[0-9零〇○一二三四五六七八九]{{4}}|[0-9]{{2}})年度?|(?P<ry>[今本明来去前后])年))?\s*"
            rf"(?P<m>{_N}{{1,3}})(?:月份?\s*|[-/.,]\s*)(?P<d>{_N}{{1,3}})\s*[日号]?"
        ),
        re.compile(rf"(?P<rm>本|这个?|当|上上个?|下下个?|上个?|下个?)月份?\s*(?P<d>{_N}{{1,3}})\s*[日号]?"),
        re.compile(rf"(?P<d>{_N}{{1,3}})\s*[日号]"),
    )


def _written_out(text: str, today: date) -> Day | None:
    """Day and month in figures or 汉字; the year and the month may be left to today's."""
    found = next((m for shape in _shapes() if (m := shape.fullmatch(text))), None)
    if not found:
        return None
    told = found.groupdict()
    year, month, guessed, word = today.year, today.month, "", ""
    if told.get("y"):
        digits = read_numeral(told["y"])
        if digits is None or not (1 <= digits <= 9999):
            return Day(why="没有这一年。")
        year = digits if len(told["y"]) == 4 else _century(digits, today)
        word = "" if len(told["y"]) == 4 else text
        if word and not told.get("ry") and abs(year - today.year) > 10 and "年" not in text:
            return Day(why="看不出哪个是年。")
    elif told.get("ry"):
        year, word = today.year + _YEARS[told["ry"]], text
    elif told.get("rm"):
        step = _step(told["rm"])
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        month, word = month + 1, text
    else:
        guessed = "year" if told.get("m") else "month"
        word = "" if told.get("m") else text
    if told.get("m"):
        read = read_numeral(told["m"])
        if read is None:
            return None
        month = read
    day = read_numeral(told["d"])
    if day is None:
        return None
    return _calendar(year, month, day, guessed, word)


def _step(word: str) -> int:
    """上上个 → −2."""
    return word.count("下") - word.count("上")


def _calendar(year: int, month: int, day: int, guessed: str, word: str) -> Day:
    """The day, or why the calendar has none."""
    if not 1 <= month <= 12:
        return Day(why=f"没有{month}月。")
    if not 1 <= year <= 9999:
        return Day(why="没有这一年。")
    last = _length(year, month)
    if 1 <= day <= last:
        return Day(date(year, month, day), guessed=guessed, word=word)
    if day < 1 or day > 31:
        return Day(why=f"没有{day}日。")
    end = date(year, month, last)
    near = [end, end + timedelta(1)]
    if guessed == "month":
        near.append(date(year, month + 1, day))  # no two months that follow each other are both short, but for February's
    named = f"{year}年{month}月" if month == 2 else f"{month}月"
    return Day(why=f"{named}只有{last}天，没有{day}日。", near=tuple(near))


def _length(year: int, month: int) -> int:
    """Days of a month. `calendar` is not imported for it: it would cost every start."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _century(year: int, today: date) -> int:
    """26 → 2026: the year of that ending that is next to today's."""
    return min((year + 100 * n for n in (19, 20, 21)), key=lambda y: abs(y - today.year))


# ── by a word ─────────────────────────────────────────────────────────────────────────────────────────────────────

_NEAR_TODAY = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "本日": 0, "今儿": 0, "今晨": 0, "今夜": 0,
    "明天": 1, "明日": 1, "明儿": 1, "明晨": 1, "后天": 2, "后日": 2, "后儿": 2, "大后天": 3,
}  # fmt: skip


def _relative(text: str, today: date) -> Day | None:
    if text in _NEAR_TODAY:
        return Day(today + timedelta(_NEAR_TODAY[text]), word=text)
    found = re.fullmatch(r"(?:再?过)?([0-9零〇一二三四五六七八九十百两半]{1,4})(个月|月|天|日|周|个?星期|个?礼拜)(?:之?以?(后|前))?", text)
    if not found or not (found[3] or "过" in text):
        return None
    if found[1] == "半":
        return Day(today + timedelta(-15 if found[3] == "前" else 15), word=text) if found[2] == "个月" else None
    count = read_numeral(found[1])
    if count is None:
        return None
    count = -count if found[3] == "前" else count
    if "月" in found[2]:
        year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
        return Day(date(year, month + 1, min(today.day, _length(year, month + 1))), word=text)
    return Day(today + timedelta(count * (1 if found[2] in "天日" else 7)), word=text)


def _of_week(text: str, today: date) -> Day | None:
    """下周三; 周三 is the one to come, today's included."""
    found = re.fullmatch("(上上|下下|上|下|本|这|当|今|)(?:一?个|一)?(?:周|星期|礼拜)([一二三四五六日天七1-7末]?)", text)
    if not found:
        return None
    monday = today - timedelta(today.weekday()) + timedelta(7 * _step(found[1]))
    if not found[2]:
        days = tuple(d for n in range(5) if (d := monday + timedelta(n)) >= today or found[1][:1] == "上")
        return Day(why="没有说是星期几。", near=days) if found[1] else None
    if found[2] == "末":
        saturday = monday + timedelta(5 if found[1] or today.weekday() < 5 else 12)
        return Day(why="周末有两天。", near=(saturday, saturday + timedelta(1)))
    day = monday + timedelta(_weekday_of(found[2]))
    if not found[1]:
        return Day(day if day >= today else day + timedelta(7), guessed="weekday" if day == today else "", word=text)
    return Day(day, word=text)


def _of_month(text: str, today: date) -> Day | None:
    """月底 is the month's last day; 月初, 中旬 are no day."""
    year_word = r"(?:(?P<y>[0-9〇零一二三四五六七八九]{4})年|(?P<ry>[今本明来去])年)?"
    found = re.fullmatch(rf"{year_word}(?:(?P<rm>本|这个?|当|上个?|下个?|)月份?|(?P<m>{_N}{{1,2}})月份?)(?P<part>月?底|月?末|初|中|[上中下]旬|)", text)
    if found:
        year, month = _of_year(found["y"], found["ry"], today.year), today.month
        if found["m"]:
            month = read_numeral(found["m"]) or 0
            if not 1 <= month <= 12:
                return Day(why=f"没有{found['m']}月。")
        elif found["ry"] or found["y"] or not (found["rm"] or found["part"]):
            return None
        else:
            year, month = divmod(year * 12 + month - 1 + _step(found["rm"]), 12)
            month += 1
        last = _length(year, month)
        if found["part"] in ("底", "末", "月底", "月末"):
            return Day(date(year, month, last), guessed="year" if found["m"] and not (found["y"] or found["ry"]) else "", word=text)
        days = {"初": (1,), "中": (15,), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last)}.get(found["part"], ())
        why = "没有说是几日。"
        return Day(why=why, near=tuple(date(year, month, day) for day in days))
    found = re.fullmatch(rf"{year_word}年?(?P<part>底|末|初|中)", text)
    if found and (found["y"] or found["ry"] or text.startswith("年")):
        year = _of_year(found["y"], found["ry"], today.year)
        if found["part"] in "底末":
            return Day(date(year, 12, 31), word=text)
        return Day(why="没有说是哪一天。", near=(date(year, 1, 1),) if found["part"] == "初" else ())
    return None


def _of_year(figures: str | None, word: str | None, this: int) -> int:
    return (read_numeral(figures) or this) if figures else this + (_YEARS[word] if word else 0)


#: Feasts of a fixed day. Source: 全国年节及纪念日放假办法; the others by the decisions that set them up.
_FEASTS = {
    "元旦": (1, 1), "三八": (3, 8), "妇女": (3, 8), "植树": (3, 12), "五一": (5, 1), "劳动": (5, 1), "五四": (5, 4), "青年": (5, 4), "护士": (5, 12),
    "六一": (6, 1), "儿童": (6, 1), "七一": (7, 1), "建党": (7, 1), "党的生日": (7, 1), "八一": (8, 1), "建军": (8, 1), "医师": (8, 19), "中国医师": (8, 19), "教师": (9, 10),
    "烈士纪念": (9, 30), "十一": (10, 1), "国庆": (10, 1), "记者": (11, 8), "消防": (11, 9), "消防宣传": (11, 9), "宪法": (12, 4), "国家宪法": (12, 4),
    "国家公祭": (12, 13), "公祭": (12, 13), "警察": (1, 10), "人民警察": (1, 10),
}  # fmt: skip

_MOVABLE = "春节|除夕|大年|小年|元宵|清明|端午|七夕|中元|中秋|重阳|腊八|冬至|夏至|立[春夏秋冬]|[春秋]分|惊蛰|丰收节"
_LUNAR = "农历|阴历|旧历|腊月|正月|冬月|闰.?月|月初[一二三四五六七八九十]|^初[一二三四五六七八九十]|[廿卅]"


def _feast(text: str, today: date) -> Day | None:
    if re.search(_LUNAR, text):
        return Day(why="这是农历，这里不换算；请写公历的几月几日。")
    found = re.fullmatch(r"(?:([0-9]{4})年|([今本明来去前后])年)?(?:的)?(.{2,4}?)(?:节|日|当天|那天|国际.{2,3}节|劳动节|建党节|建军节|妇女节|青年节|儿童节|国庆节)?", text)
    if found and found[3] in _FEASTS:
        month, day = _FEASTS[found[3]]
        if found[1] or found[2]:
            return Day(date(_of_year(found[1], found[2], today.year), month, day), word=text)
        this = date(today.year, month, day)
        return Day(this if this >= today else this.replace(year=today.year + 1), word=text)
    if moved := re.search(_MOVABLE, text):
        return Day(why=f"{moved[0]}每年的日子不一样，这里不推算；请写几月几日。")
    return None


# ── no day ────────────────────────────────────────────────────────────────────────────────────────────────────────

_NOT_YET = frozenset(
    ["待定", "未定", "暂未定", "暂未确定", "暂无", "没定", "还没定", "没有定", "尚未确定", "未确定", "待确定", "时间待定", "日期待定", "另定", "另行通知", "待通知", "等通知",
     "不知道", "不清楚", "不详", "再说", "再定", "待议", "tbd", "无", "没有", "空", "不确定", "还不知道", "还不清楚", "待研究", "待商定", "?", "？", "??", "暂定"]
)  # fmt: skip


def is_unsettled(text: str) -> bool:
    """Whether a text says that the answer is not known yet: 待定."""
    return re.sub(r"[\s()]|[。.]$", "", text.lower()) in _NOT_YET


def _unsettled(text: str) -> Day | None:
    return Day(why="还没有定的先不填，这一条不写。", unsettled=True) if is_unsettled(text) else None


def _range(text: str, today: date) -> Day | None:
    """Two days, of which one is wanted."""
    if not re.search("[至到~、和及与或]|[-/.].*-|[日号月]-|-.*[日号月]", text) or _first_shape(text):
        return None
    for found in re.finditer("[至到~、和及与或]+|-+", text):
        left, right = text[: found.start()], text[found.end() :]
        first = _without_note(left, today)
        if first is None and (tail := re.search("[日号]$", right)):
            first = _without_note(left + tail[0], today)
        if first is None or not right or not left:
            continue
        second = _without_note(right, today) if re.search("[月/.-]", right) or not re.match(r"[0-9]", right) else None
        if second is None and (day := re.match(rf"({_N}{{1,3}})[日号]?$", right)):
            number = read_numeral(day[1]) or 0
            if 1 <= number <= _length(first.year, first.month):
                second = first.replace(day=number)
        if second and second != first:
            return Day(why="写了不止一天，这里只要一天。", near=(first, second))
    return None


def _first_shape(text: str) -> bool:
    """Whether the text is one day as it stands, by its marks: 2026-12-03, 2026年12月3日."""
    return any(shape.fullmatch(text) for shape in _shapes())


def _without_note(text: str, today: date) -> date | None:
    rest, _ = _without_time(text)
    rest, _ = _without_weekday(rest)
    return _one(rest, today).day


_VAGUE = (
    "近期|近日|日前|最近|[过这]?几[天日]|过[两几]天|改天|改日|月内|年内|不久|择[日期]|适时|尽快|届时|当[天日]|那天|左右|前后|季度|半年|大概|可能|旬|学期|暑假|寒假|假期|节[前后]|会[前后]|下次|马上|随时|早日"
)


def _unclear(text: str, today: date) -> Day | None:
    """What looks like a day and is not clear."""
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", text):
        day = date(1899, 12, 30) + timedelta(int(text.partition(".")[0]))
        if abs(day.year - today.year) <= 3:  # Excel counts days from 1899-12-30 on
            return Day(day, word=text)
    found = re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", text)
    if found:
        one, other, year = (int(n) for n in found.groups())
        days = {d for m, n in ((one, other), (other, one)) if (d := _calendar(year, m, n, "", "").day)}
        if len(days) == 1:
            return Day(days.pop(), word=text)
        return Day(why="看不出哪个是月、哪个是日。", near=tuple(sorted(days)))
    found = re.fullmatch("([0-9]{2})?([0-9]{2})([0-9]{2})", text)
    if found:
        read = _calendar(_century(int(found[1]), today) if found[1] else today.year, int(found[2]), int(found[3]), "", "")
        return Day(why="没有写明年月日。", near=(read.day,) if read.day else ())
    if re.fullmatch(rf"{_N}{{1,3}}", text):
        number = read_numeral(text) or 0
        following = divmod(today.year * 12 + today.month, 12)
        near = [_calendar(y, m, number, "", "").day for y, m in ((today.year, today.month), (following[0], following[1] + 1))]
        return Day(why="没有写明是几月几日。", near=tuple(day for day in near if day and day >= today))
    if re.fullmatch("[0-9]{4}[-/.][0-9]{1,2}", text):
        return Day(why="没有说是几日。")
    if re.fullmatch(rf"(?:[0-9〇零一二三四五六七八九]{{4}}|[今本明来去])年(?:度|{_N}{{1,3}}月份?)?", text):
        return Day(why="没有说是几月几日。" if "月" not in text else "没有说是几日。")
    if re.search(_VAGUE, text):
        return Day(why="没有说定是哪一天。")
    return None


def _md(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
