"""Shelves from elsewhere: where they may be, what is taken of them, what is said before it is, and what is on the shelf ever after."""

import hashlib
import io
import os
import re
import ssl
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PureWindowsPath
from typing import ClassVar
from urllib.parse import quote

import pytest
from desk_plain import Plain

from drafter.cli.shelf import outlines_sync
from drafter.commands.index import entries
from drafter.commands.opening import open_outline, open_template
from drafter.commands.outlines import fetching, turns
from drafter.commands.outlines.content import MOST_TAKEN, Content, of_archive, of_folder, packed_bytes, taken
from drafter.commands.outlines.copies import LOCKS
from drafter.commands.outlines.pack import PackRequest, pack
from drafter.commands.outlines.shelf_changes import ChangedSentence, ShelfChange, changes, compared
from drafter.commands.outlines.sync import SyncRequest, SyncResult, look, take
from drafter.commands.settings import from_above, problems, remarks
from drafter.diagnostic import Rejected
from drafter.outline import shelf
from drafter.outline.shelf.address import address, called
from drafter.outline.shelf.fetched import LockedShelf, content_hash, copies, copy_of, lock_text, read_lock

OUTLINE = "title: 在防汛会上的讲话\nabout: {about}\nspeech:\n  - greeting: 同志们：\n  - opening: 今天开会。{words}\n  - closing: 好好干。\n"


def outline(words: str = "大家辛苦了。", about: str = "防汛会") -> bytes:
    return OUTLINE.format(words=words, about=about).encode()


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office's folder, with a home of its own."""
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "home"))
    (tmp_path / "office").mkdir()
    monkeypatch.chdir(tmp_path / "office")
    return tmp_path / "office"


def asks(office: Path, *sources: str) -> None:
    """The office's settings ask for these shelves."""
    rows = ", ".join(f"'{source}'" for source in sources)
    (office / "drafter.toml").write_text(f"shelf = [{rows}]\n", encoding="utf-8")


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(files: Mapping[str, bytes], change: Callable[[zipfile.ZipInfo], object] = lambda one: None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            one = zipfile.ZipInfo(name)
            one.compress_type = zipfile.ZIP_DEFLATED
            change(one)
            packed.writestr(one, data)
    return out.getvalue()


def synced(**wanted: bool) -> SyncResult:
    return take(look(SyncRequest(yes=True, **wanted)))


def refused(work: Callable[[], object]) -> tuple[str, str]:
    """The code and the words of a refusal."""
    with pytest.raises(Rejected) as error:
        work()
    return error.value.diagnostics[0].code, error.value.diagnostics[0].message


# ── addresses ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "kind", "url", "ref", "below"),
    [
        ("git+https://gitee.com/a/shelf.git@v2026.11", "git", "https://gitee.com/a/shelf.git", "v2026.11", ""),
        ("git+https://h/a/shelf@feature/x#省/县", "git", "https://h/a/shelf", "feature/x", "省/县"),
        ("git+ssh://git@h:22/a/b.git", "git", "ssh://git@h:22/a/b.git", "", ""),
        ("git+file:////server/share/b.git@1a2b3c4", "git", "file:////server/share/b.git", "1a2b3c4", ""),
        ("https://docs.example.gov.cn/outlines.zip#县", "zip", "https://docs.example.gov.cn/outlines.zip", "", "县"),
        ("http://127.0.0.1:8000/o.zip", "zip", "http://127.0.0.1:8000/o.zip", "", ""),
        (r"\\server\share\提纲 2026", "path", r"\\server\share\提纲 2026", "", ""),
        ("../共用@旧#1", "path", "../共用@旧#1", "", ""),
        ("file:///C:/x%20y", "path", "C:/x y", "", ""),
    ],
)
def test_an_address_says_where_a_shelf_is(said: str, kind: str, url: str, ref: str, below: str) -> None:
    assert address(said)[:4] == (kind, url, ref, below)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("git+https://--upload-pack=touch/x", "服务器名不对"),
        ("git+ssh://-oProxyCommand=touch/x", "服务器名不对"),
        ("git+https://h/a@--upload-pack=x", "不是标签"),
        ("git+https://h/a@v1..v2", "不是标签"),
        ("git+https://h/a@v1#../../etc", "# 后面的文件夹不对"),
        ("git+https://h/a@v1#-x", "# 后面的文件夹不对"),
        ("git+ext::sh -c touch% x", "不是地址"),
        ("ext::sh -c touch", "不是地址"),
        ("git+http://h/a.git", "用不了"),
        ("http://h/o.zip", "不加密"),
        ("http://h/o.zip#sha256=12", "64 位"),
        ("https://me:secret@h/o.zip", "密码"),
        ("git+https://me:secret@h/a.git", "密码"),
        ("https://h/a.git", "是 git 仓库"),
        ("git@gitee.com:a/b.git", "短写法"),
        ("ftp://h/o.zip", "用不了"),
        ("https://h/o.zip\n", "看不见的字符"),
        ("", "是空的"),
    ],
)
def test_an_address_that_leads_nowhere_good_is_refused(said: str, why: str) -> None:
    code, words = refused(lambda: address(said))
    assert code == "shelf-address"
    assert why in words


def test_a_shelf_is_called_by_the_last_of_its_names() -> None:
    said = ["git+https://h/a/shelf.git@v1", "https://h/x/outlines.zip#县", r"\\server\share", "git+ssh://git@h/b@f/x"]
    assert list(map(called, said)) == ["shelf@v1", "outlines.zip", r"\\server\share", "b@f/x"]


# ── what is taken ──────────────────────────────────────────────────────────────────────────────────────────────────

