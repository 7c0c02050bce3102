"""`drafter mcp`, which clients of language models start, and `drafter agent`, which tells them how."""

import sys
from typing import Annotated

from drafter.cli.declared import argument, option
from drafter.cli.options import Json
from drafter.cli.print import show
from drafter.diagnostic import Diagnostic, Rejected


def mcp(
    folder: Annotated[
        list[str] | None, option("--folder", help="只用这个文件夹里的文件，可以写几次；不写就是当前文件夹。", metavar="文件夹")
    ] = None,
    read_only: Annotated[bool, option("--read-only", help="只看，不写文件。")] = False,
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


def _complete_action(incomplete: str) -> list[tuple[str, str]]:
    known = (("install", "装上"), ("remove", "去掉"), ("show", "看装了哪些"))
    return [one for one in known if one[0].startswith(incomplete)]


def _complete_client(incomplete: str) -> list[tuple[str, str]]:
    from drafter.commands.agent.clients import CLIENTS

    return [(client.name, client.called) for client in CLIENTS.values() if client.name.startswith(incomplete)]


def agent(
    action: Annotated[
        str, argument(help="install 装上，remove 去掉，show 看装了哪些（不写就是它）。", metavar="做法", autocompletion=_complete_action)
    ] = "",
    clients: Annotated[
        list[str] | None,
        argument(
            help="客户端：claude、claude-desktop、codex、cursor、vscode、gemini、qwen、opencode、windsurf，可以写几个。",
            metavar="客户端",
            autocompletion=_complete_client,
        ),
    ] = None,
    user: Annotated[bool, option("--user", help="写进用户自己的设置，到处能用；不写就只管当前文件夹。")] = False,
    folder: Annotated[str, option("--folder", help="大模型只能用哪个文件夹里的文件；不写就是当前文件夹。", metavar="文件夹")] = "",
    read_only: Annotated[bool, option("--read-only", help="只许看，不许写文件。")] = False,
    no_skill: Annotated[bool, option("--no-skill", help="不写教大模型的 SKILL.md。")] = False,
    dry_run: Annotated[bool, option("--dry-run", help="只看会改什么，不写文件。")] = False,
    as_json: Json = False,
) -> None:
    """把 drafter 装进大模型的客户端，或者去掉：MCP 设置里的一项，和教它怎么用的 SKILL.md。

    设置里别的都照原样留着，改之前的存一份在旁边；可以重复装，可以去掉。
    """
    from drafter.commands.agent import AgentRequest
    from drafter.commands.agent import agent as run

    request = AgentRequest(action or "show", tuple(clients or ()), user, folder, read_only, no_skill, dry_run)
    result = run(request)

    def text() -> str:
        from drafter.cli.show_agent import agent_text

        return agent_text(result)

    show("agent", result.json(), text, as_json=as_json, remarks=result.remarks, ending=result.ending)
    if result.exit_code:
        raise SystemExit(result.exit_code)
