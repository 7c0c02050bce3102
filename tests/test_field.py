"""Typed text to a value; a value to how it is said, and back from a file."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.numerals import unholdable
from drafter.outline.answers import from_yaml, settle
from drafter.outline.field import Field, Number, Unfit, read, save_form, say
from drafter.outline.yaml import Source

TODAY = date(2026, 11, 22)


def field(kind="text", **more):
    return Field("名称", type=kind, **more)


@pytest.mark.parametrize(
    ("asked", "typed", "value"),
    [
        (field(), "  现代化新城 ", "现代化新城"),
        (field(), "李卫国\r\n王小明", "李卫国、王小明"),
        (field(), "甲局\n（乙局）\n丙局", "甲局、（乙局）、丙局"),
        (field(), "关于进一步加强和改进全市新时代政务信息工作\n的意见", "关于进一步加强和改进全市新时代政务信息工作的意见"),
        (field(), "说到底，\n要落实", "说到底，要落实"),
        (field("long text"), "一段\r\n二段", "一段\n二段"),
        (field("number"), "1,200", Number("1,200", 1200)),
        (field("number"), "１２０", Number("120", 120)),
        (field("number"), "一百二十", Number("一百二十", 120)),
        (field("number"), "-3.5", Number("-3.5", -3.5)),
        (field("number"), 12, Number("12", 12)),
        (field("date"), "11月22日", TODAY),
        (field("date"), TODAY, TODAY),
        (field("yes/no"), "有", True),
        (field("yes/no"), "No", False),
        (field("yes/no"), True, True),
        (field("choice", choices=("市", "县")), "县", "县"),
        (field("choice", choices=("市", "县")), "2", "县"),
        (field("choice", choices=("全市", "全县")), "全县", "全县"),
        (field("choice", choices=("市直", "县区")), "县", "县区"),
        (field("list"), "甲局、乙局，丙局；丁局\n戊局", ("甲局", "乙局", "丙局", "丁局", "戊局")),
        (
            field("list"),
            "巡察党组织28个，反馈问题986个\n涉及10个县（市、区）、132个乡镇\n",
            ("巡察党组织28个，反馈问题986个", "涉及10个县（市、区）、132个乡镇"),
        ),
        (field("list"), "整改问题412个，完成率93.5%；曝光案例38起", ("整改问题412个，完成率93.5%", "曝光案例38起")),
        (field("list"), "1. 甲局\n2. 乙局", ("甲局", "乙局")),
        (field("list"), "1、甲局牵头；2、乙局配合", ("甲局牵头", "乙局配合")),
        (field("list"), "一是抓好落实；二是强化督查", ("抓好落实", "强化督查")),
        (field("list"), "- 甲局\n- 乙局", ("甲局", "乙局")),
        (field("list"), "1. 造林2. 护林", ("造林", "护林")),
        (field("list"), "1、造林10万亩 2、护林2.5万亩", ("造林10万亩", "护林2.5万亩")),
        (field("list"), "（1）造林，（2）护林", ("造林", "护林")),
        (field("list"), "· 造林· 护林", ("造林", "护林")),
        (field("list"), "阿不都·热依木、买买提·明", ("阿不都·热依木", "买买提·明")),
        (field("list"), "1.2万亩造林、护林", ("1.2万亩造林", "护林")),
        (field("list"), "3.5万亩农田；3.2万亩林地", ("3.5万亩农田", "3.2万亩林地")),
        (field("list"), ["甲、乙", "丙"], ("甲、乙", "丙")),
        (field("list"), ["李卫国\r\n王小明", "丙"], ("李卫国、王小明", "丙")),
        (field("list"), ["说到底，\n要落实"], ("说到底，要落实",)),
        (field(pattern=r"\d{4}号"), "2026号", "2026号"),
        (field(), "朱镕基 𠮷 😀 \u202b", "朱镕基 𠮷 😀 \u202b"),
    ],
)
def test_an_answer_is_read_as_it_is_meant(asked, typed, value):
    assert read(asked, typed, TODAY) == value


@pytest.mark.parametrize(
    ("asked", "typed", "told"),
    [
        (field("number"), "很多", "“很多”不是数。写成 120、1,200、3.5 或 一百二十。"),
        (field("number", minimum="1", maximum="40"), "50", "最大是 40，这里是 50。"),
        (field("number", minimum="1"), "0", "最小是 1，这里是 0。"),
        (field("number"), "9" * 5000, "“99999999999999999999999999999…”不是数。写成 120、1,200、3.5 或 一百二十。"),
        (field("date"), "2026-13-45", "“2026-13-45”：没有13月。写成 2026-11-22、11月22日、下周三 或 今天。"),
        (field("date", minimum="2026-12-01"), "今天", "最早是2026年12月1日，这里是2026年11月22日。"),
        (field("yes/no"), "也许", "“也许”看不出是不是。请答 是 或 否。"),
        (field("choice", choices=("市", "县")), "镇", "没有“镇”这一项。请选：市、县。"),
        (field("choice", choices=("市直", "市属")), "市", "没有“市”这一项。请选：市直、市属。"),
        (field(), ["甲", "乙"], "只要一个回答，这里给了几个。"),
        (field(), "甲\x0b乙", "里面有 Word 文件存不下的字符 U+000B（第 2 个字符），请删掉它。"),
        (field(), "甲\ud800", "里面有 Word 文件存不下的字符 U+D800（第 2 个字符），请删掉它。"),
        (field(), "字" * 100_001, "太长：100,001 个字符，最多 100,000 个。"),
        (field("list"), "甲、" * 1001, "太多：1,001 项，最多 1,000 项。"),
        (field(pattern=r"\d+号"), "五号", "“五号”不合要求的样子（\\d+号）。"),
        (field(pattern="a{9999999}"), "a", "提纲里的 pattern 里的次数太大，乘起来最多 10,000。"),
        (field(pattern="((a{999}){999}){99}"), "a", "提纲里的 pattern 里的次数太大，乘起来最多 10,000。"),
        (field(pattern="("), "五号", None),
        (field(pattern=r"(a+)+$"), "a" * 40 + "b", None),
    ],
)
def test_an_answer_that_will_not_do_is_told_why(asked, typed, told):
    with pytest.raises(Unfit) as caught:
        read(asked, typed, TODAY)
    assert told is None or str(caught.value) == told


WORDS = st.text(max_size=40).filter(lambda s: not unholdable(s))


@given(st.one_of(
    st.tuples(st.just("text"), WORDS),
    st.tuples(st.just("long text"), WORDS),
    st.tuples(st.just("number"), st.integers(-(10**12), 10**12).map(str)),
    st.tuples(st.just("date"), st.dates(date(1000, 1, 1), date(2999, 1, 1)).map(str)),
    st.tuples(st.just("yes/no"), st.sampled_from(["是", "否"])),
    st.tuples(st.just("list"), st.lists(WORDS, max_size=5)),
))  # fmt: skip
def test_a_value_kept_in_a_file_is_read_back_the_same(case):
    kind, typed = case
    value = read(field(kind), typed, TODAY)
    assert read(field(kind), save_form(value), TODAY) == value


@pytest.mark.parametrize(("value", "said"), [("甲", "甲"), (Number("1,200", 1200), "1,200"), (TODAY, "2026年11月22日"), (True, "是"), (("甲", "乙", "丙"), "甲、乙和丙")])
def test_a_value_is_said_as_a_speech_says_it(value, said):
    assert say(value) == said


def test_words_of_an_answer_that_became_a_comment_are_remarked_upon():
    typed = from_yaml(Source("a.yaml", "主题: 源头治理 #1号工程  # 市里定的\n单位:\n- 甲局 #乙局\n- '丙局 #1'\n人数: 3 # 大约\n"))
    remarks = settle({name: Field(name, type="list" if name == "单位" else "text") for name in typed}, typed, TODAY).remarks
    assert [(r.place.line, r.place.column, r.message) for r in remarks] == [
        (1, 10, "# 后面的“1号工程  # 市里定的”当成了注释，不会写进讲话。"),
        (3, 6, "# 后面的“乙局”当成了注释，不会写进讲话。"),
    ]


@pytest.mark.parametrize("said", ['""', "'  '", "\n  - ''", "\n  - '　'\n  - ''"])
def test_an_answer_of_nothing_but_blanks_leaves_the_blank_open(said: str) -> None:
    fields = {"单位": Field("单位", "哪些？", type="list")}
    settled = settle(fields, from_yaml(Source("a.yaml", f"单位: {said}\n")), date(2026, 11, 22))
    assert (settled.values, settled.blank) == ({}, {"单位"})