STYLES = b"about: x\n"


@pytest.mark.parametrize(
    "laid",
    [
        "outlines/{}",
        "shelf-v1/outlines/{}",  # an archive of a forge
        "a/b/Outlines/{}",
        "提纲/{}",  # the folder itself
        "{}",
    ],
)
def test_outlines_are_found_however_the_folder_is_wrapped(laid: str) -> None:
    files = {laid.format("防汛.yaml"): outline(), laid.format("passages/忠诚.YML"): b"x: 1\n", laid.format("README.md"): b"", laid.format("a.sh"): b"rm"}
    content = taken(of_archive(zipped(files))[1])
    assert sorted(content.files) == ["outlines/passages/忠诚.yaml", "outlines/防汛.yaml"]
    assert [name.rpartition("/")[2] for name in content.left] == ["a.sh"]


def test_nothing_is_taken_but_outlines_and_templates() -> None:
    files = {
        "outlines/a.yaml": outline(), "outlines/deep/b.yaml": b"", "drafter.toml": b"ignore = []", "templates/t/styles.yaml": STYLES,
        "templates/t/layout.j2": b"", "templates/t/run.py": b"", "templates/half/styles.yaml": STYLES, "formulations/f.yaml": b"", "__MACOSX/._a": b"",
    }  # fmt: skip
    content = taken(of_archive(zipped(files))[1])
    assert sorted(content.files) == ["outlines/a.yaml", "templates/t/layout.j2", "templates/t/styles.yaml"]
    assert content.left == ("drafter.toml", "formulations/f.yaml", "outlines/deep/b.yaml", "templates/half/styles.yaml", "templates/t/run.py")


def test_names_that_explorer_writes_in_the_codepage_are_read() -> None:
    gbk = "outlines/防汛.yaml".encode("gb18030")
    data = zipped({"x" * len(gbk): outline()}).replace(b"x" * len(gbk), gbk)
    assert list(taken(of_archive(data)[1]).files) == ["outlines/防汛.yaml"]


def link(one: zipfile.ZipInfo) -> None:
    one.create_system, one.external_attr = 3, (stat.S_IFLNK | 0o777) << 16


def device(one: zipfile.ZipInfo) -> None:
    one.create_system, one.external_attr = 3, (stat.S_IFCHR | 0o666) << 16


@pytest.mark.parametrize(
    ("data", "code", "why"),
    [
        (zipped({"outlines/a.yaml": b"", "../b.yaml": b""}), "shelf-unsafe", "文件夹外面"),
        (zipped({"outlines\\..\\..\\b.yaml": b""}), "shelf-unsafe", "文件夹外面"),
        (zipped({"/etc/a.yaml": b""}), "shelf-unsafe", "文件夹外面"),
        (zipped({"C:/a.yaml": b""}), "shelf-unsafe", "文件夹外面"),
        (zipped({"outlines/a.yaml": b"/etc/passwd"}, link), "shelf-unsafe", "是链接"),
        (zipped({"outlines/a.yaml": b""}, device), "shelf-unsafe", "不是普通文件"),
        (zipped({"outlines/con.yaml": b""}), "shelf-unsafe", "名称用不了"),
        (zipped({"outlines/a\u202eb?.yaml": b""}), "shelf-unsafe", "名称用不了"),
        (zipped({"outlines/A.yaml": b"", "outlines/a.yaml": b""}), "shelf-unsafe", "同名"),
        (zipped({"outlines/A.yaml": b"", "./outlines/A.yaml": b"x"}), "shelf-unsafe", "同名"),
        (zipped({"a/b/c/d/e.txt": b""}), "shelf-empty", "没有提纲"),
        (zipped({"outlines/a.yaml": b" " * (9 << 20)}), "shelf-unsafe", "太大"),
        (zipped({f"outlines/{n}.yaml": b" " * (7 << 20) for n in range(10)}), "shelf-unsafe", "一共太大"),
        (zipped({f"outlines/{n}.yaml": b"" for n in range(MOST_TAKEN + 1)}), "shelf-unsafe", "太多"),
        (zipped({"a.txt": b""}), "shelf-empty", "没有提纲"),
        (b"<html>login</html>", "shelf-content", "不是 ZIP"),
        (zipped({"outlines/a.yaml": outline()})[:-30], "shelf-content", "不是 ZIP"),
        (zipped({"outlines/a.yaml": outline(), "SHA256SUMS": b"0"}), "shelf-content", "对不上"),
    ],
)  # fmt: skip
def test_what_is_not_to_be_trusted_is_refused_as_a_whole(data: bytes, code: str, why: str) -> None:
    found, words = refused(lambda: taken(of_archive(data)[1]))
    assert (found, why in words) == (code, True), words


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"outlines/a.yaml": outline()})
    (tmp_path / "outlines" / "b.yaml").symlink_to("/etc/passwd")
    assert refused(lambda: taken(of_folder(tmp_path)))[1] == "outlines/b.yaml 是链接，不是文件。"
    (tmp_path / "outlines" / "b.yaml").unlink()
    os.mkfifo(tmp_path / "outlines" / "b.yaml")
    assert refused(lambda: taken(of_folder(tmp_path)))[1] == "outlines/b.yaml 不是普通文件。"


