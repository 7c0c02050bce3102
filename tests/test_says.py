"""How commands end: every file written is named, a command that wrote none says so, and the next step can be taken as it
stands."""

import json
import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Run

from drafter.cli.main import COMMANDS, OUTLINES
from drafter.commands.next_step import as_typed, given, not_written, typed

OUTLINE = """\
title: 在【会议】上的讲话
fields:
  会议:
    ask: 什么会？
    type: text
  人数:
    ask: 多少人？
    type: number
speech:
  - greeting: 同志们：
  - opening: 今天召开【会议】，【人数】人参加。
  - closing: 好好干。
"""

SAID = ("--set", "会议=全县档案工作会议", "--set", "人数=120")

#: A speech with a word that is put right unasked.
SLIP = "在大会上的讲话\n\n同志们：\n　　截止目前，工作正常。\n"

#: Commands of which nobody expects a file: they look, or are pages and lists to be read.
LOOKS = ("history", "doctor", "help", "schema", "outlines", "outlines find", "outlines passages", "outlines basis",
         "outlines show", "outlines check", "outlines schema")  # fmt: skip

#: Lists and pages, which have no ending where they are piped: programs read them line by line. Documents for programs, which have nothing behind them; an editor starts the other one.
LISTS = ("help", "outlines", "outlines find", "outlines passages")
NO_ENDING = ("schema", "outlines schema", "lsp", "desk", "mcp")


class Line(NamedTuple):
    """A command line, and what it is to leave in the folder: "" where nothing is to change."""

    words: str
    writes: str = ""


#: Every command, with every way in which it ends without a file, and one in which it writes. Files are those of `folder`.
LINES = [
    Line("agent install claude --no-skill --dry-run"),
    Line("agent install claude --no-skill", ".mcp.json"),
    Line("agent remove claude"),
    Line("new -O 会议 --no-input -o a.docx", "a.docx"),
    Line("new -O 会议 --no-input -o a.txt --save-answers 存.yaml", "a.txt 存.yaml"),
    Line("new -O 会议 -O 会议2 --no-input -o 会/", "会/在【会议】上的讲话.docx 会/在【会议】上的讲话2.docx"),
    Line("new -O 会议 --no-input -o - --to txt"),
    Line("new -O 会议 --no-input -o - --to txt --save-answers 存.yaml", "存.yaml"),
    Line("batch 名单.csv -O 会议 -o 信/ --name 【会议】", "信/全县档案工作会议.docx 信/全县防汛工作会议.docx"),
    Line("batch 名单.csv -O 会议 -o 信/ --dry-run"),
    Line("batch 名单.csv -O 会议 -o 信/ --name 【会议】 --check", "信/全县档案工作会议.docx 信/全县防汛工作会议.docx"),
    Line("batch 坏.csv -O 会议 -o 信/ --name 【会议】", "信/全县档案工作会议.docx 信/失败.csv"),
    Line("batch 坏.csv -O 会议 -o 全部.docx --one-file --name 【会议】", "全部.docx 失败.csv"),
    Line("preview 会议 --no-open"),
    Line("preview 会议 --no-open --force"),
    Line("preview 会议 -o 页.html", "页.html"),
    Line("renew 旧.docx --dry-run"),
    Line("renew 旧.docx --dry-run -o 今年.docx --save-answers 存.yaml --force"),
    Line("renew 旧.docx --no-input -o 今年.docx --outline 年.yaml --save-answers 存.yaml", "今年.docx 年.yaml 存.yaml"),
    Line("renew 续.docx --confirm-all"),
    Line("renew 续.docx --confirm-all -o 别的.docx --dry-run"),
    Line("extract 旧.docx", "outlines/旧.yaml 旧-回答.yaml"),
    Line("extract 旧.docx -o -"),
    Line("learn 旧.docx 旧2.docx", "outlines/旧.yaml outlines/旧.旧.answers.yaml outlines/旧.旧2.answers.yaml"),
    Line("learn 旧.docx 旧2.docx -o -"),
    Line("compare 旧.docx 旧2.docx"),
    Line("compare 旧.docx 旧2.docx --force"),
    Line("compare 旧.docx 旧.docx"),
    Line("compare 旧.docx 旧2.docx -o 花.docx", "花.docx"),
    Line("check 错.txt"),
    Line("check 错.txt --force"),
    Line("check 错.txt --jobs 2"),
    Line("check 稿.docx"),
    Line("check 稿.docx --fix"),
    Line("check 稿.docx --fix --force"),
    Line("check 错.txt --fix", "错.txt"),
    Line("check 错.docx --fix", "错.docx 错.备份.docx"),
    Line("check 错.docx --annotate 批.docx", "批.docx"),
    Line("check 错.docx --keep 截止目前", "错.docx"),
    Line("format 稿.docx"),
    Line("format 稿.docx --dry-run"),
    Line("format 稿.docx --dry-run -o b.docx --force"),
    Line("format 错.txt -o 新.docx", "新.docx"),
    Line("status 稿.docx"),
    Line("status 稿.docx --confirmed 全部"),
    Line("update 稿.docx"),
    Line("update 稿.docx --force"),
    Line("update 稿.docx --set 人数=7 --dry-run"),
    Line("update 稿.docx --set 人数=7 --dry-run -o b.docx --next --force"),
    Line("update 稿.docx --set 人数=7", "稿.docx 稿.备份.docx"),
    Line("update 稿.docx --set 人数=7 --next", "稿（二稿）.docx"),
    Line("pull 稿.docx"),
    Line("pull 稿.docx --force"),
    Line("pull 稿.docx -o 答.yaml", "答.yaml"),
    Line("pull 稿.docx --outline 会议"),
    Line("pull 改.docx --outline 会议"),
    Line("pull 改.docx --outline 会议 --force"),
    Line("pull 改.docx --outline 会议 -o 新.yaml", "新.yaml"),
    Line("collect 稿.docx"),
    Line("collect 稿.docx --force"),
    Line("collect 稿.docx -o 汇总.xlsx", "汇总.xlsx"),
    Line("history 稿.docx"),
    Line("merge 旧.docx 旧2.docx --dry-run"),
    Line("merge 旧.docx 旧2.docx --dry-run -o 汇.docx --table 表.xlsx"),
    Line("merge 旧.docx 旧2.docx --table 表.xlsx", "旧-汇总.docx 表.xlsx"),
    Line("finish 稿.docx"),
    Line("finish 全.docx --check"),
    Line("finish 全.docx --check -o 定.docx --large-print"),
    Line("finish 全.docx --large-print", "全（定稿）.docx 全（大字版）.docx"),
    Line("doctor"),
    Line("schema new"),
    Line("help"),
    Line("outlines"),
    Line("outlines find 会议"),
    Line("outlines passages"),
    Line("outlines basis"),
    Line("outlines basis --level 市"),
    Line("outlines show 会议"),
    Line("outlines check 会议"),
    Line("outlines schema"),
    Line("outlines sync"),
    Line("outlines sync --dry-run"),
    Line("outlines sync --yes", "drafter.lock"),
    Line("outlines pack -o 包.zip", "包.zip"),
    Line("outlines new 我的", "outlines/我的.yaml outlines/outline.schema.json"),
    Line("outlines edit 会议 --no-open"),
    Line("outlines edit safety --no-open", "outlines/safety.yaml outlines/outline.schema.json"),
]

