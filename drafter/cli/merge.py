"""`drafter merge`: copies that came back put into the text that went out."""

import sys
from typing import Annotated

import typer

from drafter.cli.options import READABLE, Force, Json
from drafter.cli.print import show
from drafter.diagnostic import Diagnostic, Rejected


def merge(
    files: Annotated[
        list[str] | None,
        typer.Argument(help=f"送审稿，然后是各家的来稿（{READABLE}）。", metavar="送审稿 来稿…", show_default=False),
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", help="汇总写到哪里（.docx）；不写就是 送审稿-汇总.docx。", metavar="文件")
    ] = "",
    names: Annotated[
        str,
        typer.Option("--names", help="各家的名称，照来稿的次序，用逗号隔开；或者 文件名=名称。不写就看文件名。", metavar="组织部,发改局"),
    ] = "",
    table: Annotated[str, typer.Option("--table", help="另写一张意见汇总表（.docx 或 .xlsx）。", metavar="文件")] = "",
    adopted: Annotated[
        str, typer.Option("--adopted", help="在 Word 里定过的汇总：看采纳了哪些，填进 --table 那张表。", metavar="文件")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="只看各家提了什么，不写文件。")] = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """征求意见：把各家改过的来稿合成一份，每处改动是一条署名的修订。

    意见相同的并成一条，碰在一起的并排放着、加一条批注，不混成一句。
    --table 另写意见汇总表；在 Word 里接受、拒绝以后，--adopted 把采纳情况填回表里。
    """
    if adopted:
        _adopted(files, adopted, table, output, names, dry_run, force, as_json)
        return
    from drafter.commands.merge import MergeRequest
    from drafter.commands.merge import merge as run

    watched = sys.stderr is not None and sys.stderr.isatty()
    progress = (lambda said: typer.echo(said, err=True)) if watched else (lambda said: None)
    original, *copies = files or [""]
    done = run(
        MergeRequest(
            original=original,
            copies=tuple(copies),
            output=output,
            names=names,
            table=table,
            dry_run=dry_run,
            force=force,
        ),
        progress,
    )

    def text() -> str:
        from drafter.cli.show_merge import merge_text

        return merge_text(done)

    show("merge", done.json(), text, as_json=as_json, remarks=done.remarks)


def _adopted(
    files: list[str] | None, file: str, table: str, output: str, names: str, dry_run: bool, force: bool, as_json: bool
) -> None:
    from drafter.commands.merge import AdoptedRequest
    from drafter.commands.merge import adopted as run

    if files or names:
        way = "填表只写：drafter merge --adopted 汇总.docx --table 意见汇总表.docx"
        raise Rejected(Diagnostic("--adopted 不和来稿、--names 一起用。", None, way, code="options-conflict"))
    done = run(AdoptedRequest(file=file, table=table, output=output, dry_run=dry_run, force=force))

    def text() -> str:
        from drafter.cli.show_merge import adopted_text

        return adopted_text(done)

    show("merge", done.json(), text, as_json=as_json, remarks=done.remarks)
