"""Blocks as a Word document: what is in the package, how the text is set, and what is refused."""

import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from drafter.diagnostic import Rejected
from drafter.outline.yaml import Source
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.template.styles import PageSetup, Style, Template, parse_template
from drafter.writers.docx import write

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 9, 30, 15, tzinfo=timezone(timedelta(hours=8)))
SHIPPED = ("card", "reading", "speech")

#: A template of three styles, whose whole styles.xml can be read at a glance.
TITLE = Style("标题", "讲话标题", "SpeechTitle", font="小标宋", size_pt=22, line_pt=35, align="center", keep_next=True)
BODY = Style("正文", "讲话正文", "SpeechBody", font="仿宋", size_pt=16, line_pt=28.95, indent_chars=2, spacing_pt=-0.25)
POINT = BODY._replace(role="要求", name="讲话要求", style_id="SpeechRequirement", like="正文", outline_level=2)
SALUTE = BODY._replace(role="称谓", name="讲话称谓", style_id="SpeechGreeting", like="正文", indent_chars=0)
RUN_IN = Style("一级段首句", "讲话一级段首句", "SpeechRunIn1", character=True, bold=True)
BLANK = Style("待填", "讲话待填", "SpeechBlank", character=True, highlight="yellow")
FOOTER = Style("页脚", "讲话页脚", "SpeechFooter", font="宋体", size_pt=14)
SMALL = Template("小", PageSetup(), (TITLE, BODY, POINT, SALUTE, RUN_IN, BLANK, FOOTER), fallbacks={"仿宋": ("FangSong",)})


def shipped(name: str, base: bytes | None = None) -> Template:
    styles, layout = (
        Source(file, (ROOT / "templates" / name / file).read_text("utf-8")) for file in ("styles.yaml", "layout.j2")
    )
    return parse_template(name, styles, layout, base)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name).decode() for name in package.namelist()}


def written(*blocks: Block, template: Template = SMALL) -> dict[str, str]:
    return parts(write(blocks, template, now=NOW, title="讲话", author="张三"))


def body(*blocks: Block) -> str:
    """What stands in the body before its section."""
    found = re.search(r"<w:body>(.*)<w:sectPr>", written(*blocks)["word/document.xml"], re.DOTALL)
    assert found
    return found[1]


def para(style_id: str, *runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>{"".join(runs)}</w:p>'


def run(text: str, style_id: str = "") -> str:
    style = f'<w:rPr><w:rStyle w:val="{style_id}"/></w:rPr>' if style_id else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r>'


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def style_xml(name: str, xml: str) -> str:
    found = re.search(rf'<w:style [^>]*w:styleId="{name}">(.*?)</w:style>', xml)
    assert found, name
    return found[1]


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("block", "xml"),
    [
        (Block("正文", (Span("同志们"),)), para("SpeechBody", run("同志们"))),
        (Block("标题", (Span("在全市\n会议上的讲话"),)), para(
            "SpeechTitle", run('在全市</w:t><w:br/><w:t xml:space="preserve">会议上的讲话'))),
        (Block("正文", ()), para("SpeechBody")),
        (Block("正文", (Span(""), Span("", answered=False))), para("SpeechBody")),
        (Block("正文", (Span("一要实。", "一级段首句"), Span("要做到"))), para(
            "SpeechBody", run("一要实。", "SpeechRunIn1"), run("要做到"))),
        (Block("正文", (Span("到"), Span("【目标】", blank="目标", answered=False), Span("。"))), para(
            "SpeechBody", run("到"), run("【目标】", "SpeechBlank"), run("。"))),
        (Block("正文", (Span("到"), Span("全市", blank="范围"), Span("去"))), para("SpeechBody", run("到全市去"))),
        (Block("正文", (Span("一要"), Span("【词】", "一级段首句", "词", answered=False))), para(
            "SpeechBody", run("一要"), run("【词】", "SpeechBlank"))),
        (Block("正文", (Span("甲", "五级段首句"),)), para("SpeechBody", run("甲"))),
        (Block("正文", (Span("  A&B <c> \"d\" ]]>\t'"),)), para(
            "SpeechBody", run('  A&amp;B &lt;c&gt; "d" ]]&gt;</w:t><w:tab/><w:t xml:space="preserve">\''))),
    ],
    ids=[
        *("plain", "line break", "empty", "empty spans", "run-in", "blank", "answered", "blank in run-in"),
        *("no such style", "marks"),
    ],
)
def test_a_block_is_one_paragraph_in_named_styles(block: Block, xml: str) -> None:
    assert body(block) == xml


