"""Which kinds of files hold a speech, and what every command does with each. What is in them is in test_read_docx.py,
test_read_pages.py and test_extract.py."""

import json
import os
import shutil
import stat
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.cli.options import READABLE
from drafter.commands import office
from drafter.commands.opening import blocks_of, open_outline, open_template
from drafter.commands.reading import read
from drafter.diagnostic import Rejected
from drafter.outline.fill import fill
from drafter.readers.html import read as read_html
from drafter.readers.open import DOC, DOCX, HTML, ODT, OUTLINE, PDF, READERS, RTF, TEXT, WPS, kind_of, readable
from drafter.readers.text import read as read_text
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.writers import WRITERS, Properties

HTML_PAGE = "<html><body><h1>在大会上的讲话</h1><p>同志们：</p><p>今天我们开会。</p></body></html>".encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


def stream(name: str) -> bytes:
    """A compound file of Microsoft's with a stream of this name, as far as a look at it goes."""
    return OLE + name.encode("utf-16-le") + bytes(500)


# ── kinds ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_help_names_what_can_be_read() -> None:
    assert readable(OUTLINE) == readable().removesuffix(" .yaml")
    assert readable(OUTLINE) == READABLE
    assert len({suffix for kind in READERS for suffix in kind.suffixes}) == sum(len(kind.suffixes) for kind in READERS)


@pytest.mark.parametrize(
    ("name", "data", "kind", "said"),
    [
        ("a.docx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", DOCX, ""),
        ("a.DOCX", b"x", DOCX, ""),
        ("a.docx", stream("EncryptedPackage"), DOCX, ""),  # its reader says that it has a password
        ("a.docx", stream("WordDocument"), DOC, "扩展名是 .docx，里面其实是老版本的 Word 文件（.doc），照老版本的 Word 文件（.doc）读的。"),
        ("a.docx", HTML_PAGE, HTML, "扩展名是 .docx，里面其实是网页，照网页读的。"),
        ("a.docx", rb"{\rtf1 x}", RTF, "扩展名是 .docx，里面其实是RTF 文件，照RTF 文件读的。"),
        ("a.doc", stream("WordDocument"), DOC, ""),
        ("a.doc", rb"{\rtf1 x}", RTF, "扩展名是 .doc，里面其实是RTF 文件，照RTF 文件读的。"),
        ("a.doc", b"\xef\xbb\xbf\n<!DOCTYPE HTML><title>x</title>", HTML, "扩展名是 .doc，里面其实是网页，照网页读的。"),
        ("a.doc", b'<?xml version="1.0"?><html xmlns="x"/>', HTML, "扩展名是 .doc，里面其实是网页，照网页读的。"),
        ("a.doc", "同志们：".encode("gb18030"), TEXT, "扩展名是 .doc，里面其实是纯文本，照纯文本读的。"),
        ("a.wps", stream("WordDocument"), WPS, ""),  # WPS Office's own
        ("a.wps", OLE, WPS, ""),  # Microsoft Works'
        ("a.odt", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.textPK", ODT, ""),
        ("a.fodt", b'<?xml version="1.0"?><office:document x=""/>', ODT, ""),
        ("a.txt", b"%PDF-1.7 x", PDF, "扩展名是 .txt，里面其实是PDF，照PDF读的。"),
        ("a.txt", "同志们：<html>".encode(), TEXT, ""),
        ("a.txt", b"PK\x03\x04xxxx", TEXT, ""),  # its reader says what is wrong
        ("a.yml", b"title: x", OUTLINE, ""),
        ("讲话", "同志们：".encode(), TEXT, ""),
        ("讲话.bak", rb"{\rtf1 x}", RTF, ""),
    ],
)
def test_what_is_in_a_file_tells_its_kind_before_its_name_does(name, data, kind, said) -> None:  # type: ignore[no-untyped-def]
    found, remarks = kind_of(name, data)
    assert (found.name, "".join(remark.message for remark in remarks)) == (kind.name, said)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlsx", b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "这是表格，不是讲话稿。"),
        ("a.et", OLE, "这是表格，不是讲话稿。"),
        ("a.pptx", b"PK\x03\x04", "这是演示文稿，不是讲话稿。"),
        ("a.jpg", b"\xff\xd8", "这是图片，里面的字读不出来。"),
        ("a.zip", b"PK\x03\x04", "这是压缩包。"),
        ("a.ofd", b"x", "读不了“.ofd”这种文件。"),
        ("a.doc", b"", "这个文件是空的。"),
        ("a.doc", stream("Workbook"), "这不是老版本的 Word 文件（.doc），扩展名不对，或者文件坏了。"),
        ("a.odt", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "这不是ODF 文档（.odt），扩展名不对，或者文件坏了。"),
    ],
)
def test_what_holds_no_speech_is_refused_with_what_can_be_read(name: str, data: bytes, message: str) -> None:
    with pytest.raises(Rejected) as refused:
        kind_of(name, data)
    (diagnostic,) = refused.value.diagnostics
    assert (diagnostic.message, refused.value.exit_code) == (message, 2)
    assert ".docx" in diagnostic.hint


