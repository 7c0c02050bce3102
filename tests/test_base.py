"""A template's base.docx may be the last speech: what made that a draft is taken off it before it is used."""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from test_update import ANSWERS, OUTLINE
from word import Word, members, texts_of

from drafter.commands.drafts import Against
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.format import FormatRequest, format_
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.word.markup import STORE_ID, W

ROOT = Path(__file__).parent.parent
LEFT = "模板的 base.docx 是一篇写好的讲话稿，里面的 {} 段文字照样放在新稿前面。"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "templates" / "speech", "信笺")
    Path("会.yaml").write_text(OUTLINE, encoding="utf-8")
    return tmp_path


def made(name: str, sets: tuple[str, ...] = ANSWERS, **more: Any) -> tuple[bytes, list[str]]:
    """A new draft, and what was remarked on it."""
    done = new(NewRequest(("./会.yaml",), sets, output=name, date="2026-11-22", force=True, **more))
    return Path(name).read_bytes(), [remark.message for remark in done.remarks]


def attribute(name: str) -> str:
    return f"{{{W}}}{name}"


def whole(data: bytes) -> None:
    """Every number and name is there once, every control is bound to the store that is there, one record."""
    parts = members(data)
    trees = {name: etree.fromstring(part) for name, part in parts.items() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)}
    main = trees["word/document.xml"]
    for tag, key in (("bookmarkStart", "id"), ("bookmarkStart", "name"), ("bookmarkEnd", "id")):
        counts = Counter(e.get(attribute(key)) for e in main.iter(attribute(tag)))
        assert [value for value, often in counts.items() if often > 1] == [], (tag, key)
    starts, ends = ({e.get(attribute("id")) for e in main.iter(attribute(tag))} for tag in ("bookmarkStart", "bookmarkEnd"))
    assert starts == ends
    controls = [c for tree in trees.values() for c in tree.iter(attribute("sdtPr"))]
    numbers = Counter(c.find(attribute("id")).get(attribute("val")) for c in controls if c.find(attribute("id")) is not None)
    assert [value for value, often in numbers.items() if often > 1] == []
    bound = {b.get(attribute("storeItemID")) for tree in trees.values() for b in tree.iter(attribute("dataBinding"))}
    assert bound <= {STORE_ID}
    own = [name for name, part in parts.items() if name.startswith("customXml/") and b"urn:drafter:" in part and "Props" not in name]
    assert len(own) == len(set(own)) <= 2
    assert bool(bound) is any(b"urn:drafter:values" in parts[name] for name in own)
    assert not list(main.iter(attribute("ins"), attribute("del"), attribute("commentReference")))


def edited(data: bytes) -> bytes:
    """As a writer has it at the end: with a comment, a change not yet accepted, words typed into a blank."""
    word = Word(data)
    paragraph = word.paragraphs()[5]
    word.comment(paragraph, "再核一下。")
    word.track_insertion(word.paragraphs()[4], "并")
    word.fill("人数", "九十")
    return word.save()


def with_office_controls(data: bytes) -> bytes:
    """With the office's own bookmarks and controls, which have the numbers drafter would give."""
    word = Word(data)
    first = word.paragraphs()[0]
    for number in (100_001, 100_003):
        control = etree.fromstring(
            f'<w:sdt xmlns:w="{W}"><w:sdtPr><w:id w:val="{number + 40}"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>文号</w:t></w:r>'
            f'</w:sdtContent></w:sdt>'
        )
        start = etree.fromstring(f'<w:bookmarkStart xmlns:w="{W}" w:id="{number}" w:name="office{number}"/>')
        end = etree.fromstring(f'<w:bookmarkEnd xmlns:w="{W}" w:id="{number}"/>')
        first.extend([start, control, end])
    return word.save()


def plain_letterhead() -> bytes:
    base = docx.Document()
    base.add_paragraph("中共临海市委办公室")
    base.sections[0].header.paragraphs[0].text = "【会议】材料"
    base.save("空白.docx")
    return Path("空白.docx").read_bytes()


BASES: dict[str, Callable[[], bytes]] = {
    "a draft": lambda: made("旧.docx")[0],
    "a draft with open blanks": lambda: made("旧.docx", ())[0],
    "a draft without controls": lambda: made("旧.docx", plain=True)[0],
    "a draft a writer has worked on": lambda: edited(made("旧.docx")[0]),
    "a draft on a letterhead": lambda: drafted_on(plain_letterhead()),
    "a draft on a letterhead that was one": lambda: drafted_on(drafted_on(plain_letterhead())),
    "a letterhead with controls of its own": lambda: with_office_controls(plain_letterhead()),
}


def drafted_on(base: bytes) -> bytes:
    Path("信笺/base.docx").write_bytes(base)
    return made("在信笺上.docx", template="./信笺")[0]


@pytest.mark.parametrize("name", BASES)
@pytest.mark.parametrize("more", [{}, {"plain": True}], ids=["controls", "plain"])
def test_a_draft_may_be_the_base(here, name, more):
    base = BASES[name]()
    Path("信笺/base.docx").write_bytes(base)
    data, remarks = made("新.docx", template="./信笺", **more)
    whole(data)
    if "letterhead with" not in name:
        left = len([text for text in texts_of(base) if text.strip()]) - ("letterhead" in name)
        assert any(said.startswith("模板的 base.docx 是一篇写好的讲话稿") for said in remarks)
        assert LEFT.format(left) in remarks or "worked on" in name or "that was one" in name
    assert status(StatusRequest("新.docx")).outline == "./会.yaml"
    update(UpdateRequest("新.docx", Against(sets=("人数=77",))))
    whole(Path("新.docx").read_bytes())
    assert pull(PullRequest("新.docx")).saved()["人数"] == "77"
    validator = shutil.which("ooxml-validator")
    if validator:
        Path("看.docx").write_bytes(data)
        found = subprocess.run([validator, "看.docx"], capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout


def test_what_a_header_said_of_the_last_speech_is_a_blank_again(here):
    Path("信笺/base.docx").write_bytes(drafted_on(plain_letterhead()))
    data, _ = made("新.docx", ("会议=信访工作会议", *ANSWERS[1:]), template="./信笺")
    headers = ["".join(etree.fromstring(part).itertext()) for name, part in members(data).items() if re.fullmatch(r"word/header\d*\.xml", name)]
    assert "信访工作会议材料" in headers
    assert not any("办公室工作会议" in words for words in headers)


def test_a_letterhead_alone_needs_no_word(here):
    Path("信笺/base.docx").write_bytes(plain_letterhead())
    assert made("新.docx", template="./信笺")[1] == []


def test_a_draft_may_be_set_anew_and_read_as_an_old_speech(here):
    edited_data = edited(made("旧.docx")[0])
    Path("旧.docx").write_bytes(edited_data)
    format_(FormatRequest("旧.docx", output="排好.docx"))
    assert texts_of(Path("排好.docx").read_bytes()) == texts_of(edited_data)
    assert "urn:drafter" not in extract(ExtractRequest("旧.docx", output="读出.yaml")).text