#: Options that are given and do nothing, and what is said of them.
IDLE = {
    "preview 会议 --no-open --force": "--force",
    "renew 旧.docx --dry-run -o 今年.docx --save-answers 存.yaml --force": "-o、--save-answers、--force",
    "renew 续.docx --confirm-all -o 别的.docx --dry-run": "-o、--dry-run",
    "batch 坏.csv -O 会议 -o 全部.docx --one-file --name 【会议】": "--name",
    "compare 旧.docx 旧2.docx --force": "--force",
    "check 错.txt --force": "--force",
    "check 错.txt --jobs 2": "--jobs",
    "check 稿.docx --fix --force": "--force",
    "format 稿.docx --dry-run -o b.docx --force": "-o、--force",
    "update 稿.docx --force": "--force",
    "update 稿.docx --set 人数=7 --dry-run -o b.docx --next --force": "-o、--next、--as、--force",
    "pull 稿.docx --force": "--force",
    "pull 改.docx --outline 会议 --force": "--force",
    "collect 稿.docx --force": "--force",
    "merge 旧.docx 旧2.docx --dry-run -o 汇.docx --table 表.xlsx": "-o、--table",
    "finish 全.docx --check -o 定.docx --large-print": "-o、--large-print",
    "outlines basis --level 市": "--level",
}


