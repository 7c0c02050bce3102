"""argv in, exit code out. Everything heavy is imported by the command that needs it: `drafter --help` pays for nothing else."""

import gc
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

gc.disable()  # a run lives for a tenth of a second; collecting costs a fiftieth of it, and a third of a long outline's

import typer  # noqa: E402

from drafter.diagnostic import Diagnostic, Rejected, printable  # noqa: E402
from drafter.usage import Command, Group, error_text  # noqa: E402

if TYPE_CHECKING:
    from drafter.app import Choice, Written
    from drafter.index import Entry
    from drafter.rules import Finding

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

    wanted = ctx.params.get("outline") or ()
    asked = [e.fields for e in entries() if e.name in wanted]
    out = []
    for name, ask, choices in dict.fromkeys(field for fields in asked for field in fields):
        if incomplete.startswith(name + "="):
            out += [(f"{name}={c}", "") for c in choices if f"{name}={c}".startswith(incomplete)]
        elif f"{name}=".startswith(incomplete):
            out.append((f"{name}=", ask))
    return out


def _complete_pick(incomplete: str) -> list[tuple[str, str]]:
    from drafter.index import passages

    before, comma, last = incomplete.rpartition(",")
    return [(before + comma + p.name, f"{p.theme}　{p.headings[0]}") for p in passages() if not p.broken and p.name.startswith(last)]


Outline = Annotated[
    list[str] | None,
    typer.Option(
        "--outline", "-O", help="提纲的名称或文件；写几次就按同一份回答写几个文件。", metavar="名称", autocompletion=_complete_outline
    ),
]
Pick = Annotated[
    str,
    typer.Option(
        "--pick", "-p", help="换上这几条要求：段落的名称、本提纲第几条，用逗号隔开。", metavar="忠诚,服务,3", autocompletion=_complete_pick
    ),
]
Headings = Annotated[str, typer.Option("--headings", help="换上的小标题：四四、七字、在上；不写就和提纲一致。", metavar="形式")]
Brief = Annotated[bool, typer.Option("--brief", help="换上的段落用短文。")]
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
    outline: Outline = None,
    sets: Sets = None,
    answers: Answers = "",
    output: Annotated[
        str, typer.Option("--output", "-o", help="写到哪个文件（.docx .txt .md .html .pdf；- 是标准输出）。", metavar="文件")
    ] = "",
    template: Template = "",
    to: Annotated[str, typer.Option("--to", help="写成哪一种：docx、txt、md、html、pdf。", metavar="种类")] = "",
    pick: Pick = "",
    choose: Annotated[bool, typer.Option("--choose", help="看着备选段落，一条一条挑。")] = False,
    headings: Headings = "",
    brief: Brief = False,
    save_answers: Annotated[str, typer.Option("--save-answers", help="把回答存下来，下次接着用。", metavar="文件")] = "",
    no_input: Annotated[bool, typer.Option("--no-input", help="不提问，没有回答的空留着。")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="空写成普通文字，不用控件（给 LibreOffice 7.4 用）。")] = False,
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
    if choose and (not there or answers == "-"):
        raise Rejected("--choose 要在终端里挑选，这里没有人可以问。用 --pick 名称,名称 直接写。")
    chosen = tuple(outline or ()) or (_choose_outline(there),)
    if choose:
        pick = ",".join(_choose_requirements(chosen))
    request = Request(
        chosen,
        tuple(sets or ()),
        answers,
        save_answers,
        there and answers != "-",
        strict,
        output,
        to,
        template,
        force,
        date,
        _choice(pick, headings, brief, choose),
        plain,
        not quiet and _somebody_reads(),
    )
    written = write_new(request)
    _report(written, as_json, quiet)
    for one in written:
        if open_it and one.file != "-":
            typer.launch(one.file)


