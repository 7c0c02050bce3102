"""The final copy of a document: what keeps it from being made, what is taken out of it, and that its words stay."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter.commands.finish import FinishRequest, finish
from drafter.diagnostic import Rejected
from drafter.speech.flow import Stands
from drafter.word.clean import accept_revisions, authors, clean, drop_comments, drop_highlights
from drafter.word.document import DocxFile
from drafter.word.leaks import LEAKS
from drafter.word.markup import RELATIONSHIP, W
from drafter.word.pagination import Pages
from drafter.word.text import paragraph_elements, read, w
from drafter.word.unfinished import problems

NOW = datetime(2026, 11, 22, 9, 30)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{RELATIONSHIP}" xmlns:w14="{W14}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14 wps"'
)

#: Whoever worked on the documents of these tests. None of them may be found in a clean copy.
AUTHORS = ("欧阳秘书", "Zhuge Liang", "上官处长", "某某市委办", "C:\\Users\\ouyang")


def by(name: str = AUTHORS[0], number: int = 1) -> str:
    return f'w:id="{number}" w:author="{name}" w:date="2026-11-20T08:00:00Z"'


# ── documents ──────────────────────────────────────────────────────────────────────────────────────────────────────

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:rsid w:val="00AB12CD"/><w:rPr><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="dk"><w:name w:val="讲话待填"/><w:rPr><w:shd w:val="clear" w:color="auto" w:fill="00FF00"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="he"><w:name w:val="黑字"/><w:rPr><w:b/></w:rPr></w:style>'
)
SECTION = '<w:sectPr w:rsidR="00112233"><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'


def text(words: str, properties: str = "") -> str:
    return f'<w:r w:rsidR="00AB12CD">{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    runs = "".join(i if i.startswith("<") else text(i) for i in inside)
    return f'<w:p w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00112233">{f"<w:pPr>{properties}</w:pPr>" if properties else ""}{runs}</w:p>'


def control(inside: str, properties: str = "") -> str:
    return f'<w:sdt><w:sdtPr>{properties}<w:id w:val="{crc32(inside.encode()) >> 1}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


PROMPTING = "<w:showingPlcHdr/>"


COLUMN = '<w:gridCol w:w="4000"/>'


def table(*cells: str) -> str:
    columns = COLUMN * len(cells)
    row = "".join(f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid><w:tr>{row}</w:tr></w:tbl>"


def box(inside: str) -> str:
    """A text box, said twice as Word does."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wps:txbx>{content}</wps:txbx></wp:inline></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def part(root: str, inside: str) -> str:
    return f"<w:{root} {NAMES}>{inside}</w:{root}>"


def document(body: str, *, more: Mapping[str, tuple[str, str, str]] = {}, settings: str = "", styles: str = STYLES) -> bytes:
    """A .docx. `more` are parts by name: the end of their relationship's type, their content type, their text."""
    parts = {
        "word/document.xml": ("", WORD + "document.main+xml", part("document", f"<w:body>{body}{'' if 'pgSz' in body else SECTION}</w:body>")),
        "word/styles.xml": ("styles", WORD + "styles+xml", part("styles", styles)),
        "word/settings.xml": ("settings", WORD + "settings+xml", part("settings", settings)),
        **more,
    }
    own: dict[str, str] = {
        f"{name.rpartition('/')[0]}/_rels/{name.rpartition('/')[2]}.rels": content for name, (kind, _, content) in parts.items() if kind == "rels"
    }
    parts = {name: row for name, row in parts.items() if row[0] != "rels"}
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (_, kind, _) in parts.items() if kind)
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if "//" in kind else f"{RELATIONSHIP}/{kind}"}" Target="/{name}"/>'
        for n, (name, (kind, _, _)) in enumerate(parts.items(), 1)
        if kind and not kind.startswith("/")
    )
    top = "".join(
        f'<Relationship Id="rId{n}" Type="{kind[1:] if "//" in kind else RELATIONSHIP + kind}" Target="{name}"/>'
        for n, (name, (kind, _, _)) in enumerate(parts.items(), 100)
        if kind.startswith("/")
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONSHIP}/officeDocument" Target="word/document.xml"/>{top}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}</Relationships>',
        **{name: content for name, (_, _, content) in parts.items()},
        **own,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def body_of(data: bytes) -> str:
    """The body of a document, without names and section."""
    found = re.search(rb"<w:body>(.*?)(<w:sectPr.*)?</w:body>", parts_of(data)["word/document.xml"], re.S)
    return found[1].decode() if found else ""


def words(file: DocxFile) -> list[str]:
    return [read(p).text for p in paragraph_elements(file.body, tables=True)]


def cleaned(data: bytes, now: datetime = NOW) -> bytes:
    file = DocxFile(data, "稿.docx")
    return clean(file, now, authors(file)).data


def told(data: bytes) -> list[str]:
    return [f"{p.kind} {p.where} “{p.words}” {p.who}{'：' if p.who else ''}{p.note}".rstrip() for p in problems(DocxFile(data, "稿.docx"))]


def links_nowhere(data: bytes) -> list[str]:
    """Relationships to parts that are not there, relationship ids nobody has, and types of parts that are not there."""
    file = DocxFile(data, "稿.docx")
    out = []
    for owner in ["", *(n for n in file.parts if not n.endswith(".rels"))]:
        relations = list(file.relations(owner))
        out += [f"{owner} → {r.target}" for r in relations if not r.external and r.target not in file]
        if owner.endswith(".xml") and owner != "[Content_Types].xml":
            named = {v for node in file.tree(owner).iter() for k, v in node.attrib.items() if k.startswith(f"{{{RELATIONSHIP}}}")}
            out += [f"{owner}: {one}" for one in named - {r.id for r in relations}]
    types = etree.fromstring(file.parts["[Content_Types].xml"])
    out += [t.get("PartName") for t in types if t.get("PartName") and t.get("PartName")[1:] not in file.parts]
    owners = {re.sub(r"_rels/(.*)\.rels$", r"\1", n) for n in file.parts if n.endswith(".rels")} - {""}
    return out + sorted(owners - set(file.parts))


# ── what is left ───────────────────────────────────────────────────────────────────────────────────────────────────

MARKED = '<w:highlight w:val="yellow"/>'
YELLOW = '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'


def comments(*said: str) -> dict[str, tuple[str, str, str]]:
    inside = "".join(f"<w:comment {by(number=n)}>{paragraph(one)}</w:comment>" for n, one in enumerate(said))
    return {"word/comments.xml": ("comments", WORD + "comments+xml", part("comments", inside))}


