"""`drafter check`: the proof-reader."""

from typing import Annotated

from drafter.cli.declared import argument, option
from drafter.cli.folders import hands, stopping
from drafter.cli.options import READABLE, Cluster, FilesFrom, Force, Jobs, Json, Shard, _complete_rule, _complete_theme
from drafter.cli.print import LEVELS, echo, of_settings, say, say_ending, say_remarks, show, terminal
from drafter.cli.show_check import summed, teller
from drafter.diagnostic import Diagnostic, Rejected


def check(
    files: Annotated[
        list[str] | None,
        argument(help=f"要检查的文件（{READABLE} .yaml；- 是标准输入），或者文件夹，看里面所有的。", metavar="文件…", autocompletion=_complete_theme),
    ] = None,
    select: Annotated[
        list[str] | None,
        option("--select", help="只用这几条规则，用逗号隔开。", metavar="规则,规则", autocompletion=_complete_rule),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        option("--ignore", help="不用这几条规则，用逗号隔开。", metavar="规则,规则", autocompletion=_complete_rule),
    ] = None,
    level: Annotated[
        str, option("--level", help="从哪一级说起：error 错误、warning 提醒（平时）、advice 建议。", metavar="级别")
    ] = "",
    order: Annotated[
        str,
        option(
            "--order", help="先后：轻重（平时：错误在前，有把握的在前）、位置（照原文）。", metavar="轻重|位置",
            autocompletion=lambda incomplete: [w for w in ("轻重", "位置") if w.startswith(incomplete)],
        ),
    ] = "",
    keep: Annotated[
        list[str] | None,
        option("--keep", help="这一处不改，记下来，以后不再报：写位置（4:8）、那几个字，或者 规则:那几个字。可以写多次。", metavar="哪一处"),
    ] = None,
    unkeep: Annotated[
        list[str] | None, option("--unkeep", help="收回：这一处又要看了；写法相同，“全部”是全部收回。", metavar="哪一处")
    ] = None,
    every: Annotated[bool, option("--all", help="已定不改的、底稿里已有的也显示。")] = False,
    since: Annotated[str, option("--since", help="只看和这份底稿比，新改的句子里的和新冒出来的。", metavar="底稿")] = "",
    as_of: Annotated[str, option("--as-of", help="按哪一天的规定判断；不写就按稿子上的日期。", metavar="日期")] = "",
    minutes: Annotated[float, option("--minutes", help="这篇讲话要讲多少分钟，用来看长短。", metavar="分钟", show_default=False)] = 0,
    fix: Annotated[
        bool, option("--fix", help="有把握的错直接改在文件里，别的在终端上一处一处问（标准输入：改好的文字写到标准输出）。")
    ] = False,
    no_input: Annotated[bool, option("--no-input", help="--fix 不问，只改有把握的。")] = False,
    dry_run: Annotated[bool, option("--dry-run", help="--fix 只看会改什么，不写文件。")] = False,
    annotate: Annotated[
        str, option("--annotate", help="另写一份 .docx，每处问题是一条 Word 批注。", metavar="文件")
    ] = "",
    revisions: Annotated[bool, option("--revisions", help="有把握的改动写成修订，在 Word 里接受或拒绝。")] = False,
    force: Force = False,
    files_from: FilesFrom = "",
    jobs: Jobs = 0,
    cluster: Cluster = "",
    shard: Shard = "",
    as_json: Json = False,
    as_sarif: Annotated[bool, option("--sarif", help="结果用 SARIF 2.1.0 输出，供代码平台读。")] = False,
    explain: Annotated[
        str, option("--explain", help="说明一条规则。", metavar="规则", autocompletion=_complete_rule)
    ] = "",
    list_rules: Annotated[bool, option("--list-rules", help="列出所有规则。")] = False,
    formulations: Annotated[
        bool, option("--formulations", help="列出提法的主题；后面写主题或者词，列出这些提法、起止日期和出处。")
    ] = False,
) -> None:
    """校对讲话稿：漏填的空、序号和条数、提法、标点、数字、用词。"""
    if explain or list_rules:
        _tell_rules(explain, as_json)
        return
    if formulations:
        _tell_formulations(_listed(files), as_json)
        return
    if as_json and as_sarif:
        raise Rejected(Diagnostic("--json 和 --sarif 只能写一个。", code="options-apart"))
    from drafter.commands.check import CheckedFile, CheckRequest, data_of
    from drafter.commands.check import check as look
    from drafter.commands.check.result import SarifInParts
    from drafter.commands.machine import AnswerInParts

    request = CheckRequest(
        files=tuple(files or ()),
        select=_listed(select),
        ignore=_listed(ignore),
        level=level,
        as_of=as_of,
        minutes=minutes,
        fix=fix,
        annotate=annotate,
        revisions=revisions,
        force=force,
        order=order,
        jobs=jobs,
        keep=tuple(keep or ()),
        unkeep=tuple(unkeep or ()),
        every=every,
        since=since,
        dry_run=dry_run,
        shard=shard,
        files_from=files_from,
        ask=fix and not (no_input or dry_run or as_json or as_sarif or "-" in (files or ())) and terminal(),
    )
    aside = fix and "-" in request.files
    machine = as_json or as_sarif
    tell = teller(machine, aside, every, written=not dry_run)
    texts: list[str] = []
    written: list[str] = []
    parts = AnswerInParts("check") if as_json else None
    log = SarifInParts(bool(since)) if as_sarif else None

    def heard(file: CheckedFile, done: int, of: int) -> None:
        tell(file, done, of)
        if parts:
            echo(parts.item(data_of(file)), nl=False, err=aside)
        if log:
            echo(log.file(file), nl=False, err=aside)
        if aside:
            texts.append(file.text)
        if not dry_run:
            written.extend(file.written)

    with stopping(lambda: len(written), "接着改：再运行一次"), hands(cluster, jobs) as executor:
        found = look(request, heard, executor, hold=False)
    if log:
        echo(log.end(found), err=aside)
    elif parts:
        echo(parts.end((*found.remarks, *of_settings("check")), found.ending()), err=aside)
    else:
        say_remarks((*of_settings("check"), *found.above, *found.idle()))
        for line in summed(found, every):
            say(line, err=aside)
        if found.tally.read:
            say_ending(found.ending(), aside=aside)
    for text in texts:
        echo(text, nl=False)
    if found.exit_code:
        raise SystemExit(found.exit_code)


def _listed(words: list[str] | None) -> tuple[str, ...]:
    """The names in options that may be written several times, each with several names."""
    return tuple(
        name for word in words or () for name in word.replace("，", ",").replace("、", ",").replace(",", " ").split()
    )


def _tell_formulations(words: tuple[str, ...], as_json: bool) -> None:
    from drafter.cli.show_formulations import shown, turn
    from drafter.commands.formulations import FormulationsRequest
    from drafter.commands.formulations import formulations as listed

    found = listed(FormulationsRequest(words))
    if as_json:
        show("check", found.json(), str, as_json=True)
    else:
        turn(shown(found, bool(words)))


def _tell_rules(name: str, as_json: bool) -> None:
    from drafter.commands.rules import RulesRequest, rules

    found = rules(RulesRequest(name))

    def text() -> str:
        if name:
            told = found.rules[0]
            return f"{told.name}（{LEVELS[told.level]}）\n\n{told.doc.strip()}\n\n依据：{told.source}"
        rows = (f"{r.name}　{LEVELS[r.level]}　{r.doc.strip().split(chr(10))[0]}" for r in found.rules)
        return "\n".join(rows) or "没有规则。"

    show("check", found.json(), text, as_json=as_json)
