"""What an outline marks as to be confirmed: 【核实：words】 and 【核实：words｜note】."""

from pathlib import Path

import pytest

from drafter.commands.new import NewRequest, new
from drafter.outline.blank import ToConfirm, text_of
from drafter.outline.dump import dump, spelt
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.draft import Span

OUTLINE = """\
title: 在全市会议上的讲话
numbering: 一要
fields:
  单位: 哪个单位？
speech:
  - opening: |
      【单位】要在【核实：一周内】拿出方案，【核实：每月｜按通知改】报一次进度。
    note: 单位的全称请核对。
  - requirements:
      - heading: 抓好【核实：三件事】
        text: 第一件是安全。
        note: 三件事按实际改。
      - heading: 抓好落实
        text: 把任务落到人头。
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("spelling", "words", "note"),
    [
        ("【核实：一周内】", "一周内", ""),
        ("【核实：一周内｜按会议通知改】", "一周内", "按会议通知改"),
        ("【核实:一周内|按会议通知改】", "一周内", "按会议通知改"),
        ("【 核实 ： 一周内 ｜ 】", "一周内", ""),
    ],
)
def test_words_to_be_confirmed_stand_in_brackets_with_a_note_or_without(spelling, words, note):
    text = text_of(f"要在{spelling}拿出方案。")
    assert text.pieces == ("要在", ToConfirm(words, note, spelling[1:-1], 2), "拿出方案。")
    assert text.words == f"要在{words}拿出方案。"
    assert text.blanks == ()
    assert spelt(text) == f"要在{spelling}拿出方案。"


def test_a_field_may_be_called_by_what_marks_begin_with():
    outline = parse(Source("a.yaml", "title: 讲话\nfields:\n  核实人: 谁？\nspeech:\n  - text: 【核实人】\n"), lambda *_: None)[0]
    assert [blank.name for blank in outline.speech[0].texts[0].blanks] == ["核实人"]


def test_the_draft_knows_the_words_and_the_note():
    outline = parse(Source("a.yaml", "title: 讲话\nspeech:\n  - text: 要在【核实：一周内｜按通知改】交。\n"), lambda *_: None)[0]
    said = fill(outline, {}).parts[0].paragraphs[0].text
    assert said == (Span("要在"), Span("一周内", confirm="按通知改"), Span("交。"))


def write(kind: str) -> bytes:
    new(NewRequest(outlines=("./会.yaml",), output=f"稿.{kind}", date="2026-11-29"))
    return Path(f"稿.{kind}").read_bytes()


def test_text_has_the_words_alone(here):
    assert write("txt").decode() == (
        "在全市会议上的讲话\n\n"
        "\u3000\u3000【单位】要在一周内拿出方案，每月报一次进度。\n"
        "\u3000\u3000一要抓好三件事。第一件是安全。\n"
        "\u3000\u3000二要抓好落实。把任务落到人头。\n"
    )


def test_markdown_has_the_words_alone(here):
    assert "【单位】要在一周内拿出方案，每月报一次进度。\n\n**一要抓好三件事。**第一件是安全。" in write("md").decode()


def test_a_page_shows_the_words_on_a_ground_with_the_note(here):
    page = write("html").decode()
    assert '<mark class="confirm" title="请核实：一周内">一周内</mark>' in page
    assert '<mark class="confirm" title="请核实：每月。按通知改">每月</mark>' in page


def test_an_outline_keeps_its_marks_when_it_is_written_again():
    outline = parse(Source("a.yaml", OUTLINE), lambda *_: None)[0]
    made = outline._replace(source=Source("", ""), sources=())
    again = parse(Source("b.yaml", dump(made)), lambda *_: None)[0]
    assert [text.marks[0].words for part in again.speech[:1] for text in part.texts] == ["一周内"]
    assert fill(again, {}) == fill(outline, {})