def noted(start: str, number: int = 0) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>{text(start)}<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (paragraph("同志们：") + paragraph("迎着【愿景】，好好干。"), ["blank 约第 1 页第 2 段 “迎着【愿景】，好好干。”"]),
        (paragraph("【甲", "乙】"), ["blank 约第 1 页第 1 段 “【甲乙】”"]),
        (paragraph("甲【乙】丙【丁】"), ["blank 约第 1 页第 1 段 “甲【乙】丙”", "blank 约第 1 页第 1 段 “丙【丁】”"]),
        (paragraph("在", control(text("哪个会？"), PROMPTING), "上"), ["blank 约第 1 页第 1 段 “在哪个会？上”"]),
        (control(paragraph("几句话？"), PROMPTING), ["blank 约第 1 页第 1 段 “几句话？”"]),
        (paragraph(control("", '<w:alias w:val="会议"/>' + PROMPTING)), ["blank 约第 1 页第 1 段 “会议”"]),
        (paragraph(control(text("单击或点击此处输入文字。"))), ["blank 约第 1 页第 1 段 “单击或点击此处输入文字。”"]),
        (paragraph(control(text("选择一项。"))), ["blank 约第 1 页第 1 段 “选择一项。”"]),
        (paragraph(control(text("请单击此处查看"))), []),
        (paragraph(control(text("全市大会"), '<w:showingPlcHdr w:val="0"/>')), []),
        (table(paragraph("甲"), paragraph("【乙】")), ["blank 约第 1 页表格第 1 行 “【乙】”"]),
        (paragraph("甲", box(paragraph("【乙】"))), ["blank 约第 1 页文本框 “【乙】”"]),
        (paragraph("他说【，没有完"), []),
        (paragraph("甲", text("乙", MARKED), text("丙", MARKED), "丁"), ["highlight 约第 1 页第 1 段 “乙丙”"]),
        (paragraph(text("乙", '<w:highlight w:val="none"/>')), []),
        (paragraph(text("乙", YELLOW)), ["highlight 约第 1 页第 1 段 “乙”"]),
        (paragraph(text("乙", '<w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>')), []),
        (paragraph("乙丙", properties=YELLOW), ["highlight 约第 1 页第 1 段 “乙丙”"]),
        (paragraph(text("市委", '<w:rStyle w:val="dk"/>')), ["highlight 约第 1 页第 1 段 “市委”"]),
        (paragraph(text("【市委】", '<w:rStyle w:val="dk"/>')), ["blank 约第 1 页第 1 段 “【市委】”"]),
        (paragraph("甲", f"<w:ins {by()}>{text('乙')}</w:ins>"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：插入"]),
        (paragraph("甲", f"<w:del {by()}><w:r><w:delText>乙</w:delText></w:r></w:del>"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：删除"]),
        (paragraph(f"<w:moveFrom {by()}>{text('乙')}</w:moveFrom>"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：移走"]),
        (paragraph(f"<w:moveTo {by()}>{text('乙')}</w:moveTo>"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：移来"]),
        (paragraph(text("乙", f"<w:b/><w:rPrChange {by()}><w:rPr/></w:rPrChange>"), "丙"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：改格式"]),
        (paragraph("乙丙", properties=f"<w:pPrChange {by()}><w:pPr/></w:pPrChange>"), ["revision 约第 1 页第 1 段 “乙丙” 欧阳秘书：改格式"]),
        (paragraph("乙", properties=f"<w:rPr><w:del {by()}/></w:rPr>"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：删除段落标记"]),
        (paragraph("乙") + f'<w:sectPr><w:pgSz w:w="11906"/><w:sectPrChange {by()}><w:sectPr/></w:sectPrChange></w:sectPr>', ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：改页面设置"]),
        (table(paragraph("甲")).replace("<w:tr>", f"<w:tr><w:trPr><w:ins {by()}/></w:trPr>"), ["revision 约第 1 页表格第 1 行 “甲” 欧阳秘书：插入表格行"]),
        (table(paragraph("甲")).replace("</w:tcPr>", f"<w:cellIns {by()}/></w:tcPr>"), ["revision 约第 1 页表格第 1 行 “甲” 欧阳秘书：插入单元格"]),
        (paragraph(f"<w:ins {by()}><w:del {by(number=2)}><w:r><w:delText>乙</w:delText></w:r></w:del></w:ins>"), ["revision 约第 1 页第 1 段 “乙” 欧阳秘书：插入"]),
        (paragraph(f"<w:del {by()}>{control(text('空'), PROMPTING)}</w:del>"), ["revision 约第 1 页第 1 段 “空” 欧阳秘书：删除"]),
        (paragraph("甲", noted("乙丙")), ["comment 约第 1 页第 1 段 “乙丙” 欧阳秘书：这里要核实"]),
        (paragraph("甲", noted("乙丙", 7)), []),
    ],
)  # fmt: skip
def test_what_is_left_is_told_with_its_place_and_words(body: str, said: list[str]) -> None:
    assert told(document(body, more=comments("这里要核实"))) == said


@pytest.mark.parametrize(
    ("kind", "root", "inside", "reference", "where"),
    [
        ("header", "hdr", "{}", '<w:headerReference w:type="default" r:id="rId4"/>', "页眉"),
        ("header", "hdr", "{}", '<w:headerReference w:type="first" r:id="rId4"/>', "首页页眉"),
        ("footer", "ftr", "{}", '<w:footerReference w:type="even" r:id="rId4"/>', "偶数页页脚"),
        ("footnotes", "footnotes", '<w:footnote w:type="separator" w:id="-1"/><w:footnote w:id="2">{}</w:footnote>', "", "脚注 1"),
        ("endnotes", "endnotes", '<w:endnote w:id="2"><w:p/></w:endnote><w:endnote w:id="3">{}</w:endnote>', "", "尾注 2"),
    ],
)
def test_headers_footers_and_notes_are_looked_through(kind: str, root: str, inside: str, reference: str, where: str) -> None:
    left = paragraph("【甲】", text("乙", MARKED), f"<w:ins {by()}>{text('丙')}</w:ins>")
    more = {f"word/{kind}1.xml": (kind, WORD + kind + "+xml", part(root, inside.format(left)))}
    data = document(paragraph("正文") + SECTION.replace("<w:pgSz", reference + "<w:pgSz"), more=more)
    assert told(data) == [f"blank {where} “【甲】乙丙”", f"revision {where} “丙” 欧阳秘书：插入", f"highlight {where} “乙”"]


def test_a_header_no_page_shows_is_neither_told_of_nor_kept() -> None:
    data = document(paragraph("正文"), more={"word/header1.xml": ("header", WORD + "header+xml", part("hdr", paragraph("【甲】")))})
    assert told(data) == []
    assert sorted(parts_of(cleaned(data))) == [
        "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml", "word/settings.xml", "word/styles.xml",
    ]  # fmt: skip


def test_changes_of_styles_are_told() -> None:
    styles = STYLES.replace('<w:sz w:val="32"/>', f'<w:sz w:val="32"/><w:rPrChange {by()}><w:rPr/></w:rPrChange>')
    assert told(document(paragraph("甲"), styles=styles)) == ["revision 样式表 “Normal” 欧阳秘书：改格式"]


def test_a_control_that_shows_its_own_placeholder_is_a_blank_whatever_it_says_of_itself() -> None:
    block = f'<w:docParts><w:docPart><w:docPartPr><w:name w:val="q1"/></w:docPartPr><w:docPartBody>{paragraph("哪个单位？")}</w:docPartBody></w:docPart></w:docParts>'
    more = {"word/glossary/document.xml": ("glossaryDocument", WORD + "document.glossary+xml", part("glossaryDocument", block))}
    asking = control(text("哪个单位？"), '<w:placeholder><w:docPart w:val="q1"/></w:placeholder>')
    assert told(document(paragraph(asking), more=more)) == ["blank 约第 1 页第 1 段 “哪个单位？”"]


def test_text_in_another_file_is_refused() -> None:
    with pytest.raises(Rejected, match="插入了别的文件"):
        told(document('<w:altChunk r:id="rId9"/>'))


# ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────

GB = SECTION.replace("</w:sectPr>", '<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>')
LINE = '<w:spacing w:line="579" w:lineRule="exact"/>'


@pytest.mark.parametrize(
    ("body", "places"),
    [
        # 22 lines of 28 字 to the page (GB/T 9704—2012, 5.2.2)
        (paragraph("字" * 28, properties=LINE) * 45, {0: (1, 1), 21: (1, 22), 22: (2, 1), 43: (2, 22), 44: (3, 1)}),
        (paragraph("字" * 29, properties=LINE) * 12, {10: (1, 11), 11: (2, 1)}),
        (paragraph("a" * 56, properties=LINE) * 23, {21: (1, 22), 22: (2, 1)}),
        (paragraph(properties=LINE) * 22 + paragraph("字", properties=LINE), {22: (2, 1)}),
        (paragraph("甲") + paragraph("乙", properties="<w:pageBreakBefore/>"), {0: (1, 1), 1: (2, 1)}),
        (paragraph("甲", '<w:r><w:br w:type="page"/></w:r>') + paragraph("乙") + paragraph("丙"), {1: (2, 1), 2: (2, 2)}),
        (paragraph("甲", properties=SECTION) + paragraph("乙"), {1: (2, 1)}),
        (paragraph("甲") + paragraph("乙", '<w:r><w:lastRenderedPageBreak/></w:r>', "丙") + paragraph("丁"), {1: (1, 2), 2: (2, 2)}),
        (table(*[paragraph("字" * 9, properties=LINE) * 3] * 3) * 8, {0: (1, 0, 1), 3: (1, 0, 1), 71: (2, 0, 1)}),
    ],
)  # fmt: skip
def test_the_page_is_told_by_lines_and_letters_or_as_word_has_noted_it(body: str, places: dict[int, tuple[int, int]]) -> None:
    file = DocxFile(document(body + GB), "稿.docx")
    pages = Pages(file)
    there = list(paragraph_elements(file.body, tables=True))
    assert {n: pages.find(there[n]) for n in places} == {n: Stands(*place) for n, place in places.items()}


def test_words_far_into_a_paragraph_are_on_the_page_they_stand_on() -> None:
    file = DocxFile(document(paragraph("前") + paragraph("字" * 1300, properties=LINE) + paragraph("后") + GB), "稿.docx")
    long, after = list(paragraph_elements(file.body))[1:]
    pages = Pages(file)
    assert [pages.find(long, at)[:2] for at in (0, 500, 700, 1299)] == [(1, 2), (1, 2), (2, 1), (3, 1)]
    assert pages.find(after) == Stands(3, 2)


# ── the clean copy ─────────────────────────────────────────────────────────────────────────────────────────────────

CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>在大会上的讲话</dc:title><dc:creator>欧阳秘书</dc:creator><cp:lastModifiedBy>Zhuge Liang</cp:lastModifiedBy>'
    "<cp:keywords>Zhuge Liang</cp:keywords><cp:revision>38</cp:revision><cp:lastPrinted>2026-11-01T00:00:00Z</cp:lastPrinted>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2026-10-01T00:00:00Z</dcterms:created></cp:coreProperties>'
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>Zhuge Liang.dotm</Template><TotalTime>512</TotalTime>'
    "<Pages>3</Pages><Application>WPS</Application><Manager>上官处长</Manager><Company>某某市委办</Company><DocSecurity>0</DocSecurity></Properties>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{}</Properties>'
)
LOCAL_SETTINGS = (
    '<w:attachedTemplate r:id="rId1"/><w:linkStyles/><w:trackRevisions/><w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
    '<w:defaultTabStop w:val="420"/><w:rsids><w:rsidRoot w:val="00112233"/></w:rsids><w:docVars><w:docVar w:name="a" w:val="欧阳秘书"/></w:docVars><w14:docId w14:val="12345678"/>'
)


def own_property(name: str, value: str, number: int = 2) -> str:
    return f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'


def everything(body: str, custom: str = own_property("drafter.outline", "x"), settings: str = LOCAL_SETTINGS) -> bytes:
    """A document with everything of its making in it."""
    rels = '<Relationships xmlns="{}/relationships"><Relationship Id="rId1" Type="{}/{}" Target="{}"{}/></Relationships>'
    more = {
        "customXml/item1.xml": ("customXml", "", '<v:values xmlns:v="urn:drafter:values:1"><v:a>欧阳秘书</v:a></v:values>'),
        "customXml/itemProps1.xml": ("", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{6B1C9D52-3F0E-4D5A-9C77-D7A4F7E60001}"/>'),
        "customXml/item1.xml#": ("rels", "", rels.format(PACKAGE, RELATIONSHIP, "customXmlProps", "itemProps1.xml", "")),
        "word/glossary/document.xml": ("glossaryDocument", WORD + "document.glossary+xml", part("glossaryDocument", f"<w:docParts/><!-- {AUTHORS[1]} -->")),
        "word/people.xml": ("http://schemas.microsoft.com/office/2011/relationships/people", WORD + "people+xml", f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{AUTHORS[0]}"/></w15:people>'),
        "word/commentsExtended.xml": ("http://schemas.microsoft.com/office/2011/relationships/commentsExtended", WORD + "commentsExtended+xml", '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'),
        **comments("没有人看得到"),
        "word/settings.xml#": ("rels", "", rels.format(PACKAGE, RELATIONSHIP, "attachedTemplate", "file:///C:\\Users\\ouyang\\a.dotm", ' TargetMode="External"')),
        "word/printerSettings1.bin": ("printerSettings", "", "Zhuge Liang's printer"),
        "docProps/core.xml": (f"/{PACKAGE}/relationships/metadata/core-properties", "application/vnd.openxmlformats-package.core-properties+xml", CORE),
        "docProps/app.xml": ("/extended-properties", "application/vnd.openxmlformats-officedocument.extended-properties+xml", APP),
        "docProps/custom.xml": ("/custom-properties", "application/vnd.openxmlformats-officedocument.custom-properties+xml", CUSTOM.format(custom)),
        "docProps/thumbnail.bin": (f"/{PACKAGE}/relationships/metadata/thumbnail", "", "Zhuge Liang's face"),
        "word/old.xml": ("", WORD + "header+xml", part("hdr", paragraph("欧阳秘书"))),
        "word/theme/theme1.xml": ("theme", "application/vnd.openxmlformats-officedocument.theme+xml", '<a:theme  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"  name="x"/>'),
    }  # fmt: skip
    named = {name.removesuffix("#"): row for name, row in more.items() if row[0] != "rels"}
    data = document(body, more=named, settings=settings)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, (kind, _, content) in more.items():
            if kind == "rels":
                folder, _, leaf = name.removesuffix("#").rpartition("/")
                package.writestr(f"{folder}/_rels/{leaf}.rels", content)
    return out.getvalue()


ALL_OF_IT = (
    paragraph('<w:bookmarkStart w:id="1" w:name="dr_title"/>', "在", control(text("大会"), '<w:tag w:val="会议"/>'), "上的讲话", '<w:bookmarkEnd w:id="1"/>')
    + control(paragraph(control(text("甲") + control(text("乙"))), "丙"))
    + table(control(paragraph("丁")), paragraph("戊"))
    + paragraph('<w:bookmarkStart w:id="2" w:name="_Toc1"/>', "见", '<w:hyperlink w:anchor="_Toc1">', text("此"), "</w:hyperlink>", '<w:bookmarkEnd w:id="2"/>')
    + paragraph('<w:bookmarkStart w:id="3" w:name="_GoBack"/><w:bookmarkEnd w:id="3"/>', '<w:permStart w:id="9" w:ed="欧阳秘书"/>', "己", '<w:permEnd w:id="9"/>')
)


def test_a_clean_copy_has_the_words_and_nothing_of_its_making() -> None:
    data = everything(ALL_OF_IT)
    assert told(data) == []
    done = cleaned(data)
    assert sorted(parts_of(done)) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml",
        "word/settings.xml", "word/styles.xml", "word/theme/theme1.xml",
    ]  # fmt: skip
    line = '<w:p>{}</w:p>'.format
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'.format
    cell = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{}</w:tc>'.format
    assert body_of(done) == (
        line(run("在") + run("大会") + run("上的讲话"))
        + line(run("甲") + run("乙") + run("丙"))
        + f"<w:tbl><w:tblPr/><w:tblGrid>{COLUMN * 2}</w:tblGrid><w:tr>{cell(line(run('丁')))}{cell(line(run('戊')))}</w:tr></w:tbl>"
        + line(f'<w:bookmarkStart w:id="2" w:name="_Toc1"/>{run("见")}<w:hyperlink w:anchor="_Toc1">{run("此")}</w:hyperlink><w:bookmarkEnd w:id="2"/>')
        + line(run("己"))
    )  # fmt: skip
    parts = {name: data.decode() for name, data in parts_of(done).items()}
    assert parts["word/theme/theme1.xml"] == parts_of(data)["word/theme/theme1.xml"].decode()
    assert re.sub("<w:settings [^>]*>", "", parts["word/settings.xml"]).endswith('?>\n<w:defaultTabStop w:val="420"/></w:settings>')
    assert re.findall(r"<(?:\w+:)?(\w+)[^>]*>([^<]+)<", parts["docProps/core.xml"]) == [
        ("title", "在大会上的讲话"), ("revision", "1"), ("created", core_date(NOW)), ("modified", core_date(NOW)),
    ]  # fmt: skip
    assert re.findall(r"<(\w+)>([^<]+)<", parts["docProps/app.xml"]) == [("Pages", "3"), ("DocSecurity", "0")]
    assert links_nowhere(done) == []
    assert [(name, part) for name in AUTHORS for part, content in parts.items() if name in content] == []


def core_date(now: datetime) -> str:
    from datetime import UTC

    return now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def test_finishing_twice_changes_nothing_but_the_dates() -> None:
    once = cleaned(everything(ALL_OF_IT))
    assert cleaned(once) == once
    later = cleaned(once, NOW + timedelta(days=1))
    assert {name for name, content in parts_of(later).items() if content != parts_of(once)[name]} == {"docProps/core.xml"}


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (("drafter.outline",), None),
        (("drafter.outline", "密级"), ["密级"]),
        (("KSOProductBuildVer", "ICV", "_AuthorEmail", "MSIP_Label_1_Owner"), None),
    ],
)
def test_of_ones_own_properties_only_those_that_tell_of_the_making_go(names: tuple[str, ...], kept: list[str] | None) -> None:
    custom = "".join(own_property(name, "x", n) for n, name in enumerate(names, 2))
    done = parts_of(cleaned(everything(paragraph("甲"), custom)))
    found = done.get("docProps/custom.xml")
    assert (re.findall('name="(.*?)"', found.decode()) if found else None) == kept


def test_a_property_that_names_an_author_goes() -> None:
    custom = own_property("拟稿人", "欧阳秘书") + own_property("文号", "12", 3)
    assert re.findall('name="(.*?)"', parts_of(cleaned(everything(paragraph("甲"), custom)))["docProps/custom.xml"].decode()) == ["文号"]


def test_a_document_locked_for_reading_stays_locked() -> None:
    locked = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    assert locked in parts_of(cleaned(everything(paragraph("甲"), settings=LOCAL_SETTINGS + locked)))["word/settings.xml"].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (table(control(paragraph("甲"))), ["甲"]),
        (table(control("")), [""]),
        (table(control(table(paragraph("甲")))), ["甲", ""]),
        (f"<w:tbl><w:tblPr/><w:tblGrid/>{control('<w:tr>' + control(f'<w:tc>{paragraph(chr(30002))}</w:tc>') + '</w:tr>')}</w:tbl>", ["甲"]),
        (paragraph(control(control(control(text("甲"))))), ["甲"]),
        (paragraph("甲", "<w:sdt><w:sdtPr/></w:sdt>"), ["甲"]),
        # As LibreOffice 7.4 multiplies it:
        (paragraph(*[control(text(said), '<w:alias w:val="x"/>') for said in ("甲", "甲甲", "甲")]), ["甲"]),
    ],
)
def test_controls_go_and_what_stands_in_them_stays(before: str, after: list[str]) -> None:
    done = DocxFile(cleaned(document(before)), "稿.docx")
    assert words(done) == after
    assert list(done.body.iter(w("sdt"))) == []
    assert all(cell[-1].tag == w("p") for cell in done.body.iter(w("tc")))


@pytest.mark.parametrize(
    ("reference", "stays"),
    [
        ("", False),
        ('<w:hyperlink w:anchor="甲"/>', True),
        ('<w:r><w:instrText> REF 甲 \\h </w:instrText></w:r>', True),
        ('<w:r><w:instrText> REF </w:instrText></w:r><w:r><w:instrText>甲 \\h</w:instrText></w:r>', True),
        ('<w:fldSimple w:instr=" PAGEREF 甲 "/>', True),
        ('<w:fldSimple w:instr=" PAGEREF 甲乙 "/>', False),
    ],
)  # fmt: skip
def test_a_bookmark_stays_where_something_leads_to_it(reference: str, stays: bool) -> None:
    mark = '<w:bookmarkStart w:id="5" w:name="dr_a"/><w:bookmarkStart w:id="1" w:name="甲"/>{}<w:bookmarkEnd w:id="1"/><w:bookmarkEnd w:id="5"/>'
    done = body_of(cleaned(document(paragraph(mark.format(text("乙")), reference))))
    assert re.findall('w:name="(.*?)"', done) == (["甲"] if stays else [])
    assert done.count("bookmarkEnd") == int(stays)


def test_of_bookmarks_with_one_number_each_end_goes_with_its_start() -> None:
    """LibreOffice writes two starts of one name for a paragraph that was split, the first without an end."""
    body = paragraph('<w:bookmarkStart w:id="1" w:name="dr_a"/>', "甲") + paragraph('<w:bookmarkStart w:id="1" w:name="dr_a"/>', "乙", '<w:bookmarkEnd w:id="1"/>')
    assert "bookmark" not in body_of(cleaned(document(body)))


# ── changes, comments and highlights on demand ─────────────────────────────────────────────────────────────────────

GONE, COME = f"<w:rPr><w:del {by()}/></w:rPr>", f"<w:rPr><w:ins {by()}/></w:rPr>"


def struck(words: str, kind: str = "del") -> str:
    return f"<w:{kind} {by()}><w:r><w:delText>{words}</w:delText></w:r></w:{kind}>"


def inserted(words: str, kind: str = "ins") -> str:
    return f"<w:{kind} {by()}>{text(words)}</w:{kind}>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (paragraph("甲", struck("乙"), inserted("丙")), ["甲丙"]),
        (paragraph("甲", struck("乙", "moveFrom"), inserted("丙", "moveTo")), ["甲丙"]),
        (paragraph(f"<w:ins {by()}>{text('甲')}{struck('乙')}</w:ins>"), ["甲"]),
        (paragraph("甲", properties=GONE) + paragraph("乙", properties='<w:jc w:val="center"/>'), ["甲乙"]),
        (paragraph("甲", properties=GONE) + paragraph("乙", properties=GONE) + paragraph("丙"), ["甲乙丙"]),
        (paragraph(struck("甲"), properties=GONE) + paragraph("乙"), ["乙"]),
        (paragraph("甲", properties=COME) + paragraph("乙"), ["甲", "乙"]),
        (paragraph("乙") + paragraph(struck("甲"), properties=GONE), ["乙"]),
        (paragraph(struck("甲"), properties=GONE) + table(paragraph("乙")), ["乙"]),
        (table(paragraph(struck("甲"), properties=GONE)), [""]),
        (table(paragraph("甲")).replace("<w:tr>", f"<w:tr><w:trPr><w:del {by()}/></w:trPr>") + paragraph("乙"), ["乙"]),
        (table(paragraph("甲")).replace("<w:tr>", f"<w:tr><w:trPr><w:ins {by()}/></w:trPr>"), ["甲"]),
        (table(paragraph("甲"), paragraph("乙")).replace("</w:tcPr>", f"<w:cellDel {by()}/></w:tcPr>", 1), ["乙"]),
        (table(paragraph("甲"), paragraph("乙")).replace("</w:tcPr>", f'<w:cellMerge {by()} w:vMerge="cont"/></w:tcPr>', 1), ["甲", "乙"]),
        (paragraph(text("甲", f"<w:b/><w:rPrChange {by()}><w:rPr/></w:rPrChange>")), ["甲"]),
        (paragraph("甲", f'<w:moveFromRangeStart {by()} w:name="m"/><w:moveFromRangeEnd w:id="1"/>'), ["甲"]),
        (paragraph(struck("甲"), control(inserted("乙"))), ["乙"]),
    ],
)  # fmt: skip
def test_accepted_changes_leave_what_a_reader_saw(before: str, after: list[str]) -> None:
    data = document(before)
    file = DocxFile(data, "稿.docx")
    seen = "".join(words(file))
    accept_revisions(file)
    assert problems(file) == ()
    done = DocxFile(clean(file, NOW, ()).data, "稿.docx")
    assert words(done) == after
    assert "".join(after) == seen or "trPr" in before or "cellDel" in before
    assert AUTHORS[0].encode() not in done.parts["word/document.xml"]
    assert all(cell[-1].tag == w("p") for cell in done.body.iter(w("tc")))


def test_a_joined_paragraph_looks_like_the_one_whose_end_stays() -> None:
    file = DocxFile(document(paragraph("甲", properties='<w:jc w:val="right"/>' + GONE) + paragraph("乙", properties='<w:jc w:val="center"/>')), "稿.docx")
    accept_revisions(file)
    assert [j.get(w("val")) for j in file.body.iter(w("jc"))] == ["center"]


def test_what_only_deleted_words_used_goes_with_them() -> None:
    picture = f'<w:del {by()}><w:r><w:drawing r:id="rId4"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'
    note = '<w:footnote w:id="2">{}</w:footnote><w:footnote w:id="3">{}</w:footnote>'.format(paragraph("机密"), paragraph("公开"))
    more = {
        "word/media/image1.bin": ("image", "", "picture"),
        "word/footnotes.xml": ("footnotes", WORD + "footnotes+xml", part("footnotes", note)),
    }
    file = DocxFile(document(paragraph("甲", picture, '<w:r><w:footnoteReference w:id="3"/></w:r>'), more=more), "稿.docx")
    accept_revisions(file)
    done = parts_of(clean(file, NOW, ()).data)
    assert "word/media/image1.bin" not in done
    assert ("机密" in done["word/footnotes.xml"].decode(), "公开" in done["word/footnotes.xml"].decode()) == (False, True)


def test_comments_go_on_demand() -> None:
    file = DocxFile(document(paragraph("甲", noted("乙")), more=comments("上官处长说不行")), "稿.docx")
    assert [p.kind for p in problems(file)] == ["comment"]
    drop_comments(file)
    assert problems(file) == ()
    done = clean(file, NOW, ()).data
    assert "word/comments.xml" not in parts_of(done)
    assert body_of(done) == '<w:p><w:r><w:t xml:space="preserve">甲</w:t></w:r><w:r><w:t xml:space="preserve">乙</w:t></w:r></w:p>'
    assert links_nowhere(done) == []


@pytest.mark.parametrize(
    "body",
    [
        paragraph(text("甲", MARKED)),
        paragraph(text("甲", YELLOW)),
        paragraph("甲", properties=YELLOW),
        paragraph(text("甲", '<w:rStyle w:val="dk"/>')),
        paragraph(control(text("甲", '<w:rStyle w:val="dk"/>'), '<w:rPr><w:rStyle w:val="he"/></w:rPr>')),
        table(paragraph(text("甲", MARKED))),
    ],
)
def test_highlights_go_on_demand(body: str) -> None:
    file = DocxFile(document(body), "稿.docx")
    assert [p.kind for p in problems(file)] == ["highlight"]
    drop_highlights(file)
    assert problems(file) == ()
    done = DocxFile(clean(file, NOW, ()).data, "稿.docx")
    assert (words(done), problems(done)) == (["甲"], ())
    assert [s.get(w("val")) for s in done.body.iter(w("rStyle"))] == (["he"] if '"he"' in body else [])


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.text(st.sampled_from("甲乙丙，。“”A1 "), min_size=0, max_size=5)
MARKS = st.sampled_from(
    ['<w:bookmarkStart w:id="4" w:name="dr_x"/>', '<w:bookmarkEnd w:id="4"/>', "<w:proofErr w:type=\"spellStart\"/>", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"]
)
RUN = st.one_of(
    WORDS.map(text), MARKS, WORDS.map(inserted), WORDS.map(struck), WORDS.map(noted), WORDS.map(lambda t: text(t, MARKED)), WORDS.map(lambda t: f"<w:smartTag>{text(t)}</w:smartTag>"),
    WORDS.map(lambda t: box(paragraph(t, inserted(t)))),
)  # fmt: skip
INLINE = st.recursive(RUN, lambda inner: st.lists(inner, max_size=3).map(lambda runs: control("".join(runs), '<w:tag w:val="x"/>')), max_leaves=6)
LOOKS = st.sampled_from(["", GONE, COME, '<w:jc w:val="center"/>', f"<w:pPrChange {by()}><w:pPr/></w:pPrChange>"])
LINES = st.builds(lambda runs, looks: paragraph(*runs, properties=looks), st.lists(INLINE, max_size=5), LOOKS)
BLOCKS = st.recursive(
    LINES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda b: control("".join(b))),
        st.lists(inner.map(lambda b: b + "<w:p/>"), min_size=1, max_size=2).map(lambda cells: table(*cells)),
    ),
    max_leaves=8,
)
BODIES = st.lists(BLOCKS, max_size=6).map("".join)


@settings(deadline=None, max_examples=80)
@given(BODIES)
def test_the_words_of_every_paragraph_stay(body: str) -> None:
    data = document(body, more=comments("说"))
    before = words(DocxFile(data, "稿.docx"))
    assert words(DocxFile(cleaned(data), "稿.docx")) == before


@settings(deadline=None, max_examples=80)
@given(BODIES)
def test_with_everything_accepted_and_dropped_nothing_is_left_and_no_name(body: str) -> None:
    file = DocxFile(everything(body), "稿.docx")
    seen = "".join(words(DocxFile(everything(body), "稿.docx")))
    names = authors(file)
    for step in (accept_revisions, drop_comments, drop_highlights):
        step(file)
    assert problems(file) == ()
    done = clean(file, NOW, names).data
    assert "".join(words(DocxFile(done, "稿.docx"))) == seen
    assert cleaned(done) == done
    assert links_nowhere(done) == []
    assert [name for name in AUTHORS if any(name.encode() in content for content in parts_of(done).values())] == []


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────

CLEAN = paragraph("在大会上的讲话") + paragraph("同志们：") + paragraph("好好干。")
LEFT = paragraph("迎着【愿景】，好好干。") + paragraph("甲", inserted("乙"), noted("丙")) + paragraph(text("丁", MARKED))

TOLD = """\
讲话.docx 还不能定稿，有 4 处：
空没填，1 处。在 Word 里逐处填上；本来就要用【】的，换成别的括号。
  约第 1 页第 1 段　“迎着【愿景】，好好干。”
修订没有处理，1 处。在 Word 里“审阅→接受”或“拒绝”；全部接受：--accept-revisions
  约第 1 页第 2 段　“乙”　欧阳秘书：插入
批注还在，1 处。看过以后在 Word 里删掉；全部删掉：--drop-comments
  约第 1 页第 2 段　“丙”　欧阳秘书：再看看
标着颜色，1 处。核对以后在 Word 里去掉底色；全部去掉：--drop-highlights
  约第 1 页第 3 段　“丁”
"""

#: How it ends, for good and with --check.
ENDS = """\
没有写文件；还不能定稿，先处理上面几处。
下一步：处理好上面几处，存好，再定稿　drafter finish 讲话.docx
"""
ENDS_CHECKED = ENDS.replace("还不能定稿，先处理上面几处。", "--check 只检查。要写：先处理上面几处，再去掉 --check")


def test_what_is_left_refuses_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "讲话.docx").write_bytes(document(LEFT, more=comments("再看看")))
    before = (tmp_path / "讲话.docx").read_bytes()
    done = run("finish", "讲话.docx")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", TOLD + ENDS)
    checked = run("finish", "讲话.docx", "--check")
    assert (checked.returncode, checked.stdout, checked.stderr) == (1, TOLD + ENDS_CHECKED, "")
    assert [p.name for p in tmp_path.iterdir()] == ["讲话.docx"]
    assert (tmp_path / "讲话.docx").read_bytes() == before


def test_switches_take_out_what_can_be_taken_out_and_blanks_refuse_all_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "讲话.docx").write_bytes(document(LEFT, more=comments("再看看")))
    done = run("finish", "讲话.docx", "--accept-revisions", "--drop-comments", "--drop-highlights", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["result"] == {
        "file": "讲话.docx", "clean": False, "output": None, "large_print": None, "controls": 0, "record": False, "findings": {}, "remarks": [],
        "problems": [{"kind": "blank", "where": "约第 1 页第 1 段", "page": 1, "paragraph": 1, "words": "迎着【愿景】，好好干。", "note": "", "who": "",
                      "remedy": "在 Word 里逐处填上；本来就要用【】的，换成别的括号。",
                          "place": {"page": 1, "paragraph": 1, "of": None, "number": None, "behind": False, "line": None, "column": None, "about": True,
                                    "said": "约第 1 页第 1 段", "words": "迎着【愿景】，好好干。"}}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "options", "written"),
    [
        ("讲话.docx", (), "讲话（定稿）.docx"),
        ("讲话（二稿）.docx", (), "讲话（定稿）.docx"),
        ("讲话(送审稿).docx", (), "讲话（定稿）.docx"),
        ("讲话（市委）.docx", (), "讲话（市委）（定稿）.docx"),
        ("（三稿）.docx", (), "（三稿）（定稿）.docx"),
        ("讲话.docx", ("-o", "印.docx"), "印.docx"),
        ("讲话.docx", ("-o", "./"), "讲话（定稿）.docx"),
    ],
)
def test_the_final_copy_has_a_name_of_its_own(run: Run, tmp_path: Path, name: str, options: tuple[str, ...], written: str) -> None:
    (tmp_path / name).write_bytes(document(CLEAN))
    before = (tmp_path / name).read_bytes()
    done = run("finish", name, *options)
    told = f"写好了：{written}\n去掉了：作者、编辑时间。\n下一步：打开 {written} 看一遍，打印或者发出去。\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")
    assert words(DocxFile((tmp_path / written).read_bytes(), written)) == ["在大会上的讲话", "同志们：", "好好干。"]
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("讲话.docx",), 2, "讲话（定稿）.docx 已经有了。换个名字：-o \"讲话（定稿）2.docx\"；要覆盖：--force\n"),
        (("讲话.docx", "--large-print", "-o", "新.docx"), 2, "新（大字版）.docx 已经有了。换个名字：-o \"新（大字版）2.docx\"；要覆盖：--force\n"),
        (("讲话（定稿）.docx", "--force"), 2, "讲话（定稿）.docx: 这正是要读的文件，写上去原文就没有了。\n  换个名字：-o \"讲话（定稿）2.docx\"\n"),
        (("讲话.docx", "-o", "a.pdf"), 2, "-o a.pdf：定稿写成 .docx。\n  例如：-o 讲话（定稿）.docx\n"),
        (("没有.docx",), 2, "没有.docx: 没有这个文件。\n"),
        (("文字.docx",), 2, "文字.docx: 这不是 Word 文档（.docx）。\n  在 Word 或 WPS 里打开它，另存为 .docx，再用新文件。\n"),
    ],
)  # fmt: skip
def test_nothing_is_written_over(run: Run, tmp_path: Path, options: tuple[str, ...], code: int, said: str) -> None:
    (tmp_path / "讲话.docx").write_bytes(document(CLEAN))
    (tmp_path / "讲话（定稿）.docx").write_bytes(document(CLEAN))
    (tmp_path / "新（大字版）.docx").write_bytes(b"x")
    (tmp_path / "文字.docx").write_text("x")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    done = run("finish", *options)
    assert (done.returncode, done.stdout, done.stderr.replace('-o "', "-o ").replace('"；', "；").replace('docx"\n', "docx\n")) == (
        code, "", said.replace('-o "', "-o ").replace('"；', "；").replace('docx"\n', "docx\n"),
    )  # fmt: skip
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_document_of_ours_is_finished_with_large_print(run: Run, tmp_path: Path) -> None:
    sets = [w for pair in ("讲话人=张三", "讲话人职务=市委秘书长", "日期=2026-11-22", "代表=市委", "愿景=平安城市") for w in ("--set", pair)]
    assert run("new", "--outline", "office-training", "--no-input", "-o", "讲话.docx", *sets).returncode == 0
    done = run("finish", "讲话.docx", "--large-print")
    said = re.sub(r"\d+", "N", done.stdout)
    assert (done.returncode, said) == (0, """\
写好了：讲话（定稿）.docx
去掉了：填空控件 N 个、成稿记录、作者、编辑时间。
大字版：讲话（大字版）.docx
下一步：打开 讲话（定稿）.docx 看一遍，打印或者发出去；讲话（大字版）.docx 给讲话人念。
""")  # fmt: skip
    draft, final, large = (DocxFile((tmp_path / f"讲话{end}.docx").read_bytes(), "") for end in ("", "（定稿）", "（大字版）"))
    assert words(final) == words(draft)
    assert "".join(words(large)).replace("\n", "") == "".join(words(draft)).replace("\n", "")
    assert [n for n in (*final.parts, *large.parts) if "custom" in n or "glossary" in n] == []
    sizes = {s.get(w("val")) for s in large.tree("word/styles.xml").iter(w("sz"))}
    assert "44" in sizes  # 二号
    assert run("finish", "讲话（定稿）.docx", "--check").stdout == """\
讲话（定稿）.docx：没有空、修订、批注和底色，可以定稿。
没有写文件；这一份没有要去掉的，已经是定稿。
下一步：打开 讲话（定稿）.docx 看一遍，打印或者发出去。
"""


