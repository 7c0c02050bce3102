"""`status` announces what `update` then does, no more and no less."""

from random import Random

import pytest
from edits import Hand
from test_update import ANSWERS, OUTLINE, edit, made

from drafter.cli.show_drafts import status_text
from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update


def agree(path) -> None:
    """What is announced, what a dry run says, and what is done."""
    told = status(StatusRequest(str(path)))
    dry = update(UpdateRequest(str(path), Against(), dry_run=True))
    assert told.steps == dry.steps
    done = update(UpdateRequest(str(path), Against()))
    assert (told.steps, told.writes) == (done.steps, done.written)
    after = status(StatusRequest(str(path)))
    assert (after.steps, after.writes) == ((), False)
    assert (after.outline_state, after.template_state) in (("same", "same"), ("missing", "same"))


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made(tmp_path)
    return tmp_path / "稿.docx"


@pytest.mark.parametrize(
    "outline",
    [
        OUTLINE,
        "# 说明\n" + OUTLINE,
        OUTLINE.replace("认清形势", "认清大势"),
        OUTLINE.replace("title:", "about: 试一试\ntitle:"),
        OUTLINE.replace("    default: 市\n", ""),
        None,
    ],
)
@pytest.mark.parametrize("hand", [(), ("认清形势→看清形势",), ("各单位→各部门", "再接再厉→再立新功")])
def test_a_changed_outline(draft, outline, hand):
    draft.write_bytes(edit(draft, *hand).save())
    if outline is None:
        (draft.parent / "会.yaml").unlink()
    else:
        (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
    agree(draft)


def test_a_file_the_outline_includes_is_a_part_of_it(tmp_path, monkeypatch):
    """Else its change would be announced for ever, and never done."""
    monkeypatch.chdir(tmp_path)
    shelf = tmp_path / "outlines"
    shelf.mkdir()
    (shelf / "底.yaml").write_text("about: 底\n" + OUTLINE, encoding="utf-8")
    (shelf / "会.yaml").write_text("extends: 底\ntitle: 在全市【会议】上的讲话\n", encoding="utf-8")
    new(NewRequest(("会",), ANSWERS, output="稿.docx", date="2026-11-22"))
    (shelf / "底.yaml").write_text("about: 底稿\n" + OUTLINE, encoding="utf-8")
    told = status(StatusRequest("稿.docx"))
    assert (told.outline_state, told.steps, told.writes) == ("changed", (), True)
    assert status_text(told).endswith("drafter update 只更新记录，文字不变。")
    agree("稿.docx")


def test_an_answer_typed_in_word(draft):
    word = edit(draft)
    word.fill("人数|大写", "三百")
    word.fill("日期", "2026年12月3日")
    draft.write_bytes(word.save())
    told = status(StatusRequest(str(draft)))
    assert f"drafter update 会改 {len(told.steps)} 处" in status_text(told)
    agree(draft)


def test_what_update_refuses_is_told(draft):
    outline = OUTLINE.replace("    ask: 多少人参加？\n    type: number\n", "    ask: 多少人参加？\n    type: date\n")
    (draft.parent / "会.yaml").write_text(outline, encoding="utf-8")
    told = status(StatusRequest(str(draft)))
    assert [remark.message for remark in told.remarks if "做不了" in remark.message]


@pytest.mark.parametrize("seed", range(40))
def test_law_after_any_edits(draft, seed):
    hand = Hand(draft.read_bytes(), Random(seed))
    hand.scribble(4)
    draft.write_bytes(hand.save())
    if seed % 2:
        (draft.parent / "会.yaml").write_text(OUTLINE.replace("认清形势", "认清大势"), encoding="utf-8")
    agree(draft)
