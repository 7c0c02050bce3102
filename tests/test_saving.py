"""A file is the old one or the new one, whatever happens while it is written."""

import errno
import fcntl
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run

import drafter
from drafter.commands.saving import check, save
from drafter.diagnostic import Rejected

OLD, NEW = "旧稿".encode() * 9, "新稿".encode() * 20
CODE = str(Path(drafter.__file__).parent.parent)

#: Saves in children of its own that count their calls to the system, and lets one child end at each of them in turn. A
#: write is cut into pieces of 30 bytes, as a system may do. Prints for every end: what is then in the folder, and what
#: is there after the next run.
ENDINGS = """
import json, os, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from drafter.commands.saving import save

folder, how, force, links = Path(sys.argv[2]), sys.argv[3], sys.argv[4] == "force", sys.argv[5] == "links"
OLD, NEW = "旧稿".encode() * 9, "新稿".encode() * 20
path = folder / "讲话.docx"
WATCHED = ("open", "write", "fsync", "link", "replace", "unlink", "close", "fstat", "fchmod", "listdir", "urandom")

def refuse(*args):
    raise PermissionError(1, "no links here")

def end():
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    raise KeyboardInterrupt

def watch(last):
    left = [last]
    def watched(real):
        def call(*args):
            if left[0] == 0:
                left[0] = -1
                end()
            left[0] -= 1
            result = real(*args)
            if left[0] == 0:
                left[0] = -1
                end()
            left[0] -= 1
            return result
        return call
    real_write = os.write
    os.write = lambda file, data: real_write(file, bytes(data)[:30])
    if not links:
        os.link = refuse
    for name in WATCHED:
        setattr(os, name, watched(getattr(os, name)))

def found():
    return {p.name: p.read_bytes().decode() for p in folder.iterdir()}

ends = []
while True:
    for name in found():
        (folder / name).unlink()
    if force:
        path.write_bytes(OLD)
    child = os.fork()
    if not child:
        watch(len(ends))
        try:
            save(path, NEW, force=force)
        except KeyboardInterrupt:
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code == 0:
        break
    after = found()
    save(path, NEW, force=True)
    ends.append([code, after, found()])
print(json.dumps(ends))
"""

#: One save in a process of its own: a folder of its own rights, limits or neighbours. Prints what was said.
ONE = """
import os, resource, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import ctypes, drafter.commands.changing, drafter.commands.elsewhere, drafter.commands.saving, fcntl, time  # whoever gives up rights reads no more modules
from drafter.diagnostic import Rejected
exec(sys.argv[4])
try:
    drafter.commands.saving.save(Path(sys.argv[2]), sys.stdin.buffer.read(), force=sys.argv[3] == "force")
except Rejected as error:
    print(error, end="")
    sys.exit(error.exit_code)
"""

FULL = "没有写成：磁盘满了，或者账号的空间用完了。\n  腾出空间再试，或者换个地方：-o 别的文件夹/讲话.docx"


