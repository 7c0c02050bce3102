"""What an editor is told: the pure part on its own, and the server as an editor meets it, over its standard input and output."""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.check.settings import Settings
from drafter.commands.assist.cursor import as_known
from drafter.commands.assist.desk import Desk
from drafter.commands.assist.faults import Looked, escape, fixes, look
from drafter.commands.assist.meaning import defined, told, told_of_rule
from drafter.commands.assist.offers import offers
from drafter.commands.assist.sheet import Change, Point, changed, is_outline, sheet_of
from drafter.commands.assist.symbols import symbols
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.yaml import Source

DAY = date(2026, 11, 22)

OUTLINE = """\
title: 在【会议】上的讲话
fields:
  会议: 什么会？
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
    example: 县
  人数:
    ask: 多少人？
    type: number
    example: 120
  先进:
    ask: 表扬谁？
    type: list
    example: 甲局、乙局
speech:
  - greeting: 同志们：
  - opening: |
      今天，全【层级】【人数|大写】人参加【会议】。

      会议开得很好。
  - text: 表扬【单位】。
    each: 先进 as 单位
    when: 层级 == "县"
  - requirements:
      - heading: 提高认识
        text: 认识决定行动。
      - heading: 狠抓落实
        text: 落实决定成败。
  - closing: 谢谢大家！
"""

BASE = """\
title: 基本
fields:
  地点: 在哪里开？
  主办:
    ask: 谁主办？
    example: 县委
speech:
  - opening: 会议在【地点】召开，由【主办】主办。
"""


def no_file(word: str, name: str, asker: Source) -> Source:
    if name == "base":
        return Source("/d/base.yaml", BASE)
    raise Rejected(Diagnostic(f"没有叫“{name}”的提纲。"))


def desk(level: str = "") -> Desk:
    return Desk(Settings(level=level), DAY, no_file)


def seen(text: str, file: str = "a.txt", level: str = "", encoding: str = "utf-16") -> Looked:
    return look(sheet_of(text, file, encoding), file.endswith(".yaml"), desk(level))


def at_cursor(text: str) -> tuple[str, int]:
    """A text without its ‸, and where it was."""
    return text.replace("‸", ""), text.index("‸")


# ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "text", "encoding", "start", "end"),
    [
        ("a.txt", "会议很好，，大家满意。\n", "utf-16", (0, 4), (0, 6)),
        ("a.txt", "😀会议很好，，大家满意。\n", "utf-16", (0, 6), (0, 8)),
        ("a.txt", "😀会议很好，，大家满意。\n", "utf-32", (0, 5), (0, 7)),
        ("a.txt", "😀会议很好，，大家满意。\n", "utf-8", (0, 16), (0, 22)),
        ("a.txt", "同志们：\r\n\t会议很好，，大家满意。\r\n", "utf-16", (1, 5), (1, 7)),
        ("a.txt", "同志们：\r会议很好，，大家满意。", "utf-16", (1, 4), (1, 6)),
        ("a.txt", "\ufeff会议很好，，大家满意。", "utf-16", (0, 5), (0, 7)),
        ("a.txt", "今天开会。\u2028会议很好，，大家满意。", "utf-16", (0, 10), (0, 12)),
        ("a.md", "# 讲话\n\n- **会议**很好，，大家满意。\n", "utf-16", (2, 10), (2, 12)),
        ("a.yaml", "speech:\n  - opening: |\n      😀会议\n      很好，，大家满意。\n", "utf-16", (3, 8), (3, 10)),
        ("a.yaml", "speech:\r\n  - opening: 见【【甲，会议很好，，大家满意。\r\n", "utf-16", (1, 22), (1, 24)),
    ],
)
def test_a_finding_is_shown_at_its_very_characters(
    file: str, text: str, encoding: str, start: tuple[int, int], end: tuple[int, int]
) -> None:
    looked = seen(text, file, encoding=encoding)
    found = [f for f in looked.faults if f.rule == "doubled-mark"]
    assert [(looked.sheet.point(f.start), looked.sheet.point(f.end)) for f in found] == [(start, end)]
    assert [(looked.sheet.text[f.start : f.end], f.instead) for f in found] == [("，，", "，")]


@pytest.mark.parametrize(
    ("text", "shown", "message"),
    [
        (OUTLINE.replace("【会议】。", "【会仪】。"), "【会仪】", "不认识的空【会仪】。\nfields 里有：会议、层级、人数、先进。是不是【会议】？"),
        (OUTLINE.replace("speech:", "speech："), "speech：", "全角冒号“：”不能跟在 speech 后面；改成半角冒号加一个空格，写成“speech: ”。"),
        ("\ufeff" + OUTLINE.replace("    each:", "    eech:"), "eech", "不认识的词 eech。\n是不是 each？这里能用的有：greeting、opening、appreciation、situation、lead、requirements、closing、signature、text、basis、include、when、each、note、run-on、length、kinds。"),
        ("", "", "这份提纲是空的。\n可以用 drafter outlines new 名称 起一份。"),
        ("speech:\n  - opening: 甲\x01乙\n", "\x01", "Word 文件存不下的字符 U+0001。\n多半是从别处粘贴带来的，看不见；请删掉它。"),
    ],
)
def test_a_problem_of_an_outline_is_shown_where_it_stands(text: str, shown: str, message: str) -> None:
    looked = seen(text, "a.yaml")
    assert (shown, message) in [(looked.sheet.text[f.start : f.end], f.message) for f in looked.faults if f.level == "error"]


def test_a_fault_of_another_file_is_shown_where_that_file_is_named() -> None:
    def broken(word: str, name: str, asker: Source) -> Source:
        return Source("/d/base.yaml", BASE.replace("主办:\n", "主办:\n    aks: 谁\n"))

    text = "extends: base\nabout: 试\n"
    looked = look(sheet_of(text, "/d/a.yaml"), True, desk()._replace(load=broken))
    (fault,) = [f for f in looked.faults if f.level == "error"]
    assert (text[fault.start : fault.end], fault.elsewhere) == ("base", Place("/d/base.yaml", 5, 5))
    assert fault.message.startswith("base.yaml:5:5: 不认识的词 aks。")


