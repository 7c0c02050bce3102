"""Drafts from strangers: one plain message or a right result, the input untouched, whatever a file holds."""

import zlib
from binascii import b2a_base64
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_update import made
from word import Word, texts_of

from drafter.commands.drafts import Against
from drafter.commands.history import HistoryRequest, history
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.word.document import DocxFile
from drafter.word.record import NAMESPACE, Kept, Provenance, pack, unpack

NOW = datetime(2026, 11, 22)

COMMANDS: dict[str, Callable[[str], object]] = {
    "status": lambda path: status(StatusRequest(path)),
    "update": lambda path: update(UpdateRequest(path, Against(sets=("日期=2026-12-03",)))),
    "pull": lambda path: pull(PullRequest(path)),
    "history": lambda path: history(HistoryRequest(path)),
}


def record(text: str) -> bytes:
    """A provenance part with some record, packed as ours is."""
    packed = b2a_base64(zlib.compress(text.encode()), newline=False).decode()
    return f'<provenance xmlns="{NAMESPACE}" format="1">{packed}</provenance>'.encode()


def spoiled(data: bytes, change: Callable[[DocxFile], None]) -> bytes:
    file = DocxFile(data, "稿.docx")
    change(file)
    return file.data(NOW)


def with_record(part: bytes) -> Callable[[DocxFile], None]:
    return lambda file: file.put(file.custom(NAMESPACE)[0], part)


def told(outline: str, styles: str = "", layout: str = "") -> bytes:
    texts = (Kept("outline", "x.yaml", outline), Kept("styles", "styles.yaml", styles), Kept("layout", "layout.j2", layout))
    return pack(Provenance("x", "speech", texts, {})).encode()


SPOILED = {
    "a record that unpacks to a gigabyte": with_record(record("<record>" + " " * (40 << 20) + "</record>")),
    "a record that is no XML": with_record(record("<record")),
    "a record with a DTD": with_record(record('<!DOCTYPE r [<!ENTITY a "b">]><record>&a;</record>')),
    "a record of nothing": with_record(record(f'<record xmlns="{NAMESPACE}"/>')),
    "a record with an outline that cannot be read": with_record(told("title: [")),
    "a record with an outline that includes what is not there": with_record(told("title: 甲\nspeech:\n  - include: 别的\n")),
    "a record with a template that cannot be read": with_record(told("title: 甲\nspeech:\n  - text: 乙\n", "styles: 1\n", "{% for %}")),
    "a record with a layout that runs for ever": with_record(told("title: 甲\nspeech:\n  - text: 乙\n", "styles: 1\n", "{{ 'a' * 10**9 }}")),
    "a record that is not base64": with_record(f'<provenance xmlns="{NAMESPACE}" format="1">不是</provenance>'.encode()),
    "a record from a newer drafter": with_record(f'<provenance xmlns="{NAMESPACE}" format="99"/>'.encode()),
    "a format that is no number": with_record(f'<provenance xmlns="{NAMESPACE}" format="一">AAAA</provenance>'.encode()),
    "no record": lambda file: file.remove(file.custom(NAMESPACE)[0]),
    "no body": lambda file: file.put("word/document.xml", file.parts["word/document.xml"].replace(b"w:body", b"w:corpus")),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_record_is_one_plain_message(tmp_path: Path, command: str, what: str) -> None:
    path = tmp_path / "稿.docx"
    data = spoiled(made(tmp_path), SPOILED[what])
    path.write_bytes(data)
    with pytest.raises(Rejected) as stopped:
        COMMANDS[command](str(path))
    first = stopped.value.diagnostics[0]
    assert first.message
    assert stopped.value.exit_code == 2
    assert path.read_bytes() == data
    assert sorted(p.name for p in tmp_path.iterdir()) == ["会.yaml", "稿.docx"]


@pytest.mark.parametrize("command", ["status", "update", "pull", "history", "finish"])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.docx", b""),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("网页.docx", b"<html><body>x</body></html>"),
        ("半截.docx", b"PK\x03\x04" + bytes(100)),
    ],
)
def test_what_is_no_word_document_is_told_with_what_to_do(run: Run, tmp_path: Path, command: str, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    done = run(command, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(name)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("command", ["status", "update", "pull", "history", "finish"])
def test_a_file_that_is_not_there_is_told(run: Run, command: str) -> None:
    done = run(command, "没有.docx")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "没有.docx: 没有这个文件。\n")


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "链.docx").symlink_to(tmp_path / "稿.docx")
    before = (tmp_path / "稿.docx").read_bytes()
    with pytest.raises(Rejected, match="链接"):
        update(UpdateRequest(str(tmp_path / "链.docx"), Against(sets=("日期=2026-12-03",))))
    assert (tmp_path / "稿.docx").read_bytes() == before


