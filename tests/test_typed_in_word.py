"""Figures and days typed into Word's controls: read as meant, and no unit left there twice."""

from pathlib import Path

import pytest
from word import Word, texts_of

from drafter.commands.new import NewRequest, new
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update

OUTLINE = """\
title: 在造林会议上的讲话
fields:
  截止日期:
    ask: 哪一天前报？
    type: date
    default: 2026-12-08
  人数:
    ask: 多少人？
    type: number
    default: 100
  增长:
    ask: 增长百分之几？
    type: number
    default: 5
speech:
  - opening: 到会【人数】人，增长【增长】%，材料【截止日期】前报。
"""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(NewRequest((str(tmp_path / "会.yaml"),), output="稿.docx", date="2026-11-29"))
    return tmp_path / "稿.docx"


def fill(draft: Path, **typed: str) -> None:
    word = Word(draft.read_bytes())
    for name, text in typed.items():
        word.fill(name, text)
    draft.write_bytes(word.save())


def test_a_unit_typed_with_its_figure_is_not_left_there_twice(draft):
    fill(draft, 人数="120余人", 增长="百分之十二")
    done = update(UpdateRequest(str(draft)))
    assert done.overruled == (("人数", "120余人", "120余"), ("增长", "百分之十二", "12"))
    assert texts_of(draft.read_bytes())[2:] == ["到会120余人，增长12%，材料2026年12月8日前报。"]
    assert not update(UpdateRequest(str(draft))).written


def test_where_the_unit_behind_was_taken_away_what_was_typed_stays(draft):
    fill(draft, 人数="120余人")
    word = Word(draft.read_bytes())
    word.replace("人，增长", "，增长")
    draft.write_bytes(word.save())
    assert update(UpdateRequest(str(draft))).overruled == ()
    assert "到会120余人，增长5%" in texts_of(draft.read_bytes())[2]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("4月31日", "：4月只有30天，没有31日。写成 4月30日 或 5月1日。"),
        ("2019年2月30日", "：2019年2月只有28天，没有30日。写成 2019年2月28日 或 2019年3月1日。"),
        ("2019年12月11日（星期四）", "：2019年12月11日是星期三，不是星期四。写成 2019年12月11日 或 2019年12月12日。"),
        ("2026年12月9日上午", "是2026年12月9日（星期三）；稿子里只写几月几日，写成 2026年12月9日。"),
        ("看情况", "不是日期。写成 2026年11月22日。"),
    ],
)
def test_what_will_not_do_as_a_day_says_why_in_its_own_words(draft, typed, told):
    fill(draft, 截止日期=typed)
    [remark] = [remark for remark in status(StatusRequest(str(draft))).remarks if remark.code == "answer-filled-unfit"]
    assert remark.message == f"【截止日期】填的是“{typed}”（1 处）：“{typed}”{told}"
    assert remark.hint == "在 Word 里改；或者 drafter update 的时候写 --set 截止日期=回答"