def test_advice_is_given_only_where_it_is_asked_for() -> None:
    text = "同志们：\n" + "我们要" + "认真研究、" * 40 + "抓好落实。\n"
    assert {f.level for f in seen(text).faults} <= {"error", "warning"}
    assert "advice" in {f.level for f in seen(text, level="advice").faults}


def test_a_blank_of_an_outline_is_no_fault_and_one_left_in_a_text_is() -> None:
    assert [f for f in seen(OUTLINE, "a.yaml").faults if f.rule == "unanswered-blank"] == []
    assert [f.rule for f in seen("今天在【地点】开会。\n").faults] == ["unanswered-blank"]


@pytest.mark.parametrize(
    ("file", "text", "ours"),
    [
        ("/d/outlines/a.yaml", "", True),
        ("C:\\d\\outlines\\a.yaml", "", True),
        ("/d/a.yaml", "title: 甲\nspeech:\n", True),
        ("/d/a.yaml", "extends: base\n", True),
        ("/d/.github/ci.yml", "on: push\njobs:\n  speech:\n", False),
        ("/d/answers.yaml", "层级: 县\n", False),
    ],
)
def test_only_outlines_among_yaml_files_are_looked_at(file: str, text: str, ours: bool) -> None:
    assert is_outline(file, text) is ours


