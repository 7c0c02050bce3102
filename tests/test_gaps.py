"""A blank nobody has answered stands in a speech as a person leaves a gap, and is one in Word: filled, it changes everywhere."""

from datetime import datetime
from pathlib import Path

import pytest
from word import Word, texts_of

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.update import UpdateRequest, update
from drafter.outline.expression import read
from drafter.outline.gaps import gap
from drafter.word.document import DocxFile
from drafter.word.text import every_paragraph
from drafter.word.text import read as paragraph_of


@pytest.mark.parametrize(
    ("blank", "left"),
    [
        ("愿景", "愿景"),
        # how many
        ("人数|几", "几"),
        ("任务|个数|几", "几"),
        ("任务|个数", "几"),
        ("任务|个数|大写", "几"),
        ("条数|数字", "条数"),
        ("金额|大写", "金额"),
        # of a date, a part
        ("日期|月日", "日期"),
        ("日期|年", "哪年"),
        ("日期|汉字年", "哪年"),
        ("日期|年月", "哪年哪月"),
        # a list, however it is said
        ("任务|顿号", "任务"),
        ("任务|分号", "任务"),
        ("任务|逗号", "任务"),
        ("任务|一是", "任务"),
        ("任务|并列", "任务"),
        ("任务|首项", "任务"),
        ("任务[0]", "任务"),
        # words put together, and words to choose from
        ('层级 ~ "委"', "层级委"),
        ('"他" if 性别 == "男" else "她"', "他/她"),
        ('"代表" if 类型 == "人大" else "委员" if 类型 == "政协" else "会员"', "代表/委员/会员"),
        ('"带头" if 主官 else ""', "带头/不写"),
        ('"我作为主要负责同志，带头抓好整改。" if 身份 == "主要" else "各级领导干部要带头抓好整改。"', "按身份选一句"),
        ('"我作为主要负责同志，带头抓好整改。" if 身份 == "主要" and 党组 else ""', "按身份、党组选一句，或不写"),
    ],
)
def test_a_gap_is_left_as_a_person_leaves_it(blank: str, left: str) -> None:
    assert gap(read(blank)) == left


def test_what_is_written_for_each_of_a_list_asks_for_the_list() -> None:
    assert gap(read("事项"), {"事项": "重点任务"}.__getitem__) == "重点任务"


OUTLINE = """\
title: 在【会议】上的讲话
numbering: 一、
fields:
  会议: 什么会？
  日期:
    ask: 哪天报？
    type: date
  任务:
    ask: 哪些任务？
    type: list
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】。【日期|月日】以前，要完成【任务|个数|几】项任务：【任务|顿号】。【日期|年】是关键。
  - requirements:
      - heading: 抓好【事项】
        each: 任务 as 事项
        text: 把【事项】抓实。
      - text: 要快。
  - closing: 就讲【条数】点。
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    return tmp_path


def made(name: str = "稿.docx", *sets: str, plain: bool | None = None) -> list[str]:
    new(NewRequest(("./会.yaml",), sets, output=name, date="2026-11-22", plain=plain))
    return texts_of(Path(name).read_bytes()) if name.endswith(".docx") else Path(name).read_text(encoding="utf-8").splitlines()


def test_no_code_stands_in_a_speech() -> None:
    assert [row.strip("　") for row in made("稿.txt") if row] == [
        "在【会议】上的讲话",
        "同志们：",
        "今天召开【会议】。【日期】以前，要完成【几】项任务：【任务】。【哪年】是关键。",
        "一、抓好【任务】",
        "把【任务】抓实。",
        "二、要快。",
        "就讲两点。",
    ]


def test_the_question_stands_beside_a_gap_that_the_answer_fills_as_it_is() -> None:
    row = next(row for row in made() if row.startswith("今天"))
    assert row == "今天召开【会议】（什么会？）。【日期】（哪天报？）以前，要完成【几】项任务：【任务】（哪些任务？）。【哪年】是关键。"


@pytest.mark.parametrize("plain", [None, True])
def test_a_gap_is_filled_with_its_filter(plain: bool | None) -> None:
    made(plain=plain)
    update(UpdateRequest("稿.docx", Against(sets=("日期=2026年12月3日", "任务=甲事、乙事"))))
    rows = texts_of(Path("稿.docx").read_bytes())
    assert next(row for row in rows if row.startswith("今天")).endswith(
        "12月3日以前，要完成两项任务：甲事、乙事。2026年是关键。"
    )
    assert "一、抓好甲事" in rows
    assert "就讲三点。" in rows


def test_what_is_typed_into_a_gap_stays_until_the_answer_is_given_and_then_a_comment_tells() -> None:
    made()
    word = Word(Path("稿.docx").read_bytes())
    word.fill("任务|个数|几", "三")
    Path("稿.docx").write_bytes(word.save())
    update(UpdateRequest("稿.docx", Against(sets=("会议=大会",))))
    assert "要完成三项任务" in "".join(texts_of(Path("稿.docx").read_bytes()))
    update(UpdateRequest("稿.docx", Against(sets=("任务=甲事、乙事",))))
    assert "要完成两项任务：甲事、乙事。" in "".join(texts_of(Path("稿.docx").read_bytes()))
    file = DocxFile(Path("稿.docx").read_bytes(), "稿.docx")
    assert "“三”" in "".join(file.tree(file.target(file.main, "comments")).itertext())


def test_a_draft_whose_gaps_were_printed_as_code_is_known() -> None:
    made()
    file = DocxFile(Path("稿.docx").read_bytes(), "稿.docx")
    for element, _ in every_paragraph(file.body):
        paragraph = paragraph_of(element)
        for piece in paragraph.pieces:
            if piece.control is not None and paragraph.controls[piece.control].prompt:
                tag = paragraph.controls[piece.control].tag
                piece.leaf.text = f"【{tag}】" if "|" in tag else piece.text
    file.touch(file.main)
    Path("稿.docx").write_bytes(file.data(datetime(2026, 11, 22)))
    assert "【任务|个数|几】" in "".join(texts_of(Path("稿.docx").read_bytes()))
    update(UpdateRequest("稿.docx", Against(sets=("日期=2026年12月3日", "任务=甲事、乙事"))))
    assert "12月3日以前，要完成两项任务：甲事、乙事。2026年是关键。" in "".join(texts_of(Path("稿.docx").read_bytes()))