@pytest.mark.parametrize("text", ["a\x00b", "\x0b", "\x1f", "\ufffe", "\uffff", chr(0xD800), chr(0xDFFF)])
@pytest.mark.parametrize("where", ["text", "title", "author"])
def test_a_character_xml_cannot_hold_is_refused_by_its_code_point(text: str, where: str) -> None:
    said = {"text": "正文", "title": "", "author": "", where: text}
    with pytest.raises(Rejected) as caught:
        write([Block("正文", (Span(said["text"]),))], SMALL, now=NOW, title=said["title"], author=said["author"])
    bad = next(c for c in text if c not in "ab")
    near = "“a”后面有" if "a" in text else "文中有"
    assert caught.value.diagnostics[0].message == f"{near} Word 文件存不下的字符 U+{ord(bad):04X}。"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t"), max_size=20)))
def test_python_docx_reads_back_every_word(texts: list[str]) -> None:
    held = [t.replace("\ufffe", "").replace("\uffff", "") for t in texts]
    document = opened(write([Block("正文", (Span(t),)) for t in held], SMALL, now=NOW))
    assert [p.text for p in document.paragraphs] == held


# ── the package ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("number", "footers"), [("outside", 2), ("center", 1), ("none", 0)])
def test_the_package_holds_what_is_named_and_nothing_else(number: str, footers: int) -> None:
    inside = written(template=SMALL._replace(page=PageSetup(number=number)))
    feet = [f"word/footer{n}.xml" for n in range(1, footers + 1)]
    assert sorted(inside) == sorted([
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "word/fontTable.xml", "word/settings.xml", "word/styles.xml", *feet,
    ])  # fmt: skip
    assert next(iter(inside)) == "[Content_Types].xml"
    for text in inside.values():
        etree.fromstring(text.encode())
    named = re.findall(r'PartName="/([^"]+)"', inside["[Content_Types].xml"])
    assert sorted(named) == sorted(n for n in inside if n.endswith(".xml") and not n.startswith("["))
    targets = re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', inside["word/_rels/document.xml.rels"])
    assert sorted(f"word/{t}" for _, t in targets) == sorted(
        ["word/styles.xml", "word/settings.xml", "word/fontTable.xml", *feet]
    )
    assert set(re.findall(r'r:id="(\w+)"', inside["word/document.xml"])) <= {i for i, _ in targets}


def test_the_same_blocks_and_now_give_the_same_bytes() -> None:
    blocks = [Block("标题", (Span("讲话"),)), Block("正文", (Span("同志们"),))]
    one = write(blocks, SMALL, now=NOW, title="讲话")
    assert write(list(blocks), shipped("speech")._replace(**SMALL._asdict()), now=NOW, title="讲话") == one
    assert write(blocks, SMALL, now=NOW + timedelta(minutes=1), title="讲话") != one


@pytest.mark.parametrize(
    ("now", "member", "made"),
    [
        (NOW, (2026, 11, 22, 9, 30, 14), "2026-11-22T01:30:15Z"),
        (datetime(1949, 10, 1, 15, tzinfo=UTC), (1980, 10, 1, 15, 0, 0), "1949-10-01T15:00:00Z"),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=8))), (1980, 1, 1, 0, 0, 0), "0001-01-01T00:00:00Z"),
        (datetime(9999, 12, 31, tzinfo=UTC), (2107, 12, 31, 0, 0, 0), "9999-12-31T00:00:00Z"),
    ],
    ids=["now", "before computers", "the first day", "the last day"],
)
def test_every_member_is_dated_now(now: datetime, member: tuple[int, ...], made: str) -> None:
    data = write([], SMALL, now=now)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {member}
    core = parts(data)["docProps/core.xml"]
    assert re.findall(r'W3CDTF">([^<]+)<', core) == [made, made]


