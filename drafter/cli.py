"""argv in, exit code out. Everything heavy is imported by the command that needs it: `drafter --help` pays for nothing else."""

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

gc.disable()  # a run lives for a tenth of a second; collecting costs a fiftieth of it, and a third of a long outline's

import typer  # noqa: E402

from drafter.diagnostic import Diagnostic, Rejected, printable  # noqa: E402
from drafter.usage import Command, Group, error_text  # noqa: E402

if TYPE_CHECKING:
    from drafter.app import Written
    from drafter.index import Entry

Json = Annotated[bool, typer.Option("--json", help="结果用 JSON 输出，供别的程序读。")]


# ── completion ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _complete_outline(incomplete: str) -> list[tuple[str, str]]:
    from drafter.index import entries

    return [(e.name, e.about) for e in entries() if e.name.startswith(incomplete)]


def _complete_template(incomplete: str) -> list[str]:
    from drafter.shelf import TEMPLATES, listed

    return [found.name for found in listed(TEMPLATES) if found.name.startswith(incomplete)]


def _complete_set(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    from drafter.index import entries

    wanted = ctx.params.get("outline") or ""
    entry = next((e for e in entries() if e.name == wanted), None)
    if entry is None:
        return []
    out = []
    for name, ask, choices in entry.fields:
        if incomplete.startswith(name + "="):
            out += [(f"{name}={c}", "") for c in choices if f"{name}={c}".startswith(incomplete)]
        elif f"{name}=".startswith(incomplete):
            out.append((f"{name}=", ask))
    return out


Outline = Annotated[
    str, typer.Option("--outline", "-O", help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", "-s", help="直接给出一个回答，可以写多次。", metavar="名称=回答", autocompletion=_complete_set),
]
Answers = Annotated[str, typer.Option("--answers", "-a", help="从文件读回答（.yaml 或 .json；- 是标准输入）。", metavar="文件")]
Template = Annotated[
    str,
    typer.Option(
        "--template", "-t", help="模板：speech 讲话稿、reading 大字版、card 提纲卡，或一个文件夹。", metavar="名称",
        autocompletion=_complete_template,
    ),
]  # fmt: skip
Force = Annotated[bool, typer.Option("--force", help="已有的同名文件直接覆盖。")]


# ── new ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def new(
    outline: Outline = "",
    sets: Sets = None,
    answers: Answers = "",
    output: Annotated[
        str, typer.Option("--output", "-o", help="写到哪个文件（.docx .txt .md .html .pdf；- 是标准输出）。", metavar="文件")
    ] = "",
    template: Template = "",
    to: Annotated[str, typer.Option("--to", help="写成哪一种：docx、txt、md、html、pdf。", metavar="种类")] = "",
    save_answers: Annotated[str, typer.Option("--save-answers", help="把回答存下来，下次接着用。", metavar="文件")] = "",
    no_input: Annotated[bool, typer.Option("--no-input", help="不提问，没有回答的空留着。")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="还有空没填就不写文件，退出码 1。")] = False,
    force: Force = False,
    date: Annotated[str, typer.Option("--date", help="当作今天的日期；写进文件属性。", metavar="日期")] = "",
    open_it: Annotated[bool, typer.Option("--open", help="写好后打开。")] = False,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="写好后不说话。")] = False,
) -> None:
    """按提纲写一篇讲话稿。

    回答的次序：--set 最先，其次 --answers 文件，再次现场提问，再次默认值；都没有，就在文中留下醒目的【名称】。
    """
    from drafter.app import Request
    from drafter.app import new as write_new

    there = not no_input and _terminal()
    if not outline:
        outline = _choose_outline(there)
    request = Request(
        outline, tuple(sets or ()), answers, save_answers, there and answers != "-", strict, output, to, template, force, date
    )
    written = write_new(request)
    _report(written, as_json, quiet)
    if open_it and written.file != "-":
        typer.launch(written.file)


def _choose_outline(there: bool) -> str:
    from drafter.index import entries

    found = [e for e in entries() if not e.broken]
    if not there:
        names = "\n".join(f"{e.name}　{e.about}" for e in found)
        raise Rejected(Diagnostic("要用哪一份提纲？请写 --outline 名称。", None, names))
    from drafter.ask import choose

    chosen = choose("要写哪一种讲话？", [(e.name, f"{e.name}　{e.about}") for e in found])
    if chosen is None:
        raise KeyboardInterrupt
    return chosen


def _terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def _report(written: "Written", as_json: bool, quiet: bool) -> None:
    aside = written.file == "-"
    _remark(written.remarks, quiet)
    if as_json:
        _print_json(written.json(), err=aside)
        return
    if quiet:
        return
    fast, _, slow = written.minutes
    low, high = max(1, round(fast)), max(1, round(slow))
    span = f"{low}" if low == high else f"{low}—{high}"
    lines = [] if aside else [f"写好了：{printable(written.file)}"]
    pages = f"，{written.pages} 页" if written.pages else ""
    lines.append(f"约 {written.characters:,} 字{pages}，念下来 {span} 分钟（每分钟 240—160 字）。")
    if written.answers_file:
        lines.append(f"回答存在：{printable(written.answers_file)}")
    if written.blanks:
        lines.append(f"还有 {len(written.blanks)} 处没填，文中标了黄色：")
        for blank in written.blanks:
            times = f"（{blank.times} 处）" if blank.times > 1 else ""
            lines.append(f"  【{printable(blank.name)}】{printable(blank.ask)}{times}")
    if written.notes:
        lines.append("写稿时请注意：")
        lines += [f"  · {printable(note)}" for note in written.notes]
    typer.echo("\n".join(lines), err=aside)


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def outlines(ctx: typer.Context, as_json: Json = False) -> None:
    """列出所有提纲：名称、文种、用途、要填的空、字数、来自哪里。"""
    if ctx.invoked_subcommand:
        return
    from drafter.index import entries

    found = entries()
    if as_json:
        _print_json([e.json() for e in found])
        return
    for entry in found:
        typer.echo(_row(entry))
    if not found:
        typer.echo("还没有提纲。drafter outlines new 名称 起一份。")


