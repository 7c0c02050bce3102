"""The folders a person has named: every path a model says is resolved here, and none leads out of them."""

import os
import re
import stat
import sys
from contextlib import suppress
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from drafter.commands.filename import legal_name, reserved
from drafter.commands.saving import free_of
from drafter.diagnostic import Diagnostic, Place, Rejected, printable

#: The longest path (characters) a model may say, and the largest file (bytes) it may have read.
MAX_PATH, MAX_FILE = 1_000, 32 << 20

#: The files a model is told of, and how many.
_READ, _FEW = (".docx", ".doc", ".wps", ".odt", ".rtf", ".txt", ".md"), 8

#: What a file may be written as.
KINDS = ("docx", "txt", "md", "html")


class OurFile(NamedTuple):
    """A file in a named folder: `name` is its path from there, as commands are given it while they work in that folder."""

    folder: Path
    name: str

    @property
    def path(self) -> Path:
        """The whole path."""
        return self.folder / self.name


class NamedFolders(NamedTuple):
    """The folders, resolved; the first is where new files go. `read_only`: nothing is written."""

    folders: tuple[Path, ...]
    read_only: bool = False

    def file(self, said: str) -> OurFile:
        """A file that is there, by its path from a folder or whole. Raises Rejected for any that is none of ours; whether
        there is something outside is not told."""
        _speakable(said)
        whole = os.path.isabs(said)
        tries = [said] if whole else [os.path.join(folder, said) for folder in self.folders]
        for path in tries:
            found = self._within(os.path.realpath(path), said)
            if found and os.path.lexists(found.path):
                _readable(found, said)
                return found
        if whole and self._within(os.path.realpath(said), said) is None:
            raise _outside(said)
        if not whole and not any(self._within(os.path.realpath(path), said) for path in tries):
            raise _outside(said)
        raise Rejected(Diagnostic(f"没有这个文件：{printable(said)}", None, f"可以用的文件夹：{self.said}。{self._there(said)}", code="file-not-found"))

    def _there(self, said: str) -> str:
        """Which files there are instead, the nearest first."""
        names = []
        for folder in self.folders:
            with suppress(OSError):
                names += [entry.name for entry in os.scandir(folder) if entry.name.lower().endswith(_READ) and not _hidden(entry.name)]
        if not names:
            return "里面还没有稿子。"
        near = sorted(names, key=lambda name: (-SequenceMatcher(None, os.path.basename(said), name).quick_ratio(), name))
        return f"里面有：{'、'.join(map(printable, near[:_FEW]))}" + (f" 等 {len(names)} 个。" if len(names) > _FEW else "。")

    def new(self, said: str, title: str, kind: str = "docx") -> OurFile:
        """A file that is not there yet: of the name said, else of a title, with a number behind it where there is one of that
        name. Raises Rejected."""
        self.writable()
        if not said:
            folder, name = self.folders[0], legal_name(title, f".{kind}")
        else:
            folder, name = self._target(said, kind)
        path = free_of(folder / name)
        found = self._within(os.path.realpath(path), said)
        if found is None:
            raise _outside(said or name)
        return found

    def holding(self, said: str) -> Path:
        """The folder a path lies in; the first where it is not whole, or lies in none."""
        found = self._within(os.path.realpath(said), said) if os.path.isabs(said) else None
        return found.folder if found else self.folders[0]

    def there(self) -> None:
        """Work in the first folder. Raises Rejected where it is gone, or is another's by now."""
        folder = self.folders[0]
        try:
            os.chdir(folder)
            gone = Path.cwd() != folder
        except OSError:
            gone = True
        if gone:
            os.chdir(folder.anchor)  # no folder that is gone is held, nor worked in
            told = f"可以用的文件夹不在了：{folder}。"
            raise Rejected(Diagnostic(told, None, "请人把它放回原处，或者指定别的文件夹重新启动。", code="agent-folder"))

    def writable(self) -> None:
        """Raises Rejected where nothing may be written."""
        if self.read_only:
            told = "这里只许看，不许写文件（启动时加了 --read-only）。"
            raise Rejected(Diagnostic(told, None, "把要写的内容告诉对方，请人自己写；或者请人去掉 --read-only 重新启动。", code="agent-read-only"))

    def _target(self, said: str, kind: str) -> tuple[Path, str]:
        """The folder and the name of a new file."""
        _speakable(said)
        head, tail = os.path.split(said)
        stem, ending = os.path.splitext(tail)
        ending = ending.lower().removeprefix(".")
        if ending != kind and (ending in KINDS or re.fullmatch("[a-z]{2,5}", ending)):
            told = f"{printable(tail)}：这里写的是 .{kind} 文件。"
            raise Rejected(Diagnostic(told, None, f"文件名写成 {printable(stem)}.{kind}", code="output-ending"))
        name = legal_name(stem if ending == kind else tail, f".{kind}")
        base = head if os.path.isabs(head) else os.path.join(self.folders[0], head)
        folder = os.path.realpath(base)
        held = self._within(folder, said)
        if held is None or _hidden(held.name):
            raise _outside(said)
        if not os.path.isdir(folder):
            raise Rejected(Diagnostic(f"没有“{printable(head)}”这个文件夹。", None, "写在已经有的文件夹里，或者只写文件名。", code="folder-not-there"))
        return Path(folder), name

    def _within(self, real: str, said: str) -> OurFile | None:
        """The resolved path as a file of ours, None where it is none."""
        for folder in self.folders:
            try:
                name = os.path.relpath(real, folder)
            except ValueError:  # another drive
                continue
            if name == os.pardir or name.startswith(os.pardir + os.sep) or os.path.isabs(name):
                continue
            return OurFile(folder, os.path.join(os.curdir, name) if name.startswith("-") else name)
        return None

    @property
    def said(self) -> str:
        """The folders in words."""
        return "、".join(map(str, self.folders))


