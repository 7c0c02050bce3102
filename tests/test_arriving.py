"""A file somebody gives: whose it is, or in one message why nothing can be done with it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from drafter.commands.arriving import LOST, NOT_OURS, OURS, arrived
from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.update import UpdateRequest, update
from drafter.commands.update_form import update_form
from drafter.diagnostic import Rejected

OUTLINE = """\
title: 在【会议】上的讲话
fields:
  会议: 什么会？
  日期:
    ask: 哪一天？
    type: date
  先进:
    ask: 表扬谁？
    type: list
speech:
  - greeting: 同志们：
  - opening: 【日期|月日】，我们召开【会议】。
  - text: 表扬【先进】。
"""


@pytest.fixture
def draft(tmp_path, monkeypatch):
    """稿.docx, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(NewRequest(("会.yaml",), ("会议=动员会", "日期=2026-12-01"), output="稿.docx", date="2026-11-29"))
    return tmp_path / "稿.docx"


def parts(data: bytes, **changed: bytes) -> bytes:
    """A Word file with some of its parts others, or left out (empty); names with / and . are written __ and _."""
    out = BytesIO()
    names = {name.replace("__", "/").replace("_xml", ".xml"): said for name, said in changed.items()}
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new_file:
        for name in old.namelist():
            if said := names.get(name, old.read(name)):
                new_file.writestr(name, said)
    return out.getvalue()


def test_whose_a_file_is(draft, tmp_path):
    found = arrived("稿.docx")
    assert (found.whose, found.outline, found.title, found.word) == (OURS, "会.yaml", "在动员会上的讲话", True)
    again = Document(draft)
    again.save(draft)  # another program keeps the record
    assert arrived("稿.docx").whose == OURS
    paper = Document()
    paper.add_paragraph("各科室：请抓紧。")
    paper.save(tmp_path / "通知.docx")
    assert (arrived("通知.docx").whose, arrived("通知.docx").outline) == (NOT_OURS, "")
    (tmp_path / "话.txt").write_text("同志们：", encoding="utf-8")
    assert arrived("话.txt").why == "这是纯文本，里面没有记来历；来历只记在 .docx 里。"
    record = next(name for name in ZipFile(draft).namelist() if b"urn:drafter:provenance:1" in ZipFile(draft).read(name))
    hurt = ZipFile(draft).read(record).replace(b"eJ", b"XX")
    draft.write_bytes(parts(draft.read_bytes(), **{record.replace("/", "__").replace(".xml", "_xml"): hurt}))
    assert (arrived("稿.docx").whose, arrived("稿.docx").why) == (LOST, "文件里记的来历坏了，不知道它是用哪份提纲、哪些回答写的。")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.docx", b"", "这是空文件，一个字节也没有。"),
        ("文.docx", "同志们：".encode(), "这不是 Word 文档（.docx）。"),
        ("半.docx", b"PK\x03\x04" + b"\0" * 90, "文件坏了：不完整，可能没有下载完或没有拷完。"),
        ("大.docx", b"PK" + b"\0" * (33 << 20), "文件太大，最多 32 MB。"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "这不是老版本的 Word 文件（.doc），扩展名不对，或者文件坏了。"),
        ("表.xlsx", b"PK\x03\x04", "这是表格，不是讲话稿。"),
        ("提纲.yaml", OUTLINE.encode(), "这是提纲，不是讲话稿。"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_message(tmp_path, monkeypatch, name, data, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Rejected) as refused:
        arrived(name)
    assert [problem.message for problem in refused.value.diagnostics] == [told]


def test_a_bomb_and_an_empty_document_too(draft, tmp_path):
    draft.write_bytes(parts(draft.read_bytes(), word__document_xml=b"<w:document>" + b" " * (80 << 20)))
    with pytest.raises(Rejected, match=r"解压后太大：81 MB，最多 64 MB"):
        arrived("稿.docx")
    Document().save(tmp_path / "白纸.docx")
    with pytest.raises(Rejected, match="里面没有字"):
        arrived("白纸.docx")


def test_only_what_was_changed_in_the_form_counts(draft):
    """A form sends back every field; those that say what they said before are no new answers."""
    form = update_form("稿.docx")
    assert [(one.field.name, one.said, one.asked) for one in form.fields] == [
        ("会议", "动员会", True), ("日期", "2026年12月1日", True), ("先进", "", True)
    ]  # fmt: skip
    assert (form.ours, form.stage.name, form.following) == (True, "初稿", "二稿")
    sent = {"会议": " 动员会 ", "日期": "2026年12月3日", "先进": "甲局\r\n乙局\r\n", "别的": "x"}
    filled = form.changed(sent)
    assert filled == (("日期", "2026年12月3日"), ("先进", "甲局\r\n乙局\r\n"))
    look = update(UpdateRequest("稿.docx", Against(filled=filled), dry_run=True))
    assert [(step.before, step.after) for step in look.steps] == [
        ("12月1日，我们召开动员会。", "12月3日，我们召开动员会。"), ("表扬【先进】。", "表扬甲局和乙局。")
    ]  # fmt: skip
    done = update(UpdateRequest("稿.docx", Against(filled=filled), output="稿（二）.docx"))
    assert (done.written, done.backup) == (True, "")
    assert {one.field.name: one.said for one in update_form("稿（二）.docx").fields}["先进"] == "甲局\n乙局"
    with pytest.raises(Rejected) as refused:
        update(UpdateRequest("稿.docx", Against(filled=(("日期", "不知道哪天"),)), dry_run=True))
    assert refused.value.diagnostics[0].message.startswith("【日期】")
