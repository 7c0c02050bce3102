"""Word documents as Blocks: ours come back as they were written, others as far as their styles and looks tell."""

import io
import re
import subprocess
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import which

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.diagnostic import Rejected
from drafter.outline.field import Field, Number, Value
from drafter.outline.fill import fill
from drafter.outline.parse import parse
from drafter.outline.shelf import load
from drafter.outline.yaml import Source
from drafter.readers.docx import normal, read, read_file
from drafter.revise.recipe import Recipe, form, laid_out, record
from drafter.speech.block import Block, dump
from drafter.speech.draft import Span
from drafter.template.styles import Template, parse_template
from drafter.word.document import DocxFile
from drafter.word.numbers import number_as
from drafter.word.record import Kept, Provenance, pack
from drafter.writers.docx import Form, write

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def shipped(name: str) -> Template:
    styles, layout = (
        Source(file, (ROOT / "templates" / name / file).read_text("utf-8")) for file in ("styles.yaml", "layout.j2")
    )
    return parse_template(name, styles, layout)


SPEECH = shipped("speech")
STYLES = (ROOT / "templates" / "speech" / "styles.yaml").read_text("utf-8")


# ── law 1 ──────────────────────────────────────────────────────────────────────────────────────────────────────────

ROLES = [s.role for s in SPEECH.styles if not s.character]
STRONG = ["", *(s.role for s in SPEECH.styles if s.character)]
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t【】 　\r\u3000#|"), max_size=12).map(
    lambda t: t.replace("\ufffe", "").replace("\uffff", "")
)
BLANKS = st.sampled_from(["城市", "日期", "日期|月日", "人数|大写", "单位", "甲 if 乙 else 丙", " 城市 ", "长" * 70, "长文"])
FIELDS = {
    "城市": Field("城市", "text", "哪座城市？"),
    "日期": Field("日期", "date", "哪一天？"),
    "长文": Field("长文", "long text", "说什么？"),
    "单位": Field("单位", "list", "哪些单位？"),
}


@st.composite
def spans(draw: st.DrawFn) -> Span:
    blank = draw(st.just("") | BLANKS)
    strong = draw(st.sampled_from(STRONG))
    if not blank:
        return Span(draw(TEXT), strong, answered=draw(st.sampled_from([True, True, False])))
    field = "单位#2" if blank == "单位" else re.split(r"[ |]", blank.strip())[0]
    answered = draw(st.booleans())
    return Span(draw(TEXT) if answered else f"【{blank}】", strong, blank, field, answered, draw(st.sampled_from(["", "speech.9"])))


BLOCK = st.builds(
    Block,
    st.sampled_from(ROLES),
    st.lists(spans(), max_size=6).map(tuple),
    st.sampled_from(["", "speech.1.p1", "speech.3.points.a-b.p2", "title", "speech." + "x" * 60, "speech.1.p1#2"]),
)


def a_form(controls: bool = True, styles: str = STYLES) -> Form:
    kept = (Kept("styles", "styles.yaml", styles),)
    answers: dict[str, Value] = {"日期": date(2026, 11, 22)}
    return Form(FIELDS, answers, pack(Provenance("x", "speech", kept, {}, plain=not controls)), "x", controls)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(BLOCK, max_size=5), st.sampled_from(["controls", "plain", "none"]))
def test_what_is_written_is_read_back(blocks: list[Block], way: str) -> None:
    told = None if way == "none" else a_form(way == "controls")
    back, remarks = read(write(blocks, SPEECH, now=NOW, form=told), "a.docx")
    wanted = normal(blocks, controls=way == "controls", anchored=way != "none")
    assert back == wanted
    assert remarks == ()
    assert normal(wanted, controls=way == "controls", anchored=way != "none") == wanted


