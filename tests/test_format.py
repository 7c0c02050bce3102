"""`drafter format`: any Word document set by a template, its words untouched."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from foreign import CENTRE, RIGHT, TEXT, a4, add, data_of, messy, neat, picture, plain, run_in
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word import NOW, Word

from drafter.commands.check import MENDED
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import open_template
from drafter.readers.docx import read_file
from drafter.speech.block import dump
from drafter.speech.page import BLANKS
from drafter.word.document import DocxFile
from drafter.word.plan import planned
from drafter.word.restyle import Restyled, restyle
from drafter.word.text import T, paragraph_elements, read, w

_BLANKS = "".join(BLANKS)


def formatted(data: bytes, template: str = "speech") -> tuple[bytes, Restyled]:
    """A document set by a template, and what was done."""
    file = DocxFile(data, "稿.docx")
    reading = read_file(file)
    chosen = open_template(template).template
    plan = planned(file, reading.blocks, reading.elements, chosen)
    done = restyle(file, reading.blocks, reading.elements, chosen, plan)
    return file.data(NOW) if done.changed else data, done


def words(data: bytes) -> list[str]:
    """The words of every paragraph, in tables too, without the blanks in front and the line breaks of layout."""
    file = DocxFile(data, "稿.docx")
    texts = (read(p).text.replace("\n", "").lstrip(_BLANKS) for p in paragraph_elements(file.body, tables=True))
    return [text for text in texts if text]


def shown(data: bytes) -> str:
    """Roles and words, as a reading gives them."""
    return dump(read_file(DocxFile(data, "稿.docx")).blocks)


def document_xml(data: bytes) -> Any:
    file = DocxFile(data, "稿.docx")
    return file.tree(file.main)


def test_a_speech_in_disorder_is_set_as_a_speech() -> None:
    data, done = formatted(data_of(messy()))
    text = TEXT
    assert shown(data) == (
        "标题｜在全市党政办公室主任和⏎业务骨干培训班上的讲话\n"
        "题注｜（2026年11月22日）\n"
        "空行｜\n"
        "称谓｜同志们：\n"
        f"正文｜{text}\n"
        "正文｜今天我讲三点意见，供大家参考，讲得不对的地方请批评指正。\n"
        "一级标题｜一、提高政治站位\n"
        f"正文｜**一要旗帜鲜明。**{text}\n"
        f"正文｜{text}\n"
        "一级标题｜二、狠抓工作落实\n"
        f"正文｜1.{text}\n"
        "正文｜姓名\t职务\n"
        "正文｜如图：\n"
        "空行｜\n" + f"正文｜{text}\n" * 5 + "空行｜\n"
        "落款｜中共某某市委\n"
        "落款｜2026年11月22日\n"
    )
    assert done == Restyled(
        (("正文", 11), ("标题", 1), ("题注", 1), ("称谓", 1), ("落款", 2), ("一级标题", 2)),
        cleared=0,
        indents=10,
        empty=2,
        blank_lines=2,
        titles=1,
        page=True,
        styles=True,
        numbers=True,
        tables=2,
        pictures=1,
        coloured=1,
    )
    assert words(data) == words(data_of(messy()))
    assert formatted(data) == (data, done._replace(roles=(), indents=0, empty=0, blank_lines=0, titles=0, page=False, styles=False, numbers=False))


def test_nothing_set_by_hand_is_left_but_what_sets_words_off() -> None:
    document = neat(1)
    paragraph = add(document, "我们要", "宋体", 14, RIGHT, first=3)
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(12), 1.5
    for text, bold, italic, underline in (("坚定", True, None, None), ("信心", None, True, None), ("前行", None, None, True)):
        run = run_in(paragraph, text, "等线", 10, bold=bold)
        run.italic, run.underline = italic, underline
    run_in(paragraph, "。黑体", "黑体", 14)
    run_in(paragraph, "还在，" + TEXT, "宋体", 14)
    data, _ = formatted(data_of(document))
    element = next(p for p in paragraph_elements(document_xml(data)[0]) if read(p).text.startswith("我们要"))
    said = re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element, encoding="unicode"))
    assert said == (
        '<w:p><w:pPr><w:pStyle w:val="SpeechBody"/></w:pPr><w:r><w:t>我们要</w:t></w:r>'
        "<w:r><w:rPr><w:b/></w:rPr><w:t>坚定</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>信心</w:t></w:r>"
        '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t>前行</w:t></w:r>'
        f'<w:r><w:rPr><w:rStyle w:val="SpeechRunIn1"/></w:rPr><w:t>。黑体</w:t></w:r><w:r><w:t>还在，{TEXT}</w:t></w:r></w:p>'
    )


def test_bold_from_end_to_end_sets_nothing_off() -> None:
    document = a4(Document())
    for _ in range(3):
        add(document, TEXT, size=18, bold=True)
    data, _ = formatted(data_of(document))
    assert list(document_xml(data).iter(w("b"))) == []


def test_what_stands_in_a_paragraph_stays() -> None:
    document = neat()
    paragraph = add(document, "　　见", first=2)
    link = f'<w:hyperlink {nsdecls("w")} w:anchor="x"><w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t>附件</w:t></w:r></w:hyperlink>'
    struck = f'<w:del {nsdecls("w")} w:id="7" w:author="王" w:date="2026-11-22T10:00:00Z"><w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:delText>旧</w:delText></w:r></w:del>'
    added = f'<w:ins {nsdecls("w")} w:id="8" w:author="王" w:date="2026-11-22T10:00:00Z"><w:r><w:t>新</w:t></w:r></w:ins>'
    control = f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="甲"/></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve">　控件</w:t></w:r></w:sdtContent></w:sdt>'
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" DATE "><w:r><w:t>今天</w:t></w:r></w:fldSimple>'
    for xml in (link, struck, added, control, field):
        paragraph._p.append(parse_xml(xml))
    document.add_comment(paragraph.runs, "核一下", "李", "李")
    before = data_of(document)
    data, _ = formatted(before)
    kept = ("hyperlink", "del", "delText", "ins", "sdt", "tag", "fldSimple", "commentRangeStart", "commentReference")
    there, now = ([len(list(document_xml(d).iter(w(name)))) for name in kept] for d in (before, data))
    assert now == there
    assert words(data) == words(before)
    assert words(data)[-1] == "见附件新　控件今天"
    parts, old = (zipfile.ZipFile(io.BytesIO(d)) for d in (data, before))
    for name in old.namelist():
        if name not in ("word/document.xml", "word/styles.xml", "word/settings.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
            assert parts.read(name) == old.read(name), name


def test_pages_are_numbered_where_they_are_not_and_headers_go_on() -> None:
    document = neat()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    data, done = formatted(data_of(document))
    file = DocxFile(data, "稿.docx")
    assert done.numbers
    assert sorted(r.get(w("type")) for r in file.body.iter(w("headerReference"))) == ["default", "even"]
    assert [r.get(w("type")) for r in file.body.iter(w("footerReference"))] == ["default", "even"]
    assert file.tree(file.target(file.main, "settings")).find(w("evenAndOddHeaders")) is not None


def test_a_footer_with_words_of_its_own_is_left() -> None:
    document = neat()
    document.sections[0].footer.paragraphs[0].text = "某某市委办公室"
    data, done = formatted(data_of(document))
    assert (done.numbers, done.unnumbered) == (False, True)
    assert "某某市委办公室" in DocxFile(data, "稿.docx").parts["word/footer1.xml"].decode()


def footer_of(data: bytes, pages: str, section: int = 0) -> str:
    """The footer part of some pages of a section, as the section itself names it, "" for none."""
    file = DocxFile(data, "稿.docx")
    parts = {r.id: r.target for r in file.relations(file.main)}
    found = list(file.body.iter(w("sectPr")))[section]
    named = {r.get(w("type")): parts[r.get(qn("r:id"))] for r in found.iterchildren(w("footerReference"))}
    return file.parts[named[pages]].decode() if pages in named else ""


@pytest.mark.parametrize("empty_footer", [True, False])
@pytest.mark.parametrize("number", [True, False])
def test_the_first_page_is_numbered_where_it_is_set_apart(empty_footer: bool, number: bool) -> None:
    document = neat()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    if empty_footer:
        section.first_page_footer.paragraphs[0].text = ""
    if number:
        section.footer.paragraphs[0]._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    data, done = formatted(data_of(document))
    assert done.numbers
    assert " PAGE " in footer_of(data, "first")
    assert formatted(data)[1].changed is False


def test_even_pages_and_later_sections_are_numbered_as_the_others_are() -> None:
    document = neat()
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.footer.paragraphs[0]._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    section.even_page_footer.paragraphs[0].text = ""
    second = document.add_section()
    second.footer.is_linked_to_previous = False
    add(document, TEXT, first=2)
    data, done = formatted(data_of(document))
    assert done.numbers
    assert [" PAGE " in footer_of(data, "even"), footer_of(data, "default", 1)] == [True, ""]
    assert formatted(data)[1].changed is False


def test_lines_somebody_broke_are_not_stretched() -> None:
    document = neat()
    paragraph = add(document, "时间：11月28日", first=2)
    paragraph.runs[0].add_break()
    run_in(paragraph, "地点：市会议中心", "仿宋_GB2312", 16)
    data, done = formatted(data_of(document))
    file = DocxFile(data, "稿.docx")
    compatibility = file.tree(file.target(file.main, "settings")).find(w("compat"))
    assert done.broken_lines
    assert compatibility.find(w("doNotExpandShiftReturn")) is not None
    assert formatted(data)[1].changed is False


def test_a_section_that_lies_across_and_its_paper_stay() -> None:
    document = neat()
    section = document.add_section()
    section.page_width, section.page_height = Mm(420), Mm(297)
    data, done = formatted(data_of(document))
    assert done.across == 1
    assert [s.find(w("pgSz")).get(w("w")) for s in document_xml(data).iter(w("sectPr"))] == ["11906", "23811"]


def test_a_break_of_page_or_section_a_picture_and_a_bookmark_keep_their_empty_paragraphs() -> None:
    document = neat()
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph().add_run().add_picture(io.BytesIO(picture()))
    marked = document.add_paragraph()
    marked._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="3" w:name="附件"/>'))
    marked._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="3"/>'))
    document.add_paragraph().paragraph_format.page_break_before = True
    document.add_table(1, 2)
    document.add_paragraph()
    document.add_table(1, 2)
    add(document, TEXT, first=2)
    before = len(document.element.body)
    data, done = formatted(data_of(document))
    assert done.empty == 0
    assert len(document_xml(data)[0]) == before + done.blank_lines


def test_numbers_of_word_stay_where_a_style_had_them() -> None:
    document = Document()
    numbering = document.styles["List Number"].element.pPr.numPr
    heading = document.styles["Heading 1"].element
    heading.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{numbering.numId.val}"/></w:numPr>'))
    for text in ("提高站位", "狠抓落实"):
        document.add_heading(text, 1)
        document.add_paragraph(TEXT)
    before = data_of(document)
    data, _ = formatted(before)
    assert [line for line in shown(data).splitlines() if "标题" in line] == ["一级标题｜1.提高站位", "一级标题｜2.狠抓落实"]
    assert formatted(data)[1].changed is False


def test_signs_of_a_symbol_font_stay_signs() -> None:
    document = neat()
    run = document.paragraphs[-1].add_run("\uf0fc")
    run.font.name = "Wingdings"
    data, _ = formatted(data_of(document))
    assert [f.get(qn("w:ascii")) for f in document_xml(data).iter(w("rFonts"))] == ["Wingdings"]


@pytest.mark.parametrize("lines", [["一句话。"], ["题目", "　　　正文在这里。"], ["", "", "甲", ""], ["一、", "（一）"], ["　", "字"]])
@pytest.mark.parametrize("template", ["speech", "reading", "card"])
def test_texts_without_looks_are_set_too(lines: list[str], template: str) -> None:
    data, _ = formatted(plain(lines), template)
    assert words(data) == [line.strip() for line in lines if line.strip()]
    assert formatted(data, template)[1].changed is False


@pytest.mark.parametrize(
    ("last", "roles"),
    [
        (["谢谢大家"], ["正文"]),
        (["中共某某市委", "2026年11月22日"], ["落款", "落款"]),
        (["\u3000" * 12 + "某某市人民政府"], ["落款"]),
        (["一、抓学习", "（一）抓机关"], ["一级标题", "二级标题"]),
        (["一、抓学习，", "1.5倍"], ["正文", "正文"]),
    ],
)
def test_what_the_words_of_a_last_line_tell(last: list[str], roles: list[str]) -> None:
    data, _ = formatted(plain(["在全市工作会议上的讲话", "同志们：", TEXT, *last]))
    assert [line.partition("｜")[0] for line in shown(data).splitlines() if line[:2] != "空行"][3:] == roles


# ── generated documents ────────────────────────────────────────────────────────────────────────────────────────────

_TEXTS = st.text(st.sampled_from("一二要，。：（）、同志们讲话今年12 \u3000\ta—《》〇喆"), max_size=60)
_RUNS = st.tuples(_TEXTS, st.sampled_from(["宋体", "黑体", "楷体", "仿宋_GB2312", "Arial", ""]), st.sampled_from([10, 14, 16, 22]), st.sampled_from([True, False, None]))
_PARAGRAPHS = st.tuples(
    st.lists(_RUNS, max_size=4), st.sampled_from([None, CENTRE, RIGHT]), st.sampled_from([None, 0, 2]),
    st.sampled_from(["Normal", "Heading 1", "Title", "List Number", "Body Text", "Quote"]), st.sampled_from(["", "table", "break", "picture"]),
)  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(st.lists(_PARAGRAPHS, min_size=1, max_size=8), st.sampled_from(["speech", "reading", "card"]))
def test_whatever_a_document_is_its_words_stay_and_twice_is_once(paragraphs: list[Any], template: str) -> None:
    document = Document()
    for runs, align, first, style, more in paragraphs:
        paragraph = document.add_paragraph(style=style)
        paragraph.alignment = align
        if first is not None:
            paragraph.paragraph_format.first_line_indent = Pt(first * 16)
        for text, font, size, bold in runs:
            run_in(paragraph, text, font or "宋体", size, bold=bold)
        if more == "table":
            document.add_table(1, 2).cell(0, 0).text = "　格"
        elif more == "break":
            paragraph.add_run().add_break()
        elif more == "picture":
            paragraph.add_run().add_picture(io.BytesIO(picture()))
    before = data_of(document)
    data, _ = formatted(before, template)
    assert words(data) == words(before)
    again, done = formatted(data, template)
    assert (again, done.changed) == (data, False), done


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────


ALREADY = "没有写文件；已经是这个样子。要写：用 -o 另一个名字.docx 照样写一份\n"


def test_a_file_is_set_in_place_and_the_old_one_is_kept(tmp_path: Path, run: Run) -> None:
    old = data_of(messy())
    (tmp_path / "讲话.docx").write_bytes(old)
    done = run("format", "讲话.docx")
    assert (done.returncode, done.stdout) == (
        0,
        "排好了：讲话.docx（模板 speech），文字没有动。\n"
        "  纸张、页边距、每页行数照模板。\n"
        "  加了页码。\n"
        "  换了样式：正文 11 段、标题 1 段、题注 1 段、称谓 1 段、落款 2 段、一级标题 2 段。\n"
        "  去掉了 10 段前面打的空格，改用缩进、居中或者右对齐。\n"
        "  去掉了 2 个空段落。\n"
        "  标题下面、落款上面照模板空一行。\n"
        "  标题一行放不下，按词意分了行。\n"
        "原来的一份：讲话.备份.docx\n下一步：校对　drafter check 讲话.docx\n",
    )
    assert (tmp_path / "讲话.备份.docx").read_bytes() == old
    now = (tmp_path / "讲话.docx").read_bytes()
    again = run("format", "讲话.docx")
    assert (again.returncode, again.stdout) == (0, f"讲话.docx 已经是模板 speech 的样子，没有要改的。\n{ALREADY}下一步：校对　drafter check 讲话.docx\n")
    assert (tmp_path / "讲话.docx").read_bytes() == now
    assert sorted(p.name for p in tmp_path.iterdir()) == ["讲话.docx", "讲话.备份.docx"]
    checked = json.loads(run("check", "讲话.docx", "--select", ",".join(sorted(MENDED)), "--json").stdout)["result"]
    assert checked[0]["findings"] == []


def test_another_file_is_written_and_none_is_overwritten_unasked(tmp_path: Path, run: Run) -> None:
    old = data_of(neat())
    (tmp_path / "讲话.docx").write_bytes(old)
    told = json.loads(run("format", "讲话.docx", "-t", "reading", "-o", "新.docx", "--json").stdout)["result"]
    assert told == {
        "file": "讲话.docx",
        "template": "reading",
        "changed": True,
        "output": "新.docx",
        "backup": None,
        "paragraphs": {"正文": 6, "标题": 1, "题注": 1, "称谓": 1},
        "cleared": 0,
        "indents": 0,
        "empty": 0,
        "blank_lines": 1,
        "titles": 0,
        "mended": 0,
        "squeezed": 0,
        "page": True,
        "styles": True,
        "page_numbers": True,
        "broken_lines": False,
        "plan": [],
        "remarks": [],
    }
    assert (tmp_path / "讲话.docx").read_bytes() == old
    again = run("format", "讲话.docx", "-o", "新.docx")
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.startswith("新.docx 已经有了。")
    assert run("format", "讲话.docx", "-o", "新.docx", "--force").returncode == 0
    assert (tmp_path / "讲话.docx").read_bytes() == old


OUTLINE = """\
title: 在全市【会议】上的讲话
fields:
  会议: 什么会？
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】，很重要。
  - requirements:
      - heading: 提高站位
        text: 要统一思想。
