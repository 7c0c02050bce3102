"""What the manual shows of the program: `cog -I tests -r drafter/manual/*.md drafter/manual/commands/*.md README.zh-CN.md` fills it in."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import cog

_CALL = [sys.executable, "-c", "import sys; sys.argv[0] = 'drafter'; from drafter.cli.main import main; main()"]


def help_of(*path: str) -> None:
    """The help of a command, as a block of text."""
    env = os.environ | {"COLUMNS": "96", "TERMINAL_WIDTH": "96"}
    out = subprocess.run([*_CALL, *path, "--help"], capture_output=True, encoding="utf-8", env=env, check=True).stdout
    cog.out("\n```text\n" + "\n".join(line.rstrip() for line in out.strip().splitlines()) + "\n```\n\n")


def said(*words: str, files: Mapping[str, str] | None = None) -> None:
    """A call in a folder with these files, and all it prints, as a block of text."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (files or {}).items():
            (Path(folder) / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / name).write_text(text, encoding="utf-8")
        env = os.environ | {"COLUMNS": "96", "PYTHONUTF8": "1", "DRAFTER_HOME": folder}
        done = subprocess.run([*_CALL, *words], cwd=folder, capture_output=True, encoding="utf-8", env=env, stdin=subprocess.DEVNULL)
    cog.out("\n```text\n$ drafter " + " ".join(words) + "\n" + (done.stderr + done.stdout).rstrip() + "\n```\n\n")


def row(*cells: str) -> str:
    """A row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"