def test_normal_says_what_a_document_cannot_carry() -> None:
    blocks = [
        Block("标题", (Span("在"), Span("全\r\n市", blank="范围", field="范围", node="speech.1"), Span(""), Span("上"), Span("讲")), "title"),
        Block("要求", (Span("一要", "一级段首句"), Span("【词】", "", "词", "词", False), Span("。", "一级段首句")), "speech.3.a.p1"),
        Block("要求", (Span("【甲】", "一级段首句", "甲", "甲#1", False), Span("好", blank="乙|大写", field="乙")), "speech.3.a.p1"),
        Block("空行", ()),
        Block("标题", (Span("【年份】\n", blank="年份", field="年份", answered=False), Span("总结")), "t"),
    ]
    assert normal(blocks) == (
        Block("标题", (Span("在"), Span("全\n市", "", "范围", "范围"), Span("上讲")), "title"),
        Block("要求", (Span("一要", "一级段首句"), Span("【词】", "一级段首句", "词", "词", False), Span("。", "一级段首句")), "3_a_p1"),
        Block("要求", (Span("【甲】", "一级段首句", "甲", "甲#1", False), Span("好", "", "乙|大写", "乙")), "3_a_p1"),
        Block("空行", ()),
        Block("标题", (Span("【年份】\n", "", "年份", "年份", False), Span("总结")), "t"),
    )
    assert normal(blocks, controls=False, anchored=False) == (
        Block("标题", (Span("在全\n市上讲"),)),
        Block("要求", (Span("一要", "一级段首句"), Span("【词】", "一级段首句", "词", "词", False), Span("。", "一级段首句"))),
        Block("要求", (Span("【甲】", "", "甲", "甲", False), Span("好"))),
        Block("空行", ()),
        Block("标题", (Span("【年份】", "", "年份", "年份", False), Span("\n总结"))),
    )
    for way in (True, False):
        assert read(write(blocks, SPEECH, now=NOW, form=a_form(way)), "a.docx")[0] == normal(blocks, controls=way)


# ── documents of others ────────────────────────────────────────────────────────────────────────────────────────────

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = {
    "word/styles.xml": "styles", "word/numbering.xml": "numbering", "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes", "word/header1.xml": "header", "word/theme/theme1.xml": "theme",
}  # fmt: skip
DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
)


def package(body: str, styles: str = DEFAULTS, **parts: str) -> bytes:
    """A .docx of a body and other parts (`numbering` is word/numbering.xml)."""
    inside = {"word/styles.xml": f"<w:styles>{styles}</w:styles>"} if styles else {}
    inside |= {("word/theme/theme1.xml" if n == "theme" else f"word/{n}.xml"): text for n, text in parts.items()}
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/{KINDS[name]}" Target="/{name}"/>' for n, name in enumerate(inside)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    names = f'xmlns:w="{W}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    everything = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>',
        **inside,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in everything.items():
            zipped.writestr(name, head + re.sub(r"^<(w:\w+|a:\w+)", rf"<\1 {names}", text))
    return out.getvalue()


