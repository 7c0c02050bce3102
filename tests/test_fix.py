"""`check --fix`: what is safe is put right, the rest is gone through one by one, and nothing is written before the end."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Run
from docx.shared import Pt
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from test_ask import BACK, CTRL_C, DOWN, ENTER, ERASE, LEAVE_BLANK, MEANT_EMPTY, UP, Terminal, seen
from word import texts_of

from drafter.check.tables.known import known
from drafter.commands.check import CheckedFile, CheckRequest, CheckResult, check
from drafter.commands.drafts import Against
from drafter.commands.new import NewRequest, new
from drafter.commands.next_step import NextStep
from drafter.commands.update import UpdateRequest, update
from drafter.word.controls import STORE
from drafter.word.document import DocxFile

ROWS = (
    "在全市档案工作会议上的讲话",
    "同志们：",
    "截止目前,全市共有档案室120个。",  # two that are safe
    "做为一名党员，要带头。做为一名干部，也要带头。",
    "既使困难再大，也要完成。完成进度约95%左右。",
)

#: What is left of them to decide on, once what is safe has been put right.
LEFT = ("做为", "做为", "既使", "约95%左右")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "讲话.txt").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return tmp_path


def word(*rows: str) -> docx.document.Document:  # type: ignore[name-defined]
    document = docx.Document()
    for row in rows or ROWS:
        document.add_paragraph(row)
    return document


def fixed(name: str = "讲话.txt", **said: Any) -> CheckedFile:
    return check(CheckRequest((name,), fix=True, **said)).files[0]


def ids(name: str = "讲话.txt") -> dict[str, list[str]]:
    """The fingerprints of what is left to decide on, by its words."""
    out: dict[str, list[str]] = {}
    for remark in fixed(name, dry_run=True).to_decide:
        out.setdefault(remark.words, []).append(remark.fingerprint)
    return out


def text() -> list[str]:
    return Path("讲话.txt").read_text(encoding="utf-8").splitlines()


def sit(keys: str, name: str = "讲话.txt", **said: Any) -> tuple[CheckedFile | None, str]:
    """What came of a file gone through on a terminal with these keys, None where it was left; and what was seen there."""
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, keys, 100)
        with create_app_session(input=keyboard, output=terminal):
            try:
                return fixed(name, ask=True, **said), seen(terminal.screen.getvalue())
            except KeyboardInterrupt:
                return None, seen(terminal.screen.getvalue())


# ── decisions, as a program sends them ─────────────────────────────────────────────────────────────────────────────


def test_what_is_safe_is_put_right_and_what_is_left_comes_with_its_suggestions() -> None:
    done = fixed()
    assert [(f.was, f.now, f.decided) for f in done.fixed] == [("截止", "截至", False), (",", "，", False)]
    assert text()[2] == "截至目前，全市共有档案室120个。"
    assert tuple(r.words for r in done.to_decide) == LEFT
    data = done.to_decide[0].json()
    assert (data["suggestions"], data["before"], data["behind"], data["safe"]) == (["作为"], "", "一名党员，要带头。", False)
    assert done.to_decide[3].suggestions == ("约95%", "95%左右")


def test_decisions_are_carried_out_by_the_fingerprints_of_findings() -> None:
    left = ids()
    done = fixed(decisions={left["做为"][1]: "作为", left["既使"][0]: "即使", left["约95%左右"][0]: None})
    assert [f.now for f in done.fixed if f.decided] == ["作为", "即使"]
    assert text()[3:] == ["做为一名党员，要带头。作为一名干部，也要带头。", "即使困难再大，也要完成。完成进度约95%左右。"]
    assert done.undone == ()


def test_words_of_ones_own_and_an_end_take_the_place_too() -> None:
    left = ids()
    fixed(decisions={left["约95%左右"][0]: "达到95%", left["做为"][0]: ""})
    assert text()[3:] == ["一名党员，要带头。做为一名干部，也要带头。", "既使困难再大，也要完成。完成进度达到95%。"]


def test_what_is_safe_stays_where_somebody_says_so() -> None:
    found = {r.words: r.fingerprint for r in check(CheckRequest(("讲话.txt",))).files[0].remarks}
    fixed(decisions={found["截止"]: None})
    assert text()[2] == "截止目前，全市共有档案室120个。"


def test_a_decision_holds_where_letters_beside_it_are_put_right() -> None:
    found = {r.words: r.fingerprint for r in check(CheckRequest(("讲话.txt",))).files[0].remarks}
    assert fixed(decisions={found["截止"]: "到"}).undone == ()
    assert text()[2] == "到目前，全市共有档案室120个。"


def test_a_decision_on_what_is_not_there_any_more_is_told() -> None:
    assert fixed(decisions={"0123456789abcdef": "作为"}).undone == ("0123456789abcdef",)


def test_nothing_is_written_by_a_dry_run(run: Run) -> None:
    before = Path("讲话.txt").read_bytes()
    done = run("check", "讲话.txt", "--fix", "--dry-run")
    assert "讲话.txt:3:1: 会改“截止”→“截至”" in done.stdout
    assert "会改 2 处。" in done.stdout
    assert Path("讲话.txt").read_bytes() == before
    assert run("check", "讲话.txt", "--dry-run").returncode == 2


def test_a_program_gets_what_was_put_right_and_what_is_left(run: Run) -> None:
    result = json.loads(run("check", "讲话.txt", "--fix", "--json").stdout)["result"][0]
    assert [f["now"] for f in result["fixed"]] == ["截至", "，"]
    assert [(f["words"], f["suggestions"]) for f in result["findings"]] == [
        ("做为", ["作为"]), ("做为", ["作为"]), ("既使", ["即使"]), ("约95%左右", ["约95%", "95%左右"]),
    ]  # fmt: skip


def test_words_broken_over_two_rows_are_replaced_in_the_first() -> None:
    part = "我们的各项工作要扎扎实实地往前推进，每一个单位每一个人都要出力，决不能懈怠，要把责任一级一级压下去，一件一件抓到位，"
    whole = f"{part}{part}做为一名党员，要带头。{part}{part}"
    width = len(part) * 2 + 1  # a row ends between 做 and 为
    width //= next(n for n in range(2, 9) if width % n == 0 and width // n < 45)
    rows = [whole[n : n + width] for n in range(0, len(whole), width)]
    Path("讲话.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    at = next(n for n, row in enumerate(rows) if row.endswith("做"))
    fixed(decisions={ids()["做为"][0]: "作为"})
    assert text()[at : at + 2] == [rows[at][:-1] + "作为", rows[at + 1][1:]]


# ── Word ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_letters_that_are_not_changed_keep_their_looks() -> None:
    document = word("同志们：")
    paragraph = document.add_paragraph("各位，")
    bold = paragraph.add_run("做")
    bold.bold, bold.font.size = True, Pt(20)
    paragraph.add_run("为一名党员，要")
    paragraph.add_run("带头").italic = True
    paragraph.add_run("。")
    document.save("讲话.docx")
    done = fixed("讲话.docx", decisions={ids("讲话.docx")["做为"][0]: "作为"})
    runs = docx.Document("讲话.docx").paragraphs[1].runs
    assert "".join(run.text for run in runs) == "各位，作为一名党员，要带头。"
    assert [(run.text, run.bold, run.italic, run.font.size) for run in runs if run.bold or run.italic] == [
        ("作", True, None, Pt(20)), ("带头", None, True, None),
    ]  # fmt: skip
    assert Path(done.copy).is_file()
    assert "各位，做为一名党员" in texts_of(Path(done.copy).read_bytes())[1]


def test_decisions_are_tracked_changes_where_that_is_asked_for() -> None:
    word().save("讲话.docx")
    fixed("讲话.docx", decisions={ids("讲话.docx")["既使"][0]: "即使"}, revisions=True)
    xml = Path("讲话.docx").read_bytes()
    assert "即使困难再大" in "".join(texts_of(xml))
    main = DocxFile(xml, "讲话.docx")
    marks = {mark.tag.rpartition("}")[2] for mark in main.body.iter() if isinstance(mark.tag, str)}
    assert {"ins", "del"} <= marks


OUTLINE = """\
title: 在【会议】上的讲话
fields:
  会议: 什么会？
  目标: 什么目标？
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】，要实现【目标】。
  - closing: 会议很重要，【会议】要开好。
