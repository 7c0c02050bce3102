"""cli.outlines"""


import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.options import Json, _complete_outline
from drafter.cli.print import _print_json, _remark
from drafter.diagnostic import Rejected, printable

if TYPE_CHECKING:
    from drafter.commands.index import OutlineEntry


def outlines(
    ctx: typer.Context,
    genre: Annotated[str, typer.Option("--genre", "-g", help="只列这一类，例如 会议、培训、致辞。", metavar="文种")] = "",
    as_json: Json = False,
) -> None:
    """列出所有提纲：名称、文种、用途、要填的空、字数、来自哪里。"""
    if ctx.invoked_subcommand:
        return
    from drafter.commands.index import entries

    found = entries()
    if genre:
        from drafter.commands.find import of_genre

        found = of_genre(found, genre)
    _list(found, as_json, f"没有文种是“{printable(genre)}”的提纲。drafter outlines 列出所有提纲。" if genre else _NONE)


_NONE = "还没有提纲。drafter outlines new 名称 起一份。"


def _list(found: "Sequence[OutlineEntry]", as_json: bool, none: str) -> None:
    if as_json:
        _print_json([e.json() for e in found])
    else:
        typer.echo("\n".join(_row(entry) for entry in found) or none)


def outlines_find(
    words: Annotated[list[str], typer.Argument(help="要找的词，例如 防汛、开班、党课。", metavar="词…")], as_json: Json = False
) -> None:
    """按用途找提纲：名称、文种、用途、标题、小标题里都找，说法相近的也算。"""
    from drafter.commands.find import find
    from drafter.commands.index import entries

    wanted = " ".join(words).split()
    _list(find(entries(), wanted), as_json, f"没有找到“{printable(' '.join(wanted))}”。换个说法，或者用 drafter outlines 看全部。")


def outlines_passages(
    theme: Annotated[str, typer.Argument(help="只看这一类，例如 作风。", metavar="主题")] = "", as_json: Json = False
) -> None:
    """列出备选的段落，drafter new --pick 用它们的名称。"""
    from drafter.commands.index import passages

    found = [p for p in passages() if theme in p.theme or theme in p.name]
    if as_json:
        _print_json([p.json() for p in found])
        return
    lines, group = [], None
    for p in found:
        if p.theme != group:
            lines.append(typer.style(printable(p.theme) or "（没有写 genre）", bold=True))
            group = p.theme
        told = f"读不了：{printable(p.broken)}" if p.broken else f"{printable(p.headings[0])}（{p.characters} 字、{p.short_characters} 字）"
        lines.append(f"  {p.name}　{told}")
    typer.echo("\n".join(lines) or f"没有“{printable(theme)}”这一类备选段落。drafter outlines passages 看全部。")


def _row(entry: "OutlineEntry") -> str:
    head = typer.style(entry.name, bold=True)
    if entry.broken:
        return f"{head}　（{entry.origin}）\n    读不了：{printable(entry.broken)}"
    hides = f"，盖住了{'、'.join(entry.hides)}的同名提纲" if entry.hides else ""
    told = f"{len(entry.fields)} 个空，约 {entry.characters:,} 字，{entry.origin}{hides}"
    return f"{head}　{printable(entry.genre)}（{told}）\n    {printable(entry.about)}"


def outlines_show(
    name: Annotated[str, typer.Argument(help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)],
    as_json: Json = False,
) -> None:
    """看一份提纲的结构：各部分、小标题、条件和要填的空。"""
    from drafter.cli.show_outline import as_data, as_text
    from drafter.commands.opening import open_outline

    opened = open_outline(name)
    _remark(opened.remarks)
    if as_json:
        _print_json(as_data(opened.outline))
    else:
        typer.echo(as_text(opened.outline))


def outlines_edit(
    name: Annotated[str, typer.Argument(help="提纲的名称。", metavar="名称", autocompletion=_complete_outline)],
    user: Annotated[bool, typer.Option("--user", help="抄到用户文件夹，而不是 ./outlines/。")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="只抄一份，不打开编辑器。")] = False,
) -> None:
    """把自带的提纲抄一份到 ./outlines/，用编辑器打开。"""
    from drafter.commands.outlines import copy_outline

    path = copy_outline(name, user)
    typer.echo(f"改这一份：{printable(str(path))}")
    if not no_open:
        _edit(str(path))


def outlines_new(
    name: Annotated[str, typer.Argument(help="新提纲的名称。", metavar="名称")],
    user: Annotated[bool, typer.Option("--user", help="放在用户文件夹，而不是 ./outlines/。")] = False,
) -> None:
    """起一份新提纲，里面有说明。"""
    from drafter.commands.outlines import start_outline

    path = start_outline(name, user)
    typer.echo(f"写好了：{printable(str(path))}\n改好以后：drafter new --outline {name}")


def outlines_check(
    files: Annotated[list[str], typer.Argument(help="提纲的名称或文件。", metavar="文件…", autocompletion=_complete_outline)],
    as_json: Json = False,
) -> None:
    """检查提纲，一次说完所有问题：在哪一行、错在哪里、怎么改。"""
    from drafter.commands.outlines import check_outline

    problems = [d for file in files for d in check_outline(file)]
    errors = [d for d in problems if d.level == "error"]
    if as_json:
        _print_json([d.json() for d in problems])
    else:
        for problem in problems:
            typer.echo(("提醒 " if problem.level != "error" else "") + problem.text())
        if errors:
            typer.echo(f"共 {len(errors)} 处错误" + (f"，{len(problems) - len(errors)} 处提醒。" if len(problems) > len(errors) else "。"))
        else:
            typer.echo("没有错误。" if not problems else f"没有错误，{len(problems)} 处提醒。")
    if errors:
        raise typer.Exit(2)


def outlines_schema() -> None:
    """提纲的 JSON Schema，供编辑器补全和标红。"""
    from drafter.outline.vocabulary import schema

    _print_json(schema())


def _edit(path: str) -> None:
    """The editor of $VISUAL or $EDITOR; without one, whatever opens YAML on this machine."""
    import os

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            typer.launch(path)
        return
    import shlex
    import subprocess

    try:
        subprocess.run([*shlex.split(editor), path], check=False)
    except OSError as error:
        raise Rejected(f"打不开编辑器 {editor}（{error.strerror}）。请自己打开：{path}", exit_code=1) from None