def run(script: str, *arguments: str, data: bytes = b"") -> tuple[int, str]:
    command = [sys.executable, "-I", "-c", script, CODE, *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert done.stderr.decode() == ""
    return done.returncode, done.stdout.decode()


def refused(path: Path, *, force: bool = False, inputs: tuple[Path, ...] = ()) -> tuple[int, str]:
    with pytest.raises(Rejected) as caught:
        save(path, NEW, force=force, inputs=inputs)
    return caught.value.exit_code, str(caught.value)


def listed(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_file_has_the_rights_the_umask_leaves(here: Path) -> None:
    umask = os.umask(0o027)
    try:
        save(Path("讲话.docx"), NEW)
    finally:
        os.umask(umask)

    assert (here / "讲话.docx").read_bytes() == NEW
    assert stat.S_IMODE((here / "讲话.docx").stat().st_mode) == 0o640
    assert listed(here) == ["讲话.docx"]


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_replaced_file_keeps_its_rights(here: Path, mode: int) -> None:
    path = here / "讲话.docx"
    path.write_bytes(OLD)
    path.chmod(mode)

    save(path, NEW, force=True)

    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert listed(here) == ["讲话.docx"]


def test_an_empty_file_can_be_written(here: Path) -> None:
    save(here / "空.txt", b"")

    assert (here / "空.txt").read_bytes() == b""


@pytest.mark.parametrize(
    ("there", "output", "said"),
    [
        (["讲话.docx"], "讲话.docx", "讲话.docx 已经有了。换个名字：-o 讲话2.docx；要覆盖：--force"),
        (
            ["讲话.docx", "讲话2.docx", "讲话3.docx"],
            "讲话.docx",
            "讲话.docx 已经有了。换个名字：-o 讲话4.docx；要覆盖：--force",
        ),
        (["讲话2026.docx"], "讲话2026.docx", "讲话2026.docx 已经有了。换个名字：-o 讲话2026-2.docx；要覆盖：--force"),
        (["我的 稿.docx"], "我的 稿.docx", '我的 稿.docx 已经有了。换个名字：-o "我的 稿2.docx"；要覆盖：--force'),
        (["稿/讲话.docx"], "稿/讲话.docx", "讲话.docx 已经有了。换个名字：-o 稿/讲话2.docx；要覆盖：--force"),
    ],
)
def test_an_existing_file_is_refused_and_a_free_name_offered(
    here: Path, there: list[str], output: str, said: str
) -> None:
    for name in there:
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_bytes(OLD)

    assert refused(Path(output)) == (2, said)
    assert (here / output).read_bytes() == OLD


@pytest.mark.parametrize("force", [False, True])
def test_nothing_but_a_plain_file_is_replaced(here: Path, force: bool) -> None:
    (here / "真的.docx").write_bytes(OLD)
    (here / "链接.docx").symlink_to("真的.docx")
    (here / "断的.docx").symlink_to("没有.docx")
    (here / "夹").mkdir()
    os.mkfifo(here / "管道.docx")
    before = listed(here)

    outputs = ("链接.docx", "断的.docx", "夹", "管道.docx", "/dev/null")
    link = "这是指向别处的链接，没有往里写。"
    assert [refused(Path(output), force=force) for output in outputs] == [
        (2, f"链接.docx: {link}\n  换个名字：-o 链接2.docx；或者直接写它指向的文件"),
        (2, f"断的.docx: {link}\n  换个名字：-o 断的2.docx；或者直接写它指向的文件"),
        (2, "夹: 这是文件夹，不是文件。\n  写上文件名：-o 夹/讲话稿.docx"),
        (2, "管道.docx: 这是设备，不是普通文件，没有往里写。\n  换个名字：-o 管道2.docx"),
        (2, "null: 这是设备，不是普通文件，没有往里写。\n  换个名字：-o /dev/null2"),
    ]
    assert listed(here) == before
    assert (here / "真的.docx").read_bytes() == OLD


def test_a_linked_folder_may_hold_the_output(here: Path) -> None:
    (here / "真的").mkdir()
    (here / "链接").symlink_to("真的")

    save(here / "链接" / "讲话.docx", NEW)

    assert (here / "真的" / "讲话.docx").read_bytes() == NEW


@pytest.mark.parametrize("source", ["稿.docx", "./稿.docx", "链接.docx", "硬.docx"])
def test_the_output_is_never_the_input_by_whatever_name(here: Path, source: str) -> None:
    (here / "稿.docx").write_bytes(OLD)
    (here / "链接.docx").symlink_to("稿.docx")
    os.link(here / "稿.docx", here / "硬.docx")

    assert refused(Path("稿.docx"), force=True, inputs=(Path("没有.yaml"), Path(source))) == (
        2,
        "稿.docx: 这正是要读的文件，写上去原文就没有了。\n  换个名字：-o 稿2.docx",
    )
    assert (here / "稿.docx").read_bytes() == OLD


@pytest.mark.parametrize(
    ("name", "lock", "program"),
    [
        ("讲话.docx", "~$讲话.docx", "Word 或 WPS"),  # Word, stem up to six
        ("县委工作会议.docx", "~$县委工作会议.docx", "Word 或 WPS"),
        ("县委的工作会议.docx", "~$委的工作会议.docx", "Word 或 WPS"),  # seven: one dropped
        ("在县委工作会议上.docx", "~$委工作会议上.docx", "Word 或 WPS"),  # eight and more: two
        ("在县委工作会议上.docx", "~$在县委工作会议上.docx", "Word 或 WPS"),  # by a program that drops none
        ("Annual Report.docx", "~$nual Report.docx", "Word 或 WPS"),
        ("讲话.docx", ".~讲话.docx", "WPS"),
        ("讲话.docx", ".~lock.讲话.docx#", "LibreOffice"),
        ("Café.docx", ".~lock.Cafe\u0301.docx#", "LibreOffice"),  # the name as a Mac spells it
    ],
)
def test_a_file_open_in_an_office_is_left_alone(here: Path, name: str, lock: str, program: str) -> None:
    (here / name).write_bytes(OLD)
    (here / lock).touch()

    assert refused(Path(name), force=True) == (
        1,
        f"{name}: 这个文件正在 {program} 里打开着，没有动它。\n"
        f"  请先保存、关闭，再试一次；要是并没有打开，删掉同一文件夹里的 {lock}",
    )
    assert (here / name).read_bytes() == OLD


def test_another_file_that_is_open_does_not_matter(here: Path) -> None:
    (here / "讲话.docx").write_bytes(OLD)
    (here / "~$讲话2.docx").touch()

    save(here / "讲话.docx", NEW, force=True)

    assert (here / "讲话.docx").read_bytes() == NEW


def test_a_read_only_file_is_left_alone(here: Path) -> None:
    (here / "讲话.docx").write_bytes(OLD)
    (here / "讲话.docx").chmod(0o444)

    assert refused(Path("讲话.docx"), force=True) == (
        1,
        "讲话.docx: 这个文件是只读的，没有动它。\n  换个名字：-o 讲话2.docx；要覆盖：先去掉“只读”",
    )
    assert (here / "讲话.docx").read_bytes() == OLD


@pytest.mark.parametrize(
    ("output", "said"),
    [
        (
            "报告/讲话.docx",
            (1, "讲话.docx: 没有写成：没有“报告”这个文件夹。\n  先新建这个文件夹，或者换个地方：-o 讲话.docx"),
        ),
        (
            "夹/2026/11/讲话.docx",
            (1, "讲话.docx: 没有写成：没有“夹/2026”这个文件夹。\n  先新建这个文件夹，或者换个地方：-o 讲话.docx"),
        ),
        ("稿.docx/讲话.docx", (1, "讲话.docx: 没有写成：“稿.docx”不是文件夹。\n  换个地方：-o 讲话.docx")),
    ],
)
def test_a_missing_folder_is_named(here: Path, output: str, said: tuple[int, str]) -> None:
    (here / "夹").mkdir()
    (here / "稿.docx").touch()

    assert refused(Path(output)) == said
    assert listed(here) == ["夹", "稿.docx"]


@pytest.mark.parametrize("name", ["讲" * 86 + ".docx", "讲\0话.docx", "讲\ud800话.docx"])
def test_a_name_no_file_can_have_is_refused(here: Path, name: str) -> None:
    code, said = refused(Path(name))

    assert code == 2
    assert said.endswith(
        ": 这个文件名用不了：太长，或者有不许用的字符。\n  换个短一点、只有文字和数字的名字：-o 讲话稿.docx"
    )
    assert listed(here) == []


def test_what_can_be_seen_beforehand_is_told_beforehand(here: Path) -> None:
    (here / "讲话.docx").write_bytes(OLD)
    for path, force in ((Path("讲话.docx"), False), (Path("报告/讲话.docx"), True), (here, True)):
        with pytest.raises(Rejected) as told:
            check(path, force=force)
        assert (told.value.exit_code, str(told.value)) == refused(path, force=force)

    check(Path("讲话.docx"), force=True)
    check(Path("讲话2.docx"))

    assert listed(here) == ["讲话.docx"]
    assert (here / "讲话.docx").read_bytes() == OLD


@pytest.mark.parametrize("links", ["links", "none"])
@pytest.mark.parametrize("force", ["force", "new"])
def test_a_run_killed_at_any_point_leaves_the_old_file_or_the_new_one(tmp_path: Path, force: str, links: str) -> None:
    code, out = run(ENDINGS, str(tmp_path), "kill", force, links)
    ends = json.loads(out)
    allowed = {OLD.decode(), NEW.decode()} if force == "force" else {None, NEW.decode()}
    if (force, links) == ("new", "none"):
        allowed.add("")  # the name is taken before it is filled: the one way to overwrite nothing on FAT

    assert code == 0
    assert len(ends) > 20
    for signal, after, next_run in ends:
        text = after.pop("讲话.docx", None)
        assert signal == -9
        assert text in allowed
        assert len(after) <= 1
        assert all(name.startswith(".drafter-") and name.endswith(".tmp") for name in after)
        assert next_run == {"讲话.docx": NEW.decode()}


@pytest.mark.parametrize("links", ["links", "none"])
@pytest.mark.parametrize("force", ["force", "new"])
def test_a_run_interrupted_at_any_point_leaves_nothing_behind(tmp_path: Path, force: str, links: str) -> None:
    code, out = run(ENDINGS, str(tmp_path), "interrupt", force, links)
    ends = json.loads(out)
    whole = [{"讲话.docx": OLD.decode()} if force == "force" else {}, {"讲话.docx": NEW.decode()}]

    assert code == 0
    assert len(ends) > 20
    for _, after, next_run in ends:
        assert after in whole
        assert next_run == whole[1]


def test_what_a_killed_run_left_is_swept_and_what_a_living_one_writes_is_not(here: Path) -> None:
    names = [".drafter-0123456789abcdef.tmp", ".drafter-fedcba9876543210.tmp", ".drafter-mine.tmp", "drafter.tmp"]
    for name in names:
        (here / name).write_bytes(b"?")
    (here / ".drafter-00000000000000aa.tmp").symlink_to("drafter.tmp")
    with (here / names[1]).open("rb") as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        save(here / "讲话.docx", NEW)

    assert listed(here) == sorted([*names[1:], ".drafter-00000000000000aa.tmp", "讲话.docx"])


def test_a_temporary_name_that_is_taken_is_stepped_past(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "别人的").write_bytes(OLD)
    (here / ".drafter-3030303030303030.tmp").symlink_to("别人的")
    random = iter([b"0" * 8, b"1" * 8])
    monkeypatch.setattr(os, "urandom", lambda _: next(random))

    save(here / "讲话.docx", NEW)

    assert listed(here) == [".drafter-3030303030303030.tmp", "别人的", "讲话.docx"]
    assert [(here / name).read_bytes() for name in ("别人的", "讲话.docx")] == [OLD, NEW]


@pytest.mark.parametrize("force", ["force", "new"])
def test_a_file_that_does_not_fit_leaves_the_old_one(here: Path, force: str) -> None:
    path = here / "讲话.docx"
    before = []
    if force == "force":
        path.write_bytes(OLD)
        before = ["讲话.docx"]
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"

    code, said = run(ONE, str(path), force, limit, data=NEW * 10_000)

    assert (code, said) == (1, "讲话.docx: 没有写成：这里不让写这么大的文件。\n  换个地方：-o 别的文件夹/讲话.docx")
    assert listed(here) == before
    assert not before or path.read_bytes() == OLD


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that another account can reach (pytest's own are private)."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.mark.parametrize("force", ["force", "new"])
def test_a_folder_one_may_not_write_to_is_left_as_it_is(outside: Path, force: str) -> None:
    path = outside / "讲话.docx"
    if force == "force":
        path.write_bytes(OLD)
        path.chmod(0o666)
    outside.chmod(0o555)
    nobody = "if os.getuid() == 0: os.setuid(65534)"

    code, said = run(ONE, str(path), force, nobody, data=NEW)

    assert (code, said) == (1, "讲话.docx: 没有写成：没有权限写进这个文件夹。\n  换个地方：-o 别的文件夹/讲话.docx")
    assert [p.read_bytes() for p in outside.iterdir()] == [OLD] * (force == "force")


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, FULL),
        (errno.EROFS, "没有写成：这个磁盘是只读的。\n  换个地方：-o 别的文件夹/讲话.docx"),
        (errno.EIO, "没有写成：磁盘或网络出了错（EIO）。\n  换个地方：-o 别的文件夹/讲话.docx"),
    ],
)
def test_a_disk_that_fails_leaves_the_old_file(
    here: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, said: str
) -> None:
    path = here / "讲话.docx"
    path.write_bytes(OLD)

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        got = refused(path, force=True)

    assert got == (1, f"讲话.docx: {said}")
    assert path.read_bytes() == OLD
    assert listed(here) == ["讲话.docx"]


