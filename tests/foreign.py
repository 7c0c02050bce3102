"""Word documents as other people make them, for the tests: with python-docx, in the ways clerks set type by hand."""

import io
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor

CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT

#: A paragraph of a speech, of 56 characters.
TEXT = "今年以来，全市上下坚定信心、攻坚克难，各项工作都取得了新的进展，这是大家共同努力的结果，值得充分肯定，也要继续保持。"


def a4(document: Any) -> Any:
    """The document on the paper of the standard."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    return document


def add(document: Any, text: str, font: str = "仿宋_GB2312", size: float = 16, align: Any = None, first: float | None = None, **looks: Any) -> Any:
    """A paragraph in one type. `first` is its first line's indent in 汉字."""
    paragraph = document.add_paragraph()
    run_in(paragraph, text, font, size, **looks)
    paragraph.alignment = align
    if first is not None:
        paragraph.paragraph_format.first_line_indent = Pt(first * size)
    return paragraph


def run_in(paragraph: Any, text: str, font: str, size: float, bold: bool | None = None, colour: str = "") -> Any:
    """A stretch of text in a type."""
    run = paragraph.add_run(text)
    run.font.name = font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    run.font.size, run.bold = Pt(size), bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return run


def neat(paragraphs: int = 6, font: str = "仿宋_GB2312", size: float = 16) -> Any:
    """A speech set by hand as the standard has it, or all in larger or other type."""
    document = a4(Document())
    add(document, "在全市工作会议上的讲话", "方正小标宋简体", size + 6, CENTRE)
    add(document, "（2026年11月22日）", "楷体_GB2312", size, CENTRE)
    add(document, "同志们：", font, size)
    for _ in range(paragraphs):
        add(document, TEXT, font, size, first=2)
    return document


def messy() -> Any:
    """A speech in every kind of disorder: the paper of America, indents and places typed, type pasted in, headings by Word's
    own styles, numbers by Word, a table, pictures, colour, a page break, empty paragraphs."""
    document = Document()
    add(document, "在全市党政办公室主任和业务骨干培训班上的讲话", "黑体", 18, CENTRE, bold=True)
    add(document, "（2026年11月22日）", "宋体", 14, CENTRE)
    document.add_paragraph()
    document.add_paragraph()
    add(document, "同志们：", "宋体", 14)
    add(document, "　　" + TEXT, "宋体", 14)
    mixed = add(document, "    今天我讲", "宋体", 14)
    run_in(mixed, "三点", "宋体", 14, bold=True)
    run_in(mixed, "意见，供大家参考，讲得不对的地方请批评指正。", "宋体", 14)
    add(document, "　　一、提高政治站位", "黑体", 14)
    head = add(document, "　　一要旗帜鲜明。", "楷体", 14, bold=True)
    run_in(head, TEXT, "宋体", 14)
    document.add_paragraph()
    add(document, "\t" + TEXT, "仿宋", 12, colour="FF0000")
    document.add_heading("二、狠抓工作落实", 1)
    document.add_paragraph(TEXT, style="List Number")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "　姓名", "职务"
    document.add_paragraph("如图：").add_run().add_picture(io.BytesIO(picture()), width=Cm(3))
    document.add_paragraph().add_run().add_picture(io.BytesIO(picture()), width=Cm(3))
    document.add_paragraph(TEXT).add_run().add_break(WD_BREAK.PAGE)
    for _ in range(4):
        add(document, "　　" + TEXT, "宋体", 14)
    document.add_paragraph()
    add(document, "中共某某市委", "宋体", 14, RIGHT)
    add(document, "　" * 16 + "2026年11月22日", "宋体", 14)
    return document


def picture() -> bytes:
    """A small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80\x80\x80" * 8) * 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def data_of(document: Any) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plain(lines: Iterable[str]) -> bytes:
    """A document of paragraphs with no looks at all."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return data_of(document)


def with_xml(document: Any, changes: Sequence[tuple[str, str]]) -> bytes:
    """A document with pieces of its XML replaced, for what python-docx would not write."""
    import zipfile

    before, out = io.BytesIO(data_of(document)), io.BytesIO()
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                for was, now in changes:
                    assert was.encode() in data, was
                    data = data.replace(was.encode(), now.encode())
            new.writestr(name, data)
    return out.getvalue()
