"""Which record is a draft's own, when another draft was pasted into it, and what is told where an office program has lost it;
who worked on a draft."""

import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from word import members, texts_of

from drafter.commands.check import CheckRequest, check
from drafter.commands.drafts import Against
from drafter.commands.extract import ExtractRequest, extract
from drafter.commands.finish import FinishRequest, finish
from drafter.commands.format import FormatRequest, format_
from drafter.commands.history import HistoryRequest, history
from drafter.commands.new import NewRequest, new
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected
from drafter.word.document import DocxFile
from drafter.word.oxml import copied
from drafter.word.record import NAMESPACE

NOW = datetime(2026, 12, 1)
OUTLINE = """\
title: 在{0}会议上的讲话
byline: 【讲话人】
fields:
  讲话人: 谁讲？
  评语: 怎么样？
  日期:
    ask: 哪一天？
    type: date
speech:
  - greeting: 同志们：
  - opening: {0}的工作，【评语】。【日期】以前办完。
  - closing: 就讲这些。
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A draft of an outline named for its subject."""
    monkeypatch.chdir(tmp_path)

    def make(subject: str, *sets: str) -> Path:
        (tmp_path / f"{subject}.yaml").write_text(OUTLINE.format(subject), encoding="utf-8")
        given = (f"讲话人=市长{subject}", "评语=做得扎实", "日期=2026-12-03", *sets)
        new(NewRequest((f"./{subject}.yaml",), given, output=f"{subject}.docx", date="2026-11-22"))
        return tmp_path / f"{subject}.docx"

    return make


def pasted(host: Path, guest: Path, *, first: bool = False, only: bool = False) -> None:
    """Put the words of one draft into another, its record and store with them: before the host's own, or instead of
    them."""
    file, other = DocxFile(host.read_bytes(), host.name), DocxFile(guest.read_bytes(), guest.name)
    file.body[2].addnext(copied(other.body[3]))
    file.touch(file.main)
    own = [part for part in file.parts if part.startswith("customXml/item") and "Props" not in part]
    theirs = [other.parts[part] for part in other.parts if part.startswith("customXml/item") and "Props" not in part]
    data = theirs if only else [*theirs, *(file.parts[part] for part in own)] if first else [*(file.parts[part] for part in own), *theirs]
    for number, text in enumerate(data, 1):
        file.put(f"customXml/item{number}.xml", text)
        file.relate(file.main, "customXml", f"customXml/item{number}.xml")
    host.write_bytes(file.data(NOW))


@pytest.mark.parametrize("first", [False, True], ids=["behind its own", "before its own"])
def test_of_two_records_the_host_keeps_its_own(made: Callable[..., Path], first: bool) -> None:
    host, guest = made("水利"), made("教育", "评语=进步很大", "日期=2026-12-09")
    pasted(host, guest, first=first)
    found = status(StatusRequest(str(host)))
    assert found.outline == "./水利.yaml"
    assert [r.code for r in found.remarks if r.code == "record-of-another"] == ["record-of-another"]
    assert "提纲 ./教育.yaml" in next(r.message for r in found.remarks if r.code == "record-of-another")
    before = texts_of(host.read_bytes())
    done = update(UpdateRequest(str(host), Against(sets=("讲话人=新市长",))))
    assert [(step.before, step.after) for step in done.steps] == [("市长水利", "新市长")]
    assert texts_of(host.read_bytes()) == [text.replace("市长水利", "新市长") for text in before]
    assert len(DocxFile(host.read_bytes(), "稿").custom(NAMESPACE)) == 1
    again = status(StatusRequest(str(host)))
    assert (again.outline, [r.code for r in again.remarks if r.code == "record-of-another"]) == ("./水利.yaml", [])


def test_of_two_drafts_of_one_outline_the_one_that_stands_there_counts(made: Callable[..., Path]) -> None:
    host = made("水利", "评语=稳中有进").rename("甲.docx")
    pasted(host, made("水利", "讲话人=别人", "评语=很不平衡", "日期=2026-12-30"), first=True)
    assert {f.name: f.made for f in status(StatusRequest(str(host))).fields}["讲话人"] == "市长水利"


def test_a_record_that_is_another_draft_s_is_not_believed(made: Callable[..., Path]) -> None:
    """LibreOffice's Insert ▸ Text from File puts the guest's record in the place of the host's."""
    host, guest = made("水利"), made("教育")
    pasted(host, guest, only=True)
    with pytest.raises(Rejected) as refused:
        status(StatusRequest(str(host)))
    assert refused.value.diagnostics[0].text() == (
        f"{host}: 这份文件是用提纲 ./水利.yaml 写的，里面记的来历却是另一份稿的（提纲 ./教育.yaml），像是粘贴时带进来的。\n"
        f"  用 drafter update {host} --outline ./水利.yaml 可以重新连上。"
    )
    update(UpdateRequest(str(host), Against(outline="./水利.yaml", sets=("讲话人=新市长",))))
    assert status(StatusRequest(str(host))).outline == "./水利.yaml"
    assert texts_of(host.read_bytes())[1] == "新市长"


