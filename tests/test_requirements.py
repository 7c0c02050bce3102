"""The requirements of a draft, looked at and changed step by step."""

from pathlib import Path

import pytest

from drafter.commands.opening import Choice, choice_meant, open_outline, picked
from drafter.commands.requirements import RequirementStep, requirements, stepped, stock
from drafter.diagnostic import Rejected
from drafter.outline.fill import headings

OUTLINE = """\
title: 在桑蚕会上的讲话
genre: 桑蚕会讲话
fields:
  文风:
    ask: 哪种写法？
    choices:
      - 规范
      - 平实
    default: 规范
  调研:
    ask: 调研过吗？
    type: yes/no
  地点:
    ask: 在哪里？
speech:
  - greeting: 同志们：
  - requirements:
        - heading: 抓好育苗
          text: 在【地点】抓好育苗。
          keep: yes
        - heading: 抓好养蚕
          text: 养蚕的事。
        - heading: 抓好销路
          text: 卖茧的事。
          when: 调研
    when: 文风 == "规范"
  - requirements:
        - heading: 先说桑
          text: 说桑。
        - heading: 再说蚕
          text: 说蚕。
          keep: yes
        - heading: 后说丝
          text: 说丝。
        - heading: 末说绸
          text: 说绸。
    when: 文风 == "平实"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an outline of two styles, and a passage of the office's own for one kind of speech."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outlines" / "passages").mkdir(parents=True)
    (tmp_path / "outlines" / "桑蚕.yaml").write_text(OUTLINE, encoding="utf-8")
    passage = """\
genre: 产业
about: 产业的一段
fields:
  品牌:
    ask: 什么品牌？
passage:
  headings:
    - 擦亮品牌
    - 品牌越擦越光亮
    - 在擦亮品牌上用心
  text: 擦亮【品牌】，久久为功。
  short: 擦亮【品牌】。
  genres:
    - 党课
  levels:
    - 县
