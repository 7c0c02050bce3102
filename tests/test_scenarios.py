"""What may be the case on a disk when a draft is changed: each scenario by itself, through the commands people type. Whatever
happens, the file is afterwards the old one or the new one, a refusal leaves the folder as it was, and nothing else is touched."""

import fcntl
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import DRAFTER
from copied import ran
from test_update import ANSWERS, OUTLINE
from word import members, texts_of

from drafter.commands import changing, replacing
from drafter.commands.changing import in_place, written_over
from drafter.commands.drafts import Against
from drafter.commands.elsewhere import holder
from drafter.commands.new import NewRequest, new
from drafter.commands.replacing import SavedMeanwhile
from drafter.commands.saving import Output, save, save_all
from drafter.commands.update import UpdateRequest, update
from drafter.diagnostic import Rejected

SET = ("--set", "日期=2026-12-03")
NEW_DAY = "12月3日"


class Done(NamedTuple):
    """What a command said and left. `files`: the names in the folder with a digest of what they hold, links by where they lead."""

    code: int
    said: str
    files: dict[str, str]


@pytest.fixture(scope="module")
def draft_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("made")
    (folder / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    new(NewRequest((str(folder / "会.yaml"),), ANSWERS, output=str(folder / "稿.docx"), date="2026-11-22"))
    return (folder / "稿.docx").read_bytes()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, draft_bytes: bytes) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "稿.docx").write_bytes(draft_bytes)
    return tmp_path


def found(folder: Path) -> dict[str, str]:
    out = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            out[name] = f"-> {os.readlink(path)}"
        elif path.is_file():
            out[name] = hashlib.sha256(path.read_bytes()).hexdigest() if os.access(path, os.R_OK) else "?"
        else:
            out[name] = "folder" if path.is_dir() else "other"
    return out


def drafter(folder: Path, *words: str, before: Callable[[], object] | None = None, env: dict[str, str] | None = None) -> Done:
    command, there = [str(DRAFTER), *words], os.environ | (env or {})
    if before is None:
        run = ran(command, "", folder, there, errors="surrogateescape")
    else:
        run = subprocess.run(
            command, cwd=folder, capture_output=True, encoding="utf-8", errors="surrogateescape",
            preexec_fn=before, env=there, timeout=60, check=False,
        )  # fmt: skip
    assert "Traceback" not in run.stderr, run.stderr
    return Done(run.returncode, run.stderr + run.stdout, found(folder))


def day_of(path: Path) -> str:
    return texts_of(path.read_bytes())[1]


def is_new(path: Path) -> bool:
    return NEW_DAY in day_of(path)


# ── what must be refused, and leave everything as it was ───────────────────────────────────────────────────────────


def _open_in(mark: str, data: bytes = b"") -> Callable[[Path], None]:
    return lambda folder: (folder / mark).write_bytes(data) and None


def _read_only(folder: Path) -> None:
    (folder / "稿.docx").chmod(0o444)


def _link(folder: Path) -> None:
    (folder / "真.docx").write_bytes((folder / "稿.docx").read_bytes())
    (folder / "稿.docx").unlink()
    (folder / "稿.docx").symlink_to("真.docx")


def _broken_link(folder: Path) -> None:
    (folder / "稿.docx").unlink()
    (folder / "稿.docx").symlink_to("没有.docx")


def _circle(folder: Path) -> None:
    (folder / "稿.docx").unlink()
    (folder / "稿.docx").symlink_to("稿.docx")


def _folder(folder: Path) -> None:
    (folder / "稿.docx").unlink()
    (folder / "稿.docx").mkdir()


def _pipe(folder: Path) -> None:
    (folder / "稿.docx").unlink()
    os.mkfifo(folder / "稿.docx")


def _gone(folder: Path) -> None:
    (folder / "稿.docx").unlink()


def _empty(folder: Path) -> None:
    (folder / "稿.docx").write_bytes(b"")


def _cut(folder: Path) -> None:
    (folder / "稿.docx").write_bytes((folder / "稿.docx").read_bytes()[:3000])


WORD_MARK = b"\x06" + "张三（办）".encode("gb18030")[:6].ljust(53) + b"\x05\x00" + "张三（办）".encode("utf-16-le").ljust(106, b"\0")

REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "open in Word": (_open_in("~$稿.docx", WORD_MARK), "稿.docx: 这个文件正在 Word 或 WPS 里打开着（张三（办）），没有动它。"),
    "open in Word, which lets nobody read who": (_open_in("~$稿.docx"), "这个文件正在 Word 或 WPS 里打开着，没有动它。"),
    "open in WPS": (_open_in(".~稿.docx"), "这个文件正在 WPS 里打开着，没有动它。"),
    "open in LibreOffice": (_open_in(".~lock.稿.docx#", ",lisi,办公室-3,28.11.2026 09:12,file:///home/lisi;".encode()), "正在 LibreOffice 里打开着（lisi）"),
    "open in LibreOffice by somebody with a name": (_open_in(".~lock.稿.docx#", "李四\\,王五,lisi,pc,,;".encode()), "打开着（李四,王五）"),
    "read-only": (_read_only, "稿.docx: 这个文件是只读的，没有动它。"),
    "a link": (_link, "稿.docx: 这是指向别处的链接，没有往里写。"),
    "a link to nothing": (_broken_link, "没有这个文件。"),
    "a link to itself": (_circle, "读不了这个文件"),
    "a folder": (_folder, "这不是普通文件。"),
    "a pipe": (_pipe, "这不是普通文件。"),
    "not there": (_gone, "没有这个文件。"),
    "empty": (_empty, "稿.docx"),
    "cut off": (_cut, "稿.docx: 文件坏了"),
}

#: Commands that change the file they are given.
CHANGING = {"update": ("update", "稿.docx", *SET), "format": ("format", "稿.docx", "-t", "card"), "check --fix": ("check", "稿.docx", "--fix")}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_changed_is_refused_and_the_folder_is_as_it_was(here: Path, name: str) -> None:
    change, said = REFUSED[name]
    change(here)
    before = found(here)
    done = drafter(here, *CHANGING["update"])
    assert done.code in (1, 2)
    assert said in done.said
    assert done.files == before


@pytest.fixture
def faulty(here: Path) -> Path:
    """A draft in which `check --fix` has something to do."""
    from word import Word

    word = Word((here / "稿.docx").read_bytes())
    word.run(word.paragraphs()[5], "会议强调，，要抓落实。")
    (here / "稿.docx").write_bytes(word.save())
    return here


@pytest.mark.parametrize("command", CHANGING)
@pytest.mark.parametrize("name", ["open in Word", "open in LibreOffice", "read-only", "a link"])
def test_every_command_that_changes_a_file_refuses_so(faulty: Path, name: str, command: str) -> None:
    REFUSED[name][0](faulty)
    before = found(faulty)
    done = drafter(faulty, *CHANGING[command])
    assert (done.code > 0, done.files) == (True, before)
    assert REFUSED[name][1] in done.said


@pytest.mark.parametrize("command", CHANGING)
def test_and_does_its_work_where_nothing_stands_in_the_way(faulty: Path, command: str) -> None:
    before = found(faulty)
    done = drafter(faulty, *CHANGING[command])
    assert done.code in (0, 1)  # what is left to find
    assert done.files["稿.docx"] != before["稿.docx"]
    assert done.files["稿.备份.docx"] == before["稿.docx"]
    assert sorted(done.files) == ["稿.docx", "稿.备份.docx"]


def test_a_refusal_has_its_code_and_the_name_in_json(here: Path) -> None:
    (here / "~$稿.docx").write_bytes(WORD_MARK)
    done = drafter(here, "update", "稿.docx", *SET, "--json")
    error = json.loads(done.said[done.said.index("{\n") :])["error"]
    assert (error["code"], "张三" in error["message"], "~$稿.docx" in error["remedy"]) == ("file-open-elsewhere", True, True)


# ── what is read while somebody has it open ────────────────────────────────────────────────────────────────────────

