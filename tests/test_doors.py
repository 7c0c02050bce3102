"""The same request through two doors gives the same result; and what programs get, whichever door they come through, is in one
form, described by `drafter schema`."""

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from conftest import Run, described
from hypothesis import given
from hypothesis import strategies as st

from drafter.cli.main import COMMANDS, OUTLINES
from drafter.cli.print import Asked, asked
from drafter.commands.assist.desk import Desk
from drafter.commands.assist.faults import look
from drafter.commands.assist.sheet import sheet_of
from drafter.commands.machine import answered, dumped, plain, refused
from drafter.commands.new import NewRequest, new
from drafter.commands.schema import RESULTS, SchemaRequest, schema
from drafter.commands.settings import checks
from drafter.diagnostic import Diagnostic, Place
from drafter.outline.shelf import load

ANSWERS = ("层级=市", "日期=2026-12-03")


# ── one form ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "command", "code"),
    [
        (("new", "--outline", "没有"), "new", "name-not-found"),
        (("new", "--outlin", "没有"), "new", "usage-unknown-option"),
        (("new", "--date"), "new", "usage-missing-value"),
        (("check", "--minutes", "很多", "a.txt"), "check", "usage-bad-value"),
        (("check",), "check", "file-not-named"),
        (("chek",), None, "usage-unknown-command"),
        (("status",), "status", "usage-missing"),
        (("status", "没有.docx"), "status", "file-not-found"),
        (("outlines", "show", "没有"), "outlines show", "name-not-found"),
        (("outlines", "show"), "outlines show", "usage-missing"),
        (("preview", "没有"), "preview", "usage-unknown-option"),
        (("pull", "文件夹"), "pull", "file-not-regular"),
        (("help", "qwxyz"), "help", "topic-unknown"),
    ],
)
def test_why_there_is_no_result_is_told_on_standard_output_too(
    run: Run, tmp_path: Path, words: tuple[str, ...], command: str | None, code: str
) -> None:
    (tmp_path / "文件夹").mkdir()
    done = run(*words, "--json") if words != ("new", "--date") else run("new", "--json", "--date")
    told = json.loads(done.stdout)
    assert (done.returncode, told["schema_version"], told["command"], told["ok"]) == (2, 1, command, False)
    assert told["error"]["code"] == code
    assert told["error"]["message"] in done.stderr


def test_a_refusal_names_the_place_the_words_and_the_remedy(run: Run, tmp_path: Path) -> None:
    (tmp_path / "会.yaml").write_text("title: 讲话\nspeech:\n  - opening: 为【愿景】。\n  - closin: 完。\n", encoding="utf-8")
    error = json.loads(run("new", "--outline", "./会.yaml", "--json").stdout)["error"]
    assert error["place"] == {"file": "会.yaml", "line": 3, "column": 15}
    assert (error["code"], error["quote"]) == ("name-unknown", "【愿景】")
    assert [(more["code"], more["quote"]) for more in error["more"]] == [("word-unknown", "closin")]


def test_what_is_given_up_is_told_too() -> None:
    found = refused("new", [Diagnostic("停下了，没有写文件。", code="interrupted")])
    assert json.loads(dumped(found)) == {
        "schema_version": 1,
        "command": "new",
        "ok": False,
        "error": {"code": "interrupted", "message": "停下了，没有写文件。", "place": None, "quote": None, "remedy": None},
    }


def test_a_document_on_standard_output_has_it_alone(run: Run) -> None:
    done = run("new", "-O", "office-training", "--no-input", "--to", "txt", "-o", "-", "--json")
    assert json.loads(done.stderr)["result"]["file"] == "-"
    failed = run("new", "-O", "没有", "--to", "txt", "-o", "-", "--json")
    assert (failed.stdout, json.loads(failed.stderr)["ok"]) == ("", False)


def test_remarks_stand_beside_the_result() -> None:
    remark = Diagnostic("看一看。", Place("a.docx"), "改。", level="warning", code="file-gb18030")
    assert answered("check", [], [remark])["remarks"] == [
        {
            "code": "file-gb18030",
            "message": "看一看。",
            "place": {"file": "a.docx", "line": None, "column": None},
            "quote": None,
            "remedy": "改。",
            "level": "warning",
        }
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], Asked(None, False, False)),
        (["--json"], Asked(None, True, False)),
        (["new", "-o", "-", "--json"], Asked("new", True, True)),
        (["new", "--output=-"], Asked("new", False, True)),
        (["check", "--fix", "-", "--json"], Asked("check", True, True)),
        (["check", "-", "--json"], Asked("check", True, False)),
        (["check", "--", "--json"], Asked("check", False, False)),
        (["outlines", "--json", "check"], Asked("outlines", True, False)),
        (["outlines", "check", "--json"], Asked("outlines check", True, False)),
    ],
)
def test_what_a_line_asks_for_is_told_before_it_is_understood(words: list[str], told: Asked) -> None:
    assert asked(words, {**dict.fromkeys(COMMANDS, ()), "outlines": OUTLINES}) == told


# ── described ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_command_that_prints_json_is_described(run: Run) -> None:
    for name, *below in (["new"], *([c] for c in COMMANDS), ["outlines"], *(["outlines", c] for c in OUTLINES)):
        command = " ".join((name, *below))
        assert (re.search("^  --json ", run(name, *below, "--help").stdout, re.M) is not None) == (command in RESULTS), command


@pytest.mark.parametrize("command", RESULTS)
def test_the_schema_of_a_command_is_one(command: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(SchemaRequest(command)))


def test_the_schema_refuses_what_no_command_prints() -> None:
    for wrong in ({}, {"ok": True}, answered("new", {}), answered("chek", []), {**answered("check", []), "more": 1}):
        assert not described().is_valid(wrong)
    assert described().is_valid(answered("check", []))


# ── two doors ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_new_writes_the_same_for_python_as_for_the_command_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = [word for answer in ANSWERS for word in ("--set", answer)]
    said = json.loads(run("new", "-O", "office-training", *options, "--date", "2026-11-22", "-o", "a.docx", "--json").stdout)
    request = NewRequest(("office-training",), ANSWERS, output="b.docx", date="2026-11-22", proofread=True)
    result = json.loads(dumped(new(request).json()))
    assert result | {"file": "a.docx"} == said["result"]
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


TEXT = """\
在全市防汛工作会议上的讲话

同志们：

　　今天开会，主要任务是部署防汛工作。下面，我讲三点意见。

　　一、提高认识.要站在讲政治的高度，，切实增强责任感。

　　三、抓好落实。各级各部门要做到三个到位：思想到位、责任到位。

　　【愿景】，离不开大家的的努力。
"""


@pytest.mark.parametrize("ending", [".txt", ".md"])
def test_check_finds_the_same_in_an_editor_as_on_the_command_line(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"讲话{ending}"
    file.write_text(TEXT, encoding="utf-8")
    said = json.loads(run("check", file.name, "--json").stdout)["result"][0]["findings"]
    sheet = sheet_of(TEXT, str(file))
    looked = look(sheet, False, Desk(checks(tmp_path), date.today(), load))
    editor = [(f.rule, f.level, f.instead, *sheet.place(f.start)) for f in looked.faults]
    line = [(f["rule"], f["level"], f["instead"], f["line"] - 1, f["column"] - 1) for f in said]
    assert sorted(map(str, editor)) == sorted(map(str, line))
    assert len(line) == 4


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_law_what_is_plain_stays_as_it_is(value: object) -> None:
    assert plain(value) == value