def test_the_properties_say_title_author_and_time_and_no_program() -> None:
    data = write([], SMALL, now=NOW, title='讲话 <a> & "b"', author="市委书记　张三")
    properties = opened(data).core_properties
    assert (properties.title, properties.author) == ('讲话 <a> & "b"', "市委书记　张三")
    assert properties.last_modified_by == "市委书记　张三"
    assert properties.created == properties.modified == datetime(2026, 11, 22, 1, 30, 15, tzinfo=UTC)
    assert (properties.comments, properties.keywords) == ("", "")
    said = parts(data)["docProps/core.xml"] + parts(data)["docProps/app.xml"]
    assert not re.search("drafter|python|docx|Application", said)


def test_writing_needs_neither_python_docx_nor_lxml_nor_zipfile() -> None:
    code = (
        "import sys, datetime; from drafter.speech.block import Block; from drafter.speech.draft import Span;"
        "from drafter.template.styles import PageSetup, Style, Template; from drafter.writers.docx import write;"
        "b = Style('正文', 'b', 'b', font='仿宋', size_pt=16, line_pt=28);"
        "f = b._replace(role='页脚', name='f', style_id='f');"
        "t = Template('t', PageSetup(), (b, f, b._replace(role='待填', name='c', style_id='c', character=True)));"
        "write([Block('正文', (Span('话'),))], t, now=datetime.datetime(2026, 1, 1));"
        "print({'docx', 'lxml', 'zipfile', 'yaml', 'jinja2', 'tempfile', 'shutil', 'json'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "set()\n"


# ── how it looks ───────────────────────────────────────────────────────────────────────────────────────────────────

FONTS = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}" w:hint="eastAsia"/>'
ROOT_RUN = '<w:rPr>{}<w:color w:val="000000"/>{}<w:sz w:val="{}"/><w:szCs w:val="{}"/>{}</w:rPr>'
CHINESE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


@pytest.mark.parametrize(
    ("style_id", "xml"),
    [
        (
            "SpeechTitle",
            '<w:name w:val="讲话标题"/><w:next w:val="SpeechBody"/><w:uiPriority w:val="2"/><w:qFormat/>'
            '<w:pPr><w:keepNext/><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:snapToGrid w:val="0"/>'
            '<w:spacing w:before="0" w:after="0" w:line="700" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>'
            + ROOT_RUN.format(FONTS.format("小标宋"), "", 44, 44, CHINESE),
        ),
        (
            "SpeechBody",
            '<w:name w:val="讲话正文"/><w:uiPriority w:val="3"/><w:qFormat/><w:pPr>'
            '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/>'
            '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="left"/></w:pPr>'
            + ROOT_RUN.format(FONTS.format("仿宋"), '<w:spacing w:val="-5"/>', 32, 32, CHINESE),
        ),
        (
            "SpeechRequirement",
            '<w:name w:val="讲话要求"/><w:basedOn w:val="SpeechBody"/><w:uiPriority w:val="4"/><w:qFormat/>'
            '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>',
        ),
        (
            "SpeechGreeting",  # its indent is taken back, which Word would ignore in a style based on an indented one
            '<w:name w:val="讲话称谓"/><w:uiPriority w:val="5"/><w:qFormat/><w:pPr>'
            '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/>'
            '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
            + ROOT_RUN.format(FONTS.format("仿宋"), '<w:spacing w:val="-5"/>', 32, 32, CHINESE),
        ),
        (
            "SpeechRunIn1",
            '<w:name w:val="讲话一级段首句"/><w:uiPriority w:val="6"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>',
        ),
        (
            "SpeechBlank",
            '<w:name w:val="讲话待填"/><w:uiPriority w:val="7"/><w:qFormat/>'
            '<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/></w:rPr>',
        ),
    ],
)
def test_a_style_says_all_of_itself_or_what_differs_from_what_it_is_like(style_id: str, xml: str) -> None:
    assert style_xml(style_id, written()["word/styles.xml"]) == xml


