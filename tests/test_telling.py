"""What the writer is told speaks the outline's names of blanks, never those that exist only inside the file."""

import re

import pytest
from test_update import draft, edit  # noqa: F401 (a fixture)
from word import words_of

from drafter.cli.show_drafts import update_text
from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update
from drafter.revise.telling import answers_now, called
from drafter.word.tokens import Token


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("日期", "【日期】"),
        ("日期|月日", "【日期】"),
        ("人数 | 大写", "【人数】"),
        ("单位#1", "【单位】的第一个"),
        ("单位#12", "【单位】的第十二个"),
        ("甲" * 55 + "~0a1b2c3d", f"【{'甲' * 55}…】"),
    ],
)
def test_a_blank_is_called_what_the_outline_calls_it(tag, name):
    assert called(tag) == name


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([("日期|月日", "11月26日", "12月3日")], "【日期】现在是“12月3日”（原来是“11月26日”）"),
        (
            [("日期", "2026年11月26日", "2026年12月3日"), ("日期|月日", "11月26日", "12月3日")],
            "【日期】现在是“2026年12月3日”、“12月3日”（原来是“2026年11月26日”、“11月26日”）",
        ),
        ([("单位#1", "甲局", "戊局"), ("层级", "市", "县")], "【单位】的第一个现在是“戊局”（原来是“甲局”）；【层级】现在是“县”（原来是“市”）"),
        ([("愿景", "", "宜居之城")], "【愿景】现在是“宜居之城”"),
        ([("愿景", "宜居之城", "")], "【愿景】现在没有填（原来是“宜居之城”）"),
    ],
)
def test_what_blanks_say_now_is_told_with_what_they_said(pairs, said):
    def token(tag: str, text: str) -> Token:
        return Token(text or f"【{tag}】", tag, not text)

    assert answers_now((token(tag, was), token(tag, now)) for tag, was, now in pairs) == said


def test_no_inner_name_reaches_the_writer(draft):  # noqa: F811
    word = edit(draft)
    for words, tags in (("今天召开", ["日期|月日"]), ("甲局", ["单位#1"]), ("严守纪律", ["层级"])):
        for control in list(word.at(words).iter(f"{word.at(words).tag[:-1]}sdt")):
            if any(found.get(f"{control.tag[:-3]}val") in tags for found in control.iter(f"{control.tag[:-3]}tag")):
                for run in list(control.find(f"{control.tag[:-3]}sdtContent")):
                    control.addprevious(run)
                control.getparent().remove(control)
    for change in ("会期是→会期定在", "再接再厉→再立新功", "知敬畏→知所畏"):
        word.replace(*change.split("→"))
    draft.write_bytes(word.save())
    done = update(UpdateRequest(str(draft), Against(sets=("单位=戊局、乙局、丙局", "日期=2026-12-03", "层级=县"))))
    notes = [step.note for step in done.steps if step.note]
    assert notes == [
        "【日期】现在是“12月3日”（原来是“11月26日”）。这一段改写过，请看看要不要跟着改。",
        "【单位】的第一个现在是“戊局”（原来是“甲局”）。这一段改写过，请看看要不要跟着改。",
        "【层级】现在是“县”（原来是“市”）。这一段改写过，请看看要不要跟着改。",
    ]
    everything = words_of(draft.read_bytes()) + update_text(done, False) + str(done.json())
    assert re.findall("【[^】]*[#|][^】]*】", everything) == []
