"""Outlines filled together: what the speech says of the meeting, the host's script does not ask for."""

import json
from pathlib import Path

import pytest
from conftest import Run
from word import Word, texts_of

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, NewResult, new
from drafter.commands.opening import Choice
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.outline.follow import varied

SPEECH = """title: 在全【层级】防汛工作会议上的讲话
byline: 【讲话人职务】　【讲话人】
numbering: 一要
fields:
  层级:
    ask: 哪一级？
    choices:
      - 市
      - 县
    default: 市
  讲话人: 谁讲？
  讲话人职务: 什么职务？
  河段: 哪一段？
speech:
  - greeting: 同志们：
  - lead: 讲【条数】点意见。
  - requirements:
      - heading: 盯住堤坝，守牢底线
        text: 【河段】要有人。
      - heading: 备足物资
        text: 沙袋要够。
      - heading: 管好【河段】，盯紧闸口
        text: 日夜值守。
"""
HOST = """title: 在【会议名称】上的主持词
numbering: 第一，
fields:
  会议名称: 什么会？
  会议类型:
    ask: 什么样的会？
    choices:
      - 培训班
      - 工作会议
    default: 培训班
  讲话人: 谁讲？
  讲话要点:
    ask: 讲了什么？
    type: list
  主持人: 谁主持？
speech:
  - opening: 【会议名称】现在开始。
  - situation: 【讲话人】同志讲了【讲话要点|个数|几】个方面：【讲话要点】。
  - text: 请回去传达。
    when: 会议类型 == "工作会议"
  - requirements:
      - heading: 传达
        text: 传达到人。
      - heading: 落实
        text: 落实到岗。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("讲话.yaml").write_text(SPEECH, encoding="utf-8")
    Path("主持.yaml").write_text(HOST, encoding="utf-8")
    return tmp_path


def _both(*sets: str, order: tuple[str, str] = ("讲话.yaml", "主持.yaml"), to: str = "txt", **more: object) -> NewResult:
    return new(NewRequest(order, sets, output="稿/", to=to, force=True, date="2026-05-01", **more))  # type: ignore[arg-type]


def _said(of: str) -> str:
    return Path(f"稿/在全市防汛工作会议上的{of}.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("order", [("讲话.yaml", "主持.yaml"), ("主持.yaml", "讲话.yaml")])
def test_the_host_knows_meeting_and_points_from_the_speech(here: Path, order: tuple[str, str]) -> None:
    done = _both("讲话人=李卫国", "河段=东河", order=order)
    said = _said("主持词")
    assert "全市防汛工作会议现在开始。" in said
    assert "李卫国同志讲了三个方面：盯住堤坝、备足物资和管好东河。" in said
    assert "请回去传达。" in said
    host = next(d for d in done.documents if d.outline == "主持")
    assert [b.name for b in host.blanks] == []
    assert [(t["name"], t["value"], t["outline"], t["out_of"]) for t in host.taken] == [
        ("会议名称", "全市防汛工作会议", "讲话.yaml", "title"),
        ("讲话要点", "盯住堤坝、备足物资和管好东河", "讲话.yaml", "requirements"),
        ("会议类型", "工作会议", "讲话.yaml", "会议名称"),
    ]


@pytest.mark.parametrize("order", [("讲话.yaml", "主持.yaml"), ("主持.yaml", "讲话.yaml")])
def test_picked_requirements_are_the_speech_s_and_the_host_sums_them_up(here: Path, order: tuple[str, str]) -> None:
    _both("讲话人=李卫国", "河段=东河", order=order, choice=Choice(("2", "1")))
    assert "讲两点意见。" in _said("讲话")
    said = _said("主持词")
    assert "讲了两个方面：备足物资和盯住堤坝。" in said
    assert "第二，落实。落实到岗。" in said


def test_what_is_set_by_hand_wins_and_what_a_file_says_of_another_meeting_does_not(here: Path) -> None:
    Path("答.yaml").write_text("讲话要点:\n  - 旧的\n河段: 东河\n讲话人: 李卫国\n", encoding="utf-8")
    done = _both("讲话人=李卫国", answers="答.yaml")
    assert "讲了三个方面：盯住堤坝、备足物资和管好东河。" in _said("主持词")
    assert [(d.code, d.message) for d in done.remarks] == [
        (
            "answer-of-another-meeting",
            "回答里的【讲话要点】是“旧的”，和一起写的 讲话.yaml 不一样，照后者写成“盯住堤坝、备足物资和管好东河”。",
        )
    ]
    done = _both("讲话要点=两个坚持、一个确保", "河段=东河", answers="答.yaml")
    assert "讲了两个方面：两个坚持和一个确保。" in _said("主持词")
    assert done.remarks == ()


def test_a_heading_with_a_blank_left_leaves_the_points_to_be_filled(here: Path) -> None:
    done = _both("讲话人=李卫国")
    host = next(d for d in done.documents if d.outline == "主持")
    assert [b.name for b in host.blanks] == ["讲话要点"]
    assert "【" not in host.title


def test_each_file_is_updated_by_itself_afterwards(here: Path) -> None:
    _both("河段=东河", to="docx")
    path = "稿/在全市防汛工作会议上的主持词.docx"
    update(UpdateRequest(path, Against(sets=("讲话人=李卫国",))))
    said = "\n".join(texts_of(Path(path).read_bytes()))
    assert "李卫国同志讲了三个方面：盯住堤坝、备足物资和管好东河。" in said
    assert "全市防汛工作会议现在开始。" in said


def test_a_program_is_told_where_answers_came_from(here: Path, run: Run) -> None:
    told = run("new", "-O", "主持.yaml", "-O", "讲话.yaml", "--no-input", "--to", "txt", "-o", "稿/", "--json", "-s", "河段=东河")
    first, second = json.loads(told.stdout)["result"]
    assert [t["name"] for t in first["taken"]] == ["会议名称", "讲话要点", "会议类型"]
    assert second["taken"] == []
    said = run("new", "-O", "主持.yaml", "-O", "讲话.yaml", "--no-input", "--to", "txt", "-o", "稿/", "--force", "-s", "河段=东河").stdout
    assert "会议名称、讲话要点、会议类型，照一起写的 讲话.yaml。" in said


def test_alone_the_host_is_asked_for_everything(here: Path) -> None:
    done = new(NewRequest(("主持.yaml",), (), output="稿/", to="txt", date="2026-05-01"))
    assert [b.name for b in done.documents[0].blanks] == ["会议名称", "讲话人", "讲话要点"]


def test_a_choice_with_other_choices_elsewhere_is_each_outline_s_own(here: Path) -> None:
    """结尾 is one question, but a speech and a script end in their own ways."""
    ends = "  结尾:\n    ask: 怎么结尾？\n    choices:\n      - {0}\n      - {1}\n    default: {0}\n"
    for name, text, choices in (("讲话", SPEECH, ("号召", "祝愿")), ("主持", HOST, ("散会", "休会"))):
        more = "".join(f"  - closing: 就这样{c}。\n    when: 结尾 == \"{c}\"\n" for c in choices)
        Path(f"{name}.yaml").write_text(text.replace("fields:\n", "fields:\n" + ends.format(*choices), 1) + more, encoding="utf-8")
    _both("河段=东河")
    assert (_said("讲话").splitlines()[-1], _said("主持词").splitlines()[-1]) == ("　　就这样号召。", "　　就这样散会。")
    _both("河段=东河", "结尾=休会")
    assert (_said("讲话").splitlines()[-1], _said("主持词").splitlines()[-1]) == ("　　就这样号召。", "　　就这样休会。")


def test_a_choice_that_varies_with_the_meeting_follows_from_the_name_the_speech_has(here: Path) -> None:
    """Each outline chooses among its own endings, by the name of the meeting, in either order."""
    ends = "  结尾:\n    ask: 怎么结尾？\n    vary: 会议名称\n    choices:\n      - 甲\n      - 乙\n      - 丙\n      - 丁\n"
    more = "".join(f"  - closing: 就这样{c}。\n    when: 结尾 == \"{c}\"\n" for c in "甲乙丙丁")
    Path("主持.yaml").write_text(HOST.replace("fields:\n", "fields:\n" + ends, 1) + more, encoding="utf-8")
    chosen = []
    for order in (("讲话.yaml", "主持.yaml"), ("主持.yaml", "讲话.yaml")):
        done = _both("河段=东河", order=order)
        host = next(d for d in done.documents if d.outline == "主持")
        chosen.append([(c.name, c.answer, c.by) for c in host.chosen])
    assert chosen[0] == chosen[1] == [("结尾", varied("结尾", ("甲", "乙", "丙", "丁"), "全市防汛工作会议"), "会议名称")]


def test_a_ceremony_and_a_meeting_are_one_question(here: Path) -> None:
    """Each asks by another name; one of them is asked."""
    Path("讲话.yaml").write_text(SPEECH.replace("在全【层级】防汛工作会议上", "在【活动名称】上").replace("fields:\n", "fields:\n  活动名称: 什么活动？\n"), encoding="utf-8")
    for order in (("讲话.yaml", "主持.yaml"), ("主持.yaml", "讲话.yaml")):
        done = _both("河段=东河", "活动名称=东河大桥开工仪式", order=order)
        assert {d.title for d in done.documents} == {"在东河大桥开工仪式上的讲话", "在东河大桥开工仪式上的主持词"}


def test_the_script_follows_the_speech_as_it_was_edited_in_word(here: Path) -> None:
    """A requirement deleted, a heading reworded, another speaker: `--from` brings it all into the script."""
    _both("河段=东河", "讲话人=李卫国", to="docx")
    speech, script = (Path(f"稿/在全市防汛工作会议上的{of}.docx") for of in ("讲话", "主持词"))
    word = Word(speech.read_bytes())
    word.delete(word.at("备足物资"))
    word.replace("盯住堤坝", "看住大堤")
    speech.write_bytes(word.save())
    update(UpdateRequest(str(speech), Against(sets=("讲话人=王志强",))))
    done = update(UpdateRequest(str(script), Against(other=str(speech)), dry_run=True))
    assert not done.written
    update(UpdateRequest(str(script), Against(other=str(speech))))
    said = texts_of(script.read_bytes())
    assert "王志强同志讲了两个方面：看住大堤和管好东河。" in said
    assert update(UpdateRequest(str(script), Against(other=str(speech)))).steps == ()
    update(UpdateRequest(str(script), Against(sets=("讲话人=陈志远",), other=str(speech))))
    assert "陈志远同志讲了两个方面：看住大堤和管好东河。" in texts_of(script.read_bytes())


def test_an_answer_that_serves_one_of_them_raises_no_warning_and_one_that_serves_neither_does_once(here: Path) -> None:
    sets = ("讲话人=李卫国", "河段=东河", "主持人=王红")  # of both, of the speech, of the host
    assert _both(*sets).remarks == ()
    Path("答.yaml").write_text("讲话人: 李卫国\n河段: 东河\n主持人: 王红\n", encoding="utf-8")
    assert _both(answers="答.yaml").remarks == ()
    Path("答.yaml").write_text("讲话人: 李卫国\n河段: 东河\n主特人: 王红\n", encoding="utf-8")
    told = _both(answers="答.yaml").remarks
    assert [(d.place.line if d.place else 0, "主特人" in d.message, "主持人" in d.hint) for d in told] == [(3, True, True)]
    with pytest.raises(Rejected) as caught:
        _both("主特人=王红")
    assert "是不是 主持人？" in str(caught.value)
