"""`drafter collect`: what departments have filled in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from drafter.cli.declared import argument, option
from drafter.cli.options import FilesFrom, Force, Jobs, Json
from drafter.cli.print import hand_out, show
from drafter.diagnostic import Diagnostic, Rejected, printable

if TYPE_CHECKING:
    from drafter.commands.collect import CollectResult

#: Files told one by one; of more the first are.
_TOLD = 20


def collect(
    files: Annotated[
        list[str] | None, argument(help="收回来的稿子（.docx），可以写文件夹和 稿/*.docx。", metavar="文件…")
    ] = None,
    output: Annotated[
        str,
        option(
            "--output", "-o", help="汇总表写到哪里：.xlsx 或 .csv；不写就只显示；- 是标准输出。", metavar="文件"
        ),
    ] = "",
    files_from: FilesFrom = "",
    jobs: Jobs = 0,
    quiet: Annotated[bool, option("--quiet", "-q", help="写好后不说话。")] = False,
    as_json: Json = False,
    force: Force = False,
) -> None:
    """把各单位填好的稿子汇总成一张表：一份一行，一个空一列，还空着的、改写了的都注明。"""
    from drafter.commands.collect import CollectRequest
    from drafter.commands.collect import collect as run
    from drafter.commands.waiting import passing

    if not (files or files_from):
        raise Rejected(Diagnostic("要汇总哪些稿子？写上文件名，或者文件夹。", code="file-not-named"))
    request = CollectRequest(tuple(files or ()), output=output, force=force, jobs=jobs, files_from=files_from)
    with passing() as tell:
        done = run(request, lambda n, of: tell(f"汇总 {n}/{of}") if of > 1 and not quiet else None)
    aside = output == "-"
    if aside:
        hand_out(done.data)
    show(
        "collect",
        done.json(),
        lambda: "\n".join(_text(done)),
        as_json=as_json,
        remarks=done.remarks,
        quiet=quiet,
        aside=aside,
        ending=done.ending,
    )
    if done.exit_code:
        raise SystemExit(done.exit_code)


def _text(done: "CollectResult") -> Iterator[str]:
    """A line for each file that is not filled in, for each that nothing was taken from, and how many there are."""
    open_ones = [one for one in done.files if not one.complete or one.state != "填好了"]
    if done.written or done.data:
        for one in open_ones[:_TOLD]:
            yield f"{printable(one.file)}　{printable(one.state)}"
        if len(open_ones) > _TOLD:
            yield f"……还有 {len(open_ones) - _TOLD} 份，见表里“状态”一列。"
    else:
        for one in done.files[:_TOLD]:
            said = "；".join(f"{name}：{value}" for name, value in one.values.items() if value).replace("\n", "、")
            yield f"{printable(one.file)}　{printable(one.state)}"
            yield f"  {printable(said) or '什么也没有填'}"
        if len(done.files) > _TOLD:
            yield f"……还有 {len(done.files) - _TOLD} 份。"
    for lost in done.failed[:_TOLD]:
        yield f"没有收进来　{lost.problem.text()}"
    if len(done.failed) > _TOLD:
        yield f"……还有 {len(done.failed) - _TOLD} 份没有收进来。"
    full = sum(one.complete for one in done.files)
    counts = f"{len(done.files)} 份，填好的 {full} 份" + (
        f"，还没填好的 {len(done.files) - full} 份" if full < len(done.files) else ""
    )
    counts += f"，没有收进来的 {len(done.failed)} 份" if done.failed else ""
    yield f"{counts}。"
    if len(done.tables) > 1:
        yield f"不是同一份提纲，各在一张工作表上：{'、'.join(f'{printable(one.name)}（{len(one.rows)} 份）' for one in done.tables)}。"
    if done.written:
        yield f"写好了：{printable(done.written)}"
