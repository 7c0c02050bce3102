"""What a fact of last year's paper may be this year: the next year, the next session, the same person still. Only what
can be counted is proposed; figures and days are not. Whatever is proposed is for the writer to take or to leave.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from drafter.analysis.facts import Fact
from drafter.chinese.numerals import digits_said, numeral, read_numeral
from drafter.outline.field import say

#: The first year of the first five-year plan; each has taken five years, but for 1963 to 1965, which had none.
#: Source: 国民经济和社会发展五年计划; the fourteenth runs from 2021 to 2025.
_FOURTEENTH_PLAN = (14, 2021)
_PLAN_YEARS = 5

#: A congress and a political consultative conference sit five times in the five years they are elected for.
#: Source: 宪法第六十、九十八条; 政协章程第三十一、四十条.
_SESSIONS_OF_A_CONGRESS = 5

#: How many years from the paper's own a year is still one that moves on with it: the year before, which is looked back
#: at, and the year after, which is planned.
_NEAR_YEARS = 1

_DIGITS = "〇○零一二三四五六七八九"
_COUNTED = "[一二三四五六七八九十百]{1,5}|[0-9]{1,3}"
#: No figure: 12025年 is none, and 2025年代 is an age.
YEAR = re.compile(rf"(?<![0-9.])(?P<year>(?:19|20)[0-9]{{2}}|[一二][{_DIGITS}]{{3}})(?=年(?!代)|年度|[—–~～\-－至到](?:19|20)[0-9]{{2}}年)")
_BARE_YEAR = re.compile(rf"(?:19|20)[0-9]{{2}}|[一二][{_DIGITS}]{{3}}")
PLAN = re.compile("(?P<plan>十[一二三四五六七八九]|二十)五(?=[”规时期]|$)")
SESSION = re.compile(
    rf"(?P<congress>第(?:{_COUNTED})届|(?:{_COUNTED})届)(?P<between>[^，。、；：！？\d]{{0,16}}?)(?P<first>第?)(?P<session>{_COUNTED})(?P<unit>次|中)(?P<behind>[^，。、；]{{0,4}})"
)
ORDINAL = re.compile(rf"第(?P<count>{_COUNTED})(?P<unit>[个届次轮批期年]|周年)|(?P<age>{_COUNTED})(?P<unit2>周年)")


class Proposed(NamedTuple):
    """What a fact may be this time, None where nothing can be proposed, and why. `same`: it is proposed to stay as it
    is."""

    value: str | None
    why: str
    same: bool = False


class Calendar(NamedTuple):
    """By what is counted on: the year last year's paper was of, None where it names none, and the year it is written for
    now, None where only the next can be meant."""

    old: int | None
    new: int | None = None

    @property
    def step(self) -> int:
        """How many years lie between."""
        return self.new - self.old if self.old is not None and self.new is not None else 1


#: Several sessions named together, 九次、十次: which are held this time nobody can count.
_SEVERAL = re.compile(r"[\d一二三四五六七八九十][次中]?[、和][\d一二三四五六七八九十]{1,3}[次中]")


def year_of(texts: tuple[str, ...]) -> int | None:
    """The year a paper is of: the first of its texts that names one says it (its date line, its title, its words), the
    words by the year they name most."""
    for text in texts:
        found = [year for match in YEAR.finditer(text) if (year := year_said(match["year"])) is not None]
        if found:
            return max(found, key=lambda year: (found.count(year), year))
    return None


def year_said(words: str) -> int | None:
    """The year of 2025 and 二〇二五, None for what is none."""
    return read_numeral(words.replace("○", "〇")) if _BARE_YEAR.fullmatch(words) else None


def propose(fact: Fact, calendar: Calendar) -> Proposed:
    """What a fact may be this time."""
    words = say(fact.value)
    kind = fact.kind
    if kind == "figure":
        return _anniversary(fact, words, calendar) or Proposed(None, "数字要重新统计")
    if kind == "placeholder":
        return Proposed(None, "上年就没有写")
    if kind == "date":
        return _day(words, calendar)
    if kind in ("session", "meeting") and _SEVERAL.search(words):
        return Proposed(None, "说的是几次会，今年是哪几次要重新写")
    if kind == "plan":
        return _plan(fact, words, calendar)
    if kind == "year":
        return _year(fact, words, calendar)
    if kind in ("session", "ordinal"):
        return _counted(fact, words, calendar)
    if kind in ("speaker", "post", "unit", "person", "place", "level", "known"):
        return Proposed(words, "照旧，请核对", True)
    moved = advanced(words, calendar)
    if moved != words:
        return Proposed(moved, "名称里的年份、届次往后推")
    if kind == "paper":
        return Proposed(None, "今年可能有新的文件")
    return Proposed(words, "名称照旧，请核对", True)


# ── one kind after the other ───────────────────────────────────────────────────────────────────────────────────────


def _anniversary(fact: Fact, words: str, calendar: Calendar) -> Proposed | None:
    """30 of 30周年 is counted on; None for other figures."""
    if not any(said.after.startswith("周年") for said in fact.said) or read_numeral(words) is None:
        return None
    return Proposed(_counted_on(words, calendar.step), f"周年数加{numeral(calendar.step)}")


def _day(words: str, calendar: Calendar) -> Proposed:
    """A month of a year is counted on, but not one of a year before the paper's: what was done then was done then; a day
    is to be said anew."""
    if "日" in words or "号" in words:
        return Proposed(None, "日期要重新定")
    found = YEAR.search(words)
    year = year_said(found[0]) if found else None
    if year is not None and calendar.old is not None and year < calendar.old:
        return Proposed(words, "说的是以前的事，照旧，请核对", True)
    moved = advanced(words, calendar)
    if moved != words:
        return Proposed(moved, "年份往后推，月份照旧")
    return Proposed(words, "月份照旧，请核对", True)


def _year(fact: Fact, words: str, calendar: Calendar) -> Proposed:
    found = YEAR.search(f"{words}年") or _BARE_YEAR.search(words)
    year = year_said(found[0]) if found else None
    if year is None:
        moved = advanced(words, calendar)
        return Proposed(moved, "年份往后推") if moved != words else Proposed(words, "照旧，请核对", True)
    if not _moves(year, calendar):
        return Proposed(words, "不是上一年前后的年份，多半照旧，请核对", True)
    if any(_begins_or_ends(year, span) for span in _SPAN.finditer(fact.sentence)):
        return Proposed(words, "是几年的起止年份，请核对", True)
    return Proposed(_years_on(words, calendar), f"年份加{numeral(calendar.step)}")


#: Years from one to another: 2024—2026年.
_SPAN = re.compile("(?P<first>(?:19|20)[0-9]{2})年?[—–~～\\-－至到]+(?P<last>(?:19|20)[0-9]{2})年")


def _begins_or_ends(year: int, span: re.Match[str]) -> bool:
    """Whether a year begins or ends a stretch of more than two years, which does not move on with the paper."""
    first, last = int(span["first"]), int(span["last"])
    return year in (first, last) and last - first > 1


#: Words that tell of the first or last year of a plan: the sentence is another the year after.
_ENDS_OF_PLAN = re.compile("收官|开局|开篇|编制|最后一年|第一年|起步|谋划|圆满完成|接续")


def _plan(fact: Fact, words: str, calendar: Calendar) -> Proposed:
    """The next plan, where the calendar says that it has begun in the year it is written for, and the sentence does not
    tell of its beginning or end."""
    found = re.search("(?P<plan>十[一二三四五六七八九]?|二十)五", words)
    if calendar.old is None or found is None:
        return Proposed(words, "照旧，请核对", True)
    new = calendar.old + calendar.step
    steps = _plan_of(new) - _plan_of(calendar.old)
    if not steps:
        return Proposed(words, f"{new}年和上年在同一个五年规划里", True)
    plan = read_numeral(found["plan"])
    if plan != _plan_of(calendar.old):
        return Proposed(words, "不是上年正在执行的规划，请核对", True)
    if _ENDS_OF_PLAN.search(fact.sentence):
        return Proposed(None, f"{new}年已经进入下一个五年规划，这一句说的是规划的头尾，要改写")
    moved = words[: found.start()] + numeral(plan + steps) + words[found.end("plan") :]
    return Proposed(moved, f"{new}年已经进入下一个五年规划")


def _plan_of(year: int) -> int:
    plan, begun = _FOURTEENTH_PLAN
    return plan + (year - begun) // _PLAN_YEARS


def _counted(fact: Fact, words: str, calendar: Calendar) -> Proposed:
    """The next session of the same congress, the next of what is held once a year."""
    whole = "".join((fact.said[0].before, words, fact.said[0].after)) if fact.said else words
    session = SESSION.search(whole) or SESSION.search(words)
    if session and _is_last(session):
        moved = advanced(words, calendar)
        return Proposed(moved, "一届开五次会，接着是下一届第一次")
    moved = advanced(words, calendar)
    if moved != words:
        return Proposed(moved, "届次往后推" if "届" in words or "次" in words else "序数往后推")
    if re.fullmatch(_COUNTED, words):  # the number alone: what it counts stands around the blank
        if fact.said and fact.said[0].after.startswith("届") and fact.kind == "session":
            return Proposed(words, "没有换届就照旧，请核对", True)
        return Proposed(_counted_on(words, calendar.step), "序数往后推")
    return Proposed(words, "没有换届就照旧，请核对", True)


# ── words that are counted on ──────────────────────────────────────────────────────────────────────────────────────


def advanced(words: str, calendar: Calendar) -> str:
    """A name with the years near the paper's own, its session and its ordinals counted on."""
    sessions = SESSION.search(words)
    moved = SESSION.sub(lambda match: _session_on(match, calendar), words)
    if not sessions:
        moved = ORDINAL.sub(lambda match: _ordinal_on(match, calendar), moved)
    return _years_on(moved, calendar)


