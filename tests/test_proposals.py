"""What is proposed for this year of what last year's paper said."""

from datetime import date

import pytest

from drafter.analysis.facts import Fact, Wording
from drafter.analysis.proposals import Calendar, Proposed, advanced, propose, weekday_help, year_of
from drafter.outline.field import Field

OF_2025 = Calendar(2025)


def fact(kind: str, words: str, before: str = "", after: str = "") -> Fact:
    """A fact as an old paper says it."""
    return Fact(Field("空"), words, (Wording(before + words + after, before=before, after=after),), "", kind)


@pytest.mark.parametrize(("was", "now"), [
    ("2025年全区消防工作会议", "2026年全区消防工作会议"),
    ("2024年度总结表彰会", "2025年度总结表彰会"),
    ("2025—2026学年", "2026—2027学年"),
    ("二〇二五年", "二〇二六年"),
    ("二○二五年", "二○二六年"),
    ("1978年", "1978年"),
    ("2035年远景目标", "2035年远景目标"),
    ("区委五届七次全会", "区委五届八次全会"),
    ("区委五届七次全体会议", "区委五届八次全体会议"),
    ("第十二届人民代表大会第三次会议", "第十二届人民代表大会第四次会议"),
    ("第十二届人民代表大会第五次会议", "第十三届人民代表大会第一次会议"),
    ("区政协第六届委员会第五次会议", "区政协第七届委员会第一次会议"),
    ("中国共产党临江区第六届纪律检查委员会第五次全体会议", "中国共产党临江区第六届纪律检查委员会第六次全体会议"),
    ("第41个教师节", "第42个教师节"),
    ("第九届荷花节", "第十届荷花节"),
    ("建院三十周年", "建院三十一周年"),
    ("连续第七年", "连续第八年"),
    ("第十九次村支书例会", "第二十次村支书例会"),
    ("全区消防工作会议", "全区消防工作会议"),
    ("消防三年行动方案（2024—2026年）", "消防三年行动方案（2024—2026年）"),
])  # fmt: skip
def test_a_name_moves_on_with_its_years_sessions_and_ordinals(was: str, now: str) -> None:
    assert advanced(was, OF_2025) == now


@pytest.mark.parametrize(("old", "proposed"), [
    (fact("year", "2025", after="年"), Proposed("2026", "年份加一")),
    (fact("year", "2024", after="年"), Proposed("2025", "年份加一")),
    (fact("year", "1998", after="年"), Proposed("1998", "不是上一年前后的年份，多半照旧，请核对", True)),
    (fact("plan", "十四五"), Proposed("十五五", "2026年已经进入下一个五年规划")),
    (fact("date", "2025年3月12日"), Proposed(None, "日期要重新定")),
    (fact("date", "2025年3月"), Proposed("2026年3月", "年份往后推，月份照旧")),
    (fact("date", "2023年7月"), Proposed("2023年7月", "说的是以前的事，照旧，请核对", True)),
    (fact("date", "6月"), Proposed("6月", "月份照旧，请核对", True)),
    (fact("session", "五届七次"), Proposed("五届八次", "届次往后推")),
    (fact("session", "十一届九次、十次全会"), Proposed(None, "说的是几次会，今年是哪几次要重新写")),
    (fact("session", "第十二届人民代表大会第五次会议"), Proposed("第十三届人民代表大会第一次会议", "一届开五次会，接着是下一届第一次")),
    (fact("ordinal", "41", before="第", after="个教师节"), Proposed("42", "序数往后推")),
    (fact("speaker", "陆文彬"), Proposed("陆文彬", "照旧，请核对", True)),
    (fact("meeting", "2025年全区消防工作会议"), Proposed("2026年全区消防工作会议", "名称里的年份、届次往后推")),
    (fact("meeting", "全市消防工作会议"), Proposed("全市消防工作会议", "名称照旧，请核对", True)),
    (fact("paper", "《临江区消防规划》"), Proposed(None, "今年可能有新的文件")),
    (fact("figure", "1286", after="家企业"), Proposed(None, "数字要重新统计")),
    (fact("figure", "30", after="周年"), Proposed("31", "周年数加一")),
    (fact("placeholder", "××", after="同志"), Proposed(None, "上年就没有写")),
])  # fmt: skip
def test_what_is_proposed_goes_by_the_kind_of_a_fact(old: Fact, proposed: Proposed) -> None:
    assert propose(old, OF_2025) == proposed


@pytest.mark.parametrize(("calendar", "plan"), [
    (Calendar(2023), "十四五"),
    (Calendar(2025), "十五五"),
    (Calendar(2022, 2026), "十五五"),
    (Calendar(None), "十四五"),
])  # fmt: skip
def test_the_next_plan_is_proposed_only_when_the_calendar_says_so(calendar: Calendar, plan: str) -> None:
    assert propose(fact("plan", "十四五"), calendar).value == plan


def test_a_sentence_on_the_last_year_of_a_plan_is_to_be_written_anew() -> None:
    old = fact("plan", "十四五")._replace(sentence="今年是“十四五”收官之年。")
    assert propose(old, OF_2025) == Proposed(None, "2026年已经进入下一个五年规划，这一句说的是规划的头尾，要改写")


def test_a_year_that_ends_a_stretch_of_years_stays() -> None:
    old = fact("year", "2026", after="年")._replace(sentence="执行《消防三年行动方案（2024—2026年）》。")
    assert propose(old, OF_2025) == Proposed("2026", "是几年的起止年份，请核对", True)


def test_years_are_counted_on_to_the_year_that_is_said() -> None:
    assert advanced("2023年全区消防工作会议", Calendar(2023, 2026)) == "2026年全区消防工作会议"


@pytest.mark.parametrize(("texts", "year"), [
    (("2025年3月12日", "在2024年总结会上的讲话", ""), 2025),
    (("", "在2024年总结会上的讲话", "2023年，2023年"), 2024),
    (("", "在总结会上的讲话", "2023年比2022年好。2023年"), 2023),
    (("二〇二五年三月", "", ""), 2025),
    (("", "在总结会上的讲话", "同志们：20世纪90年代"), None),
])  # fmt: skip
def test_the_year_of_a_paper_is_said_by_its_date_line_its_title_its_words(texts: tuple[str, ...], year: int | None) -> None:
    assert year_of(texts) == year


def test_a_day_tells_its_weekday_and_that_of_this_year() -> None:
    assert weekday_help("2025年3月12日", date(2025, 3, 12), OF_2025) == "上年2025年3月12日是星期三；2026年3月12日是星期四"
    assert weekday_help("2024年2月29日", date(2024, 2, 29), Calendar(2024)) == "上年2024年2月29日是星期四"
