"""A numbering is told by its first number; the same object says and recognises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.speech.numbering import Numbering

SAMPLES = ("一、", "（一）", "1.", "（1）", "①", "一要", "一是", "第一，", "其一，")


@pytest.mark.parametrize(
    ("sample", "n", "said"),
    [
        ("一、", 1, "一、"),
        ("一要", 12, "十二要"),
        ("（一）", 3, "（三）"),
        ("(一)", 3, "（三）"),
        ("第一，", 20, "第二十，"),
        ("1.", 7, "7."),
        ("（1）", 10, "（10）"),
        ("①", 2, "②"),
        ("①", 21, "（21）"),
        ("一方面，", 2, "另一方面，"),
    ],
)
def test_a_numbering_is_told_by_its_first_number(sample, n, said):
    assert Numbering.from_sample(sample).label(n) == said


@pytest.mark.parametrize(
    ("total", "said"),
    [(2, "首先，最后，"), (3, "首先，其次，最后，"), (4, "首先，其次，再次，最后，"), (5, "首先，其次，再次，第四，最后，")],
)
def test_first_and_last_know_how_many_there_are(total, said):
    numbering = Numbering.from_sample("首先，")
    assert "".join(numbering.label(n, total) for n in range(1, total + 1)) == said


@given(st.sampled_from(SAMPLES), st.integers(1, 20), st.text("甲乙丙，。", max_size=8))
def test_what_is_said_is_recognised(sample, n, rest):
    numbering = Numbering.from_sample(sample)
    assert numbering.match(numbering.label(n) + rest) == (n, rest)


@given(st.sampled_from(("一、", "（一）", "1.", "（1）", "一要", "第一，", "首先，", "一方面，")), st.integers(1, 9_999))
def test_what_is_said_is_recognised_however_many_there_are(sample, n):
    numbering = Numbering.from_sample(sample)
    assert numbering.match(numbering.label(n)) == (n, "")


@pytest.mark.parametrize(("sample", "text"), [("一要", "一方面要"), ("一、", "一，"), ("（一）", "(一"), ("1.", "1、"), ("第一，", "第一个"), ("①", "")])
def test_another_beginning_is_not_recognised(sample, text):
    assert Numbering.from_sample(sample).match(text) is None


def test_an_unknown_sample_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"不认识“甲、”这种序号；有：一、 （一） 1\. （1） ① 一要 一是 第一， 其一， 首先， 一方面，"):
        Numbering.from_sample("甲、")


@pytest.mark.parametrize(("sample", "own_line"), [("一、", True), ("（一）", True), ("1.", True), ("一要", False), ("一是", False), ("第一，", False)])
def test_a_numbering_knows_whether_it_begins_a_paragraph(sample, own_line):
    assert Numbering.from_sample(sample).own_line is own_line
