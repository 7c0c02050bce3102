"""`drafter mcp`: for language models; started by their clients, which `drafter agent` tells how."""

import sys
from typing import Annotated

import typer

from drafter.diagnostic import Diagnostic, Rejected


def mcp(
    folder: Annotated[
        list[str] | None, typer.Option("--folder", help="只用这个文件夹里的文件，可以写几次；不写就是当前文件夹。", metavar="文件夹")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="只看，不写文件。")] = False,
) -> None:
    """给大模型用：找提纲、起草、校对、看稿，走 MCP 协议。

    由大模型的客户端启动，走标准输入和输出，不用自己在终端里打。怎样装进客户端，见 drafter agent；用的组件要另装，见说明书。
    """
    try:
        from drafter.agent.server import serve
    except ImportError as error:
        if (error.name or "").split(".")[0] == "drafter":
            raise
        message = f"drafter mcp 要用的组件没有装，或者版本不对（{error.name or error}）。"
        hint = '装上它：pip install "drafter[agent]"'
        if getattr(sys, "frozen", False):
            hint = "免安装的文件夹里没有带它；给大模型用，请装 Python 版的 drafter。"
        raise Rejected(Diagnostic(message, None, hint, code="package-missing")) from None
    serve(folder or [], read_only)