@pytest.mark.parametrize(
    ("change", "xml"),
    [
        ({"bold": True}, "<w:rPr><w:b/><w:bCs/></w:rPr>"),
        ({"font": "黑体"}, "<w:rPr>" + FONTS.format("黑体") + "</w:rPr>"),
        ({"keep_next": True}, "<w:pPr><w:keepNext/></w:pPr>"),
        ({"widow_control": True}, '<w:pPr><w:widowControl w:val="1"/></w:pPr>'),
        ({"align": "both"}, '<w:pPr><w:jc w:val="both"/></w:pPr>'),
        ({"spacing_pt": 0}, '<w:rPr><w:spacing w:val="0"/></w:rPr>'),
        ({"right_chars": 2}, '<w:pPr><w:ind w:rightChars="200" w:right="640" w:firstLineChars="200" w:firstLine="640"/></w:pPr>'),
        ({"size_pt": 14}, '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="560"/></w:pPr>'
                          '<w:rPr><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'),
        ({"line_pt": 0, "before_pt": 6}, '<w:pPr><w:snapToGrid w:val="0"/>'
                          '<w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'),
    ],
)  # fmt: skip
def test_a_difference_is_written_alone(change: dict[str, Any], xml: str) -> None:
    point = BODY._replace(role="要求", name="讲话要求", style_id="SpeechRequirement", like="正文", **change)
    template = SMALL._replace(styles=(BODY, point, BLANK, FOOTER))
    said = style_xml("SpeechRequirement", written(template=template)["word/styles.xml"])
    assert said.partition("<w:qFormat/>")[2] == xml


def test_a_page_is_a4_with_the_margins_of_gb_9704() -> None:
    document = written(template=shipped("speech"))["word/document.xml"]
    assert document.endswith(
        '<w:sectPr><w:footerReference w:type="default" r:id="rId10"/><w:footerReference w:type="even" r:id="rId11"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
        ' w:header="851" w:footer="1417" w:gutter="0"/><w:cols w:space="425"/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
        "</w:body></w:document>"
    )


def test_the_page_number_stands_outside_between_two_dashes() -> None:
    inside = written(template=shipped("speech"))
    words = "".join(re.findall(r"<w:(?:t|instrText)[^>]*>([^<]*)<", inside["word/footer1.xml"]))
    assert words == "—  PAGE 1 —"
    assert "<w:evenAndOddHeaders/>" in inside["word/settings.xml"]
    odd, even = (style_xml(f"SpeechFooter{s}", inside["word/styles.xml"]) for s in ("Odd", "Even"))
    assert '<w:pPr><w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/></w:pPr>' in odd
    assert '<w:pPr><w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/></w:pPr>' in even
    footers = [re.findall(r'pStyle w:val="(\w+)"', inside[f"word/footer{n}.xml"]) for n in (1, 2)]
    assert footers == [["SpeechFooterOdd"], ["SpeechFooterEven"]]
    base = style_xml("SpeechFooter", inside["word/styles.xml"])
    assert FONTS.format("宋体") in base
    assert 'w:line="240" w:lineRule="auto"' in base


def test_a_copy_for_reading_is_numbered_in_the_middle_of_every_page() -> None:
    inside = written(template=shipped("reading"))
    assert "evenAndOddHeaders" not in inside["word/settings.xml"]
    assert '<w:jc w:val="center"/>' in style_xml("SpeechFooterCentre", inside["word/styles.xml"])
    assert inside["word/document.xml"].count("footerReference") == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_no_theme_no_letter_paper_no_latin_default_is_left(name: str) -> None:
    inside = written(template=shipped(name))
    assert not re.search("[tT]heme(?!FontLang)", "".join(inside.values()))
    styles = inside["word/styles.xml"]
    for fonts in re.findall("<w:rFonts[^>]*>", styles):
        assert len(set(re.findall(r'="([^"]*)"', fonts)) - {"eastAsia"}) == 1
    assert 'w:eastAsia="zh-CN"' in styles.partition("</w:docDefaults>")[0]
    assert 'w:characterSpacingControl w:val="compressPunctuation"' in inside["word/settings.xml"]
    for needed in ("Normal", "Default Paragraph Font", "Normal Table", "No List"):
        assert f'<w:name w:val="{needed}"/>' in styles
    asked = set(re.findall(r'w:eastAsia="([^"]+)"', styles)) - {"zh-CN"}
    assert asked <= set(re.findall(r'<w:font w:name="([^"]+)"', inside["word/fontTable.xml"]))


@pytest.mark.parametrize("name", SHIPPED)
def test_python_docx_finds_every_style_by_its_name(name: str) -> None:
    template = shipped(name)
    roles = [s for s in template.styles if not s.character]
    document = opened(write([Block(s.role, (Span("话"),)) for s in roles], template, now=NOW))
    assert [p.style.name for p in document.paragraphs] == [s.name for s in roles]
    assert document.styles["讲话待填"].type == WD_STYLE_TYPE.CHARACTER
    title = document.styles["讲话标题"]
    assert (title.font.size.pt, title.font.name) == (template.style("标题").size_pt, "方正小标宋简体")