def _choose_requirements(outlines: tuple[str, ...]) -> list[str]:
    """What is picked on the terminal for the first outline that has requirements."""
    from drafter.app import open_outline
    from drafter.ask import choose_several
    from drafter.index import passages
    from drafter.pick import own_requirements

    own = next(filter(None, (own_requirements(open_outline(name).outline) for name in outlines)), ())
    if not own:
        raise Rejected("这份提纲没有分条的要求，--choose 没有可以换的。")
    options = [
        (str(n), f"{item.heading.words if item.heading else ''}　（本提纲第 {n} 条）", "".join(t.words for t in item.texts))
        for n, item in enumerate(own, 1)
    ]
    options += [(p.name, f"{p.headings[0]}　{p.name} · {p.theme}", p.short) for p in passages() if not p.broken]
    picked = choose_several("讲哪几条？", options)
    if picked is None:
        raise KeyboardInterrupt
    return picked


def _choice(pick: str, headings: str, brief: bool, asked: bool = False) -> "Choice":
    from drafter.app import Choice

    names = tuple(name.strip() for name in pick.replace("，", ",").replace("、", ",").split(",") if name.strip())
    if not names and not asked and (headings or brief):
        raise Rejected("--headings 和 --brief 说的是换上的段落，要和 --pick 写在一起。")
    return Choice(names, headings, brief)


def _choose_outline(there: bool) -> str:
    from drafter.index import entries

    found = [e for e in entries() if not e.broken]
    if not there:
        names = "\n".join(f"{e.name}　{e.about}" for e in found)
        raise Rejected(Diagnostic("要用哪一份提纲？请写 --outline 名称。", None, names))
    from drafter.ask import choose

    chosen = choose("要写哪一种讲话？", [(e.name, f"{e.genre}　{e.name}　{e.about}") for e in sorted(found, key=lambda e: e.genre)])
    if chosen is None:
        raise KeyboardInterrupt
    return chosen


def _terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def _somebody_reads() -> bool:
    """Whether what is said goes anywhere: proof-reading takes as long as writing, and a script that sends the report to
    /dev/null need not pay for it."""
    import os

    try:
        return not os.path.samestat(os.fstat(sys.stdout.fileno()), os.stat(os.devnull))
    except (AttributeError, OSError, ValueError):
        return sys.stdout is not None


def _report(written: "tuple[Written, ...]", as_json: bool, quiet: bool) -> None:
    aside = written[0].file == "-"
    for one in written:
        _remark(one.remarks, quiet)
    if as_json:
        told = [one.json() for one in written]
        _print_json(told if len(told) > 1 else told[0], err=aside)
    elif not quiet:
        typer.echo("\n".join(line for one in written for line in _told(one)), err=aside)


def _told(written: "Written") -> list[str]:
    from drafter.chinese import minutes

    characters = written.characters
    fast, _, slow = minutes(characters)
    low, high = max(1, round(fast)), max(1, round(slow))
    span = f"{low}" if low == high else f"{low}—{high}"
    lines = [] if written.file == "-" else [f"写好了：{printable(written.file)}"]
    pages = f"，{written.pages} 页" if written.pages else ""
    lines.append(f"约 {characters:,} 字{pages}，念下来 {span} 分钟（每分钟 240—160 字）。")
    if written.answers_file:
        lines.append(f"回答存在：{printable(written.answers_file)}")
    if written.blanks:
        lines.append(f"还有 {len(written.blanks)} 处没填，文中标了黄色：")
        for blank in written.blanks:
            times = f"（{blank.times} 处）" if blank.times > 1 else ""
            lines.append(f"  【{printable(blank.name)}】{printable(blank.ask)}{times}")
    if written.findings is not None:
        lines.append(_proofread(written.findings, written.file))
    if written.notes:
        lines.append("写稿时请注意：")
        lines += [f"  · {printable(note)}" for note in written.notes]
    return lines


def _proofread(findings: Mapping[str, int], file: str) -> str:
    if not findings:
        return "校对：没有发现问题。"
    from drafter.saving import as_typed

    look = "" if file == "-" or not file.endswith((".docx", ".txt", ".md")) else f"逐条看：drafter check {printable(as_typed(file))}"
    return f"校对：{_said_of_levels(findings)}。{look}"


# ── drafts handed back ─────────────────────────────────────────────────────────────────────────────────────────────

Draft = Annotated[str, typer.Argument(help="讲话稿（.docx）。", metavar="文件")]


