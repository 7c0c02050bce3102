"""argv in, exit code out. Everything heavy is imported by the command that needs it: `drafter --help` pays for nothing else."""

import sys
from collections.abc import Callable
from typing import Annotated

import typer

from drafter.cli.check import check
from drafter.cli.drafts import finish, format_, history, pull, status, update
from drafter.cli.new import new, preview
from drafter.cli.options import Json, _complete_topic
from drafter.cli.outlines import (
    outlines,
    outlines_check,
    outlines_edit,
    outlines_find,
    outlines_new,
    outlines_passages,
    outlines_schema,
    outlines_show,
)
from drafter.cli.print import _print_json
from drafter.cli.speeches import compare, extract, learn
from drafter.cli.wording import Command, Group, error_text
from drafter.diagnostic import Diagnostic, Rejected

# ── preview, doctor ────────────────────────────────────────────────────────────────────────────────────────────────


def doctor(as_json: Json = False) -> None:
    """看看这台电脑：版本、提纲和模板的位置、公文字体、LibreOffice。"""
    from drafter.cli.show_outline import doctor_text
    from drafter.commands.doctor import look

    report = look()
    if as_json:
        _print_json(report.json())
    else:
        typer.echo(doctor_text(report))


def lsp(
    stdio: Annotated[bool, typer.Option("--stdio", help="走标准输入和输出；本来就是，有的编辑器会加上。", hidden=True)] = False,
) -> None:
    """给编辑器用：边写边校对，补全、改错、看说明。

    由编辑器启动，走标准输入和输出，不用自己在终端里打。用的组件要另装，见说明书。
    """
    try:
        from drafter.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "drafter":
            raise
        raise Rejected(Diagnostic(f"drafter lsp 要用的组件没有装（缺 {error.name}）。", None, '装上它：pip install "drafter[lsp]"')) from None
    raise typer.Exit(serve())


def help_(
    topic: Annotated[
        list[str] | None, typer.Argument(help="命令、章节、校对规则、报错的代号或者一个词；不写就列出全部主题。", metavar="主题", autocompletion=_complete_topic)
    ] = None,
    as_json: Json = False,
) -> None:
    """看使用手册：命令、提纲怎么写、校对规则、模板、设置、报错的代号。"""
    from drafter.cli.help import show

    show(tuple(topic or ()), as_json, program)


def start(ctx: typer.Context, version: Annotated[bool, typer.Option("--version", "-V", help="版本。", is_eager=True)] = False) -> None:
    """起草讲话稿：按提纲提问，写成符合 GB/T 9704—2012 的 Word 文件。"""
    if version:
        from drafter import __version__

        typer.echo(f"drafter {__version__}")
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


# ── the tree of commands ───────────────────────────────────────────────────────────────────────────────────────────


#: What the group of commands on outlines is for.
OUTLINES = "列出、查看、修改和检查提纲。"


def program(only: str = "") -> typer.Typer:
    """The program with all its commands, or with one, or, asked for its help, with their names and what they are for: what
    typer makes of every option of the others is a tenth of a run that will not look at them."""
    root = typer.Typer(
        name="drafter",
        cls=Group,
        help=start.__doc__,
        epilog="从这里开始：drafter new --outline office-training",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    root.callback(invoke_without_command=True)(start)
    commands: dict[str, Callable[..., None]] = {
        "new": new,
        "extract": extract,
        "learn": learn,
        "compare": compare,
        "preview": preview,
        "check": check,
        "format": format_,
        "status": status,
        "update": update,
        "pull": pull,
        "history": history,
        "finish": finish,
        "doctor": doctor,
        "lsp": lsp,
        "help": help_,
    }
    if only in commands:
        root.command(only, cls=Command)(commands[only])
        root.command("outlines", hidden=True)(_unused)
        return root
    if only in ("-h", "--help"):
        for name, function in {**commands, "outlines": outlines}.items():
            root.command(name, cls=Command, help=OUTLINES if function is outlines else function.__doc__)(_unused)
        return root
    for name, function in commands.items():
        root.command(name, cls=Command)(function)
    group = typer.Typer(cls=Group, help=OUTLINES, rich_markup_mode=None)
    group.callback(invoke_without_command=True)(outlines)
    below: dict[str, Callable[..., None]] = {
        "find": outlines_find,
        "passages": outlines_passages,
        "show": outlines_show,
        "edit": outlines_edit,
        "new": outlines_new,
        "check": outlines_check,
        "schema": outlines_schema,
    }
    for name, function in below.items():
        group.command(name, cls=Command)(function)
    root.add_typer(group, name="outlines")
    return root


def _unused() -> None:
    """What is never run: in help, and to keep typer from taking a program of one command for that command."""


# ── outer edge ─────────────────────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """The program. Every way out is an exit code and at most one plain message."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = program(sys.argv[1] if len(sys.argv) > 1 else "")(standalone_mode=False)
        if code == 130:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
    except Rejected as error:
        code = error.exit_code
        for diagnostic in error.diagnostics:
            _say(diagnostic.text())
    except (KeyboardInterrupt, typer.Abort):
        _say("停下了，没有写文件。")
        code = 130
    except BrokenPipeError:
        _hush()
        code = 0
    except SystemExit as left:  # typer's own way out: completion, and a pipe nobody reads any more
        code = 0 if type(sys.stdout).__name__ == "PacifyFlushWrapper" else left.code
    except OSError as error:
        _say(f"读写出了错（{error.strerror or error}）" + (f"：{error.filename}" if error.filename else "。"))
        code = 1
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        _say(error_text(error))
        context = getattr(error, "ctx", None)
        if context is not None:
            _say(f"用法见：{context.command_path} --help")
        code = 2
    _leave(code if isinstance(code, int) else 0)


def _say(text: str) -> None:
    try:
        typer.echo(text, err=True)
    except OSError:
        _hush()


def _hush() -> None:
    """Nobody listens any more: keep Python from complaining at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _leave(code: int) -> None:
    try:
        if sys.stdout is not None:  # it was closed before we began
            sys.stdout.flush()
    except BrokenPipeError:
        _hush()
    except OSError as error:
        _say(f"写不到标准输出（{error.strerror}）。")
        code = 1
        _hush()
    sys.exit(code)
