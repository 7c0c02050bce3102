"""Whether somebody has a file open in an office program: the small files these put beside it say so, and who it is.

The names and forms are those of LibreOffice, which writes Word's too: svl/source/misc/msodocumentlockfile.cxx and
lockfilecommon.cxx. What such a file holds is believed as far as it can be read; that it is there counts alone.
"""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, printable

#: Word's mark: the length and the name in the bytes of the system's language, padded, then length and name in UTF-16.
_WORD_NAME_AT = 54
_LONGEST_NAME = 52

#: A mark is no larger than this (bytes); Word's has 162.
_MOST = 4096

#: From how many hours on a mark is said to be old.
_OLD_H = 20


class Holder(NamedTuple):
    """Who has a file open. `person` is "" where the mark does not say; `mark` is the file that says so, `since` when it
    was written, `dead` that its program does not run any more on this machine."""

    program: str
    person: str
    mark: Path
    since: datetime
    dead: bool = False

    @property
    def _who(self) -> str:
        old = (datetime.now() - self.since).total_seconds() > _OLD_H * 3600
        since = f"{self.since.month}月{self.since.day}日 {self.since:%H:%M} 打开" if old else ""
        told = "，".join(filter(None, (printable(self.person), since)))
        return f"（{told}）" if told else ""

    def refusal(self, name: str) -> Diagnostic:
        """That a file was not written over."""
        told = f"这个文件正在 {self.program} 里打开着{self._who}，没有动它。"
        if self.dead:
            return Diagnostic(
                told,
                Place(name),
                f"{self.program} 并没有在运行，这是上次没有正常退出留下的标记：删掉同一文件夹里的 {self.mark.name}，再试一次。",
                code="file-open-elsewhere",
            )
        way = f"请先保存、关闭，再试一次；要是并没有打开，删掉同一文件夹里的 {self.mark.name}"
        return Diagnostic(told, Place(name), way, code="file-open-elsewhere")

    def remark(self, name: str) -> Diagnostic:
        """That what was read of a file is not all there may be."""
        told = f"这个文件正在 {self.program} 里打开着{self._who}，读的是上一次保存的样子。"
        way = f"还没保存的改动不在里面：请先保存，再运行一次；要是并没有打开，删掉同一文件夹里的 {self.mark.name}"
        if self.dead:
            way = f"{self.program} 并没有在运行，这是上次没有正常退出留下的标记：可以删掉同一文件夹里的 {self.mark.name}"
        return Diagnostic(told, Place(name), way, level=WARNING, code="read-while-open")


def holder(path: Path) -> Holder | None:
    """Who has a file open, None where nobody has, as far as can be seen."""
    with suppress(OSError, ValueError):
        for named in dict.fromkeys((path, Path(os.path.realpath(path)))):
            for program, mark in _marks(named):
                with suppress(OSError, ValueError):
                    since = datetime.fromtimestamp(os.lstat(mark).st_mtime)
                    return _told(program, mark, since)
    return None


def remarks(path: Path | str) -> tuple[Diagnostic, ...]:
    """What there is to say where somebody has the file open that is about to be read."""
    held = holder(Path(path))
    return (held.remark(str(path)),) if held else ()


def _marks(path: Path) -> Iterator[tuple[str, Path]]:
    """The files that would say that it is open, and in which program. A name may be spelt in two ways of Unicode, and
    not every system keeps the one it was given."""
    for form in ("", "NFC", "NFD"):
        name = unicodedata.normalize(form, path.name) if form else path.name  # type: ignore[arg-type]
        if not form or name != path.name:
            yield from ((program, path.with_name(mark)) for program, mark in marks_of(name))


def marks_of(name: str) -> list[tuple[str, str]]:
    """The programs, and the files by which they say that a document of this name is open.

    Word writes ~$ before the name and drops one character of a stem of seven, two of a longer one, counted in UTF-16
    (LibreOffice does so for Word's sake: svl/source/misc/msodocumentlockfile.cxx); some that write it drop fewer.
    LibreOffice's own is .~lock.NAME#. WPS writes .~ and drops none, one or two (haiwen/seadrive-fuse, pull 14).
    """
    letters = sum(1 + (c > "\uffff") for c in name.rpartition(".")[0])
    dropped = max(0, min(2, letters - 6))
    word = [("Word 或 WPS", "~$" + name[n:]) for n in range(dropped, -1, -1)]
    return [("LibreOffice", f".~lock.{name}#"), *word, *(("WPS", ".~" + name[n:]) for n in range(3))]


def _told(program: str, mark: Path, since: datetime) -> Holder:
    data = b""
    with suppress(OSError):  # Word lets nobody read it on Windows
        if mark.is_file():
            with open(mark, "rb") as file:
                data = file.read(_MOST)
    if program != "LibreOffice":
        return Holder(program, _word_name(data), mark, since)
    own, user, host = (*_entry(data.decode("utf-8", "replace")), "", "", "")[:3]
    return Holder(program, _clean(own or user), mark, since, _is_dead(user, host))


def _word_name(data: bytes) -> str:
    """The name in a mark of Word's, "" where there is none."""
    length = int.from_bytes(data[_WORD_NAME_AT : _WORD_NAME_AT + 2], "little")
    if 0 < length <= _LONGEST_NAME:
        start = _WORD_NAME_AT + 2
        name = _clean(data[start : start + 2 * length].decode("utf-16-le", "ignore"))
        if name:
            return name
    short = data[1 : 1 + data[0]] if data and data[0] <= _LONGEST_NAME else b""
    return _clean(short.decode("gb18030", "ignore"))


def _clean(name: str) -> str:
    name = name.partition("\0")[0].strip()
    return name if name.isprintable() else ""


def _entry(text: str) -> list[str]:
    """The fields of LibreOffice's mark, kept apart by commas, each of which may stand behind a backslash for itself:
    name, account, machine, time, profile."""
    fields, word, quoted = [], "", False
    for letter in text:
        if quoted or letter not in ",;\\":
            word, quoted = word + letter, False
        elif letter == "\\":
            quoted = True
        else:
            fields.append(word)
            word = ""
    return [*fields, word]


def _is_dead(user: str, host: str) -> bool:
    """Whether the mark is this account's, on this machine, and no LibreOffice runs here. False where that cannot be
    told."""
    if sys.platform != "linux" or not user or not host:
        return False
    import getpass
    import platform

    with suppress(OSError, KeyError, ValueError):
        if getpass.getuser() != user or platform.node().partition(".")[0] != host.partition(".")[0]:
            return False
        for entry in os.listdir("/proc"):
            if entry.isdecimal():
                with suppress(OSError), open(f"/proc/{entry}/comm", "rb") as file:
                    if file.read(64).startswith((b"soffice", b"oosplash")):
                        return False
        return True
    return False