def _years_on(words: str, calendar: Calendar) -> str:
    stay: set[str] = set()

    def on(match: re.Match[str]) -> str:
        year = year_said(match[0])
        if year is None or not _moves(year, calendar) or match[0] in stay:
            return match[0]
        moved = str(year + calendar.step)
        return moved if match[0].isascii() else _as_written(digits_said(moved), match[0])

    if _BARE_YEAR.fullmatch(words):
        return on(_BARE_YEAR.fullmatch(words))  # type: ignore[arg-type]
    for span in _SPAN.finditer(words):
        if int(span["last"]) - int(span["first"]) > 1:
            stay.update(span.groups())
    return re.sub(rf"(?<![0-9.])(?:(?:19|20)[0-9]{{2}}(?![0-9])|[一二][{_DIGITS}]{{3}}(?=年))", on, words)


def _as_written(year: str, model: str) -> str:
    """The year with the nought the writer uses."""
    nought = next((digit for digit in "○零" if digit in model), "〇")
    return year.replace("〇", nought)


def _moves(year: int, calendar: Calendar) -> bool:
    """Whether a year moves on with the paper: 2025 in a paper of 2025, not 1978."""
    return calendar.old is None or abs(year - calendar.old) <= _NEAR_YEARS


def _is_last(session: re.Match[str]) -> bool:
    said = session[0]
    congress = re.search("人民代表大会|人大|政协|委员会第?", said) and session["unit"] == "次" and "全体" not in said
    return bool(congress) and read_numeral(session["session"]) == _SESSIONS_OF_A_CONGRESS


