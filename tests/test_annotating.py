"""Findings in a Word document: comments at the exact words, safe fixes in place or as tracked changes."""

import re
import subprocess
from collections import Counter
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from shutil import which

import docx
import pytest
from conftest import Run
from pypdf import PdfReader
from test_rules import ALL
from word import Word, members, texts_of

from drafter.check.annotate import annotated, comments_on
from drafter.check.paper import Paper
from drafter.check.rules import Finding, Line, Speech, rule
from drafter.check.tables.known import known
from drafter.commands.new import NewRequest, new
from drafter.word.document import DocxFile
from drafter.word.text import P, T, paragraph_elements, read, w

#: What the comment on the first paragraph ends with.
UP_TO = known().said()

OUTLINE = """\
title: 在全市【会议】上的讲话
numbering: 一、
fields:
  会议: 什么会？
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】，工作取得了成效,满意率约95%左右。
  - requirements:
      - heading: 提高站位
        text: 要统一思想。。×月底前报方案。
      - heading: 狠抓落实
        text: 要狠抓落实。
"""


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(NewRequest(("./会.yaml",), ("会议=办公室工作会议",), output="稿.docx", date="2026-11-22"))
    return tmp_path / "稿.docx"


def comments(data: bytes) -> list[tuple[str, str]]:
    """(the words a comment stands on, its first line) of every comment."""
    file = DocxFile(data, "稿.docx")
    said = {}
    for note in file.tree(file.target(file.main, "comments")):
        said[note.get(w("id"))] = "".join(t.text or "" for t in note[0].iter(T))
    out = []
    for paragraph in paragraph_elements(file.body):
        inside: dict[str, str] = {}
        for node in paragraph.iter():
            if node.tag == w("commentRangeStart"):
                inside[node.get(w("id"))] = ""
            elif node.tag == w("commentRangeEnd"):
                out.append((inside.pop(node.get(w("id"))), said[node.get(w("id"))]))
            elif node.tag == T:
                inside = {number: words + node.text for number, words in inside.items()}
    return out


def test_every_finding_is_a_comment_on_its_very_words(draft: Path, run: Run) -> None:
    before = draft.read_bytes()
    done = run("check", "稿.docx", "--annotate", "批.docx")
    assert done.returncode == 1
    assert "批注写在：批.docx" in done.stdout
    written = (draft.parent / "批.docx").read_bytes()
    assert comments(written) == [
        ("在全市办公室工作会议上的讲话", f"校对：3 处错误，1 处提醒。{UP_TO}"),
        (",", "错误：“,”是半角的，用全角的“，”。"),
        ("约95%左右", "提醒：“约”和“左右”重复了，留一个。"),
        ("。。", "错误：“。。”两个标点挨在一起，留一个。改成“。”。"),
        ("×", "错误：“×”还没有填。"),
    ]
    notes = DocxFile(written, "批.docx").tree("word/comments.xml")
    assert {size.get(w("val")) for size in notes.iter(w("sz"))} == {"20"}  # not the 16 pt of the body: margins are narrow
    assert texts_of(written) == texts_of(before)
    assert draft.read_bytes() == before


def test_safe_fixes_may_be_tracked_changes_and_the_rest_comments(draft: Path, run: Run) -> None:
    run("check", "稿.docx", "--annotate", "批.docx", "--revisions")
    written = (draft.parent / "批.docx").read_bytes()
    assert "今天召开办公室工作会议，工作取得了成效，满意率约95%左右。" in texts_of(written)
    document = members(written)["word/document.xml"].decode()
    assert (document.count("<w:del "), document.count("<w:ins ")) == (2, 1)  # “,” is exchanged, one of “。。” goes
    assert ("×", "错误：“×”还没有填。") in comments(written)


