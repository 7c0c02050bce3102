"""What names on the command line stand for: the files in folders, those that fit a pattern, those of a list; which of them
are this machine's, where several share the work; and where what is made of each goes.

Every file has a name within what was named (2024/讲话.docx in 稿/): the same on every machine, whatever its drive is called.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.readers.open import OUTLINE, kind_named, readable

#: A list of files is no longer (bytes): a million names.
_LONGEST_LIST = 256 << 20


class NamedFile(NamedTuple):
    """A file: the `path` it is opened by, and its name `within` what was named, with / between folders."""

    path: str
    within: str


class Shard(NamedTuple):
    """The part of the work that is this machine's: the first of 8 is Shard(1, 8). Each job falls to exactly one, whoever
    asks, and without asking anybody."""

    number: int
    of: int

    def holds(self, key: str | int) -> bool:
        """Whether a job is this one's: a file by its name within what was named, the row of a table by its number."""
        if isinstance(key, int):
            return key % self.of == self.number - 1
        import unicodedata
        from hashlib import blake2b

        name = unicodedata.normalize("NFC", key).encode("utf-8", "surrogatepass")  # macOS writes é in two characters
        return int.from_bytes(blake2b(name, digest_size=8).digest(), "big") % self.of == self.number - 1


#: More machines than anybody has.
_MOST_SHARDS = 10_000


def shard_of(said: str) -> Shard | None:
    """The part that "3/8" says, None for "". Raises Rejected."""
    if not said:
        return None
    found = re.fullmatch(r"\s*(\d{1,6})\s*[/／]\s*(\d{1,6})\s*", said)
    number, of = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= of <= _MOST_SHARDS:
        hint = "八台电脑分着做，各写 1/8、2/8……8/8。"
        raise Rejected(Diagnostic(f"--shard {said}：要写成 第几份/共几份。", None, hint, code="option-value"))
    return Shard(number, of)


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def files_named(names: Sequence[str]) -> tuple[str, ...]:
    """The files that names stand for: a folder for those in it and below that may hold a speech, a pattern (稿/*.docx,
    which not every shell resolves) for those it fits, in the order of their names. A name that stands for none is left as
    it is: who reads it says so."""
    return tuple(one.path for one in named(names))


def named(names: Sequence[str], without: str = "", linked: list[str] | None = None) -> tuple[NamedFile, ...]:
    """The same with the names within what was named. What lies in the folder `without` is left out: what is made goes
    there. To `linked` the folders are added that are links, which are not followed (`of_links`)."""
    linked = [] if linked is None else linked
    folders = sum(os.path.isdir(name) for name in names)
    common = _common([name for name in names if _is_apart(name)])
    aside = os.path.realpath(without) if without else ""
    seen: set[str] = set()
    out: list[NamedFile] = []
    for name in names:
        if os.path.isdir(name):
            within = os.path.basename(os.path.abspath(name)) if folders > 1 else ""
            found = _below(_within(name, aside, linked), name, within)
        elif any(c in name for c in "*?[") and not os.path.exists(name):
            found = _below(_fitting(name, aside, linked), _unvaried(name), "")
        else:
            found = iter(())
        some = False
        for one in found:
            some = True
            if one.path not in seen:
                seen.add(one.path)
                out.append(one)
        if not some:
            seen.add(name)
            out.append(NamedFile(name, _slashed(os.path.relpath(name, common) if common and _is_apart(name) else name)))
    if linked:
        told = {os.path.realpath(name if os.path.isdir(name) else _unvaried(name) or os.curdir) for name in names}
        linked[:] = [link for link in linked if os.path.realpath(link) not in told]
    return tuple(out)


def _below(paths: Iterator[str], folder: str, within: str) -> Iterator[NamedFile]:
    """Files below a folder, called as they are there."""
    for path in paths:
        inner = path[len(folder) :].lstrip(os.sep + (os.altsep or "")) if path.startswith(folder) and path != folder else path
        yield NamedFile(path, _slashed(os.path.join(within, inner)))


def _slashed(name: str) -> str:
    name = name.replace(os.sep, "/") if os.sep != "/" else name
    return re.sub(r"^(?:\./+)+", "", name)


