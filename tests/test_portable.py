"""The folder that is unzipped: built by `.ci/portable`, and tried where there is no Python, in a root with nothing but the C
library and zlib, in a path with blanks and 汉字, by somebody who is not root."""

import fcntl
import http.client
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest
from desk_browser import Desk, downloaded, sound_docx, window

from drafter.cli.main import COMMANDS, OUTLINES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent

#: The folder it is unzipped into, as the bare root has it.
HOME = "home/张三"
FOLDER = f"{HOME}/我的 文件夹𠮷"

#: All a bare root has: what loads programs, the C library's parts, and zlib, which every Linux has for its packages.
LIBRARIES = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libz.so.1")

#: Somebody who owns nothing.
NOBODY = 65534

pytest_plugins = ["desk_browser"]

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the bare root is Linux's; the zip of another system is tried there by hand"),
    pytest.mark.xdist_group("portable"),
]


class Bare(NamedTuple):
    """A root with the unzipped folder in it, and what `.ci/portable` said of it."""

    root: Path
    said: dict[str, object]

    @property
    def folder(self) -> Path:
        """The folder that was in the zip, from outside."""
        (folder,) = (self.root / FOLDER).iterdir()
        return folder

    def command(self, *words: str) -> list[str]:
        """What runs the unzipped program inside; `words` may name files of the inside."""
        program = f"/{FOLDER}/{self.folder.name}/drafter"
        if os.geteuid() == 0:
            return ["chroot", f"--userspec={NOBODY}:{NOBODY}", str(self.root), program, *words]
        return ["unshare", "--map-root-user", "chroot", str(self.root), program, *words]

    def run(self, *words: str, stdin: bytes = b"") -> tuple[int, str, str]:
        """Its exit code, what it printed, and what it said of errors."""
        done = subprocess.run(self.command(*words), input=stdin, capture_output=True, env=ENVIRONMENT, timeout=120, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()


#: A page with a line of text.
PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
  /Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>> endobj
4 0 obj <</Length 44>> stream
BT /F 16 Tf 90 700 Td (A speech of today) Tj ET
endstream endobj
trailer <</Root 1 0 R>>
startxref
0
%%EOF
"""

#: What a program sees that is started without anything: not even a locale.
ENVIRONMENT = {"HOME": f"/{HOME}", "PATH": os.environ.get("PATH", "/usr/sbin:/usr/bin")}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    """The folder, built once for all workers, unzipped in a bare root of this one's."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.getbasetemp()
    with open(shared / "portable.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = shared / "portable.json"
        if not told.exists():
            done = subprocess.run(
                [sys.executable, str(ROOT / ".ci" / "portable"), str(shared / "portable")], capture_output=True, text=True, timeout=600
            )
            assert done.returncode == 0, done.stderr
            told.write_text(done.stdout, encoding="utf-8")
    said = json.loads(told.read_text(encoding="utf-8"))
    root = tmp_path_factory.mktemp("root")
    root.chmod(0o755)
    bare_root(root)
    unzip(Path(said["file"]), root / FOLDER)
    given(root / HOME)
    return Bare(root, said)


def bare_root(root: Path) -> None:
    """Lay a root with the C library and zlib."""
    loader = Path("/lib64/ld-linux-x86-64.so.2")
    for path in (loader, *(library(name) for name in LIBRARIES)):
        target = root / path.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(0o755)
    for folder in ("tmp", "dev", HOME):
        (root / folder).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    if os.geteuid() == 0:
        os.mknod(root / "dev/null", 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        (root / "dev/null").chmod(0o666)
    else:
        (root / "dev/null").touch()


def library(name: str) -> Path:
    """Where this machine has a library."""
    places = (Path(folder) / name for folder in ("/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64"))
    return next(place for place in places if place.exists())


def unzip(file: Path, into: Path) -> None:
    """Unzip as `unzip` does: programs stay programs."""
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            path = Path(archive.extract(entry, into))
            path.chmod(entry.external_attr >> 16 & 0o777)


def given(folder: Path) -> None:
    """Give a folder with all in it to nobody."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


@contextmanager
def opened(bare: Bare, words: Sequence[str]) -> Iterator[Desk]:
    """The desk of the bare root, until the end of the block."""
    command = bare.command(*words)
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            assert process.stdout
            said = b""
            while b"http://" not in said and (line := process.stdout.readline()):
                said += line
            found = re.search(rb"http://127\.0\.0\.1:\d+/\S+", said)
            assert found, said.decode()
            yield Desk(process, found.group().decode(), [said.decode()], bare.root / HOME)
        finally:
            process.terminate()


def asked(address: str, path: str, cookie: str) -> tuple[int, str, str]:
    """A page of the desk: its status, its text, and the cookie it gives."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), (answer.getheader("Set-Cookie") or "").split(";")[0]


def test_the_zip_has_one_folder_with_all_its_parts_and_how_it_is_started(bare: Bare) -> None:
    there = {path.name for path in bare.folder.iterdir()}
    assert there == {"drafter", "_internal", "licences", "使用说明.txt", "起草台.desktop"}
    explained = (bare.folder / "使用说明.txt").read_bytes()
    assert explained.startswith(b"\xef\xbb\xbf")  # 记事本 of every age reads it
    assert explained.count(b"\r\n") == explained.count(b"\n") == 2
    inside = bare.folder / "_internal" / "drafter"
    for kind in ("outlines", "templates"):
        shipped = {path.relative_to(ROOT) for path in (ROOT / kind).rglob("*") if path.is_file()}
        assert {path.relative_to(inside / "shipped") for path in (inside / "shipped" / kind).rglob("*") if path.is_file()} == shipped
    manual = {path.name for path in (ROOT / "drafter" / "manual").rglob("*.md")}
    assert {path.name for path in (inside / "manual").rglob("*.md")} == manual


def test_every_part_has_its_licence_in_it(bare: Bare) -> None:
    there = {path.stem for path in (bare.folder / "licences").iterdir()}
    for part in ("drafter", "python", "pyinstaller", "starlette", "uvicorn", "jinja2", "lxml", "libxml2", "libxslt", "codemirror.license"):
        assert any(part in name.lower() for name in there), part
    for path in (bare.folder / "licences").iterdir():
        assert len(path.read_bytes()) > 100, path


def test_it_says_the_oldest_c_library_it_runs_with(bare: Bare) -> None:
    assert re.match(r"2\.\d+ \(", str(bare.said["glibc"]))


def test_every_command_is_there_without_python(bare: Bare) -> None:
    work = f"/{HOME}/稿"
    (bare.root / work[1:]).mkdir()
    given(bare.root / HOME)
    code, said, errors = bare.run("new", "--outline", "office-training", "--no-input", "--set", "讲话人=𠮷野", "-o", f"{work}/讲话.docx")
    assert (code, said.startswith("写好了：")) == (0, True), errors
    draft, old = f"{work}/讲话.docx", f"{work}/旧.txt"
    bare.run("new", "--outline", "office-training", "--no-input", "-o", old)
    (bare.root / work[1:] / "名单.csv").write_text("慰问对象,日期\n全市教师,2026年12月1日\n全市医务工作者,2026年12月2日\n", encoding="utf-8")
    tried = {
        "desk": ("--help",),  # below
        "new": ("--outline", "hosting", "--no-input", "-o", f"{work}/主持.html"),
        "renew": (old, "--no-input", "-o", f"{work}/今年.docx"),
        "extract": (old, "-o", f"{work}/提纲.yaml"),
        "learn": (old, f"{work}/讲话.docx", "-o", f"{work}/合.yaml"),
        "compare": (old, draft),
        "preview": ("office-training", "--examples", "-o", f"{work}/页.html"),
        "check": (draft,),
        "format": (old, "-o", f"{work}/排.docx"),
        "status": (draft,),
        "update": (draft, "--set", "日期=2026年12月8日", "--dry-run"),
        "pull": (draft,),
        "history": (draft,),
        "merge": (draft, draft),
        "finish": (draft,),
        "doctor": (),
        "lsp": (),
        "mcp": ("--help",),  # what it needs is not in the folder
        "agent": ("--help",),
        "batch": (f"{work}/名单.csv", "--outline", "letter", "-o", f"{work}/信"),
        "collect": (draft, "-o", f"{work}/汇总.xlsx"),
        "schema": ("check",),
        "help": ("check",),
        **{f"outlines {name}": () for name in OUTLINES},
        "outlines show": ("office-training",),
        "outlines find": ("培训",),
        "outlines basis": ("安全生产",),
        "outlines check": ("office-training",),
        "outlines edit": ("--help",),
        "outlines new": (f"{work}/新.yaml",),
    }
    assert {name.split()[0] for name in tried} == {*COMMANDS, "outlines"}
    for name, words in tried.items():
        code, said, errors = bare.run(*name.split(), *words)
        assert code in (0, 1, 2), (name, errors)
        assert said or errors or name == "lsp", name
        for word in ("Traceback", "drafter 自己出了错", "ModuleNotFound", "没有装", "pip install"):
            assert word not in said + errors, (name, said, errors)
    assert len([*(bare.root / work[1:] / "信").glob("*.docx")]) == 2
    assert (bare.root / work[1:] / "汇总.xlsx").is_file()


def test_a_pdf_is_read_without_python(bare: Bare) -> None:
    made = bare.root / "tmp" / "来稿.pdf"
    made.write_bytes(PDF)
    made.chmod(0o644)
    code, said, errors = bare.run("check", "/tmp/来稿.pdf", "--json")
    assert code in (0, 1), (said, errors)
    assert "来稿.pdf" in said


@pytest.mark.parametrize("words", [("desk", "--no-open"), ()], ids=["the command", "a double click"])
def test_the_desk_opens_without_python(bare: Bare, words: tuple[str, ...]) -> None:
    with opened(bare, words) as desk:
        first = urlsplit(desk.address)
        status, _, cookie = asked(desk.address, f"{first.path}?{first.query}", "")
        assert status == 303
        status, page, _ = asked(desk.address, "/", cookie)
        assert (status, "起草台" in page) == (200, True)
        for name in sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))):
            assert asked(desk.address, name, cookie)[0] == 200, name


def test_a_speech_is_made_through_the_page_without_python(bare: Bare, browser: "Browser", tmp_path: Path) -> None:
    with opened(bare, ("desk", "--no-open")) as desk, window(browser, desk) as page:
        page.goto(f"{desk.origin}/choose")
        page.locator("[name=only][value=office-training]").first.click()
        page.wait_for_load_state()
        page.locator("[name='a.讲话人']").fill("𠮷野")
        page.locator("[name='a.愿景']").fill("宜居宜业的现代化滨江新城")
        page.locator("#pages a[title=愿景]").first.wait_for()
        file = downloaded(page, page.get_by_role("button", name="下载 Word"), tmp_path)
    sound_docx(file)
    with zipfile.ZipFile(file) as package:
        words = package.read("word/document.xml").decode()
    assert file.name == "在全市党政办公室主任培训班上的讲话.docx"
    assert "𠮷野" in words
    assert "宜居宜业的现代化滨江新城" in words
