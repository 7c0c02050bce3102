"""Outlines of the office's own: copied, renamed, thrown away and taken back, saved with what they were before."""

from pathlib import Path

import pytest

from drafter.commands import unfinished
from drafter.commands.assist.page import keep_on_page, look_on_page, offered, pages_of, word_told
from drafter.commands.own import editing, files
from drafter.commands.own.files import CopyRequest, RenameRequest, StartRequest
from drafter.diagnostic import Rejected

OUTLINE = """\
title: 在【会议】上的讲话
fields:
  会议:
    ask: 什么会？
    example: 信访工作会议
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】，请大家认真学习。
"""

FILE = "outlines/信访.yaml"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with an outline of its own, 信访."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    Path("outlines").mkdir()
    Path("outlines/信访.yaml").write_text(OUTLINE, encoding="utf-8")
    return "信访"


def code(refused: pytest.ExceptionInfo[Rejected]) -> str:
    return refused.value.diagnostics[0].code


def test_a_copy_of_a_shipped_outline_is_the_offices_own(own: str) -> None:
    made = files.copy(CopyRequest("outlines", "office-training", " 主任培训 "))
    assert (made.name, made.own, str(made.path)) == ("主任培训", True, "outlines/主任培训.yaml")
    assert editing.opened("outlines", "主任培训").text == editing.opened("outlines", "office-training").text
    assert not files.shelved("outlines", "office-training").own


@pytest.mark.parametrize("kind", files.KINDS)
def test_every_kind_can_be_copied(own: str, kind: str) -> None:
    name = {"outlines": "office-training", "passages": "廉洁", "basis": "安全生产"}[kind]
    assert files.copy(CopyRequest(kind, name, f"我们的{name}")).own


def test_a_copy_under_the_name_of_a_shipped_one_hides_it(own: str) -> None:
    made = files.copy(CopyRequest("outlines", "office-training", "office-training"))
    assert (made.own, made.hides) == (True, True)


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "name-syntax"), ("a/b", "name-syntax"), ("..", "name-syntax"), ("讲话.yaml", "name-syntax"), ("con:", "name-syntax"), ("信访", "file-exists")],
)
def test_a_name_that_will_not_do_is_refused(own: str, name: str, said: str) -> None:
    with pytest.raises(Rejected) as refused:
        files.copy(CopyRequest("outlines", "office-training", name))
    assert code(refused) == said
    assert [path.name for path in Path("outlines").iterdir()] == ["信访.yaml"]


def test_what_came_with_drafter_is_never_written(own: str) -> None:
    was = editing.opened("outlines", "office-training").was
    for attempt in (
        lambda: files.delete("outlines", "office-training"),
        lambda: files.rename(RenameRequest("outlines", "office-training", "新")),
        lambda: editing.save_text("outlines", "office-training", "x", was),
        lambda: editing.keep_unsaved("outlines", "office-training", "0" * 12, "x", was),
    ):
        with pytest.raises(Rejected) as refused:
            attempt()
        assert code(refused) == "outline-shipped"


def test_a_new_outline_has_no_errors(own: str) -> None:
    made = files.start(StartRequest("双拥"))
    assert look_on_page(str(made.path), editing.opened("outlines", made.name).text).errors == 0


def test_renamed_it_keeps_its_older_texts(own: str) -> None:
    opened = editing.opened("outlines", own)
    editing.save_text("outlines", own, OUTLINE + "# 二\n", opened.was)
    files.rename(RenameRequest("outlines", own, "信访会"))
    assert not Path("outlines/信访.yaml").exists()
    assert [editing.older_text("outlines", "信访会", one.key) for one in editing.older("outlines", "信访会")] == [OUTLINE]


def test_thrown_away_it_can_be_taken_back(own: str) -> None:
    gone = files.delete("outlines", own)
    assert [(one.name, one.key) for one in files.binned("outlines")] == [("信访", gone.key)]
    with pytest.raises(Rejected):
        files.shelved("outlines", own)
    files.copy(CopyRequest("outlines", "office-training", "信访"))
    with pytest.raises(Rejected) as refused:
        files.restore("outlines", gone.key)
    assert code(refused) == "file-exists"
    assert files.restore("outlines", gone.key, "信访（旧）").name == "信访（旧）"
    assert editing.opened("outlines", "信访（旧）").text == OUTLINE
    assert files.binned("outlines") == ()


def test_outlines_that_take_it_in_are_told(own: str) -> None:
    Path("outlines/市信访.yaml").write_text("extends: 信访\n", encoding="utf-8")
    assert files.users("outlines", "信访") == ("市信访",)