# ── lost ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def emptied(path: Path, text: bytes = b"") -> None:
    """As LibreOffice leaves it where a bound answer has & or <: the custom data has no bytes."""
    file = DocxFile(path.read_bytes(), path.name)
    for part in [part for part in file.parts if re.fullmatch(r"customXml/item\d+\.xml", part)]:
        file.put(part, text)
    for part in [part for part in file.parts if part.startswith("customXml/_rels")]:
        file.remove(part)
    path.write_bytes(file.data(NOW))


@pytest.mark.parametrize("text", [b"", b"<values>R&D</values>"], ids=["empty", "no XML"])
def test_custom_data_that_cannot_be_read_means_that_there_is_none(made: Callable[..., Path], text: bytes) -> None:
    path = made("水利", "评语=R&D做得扎实")
    emptied(path, text)
    words = texts_of(path.read_bytes())
    assert [file.problems for file in check(CheckRequest((str(path),))).files] == [()]
    extract(ExtractRequest(str(path), output="出.yaml"))
    finish(FinishRequest(str(path), output="定.docx"))
    format_(FormatRequest(str(path), output="排.docx"))
    for name in ("定.docx", "排.docx"):
        assert texts_of(Path(name).read_bytes()) == words
        assert not [part for part, data in members(Path(name).read_bytes()).items() if not data]
    for refused in (lambda: status(StatusRequest(str(path))), lambda: pull(PullRequest(str(path)))):
        with pytest.raises(Rejected, match=re.escape("这份文件是用提纲 ./水利.yaml 写的，可是里面记的来历丢了（LibreOffice 遇到")):
            refused()
    update(UpdateRequest(str(path), Against(outline="./水利.yaml")))
    assert texts_of(path.read_bytes()) == words
    again = status(StatusRequest(str(path)))
    assert {f.name: f.now for f in again.fields} == {"讲话人": "市长水利", "评语": "R&D做得扎实", "日期": "2026年12月3日"}
    assert sorted(name for name in members(path.read_bytes()) if name.startswith("customXml")) == [
        "customXml/_rels/item1.xml.rels", "customXml/_rels/item2.xml.rels",
        "customXml/item1.xml", "customXml/item2.xml", "customXml/itemProps1.xml", "customXml/itemProps2.xml",
    ]  # fmt: skip


def test_an_answer_with_a_mark_of_xml_is_not_bound_so_that_nothing_is_emptied(made: Callable[..., Path]) -> None:
    path = made("水利", "评语=R&D做得扎实")

    def store() -> str:
        return "".join(text.decode() for name, text in members(path.read_bytes()).items() if b"urn:drafter:values:1" in text and "item" in name)

    assert ("&amp;" in store(), "市长水利" in store()) == (False, True)
    update(UpdateRequest(str(path), Against(sets=("讲话人=A<B",))))
    assert ("&lt;" in store(), texts_of(path.read_bytes())[1]) == (False, "A<B")
    assert members(path.read_bytes())["word/document.xml"].count(b"w:dataBinding") == 1  # the day


# ── who ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_history_names_who_worked_on_a_draft_never_the_speaker(made: Callable[..., Path]) -> None:
    path = made("水利")
    assert history(HistoryRequest(str(path))).stages[-1].who == ""
    file = DocxFile(path.read_bytes(), path.name)
    core = file.target("", "core-properties")
    file.put(core, file.parts[core].replace("<cp:lastModifiedBy>市长水利".encode(), "<cp:lastModifiedBy>王秘书".encode()))
    change = '<w:ins xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="9" w:author="{}" w:date="2026-11-25T08:00:00Z"/>'
    from drafter.word.oxml import parse

    for name in ("赵处长", "drafter", "市长水利", "王秘书", "赵处长"):
        file.body[0].append(parse(change.format(name)))
    file.touch(file.main)
    path.write_bytes(file.data(NOW))
    assert history(HistoryRequest(str(path))).stages[-1].who == "王秘书、赵处长"


@pytest.mark.parametrize(
    ("saved", "when"),
    [
        ("2099-11-28T01:00:00Z", "2099-11-28T09:00:00"),
        ("2099-11-28T01:00:00+08:00", "2099-11-28T01:00:00"),
        ("2000-01-01T00:00:00Z", "as it was made"),
        ("昨天", "as it was made"),
    ],
)
def test_history_tells_the_time_of_the_last_save_by_the_clock_of_here(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, saved: str, when: str
) -> None:
    """Word writes it by Greenwich; what drafter writes into a file that was never opened again leaves it as it was."""
    path = made("水利")
    file = DocxFile(path.read_bytes(), path.name)
    core = file.target("", "core-properties")
    text = re.sub("(?<=W3CDTF\">)[^<]*(?=</dcterms:modified>)", saved, file.parts[core].decode())
    file.put(core, text.encode())
    made_at = history(HistoryRequest(str(path))).stages[-1].when
    path.write_bytes(file.data(NOW))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert history(HistoryRequest(str(path))).stages[-1].when == (made_at if when == "as it was made" else when)
    finally:
        monkeypatch.undo()
        time.tzset()