"""


def test_a_slip_in_an_answer_is_put_right_wherever_the_answer_stands_and_update_knows_it() -> None:
    Path("会.yaml").write_text(OUTLINE, encoding="utf-8")
    sets = ("会议=全市账务和帐目工作会议", "目标=既使困难再大，也要过万亿")
    new(NewRequest(("./会.yaml",), sets, output="稿.docx", date="2026-11-22"))
    left = ids("稿.docx")
    assert set(left) == {"帐目", "既使"}  # a safe one, but in an answer
    done = fixed("稿.docx", decisions={left["帐目"][0]: "账目", left["既使"][0]: "即使"})
    assert done.undone == ()
    texts = texts_of(Path("稿.docx").read_bytes())
    assert "在全市账务和账目工作会议上的讲话" in texts[0]
    assert [row for row in texts if "帐" in row or "既使" in row] == []
    stored = DocxFile(Path("稿.docx").read_bytes(), "稿.docx")
    assert [row.text for part in stored.custom(STORE) for row in stored.tree(part)] == [
        "全市账务和账目工作会议", "即使困难再大，也要过万亿",
    ]  # fmt: skip
    update(UpdateRequest("稿.docx", Against(sets=("目标=过两万亿",))))
    texts = texts_of(Path("稿.docx").read_bytes())
    assert "今天召开全市账务和账目工作会议，要实现过两万亿。" in texts


# ── on a terminal ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_safe_is_asked_about_one_by_one_and_written_at_the_end() -> None:
    done, screen = sit(ENTER + "2" + ENTER + ENTER + "2" + ENTER)
    assert done is not None
    assert text()[2:] == ["截至目前，全市共有档案室120个。", "作为一名党员，要带头。做为一名干部，也要带头。", "即使困难再大，也要完成。完成进度95%左右。"]
    assert [f.decided for f in done.fixed] == [False, False, True, True, True]
    assert (len(done.remarks), done.gone_through) == (1, True)
    for said in ("2 处有把握的会直接改", "1/4 提醒 “做为”应为“作为”。", "第 4 行第 1 字：〖做为〗一名党员，要带头。", "1. 改成“作为”", "4/4"):
        assert said in screen


def test_all_of_one_kind_are_decided_at_once() -> None:
    _, screen = sit("2" + ENTER + ENTER + "3" + ENTER)
    assert "2. 同样的“做为”全部这样改（2 处）" in screen
    assert text()[3:] == ["作为一名党员，要带头。作为一名干部，也要带头。", "即使困难再大，也要完成。完成进度约95%左右。"]


def test_ones_own_words_are_typed_over_those_there_are() -> None:
    sit("5" + ENTER + ERASE + "身为" + ENTER + ENTER + "2" + ENTER + "3" + ENTER)
    assert text()[3] == "身为一名党员，要带头。作为一名干部，也要带头。"


def test_keys_for_no_answer_do_nothing_where_words_are_typed() -> None:
    """There is nothing to leave for another day: the words stand."""
    _, screen = sit("5" + ENTER + LEAVE_BLANK + MEANT_EMPTY + ERASE + "身为" + ENTER + UP + ENTER)
    assert text()[3].startswith("身为一名党员")
    assert "先不填" not in screen


def test_what_fills_a_blank_is_typed_into_an_empty_line() -> None:
    Path("讲话.txt").write_text("同志们：\n今天召开【会议名称】，参会人数86人。\n", encoding="utf-8")
    sit("2" + ENTER + "全县信息工作会议" + ENTER)
    assert text()[1] == "今天召开全县信息工作会议，参会人数86人。"


def test_going_back_asks_the_one_before_again() -> None:
    sit(ENTER + BACK + "3" + ENTER + "2" + ENTER + "2" + ENTER + "3" + ENTER)
    assert text()[3] == ROWS[3]


def test_leaving_writes_what_was_decided() -> None:
    done, _ = sit(ENTER + UP + ENTER)  # the last row
    assert done is not None
    assert text()[3:] == ["作为一名党员，要带头。做为一名干部，也要带头。", ROWS[4]]


def test_what_stays_is_not_told_again_where_that_is_wanted() -> None:
    done, _ = sit("6" + ENTER + UP + ENTER)
    assert done is not None
    assert done.recorded is not None
    assert done.recorded.added == 2
    assert [r.words for r in check(CheckRequest(("讲话.txt",))).files[0].remarks] == ["既使", "约95%左右"]


@pytest.mark.parametrize(
    ("keys", "rows"),
    [
        (ENTER, ["截至目前，全市共有档案室120个。", "作为一名党员，要带头。做为一名干部，也要带头。"]),  # write it
        (DOWN + ENTER, [ROWS[2], ROWS[3]]),  # write nothing
        (DOWN + DOWN + ENTER + "4" + ENTER + UP + ENTER, ["截至目前，全市共有档案室120个。", "作为一名党员，要带头。做为一名干部，也要带头。"]),
        (CTRL_C, [ROWS[2], ROWS[3]]),
    ],
)
def test_ctrl_c_asks_whether_what_was_decided_is_to_be_written(keys: str, rows: list[str]) -> None:
    _, screen = sit(ENTER + CTRL_C + keys)
    assert "定了要改的 1 处、有把握的 2 处，写入吗？" in screen
    assert text()[2:4] == rows


def test_a_document_is_gone_through_and_kept_beside_itself() -> None:
    word().save("讲话.docx")
    done, _ = sit(ENTER + ENTER + ENTER + ENTER, "讲话.docx")
    assert done is not None
    assert texts_of(Path("讲话.docx").read_bytes())[2:] == [
        "截至目前，全市共有档案室120个。", "作为一名党员，要带头。作为一名干部，也要带头。", "即使困难再大，也要完成。完成进度约95%。",
    ]  # fmt: skip
    assert texts_of(Path(done.copy).read_bytes())[2] == ROWS[2]


def test_a_document_remembers_what_stays_in_the_same_stroke() -> None:
    word().save("讲话.docx")
    done, _ = sit("6" + ENTER + ENTER + UP + ENTER, "讲话.docx")
    assert done is not None
    left = check(CheckRequest(("讲话.docx",))).files[0]
    assert ([r.words for r in left.remarks], [r.words for r in left.kept]) == ([ROWS[0], "约95%左右"], ["做为", "做为"])
    saved = BytesIO(Path("讲话.docx").read_bytes())
    assert "即使困难再大" in docx.Document(saved).paragraphs[4].text


def test_nobody_is_asked_where_nothing_is_left() -> None:
    Path("讲话.txt").write_text("同志们：\n截止目前,都好。\n", encoding="utf-8")
    done, screen = sit("")
    assert (done is not None and len(done.fixed), screen) == (2, "")


def test_leaving_one_of_several_files_leaves_the_rest() -> None:
    Path("乙.txt").write_text(Path("讲话.txt").read_text(encoding="utf-8"), encoding="utf-8")
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, UP + ENTER, 100)
        with create_app_session(input=keyboard, output=terminal):
            found = check(CheckRequest(("讲话.txt", "乙.txt"), fix=True, ask=True))
    assert (len(found.files), found.left, found.fixed) == (1, ("乙.txt",), 2)
    assert Path("乙.txt").read_text(encoding="utf-8").splitlines()[2] == ROWS[2]


def test_what_was_written_of_several_files_is_told_where_the_next_is_broken_off() -> None:
    Path("乙.txt").write_text(Path("讲话.txt").read_text(encoding="utf-8"), encoding="utf-8")
    with create_pipe_input() as keyboard:
        terminal = Terminal(keyboard, (ENTER * 4) + CTRL_C + DOWN + ENTER, 100)
        with create_app_session(input=keyboard, output=terminal):
            found = check(CheckRequest(("讲话.txt", "乙.txt"), fix=True, ask=True))
    assert ([file.file for file in found.files], found.left) == (["讲话.txt"], ("乙.txt",))


def test_all_of_a_kind_are_told_by_what_the_rule_finds() -> None:
    Path("讲话.txt").write_text("同志们：\n约95%左右的都好。\n近百余人都好。约80%左右的都好。\n", encoding="utf-8")
    _, screen = sit("3" + ENTER)
    assert "3. 这一类（表示约数的词用了两遍）后面的都照建议改（3 处）" in screen
    assert text()[1:] == ["约95%的都好。", "近百人都好。约80%的都好。"]


# ── what comes next ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("request_", "command", "why"),
    [
        (CheckRequest(("讲话.txt",), select=("confused-word",)), "drafter check 讲话.txt --select confused-word --fix", "有把握的直接改"),
        (
            CheckRequest(("讲话.txt",), ignore=("half-width-mark",), as_of="2026-01-01", fix=True, dry_run=True),
            "drafter check 讲话.txt --ignore half-width-mark --as-of 2026-01-01 --fix", "就这样改",
        ),
        (CheckRequest(("讲话.txt",), select=("number-skipped",)), "drafter check 讲话.txt", "这样看没有要改的，再全看一遍"),
    ],
)  # fmt: skip
def test_what_comes_next_looks_for_the_same(request_: CheckRequest, command: str, why: str) -> None:
    assert check(request_).ending().next == NextStep(command, why)


def test_whoever_has_gone_through_it_is_led_to_what_is_left() -> None:
    done, _ = sit("3" + ENTER + UP + ENTER)
    assert done is not None
    step = CheckResult((done,), known(), request=CheckRequest(("讲话.txt",), fix=True)).ending().next
    assert step == NextStep("drafter check 讲话.txt", "看没有改的几处")