def status(file: Draft, as_json: Json = False) -> None:
    """看一份讲话稿：用哪份提纲写的、哪些空填了改了、哪些段落动过手。"""
    from drafter.drafts import status as look

    found = look(file)
    _remark(found.remarks)
    if as_json:
        _print_json(found.json())
        return
    from drafter.telling import status_text

    typer.echo(status_text(found))


def update(
    file: Draft,
    sets: Sets = None,
    answers: Answers = "",
    outline: Annotated[
        str, typer.Option("--outline", "-O", help="改用这份提纲。", metavar="名称", autocompletion=_complete_outline)
    ] = "",
    template: Template = "",
    output: Annotated[str, typer.Option("--output", "-o", help="写到另一个文件，原文件不动。", metavar="文件")] = "",
    next_draft: Annotated[bool, typer.Option("--next", help="在旁边写下一稿：二稿、三稿……")] = False,
    stage: Annotated[str, typer.Option("--as", help="下一稿的名称，例如 送审稿。", metavar="名称")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="只看会改哪些地方，不写文件。")] = False,
    revisions: Annotated[bool, typer.Option("--as-revisions", help="改动写成修订，在 Word 里逐条接受或拒绝。")] = False,
    renumber: Annotated[bool, typer.Option("--renumber", help="删了加了要求以后，把序号重新排好。")] = False,
    plain: Annotated[bool | None, typer.Option("--plain/--fields", help="去掉（或恢复）可以填写的控件。")] = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """把新的回答、改过的提纲和模板更新到改过的讲话稿里；手改的字一个不丢。"""
    from drafter.drafts import Against
    from drafter.drafts import update as bring_up

    against = Against(tuple(sets or ()), answers, outline, template, renumber)
    if stage and ("/" in stage or "\\" in stage or len(stage) > 20):
        raise Rejected(f"--as {stage}：写 送审稿、定稿 这样的名称。")
    done = bring_up(file, against, output, dry_run, revisions, stage or ("+" if next_draft else ""), force, plain)
    _remark(done.remarks)
    if as_json:
        _print_json(done.json())
        return
    from drafter.telling import update_text

    typer.echo(update_text(done, dry_run))


