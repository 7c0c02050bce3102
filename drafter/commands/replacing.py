"""One file put in the place of another that was read, and of no other: what the saving of files needs where there is
something to replace. What somebody else saved in the meantime is never lost.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from drafter.diagnostic import Diagnostic, Place, Rejected

#: Linux: exchange two names in one step (renameat2, since 3.15).
_EXCHANGE, _AT_FDCWD = 2, -100

#: How Linux says that it cannot exchange names here.
_CANNOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM)


class SavedMeanwhile(Rejected):
    """The file is not the one that was read any more. Nothing was written."""

    def __init__(self, path: Path) -> None:
        told = "这个文件刚刚被别人改过、换过或者移走了，没有动它，这一次的改动也没有写。"
        hint = "再运行一次，就改在现在的这一份上。"
        super().__init__(Diagnostic(told, Place(path.name), hint, code="file-saved-meanwhile"), exit_code=1)


def swapped(temp: Path, path: Path, was: bytes) -> bool:
    """Exchange the names of a file that was read and of the one that is to take its place, if the first is still as it
    `was`; False where the system cannot. Raises SavedMeanwhile, with everything as it was found."""
    if not still(path, was):
        raise SavedMeanwhile(path)
    try:
        if not swap(temp, path):
            return False
    except FileNotFoundError:  # Word takes the name away for a moment while it saves
        raise SavedMeanwhile(path) from None
    if not still(temp, was):
        _put_back(temp, path)
        raise SavedMeanwhile(path)
    return True


def _put_back(temp: Path, path: Path) -> None:
    """What somebody saved between the last look and the exchange has its name again. Where yet another was put there in
    the same moment, that one stays, and the first is kept beside it."""
    ours = os.stat(path)
    if swap(temp, path) and not os.path.samestat(os.stat(temp), ours) and swap(temp, path):
        for copy in copies(path):
            with suppress(FileExistsError):
                os.link(temp, copy)
                return


def still(path: Path, was: bytes) -> bool:
    """Whether the file is as it was read. Its time says too little: it is kept by copying, and may be too coarse."""
    try:
        if os.stat(path).st_size != len(was):
            return False
        with open(path, "rb") as file:
            return file.read(len(was) + 1) == was
    except FileNotFoundError:
        return False


def swap(path: Path, other: Path) -> bool:
    """Exchange two files' names in one step; False where the system cannot. Raises OSError."""
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):  # a C library without it
        return False
    if not exchange(_AT_FDCWD, os.fsencode(path), _AT_FDCWD, os.fsencode(other), _EXCHANGE):
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(path), None, str(other))


# ── the copy beside it ─────────────────────────────────────────────────────────────────────────────────────────────


def copies(path: Path) -> Iterator[Path]:
    """Names for a copy of what was there: 讲话.备份.docx, 讲话.备份2.docx …"""
    for number in count(1):
        yield path.with_name(f"{path.stem}.备份{number if number > 1 else ''}{path.suffix}")


def copied(path: Path, data: bytes) -> tuple[Path, bool, bool]:
    """Where a copy of what is there, which is `data`, is or can be: its name, whether it is there, and whether it is
    new. It is the file itself under a second name, so that it keeps all it has, and what somebody is still writing into
    it; where that cannot be, it is not there yet. Raises SavedMeanwhile, and OSError."""
    for copy in copies(path):
        try:
            found = os.lstat(copy)
        except FileNotFoundError:
            with suppress(FileExistsError):
                new = _linked(path, copy, data)
                return copy, new, new
            continue
        if stat.S_ISREG(found.st_mode) and still(copy, data):
            return copy, True, False
    raise AssertionError  # there are names without end


def _linked(path: Path, copy: Path, data: bytes) -> bool:
    if os.stat(path).st_nlink > 1:  # under its other name somebody may write into it
        return False
    try:
        os.link(path, copy)
    except FileExistsError:
        raise
    except OSError:  # no links here
        return False
    if still(copy, data):
        return True
    os.unlink(copy)
    raise SavedMeanwhile(path)


def keep_attributes(path: Path, old: os.stat_result, file: int) -> None:
    """Give a new file what the old one has besides its bytes and rights, as far as that is allowed: owner and group,
    and its attributes, access lists among them."""
    for owner in (old.st_uid, -1):
        try:
            if (os.fstat(file).st_uid, os.fstat(file).st_gid) != (old.st_uid, old.st_gid):
                os.fchown(file, owner, old.st_gid)
            break
        except OSError:
            continue
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(path):
                with suppress(OSError):
                    os.setxattr(file, name, os.getxattr(path, name))
