"""Other programs, started by the full path they were found under.

The current folder is never looked into, which Windows does first when it is given a name: a program that lies beside a
speech somebody has sent is not started. Nor are folders of PATH that stand for the current one ("", ".").
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

#: What Windows takes for a program where PATHEXT does not say.
_ENDINGS = ".COM;.EXE;.BAT;.CMD"


def program(*names: str) -> str:
    """The path of the first of these programs there is, "" where there is none. A name with a folder in it is that
    program and no other."""
    windows = sys.platform == "win32"
    endings = [end.lower() for end in os.environ.get("PATHEXT", _ENDINGS).split(";") if end] if windows else []
    for name in names:
        files = [name] if not windows or os.path.splitext(name)[1].lower() in endings else [name + end for end in endings]
        folders = [""] if os.path.dirname(name) else [f for f in os.get_exec_path() if os.path.isabs(f)]
        for folder in folders:
            for file in files:
                path = os.path.abspath(os.path.join(folder, file))
                if os.path.isfile(path) and os.access(path, os.X_OK):
                    return path
    return ""


def command_of(said: str) -> list[str]:
    """A command as $EDITOR has it, in words, its program by its path; [] where there is no such program, or the words
    are none."""
    if os.path.isfile(said) and os.path.dirname(said):
        return [os.path.abspath(said)]
    import shlex

    windows = sys.platform == "win32"  # where \\ is no mark for quoting
    with suppress(ValueError):
        words = shlex.split(said, posix=not windows)
        words = [word.strip('"') for word in words] if windows else words
        found = program(words[0]) if words else ""
        return [found, *words[1:]] if found else []
    return []


def run(command: Sequence[str]) -> int:
    """Start a command whose program is a path, and wait for it; its exit code. Raises OSError."""
    import subprocess

    return subprocess.run(list(command), check=False).returncode


def shown(target: str) -> None:
    """Open a file or an address in whatever opens it on this machine; where nothing does, nothing happens."""
    target = target if "://" in target else os.path.abspath(target)
    if sys.platform == "win32":
        with suppress(OSError):
            os.startfile(target)  # type: ignore[attr-defined,unused-ignore]
        return
    opener = "/usr/bin/open" if sys.platform == "darwin" else program("xdg-open")
    if opener and os.path.isfile(opener):  # it may run as long as what it opens: nobody waits for it
        silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)]
        with suppress(OSError):
            os.posix_spawn(opener, [opener, target], os.environ, file_actions=silent)
        return
    import webbrowser

    with suppress(webbrowser.Error):
        webbrowser.open(target if "://" in target else Path(target).as_uri())