def pull(
    file: Draft,
    outline: Annotated[
        str, typer.Option("--outline", "-O", help="把手改的文字写回这份提纲（先看差别）。", metavar="文件", autocompletion=_complete_outline)
    ] = "",
    output: Annotated[str, typer.Option("--output", "-o", help="写到文件；不写就显示出来。", metavar="文件")] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """把在 Word 里填的回答取出来，存成回答文件；加 --outline，把手改的文字写回提纲。"""
    from drafter.drafts import pull as pull_answers

    if outline:
        from drafter.pulling import propose

        proposed = propose(file, outline, output, force)
        _remark(proposed.remarks)
        if as_json:
            _print_json(proposed.json())
        else:
            typer.echo(proposed.diff or "手改的地方都不在提纲里，没有要改的。")
            if proposed.written:
                typer.echo(f"写好了：{printable(proposed.written)}", err=True)
        return
    pulled = pull_answers(file)
    _remark(pulled.remarks)
    from drafter.answers import to_json, to_yaml

    if output and output != "-":
        from pathlib import Path

        from drafter.saving import save

        as_file = to_json if output.endswith(".json") else to_yaml
        save(Path(output), as_file(pulled.values, pulled.blank).encode(), force=force, inputs=[Path(file)])
        typer.echo(f"写好了：{printable(output)}", err=as_json)
    if as_json:
        _print_json(pulled.saved())
    elif not output or output == "-":
        typer.echo(to_yaml(pulled.values, pulled.blank).rstrip() or "# 还没有回答。")


def history(file: Draft, as_json: Json = False) -> None:
    """列出这份讲话稿的各稿：第几稿、谁改的、什么时候、改了多少。"""
    from drafter.drafts import history as look

    found = look(file)
    if as_json:
        _print_json(found.json())
        return
    from drafter.telling import history_text

    typer.echo(history_text(found))


def finish(
    file: Annotated[str, typer.Argument(help="要定稿的 Word 文件（.docx），不论是谁写的。", metavar="文件")],
    output: Annotated[str, typer.Option("--output", "-o", help="定稿写到哪里；不写就在原文件旁边，名字后面加（定稿）。", metavar="文件")] = "",
    large_print: Annotated[bool, typer.Option("--large-print", help="同时写一份大字版，给讲话人念。")] = False,
    check: Annotated[bool, typer.Option("--check", help="只检查，不写文件；还不能定稿，退出码 1。")] = False,
    accept_revisions: Annotated[bool, typer.Option("--accept-revisions", help="接受全部修订。")] = False,
    drop_comments: Annotated[bool, typer.Option("--drop-comments", help="删掉全部批注。")] = False,
    drop_highlights: Annotated[bool, typer.Option("--drop-highlights", help="去掉突出显示和黄色底色。")] = False,
    force: Annotated[bool, typer.Option("--force", help="校对出错误也照样定稿；已有的同名文件直接覆盖。")] = False,
    as_json: Json = False,
) -> None:
    """定稿：查清还有没有空、修订、批注、底色和错误，写一份干净的，可以发出去。

    干净的一份里没有填空控件、成稿记录、作者和编辑时间，文字和样子不变。原文件不动。
    """
    from datetime import datetime

    from drafter.finishing import Request
    from drafter.finishing import finish as write_final

    request = Request(file, output, large_print, check, force, accept_revisions, drop_comments, drop_highlights)
    done = write_final(request, datetime.now().replace(microsecond=0))
    _remark(done.remarks)
    if as_json:
        _print_json(done.json())
    else:
        typer.echo("\n".join(done.told()), err=bool(done.problems) and not check)
    if done.problems:
        raise typer.Exit(1)


def format_(
    file: Annotated[str, typer.Argument(help="要排版的 Word 文件（.docx），不论是谁写的。", metavar="文件")],
    template: Template = "",
    output: Annotated[str, typer.Option("--output", "-o", help="写到另一个文件，原文件不动。", metavar="文件")] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """按模板重新排版：纸张、页边距、字体、字号、缩进、行距、页码；文字一个不动。

    不写 --template，就用写这份稿子的模板；不知道的，用讲话稿的。打空格空出来的缩进和隔开段落的空行会去掉。直接改在
    文件里，原来的一份留在旁边。
    """
    from datetime import datetime

    from drafter.formatting import Request, format_file

    done = format_file(Request(file, template, output, force), datetime.now().replace(microsecond=0))
    _remark(done.remarks)
    if as_json:
        _print_json(done.json())
    else:
        typer.echo("\n".join(done.told()))


# ── outlines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def outlines(
    ctx: typer.Context,
    genre: Annotated[str, typer.Option("--genre", "-g", help="只列这一类，例如 会议、培训、致辞。", metavar="文种")] = "",
    as_json: Json = False,
) -> None:
    """列出所有提纲：名称、文种、用途、要填的空、字数、来自哪里。"""
    if ctx.invoked_subcommand:
        return
    from drafter.index import entries

    found = entries()
    if genre:
        from drafter.finding import of_genre

        found = of_genre(found, genre)
    _list(found, as_json, f"没有文种是“{printable(genre)}”的提纲。drafter outlines 列出所有提纲。" if genre else _NONE)


_NONE = "还没有提纲。drafter outlines new 名称 起一份。"


def _list(found: "Sequence[Entry]", as_json: bool, none: str) -> None:
    if as_json:
        _print_json([e.json() for e in found])
    else:
        typer.echo("\n".join(_row(entry) for entry in found) or none)


def outlines_find(
    words: Annotated[list[str], typer.Argument(help="要找的词，例如 防汛、开班、党课。", metavar="词…")], as_json: Json = False
) -> None:
    """按用途找提纲：名称、文种、用途、标题、小标题里都找，说法相近的也算。"""
    from drafter.finding import find
    from drafter.index import entries

    wanted = " ".join(words).split()
    _list(find(entries(), wanted), as_json, f"没有找到“{printable(' '.join(wanted))}”。换个说法，或者用 drafter outlines 看全部。")


def outlines_passages(
    theme: Annotated[str, typer.Argument(help="只看这一类，例如 作风。", metavar="主题")] = "", as_json: Json = False
) -> None:
    """列出备选的段落，drafter new --pick 用它们的名称。"""
    from drafter.index import passages

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


def _row(entry: "Entry") -> str:
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


# ── extract ────────────────────────────────────────────────────────────────────────────────────────────────────────


def extract(
    file: Annotated[str, typer.Argument(help="旧的讲话稿（.docx .txt .md .html .pdf）。", metavar="文件")],
    output: Annotated[str, typer.Option("--output", "-o", help="提纲写到哪里；不写就是 ./outlines/文件名.yaml；- 是标准输出。", metavar="文件")] = "",
    save_answers: Annotated[str, typer.Option("--save-answers", help="原稿里的事实存到哪里；不写就是 文件名-回答.yaml。", metavar="文件")] = "",
    answers: Annotated[str, typer.Option("--answers", "-a", help="已经知道的事实（.yaml），照它的名称留空。", metavar="文件")] = "",
    keep_figures: Annotated[bool, typer.Option("--keep-figures", help="数字不留空。")] = False,
    review: Annotated[bool, typer.Option("--review", "-r", help="一个空一个空地看：收下、改名、不要。")] = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """把旧的讲话稿变成提纲：结构照原样，人名、日期、数字留成空。

    用提纲和存下的回答再写一遍，就是原稿，一字不差。
    """
    from drafter.extracting import Request
    from drafter.extracting import extract as run

    if review and not _terminal():
        raise Rejected("--review 要在终端里一个一个地看，这里没有人可以问。去掉它，写好以后再改。")
    done = run(Request(file, output, save_answers, answers, keep_figures, review, force))
    _remark(done.remarks)
    if as_json:
        _print_json(done.json(), err=done.file == "-")
    else:
        typer.echo("\n".join(done.told()), err=done.file == "-")


# ── learn ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def learn(
    files: Annotated[list[str], typer.Argument(help="同一类的讲话稿，两篇以上（.docx .txt .md .html .pdf）。", metavar="文件…")],
    output: Annotated[str, typer.Option("--output", "-o", help="提纲写到哪里；不写就是 ./outlines/第一个文件名.yaml；- 是标准输出。", metavar="文件")] = "",
    answers_dir: Annotated[str, typer.Option("--answers-dir", help="各篇的回答存到哪个文件夹；不写就在提纲旁边。", metavar="文件夹")] = "",
    keep_figures: Annotated[bool, typer.Option("--keep-figures", help="不按单位认数字。")] = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """从几篇同类的讲话稿学出一份提纲：相同的留下，不同的留成空。

    只有几篇才有的段落由一个问题决定要不要。每篇另存一份回答，
    用提纲和它再写一遍，就是那一篇，一字不差。
    """
    from drafter.learning import Request
    from drafter.learning import learn as run

    progress = (lambda said: typer.echo(said, err=True)) if sys.stderr is not None and sys.stderr.isatty() else (lambda said: None)
    done = run(Request(tuple(files), output, answers_dir, keep_figures, force), progress)
    _remark(done.remarks)
    if as_json:
        _print_json(done.json(), err=done.file == "-")
    else:
        typer.echo("\n".join(done.told()), err=done.file == "-")


# ── check ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _complete_rule(incomplete: str) -> list[str]:
    from drafter.rules import names

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in names() if name.startswith(last)]


def check(
    files: Annotated[list[str] | None, typer.Argument(help="要检查的文件（.docx .txt .md .yaml；- 是标准输入）。", metavar="文件…")] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", help="只用这几条规则，用逗号隔开。", metavar="规则,规则", autocompletion=_complete_rule),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", help="不用这几条规则，用逗号隔开。", metavar="规则,规则", autocompletion=_complete_rule),
    ] = None,
    level: Annotated[
        str, typer.Option("--level", help="从哪一级说起：error 错误、warning 提醒（平时）、advice 建议。", metavar="级别")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="按哪一天的规定判断；不写就按稿子上的日期。", metavar="日期")] = "",
    minutes: Annotated[float, typer.Option("--minutes", help="这篇讲话要讲多少分钟，用来看长短。", metavar="分钟", show_default=False)] = 0,
    fix: Annotated[bool, typer.Option("--fix", help="有把握的错直接改在文件里（标准输入：改好的文字写到标准输出）。")] = False,
    annotate: Annotated[
        str, typer.Option("--annotate", help="另写一份 .docx，每处问题是一条 Word 批注。", metavar="文件")
    ] = "",
    revisions: Annotated[bool, typer.Option("--revisions", help="有把握的改动写成修订，在 Word 里接受或拒绝。")] = False,
    force: Force = False,
    as_json: Json = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="结果用 SARIF 2.1.0 输出，供代码平台读。")] = False,
    explain: Annotated[
        str, typer.Option("--explain", help="说明一条规则。", metavar="规则", autocompletion=_complete_rule)
    ] = "",
    list_rules: Annotated[bool, typer.Option("--list-rules", help="列出所有规则。")] = False,
) -> None:
    """校对讲话稿：漏填的空、序号和条数、提法、标点、数字、用词。"""
    if explain or list_rules:
        _tell_rules(explain, as_json)
        return
    if not files:
        raise Rejected("要检查哪个文件？例如：drafter check 讲话.txt")
    if as_json and as_sarif:
        raise Rejected("--json 和 --sarif 只能写一个。")
    if level not in ("", "error", "warning", "advice"):
        raise Rejected(f"--level {level}：没有这一级；有 error、warning、advice。")
    if minutes < 0:
        raise Rejected(f"--minutes {minutes:g}：分钟数不能小于零。")
    from drafter.proofreading import Wish, worst
    from drafter.proofreading import check as look

    wish = Wish(tuple(files), _listed(select), _listed(ignore), level, as_of, minutes, fix, annotate, revisions, force)
    watching = len(files) > 1 and sys.stderr is not None and sys.stderr.isatty()

    def told(done: int, of: int) -> None:
        typer.echo(f"\r检查 {done}/{of}" + ("\r\033[K" if done == of else ""), err=True, nl=False)

    checked = []
    aside = fix and "-" in files
    for one in look(wish, told if watching else (lambda done, of: None)):
        checked.append(one)
        for problem in one.problems:
            typer.echo(("提醒 " if problem.level != "error" else "") + problem.text(), err=True)
        if as_json or as_sarif:
            continue
        for done in one.fixed:
            typer.echo(f"{printable(done.file)}:{done.line}:{done.column}: 改了“{printable(done.was)}”→“{printable(done.now)}” [{done.rule}]", err=aside)
        for remark in one.remarks:
            typer.echo(f"{_LEVELS[remark.finding.level]} {remark.diagnostic().text()}\n", err=aside)
    if as_sarif:
        from drafter import __version__
        from drafter.checking import sarif

        _print_json(sarif([r for one in checked for r in one.remarks], __version__), err=aside)
    elif as_json:
        _print_json([one.json() for one in checked], err=aside)
    else:
        there = _counted(r.finding for one in checked for r in one.remarks)
        mended = sum(len(one.fixed) for one in checked)
        said = (f"改了 {mended} 处。" if mended else "") + (f"{there}。" if there else "没有发现问题。")
        read = sum(not one.code for one in checked)
        if annotate:
            typer.echo(f"批注写在：{printable(annotate)}")
        if read:
            typer.echo((f"{read} 个文件：" if len(checked) > 1 else "") + said, err=aside)
        for name in dict.fromkeys(one.file for one in checked if one.mendable):
            typer.echo(f"版式的问题可以一次改过来：drafter format {printable(name)}", err=aside)
    if aside:
        for one in checked:
            typer.echo(one.text, nl=False)
    if worst(checked):
        raise typer.Exit(worst(checked))


