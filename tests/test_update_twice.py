"""What an update has done it does not announce again, whatever was emptied, lengthened or shortened."""

import re

import pytest
from test_update import OUTLINE, edit, made
from word import texts_of

from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update

#: A list that stands in a sentence, and entry by entry in paragraphs of their own.
BOTH = OUTLINE.replace("会议的任务是总结工作、部署任务。", "会议的任务是总结工作、部署任务。要求【单位】先发言。")

HANDS = (
    (),
    ("今天召开→今天我们召开",),
    ("再接再厉→再立新功",),
    ("会议的任务→大会的任务",),
    ("今天召开→今天我们召开", "再接再厉→再立新功", "会议的任务→大会的任务"),
)


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize(
    "sets",
    [
        "单位=", "会议=", "日期=", "人数=", "单位=乙局", "单位=甲局、乙局", "单位=甲局、丁局、乙局、丙局", "单位=戊局、己局、庚局",
        "单位=丙局、乙局、甲局",
    ],
)  # fmt: skip
def test_what_was_done_is_not_announced_again(tmp_path, monkeypatch, sets, hand, plain):
    monkeypatch.chdir(tmp_path)
    made(tmp_path, BOTH, plain=plain)
    path = tmp_path / "稿.docx"
    path.write_bytes(edit(path, *hand).save())
    update(UpdateRequest(str(path), Against(sets=(sets,))))
    once = texts_of(path.read_bytes())
    again = update(UpdateRequest(str(path), Against()))
    assert ([(step.kind, step.before, step.after) for step in again.steps], again.written) == ([], False)
    if sets.endswith("=") and not plain:
        gone = {"单位": "甲局", "会议": "办公室工作会议", "日期": "11月26日", "人数": "一百二十"}[sets[:-1]]
        kept = [text for text in once if gone in text]
        assert all("再立新功" in text for text in kept)  # of the list nobody can say which entry went


def test_an_entry_that_moves_back_by_one_is_the_same(tmp_path, monkeypatch):
    """Else the control of 乙局, which is the third now, would be read as another answer for the second."""
    monkeypatch.chdir(tmp_path)
    made(tmp_path, BOTH)
    path = tmp_path / "稿.docx"
    word = edit(path)
    leaf = next(leaf for leaf in word.at("希望乙局").iter() if (leaf.text or "") == "再接再厉。")
    leaf.text = "再立新功。"
    path.write_bytes(word.save())
    update(UpdateRequest(str(path), Against(sets=("单位=甲局、丁局、乙局、丙局",))))
    hopes = [text for text in texts_of(path.read_bytes()) if text.startswith("希望")]
    assert hopes == ["希望甲局再接再厉。", "希望丁局再接再厉。", "希望乙局再立新功。", "希望丙局再接再厉。"]
    update(UpdateRequest(str(path), Against(sets=("单位=甲局、丁局、戊局、丙局",))))
    hopes = [text for text in texts_of(path.read_bytes()) if text.startswith("希望")]
    assert hopes == ["希望甲局再接再厉。", "希望丁局再接再厉。", "希望戊局再立新功。", "希望丙局再接再厉。"]
    assert re.findall("要求.*先发言", "\n".join(texts_of(path.read_bytes()))) == ["要求甲局、丁局、戊局和丙局先发言"]