def test_a_fix_in_place_keeps_what_was_there_beside_it(draft: Path, run: Run) -> None:
    before = draft.read_bytes()
    done = run("check", "稿.docx", "--fix")
    assert "改了" in done.stdout
    assert (draft.parent / "稿.备份.docx").read_bytes() == before
    assert "今天召开办公室工作会议，工作取得了成效，满意率约95%左右。" in texts_of(draft.read_bytes())
    once = draft.read_bytes()
    run("check", "稿.docx", "--fix")
    assert draft.read_bytes() == once


def test_words_in_a_control_are_remarked_upon_and_never_rewritten(draft: Path, run: Run) -> None:
    word = Word(draft.read_bytes())
    word.fill("会议", "办公室工作会议。。")
    draft.write_bytes(word.save())
    run("check", "稿.docx", "--fix")
    assert "今天召开办公室工作会议。。，工作取得了成效，满意率约95%左右。" in texts_of(draft.read_bytes())
    assert read(Word(draft.read_bytes()).at("今天召开")).said(0) == "办公室工作会议。。"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--annotate", "批.docx", "稿.docx", "稿.docx"), "--annotate 一次给一份 .docx 加批注"),
        (("--revisions", "稿.docx"), "--revisions 说的是改动写成修订"),
        (("--annotate", "批.txt", "稿.docx"), "--annotate 批.txt：批注写成 Word 文件。"),
        (("--annotate", "稿.docx", "稿.docx"), "这正是要读的文件"),
    ],
)
def test_what_cannot_be_is_told(draft: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    before = draft.read_bytes()
    done = run("check", *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert draft.read_bytes() == before


#: Comments become notes of the PDF.
NOTES = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'


def test_no_comments_are_said_to_be_written_that_were_not(draft: Path, run: Run) -> None:
    looked = run("check", str(draft), "--fix", "--dry-run", "--annotate", "批注.docx")
    assert "提醒 --annotate 这次没有用：--dry-run 只看会改什么，不写文件。" in looked.stderr
    assert not Path("批注.docx").exists()
    assert "批注写在" not in looked.stdout + looked.stderr
    Path("批注.docx").write_bytes(b"")
    refused = run("check", str(draft), "--annotate", "批注.docx")
    assert refused.stdout + refused.stderr == "批注.docx 已经有了。换个名字：--annotate 批注2.docx；要覆盖：--force\n"


def test_libreoffice_shows_the_comment_of_every_rule_on_the_page_of_its_words(tmp_path: Path) -> None:
    """The first sample of every rule on a page of its own; LibreOffice puts the comments into its PDF as notes."""
    lines: list[Line] = []
    found: list[Finding] = []
    document = docx.Document()
    for sample in {sample.rule: sample for sample in reversed(ALL) if sample.fires}.values():
        one = rule(sample.rule)
        found += [f._replace(line=f.line + len(lines), level=f.level or one.level) for f in one.check(sample.speech)]
        for number, line in enumerate(sample.speech.lines):
            document.add_paragraph(line.text).paragraph_format.page_break_before = not number
        lines += sample.speech.lines
    plain, marked = BytesIO(), tmp_path / "批.docx"
    document.save(plain)
    file = DocxFile(plain.getvalue(), "稿.docx")
    paper = Paper(Speech(tuple(lines), date(2026, 11, 22)))
    marked.write_bytes(annotated(file, list(file.body.iterchildren(P)), paper, found, datetime(2026, 11, 22)))
    office = which("soffice") or which("libreoffice")
    assert office, "LibreOffice is needed for this test"
    words = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", NOTES, "--outdir", str(tmp_path)]
    subprocess.run([office, *words, str(marked)], check=True, capture_output=True, timeout=180)
    seen = []
    for page in PdfReader(tmp_path / "批.pdf").pages:
        notes = [str(note.get_object().get("/Contents", "")) for note in page.get("/Annots", ())]
        seen += [re.sub(r"\s", "", note) for note in notes if note]
    assert Counter(seen) == Counter(re.sub(r"\s", "", said) for _, said in comments_on(paper, found))
    assert {f.rule for f in found} == {sample.rule for sample in ALL}
