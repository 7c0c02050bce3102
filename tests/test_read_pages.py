"""Saved pages and PDFs, read into paragraphs."""

import io
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from drafter.commands.opening import open_template
from drafter.commands.reading import read
from drafter.commands.rendering import render
from drafter.diagnostic import Rejected
from drafter.readers.html import read as read_html
from drafter.readers.pdf import read as read_pdf
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.writers import Properties

CORPUS = Path(__file__).parent / "corpus"

PAGE = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>某某网</title><style>p {color: red}</style></head>
<body>
<nav><a href="/">首页</a> &gt; <a href="/jh">讲话</a></nav>
<script>document.write("<p>广告</p>")</script>
<div class="article"><h1>在全市防汛工作会议上的讲话</h1>
<p style="text-align:center">（2026年5月8日）<br/>市长&#12288;林国栋</p>
<p>同志们：</p>
<p>　　今天，我们召开全市防汛工作
会议。<strong>刚才</strong>，市水利局<em>通报</em>了情况。</p>
<div hidden>看不见的</div><p style="display: none">也看不见</p>
<p>&nbsp;&nbsp;一、绷紧一根弦</p><p>堤防 126 公里，拨款3,200万元。
<p>没有结束标记的一段。</div>
<footer>版权所有</footer>
</body></html>
"""

READ = [
    "在全市防汛工作会议上的讲话",
    "（2026年5月8日）",
    "市长　林国栋",
    "同志们：",
    "今天，我们召开全市防汛工作会议。刚才，市水利局通报了情况。",
    "一、绷紧一根弦",
    "堤防 126 公里，拨款3,200万元。",
    "没有结束标记的一段。",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_saved_page_is_read_as_its_reader_sees_it(encoding: str) -> None:
    blocks, _ = read_html(PAGE.encode(encoding), "页.html")
    assert [block.text for block in blocks] == READ
    assert [block.role for block in blocks] == ["标题"] + [""] * (len(READ) - 1)


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("同志们：", ["同志们："]),
        ("<p>一<b>二</b>三<p>四", ["一二三", "四"]),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>丙", ["甲", "乙", "丙"]),
        ("<nav>只有菜单里有字", ["只有菜单里有字"]),
        ("<p>a\nb</p><p>a\n好</p><!-- <p>注 --><?php echo ?>", ["a b", "a好"]),
        ("<p>1 &lt; 2 &amp; &#x4e00;&#0;</p>", ["1 < 2 & 一\ufffd"]),
        ("<div>" * 2_000 + "深处" + "</div>" * 2_000, ["深处"]),
        ("<p>" * 10_000 + "好", ["好"]),
        ("<a " * 100_000 + ">好</a>", ["好"]),
    ],
)
def test_whatever_a_page_is_made_of_its_text_is_read(page: str, texts: list[str]) -> None:
    assert [block.text for block in read_html(page.encode(), "页.html")[0]] == texts


def test_a_page_nested_too_deeply_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        read_html(b"<p>" + b"<div>" * 5_000 + "深处".encode(), "页.html")
    assert refused.value.diagnostics[0].message == "这个网页的标签套得太深，读不全。"


# ── PDF ────────────────────────────────────────────────────────────────────────────────────────────────────────────

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


@needs_office
@pytest.mark.parametrize("name", ["03-biaozhang", "05-dangke", "13-hunhe"])
def test_a_speech_printed_as_pdf_is_read_back_paragraph_by_paragraph(name: str, tmp_path: Path) -> None:
    blocks = read(CORPUS / f"{name}.txt").blocks
    template = open_template("speech").template
    roles = ["标题", *["题注" if n < 3 else "正文" for n in range(1, len(blocks))]]
    laid = [Block(role, (Span(block.text),)) for role, block in zip(roles, blocks, strict=True)]
    (tmp_path / "稿.pdf").write_bytes(render(laid, template, "pdf", Properties(datetime(2026, 11, 22))))
    found, remarks = read(tmp_path / "稿.pdf")[:2]
    assert [block.text for block in found] == [block.text for block in blocks]
    assert [remark.message.partition("，")[0] for remark in remarks] == ["没有收进来：页码、页眉 2 行", "这个文件每行都在固定的宽度断开"]


@needs_office
@pytest.mark.parametrize("size", [10.5, 12, 14, 16])
def test_marks_of_another_font_stand_where_the_page_shows_them(size: float, tmp_path: Path) -> None:
    """Where a font lacks “ ” …, the PDF draws them before the words around them."""
    lines = [
        "在全市夏季安全生产工作会议上的讲话",
        "同志们：",
        "“责任重于泰山”。老百姓常说：“小心驶得万年船。”这既是“老话”，更是“真话”——我们要经常讲、反复讲……让每个人都听进去、记在心里、落到行动上，一刻也不放松。",
        "全市今年排查了126处隐患，做到“见隐患就改、见违章就查”；要落实“一企一策”“一岗一责”“一事一单”，谁出问题、追究谁，“不放过一处死角，不漏掉一个环节”，确保全年不出大事故。",
        "会后，各单位要“一竿子插到底”，把8月、9月两个月的事情安排好，“人员到位、物资到位、措施到位”。",
    ]
    document = Document()
    for line in lines:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(0 if line in lines[:2] else 2 * size)
        run = paragraph.add_run(line)
        run.font.size, run.font.name = Pt(size), "仿宋_GB2312"
        run._element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    document.save(str(tmp_path / "稿.docx"))
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "稿.docx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert [block.text for block in read(tmp_path / "稿.pdf").blocks] == lines


def written(pages: int, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (written(1), "这个 PDF 里只有图片，没有文字，多半是扫描件。"),
        (written(1, "secret"), "这个 PDF 有密码。"),
        (written(301), "这个 PDF 超过 300 页，不像一篇讲话。"),
        (written(1)[:200], "这个 PDF 坏了，读不了。"),
        (b"%PDF-1.7\n" + b"\x00" * 10_000, "这个 PDF 坏了，读不了。"),
    ],
)
def test_a_pdf_without_text_is_refused_in_plain_words(data: bytes, message: str) -> None:
    with pytest.raises(Rejected) as refused:
        read_pdf(data, "稿.pdf")
    assert refused.value.diagnostics[0].message == message


def test_without_pypdf_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)  # what Python takes for not there
    with pytest.raises(Rejected) as refused:
        read_pdf(written(1), "稿.pdf")
    assert (refused.value.exit_code, str(refused.value)) == (
        1,
        '稿.pdf: 读 PDF 要先装 pypdf。\n  装上它：pip install "drafter[pdf]"；或者用 Word 或 WPS 打开，另存为 .docx 或 .txt。',
    )