def test_a_base_that_has_word_fetch_something_is_refused(tmp_path: Path) -> None:
    from docx import Document

    plain, outward = io.BytesIO(), io.BytesIO()
    document = Document()
    document.save(plain)
    document.part.relate_to("http://evil.example/x.dotm", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", is_external=True)
    document.save(outward)
    for data, fine in ((plain, True), (outward, False)):
        files = {"templates/t/styles.yaml": STYLES, "templates/t/layout.j2": b"", "templates/t/base.docx": data.getvalue()}
        entries_of = lambda files=files: taken(of_archive(zipped(files))[1])  # noqa: E731
        if fine:
            assert len(entries_of().files) == 3
        else:
            assert refused(entries_of)[1] == "templates/t/base.docx 会让 Word 到别处去取东西。"


# ── the lock ───────────────────────────────────────────────────────────────────────────────────────────────────────

LOCKED = LockedShelf(r'\\server\a "b"', "", content_hash({"outlines/防汛.yaml": "0" * 64}), {"outlines/防汛.yaml": "0" * 64})


def test_a_lock_is_toml_and_the_same_for_the_same_shelves() -> None:
    import tomllib

    text = lock_text([LOCKED, LOCKED._replace(source="x", commit="a" * 40)])
    assert [one["source"] for one in tomllib.loads(text)["shelf"]] == [LOCKED.source, "x"]
    assert lock_text(read_lock(text, "drafter.lock")) == text


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("version = 1", "version = 2"),
        ('"outlines/防汛.yaml" = "0', '"outlines/防汛.yaml" = "1'),
        ("outlines/防汛.yaml", "outlines/../../x.yaml"),
        ("[shelf.files]", "<<<<<<< HEAD"),
        ('sha256 = "', 'sha256 = "../'),
    ],
)
def test_a_lock_that_was_changed_is_refused(was: str, now: str) -> None:
    assert refused(lambda: read_lock(lock_text([LOCKED]).replace(was, now), "drafter.lock"))[0] == "lock-damaged"


# ── sync ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_shelf_is_looked_at_taken_and_used_offline_ever_after(office: Path, tmp_path: Path) -> None:
    theirs = write(tmp_path / "province", {"outlines/防汛.yaml": outline(), "outlines/passages/稳.yaml": b"x", "outlines/letter.yaml": outline()})
    asks(office, "../province")
    assert [r.code for r in remarks()] == ["shelf-not-taken"]
    found = look(SyncRequest())
    assert not (office / "drafter.lock").exists()
    assert not copies().exists()
    assert [(c.kind, c.name, c.fate) for c in found.shelves[0].changes] == [("outlines", "letter", "new"), ("outlines", "防汛", "new"), ("passages", "稳", "new")]
    assert found.shelves[0].hides == {("outlines", "letter"): ("自带",)}
    assert [r.code for r in found.remarks] == ["shelf-broken"]
    assert take(found).written == ("drafter.lock",)
    assert remarks() == ()
    theirs.rename(tmp_path / "gone")  # the share is away
    assert open_outline("防汛").outline.about == "防汛会"
    here = {e.name: (e.origin, e.hides) for e in entries() if e.origin == "../province"}
    assert here == {"防汛": ("../province", ()), "letter": ("../province", ("自带",))}
    again = look(SyncRequest())
    assert (again.shelves[0].state, again.exit_code, take(again).written) == ("failed", 1, ())
    assert open_outline("防汛").path.is_file()


def test_what_changed_is_said_by_sentences(office: Path, tmp_path: Path) -> None:
    theirs = write(tmp_path / "province", {"outlines/a.yaml": outline("责任要压实到每一处堤段。值班要落实到每一个人。"), "outlines/b.yaml": outline(), "outlines/c.yaml": outline()})
    asks(office, "../province")
    synced()
    write(theirs, {"outlines/a.yaml": outline("责任要压实到每一处堤段。值班要落实到每一个岗位。再接再厉。"), "outlines/b.yaml": b"# moved\n" + outline(), "outlines/d.yaml": outline()})
    (theirs / "outlines/c.yaml").unlink()
    found = look(SyncRequest()).shelves[0]
    assert [(c.name, c.fate) for c in found.changes] == [("a", "changed"), ("b", "changed"), ("c", "gone"), ("d", "new")]
    assert found.changes[0].sentences == (ChangedSentence("值班要落实到每一个人。", "值班要落实到每一个岗位。"), ChangedSentence("", "再接再厉。"))
    assert found.changes[1].sentences == ()
    assert open_outline("c").outline.about == "防汛会"  # until it is taken


def test_a_table_that_is_not_as_it_was_taken_is_not_replaced_by_another_of_that_other_name(office: Path, tmp_path: Path) -> None:
    table = "about: 保密\nalso:\n  - 保密工作\nchecked: 2026-01-01\nbasis:\n  - name: 会\n    kind: 会议\n    from: 2026-01-01\n    sentence: 会议要求保密。\n    source: 报\n"
    write(tmp_path / "province", {"outlines/basis/省保密.yaml": table.encode()})
    asks(office, "../province")
    synced()
    taken_to = shelf.find_basis("保密工作")
    assert taken_to.stem == "省保密"
    taken_to.chmod(0o644)
    taken_to.write_bytes(b"about: x\n")
    assert refused(lambda: shelf.find_basis("保密工作"))[0] == "shelf-not-here"


def test_what_requirements_say_below_their_headings_is_compared_too() -> None:
    def held(text: str) -> dict[str, bytes]:
        points = f"      - heading: 守牢底线\n        text: 底线不能破。{text}\n        points:\n          - heading: 查\n            text: 查到底。{text}\n"
        return {"outlines/a.yaml": f"title: 讲话\nabout: 会\nspeech:\n  - requirements:\n{points}".encode()}

    def told(was: str, now: str) -> ShelfChange:
        before, after = held(was), held(now)
        return changes(before, Content(before).hashes, after, Content(after).hashes)[0]

    assert told("甲要做。", "甲不要做。").sentences == (ChangedSentence("甲要做。", "甲不要做。"),) * 2
    long = "事" * 250_000 + "。"
    assert (told(long, f"{long}乙。").told, told("甲。", "甲。  # 注").sentences) == (False, ())