def _session_on(match: re.Match[str], calendar: Calendar) -> str:
    """八届六次 → 八届七次; behind the fifth session of a congress stands the first of the next."""
    congress, session = match["congress"], match["session"]
    if _is_last(match):
        congress = re.sub(_COUNTED, lambda found: _counted_on(found[0], 1), congress, count=1)
        session = numeral(1) if not session.isascii() else "1"
    else:
        session = _counted_on(session, calendar.step)
    return f"{congress}{match['between']}{match['first']}{session}{match['unit']}{match['behind']}"


def _ordinal_on(match: re.Match[str], calendar: Calendar) -> str:
    if match["unit"] == "届" and re.match("中央|全国|人民|委员|省|市|县|人大|政协", match.string[match.end() :]):
        return match[0]  # whom a congress elects stays for five years
    if match["age"]:
        return f"{_counted_on(match['age'], calendar.step)}{match['unit2']}"
    return f"第{_counted_on(match['count'], calendar.step)}{match['unit']}"


def _counted_on(words: str, step: int) -> str:
    """A number so many on, in the digits it is written in."""
    number = read_numeral(words)
    if number is None:
        return words
    return str(number + step) if words.isascii() else numeral(number + step)


# ── a day ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_WEEKDAYS = "一二三四五六日"


def weekday_help(words: str, day: date | None, calendar: Calendar) -> str:
    """What day of the week last year's day was, and the same day is this time; "" for what is no day of a year."""
    if day is None or "日" not in words:
        return ""
    told = f"上年{words}是星期{_WEEKDAYS[day.weekday()]}"
    try:
        again = day.replace(year=day.year + calendar.step)
    except ValueError:  # the 29th of February
        return told
    return f"{told}；{again.year}年{again.month}月{again.day}日是星期{_WEEKDAYS[again.weekday()]}"
