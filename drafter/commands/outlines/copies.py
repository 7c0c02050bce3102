"""Copies of shelves on this machine: written whole or not at all, read-only, one for each content; those that nobody has any more
are taken away in time.
"""

import os
import re
import shutil
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from drafter.commands.outlines.content import Content
from drafter.commands.outlines.turns import turn
from drafter.commands.saving import save
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.shelf.fetched import LIST, LockedShelf, copies, copy_of, listed_files, read_lock

#: What a run that was killed has left is taken away after so many seconds.
_DEAD_AFTER_S = 3600

_BEGUN = ".new-"

#: A copy no lock has is kept so many days after it was last used: somebody may go back to the lock of last month, offline.
KEPT_DAYS = 90

#: The list, among the copies, of the locks that were written on this machine, with the copies each of them has.
LOCKS = "locks"

_COPY = re.compile("[0-9a-f]{32}")


class FreedCopies(NamedTuple):
    """What was taken away: how many copies, of how many bytes."""

    copies: int = 0
    bytes: int = 0


def copy_whole(sha256_of_all: str, hashes: Mapping[str, str]) -> bool:
    """Whether the copy of a content is here, every file of it as it was taken."""
    return copied(sha256_of_all, hashes) is not None


def copied(sha256_of_all: str, hashes: Mapping[str, str]) -> dict[str, bytes] | None:
    """The files of a copy, each held against its hash; None where it is not here whole."""
    folder = copy_of(sha256_of_all)
    out = {}
    try:
        if (folder / LIST).read_bytes() != listed_files(hashes):
            return None
        for path, hash_of_it in hashes.items():
            out[path] = (folder / path).read_bytes()
            if sha256(out[path]).hexdigest() != hash_of_it:
                return None
    except OSError:
        return None
    return out


def files_of(locked: LockedShelf) -> dict[str, bytes] | None:
    """The files of a shelf as the lock has it, None where they are not here."""
    return copied(locked.sha256, locked.files)


def keep_copy(content: Content) -> bool:
    """Have a copy of a content; False where one is here already. Raises Rejected."""
    hashes = content.hashes
    target = copy_of(content.sha256)
    if copy_whole(content.sha256, hashes):
        with suppress(OSError):
            os.utime(target)  # used again: it does not go with the old ones
        return False
    begun = copies() / f"{_BEGUN}{os.urandom(8).hex()}"
    try:
        _sweep()
        begun.mkdir(parents=True)
        for path, data in content.files.items():
            file = begun / path
            file.parent.mkdir(parents=True, exist_ok=True)
            _write(file, data)
        _write(begun / LIST, listed_files(hashes))
        if os.path.lexists(target):  # damaged: somebody has been in there
            _away(target)
        try:
            os.rename(begun, target)
        except OSError:
            if not copy_whole(content.sha256, hashes):  # else another run was first
                raise
    except OSError as error:
        told = f"没有存成：{error.strerror or error}。"
        raise Rejected(Diagnostic(told, Place(str(copies())), "看看磁盘满了没有、这个文件夹能不能写。", code="shelf-not-kept"), exit_code=1) from None
    finally:
        _remove(begun)
    return True


def _write(file: Path, data: bytes) -> None:
    with open(file, "xb") as out:
        out.write(data)
        out.flush()
        with suppress(OSError):
            os.fsync(out.fileno())
    with suppress(OSError):
        os.chmod(file, stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)


def _away(target: Path) -> None:
    """Take a copy that is not whole out of the way, in one step, and then away."""
    aside = copies() / f"{_BEGUN}{os.urandom(8).hex()}"
    os.rename(target, aside)
    _remove(aside)


def _remove(folder: Path) -> None:
    """Take away a folder of read-only files, which Windows does not without more ado."""
    if not folder.is_dir() or folder.is_symlink():
        with suppress(OSError):
            folder.unlink()
        return
    for where, _, files in os.walk(folder):
        for file in files:
            with suppress(OSError):
                os.chmod(os.path.join(where, file), stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Take away what killed runs have left."""
    with suppress(OSError):
        for entry in os.scandir(copies()):
            if entry.name.startswith(_BEGUN) and time.time() - entry.stat().st_mtime > _DEAD_AFTER_S:
                _remove(Path(entry.path))


# ── those nobody has any more ──────────────────────────────────────────────────────────────────────────────────────


def prune(lock: Path, locked: Sequence[LockedShelf]) -> FreedCopies:
    """Note which copies a lock has now, and take away those that no lock known here has, and nobody has used for long. What cannot
    be looked at or taken away stays."""
    found = FreedCopies()
    with suppress(OSError, Rejected), turn(copies() / LOCKS, 0):
        if not (copies() / LOCKS).exists():  # whose the copies are that lie here already, nobody has noted
            for copy in copies().iterdir():
                with suppress(OSError):
                    os.utime(copy)
        noted = _noted()
        now = {**noted, str(lock): [copy_of(one.sha256).name for one in locked]}
        has = {path: names for path, old in now.items() if (names := _has_now(Path(path), old)) is not None}
        for name in {name for path, old in noted.items() for name in old if name not in has.get(path, ())}:
            with suppress(OSError):
                os.utime(copies() / name)  # until now it was in use
        rows = "".join(f"{name}  {path}\n" for path, names in sorted(has.items()) for name in names)
        save(copies() / LOCKS, rows.encode(), force=True)
        for old in _unused({name for names in has.values() for name in names}):
            size = sum(file.stat().st_size for file in old.rglob("*") if file.is_file())
            _away(old)
            found = FreedCopies(found.copies + 1, found.bytes + size)
    return found


def _noted() -> dict[str, list[str]]:
    """The locks that were written here, with the copies they had then."""
    out: dict[str, list[str]] = {}
    with suppress(OSError, UnicodeDecodeError):
        for row in (copies() / LOCKS).read_text(encoding="utf-8").splitlines():
            name, _, path = row.partition("  ")
            out.setdefault(path, []).append(name)
    return out


def _has_now(lock: Path, noted: list[str]) -> list[str] | None:
    """The copies a lock has by now, what is noted of it where it cannot be read or its disk is away; None where it is gone."""
    try:
        return [copy_of(one.sha256).name for one in read_lock(lock.read_text(encoding="utf-8"), str(lock))]
    except FileNotFoundError:
        return None if lock.parent.is_dir() else noted
    except (OSError, UnicodeDecodeError, Rejected):
        return noted


def _unused(known: set[str]) -> Iterator[Path]:
    for entry in [*os.scandir(copies())]:
        if _COPY.fullmatch(entry.name) and entry.name not in known and time.time() - entry.stat().st_mtime > KEPT_DAYS * 86_400:
            yield Path(entry.path)
