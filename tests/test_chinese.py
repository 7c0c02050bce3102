"""Numerals, dates, lists and counting, as a speech writer says them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.numerals import (
    count_read,
    date_said,
    digits_said,
    join_lines,
    list_said,
    numeral,
    read_date,
    read_numeral,
    unholdable,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1_010, "一千零一十"),
        (10_000, "一万"),
        (100_005, "十万零五"),
        (123_456_789, "一亿二千三百四十五万六千七百八十九"),
        (2 * 10**12, "二万亿"),
        (-3, "负三"),
    ],
)
def test_a_number_is_said_in_full(n, said):
    assert numeral(n) == said


@given(st.integers(1 - 10**16, 10**16 - 1))
def test_what_is_said_is_read_back(n):
    assert read_numeral(numeral(n)) == n


@pytest.mark.parametrize(("text", "n"), [("两千", 2000), ("三万五千", 35000), ("１２", 12), ("007", 7), ("二〇", 20), ("一百五", 150), ("三万零五", 30005), ("一万二千亿", 12 * 10**11),
     ("百", None), ("二十十", None), ("一百一二", None), ("负", None), ("十来", None), ("", None)])
def test_a_numeral_is_read_as_people_write_it(text, n):
    assert read_numeral(text) == n


@pytest.mark.parametrize(
    "text",
    ["2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026年11月22日", "11月22日", "11-22", "22日", "今天", "２０２６年１１月２２日",
     "二〇二六年十一月二十二日", " 2026 年 11 月 22 日 "],
)  # fmt: skip
def test_a_date_is_read_in_every_way_of_typing(text):
    assert read_date(text, TODAY) == TODAY


@pytest.mark.parametrize("text", ["2026-13-45", "2月30日", "2026年22日", "昨晚", "", "32日", "二〇二六年", "0000-01-01"])
def test_what_is_no_day_of_the_calendar_is_no_date(text):
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize(("text", "day"), [("昨天", 21), ("明天", 23), ("后天", 24)])
def test_a_day_near_today_goes_by_its_name(text, day):
    assert read_date(text, TODAY) == date(2026, 11, day)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_date_said_is_read_back(day):
    assert read_date(date_said(day), TODAY) == day


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("同志们：", 3),
        ("2016年", 5),
        ("3.5%", 6),
        ("1,200人", 5),
        ("120个", 5),
        ("GDP增长8%", 9),
        ("“四个意识”，", 4),
        ("电话010", 5),
        ("😀——", 0),
    ],
)
def test_a_text_counts_as_many_as_are_read_aloud(text, count):
    assert count_read(text) == count


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_paragraphs_count_what_each_counts(a, b):
    assert count_read(a + "。\n" + b) == count_read(a + "。") + count_read(b)


def test_lines_join_with_a_space_only_between_words_of_letters():
    assert join_lines(["推进 AI", "agents 应用，", "加快", "2026 年建设"]) == "推进 AI agents 应用，加快2026 年建设"


@pytest.mark.parametrize(("items", "said"), [([], ""), (["甲"], "甲"), (["甲", "乙"], "甲和乙"), (["甲", "乙", "丙"], "甲、乙和丙")])
def test_a_list_is_said_with_an_and_before_its_last(items, said):
    assert list_said(items) == said


def test_a_year_is_said_digit_by_digit():
    assert digits_said("2026²") == "二〇二六²"


@given(st.text(max_size=40))
def test_what_xml_cannot_hold_is_found_and_nothing_else(text):
    import xml.etree.ElementTree as ET

    bad = set(unholdable(text))
    kept = "".join(c for n, c in enumerate(text) if n not in bad)
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
    assert ET.fromstring(f"<a>{escaped}</a>".encode()) is not None
    for n in bad:
        with pytest.raises((ET.ParseError, UnicodeEncodeError)):
            ET.fromstring(f"<a>{text[n]}</a>".encode())
