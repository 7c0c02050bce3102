"""What a file holds that is not the speech's: told with a reason, left out of the speech, never in silence."""

from pathlib import Path

import pytest

from drafter.commands.check import CheckRequest, check
from drafter.commands.compare import CompareRequest, compare
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.learn import LearnRequest, learn
from drafter.readers.text import read
from drafter.speech.block import Block
from drafter.speech.recognise import lines_of, recognise
from tests.test_reading import SPEECH

AROUND = [
    ([], ["— END —", "来源丨县融媒体中心", "责编 | 冯小雨", "写得不错，点个“在看”吧"]),
    ([], ["关联稿件", "院长戚文远到乡下立案", "网友评论：说到点子上了！"]),
    (["首页 > 讲话 > 正文"], []),
    (["来源：本站　发布时间：2023-04-11", "字号：大 中 小"], []),
    (["某某网 http://www.example.com"], ["更多范文请访问某某网", "上一篇：在会上的发言", "下一篇：无"]),
    ([], ["（责任编辑：王芳）", "打印本页　关闭窗口"]),
    ([], ["本文由某某网友整理，仅供参考", "扫码关注公众号", "下载积分：20"]),
    (["秘书素材网 首页", "2024-10-28 08:41:08 秘书素材网"], ["（未完，全文共1971字，当前显示613字）", "（请认真阅读下面的提示信息）"]),
    (["时间：2022-07-17 17:18:06 主持词 我要投稿"], ["预览结束，免费获取全文或定制此类文章！", "请点击👉 wm123 👈联系老师"]),
    (["【以稿换稿】【收藏】 作者: 佚名 来源: 作者原创 阅读 次 【小 中 大】"], ["【文章共6963字，精选参考范文，仅供学习借鉴】"]),
]


@pytest.mark.parametrize(("before", "after"), AROUND)
def test_what_a_site_puts_around_a_speech_is_not_the_speech_s(before: list[str], after: list[str]) -> None:
    blocks = read("\n".join([*before, *SPEECH, *after]).encode(), "a.txt")[0]
    lines = lines_of(blocks)
    assert [line.text for line in lines if line.role != "noise"] == SPEECH
    assert [line.text for line in lines if line.role == "noise"] == [*before, *after]
    assert all(line.reason for line in lines if line.role == "noise")
    assert recognise(blocks)._replace(left_out=()) == recognise(_numbered(len(before)))


def _numbered(before: int) -> tuple[Block, ...]:
    """The speech alone, on the lines it has behind so many others."""
    return read(("\n" * before + "\n".join(SPEECH)).encode(), "a.txt")[0]


def test_a_text_of_nothing_but_noise_is_kept() -> None:
    draft = recognise(read("来源：本站\n字号：大 中 小\n".encode(), "a.txt")[0])
    assert draft.left_out == ()


def _file(folder: Path, name: str, *lines: str) -> str:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_every_command_says_what_it_did_not_take_in(tmp_path: Path) -> None:
    bare = _file(tmp_path, "去年.txt", *SPEECH)
    around = _file(tmp_path, "今年.txt", "字号：大 中 小", *SPEECH, "上一篇：在会上的发言", "打印本页　关闭窗口")
    told = ["没有收进来：网页文字 2 行，“字号：大 中 小”、“打印本页 关闭窗口”。", "没有收进来：相关文章 1 行，“上一篇：在会上的发言”。"]
    extracted = extract(ExtractRequest(around, "-"))
    assert [remark.message for remark in extracted.remarks if remark.code == "lines-left-out"] == told
    assert [line["text"] for line in extracted.json()["left_out"]] == ["字号：大 中 小", "上一篇：在会上的发言", "打印本页　关闭窗口"]
    compared = compare(CompareRequest(bare, around))
    assert compared.json()["same"]
    assert [remark.message for remark in compared.remarks] == told
    learnt = learn(LearnRequest((bare, around), "-"))
    assert [remark.message for remark in learnt.remarks] == told


def test_the_proof_reader_does_not_judge_it_and_tells_that_it_is_there(tmp_path: Path) -> None:
    path = _file(tmp_path, "今年.txt", *SPEECH, "上一篇：在会上的报告,下一步工作布署安排", "更多范文请访问某某网")
    findings = check(CheckRequest((path,))).files[0].remarks
    rules = {told.finding.rule for told in findings if told.finding.line >= len(SPEECH)}
    assert rules == {"copied-from-web"}