def named_folders(said: list[str], read_only: bool) -> NamedFolders:
    """The folders a person names at the start, () for the one that is worked in. Raises Rejected for what is none."""
    out: list[Path] = []
    for one in said or [os.curdir]:
        path = Path(one)
        if not path.is_dir():
            told = f"--folder {one}：没有这个文件夹。"
            raise Rejected(Diagnostic(told, None, "先建好这个文件夹，再启动。", code="agent-folder"))
        real = path.resolve()
        if real.parent == real:
            told = f"--folder {one}：整个磁盘太宽了，里面什么文件都会交出去。"
            raise Rejected(Diagnostic(told, None, "指一个专门放稿子的文件夹。", code="agent-folder"))
        if real not in out:
            out.append(real)
    return NamedFolders(tuple(out), read_only)


def _speakable(said: str) -> None:
    """Raises Rejected for what is no path of an ordinary file, on whatever system."""
    parts = re.split(r"[/\\]" if sys.platform == "win32" else "/", said)
    rest = parts[1:] if sys.platform == "win32" and re.fullmatch("[A-Za-z]:", parts[0]) else parts
    bad = ""
    if not said.strip() or len(said) > MAX_PATH:
        bad = "是空的，或者太长"
    elif not said.isprintable():
        bad = "里面有看不见的字符"
    elif said.startswith(("//", "\\\\")):
        bad = "是网络路径"
    elif sys.platform != "win32" and "\\" in said:
        bad = "用了反斜线；分隔文件夹用 /"
    elif any(":" in part for part in rest):
        bad = "里面有冒号"
    elif any(reserved(part) for part in rest):
        bad = "是设备的名称"
    elif any(part.startswith((".", "~")) and part not in (".", "..") for part in rest):
        bad = "是隐藏的文件，或者以 ~ 开头"
    elif any(part != part.rstrip(" .") and part not in (".", "..") for part in rest):
        bad = "末尾有点或者空格"
    if bad:
        raise Rejected(Diagnostic(f"“{printable(said[:100])}”这个路径{bad}。", None, "写可以用的文件夹里的文件名，例如 讲话.docx", code="path-syntax"))


def _readable(found: OurFile, said: str) -> None:
    """Raises Rejected for what is no ordinary file, or is too large."""
    try:
        there = os.stat(found.path)
    except OSError as error:
        raise Rejected(Diagnostic(f"读不了这个文件（{error.strerror}）。", Place(printable(said)), code="file-not-readable"), exit_code=1) from None
    if stat.S_ISDIR(there.st_mode):
        raise Rejected(Diagnostic("这是文件夹，不是文件。", Place(printable(said)), "写上里面的文件名。", code="file-is-folder"))
    if not stat.S_ISREG(there.st_mode):
        raise Rejected(Diagnostic("这不是普通文件。", Place(printable(said)), code="file-not-regular"))
    if _hidden(found.name):
        raise _outside(said)
    if there.st_size > MAX_FILE:
        raise Rejected(Diagnostic(f"文件太大，最多 {MAX_FILE >> 20} MB。", Place(printable(said)), code="file-too-large"))


def _hidden(name: str) -> bool:
    """Whether a path from a folder of ours leads to what is hidden there, a link being followed."""
    return any(part.startswith((".", "~$")) for part in Path(name).parts if part not in (".", ".."))


def _outside(said: str) -> Rejected:
    told = f"“{printable(said[:100])}”不在可以用的文件夹里，没有碰它。"
    return Rejected(Diagnostic(told, None, "只能用启动时指定的文件夹里的文件；要用别处的，请人先放进来。", code="path-outside"))
