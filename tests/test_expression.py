"""Conditions and blanks with filters: three truth values, a white list, nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.outline.expression import MAX_LENGTH, UNANSWERED, Malformed, read
from drafter.outline.field import Number

VALUES = {
    "层级": "县",
    "人数": Number("1,200", 1200),
    "调研": True,
    "日期": date(2026, 11, 22),
    "单位": ("甲局", "乙局", "丙局"),
}


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("调研", True),
        ("not 调研", False),
        ('层级 == "县"', True),
        ("层级 == “县”", True),
        ('层级 in ["市", "县"]', True),
        ("人数 > 1000", True),
        ("1000 < 人数 < 1100", False),
        ('调研 == "是"', True),
        ('日期 >= "2026-01-01"', True),
        ('"甲局" in 单位', True),
        ("没答", None),
        ("not 没答", None),
        ("没答 and 调研", None),
        ("没答 and not 调研", False),
        ("没答 or 调研", True),
        ("没答 > 3", None),
    ],
)
def test_a_condition_is_true_false_or_not_known_yet(source, holds):
    assert read(source).holds(VALUES) is holds


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("人数|大写", "一千二百"),
        ("人数｜大写", "一千二百"),
        ("日期|汉字年", "二〇二六年"),
        ("日期|年", "2026年"),
        ("日期|年月", "2026年11月"),
        ("日期|月日", "11月22日"),
        ("单位|顿号", "甲局、乙局、丙局"),
        ("单位|并列", "甲局、乙局和丙局"),
        ("单位|个数", 3),
        ("单位|首项", "甲局"),
        ("单位[1]", "乙局"),
        ("没答|默认('各位来宾')", "各位来宾"),
        ("层级 ~ '委'", "县委"),
        ('"县里" if 层级 == "县" else "市里"', "县里"),
        ('"县里，落实“一岗双责”（很好）！" if 层级 == “县” else “”', "县里，落实“一岗双责”（很好）！"),
        ("没答|大写", UNANSWERED),
        ("-没答", UNANSWERED),
    ],
)
def test_a_blank_says_its_value(source, said):
    assert read(source).value(VALUES) == said


@pytest.mark.parametrize(
    "source",
    [
        "",
        "'a'*10**9",
        "层级.__class__",
        "层级.__class__.__mro__",
        "层级['__class__']",
        "cycler.__init__.__globals__.os",
        "range(10)",
        "层级|attr('__class__')",
        "层级|strong",
        "人数|大写(1)",
        "人数|默认(1, 2)",
        "1e999",
        "单位|map('upper')",
        "层级 is defined",
        "{'a': 1}",
        "单位[0:9]",
        "a }}{% for x in y %}",
        "(" * 5000 + "1" + ")" * 5000,
        "not " * 100 + "a",
        "9" * 5000,
        "a" * (MAX_LENGTH + 1) + " + 1",
        "层级 层级",
    ],
)
def test_what_says_more_than_it_may_is_refused(source):
    with pytest.raises(Malformed):
        read(source)


@pytest.mark.parametrize(("source", "told"), [("层级|大写", "“县”不是数。"), ("层级 > 3", "“县”不是数。"), ("层级|月日", "“县”不是日期。")])
def test_a_value_that_does_not_fit_is_told(source, told):
    with pytest.raises(Malformed) as caught:
        read(source).value(VALUES)
    assert str(caught.value) == told


@given(st.text(max_size=60))
def test_any_text_is_an_expression_or_refused(text):
    try:
        expression = read(text)
        expression.value(VALUES)
    except Malformed as error:
        if not str(error):
            pytest.fail("refused without a word")


def form_of(node):
    """A tree of an expression as tuples, whoever has made it."""
    kind = type(node).__name__
    return (kind, node.name, *map(form_of, node.iter_child_nodes())) if kind in ("Name", "Filter") else (kind,)


@pytest.mark.parametrize("source", ["单位|顿号", "讲话要点|个数|几", "人数 | 大写", "_1|默认", "单位｜首项"])
def test_a_name_with_filters_is_read_as_jinja_reads_it_with_brackets_around(source):
    plainly, by_jinja = read(source), read(f"({source})")
    assert form_of(plainly.tree) == form_of(by_jinja.tree)
    assert plainly.names == by_jinja.names
    assert plainly.value(VALUES) == by_jinja.value(VALUES)
