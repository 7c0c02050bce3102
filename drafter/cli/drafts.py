"""`drafter status`, `update`, `pull`, `history`, `merge`, `finish`, `format`: what is done with a Word document that is
there."""

from typing import Annotated

import typer

from drafter.cli.folders import run_over_folders, single
from drafter.cli.options import (
    READABLE,
    Answers,
    Cluster,
    Draft,
    FilesFrom,
    Force,
    Jobs,
    Json,
    Resume,
    Sets,
    Shard,
    Template,
    _complete_outline,
)
from drafter.cli.print import say, say_ending, say_remarks, show, terminal
from drafter.diagnostic import Diagnostic, Rejected, printable


def status(
    file: Draft,
    confirm: Annotated[bool, typer.Option("--confirm", help="把要核实的话一处一处问一遍：对，改成……，还是跳过。")] = False,
    confirmed: Annotated[
        list[str] | None, typer.Option("--confirmed", help="这几处已经核实：1,3，或者“全部”；2=三天内 是改成“三天内”。可写多次。", metavar="几")
    ] = None,
    as_json: Json = False,
) -> None:
    """看一份讲话稿：用哪份提纲写的、哪些空填了改了、哪些话还要核实、哪些段落动过手。"""
    from drafter.commands.status import StatusRequest
    from drafter.commands.status import status as look

    found = look(StatusRequest(file, tuple(confirmed or ()), confirm, confirm and terminal()))

    def text() -> str:
        from drafter.cli.show_drafts import status_text

        return status_text(found)

    show("status", found.json(), text, as_json=as_json, remarks=found.remarks, ending=found.ending)


