"""Findings gathered: one fault once, the gravest and surest first, counted by kind."""

from datetime import date
from itertools import chain

import pytest
from conftest import Run

from drafter.check.groups import BY_PLACE, BY_WEIGHT, by_kind, gathered
from drafter.check.kinds import KINDS, OTHER, kind_of
from drafter.check.paper import paper_of_text
from drafter.check.report import remarks, sureness
from drafter.check.rules import Finding, names
from drafter.outline.yaml import Source

DAY = date(2026, 11, 29)

#: A paper of six lines; the findings are told as if rules had found them.
TEXT = "甲工伤乙\n丙工伤丁工伤\n戊，，己\n庚工商\n辛截止目前\n壬工伤\n"


def found(rule: str, line: int, words: str, instead: str | None = None, level: str = "warning", odds: float | None = None, nth: int = 0) -> Finding:
    """A finding on the words of a line, the `nth` time they stand there."""
    row = TEXT.split("\n")[line]
    start = -1
    for _ in range(nth + 1):
        start = row.index(words, start + 1)
    return Finding(rule, line, start, start + len(words), f"{words}？", instead, level=level, odds=odds)


def told(*findings: Finding, order: str = BY_WEIGHT) -> list[str]:
    """The groups of findings, a line each."""
    paper = paper_of_text(Source("稿.txt", TEXT), DAY, DAY)
    groups = gathered(remarks(paper, sorted(findings, key=lambda f: (f.line, f.start)), "稿.txt"), order)
    return [f"{g.first.place} {g.first.words} {g.also}".rstrip() for g in groups]


SLIPS = (
    found("homophone-slip", 0, "工伤", "工商", odds=30),
    found("homophone-slip", 1, "工伤", "工商", odds=12),
    found("homophone-slip", 1, "工伤", "工商", odds=9, nth=1),
    found("homophone-slip", 5, "工伤", "工商", odds=15),
)


def test_a_fault_made_several_times_is_told_once_with_its_other_places() -> None:
    assert told(*SLIPS) == ["稿.txt:1:2 工伤 同样的还有 3 处：第 2（2 处）、6 行。"]
    assert told(*SLIPS[1:3]) == ["稿.txt:2:2 工伤 同样的这一行还有 1 处。"]


def test_other_words_another_remedy_or_another_rule_are_another_fault() -> None:
    others = (found("homophone-slip", 3, "工商", "工伤"), found("homophone-slip", 0, "工伤", "公商"), found("confused-word", 5, "工伤", "工商"))
    assert len(told(SLIPS[0], *others)) == 4


def test_errors_come_first_then_what_is_surest_then_what_is_gravest() -> None:
    rows = (
        found("homophone-slip", 0, "工伤", "工商", odds=5),
        found("homophone-slip", 3, "工商", "工伤", odds=400),
        found("doubled-mark", 2, "，，", "，", "error"),
        found("long-sentence", 1, "丙工伤", None),
        found("confused-word", 4, "截止", "截至"),
    )
    assert [row.split()[1] for row in told(*rows)] == ["，，", "工商", "截止", "丙工伤", "工伤"]
    assert [row.split()[1] for row in told(*rows, order=BY_PLACE)] == ["工伤", "丙工伤", "，，", "工商", "截止"]


@pytest.mark.parametrize(
    ("odds", "said"),
    [(None, ""), (0.4, "把握约 1 比 1"), (7.4, "把握约 7 比 1"), (52.3, "把握约 50 比 1"), (431, "把握约 400 比 1"), (1e9, "把握约 1000 比 1")],
)
def test_odds_are_told_as_a_person_reads_them(odds: float | None, said: str) -> None:
    assert sureness(found("homophone-slip", 0, "工伤", "工商", odds=odds)) == said


def test_every_rule_has_one_kind() -> None:
    """A new rule is added to its kind in drafter/check/kinds.py."""
    rows = list(chain.from_iterable(KINDS.values()))
    assert sorted(rows) == sorted(set(rows))
    assert set(names()) ^ set(rows) == set()
    assert kind_of("no-such-rule") == OTHER


def test_findings_are_counted_by_kind_the_gravest_first() -> None:
    assert by_kind((found("doubled-mark", 2, "，，"), *SLIPS, found("stray-cross", 2, "戊"))) == {"留空": 1, "用字": 4, "标点": 1}


def test_the_report_gathers_and_gives_a_source_once(run: Run) -> None:
    text = "　　截止目前，有三个,好。\n　　还有,截止年底。\n　　截止今天。\n"
    assert run("check", "-", stdin=text).stdout.partition("提法核对到")[0] == """\
错误 标准输入:1:11: “,”是半角的，用全角的“，”。
    1 | 　　截止目前，有三个,好。
      |                     ^
  改成“，”。
  同样的还有 1 处：第 2 行。
  [half-width-mark] GB/T 15834—2011，5.1.1、5.1.2（点号占一个字位置）

提醒 标准输入:1:3: “截止”应为“截至”：到某时为止、事情还在进行用“截至”；到期停止用“截止”。
    1 | 　　截止目前，有三个,好。
      |     ^^^^
  改成“截至”。
  同样的还有 2 处：第 2、3 行。
  [confused-word] 《现代汉语词典》（第7版）；《现代汉语八百词》

2 处错误，3 处提醒：用字 3、标点 2。
"""


def test_the_order_of_the_text_may_be_asked_for(run: Run) -> None:
    text = "　　截止目前没有问题。\n　　×月开会。\n"
    assert [row[:2] for row in run("check", "-", stdin=text).stdout.splitlines() if "标准输入" in row] == ["错误", "提醒"]
    assert [row[:2] for row in run("check", "-", "--order", "位置", stdin=text).stdout.splitlines() if "标准输入" in row] == ["提醒", "错误"]
    refused = run("check", "-", "--order", "日期", stdin=text)
    assert (refused.returncode, refused.stderr) == (2, "--order 日期：没有这样排的；有轻重、位置。\n")
