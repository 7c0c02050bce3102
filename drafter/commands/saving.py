"""Bytes to a file that is afterwards the old one or the new one, never something between, whatever happens.

A temporary file in the same folder is written, flushed to the disk and given the name in one step. Its writer holds a
lock on it, so that the next run can tell what a killed run left behind from what another run is writing. Several files
are written all or none. What reads a file and writes it again goes through `drafter.commands.changing`.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_TEMP = re.compile(r"\.drafter-[0-9a-f]{16}\.tmp")

#: Windows: access denied, sharing violation, lock violation. Word does it, but so do virus scanners, indexers and sync
#: clients, which let go after a moment: hence ten tries in a second.
_HELD = (5, 32, 33)
_TRIES = 10
_PAUSE_S = 0.1

#: Where no lock can be asked for (Windows, some network folders), an older temporary file is taken for dead.
_DEAD_AFTER_S = 3600

#: How a file system says that it cannot do a thing at all: hard links on FAT, fsync on some network folders.
_CANNOT = ("EPERM", "EACCES", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EMLINK", "EINVAL")

_NAME = "这个文件名用不了：太长，或者有不许用的字符。"
_SPACE = "没有写成：磁盘满了，或者账号的空间用完了。"
_RIGHTS = "没有写成：没有权限写进这个文件夹。"
_MESSAGES = {
    "ENOSPC": _SPACE,
    "EDQUOT": _SPACE,
    "EFBIG": "没有写成：这里不让写这么大的文件。",
    "EROFS": "没有写成：这个磁盘是只读的。",
    "EACCES": _RIGHTS,
    "EPERM": _RIGHTS,
    "ENAMETOOLONG": _NAME,
    "EINVAL": _NAME,
    "EILSEQ": _NAME,
}


class Output(NamedTuple):
    """A file to write. `force` replaces a file that is there; `inputs` are files it must not be.

    `was`: it is a file that was read to be changed, and these are its bytes: only over them it is written. `keep`: what
    was there stays beside it, under a name of its own. `folder_hint`: its folder is made where it is not there, and
    this is what to do where that fails; None makes no folder. `option` is the one that gives it another name. `mode`: the
    rights a new file has, None for those that files usually have.
    """

    path: Path
    data: bytes
    force: bool = False
    inputs: Sequence[Path] = ()
    was: bytes | None = None
    keep: bool = False
    folder_hint: str | None = None
    option: str = "-o"
    mode: int | None = None


class _Staged:
    """An output on its way: what it replaces, the temporary file its bytes are in, and what has to be undone."""

    def __init__(self, output: Output, old: os.stat_result | None) -> None:
        self.output, self.old = output, old
        self.temp = _temp(output.path)
        self.file: int | None = None
        self.copy: Path | None = None
        self.copy_is_new = False
        self.committed = self.swapped = False


def save(path: Path, data: bytes, *, force: bool = False, inputs: Sequence[Path] = ()) -> None:
    """Write `data` to `path`. `force` replaces a file that is there; `inputs` are files it must not be.

    Raises Rejected: 2 for a name that will not do, 1 where the disk, rights or another program are in the way. What was
    there is then as it was, and nothing new lies in the folder.
    """
    save_all([Output(path, data, force, inputs)])


def save_all(outputs: Sequence[Output], swept: set[Path] | None = None) -> tuple[str, ...]:
    """Write all of them or none; what each has kept of what was there, "" for nothing. All refusals come first, then
    all bytes are on the disk, then the names are given. `swept` are folders that were cleared of what killed runs left,
    which costs the more the more files there are. Raises Rejected as `save` does."""
    _apart(outputs)
    made = _Folders()
    staged: list[_Staged] = []
    try:
        for output in outputs:
            with _explained(output):
                staged.append(_Staged(output, _checked(output)))
                made.make(output)
        for folder in {file.temp.parent for file in staged}:
            if swept is None or folder not in swept:
                _sweep(folder)
        if swept is not None:
            swept |= {file.temp.parent for file in staged}
        for file in staged:
            with _explained(file.output):
                _stage(file)
        for file in staged:
            with _explained(file.output):
                _commit(file, alone=len(staged) == 1)
        _clear(staged)
    except BaseException:  # Ctrl-C too, even in the line above
        _undo(staged)
        made.undo(staged)
        raise
    for folder in {output.path.parent for output in outputs}:
        flush_folder(folder)
    return tuple(str(file.copy or "") for file in staged)


def check(path: Path, *, force: bool = False, inputs: Sequence[Path] = (), option: str = "-o") -> None:
    """Raise what `save` would raise for what can be seen beforehand, and write nothing."""
    check_all([Output(path, b"", force, inputs, option=option)])


def check_all(outputs: Sequence[Output]) -> None:
    """Raise what `save_all` would raise for what can be seen beforehand, and write nothing."""
    _apart(outputs)
    for output in outputs:
        with _explained(output):
            old = _checked(output)
            if not old and output.folder_hint is None and not output.path.parent.is_dir():
                raise FileNotFoundError(errno.ENOENT, "")


@contextmanager
def _explained(output: Output) -> Iterator[None]:
    """What the system says, in words a writer can act on."""
    try:
        yield
    except FileExistsError:
        raise Rejected(_exists(output)) from None
    except OSError as error:
        raise explain(output.path, error) from None


def _apart(outputs: Sequence[Output]) -> None:
    """Raise where two of them are one file."""
    seen: list[Path] = []
    for output in outputs if len(outputs) > 1 else ():
        path = Path(os.path.realpath(output.path))
        if any(path == other or _same(path, other) for other in seen):
            message = "两样东西要写进同一个文件。"
            raise Rejected(_problem(output.path, message, "给它们不同的文件名。", code="outputs-same"))
        seen.append(path)


def _same(path: Path, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        return False


class _Folders:
    """The folders made for outputs, to be taken away again where nothing comes of them."""

    def __init__(self) -> None:
        self.made: list[Path] = []

    def make(self, output: Output) -> None:
        """Make the folder of an output. Raises Rejected."""
        if output.folder_hint is not None and not output.path.parent.is_dir():
            above = [folder for folder in (output.path.parent, *output.path.parent.parents) if not folder.exists()]
            self.made += reversed(above)
            folder_made(output.path, output.folder_hint)

    def undo(self, staged: Sequence[_Staged]) -> None:
        """Take them away where they are empty, which they are not where an output stayed."""
        for folder in reversed(self.made):
            with suppress(OSError):
                folder.rmdir()


def _checked(output: Output) -> os.stat_result | None:
    """What is there and may be replaced; None where nothing is."""
    try:
        old = os.lstat(output.path)
    except FileNotFoundError:
        return None
    except ValueError:  # NUL, or a lone surrogate
        raise OSError(errno.EINVAL, "") from None
    _allow(output, old)
    return old


def _allow(output: Output, old: os.stat_result) -> None:
    """Raise where what is there must not be replaced."""
    path = output.path
    if stat.S_ISDIR(old.st_mode):
        raise Rejected(_problem(path, "这是文件夹，不是文件。", f"写上文件名：{_named(path / '讲话稿.docx', output.option)}", code="file-is-folder"))
    other = f"换个名字：{_named(free(path), output.option)}"
    if stat.S_ISLNK(old.st_mode):
        raise Rejected(_problem(path, "这是指向别处的链接，没有往里写。", f"{other}；或者直接写它指向的文件", code="file-is-link"))
    if not stat.S_ISREG(old.st_mode):
        raise Rejected(_problem(path, "这是设备，不是普通文件，没有往里写。", other, code="file-not-regular"))
    for source in output.inputs:
        with suppress(OSError, ValueError):
            if os.path.samestat(os.stat(source), old):
                raise Rejected(_problem(path, "这正是要读的文件，写上去原文就没有了。", other, code="file-is-input"))
    if not output.force:
        raise Rejected(_exists(output))
    if not old.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise Rejected(_problem(path, "这个文件是只读的，没有动它。", f"{other}；要覆盖：先去掉“只读”", code="file-read-only"), exit_code=1)
    from drafter.commands.elsewhere import holder

    held = holder(path)
    if held:
        raise Rejected(held.refusal(path.name), exit_code=1)


def _stage(file: _Staged) -> None:
    """The bytes of an output, on the disk under another name, with the rights of what it replaces."""
    mode = file.old.st_mode & 0o777 if file.old else file.output.mode
    while (number := _create(file.temp, 0o666 if mode is None else mode)) is None:
        file.temp = _temp(file.output.path)
    file.file = number
    if file.old and sys.platform != "win32":
        from drafter.commands.replacing import keep_attributes

        keep_attributes(file.output.path, file.old, number)
    _fill(number, file.output.data, mode)


def _commit(file: _Staged, alone: bool) -> None:
    """Give the bytes their name. `alone`: no other file hangs on it, so that it need not be undone."""
    output = file.output
    if sys.platform == "win32":  # an open file cannot be renamed there
        _close(file)
    if output.was is not None:
        _commit_over(file, output.was)
    elif not output.force:
        patiently(claim, file.temp, output.path)
    elif alone or not file.old:
        patiently(os.replace, file.temp, output.path)
    else:
        from drafter.commands.replacing import swap

        file.swapped = swap(file.temp, output.path)
        if not file.swapped:
            patiently(os.replace, file.temp, output.path)
    file.committed = True


def _commit_over(file: _Staged, was: bytes) -> None:
    """The same over what was read, of which a copy is kept where that is wanted."""
    from drafter.commands.replacing import SavedMeanwhile, copied, swapped

    output = file.output
    if _checked(output) is None:  # somebody may also have opened it since
        raise SavedMeanwhile(output.path)
    if output.keep:
        file.copy, is_there, file.copy_is_new = copied(output.path, was)
        if not is_there:
            save(file.copy, was)
            file.copy_is_new = True
            with suppress(OSError):
                os.chmod(file.copy, stat.S_IMODE(os.stat(output.path).st_mode))
    file.swapped = swapped(file.temp, output.path, was)
    if not file.swapped:
        patiently(os.replace, file.temp, output.path)


def _undo(staged: Sequence[_Staged]) -> None:
    """As it was before; but where all had their names already, what is written stays."""
    if not all(file.committed for file in staged):
        for file in reversed(staged):
            with suppress(OSError):
                if file.committed and file.swapped:
                    from drafter.commands.replacing import swap

                    swap(file.temp, file.output.path)
                elif file.committed and not file.old:
                    os.unlink(file.output.path)
            if file.copy and file.copy_is_new:
                _remove(file.copy)
    _clear(staged)


def _clear(staged: Sequence[_Staged]) -> None:
    for file in staged:
        try:
            _close(file)
        finally:
            _remove(file.temp)


def _close(file: _Staged) -> None:
    number, file.file = file.file, None
    if number is not None:
        os.close(number)


def _fill(file: int, data: bytes, mode: int | None) -> None:
    if mode is not None and sys.platform != "win32":
        with suppress(OSError):  # FAT keeps no modes
            os.fchmod(file, mode)
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]
    try:
        os.fsync(file)
    except OSError as error:  # a file system that cannot be asked is taken at its word
        if errno.errorcode.get(error.errno or 0) not in _CANNOT:
            raise


def _remove(temp: Path) -> None:
    with suppress(OSError):
        os.unlink(temp)


def _temp(path: Path) -> Path:
    return path.with_name(f".drafter-{os.urandom(8).hex()}.tmp")


def _create(temp: Path, mode: int) -> int | None:
    """A new file, locked; None where the name is taken, or another run took it for dead before it was locked."""
    try:
        file = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    except FileExistsError:
        return None
    if taken(file) is not False and os.fstat(file).st_nlink:
        return file
    os.close(file)
    _remove(temp)
    return None


def taken(file: int) -> bool | None:
    """Whether an open file is ours alone now, until it is closed; None where the file system cannot say."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _sweep(folder: Path) -> None:
    """Remove the temporary files of runs that were killed. What cannot be looked at stays."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if _TEMP.fullmatch(name):
                with suppress(OSError):
                    _sweep_one(folder / name)


def _sweep_one(temp: Path) -> None:
    found = os.lstat(temp)
    if not stat.S_ISREG(found.st_mode):
        return
    file = os.open(temp, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        ours = taken(file)
        if ours is None:
            import time

            ours = time.time() - found.st_mtime > _DEAD_AFTER_S
        if ours and sys.platform != "win32":
            os.unlink(temp)  # while we hold the lock: nobody else can be writing it
    finally:
        os.close(file)
    if ours and sys.platform == "win32":
        os.unlink(temp)  # fails where another run has it open


def claim(temp: Path, path: Path) -> None:
    """Give the file its name only if the name is still free, in one step: FileExistsError where it is not."""
    if sys.platform == "win32":
        os.rename(temp, path)
        return
    try:
        os.link(temp, path)
    except OSError as error:
        if errno.errorcode.get(error.errno or 0) not in _CANNOT:
            raise
    else:
        return
    try:  # no links here: take the name with an empty file, then fill it
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.replace(temp, path)
    except FileExistsError:
        raise
    except BaseException:
        with suppress(OSError):
            if not os.lstat(path).st_size:
                os.unlink(path)
        raise


def patiently(commit: Callable[[Path, Path], None], temp: Path, path: Path) -> None:
    """Do it; where another program holds the file (Windows only), try again for a second."""
    for left in reversed(range(_TRIES)):
        try:
            commit(temp, path)
            return
        except OSError as error:
            if not left or getattr(error, "winerror", None) not in _HELD:
                raise
        import time

        time.sleep(_PAUSE_S)


def flush_folder(folder: Path) -> None:
    """Make the new name last. The file is in place already, so that nothing here may fail."""
    if sys.platform != "win32":
        with suppress(OSError):
            file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(file)
            finally:
                os.close(file)


def explain(path: Path, error: OSError) -> Rejected:
    """The same in words a writer can act on."""
    if getattr(error, "winerror", None) in _HELD:
        return Rejected(
            _problem(path, "这个文件正被别的程序占着，没有动它。", "请先在 Word 里关闭，再试一次", code="file-open-elsewhere"), exit_code=1
        )
    for folder in reversed([path.parent, *path.parent.parents]):
        if not os.path.isdir(folder) and isinstance(error, (FileNotFoundError, NotADirectoryError)):
            there = os.path.lexists(folder)
            message = f"没有写成：“{folder}”不是文件夹。" if there else f"没有写成：没有“{folder}”这个文件夹。"
            here = f"换个地方：{_named(path.name)}"
            return Rejected(
                _problem(path, message, here if there else f"先新建这个文件夹，或者{here}", code="folder-not-there"), exit_code=1
            )
    name = errno.errorcode.get(error.errno or 0, "")
    message = _MESSAGES.get(name, f"没有写成：磁盘或网络出了错（{name or error.errno}）。")
    if message == _NAME:
        return Rejected(_problem(path, message, "换个短一点、只有文字和数字的名字：-o 讲话稿.docx", code="file-name"))
    first = "腾出空间再试，或者" if message == _SPACE else ""
    return Rejected(_problem(path, message, f"{first}换个地方：-o 别的文件夹/{path.name}", code="file-not-written"), exit_code=1)


def will_not_do(problems: Sequence[Diagnostic]) -> bool:
    """Whether the disk takes nothing more, whatever the next file is: it is full, or may only be read."""
    return any(one.code == "file-not-written" and one.message in (_SPACE, _MESSAGES["EROFS"]) for one in problems)


def _exists(output: Output) -> Diagnostic:
    return Diagnostic(f"{output.path.name} 已经有了。换个名字：{_named(free(output.path), output.option)}；要覆盖：--force", code="file-exists")


def _problem(path: Path, message: str, hint: str, *, code: str) -> Diagnostic:
    return Diagnostic(message, Place(path.name or str(path)), hint, code=code)


def _named(path: Path | str, option: str = "-o") -> str:
    """The option that names a file, as it is typed."""
    from drafter.commands.next_step import as_typed

    return f"{option} {as_typed(path)}"


def free(path: Path) -> Path:
    """The first name with a number that is free: 讲话2.docx, and 讲话2026-2.docx after a digit."""
    dash = "-" if path.stem[-1:].isdigit() else ""
    names = (path.with_name(f"{path.stem}{dash}{n}{path.suffix}") for n in count(2))
    return next(name for name in names if not os.path.lexists(name))


def free_of(path: Path) -> Path:
    """The path itself where there is nothing yet, else the first with a number that is free."""
    return free(path) if os.path.lexists(path) else path


def folder_made(path: Path, hint: str = "") -> Path:
    """The path, in a folder that is there now. `hint` is what to do where it cannot be made. Raises Rejected."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Rejected(
            Diagnostic(f"建不了文件夹（{error.strerror}）。", Place(str(path.parent)), hint, code="folder-not-made"), exit_code=1
        ) from None
    return path
