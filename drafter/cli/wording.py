"""The command line's own words in Chinese: typer's headings in help, and what it says of a line it cannot read.

typer has no translations (its copy of click writes most of these out in English), so they are replaced in the text.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from drafter.diagnostic import columns

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter

_HELP = (
    (r"(?m)^Usage: ", "用法："),
    (r"(?m)^Options:$", "选项："),
    (r"(?m)^Arguments:$", "参数："),
    (r"(?m)^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 …"),
    (r" {2}\[required\]", ""),
    (r"Show this message and exit\.", "显示这份说明。"),
    (r"Install completion for the current shell\.", "给当前的 shell 装上补全。"),
    (r"Show completion for the current shell, to copy it or customize the installation\.", "显示补全脚本，自己安装。"),
)

_ERRORS = (
    (r"No such command '(.*?)'\.", r"没有“\1”这个命令。"),
    (r"No such option: (\S+)", r"没有 \1 这个选项。"),
    (r"\s*Did you mean (.*?)\?", r"是不是 \1？"),
    (r"\s*\(Possible options: (.*?)\)", r"是不是 \1？"),
    (r"Missing command\.", "还要写一个命令。"),
    (r"Missing argument '(.*?)'\.", r"还要写上：\1。"),
    (r"Missing option '(.*?)'\.", r"还要写上选项 \1。"),
    (r"Option '?(.*?)'? requires an argument\.?", r"选项 \1 后面还要写内容。"),
    (r"Option '?(.*?)'? does not take a value\.?", r"选项 \1 后面不能写内容。"),
    (r"(?s)Got unexpected extra argument(?:s|\(s\))? \((.*)\)", r"多写了：\1。"),
    (r"Invalid value for (.*?): ", r"\1 不对："),
)


def in_chinese(text: str, table: tuple[tuple[str, str], ...]) -> str:
    """The text with the known English in it said in Chinese."""
    for pattern, said in table:
        text = re.sub(pattern, said, text)
    return text


def error_text(error: Any) -> str:
    """What typer says of a command line it cannot read."""
    said, known, names = in_chinese(error.format_message(), _ERRORS).partition("是不是 ")
    return said + known + names.replace("'", "").replace(", ", "、")


#: What programs know a mistake in the command line by, after typer's name for it.
_CODES = {
    "NoSuchOption": "usage-unknown-option",
    "MissingParameter": "usage-missing",
    "BadOptionUsage": "usage-missing-value",
    "BadArgumentUsage": "usage-arguments",
    "BadParameter": "usage-bad-value",
}


def usage_code(error: Any) -> str:
    """The name of a mistake in the command line, for programs."""
    if error.format_message().startswith("No such command"):  # of no class of its own
        return "usage-unknown-command"
    return _CODES.get(type(error).__name__, "usage")


#: Commands that take the name of an outline as it is.
_NAME_ALONE = ("drafter preview", "drafter outlines show", "drafter outlines edit", "drafter outlines check")


def usage_line(error: Any) -> str:
    """What to do about a mistake in the command line: for an outline put where that command does not take it, how it is
    put; else where the usage stands. "" where no command is known."""
    context = getattr(error, "ctx", None)
    if context is None:
        return ""
    path = context.command_path
    extra = re.search(r"unexpected extra argument(?:s|\(s\))? \((\S+)\)$", error.format_message())
    if extra and path == "drafter new":
        return f"提纲写在 -O 后面：{path} -O {extra[1]}"
    if getattr(error, "option_name", "") in ("-O", "--outline") and path in _NAME_ALONE:
        return f"不用写 {error.option_name}，直接写名称：{path} 名称"
    return f"用法见：{path} --help"


def _help(command: Any, ctx: Any) -> str:
    """typer's help, set by terminal columns instead of characters (a 汉字 takes two), and in Chinese."""
    plain = ctx.make_formatter()

    class Formatter(type(plain)):  # type: ignore[misc]
        """Lists and paragraphs wrapped by columns."""

        def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
            rows = list(rows)
            first = min(max((columns(left) for left, _ in rows), default=0), col_max) + col_spacing
            for left, right in rows:
                room = max(self.width - self.current_indent - first, 20)
                lines = wrapped(in_chinese(right, _HELP), room) or [""]
                head = " " * self.current_indent + left
                gap = first - columns(left)
                if gap < col_spacing:
                    self.write(head + "\n")
                    head, gap = " " * self.current_indent, first
                self.write((head + " " * gap + lines[0]).rstrip() + "\n")
                for line in lines[1:]:
                    self.write(" " * (self.current_indent + first) + line + "\n")

        def write_text(self, text: str) -> None:
            indent = " " * self.current_indent
            for paragraph in text.split("\n\n"):
                joined = "".join(line.strip() for line in paragraph.split("\n"))
                self.write("".join(f"{indent}{line}\n" for line in wrapped(joined, self.width - self.current_indent)))

    formatter = Formatter(width=plain.width)
    command.format_help(ctx, formatter)
    return in_chinese(formatter.getvalue().rstrip("\n"), _HELP)


#: What no line begins with.
_NOT_FIRST = "，。；：！？、）》”’…"


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` columns; between 汉字 it may break anywhere but before a mark."""
    lines: list[str] = []
    line = ""
    for piece in re.findall(rf"\s+|[（“‘《]*(?:[^\s\u2e80-\uffef“‘]+|.)[{_NOT_FIRST}]*", text):
        if line and columns(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


class Command(TyperCommand):
    """A command whose help is in Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help."""
        return _help(self, ctx)


def _install_completion(context: Context, param: Parameter, asked: object) -> object:
    if not asked:
        return asked
    from drafter.cli.shells import install_completion

    return install_completion(context, asked)


class Group(TyperGroup):
    """A group of commands whose help is in Chinese, and which zsh may ask for words that are meant."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """What is left of the words behind the options of the group."""
        for param in self.params:
            if param.name == "install_completion":
                param.callback = _install_completion
        return super().parse_args(ctx, args)

    def _main_shell_completion(self, ctx_args: MutableMapping[str, object], prog_name: str, complete_var: str | None = None) -> None:
        variable = complete_var or f"_{prog_name}_COMPLETE".replace("-", "_").upper()
        if os.environ.get(variable) == "complete_zsh":
            from drafter.cli.shells import answer_zsh

            sys.stdout.write(answer_zsh(self, ctx_args, prog_name, variable) + "\n")
            sys.exit(0)
        super()._main_shell_completion(ctx_args, prog_name, complete_var)

    def get_help(self, ctx: Any) -> str:
        """The help."""
        return _help(self, ctx)