_LEVELS = {"error": "错误", "warning": "提醒", "advice": "建议"}


def _counted(found: "Iterable[Finding]") -> str:
    from drafter.checking import counted

    return _said_of_levels(counted(found))


def _said_of_levels(counts: Mapping[str, int]) -> str:
    return "，".join(f"{n} 处{_LEVELS[level]}" for level, n in counts.items())


def _listed(words: list[str] | None) -> tuple[str, ...]:
    """The names in options that may be written several times, each with several names."""
    return tuple(name for word in words or () for name in word.replace("，", ",").replace("、", ",").replace(",", " ").split())


def _tell_rules(name: str, as_json: bool) -> None:
    from drafter.checking import known
    from drafter.rules import registry, rule

    if name:
        known((name,), "--explain")
    told = [rule(name)] if name else list(registry())
    if as_json:
        _print_json([{"rule": r.name, "level": r.level, "source": r.source, "documentation": r.doc.strip()} for r in told])
    elif name:
        typer.echo(f"{told[0].name}（{_LEVELS[told[0].level]}）\n\n{told[0].doc.strip()}\n\n依据：{told[0].source}")
    else:
        typer.echo("\n".join(f"{r.name}　{_LEVELS[r.level]}　{r.doc.strip().split(chr(10))[0]}" for r in told) or "没有规则。")