def update(
    file: Draft,
    sets: Sets = None,
    answers: Answers = "",
    outline: Annotated[
        str, typer.Option("--outline", "-O", help="改用这份提纲。", metavar="名称", autocompletion=_complete_outline)
    ] = "",
    template: Template = "",
    other: Annotated[
        str, typer.Option("--from", help="会议名称、要点、人名、日期，照同一个会的这份稿（.docx）。", metavar="文件")
    ] = "",
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
    from drafter.commands.drafts import Against
    from drafter.commands.update import UpdateRequest
    from drafter.commands.update import update as bring_up

    request = UpdateRequest(
        file=file,
        against=Against(sets=tuple(sets or ()), answers=answers, outline=outline, template=template, renumber=renumber, other=other),
        output=output,
        dry_run=dry_run,
        revisions=revisions,
        following=stage or ("+" if next_draft else ""),
        force=force,
        plain=plain,
    )
    done = bring_up(request)

    def text() -> str:
        from drafter.cli.show_drafts import update_text

        return update_text(done, dry_run)

    show("update", done.json(), text, as_json=as_json, remarks=done.remarks, ending=done.ending)


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
    from drafter.commands.pull import Proposal, PullRequest, means_yes
    from drafter.commands.pull import pull as pull_back

    def agreed(proposal: Proposal) -> bool:
        typer.echo(proposal.diff)
        return means_yes(typer.prompt(f"写入 {printable(proposal.target)} 吗？（y 写入，回车 不写）", "", show_default=False))

    somebody = bool(outline) and not output and not as_json and terminal()
    request = PullRequest(file=file, outline=outline, output=output, force=force)
    done = pull_back(request, agreed if somebody else None)
    written = f"写好了：{printable(done.written)}" if done.written else ""
    shown = somebody and isinstance(done, Proposal) and bool(done.diff)

    def text() -> str:
        if isinstance(done, Proposal):
            return done.diff or "没有要写回去的：手改的地方，提纲里已经有了，或者放不进去。"
        return written or done.yaml().rstrip() or "# 还没有回答。"

    beside = not done.written or isinstance(done, Proposal)  # what is shown is a document of its own
    ending = done.ending if as_json else None
    show("pull", done.json(), text, as_json=as_json, remarks=done.remarks, quiet=shown, ending=ending)
    if shown:
        say_remarks(done.remarks)
    if written and (as_json or isinstance(done, Proposal)):
        say(written, err=True)
    if not as_json:
        say_ending(done.ending(), aside=beside)



def history(file: Draft, as_json: Json = False) -> None:
    """列出这份讲话稿的各稿：第几稿、谁改的、什么时候、改了多少。"""
    from drafter.commands.history import HistoryRequest
    from drafter.commands.history import history as look

    found = look(HistoryRequest(file))

    def text() -> str:
        from drafter.cli.show_drafts import history_text

        return history_text(found)

    show("history", found.json(), text, as_json=as_json, remarks=found.remarks, ending=found.ending)


def finish(
    file: Annotated[str, typer.Argument(help=f"要定稿的讲话稿（{READABLE}），不论是谁写的。", metavar="文件")],
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
    from drafter.commands.finish import FinishRequest
    from drafter.commands.finish import finish as write_final

    request = FinishRequest(
        file=file,
        output=output,
        large_print=large_print,
        check=check,
        force=force,
        accept_revisions=accept_revisions,
        drop_comments=drop_comments,
        drop_highlights=drop_highlights,
    )
    done = write_final(request)
    refused = bool(done.problems) and not check

    def text() -> str:
        from drafter.cli.show_drafts import finish_text

        return finish_text(done)

    show("finish", done.json(), text, as_json=as_json, remarks=done.remarks, aside=refused and not as_json, ending=done.ending)
    if done.problems:
        raise typer.Exit(1)


def format_(
    files: Annotated[
        list[str] | None,
        typer.Argument(help=f"要排版的讲话稿（{READABLE}），不论是谁写的；好几份，或者文件夹。", metavar="文件…", show_default=False),
    ] = None,
    template: Template = "",
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="写到另一个 .docx，原文件不动；原文件不是 .docx 的，不写就写在它旁边。好几份文件：写到这个文件夹。",
            metavar="文件",
        ),
    ] = "",
    force: Force = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="只看每一段当作什么来排，不写文件。")] = False,
    files_from: FilesFrom = "",
    resume: Resume = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    shard: Shard = "",
    as_json: Json = False,
) -> None:
    """按模板重新排版：纸张、页边距、字体、字号、缩进、行距、页码；文字一个不动。

    不写 --template，就用写这份稿子的模板；不知道的，用讲话稿的。打空格空出来的缩进和隔开段落的空行会去掉。封面、红头、
    版记、图表说明和拿不准的段落不动，一一说明。直接改在文件里，原来的一份留在旁边。
    """
    from drafter.commands.folders import FoldersRequest
    from drafter.commands.format import FormatRequest, format_folders
    from drafter.commands.format import format_ as set_file

    many = bool(files_from or shard or resume or cluster or jobs)
    file = single(files, many, {"--dry-run": dry_run})
    if file is None:
        request = FoldersRequest(tuple(files or ()), output, files_from, shard, resume, force, jobs)
        run_over_folders(
            "排版", lambda heard, hands: format_folders(request, template, heard, hands, hold=False), "format", cluster, jobs, as_json
        )
        return
    done = set_file(FormatRequest(file=file, template=template, output=output, force=force, dry_run=dry_run))

    def text() -> str:
        from drafter.cli.show_drafts import format_text

        return format_text(done)

    show("format", done.json(), text, as_json=as_json, remarks=done.remarks, ending=done.ending)


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
    from drafter.commands.waiting import passing

    original, *copies = files or [""]
    request = MergeRequest(
        original=original,
        copies=tuple(copies),
        output=output,
        names=names,
        table=table,
        dry_run=dry_run,
        force=force,
    )
    with passing() as progress:
        done = run(request, progress)

    def text() -> str:
        from drafter.cli.show_merge import merge_text

        return merge_text(done)

    show("merge", done.json(), text, as_json=as_json, remarks=done.remarks, ending=done.ending)


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

    show("merge", done.json(), text, as_json=as_json, remarks=done.remarks, ending=done.ending)
