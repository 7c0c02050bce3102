"""What users have given the desk, and what was made of it: files under ids, in 存稿 below the user's folder.

A page names a file by its id and a number, never by a path. Nothing is thrown away unless the user says so.
"""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from drafter.commands.filename import legal_name
from drafter.commands.saving import free_of, save
from drafter.commands.workplace import KEPT
from drafter.desk.show import NotHere
from drafter.diagnostic import Diagnostic, Rejected

_ID = re.compile(r"[0-9a-f]{12}")

#: Below 存稿: a folder for every file given, with that file in it by its own name, and a folder of what was made of it.
_GIVEN = "收到的稿"
_MADE = "做好的"

#: Where those are that were thrown away, until they are wanted back, or gone for good.
_GONE = "删掉的稿"

#: Files that are kept, more than an office makes in years; the oldest are not thrown away, but no more come in.
MAX_GIVEN = 20_000

#: The endings of tables: they are no papers, and stand in no list of them.
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".json", ".jsonl")


class Received(NamedTuple):
    """A file a user has given. `path` is relative to the user's folder, `when` it came."""

    id: str
    name: str
    path: Path
    when: datetime

    @property
    def made_folder(self) -> Path:
        """Where commands write what they make of it."""
        folder = self.path.parent / _MADE
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def files(self) -> tuple[Path, ...]:
        """The file itself, then what was made of it, the oldest first: a page names them by their number here."""
        made = self.path.parent / _MADE
        rows = sorted(made.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name)) if made.is_dir() else []
        return (self.path, *(path for path in rows if path.is_file() and not path.name.startswith(".")))

    def new_file(self, mark: str, ending: str = ".docx") -> Path:
        """Where a file made of it goes: its own name with a mark behind, which stays whole however long the name is, and a number
        where that is taken."""
        return free_of(self.made_folder / legal_name(self.path.stem, f"{mark}{ending}"))

    def made_file(self, number: int) -> Path:
        """The file of a number that was made of it. Raises NotHere."""
        files = self.files
        if not 0 < number < len(files):
            raise NotHere
        return files[number]

    def made_row(self, number: str, called: str) -> tuple[str, int, str, str] | None:
        """The same for a number as an address tells it, as `parts.made` shows it; None where there is no such file."""
        try:
            return (self.id, int(number), self.made_file(int(number)).name, called) if re.fullmatch("[0-9]{1,5}", number) else None
        except NotHere:
            return None

    def number(self, path: Path | str) -> int:
        """The number a page names a file by."""
        names = [os.path.abspath(file) for file in self.files]
        return names.index(os.path.abspath(path))


def new_id() -> str:
    """An id nobody can guess."""
    return secrets.token_hex(6)


def received(name: str, data: bytes) -> Received:
    """Keep a file a user gives. Raises Rejected where it is empty, or too many are kept."""
    if not data:
        raise Rejected(Diagnostic(f"“{clean_name(name)}”是空的，里面没有内容。", None, "看看是不是选错了文件。", code="file-empty"))
    if sum(1 for _ in _folders()) >= MAX_GIVEN:
        raise Rejected(Diagnostic("收到的稿已经很多了，没有再收。", None, "在“改稿”里删掉一些不用的。", code="desk-full"))
    number = new_id()
    path = Path(KEPT) / _GIVEN / number / clean_name(name)
    path.parent.mkdir(parents=True)
    save(path, data)
    return received_by(number)


def received_by(number: str) -> Received:
    """The file of an id. Raises NotHere."""
    return _kept_in(_GIVEN, number)


def gone_by(number: str) -> Received:
    """The same of one that was thrown away. Raises NotHere."""
    return _kept_in(_GONE, number)


def _kept_in(place: str, number: str) -> Received:
    folder = Path(KEPT) / place / number
    try:
        if not _ID.fullmatch(number):
            raise NotHere
        name = _first(str(folder.absolute()), folder.stat().st_mtime_ns)
        return Received(number, name, folder / name, datetime.fromtimestamp((folder / name).stat().st_mtime))
    except OSError:
        raise NotHere from None


@lru_cache(MAX_GIVEN)
def _first(folder: str, changed: int) -> str:
    """The name of the file given in a folder that was changed then: thousands are listed again and again. Raises NotHere."""
    with os.scandir(folder) as rows:
        names = [row.name for row in rows if not row.name.startswith(".") and row.is_file()]
    if not names:
        raise NotHere
    return min(names)


def all_received() -> list[Received]:
    """All papers given, the newest first."""
    return _all(lambda file: file.path.suffix.lower() not in TABLES)


def all_tables() -> list[Received]:
    """All tables given, the newest first."""
    return _all(lambda file: file.path.suffix.lower() in TABLES)


def _all(wanted: Callable[[Received], bool]) -> list[Received]:
    out = []
    for folder in _folders():
        try:
            out.append(received_by(folder.name))
        except NotHere:
            continue
    return sorted(filter(wanted, out), key=lambda file: file.when, reverse=True)


def not_kept(number: str) -> None:
    """A file given is not kept after all. Raises NotHere."""
    shutil.rmtree(received_by(number).path.parent)


def thrown_away(number: str) -> None:
    """Put a file given aside, with what was made of it. Raises NotHere, and Rejected where one of them is in use."""
    _moved(received_by(number), _GONE)
    os.utime(gone_by(number).path.parent)


def taken_back(number: str) -> Received:
    """Have it back. Raises NotHere, and Rejected where one of them is in use."""
    _moved(gone_by(number), _GIVEN)
    return received_by(number)


def gone_for_good(number: str) -> None:
    """Delete what was thrown away. Raises NotHere, and Rejected where one of them is in use."""
    file = gone_by(number)
    try:
        shutil.rmtree(file.path.parent)
    except OSError:
        raise _in_use(file) from None


def all_gone() -> list[Received]:
    """All that was thrown away, the last first."""
    when = {folder.name: folder.stat().st_mtime for folder in _folders(_GONE)}
    return [gone_by(number) for number in sorted(when, key=when.__getitem__, reverse=True)]


def _moved(file: Received, place: str) -> None:
    folder = Path(KEPT) / place
    folder.mkdir(exist_ok=True)
    try:
        file.path.parent.rename(folder / file.id)
    except OSError:
        raise _in_use(file) from None


def _in_use(file: Received) -> Rejected:
    return Rejected(Diagnostic(f"“{file.name}”没有动：它，或者用它做的文件，正开着。", None, "在 Word 里关上，再来一次。", code="desk-in-use"), exit_code=1)


def _folders(place: str = _GIVEN) -> Iterator[Path]:
    folder = Path(KEPT) / place
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if _ID.fullmatch(path.name))


def clean_name(name: str) -> str:
    """The file name for one that somebody else gave: no folders, and none that a system refuses."""
    stem, ending = os.path.splitext(re.split(r"[\\/]", name)[-1])
    if len(ending) > 9 or not re.fullmatch(r"\.\w+", ending):
        stem, ending = stem + ending, ""
    return legal_name(stem, ending)
