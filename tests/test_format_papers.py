"""`drafter format` on what is no bare speech: papers with a head, covers, attachments, captions, titles broken inside a
word. What is no text of a speech stays as it is, and is told."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Pt, RGBColor
from foreign import CENTRE, RIGHT, TEXT, a4, add, data_of, picture
from test_format import footer_of, formatted
from word import NOW

from drafter.commands.opening import open_template
from drafter.readers.docx import read_file
from drafter.speech.official import CAPTION, CONTENTS, COVER, HEAD, IMPRINT, SURE, UNSURE, Cast
from drafter.word.document import DocxFile
from drafter.word.plan import planned
from drafter.word.text import paragraph_elements, read


def cast(data: bytes) -> list[tuple[str, str]]:
    """The role and the first words of every paragraph; of one that is left, in brackets why."""
    file = DocxFile(data, "稿.docx")
    reading = read_file(file)
    plan = planned(file, reading.blocks, reading.elements, open_template("speech").template)
    words = [" ".join(block.text.split()) for block in reading.blocks if block.text.strip()]
    return [(one.role or f"（{one.why}）", text[:12]) for one, text in zip(plan, words, strict=True)]


def put(document: Any, rows: list[tuple[str, Any, float]]) -> Any:
    """Paragraphs with their places and sizes; "" is an empty one, "↵" a new page."""
    for text, align, size in rows:
        if text == "↵":
            document.add_page_break()
        elif text:
            add(document, text, "宋体", size, align)
        else:
            document.add_paragraph()
    return document


NOTICE = [
    ("云岭县人民政府办公室文件", CENTRE, 40), ("", None, 0), ("云政办发〔2026〕17号", CENTRE, 14), ("", None, 0),
    ("关于做好汛期安全工作的通知", CENTRE, 20), ("各乡镇人民政府，县政府各部门：", None, 12), (TEXT, None, 12), ("一、压实责任", None, 12),
    (TEXT, None, 12), ("附件：1. 任务分工表", None, 12), ("　　　2. 联系人名单", None, 12), ("云岭县人民政府办公室", RIGHT, 12),
    ("2026年5月8日", RIGHT, 12), ("（此件公开发布）", None, 12), ("抄送：县委各部门，县人大常委会办公室。", None, 12),
    ("云岭县人民政府办公室　　　2026年5月8日印发", None, 12),
]  # fmt: skip


def test_a_paper_keeps_its_head_and_its_imprint() -> None:
    data = data_of(put(Document(), NOTICE))
    roles = [
        (f"（{HEAD}：发文机关标志）", "云岭县人民政府办公室文件"),
        ("发文字号", "云政办发〔2026〕17号"[:12]),
        ("标题", "关于做好汛期安全工作的通知"[:12]),
        ("称谓", "各乡镇人民政府，县政府各部门："[:12]),
        ("正文", TEXT[:12]),
        ("一级标题", "一、压实责任"),
        ("正文", TEXT[:12]),
        ("附件说明", "附件：1. 任务分工表"),
        ("附件说明", "2. 联系人名单"),
        ("落款", "云岭县人民政府办公室"),
        ("落款", "2026年5月8日"),
        ("正文", "（此件公开发布）"),
        (f"（{IMPRINT}：抄送）", "抄送：县委各部门，县人大"),
        (f"（{IMPRINT}：印发）", "云岭县人民政府办公室 2026年5月8日印发"[:12]),
    ]
    assert cast(data) == roles
    set_, done = formatted(data)
    assert cast(set_) == roles
    assert done.empty == 0
    assert formatted(set_)[1].changed is False


@pytest.mark.parametrize(
    ("rows", "roles"),
    [
        # the speech behind a notice, on a page of its own or under a mark
        (
            [("关于印发李文同志讲话的通知", CENTRE, 20), ("各乡镇党委：", None, 12), (TEXT, None, 12), ("中共云岭县委", RIGHT, 12), ("2026年3月13日", RIGHT, 12),
             ("↵", None, 0), ("在全县秋收现场会上的讲话", CENTRE, 20), ("李　文", CENTRE, 14), ("同志们：", None, 12), (TEXT, None, 12)],
            ["标题", "称谓", "正文", "落款", "落款", "标题", "题注", "称谓", "正文"],
        ),
        (
            [("关于印发要点的通知", CENTRE, 20), ("各乡镇党委：", None, 12), (TEXT, None, 12), ("中共云岭县委", RIGHT, 12), ("2026年3月13日", RIGHT, 12),
             ("附件1", None, 12), ("2026年工作要点", CENTRE, 20), (TEXT, None, 12), ("一、抓春耕", None, 12), (TEXT, None, 12)],
            ["标题", "称谓", "正文", "落款", "落款", "附件标记", "标题", "正文", "一级标题", "正文"],
        ),
        # a cover: with a page break, or pushed away by empty paragraphs
        (
            [*[("", None, 0)] * 5, ("云岭县河道整治", CENTRE, 36), ("实施方案", CENTRE, 36), *[("", None, 0)] * 8, ("云岭县水务局", CENTRE, 18),
             ("二〇二六年三月", CENTRE, 18), ("↵", None, 0), ("一、总体要求", None, 12), (TEXT, None, 12)],
            [f"（{COVER}）"] * 3 + ["一级标题", "正文"],  # the title is read as one of two lines
        ),
        (
            [*[("", None, 0)] * 6, ("在全县工作会议上的讲话", CENTRE, 36), *[("", None, 0)] * 14, ("李　文", CENTRE, 18), ("二〇二六年三月", CENTRE, 18),
             *[("", None, 0)] * 4, ("同志们：", None, 12), (TEXT, None, 12)],
            [f"（{COVER}）"] * 3 + ["称谓", "正文"],
        ),
        # a title alone above its text is no cover
        (
            [("在全县工作会议上的讲话", CENTRE, 22), ("（2026年3月5日）", CENTRE, 14), ("", None, 0), ("同志们：", None, 12), (TEXT, None, 12), ("↵", None, 0), (TEXT, None, 12)],
            ["标题", "题注", "称谓", "正文", "正文"],
        ),
        # what stands in the middle
        (
            [("在全县工作会议上的讲话", CENTRE, 22), ("云岭县人民政府", CENTRE, 14), ("县长　李文", CENTRE, 14), ("同志们：", None, 12), (TEXT, None, 12),
             ("图1　全县示意图", CENTRE, 10), ("表2：任务分工", CENTRE, 10), ("单位：万元", RIGHT, 10), (TEXT, None, 12), ("不忘来路", CENTRE, 12), (TEXT, None, 12)],
            ["标题", "题注", "题注", "称谓", "正文", f"（{CAPTION}）", f"（{CAPTION}）", f"（{CAPTION}）", "正文", "居中", "正文"],
        ),
        # a list of contents that was typed
        (
            [("云岭县工作报告", CENTRE, 22), ("目　　录", CENTRE, 16), ("一、过去一年……………1", None, 12), ("二、今年打算……………6", None, 12), ("↵", None, 0),
             ("一、过去一年", None, 12), (TEXT, None, 12)],
            ["标题", f"（{CONTENTS}）", f"（{CONTENTS}）", f"（{CONTENTS}）", "一级标题", "正文"],
        ),
        # the name of an office in large letters, without a number; an order and what it makes known; a report upwards
        (
            [("云岭县水务局", CENTRE, 42), ("关于汛期值班的函", CENTRE, 20), ("县财政局：", None, 12), (TEXT, None, 12)],
            [f"（{HEAD}：发文机关标志）", "标题", "称谓", "正文"],
        ),
        (
            [("云岭县人民政府令", CENTRE, 40), ("第 12 号", CENTRE, 14), (TEXT, None, 12), ("县　长　李　文", RIGHT, 12), ("2026年5月8日", RIGHT, 12),
             ("云岭县河道管理办法", CENTRE, 20), ("第一条　为了加强河道管理，制定本办法。", None, 12)],
            [f"（{HEAD}：发文机关标志）", f"（{HEAD}：期号）", "正文", "落款", "落款", "标题", "正文"],
        ),
        (
            [("云岭县人民政府文件", CENTRE, 36), ("云政〔2026〕4号\t签发人：李文", None, 12), ("云岭县人民政府关于防汛准备情况的报告", CENTRE, 18), ("市人民政府：", None, 12),
             (TEXT, None, 12), ("妥否，请批示。", None, 12), ("　" * 18 + "云岭县人民政府", None, 12), ("　" * 18 + "2026年4月5日", None, 12)],
            [f"（{HEAD}：发文机关标志）", f"（{HEAD}：发文字号、签发人）", "标题", "称谓", "正文", "正文", "落款", "落款"],
        ),
        # an attachment on the same page
        (
            [("云岭县教育局关于印发工作要点的通知", CENTRE, 18), ("各学校：", None, 12), ("现印发给你们，请遵照执行。", None, 12), ("附件：工作要点", None, 12),
             ("云岭县教育局", RIGHT, 12), ("2026年2月1日", RIGHT, 12), ("附件：", None, 12), ("2026年教育工作要点", CENTRE, 18), (TEXT, None, 12)],
            ["标题", "称谓", "正文", "附件说明", "落款", "落款", "附件标记", "标题", "正文"],
        ),
        # minutes and a bulletin
        (
            [("云岭县人民政府常务会议纪要", CENTRE, 36), ("〔2026〕第5号", CENTRE, 14), ("云岭县人民政府办公室　　　2026年5月8日", None, 12),
             ("关于研究汛期工作的会议纪要", CENTRE, 20), (TEXT, None, 12), ("一、会议指出", None, 12), (TEXT, None, 12)],
            [f"（{HEAD}：发文机关标志）", "发文字号", f"（{HEAD}：编印）", "标题", "正文", "一级标题", "正文"],
        ),
    ],
)  # fmt: skip
def test_every_paragraph_is_taken_for_what_it_is(rows: list[tuple[str, Any, float]], roles: list[str]) -> None:
    data = data_of(put(Document(), rows))
    assert [role for role, _ in cast(data)] == roles
    set_, _ = formatted(data)
    assert [role for role, _ in cast(set_)] == roles
    assert formatted(set_)[1].changed is False


def test_a_paper_that_is_plain_text_is_set_as_one(tmp_path: Path, run: Run) -> None:
    (tmp_path / "通知.txt").write_text("\n".join(text for text, _, _ in NOTICE if text), encoding="utf-8")
    assert run("format", "通知.txt").returncode == 0
    roles = [role for role, _ in cast((tmp_path / "通知.docx").read_bytes())]
    assert [roles[at] for at in (0, 1, 2, 3, 5, 7, 8, 9, 10)] == [
        "居中", "发文字号", "标题", "称谓", "一级标题", "附件说明", "附件说明", "落款", "落款",
    ]  # fmt: skip


def test_a_masthead_is_told_by_its_colour_too() -> None:
    document = put(Document(), [("云岭县水务局", CENTRE, 48), ("关于汛期值班的函", CENTRE, 20), ("县财政局：", None, 12), (TEXT, None, 12)])
    document.paragraphs[0].runs[0].font.color.rgb = RGBColor(0xE0, 0, 0)
    assert [role for role, _ in cast(data_of(document))] == [f"（{HEAD}：发文机关标志）", "标题", "称谓", "正文"]


def test_headings_of_word_without_numbers_stay_headings() -> None:
    document = put(Document(), [("在全县工作会议上的讲话", CENTRE, 22), ("同志们：", None, 12), (TEXT, None, 12)])
    document.add_heading("认清形势", 1)
    document.add_paragraph(TEXT)
    document.add_heading("抓春耕", 2)
    document.add_paragraph(TEXT)
    document.add_heading("真抓实干", 1)
    document.add_paragraph(TEXT)
    roles = [role for role, _ in cast(data_of(document))]
    assert roles == ["标题", "称谓", "正文", "一级标题", "正文", "二级标题", "正文", "一级标题", "正文"]
    set_, _ = formatted(data_of(document))
    assert [role for role, _ in cast(set_)] == roles


def test_a_cover_keeps_its_room_and_has_no_number() -> None:
    document = put(Document(), [*[("", None, 0)] * 5, ("云岭县河道整治方案", CENTRE, 36), *[("", None, 0)] * 9, ("云岭县水务局", CENTRE, 18), ("2026年3月", CENTRE, 18)])
    document.add_section(WD_SECTION.NEW_PAGE)
    put(document, [("云岭县河道整治方案", CENTRE, 22), (TEXT, None, 12), ("", None, 0), (TEXT, None, 12)])
    data, done = formatted(data_of(document))
    file = DocxFile(data, "稿.docx")
    texts = [read(element).text for element in paragraph_elements(file.body)]
    assert texts[:17] == [*[""] * 5, "云岭县河道整治方案", *[""] * 9, "云岭县水务局", "2026年3月"]
    assert (done.empty, footer_of(data, "first"), " PAGE " in footer_of(data, "default")) == (1, "", True)
    assert formatted(data)[1].changed is False


def test_a_cover_that_filled_its_page_still_stands_on_one() -> None:
    document = put(a4(Document()), [*[("", None, 0)] * 9, ("云岭县河道整治方案", CENTRE, 36), *[("", None, 0)] * 18, ("云岭县水务局", CENTRE, 18)])
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Pt(40)
    for paragraph in document.paragraphs:
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(6), 1.0
    document.add_page_break()
    put(document, [("同志们：", None, 12), (TEXT, None, 12)])
    data, done = formatted(data_of(document))
    texts = [read(element).text for element in paragraph_elements(DocxFile(data, "稿.docx").body)]
    assert done.squeezed > 0
    assert texts.index("云岭县水务局") == 28 - done.squeezed
    assert formatted(data)[1].changed is False


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["在全市党政办公室主任培训班开班仪", "式上的讲话"], "在全市党政办公室主任\n培训班开班仪式上的讲话"),
        (["在全市安全生产工作会议上的讲", "话"], "在全市安全生产工作会议上的讲话"),
        (["在全市安全生产工作会议上", "的讲话"], None),
    ],
)
@pytest.mark.parametrize("soft", [True, False])
def test_a_title_broken_inside_a_word_is_mended(lines: list[str], title: str | None, soft: bool) -> None:
    document = Document()
    if soft:
        paragraph = add(document, lines[0], "宋体", 20, CENTRE)
        paragraph.runs[0].add_break()
        paragraph.runs[0].add_text(lines[1])
    else:
        put(document, [(line, CENTRE, 20) for line in lines])
    put(document, [("同志们：", None, 12), (TEXT, None, 12)])
    data, done = formatted(data_of(document))
    blocks = read_file(DocxFile(data, "稿.docx")).blocks
    assert done.mended == (title is not None)
    assert "\n".join(block.text for block in blocks if block.role == "标题") == (title or "\n".join(lines))
    assert formatted(data)[1].changed is False


def test_what_nobody_can_be_sure_of_is_left_and_listed(tmp_path: Path, run: Run) -> None:
    rows = [("在全县工作会议上的讲话", CENTRE, 22), ("同志们：", None, 12), (TEXT, None, 12), ("不忘来路", CENTRE, 12), (TEXT, None, 12)]
    (tmp_path / "稿.docx").write_bytes(data_of(put(Document(), rows)))
    looked = run("format", "稿.docx", "--dry-run")
    assert (looked.returncode, looked.stdout) == (
        0,
        "稿.docx 按模板 speech 会这样排：\n"
        "  1  标题　　　  有把握  在全县工作会议上的讲话\n"
        "  2  称谓　　　  有把握  同志们：\n"
        f"  3  正文　　　  有把握  {TEXT[:28]}…\n"
        "  4  居中　　　  拿不准  不忘来路　（居中的一行）\n"
        f"  5  正文　　　  有把握  {TEXT[:28]}…\n"
        "没有写文件；--dry-run 只看每一段当作什么。要写：去掉 --dry-run\n"
        "下一步：就这样排　drafter format 稿.docx\n",
    )
    told = json.loads(run("format", "稿.docx", "--dry-run", "--json").stdout)["result"]
    assert (told["changed"], told["output"], told["plan"][3]) == (
        False,
        None,
        {"number": 4, "role": "居中", "sure": "拿不准", "text": "不忘来路", "why": "居中的一行", "place": told["plan"][3]["place"]},
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["稿.docx"]
    done = run("format", "稿.docx", "-o", "新.docx")
    assert "稿.docx: 拿不准，只换了字体字号，位置没有动：约第 1 页第 4 段“不忘来路”（居中的一行）。\n" in done.stderr
    assert "drafter format 稿.docx --dry-run" in done.stderr


def test_a_picture_a_table_and_their_captions_stay_where_they_are() -> None:
    document = put(Document(), [("在全县工作会议上的讲话", CENTRE, 22), ("同志们：", None, 12), (TEXT, None, 12)])
    document.add_paragraph().add_run().add_picture(io.BytesIO(picture()))
    document.paragraphs[-1].alignment = CENTRE
    put(document, [("图1　全县示意图", CENTRE, 10)])
    document.add_table(2, 2).cell(0, 0).text = "乡镇"
    put(document, [(TEXT, None, 12)])
    before = [paragraph.paragraph_format.alignment for paragraph in document.paragraphs]
    data, _ = formatted(data_of(document))
    after = [paragraph.paragraph_format.alignment for paragraph in Document(io.BytesIO(data)).paragraphs]
    assert before[3:5] == [CENTRE, CENTRE]
    assert [after[at] for at in (4, 5)] == [CENTRE, CENTRE]  # one empty paragraph more, under the title


def test_the_looks_of_a_line_that_is_left_do_not_change() -> None:
    data = data_of(put(Document(), NOTICE))
    set_, _ = formatted(data)
    for document in (Document(io.BytesIO(data)), Document(io.BytesIO(set_))):
        masthead = next(p for p in document.paragraphs if p.text == "云岭县人民政府办公室文件")
        assert (masthead.alignment, masthead.runs[0].font.size) == (CENTRE, Pt(40))


def test_a_cast_says_how_sure_it_is() -> None:
    assert Cast("正文") == Cast("正文", SURE, "")
    assert UNSURE != SURE
    assert NOW
