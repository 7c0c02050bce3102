"""Shelves from elsewhere as they lie on this machine: which `drafter.toml` asks for, what `drafter.lock` beside it says they
hold, and the copies they were taken into. Nothing here goes anywhere: `drafter outlines sync` fetches
(`drafter.commands.outlines.sync`).

A shelf's content has one hash: that of the list of its files with the hash of each. It names the folder of the copy, and the lock
has it. So what the lock says is looked up in the lock, what a copy holds is held against its hash when it is read, and what is
not here is refused and never made up for by another shelf.
"""

import os
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.shelf.address import LONGEST, called
from drafter.outline.shelf.places import COPIES, SETTINGS, user_home

#: The file beside the settings that has what was taken from elsewhere.
LOCK = "drafter.lock"

#: The list of files in each copy.
LIST = "files"

#: So many characters of a hash name a folder: Windows counts those of a whole path.
_NAMED = 32

#: The largest lock and the largest settings that are read for shelves (bytes).
_MOST, _MOST_SETTINGS = 8 << 20, 1 << 20

#: What may lie on a shelf, by its path: what drafter looks for in these folders, under names every system can have.
_NAME = r"[^\W_](?:[^/\\:*?\"<>|\x00-\x1f\x7f]{0,98}[^/\\:*?\"<>|\x00-\x1f\x7f\s.])?"
LEGAL = re.compile(rf"outlines/(?:passages/|basis/)?{_NAME}\.yaml|templates/{_NAME}/(?:styles\.yaml|layout\.j2|base\.docx)")

_DAY_S = 86_400

_RESET = "drafter outlines sync 重新写它。"


class LockedShelf(NamedTuple):
    """A shelf as the lock has it: `source` as `drafter.toml` says it, the `commit` it was taken at ("" where it is no git), the
    hash of its content, and of each of its files."""

    source: str
    commit: str
    sha256: str
    files: Mapping[str, str]


class ShelfAsked(NamedTuple):
    """What the settings that hold here ask for: the file they stand in ("" where none ask for shelves), and the sources in their
    order, as they are written."""

    settings: str = ""
    sources: tuple[str, ...] = ()

    @property
    def lock(self) -> Path:
        """Where the lock is, or will be."""
        return Path(self.settings).with_name(LOCK)


# ── the lock ───────────────────────────────────────────────────────────────────────────────────────────────────────


def listed_files(files: Mapping[str, str]) -> bytes:
    """The list of files whose hash is the content's."""
    return "".join(f"{files[path]}  {path}\n" for path in sorted(files)).encode()


def content_hash(files: Mapping[str, str]) -> str:
    """The hash of a shelf that holds these files (path → hash)."""
    from hashlib import sha256

    return sha256(listed_files(files)).hexdigest()


def lock_text(locked: Sequence[LockedShelf]) -> str:
    """A lock, the same for the same shelves; TOML, one file a line."""
    rows = ["# drafter outlines sync 写的，和 drafter.toml 一起交给同事；不要手改。", "version = 1"]
    for one in locked:
        rows += ["", "[[shelf]]", f"source = {_quoted(one.source)}"]
        rows += [f'commit = "{one.commit}"'] if one.commit else []
        rows += [f'sha256 = "{one.sha256}"', "", "[shelf.files]"]
        rows += [f'"{path}" = "{one.files[path]}"' for path in sorted(one.files)]
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


#: The rows a lock has. Read by hand: it may be long, and the standard library's reader of TOML takes ten times as long.
_ROW = re.compile(
    r"#.*|version = (?P<version>\d+)|(?P<begins>\[\[shelf\]\])|(?P<list>\[shelf\.files\])"
    r'|source = "(?P<source>(?:[^"\\]|\\["\\])*)"|commit = "(?P<commit>[0-9a-f]{40}|[0-9a-f]{64})"'
    r'|sha256 = "(?P<sha256>[0-9a-f]{64})"|"(?P<path>[^"\\]+)" = "(?P<hash>[0-9a-f]{64})"'
)