def test_sentences_are_compared_wherever_they_stand() -> None:
    assert list(compared(["一", "二"], ["一", "二"])) == []
    assert list(compared(["旧的话在这里。"], [])) == [ChangedSentence("旧的话在这里。", "")]


def test_a_colleague_with_the_lock_gets_the_same_or_a_refusal(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = write(tmp_path / "province", {"outlines/letter.yaml": outline()})
    asks(office, "../province")
    synced()
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "colleague"))
    code, words = refused(lambda: open_outline("letter"))  # and not the one that came with drafter
    assert (code, words) == ("shelf-not-here", "这份书架里的文件还没有取到这台电脑上。")
    assert synced(locked=True).copied
    assert open_outline("letter").outline.about == "防汛会"
    write(theirs, {"outlines/letter.yaml": outline("变了。")})
    assert synced(locked=True).shelves[0].state == "same"  # it is here: nobody is asked
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "another"))
    assert refused(lambda: look(SyncRequest(locked=True))) == ("shelf-not-locked", "书架 ../province 取来的和 drafter.lock 里记的不一样（letter），没有用它。")


def test_a_copy_that_was_changed_is_not_used_and_is_mended(office: Path, tmp_path: Path) -> None:
    write(tmp_path / "province", {"outlines/a.yaml": outline(), "templates/t/styles.yaml": Path(shelf.find_template("speech") / "styles.yaml").read_bytes(), "templates/t/layout.j2": b""})
    asks(office, "../province")
    synced()
    path = open_outline("a").path
    assert not path.stat().st_mode & stat.S_IWUSR
    path.chmod(0o644)
    path.write_bytes(outline("假的。"))
    (path.parent / "more.yaml").write_bytes(outline())
    assert refused(lambda: open_outline("a"))[0] == "shelf-not-here"
    assert "more" not in {e.name for e in entries()}
    assert open_template("t").name == "t"
    assert synced(locked=True).copied
    assert open_outline("a").outline.about == "防汛会"


def test_the_order_is_here_then_ones_own_then_the_shelves_in_their_order_then_what_came(office: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder, {f"outlines/{name}.yaml": outline(about=folder) for name in ("a", "b", "c", "letter")})
    asks(office, "../two", "../one")
    synced()
    write(office, {"outlines/a.yaml": outline(about="here")})
    write(tmp_path / "home", {"outlines/b.yaml": outline(about="own")})
    assert {name: open_outline(name).outline.about for name in ("a", "b", "c", "letter")} == {"a": "here", "b": "own", "c": "two", "letter": "two"}
    assert next(e.hides for e in entries() if e.name == "a") == ("../two", "../one")
    asks(office, "../one")
    assert open_outline("c").outline.about == "one"
    assert synced().shelves[-1].state == "gone"


def test_a_shelf_asked_for_by_a_lock_alone_is_none(office: Path, tmp_path: Path) -> None:
    write(tmp_path / "province", {"outlines/a.yaml": outline()})
    asks(office, "../province")
    synced()
    (office / "drafter.toml").unlink()
    assert refused(lambda: open_outline("a"))[0] == "name-not-found"


# ── several at once, and ends in the middle ────────────────────────────────────────────────────────────────────────


def test_what_another_run_has_taken_meanwhile_is_not_put_back(office: Path, tmp_path: Path) -> None:
    theirs = write(tmp_path / "province", {"outlines/a.yaml": outline("一。")})
    asks(office, "../province")
    synced()
    write(theirs, {"outlines/a.yaml": outline("二。")})
    slow, slow_too, unattended = look(SyncRequest()), look(SyncRequest()), look(SyncRequest(yes=True))
    write(theirs, {"outlines/a.yaml": outline("三。")})
    synced()
    lock = (office / "drafter.lock").read_bytes()
    assert refused(lambda: take(slow)) == ("lock-written-meanwhile", "看过以后，别人又取过一次，它变了；没有写，没有把别人取的换回去。")
    assert (office / "drafter.lock").read_bytes() == lock
    assert take(unattended).written == ()  # it has looked again: there is nothing new
    (office / "drafter.lock").write_bytes(lock_text([one.locked for one in slow.shelves if one.locked]).encode())
    assert take(slow_too).written == ()  # another run has taken just the same
    assert "二。" in open_outline("a").path.read_text(encoding="utf-8")