CHARACTERS = st.sampled_from("会议，，。。、：“”（）【】|-# \t😀𠮷é\u0301\u3000\u2028\x85\x0b\ufeff\ud83d一二、1.aA>`*_\r\n")
TEXTS = st.lists(CHARACTERS | st.sampled_from(["\r\n", "speech:\n", "  - opening: ", "|\n      ", "【【", "会议，，"]), max_size=60).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.sampled_from(["a.txt", "a.md", "a.yaml"]), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_every_range_lies_within_the_document(text: str, file: str, encoding: str) -> None:
    looked = seen(text, file, "advice", encoding)
    sheet = looked.sheet
    lines = sheet.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    widths = [len(line.encode(f"{encoding}-le" if encoding != "utf-8" else encoding)) // {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding] for line in lines]
    for fault in looked.faults:
        start, end = sheet.point(fault.start), sheet.point(fault.end)
        assert 0 <= fault.start <= fault.end <= len(sheet.text)
        assert start <= end
        for point in (start, end):
            assert 0 <= point.character <= widths[point.line]
        change = escape(looked, fault, file == "a.yaml")
        assert change is None or sheet.at(sheet.point(change.start)) == change.start


@given(TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.integers(0, 80), st.integers(0, 80))
def test_a_place_goes_to_the_editor_and_comes_back(text: str, encoding: str, line: int, character: int) -> None:
    sheet = sheet_of(text, "a.txt", encoding)
    for offset in range(len(sheet.text) + 1):
        if sheet.text[offset - 1 : offset + 1] != "\r\n":
            assert sheet.at(sheet.point(offset)) == offset
    assert 0 <= sheet.at(Point(line, character)) <= len(sheet.text)


# ── mending ────────────────────────────────────────────────────────────────────────────────────────────────────────

FAULTY = [
    ("a.txt", "关于工作的讲话\r\n同志们：\r\n  会议很好，，大家满意。今天是2026年11月31日，😀参加会议的有【人数】人。\r\n　　大家辛苦了!\r\n"),
    ("a.md", "# 关于工作的讲话\n\n同志们：\n\n- 会议**很好**，，大家满意。\n\n今天，\n大家参加会议的有【人数】人，辛苦了!\n"),
    ("a.yaml", OUTLINE.replace("会议开得很好。", "会议开得很好，，\n      大家满意！！！").replace("认识决定行动", "认识决定行动,行动决定成败").replace("谢谢大家！", "谢谢大家!")),
    ("a.yaml", OUTLINE.replace("在【会议】", "在，，【会议】").replace("认识决定行动。", "|\n          认识，，决定\n\n          行动，，好。")),
]


@pytest.mark.parametrize(("file", "text"), FAULTY)
def test_what_is_ignored_by_a_quick_fix_is_not_found_again(file: str, text: str) -> None:
    looked = seen(text, file)
    kept = [f for f in looked.faults if f.finding]
    assert len(kept) >= 2
    for fault in kept:
        change = escape(looked, fault, file == "a.yaml")
        assert change is not None
        assert f"drafter: ignore {fault.rule}" in change.text
        assert "\r\n" not in text or change.text.endswith("\r\n")
        after = seen(changed(text, [change]), file)
        same = [f for f in after.faults if f.rule == fault.rule and f.start == fault.start + len(change.text)]
        assert same == []
        others = {(f.rule, f.message) for f in looked.faults if f.rule != fault.rule}
        assert others == {(f.rule, f.message) for f in after.faults if f.rule != fault.rule}


@pytest.mark.parametrize(("file", "text"), FAULTY)
def test_a_quick_fix_mends_what_it_says(file: str, text: str) -> None:
    looked = seen(text, file)
    mendable = [f for f in looked.faults if f.instead is not None]
    assert mendable
    for fault in mendable:
        after = seen(changed(text, [Change(fault.start, fault.end, fault.instead or "")]), file)
        assert (fault.rule, fault.start) not in {(f.rule, f.start) for f in after.faults}


@pytest.mark.parametrize(
    ("was", "wrong", "faulty", "instead"),
    [
        ("参加【会议】。", "参加【会仪】。", "【会仪】", "【会议】"),
        ("【人数|大写】", "【人|大写】", "【人|大写】", None),
        ("  - closing: 谢谢大家！", "  - clossing: 谢谢大家！", "clossing", "closing"),
        ("speech:", "speech：", "speech：", "speech: "),
        ("type: number", "type: nomber", "nomber", "number"),
        ("when: 层级", "when: 层", "层", "层级"),
        ("when: 层级 ==", "when: 层级 等于", "等于", "=="),
    ],
)
def test_a_slip_in_an_outline_is_mended_where_it_is_plain_what_was_meant(was: str, wrong: str, faulty: str, instead: str | None) -> None:
    text = OUTLINE.replace(was, wrong, 1)
    found = [f for f in seen(text, "a.yaml").faults if f.level == "error"]
    meant = [(text[f.start : f.end], f.instead) for f in found]
    assert (faulty, instead) in meant
    if instead is not None:
        after = changed(text, [Change(f.start, f.end, f.instead) for f in found if f.instead is not None])
        assert [f.message for f in seen(after, "a.yaml").faults if f.level == "error"] == []


def test_a_blank_in_other_brackets_is_mended_to_one() -> None:
    text = OUTLINE.replace("参加【会议】。", "参加[会议]。", 1)
    assert [(text[f.start : f.end], f.level, f.instead) for f in seen(text, "a.yaml").faults if "不是空" in f.message] == [("[会议]", "warning", "【会议】")]


@pytest.mark.parametrize(("file", "text"), FAULTY)
def test_all_that_is_safe_is_mended_at_once_and_nothing_else_is_touched(file: str, text: str) -> None:
    looked = seen(text, file)
    made = fixes(looked, file == "a.yaml", desk())
    assert made
    after = changed(text, made)
    assert [f for f in seen(after, file).faults if f.finding and f.finding.safe and f.instead is not None] == []
    assert after.count("\n") == text.count("\n")
    assert after.count("\r\n") == text.count("\r\n")
    for change in made:
        assert len(change.text) + change.end - change.start <= 8


# ── what may be typed ──────────────────────────────────────────────────────────────────────────────────────────────


def offered(text: str) -> tuple[str, list[str], Callable[[str], str]]:
    """What is to be replaced at the ‸, what is offered, and the text with one of them taken."""
    text, offset = at_cursor(text)
    sheet = sheet_of(text, "/d/a.yaml")
    found = offers(sheet, offset, as_known(sheet, no_file, None), lambda word: [(f"{word}-one", ""), ("base", "试")])
    by_label = {o.label: o for o in found}
    taken = {(o.start, o.end) for o in found}
    assert len(taken) <= 1
    start, end = next(iter(taken), (offset, offset))
    assert start <= offset <= end
    return text[start:end], list(by_label), lambda label: changed(text, [Change(start, end, by_label[label].text)])


@pytest.mark.parametrize(
    ("was", "typed", "replaced", "labels"),
    [
        ("参加【会议】。", "参加【‸", "", ["会议", "层级", "人数", "先进", "单位", "条数", "要点", "核实："]),
        ("参加【会议】。", "参加【‸】。", "", ["会议", "层级", "人数", "先进", "单位", "条数", "要点", "核实："]),
        ("参加【会议】。", "参加【会‸", "会", ["会议", "层级", "人数", "先进", "单位", "条数", "要点", "核实："]),
        ("参加【会议】。", "参加【核实：会‸", "", []),
        ("参加【会议】。", "参加【人数|‸】。", "", ["大写", "汉字年", "年", "年月", "月日", "顿号", "并列", "分号", "逗号", "一是", "个数", "几", "数字", "首项", "默认"]),
        ("参加【会议】。", "参加【人数｜大‸", "大", ["大写", "汉字年", "年", "年月", "月日", "顿号", "并列", "分号", "逗号", "一是", "个数", "几", "数字", "首项", "默认"]),
        ("参加【会议】。", "参加【【‸", "", []),
        ("参加【会议】。", "参加【会议】‸", "", []),
        ("when: 层级", "when: 层‸级", "层级", ["会议", "层级", "人数", "先进", "单位", "条数", "要点"]),
        ("each: 先进 as", "each: ‸ as", "", ["先进", "要点"]),
        ("type: number", "type: ‸", "", ["text", "long text", "number", "date", "yes/no", "choice", "list"]),
        ("type: number", "type: long‸", "long", ["text", "long text", "number", "date", "yes/no", "choice", "list"]),
        ("    example: 县", "    default: ‸", "", ["市", "县"]),
        ("    type: number", "    ty‸", "ty", ["type", "help", "choices", "default", "when", "min", "max", "pattern", "vary"]),
        ("title: 在【会议】上的讲话", "title: 讲话\nextends: ‸", "", ["extends-one", "base"]),
        ("  - closing: 谢谢大家！", "  - include: b‸", "b", ["include-one", "base"]),
        ("  - closing: 谢谢大家！", "  - clo‸", "clo",
         ["greeting", "opening", "appreciation", "situation", "lead", "requirements", "closing", "signature", "text", "basis", "include", "when", "each", "note", "run-on"]),
        ("  - closing: 谢谢大家！", "  ‸", "",
         ["greeting", "opening", "appreciation", "situation", "lead", "requirements", "closing", "signature", "text", "basis", "include"]),
        ("  - closing: 谢谢大家！", "  - closing: 谢谢！\n    ‸", "", ["when", "each", "note", "run-on"]),
        ("        text: 落实决定成败。", "        ‸", "", ["text", "basis", "points", "label", "alone", "run-on", "when", "each", "note", "include", "brief", "keep"]),
        ("      会议开得很好。", "      ‸", "", []),
        ("title: 在【会议】上的讲话", "title: 讲话\n‸", "", ["dateline", "byline", "dateline-first", "about", "genre", "also", "numbering", "template", "extends", "passage"]),
        ("title: 在【会议】上的讲话", "# title 【‸", "", []),
        ("  - closing: 谢谢大家！", "  - basis: 甲‸", "甲", ["basis-one", "base"]),
        ("  - closing: 谢谢大家！", "  - basis: 甲\n    ‸", "", ["when", "each", "note", "run-on", "length", "kinds"]),
        ("  - closing: 谢谢大家！", "  - basis: 甲\n    length: ‸", "", ["一句", "三句", "一段"]),
        ("  - closing: 谢谢大家！", "  - basis: 甲\n    kinds:\n      - ‸", "", ["论述", "会议", "文件", "法律", "行动", "提法"]),
    ],
)  # fmt: skip
def test_what_fits_the_place_is_offered(was: str, typed: str, replaced: str, labels: list[str]) -> None:
    assert was in OUTLINE
    here, there, _ = offered(OUTLINE.replace(was, typed, 1))
    assert (here, sorted(there)) == (replaced, sorted(labels))


TABLE = """\
about: 试
checked: 2026-08-22
basis:
  - name: 甲
    kind: 论述
    from: 2026-07-09
    sentence: 一句。
    source: 新闻联播
"""


@pytest.mark.parametrize(
    ("was", "typed", "labels"),
    [
        ("about: 试\n", "‸\n", ["about", "also", "since", "fields"]),
        ("    source: 新闻联播", "    ‸", ["until", "levels", "ranks", "sentences", "paragraph", "source", "checked"]),
        ("kind: 论述", "kind: ‸", ["论述", "会议", "文件", "法律", "行动", "提法"]),
        ("    source:", "    until: ‸\n    source:", []),
    ],
)
def test_what_fits_the_place_in_a_table_is_offered(was: str, typed: str, labels: list[str]) -> None:
    assert was in TABLE
    _, there, _ = offered(TABLE.replace(was, typed, 1))
    assert sorted(there) == sorted(labels)


def test_a_table_is_looked_at_as_one() -> None:
    assert seen(TABLE, "a.yaml").faults == ()
    (fault,) = seen(TABLE.replace("论述", "讲话"), "a.yaml").faults
    assert fault.message == "没有“讲话”这种 kind。\n有：论述、会议、文件、法律、行动、提法。是不是 论述？"
    assert [symbol.name for symbol in symbols(seen(TABLE, "a.yaml"), True)] == ["甲"]


def test_what_is_taken_is_put_so_that_the_outline_can_be_read() -> None:
    for was, typed, taken, line in [
        ("参加【会议】。", "参加【会‸", "会议", "参加【会议】"),
        ("参加【会议】。", "参加【‸】。", "会议", "参加【会议】。"),
        ("参加【会议】。", "参加【人数|‸", "大写", "参加【人数|大写】"),
        ("  - closing: 谢谢大家！", "  - clo‸", "closing", "  - closing: "),
        ("  - closing: 谢谢大家！", "  clo‸", "closing", "  - closing: "),
        ("  - closing: 谢谢大家！", "  - closing: 谢谢！\n    ‸", "note", "    note: "),
        ("  - closing: 谢谢大家！", "  - ‸", "requirements", "  - requirements:"),
    ]:
        _, _, take = offered(OUTLINE.replace(was, typed, 1))
        assert line in take(taken).splitlines() or line in take(taken)


def test_fields_come_through_extends_and_while_the_rest_is_half_typed() -> None:
    whole = "extends: base\nfields:\n  甲: 甲？\nspeech:\n  - opening: 【‸】\n"
    assert offered(whole)[1] == ["地点", "主办", "甲", "核实："]
    assert offered(whole + "  - text： \"乙\n")[1] == ["地点", "主办", "甲", "核实："]
    sheet = sheet_of("fields:\n  丙: 丙？\nspeech\n  - opening: 【", "/d/a.yaml")
    before = as_known(sheet_of(OUTLINE, "/d/a.yaml"), no_file, None)
    known = as_known(sheet, no_file, before)
    assert known
    assert list(known.fields) == ["会议", "层级", "人数", "先进", "丙"]


@pytest.mark.parametrize("crlf", [False, True])
def test_however_far_it_is_typed_nothing_breaks(crlf: bool) -> None:
    text = OUTLINE.replace("\n", "\r\n") if crlf else OUTLINE
    before = None
    for end in range(0, len(text) + 1, 7):
        sheet = sheet_of(text[:end], "/d/a.yaml")
        before = as_known(sheet, no_file, before)
        for offset in (end, max(0, end - 9)):
            offers(sheet, offset, before, lambda word: ())
            told(sheet, offset, before)
            defined(sheet, offset, before, no_file)
        if end % 35 == 0:
            symbols(look(sheet, True, desk()), True)


# ── what it means, where it is said ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("was", "cursor", "meant", "said", "place"),
    [
        ("全【层级】", "全【层‸级】", "层级", "**【层级】** 哪一级？\n\n类型：choice；可选：市、县；例子：县", (4, 3)),
        ("【人数|大写】", "【人数|大‸写】", "大写", "`|大写`　120 → 一百二十", None),
        ("【人数|大写】", "‸【人数|大写】", "人数", "**【人数】** 多少人？\n\n类型：number；例子：120", (10, 3)),
        ("when: 层级", "when: 层‸级", "层级", "**【层级】** 哪一级？\n\n类型：choice；可选：市、县；例子：县", (4, 3)),
        ("each: 先进", "each: ‸先进", "先进", "**【先进】** 表扬谁？\n\n类型：list；例子：甲局、乙局", (14, 3)),
        ("    choices:", "    cho‸ices:", "choices", "`choices`　可选的回答", None),
        ("  - greeting:", "  - gree‸ting:", "greeting", "`greeting`　称呼", None),
        ("heading: 狠抓", "head‸ing: 狠抓", "heading", "`heading`　小标题、段首句", None),
        ("  会议: 什么", "  会‸议: 什么", "会议", "**【会议】** 什么会？\n\n类型：text", None),
        ("会议开得很好。", "会议‸开得很好。", None, None, None),
    ],
)
def test_a_blank_and_a_word_are_explained(was: str, cursor: str, meant: str | None, said: str | None, place: tuple[int, int] | None) -> None:
    assert was in OUTLINE
    text, offset = at_cursor(OUTLINE.replace(was, cursor, 1))
    sheet = sheet_of(text, "/d/a.yaml")
    outline = as_known(sheet, no_file, None)
    found = told(sheet, offset, outline)
    assert (found and text[found.start : found.end], found and found.text) == (meant, said)
    where = defined(sheet, offset, outline, no_file)
    assert (where and (where.line, where.column)) == place


