"""`drafter outlines …`: the shelves, and outlines of one's own."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.options import Json, _complete_basis, _complete_outline, _complete_shelved
from drafter.cli.print import labelled, room, say, say_ending, show, terminal
from drafter.diagnostic import Diagnostic, Rejected, printable

if TYPE_CHECKING:
    from drafter.commands.index import OutlineEntry
    from drafter.commands.outlines import OutlinesCheckResult, OutlinesResult, PassagesResult


def outlines(
    ctx: typer.Context,
    genre: Annotated[str, typer.Option("--genre", "-g", help="只列这一类，例如 会议、培训、致辞。", metavar="文种")] = "",
    as_json: Json = False,
) -> None:
    """列出所有提纲：名称、文种、用途、要填的空、字数、来自哪里。"""
    if ctx.invoked_subcommand:
        return
    from drafter.commands.outlines import OutlinesRequest, list_outlines

    found = list_outlines(OutlinesRequest(genre=genre))
    from drafter.commands.left_out import left_out

    none = f"没有文种是“{printable(genre)}”的提纲。drafter outlines 列出所有提纲。" if genre else _NONE
    _list("outlines", found, as_json, none, left_out())


_NONE = "还没有提纲。drafter outlines new 名称 起一份。"


def _list(
    command: str, found: "OutlinesResult", as_json: bool, none: str, remarks: Sequence[Diagnostic] = ()
) -> None:
    def text() -> str:
        return "\n".join(_row(entry) for entry in found.outlines) or none

    ending = found.ending if as_json or terminal() else None  # piped, it is a list for programs
    show(command, found.json(), text, as_json=as_json, remarks=remarks, ending=ending)


def outlines_find(
    words: Annotated[list[str], typer.Argument(help="要找的词，例如 防汛、开班、党课。", metavar="词…")], as_json: Json = False
) -> None:
    """按用途找提纲：怎么说都行（明天局长在防汛会上讲话），相近的说法、拼音、拼音首字母也找得到。"""
    from drafter.commands.outlines import OutlinesRequest, list_outlines

    wanted = tuple(" ".join(words).split())
    found = list_outlines(OutlinesRequest(words=wanted))

    def text() -> str:
        said = printable(" ".join(wanted))
        if not found.hits:
            return f"没有找到“{said}”。换个说法，或者用 drafter outlines 看全部。"
        head = [f"没有合适“{said}”的提纲，最近的是："] if found.far else []
        return "\n".join([*head, *(_row(hit.entry) + _met(hit.why, said) for hit in found.hits)])

    show("outlines find", found.json(), text, as_json=as_json, ending=found.ending if as_json or terminal() else None)


def _met(words: Sequence[str], said: str) -> str:
    """The words an outline was found by, where they are not those typed."""
    other = [printable(word) for word in words if word not in said.lower()]
    return typer.style(f"\n    相近的词：{'、'.join(other)}", dim=True) if other else ""


def outlines_passages(
    theme: Annotated[str, typer.Argument(help="只看这一类，例如 作风。", metavar="主题")] = "", as_json: Json = False
) -> None:
    """列出备选的段落，drafter new --pick 用它们的名称。"""
    from drafter.commands.outlines import PassagesRequest, list_passages

    found = list_passages(PassagesRequest(theme=theme))
    none = f"没有“{printable(theme)}”这一类备选段落。drafter outlines passages 看全部。"
    head = [f"没有合适“{printable(theme)}”的备选段落，最近的是："] if found.far and found.passages else []
    text = lambda: "\n".join([*head, *_themes(found)]) or none  # noqa: E731
    show("outlines passages", found.json(), text, as_json=as_json, ending=found.ending if as_json or terminal() else None)


def _themes(found: "PassagesResult") -> Iterator[str]:
    """The passages, a line each, under the names of their themes."""
    theme = None
    for passage in found.passages:
        if passage.theme != theme:
            theme = passage.theme
            yield typer.style(printable(theme) or "（没有写 genre）", bold=True)
        lengths = f"{passage.characters} 字、{passage.short_characters} 字"
        heading = printable(passage.headings[0]) if passage.headings else ""
        told = f"读不了：{printable(passage.broken)}" if passage.broken else f"{heading}（{lengths}）"
        yield f"  {passage.name}　{told}"


def _row(entry: "OutlineEntry") -> str:
    head = typer.style(entry.name, bold=True)
    if entry.broken:
        return f"{head}　（{entry.origin}）\n    读不了：{printable(entry.broken)}"
    hides = f"，盖住了{'、'.join(entry.hides)}的同名提纲" if entry.hides else ""
    told = f"{len(entry.fields)} 个空，约 {entry.characters:,} 字，{entry.origin}{hides}"
    return f"{head}　{printable(entry.genre)}（{told}）\n    {printable(entry.about)}"


def outlines_basis(
    theme: Annotated[str, typer.Argument(help="看这个主题会印出什么；不写就列出全部。", metavar="主题", autocompletion=_complete_basis)] = "",
    day: Annotated[str, typer.Option("--date", help="哪一天讲；不写就是今天。", metavar="日期")] = "",
    level: Annotated[str, typer.Option("--level", help="哪一级：省、市、县……", metavar="层级")] = "",
    rank: Annotated[str, typer.Option("--rank", help="讲话人身份，例如 党委主要负责同志。", metavar="身份")] = "",
    length: Annotated[str, typer.Option("--length", help="只看这样长的：一句、三句、一段。", metavar="长短")] = "",
    as_json: Json = False,
) -> None:
    """列出依据表；看一个主题在某一天会印出什么，出处在哪里。"""
    from drafter.commands.basis import BasisRequest, list_themes, show_basis

    request = BasisRequest(theme=theme, date=day, level=level, rank=rank, length=length)
    if not theme:
        found = list_themes(request)
        from drafter.cli.show_basis import themes_listed

        none = "还没有依据表。"
        show("outlines basis", found.json(), lambda: "\n".join(themes_listed(found)) or none, as_json=as_json, remarks=found.remarks, ending=found.ending if as_json or terminal() else None)
        return
    from drafter.cli.show_basis import basis_shown

    shown = show_basis(request)
    remarks = shown.remarks
    show("outlines basis", shown.json(), lambda: "\n".join(basis_shown(shown)), as_json=as_json, remarks=remarks, ending=shown.ending)


def outlines_show(
    name: Annotated[str, typer.Argument(help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)],
    as_json: Json = False,
) -> None:
    """看一份提纲的结构：各部分、小标题、条件和要填的空。"""
    from drafter.commands.outlines import ShowRequest, show_outline

    found = show_outline(ShowRequest(name, interactive=not as_json and terminal()))

    def text() -> str:
        from drafter.cli.show_outline import as_text

        return as_text(found.told, room())

    show("outlines show", found.json(), text, as_json=as_json, remarks=found.remarks, ending=found.ending)


def outlines_edit(
    name: Annotated[str, typer.Argument(help="提纲、段落或依据表的名称。", metavar="名称", autocompletion=_complete_shelved)],
    basis: Annotated[bool, typer.Option("--basis", help="要的是依据表（和提纲、段落同名时写）。")] = False,
    user: Annotated[bool, typer.Option("--user", help="抄到用户文件夹，而不是 ./outlines/。")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="只抄一份，不打开编辑器。")] = False,
) -> None:
    """把自带的提纲、段落或依据表抄一份到 ./outlines/，用编辑器打开。"""
    from drafter.commands.outlines import OwnOutlineRequest, edit_outline

    done = edit_outline(OwnOutlineRequest(name=name, user=user, basis=basis, interactive=terminal()))
    say(f"{'抄好了，' if done.written else ''}改这一份：{printable(done.file)}")
    if done.table:
        say(f"另有同名的依据表：drafter outlines edit --basis {printable(name)}")
    if not no_open:
        _edit(done.file)
    if len(done.written) > 1:
        say(f"旁边放了给编辑器用的：{printable(done.written[1])}")
    say_ending(done.ending())


def outlines_new(
    name: Annotated[str, typer.Argument(help="新提纲的名称。", metavar="名称")],
    user: Annotated[bool, typer.Option("--user", help="放在用户文件夹，而不是 ./outlines/。")] = False,
) -> None:
    """起一份新提纲，里面有说明。"""
    from drafter.commands.outlines import OwnOutlineRequest, start_outline

    done = start_outline(OwnOutlineRequest(name=name, user=user))
    say(f"写好了：{printable(done.file)}")
    if len(done.written) > 1:
        say(f"旁边放了给编辑器用的：{printable(done.written[1])}")
    say_ending(done.ending())


def outlines_check(
    files: Annotated[
        list[str], typer.Argument(help="提纲、段落、依据表的名称或文件。", metavar="文件…", autocompletion=_complete_shelved)
    ],
    as_json: Json = False,
) -> None:
    """检查提纲、段落和依据表，一次说完所有问题：在哪一行、错在哪里、怎么改。"""
    from drafter.commands.outlines import OutlinesCheckRequest, check_outlines

    found = check_outlines(OutlinesCheckRequest(tuple(files), interactive=not as_json and terminal()))

    def text() -> str:
        return "\n".join([*map(labelled, found.problems), _summed(found), *map(labelled, found.basis)])

    remarks = found.remarks if as_json else ()
    show("outlines check", found.json(), text, as_json=as_json, remarks=remarks, quiet=as_json, ending=found.ending)
    if found.errors:
        raise typer.Exit(2)


def _summed(found: "OutlinesCheckResult") -> str:
    """How many problems there are."""
    reminders = len(found.problems) - found.errors
    if found.errors:
        return f"共 {found.errors} 处错误" + (f"，{reminders} 处提醒。" if reminders else "。")
    return f"没有错误，{reminders} 处提醒。" if reminders else "没有错误。"


def outlines_schema() -> None:
    """提纲的 JSON Schema，供编辑器补全和标红。"""
    from drafter.commands.machine import dumped
    from drafter.commands.outlines import outline_schema

    typer.echo(dumped(outline_schema()))


def _edit(path: str) -> None:
    """The editor of $VISUAL or $EDITOR; without one, whatever opens YAML on this machine."""
    import os

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    from drafter.commands.programs import command_of, run, shown

    if not editor:
        if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
            shown(path)
        return
    command = command_of(editor)
    try:
        if not command:
            raise FileNotFoundError(2, "没有这个程序")
        run([*command, path])
    except OSError as error:
        message = f"打不开编辑器 {editor}（{error.strerror}）。请自己打开：{path}"
        raise Rejected(Diagnostic(message, code="editor-not-started"), exit_code=1) from None
