"""Files in a folder of outlines that are no outlines as they stand there, and why: nothing somebody has put there is passed
over in silence."""

import os
import unicodedata
from pathlib import Path

from drafter.commands.next_step import as_typed
from drafter.diagnostic import WARNING, Diagnostic, Place
from drafter.outline import shelf

_SUFFIXES = (".yaml", ".yml")

#: Files of old speeches, which people put where the outlines are.
_SPEECHES = (".docx", ".doc", ".wps", ".odt", ".rtf", ".pdf")

#: Folders in a folder of outlines that have a meaning of their own.
_OWN = ("passages", "basis")

#: So many are told.
_MOST = 20


def left_out() -> tuple[Diagnostic, ...]:
    """The files in the folders of outlines, this folder's and the user's, that are not listed."""
    out: list[Diagnostic] = []
    seen: set[str] = set()
    for place in shelf.shelves(shelf.OUTLINES)[:-1]:
        where = os.path.realpath(place.folder)
        if place.holds is not None or where in seen or where == os.path.realpath(shelf.shipped() / shelf.OUTLINES):
            continue
        seen.add(where)
        entries = _entries(place.folder)
        for entry in entries:
            said = _why(place.folder / entry, entries)
            if said and len(out) < _MOST:
                out.append(Diagnostic(said[0], Place(str(place.folder / entry)), said[1], level=WARNING, code="outline-left-out"))
    return tuple(out)


def _entries(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _why(path: Path, entries: list[str]) -> tuple[str, str] | None:
    """Why a file is no outline, and what to do about it; None for one that is, or that nobody takes for one."""
    name, low = path.name, path.name.lower()
    if name.startswith((".", "~$", "~")) or low.endswith(("~", ".bak", ".swp", ".tmp")):
        return None  # what programs leave
    if low.endswith((".yaml.txt", ".yml.txt")):
        return "这份提纲没有列出来：文件名末尾多了 .txt。", f"改名为 {name[:-4]}；资源管理器里要先显示文件扩展名。"
    if low.endswith((".yaml.lnk", ".yml.lnk")):
        return "这是快捷方式，没有列出来。", "把提纲文件本身复制到这里。"
    if path.is_dir():
        return _of_folder(path)
    if low.endswith(_SPEECHES):
        return "这不是提纲，没有列出来。", f"把旧讲话变成提纲：drafter extract {as_typed(path)} -o {as_typed(path.with_suffix('.yaml'))}"
    if not low.endswith(_SUFFIXES):
        return None
    if path.is_symlink() and not path.exists():
        return "这份提纲没有列出来：它是链接，指的文件没有了。", "删掉它，或者把提纲文件本身复制到这里。"
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        return "这份提纲不能用：它是链接，指到别的文件夹里去了。", "把提纲文件本身复制到这里。"
    if not shelf.usable_name(path.stem):
        return f"这份提纲没有列出来：“{path.stem}”不能作提纲的名称。", "改个名：开头是字或数字，末尾不能是点和空格。"
    other = next((e for e in entries if e != name and e.rpartition(".")[0] == path.stem and e.lower().endswith(_SUFFIXES)), "")
    if other and not low.endswith(".yaml"):
        return f"这份提纲没有用：已经有同名的 {other}。", "改个名，或者删掉一份。"
    if not os.access(path, os.R_OK):
        return "没有权限读这份提纲。", "请把它改成可以读，或者重新复制一份。"
    return None


def _of_folder(path: Path) -> tuple[str, str] | None:
    """Why outlines in a folder below are none: they are looked for in one folder only."""
    if path.name in _OWN:
        return None
    inner = [entry for entry in _entries(path) if entry.lower().endswith(_SUFFIXES)]
    if not inner:
        return None
    more = f" {len(inner)} 份" if len(inner) > 1 else ""
    return f"这个文件夹里的{more}提纲没有列出来。", f"挪到 {path.parent}/ 里，或者写路径：--outline {as_typed(path / inner[0])}"


def where_it_is(name: str) -> str:
    """What to type for an outline that is not found by its name and yet is there: in this folder, under another ending, in a folder
    below; "" where nothing of the name is."""
    if "/" in name or os.sep in name:
        beside = Path(name)
        near = next((e for e in _entries(beside.parent) if _folded(Path(e).stem) == _folded(beside.name) or _folded(e) == _folded(beside.name)), "")
        return f"是不是 {as_typed(beside.parent / near)}？" if near.lower().endswith(_SUFFIXES) else ""
    wanted = _folded(name)
    for folder in (Path(), *(place.folder for place in shelf.shelves(shelf.OUTLINES)[:-1] if place.holds is None)):
        for entry in _entries(folder):
            path = folder / entry
            if wanted not in (_folded(entry), _folded(path.stem), _folded(Path(path.stem).stem)) or entry.startswith((".", "~")):
                continue
            low = entry.lower()
            if str(folder) == "." and low.endswith(_SUFFIXES) and path.is_file():
                return f"当前文件夹里有 {entry}：写成 --outline {as_typed(f'./{path}')}，或者把它放进 outlines 文件夹。"
            if low.endswith((*_SPEECHES, ".txt", ".yaml.txt", ".yml.txt")) and path.is_file():
                said = _why(path, [])
                if low.endswith(".txt") and not low.endswith((".yaml.txt", ".yml.txt")):
                    return f"有 {path}：是提纲就改名为 {path.stem}.yaml；是旧讲话，先变成提纲：drafter extract {as_typed(path)}"
                if said:
                    return f"有 {path}：{said[0].rpartition('：')[2].partition('，没有')[0].rstrip('。')}。{said[1]}"
            if low.endswith(_SUFFIXES) and path.is_file() and str(folder) != "." and shelf.usable_name(path.stem):
                return f"是不是 {path.stem}？"
        found = _below(folder, wanted) if str(folder) != "." else None
        if found:
            return f"在文件夹 {found.parent} 里：写成 --outline {as_typed(found)}，或者把它挪到 {folder}/ 里。"
    return ""


def _below(folder: Path, wanted: str) -> Path | None:
    """An outline of this name in a folder below."""
    for entry in _entries(folder):
        if (folder / entry).is_dir() and entry not in _OWN:
            for inner in _entries(folder / entry):
                if inner.lower().endswith(_SUFFIXES) and _folded(Path(inner).stem) == wanted:
                    return folder / entry / inner
    return None


def _folded(name: str) -> str:
    """A name without what is easily typed otherwise: full-width letters, blanks, capitals."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()
