"""Years, five-year plans and days: what changes first when a speech is used again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from drafter.analysis.facts.figures import relative_year
from drafter.analysis.facts.model import Sighting
from drafter.analysis.facts.names import fit
from drafter.analysis.facts.spans import DAY, FIGURE, MONTH, PLAN, YEAR
from drafter.analysis.facts.text import AIMS, FactText
from drafter.analysis.facts.words import listed, verb_at
from drafter.chinese.numerals import date_said, read_date, read_numeral

_ANY_DAY = date(2000, 1, 1)


def days(speech: FactText) -> Iterator[Sighting]:
    """Days and months."""
    full = [day for m in DAY.finditer(speech.whole) if (day := _full(m[0]))]
    by_short = {_short(day): day for day in reversed(full)}
    last_text = speech.texts[-1] if speech.texts else None
    for m in DAY.finditer(speech.whole):
        words = m[0]
        year = re.match("(?:(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})(?=年)", words)
        if year and speech.year and speech.offset(read_numeral(year[0]) or 0) is None:
            continue  # history
        day = _full(words) or by_short.get(words)
        head = words == speech.head_day or (day is not None and day == _full(speech.head_day))
        alone = last_text is not None and 0 <= m.start() - last_text.start < 2 and last_text.end - m.end() <= 2
        names = (
            ("日期",)
            if head
            else ("落款日期",)
            if alone
            else day_names(speech, m.start(), m.end(), "月份" if words.endswith("月") else "日期")
        )
        yield Sighting(
            "date", m.start(), m.end(), ("date", day or words), names, "哪一天讲？" if head else f"{speech.around(m.start(), m.end())}，哪一天？",
            through="|月日" if day and words in by_short else "", type="date" if day else "text", value=date_said(day) if day else words,
        )  # fmt: skip
    for m in MONTH.finditer(speech.whole):
        behind = speech.whole[m.end() : m.end() + 3]
        if (
            re.match("[底末]|[上中下]旬|前|以来|起|至|初|之?前", behind)
            or re.search("[-－—–~～至到]", m[0])
            or m[0].endswith("日")
        ):
            unit = "日期" if m[0].endswith("日") else "月份"
            yield Sighting(
                "date",
                m.start(),
                m.end(),
                ("date", m[0]),
                day_names(speech, m.start(), m.end(), unit),
                f"{speech.around(m.start(), m.end())}，什么时候？",
            )


def _full(words: str) -> date | None:
    """The day a full date in Arabic figures says, where it is said back to the letter."""
    day = read_date(words, _ANY_DAY) if re.fullmatch(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日", words) else None
    return day if day and date_said(day) == words else None


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


#: Verbs that name no day.
_IDLE = listed("落实 推进 支持 服务 统筹 保障 扩大 提高 提升 增加 参与 处理 组织 更新 占有 拥有 达到 实现 争取 生产")
#: Verbs that do, beside those of the work done.
_EVENTS = listed(
    "开始 召开 举行 举办 印发 启动 考察 调研 亲临 出台 报送 上报 前往 落户 揭牌 挂牌 奠基 成立 诞生 开学 开班 开课 开营 开赛 开业 开馆 开庭 发布 换届 调整 开幕 闭幕 施行 实施 发生 生效 验收 交付 运营 启用 通车 发射 当选 任命 到任 到岗 结束 截止"
)
_NOUN = re.compile("(?:经济运行|考察|调研|会议|大会|验收|检查|行动|活动|事故|灾害|地震|洪水)")


def _happens(words: str, place: int) -> bool:
    """Whether a verb that tells what happens on a day begins at a place."""
    two = words[place : place + 2]
    return two in _EVENTS or (verb_at(words, place) and two not in _IDLE)


def day_names(speech: FactText, start: int, place: int, unit: str) -> tuple[str, ...]:
    """What a day from `start` to `place` is called by what happens on it, in the words behind: 开工日期."""
    _, last = speech.sentence(place, place)
    behind = re.sub(
        "^(?:[底末初]|[上中下]旬|之前|以前|前|后|起|上午|下午|晚上?|晚|至[0-9]{1,2}日|[，,])+",
        "",
        speech.whole[place:last],
    )[:40]
    behind = FIGURE.sub("", re.split("[，；。：]|[0-9]{1,2}月", behind)[0])
    at = next((n for n in range(min(len(behind), 26)) if _happens(behind, n)), None)
    noun = _NOUN.search(behind)
    if noun and (at is None or noun.start() < at):
        return (noun[0] + unit,)
    if at is None:
        return (_of_day(speech.whole[max(0, start - 4) : start], speech.whole[place : place + 4], unit),)
    thing = re.match("[了过]?([\u4e00-\u9fff]{0,7}?)(?=[，。；、！？）的]|$)", behind[at + 2 :])
    verb = behind[at : at + 2]
    words = verb + (thing[1] if thing and 2 <= len(thing[1]) <= 6 else "")
    return tuple(name for name in dict.fromkeys((words + unit, verb + unit)) if fit(name))


def _of_day(ahead: str, behind: str, unit: str) -> str:
    """What a day is called on which nothing is said to happen: by the words it is put with."""
    for pattern, name in (
        ("截[至止]到?$", "统计截止"),
        ("[到至]$", "截止"),
        ("定[在于]$", "约定的"),
        ("[从自]$", "起始"),
    ):
        if re.search(pattern, ahead):
            return name + unit
    return "办理时限" if re.match("[底末]|[底末初]?之?以?前", behind) else "提到的" + unit


def years(speech: FactText) -> Iterator[Sighting]:
    """Years near that of the speech."""
    for m in YEAR.finditer(speech.whole):
        year = read_numeral(m[0])
        sentence = speech.sentence_of(m.start(), m.end())
        offset = speech.offset(year) if year else None
        if year is None or offset is None or (AIMS.search(sentence) and offset > 1):
            continue
        said = m["said"] is not None
        which = relative_year(offset) if offset else ""  # the year of the paper itself is 年份
        after = 1 if speech.whole[m.end() : m.end() + 1] in ("年", "届", "级") else 0
        yield Sighting(
            "year", m.start(), m.end(), ("year", m[0]), (which + "年份",) + ((which + "年份汉字",) if said else ()),
            f"{speech.around(m.start(), m.end())}，哪一年？", after=after, type="text" if said else "number",
        )  # fmt: skip


def plans(speech: FactText) -> Iterator[Sighting]:
    """Five-year plans: 十五五 for 2026 to 2030."""
    for m in PLAN.finditer(speech.whole):
        number = "零一二三四五六七八九".index(m[0][1])
        first = 2001 + 5 * number
        behind = 0 if speech.year is None else (speech.year - first) // 5
        if abs(behind) > 1:
            continue
        name = ("五年规划", "上个五年规划", "下个五年规划")[behind if behind >= 0 else 2]
        if not m[0].endswith("五") or speech.whole[m.start() - 1 : m.start()] == "第":
            name += "序数"
        yield Sighting(
            "plan",
            m.start(),
            m.end(),
            ("plan", m[0]),
            (name,),
            f"{speech.around(m.start(), m.end())}，第几个五年规划？（如 十五五）",
        )
