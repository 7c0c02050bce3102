"""Choices nobody needs to make: 讲话人身份 follows from the post, a field that varies from another answer."""

import json
from datetime import date
from pathlib import Path

import pytest
from test_ask import ENTER, talk

from drafter.commands.new import NewRequest, new
from drafter.commands.outlines import ShowRequest, show_outline
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import Against, UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.outline.answers import Settled, defaults, examples
from drafter.outline.dump import dump
from drafter.outline.field import Field
from drafter.outline.follow import in_asking_order, varied
from drafter.outline.lint import lint
from drafter.outline.parse import parse
from drafter.outline.yaml import Source

OUTLINE = """\
title: 在【会议名称】上的讲话
byline: 【讲话人职务】
fields:
  讲话人身份:
    ask: 以什么身份讲？
    choices:
      - 党委主要负责同志
      - 政府主要负责同志
      - 分管负责同志
  开头:
    ask: 怎样开头？
    choices:
      - 点题
      - 依据
      - 数据
    vary: 会议名称
  会议名称:
    ask: 什么会？
    example: 全市安全生产工作会议
  讲话人职务:
    ask: 什么职务？
    example: 市委副书记、市长
speech:
  - opening: 这次会议的任务是安排工作。
    when: 开头 == "点题"
  - opening: 文件已经印发。
    when: 开头 == "依据"
  - opening: 先看一组数据。
    when: 开头 == "数据"
  - text: 我是第一责任人。
    when: 讲话人身份 == "党委主要负责同志"
  - text: 市政府负主要责任。
    when: 讲话人身份 == "政府主要负责同志"
  - text: 我把分管的工作做好。
    when: 讲话人身份 == "分管负责同志"
"""

TODAY = date(2026, 11, 29)


def fields() -> dict[str, Field]:
    return parse(Source("a.yaml", OUTLINE))[0].fields


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text_of(*sets: str, answers: str = "") -> str:
    done = new(NewRequest(("会",), sets=sets, answers=answers, output="-", to="txt"))
    return done.documents[0].data.decode("utf-8-sig")


@pytest.mark.parametrize(("post", "said"), [
    ("市委书记", "我是第一责任人。"),
    ("市委副书记、市长", "市政府负主要责任。"),
    ("副市长", "我把分管的工作做好。"),
    ("市委常委、市纪委书记、市监委主任", "我把分管的工作做好。"),  # no choice of his own: what says no more than he may
    ("市水务局党组书记、局长", "我把分管的工作做好。"),
])
def test_the_capacity_follows_from_the_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, post: str, said: str) -> None:
    folder(tmp_path, monkeypatch)
    assert text_of(f"讲话人职务={post}").split()[-1] == said
    assert text_of(f"讲话人职务={post}", "讲话人身份=党委主要负责同志").split()[-1] == "我是第一责任人。"  # who says it is right


def test_without_a_post_the_first_choice_is_taken() -> None:
    assert defaults(fields(), Settled({}, frozenset(), ()), TODAY) == {"讲话人身份": "党委主要负责同志", "开头": "点题"}
    assert defaults(fields(), Settled({}, frozenset({"讲话人身份", "开头"}), ()), TODAY) == {}  # left blank on purpose
    assert examples(fields(), TODAY)["讲话人身份"] == "政府主要负责同志"


def test_a_file_of_answers_gives_way_to_the_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, monkeypatch)
    (tmp_path / "a.yaml").write_text("讲话人身份: 党委主要负责同志\n讲话人职务: 市长\n", encoding="utf-8")
    done = new(NewRequest(("会",), answers="a.yaml", output="-", to="txt"))
    assert done.documents[0].data.decode("utf-8-sig").split()[-1] == "市政府负主要责任。"
    assert [r.message for r in done.remarks] == ["回答里的讲话人身份是“党委主要负责同志”，和讲话人职务“市长”对不上；照职务算作“政府主要负责同志”。"]
    (tmp_path / "a.yaml").write_text("讲话人身份: 政府主要负责同志\n讲话人职务: 主持工作的同志\n", encoding="utf-8")
    assert text_of(answers="a.yaml").split()[-1] == "市政府负主要责任。"  # a post that says nothing denies nothing


#: The choices made for these names by every release.
MADE = {
    "全市安全生产工作会议": "数据",
    "全市农村工作会议": "点题",
    "全县信访工作会议": "点题",
    "清河区安全生产工作会议": "点题",
    "全市党政办公室主任培训班": "依据",
}


def test_the_same_meeting_has_the_same_choice_on_every_machine() -> None:
    choices = ("点题", "依据", "数据")
    assert {name: varied("开头", choices, name) for name in MADE} == MADE
    assert {name: varied("开头", choices[::-1], name) for name in MADE} == MADE  # whatever their order
    more = {name: varied("开头", (*choices, "问题"), name) for name in MADE}
    assert all(choice in (MADE[name], "问题") for name, choice in more.items())  # one that is added moves no other
    spread = [varied("开头", choices, f"全市第{n}次会议") for n in range(300)]
    assert all(80 < spread.count(choice) < 120 for choice in choices)


