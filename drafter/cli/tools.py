"""`drafter doctor`, `lsp`, `schema`: for whoever sets drafter up, or writes a program that calls it."""

from typing import Annotated

import typer

from drafter.cli.options import Json
from drafter.cli.print import show
from drafter.diagnostic import Diagnostic, Rejected


def doctor(as_json: Json = False) -> None:
    """看看这台电脑：版本、提纲和模板的位置、公文字体、LibreOffice。"""
    from drafter.commands.doctor import doctor as look

    report = look()

    def text() -> str:
        from drafter.cli.show_doctor import doctor_text

        return doctor_text(report)

    show("doctor", report.json(), text, as_json=as_json, ending=report.ending)


def lsp(
    stdio: Annotated[bool, typer.Option("--stdio", help="走标准输入和输出；本来就是，有的编辑器会加上。", hidden=True)] = False,
) -> None:
    """给编辑器用：边写边校对，补全、改错、看说明。

    由编辑器启动，走标准输入和输出，不用自己在终端里打。用的组件要另装，见说明书。
    """
    try:
        from drafter.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] == "drafter":
            raise
        message = f"drafter lsp 要用的组件没有装（缺 {error.name}）。"
        raise Rejected(Diagnostic(message, None, '装上它：pip install "drafter[lsp]"', code="package-missing")) from None
    raise typer.Exit(serve())


def schema(
    command: Annotated[list[str] | None, typer.Argument(help="命令，例如 check、outlines show；不写就是全部。", metavar="命令")] = None,
) -> None:
    """各命令加 --json 给出什么：结果和报错的 JSON Schema，给写程序的人。"""
    from drafter.commands.machine import dumped
    from drafter.commands.schema import SchemaRequest
    from drafter.commands.schema import schema as described

    typer.echo(dumped(described(SchemaRequest(" ".join(command or ())))))
