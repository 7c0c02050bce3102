"""Specifics an outline's author can only have guessed are told where they are not marked."""

import re
from pathlib import Path

import pytest

from drafter.commands.outlines import check_outline
from drafter.outline import shelf
from drafter.outline.parse import parse
from drafter.outline.specifics import specifics, unmarked
from drafter.outline.yaml import Source

SHELF = Path(__file__).parent.parent / "outlines"

#: Sentences of outlines, what is a guess in 〔〕.
GUESSED = (
    "〔三个工作日内〕拿出分工清单，〔一周之内〕传达到基层。",
    "会后〔5个工作日内〕，这张纸报到牵头单位备查。",
    "群众反映的问题，〔10个工作日内〕答复办理结果。",
    "请各地各部门〔三天内〕传达、〔十天内〕拿出自己的任务单。",
    "办公室把材料〔提前一天〕发，散会后〔半天之内〕发出分工。",
    "组成专班，〔3月底前〕把方案一次定死。",
    "没完成的说明原因，〔下周一〕就补。",
    "集中整改结束〔半年后〕，班子成员再走访一遍。",
    "发现的问题当场记下，〔下个月〕再去看改了没有。",
    "〔每周〕碰一次头，〔每月25日〕过一次进度，〔每季度〕对账销号。",
    "主要负责同志〔每个季度〕至少专题研究一次。",
    "应急的预案〔每半年演一次〕，演完要评。",
    "班子成员〔每年〕至少到联系的支部讲一次理想信念。",
    "带班的同志〔每天〕至少到重点部位转一圈。",
    "进度〔一日一报〕，〔三天一小结〕，红旗黄旗现场挂。",
    "同一件事〔一个季度只查一回〕。",
    "分管的同志〔三天至少去一趟〕。",
    "下基层〔不少于60天〕，报告〔不超过两页〕纸。",
    "〔连续两次〕排在末尾的，由主要负责同志到现场说明。",
    "程序有毛病的退回重做，〔三次以上〕的离岗培训。",
    "讲得最清楚的那位上台〔说五分钟〕。",
    "〔过三个月再〕回去看，节〔前一周〕报出去，〔头三个月〕手把手教。",
    "有分歧先商量，〔三天〕谈不拢就报分管领导。",
    "办结率要达到〔百分之九十八〕。",
    "今年要新建〔12个〕社区食堂。",
)

#: Sentences without a guess.
PLAIN = (
    "值班电话24小时有人接，领导带班。",
    "八小时以外的生活也要管好。",
    "一年之计在于春，第一季度要开好局。",
    "每名党员、每个支部都要动起来，每一天都不放松。",
    "成绩是大家一天一天干出来的，一年比一年好。",
    "有人拖了半个月，企业等不起。",
    "不能把矛盾拖到年底。",
    "干得怎么样，年底总要分出高下。",
    "《中国共产党廉洁自律准则》规定的四条要求，每年至少对照一次。",
    "条例要求支委会每月至少召开一次。",
    "有的人说“每个月都要报三次表，报得手软”。",
    "1935年1月，两个士兵以为抓到了大官，三天内没有审出一句话。",
    "下面，我讲三点意见。",
    "这几天要把功课做足，几天就能解决的事不要拖。",
    "今天这个会，不是一年一次的客套。",
    "它至少有三层意思。",
    "上半年内外形势复杂，五年规划开了头。",
)


@pytest.mark.parametrize("sentence", GUESSED)
def test_guesses_are_told(sentence: str) -> None:
    plain = re.sub("[〔〕]", "", sentence)
    assert [s.words for s in specifics(plain)] == re.findall("〔(.+?)〕", sentence)


@pytest.mark.parametrize("sentence", PLAIN)
def test_what_is_no_guess_is_not_told(sentence: str) -> None:
    assert [(s.words, s.evidence) for s in specifics(sentence)] == []


def test_a_deed_is_told_where_somebody_gives_an_account_of_himself() -> None:
    sentence = "有位老人为了一张缴费单跑了几趟，我当天就办了。"
    assert [(s.words, s.kind) for s in specifics(sentence, account=True)] == [("有位老人为了一张缴费单跑", "事例")]
    assert specifics(sentence) == ()


def test_what_was_weighed_can_be_read() -> None:
    assert specifics("各科室每年修订一次制度。")[0].evidence == ("写法像频次 +1", "旁边说了要做什么、做几回 +1")


OUTLINE = """\
title: 讲话
fields:
  周期: 多久一次？
speech:
  - text: 【核实：一周内】交方案，【周期】报一次；每月再看一遍。
"""


def test_marks_and_blanks_are_not_told_and_what_is_has_its_place() -> None:
    found = unmarked(parse(Source("a.yaml", OUTLINE), shelf.load)[0])
    assert [(u.specific.words, u.text.scalar.place(u.offset)) for u in found] == [("每月", (5, 31))]


def test_the_check_of_an_outline_advises(tmp_path: Path) -> None:
    (tmp_path / "会.yaml").write_text(OUTLINE, "utf-8")
    told = check_outline(str(tmp_path / "会.yaml"))
    assert [(d.level, d.code, d.message, d.hint) for d in told] == [
        ("advice", "specific-unmarked", "“每月”像是估的，没有标核实。", "写成【核实：每月】；要填的写成空；有出处的，在这句话里写明出处。")
    ]


SHIPPED = sorted([*SHELF.glob("*.yaml"), *(SHELF / "passages").glob("*.yaml")])


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_no_shipped_outline_has_a_guess_that_is_not_marked(file: Path) -> None:
    outline = parse(Source(str(file), file.read_text(encoding="utf-8")), shelf.load)[0]
    own = [u for u in unmarked(outline) if u.text.scalar.source.file == str(file)]
    assert [(*u.text.scalar.place(u.offset), u.specific.words, u.specific.kind) for u in own] == []