def test_a_lock_is_written_by_one_run_at_a_time_and_a_dead_runs_mark_is_in_nobodys_way(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = office / "drafter.lock"
    with turns.turn(lock):
        code, words = refused(lambda: turns.turn(lock, 0).__enter__())
        assert (code, words) == ("lock-busy", "另一个 drafter outlines sync 正在写这个文件，等了 0 秒还没有写完，没有动它。")
    assert os.listdir(office) == []
    turns.mark_of(lock).touch()  # of a run that was killed: the system knows that nobody has it open
    with turns.turn(lock, 0):
        pass
    assert os.listdir(office) == []
    monkeypatch.setattr(turns, "taken", lambda file: None)  # a share that knows no locks
    with turns.turn(lock, 0):
        assert refused(lambda: turns.turn(lock, 0).__enter__())[0] == "lock-busy"
        os.utime(turns.mark_of(lock), (0, 0))
        assert refused(lambda: turns.turn(lock, 0).__enter__())[0] == "lock-busy"  # taken away: the next look is the first again
        with turns.turn(lock, 0):
            pass


KILLED = """
import os, sys
from pathlib import Path
from drafter.commands.outlines.sync import SyncRequest, look, take
found = look(SyncRequest(yes=True))
steps = "chmod fsync link mkdir open rename replace rmdir unlink utime".split()
for last in range(1000):
    child = os.fork()
    if not child:
        left = [last]
        def dying(real):
            def step(*words, **more):
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)
                return real(*words, **more)
            return step
        for name in steps:
            setattr(os, name, dying(getattr(os, name)))
        take(found)
        os._exit(0)
    print(last, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), Path("drafter.lock").read_text("utf-8") == sys.argv[1], flush=True)
    sys.stdin.readline()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a run is killed between any two calls of the system")
def test_a_run_that_is_killed_at_any_step_leaves_the_old_shelf_or_the_new_one(office: Path, tmp_path: Path) -> None:
    theirs = write(tmp_path / "province", {"outlines/a.yaml": outline("一。"), "outlines/b.yaml": outline()})
    asks(office, "../province")
    synced()
    was = (office / "drafter.lock").read_text(encoding="utf-8")
    write(theirs, {"outlines/a.yaml": outline("二。")})
    seen = []
    with subprocess.Popen([sys.executable, "-c", KILLED, was], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as runs:
        assert runs.stdin is not None
        assert runs.stdout is not None
        for row in runs.stdout:
            _, code, old = row.split()
            assert ("一。" in open_outline("a").path.read_text(encoding="utf-8")) is (old == "True")
            assert ("二。" in open_outline("a").path.read_text(encoding="utf-8")) is (old == "False")
            seen.append(old)
            if code == "0":
                break
            runs.stdin.write("\n")
            runs.stdin.flush()
        runs.stdin.close()
    assert (seen[0], seen[-1], seen == sorted(seen, reverse=True)) == ("True", "False", True)
    assert look(SyncRequest()).changed is False


def test_copies_nobody_has_any_more_are_taken_away_in_time(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def aged() -> set[str]:
        for folder in copies().iterdir():
            os.utime(folder, (1e9, 1e9))
        return {folder.name for folder in copies().iterdir() if folder.is_dir()}

    theirs = write(tmp_path / "province", {"outlines/a.yaml": outline("一。")})
    asks(office, "../province")
    first = synced()
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.chdir(other)
    asks(other, "../province")
    synced()  # another office's lock has the same
    monkeypatch.chdir(office)
    for words in ("二。", "三。"):
        write(theirs, {"outlines/a.yaml": outline(words)})
        assert synced().freed == (0, 0)  # both are new enough to go back to
    assert len(aged()) == 3
    write(theirs, {"outlines/a.yaml": outline("四。")})
    done = synced()
    assert done.json()["freed"] == done.freed
    assert (done.freed.copies, done.freed.bytes > 200) == (1, True)  # 二; 一 is the other office's, 三 was on this shelf until a moment ago
    assert [one.locked and copy_of(one.locked.sha256).is_dir() for one in first.shelves] == [True]
    (other / "drafter.lock").unlink()
    assert synced().freed.copies == 0
    aged()
    assert open_outline("a").path.is_file()  # what is used is not old
    write(theirs, {"outlines/a.yaml": outline("五。")})
    assert synced().freed.copies == 2  # 一, which no lock has now, and 三; 四 was used a moment ago
    assert open_outline("a").path.is_file()
    (other / "drafter.lock").write_bytes((office / "drafter.lock").read_bytes())  # a colleague's, for which all is here
    monkeypatch.chdir(other)
    asks(other, "../province")
    outlines_sync()
    monkeypatch.chdir(office)
    for words in ("六。", "七。"):
        write(theirs, {"outlines/a.yaml": outline(words)})
        synced()
        aged()
    monkeypatch.chdir(other)
    assert open_outline("a").path.is_file()  # 五


def test_copies_of_before_anybody_noted_whose_they_are_stay(office: Path, tmp_path: Path) -> None:
    theirs = write(tmp_path / "province", {"outlines/a.yaml": outline("一。")})
    asks(office, "../province")
    (first,) = synced().shelves
    assert first.locked
    write(theirs, {"outlines/a.yaml": outline("二。")})
    (copies() / LOCKS).unlink()
    os.utime(copy_of(first.locked.sha256), (1e9, 1e9))
    assert synced().freed.copies == 0
    assert copy_of(first.locked.sha256).is_dir()


# ── pack ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_packed_is_the_same_bytes_and_comes_back_the_same(office: Path, tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", {"outlines/a.yaml": outline(), "outlines/b.yml": outline(), "notes.txt": b""})
    one, other = pack(PackRequest(str(ours), "1.zip")), pack(PackRequest(str(ours), "2.zip"))
    assert (office / "1.zip").read_bytes() == (office / "2.zip").read_bytes()
    assert one.sha256 == other.sha256 == hashlib.sha256((office / "1.zip").read_bytes()).hexdigest()
    assert one.things == {"outlines": ["a", "b"]}
    asks(office, "1.zip")
    found = synced().shelves[0]
    assert found.locked is not None
    assert found.locked.sha256 == one.content.sha256
    assert packed_bytes(taken(of_archive((office / "1.zip").read_bytes())[1])) == (office / "1.zip").read_bytes()


def test_what_is_broken_is_not_packed(office: Path) -> None:
    write(office, {"outlines/a.yaml": b"title: x\nspeech:\n- opening\xef\xbc\x9ax\n"})
    with pytest.raises(Rejected) as error:
        pack(PackRequest())
    assert [d.code for d in error.value.diagnostics] == ["colon-full-width", "pack-broken"]
    assert os.listdir(office) == ["outlines"]


# ── git ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def git(folder: Path, *words: str) -> str:
    name = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = write(tmp_path / "repo", {"省/outlines/a.yaml": outline("一。"), "other/x.py": b""})
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "1")
    git(folder, "tag", "-am", "first", "v1")
    write(folder, {"省/outlines/a.yaml": outline("把第二件事办好。")})
    git(folder, "commit", "-qam", "2")
    return folder


def test_a_repository_is_taken_by_tag_branch_or_commit(office: Path, repository: Path) -> None:
    first, second = git(repository, "rev-parse", "v1^{commit}"), git(repository, "rev-parse", "HEAD")
    said = {}
    for ref in ("@v1", "@main", "", f"@{first}", f"@{first[:9]}"):
        content = fetching.fetch(address(f"git+file://{repository}{ref}#省"), office, lambda said: None)
        said[ref] = (content.commit, b"\xe4\xba\x8c" in content.files["outlines/a.yaml"])
    assert said == {"@v1": (first, False), "@main": (second, True), "": (second, True), f"@{first}": (first, False), f"@{first[:9]}": (first, False)}
    code, words = refused(lambda: fetching.fetch(address(f"git+file://{repository}@v9"), office, lambda said: None))
    assert (code, words) == ("shelf-unreachable", "仓库里没有“v9”这个标签、分支或者提交。")


def test_the_commit_of_the_lock_is_had_though_the_branch_went_on(office: Path, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asks(office, f"git+file://{repository}@main#省")
    synced()
    write(repository, {"省/outlines/a.yaml": outline("把第三件事办好。")})
    git(repository, "commit", "-qam", "3")
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "colleague"))
    changed = look(SyncRequest()).shelves[0]
    assert changed.changes[0].sentences == (ChangedSentence("把第二件事办好。", "把第三件事办好。"),)
    assert synced(locked=True).copied
    assert "第二件事" in open_outline("a").path.read_text(encoding="utf-8")


def test_no_hook_filter_or_link_of_a_repository_does_anything(office: Path, repository: Path, tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    write(repository, {".gitattributes": b"* filter=evil\n", ".git/hooks/post-checkout": f"#!/bin/sh\ntouch {touched}\n".encode()})
    (repository / ".git/hooks/post-checkout").chmod(0o755)
    git(repository, "config", "filter.evil.smudge", f"touch {touched}")
    os.symlink("/etc/passwd", repository / "省/outlines/b.yaml")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "3")
    assert refused(lambda: fetching.fetch(address(f"git+file://{repository}#省"), office, lambda said: None))[1] == "outlines/b.yaml 是链接，不是文件。"
    assert not touched.exists()


@pytest.mark.skipif(os.name == "nt", reason="a program that stands for ssh")
def test_a_repository_comes_by_ssh_and_what_ssh_says_is_told(office: Path, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ssh, where = tmp_path / "ssh", address(f"git+ssh://git@h.test:2222{repository}@v1#省")
    ssh.touch(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    ssh.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\nfor last; do :; done\nexec sh -c "$last"\n', encoding="utf-8")
    assert list(fetching.fetch(where, office, lambda said: None).files) == ["outlines/a.yaml"]
    assert f"-p 2222 git@h.test git-upload-pack '{repository}'" in (tmp_path / "asked").read_text(encoding="utf-8")
    for said, told in (("Host key verification failed.", "还不认识 h.test 的 ssh 密钥"), ("git@h.test: Permission denied (publickey).", "要登录")):
        ssh.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 255\n", encoding="utf-8")
        assert told in refused(lambda: fetching.fetch(where, office, lambda said: None))[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fatal: unable to access 'https://h/': The requested URL returned error: 403", "对方不让取，或者要登录。"),
        ("fatal: unable to access 'https://h/': The requested URL returned error: 503", "对方这时候答不了。"),
        ("fatal: unable to access 'https://h/': CONNECT tunnel failed, response 407", "代理要登录（407）。"),
        ("fatal: unable to access 'https://h/': CONNECT tunnel failed, response 502", "代理不让连 h。"),
        ("fatal: unable to access 'https://h/': Could not resolve host: h", "连不上 h。"),
        ("fatal: https://h/a/info/refs not valid: could not determine hash algorithm; is this a git repository?", "没有这个仓库。"),
    ],
)
def test_what_git_says_is_told_in_words(said: str, told: str) -> None:
    assert fetching._Repository("git", Path(), {}, 0.0, "h")._told(said).diagnostics[0].message == told


def test_a_share_stays_one_whatever_folder_the_settings_lie_in() -> None:
    for said, path in ((r"\\server\share\提纲", r"\\server\share\提纲"), ("file://server/share/x", r"\\server\share\x"), (r"D:\提纲", "D:\\提纲"), ("../共用", r"C:\稿\..\共用")):
        assert str(PureWindowsPath("C:/稿") / address(said).url) == path


# ── over the network ───────────────────────────────────────────────────────────────────────────────────────────────


class Server(BaseHTTPRequestHandler):
    """Answers by path: `answers` has (status, headers, body), the first of several is given once."""

    answers: ClassVar[dict[str, list[tuple[int, dict[str, str], bytes]]]] = {}
    held: ClassVar[threading.Event] = threading.Event()

    def do_GET(self) -> None:
        rows = self.answers[self.path]
        status, headers, body = rows.pop(0) if len(rows) > 1 else rows[0]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", headers.get("X-Length", str(len(body))))
        self.end_headers()
        self.wfile.write(body)
        if "X-Hold" in headers:
            self.held.wait(20)

    do_CONNECT = do_GET  # as a proxy, asked for `host:port`

    def log_message(self, format: str, *args: object) -> None: ...


class Quiet(ThreadingHTTPServer):
    """Says nothing of a client that goes away in the middle."""

    def handle_error(self, request: object, client_address: object) -> None: ...


def served(context: ssl.SSLContext | None = None) -> Iterator[str]:
    with Quiet(("127.0.0.1", 0), Server) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def http(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(fetching, "PAUSES_S", (0.01, 0.01))
    monkeypatch.setattr(Server, "answers", {})
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield from served()


def get(url: str) -> dict[str, bytes]:
    return dict(fetching.fetch(address(url), Path(), lambda said: None).files)


GOOD = zipped({"outlines/a.yaml": outline()})


def test_an_archive_comes_over_the_network_and_is_tried_again(http: str) -> None:
    Server.answers["/o.zip"] = [(503, {}, b""), (200, {"X-Length": str(len(GOOD) + 9)}, GOOD), (200, {}, GOOD)]
    assert list(get(f"{http}/o.zip")) == ["outlines/a.yaml"]


@pytest.mark.parametrize(
    ("answer", "code", "why"),
    [
        ((404, {}, b""), "shelf-unreachable", "没有取到（404）"),
        ((403, {}, b""), "shelf-unreachable", "不让取"),
        ((500, {}, b""), "shelf-unreachable", "这时候答不了"),
        ((200, {}, b"<html>"), "shelf-content", "不是 ZIP"),
        ((200, {"X-Length": str(1 << 40)}, b""), "shelf-unsafe", "太大"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "shelf-unsafe", "不该去的地方"),
        ((302, {"Location": "ftp://h/x"}, b""), "shelf-unsafe", "不该去的地方"),
        ((302, {"Location": "http://localhost:1/x"}, b""), "shelf-unsafe", "不该去的地方"),
        ((302, {"Location": "http://169.254.169.254/latest"}, b""), "shelf-unsafe", "不该去的地方"),
        ((302, {"Location": "http://me:x@127.0.0.1/x"}, b""), "shelf-unsafe", "不该去的地方"),
    ],
)
def test_what_comes_otherwise_is_refused(http: str, answer: tuple[int, dict[str, str], bytes], code: str, why: str) -> None:
    Server.answers["/o.zip"] = [answer]
    found, words = refused(lambda: get(f"{http}/o.zip"))
    assert (found, why in words) == (code, True), words


def test_an_archive_whose_hash_is_written_is_held_to_it(http: str) -> None:
    Server.answers["/o.zip"] = [(200, {}, GOOD)]
    assert get(f"{http}/o.zip#sha256={hashlib.sha256(GOOD).hexdigest()}")
    assert refused(lambda: get(f"{http}/o.zip#sha256={'0' * 64}"))[0] == "shelf-content"


def test_nobody_there_is_said(http: str) -> None:
    assert "连不上 127.0.0.1" in refused(lambda: get("http://127.0.0.1:9/o.zip"))[1]


def test_a_server_that_gives_a_byte_now_and_then_is_not_waited_for(http: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LONGEST_S", 0.0)
    Server.answers["/o.zip"] = [(200, {"X-Length": "100000", "X-Hold": "1"}, b"P")]
    monkeypatch.setattr(Server, "held", threading.Event())
    try:
        assert "还没有取完" in refused(lambda: get(f"{http}/o.zip"))[1]
    finally:
        Server.held.set()


def test_a_proxy_stands_between_and_what_it_says_is_told_as_its_own(http: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = http.removeprefix("http://")
    pinned = f"http://h.test/o.zip#sha256={hashlib.sha256(GOOD).hexdigest()}"
    monkeypatch.setenv("http_proxy", f"http://me:secret@{proxy}/")
    monkeypatch.setenv("https_proxy", f"http://me:secret@{proxy}/")
    Server.answers |= {"http://h.test/o.zip": [(200, {}, GOOD)], "h.test:443": [(407, {}, b""), (403, {}, b"")], "/o.zip": [(200, {}, GOOD)]}
    assert get(pinned)
    assert refused(lambda: get("https://h.test/o.zip"))[1] == "代理要登录（407）。"
    assert refused(lambda: get("https://h.test/o.zip"))[1] == f"代理 {proxy} 不让连 h.test（403）。"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert get(f"{http}/o.zip")
    monkeypatch.setenv("https_proxy", "http://me:secret@127.0.0.1:9")
    assert "经过代理 127.0.0.1:9，" in refused(lambda: get("https://h.test/o.zip"))[1]
    monkeypatch.setenv("https_proxy", "socks5://me:secret@127.0.0.1:9")
    assert refused(lambda: get("https://h.test/o.zip"))[1] == "代理 socks5://127.0.0.1:9 是 SOCKS 的，取压缩包用不了。"


def test_a_certificate_is_trusted_as_the_system_trusts_it(http: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=x",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    serving = served(context)
    url = next(serving)
    Server.answers["/o.zip"] = [(200, {}, GOOD)]
    Server.answers["/down.zip"] = [(302, {"Location": f"{http}/o.zip"}, b"")]
    try:
        assert "证书不对" in refused(lambda: get(f"{url}/o.zip"))[1]
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert list(get(f"{url}/o.zip")) == ["outlines/a.yaml"]
        assert "不该去的地方" in refused(lambda: get(f"{url}/down.zip"))[1]
        monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/cert.pem")  # as for the Python of the unzipped folder on another system
        monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
        monkeypatch.setattr(fetching, "_CERTIFICATES", (str(tmp_path / "not.pem"), str(cert)))
        assert list(get(f"{url}/o.zip")) == ["outlines/a.yaml"]
    finally:
        next(serving, None)


# ── settings ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", ['"x"', "[1]", '["ext::sh"]', '["http://h/o.zip"]', str([f"a{n}" for n in range(21)])])
def test_shelves_that_will_not_do_are_told_with_the_settings(office: Path, said: str) -> None:
    (office / "drafter.toml").write_text(f"minutes = 5\nshelf = {said}\n", encoding="utf-8")
    found = problems()
    assert [problem.place and problem.place.line for problem in found] == [2]
    assert [problem.message for problem in remarks()] == [found[0].message]


def test_settings_from_a_folder_above_are_said_once(office: Path) -> None:
    below = office / "稿" / "一"
    below.mkdir(parents=True)
    (office / "drafter.toml").write_text(
        'ignore = ["long-sentence"]\nlevel = "error"\nplain = true\nminutes = 20\n[levels]\nset-miscounted = "advice"\nlong-paragraph = "off"\n', encoding="utf-8"
    )
    found = from_above([str(below), str(office / "稿"), str(office)])
    assert [one.message for one in found] == [
        "照上级文件夹里的设置：校对不用 2 条规则（long-sentence、long-paragraph）；校对只说错误，不说提醒和建议；1 条规则改成建议（set-miscounted）；看长短时按 20 分钟；稿子里的空写成普通文字。"
    ]
    assert from_above([str(office)]) == from_above([str(below)], own=str(office)) == ()
    (below / "drafter.toml").write_text("", encoding="utf-8")
    assert from_above([str(below)]) == ()


# ── the desk ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_fetches_when_a_button_is_pressed_and_takes_what_was_shown(plain: Plain, tmp_path: Path) -> None:
    theirs = write(tmp_path / "province", {"outlines/防汛.yaml": outline()})
    asks(tmp_path, "province")
    assert "还没有取过" in plain.get("/shelf/from").text
    asked = plain.post("/shelf/from")
    shown = plain.get(asked.headers["location"]).text
    assert "新的提纲 <strong>防汛</strong>" in shown
    form = dict(re.findall(r'name="(at|digest)" value="([0-9a-f]+)"', shown))
    assert plain.get("/shelf/from/look?at=0123").headers["location"] == "/shelf/from"  # nobody has pressed a button
    assert not (tmp_path / "drafter.lock").exists()
    assert "请再看一遍" in plain.post("/shelf/from/take", form | {"digest": "0" * 16}).text
    assert plain.post("/shelf/from/take", form).headers["location"] == "/shelf/from?done=1"
    assert (tmp_path / "drafter.lock").exists()
    theirs.rename(tmp_path / "gone")
    assert "来自书架 province" in plain.get("/shelf/outlines", {"q": "防汛会"}).text
    page = plain.get(f"/shelf/outlines/{quote('防汛')}").text
    assert "书架 province 上的提纲" in page
    assert "照它改一份" in page


def test_nothing_is_locked_where_nothing_was_to_be_had(office: Path) -> None:
    asks(office, "../nowhere")
    found = synced()
    assert (found.taken, found.exit_code, found.ending().unwritten) == (False, 1, "没有写文件；没有取到。")
    assert os.listdir(office) == ["drafter.toml"]


def test_a_lock_in_conflict_is_written_anew_by_sync_and_used_by_nobody(office: Path, tmp_path: Path) -> None:
    write(tmp_path / "province", {"outlines/a.yaml": outline() + b"  - basis: \xe5\x85\xac\xe5\x85\xb1\n"})
    asks(office, "../province")
    synced()
    lock = office / "drafter.lock"
    was = lock.read_text(encoding="utf-8")
    lock.write_text(was.replace("[[shelf]]", "<<<<<<< HEAD\n[[shelf]]"), encoding="utf-8")
    assert refused(lambda: open_outline("a"))[0] == "lock-damaged"
    assert [r.code for r in remarks()] == ["lock-damaged"]
    assert [r.code for r in synced().remarks] == ["lock-damaged"]
    assert lock.read_text(encoding="utf-8") == was


def test_check_says_what_settings_above_its_files_change(office: Path) -> None:
    from drafter.commands.check import CheckRequest, check

    (office / "drafter.toml").write_text('ignore = ["number-repeated"]\n', encoding="utf-8")
    write(office, {"稿/一.txt": "同志们：\n".encode(), "稿/二.txt": "同志们：\n".encode()})
    found = check(CheckRequest(files=("稿/一.txt", "稿/二.txt")))
    assert [one.code for one in found.remarks if one.code == "setting-from-above"] == ["setting-from-above"]
    assert "校对不用 1 条规则（number-repeated）" in found.above[0].message


def test_the_doctor_tells_the_settings_and_how_each_shelf_is_here(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from drafter.cli.show_doctor import doctor_text
    from drafter.commands.doctor import DoctorResult
    from drafter.commands.settings import changes, fetched_states, table

    write(tmp_path / "province", {"outlines/a.yaml": outline()})
    asks(office, "../province")
    synced()
    asks(office, "../province", "../other")
    monkeypatch.setenv("DRAFTER_HOME", str(tmp_path / "colleague"))
    said, file = table()
    text = doctor_text(
        DoctorResult("3.11", "Linux", {}, (), (), "", settings_file=file, settings_say=changes(said), fetched=fetched_states())
    )
    assert f"\n  {office / 'drafter.toml'}\n    提纲还在 2 个书架上找（../province、../other）\n" in text
    assert "  书架 ../province　drafter.lock 里有，这台电脑上还没有：drafter outlines sync --locked　" in text
    assert "  书架 ../other　还没有取过：drafter outlines sync\n" in text