def test_what_was_chosen_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, monkeypatch)
    done = new(NewRequest(("会",), sets=("会议名称=全市安全生产工作会议", "讲话人职务=市长"), output="a.docx"))
    told = json.loads(json.dumps(done.json()))
    assert told["chosen"] == [
        {"name": "讲话人身份", "answer": "政府主要负责同志", "by": "讲话人职务"},
        {"name": "开头", "answer": "数据", "by": "会议名称"},
    ]
    assert {f.name: f.by for f in status(StatusRequest("a.docx")).fields if f.by} == {"讲话人身份": "讲话人职务", "开头": "会议名称"}
    shown = {f["name"]: (f["follows"], f["default"]) for f in show_outline(ShowRequest("会")).json()["fields"]}
    assert shown["开头"] == ("会议名称", "数据")
    assert shown["讲话人身份"] == ("讲话人职务", "政府主要负责同志")


def test_another_speaker_changes_what_he_says_another_name_keeps_the_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path, monkeypatch)
    new(NewRequest(("会",), sets=("会议名称=全市安全生产工作会议", "讲话人职务=市委书记"), output="a.docx"))
    done = update(UpdateRequest("a.docx", Against(sets=("讲话人职务=副市长", "会议名称=全市农村工作会议"))))
    assert done.written
    found = {f.name: f.now for f in status(StatusRequest("a.docx")).fields}
    assert (found["讲话人身份"], found["开头"]) == ("分管负责同志", "数据")
    update(UpdateRequest("a.docx", Against(sets=("开头=依据", "讲话人身份=政府主要负责同志"))))
    update(UpdateRequest("a.docx", Against(sets=("讲话人职务=市委书记",))))
    found = {f.name: f.now for f in status(StatusRequest("a.docx")).fields}
    assert (found["讲话人身份"], found["开头"]) == ("政府主要负责同志", "依据")  # both were said by hand


def test_it_is_asked_behind_what_it_follows_from_and_enter_takes_it() -> None:
    assert [f.name for f in in_asking_order(list(fields().values()))] == ["会议名称", "开头", "讲话人职务", "讲话人身份"]
    answers, screen = talk("全市安全生产工作会议" + ENTER + ENTER + "副市长" + ENTER + ENTER + ENTER, *fields().values())
    assert answers == {"会议名称": "全市安全生产工作会议", "开头": "数据", "讲话人职务": "副市长", "讲话人身份": "分管负责同志"}
    assert "按【讲话人职务】定的是“分管负责同志”，回车就用它。" in screen


@pytest.mark.parametrize(("old", "new", "told"), [
    ("    vary: 会议名称", "    vary: 会议", "【开头】的 vary 里有不认识的名称“会议”。"),
    ("    vary: 会议名称", "    vary: 开头", "【开头】不能照它自己的回答定。"),
    ("    example: 全市安全生产工作会议", "    vary: 讲话人职务", "vary 只用于有 choices 的空。"),
])
def test_what_a_field_varies_with_is_another_field(old: str, new: str, told: str) -> None:
    with pytest.raises(Rejected) as caught:
        parse(Source("a.yaml", OUTLINE.replace(old, new)))
    assert [d.message for d in caught.value.diagnostics] == [told]


def test_vary_is_written_as_it_was_read() -> None:
    outline = parse(Source("a.yaml", OUTLINE))[0]
    assert dump(outline) == OUTLINE
    assert "    vary: 讲话人职务\n" in dump(outline._replace(fields=outline.fields | {"开头": outline.fields["开头"]._replace(vary="讲话人职务")}))


@pytest.mark.parametrize(("old", "new", "told"), [
    ('when: 开头 == "数据"', 'when: 开头 == "数字"', "“数字”不在【开头】的 choices 里，这个条件永远不成立。"),
    ('when: 讲话人身份 == "分管负责同志"', 'when: 讲话人身份 in ("分管负责同志", "市长")', "“市长”不在【讲话人身份】的 choices 里，这个条件永远不成立。"),
    ("text: 我是第一责任人。", 'text: 【"我" if 开头 == "依剧" else ""】是第一责任人。', "“依剧”不在【开头】的 choices 里，这个条件永远不成立。"),
    ("      - 分管负责同志\n", "      - 分管负责同志\n      - 分管领导\n", "讲话人身份没有“分管领导”这一种，不能照职务定。"),
])
def test_a_condition_that_is_never_true_is_told(old: str, new: str, told: str) -> None:
    assert lint(parse(Source("a.yaml", OUTLINE))[0], TODAY) == ()
    found = lint(parse(Source("a.yaml", OUTLINE.replace(old, new)))[0], TODAY)
    assert [d.message for d in found] == [told]
