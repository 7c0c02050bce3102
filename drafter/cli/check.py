"""cli.check"""


import sys
from typing import Annotated

import typer

from drafter.cli.options import Force, Json, _complete_rule
from drafter.cli.print import _LEVELS, _counted, _print_json
from drafter.diagnostic import Rejected, printable


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
    from drafter.commands.check import CheckRequest, worst
    from drafter.commands.check import check as look

    request = CheckRequest(tuple(files), _listed(select), _listed(ignore), level, as_of, minutes, fix, annotate, revisions, force)
    watching = len(files) > 1 and sys.stderr is not None and sys.stderr.isatty()

    def told(done: int, of: int) -> None:
        typer.echo(f"\r检查 {done}/{of}" + ("\r\033[K" if done == of else ""), err=True, nl=False)

    checked = []
    aside = fix and "-" in files
    for one in look(request, told if watching else (lambda done, of: None)):
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
        from drafter.check.sarif import sarif

        _print_json(sarif([r for one in checked for r in one.remarks], __version__), err=aside)
    elif as_json:
        _print_json([one.json() for one in checked], err=aside)
    else:
        there = _counted(r.finding for one in checked for r in one.remarks)
        mended = sum(len(one.fixed) for one in checked)
        said = (f"改了 {mended} 处。" if mended else "") + (f"{there}。" if there else "没有发现问题。")
        read = sum(not one.exit_code for one in checked)
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


def _listed(words: list[str] | None) -> tuple[str, ...]:
    """The names in options that may be written several times, each with several names."""
    return tuple(name for word in words or () for name in word.replace("，", ",").replace("、", ",").replace(",", " ").split())


def _tell_rules(name: str, as_json: bool) -> None:
    from drafter.check.rules import registry, rule
    from drafter.check.settings import known

    if name:
        known((name,), "--explain")
    told = [rule(name)] if name else list(registry())
    if as_json:
        _print_json([{"rule": r.name, "level": r.level, "source": r.source, "documentation": r.doc.strip()} for r in told])
    elif name:
        typer.echo(f"{told[0].name}（{_LEVELS[told[0].level]}）\n\n{told[0].doc.strip()}\n\n依据：{told[0].source}")
    else:
        typer.echo("\n".join(f"{r.name}　{_LEVELS[r.level]}　{r.doc.strip().split(chr(10))[0]}" for r in told) or "没有规则。")
