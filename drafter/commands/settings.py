"""The settings of an office: `drafter.toml`, or [tool.drafter] in a `pyproject.toml`, in this folder or above it, else
in the user's own folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.shelf import read_bytes, user_home

if TYPE_CHECKING:
    from drafter.check.settings import Settings

NAMES = ("drafter.toml", "pyproject.toml")

#: The largest settings (bytes) and the longest line of them (characters). It may be a stranger's file, and a name of
#: many parts costs the square of their number.
_MOST, _MOST_OF_A_PROJECT, _LONGEST_LINE = 64 << 10, 1 << 20, 2000


def table(folder: str = "") -> tuple[dict[str, Any], str]:
    """The nearest settings and the file they stand in; ({}, "") where there are none. Raises Rejected for a file that
    cannot be read."""
    here = os.path.abspath(folder or os.curdir)
    while True:
        for name in NAMES:
            path = os.path.join(here, name)
            if os.path.isfile(path):
                found = table_in(Path(path))
                if found is not None and set(found) != {"kept"}:  # what is kept there is no setting
                    return found, path
        above = os.path.dirname(here)
        if above == here:
            break
        here = above
    own = user_home() / NAMES[0]
    found = table_in(own) if own.is_file() else None
    return (found, str(own)) if found is not None else ({}, "")


def plain() -> bool:
    """Whether new documents are to have plain text for their blanks. Raises Rejected."""
    return _switch("plain", False)


def comments() -> bool:
    """Whether documents are to have comments on what is to be confirmed, and for the notes of their outline. Raises
    Rejected."""
    return _switch("comments", True)


def _switch(name: str, usual: bool) -> bool:
    """A setting that is true or false. Raises Rejected."""
    found, file = table()
    said = found.get(name, usual)
    if not isinstance(said, bool):
        place = Place(file, _lines(Path(file)).get(name, 0))
        way = f"写成 {name} = true 或 {name} = false。"
        raise Rejected(Diagnostic(f"{name} 的“{str(said)[:40]}”不对。", place, way, code="setting-value"))
    return said


def checks(folder: Path) -> "Settings":
    """The settings of the proof-reader for the files of a folder. Raises Rejected."""
    from drafter.check.settings import Settings, settings_of

    found, file = table(str(folder))
    if not file:
        return Settings()
    try:
        return settings_of(found, file)
    except Rejected:
        settings_of(found, file, _lines(Path(file)))  # the same, with the line it stands on
        raise


def _lines(path: Path) -> dict[str, int]:
    """The lines names stand on, from 1: the first of each, in a `pyproject.toml` below the heading that is ours."""
    import re

    found: dict[str, int] = {}
    ours = path.name == NAMES[0]
    for number, line in enumerate(read_bytes(path).decode("utf-8-sig", "replace").splitlines(), 1):
        if heading := re.match(r"\s*\[+\s*(?:tool\.drafter\.?)?([\w-]*)", line):
            ours = path.name == NAMES[0] or "tool.drafter" in line
            found.setdefault(heading[1], number)
        elif ours and (name := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]", line)):
            found.setdefault(name[1], number)
    return found


def _small_enough(path: Path, data: bytes, most: int) -> None:
    """Raises Rejected for a file that would take too long to read, before it is read."""
    place = Place(str(path))
    if len(data) > most:
        raise Rejected(
            Diagnostic(f"配置文件太大，最多 {most >> 10} KB。", place, "只留 drafter 的设置。", code="setting-too-large")
        )
    for number, line in enumerate(data.splitlines(), 1):
        if len(line) > _LONGEST_LINE:
            told = f"这一行太长，最多 {_LONGEST_LINE:,} 个字节。"
            raise Rejected(Diagnostic(told, Place(str(path), number), "列表可以分行写。", code="setting-too-large"))


def table_in(path: Path) -> dict[str, Any] | None:
    """What a file says of drafter, None where it says nothing."""
    own = path.name == NAMES[0]
    data = read_bytes(path)
    if not own and b"tool.drafter" not in data:
        return None  # somebody else's, and reading TOML is a fiftieth of a run
    _small_enough(path, data, _MOST if own else _MOST_OF_A_PROJECT)
    import tomllib

    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise Rejected(
            Diagnostic("括号套得太深，读不下去。", Place(str(path)), "每行写成 名称 = 值。", code="setting-syntax")
        ) from None
    except UnicodeDecodeError:
        raise Rejected(
            Diagnostic("这个文件不是 UTF-8 编码。", Place(str(path)), "请另存为 UTF-8。", code="setting-encoding")
        ) from None
    except ValueError as error:  # TOML's own, and Python's of numbers of thousands of figures
        import re

        found = re.search(r"at line (\d+), column (\d+)", str(error))
        place = Place(str(path), *(map(int, found.groups()) if found else ()))
        raise Rejected(Diagnostic("这个配置文件读不懂。", place, "每行写成 名称 = 值；文字要加引号。", code="setting-syntax")) from None
    if own:
        return said
    tool = said.get("tool")
    inner = tool.get("drafter") if isinstance(tool, dict) else None
    return inner if isinstance(inner, dict) else None
