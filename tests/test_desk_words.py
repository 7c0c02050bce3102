"""What a page says of a problem: what a person at a page can use, and nothing to be typed."""

from pathlib import Path

import pytest

from drafter.desk.show import OnPage, day, told, without_commands
from drafter.diagnostic import WARNING, Diagnostic, Place


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("--pick：没有“甲”这一段。", "没有“甲”这一段。"),
        ("--set 日期=下周三：【日期】“下周三”读作2026年12月2日（星期三）。", "【日期】“下周三”读作2026年12月2日（星期三）。"),
        ("换个名字：-o 讲话2.docx；要覆盖：--force", ""),
        ("在 Word 里改好。要一处处看：drafter check 讲话.docx", "在 Word 里改好。"),
        ("先看一看；drafter status 讲话.docx", "先看一看。"),
        ("存稿/收到的稿/0123456789ab/讲话.docx 打不开。", "讲话.docx 打不开。"),
        ("产值增长-o 的意思不明。第二句。", "产值增长-o 的意思不明。第二句。"),
        ("A-b 公司", "A-b 公司"),
    ],
)
def test_words_for_a_terminal_are_left_out(said, shown):
    assert without_commands(said) == shown


def test_a_problem_has_the_name_of_its_file_and_its_place_as_people_count():
    problem = Diagnostic("这一行读不懂。", Place(str(Path("存稿") / "甲" / "班会.yaml"), 3, 2), "改成顿号。", line="  要点：甲，乙", level=WARNING, code="x")
    assert told(problem) == OnPage("这一行读不懂。", "班会.yaml 第 3 行", "", "改成顿号。", "warning", "x")
    assert told(Diagnostic("没有。", code="x")) == OnPage("没有。", "", "", "", "error", "x")


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("2026-11-09", "2026年11月9日"),
        ("2026-08", "2026年8月"),
        ("2026-11-29T08:05:33+08:00", "2026年11月29日 08:05"),
        ("2016-01-01 起，提法核对到 2026-08-22。", "2016年1月1日 起，提法核对到 2026年8月22日。"),
        ("下周三、12月3日", "下周三、12月3日"),
        ("GB/T 9704-2012、2023-24 学年、0512-88888888", "GB/T 9704-2012、2023-24 学年、0512-88888888"),
        ("", ""),
    ],
)
def test_a_day_is_shown_as_people_write_it(kept, shown):
    assert day(kept) == shown