def _row(entry: "Entry") -> str:
    head = typer.style(entry.name, bold=True)
    if entry.broken:
        return f"{head}　（{entry.origin}）\n    读不了：{printable(entry.broken)}"
    hides = f"，盖住了{'、'.join(entry.hides)}的同名提纲" if entry.hides else ""
    told = f"{len(entry.fields)} 个空，约 {entry.characters:,} 字，{entry.origin}{hides}"
    return f"{head}　{printable(entry.genre)}\n    {printable(entry.about)}\n    {told}"


def outlines_show(
    name: Annotated[str, typer.Argument(help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)],
    as_json: Json = False,
) -> None:
    """看一份提纲的结构：各部分、小标题、条件和要填的空。"""
    from drafter.app import open_outline
    from drafter.tree import as_data, as_text

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
    from drafter.app import copy_outline

    path = copy_outline(name, user)
    typer.echo(f"改这一份：{printable(str(path))}")
    if not no_open:
        _edit(str(path))


def outlines_new(
    name: Annotated[str, typer.Argument(help="新提纲的名称。", metavar="名称")],
    user: Annotated[bool, typer.Option("--user", help="放在用户文件夹，而不是 ./outlines/。")] = False,
) -> None:
    """起一份新提纲，里面有说明。"""
    from drafter.app import start_outline

    path = start_outline(name, user)
    typer.echo(f"写好了：{printable(str(path))}\n改好以后：drafter new --outline {name}")


def outlines_check(
    files: Annotated[list[str], typer.Argument(help="提纲的名称或文件。", metavar="文件…", autocompletion=_complete_outline)],
    as_json: Json = False,
) -> None:
    """检查提纲，一次说完所有问题：在哪一行、错在哪里、怎么改。"""
    from drafter.app import check_outline

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
    from drafter.vocabulary import schema

    _print_json(schema())


# ── preview, doctor ────────────────────────────────────────────────────────────────────────────────────────────────


def preview(
    name: Annotated[str, typer.Argument(help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)],
    sets: Sets = None,
    answers: Answers = "",
    template: Template = "",
    examples: Annotated[bool, typer.Option("--examples", help="没有回答的空用例子填上。")] = False,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="提纲一保存，页面就跟着变。")] = False,
    output: Annotated[str, typer.Option("--output", "-o", help="只写成一个 HTML 文件，不打开。", metavar="文件")] = "",
    no_open: Annotated[bool, typer.Option("--no-open", help="不打开浏览器，只说地址。")] = False,
    force: Force = False,
) -> None:
    """在浏览器里看成稿的样子：A4 纸，每页 22 行、每行 28 字。"""
    from drafter.app import preview as show

    show(name, answers, tuple(sets or ()), template, examples, watch, output, not no_open, force, typer.echo, typer.launch)


def doctor(as_json: Json = False) -> None:
    """看看这台电脑：版本、提纲和模板的位置、公文字体、LibreOffice。"""
    from drafter.doctor import look
    from drafter.tree import doctor_text

    report = look()
    if as_json:
        _print_json(report.json())
    else:
        typer.echo(doctor_text(report))


def start(ctx: typer.Context, version: Annotated[bool, typer.Option("--version", "-V", help="版本。", is_eager=True)] = False) -> None:
    """起草讲话稿：按提纲提问，写成符合 GB/T 9704—2012 的 Word 文件。"""
    if version:
        from drafter import __version__

        typer.echo(f"drafter {__version__}")
        raise typer.Exit()
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


# ── the tree of commands ───────────────────────────────────────────────────────────────────────────────────────────


def program(only: str = "") -> typer.Typer:
    """The program with all its commands, or with one: what typer makes of every option of the others is a tenth of a run
    that will not look at them."""
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
    commands: dict[str, Callable[..., None]] = {"new": new, "preview": preview, "doctor": doctor}
    if only in commands:
        root.command(only, cls=Command)(commands[only])
        root.command("outlines", hidden=True)(_unused)
        return root
    for name, function in commands.items():
        root.command(name, cls=Command)(function)
    group = typer.Typer(cls=Group, help="列出、查看、修改和检查提纲。", rich_markup_mode=None)
    group.callback(invoke_without_command=True)(outlines)
    below: dict[str, Callable[..., None]] = {
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
    """Keeps typer from taking a program of one command for that command."""


# ── outer edge ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _print_json(value: Any, err: bool = False) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2), err=err)


def _remark(remarks: tuple[Any, ...], quiet: bool = False) -> None:
    for remark in () if quiet else remarks:
        typer.echo("提醒 " + remark.text(), err=True)


def _edit(path: str) -> None:
    """The editor of $VISUAL or $EDITOR; without one, whatever opens YAML on this machine."""
    import os

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        typer.launch(path)
        return
    import shlex
    import subprocess

    try:
        subprocess.run([*shlex.split(editor), path], check=False)
    except OSError as error:
        raise Rejected(f"打不开编辑器 {editor}（{error.strerror}）。请自己打开：{path}", code=1) from None


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
        code = error.code
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
