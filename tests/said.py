"""What the manual shows of the program: `cog -I tests -r drafter/manual/*.md drafter/manual/commands/*.md README.zh-CN.md` fills it in."""

import ast
import os
import re
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


#: What is said of codes whose messages are put together from many pieces.
_OF_MANY = {
    "argument-unfit": "程序给的参数不对：不是路径、不是文字、编码不成字。",
    "shelf-address": "书架的地址不对，或者不该用：不加密、里面有密码、不认识的写法。",
    "shelf-unsafe": "取来的东西不能放心用（往外写的路径、链接、设备、太多、太大），整个书架没有用。",
    "shelf-unreachable": "书架没有取到：连不上、对方不让取、没有这个仓库或者文件。",
    "colon-full-width": "全角冒号“：”不能跟在词后面；改成半角冒号加一个空格。",
    "colon-without-space": "冒号后面要有一个空格。",
    "file-kind-unknown": "读不了这种文件。",
    "file-name": "文件名太长，或者有不能用的字符。",
    "file-not-written": "没有写成：磁盘满了、没有权限，或者断开了。",
    "left-as-it-was": "有的地方照原样留着，说明为什么。",
    "left-in-final-copy": "定稿里还留着的东西，提醒一声。",
    "name-unknown": "不认识的空或者名称，fields 里没有。",
    "office-missing": "这台电脑上没有 LibreOffice。",
    "facts-left": "数字或者别的事实太多，没有都留空。",
    "structure-not-recognised": "没有认出标题，或者没有认出称呼和分条的要求。",
    "when-unfit": "条件和它要比的回答对不上，例如拿文字和数比大小。",
    "word-left-out": "Word 文件里有的东西没有算在稿子里，说明是什么。",
    "word-unreadable": "这个 Word 文件读不了：不是 .docx、坏了、有密码或者太大。",
    "answer-doubtful": "这个回答像是没写好：引号、井号这样的记号会印进稿子。",
    "answer-understood": "“……”读作……：照人的写法读的日子和数，请看一眼。",
    "blank-not-opened": "“】”前面没有配对的“【”，会原样印出来。",
    "outline-left-out": "提纲文件夹里的这个文件没有列出来，为什么。",
    "yaml-blank": "全角空格、不换行空格不能用来缩进、隔开。",
    "yaml-syntax": "这一行的写法读不懂。",
    "yaml-flow": "这里不用 {}、[] 的写法。",
}


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
            given_in_turn = [*node.args, given.get("message"), given.get("hint")]
            texts = [text for arg in given_in_turn if re.search("[一-龥]", text := _words(arg, tree))]
            messages |= dict.fromkeys(texts[:1])
            hints |= dict.fromkeys(texts[1:2])
    for name, (messages, hints) in sorted(told.items()):
        if name in _OF_MANY:
            yield name, _OF_MANY[name], " ".join({**messages, **hints})
        else:
            yield name, " ".join(messages), " ".join(hints)


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


#: What functions are for that are no command of their own.
_NO_COMMAND = {
    "extract_folders": "好多份旧稿变成提纲，写进一个文件夹（`extract 文件夹`）。",
    "format_folders": "好多份稿子重新排版，写进一个文件夹（`format 文件夹`）。",
    "adopted": "把采纳情况填回意见汇总表（`merge --adopted`）。",
    "rules": "校对规则和依据（`check --list-rules`）。",
    "formulations": "校对认得的提法（`check --formulations`）。",
    "as_data": "结果或者 Rejected，变成 `--json` 印的那一份。",
    "schema": "`--json` 的样子，JSON Schema。",
}


def functions() -> Iterator[tuple[str, str, str]]:
    """The functions of the API: as they are called, what for, and what they give."""
    import inspect
    from importlib import import_module

    import drafter
    from drafter.cli.main import COMMANDS, OUTLINES

    commands = {**COMMANDS, **{f"outlines.{name}": where for name, where in OUTLINES.items()}}
    own = [name for name in drafter.__all__ if inspect.isfunction(getattr(drafter, name))]
    for name in (*own, *(f"outlines.{name}" for name in drafter.outlines.__all__)):
        function = getattr(drafter.outlines, name.removeprefix("outlines.")) if "." in name else getattr(drafter, name)
        module, _, of = commands[name].partition(":") if name in commands else ("", "", "")
        does = _NO_COMMAND.get(name) or (getattr(import_module(module), of).__doc__ or "").strip().split("\n")[0]
        first = [p.name for p in inspect.signature(function).parameters.values() if p.kind is not p.KEYWORD_ONLY]
        yield f"drafter.{name}({', '.join(first)}{', …' if len(inspect.signature(function).parameters) > len(first) else ''})", does, str(inspect.signature(function).return_annotation)
