"""The folders drafter knows: the user's own, what came with it, what can be made again."""

import os
import sys
from pathlib import Path

#: The files settings stand in: an office's own, and that of a project.
SETTINGS = ("drafter.toml", "pyproject.toml")

#: The folder of copies of shelves from elsewhere, in the user's own.
COPIES = "shelves"


def user_home() -> Path:
    """The folder for what belongs to the user: $DRAFTER_HOME, else the platform's data folder."""
    home = os.environ.get("DRAFTER_HOME")
    return Path(home) if home else _own_folder("data")


def documents_home() -> Path:
    """The folder where the user's programs keep documents."""
    import platformdirs

    return platformdirs.user_documents_path()


def shipped() -> Path:
    """The folder that came with drafter: inside the installed package, or the top of a checkout."""
    package = Path(__file__).parent.parent.parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


def cache_home() -> Path:
    """The folder for what can be made again: the platform's cache folder."""
    return _own_folder("cache")


def _own_folder(kind: str) -> Path:
    """drafter's "data" or "cache" folder. platformdirs knows them all, but importing it is a fiftieth of a run; on
    Linux the answer is two lines (XDG Base Directory Specification 0.8)."""
    if sys.platform == "linux":
        said = os.environ.get("XDG_DATA_HOME" if kind == "data" else "XDG_CACHE_HOME", "")
        usual = "~/.local/share" if kind == "data" else "~/.cache"
        return Path(said if os.path.isabs(said) else os.path.expanduser(usual), "drafter")
    import platformdirs

    return (
        platformdirs.user_data_path("drafter", False)
        if kind == "data"
        else platformdirs.user_cache_path("drafter", False)
    )