"""
    (tmp_path / "outlines" / "passages" / "品 牌.yaml").write_text(passage, encoding="utf-8")
    return tmp_path


def _after(steps, values):
    outline, choice = open_outline("桑蚕").outline, Choice()
    for step in steps:
        choice = stepped(outline, choice, values, step)
    return outline, choice


FORMAL, PLAIN = {"文风": "规范"}, {"文风": "平实"}
UP, DOWN, DROP, TAKE = (lambda name, verb=verb: RequirementStep(verb, name) for verb in ("up", "down", "drop", "take"))


@pytest.mark.parametrize(
    ("steps", "taken", "left"),
    [
        ([], "1 2 3", ""),
        ([DOWN("1")], "2 1 3", ""),
        ([UP("1"), DOWN("3")], "1 2 3", ""),  # there is nowhere to go
        ([DROP("2")], "1 3", "2"),
        ([DROP("1")], "2 3", "1"),  # what the meeting is about goes where one says so
        ([DROP("2"), TAKE("2")], "1 3 2", ""),
        ([TAKE("忠诚"), UP("忠诚"), UP("忠诚")], "1 忠诚 2 3", ""),
        ([RequirementStep("swap", "2", "品 牌")], "1 品 牌 3", "2"),
        ([RequirementStep("order", names=("3", "1", "2"))], "3 1 2", ""),
        ([RequirementStep("order", names=("3", "1"))], "1 2 3", ""),  # of a list that is not this one
        ([TAKE("没有这段"), DROP("9"), RequirementStep("swap", "2", "没有这段")], "1 2 3", ""),
        ([TAKE("忠诚"), DROP("1"), RequirementStep("reset")], "1 2 3", ""),
    ],
)
def test_a_step_does_what_it_says_and_nothing_where_it_cannot(steps, taken, left):
    outline, choice = _after(steps, FORMAL)
    shown = requirements(outline, choice, FORMAL)
    assert shown is not None
    assert (" ".join(row.name for row in shown.taken), " ".join(row.name for row in shown.left)) == (taken, left)


def test_the_speech_is_what_the_page_has_shown():
    outline, choice = _after([TAKE("忠诚"), UP("忠诚"), DROP("1")], FORMAL | {"调研": True})
    shown = requirements(outline, choice, FORMAL)
    assert shown is not None
    now = picked(outline, choice_meant(outline, choice))
    assert [row.heading for row in shown.taken] == ["抓好养蚕", "铸牢忠诚，站稳立场", "抓好销路"]
    assert headings(now, FORMAL | {"调研": True}) == ("抓好养蚕", "铸牢忠诚", "抓好销路")  # in short


def test_what_is_done_in_one_style_holds_in_the_other_and_drops_nothing_there():
    outline, choice = _after([DOWN("1"), TAKE("忠诚")], FORMAL)
    shown = requirements(outline, choice, PLAIN)
    assert shown is not None
    assert [row.name for row in shown.taken] == ["2", "1", "3", "忠诚", "4"]
    outline, choice = _after([DROP("4"), UP("3")], PLAIN)
    assert [row.name for row in requirements(outline, choice, FORMAL).taken] == ["1", "3", "2"]


def test_back_in_its_own_order_it_is_the_outlines_own():
    assert _after([DOWN("1"), UP("1")], FORMAL)[1] == Choice()
    assert _after([TAKE("忠诚"), RequirementStep("form", "七字", "brief"), DROP("忠诚")], FORMAL)[1] == Choice()


def test_a_row_has_the_words_as_they_will_stand():
    shown = requirements(open_outline("桑蚕").outline, Choice(), FORMAL | {"地点": "河口镇", "调研": False})
    assert shown is not None
    assert [(row.text, row.subject, row.only, row.printed) for row in shown.taken] == [
        ("在河口镇抓好育苗。", True, "", True),
        ("养蚕的事。", False, "", True),
        ("卖茧的事。", False, "【调研】答“是”", False),
    ]
    assert shown.length == 12 + 8  # with the headings; what is not printed is not counted


def test_a_passage_for_other_speeches_says_so_before_it_is_taken_and_after():
    outline = open_outline("桑蚕").outline
    told = "这一段是给别的文种（党课）写的，用在这里请通读一遍。"
    found = {one.row.name: one for theme in stock(outline, Choice(), FORMAL).themes for one in theme.passages}
    assert (found["品 牌"].row.unlike, found["忠诚"].row.unlike) == (told, "")
    _, choice = _after([TAKE("品 牌")], FORMAL)
    assert requirements(outline, choice, FORMAL).taken[-1].unlike == told
    assert [one.taken for theme in stock(outline, choice, FORMAL, "品牌").themes for one in theme.passages if one.row.name == "品 牌"] == [True]


@pytest.mark.parametrize(
    ("typed", "said", "count"),
    [("抓安全", "", 6), ("采购合同", "没有合适“采购合同”的段落，最近的是：", 1), ("qqq", "没有合适“qqq”的段落，下面是全部。", 62)],
)
def test_passages_are_found_by_what_is_to_be_said(typed, said, count):
    found = stock(open_outline("桑蚕").outline, Choice(), FORMAL, typed)
    assert (found.said, sum(len(theme.passages) for theme in found.themes)) == (said, count)


def test_headings_have_a_form_each_with_a_sample_and_texts_two_lengths():
    outline, choice = _after([TAKE("品 牌"), RequirementStep("form", "在上", "brief")], FORMAL)
    shown = requirements(outline, choice, FORMAL)
    assert shown is not None
    assert [(form.value, form.sample, form.chosen) for form in shown.forms] == [
        ("", "擦亮品牌", False),
        ("四四", "", False),
        ("七字", "品牌越擦越光亮", False),
        ("在上", "在擦亮品牌上用心", True),
    ]
    assert (shown.taken[-1].heading, shown.taken[-1].text, shown.brief) == ("在擦亮品牌上用心", "擦亮【品牌】。", True)


def test_the_last_requirement_is_not_dropped():
    with pytest.raises(Rejected) as refused:
        _after([DROP("1"), DROP("2"), DROP("3")], FORMAL)
    assert [problem.message for problem in refused.value.diagnostics] == ["至少要留一条要求。"]


def test_a_passage_that_is_gone_is_told_and_the_outlines_own_are_shown(folder):
    outline, choice = _after([TAKE("品 牌")], FORMAL)
    (folder / "outlines" / "passages" / "品 牌.yaml").unlink()
    shown = requirements(outline, choice, FORMAL)
    assert shown is not None
    assert ([row.name for row in shown.taken], shown.lost) == (["1", "2", "3"], ("品 牌",))
    assert stepped(outline, choice, FORMAL, DOWN("1")).names == ("2", "1", "3", "4")


def test_a_paper_without_requirements_has_none_to_choose():
    outline = open_outline("welcome").outline
    assert requirements(outline, Choice(), {}) is None
    assert stock(outline, Choice(), {}).themes == ()
    with pytest.raises(Rejected):
        stepped(outline, Choice(), {}, TAKE("忠诚"))