def p(*runs: str, style: str = "", of: str = "", mark: str = "") -> str:
    """A paragraph; `of` is what else its properties say, `mark` what its end does."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    end = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{own}{of}{end}</w:pPr>{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def run(text: str, of: str = "") -> str:
    said = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r><w:rPr>{of}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r>'


def font(name: str, half_points: int = 32) -> str:
    return f'<w:rFonts w:eastAsia="{name}"/><w:sz w:val="{half_points}"/>'


CENTRE, RIGHT, INDENT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>', '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
HEI, KAI, BIG = font("黑体"), font("楷体_GB2312"), font("方正小标宋简体", 44)
LONG = "各级各部门要认真学习，抓好落实，把各项工作做得更细更实，让群众看得见、摸得着、信得过，不辜负大家的期望。"


def shown(data: bytes) -> str:
    return dump(read(data, "a.docx")[0])


def remarks(data: bytes) -> list[str]:
    return [d.message for d in read(data, "a.docx")[1]]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        # A title in two paragraphs and with a soft break, what stands under it, and a signature.
        (p(run("在全市工作会议", BIG), of=CENTRE) + p(run("上的\n讲话", BIG), of=CENTRE) + p(run("——关于几个问题", KAI), of=CENTRE)
         + p(run("市委书记　张三", KAI), of=CENTRE) + p(run("（2026年11月22日）", KAI), of=CENTRE) + p() + p("同志们：")
         + p(LONG, of=INDENT) + p("市委办公室", of=RIGHT) + p("2026年11月22日", of=RIGHT),
         f"标题｜在全市工作会议⏎上的⏎讲话\n副标题｜——关于几个问题\n题注｜市委书记　张三\n题注｜（2026年11月22日）\n空行｜\n称谓｜同志们：\n正文｜{LONG}\n"
         "落款｜市委办公室\n落款｜2026年11月22日\n"),
        # Headings of four levels, in type of their own; in that of the text nobody can tell.
        (p(LONG + LONG, of=INDENT) + p(run("一、提高认识", HEI), of=INDENT) + p(run("（二）抓住重点", KAI), of=INDENT)
         + p(run("3．压实责任", "<w:b/>"), of=INDENT) + p(run("(4)督查", "<w:b/>"), of=INDENT) + p("一、没有样子", of=INDENT)
         + p(run("五、这一句是黑体的，但是很长，像正文一样说下去，一直说到六十个字以上，那就不是小标题，而是有人把整段话都用黑体字排了，多半为了醒目。", HEI), of=INDENT),
         f"正文｜{LONG}{LONG}\n一级标题｜一、提高认识\n二级标题｜（二）抓住重点\n三级标题｜3．压实责任\n四级标题｜(4)督查\n正文｜一、没有样子\n"
         "正文｜五、这一句是黑体的，但是很长，像正文一样说下去，一直说到六十个字以上，那就不是小标题，而是有人把整段话都用黑体字排了，多半为了醒目。\n"),
        # Run-in headings: the first sentence, its stop outside or inside; a bold word elsewhere is none.
        (p(run("一要实。", "<w:b/>"), "要做到。") + p(run("（二）抓好重点。", KAI), LONG) + p(run("一是实", HEI), "，要做到。")
         + p(run("一是", "<w:b/>"), "要做到。") + p("要", run("实。", "<w:b/>"), "要做到。") + p(run("全粗。", "<w:b/>")) + p(LONG),
         f"正文｜**一要实。**要做到。\n正文｜**（二）抓好重点。**{LONG}\n正文｜**一是实**，要做到。\n正文｜一是要做到。\n正文｜要实。要做到。\n正文｜全粗。\n正文｜{LONG}\n"),
        # A centred sentence, and a line on the right in the middle of the text, are text.
        (p("这是一句话。", of=CENTRE) + p(LONG) + p("也是一句话。", of=CENTRE) + p("在右边", of=RIGHT) + p(LONG),
         f"正文｜这是一句话。\n正文｜{LONG}\n正文｜也是一句话。\n正文｜在右边\n正文｜{LONG}\n"),
        # Salutations: in two lines; in the middle; what ends in a colon and is set in is none.
        (p("讲话", of=CENTRE) + p("尊敬的各位领导，") + p("各位来宾、同志们：") + p("　　" + LONG) + p("　　要求如下：") + p("同志们：") + p("　　" + LONG),
         f"标题｜讲话\n称谓｜尊敬的各位领导，\n称谓｜各位来宾、同志们：\n正文｜{LONG}\n正文｜要求如下：\n称谓｜同志们：\n正文｜{LONG}\n"),
        # What is smaller above the title is not the title; everything centred has none.
        (p(run("内部资料", font("黑体", 24)), of=CENTRE) + p(run("讲话", BIG), of=CENTRE) + p(LONG), f"正文｜内部资料\n标题｜讲话\n正文｜{LONG}\n"),
        (p("甲", of=CENTRE) + p("乙", of=CENTRE), "正文｜甲\n正文｜乙\n"),
        ("", ""),
    ],
    ids=["front", "headings", "run-in", "sentences", "salutations", "above", "centred", "empty"],
)  # fmt: skip
def test_looks_tell_roles(body: str, said: str) -> None:
    assert shown(package(body)) == said


@pytest.mark.parametrize("name", ["heading 2", "Heading 2", "标题 2", "标题2", "二级标题", "2级标题"])
def test_a_style_tells_a_heading_by_its_name_or_what_it_is_based_on(name: str) -> None:
    styles = DEFAULTS + (
        f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="{name}"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="我的"/><w:basedOn w:val="x"/></w:style>'
    )
    assert shown(package(p("甲", style="x") + p("乙", style="y") + p(LONG), styles)) == f"二级标题｜甲\n二级标题｜乙\n正文｜{LONG}\n"


def test_words_own_styles_tell_the_rest() -> None:
    document = docx.Document()
    document.add_heading("在会上的讲话", 0)
    document.add_paragraph("——谈两个问题", "Subtitle")
    document.add_heading("提高认识", 1)
    document.add_heading("抓好落实", 2)
    document.add_paragraph(LONG)
    body = document.add_paragraph("大纲级别")
    level = body._p.get_or_add_pPr().makeelement(qn("w:outlineLvl"), {qn("w:val"): "2"})
    body._p.get_or_add_pPr().append(level)
    out = io.BytesIO()
    document.save(out)
    assert shown(out.getvalue()) == (
        f"标题｜在会上的讲话\n副标题｜——谈两个问题\n一级标题｜提高认识\n二级标题｜抓好落实\n正文｜{LONG}\n三级标题｜大纲级别\n"
    )


def test_headings_move_up_where_the_first_level_is_the_title() -> None:
    document = docx.Document()
    document.add_heading("在会上的讲话", 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("提高认识", 2)
    document.add_paragraph(LONG).runs[0].font.size = Pt(11)
    out = io.BytesIO()
    document.save(out)
    assert shown(out.getvalue()) == f"标题｜在会上的讲话\n一级标题｜提高认识\n正文｜{LONG}\n"


def test_looks_come_from_styles_defaults_and_the_theme() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="粗"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:name w:val="强"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="d"><w:name w:val="黑"/><w:rPr><w:rFonts w:eastAsiaTheme="majorEastAsia"/></w:rPr></w:style>'
    )
    theme = (
        '<a:theme><a:themeElements><a:fontScheme><a:majorFont><a:ea typeface=""/><a:font script="Hans" typeface="黑体"/></a:majorFont>'
        '<a:minorFont><a:ea typeface="仿宋"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    strong, black = '<w:rStyle w:val="c"/>', '<w:rStyle w:val="d"/>'
    body = (
        p(run("一要实。", strong), LONG) + p(run("二要细。", black), LONG) + p("三要严。" + LONG, style="b")
        + p(run("四、粗上加粗就不粗", strong), style="b") + p(run("五、粗", "<w:b/>"), style="b")
        + p(run("六、不粗", '<w:b w:val="0"/>'), style="b") + p("七、粗", style="b") + p(LONG) * 3
    )  # fmt: skip
    assert shown(package(body, styles, theme=theme)) == (
        f"正文｜**一要实。**{LONG}\n正文｜**二要细。**{LONG}\n正文｜三要严。{LONG}\n正文｜四、粗上加粗就不粗\n一级标题｜五、粗\n正文｜六、不粗\n"
        f"一级标题｜七、粗\n" + f"正文｜{LONG}\n" * 3
    )


# ── automatic numbers ──────────────────────────────────────────────────────────────────────────────────────────────


def level(depth: int, form: str, text: str, more: str = "") -> str:
    start = "" if "w:start " in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{depth}">{start}<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbered(text: str, num: int = 1, depth: int = 0) -> str:
    return p(text, of=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "a.docx")[0]]


LIST = (
    '<w:abstractNum w:abstractNumId="7">' + level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.") + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>") + level(4, "bullet", "\uf06c") + "</w:abstractNum>"
)  # fmt: skip


def numbering(*nums: str) -> str:
    return f'<w:numbering>{LIST}{"".join(nums) or NUM}</w:numbering>'


NUM = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'


def test_automatic_numbers_become_text() -> None:
    body = "".join(
        numbered("文", depth=depth) for depth in (0, 1, 1, 2, 2, 3, 0, 1, 2, 4)
    ) + p("文") + numbered("文")  # fmt: skip
    data = package(body, numbering=numbering())
    assert texts(data) == [
        "一、文", "（一）文", "（二）文", "1.文", "2.文", "1.2.1 文", "二、文", "（一）文", "1.文", "●文", "文", "三、文",
    ]  # fmt: skip
    assert remarks(data) == ["有 11 处自动编号（第一处是“一、”），写成了文字。"]


def test_lists_count_together_unless_they_start_anew() -> None:
    again = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    anew = '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    other = f'<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">{level(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride></w:num>'
    body = "".join(numbered("文", n) for n in (1, 2, 3, 3, 1, 4))
    said = ["一、文", "二、文", "五、文", "六、文", "七、文", "⑧ 文"]
    assert texts(package(body, numbering=numbering(NUM, again, anew, other))) == said


def test_a_level_restarts_as_it_says() -> None:
    never = '<w:abstractNum w:abstractNumId="1">' + level(0, "decimal", "%1.") + level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>')
    second = level(2, "decimal", "%3)", '<w:lvlRestart w:val="1"/>') + "</w:abstractNum>"
    num = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    body = "".join(numbered("", depth=d) for d in (0, 1, 2, 1, 2, 0, 1, 2))
    assert texts(package(body, numbering=f"<w:numbering>{never}{second}{num}</w:numbering>")) == [
        "1.", "(1)", "1)", "(2)", "2)", "2.", "(3)", "1)",
    ]  # fmt: skip


def test_a_style_may_number_its_paragraphs() -> None:
    linked = LIST.replace('<w:lvl w:ilvl="1"><w:start w:val="1"/>', '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:pStyle w:val="x"/>')
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = DEFAULTS + f'<w:style w:type="paragraph" w:styleId="x"><w:name w:val="节"/>{number}</w:style>'
    styles += f'<w:style w:type="numbering" w:styleId="n"><w:name w:val="单"/>{number}</w:style>'
    link = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="n"/></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("甲", style="x") + p("乙", style="x") + p("丙", style="x", of=none) + numbered("丁", 2)
    assert texts(package(body, styles, numbering=f"<w:numbering>{linked}{NUM}{link}</w:numbering>")) == ["（一）甲", "（二）乙", "丙", "一、丁"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("chineseCounting", "一 十 十二 二十 一○五"), ("chineseCountingThousand", "一 十 十二 二十 一百零五"),
        ("japaneseCounting", "一 十 十二 二十 一百零五"), ("ideographDigital", "一 一〇 一二 二〇 一〇五"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾贰 贰拾 壹佰零伍"), ("ideographTraditional", "甲 癸 12 20 105"),
        ("ideographZodiac", "子 酉 亥 20 105"), ("decimalEnclosedCircleChinese", "① ⑩ ⑫ ⑳ 105"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑿ ⒇ 105"), ("decimalFullWidth", "１ １０ １２ ２０ １０５"), ("decimalZero", "01 10 12 20 105"),
        ("upperLetter", "A J L T AAAAA"), ("lowerRoman", "i x xii xx cv"), ("ordinal", "1st 10th 12th 20th 105th"),
        ("none", "    "), ("noSuchFormat", "1 10 12 20 105"),
    ],
)  # fmt: skip
def test_a_number_is_said_in_its_format(form: str, said: str) -> None:
    assert " ".join(number_as(n, form) for n in (1, 10, 12, 20, 105)) == said


# ── what else a document holds ─────────────────────────────────────────────────────────────────────────────────────


def test_changes_are_read_as_accepted() -> None:
    gone, moved = "<w:del/>", "<w:moveFrom/>"
    body = (
        p("甲", "<w:del><w:r><w:delText>错</w:delText></w:r></w:del>", f"<w:ins>{run('乙')}</w:ins>")
        + p("前", mark=gone) + p("后")
        + p(f"<w:del>{run('全删')}</w:del>", mark=gone) + p(f"<w:moveFrom>{run('移走')}</w:moveFrom>", mark=moved)
        + p(f"<w:moveTo>{run('移来')}</w:moveTo>") + p("末", mark=gone)
    )  # fmt: skip
    reading = read_file(DocxFile(package(body), "a.docx"))
    assert [b.text for b in reading.blocks] == ["甲乙", "前后", "移来", "末"]
    assert [len(e) for e in reading.elements] == [1, 2, 3, 1]
    assert [d.message for d in reading.remarks] == ["有没有处理的修订，按全部接受来读。"]


def test_a_deleted_number_is_not_counted() -> None:
    deleted = numbered("").replace("</w:numPr>", "</w:numPr><w:rPr><w:del/></w:rPr>")
    assert texts(package(numbered("甲") + deleted + numbered("乙"), numbering=numbering())) == ["一、甲", "二、乙"]


def test_a_heading_whose_end_is_hidden_runs_in() -> None:
    body = p("一是实。", of='<w:outlineLvl w:val="1"/>', mark="<w:vanish/><w:specVanish/>") + p("要做到。")
    assert shown(package(body)) == "正文｜**一是实。**要做到。\n"


def test_notes_stand_at_the_end() -> None:
    def note(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = p("甲", note("footnote", 2), "乙", note("endnote", 5)) + p("丙", note("footnote", 1))
    foot = f'<w:footnotes><w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote><w:footnote w:id="1">{p(" 后注")}</w:footnote><w:footnote w:id="2">{p(" 前注")}</w:footnote></w:footnotes>'
    end = f'<w:endnotes><w:endnote w:id="5">{p("尾注文")}</w:endnote></w:endnotes>'
    data = package(body, footnotes=foot, endnotes=end)
    assert texts(data) == ["甲乙", "丙", "前注", "后注", "尾注文"]
    assert remarks(data) == ["有 2 条脚注，文字放在最后。", "有 1 条尾注，文字放在最后。"]


def test_a_table_is_a_paragraph_a_row_and_a_frame_is_none() -> None:
    def cell(*inside: str) -> str:
        return f"<w:tc>{''.join(inside)}</w:tc>"

    rows = f"<w:tr>{cell(p('姓名'))}{cell(p('职务'))}</w:tr><w:tr>{cell(p('张三'))}<w:sdt><w:sdtContent>{cell(p('局长'), p('书记'))}</w:sdtContent></w:sdt></w:tr>"
    frame = f"<w:tbl><w:tr>{cell(p('同志们：'), p(LONG))}</w:tr></w:tbl>"
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell(p('删'))}{cell(p('删'))}</w:tr>"
    data = package(p("前") + f"<w:tbl>{rows}{deleted}</w:tbl>" + frame + p("后"))
    assert texts(data) == ["前", "姓名\t职务", "张三\t局长 书记", "同志们：", LONG, "后"]
    assert remarks(data) == ["有 1 个表格（第一行是“姓名　职务”），按文字来读：一行一段，格与格之间是制表符。"]


def test_what_is_left_out_is_remarked() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('框里的字')}</w:txbxContent></w:pict></w:r>"
    body = (
        p("甲", box) + p("乙", "<w:r><w:drawing/></w:r>") + p("丙", run("藏着的", "<w:vanish/>"))
        + p('<w:commentRangeStart w:id="1"/>', "丁") + '<w:altChunk/>' + p("目录一行", style="toc")
    )  # fmt: skip
    styles = DEFAULTS + '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
    data = package(body, styles, header1=f"<w:hdr>{p('内部资料')}</w:hdr>")
    assert texts(data) == ["甲", "乙", "丙", "丁"]
    assert remarks(data) == [
        "目录有 1 行，没有读。",
        "有 1 个文本框，里面的文字没有读：“框里的字”。",
        "页眉、页脚里的文字没有读：“内部资料”。",
        "有 1 段带批注，批注没有读。",
        "有 1 段带图片，图片没有读。",
        "有 1 处隐藏的文字，没有读：“藏着的”。",
        "嵌着 1 个别的文件，没有读。",
    ]


def test_a_field_shows_its_result() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>IF</w:instrText></w:r>"
    inner = char("begin") + code + char("separate") + run("里面") + char("end")
    whole = char("begin") + code + inner + run("= 1") + char("separate") + run("结果") + char("end")
    assert texts(package(p("甲", whole, "乙") + p("丙", char("begin"), "丁"))) == ["甲结果乙", "丙丁"]
    assert texts(package(p("甲", f'<w:fldSimple w:instr="DATE">{run("今天")}</w:fldSimple>'))) == ["甲今天"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (("甲", "甲甲", "甲"), "甲"),  # one stretch of text
        (("【甲|乙】", "【甲【甲|乙】", "|【甲|乙】", "乙】【甲|乙】", "【甲|乙】"), "【甲|乙】"),  # three
        (("甲", "甲甲", "甲", "甲", "甲甲", "甲"), "甲甲"),  # the same blank twice
        (("甲", "甲甲", "甲", "甲甲", "甲甲甲甲", "甲甲", "甲", "甲甲", "甲"), "甲"),  # saved twice
        (("甲", "甲"), "甲甲"),
        (("甲",) * 5, "甲" * 5),
        (("甲", "乙甲", "甲"), "甲乙甲甲"),
    ],
    ids=["one", "three", "twice", "again", "no copies", "many", "other words"],
)
def test_the_copies_libreoffice_makes_of_a_control_are_undone(written: Sequence[str], said: str) -> None:
    def control(text: str, inside: str = "") -> str:
        properties = f'<w:sdtPr><w:alias w:val="{"丙" if inside else "甲"}"/></w:sdtPr>'
        return f"<w:sdt>{properties}<w:sdtContent>{run(text)}{inside}</w:sdtContent></w:sdt>"

    copies = [control(text) for text in written]
    assert texts(package(p("前", *copies, "后"))) == [f"前{said}后"]
    assert texts(package(p("前", control("丙", copies[0]), *copies[1:], "后"))) == [f"前丙{said}后"]


@pytest.mark.parametrize(
    ("font", "code", "said"),
    [
        ("Wingdings", "F0FC", "✓"), ("wingdings", "F06C", "●"), ("Wingdings", "A8", "□"), ("Wingdings", "F0E0", "→"),
        ("Symbol", "F0B0", "°"), ("Symbol", "F0B3", "≥"), ("Symbol", "F061", "α"), ("Wingdings 2", "F052", "☑"),
        ("宋体", "2116", "№"), ("Wingdings", "F0FF", "\ufffd"), ("某公司符号", "F041", "\ufffd"),
    ],
)  # fmt: skip
def test_a_sign_of_a_symbol_font_is_what_it_shows(font: str, code: str, said: str) -> None:
    data = package(p(run("前"), f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', run("后")))
    assert texts(data) == [f"前{said}后"]
    unknown = [f"有 1 个符号只有它的字体认得（“{font}”），写成了“\ufffd”。"]
    assert remarks(data) == (unknown if said == "\ufffd" else [])


def test_controls_of_others_are_text() -> None:
    control = f'<w:sdt><w:sdtPr><w:alias w:val="作者"/><w:tag w:val="author"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("张三")}</w:sdtContent></w:sdt>'
    assert read(package(p("甲", control)), "a.docx")[0] == (Block("正文", (Span("甲张三"),)),)


# ── through LibreOffice ────────────────────────────────────────────────────────────────────────────────────────────

OUTLINES = ("two-sessions-closing", "letter", "inspection-feedback")


def filled(name: str, values: dict[str, Value], plain: bool = False) -> tuple[tuple[Block, ...], bytes]:
    """A shipped outline, filled, laid out and written with all that keeps it connected."""
    outline, _ = parse(Source(f"{name}.yaml", (ROOT / "outlines" / f"{name}.yaml").read_text("utf-8")), load)
    own = {k: v for k, v in values.items() if k in outline.fields}
    blocks = laid_out(fill(outline, own), SPEECH)
    recipe = Recipe(name, outline, "speech", SPEECH, STYLES)
    told = form(record(recipe, own, (), NOW, "张三", plain), outline, own)
    return blocks, write(blocks, SPEECH, now=NOW, form=told)


def answers(name: str) -> dict[str, Value]:
    outline, _ = parse(Source(f"{name}.yaml", (ROOT / "outlines" / f"{name}.yaml").read_text("utf-8")), load)
    out: dict[str, Value] = {}
    for field in outline.fields.values():
        said: dict[str, Value] = {"date": date(2026, 11, 22), "number": Number("12", 12), "boolean": True, "list": ("第一项工作", "第二项工作"), "long text": ("说明情况",)}
        out[field.name] = field.choices[0] if field.choices else said.get(field.type, f"某{field.name}")
    return out


@pytest.fixture(scope="module")
def through_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[tuple[Block, ...], bytes, bytes]]:
    """Shipped outlines, unfilled, filled and plain: the blocks, the file, and the file as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("office")
    made = {}
    for name in OUTLINES:
        made[f"{name}-empty"] = filled(name, {})
        made[f"{name}-filled"] = filled(name, answers(name))
        made[f"{name}-plain"] = filled(name, {}, plain=True)
    for key, (_, data) in made.items():
        (folder / f"{key}.docx").write_bytes(data)
    office = which("soffice") or which("libreoffice")
    assert office, "LibreOffice is needed for this test"
    subprocess.run(
        [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(folder / "out"), *(str(folder / f"{key}.docx") for key in made)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {key: (*both, (folder / "out" / f"{key}.docx").read_bytes()) for key, both in made.items()}


@pytest.mark.parametrize("way", ["empty", "filled", "plain"])
@pytest.mark.parametrize("name", OUTLINES)
def test_libreoffice_changes_nothing_that_is_read(
    name: str, way: str, through_office: dict[str, tuple[tuple[Block, ...], bytes, bytes]]
) -> None:
    blocks, ours, saved = through_office[f"{name}-{way}"]
    kept = re.findall("【([^【】\n]*)】", (ROOT / "outlines" / f"{name}.yaml").read_text("utf-8"))
    wanted = normal(blocks, controls=way != "plain", sources=kept)
    assert read(ours, "a.docx") == (wanted, ())
    assert read(saved, "a.docx") == (wanted, ())


def test_a_record_that_cannot_be_read_is_remarked_and_the_text_read() -> None:
    told = a_form()._replace(provenance=a_form().provenance.replace('format="1"', 'format="9"'))
    blocks = (Block("要求", (Span("甲"),), "1_p1"),)
    back, said = read(write(blocks, SPEECH, now=NOW, form=told), "a.docx")
    assert back == blocks
    assert [d.message for d in said] == ["这份文件是更新版本的 drafter 写的（来历格式 9，这里只认到 1）。"]


def test_styles_a_template_names_its_own_way_are_found_by_the_record() -> None:
    named = STYLES.replace("  称谓:  ", "  称谓:\n    name: 抬头\n  别的:  ", 1)
    template = parse_template("x", Source("styles.yaml", named), Source("layout.j2", SPEECH.layout))
    blocks = (Block("称谓", (Span("甲：乙"),), "1_p1"),)
    assert read(write(blocks, template, now=NOW, form=a_form(styles=named)), "a.docx") == (blocks, ())


# ── what nobody expects ────────────────────────────────────────────────────────────────────────────────────────────

SCARED = (
    package("", styles=""),
    package(p("甲", style="x"), DEFAULTS + '<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:styleId="y"><w:basedOn w:val="x"/></w:style>'),
    package(p(run("甲", '<w:sz w:val="abc"/>'), of='<w:ind w:firstLine="x9" w:leftChars="9999999999999999"/><w:outlineLvl w:val="-3"/>')),
    package(numbered("甲", 99) + numbered("乙", depth=77), numbering=numbering('<w:num/>', '<w:num w:numId="1"/>')),
    package("<w:sdt><w:sdtContent>" * 90 + p("甲") + "</w:sdtContent></w:sdt>" * 90),
    package(p('<w:bookmarkStart w:name="dr_1"/><w:bookmarkStart w:name="dr_1"/>', "甲") + p('<w:bookmarkStart/>', "乙")),
    package(p("甲", "<w:sdt/>", "<w:sdt><w:sdtContent/></w:sdt>", '<w:r><w:sym w:char="zz"/></w:r>', '<w:r><w:footnoteReference/></w:r>')),
    package("<w:tbl/><w:tbl><w:tr/></w:tbl><w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl><w:p/>"),
    package(p("甲"), theme="<a:theme/>", footnotes="<w:footnotes/>", numbering="<w:numbering/>"),
)  # fmt: skip


@pytest.mark.parametrize("data", SCARED, ids=range(len(SCARED)))
def test_odd_documents_are_read(data: bytes) -> None:
    reading = read_file(DocxFile(data, "a.docx"))
    assert len(reading.blocks) == len(reading.elements) == len(reading.anchors)


def test_a_document_without_a_body_is_refused() -> None:
    data = package("")
    with zipfile.ZipFile(io.BytesIO(data)) as package_:
        inside = {n: package_.read(n) for n in package_.namelist()}
    inside["word/document.xml"] = f'<w:document xmlns:w="{W}"/>'.encode()
    with pytest.raises(Rejected, match="文件里没有正文"):
        read(zipped(inside), "a.docx")


def zipped(inside: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package_:
        for name, data in inside.items():
            package_.writestr(name, data)
    return out.getvalue()


def seeds() -> list[dict[str, bytes]]:
    """Parts of documents of ours, of python-docx and of the samples above."""
    document = docx.Document()
    document.add_heading("讲话", 0)
    document.add_paragraph("甲", "List Number")
    document.add_paragraph("乙", "List Bullet").add_run("粗").bold = True
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "格"
    out = io.BytesIO()
    document.save(out)
    body = "".join(numbered("文", depth=d) for d in (0, 1, 2)) + p(f"<w:del>{run('删')}</w:del>", "留", mark="<w:del/>") + p("末")
    found = []
    for data in (filled("office-training", {})[1], filled("letter", answers("letter"))[1], out.getvalue(), package(body, numbering=numbering())):
        with zipfile.ZipFile(io.BytesIO(data)) as package_:
            found.append({n: package_.read(n) for n in package_.namelist()})
    return found


SEEDS = seeds()
TAG = re.compile(rb"<[^>]+>")
SPOILED = st.sampled_from(
    [b"", b"<w:p/>", b"<w:r><w:t>x</w:t></w:r>", b"<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", b"<w:sdt/>", b'<w:pPr><w:pStyle w:val=""/></w:pPr>', b"<w:del/>", b"<!-- x -->", b'<w:fldChar w:fldCharType="begin"/>']
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_a_spoiled_document_is_read_or_refused(data: st.DataObject) -> None:
    inside = dict(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 4))):
        part = data.draw(st.sampled_from(sorted(n for n in inside if n.endswith((".xml", ".rels")))))
        text = inside[part]
        how = data.draw(st.sampled_from(["drop", "value", "insert", "swap", "lose"]))
        tags = list(TAG.finditer(text))
        if how == "lose":
            if part not in ("[Content_Types].xml", "_rels/.rels"):
                del inside[part]
            continue
        if not tags:
            continue
        tag = tags[data.draw(st.integers(0, len(tags) - 1))]
        if how == "drop":
            new = b""
        elif how == "value":
            new = re.sub(rb'"[^"]*"', data.draw(st.sampled_from([b'""', b'"-1"', b'"abc"', b'"99999999999999999999"', b'"\xe7\x94\xb2"'])), tag[0])
        elif how == "insert":
            new = tag[0] + data.draw(SPOILED)
        else:
            new = tags[data.draw(st.integers(0, len(tags) - 1))][0]
        inside[part] = text[: tag.start()] + new + text[tag.end() :]
    try:
        blocks, _ = read(zipped(inside), "a.docx")
    except Rejected:
        return
    assert all(isinstance(block.text, str) for block in blocks)
