"""Whose turn it is to write a file that several runs write: one after the other, on this machine or on a share.

A mark lies beside the file meanwhile. The system tells whether whoever made it still has it open; where it cannot (some shares),
a mark that is old is a dead run's.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from drafter.commands.saving import taken
from drafter.diagnostic import Diagnostic, Place, Rejected

#: Seconds a run waits for another, between two looks, and after which a mark nobody can be asked about is a dead run's.
WAIT_S, PAUSE_S, DEAD_AFTER_S = 30.0, 0.1, 600.0


def mark_of(path: Path) -> Path:
    """The mark beside a file."""
    return path.with_name(f".{path.name}.busy")


@contextmanager
def turn(path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Nobody else who asks for a turn writes the file meanwhile. Where no mark can be made there is none: nor can the file be
    written. Raises Rejected (exit code 1) where another run does not come to its end."""
    mark = mark_of(path)
    end = time.monotonic() + wait_s
    try:
        while (held := _ours(mark)) is None:
            if time.monotonic() >= end:
                told = f"另一个 drafter outlines sync 正在写这个文件，等了 {wait_s:.0f} 秒还没有写完，没有动它。"
                hint = f"等它写完，再打一次；没有别人在取，就删掉旁边的 {mark.name}。"
                raise Rejected(Diagnostic(told, Place(path.name), hint, code="lock-busy"), exit_code=1)
            time.sleep(PAUSE_S)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):
            if sys.platform != "win32":  # there it goes when it is closed, by whomever
                os.unlink(mark)
        os.close(held)


def _ours(mark: Path) -> int | None:
    """The open mark where it is this run's turn, None where it is another's. Raises OSError."""
    flags = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    new = os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)
    try:
        file = os.open(mark, flags | new, 0o666)
    except FileExistsError:
        return None if sys.platform == "win32" else _inherited(mark, flags)
    except PermissionError:
        if sys.platform == "win32" and mark.parent.is_dir():  # one that is about to go
            return None
        raise
    if taken(file) is not False and _is_still(mark, file):
        return file
    os.close(file)
    return None


def _inherited(mark: Path, flags: int) -> int | None:
    """The mark of a run that is dead, which is ours now; None where it may live."""
    try:
        file = os.open(mark, flags)
    except FileNotFoundError:
        return None
    except PermissionError:  # another user's: nobody can be asked
        _away_if_old(mark)
        return None
    free = taken(file)
    if free and _is_still(mark, file):
        return file
    if free is None:
        _away_if_old(mark)
    os.close(file)
    return None


def _is_still(mark: Path, file: int) -> bool:
    """Whether the open file is the one of that name yet."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(mark))
    except OSError:
        return False


def _away_if_old(mark: Path) -> None:
    with suppress(OSError):
        if time.time() - os.stat(mark).st_mtime > DEAD_AFTER_S:
            os.unlink(mark)