# ── what every command does with each ──────────────────────────────────────────────────────────────────────────────

TEXT_OF_SPEECH = """在全市会议上的讲话

同志们：
　　今天我们开会。讲两点意见。
　　一、提高认识
　　要认真学习。
　　二、狠抓落实
　　要马上就办。
"""

PAGE_OF_SPEECH = "<html><body><h1>在全市会议上的讲话</h1>" + "".join(f"<p>{row.strip()}</p>" for row in TEXT_OF_SPEECH.splitlines()[2:]) + "</body></html>"

SAID = [row.strip() for row in TEXT_OF_SPEECH.splitlines() if row.strip()]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One speech as every kind of file we can make here, by ending."""
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "稿.txt").write_text(TEXT_OF_SPEECH, encoding="utf-8")
    made = {"txt": TEXT_OF_SPEECH.encode(), "html": PAGE_OF_SPEECH.encode(), "md": ("# " + TEXT_OF_SPEECH.replace("\n", "\n\n")).encode()}
    blocks = [Block(role, (Span(text),)) for role, text in zip(("标题", "称谓", "开场", *("一级标题", "要求") * 2), SAID, strict=True)]
    made["docx"] = WRITERS["docx"](blocks, open_template("speech").template, Properties(datetime(2026, 11, 22)))
    (folder / "稿.docx").write_bytes(made["docx"])
    if shutil.which("soffice"):
        for ending in ("odt", "rtf", "doc", "pdf"):
            command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", ending]
            subprocess.run([*command, "--outdir", str(folder), str(folder / "稿.docx")], check=True, capture_output=True, timeout=120)
            made[ending] = (folder / f"稿.{ending}").read_bytes()
        made["wps"] = made["doc"]  # what WPS Office writes under this ending
    return made


OFFICE = [pytest.param(ending, marks=needs_office) for ending in ("odt", "rtf", "doc", "wps")]
PAGES = ["txt", "md", "html", pytest.param("pdf", marks=needs_office)]


@pytest.fixture
def speech(files: dict[str, bytes], tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / f"稿.{request.param}"
    path.write_bytes(files[request.param])
    (tmp_path / "别稿.txt").write_text(TEXT_OF_SPEECH.replace("要马上就办", "要马上就办，办出实效"), encoding="utf-8")
    return path


@pytest.mark.parametrize("speech", OFFICE, indirect=True)
def test_what_an_office_program_wrote_is_read(run: Any, speech: Path) -> None:
    done = run("check", speech.name, "--json")
    assert (done.returncode, json.loads(done.stdout)["result"][0]["findings"]) == (0, []), done.stderr


@pytest.mark.parametrize("speech", ["docx", *PAGES, pytest.param("doc", marks=needs_office)], indirect=True)
def test_every_command_that_reads_reads_it(run: Any, speech: Path) -> None:
    assert [block.text for block in read(speech).blocks if block.text.strip()] == SAID
    told = {
        "check": run("check", speech.name, "--json"),
        "extract": run("extract", speech.name, "-o", "-"),
        "learn": run("learn", speech.name, "别稿.txt", "-o", "-"),
        "compare": run("compare", speech.name, "别稿.txt", "--json"),
        "compare to": run("compare", "别稿.txt", speech.name, "--json"),
    }
    assert {command: done.returncode for command, done in told.items()} == dict.fromkeys(told, 0), [done.stderr for done in told.values()]
    assert json.loads(told["check"].stdout)["result"][0]["findings"] == []
    assert "提高认识" in told["extract"].stdout
    for command in ("compare", "compare to"):
        counts = json.loads(told[command].stdout)["result"]["counts"]
        assert {what: n for what, n in counts.items() if n} == {"same": 6, "reworded": 1}


@pytest.mark.parametrize("speech", [*PAGES, *OFFICE], indirect=True)
def test_format_and_finish_write_a_docx_beside_it_and_leave_it_alone(run: Any, speech: Path) -> None:
    before = speech.read_bytes()
    done = run("format", speech.name)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "排好了：稿.docx（模板 speech），文字没有动。"), done.stderr
    assert [block.text for block in read(speech.with_suffix(".docx")).blocks if block.text.strip()] == SAID
    assert read(speech.with_suffix(".docx")).blocks[0].role == "标题"
    again = run("format", speech.name)
    assert (again.returncode, "稿.docx 已经有了" in again.stderr) == (2, True)
    final = run("finish", speech.name)
    assert (final.returncode, final.stdout.splitlines()[0]) == (0, "写好了：稿（定稿）.docx"), final.stderr
    assert [block.text for block in read(speech.with_name("稿（定稿）.docx")).blocks if block.text.strip()] == SAID
    assert speech.read_bytes() == before


@pytest.mark.parametrize("speech", ["html", pytest.param("odt", marks=needs_office)], indirect=True)
def test_what_cannot_be_written_back_is_refused_with_the_way_round(run: Any, speech: Path) -> None:
    before = speech.read_bytes()
    done = run("check", speech.name, "--fix")
    called = "网页" if speech.suffix == ".html" else "ODF 文档（.odt）"
    assert (done.returncode, done.stderr) == (2, f"{speech.name}: --fix 改不了{called}。\n  先转成 .docx：drafter format {speech.name}，再改转出来的那一份。\n")
    for words in (("status",), ("pull",), ("history",), ("update", "--set", "日期=今天")):
        done = run(words[0], speech.name, *words[1:])
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"{speech.name}: 这是{called}，里面没有记来历；来历只记在 .docx 里。\n")
    assert speech.read_bytes() == before


@pytest.mark.parametrize("speech", ["txt", pytest.param("rtf", marks=needs_office)], indirect=True)
def test_comments_go_into_a_docx_made_of_it(run: Any, speech: Path) -> None:
    name = speech.name
    speech.write_bytes(speech.read_bytes().replace("讲两点".encode(), "讲三点".encode()))
    done = run("check", name, "--annotate", "批注.docx")
    assert (done.returncode, "批注写在：批注.docx" in done.stdout) == (int(name == "稿.txt"), True), done.stderr
    assert [block.text for block in read(speech.with_name("批注.docx")).blocks if block.text.strip()][3] == SAID[3]


def test_an_outline_is_compared_as_the_draft_it_makes_and_is_no_speech_for_the_rest(run: Any, tmp_path: Path) -> None:
    outline = "title: 讲话\nspeech:\n  - greeting: 同志们：\n  - opening: 今天开会。\n"
    (tmp_path / "a.yaml").write_text(outline, encoding="utf-8")
    (tmp_path / "b.txt").write_text("讲话\n同志们：\n今天开会。\n", encoding="utf-8")
    assert run("compare", "a.yaml", "b.txt", "--exit-code").returncode == 0
    for words in (("extract", "a.yaml"), ("format", "a.yaml"), ("finish", "a.yaml"), ("learn", "a.yaml", "b.txt")):
        done = run(*words)
        assert (done.returncode, done.stderr) == (2, "a.yaml: 这是提纲，还不是讲话稿。\n  先写成讲话稿：drafter new --outline a.yaml\n")
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == outline


@needs_office
@pytest.mark.parametrize("ending", ["odt", "rtf", "doc"])
def test_a_draft_of_ours_saved_as_something_else_has_each_blank_once(run: Any, tmp_path: Path, ending: str) -> None:
    assert run("new", "--outline", "office-training", "--no-input", "-o", "稿.docx").returncode == 0
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run([*command, "--outdir", str(tmp_path), str(tmp_path / "稿.docx")], check=True, capture_output=True, timeout=120)
    told = [json.loads(run("check", f"稿.{kind}", "--json").stdout)["result"][0]["findings"] for kind in ("docx", ending)]
    assert [finding["rule"] for finding in told[1]] == [finding["rule"] for finding in told[0]]


# ── LibreOffice ────────────────────────────────────────────────────────────────────────────────────────────────────


def program(folder: Path, script: str) -> Path:
    """A folder with an office program that does what a script says."""
    folder.mkdir()
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return folder


OUT = 'while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out=$2; shift; done; mkdir -p "$out"'


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of the shell")
@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 1", "a.doc: LibreOffice 没有转成 .docx，文件可能坏了或者有密码。\n  请用 Word 或 WPS 打开，另存为 .docx。\n"),
        (
            "echo 'Error: source file could not be loaded' >&2",
            "a.doc: LibreOffice 没有转成 .docx，文件可能坏了或者有密码。\n  它说：Error: source file could not be loaded\n  请用 Word 或 WPS 打开，另存为 .docx。\n",
        ),
        (
            "echo 'your personal settings are locked.' >&2; exit 77",
            "a.doc: LibreOffice 说它的配置被锁住了，没有转成 .docx。\n  关掉开着的 LibreOffice 再试；还不行，用 Word 或 WPS 打开，另存为 .docx。\n",
        ),
        (f'{OUT}; : > "$out/speech.docx"', "a.doc: LibreOffice 转出来的 .docx 是空的。\n  请用 Word 或 WPS 打开，另存为 .docx。\n"),
    ],
)
def test_why_libreoffice_makes_nothing_is_told(run: Any, tmp_path: Path, script: str, told: str) -> None:
    (tmp_path / "a.doc").write_bytes(stream("WordDocument"))
    folder = program(tmp_path / "bin", script)
    (tmp_path / "temp").mkdir()
    done = run("extract", "a.doc", env={"PATH": f"{folder}:/usr/bin:/bin", "TMPDIR": str(tmp_path / "temp")})
    assert (done.returncode, done.stderr) == (1, told)
    assert list((tmp_path / "temp").iterdir()) == []


@pytest.mark.skipif(os.path.exists("/Applications/LibreOffice.app"), reason="it is found where it usually is")
def test_without_libreoffice_the_way_round_is_told_and_nothing_here_is_started(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(stream("WordDocument"))
    program(tmp_path / "bin", "touch started").joinpath("soffice").rename(tmp_path / "soffice")
    for path in ("/nowhere", ".", ""):
        done = run("extract", "a.doc", env={"PATH": path})
        assert (done.returncode, done.stderr) == (
            1,
            "a.doc: 读这种文件要靠 LibreOffice，这台电脑上没有。\n  装上 LibreOffice 再试；或者用 Word 或 WPS 打开，另存为 .docx。\n",
        )
    assert not (tmp_path / "started").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="scripts of the shell")
def test_an_office_that_hangs_is_ended_with_all_it_has_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = program(tmp_path / "bin", f"sh -c 'echo $$ > {tmp_path}/child; sleep 60; touch {tmp_path}/late' &\nsleep 60")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(office, "SECONDS", 2)
    before = time.monotonic()
    with pytest.raises(Rejected) as refused:
        office.to_docx(b"x", "doc", "a.doc")
    assert time.monotonic() - before < 50
    assert refused.value.diagnostics[0].message.startswith("LibreOffice 2 秒还没转完 .docx，已经停下。")
    child = int((tmp_path / "child").read_text())
    status = Path(f"/proc/{child}/status")
    assert not status.exists() or "State:\tZ" in status.read_text()


@needs_office
def test_a_locked_profile_of_the_user_does_not_matter(files: dict[str, bytes], run: Any, tmp_path: Path) -> None:
    (tmp_path / "稿.odt").write_bytes(files["odt"])
    for folder in (".config/libreoffice/4", "AppData/Roaming/LibreOffice/4"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / ".lock").write_text("[Lockdata]\nUser=x\nHost=y\n", encoding="utf-8")
    assert run("check", "稿.odt", env={"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}).returncode == 0


# ── what is written is read back ───────────────────────────────────────────────────────────────────────────────────

WORDS = st.text(st.sampled_from("同志们会议精神，、；*_#<>&`\\[]()|~+-=.1a 一要（）“”"), min_size=1, max_size=30).map(lambda text: f"今天{text.strip()}好。")


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_what_is_written_as_text_markdown_or_page_is_read_back(rows: list[str]) -> None:
    template = open_template("speech").template
    blocks = [Block("标题", (Span("在大会上的讲话"),)), *(Block("正文", (Span(row),)) for row in rows)]
    told = [" ".join(block.text.split()) for block in blocks]

    def written(kind: str) -> bytes:
        return WRITERS[kind](blocks, template, Properties(datetime(2026, 11, 22), "在大会上的讲话"))

    for kind, found in (
        ("txt", read_text(written("txt"), "a.txt")[0]),
        ("md", read_text(written("md"), "a.md", markdown=True)[0]),
        ("html", read_html(written("html"), "a.html")[0]),
    ):
        assert (kind, [" ".join(block.text.split()) for block in found]) == (kind, told)
        assert kind == "txt" or found[0].role == "标题"


@pytest.mark.parametrize("name", ["flood", "office-training", "hosting"])
@pytest.mark.parametrize("kind", ["txt", "md", "html", "docx"])
def test_a_shipped_outline_written_as_any_kind_is_read_back(tmp_path: Path, name: str, kind: str) -> None:
    outline = open_outline(name).outline
    dress = open_template(outline.template or "speech")
    blocks = blocks_of(fill(outline, {}), dress)
    path = tmp_path / f"稿.{kind}"
    path.write_bytes(WRITERS[kind](blocks, dress.template, Properties(datetime(2026, 11, 22), "稿")))
    said = ["".join(block.text.split()) for block in blocks if block.text.strip()]
    found = ["".join(block.text.split()) for block in read(path).blocks if block.text.strip()]
    assert "".join(found) == "".join(said)
    assert kind == "txt" or len(found) == len(said)  # a title of several lines is several lines of a text
