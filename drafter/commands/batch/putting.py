"""Many files into one folder, each of which is there whole or not at all, whatever happens; the disk is waited for once for
many of them, not for each."""

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from drafter.commands.batch.ledger import BatchLedger
from drafter.commands.saving import claim, explain, flush_folder, patiently
from drafter.diagnostic import Diagnostic, Place, Rejected

#: So many files are put on the disk together, or those of so many seconds: who kills a run loses no more. A thousand letters
#: take less than a second, a thousand PDFs an hour. The first are put there after a second, the next after twice as long, and
#: so on, so that a run that is killed every few seconds comes to its end too.
TOGETHER, FIRST_S, LONGEST_S = 1_000, 1.0, 10.0


class _OnItsWay(NamedTuple):
    """A file on its way: the row it is of, its name, and the one its bytes have meanwhile."""

    row: int
    name: str
    temp: Path


class BatchFolder:
    """A folder that documents are written to. `may_replace`: what is there is written over; `unsure` are files of a run that was
    ended, of which nobody knows how much is there."""

    def __init__(self, folder: Path, ledger: BatchLedger, may_replace: bool, unsure: Iterable[str]) -> None:
        self.folder, self.ledger = folder, ledger
        self.may_replace, self.unsure = may_replace, frozenset(unsure)
        self.waiting: list[_OnItsWay] = []
        self.keys: list[tuple[int, str, Sequence[str]]] = []
        self.named, self.patience_s = monotonic(), FIRST_S
        _sweep(folder, ledger.share)

    def add(self, row: int, key: str, files: Mapping[str, bytes]) -> None:
        """The documents of a row, by the names of their files. Raises Rejected where the disk will not take them."""
        begun = len(self.waiting)
        for name, data in files.items():
            temp = self.folder / f".drafter-batch{self.ledger.share}-{os.urandom(8).hex()}.tmp"
            self.waiting.append(_OnItsWay(row, name, temp))
            try:
                _write(temp, data)
            except OSError as error:
                _remove(self.waiting[begun:])
                del self.waiting[begun:]
                raise explain(self.folder / name, error) from None
        self.keys.append((row, key, tuple(files)))

    @property
    def full(self) -> bool:
        """Whether it is time to give the files their names."""
        late = monotonic() - self.named >= min(self.patience_s, LONGEST_S)
        return len(self.waiting) >= TOGETHER or (bool(self.waiting) and late)

    def give_names(self) -> dict[int, Diagnostic]:
        """All that waits is there now; of some rows not: what was in the way, by their numbers."""
        files, self.waiting = self.waiting, []
        keys, self.keys = self.keys, []
        refused: dict[int, Diagnostic] = {}
        try:
            if files:
                self.ledger.begins(keys)
                _settle(self.folder)
            for file in files:
                if problem := self._give(file):
                    refused[file.row] = problem
        finally:
            _remove(files)
        if files:
            flush_folder(self.folder)
            self.ledger.wrote([file.name for file in files if file.row not in refused])
        self.named, self.patience_s = monotonic(), min(self.patience_s * 2, LONGEST_S)
        return refused

    def drop(self) -> None:
        """What waits is given up."""
        _remove(self.waiting)
        self.waiting, self.keys = [], []

    def _give(self, file: _OnItsWay) -> Diagnostic | None:
        """A file its name; what was in the way, where that cannot be."""
        path = self.folder / file.name
        there = os.path.lexists(path)
        try:
            if there and file.name in self.unsure and _is_whole(path, file.temp.read_bytes()):
                return None
            if there and (self.may_replace or (file.name in self.unsure and _is_broken(path))):
                from drafter.commands.saving import check

                check(path, force=True)
                patiently(os.replace, file.temp, path)
            else:
                patiently(claim, file.temp, path)
        except FileExistsError:
            hint = "换个文件夹：-o；要覆盖：--force"
            return Diagnostic("同名的文件已经有了，没有动它。", Place(str(path)), hint, code="file-exists")
        except Rejected as refused:
            return refused.diagnostics[0]
        except OSError as error:
            return explain(path, error).diagnostics[0]
        return None


def _remove(files: Iterable[_OnItsWay]) -> None:
    for file in files:
        with suppress(OSError):
            os.unlink(file.temp)


def _write(temp: Path, data: bytes) -> None:
    file = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        if sys.platform != "linux":  # elsewhere nothing waits for all of them at once
            with suppress(OSError):
                os.fsync(file)
    finally:
        os.close(file)


def _settle(folder: Path) -> None:
    """Wait until all that was written is on the disk of the folder: a name that is given before may outlive a power cut with
    nothing behind it. Other disks, which may be slow, are not waited for."""
    if sys.platform != "linux":
        return
    import ctypes

    try:
        file = os.open(folder, os.O_RDONLY)
        try:
            done = ctypes.CDLL(None).syncfs(file) == 0
        finally:
            os.close(file)
    except (OSError, AttributeError):  # musl before 1.1, a folder that cannot be opened
        done = False
    if not done:
        os.sync()


def _is_whole(path: Path, data: bytes) -> bool:
    """Whether a file is the one that is to be written."""
    with suppress(OSError):
        return os.path.getsize(path) == len(data) and path.read_bytes() == data
    return False


def _is_broken(path: Path) -> bool:
    """Whether a file is none that anybody can have worked on: it is empty, or its bytes never reached the disk."""
    with suppress(OSError):
        data = path.read_bytes()
        return not data.strip(b"\0") or (path.suffix == ".docx" and b"PK\x05\x06" not in data[-66_000:])
    return False


def _sweep(folder: Path, share: str) -> None:
    """Remove what a killed run has left: nobody else writes this share here while its ledger is ours."""
    temp = re.compile(rf"\.drafter-batch{share}-[0-9a-f]{{16}}\.tmp")
    with suppress(OSError):
        for name in os.listdir(folder):
            if temp.fullmatch(name):
                with suppress(OSError):
                    os.unlink(folder / name)
