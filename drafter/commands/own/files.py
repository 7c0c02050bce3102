"""Outlines, passages and tables of the office's own: found by kind and name, copied, renamed, thrown away, taken back."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from drafter.commands.saving import Output, folder_made, save_all
from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline import shelf

#: What is kept of a kind, and the shelf it stands on.
KINDS = {"outlines": shelf.OUTLINES, "passages": shelf.PASSAGES, "basis": shelf.BASIS}

#: What a kind is called.
CALLED = {"outlines": "提纲", "passages": "段落", "basis": "依据表"}

#: The folder of the user's own folder that holds what was thrown away, replaced and not yet saved.
STOCK = Path("存稿")

#: A moment in the name of a file.
STAMP = "%Y%m%d-%H%M%S"
_BINNED = re.compile(r"(\d{8}-\d{6})(?:-\d+)? (.+)")


class Shelved(NamedTuple):
    """An outline, passage or table on the shelves. `own`: it is the office's and may be written; `hides`: something of
    the same name that came with drafter is out of sight because of it. `origin` is the shelf elsewhere it was taken from, "" for
    none."""

    kind: str
    name: str
    path: Path
    own: bool
    hides: bool = False
    origin: str = ""


class Binned(NamedTuple):
    """Something that was thrown away: `key` finds it again, `when` is when that was."""

    kind: str
    key: str
    name: str
    when: datetime


def shelved(kind: str, name: str) -> Shelved:
    """What is called so. Raises Rejected where there is no such kind or name."""
    for found in shelf.listed(KINDS[kind]) if kind in KINDS else ():
        if found.name == name:
            own = is_own(kind, found.path)
            origin = found.origin if not own and shelf.COPIES in found.path.parts else ""
            return Shelved(kind, name, found.path, own, bool(found.hides), origin)
    raise Rejected(Diagnostic(f"没有叫“{name[:60]}”的{CALLED.get(kind, '提纲')}。", code="name-not-found"))


def is_own(kind: str, path: Path) -> bool:
    """Whether a file on the shelf of a kind is the office's own, and not one that came with drafter or from a shelf elsewhere."""
    return os.path.realpath(path.parent) != os.path.realpath(shelf.shipped() / KINDS[kind]) and not shelf.is_given(path)


def own(kind: str, name: str) -> Shelved:
    """The same of one that may be written. Raises Rejected for one that came with drafter."""
    found = shelved(kind, name)
    if not found.own:
        told = f"“{name}”是{'自带的' if not found.origin else '从书架上取来的'}，不能直接改。"
        raise Rejected(Diagnostic(told, None, "先照它改一份，再改自己的那一份。", code="outline-shipped"))
    return found


class CopyRequest(NamedTuple):
    """What is copied, and what the copy is called."""

    kind: str
    name: str
    new: str


def copy(request: CopyRequest) -> Shelved:
    """A copy on the office's own shelf. Raises Rejected where the name will not do or is taken there."""
    found = shelved(request.kind, request.name)
    text = shelf.read_source(found.path)[0].text
    return _put(request.kind, request.new, _bare(text))


class StartRequest(NamedTuple):
    """A new outline, and what it is called."""

    name: str


def start(request: StartRequest) -> Shelved:
    """A commented outline to start from, on the office's own shelf. Raises Rejected."""
    from drafter.outline.starter import starter

    return _put("outlines", request.name, starter(request.name.strip()))


#: The line that sends editors of programmers to the schema; nobody else needs it.
_SCHEMA_LINE = re.compile(r"# yaml-language-server:.*\n")


def _bare(text: str) -> str:
    found = _SCHEMA_LINE.match(text)
    return text[found.end() :] if found else text


def _put(kind: str, name: str, text: str) -> Shelved:
    name = _usable(kind, name)
    path = Path(KINDS[kind]) / f"{name}.yaml"
    _free(kind, name, path.parent)
    save_all([Output(path, text.encode(), folder_hint="")])
    return shelved(kind, name)


def _usable(kind: str, name: str) -> str:
    name = name.strip()
    if not name:
        raise Rejected(Diagnostic("还没有写名称。", None, "给它起个名称，例如：信访会议讲话", code="name-syntax"))
    if not shelf.usable_name(name) or name.lower().endswith((".yaml", ".yml")):
        hint = "名称里不能有斜线、冒号、引号这些符号，开头要是字或数字，末尾不能是点，最多一百个字。"
        raise Rejected(Diagnostic(f"“{name[:60]}”不能作{CALLED[kind]}的名称。", None, hint, code="name-syntax"))
    return name


