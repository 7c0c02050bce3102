"""What is offered to be written: families, what answers words, first pages as pictures."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from drafter.commands.choosing import FAMILIES, OTHER, OWN, ChooseRequest, choose, look_at, picture, to_begin
from drafter.diagnostic import Rejected

OUR_OWN = """\
title: 在全县桑蚕产业会上的讲话
genre: 桑蚕会讲话
about: 分管负责同志在桑蚕产业会上的讲话
fields:
  地点:
    ask: 在哪里开？
    example: 河口镇 <一> & "二"
speech:
  - greeting: 同志们：
  - text: 今天在【地点】开会。
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an office that has one outline of its own, and one that is broken."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "桑蚕.yaml").write_text(OUR_OWN, encoding="utf-8")
    (tmp_path / "outlines" / "坏的.yaml").write_text("title：没有冒号\n", encoding="utf-8")
    return tmp_path


def _names(typed: str) -> list[str]:
    return [one.name for family in choose(ChooseRequest(typed)).families for one in family.outlines]


def test_the_offices_own_come_first_and_every_shipped_outline_has_a_family():
    families = choose(ChooseRequest()).families
    assert [(one.name, one.called, bool(one.problem)) for one in families[0].outlines] == [("坏的", "坏的", True), ("桑蚕", "桑蚕会讲话", False)]
    assert [family.name for family in families] == [OWN, *(name for name in FAMILIES if name != OTHER)]
    assert sum(len(family.outlines) for family in families) == 100


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("明天局长在防汛会上讲话", "flood"),
        ("fangxun", "flood"),
        ("lgb", "veterans"),
        ("防讯", "flood"),  # a slip of the input method
        ("桑蚕", "桑蚕"),
    ],
)
def test_what_answers_comes_first_however_it_is_said(typed, first):
    assert _names(typed)[0] == first
    assert choose(ChooseRequest(typed)).said == ""


def test_a_letter_by_itself_is_looked_for_as_it_stands():
    assert {"flood", "forest-fire", "fire-safety"} <= set(_names("防"))


@pytest.mark.parametrize(
    ("typed", "said", "shown"),
    [("采购合同", "没有合适“采购合同”的，下面是全部。", 100), ("工会经费请示", "没有合适“工会经费请示”的，最近的是：", 3)],
)
def test_where_nothing_fits_it_is_said(typed, said, shown):
    found = choose(ChooseRequest(typed))
    assert (found.said, found.shown) == (said, shown)


def test_the_words_it_was_found_by_are_told_where_nobody_typed_them():
    assert choose(ChooseRequest("lgb")).families[0].outlines[0].why == ("老干部",)
    assert choose(ChooseRequest("防汛")).families[0].outlines[0].why == ()


def test_what_is_ticked_stays_ticked_whatever_is_shown():
    found = choose(ChooseRequest("主持词", ("flood", "hosting", "没有这个", "坏的")))
    assert [one.name for one in found.ticked] == ["flood", "hosting"]
    assert [one.name for family in found.families for one in family.outlines if one.ticked] == ["hosting"]


def test_a_paper_is_looked_at_before_it_is_taken():
    found = look_at("safety")
    assert found is not None
    assert (found.offered.called, found.title) == ("安全生产会议讲话", "在全市安全生产工作会议上的讲话")
    assert [one.name for one in found.beside] == ["hosting", "hosting-agenda", "hosting-plenary", "hosting-remarks"]
    assert found.headings[0] == "提高政治站位，切实增强做好安全生产工作的责任感紧迫感"
    assert {question.name: question.choices for question in found.questions}["文风"] == ("规范", "平实")
    assert look_at("坏的") is look_at("../safety") is None


def test_the_first_page_is_a_picture_that_loads_and_runs_nothing():
    svg = picture("桑蚕")
    assert svg is not None
    tree = ElementTree.fromstring(svg)
    words = "".join(tree.itertext())
    assert '今天在河口镇 <一> & "二"开会。' in words
    assert (tree.get("width"), tree.get("height")) == ("793.7", "1122.5")
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} <= {"svg", "style", "foreignObject", "div", "p", "h1", "span", "br", "b"}
    assert not re.search(r"href|url\(|@import|src=", svg)
    assert picture("没有这个") is picture("坏的") is None


def test_a_picture_has_no_more_than_a_page():
    long, short = picture("government-report"), picture("pledge-short")
    assert long
    assert short
    assert len(long) < 2 * len(short) < 40_000


def test_every_outline_has_a_picture():
    for family in choose(ChooseRequest()).families:
        for one in family.outlines:
            assert one.problem or ElementTree.fromstring(picture(one.name) or "") is not None


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "还没有选哪一篇。"),
        (("没有这个", "坏的"), "还没有选哪一篇。"),
        (("flood", "hosting", "safety", "petition", "letter", "thanks", "welcome"), "一次最多一起写 6 篇，这里选了 7 篇。"),
    ],
)
def test_what_cannot_be_begun_is_said(names, said):
    with pytest.raises(Rejected) as refused:
        to_begin(names)
    assert [problem.message for problem in refused.value.diagnostics] == [said]


def test_papers_that_mean_different_things_by_one_name_are_not_begun_together(folder):
    other = OUR_OWN.replace("ask: 在哪里开？", "ask: 在哪几处？\n    type: list")
    (folder / "outlines" / "另一种.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        to_begin(("桑蚕", "另一种"))
    assert [problem.code for problem in refused.value.diagnostics] == ["field-of-two-types"]
    assert to_begin(("flood", "hosting", "flood")) == ("flood", "hosting")