def test_a_draft_that_is_open_in_word_is_left_alone(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path / "~$稿.docx").write_bytes(b"")
    before = (tmp_path / "稿.docx").read_bytes()
    with pytest.raises(Rejected, match="打开着"):
        update(UpdateRequest(str(tmp_path / "稿.docx"), Against(sets=("日期=2026-12-03",))))
    assert (tmp_path / "稿.docx").read_bytes() == before


def test_a_blank_typed_as_jinja_stays_what_it_says(tmp_path: Path) -> None:
    word = Word(made(tmp_path))
    word.fill("会议", "{{ 7*7 }}【层级】")
    path = tmp_path / "稿.docx"
    path.write_bytes(word.save())
    assert pull(PullRequest(str(path))).saved()["会议"] == "{{ 7*7 }}【层级】"
    update(UpdateRequest(str(path), Against(sets=("日期=2026-12-03",))))
    assert texts_of(path.read_bytes())[0] == "在全市{{ 7*7 }}【层级】上的讲话"


def test_the_record_comes_back_as_it_was_packed() -> None:
    texts = (Kept("outline", "甲 & \"乙\".yaml", "title: <x>\r\n\t&amp; ]]>\n"), Kept("passage:忠诚", "忠诚.yaml", ""))
    values: dict[str, str | list[str]] = {"会议": "一\n二", "单位": ["甲<", "", "丙"], "空": []}
    whole = Provenance("a/b.yaml", "讲话", texts, values, ("日期",), ("忠诚", "3"), "四四", True, True, "张三", "2026-11-22T09:30:00", "1.2")
    assert unpack(pack(whole).encode(), "稿.docx") == whole


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9))
def test_law_a_document_spoiled_anywhere_is_refused_or_brought_up_to_date(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Elements of the document and of the custom parts taken out, doubled, moved and emptied at random."""
    folder = tmp_path_factory.mktemp("spoiled")
    random = Random(seed)
    file = DocxFile(made(folder), "稿.docx")
    for _ in range(random.randrange(1, 12)):
        part = random.choice(["word/document.xml"] * 6 + ["customXml/item1.xml", "customXml/item2.xml", "word/styles.xml"])
        elements = list(file.tree(part).iter())[1:]
        if not elements:
            continue
        element, other = random.choice(elements), random.choice(elements)
        kind = random.randrange(5)
        parent = element.getparent()
        if kind == 0:
            parent.remove(element)
        elif kind == 1 and other is not element and other not in list(element.iterancestors()):
            element.append(other)
        elif kind == 2:
            for child in list(element):
                element.remove(child)
        elif kind == 3 and element.attrib:
            element.set(random.choice(list(element.attrib)), random.choice(["", "-1", "x", "99999999999999", "dr_title"]))
        else:
            parent.append(deepcopy(element))
        file.touch(part)
    path = folder / "稿.docx"
    data = file.data(NOW)
    path.write_bytes(data)
    for command in COMMANDS.values():
        refused = False
        with suppress(Rejected):
            refused = True
            command(str(path))
            refused = False
        if refused:
            assert path.read_bytes() == data