def test_saved_it_keeps_what_it_was(own: str) -> None:
    opened = editing.opened("outlines", own)
    done = editing.save_text("outlines", own, OUTLINE.replace("\n", "\r\n") + "# 二\r\n", opened.was)
    assert done.saved
    assert Path("outlines/信访.yaml").read_bytes() == (OUTLINE + "# 二\n").encode()
    [before] = editing.older("outlines", own)
    assert editing.older_text("outlines", own, before.key) == OUTLINE
    assert editing.go_back("outlines", own, before.key).saved
    assert editing.opened("outlines", own).text == OUTLINE
    assert len(editing.older("outlines", own)) == 2


def test_lines_stay_ended_as_they_were(own: str) -> None:
    Path("outlines/信访.yaml").write_bytes(OUTLINE.replace("\n", "\r\n").encode())
    opened = editing.opened("outlines", own)
    editing.save_text("outlines", own, OUTLINE.replace("同志们", "大家"), opened.was)
    assert Path("outlines/信访.yaml").read_bytes() == OUTLINE.replace("同志们", "大家").replace("\n", "\r\n").encode()


def test_a_file_changed_meanwhile_is_not_written_over(own: str) -> None:
    first, second = editing.opened("outlines", own), editing.opened("outlines", own)
    assert editing.save_text("outlines", own, OUTLINE.replace("同志们", "大家"), first.was).saved
    told = editing.save_text("outlines", own, OUTLINE.replace("信访工作", "信访业务"), second.was)
    assert not told.saved
    changed = [(row.left, row.right) for row in told.difference if row.changed]
    assert changed == [
        ((5, "    example: 信访工作会议"), (5, "    example: 信访业务会议")),
        ((7, "  - greeting: 大家："), (7, "  - greeting: 同志们：")),
    ]
    assert "大家" in Path("outlines/信访.yaml").read_text(encoding="utf-8")
    assert editing.save_text("outlines", own, OUTLINE, told.was).saved


def test_what_is_typed_in_two_windows_is_kept_apart(own: str) -> None:
    was = editing.opened("outlines", own).was
    editing.keep_unsaved("outlines", own, "a" * 12, "甲", was)
    editing.keep_unsaved("outlines", own, "b" * 12, "乙", was)
    assert sorted((one.window[0], one.text) for one in editing.unsaved("outlines", own)) == [("a", "甲"), ("b", "乙")]
    editing.save_text("outlines", own, "甲", was, "a" * 12)
    assert [one.text for one in editing.unsaved("outlines", own)] == ["乙"]
    with pytest.raises(Rejected):
        editing.keep_unsaved("outlines", own, "../../x", "丙", was)


def test_a_fault_is_told_where_the_browser_counts_it(own: str) -> None:
    said = OUTLINE.replace("今天召开【会议】", "𠮷今天召开【会义】")
    [fault] = [one for one in look_on_page(FILE, said).faults if one.level == "error"]
    assert (fault.line, fault.start, fault.end, fault.instead) == (8, (7, 19), (7, 23), "【会议】")


def test_words_before_colons_are_told_in_chinese(own: str) -> None:
    told = [(OUTLINE.split("\n")[one.line][one.start : one.end], one.said) for one in look_on_page(FILE, OUTLINE).words]
    assert told == [
        ("title", "标题"),
        ("fields", "要填的空"),
        ("ask", "问题"),
        ("example", "例子"),
        ("speech", "讲话的各个部分"),
        ("greeting", "称呼"),
        ("opening", "开头"),
    ]


def test_the_editor_offers_names_and_tells_what_they_mean(own: str) -> None:
    said = OUTLINE.replace("【会议】，请", "【，请")
    found = offered(FILE, said, 7, 18)
    assert ("会议", "什么会？") in [(one.label, one.detail) for one in found.offers]
    told = word_told(FILE, OUTLINE, 7, 18)
    assert told is not None
    assert "什么会？" in told.text


def test_a_finding_that_is_left_is_told_no_more(own: str) -> None:
    said = OUTLINE.replace("请大家认真学习", "请大家，认真学习了了2026 年")
    found = [one for one in look_on_page(FILE, said).faults if one.rule == "blank-by-figure"]
    assert len(found) == 1
    assert keep_on_page(FILE, said, "blank-by-figure", *found[0].start)
    assert [one for one in look_on_page(FILE, said).faults if one.rule == "blank-by-figure"] == []
    assert not keep_on_page(FILE, said, "blank-by-figure", 0, 0)


def test_drafts_follow_an_outline_that_is_renamed(own: str) -> None:
    number = unfinished.begin((own,))
    assert unfinished.outline_renamed(own, "信访会") == 1
    assert unfinished.opened(number).outlines == ("信访会",)


def test_pages_are_filled_with_examples(own: str) -> None:
    outline = look_on_page(FILE, OUTLINE).outline
    assert outline is not None
    pages = pages_of(outline)
    assert pages is not None
    assert ">信访工作会议</span>" in pages.body