def name_of(words: str) -> str:
    """The command of a line, 'outlines show' for one of several words."""
    first, *rest = words.split()
    return f"{first} {rest[0]}" if first == "outlines" and rest and rest[0] in OUTLINES else first


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The files every line finds in its folder."""
    import subprocess

    from conftest import DRAFTER

    folder = tmp_path_factory.mktemp("made")

    def run(*words: str) -> None:
        subprocess.run([DRAFTER, *words], cwd=folder, check=True, capture_output=True, timeout=60)

    (folder / "outlines").mkdir()
    for name in ("会议", "会议2"):
        (folder / "outlines" / f"{name}.yaml").write_text(OUTLINE, encoding="utf-8")
    (folder / "错.txt").write_text(SLIP, encoding="utf-8")
    (folder / "名单.csv").write_text("会议,人数\n全县档案工作会议,120\n全县防汛工作会议,80\n", encoding="utf-8")
    (folder / "坏.csv").write_text("会议,人数\n全县档案工作会议,120\n全县防汛工作会议,很多\n", encoding="utf-8")
    (folder / "共用").mkdir()
    (folder / "共用" / "会议3.yaml").write_text(OUTLINE, encoding="utf-8")
    (folder / "drafter.toml").write_text('shelf = ["共用"]\n', encoding="utf-8")
    run("outlines", "sync", "--yes")
    (folder / "共用" / "会议4.yaml").write_text(OUTLINE, encoding="utf-8")
    run("format", "错.txt")
    for name, year, many in (("旧", "2025", 120), ("旧2", "2026", 130)):
        text = f"在全县档案工作会议上的讲话\n\n{year}年3月5日\n\n同志们：\n　　今天召开{year}年全县档案工作会议，{many}人参加。\n　　要抓紧归档。\n"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        run("format", f"{name}.txt")
        (folder / f"{name}.txt").unlink()
    run("renew", "旧.docx", "--no-input", "-o", "续.docx")
    run("new", "-O", "会议", "--no-input", "-o", "稿.docx", "--set", "会议=全县档案工作会议")
    run("new", "-O", "会议", "--no-input", "-o", "全.docx", *SAID)
    run("new", "-O", "会议", "--no-input", "-o", "改.docx", *SAID)
    reword(folder / "改.docx", "好好干。", "好好干，再接再厉。")
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def reword(path: Path, was: str, now: str) -> None:
    """Words of a document as somebody changes them in Word."""
    from zipfile import ZIP_DEFLATED, ZipFile

    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    assert body.count(was) == 1
    parts["word/document.xml"] = body.replace(was, now).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


@pytest.fixture
def folder(made: Mapping[str, bytes], tmp_path: Path) -> Path:
    """A folder with the files of `made`."""
    for name, data in made.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return tmp_path


#: What is of no interest to anybody: by what a batch goes on.
UNTOLD = ".drafter-batch.jsonl"


def there(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != UNTOLD}


def test_every_command_has_a_line() -> None:
    known = {*COMMANDS, "outlines", *(f"outlines {name}" for name in OUTLINES)}
    assert {name_of(line.words) for line in LINES} == known - {"lsp", "desk", "mcp"}
    assert {*LOOKS, *NO_ENDING} <= known


@pytest.mark.parametrize("line", LINES, ids=[line.words for line in LINES])
def test_what_was_written_is_named_and_that_nothing_was_is_said(folder: Path, run: Run, line: Line) -> None:
    before = there(folder)
    done = run(*line.words.split())
    assert done.returncode in (0, 1), done.stderr
    after = there(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {*line.writes.split()}
    said = done.stdout + done.stderr
    if changed:
        assert "没有写文件" not in said
        assert all(name in said for name in changed), said
    elif name_of(line.words) not in LOOKS:
        assert said.count("没有写文件") == 1, said
    if idle := IDLE.get(line.words):
        assert f"提醒 {idle} 这次没有用：" in said
    else:
        assert "这次没有用" not in said
    command = name_of(line.words)
    last = [text for text in (done.stderr if "下一步：" in done.stderr else done.stdout).splitlines() if text][-1:]
    if command in (*NO_ENDING, *LISTS) or line.words.startswith("outlines basis") or " -o - " in f"{line.words} ":
        assert "下一步：" not in said
    elif line.words != "compare 旧.docx 旧.docx":
        assert last[0].startswith("下一步："), said


#: What has no --json.
FOR_PEOPLE = ("preview", "schema", "outlines new", "outlines edit", "outlines schema")
FOR_PROGRAMS = [line for line in LINES if name_of(line.words) not in FOR_PEOPLE]


@pytest.mark.parametrize("line", FOR_PROGRAMS, ids=[line.words for line in FOR_PROGRAMS])
def test_programs_are_told_the_same(folder: Path, run: Run, line: Line) -> None:
    before = there(folder)
    done = run(*line.words.split(), "--json")
    assert done.returncode in (0, 1), done.stderr
    answer = json.loads(done.stdout if done.stdout.startswith("{\n") else done.stderr)
    after = there(folder)
    changed = {name for name in after if after[name] != before.get(name)}
    assert {os.path.normpath(name) for name in answer["written"]} == changed
    if not changed and name_of(line.words) not in LOOKS:
        assert answer["unwritten"].startswith("没有写文件")
    else:
        assert answer["unwritten"] is None
    assert "下一步：" not in done.stdout
    idle = [remark["message"] for remark in answer.get("remarks", ()) if remark["code"] == "option-without-effect"]
    assert bool(idle) == (line.words in IDLE)


# ── the next step ──────────────────────────────────────────────────────────────────────────────────────────────────


def next_of(said: str) -> str | None:
    """The command of the next step a command has told, None where it is to be done by hand."""
    last = next(line for line in said.splitlines() if line.startswith("下一步："))
    found = re.search(r"drafter .*", last)
    return found[0] if found else None


def taken(run: Run, command: str) -> str:
    """What the next step says, taken as it stands."""
    program, *words = shlex.split(command)
    assert program == "drafter"
    done = run(*words)
    assert done.returncode in (0, 1), f"{command}\n{done.stderr}"
    return str(done.stdout + done.stderr)


def test_a_whole_road_is_walked_by_its_next_steps(folder: Path, run: Run) -> None:
    steps = []
    said = run("new", "-O", "会议", "--no-input", "-o", "我的 讲话.docx").stdout
    while command := next_of(said):
        steps.append(command)
        said = taken(run, command)
        if command == steps[-1] and command.startswith("drafter status") and "还没填" in said:
            said = run("update", "我的 讲话.docx", *SAID, "--dry-run").stdout  # somebody answers
    assert steps == [
        'drafter status "我的 讲话.docx"',
        'drafter update "我的 讲话.docx" --set 会议=全县档案工作会议 --set 人数=120',
        'drafter check "我的 讲话.docx"',
        'drafter finish "我的 讲话.docx"',
    ]
    assert said.splitlines()[-1] == "下一步：打开 我的 讲话（定稿）.docx 看一遍，打印或者发出去。"


@pytest.mark.parametrize("line", [line for line in LINES if name_of(line.words) not in (*NO_ENDING, "preview")], ids=lambda line: line.words)
def test_every_next_step_can_be_taken_as_it_stands(folder: Path, run: Run, line: Line) -> None:
    done = run(*line.words.split())
    said = done.stdout + done.stderr
    if "下一步：" not in said:
        return
    command = next_of(said)
    if command is not None and "preview" not in command and "--confirm" not in command:
        taken(run, command)


def test_quiet_says_nothing(folder: Path, run: Run) -> None:
    done = run("new", "-O", "会议", "--no-input", "-o", "a.docx", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("words", ["outlines", "outlines find 会议", "outlines passages", "outlines basis", "help", "pull 稿.docx", "pull 改.docx --outline 会议"])
def test_lists_and_documents_on_standard_output_have_nothing_behind_them(folder: Path, run: Run, words: str) -> None:
    done = run(*words.split())
    assert not re.search("下一步：|没有写文件", done.stdout)
    assert ("下一步：" in done.stderr) == words.startswith("pull")


@pytest.mark.parametrize(
    ("word", "on_posix", "on_windows"),
    [
        ("讲话（二稿）.docx", "讲话（二稿）.docx", "讲话（二稿）.docx"),
        ("我的 讲话.docx", '"我的 讲话.docx"', '"我的 讲话.docx"'),
        ("愿景=宜居 宜业", '"愿景=宜居 宜业"', '"愿景=宜居 宜业"'),
        ("a$b.docx", "'a$b.docx'", '"a$b.docx"'),
        ("a'b`.docx", "'a'\\''b`.docx'", '"a\'b`.docx"'),
        ("夹\\稿.docx", "'夹\\稿.docx'", "夹\\稿.docx"),
        ("~x", '"~x"', '"~x"'),
        ("", '""', '""'),
    ],
)
def test_a_word_is_quoted_for_the_shell_it_is_pasted_into(monkeypatch: pytest.MonkeyPatch, word: str, on_posix: str, on_windows: str) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert as_typed(word) == on_posix
    assert shlex.split(as_typed(word)) == [word]
    monkeypatch.setattr("sys.platform", "win32")
    assert as_typed(word) == on_windows


def test_a_command_is_typed_with_the_options_that_were_given() -> None:
    options = given(set=("a=1", "b=2 3"), output="", dry_run=False, next=True, year=2027, template=None)
    assert typed("update", "x.docx", *options) == 'drafter update x.docx --set a=1 --set "b=2 3" --next --year 2027'


def test_that_nothing_was_written_is_said_with_what_would() -> None:
    assert not_written() == "没有写文件。"
    assert not_written("两稿一样") == "没有写文件；两稿一样。"
    assert not_written("--dry-run 只看", "去掉 --dry-run") == "没有写文件；--dry-run 只看。要写：去掉 --dry-run"
