"""`drafter extract`, `learn`, `compare`: what is done with finished speeches."""

from typing import Annotated

import typer

from drafter.cli.folders import run_over_folders, single
from drafter.cli.options import READABLE, Cluster, FilesFrom, Force, Jobs, Json, Part, Resume, Shard
from drafter.cli.print import coloured, hand_out, room, show, terminal
from drafter.diagnostic import Diagnostic, Rejected, printable


def extract(
    files: Annotated[
        list[str] | None,
        typer.Argument(help=f"旧的讲话稿（{READABLE}）；好几份，或者文件夹。", metavar="文件…", show_default=False),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            help="提纲写到哪里；不写就是 ./outlines/文件名.yaml；- 是标准输出。好几份文件：写到这个文件夹。",
            metavar="文件",
        ),
    ] = "",
    save_answers: Annotated[
        str, typer.Option("--save-answers", help="原稿里的事实存到哪里；不写就是 文件名-回答.yaml。", metavar="文件")
    ] = "",
    answers: Annotated[
        str, typer.Option("--answers", "-a", help="已经知道的事实（.yaml），照它的名称留空。", metavar="文件")
    ] = "",
    keep_figures: Annotated[bool, typer.Option("--keep-figures", help="数字不留空。")] = False,
    all_figures: Annotated[bool, typer.Option("--all-figures", help="数字都留空，不只是要紧的 40 个。")] = False,
    review: Annotated[bool, typer.Option("--review", "-r", help="一个空一个空地看：收下、改名、不要。")] = False,
    part: Part = 0,
    files_from: FilesFrom = "",
    resume: Resume = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    shard: Shard = "",
    as_json: Json = False,
    force: Force = False,
) -> None:
    """把旧的讲话稿变成提纲：结构照原样，人名、日期、数字留成空。

    用提纲和存下的回答再写一遍，就是原稿，一字不差。
    """
    from drafter.commands.extract import ExtractRequest
    from drafter.commands.extract import extract as run

    many = bool(files_from or shard or resume or cluster or jobs)
    file = single(files, many, {"--review": review, "--part": part, "--save-answers": save_answers})
    if file is None:
        from drafter.commands.extract import ExtractFoldersRequest, extract_folders
        from drafter.commands.folders import FoldersRequest

        over = FoldersRequest(tuple(files or ()), output, files_from, shard, resume, force, jobs)
        wanted = ExtractFoldersRequest(over, answers, keep_figures, all_figures)
        run_over_folders(
            "提取", lambda heard, hands: extract_folders(wanted, heard, hands, hold=False), "extract", cluster, jobs, as_json
        )
        return
    if review and not terminal():
        message = "--review 要在终端里一个一个地看，这里没有人可以问。去掉它，写好以后再改。"
        raise Rejected(Diagnostic(message, code="nobody-to-ask"))
    request = ExtractRequest(
        file=file,
        output=output,
        save_answers=save_answers,
        answers=answers,
        keep_figures=keep_figures,
        all_figures=all_figures,
        review=review,
        force=force,
        part=part,
        choose=not as_json and output != "-" and terminal(),
    )
    done = run(request)
    aside = done.file == "-"
    if aside:
        hand_out(done.text.encode())

    def text() -> str:
        from drafter.cli.show_speeches import extract_text

        return extract_text(done)

    show("extract", done.json(), text, as_json=as_json, remarks=done.remarks, aside=aside, ending=done.ending)


def learn(
    files: Annotated[list[str], typer.Argument(help=f"同一类的讲话稿，两篇以上（{READABLE}）。", metavar="文件…")],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", help="提纲写到哪里；不写就是 ./outlines/第一个文件名.yaml；- 是标准输出。", metavar="文件"
        ),
    ] = "",
    answers_dir: Annotated[
        str, typer.Option("--answers-dir", help="各篇的回答存到哪个文件夹；不写就在提纲旁边。", metavar="文件夹")
    ] = "",
    keep_figures: Annotated[bool, typer.Option("--keep-figures", help="不按单位认数字。")] = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """从几篇同类的讲话稿学出一份提纲：相同的留下，不同的留成空。

    只有几篇才有的段落由一个问题决定要不要。每篇另存一份回答，
    用提纲和它再写一遍，就是那一篇，一字不差。
    """
    from drafter.commands.learn import LearnRequest
    from drafter.commands.learn import learn as run
    from drafter.commands.waiting import passing

    request = LearnRequest(
        files=tuple(files), output=output, answers_dir=answers_dir, keep_figures=keep_figures, force=force
    )
    with passing() as progress:
        done = run(request, progress)
    aside = done.file == "-"
    if aside:
        hand_out(done.text.encode())

    def text() -> str:
        from drafter.cli.show_speeches import learn_text

        return learn_text(done)

    show("learn", done.json(), text, as_json=as_json, remarks=done.remarks, aside=aside, ending=done.ending)


def compare(
    old: Annotated[str, typer.Argument(help=f"原来的一稿（{READABLE}）。", metavar="旧稿")],
    new: Annotated[str, typer.Argument(help=f"现在的一稿（{READABLE}）。", metavar="新稿")],
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
    from drafter.commands.compare import CompareRequest
    from drafter.commands.compare import compare as run

    done = run(CompareRequest(old=old, new=new, to=to, output=output, force=force))
    aside = done.file == "-"
    if aside:
        hand_out(done.data)

    def text() -> str:
        from drafter.cli.show_compare import side_by_side

        written = f"\n\n花脸稿写好了：{printable(done.file)}" if done.file and not aside else ""
        return side_by_side(done.found, old, new, coloured() and not aside, room()) + written

    show("compare", done.json(), text, as_json=as_json, remarks=done.remarks, aside=aside, ending=done.ending)
    if exit_code and not done.found.same:
        raise typer.Exit(1)