# ── compare ────────────────────────────────────────────────────────────────────────────────────────────────────────


def compare(
    old: Annotated[str, typer.Argument(help="原来的一稿（.docx .txt .md .html .pdf）。", metavar="旧稿")],
    new: Annotated[str, typer.Argument(help="现在的一稿（.docx .txt .md .html .pdf）。", metavar="新稿")],
    to: Annotated[str, typer.Option("--to", help="另写一份花脸稿：docx。", metavar="种类")] = "",
    output: Annotated[
        str, typer.Option("--output", "-o", help="花脸稿写到哪个文件；不写就是 新稿-花脸稿.docx；- 是标准输出。", metavar="文件")
    ] = "",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="两稿文字不一样时，退出码是 1；不加，比好了就是 0。")] = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """比较两稿：哪条要求去了哪里，哪里改写、新加、去掉，数字、日期、人名有哪些变化。

    花脸稿是 Word 文件，改动写成修订：全部接受就是新稿，全部拒绝就是旧稿。
    """
    from drafter.comparing import Request
    from drafter.comparing import compare as run

    done = run(Request(old, new, to, output, force))
    _remark(done.remarks)
    aside = done.file == "-"
    if as_json:
        _print_json(done.json(), err=aside)
    else:
        import os

        from drafter.sidebyside import side_by_side

        colour = bool(sys.stdout and sys.stdout.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        typer.echo(side_by_side(done.found, old, new, colour and not aside), err=aside)
        if done.file and not aside:
            typer.echo(f"\n花脸稿写好了：{printable(done.file)}")
    if exit_code and not done.found.same:
        raise typer.Exit(1)


# ── preview, doctor ────────────────────────────────────────────────────────────────────────────────────────────────


def preview(
    name: Annotated[str, typer.Argument(help="提纲的名称或文件。", metavar="名称", autocompletion=_complete_outline)],
    sets: Sets = None,
    answers: Answers = "",
    template: Template = "",
    pick: Pick = "",
    headings: Headings = "",
    brief: Brief = False,
    examples: Annotated[bool, typer.Option("--examples", help="没有回答的空用例子填上。")] = False,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="提纲一保存，页面就跟着变。")] = False,
    output: Annotated[str, typer.Option("--output", "-o", help="只写成一个 HTML 文件，不打开。", metavar="文件")] = "",
    no_open: Annotated[bool, typer.Option("--no-open", help="不打开浏览器，只说地址。")] = False,
    force: Force = False,
) -> None:
    """在浏览器里看成稿的样子：A4 纸，每页 22 行、每行 28 字。"""
    from drafter.app import preview as show

    choice = _choice(pick, headings, brief)
    show(name, answers, tuple(sets or ()), template, choice, examples, watch, output, not no_open, force, typer.echo, typer.launch)


def doctor(as_json: Json = False) -> None:
    """看看这台电脑：版本、提纲和模板的位置、公文字体、LibreOffice。"""
    from drafter.doctor import look
    from drafter.tree import doctor_text

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
        from drafter.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "drafter":
            raise
        raise Rejected(Diagnostic(f"drafter lsp 要用的组件没有装（缺 {error.name}）。", None, '装上它：pip install "drafter[lsp]"')) from None
    raise typer.Exit(serve())


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
        if sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
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
