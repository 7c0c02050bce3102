"""What the manual shows of the program: `cog -I tests -r drafter/manual/*.md drafter/manual/commands/*.md README.zh-CN.md` fills it in."""

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
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


def codes() -> Iterator[tuple[str, str, str]]:
    """Every code of an error in the program with what is said of it and the remedy, "…" where a word of the user's stands."""
    told: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for path in sorted(Path("drafter").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            code = given.get("code")
            if not (isinstance(code, ast.Constant) and isinstance(code.value, str) and code.value):
                continue
            messages, hints = told.setdefault(code.value, ({}, {}))
            messages[_words(node.args[0] if node.args else given.get("message"), tree)] = None
            hints[_words(node.args[2] if len(node.args) > 2 else given.get("hint"), tree)] = None
    for name, (messages, hints) in sorted(told.items()):
        yield name, " ".join(m for m in messages if m.strip("…")), " ".join(h for h in hints if h.strip("…"))


def _words(node: ast.expr | None, tree: ast.Module) -> str:
    """The words a text is made of; what is not known until it runs is "…". A name is what it was last given above."""
    match node:
        case None | ast.Constant(value=None):
            return ""
        case ast.Constant(value=str(text)):
            return " ".join(text.split())
        case ast.JoinedStr(values=parts):
            return "".join(_words(part, tree) if isinstance(part, ast.Constant) else "…" for part in parts)
        case ast.BinOp(left=left, right=right):
            return _words(left, tree) + _words(right, tree)
        case ast.IfExp(body=body):
            return _words(body, tree)
        case ast.Name(id=name, lineno=line):
            given = [
                found
                for found in ast.walk(tree)
                if isinstance(found, ast.Assign) and found.lineno < line and any(isinstance(t, ast.Name) and t.id == name for t in found.targets)
            ]
            return _words(max(given, key=lambda found: found.lineno).value, tree) if given else "…"
        case _:
            return "…"
