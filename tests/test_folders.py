"""Files made of many, and which of them are whose: folders, lists, shares of several machines, names that would be one."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Run

from drafter.commands.batch import BatchRequest, batch
from drafter.commands.carrying import OwnTables
from drafter.commands.check import CheckRequest, check
from drafter.commands.extract import ExtractFoldersRequest, extract_folders
from drafter.commands.folders import FileMade, FoldersRequest
from drafter.commands.format import format_folders
from drafter.commands.machine import AnswerInParts, answered, dumped
from drafter.commands.named import NamedFile, Shard, goes, named, names_listed, of_links, shard_of
from drafter.commands.next_step import Ending
from drafter.diagnostic import Diagnostic, Place, Rejected

SPEECH = "在全市工作会议上的讲话\n\n同志们：\n　　各单位要抓好落实，把任务分解到人。\n"


def laid(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(SPEECH, encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_called_the_same_whatever_the_drive_is_called() -> None:
    laid("甲/稿/一.txt", "甲/稿/年/二.txt", "乙/一.txt")
    whole = os.path.abspath("甲/稿")
    assert [one.within for one in named(["甲/稿"])] == ["一.txt", "年/二.txt"]
    assert [one.within for one in named([whole])] == ["一.txt", "年/二.txt"]
    assert [one.within for one in named(["甲/稿/**/*.txt"])] == ["一.txt", "年/二.txt"]
    assert [one.within for one in named(["./甲/稿/一.txt", "乙/一.txt"])] == ["甲/稿/一.txt", "乙/一.txt"]
    assert [one.within for one in named([f"{whole}/一.txt", f"{whole}/年/二.txt"])] == ["一.txt", "年/二.txt"]
    assert [one.within for one in named(["甲/稿", "乙"])] == ["稿/一.txt", "稿/年/二.txt", "乙/一.txt"]
    assert [one.within for one in named(["甲"], "甲/稿/年")] == ["稿/一.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and paths have no such end")
def test_links_back_up_are_not_followed_and_folders_that_do_not_open_are_told() -> None:
    laid("稿/一.txt", "稿/年/二.txt", "稿/.藏/三.txt")
    os.symlink("..", "稿/年/甲")
    os.symlink("..", "稿/年/乙")  # with two, there are 2⁴⁰ ways
    assert [one.path for one in named(["稿/**/*.txt"])] == ["稿/一.txt", "稿/年/二.txt"]
    assert [one.path for one in named(["**/*.txt"], "稿/年")] == ["稿/一.txt"]
    assert [one.path for one in named(["稿/**"])] == ["稿/一.txt", "稿/年/二.txt"]
    assert [one.path for one in named(["稿/*/*.txt"], "稿/年")] == ["稿/*/*.txt"]
    laid("别处/四.txt")
    os.symlink(os.path.abspath("别处"), "稿/年/丙")  # the others lead to what is looked at anyway
    for asked, links in ((["稿"], ["稿/年/丙"]), (["稿/**/*.txt"], ["稿/年/丙"]), (["稿", "稿/年/丙"], []), (["稿/一.txt"], [])):
        linked: list[str] = []
        named(asked, linked=linked)
        assert linked == links
    (told,) = of_links(["稿/年/丙", "稿/年/丁"])
    assert told.text() == "稿/年/丙: 有 2 个文件夹是链接，没有进去看，这是头一个。\n  要看里面的，把它也写在命令里。"
    assert [d.code for d in check(CheckRequest(("稿",), jobs=1)).remarks] == ["links-not-followed"]

    here, name = os.getcwd(), "d" * 200
    for _ in range(21):  # no path is so long: nobody opens it by name
        os.mkdir(name)
        os.chdir(name)
    os.chdir(here)
    for asked in (".", "./**/*.txt"):
        closed = [one.path for one in named([asked]) if one.path.endswith(name)]
        assert len(closed) == 1
        found = check(CheckRequest((asked,), jobs=1))
        told = [file for file in found.files if file.file == closed[0]]
        assert [d.code for d in told[0].problems] == ["file-not-readable"]
        assert found.exit_code


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_name_that_is_no_text_is_one_in_a_list_and_in_a_log(tmp_path: Path) -> None:
    Path(os.fsdecode(b"\xff.txt")).write_text("截止目前很好。\n", encoding="utf-8")
    Path("名单").write_bytes("一.txt".encode() + b"\0\xff.txt\0")
    assert names_listed("名单") == ("一.txt", os.fsdecode(b"\xff.txt"))
    [result] = check(CheckRequest((os.fsdecode(b"\xff.txt"),))).sarif()["runs"][0]["results"]  # type: ignore[index]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "%FF.txt"}


def test_nothing_is_made_over_what_is_to_be_read() -> None:
    laid("稿/一.txt", "稿/年/一.txt")
    format_folders(FoldersRequest(("稿",), "好"))
    with pytest.raises(Rejected, match="会盖住要读的文件"):
        format_folders(FoldersRequest((os.path.abspath("好/一.docx"), os.path.abspath("好/年/一.docx")), "好", force=True))


def test_where_the_disk_is_full_it_is_told_which_file_in_which_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    laid("稿/年/一.txt")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(os, "link", full)
    (told,) = format_folders(FoldersRequest(("稿",), "好", jobs=1)).files[0].problems
    assert (told.place, told.hint) == (Place(os.path.join("好", "年", "一.docx")), "腾出空间，或者 -o 换一个文件夹；接着做，加上 --resume。")


def test_on_a_full_disk_nothing_more_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    laid("稿/一.txt", "稿/二.txt", "稿/三.txt", "稿/四.txt")
    room, link = [os.link, os.link], os.link

    def full_after_two(was: str, now: str, **more: object) -> None:
        if not room:
            raise OSError(errno.ENOSPC, "full")
        room.pop()
        link(was, now)

    monkeypatch.setattr(os, "link", full_after_two)
    done = format_folders(FoldersRequest(("稿",), "好", jobs=1))
    assert (done.made, done.failures, done.left, done.exit_code) == (2, 1, 1, 1)
    assert [len(file.problems) for file in done.files] == [0, 0, 1]
    assert done.ending().next == ("drafter format 稿 -o 好 --resume", "腾出空间，接着做")


def test_each_file_is_in_exactly_one_share() -> None:
    names = [f"{n % 7}/讲话{n}.docx" for n in range(800)]
    shares = [[name for name in names if Shard(k, 8).holds(name)] for k in range(1, 9)]
    assert sorted(name for share in shares for name in share) == sorted(names)
    assert min(map(len, shares)) > 70
    assert Shard(1, 2).holds("e\u0301.docx") == Shard(1, 2).holds("\u00e9.docx")
    assert [[n for n in range(2, 8) if Shard(k, 3).holds(n)] for k in (1, 2, 3)] == [[3, 6], [4, 7], [2, 5]]


@pytest.mark.parametrize(("said", "meant"), [("3/8", Shard(3, 8)), (" 1／1 ", Shard(1, 1)), ("", None)])
def test_a_share_is_said_as_a_fraction(said: str, meant: Shard | None) -> None:
    assert shard_of(said) == meant


@pytest.mark.parametrize("said", ["0/8", "9/8", "3", "3/0", "一/八", "-1/8", "3/8/2", "1/99999"])
def test_what_is_no_share_is_refused(said: str) -> None:
    with pytest.raises(Rejected, match="要写成 第几份/共几份"):
        shard_of(said)


@pytest.mark.parametrize(
    "data",
    ["一.txt\r\n\r\n 二 三.txt \r\n一.txt\r\n".encode("utf-8-sig"), "一.txt\n二 三.txt".encode("gb18030"), "一.txt\r\n\"二 三.txt\"\r\n".encode("utf-16"), "一.txt\0二 三.txt\0".encode()],
)  # fmt: skip
def test_a_list_is_read_as_any_program_writes_it(data: bytes) -> None:
    Path("名单.txt").write_bytes(data)
    assert names_listed("名单.txt") == ("一.txt", "二 三.txt")


@pytest.mark.parametrize(("data", "code"), [(b"\r\n \n", "list-empty"), (b"\xff\x81\x00\xfe\xff", "list-unreadable")])
def test_a_list_with_no_names_is_refused(data: bytes, code: str) -> None:
    Path("名单.txt").write_bytes(data)
    with pytest.raises(Rejected) as refused:
        names_listed("名单.txt")
    assert refused.value.diagnostics[0].code == code


@pytest.mark.parametrize(
    ("within", "stems"),
    [
        (["年/讲话.doc", "年/讲话.docx", "讲话.docx"], ["年/讲话.doc", "年/讲话", "讲话"]),
        (["A.txt", "a.md"], ["A.txt", "a.md"]),
        (["a.doc", "a.txt", "a.doc.docx"], ["a.doc-2", "a.txt", "a.doc"]),
        (["../外/一.txt", "/根/二.txt", "c:/三.txt"], ["外/一", "根/二", "c/三"]),
    ],
)
def test_no_two_files_become_one(within: list[str], stems: list[str]) -> None:
    found = goes([NamedFile(name, name) for name in within], "出", ".docx")
    assert [os.path.relpath(one.stem, "出").replace(os.sep, "/") for one in found] == stems


# ── check ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_shares_together_look_at_each_file_once() -> None:
    laid(*(f"稿/{n}.txt" for n in range(12)))
    shares = [check(CheckRequest(("稿",), shard=f"{k}/3")) for k in (1, 2, 3)]
    assert sorted(file.file for share in shares for file in share.files) == sorted(f"稿/{n}.txt" for n in range(12))
    assert [share.named for share in shares] == [12, 12, 12]


def test_files_that_are_only_heard_leave_counts_behind() -> None:
    laid(*(f"稿/{n}.txt" for n in range(11)))
    for n in range(10):
        Path(f"稿/{n}.docx").write_bytes(b"no package")
    heard: list[str] = []
    found = check(CheckRequest(("稿",)), lambda file, done, of: heard.append(file.file), hold=False)
    held = check(CheckRequest(("稿",)))
    assert (len(heard), found.files, len(held.files)) == (21, (), 21)
    for one in (found, held):
        assert (one.tally.files, one.tally.read, one.tally.unread.count, len(one.tally.unread.first), one.exit_code) == (21, 11, 10, 8, 2)
    assert found.ending() == held.ending()


def test_fixes_that_others_make_are_written_here(run: Run) -> None:
    laid("稿/一.txt", "稿/二.txt")
    Path("稿/二.txt").write_text(SPEECH.replace("，", ","), encoding="utf-8")
    done = run("check", "稿", "--fix", "--no-input", "--jobs", "2")
    assert (done.returncode, Path("稿/二.txt").read_text(encoding="utf-8")) == (0, SPEECH)
    assert "改了 1 处。" in done.stdout


def test_own_tables_travel() -> None:
    from drafter.check.tables.known import known

    table = b"checked: 2026-11-01\nname: \xe6\x9c\xac\xe5\xb8\x82\ngroups:\n  - forms:\n      - \xe4\xb8\x89\xe5\xae\x9e\xe4\xbd\x9c\xe9\xa3\x8e\xe6\xb4\xbb\xe5\x8a\xa8\n"
    with OwnTables((("本市.yaml", table),)).read():
        assert [one.name for one in known().own] == ["本市"]
    assert known().own == ()


# ── format, extract ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_folder_is_set_into_another_one(run: Run) -> None:
    laid("稿/一.txt", "稿/年/二.txt", "稿/年/二.md")
    Path("稿/坏.docx").write_bytes(b"no package")
    done = run("format", "稿", "-o", "排好")
    assert (done.returncode, done.stdout) == (
        2,
        "做好了 3 个，写在：排好\n没有做成 1 个：稿/坏.docx\n下一步：没有做成的改好以后，接着做　drafter format 稿 -o 排好 --resume\n",
    )
    assert sorted(str(path) for path in Path("排好").rglob("*.docx")) == ["排好/一.docx", "排好/年/二.md.docx", "排好/年/二.txt.docx"]
    assert "提醒 稿/年/二.md: 和别的文件会叫同一个名字，做出来的叫 二.md。" in done.stderr
    again = run("format", "稿", "-o", "排好")
    assert (again.returncode, again.stderr.partition("：")[0]) == (2, "要写的文件已经有了，什么也没有做")
    Path("稿/坏.docx").unlink()
    laid("稿/三.txt")
    on = json.loads(run("format", "稿", "-o", "排好", "--resume", "--json").stdout)
    assert (on["result"]["made"], on["result"]["skipped"], on["written"]) == (1, 3, ["排好"])
    assert [file["written"] for file in on["result"]["files"] if file["written"]] == [["排好/三.docx"]]


def test_each_is_what_it_is_alone(run: Run) -> None:
    laid("稿/一.txt", "稿/二.txt")
    Path("名单.txt").write_text("稿/二.txt\n", encoding="utf-8")
    alone = json.loads(run("extract", "稿/二.txt", "-o", "提纲.yaml", "--json").stdout)
    many = json.loads(run("extract", "--files-from", "名单.txt", "-o", "出", "--json").stdout)
    assert Path("出/稿/二.yaml").read_bytes() == Path("提纲.yaml").read_bytes()
    one = many["result"]["files"][0]["result"]
    assert {**one, "file": "提纲.yaml", "answers_file": alone["result"]["answers_file"]} == alone["result"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("format 稿", "好几份文件，要说做出来的放在哪个文件夹。"),
        ("format 稿 -o 稿", "-o 稿：这就是要读的文件夹，做出来的和原来的混在一起了。"),
        ("format 稿 -o 一.txt", "-o 一.txt：好几份文件要写进一个文件夹，这不是文件夹。"),
        ("format 稿 -o 出 --dry-run", "--dry-run 一次说一份文件，好几份不行。"),
        ("extract 稿 -o 出 --review", "--review 一次说一份文件，好几份不行。"),
        ("format 稿 -o 出 --cluster tcp://x --jobs 2", "--jobs 说的是这台电脑，--cluster 说的是别的电脑，只写一个。"),
        ("format 稿 -o 出 --shard 4/3", "--shard 4/3：要写成 第几份/共几份。"),
        ("format", "要做哪个文件？写上文件名，或者文件夹。"),
    ],
)
def test_what_cannot_be_done_to_many_is_refused(run: Run, words: str, said: str) -> None:
    laid("稿/一.txt", "一.txt")
    done = run(*words.split())
    assert (done.returncode, done.stderr.split("\n")[0]) == (2, said)
    assert sorted(os.listdir()) == ["一.txt", "稿"]


def test_what_was_written_meanwhile_is_left_and_told() -> None:
    laid("稿/一.txt", "稿/二.txt", "稿/三.txt")

    def heard(file: FileMade, done: int, of: int) -> None:
        if done == 1:
            for name in ("一", "二", "三"):
                path = Path(f"出/{name}.yaml")
                if not path.exists():
                    path.write_text("别人的", encoding="utf-8")

    done = extract_folders(ExtractFoldersRequest(FoldersRequest(("稿",), "出", jobs=1)), heard)
    assert (done.made, done.failures, done.exit_code) == (1, 2, 2)
    assert sum(path.read_text(encoding="utf-8") == "别人的" for path in Path("出").glob("*.yaml")) == 2


def test_ctrl_c_leaves_what_is_written_and_says_how_to_go_on(tmp_path: Path) -> None:
    laid(*(f"稿/{n:03}.txt" for n in range(300)))
    line = [sys.executable, "-m", "drafter", "format", "稿", "-o", "出", "--jobs", "1"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True) as running:
        until = time.monotonic() + 60
        while len([*Path("出").glob("*.docx")]) < 3 and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
    made = len([*Path("出").glob("*.docx")])
    count = told.partition("写好的 ")[2].partition(" ")[0]
    assert (running.returncode, told) == (130, f"停下了；写好的 {count} 个文件都在。\n  接着做：再运行一次，加上 --resume\n")
    assert 0 <= made - int(count) <= 1  # one may have got its name in the moment it was stopped
    assert [*Path("出").glob(".*")] == []


@pytest.mark.parametrize("within", ["", "files"])
@pytest.mark.parametrize("items", [[], [{"甲": 1}], [{"甲": "二\n三"}, [], {}]])
def test_an_answer_in_parts_is_the_answer(within: str, items: list[object]) -> None:
    remarks, ending, beside = [Diagnostic("小心。", code="file-empty")], Ending(("一.txt",)), {"made": 2, "files_left": None}
    parts = AnswerInParts("check", within)
    text = "".join(map(parts.item, items)) + parts.end(remarks, ending, beside if within else None)
    result = {within: items, **beside} if within else items
    assert text == dumped(answered("check", result, remarks, ending))


def test_a_template_that_is_not_there_is_refused_before_anything(tmp_path: Path) -> None:
    laid("稿/一.txt")
    with pytest.raises(Rejected, match="没有"):
        format_folders(FoldersRequest(("稿",), "出"), "没有这样的")
    assert not Path("出").exists()


# ── batch ──────────────────────────────────────────────────────────────────────────────────────────────────────────

OUTLINE = "title: 致【县区】的信\nfields:\n  县区:\n    ask: 哪里？\nspeech:\n  - greeting: 同志们：\n  - opening: 向【县区】的同志们问好。\n"


def test_rows_are_shared_out_and_made_by_any_executor() -> None:
    Path("信.yaml").write_text(OUTLINE, encoding="utf-8")
    Path("表.csv").write_text("县区\n" + "".join(f"{n}县\n" for n in range(7)), encoding="utf-8")
    asked = BatchRequest("表.csv", ("./信.yaml",), output="出/", name="【县区】")
    with ThreadPoolExecutor(2) as executor:
        for k in (1, 2, 3):
            batch(asked._replace(shard=f"{k}/3"), executor=executor)
    made = sorted(path.relative_to("出").as_posix() for path in Path("出").rglob("*.docx"))
    assert made == [f"{n}县.docx" for n in range(7)]
