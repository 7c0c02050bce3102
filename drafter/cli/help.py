"""`drafter help`: a page of the manual in the width of the terminal."""

import os
import re
import shutil
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from drafter.cli.options import Json, _complete_topic
from drafter.cli.print import coloured, say_ending, show

#: Lines narrower than this are not made, nor wider ones: nobody reads them.
NARROW, WIDE = 40, 200


def help_(
    topic: Annotated[
        list[str] | None,
        typer.Argument(help="命令、章节、校对规则、报错的代号或者一个词；不写就列出全部主题。", metavar="主题", autocompletion=_complete_topic),
    ] = None,
    as_json: Json = False,
) -> None:
    """看使用手册：命令、提纲怎么写、校对规则、模板、设置、报错的代号。"""
    from drafter.cli.main import program
    from drafter.commands.help import HelpRequest, help_page

    page = help_page(HelpRequest(" ".join(topic or ())))
    if as_json:
        show("help", page.json(), str, as_json=True, ending=page.ending)
    else:
        _turn(page.text, program)
        if sys.stdout and sys.stdout.isatty():
            say_ending(page.ending())


def _turn(text: str, program: Callable[[str], typer.Typer]) -> None:
    """Prints a page, the help of a command in it as `program` has it; on a terminal, one that is longer than the screen
    through the user's pager."""
    from drafter.cli.show_help import shown

    size = shutil.get_terminal_size()
    width = max(NARROW, min(size.columns, WIDE))
    out = sys.stdout
    terminal = bool(out and out.isatty())
    colour = coloured()
    lines = shown(_with_usage(text, width, program), width, colour)
    if (
        terminal and len(lines) >= size.lines and sys.platform != "win32"
    ):  # `more` there knows neither UTF-8 nor colours
        import pydoc

        os.environ.setdefault("LESS", "-R")
        pydoc.pager("\n".join(lines) + "\n")
    else:
        typer.echo("\n".join(lines), color=colour)


def _with_usage(text: str, width: int, program: Callable[[str], typer.Typer]) -> str:
    """The page with the help of its command set in this width (four columns go to its indent)."""

    def set_anew(block: re.Match[str]) -> str:
        return "```text\n" + _usage(program, block[1].split(), width - 4) + "\n```"

    return re.sub(r"```text\n用法：drafter((?: [a-z]+)*) \[选项\].*?```", set_anew, text, flags=re.S)


def _usage(program: Callable[[str], typer.Typer], path: list[str], width: int) -> str:
    command: Any = typer.main.get_command(program(path[0] if path else ""))
    context = typer.Context(command, info_name="drafter", terminal_width=width, help_option_names=["-h", "--help"])
    for name in path:
        command = command.commands[name]
        context = typer.Context(command, info_name=name, parent=context, terminal_width=width)
    return str(command.get_help(context))
