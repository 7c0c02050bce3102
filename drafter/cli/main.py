"""argv in, exit code out. Everything heavy is imported by the command that needs it: `drafter --help` pays for nothing
else."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from drafter.cli.declared import function_at, read_straight
from drafter.cli.print import Asked, asked, echo, refuse
from drafter.diagnostic import Diagnostic, Rejected
from drafter.startup import leave_at_once

if TYPE_CHECKING:
    from typer import Typer

#: Every command, and the module and function that has it. Only the one that is called is imported.
COMMANDS = {
    "desk": "drafter.cli.desk:desk",
    "new": "drafter.cli.new:new",
    "batch": "drafter.cli.batch:batch",
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
    "collect": "drafter.cli.collect:collect",
    "history": "drafter.cli.drafts:history",
    "merge": "drafter.cli.drafts:merge",
    "finish": "drafter.cli.drafts:finish",
    "doctor": "drafter.cli.tools:doctor",
    "lsp": "drafter.cli.tools:lsp",
    "mcp": "drafter.cli.agent:mcp",
    "agent": "drafter.cli.agent:agent",
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
    "sync": "drafter.cli.shelf:outlines_sync",
    "pack": "drafter.cli.shelf:outlines_pack",
    "schema": "drafter.cli.outlines:outlines_schema",
}


def program(only: str = "") -> "Typer":
    """The program with all its commands, or with what one word needs."""
    from drafter.cli.tree import tree

    return tree(COMMANDS, OUTLINES, only)


def _run(words: Sequence[str]) -> object:
    """Run the command. A line that is written as it is declared is read at once, without typer, whose import takes as long as
    writing a speech (`drafter new`: 519 M instructions instead of 643 M). The result is an exit code, or nothing."""
    if list(words) in (["--version"], ["-V"]):
        from drafter import __version__

        echo(f"drafter {__version__}")
        return None
    if words and words[0] in COMMANDS and not _for_typer(words):
        function = function_at(COMMANDS[words[0]])
        given = read_straight(function, words[1:])
        if given is not None:
            try:
                function(**given)
            except EOFError:
                print(file=sys.stderr)  # behind a question that nobody answered
                raise
            return None
    import typer

    try:
        return program(words[0] if words else "")(standalone_mode=False)
    except typer.Abort:
        raise EOFError from None


def _for_typer(words: Sequence[str]) -> bool:
    """Whether a shell wants to complete a line, or Windows left to the program what a shell does elsewhere."""
    if any(name.startswith("_") and name.endswith("_COMPLETE") for name in os.environ):
        return True
    return sys.platform == "win32" and any(mark in word for word in words for mark in "*?[~$%")


# ── outer edge ─────────────────────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    """The program. Every way out is an exit code and at most one plain message."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    words = sys.argv[1:]
    wanted = asked(words, {**dict.fromkeys(COMMANDS, ()), "outlines": OUTLINES})
    try:
        code = _run(words)
        if code == 130:  # what typer makes of Ctrl-C
            raise KeyboardInterrupt
    except Rejected as error:
        code = error.exit_code
        _refuse(wanted, error.diagnostics)
    except (KeyboardInterrupt, EOFError):
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
        from drafter.cli.wording import error_text, usage_code, usage_line

        code = 2
        usage, message = usage_line(error), error_text(error)
        _refuse(
            wanted, [Diagnostic(message, None, usage, code=usage_code(error))], [message, usage] if usage else [message]
        )
    _leave(code if isinstance(code, int) else 0)


def entry() -> None:
    """The program in a process of its own, which ends with it."""
    try:
        main()
    except SystemExit as left:
        if left.code is None or isinstance(left.code, int):
            leave_at_once(left.code or 0)
        raise


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
