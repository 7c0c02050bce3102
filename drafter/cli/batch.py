"""`drafter batch`: a document for every row of a table."""

from typing import TYPE_CHECKING, Annotated

from drafter.cli.declared import argument, option
from drafter.cli.folders import hands
from drafter.cli.options import (
    Brief,
    Cluster,
    Completing,
    Force,
    Headings,
    Jobs,
    Json,
    Outline,
    Pick,
    Sets,
    Shard,
    Template,
)
from drafter.cli.print import show, terminal

if TYPE_CHECKING:
    from drafter.commands.batch import BatchHead

#: What a table may be. tests/test_batch.py holds it to `drafter.readers.sheet`, which --help would wait for.
TABLES = ".xlsx .xls .ods .csv .tsv .json .jsonl"


def _complete_map(ctx: Completing, incomplete: str) -> list[tuple[str, str]]:
    """The blanks of the outlines, behind a column; before it the columns of a .csv are not read: that would take a while."""
    from drafter.commands.index import entries

    column, equals, typed = incomplete.replace("＝", "=").partition("=")
    if not equals:
        return []
    wanted = ctx.params.get("outline") or ()
    asked = dict.fromkeys(field for e in entries() if e.name in wanted for field in e.fields)
    return [(f"{column}={name}", ask) for name, ask, _ in asked if name.startswith(typed)]


def batch(
    table: Annotated[str, argument(help=f"表格（{TABLES}）：一行写一份，一列是一个空。", metavar="表格")],
    outline: Outline = None,
    output: Annotated[
        str, option("--output", "-o", help="写到哪个文件夹；不写就和表格同名。合成一个文件时写文件名。", metavar="文件夹")
    ] = "",
    name: Annotated[
        str, option("--name", help="文件怎么起名，【】里写列名，也可以写【标题】【提纲】【行】；不写就是标题。", metavar="【县区】慰问信")
    ] = "",
    maps: Annotated[
        list[str] | None,
        option(
            "--map", help="这一列是哪个空；等号后面不写，就是不用这一列。可以写多次。", metavar="列=空", autocompletion=_complete_map
        ),
    ] = None,
    where: Annotated[str, option("--where", help="只写这样的行，写法和提纲里的 when 一样，名称是列名。", metavar="条件")] = "",
    rows: Annotated[str, option("--rows", help="只写这几行，行号照表格左边的。", metavar="3-20,25")] = "",
    sheet: Annotated[str, option("--sheet", help="用哪一张工作表；不写，就是有内容的那一张。", metavar="工作表")] = "",
    sets: Sets = None,
    answers: Annotated[str, option("--answers", "-a", help="每一份都一样的回答，从文件读（.yaml 或 .json）；表里有的照表里。", metavar="文件")] = "",
    template: Template = "",
    to: Annotated[str, option("--to", help="写成哪一种：docx、txt、md、html、pdf。", metavar="种类")] = "",
    pick: Pick = "",
    headings: Headings = "",
    brief: Brief = False,
    one_file: Annotated[bool, option("--one-file", help="合成一个文件，给打印的人：一份一节，页码各从 1 起。")] = False,
    resume: Annotated[bool, option("--resume", help="接着上次没写完的写：写好的不动。")] = False,
    plain: Annotated[bool, option("--plain", help="空写成普通文字，不用控件（给 LibreOffice 7.4 用）。")] = False,
    no_comments: Annotated[bool, option("--no-comments", help="不加批注：要核实的话只标底色，提纲里的提醒不带进文件。")] = False,
    check: Annotated[bool, option("--check", help="写的时候一份份校对；各份都有的只说一次。有错误或提醒，退出码 1。")] = False,
    strict: Annotated[bool, option("--strict", help="还有空没填的行不写，记进失败.csv。")] = False,
    force: Force = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    shard: Shard = "",
    date: Annotated[str, option("--date", help="当作今天的日期；写进文件属性。", metavar="日期")] = "",
    dry_run: Annotated[bool, option("--dry-run", "-n", help="只看会写哪些、哪几行写不成，不写文件。")] = False,
    no_input: Annotated[bool, option("--no-input", help="不提问；拿不准的列不猜，说清楚就停下。")] = False,
    as_json: Json = False,
    quiet: Annotated[bool, option("--quiet", "-q", help="写好后不说话。")] = False,
) -> None:
    """照一张表成批地写：一行一份，一列一个空。

    有的行写不成，别的照写；写不成的记在 失败.csv 里，改好了再交给 drafter batch。
    """
    from drafter.cli.show_batch import before_written, summed
    from drafter.commands.batch import BatchRequest
    from drafter.commands.batch import batch as write_batch
    from drafter.commands.opening import choice_of
    from drafter.commands.waiting import passing

    request = BatchRequest(
        table=table,
        outlines=tuple(outline or ()),
        output=output,
        name=name,
        maps=tuple(maps or ()),
        where=where,
        rows=rows,
        sheet=sheet,
        template=template,
        to=to,
        sets=tuple(sets or ()),
        answers=answers,
        choice=choice_of(pick, headings, brief),
        date=date,
        plain=plain,
        without_comments=no_comments,
        strict=strict,
        force=force,
        jobs=jobs,
        shard=shard,
        resume=resume,
        one_file=one_file,
        dry_run=dry_run,
        check=check,
        interactive=not (no_input or as_json) and terminal(),
    )

    def told(head: "BatchHead") -> None:
        if not (quiet or as_json):
            before_written(head)

    with passing() as passed, hands(cluster, jobs) as executor:

        def heard(done: int, of: int, failed: int) -> None:
            if not quiet:
                passed(f"写 {done:,}/{of:,}" + (f"，{failed:,} 行没写成" if failed else ""))

        result = write_batch(request, told, heard, executor)
    show(
        "batch",
        result.json() if as_json else None,
        lambda: "\n".join(summed(result)),
        as_json=as_json,
        remarks=(*result.head.remarks, *result.remarks) if as_json else result.remarks,
        quiet=quiet,
        ending=result.ending,
    )
    if result.exit_code:
        raise SystemExit(result.exit_code)