def test_what_stays_in_the_file_and_may_not_be_meant_to_is_told(run: Run, tmp_path: Path) -> None:
    hidden = paragraph("甲", text("暗", "<w:vanish/>"))
    more = {"word/embeddings/a.bin": ("package", "", "x"), "_xmlsignatures/origin.bin": (f"/{PACKAGE}/relationships/digital-signature/origin", "", "x")}
    (tmp_path / "讲话.docx").write_bytes(document(hidden + paragraph('<w:r><w:object r:id="rId4"/></w:r>'), more=more))
    done = run("finish", "讲话.docx")
    assert (done.returncode, done.stderr) == (0, """\
提醒 讲话.docx: 有 1 处隐藏文字，没有动：约第 1 页第 1 段“暗”
  在 Word 里“开始→¶”看一看；“文件→信息→检查文档”可以删掉。
提醒 讲话.docx: 原文件有数字签名，改动以后就不作数了，已经去掉。
  要签名，请在定稿上重新签。
提醒 讲话.docx: 文中嵌着 1 个文件（表格、图表等），里面的作者没有动。
  不需要对方打开的，换成图片。
""")  # fmt: skip
    assert not any("signature" in name for name in parts_of((tmp_path / "讲话（定稿）.docx").read_bytes()))


def field(code: str, result: str) -> str:
    """A field as Word writes it."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>{separate}{text(result)}{end}"


def anchored(across: int, inside: str, hidden: bool = False) -> str:
    """A text box that begins so far (EMU) from the left margin."""
    said = ' hidden="1"' if hidden else ""
    return (
        f'<w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>{across}</wp:posOffset></wp:positionH><wp:extent cx="900000" cy="900000"/>'
        f"<wp:docPr id=\"1\" name=\"框\"{said}/><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r>"
    )


LEAKY = STYLES + (
    '<w:style w:type="character" w:styleId="ys"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="ys2"><w:name w:val="藏二"/><w:basedOn w:val="ys"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="bz"><w:name w:val="白"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
)
WHITE, BLACK_GROUND = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="000000"/>'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (paragraph("甲", text("暗", "<w:vanish/>"), text("处", "<w:vanish/>"), "乙"), ["hidden 约第 1 页第 1 段 暗处 "]),
        (paragraph("甲", text("暗", '<w:rStyle w:val="ys2"/>')), ["hidden 约第 1 页第 1 段 暗 "]),
        (paragraph("甲", text("明", '<w:rStyle w:val="ys2"/><w:vanish w:val="0"/>')), []),
        (table(paragraph("甲", text("暗", "<w:vanish/>"))), ["hidden 约第 1 页表格第 1 行 暗 "]),
        (paragraph("甲", anchored(0, paragraph("框"), hidden=True)), ["hidden 约第 1 页文本框 框 "]),
        (paragraph("甲", text("白", WHITE)), ["unseen 约第 1 页第 1 段 白 白色的字"]),
        (paragraph("甲", text("浅", '<w:color w:val="F7F7F7"/>')), ["unseen 约第 1 页第 1 段 浅 白色的字"]),
        (paragraph("甲", text("白", '<w:color w:val="auto" w:themeColor="background1"/>')), ["unseen 约第 1 页第 1 段 白 白色的字"]),
        (paragraph("白字一段", properties='<w:pStyle w:val="bz"/>'), ["unseen 约第 1 页第 1 段 白字一段 白色的字"]),
        (paragraph("甲", text("白", WHITE + BLACK_GROUND)), []),
        (table(paragraph("甲", text("灰", '<w:color w:val="808080"/>'))), []),
        (paragraph("甲", text("小", '<w:sz w:val="2"/>')), ["unseen 约第 1 页第 1 段 小 字号只有 1 磅"]),
        (paragraph("甲", text("小", '<w:sz w:val="10"/>')), []),
        (paragraph("甲") + paragraph("外", properties='<w:ind w:left="20000"/>'), ["unseen 约第 1 页第 2 段 外 在纸外面"]),
        (paragraph("甲", anchored(-9_000_000, paragraph("框"))), ["unseen 约第 1 页文本框 框 在纸外面"]),
        (paragraph("甲", anchored(90_000, paragraph("框"))), []),
        (paragraph("甲", field("FILENAME \\p", "D:\\稿\\讲话.docx")), ["field 约第 1 页第 1 段 D:\\稿\\讲话.docx 域 FILENAME \\p"]),
        (paragraph("甲", field("LASTSAVEDBY", "某人")), ["field 约第 1 页第 1 段 某人 域 LASTSAVEDBY"]),
        (paragraph("甲", field("DOCPROPERTY Manager", "某人")), ["field 约第 1 页第 1 段 某人 域 DOCPROPERTY Manager"]),
        (paragraph("甲", field("DOCPROPERTY 文号", "临政〔2026〕1号")), []),
        (paragraph("甲", field("QUOTE", f"{AUTHORS[0]}写的")), [f"field 约第 1 页第 1 段 {AUTHORS[0]}写的 域 QUOTE"]),
        (paragraph("甲", field("PAGE", "1"), field("DATE", "2026年1月1日")), []),
        (paragraph("甲", '<w:fldSimple w:instr=" AUTHOR ">' + text("某人") + "</w:fldSimple>"), ["field 约第 1 页第 1 段 某人 域 AUTHOR"]),
        (paragraph("甲", field('HYPERLINK "file:///C:/稿/底稿.docx"', "底稿")), ['link 约第 1 页第 1 段 底稿 HYPERLINK "file:///C:/稿/底稿.docx"']),
        (paragraph("甲", field('HYPERLINK "https://www.gov.cn/"', "网页")), []),
    ],
)  # fmt: skip
def test_what_would_give_something_away_is_a_finding(body: str, told: list[str], tmp_path: Path) -> None:
    core = f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"><cp:lastModifiedBy>{AUTHORS[0]}</cp:lastModifiedBy></cp:coreProperties>'
    kind = f"/{PACKAGE}/relationships/metadata/core-properties"
    data = document(body, styles=LEAKY, more={"docProps/core.xml": (kind, "application/vnd.openxmlformats-package.core-properties+xml", core)})
    (tmp_path / "讲话.docx").write_bytes(data)
    checked = finish(FinishRequest(str(tmp_path / "讲话.docx"), check=True), NOW)
    assert [f"{p.kind} {p.where} {p.words} {p.note}" for p in checked.problems if p.kind in LEAKS] == told
    assert all(p.remedy for p in checked.problems)
    written = finish(FinishRequest(str(tmp_path / "讲话.docx")), NOW)
    assert [r.code for r in written.remarks] == ["left-in-final-copy"] * bool(told)


WRONG = paragraph(text("在大会上的讲话")) + paragraph(text("同志们：")) + paragraph(text("我们一要抓紧；二要抓实；四要抓好，以习近平同志为总书记的党中央要求我们，截止目前，工作取得了新的进展。"))


def test_errors_of_the_proof_reader_refuse_unless_forced(run: Run, tmp_path: Path) -> None:
    (tmp_path / "讲话.docx").write_bytes(document(WRONG))
    done = run("finish", "讲话.docx")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", """\
