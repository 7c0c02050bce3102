"""`drafter desk`: the pages in the browser."""

from typing import Annotated

import typer

from drafter.cli.print import say


def desk(
    folder: Annotated[str, typer.Option("--folder", help="稿子和提纲放在哪个文件夹；不写就用“文档”里的“起草台”。", metavar="文件夹")] = "",
    no_open: Annotated[bool, typer.Option("--no-open", help="不打开浏览器，只说网址。")] = False,
    idle: Annotated[float, typer.Option("--idle", help="没有人看多少秒以后自己结束。", metavar="秒", show_default=False)] = 0,
) -> None:
    """打开起草台：在浏览器里写稿、改稿、排版、定稿，不用记命令。

    只在这台电脑上用，别人连不上。再开一次，用的还是同一个；网页都关了，过一会儿自己结束。
    """
    from drafter.desk.server import IDLE_S, serve

    def ready(address: str, there: bool) -> None:
        say(("起草台已经开着" if there else "起草台") + f"：{address}")
        if not there:
            say("网页都关了，过一会儿自己结束；现在就结束，按 Ctrl-C。")

    serve(folder, open_browser=not no_open, on_ready=ready, idle_s=idle or IDLE_S)
