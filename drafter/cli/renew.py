"""`drafter renew`: this year's speech from last year's."""

from typing import Annotated

import typer

from drafter.cli.options import READABLE, Answers, Force, Json, Part, Sets, Template
from drafter.cli.print import show, terminal


def renew(
    file: Annotated[str, typer.Argument(help=f"上年的稿子（{READABLE}）；确认时是续写出来的 .docx。", metavar="文件")],
    output: Annotated[
        str, typer.Option("--output", "-o", help="今年的稿子写到哪里（.docx）；不写就照标题起名。", metavar="文件")
    ] = "",
    sets: Sets = None,
    answers: Answers = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="没有回答的，有提议的都照提议填；照旧的仍要确认。")
    ] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="不提问，没有回答的空留着，写着上年的内容。")] = False,
    part: Part = 0,
    year: Annotated[int, typer.Option("--year", help="为哪一年写；不写就是上年的下一年。", metavar="年份", show_default=False)] = 0,
    all_figures: Annotated[bool, typer.Option("--all-figures", help="每个数字都问；不写就只问要紧的四十个，其余列出来。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出上年写了什么、提议什么，不写文件。")] = False,
    outline: Annotated[str, typer.Option("--outline", help="把提纲另存下来，以后年年用。", metavar="文件")] = "",
    save_answers: Annotated[str, typer.Option("--save-answers", help="把回答存下来，下次接着用。", metavar="文件")] = "",
    template: Template = "",
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", help="续写出来的稿子里，上年的这句话不变，可以写多次。", metavar="原话")
    ] = None,
    confirm_all: Annotated[bool, typer.Option("--confirm-all", help="续写出来的稿子里，上年留下的话都看过了，都不变。")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="空写成普通文字，不用控件（给 LibreOffice 7.4 用）。")] = False,
    date: Annotated[str, typer.Option("--date", help="当作今天的日期；写进文件属性。", metavar="日期")] = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """续写：把上年的稿子写成今年的，一样一样问：上年写的什么，今年是什么。

    没有回答的空留在文中，标黄，写着上年的内容；上年的年份、届次、人名、数字还有哪些照原样留着，
    一处处列出来，drafter check 也会指出来，改了或者用 --confirm 确认了才算完。上年的稿子不动。
    """
    from drafter.commands.renew import RenewRequest
    from drafter.commands.renew import renew as run

    request = RenewRequest(
        file=file,
        sets=tuple(sets or ()),
        answers=answers,
        save_answers=save_answers,
        accept=accept,
        interactive=not no_input and not accept and answers != "-" and terminal(),
        output=output,
        outline=outline,
        template=template,
        part=part,
        year=year,
        all_figures=all_figures,
        date=date,
        dry_run=dry_run,
        force=force,
        plain=plain,
        confirm=tuple(confirm or ()),
        confirm_all=confirm_all,
    )
    done = run(request)

    def text() -> str:
        from drafter.cli.show_renew import confirm_text, renew_text

        return confirm_text(done) if request.confirm or request.confirm_all else renew_text(done)

    show("renew", done.json() if as_json else None, text, as_json=as_json, remarks=done.remarks, ending=done.ending)