@pytest.mark.parametrize("winerror", [5, 32, 33])
@pytest.mark.parametrize("lets_go", [True, False])
def test_a_file_held_on_windows_is_tried_for_a_second(
    here: Path, monkeypatch: pytest.MonkeyPatch, winerror: int, lets_go: bool
) -> None:
    path = here / "讲话.docx"
    path.write_bytes(OLD)
    pauses: list[float] = []
    replace = os.replace

    def held(source: Path, target: Path) -> None:
        if lets_go and len(pauses) == 3:
            return replace(source, target)
        error = PermissionError(errno.EACCES, "held")
        error.winerror = winerror  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(time, "sleep", pauses.append)
    if lets_go:
        save(path, NEW, force=True)
        assert (path.read_bytes(), len(pauses)) == (NEW, 3)
    else:
        assert refused(path, force=True) == (
            1,
            "讲话.docx: 这个文件正被别的程序占着，没有动它。\n  请先在 Word 里关闭，再试一次",
        )
        assert (path.read_bytes(), len(pauses)) == (OLD, 9)
    assert listed(here) == ["讲话.docx"]


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_overwritten(
    here: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    path = here / "讲话.docx"
    link = os.link

    def late(source: Path, target: Path) -> None:
        path.write_bytes(OLD)
        if not links:
            raise PermissionError(errno.EPERM, "no links here")
        link(source, target)

    monkeypatch.setattr(os, "link", late)

    assert refused(Path("讲话.docx")) == (2, "讲话.docx 已经有了。换个名字：-o 讲话2.docx；要覆盖：--force")
    assert path.read_bytes() == OLD
    assert listed(here) == ["讲话.docx"]


def test_a_file_system_without_links_or_locks_will_do(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "not here")

    for name, age_s in ((".drafter-0123456789abcdef.tmp", 7200), (".drafter-fedcba9876543210.tmp", 60)):
        (here / name).touch()
        os.utime(here / name, (time.time() - age_s,) * 2)
    monkeypatch.setattr(os, "link", unable)
    monkeypatch.setattr(os, "fsync", unable)
    monkeypatch.setattr(os, "fchmod", unable)
    monkeypatch.setattr(fcntl, "flock", unable)

    save(here / "讲话.docx", OLD)
    save(here / "讲话.docx", NEW, force=True)

    assert (here / "讲话.docx").read_bytes() == NEW
    assert listed(here) == [".drafter-fedcba9876543210.tmp", "讲话.docx"]


@pytest.mark.parametrize(("force", "codes"), [("new", [0] + [2] * 7), ("force", [0] * 8)])
def test_eight_writers_at_once_leave_one_whole_file(here: Path, force: str, codes: list[int]) -> None:
    path = here / "讲话.docx"
    writers = [
        subprocess.Popen(
            [sys.executable, "-I", "-c", ONE, CODE, str(path), force, "pass"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(8)
    ]
    texts = [bytes([65 + n]) * 50_000 for n in range(8)]
    for writer, text in zip(writers, texts, strict=True):  # all are fed before any of them sees the end
        assert writer.stdin
        writer.stdin.write(text)
    said = [writer.communicate() for writer in writers]

    assert sorted(writer.returncode for writer in writers) == codes
    assert [err for _, err in said] == [b""] * 8
    assert path.read_bytes() in texts
    assert listed(here) == ["讲话.docx"]


@pytest.mark.parametrize(
    ("words", "there", "told"),
    [
        (("extract", "旧稿.txt"), "旧稿-回答.yaml", "--save-answers 旧稿-回答2.yaml"),
        (("extract", "旧稿.txt"), "outlines/旧稿.yaml", "-o outlines/旧稿2.yaml"),
        (("merge", "旧稿.txt", "县委办.txt", "--table", "表.docx"), "表.docx", "--table 表2.docx"),
        (("renew", "旧稿.txt", "--no-input", "--outline", "年会.yaml"), "年会.yaml", "--outline 年会2.yaml"),
    ],
)
def test_another_name_is_given_by_the_option_that_takes_it(here: Path, run: Run, words: tuple[str, ...], there: str, told: str) -> None:
    speech = "在全市工作会议上的讲话\n\n同志们：\n　　去年完成投资120亿元，今年要完成150亿元。\n　　一、抓项目\n　　要抓好。\n　　二、抓作风\n　　要抓实。\n"
    Path("旧稿.txt").write_text(speech, encoding="utf-8")
    Path("县委办.txt").write_text(speech.replace("抓实", "落实"), encoding="utf-8")
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("旧的\n", encoding="utf-8")
    done = run(*words)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"{Path(there).name} 已经有了。换个名字：{told}；要覆盖：--force")
    assert Path(there).read_text(encoding="utf-8") == "旧的\n"