讲话.docx 还不能定稿，有 1 处：
校对出错误，1 处。在 Word 里改正；看过认为没有错的，用 drafter check --keep 记下不改，或者加 --force 照样定稿。
  约第 1 页第 3 段　“四要”　“二要”后面就是“四要”，缺“三要”。
没有写文件；还不能定稿，先处理上面几处。
下一步：逐条看错误怎么改　drafter check 讲话.docx
""")  # fmt: skip
    assert [p.name for p in tmp_path.iterdir()] == ["讲话.docx"]
    forced = run("finish", "讲话.docx", "--force")
    assert (forced.returncode, forced.stdout, forced.stderr) == (0, """\
写好了：讲话（定稿）.docx
去掉了：作者、编辑时间。
校对还有 1 处错误，1 处提醒，没有拦住定稿。逐条看：drafter check 讲话.docx
下一步：打开 讲话（定稿）.docx 看一遍，打印或者发出去。
""", "")  # fmt: skip


def test_a_rule_switched_off_does_not_refuse(run: Run, tmp_path: Path) -> None:
    (tmp_path / "讲话.docx").write_bytes(document(WRONG))
    rules = {r["rule"] for r in json.loads(run("check", "讲话.docx", "--json", "--level", "error").stdout)["result"][0]["findings"]}
    (tmp_path / "drafter.toml").write_text(f"ignore = {json.dumps(sorted(rules))}\n", encoding="utf-8")
    done = run("finish", "讲话.docx")
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "写好了：讲话（定稿）.docx")


# ── hostile documents ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        control(control(control(control("")))),
        "<w:sdt/>" * 100,
        f"<w:rPr><w:del {by()}/></w:rPr><w:trPr><w:del {by()}/></w:trPr><w:cellDel {by()}/><m:ctrlPr><w:del {by()}/></m:ctrlPr>",
        f"<w:tcPr><w:cellMerge {by()}/></w:tcPr><w:bookmarkEnd/><w:bookmarkStart/><w:commentReference/>",
        paragraph("甲", properties=f'<w:spacing w:line="{"9" * 40}" w:before="-5"/><w:ind w:left="99999999"/><w:pStyle w:val="无"/>'),
        paragraph(text("甲", f'<w:sz w:val="{"9" * 5000}"/><w:shd w:fill="ZZZZZZ"/>')),
        '<w:sectPr><w:pgSz w:w="1" w:h="-1"/><w:pgMar w:top="x"/><w:cols w:num="0"/></w:sectPr>',
        table() + "<w:tbl><w:tr/></w:tbl><w:tbl/>",
        "<w:p>" * 60 + "</w:p>" * 60,
        paragraph("【" * 5000) + paragraph("【甲】" * 2000),
        inserted("甲") * 3 + struck("甲") + control(inserted("甲")),
    ],
)
def test_a_damaged_document_gets_a_clean_copy_or_one_message(tmp_path: Path, body: str) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(document(body, styles='<w:style w:styleId="a" w:default="1" w:type="paragraph"><w:basedOn w:val="a"/></w:style>'))
    for force in (False, True):
        refused: list[str] = []
        try:
            left = finish(FinishRequest(str(path), force=True, accept_revisions=force, drop_comments=force, drop_highlights=force), NOW).problems
        except Rejected as error:
            left, refused = (), [d.message for d in error.diagnostics]
        assert refused == ["文件里没有正文。"] or left or (tmp_path / "稿（定稿）.docx").exists()


@pytest.mark.parametrize("line", [paragraph("字" * 100), paragraph(control(text("甲"), PROMPTING)), paragraph(inserted("甲"), struck("乙"), properties=GONE)])
def test_ten_thousand_paragraphs_are_no_trouble(tmp_path: Path, line: str) -> None:
    path = tmp_path / "稿.docx"
    path.write_bytes(document(line * 10_000))
    done = finish(FinishRequest(str(path), accept_revisions=True), NOW)
    assert (len(done.problems), bool(done.output)) == ((10_000, False) if "sdt" in line else (0, True))


def test_nobodys_part_is_touched() -> None:
    picture: dict[str, Any] = {"word/media/a.png": ("image", "image/png", "not looked into"), "word/webSettings.xml": ("webSettings", WORD + "webSettings+xml", part("webSettings", ""))}
    data = document(paragraph("甲", '<w:r><w:drawing r:embed="rId4"/></w:r>'), more=picture)
    done = parts_of(cleaned(data))
    assert {name: done[name] == content for name, content in parts_of(data).items() if name in done} == {
        "[Content_Types].xml": True, "_rels/.rels": True, "word/_rels/document.xml.rels": True, "word/document.xml": False,
        "word/styles.xml": False, "word/settings.xml": True, "word/media/a.png": True, "word/webSettings.xml": True,
    }  # fmt: skip