def read_lock(text: str, file: str) -> tuple[LockedShelf, ...]:
    """The shelves of a lock. Raises Rejected for one that was changed by hand, or that a later drafter has written."""

    def damaged(said: str, number: int = 0) -> Rejected:
        return Rejected(Diagnostic(said, Place(file, number), _RESET, code="lock-damaged"))

    out: list[LockedShelf] = []
    version = ""
    for number, row in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        found = _ROW.fullmatch(row.strip())
        if not row.strip() or (found and row.lstrip().startswith("#")):
            continue
        if found is None:
            merging = row.startswith(("<<<<<<<", "=======", ">>>>>>>"))
            raise damaged("合并的时候冲突了，还没有理好。" if merging else "这一行读不懂，是不是手改过？", number)
        if found["version"]:
            version = found["version"]
            if version != "1":
                raise Rejected(Diagnostic("这是更新的 drafter 写的，读不了。", Place(file, number), "换新的 drafter。", code="lock-damaged"))
        elif found["begins"]:
            out.append(LockedShelf("", "", "", {}))
        elif out and found["source"] is not None:
            out[-1] = out[-1]._replace(source=re.sub(r"\\(.)", r"\1", found["source"]))
        elif out and found["commit"]:
            out[-1] = out[-1]._replace(commit=found["commit"])
        elif out and found["sha256"]:
            out[-1] = out[-1]._replace(sha256=found["sha256"])
        elif out and found["path"] and LEGAL.fullmatch(found["path"]):
            out[-1] = out[-1]._replace(files=_with(out[-1].files, found["path"], found["hash"]))
        elif not found["list"]:
            raise damaged("这一行读不懂，是不是手改过？", number)
    if not version or any(not one.source or content_hash(one.files) != one.sha256 for one in out):
        raise damaged("里面的文件和 sha256 对不上，是不是手改过？")
    return tuple(out)


def _with(files: Mapping[str, str], path: str, sha256: str) -> Mapping[str, str]:
    """The files with one more; the dictionary belongs to the reading alone."""
    grown = files if isinstance(files, dict) and files else {}
    grown[path] = sha256
    return grown


# ── what holds here ────────────────────────────────────────────────────────────────────────────────────────────────


def locked_beside(asked: ShelfAsked) -> tuple[LockedShelf, ...]:
    """What the lock beside the settings has, () where there is none. Raises Rejected."""
    stamp = _stamp(str(asked.lock)) if asked.settings else None
    return _locked(str(asked.lock), stamp) if stamp else ()


@lru_cache(4)
def _locked(lock: str, stamp: tuple[int, int]) -> tuple[LockedShelf, ...]:
    try:
        if stamp[1] > _MOST:
            raise ValueError
        with open(lock, "rb") as file:
            text = file.read(_MOST).decode()
    except (OSError, ValueError):
        raise Rejected(Diagnostic("这个文件读不懂，是不是手改过？", Place(lock), _RESET, code="lock-damaged")) from None
    return read_lock(text, lock)


def asked_here() -> ShelfAsked:
    """What the settings that hold in the current folder ask for. Settings that cannot be read ask for nothing: whoever needs them
    says so."""
    here = os.path.abspath(os.curdir)
    while True:
        for name in SETTINGS:
            path = os.path.join(here, name)
            stamp = _stamp(path)
            sources = _sources(path, stamp) if stamp else None
            if sources is not None:
                return ShelfAsked(path, sources) if sources else ShelfAsked()
        above = os.path.dirname(here)
        if above == here:
            break
        here = above
    own = str(user_home() / SETTINGS[0])
    stamp = _stamp(own)
    sources = _sources(own, stamp) if stamp else None
    return ShelfAsked(own, sources) if sources else ShelfAsked()


def _stamp(path: str) -> tuple[int, int] | None:
    """What tells a file from what it was before; None where there is none."""
    try:
        about = os.stat(path)
    except (OSError, ValueError):
        return None
    return about.st_mtime_ns, about.st_size


