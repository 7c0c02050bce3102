"""cli.new"""


import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from drafter.cli.options import Answers, Brief, Force, Headings, Json, Outline, Pick, Sets, Template, _complete_outline
from drafter.cli.print import _print_json, _remark, _said_of_levels, _terminal
from drafter.diagnostic import Diagnostic, Rejected, printable

if TYPE_CHECKING:
    from drafter.commands.new import NewResult
    from drafter.commands.opening import Choice


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
    from drafter.commands.new import NewRequest
    from drafter.commands.new import new as write_new

    there = not no_input and _terminal()
    if choose and (not there or answers == "-"):
        raise Rejected("--choose 要在终端里挑选，这里没有人可以问。用 --pick 名称,名称 直接写。")
    chosen = tuple(outline or ()) or (_choose_outline(there),)
    if choose:
        pick = ",".join(_choose_requirements(chosen))
    request = NewRequest(
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
    from drafter.commands.asking import choose_several
    from drafter.commands.index import passages
    from drafter.commands.opening import open_outline
    from drafter.outline.passages import own_requirements

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
    from drafter.commands.opening import Choice

    names = tuple(name.strip() for name in pick.replace("，", ",").replace("、", ",").split(",") if name.strip())
    if not names and not asked and (headings or brief):
        raise Rejected("--headings 和 --brief 说的是换上的段落，要和 --pick 写在一起。")
    return Choice(names, headings, brief)


def _choose_outline(there: bool) -> str:
    from drafter.commands.index import entries

    found = [e for e in entries() if not e.broken]
    if not there:
        names = "\n".join(f"{e.name}　{e.about}" for e in found)
        raise Rejected(Diagnostic("要用哪一份提纲？请写 --outline 名称。", None, names))
    from drafter.commands.asking import choose

    chosen = choose("要写哪一种讲话？", [(e.name, f"{e.genre}　{e.name}　{e.about}") for e in sorted(found, key=lambda e: e.genre)])
    if chosen is None:
        raise KeyboardInterrupt
    return chosen


def _somebody_reads() -> bool:
    """Whether what is said goes anywhere: proof-reading takes as long as writing, and a script that sends the report to
    /dev/null need not pay for it."""
    import os

    try:
        return not os.path.samestat(os.fstat(sys.stdout.fileno()), os.stat(os.devnull))
    except (AttributeError, OSError, ValueError):
        return sys.stdout is not None


def _report(written: "tuple[NewResult, ...]", as_json: bool, quiet: bool) -> None:
    aside = written[0].file == "-"
    for one in written:
        _remark(one.remarks, quiet)
    if as_json:
        told = [one.json() for one in written]
        _print_json(told if len(told) > 1 else told[0], err=aside)
    elif not quiet:
        typer.echo("\n".join(line for one in written for line in _told(one)), err=aside)


def _told(written: "NewResult") -> list[str]:
    from drafter.chinese.numerals import minutes

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
    from drafter.commands.saving import as_typed

    look = "" if file == "-" or not file.endswith((".docx", ".txt", ".md")) else f"逐条看：drafter check {printable(as_typed(file))}"
    return f"校对：{_said_of_levels(findings)}。{look}"


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
    from drafter.commands.preview import preview as show

    choice = _choice(pick, headings, brief)
    show(name, answers, tuple(sets or ()), template, choice, examples, watch, output, not no_open, force, typer.echo, typer.launch)
