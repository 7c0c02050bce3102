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


def table(folder: str = "") -> tuple[dict[str, Any], str]:
    """The nearest settings and the file they stand in; ({}, "") where there are none. Raises Rejected for a file that
    cannot be read."""
    here = os.path.abspath(folder or os.curdir)
    while True:
        for name in NAMES:
            path = os.path.join(here, name)
            if os.path.isfile(path):
                found = _read(Path(path))
                if found is not None:
                    return found, path
        above = os.path.dirname(here)
        if above == here:
            break
        here = above
    own = user_home() / NAMES[0]
    found = _read(own) if own.is_file() else None
    return (found, str(own)) if found is not None else ({}, "")


def plain() -> bool:
    """Whether new documents are to have plain text for their blanks. Raises Rejected."""
    found, file = table()
    said = found.get("plain", False)
    if not isinstance(said, bool):
        raise Rejected(
            Diagnostic(f"plain 的“{said}”不对。", Place(file), "写成 plain = true 或 plain = false。", code="setting-value")
        )
    return said


def checks(folder: Path) -> "Settings":
    """The settings of the proof-reader for the files of a folder. Raises Rejected."""
    from drafter.check.settings import Settings, settings_of

    found, file = table(str(folder))
    return settings_of(found, file) if file else Settings()


def _read(path: Path) -> dict[str, Any] | None:
    """What a file says of drafter, None where it says nothing."""
    data = read_bytes(path)
    own = path.name == NAMES[0]
    if not own and b"tool.drafter" not in data:
        return None  # somebody else's, and reading TOML is a fiftieth of a run
    import tomllib

    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Rejected(
            Diagnostic("这个文件不是 UTF-8 编码。", Place(str(path)), "请另存为 UTF-8。", code="setting-encoding")
        ) from None
    except tomllib.TOMLDecodeError as error:
        import re

        found = re.search(r"at line (\d+), column (\d+)", str(error))
        place = Place(str(path), *(map(int, found.groups()) if found else ()))
        raise Rejected(Diagnostic("这个配置文件读不懂。", place, "每行写成 名称 = 值；文字要加引号。", code="setting-syntax")) from None
    if own:
        return said
    tool = said.get("tool")
    inner = tool.get("drafter") if isinstance(tool, dict) else None
    return inner if isinstance(inner, dict) else None