def _free(kind: str, name: str, folder: Path) -> None:
    """Raises Rejected where a file of the name stands in a folder, in whatever case of its letters."""
    if any(stem.casefold() == name.casefold() for stem, _ in shelf.on_shelf(KINDS[kind], folder)) and is_own(kind, folder / name):
        raise Rejected(Diagnostic(f"已经有叫“{name}”的{CALLED[kind]}了。", None, "换个名称。", code="file-exists"))
    if not is_own(kind, folder / name):
        raise Rejected(Diagnostic("这个文件夹里是自带的提纲，不能在这里存自己的。", None, "换个文件夹再打开起草台。", code="outline-shipped"))


class RenameRequest(NamedTuple):
    """What is to be called otherwise, and how."""

    kind: str
    name: str
    new: str


def rename(request: RenameRequest) -> Shelved:
    """The same under a new name, its older texts with it. Raises Rejected."""
    found = own(request.kind, request.name)
    name = _usable(request.kind, request.new)
    if name == found.name:
        return found
    if name.casefold() != found.name.casefold():
        _free(request.kind, name, found.path.parent)
    os.rename(found.path, found.path.with_name(name + found.path.suffix))
    with suppress(OSError):
        older, newer = older_folder(request.kind, found.name), older_folder(request.kind, name)
        newer.parent.mkdir(parents=True, exist_ok=True)
        os.rename(older, newer)
    return Shelved(request.kind, name, found.path.with_name(name + found.path.suffix), True)


def users(kind: str, name: str) -> tuple[str, ...]:
    """The names of the office's own outlines that take something in by its name, and would miss it."""
    word = "basis" if kind == "basis" else "extends|include"
    named = re.compile(rf"^[ \t]*(?:- +)*(?:{word}):[ \t]+['\"]?{re.escape(name)}['\"]?[ \t]*(?:#.*)?$", re.M)
    out = []
    for found in shelf.listed(shelf.OUTLINES):
        if found.name != name and is_own("outlines", found.path):
            with suppress(Rejected):
                if named.search(shelf.read_source(found.path)[0].text):
                    out.append(found.name)
    return tuple(out)


# ── what was thrown away ───────────────────────────────────────────────────────────────────────────────────────────


def delete(kind: str, name: str) -> Binned:
    """Move it to where it can be taken back from. Raises Rejected for what came with drafter."""
    found = own(kind, name)
    when = datetime.now()
    target = _bin(kind) / f"{when.strftime(STAMP)} {name}{found.path.suffix}"
    for n in range(2, 100):
        if not os.path.lexists(target):
            break
        target = _bin(kind) / f"{when.strftime(STAMP)}-{n} {name}{found.path.suffix}"
    folder_made(target)
    os.rename(found.path, target)
    return Binned(kind, target.stem, name, when.replace(microsecond=0))


def binned(kind: str) -> tuple[Binned, ...]:
    """What of a kind was thrown away, the latest first."""
    return tuple(sorted((one for one, _ in _in_bin(kind)), key=lambda one: one.key, reverse=True))


def restore(kind: str, key: str, name: str = "") -> Shelved:
    """Back on the shelf, under another `name` where its own is taken. Raises Rejected where it is not there any more, or the name
    will not do."""
    for one, path in _in_bin(kind):
        if one.key == key:
            name = _usable(kind, name or one.name)
            target = Path(KINDS[kind]) / (name + path.suffix)
            _free(kind, name, target.parent)
            folder_made(target)
            os.rename(path, target)
            return shelved(kind, name)
    raise Rejected(Diagnostic("回收站里没有这一份了。", code="name-not-found"))


def _bin(kind: str) -> Path:
    return STOCK / "回收" / CALLED[kind]


def _in_bin(kind: str) -> Iterator[tuple[Binned, Path]]:
    for stem, path in _yaml_files(_bin(kind)) if kind in KINDS else ():
        said = _BINNED.fullmatch(stem)
        if said:
            yield Binned(kind, stem, said[2], datetime.strptime(said[1], STAMP)), path


def _yaml_files(folder: Path) -> Iterator[tuple[str, Path]]:
    for file, _, _ in shelf.yaml_files(folder):
        yield Path(file).stem, Path(file)


def older_folder(kind: str, name: str) -> Path:
    """Where the older texts of something are."""
    return STOCK / "旧版" / CALLED[kind] / name
