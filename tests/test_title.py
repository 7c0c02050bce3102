"""Where a title is broken: balanced lines, whole words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.title import break_title, width


def lines(title, room=20.0):
    breaks = break_title(title, room)
    return [title[a:b] for a, b in zip((0, *breaks), (*breaks, len(title)), strict=True)]


@pytest.mark.parametrize(
    "wanted",
    [
        ["在全市党政办公室主任培训班上的讲话"],
        ["在青山县领导班子2026年度", "民主生活会上的点评讲话"],
        ["在全市深入贯彻中央八项规定精神", "学习教育动员部署会议上的讲话"],
        ["在中国共产党临海市第十六届纪律", "检查委员会第三次全体会议上的讲话"],
        ["在全市学习贯彻《中国共产党纪律处分条例》", "专题培训班上的讲话"],
        ["2026年青山省政府工作报告", "——2026年1月27日在青山省", "第十四届人民代表大会第四次会议上"],
        ["以高质量党建引领保障高质量发展", "——在全市党的建设工作会议上的讲话"],
        ["坚定信心——在全会上的讲话"],
    ],
)
def test_a_title_is_broken_where_a_person_would(wanted):
    assert lines("".join(wanted)) == wanted


TITLES = st.lists(
    st.sampled_from(
        ["在全市", "党政办公室", "《关于加强和改进工作的意见》", "“十五五”", "2026年", "第16届", "安全生产", "和", "防汛抗旱", "会议", "上的讲话", "，", "AI", "——"]
    ),
    min_size=1,
    max_size=14,
).map("".join)


@given(TITLES)
def test_no_line_is_cut_in_a_name_a_number_or_before_a_mark(title):
    for row in lines(title)[1:]:
        assert row[0] not in "，。；：！？、）》”"
    for row in lines(title):
        assert row.count("《") == row.count("》")
        assert row.count("“") == row.count("”")
        assert not re.search(r"\d$", row) or title.endswith(row)


@given(TITLES)
def test_every_line_fits_where_the_title_is_broken(title):
    if break_title(title):
        assert all(width(row) <= 20 for row in lines(title))


@pytest.mark.parametrize("title", ["", "字", "字" * 5000, "《" + "长" * 60 + "》"])
def test_an_odd_title_is_left_alone(title):
    assert "".join(lines(title)) == title