def test_a_run_says_nothing_but_the_name_of_its_style() -> None:
    spans = (Span("一要实。", "一级段首句"), Span("【愿景】", blank="愿景", answered=False), Span("。"))
    xml = written(Block("要求", spans), Block("空行", ()), template=shipped("speech"))["word/document.xml"]
    inside = re.findall(r"<w:(?:rPr|pPr)>(.*?)</w:(?:rPr|pPr)>", xml)
    assert all(re.fullmatch(r'<w:[pr]Style w:val="\w+"/>', one) for one in inside)


# ── on a letterhead ────────────────────────────────────────────────────────────────────────────────────────────────


def letterhead(*texts: str) -> bytes:
    """A unit's own paper: a header, a footer, narrow margins, a style of its own and one of our name."""
    base = docx.Document()
    section = base.sections[0]
    section.header.paragraphs[0].text = "中共××市委办公室"
    section.footer.paragraphs[0].text = "地址：××路1号"
    section.left_margin = docx.shared.Mm(20)
    base.styles.add_style("函头", WD_STYLE_TYPE.PARAGRAPH)
    base.styles.add_style("讲话正文", WD_STYLE_TYPE.PARAGRAPH).element.set(qn("w:styleId"), "a7")
    base.styles.add_style("别的", WD_STYLE_TYPE.PARAGRAPH).element.set(qn("w:styleId"), "SpeechTitle")
    for text in texts:
        base.add_paragraph(text, "函头")
    out = io.BytesIO()
    base.save(out)
    return out.getvalue()


BLOCKS = (Block("标题", (Span("讲话"),)), Block("正文", (Span("要"), Span("【目标】", blank="目标", answered=False))))


def test_a_letterhead_keeps_its_page_and_words_and_takes_our_styles() -> None:
    template = shipped("speech", letterhead("函　笺", ""))
    document = opened(write(BLOCKS, template, now=NOW, title="讲话", author="张三"))
    assert [(p.style.name, p.text) for p in document.paragraphs] == [
        ("函头", "函　笺"),
        ("函头", ""),
        ("讲话标题", "讲话"),
        ("讲话正文", "要【目标】"),
    ]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "中共××市委办公室"
    assert section.footer.paragraphs[0].text == "地址：××路1号"
    assert section.left_margin.mm == pytest.approx(20, abs=0.1)
    assert document.element.body[-1].tag == qn("w:sectPr")
    assert document.paragraphs[3].runs[1].style.name == "讲话待填"
    assert (document.core_properties.title, document.core_properties.comments) == ("讲话", "")


def test_a_style_of_our_name_keeps_the_id_the_letterhead_knows_it_by() -> None:
    styles = opened(write(BLOCKS, shipped("speech", letterhead()), now=NOW)).styles
    assert styles["讲话正文"].style_id == "a7"
    assert styles["讲话要求"].base_style.style_id == "a7"
    assert styles["讲话正文"].font.size.pt == 16
    assert (styles["别的"].style_id, styles["讲话标题"].style_id) == ("SpeechTitle", "SpeechTitlex")
    ids = [s.style_id for s in styles]
    assert len(ids) == len(set(ids))


def test_the_one_empty_paragraph_of_a_new_document_is_no_letterhead() -> None:
    document = opened(write(BLOCKS, shipped("speech", letterhead("")), now=NOW))
    assert [p.text for p in document.paragraphs] == ["讲话", "要【目标】"]


def test_a_letterhead_gives_the_same_bytes_again() -> None:
    template = shipped("speech", letterhead("函　笺"))
    assert write(BLOCKS, template, now=NOW) == write(BLOCKS, template, now=NOW)


def test_a_letterhead_that_is_no_word_document_is_refused_by_name() -> None:
    with pytest.raises(Rejected) as caught:
        write(BLOCKS, shipped("speech", b"%PDF-1.7"), now=NOW)
    assert caught.value.diagnostics[0].place is not None
    assert caught.value.diagnostics[0].place.file == "speech/base.docx"