READING = {
    "status": ("status", "稿.docx"),
    "pull": ("pull", "稿.docx"),
    "pull --outline": ("pull", "稿.docx", "--outline", "会.yaml"),
    "history": ("history", "稿.docx"),
    "finish": ("finish", "稿.docx", "--force"),
    "finish --check": ("finish", "稿.docx", "--check"),
    "update --next": ("update", "稿.docx", "--next", *SET),
    "update -o": ("update", "稿.docx", "-o", "新.docx", *SET),
    "update --dry-run": ("update", "稿.docx", "--dry-run", *SET),
    "format -o": ("format", "稿.docx", "-o", "新.docx"),
    "check": ("check", "稿.docx"),
    "check --annotate": ("check", "稿.docx", "--annotate", "批注.docx"),
    "compare, the old one": ("compare", "稿.docx", "别.docx"),
    "compare, the new one": ("compare", "别.docx", "稿.docx"),
    "extract": ("extract", "稿.docx", "-o", "读出.yaml"),
    "learn": ("learn", "别.docx", "稿.docx", "-o", "学.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("mark", ["~$稿.docx", ".~lock.稿.docx#"])
@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_says_that_somebody_has_the_file_open(here: Path, command: str, mark: str) -> None:
    (here / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    shutil.copy(here / "稿.docx", here / "别.docx")
    quiet = drafter(here, *READING[command])
    for name in sorted(found(here).keys() - {"稿.docx", "别.docx", "会.yaml"}):
        (here / name).unlink()
    (here / mark).write_bytes(WORD_MARK if mark.startswith("~$") else b",lisi,pc,,;")
    done = drafter(here, *READING[command])
    assert "打开着" not in quiet.said
    assert "里打开着（张三（办）），读的是上一次保存的样子。" in done.said or "打开着（lisi），读的是上一次保存的样子。" in done.said
    assert done.code == quiet.code
    for name in sorted(found(here).keys() - {"稿.docx", "别.docx", "会.yaml", mark}):
        (here / name).unlink()
    told = drafter(here, *READING[command], "--json").said
    assert '"read-while-open"' in told or "打开着" in told


def test_a_link_is_open_where_the_file_it_leads_to_is(here: Path) -> None:
    (here / "夹").mkdir()
    (here / "稿.docx").rename(here / "夹" / "真.docx")
    (here / "链.docx").symlink_to("夹/真.docx")
    (here / "夹" / "~$真.docx").write_bytes(WORD_MARK)
    assert "打开着（张三（办））" in drafter(here, "status", "链.docx").said


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (WORD_MARK, "张三（办）"),
        (b"\x04" + "李四".encode("gb18030"), "李四"),  # cut off before the second name
        (b"", ""),
        (b"\xff" * 162, ""),
        (b"\x00" * 162, ""),
        (b"\x03a\x1b[31m".ljust(54, b"\0") + b"\x05\x00" + "a\x1b[0m".encode("utf-16-le"), ""),  # nothing a terminal would obey
        (os.urandom(4096), None),
    ],
)  # fmt: skip
def test_who_it_is_is_read_from_the_mark_as_far_as_it_can_be(here: Path, data: bytes, name: str | None) -> None:
    (here / "~$稿.docx").write_bytes(data)
    held = holder(Path("稿.docx"))
    assert held is not None
    assert name is None or held.person == name
    assert held.person.isprintable()


def test_an_old_mark_says_since_when(here: Path) -> None:
    (here / "~$稿.docx").write_bytes(WORD_MARK)
    since = datetime.now() - timedelta(days=3)
    os.utime(here / "~$稿.docx", (since.timestamp(),) * 2)
    assert f"打开着（张三（办），{since.month}月{since.day}日 {since:%H:%M} 打开）" in drafter(here, *CHANGING["update"]).said


@pytest.mark.skipif(sys.platform != "linux", reason="what runs is told by /proc")
def test_a_mark_of_ones_own_dead_libreoffice_is_told_as_such(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import getpass
    import platform

    (here / ".~lock.稿.docx#").write_text(f"我,{getpass.getuser()},{platform.node()},,;", encoding="utf-8")
    held = holder(Path("稿.docx"))
    runs = any(name.startswith("soffice") for name in map(_named, Path("/proc").glob("[0-9]*/comm")))
    assert held is not None
    assert held.dead is not runs
    told = held._replace(dead=True).refusal("稿.docx").text()
    assert told.endswith("LibreOffice 并没有在运行，这是上次没有正常退出留下的标记：删掉同一文件夹里的 .~lock.稿.docx#，再试一次。")


def _named(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


# ── what must work, and keep what a file has ───────────────────────────────────────────────────────────────────────

NAMES = ["a'b\"c $(x) `y`.docx", "换\n行.docx", "-o.docx", "稿 \u3000子.docx", "Cafe\u0301.docx", "%s{0}.docx", "讲" * 78 + ".docx", "🀄.docx", ".隐.docx"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_a_file_may_have(here: Path, name: str) -> None:
    (here / "稿.docx").rename(here / name)
    done = drafter(here, "update", *SET, "--", name)
    assert (done.code, is_new(here / name), len(done.files)) == (0, True, 2)


def test_a_name_too_long_for_a_copy_beside_it_is_refused_before_anything_is_written(here: Path) -> None:
    name = "讲" * 83 + ".docx"  # 254 bytes
    (here / "稿.docx").rename(here / name)
    before = found(here)
    done = drafter(here, "update", name, *SET)
    assert (done.code > 0, done.files) == (True, before)
    assert "文件名用不了：太长" in done.said


def test_rights_owner_and_attributes_stay(here: Path) -> None:
    path = here / "稿.docx"
    path.chmod(0o640)
    marked = False
    if hasattr(os, "setxattr"):
        try:
            os.setxattr(path, "user.密级", "内部".encode())
            marked = True
        except OSError:
            pass  # tmpfs of old kernels
    if os.getuid() == 0:
        os.chown(path, 12345, 23456)
    before = path.stat()
    assert drafter(here, *CHANGING["update"]).code == 0
    for file in (path, here / "稿.备份.docx"):
        after = file.stat()
        assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (0o640, before.st_uid, before.st_gid)
        assert not marked or os.getxattr(file, "user.密级") == "内部".encode()


def test_the_copy_of_a_private_file_is_private_where_there_are_no_links_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "稿.docx").chmod(0o600)
    link = os.link

    def refuse(source: Path, target: Path) -> None:
        if "备份" in str(target) and ".drafter-" not in str(source):
            raise PermissionError(1, "no links here")
        link(source, target)

    monkeypatch.setattr(os, "link", refuse)
    update(UpdateRequest("稿.docx", Against(sets=(SET[1],))))
    assert stat.S_IMODE((here / "稿.备份.docx").stat().st_mode) == 0o600
    assert is_new(here / "稿.docx")


def test_another_name_of_the_same_file_keeps_the_old_text_and_so_does_the_copy(here: Path) -> None:
    os.link(here / "稿.docx", here / "别名.docx")
    old = (here / "稿.docx").read_bytes()
    assert drafter(here, *CHANGING["update"]).code == 0
    assert is_new(here / "稿.docx")
    assert (here / "别名.docx").read_bytes() == (here / "稿.备份.docx").read_bytes() == old
    (here / "别名.docx").write_bytes(b"?")  # whoever writes into it does not write into the copy
    assert (here / "稿.备份.docx").read_bytes() == old


def test_names_that_differ_in_case_alone_are_two_files(here: Path) -> None:
    shutil.copy(here / "稿.docx", here / "A.docx")
    if (here / "a.docx").exists():
        pytest.skip("this disk takes A and a for one")
    shutil.copy(here / "稿.docx", here / "a.docx")
    assert drafter(here, "update", "a.docx", *SET).code == 0
    assert (is_new(here / "a.docx"), is_new(here / "A.docx")) == (True, False)


def test_a_second_update_keeps_a_second_copy_and_a_third_of_the_same_none(here: Path) -> None:
    for day in ("2026-12-03", "2026-12-04"):
        assert drafter(here, "update", "稿.docx", "--set", f"日期={day}").code == 0
    assert sorted(found(here)) == ["稿.docx", "稿.备份.docx", "稿.备份2.docx"]
    shutil.copy(here / "稿.备份.docx", here / "稿.docx")
    assert drafter(here, "update", "稿.docx", *SET).code == 0
    assert sorted(found(here)) == ["稿.docx", "稿.备份.docx", "稿.备份2.docx"]


def test_a_linked_folder_is_gone_through(here: Path) -> None:
    (here / "夹").mkdir()
    (here / "链").symlink_to("夹")
    (here / "稿.docx").rename(here / "夹" / "稿.docx")
    assert drafter(here, "update", "链/稿.docx", *SET).code == 0
    assert is_new(here / "夹" / "稿.docx")


# ── disks that are full, read-only, or somebody else's ─────────────────────────────────────────────────────────────


def test_a_file_that_may_not_be_so_large_leaves_the_old_one_and_no_copy(here: Path) -> None:
    import resource

    before = found(here)
    size = (here / "稿.docx").stat().st_size // 2
    done = drafter(here, *CHANGING["update"], before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert (done.code, done.files) == (1, before)
    assert "这里不让写这么大的文件" in done.said


@pytest.fixture
def small_disk(here: Path) -> Iterator[Path]:
    """A disk with room for the draft and half another."""
    folder = here / "盘"
    folder.mkdir()
    size = 4096 * (1 + (here / "稿.docx").stat().st_size // 4096) + 16384
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk")
    shutil.copy(here / "稿.docx", folder / "稿.docx")
    (folder / "填").write_bytes(b"0" * max(0, os.statvfs(folder).f_bavail * os.statvfs(folder).f_bsize - 8192))
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_one_and_no_copy(small_disk: Path) -> None:
    before = found(small_disk)
    done = drafter(small_disk, *CHANGING["update"])
    assert (done.code, done.files) == (1, before)
    assert "磁盘满了" in done.said


def test_of_several_files_none_is_written_where_one_does_not_fit(here: Path) -> None:
    import resource

    for name in ("a.yaml", "b.docx"):
        (here / name).write_bytes(b"old")
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    script = f"""
import resource, sys
from pathlib import Path
from drafter.commands.saving import Output, save_all
from drafter.diagnostic import Rejected
{limit}
try:
    save_all([Output(Path("a.yaml"), b"1", True), Output(Path("new.txt"), b"2"), Output(Path("夹/c.txt"), b"3", folder_hint=""), Output(Path("b.docx"), b"x" * 5000, True)])
except Rejected as error:
    sys.exit(error.exit_code)
"""
    before = found(here)
    assert subprocess.run([sys.executable, "-c", script], cwd=here, check=False).returncode == 1
    assert found(here) == before
    assert resource.RLIM_INFINITY


def test_of_several_files_all_are_as_before_where_the_last_cannot_have_its_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.yaml", "b.docx"):
        (here / name).write_bytes(b"old")
    before = found(here)
    outputs = [Output(Path("a.yaml"), b"1", True), Output(Path("夹/c.txt"), b"3", folder_hint=""), Output(Path("b.docx"), b"2", True)]
    swap = replacing.swap

    def fail(path: Path, other: Path) -> bool:
        if "b.docx" in str(other):
            raise PermissionError(13, "no")
        return swap(path, other)

    monkeypatch.setattr(replacing, "swap", fail)
    with pytest.raises(Rejected):
        save_all(outputs)
    assert found(here) == before
    monkeypatch.undo()
    os.chdir(here)
    assert save_all(outputs) == ("", "", "")
    assert [Path(name).read_bytes() for name in ("a.yaml", "b.docx", "夹/c.txt")] == [b"1", b"2", b"3"]


def test_two_things_for_one_file_are_refused(here: Path) -> None:
    before = found(here)
    for words in (("extract", "稿.docx", "-o", "x.yaml", "--save-answers", "./x.yaml"), ("extract", "稿.docx", "-o", "x.yaml", "--save-answers", "x.yaml", "--force")):
        done = drafter(here, *words)
        assert (done.code, done.files) == (2, before)
        assert "两样东西要写进同一个文件。" in done.said


def test_the_answers_are_not_written_where_the_speech_cannot_be(here: Path) -> None:
    (here / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    before = found(here)
    done = drafter(here, "new", "--outline", "会.yaml", "--no-input", "-o", "没有/新.docx", "--save-answers", "答.yaml")
    assert (done.code, done.files) == (1, before)
    done = drafter(here, "new", "--outline", "会.yaml", "--no-input", "-o", "新.docx", "--save-answers", "稿.docx")
    assert (done.code, done.files) == (2, before)


def test_a_fix_is_not_made_where_the_comments_cannot_be_written(faulty: Path) -> None:
    (faulty / "批注.docx").write_bytes(b"old")
    before = found(faulty)
    done = drafter(faulty, "check", "稿.docx", "--fix", "--annotate", "批注.docx")
    assert (done.code, done.files) == (2, before)


@pytest.fixture
def other_disk(here: Path) -> Iterator[Path]:
    """A folder on another disk."""
    if not Path("/dev/shm").is_dir() or Path("/dev/shm").stat().st_dev == here.stat().st_dev:
        pytest.skip("there is one disk here")
    import tempfile

    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


def test_the_result_may_go_to_another_disk(here: Path, other_disk: Path) -> None:
    assert drafter(here, "update", "稿.docx", *SET, "-o", str(other_disk / "新.docx")).code == 0
    assert is_new(other_disk / "新.docx")
    shutil.copy(here / "稿.docx", other_disk / "稿.docx")
    assert drafter(here, "update", str(other_disk / "稿.docx"), *SET).code == 0
    assert sorted(found(other_disk)) == ["新.docx", "稿.docx", "稿.备份.docx"]


def test_a_folder_nobody_may_write_to(here: Path) -> None:
    import tempfile

    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copy(here / "稿.docx", folder / "稿.docx")
        (folder / "稿.docx").chmod(0o666)
        folder.chmod(0o555)
        before = found(folder)
        script = f"""
import os, sys
import drafter.commands.update, drafter.commands.changing, drafter.commands.replacing, drafter.commands.elsewhere, ctypes, docx, fcntl
from pathlib import Path
from drafter.commands.changing import in_place, written_over
from drafter.diagnostic import Rejected
if os.getuid() == 0: os.setuid(65534)
path = Path({str(folder / "稿.docx")!r})
try:
    in_place(path, lambda: written_over(path, path.read_bytes(), b"new"))
except Rejected as error:
    print(error)
    sys.exit(error.exit_code)
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr, found(folder)) == (1, "", before)
        assert "没有权限写进这个文件夹" in done.stdout
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


# ── somebody else at the same time ─────────────────────────────────────────────────────────────────────────────────


def test_what_somebody_saved_while_the_work_was_done_is_worked_on_again(here: Path) -> None:
    path = here / "稿.docx"
    looks = []

    def work() -> str:
        was = path.read_bytes()
        looks.append(was)
        if len(looks) == 1:
            path.write_bytes(b"saved by Word")
        return written_over(path, was, was + b"!")

    in_place(path, work)
    assert looks[1:] == [b"saved by Word"]
    assert path.read_bytes() == b"saved by Word!"
    assert {name: (here / name).read_bytes() for name in found(here)} == {"稿.docx": b"saved by Word!", "稿.备份.docx": b"saved by Word"}


def test_where_it_is_saved_again_and_again_nothing_is_written_and_that_is_said(here: Path) -> None:
    path = here / "稿.docx"
    count = iter(range(100))

    def work() -> str:
        was = path.read_bytes()
        path.write_bytes(b"saved %d" % next(count))
        return written_over(path, was, b"ours")

    with pytest.raises(SavedMeanwhile) as told:
        in_place(path, work)
    assert (next(count), told.value.exit_code, told.value.diagnostics[0].code) == (3, 1, "file-saved-meanwhile")
    assert {name: (here / name).read_bytes() for name in found(here)} == {"稿.docx": b"saved 2"}


def test_a_file_saved_with_the_same_length_and_time_is_noticed(here: Path) -> None:
    path = here / "稿.docx"
    was, then = path.read_bytes(), path.stat()
    path.write_bytes(was[:-1] + bytes([was[-1] ^ 1]))
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    with pytest.raises(SavedMeanwhile):
        written_over(path, was, b"ours")


@pytest.mark.parametrize("how", ["gone", "a folder now", "opened in Word"])
def test_a_file_that_went_or_was_opened_meanwhile_is_not_made_again(here: Path, how: str) -> None:
    path = here / "稿.docx"
    was = path.read_bytes()
    if how == "opened in Word":
        (here / "~$稿.docx").touch()
    else:
        path.unlink()
        if how == "a folder now":
            path.mkdir()
    before = found(here)
    with pytest.raises(Rejected):
        written_over(path, was, b"ours")
    assert found(here) == before


def test_the_name_that_is_gone_in_the_very_moment_is_waited_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = here / "稿.docx"
    swap = replacing.swap
    saves = iter([b"saved by Word"])

    def late(temp: Path, target: Path) -> bool:
        text = next(saves, None)
        if text is not None:  # as Word saves: the old file moved away, the new one not there yet
            path.rename(here / "~WRL0001.tmp")
            try:
                return swap(temp, target)
            finally:
                path.write_bytes(text)
        return swap(temp, target)

    monkeypatch.setattr(replacing, "swap", late)
    in_place(path, lambda: written_over(path, path.read_bytes(), path.read_bytes() + b"!"))
    assert path.read_bytes() == b"saved by Word!"


@pytest.mark.parametrize("again", [False, True], ids=["once", "and once more"])
def test_what_is_saved_in_the_very_moment_of_the_exchange_comes_back(here: Path, monkeypatch: pytest.MonkeyPatch, again: bool) -> None:
    path = here / "稿.docx"
    was = path.read_bytes()
    swap = replacing.swap
    saved = iter([b"first", b"second"] if again else [b"first"])

    def late(temp: Path, target: Path) -> bool:
        text = next(saved, None)
        if text is not None:  # as Word saves: another file under the name
            (here / "word.tmp").write_bytes(text)
            os.replace(here / "word.tmp", path)
        return swap(temp, target)

    monkeypatch.setattr(replacing, "swap", late)
    with pytest.raises(SavedMeanwhile):
        written_over(path, was, b"ours")
    left = sorted((here / name).read_bytes() for name in found(here))
    assert path.read_bytes() == (b"second" if again else b"first")
    assert left == ([b"first", b"second"] if again else [b"first"])


def test_where_names_cannot_be_exchanged_it_is_compared_and_replaced(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacing, "swap", lambda path, other: False)
    path = here / "稿.docx"
    was = path.read_bytes()
    assert written_over(path, was, b"ours") == str(here / "稿.备份.docx")
    assert (path.read_bytes(), (here / "稿.备份.docx").read_bytes()) == (b"ours", was)
    with pytest.raises(SavedMeanwhile):
        written_over(path, was, b"ours too")
    assert sorted(found(here)) == ["稿.docx", "稿.备份.docx"]


def test_what_is_still_written_into_the_old_file_is_in_the_copy(here: Path) -> None:
    path = here / "稿.docx"
    was = path.read_bytes()
    with open(path, "r+b") as slow:  # opened before, written into afterwards
        written_over(path, was, b"ours")
        slow.write(b"late words")
    assert (here / "稿.备份.docx").read_bytes().startswith(b"late words")
    assert path.read_bytes() == b"ours"


def test_two_drafters_take_turns_and_neither_answer_is_lost(here: Path) -> None:
    for n in range(4):
        words = [("update", "稿.docx", "--set", f"日期=2026-12-0{n + 1}"), ("update", "稿.docx", "--set", f"人数={90 + n}")]
        both = [subprocess.Popen([str(DRAFTER), *w], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for w in words]
        said = [one.communicate()[0].decode() for one in both]
        assert [one.returncode for one in both] == [0, 0], said
        answers = json.loads(drafter(here, "pull", "稿.docx", "--json").said)["result"]
        assert (answers["日期"], answers["人数"]) == (f"2026-12-0{n + 1}", str(90 + n))


def test_six_that_count_up_lose_none(here: Path) -> None:
    path = here / "数.txt"
    path.write_text("0")
    script = """
import sys
from pathlib import Path
from drafter.commands.changing import in_place, written_over
path = Path(sys.argv[1])
def work():
    was = path.read_bytes()
    written_over(path, was, str(int(was) + 1).encode(), keep=False)
for _ in range(20):
    in_place(path, work)
"""
    counting = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(6)]
    assert [one.wait(60) for one in counting] == [0] * 6
    assert path.read_text() == "120"
    assert sorted(found(here)) == ["数.txt", "稿.docx"]


def test_the_lock_of_a_killed_drafter_holds_nobody_up(here: Path) -> None:
    script = "import sys, time; from pathlib import Path; from drafter.commands.changing import in_place; in_place(Path(sys.argv[1]), lambda: (print('has it', flush=True), time.sleep(60)))"
    holds = subprocess.Popen([sys.executable, "-c", script, "稿.docx"], cwd=here, stdout=subprocess.PIPE)
    assert holds.stdout
    assert holds.stdout.readline() == b"has it\n"
    waits = subprocess.Popen([str(DRAFTER), *CHANGING["update"]], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    time.sleep(1.5)
    assert waits.poll() is None
    holds.kill()
    holds.wait()
    holds.stdout.close()
    out, _ = waits.communicate(timeout=60)
    assert (waits.returncode, is_new(here / "稿.docx")) == (0, True), out


def test_a_drafter_that_does_not_come_to_an_end_is_not_waited_for_for_ever(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changing, "_WAIT_S", 0.2)
    with open(here / "稿.docx", "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(Rejected, match="另一个 drafter 正在改这个文件") as told:
            in_place(Path("稿.docx"), lambda: None)
    assert told.value.exit_code == 1


def test_a_disk_without_locks_will_do(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object) -> None:
        raise OSError(38, "no locks here")

    monkeypatch.setattr(fcntl, "flock", unable)
    update(UpdateRequest("稿.docx", Against(sets=(SET[1],))))
    assert is_new(here / "稿.docx")


#: Windows' lock on a byte, as this system has it.
LOCKING = """
import fcntl, sys, types
def locking(file, mode, size):
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, size)
sys.modules["msvcrt"] = types.SimpleNamespace(locking=locking, LK_NBLCK=2)
"""


def test_on_windows_a_file_beside_it_is_locked_and_taken_away(here: Path) -> None:
    (here / "数.txt").write_text("0")
    script = LOCKING + """
from pathlib import Path
from drafter.commands import changing
changing._held_itself = changing._held_beside
path = Path("数.txt")
def work():
    was = path.read_bytes()
    changing.written_over(path, was, str(int(was) + 1).encode(), keep=False)
for _ in range(15):
    changing.in_place(path, work)
"""
    counting = [subprocess.Popen([sys.executable, "-c", script], cwd=here) for _ in range(3)]
    assert [one.wait(60) for one in counting] == [0] * 3
    assert (here / "数.txt").read_text() == "45"
    (here / ".drafter-0000000000000000.lock").touch()  # of a run that was killed: nobody is held up
    assert [name for name in found(here) if name.endswith(".lock")] == [".drafter-0000000000000000.lock"]


# ── other files that are read and written again ────────────────────────────────────────────────────────────────────


def test_an_outline_saved_while_words_are_pulled_into_it_is_not_lost(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from word import Word

    from drafter.commands import pull as pulling
    from drafter.commands.pull import PullRequest, pull

    (here / "会.yaml").write_text(OUTLINE, encoding="utf-8")
    word = Word((here / "稿.docx").read_bytes())
    paragraph = word.paragraphs()[5]
    word.type_into(paragraph, 0, "首先，")
    (here / "稿.docx").write_bytes(word.save())
    backport = pulling.backport
    saves = iter(["# 刚写的一行\n" + OUTLINE])

    def slowly(*words):
        text = next(saves, None)
        if text:
            (here / "会.yaml").write_text(text, encoding="utf-8")
        return backport(*words)

    monkeypatch.setattr(pulling, "backport", slowly)
    done = pull(PullRequest("稿.docx", outline="会.yaml", output="会.yaml", force=True))
    text = (here / "会.yaml").read_text(encoding="utf-8")
    assert (text.startswith("# 刚写的一行\n"), "首先，" in text, bool(done)) == (True, True, True)


def test_a_text_saved_while_it_is_mended_is_not_lost(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from drafter.check import fixes
    from drafter.commands.check import CheckRequest, check

    (here / "讲.txt").write_text("同志们：\n\n会议强调，，要抓落实。\n", encoding="utf-8")
    edits = fixes.edits
    saves = iter(["同志们：\n\n刚写的一段。\n\n会议强调，，要抓落实。\n"])

    def slowly(*words):
        text = next(saves, None)
        if text:
            (here / "讲.txt").write_text(text, encoding="utf-8")
        return edits(*words)

    monkeypatch.setattr(fixes, "edits", slowly)
    check(CheckRequest(("讲.txt",), fix=True))
    assert (here / "讲.txt").read_text(encoding="utf-8") == "同志们：\n\n刚写的一段。\n\n会议强调，要抓落实。\n"


def test_two_that_copy_an_outline_at_once_both_have_it(here: Path) -> None:
    words = [str(DRAFTER), "outlines", "edit", "office-training"]
    both = [subprocess.Popen(words, cwd=here, env=os.environ | {"EDITOR": "true"}) for _ in range(4)]
    assert [one.wait(60) for one in both] == [0] * 4
    assert sorted(found(here / "outlines")) == ["office-training.yaml", "outline.schema.json"]


def test_an_outline_is_not_copied_where_its_schema_cannot_be_written(here: Path) -> None:
    (here / "outlines").mkdir()
    (here / "outlines" / "outline.schema.json").symlink_to("没有")
    before = found(here)
    done = drafter(here, "outlines", "edit", "office-training", env={"EDITOR": "true"})
    assert (done.code, done.files) == (2, before)


# ── killed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("signal", ["KILL", "TERM", "INT"])
def test_an_update_ended_at_any_moment_leaves_a_whole_file(here: Path, draft_bytes: bytes, signal: str) -> None:
    """The moment walks through the writing; `tests/bench/races.py` walks it through the whole run."""
    script = """
import os, signal, sys
from pathlib import Path
from drafter.commands import changing, replacing, saving
from drafter.commands.drafts import Against
from drafter.commands.update import UpdateRequest, update
how = getattr(signal, "SIG" + sys.argv[1])
signal.signal(signal.SIGINT, signal.default_int_handler)  # what is started in the background ignores it
asked = UpdateRequest("稿.docx", Against(sets=("日期=2026-12-03",)))
update(asked)  # once, for what it imports
for line in iter(sys.stdin.readline, ""):  # each step in a process of its own
    if pid := os.fork():
        print(os.waitpid(pid, 0)[1], flush=True)
    else:
        left = int(line)
        break
else:
    sys.exit()
def watched(real):
    def call(*words, **more):
        global left
        for _ in range(2):
            if left == 0:
                os.kill(os.getpid(), how)
            left -= 1
            if _ == 0:
                result = real(*words, **more)
        return result
    return call
for name in ("open", "write", "fsync", "link", "replace", "unlink", "close", "fstat", "fchmod", "stat", "lstat"):
    setattr(os, name, watched(getattr(os, name)))
replacing.swap = watched(replacing.swap)
try:
    update(asked)
finally:
    os._exit(0)
"""
    steps = list(range(4, 90, 9)) if signal != "KILL" else list(range(0, 120, 5))
    seen: set[bool] = set()
    (here / "稿.docx").write_bytes(draft_bytes)
    command = [sys.executable, "-c", script, signal]
    with subprocess.Popen(command, cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", bufsize=1) as process:
        assert process.stdin
        assert process.stdout
        for step in steps:
            for name in found(here):
                (here / name).unlink()
            (here / "稿.docx").write_bytes(draft_bytes)
            process.stdin.write(f"{step}\n")
            assert process.stdout.readline()
            data = (here / "稿.docx").read_bytes()
            whole = data == draft_bytes or is_new(here / "稿.docx")
            assert whole, step
            members(data)
            left = found(here).keys() - {"稿.docx", "稿.备份.docx"}
            assert all(name.startswith(".drafter-") for name in left)
            if "稿.备份.docx" in found(here):
                assert (here / "稿.备份.docx").read_bytes() == draft_bytes
            elif data != draft_bytes:
                pytest.fail(f"step {step}: the old text is gone")
            seen.add(data == draft_bytes)
            save(here / "别.txt", b"", force=True)  # the next run takes away what was left
            assert found(here).keys() <= {"稿.docx", "稿.备份.docx", "别.txt"}
        process.stdin.close()
    assert seen == {True, False}  # some steps ended it before it had written, others behind that
