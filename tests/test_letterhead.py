"""What an office sets around the text of a paper, told by words alone."""

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from drafter.commands.reading import read
from drafter.speech.draft import plain
from drafter.speech.letterhead import foot_of, head_of, kind_of
from drafter.speech.recognise import recognise


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("云岭县人民政府办公室文件", "发文机关标志"),
        ("中共云岭县委文　件", "发文机关标志"),
        ("云政办发〔2026〕17号", "发文字号"),
        ("云政办函[2026]第 7 号", "发文字号"),
        ("云府〔2026〕×号　　　　签发人：李文", "发文字号"),
        ("签发人：李文", "签发人"),
        ("000012", "份号"),
        ("机密★1年", "密级"),
        ("内部资料  注意保存", "密级"),
        ("特急", "紧急程度"),
        ("第12期", "期号"),
        ("（总第305期）", "期号"),
        ("2026年第3期（总第88期）", "期号"),
        ("县委十二届五次全会文件之二", "材料编号"),
        ("附件", "附件"),
        ("附件2：", "附件"),
        ("附件：1. 任务分工表", "附件说明"),
        ("（此件公开发布）", "附注"),
        ("抄送：县委各部门，县人大常委会办公室。", "抄送"),
        ("云岭县人民政府办公室　　2026年5月8日印发", "印发"),
        ("共印120份", "印发"),
        ("关于做好防汛工作的通知", ""),
        ("在全县防汛工作会议上的讲话", ""),
        ("同志们：", ""),
        ("今年下发文件3号。", ""),
        ("二〇二六年三月", ""),
        ("123456元", ""),
    ],
)  # fmt: skip
def test_a_row_is_told_by_its_words(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("texts", "head"),
    [
        (["云岭县人民政府文件", "云政发〔2026〕3号", "关于做好防汛工作的通知", "各乡镇人民政府："], ["发文机关标志", "发文字号"]),
        (["000012", "机密★1年", "特急", "中共云岭县委", "云岭县人民政府", "云发〔2026〕3号", "签发人：李文", "关于印发要点的通知"],
         ["份号", "密级", "紧急程度", "发文机关标志", "发文机关标志", "发文字号", "签发人"]),
        (["工作简报", "第12期", "云岭县委办公室　　2026年5月8日", "李文同志在现场会上的讲话", "同志们："], ["发文机关标志", "期号", "编印"]),
        (["内部资料", "在全县工作会议上的讲话", "同志们："], ["密级"]),
        (["全县三级干部会议文件之一", "在全县三级干部会议上的讲话"], ["材料编号"]),
        (["在全县工作会议上的讲话", "云发〔2026〕3号", "同志们："], []),
        (["在全县工作会议上的讲话", "（2026年3月5日）", "李文", "同志们："], []),
        (["今天开会，讲三点意见。", "一、提高认识"], []),
        ([], []),
    ],
)  # fmt: skip
def test_a_head_is_all_that_stands_above_the_title(texts: list[str], head: list[str]) -> None:
    assert head_of(texts) == dict(enumerate(head))


def test_an_imprint_is_what_stands_behind_the_end() -> None:
    texts = ["特此通知。", "云岭县人民政府", "2026年5月8日", "（此件公开发布）", "抄送：县委各部门。", "云岭县人民政府办公室  2026年5月8日印发"]
    assert foot_of(texts) == {3: "附注", 4: "抄送", 5: "印发"}
    assert foot_of(["同志们：", "今天讲三点。"]) == {}


def test_a_red_head_set_larger_than_the_title_is_not_the_title(tmp_path: Path) -> None:
    rows = [
        ("中共云台县委办公室文件", 36),
        ("云办发〔2025〕9号", 16),
        ("", 16),
        ("在全县干部任职大会上的讲话", 22),
        ("（2025年6月5日）", 16),
        ("县委书记　汪海平", 16),
    ]
    document = docx.Document()
    for words, size in rows:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(words).font.size = Pt(size)
    for words in ("同志们：", "今天开会，宣布县委的决定。", "我讲三点意见，请大家记在心上。"):
        document.add_paragraph().add_run(words).font.size = Pt(16)
    document.save(str(tmp_path / "红头.docx"))
    reading = read(tmp_path / "红头.docx")
    draft = recognise(reading.blocks, reading.hints)
    assert plain(draft.title) == "在全县干部任职大会上的讲话"
    assert [plain(draft.dateline), plain(draft.byline)] == ["（2025年6月5日）", "县委书记　汪海平"]
    assert [left.text for left in draft.left_out] == ["中共云台县委办公室文件", "云办发〔2025〕9号"]