def test_a_field_of_another_file_is_found_there() -> None:
    text, offset = at_cursor("extends: base\nspeech:\n  - opening: 在【地‸点】\n")
    sheet = sheet_of(text, "/d/a.yaml")
    outline = as_known(sheet, no_file, None)
    found = told(sheet, offset, outline)
    assert found
    assert found.text == "**【地点】** 在哪里开？\n\n类型：text\n\n写在 base.yaml 第 3 行"
    assert defined(sheet, offset, outline, no_file) == Place("/d/base.yaml", 3, 3)
    assert defined(sheet, 10, outline, no_file) == Place("/d/base.yaml", 1, 1)


def test_what_a_writer_wrote_is_shown_as_it_is() -> None:
    text, offset = at_cursor("fields:\n  甲: <b>*哪*</b>\nspeech:\n  - opening: 【‸甲】\n")
    sheet = sheet_of(text, "/d/a.yaml")
    found = told(sheet, offset, as_known(sheet, no_file, None))
    assert found
    assert found.text == "**【甲】** \\<b\\>\\*哪\\*\\</b\\>\n\n类型：text"


def test_a_rule_tells_what_it_looks_for() -> None:
    assert told_of_rule("doubled-mark").startswith("`doubled-mark`\n\n")
    assert "依据：GB/T 15834—2011" in told_of_rule("doubled-mark")


