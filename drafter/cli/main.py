"""argv in, exit code out. Everything heavy is imported by the command that needs it: `drafter --help` pays for nothing
else."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated

import typer

from drafter.cli.print import Asked, asked, refuse
from drafter.cli.wording import Command, Group, error_text, usage_code, usage_line
from drafter.diagnostic import Diagnostic, Rejected

#: Every command, and the module and function that has it. Only the one that is called is imported.
COMMANDS = {
    "desk": "drafter.cli.desk:desk",
    "new": "drafter.cli.new:new",
    "renew": "drafter.cli.renew:renew",
    "extract": "drafter.cli.speeches:extract",
    "learn": "drafter.cli.speeches:learn",
    "compare": "drafter.cli.speeches:compare",
    "preview": "drafter.cli.new:preview",
    "check": "drafter.cli.check:check",
    "format": "drafter.cli.drafts:format_",
    "status": "drafter.cli.drafts:status",
    "update": "drafter.cli.drafts:update",
    "pull": "drafter.cli.drafts:pull",
    "history": "drafter.cli.drafts:history",
    "merge": "drafter.cli.drafts:merge",
    "finish": "drafter.cli.drafts:finish",
    "doctor": "drafter.cli.tools:doctor",
    "lsp": "drafter.cli.tools:lsp",
    "schema": "drafter.cli.tools:schema",
    "help": "drafter.cli.help:help_",
}

#: The commands on outlines, and what the group of them is for.
OUTLINES = {
    "find": "drafter.cli.outlines:outlines_find",
    "passages": "drafter.cli.outlines:outlines_passages",
    "basis": "drafter.cli.outlines:outlines_basis",
    "show": "drafter.cli.outlines:outlines_show",
    "edit": "drafter.cli.outlines:outlines_edit",
    "new": "drafter.cli.outlines:outlines_new",
    "check": "drafter.cli.outlines:outlines_check",
    "schema": "drafter.cli.outlines:outlines_schema",
}
OUTLINES_HELP = "列出、查看、修改和检查提纲。"


def start(
    ctx: typer.Context, version: Annotated[bool, typer.Option("--version", "-V", help="版本。", is_eager=True)] = False
) -> None:
    """起草讲话稿：按提纲提问，写成符合 GB/T 9704—2012 的 Word 文件。"""
    if version:
        from drafter import __version__

        typer.echo(f"drafter {__version__}")
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


# ── the tree of commands ───────────────────────────────────────────────────────────────────────────────────────────


def program(only: str = "") -> typer.Typer:
    """The program with all its commands, or with one, or, asked for its help, with their names and what they are for:
    what typer makes of every option of the others is a tenth of a run that will not look at them."""
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
    if only in COMMANDS:
        root.command(only, cls=Command)(_function(COMMANDS[only]))
        root.command("outlines", hidden=True)(_unused)
        return root
    if only in ("-h", "--help"):
        for name, where in COMMANDS.items():
            root.command(name, cls=Command, help=_function(where).__doc__)(_unused)
        root.command("outlines", cls=Command, help=OUTLINES_HELP)(_unused)
        return root
    for name, where in COMMANDS.items():
        root.command(name, cls=Command)(_function(where))
    group = typer.Typer(cls=Group, help=OUTLINES_HELP, rich_markup_mode=None)
    group.callback(invoke_without_command=True)(_function("drafter.cli.outlines:outlines"))
    for name, where in OUTLINES.items():
        group.command(name, cls=Command)(_function(where))
    root.add_typer(group, name="outlines")
    return root


def _function(where: str) -> Callable[..., None]:
    """The function of a command, "module:name"."""
    module, _, name = where.partition(":")
    function: Callable[..., None] = getattr(import_module(module), name)
    return function


def _unused() -> None:
    """What is never run: in help, and to keep typer from taking a program of one command for that command."""


# ── outer edge ─────────────────────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """The program. Every way out is an exit code and at most one plain message."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    words = sys.argv[1:]
    wanted = asked(words, {**dict.fromkeys(COMMANDS, ()), "outlines": OUTLINES})
    try:
        code = program(words[0] if words else "")(standalone_mode=False)
        if code == 130:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
    except Rejected as error:
        code = error.exit_code
        _refuse(wanted, error.diagnostics)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
        _refuse(wanted, [Diagnostic("停下了，没有写文件。", code="interrupted")])
    except BrokenPipeError:
        _hush()
        code = 0
    except SystemExit as left:  # typer's own way out: completion, and a pipe nobody reads any more
        code = 0 if type(sys.stdout).__name__ == "PacifyFlushWrapper" else left.code
    except OSError as error:
        code = 1
        message = f"读写出了错（{error.strerror or error}）" + (f"：{error.filename}" if error.filename else "。")
        _refuse(wanted, [Diagnostic(message, code="file-system")])
    except Exception as error:
        if not hasattr(error, "format_message"):
            if wanted.as_json:
                _refuse(wanted, [Diagnostic(f"drafter 自己出了错：{error!r}", code="internal-error")])
            raise
        code = 2
        usage, message = usage_line(error), error_text(error)
        _refuse(
            wanted, [Diagnostic(message, None, usage, code=usage_code(error))], [message, usage] if usage else [message]
        )
    _leave(code if isinstance(code, int) else 0)


def _refuse(wanted: Asked, problems: Sequence[Diagnostic], words: Sequence[str] = ()) -> None:
    try:
        refuse(wanted, problems, words)
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
        code = 1
        _refuse(Asked(None, False, False), [Diagnostic(f"写不到标准输出（{error.strerror}）。", code="standard-output")])
        _hush()
    sys.exit(code)