def _is_apart(name: str) -> bool:
    """Whether a name says where a file is from the root of a disk, or from above here."""
    return os.path.isabs(name) or bool(os.path.splitdrive(name)[0]) or os.pardir in re.split(r"[/\\]" if os.sep == "\\" else "/", name)


def _common(names: Sequence[str]) -> str:
    """The folder all these files lie in or below, "" where there is none."""
    try:
        return os.path.commonpath([os.path.dirname(os.path.abspath(name)) for name in names]) if names else ""
    except ValueError:  # on several disks
        return ""


def _unvaried(pattern: str) -> str:
    """The folder before the first part of a pattern that stands for several."""
    before = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    return os.path.dirname(before)


def _within(folder: str, aside: str, linked: list[str]) -> Iterator[str]:
    """The files in a folder and below it that may hold a speech; outlines are none yet. Hidden ones are left out, and
    those by which office programs say that they have another open. Folders that cannot be opened are given themselves."""
    closed: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: closed.append(os.fspath(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if aside:
            folders[:] = [name for name in folders if os.path.realpath(os.path.join(place, name)) != aside]
        linked += _links(place, folders)
        for name in sorted(files):
            if not name.startswith((".", "~$")) and kind_named(name) not in (None, OUTLINE):
                yield os.path.join(place, name)
    yield from sorted(closed)


def _links(place: str, folders: Sequence[str]) -> list[str]:
    """Those of the folders in a place that are links."""
    return [path for name in folders if os.path.islink(path := os.path.join(place, name))]


def of_links(linked: Sequence[str]) -> tuple[Diagnostic, ...]:
    """That links to folders were not followed, where there are any."""
    if not linked:
        return ()
    told = "这个文件夹是链接，没有进去看。" if len(linked) == 1 else f"有 {len(linked):,} 个文件夹是链接，没有进去看，这是头一个。"
    hint = "要看里面的，把它也写在命令里。"
    return (Diagnostic(told, Place(linked[0]), hint, level=WARNING, code="links-not-followed"),)


def none_in(folder: str, done: str) -> Diagnostic:
    """That there is nothing to be `done` (检查) in a folder, or that nobody can tell."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        why = "没有权限" if isinstance(error, PermissionError) else error.strerror or str(error)
        told = f"打不开这个文件夹（{why}），里面的文件一个也没有看到。"
        return Diagnostic(told, Place(folder), "请管文件夹的人给您权限，再做一次。", code="file-not-readable")
    return Diagnostic(f"这个文件夹里没有能{done}的文件。", Place(folder), f"能读 {readable(OUTLINE)}。", code="folder-empty")


def _fitting(pattern: str, aside: str, linked: list[str]) -> Iterator[str]:
    from glob import glob

    deep = "**" in _parts(pattern)
    for name in sorted(_fitting_deep(pattern, linked) if deep else glob(pattern)):
        if aside and (os.path.realpath(os.path.dirname(name)) + os.sep).startswith(aside + os.sep):
            continue
        if deep and (os.path.isdir(name) or not os.path.lexists(name)):
            yield name  # a folder that could not be opened
        if os.path.isfile(name) and kind_named(name) is not None and not os.path.basename(name).startswith("~$"):
            yield name


def _fitting_deep(pattern: str, linked: list[str]) -> Iterator[str]:
    """The files a pattern with `**` fits, and the folders that could not be opened. Links to folders are not followed: one
    that leads back up has no end, and two of them have as many ways as there are files in the world."""
    base = _unvaried(pattern)
    top = base or os.curdir
    wanted = _parts(pattern[len(base) :].lstrip(os.sep + (os.altsep or "")))
    closed: list[str] = []
    for place, folders, files in os.walk(top, onerror=lambda error: closed.append(os.fspath(error.filename))):
        linked += [path for path in _links(place, folders) if not os.path.basename(path).startswith(".")]
        inner = os.path.relpath(place, top)
        above = [] if inner == os.curdir else _parts(inner)
        yield from (os.path.join(base, *above, name) for name in files if _fits([*above, name], wanted))
    yield from closed


def _parts(path: str) -> list[str]:
    return re.split(r"[/\\]" if os.sep == "\\" else "/", path)


def _fits(parts: list[str], wanted: list[str]) -> bool:
    """Whether a path is one of those a pattern stands for, as `glob` has it: hidden ones only where the pattern says so."""
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return _fits(parts, wanted[1:]) or (bool(parts) and not parts[0].startswith(".") and _fits(parts[1:], wanted))
    if not parts or (parts[0].startswith(".") and not wanted[0].startswith(".")):
        return False
    return fnmatch(parts[0], wanted[0]) and _fits(parts[1:], wanted[1:])


# ── lists ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def names_listed(file: str) -> tuple[str, ...]:
    """The names in a list of files, one a line (or each before a NUL, as `find -print0` writes them), "-" for standard input;
    as any editor saves it. Quotation marks around a name, as Windows copies a path, are none of it. Raises Rejected."""
    if file == "-":
        if sys.stdin is None or sys.stdin.isatty():
            told = "--files-from - 要从标准输入读文件名，可是没有东西送进来。例如：dir /b /s *.docx | drafter check --files-from -"
            raise Rejected(Diagnostic(told, code="standard-input"))
        data = sys.stdin.buffer.read(_LONGEST_LIST + 1)
    else:
        data = shelf.read_bytes(Path(file), _LONGEST_LIST)
    text = _decoded(data, "标准输入" if file == "-" else file)
    rows = text.split("\0") if "\0" in text else text.splitlines()
    names = [row.strip() if "\0" not in text else row for row in rows]
    names = [name[1:-1] if len(name) > 2 and name[0] == name[-1] == '"' else name for name in names]
    found = tuple(dict.fromkeys(filter(None, names)))
    if not found:
        raise Rejected(Diagnostic("名单里没有一个文件名。", Place(file), "一行写一个。", code="list-empty"))
    return found


def _decoded(data: bytes, name: str) -> str:
    """Raises Rejected for what is no text."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            if data.endswith(b"\0") and os.sep == "/":  # from `find -print0`: names are bytes, and some are no text
                return data.decode("utf-8", "surrogateescape")
    raise Rejected(Diagnostic("这个名单读不出来，不是文字。", Place(name), "存成 UTF-8 的文本文件，一行一个文件名。", code="list-unreadable"))


# ── where it goes ──────────────────────────────────────────────────────────────────────────────────────────────────


class Goes(NamedTuple):
    """Where what is made of a file goes: a path without its ending, below the folder that was asked for. `renamed`: the
    ending of the file is kept in it, because another one would be called the same."""

    file: NamedFile
    stem: str
    renamed: bool = False


def goes(files: Sequence[NamedFile], folder: str, own: str) -> tuple[Goes, ...]:
    """Where what is made of each of the files goes: the same folders in another one. Of files that would be called the same
    (讲话.doc and 讲话.docx) the first whose ending is `own` has the name; others keep their ending in it, or get a number."""
    stems = [os.path.splitext(_inside(one.within))[0] for one in files]
    taken = Counter(map(_alike, stems))
    owners = {_alike(stem): one.path for one, stem in zip(reversed(files), reversed(stems), strict=True) if one.within.lower().endswith(own)}
    used: set[str] = set()
    out = []
    for one, stem in zip(files, stems, strict=True):
        alike, renamed = _alike(stem), False
        if taken[alike] > 1 and owners.get(alike) != one.path:
            stem, renamed = _inside(one.within), True
        number, free = 2, stem
        while _alike(free) in used or (renamed and _alike(free) in taken):
            free, number = f"{stem}-{number}", number + 1
        used.add(_alike(free))
        out.append(Goes(one, os.path.join(folder, *free.split("/")), renamed))
    return tuple(out)


def _inside(within: str) -> str:
    """A name that leads nowhere but below a folder."""
    parts = [part for part in within.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(part.rstrip(":") if re.fullmatch(r"[A-Za-z]:", part) else part for part in parts)


def _alike(name: str) -> str:
    """What is one name to a file system that makes no difference between letters."""
    import unicodedata

    return unicodedata.normalize("NFC", name).casefold()
