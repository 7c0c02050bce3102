"""Outlines in words: what `outlines show` tells of conditions, blanks and parts, and that nothing of the language is left."""

import re
from pathlib import Path

import pytest

from drafter.cli.show_outline import as_text
from drafter.commands.index import entries, passages
from drafter.commands.outlines import ShowRequest, show_outline
from drafter.diagnostic import columns
from drafter.outline.expression import FILTERS, read
from drafter.outline.field import Field
from drafter.outline.model import texts
from drafter.outline.parse import parse
from drafter.outline.told import FILTERS_TOLD, condition_told, told
from drafter.outline.yaml import Source

FIELDS = {
    "调研": Field("调研", "？", type="yes/no"),
    "人数": Field("人数", "？", type="number"),
    "日期": Field("日期", "？", type="date"),
    "文风": Field("文风", "？", type="choice", choices=("规范", "平实")),
    "单位": Field("单位", "？", type="list"),
}


@pytest.mark.parametrize(("written", "said"), [
    ("调研", "【调研】答“是”"),
    ("not 调研", "【调研】答“否”"),
    ("调研 == '是'", "【调研】答“是”"),
    ("调研 == '否'", "【调研】答“否”"),
    ("调研 != '是'", "【调研】答“否”"),
    ("会议", "填了【会议】"),
    ("not 会议", "没有填【会议】"),
    ("会议 == ''", "没有填【会议】"),
    ("文风 == '规范'", "【文风】是“规范”"),
    ("文风 != '规范'", "【文风】不是“规范”"),
    ("not 文风 == '规范'", "【文风】不是“规范”"),
    ("文风 in ('规范', '平实')", "【文风】是“规范”或者“平实”"),
    ("文风 not in ('规范', '平实')", "【文风】不是“规范”，也不是“平实”"),
    ("'培训班' in 会议|默认('')", "【会议】里有“培训班”"),
    ("'培训班' not in 会议", "【会议】里没有“培训班”"),
    ("人数 > 100", "【人数】大于 100"),
    ("人数 >= 100", "【人数】不小于 100"),
    ("not (人数 > 100)", "【人数】不大于 100"),
    ("10 < 人数 <= 20", "【人数】大于 10，并且【人数】不大于 20"),
    ("日期 > '2026-11-30'", "【日期】晚于“2026-11-30”"),
    ("单位|个数 > 3", "【单位】的项数大于 3"),
    ("调研 and 文风 == '规范' and 人数 > 1", "【调研】答“是”，并且【文风】是“规范”，并且【人数】大于 1"),
    ("(调研 or 文风 == '规范') and 会议", "（【调研】答“是”，或者【文风】是“规范”），并且填了【会议】"),
    ("not (调研 or 文风 == '规范')", "【调研】答“否”，并且【文风】不是“规范”"),
    ("not (调研 and 会议)", "【调研】答“否”，或者没有填【会议】"),
])  # fmt: skip
def test_a_condition_is_told_as_one_would_tell_a_colleague(written: str, said: str) -> None:
    assert condition_told(read(written), FIELDS) == said


@pytest.mark.parametrize(("written", "said"), [
    ("【会议】", "【会议】"),
    ("【单位|顿号】", "【单位，用顿号隔开】"),
    ("【单位|一是】", "【单位，编成一是、二是】"),
    ("【单位|个数|几】个", "【单位有几项，写成汉字】个"),
    ("【单位|首项】", "【单位的第一项】"),
    ("【单位[1]】", "【单位的第 2 项】"),
    ("【单位[-1]】", "【单位的最后一项】"),
    ("【日期|月日】", "【日期的月日】"),
    ("【人数|大写】", "【人数，写成汉字】"),
    ("【会议|默认('这次会议')】", "【会议，没有就写“这次会议”】"),
    ("【会议|默认】", "【会议，没有就不写】"),
    ("【'领导' if 调研 else '同志'】", "【调研答“是”就写“领导”，不然写“同志”】"),
    ("【会议 ~ '开幕'】", "【会议开幕】"),
    ("【核实：每周】一次", "每周一次"),
])  # fmt: skip
def test_a_blank_is_told_with_what_becomes_of_it(written: str, said: str) -> None:
    asked = "".join(f"  {name}:\n    ask: ？\n    type: {kind}\n" for name, kind in (("会议", "text"), ("调研", "yes/no"), ("人数", "number"), ("日期", "date"), ("单位", "list")))
    outline = parse(Source("a.yaml", f"title: 甲\nfields:\n{asked}speech:\n- text: {written}\n"))[0]
    assert told(outline, {}).speech[0].below[0].said == said


def test_every_filter_has_words() -> None:
    assert {*FILTERS} - {*FILTERS_TOLD} == {"默认"}


@pytest.mark.parametrize("path", [str(Path(entry.path).absolute()) for entry in (*entries(), *passages())], ids=lambda path: Path(path).stem)
def test_no_word_of_the_language_is_left_in_an_outline_that_is_shown(path: str) -> None:
    found = show_outline(ShowRequest(path))
    outline = found.outline
    said = as_text(found.told)
    own = " ".join([*(text.words for text in texts(outline)), *outline.fields, *(f"{f.ask} {f.choices} {f.default}" for f in outline.fields.values())])
    own += outline.about + outline.genre
    words = set(re.findall("[A-Za-z][A-Za-z-]*", said))
    assert {word for word in words if word not in own} == set()
    assert not re.search(r"==|!=|\||\bnot\b|\bif\b", said)


def test_texts_are_cut_to_a_row_of_the_terminal() -> None:
    entry = entries()[0]
    rows = as_text(show_outline(ShowRequest(entry.path)).told, 80).split("\n")
    texts_cut = [row for row in rows if row.endswith("…")]
    assert texts_cut
    assert max(columns(row) for row in texts_cut) <= 80
