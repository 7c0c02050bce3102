"""In a file without controls a new answer flows into what the writer has reworded, where the old one still stands once; where
it does not, or is a part of something longer, it is told."""

import re

import pytest
from test_sentences import said
from test_update import made
from word import T, Word, texts_of, words_of

from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update
from drafter.revise.plain import with_blanks
from drafter.word.tokens import text_of


@pytest.mark.parametrize(
    ("old", "mine", "found"),
    [
        # it stands once
        ("会期是【日期|月日：11月26日】。", "会期就定在11月26日。", "会期就定在【日期|月日：11月26日】。"),
        ("会期是【日期|月日：11月26日】。", "11月26日上午开会。", "【日期|月日：11月26日】上午开会。"),
        ("今天召开【会议：办公室工作会议】。", "今天我们召开办公室工作会议了。", "今天我们召开【会议：办公室工作会议】了。"),
        ("全【层级：市】上下要统一。", "全市上下一定要统一。", "全【层级：市】上下一定要统一。"),
        ("【人数：120】名同志参加。", "共有120名同志来。", "共有【人数：120】名同志来。"),
        # a sentence nobody touched has all its blanks
        ("全【层级：市】市民在市里。人要齐。", "全市市民在市里。人要到齐。", "全【层级：市】市民在市里。人要到齐。"),
        # as often as it was made there
        ("全【层级：市】上下，【层级：市】里要带头。", "全市上下，市里更要带头。", "全【层级：市】上下，【层级：市】里更要带头。"),
        # it is a part of something longer
        ("【人数：120】名同志参加。", "1200名同志来。", ""),
        ("【人数：120】名同志参加。", "120多名同志来。", ""),
        ("【人数：120】名同志参加。", "3,120名同志来。", ""),
        ("【人数|大写：一百二十】名同志参加。", "一百二十五名同志来。", ""),
        ("希望【单位：甲局】再接再厉。", "希望甲局长再接再厉。", ""),
        ("今天召开【会议：办公室工作会议】。", "今天进了办公室工作会议室。", ""),
        ("用【系统：OA】办公。", "用OAS来办公。", ""),
        ("会期是【日期|月日：1月26日】。", "会期改在11月26日。", ""),
        # it stands more than once, or not at all
        ("全【层级：市】上下要统一。", "全市上下，市里要统一。", ""),
        ("会期是【日期|月日：11月26日】。", "会期是后天。", ""),
        # two of them, one in the other
        ("【甲：党建】和【乙：党建工作】都要抓。", "党建和党建工作都要好好抓。", "【甲：党建】和【乙：党建工作】都要好好抓。"),
    ],
)
def test_an_answer_is_found_again_where_it_stands_alone(old, mine, found):
    tokens = with_blanks(said(mine), said(old))
    assert tokens == said(found or mine)
    assert text_of(tokens) == text_of(said(mine))


@pytest.fixture
def plain(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made(tmp_path, plain=True)
    path = tmp_path / "稿.docx"

    def retyped(*changes: str) -> list[str]:
        word = Word(path.read_bytes())
        for change in changes:
            where, old, new = re.split("：|→", change)
            leaf = next(leaf for leaf in word.at(where).iter(T) if old in leaf.text)
            leaf.text = leaf.text.replace(old, new)
        path.write_bytes(word.save())
        done = update(UpdateRequest(str(path), Against(sets=("日期=2026-12-03", "层级=县", "单位=戊局、乙局、丙局"))))
        assert update(UpdateRequest(str(path), Against())).steps == ()
        assert b"w:sdt" not in path.read_bytes()
        return [step.note for step in done.steps if step.note]

    return path, retyped


def test_a_new_answer_flows_where_the_old_one_still_stands(plain):
    path, retyped = plain
    assert retyped("今天召开：会期是→会期定在", "甲局：再接再厉→再立新功", "提高站位：认清形势→看清形势") == []
    texts = texts_of(path.read_bytes())
    assert "今天召开全县办公室工作会议，一百二十名同志参加。会期定在12月3日。" in texts
    assert "希望戊局再立新功。" in texts
    assert "一要提高站位。全县上下要统一思想，看清形势。" in texts


def test_where_it_does_not_the_new_answer_is_told(plain):
    path, retyped = plain
    assert retyped("今天召开：11月26日→后天", "甲局：再接再厉→长再接再厉") == [
        "【日期】现在是“12月3日”（原来是“11月26日”）。这一段改写过，请看看要不要跟着改。",
        "【单位】的第一个现在是“戊局”（原来是“甲局”）。这一段改写过，请看看要不要跟着改。",
    ]
    assert "会期是后天。" in words_of(path.read_bytes())
    assert "希望甲局长再接再厉。" in texts_of(path.read_bytes())
