"""The tree of commands as typer has it: for help, completion, and every command line that is not read at once
(`drafter.cli.declared`)."""

from collections.abc import Mapping
from typing import Annotated

import typer

from drafter.cli.declared import for_typer, function_at
from drafter.cli.wording import Command, Group

OUTLINES_HELP = "列出、查看、修改、检查、取来和打包提纲。"


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


def tree(commands: Mapping[str, str], outlines: Mapping[str, str], only: str) -> typer.Typer:
    """The program with all its commands, or with one, or, asked for its help, with their names and what they are for:
    what typer makes of every option of the others is a tenth of a run that will not look at them. `commands` and `outlines`
    say where each is, "module:function"."""
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
    if only in commands:
        root.command(only, cls=Command)(for_typer(function_at(commands[only])))
        root.command("outlines", hidden=True)(_unused)
        return root
    if only in ("-h", "--help"):
        for name, where in commands.items():
            root.command(name, cls=Command, help=function_at(where).__doc__)(_unused)
        root.command("outlines", cls=Command, help=OUTLINES_HELP)(_unused)
        return root
    for name, where in commands.items():
        root.command(name, cls=Command)(for_typer(function_at(where)))
    group = typer.Typer(cls=Group, help=OUTLINES_HELP, rich_markup_mode=None)
    group.callback(invoke_without_command=True)(for_typer(function_at("drafter.cli.outlines:outlines")))
    for name, where in outlines.items():
        group.command(name, cls=Command)(for_typer(function_at(where)))
    root.add_typer(group, name="outlines")
    return root


def _unused() -> None:
    """What is never run: in help, and to keep typer from taking a program of one command for that command."""