"""


@pytest.mark.parametrize("template", ["", "reading"])
def test_a_draft_of_ours_is_as_it_should_be_and_can_be_updated(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, template: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(NewRequest(("./会.yaml",), ("会议=工作会议",), output="稿.docx", date="2026-11-22"))
    assert run("format", "稿.docx").stdout == f"稿.docx 已经是模板 speech 的样子，没有要改的。\n{ALREADY}下一步：校对　drafter check 稿.docx\n"
    word = Word((tmp_path / "稿.docx").read_bytes())
    word.bold(word.at("很重要"))
    leaf = next(t for t in word.at("统一思想").iter(T))
    leaf.text = "　　" + (leaf.text or "")
    (tmp_path / "稿.docx").write_bytes(word.save())
    asked = ("-t", template) if template else ()
    done = run("format", "稿.docx", *asked)
    assert done.returncode == 0, done.stderr
    assert "去掉了 1 段前面打的空格" in done.stdout
    assert ("以后更新还照记的那个" in done.stderr) is bool(template)
    updated = run("update", "稿.docx", "--set", "会议=表彰大会")
    assert updated.returncode == 0, updated.stderr
    assert "标题｜在全市【会议：表彰大会】上的讲话" in shown((tmp_path / "稿.docx").read_bytes())
    assert "今天召开【会议：表彰大会】，很重要。" in shown((tmp_path / "稿.docx").read_bytes())


HOSTILE = {
    "没有.docx": None,
    "空.docx": b"",
    "文字.docx": "讲话".encode(),
    "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "压缩包.docx": b"PK\x05\x06" + b"\0" * 18,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_word_document_is_told_in_one_message(tmp_path: Path, run: Run, name: str) -> None:
    data = HOSTILE[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run("format", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(name)
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ([name] if data is not None else [])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("-t", "没有"), "没有叫“没有”的模板。"),
        (("-o", "新.pdf"), "-o 新.pdf：排好的稿子写成 .docx。"),
    ],
)
def test_what_cannot_be_asked_is_told(tmp_path: Path, run: Run, asked: tuple[str, ...], told: str) -> None:
    (tmp_path / "讲话.docx").write_bytes(data_of(neat()))
    done = run("format", "讲话.docx", *asked)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["讲话.docx"]


def test_a_document_without_words_is_told(tmp_path: Path, run: Run) -> None:
    (tmp_path / "空.docx").write_bytes(plain(["", "　"]))
    done = run("format", "空.docx")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "空.docx: 文件里没有文字，没有什么可排的。\n")