@lru_cache(16)
def _sources(path: str, stamp: tuple[int, int]) -> tuple[str, ...] | None:
    """The shelves a file of settings asks for; None where it says nothing of drafter, and its like above is looked for."""
    own = os.path.basename(path) == SETTINGS[0]
    text = _text(path) if stamp[1] <= _MOST_SETTINGS else ""
    if not own and "tool.drafter" not in text:
        return None
    if own and "shelf" not in text and "kept" not in text:
        return ()
    if any(len(row) > LONGEST * 2 for row in text.split("\n")):
        return ()
    import tomllib

    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError):
        return ()
    tool = whole.get("tool")
    said = whole if own else tool.get("drafter") if isinstance(tool, dict) else None
    if not isinstance(said, dict) or set(said) == {"kept"}:
        return None
    shelves = said.get("shelf", [])
    return tuple(one for one in shelves if isinstance(one, str)) if isinstance(shelves, list) else ()


def _text(path: str) -> str:
    """The text of settings as any editor saves it, "" where it cannot be read."""
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST_SETTINGS)
    except OSError:
        return ""
    for encoding in ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


class FetchedShelf(NamedTuple):
    """A shelf that was asked for and taken: what it is called, where its copy is, and its files with their hashes."""

    called: str
    source: str
    folder: Path
    files: Mapping[str, str]


def fetched() -> tuple[FetchedShelf, ...]:
    """The shelves from elsewhere that hold here, in the order they are asked for, as the lock has them; those nobody has taken
    yet are none. Raises Rejected where the lock cannot be read."""
    asked = asked_here()
    if not asked.sources:
        return ()
    locked = {one.source: one for one in locked_beside(asked)}
    names = names_of(asked.sources)
    return tuple(
        FetchedShelf(names[source], source, copy_of(locked[source].sha256), locked[source].files)
        for source in dict.fromkeys(asked.sources)
        if source in locked
    )


def names_of(sources: Sequence[str]) -> dict[str, str]:
    """What the shelves are called: the last of their names, all of the address where two would be called the same."""
    short = [called(source) for source in sources]
    return {source: name if short.count(name) == 1 else source for source, name in zip(sources, short, strict=True)}


# ── copies ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def copies() -> Path:
    """The folder of all copies."""
    return user_home() / COPIES


def copy_of(sha256: str) -> Path:
    """The folder of the copy of a content."""
    return copies() / sha256[:_NAMED]


def is_here(locked: LockedShelf) -> bool:
    """Whether there is a copy of a shelf on this machine, with every file; what is in them is held against their hashes when they
    are read."""
    folder = copy_of(locked.sha256)
    known = _known(str(folder), folder.name, _stamp(str(folder / LIST)))
    return known is not None and all((folder / path).is_file() for path in known)


def held_against(path: Path, data: bytes | None) -> None:
    """Raises Rejected where a file below the copies is not what was taken, or (`data` None) is not there."""
    try:
        inner = Path(os.path.abspath(path)).relative_to(os.path.abspath(copies())).parts
    except ValueError:
        return
    if len(inner) < 2:
        return
    from hashlib import sha256

    below = "/".join(inner[1:])
    folder = str(copies() / inner[0])
    known = _known(folder, inner[0], _stamp(os.path.join(folder, LIST)))
    if data is not None and known is not None and known.get(below) == sha256(data).hexdigest():
        return
    told = "这份书架里的文件还没有取到这台电脑上。" if data is None or known is None else "这份书架里的文件和取来的时候不一样了，没有用它。"
    raise Rejected(Diagnostic(told, Place(str(path)), "照 drafter.lock 再取一次：drafter outlines sync --locked", code="shelf-not-here"))


@lru_cache(64)
def _known(folder: str, name: str, stamp: tuple[int, int] | None) -> Mapping[str, str] | None:
    """The files of a copy with their hashes; None where its list is not there, or is not the one the folder is named for."""
    from hashlib import sha256

    try:
        with open(os.path.join(folder, LIST), "rb") as file:
            data = file.read(_MOST)
    except OSError:
        return None
    if sha256(data).hexdigest()[:_NAMED] != name:
        return None
    with suppress(OSError):
        if time.time() - os.stat(folder).st_mtime > _DAY_S:
            os.utime(folder)  # in use: it is not taken away with the old ones
    return {row[66:]: row[:64] for row in data.decode("utf-8", "replace").split("\n") if row}
