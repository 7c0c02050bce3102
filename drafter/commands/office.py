"""LibreOffice as a converter: what only it can read becomes .docx, what only it can lay out becomes PDF.

It runs without a window, from a profile of its own in a folder that is taken away afterwards, so that an office that is
open, or a profile somebody else has locked, does not matter; macros and links to elsewhere are switched off in it.
"""


import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.commands.programs import program
from drafter.diagnostic import Diagnostic, Place, Rejected

if TYPE_CHECKING:
    from subprocess import Popen

#: How long LibreOffice may take, its start included. A speech of 50 pages takes 3 s on an old machine.
SECONDS = 120

#: How long it may take to say its version; where it takes longer it is told without.
VERSION_SECONDS = 10

#: What a conversion may come to: what `drafter.word.package` reads at most.
_MAX_BYTES = 64 << 20

_USUAL = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)

#: What of the user's own settings must not hold for a file from anywhere: macros, pictures from the network, links.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def libreoffice() -> str:
    """LibreOffice's program, "" where there is none."""
    names = ("soffice.exe", "soffice.com", "libreoffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
    return program(*names) or next((path for path in _USUAL if os.path.exists(path)), "")


def version(program: str) -> str:
    """The version a LibreOffice says it has, "7.4.7.2", "" where it does not say."""
    import re
    import tempfile

    if sys.platform == "win32":
        program = program.removesuffix(".exe") + ".com" if program.endswith("soffice.exe") else program
    with tempfile.TemporaryDirectory(prefix="drafter-", ignore_cleanup_errors=True) as folder:
        try:
            said = _run([program, "--version"], dict(os.environ), folder, VERSION_SECONDS) or ""
        except OSError:
            return ""
    found = re.search(r"LibreOffice\w*\s+(\d+(?:\.\d+)+)", said)
    return found[1] if found else ""


#: The first version that writes a control once, and the last that is known to write it several times over. Both lose
#: what a draft was made from when an answer in a control has & or <. Tried with 7.4.7 and 25.2.3.
_ONCE = (24, 2)


def what_follows(number: str) -> str:
    """What a writer is to know of a version of LibreOffice that saves drafts, "" where the version is not known."""
    parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
    if not parts:
        return ""
    lost = "回答里有 & 或 < 的，存过以后来历会丢（字都在），drafter status 会说怎么连回去。"
    if parts < _ONCE:
        return (
            "这一版不显示空的黄色；存 .docx 时会把空里的回答写上好几遍，drafter 读的时候还原成一遍，还原不了的会说出来。"
            f"存过的稿子要给别人看，先 drafter update 或 finish 一次。{lost}"
        )
    return f"这一版改稿、存稿都可以。{lost}"


def plain_better(number: str) -> bool:
    """Whether blanks had better be plain text in what a version of LibreOffice is to save and show."""
    parts = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
    return bool(parts) and parts < _ONCE


def need_libreoffice(message: str, hint: str, place: Place | None = None) -> str:
    """The same. Raises Rejected with `message` and `hint` where there is none."""
    found = libreoffice()
    if not found:
        raise Rejected(Diagnostic(message, place, hint, code="office-missing"), exit_code=1)
    return found


def need_for_pdf() -> str:
    """LibreOffice's program, for a PDF. Raises Rejected where there is none."""
    hint = "装上 LibreOffice 再试；或者先写 .docx，在 Word 或 WPS 里“另存为 PDF”。"
    return need_libreoffice("这台电脑上没有 LibreOffice，转不成 PDF。", hint)


#: A PDF with the empty backs of sheets in it, so that what begins on a front does so on paper too.
_WITH_BACKS = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'


def to_pdf(docx: bytes, fallbacks: Mapping[str, Sequence[str]], with_backs: bool = False) -> bytes:
    """A .docx as PDF; `fallbacks` are the fonts to take for those this machine does not have; `with_backs`: a back that stays
    empty because the next page is a front is a page too. Raises Rejected."""
    otherwise = "请先写 .docx，再在 Word 或 WPS 里另存为 PDF。"
    return _converted(need_for_pdf(), docx, "docx", _WITH_BACKS if with_backs else "pdf", None, otherwise, fallbacks)


def to_docx(data: bytes, ending: str, name: str) -> bytes:
    """A file only an office program can read as .docx. `ending` is what kind it is (doc, odt …), `name` what it is
    called. Raises Rejected."""
    place = Place(name)
    otherwise = "请用 Word 或 WPS 打开，另存为 .docx。"
    hint = "装上 LibreOffice 再试；或者用 Word 或 WPS 打开，另存为 .docx。"
    office = need_libreoffice("读这种文件要靠 LibreOffice，这台电脑上没有。", hint, place)
    return _converted(office, data, ending, "docx", place, otherwise, {})


def _converted(
    office: str,
    data: bytes,
    ending: str,
    to: str,
    place: Place | None,
    otherwise: str,
    fallbacks: Mapping[str, Sequence[str]],
) -> bytes:
    """What LibreOffice makes of a file. `otherwise` is what the user can do where it makes nothing. Raises Rejected."""
    import tempfile

    made = to.partition(":")[0]
    called = "PDF" if made == "pdf" else f".{made}"
    with tempfile.TemporaryDirectory(prefix="drafter-", ignore_cleanup_errors=True) as folder:
        inside, outside = Path(folder) / f"speech.{ending}", Path(folder) / "out"
        inside.write_bytes(data)
        profile = Path(folder) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        environment = dict(os.environ)
        if fallbacks and os.path.exists("/etc/fonts/fonts.conf"):
            (Path(folder) / "fonts.conf").write_text(_stand_ins(fallbacks), encoding="utf-8")
            environment["FONTCONFIG_FILE"] = str(Path(folder) / "fonts.conf")
        command = [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            to,
            "--outdir",
            str(outside),
            str(inside),
        ]
        said = _run(command, environment, folder)
        if said is None:
            told = f"LibreOffice {SECONDS} 秒还没转完 {called}，已经停下。"
            raise Rejected(Diagnostic(told, place, otherwise, code="office-too-slow"), exit_code=1)
        result = outside / f"speech.{made}"
        if not result.is_file():
            raise Rejected(_why(said, called, place, otherwise), exit_code=1)
        if not 0 < result.stat().st_size <= _MAX_BYTES:
            what = "是空的" if not result.stat().st_size else f"太大，超过 {_MAX_BYTES >> 20} MB"
            raise Rejected(
                Diagnostic(f"LibreOffice 转出来的 {called} {what}。", place, otherwise, code="office-failed"), exit_code=1
            )
        return result.read_bytes()


def _why(said: str, called: str, place: Place | None, otherwise: str) -> Diagnostic:
    """Why there is no result, as far as LibreOffice says so."""
    lines = said.strip().splitlines()
    if any(word in said.lower() for word in ("personal settings", "locked", "user installation", "another instance")):
        return Diagnostic(
            f"LibreOffice 说它的配置被锁住了，没有转成 {called}。",
            place,
            f"关掉开着的 LibreOffice 再试；还不行，{otherwise.removeprefix('请')}",
            code="office-locked",
        )
    words = [line for line in lines if line.startswith(("Error", "error"))] or lines[-1:]
    quoted = f"它说：{words[0]}\n" if words else ""
    return Diagnostic(
        f"LibreOffice 没有转成 {called}，文件可能坏了或者有密码。" if place else f"LibreOffice 没有转成 {called}。",
        place,
        quoted + otherwise,
        code="office-failed",
    )


def _run(
    command: Sequence[str], environment: Mapping[str, str], folder: str, seconds: float | None = None
) -> str | None:
    """What a program says; None where it is not done in `seconds` (None for SECONDS), when it and all it has started
    are ended."""
    import subprocess

    with open(os.path.join(folder, "said"), "w+b") as said:  # a pipe a grandchild holds open would be waited for
        # A session of its own, so that the launcher's child goes with it.
        started = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=folder,
            env=environment,
            start_new_session=sys.platform != "win32",
        )
        try:
            _wait(started, SECONDS if seconds is None else seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(started.pid)
            started.wait()
        said.seek(0)
        return said.read(100_000).decode(errors="replace")


def _wait(started: "Popen[bytes]", seconds: float) -> None:
    """Wait for LibreOffice; somebody who waits for longer than a second is told what for. Raises TimeoutExpired."""
    import subprocess

    try:
        started.wait(min(1, seconds))
    except subprocess.TimeoutExpired:
        from drafter.commands.waiting import passing

        with passing("LibreOffice 正在转换……"):
            started.wait(seconds)


def _end(pid: int) -> None:
    """End a program we have started and whatever it has started; nothing where all have ended."""
    if sys.platform == "win32":
        import subprocess

        windows = os.environ.get("SystemRoot", r"C:\Windows")  # noqa: SIM112 – Windows' own spelling
        killer = os.path.join(windows, "System32", "taskkill.exe")
        subprocess.run([killer, "/F", "/T", "/PID", str(pid)], capture_output=True, check=False)
        return
    import signal
    from contextlib import suppress

    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _stand_ins(fallbacks: Mapping[str, Sequence[str]]) -> str:
    """Fontconfig's rules for the fonts this machine does not have; LibreOffice by itself sets them all in one sans."""
    from xml.sax.saxutils import escape

    rules = []
    for font, others in fallbacks.items():
        names = "".join(f"<family>{escape(name)}</family>" for name in (font, *others))
        rules.append(f'<alias binding="same"><family>{escape(font)}</family><prefer>{names}</prefer></alias>')
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' + "".join(rules) + "</fontconfig>\n"
    )


def pdf_pages(pdf: bytes) -> int | None:
    """How many pages a PDF of LibreOffice's has; None where it does not say."""
    import re

    found = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", pdf)
    counts = [int(a or b) for a, b in found]
    return max(counts) if counts else None
