"""A file that is read, changed and written again, while others may want the same.

Two drafters take turns: a lock is held from the reading to the end of the writing, and it ends with the process that
holds it, however that ends. Other programs know nothing of it. So the file is compared with what was read immediately
before it is replaced, and where the system can exchange two names in one step, what came out is looked at once more; it
goes back where it is not what was read. Then the work is done again on what is there now.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from drafter.commands.replacing import SavedMeanwhile
from drafter.commands.saving import Output, save_all, taken
from drafter.diagnostic import Diagnostic, Place, Rejected

#: How often the work is done, where somebody saves the file each time while it is done, and how long he is left alone
#: before it is done again: while Word saves, there is no file of the name for a moment.
_TIMES, _PAUSE_S = 3, 0.2

#: How long another drafter is waited for. The largest draft there may be takes it 15 s.
_WAIT_S = 30.0
_LOOK_S = 0.02

Done = TypeVar("Done")


def in_place(path: Path, work: Callable[[], Done]) -> Done:
    """What `work` gives, which reads a file and writes it again with `written_over`: while no other drafter does so,
    and again where somebody else saved the file meanwhile. Raises Rejected."""
    import time

    for _ in range(_TIMES - 1):
        with _turn(path), suppress(SavedMeanwhile):
            return work()
        time.sleep(_PAUSE_S)
    with _turn(path):
        return work()


def written_over(path: Path, was: bytes, data: bytes, *, keep: bool = True) -> str:
    """Write over a file that was read, if it still is as it `was`; with `keep` that stays beside it. Gives the name of
    the copy, "" for none. Raises SavedMeanwhile, or Rejected as `save` does, with nothing written."""
    return save_all([Output(path, data, force=True, was=was, keep=keep)])[0]


# ── taking turns ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """No other drafter changes the file as long as this lasts. Where it is none that can be changed, or the file system
    knows no locks, nothing is held. Raises Rejected where it does not come in time."""
    held = _held_beside(path) if sys.platform == "win32" else _held_itself(path)
    try:
        yield
    finally:
        if held is not None:
            number, lock = held
            os.close(number)
            if lock:
                with suppress(OSError):  # it fails where the next is waiting with it open, who then takes it away
                    os.unlink(lock)


def _held_itself(path: Path) -> tuple[int, None] | None:
    """The file, locked. Whoever had it before may have put another in its place, which then is the one to lock."""
    for wait in _waits(path):
        number = _opened(path)
        if number is None:
            return None
        try:
            found = os.fstat(number)
            locked = taken(number) if stat.S_ISREG(found.st_mode) else None
            if locked is None:
                os.close(number)
                return None
            if locked and os.path.samestat(found, os.stat(path)):
                return number, None
        except FileNotFoundError:  # it has just been taken away
            pass
        except BaseException:
            os.close(number)
            raise
        os.close(number)
        wait()
    return None


def _opened(path: Path) -> int | None:
    """The file, opened to be locked, which NFS only grants who may write; None where it cannot be."""
    for way in (os.O_RDWR, os.O_RDONLY):
        with suppress(OSError, ValueError):
            return os.open(path, way | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    return None


def _held_beside(path: Path) -> tuple[int, Path] | None:
    """A file beside it, locked: Windows replaces no file that is open. It is left to itself where a run is killed, and
    the next one takes it up."""
    import hashlib

    called = os.path.normcase(os.path.realpath(path))
    lock = Path(called).with_name(f".drafter-{hashlib.sha256(called.encode('utf-8', 'replace')).hexdigest()[:16]}.lock")
    if not path.is_file():
        return None
    for wait in _waits(path):
        try:
            number = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError:  # the one before is just taking it away; or the folder is read-only
            if not os.access(lock.parent, os.W_OK):
                return None
            wait()
            continue
        except OSError:
            return None
        try:
            if _locked_byte(number) and os.path.samestat(os.fstat(number), os.stat(lock)):
                return number, lock
        except FileNotFoundError:  # the one before has just taken it away
            pass
        os.close(number)
        wait()
    return None


def _locked_byte(file: int) -> bool:
    """Whether the first byte is ours alone now. Windows gives it back when the process ends."""
    import msvcrt

    try:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _waits(path: Path) -> Iterator[Callable[[], None]]:
    """Tries, each with the pause after it. Raises Rejected when there were enough."""
    import time

    end = time.monotonic() + _WAIT_S
    while time.monotonic() < end:
        yield lambda: time.sleep(_LOOK_S)
    told = f"另一个 drafter 正在改这个文件，等了 {_WAIT_S:.0f} 秒还没有改完。"
    raise Rejected(Diagnostic(told, Place(path.name), "等它做完再试一次。", code="file-being-changed"), exit_code=1)