def test_parts_and_headings_are_the_symbols() -> None:
    assert [(s.level, s.name) for s in symbols(seen(OUTLINE, "a.yaml"), True)] == [
        (1, "称呼 同志们："),
        (1, "开头"),
        (1, "其他段落 表扬【单位】。"),
        (1, "分条的要求"),
        (2, "提高认识"),
        (2, "狠抓落实"),
        (1, "结尾、号召 谢谢大家！"),
    ]
    text = "# 讲话\n\n## 一、认识\n\n好。\n\n### （一）甲\n\n好。\n\n## 二、落实\n\n好。\n"
    assert [(s.level, s.name) for s in symbols(seen(text, "a.md"), False)][-3:] == [(2, "一、认识"), (3, "（一）甲"), (2, "二、落实")]


# ── the server ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Editor:
    """The other end: what an editor says and hears."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.heard: queue.Queue[Any] = queue.Queue()
        self.asked = 0
        self.texts: dict[str, tuple[int, str]] = {}
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        while True:
            length = 0
            while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                self.heard.put(None)
                return
            self.heard.put(json.loads(self.process.stdout.read(length)))

    def raw(self, data: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def note(self, method: str, **params: Any) -> None:
        self.send(method=method, params=params)

    def next(self, wanted: Callable[[Any], bool]) -> Any:
        while True:
            message = self.heard.get(timeout=120)
            assert message is not None, "the server has gone"
            if wanted(message):
                return message

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        number = self.asked
        self.send(id=number, method=method, params=params or None)
        return self.next(lambda m: m.get("id") == number)["result"]

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "yaml") -> None:
        self.texts[name] = (1, text)
        document = {"uri": self.uri(name), "languageId": language, "version": 1, "text": text}
        self.note("textDocument/didOpen", textDocument=document)

    def change(self, name: str, text: str) -> None:
        version = self.texts[name][0] + 1
        self.texts[name] = (version, text)
        self.note("textDocument/didChange", textDocument={"uri": self.uri(name), "version": version}, contentChanges=[{"text": text}])

    def diagnostics(self, name: str) -> list[Any]:
        """What is said of the document as it is now."""
        version = self.texts[name][0]
        said = self.next(
            lambda m: m.get("method") == "textDocument/publishDiagnostics"
            and m["params"]["uri"] == self.uri(name)
            and m["params"].get("version") == version
        )
        return list(said["params"]["diagnostics"])

    def at(self, name: str, words: str, more: int = 0) -> dict[str, int]:
        """The place of the first such words in a document, as LSP counts."""
        text = self.texts[name][1]
        offset = text.index(words) + more
        row = text[text.rfind("\n", 0, offset) + 1 : offset]
        return {"line": text.count("\n", 0, offset), "character": len(row.encode("utf-16-le")) // 2}

    def about(self, method: str, name: str, words: str, more: int = 0) -> Any:
        return self.ask(f"textDocument/{method}", textDocument={"uri": self.uri(name)}, position=self.at(name, words, more))

    def actions(self, name: str, words: str, only: list[str] | None = None) -> list[Any]:
        where = self.at(name, words)
        context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
        return list(self.ask("textDocument/codeAction", textDocument={"uri": self.uri(name)}, range={"start": where, "end": where}, context=context))

    def apply(self, name: str, edit: Any) -> None:
        """Do what a WorkspaceEdit says."""
        (document,) = edit["documentChanges"]
        assert document["textDocument"] == {"uri": self.uri(name), "version": self.texts[name][0]}
        text = self.texts[name][1]
        lines = text.splitlines(keepends=True)

        def offset(place: dict[str, int]) -> int:
            row = lines[place["line"]].encode("utf-16-le")[: place["character"] * 2].decode("utf-16-le")
            return sum(map(len, lines[: place["line"]])) + len(row)

        changes = [Change(offset(e["range"]["start"]), offset(e["range"]["end"]), e["newText"]) for e in document["edits"]]
        self.change(name, changed(text, changes))

    def leave(self) -> int:
        assert self.ask("shutdown") is None
        self.note("exit")
        return self.process.wait(60)


@contextmanager
def editing(folder: Path) -> Iterator[Editor]:
    with subprocess.Popen(
        [sys.executable, "-m", "drafter", "lsp", "--stdio"],
        cwd=folder.anchor,  # editors start it anywhere
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    ) as process:
        try:
            yield Editor(process, folder)
        finally:
            process.kill()


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "base.yaml").write_text(BASE, encoding="utf-8")
    with editing(tmp_path) as editor:
        can = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
        said = editor.ask("initialize", processId=None, rootUri=tmp_path.as_uri(), capabilities=can)
        assert said["serverInfo"]["name"] == "drafter"
        assert said["capabilities"]["positionEncoding"] == "utf-16"
        editor.note("initialized")
        yield editor


def test_a_session_from_a_broken_outline_to_a_mended_one(editor: Editor) -> None:
    name = "outlines/a.yaml"
    text = "extends: base\ntitle: 讲话\nspeech:\n  - opening: 😀全【地店】很好，，好。\n  - closing： 完\n"
    editor.open(name, text)
    misspelt, first = editor.diagnostics(name)
    assert misspelt["message"].startswith("不认识的空【地店】。")
    assert first == {
        "range": {"start": {"line": 4, "character": 4}, "end": {"line": 4, "character": 12}},
        "severity": 1,
        "source": "drafter",
        "message": "全角冒号“：”不能跟在 closing 后面；改成半角冒号加一个空格，写成“closing: ”。",
    }
    editor.change(name, text.replace("：", ":"))
    (second,) = editor.diagnostics(name)
    assert second["range"] == {"start": {"line": 3, "character": 16}, "end": {"line": 3, "character": 20}}
    assert second["message"] == "不认识的空【地店】。\nfields 里有：地点、主办。是不是【地点】？"
    items = editor.about("completion", name, "【地店】", 2)["items"]
    assert [(i["label"], i["detail"]) for i in items] == [("地点", "在哪里开？"), ("主办", "谁主办？"), ("核实：", "估的话，请人核实")]
    assert items[0]["textEdit"] == {
        "range": {"start": {"line": 3, "character": 17}, "end": {"line": 3, "character": 19}},
        "newText": "地点",
    }
    editor.change(name, text.replace("：", ":").replace("地店", "地点"))
    found = editor.diagnostics(name)
    assert [(d["code"], d["severity"]) for d in found if d["severity"] == 1] == [("doubled-mark", 1)]
    assert editor.about("hover", name, "地点", 1)["contents"] == {
        "kind": "markdown",
        "value": "**【地点】** 在哪里开？\n\n类型：text\n\n写在 base.yaml 第 3 行",
    }
    there = {"line": 2, "character": 2}
    assert editor.about("definition", name, "地点", 1) == {"uri": editor.uri("outlines/base.yaml"), "range": {"start": there, "end": there}}
    assert editor.about("definition", name, "base", 1)["uri"] == editor.uri("outlines/base.yaml")
    names = editor.about("completion", name, "base", 1)["items"]
    assert {"base", "office-training"} <= {i["label"] for i in names}
    parts = editor.ask("textDocument/documentSymbol", textDocument={"uri": editor.uri(name)})
    assert [s["name"] for s in parts] == ["开头 😀全【地点】很好，，好。", "结尾、号召 完"]
    assert editor.leave() == 0


def test_a_fault_in_a_text_is_shown_explained_and_mended(editor: Editor) -> None:
    name = "讲话 稿.txt"
    editor.open(name, "同志们：\r\n\t😀会议很好，，大家满意。\r\n今天在【地点】开会。\r\n", "plaintext")
    doubled, blank = editor.diagnostics(name)
    assert doubled["range"] == {"start": {"line": 1, "character": 7}, "end": {"line": 1, "character": 9}}
    assert (doubled["severity"], doubled["code"], doubled["source"]) == (1, "doubled-mark", "drafter")
    assert doubled["codeDescription"]["href"].endswith("/drafter/check/rules/doubled_mark.py")
    assert blank["range"] == {"start": {"line": 2, "character": 3}, "end": {"line": 2, "character": 7}}
    assert "doubled-mark" in editor.about("hover", name, "，，", 1)["contents"]["value"]

    fix, all_quick, all_of_them, ignore = editor.actions(name, "，，")
    assert [(a["title"], a["kind"]) for a in (fix, all_quick, all_of_them, ignore)] == [
        ("改成“，”", "quickfix"),
        ("改好所有有把握的错", "quickfix"),
        ("改好所有有把握的错", "source.fixAll.drafter"),
        ("忽略这条（doubled-mark）", "quickfix"),
    ]
    assert fix["isPreferred"] is True
    assert [a["kind"] for a in editor.actions(name, "同志们", ["source.fixAll"])] == ["source.fixAll.drafter"]
    (escaped,) = editor.actions(name, "【地点】")[-1:]
    editor.apply(name, fix["edit"])
    assert [d["code"] for d in editor.diagnostics(name)] == ["unanswered-blank"]
    assert editor.texts[name][1] == "同志们：\r\n\t😀会议很好，大家满意。\r\n今天在【地点】开会。\r\n"
    assert escaped["title"] == "忽略这条（unanswered-blank）"
    (again,) = editor.actions(name, "【地点】")
    editor.apply(name, again["edit"])
    assert editor.diagnostics(name) == []
    assert editor.texts[name][1].splitlines()[2] == "# drafter: ignore unanswered-blank"
    assert editor.leave() == 0


def test_what_stays_is_noted_beside_the_file_and_not_shown_again(editor: Editor, tmp_path: Path) -> None:
    name, text = "讲话.txt", "同志们：\n截止目前很好。\n截止年底，也好。\n"
    (tmp_path / name).write_text(text, encoding="utf-8")
    editor.open(name, text, "plaintext")
    assert [d["range"]["start"]["line"] for d in editor.diagnostics(name)] == [1, 2]
    (stays,) = [a for a in editor.actions(name, "截止目前") if a["title"] == "不改，以后不再报"]
    assert stays["command"]["arguments"][1:] == ["confused-word", "截止", "", "目前很好。"]
    editor.ask("workspace/executeCommand", **{key: stays["command"][key] for key in ("command", "arguments")})
    assert [d["range"]["start"]["line"] for d in editor.diagnostics(name)] == [2]
    assert 'rule = "confused-word"' in (tmp_path / "drafter.toml").read_text(encoding="utf-8")
    assert editor.leave() == 0


@pytest.mark.parametrize(("encoding", "start", "end"), [("utf-8", 16, 22), ("utf-16", 6, 8), ("utf-32", 5, 7)])
def test_places_are_counted_as_the_editor_wishes(tmp_path: Path, encoding: str, start: int, end: int) -> None:
    with editing(tmp_path) as editor:
        said = editor.ask("initialize", processId=None, rootUri=None, capabilities={"general": {"positionEncodings": [encoding]}})
        assert said["capabilities"]["positionEncoding"] == encoding
        editor.open("a.txt", "😀会议很好，，大家满意。", "plaintext")
        (found,) = editor.diagnostics("a.txt")
        assert found["range"] == {"start": {"line": 0, "character": start}, "end": {"line": 0, "character": end}}
        assert editor.leave() == 0


def test_only_the_last_of_many_keystrokes_is_answered(editor: Editor) -> None:
    editor.open("a.txt", "会议很好。", "plaintext")
    for n in range(50):
        editor.change("a.txt", "会议很好" + "，" * (1 + n % 2) + "大家满意。")
    said = []
    while not said or said[-1]["version"] < 51:
        said.append(editor.next(lambda m: m.get("method") == "textDocument/publishDiagnostics")["params"])
    assert [s["version"] for s in said] == [51]
    assert [d["code"] for d in said[0]["diagnostics"]] == ["doubled-mark"]
    editor.note("textDocument/didClose", textDocument={"uri": editor.uri("a.txt")})
    last = editor.next(lambda m: m.get("method") == "textDocument/publishDiagnostics")
    assert last["params"]["diagnostics"] == []
    assert editor.leave() == 0


def test_the_settings_are_heeded_and_a_mistake_in_them_is_said(editor: Editor) -> None:
    settings = editor.folder / "drafter.toml"
    settings.write_text('ignore = ["doubled-mark"]\n', encoding="utf-8")
    editor.open("a.txt", "会议很好，，大家满意。", "plaintext")
    assert editor.diagnostics("a.txt") == []
    settings.write_text('ignore = ["doubled-mork"]\n', encoding="utf-8")
    editor.change("a.txt", "会议很好，，大家满意！")
    said = [d["message"].splitlines()[0].rpartition("/")[2] for d in editor.diagnostics("a.txt")]
    assert said[0] == "drafter.toml:1: ignore 里没有叫“doubled-mork”的规则。"
    assert len(said) == 2
    assert editor.leave() == 0


def test_other_yaml_is_left_alone_and_a_saved_base_is_read_again(editor: Editor) -> None:
    editor.open("ci.yaml", "on: push\njobs: {}\n")
    assert editor.diagnostics("ci.yaml") == []
    assert editor.about("completion", "ci.yaml", "jobs", 2)["items"] == []
    editor.open("outlines/a.yaml", "extends: base\ntitle: 讲话\nspeech:\n  - opening: 在【城市】开会。\n")
    assert [d["message"].split("\n")[0] for d in editor.diagnostics("outlines/a.yaml") if d["severity"] == 1] == ["不认识的空【城市】。"]
    (editor.folder / "outlines" / "base.yaml").write_text(BASE.replace("地点", "城市"), encoding="utf-8")
    editor.note("textDocument/didSave", textDocument={"uri": editor.uri("outlines/base.yaml")})
    assert [d["message"] for d in editor.diagnostics("outlines/a.yaml") if d["severity"] == 1] == []
    assert editor.leave() == 0


def test_outlines_are_those_of_the_folder_that_is_open(editor: Editor) -> None:
    editor.open("稿/a.yaml", "extends: base\ntitle: 在【城市】讲话\n")
    assert [d["message"] for d in editor.diagnostics("稿/a.yaml") if d["severity"] == 1] == ["不认识的空【城市】。\nfields 里有：地点、主办。"]
    assert editor.leave() == 0


def test_garbage_and_a_huge_document_do_not_stop_it(editor: Editor) -> None:
    editor.raw(b"hello\r\n\r\n\x00\xff\r\n")
    editor.raw(b"Content-Length: 7\r\n\r\n{\"json\"")
    editor.raw(b"Content-Length: 2\r\n\r\n[]")
    editor.note("textDocument/didChange", textDocument={"uri": "file:///nowhere.txt", "version": 1}, contentChanges=[{"text": "甲"}])
    editor.send(id="x", method="textDocument/hover", params={"textDocument": 3})
    editor.send(id="y", method="no/such", params={})
    assert editor.next(lambda m: m.get("id") == "y")["error"]["code"] == -32601
    editor.open("huge.txt", "会议很好，大家满意。\n" * 300_000, "plaintext")  # 9.3 MB: more than is read
    (said,) = editor.diagnostics("huge.txt")
    assert said["message"] == "文件太大：8.9 MB，最多 8 MB。"
    editor.open("outlines/wide.yaml", "speech:\n  - opening: " + "【" * 200_000 + "\n")
    assert len(editor.diagnostics("outlines/wide.yaml")) <= 101
    assert editor.about("hover", "outlines/wide.yaml", "opening", 2)["contents"]["value"] == "`opening`　开头"
    editor.open("a.txt", "\ud83d会议很好，，大家满意。", "plaintext")
    (found,) = editor.diagnostics("a.txt")
    assert found["range"] == {"start": {"line": 0, "character": 5}, "end": {"line": 0, "character": 7}}
    assert editor.leave() == 0


WRONG: list[Any] = [
    None, [], 3, "x", {}, {"textDocument": None}, {"textDocument": {"uri": 3}}, {"textDocument": {"uri": "a.yaml"}, "position": 3},
    {"textDocument": {"uri": "a.yaml"}, "position": {"line": "0", "character": None}},
    {"textDocument": {"uri": "a.yaml"}, "range": 3, "context": 5}, {"textDocument": {"uri": "a.yaml"}, "position": {"line": 1.5}},
]  # fmt: skip


def test_what_is_asked_wrongly_is_answered_with_an_error_and_so_is_the_next(editor: Editor) -> None:
    editor.open("a.yaml", OUTLINE)
    for method in ("hover", "definition", "completion", "codeAction", "documentSymbol"):
        for params in WRONG:
            editor.asked += 1
            editor.send(id=editor.asked, method=f"textDocument/{method}", params=params)
            said = editor.next(lambda m: m.get("id") == editor.asked)
            assert said.get("error", {}).get("code") == -32602 or method == "documentSymbol", (method, params, said)
    assert editor.about("hover", "a.yaml", "opening", 2)["contents"]["value"] == "`opening`　开头"
    assert editor.leave() == 0


def test_places_and_documents_that_are_not_there_are_answered(editor: Editor) -> None:
    editor.open("a.yaml", OUTLINE)
    nowhere = [{"line": -1, "character": -5}, {"line": 2**31, "character": 2**40}, {"line": 10**30, "character": 0}]
    for uri in (editor.uri("a.yaml"), "file:///nowhere.yaml", "untitled:x", "http://[", "", "file:///%ff%zz", "\ud800"):
        for place in nowhere:
            for method in ("hover", "definition", "completion"):
                editor.asked += 1
                editor.send(id=editor.asked, method=f"textDocument/{method}", params={"textDocument": {"uri": uri}, "position": place})
                editor.next(lambda m: m.get("id") == editor.asked)
    for params in ({"changes": [{"uri": 3}]}, {"textDocument": {"uri": "file:///\0", "languageId": "yaml", "version": 1, "text": "甲"}}, *WRONG):
        for method in ("textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "workspace/didChangeWatchedFiles"):
            editor.send(method=method, params=params)
    assert editor.about("hover", "a.yaml", "opening", 2)["contents"]["value"] == "`opening`　开头"
    assert editor.leave() == 0


def test_a_long_look_is_given_up_when_the_text_changes(editor: Editor) -> None:
    editor.open("a.txt", "会议很好，大家满意；" * 40_000, "plaintext")
    assert editor.ask("textDocument/hover", textDocument={"uri": editor.uri("a.txt")}, position={"line": 0, "character": 1}) is None
    editor.change("a.txt", "会议很好，，大家满意。")
    assert [d["code"] for d in editor.diagnostics("a.txt")] == ["doubled-mark"]
    assert editor.leave() == 0


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        (b"", 1, ""),
        (b"Content-Length: 99999999999\r\n\r\n", 2, "编辑器发来的一条消息太大：99,999,999,999 字节。\n"),
    ],
)
def test_an_editor_that_goes_without_a_word_is_noticed(tmp_path: Path, said: bytes, code: int, told: str) -> None:
    call = [sys.executable, "-m", "drafter", "lsp"]
    done = subprocess.run(call, cwd=tmp_path, input=said, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (code, b"", told)


def test_somebody_at_a_terminal_is_told_that_it_is_not_for_them(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    call = [sys.executable, "-m", "drafter", "lsp"]
    done = subprocess.run(call, cwd=tmp_path, stdin=theirs, capture_output=True, encoding="utf-8", timeout=60, check=False)
    os.close(ours)
    os.close(theirs)
    told = "drafter lsp 由编辑器启动，不在终端里打。\n  在编辑器里怎样设置，见说明书。\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_without_pygls_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    start = "import sys; sys.modules['pygls'] = sys.modules['lsprotocol'] = None; from drafter.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", start, "lsp"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    told = 'drafter lsp 要用的组件没有装（缺 lsprotocol）。\n  装上它：pip install "drafter[lsp]"\n'
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_no_other_command_pays_for_it() -> None:
    code = "import sys; from drafter.cli.main import program; program(); print(sorted({m.split('.')[0] for m in sys.modules} & {'pygls', 'lsprotocol', 'asyncio', 'attrs'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_what_is_offered_stands_on_the_real_shelves_too() -> None:
    path = shelf.find_outline("office-training")
    text = path.read_text(encoding="utf-8")
    looked = look(sheet_of(text, str(path)), True, Desk(Settings(), DAY, shelf.load))
    assert looked.outline is not None
    assert [f.message for f in looked.faults if f.level == "error"] == []


def test_what_is_counted_is_offered_and_explained_where_there_is_something_to_count(editor: Editor) -> None:
    name = "outlines/数.yaml"
    text = "title: 讲话\nspeech:\n  - opening: 讲【条数】点：【要点】。\n  - requirements:\n      - heading: 学\n        text: 学。\n"
    editor.open(name, text)
    assert [d for d in editor.diagnostics(name) if d["severity"] == 1] == []
    items = editor.about("completion", name, "【条数】", 2)["items"]
    assert [i["label"] for i in items] == ["条数", "要点", "核实："]
    assert editor.about("hover", name, "要点", 1)["contents"]["value"].startswith("**【要点】** 分条的要求的小标题，不用回答")
