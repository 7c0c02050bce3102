"""What is wanted of `new`, and which file that makes."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from drafter.commands.opening import Choice
from drafter.commands.rendering import FORMATS
from drafter.diagnostic import Diagnostic, Rejected


class NewRequest(NamedTuple):
    """What a user wants of `new`. Without `outlines` the writer is asked for one, with `choose` for the requirements.
    `interactive` says whether there is somebody to ask, `proofread` whether the findings of the proof-reader are to be
    counted, `without_comments` that what is to be confirmed is only coloured; `more` are options of the door, to be named in
    a line that goes on; `chosen`: outlines or requirements were picked on the terminal; `tour`: who is here for the first time is told
    what will happen."""

    outlines: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    answers: str = ""
    save_answers: str = ""
    interactive: bool = False
    strict: bool = False
    output: str = ""
    to: str = ""
    template: str = ""
    force: bool = False
    date: str = ""
    choice: Choice = Choice()
    plain: bool = False
    proofread: bool = False
    choose: bool = False
    without_comments: bool = False
    more: tuple[str, ...] = ()
    chosen: bool = False
    tour: bool = False


def kind_of(request: NewRequest) -> str:
    """The kind of file asked for, by `--to` or the output's ending."""
    folder = is_folder(request)
    ending = "" if request.output in ("", "-") or folder else Path(request.output).suffix.lower().removeprefix(".")
    kind = request.to.lower().removeprefix(".") or ending or "docx"
    if kind not in FORMATS:
        what = f"--to {request.to}" if request.to else f"-o {request.output}"
        more = "旧的 .doc 格式不写；" if kind == "doc" else ""
        raise Rejected(Diagnostic(f"{what}：{more}文件只能是 {'、'.join('.' + f for f in FORMATS)}。", code="output-ending"))
    if ending and ending != kind:
        raise Rejected(Diagnostic(f"-o {request.output} 和 --to {request.to} 对不上；去掉一个。", code="options-apart"))
    if len(request.outlines) > 1 and request.output and not folder:
        raise Rejected(Diagnostic(f"-o {request.output}：几份提纲要写几个文件，这里写一个文件夹，例如 -o 会议材料/。", code="output-not-folder"))
    if request.output == "-" and not request.to:
        raise Rejected(Diagnostic("-o - 要写到标准输出，还要说是哪一种：--to docx（或 txt、md、html、pdf）。", code="output-kind-not-named"))
    if request.output == "-" and sys.stdout is None:
        raise Rejected(Diagnostic("-o - 要写到标准输出，可是它是关着的。用 -o 文件名。", code="standard-output"))
    if request.output == "-" and kind in ("docx", "pdf") and sys.stdout.isatty():
        raise Rejected(
            Diagnostic(
                f".{kind} 不是文字，不能显示在屏幕上。用 -o 文件名，或者接到别的程序：… -o - --to {kind} > 讲话.{kind}", code="standard-output"
            )
        )
    if kind == "pdf":
        from drafter.commands.office import need_for_pdf

        need_for_pdf()
    return kind


def is_folder(request: NewRequest) -> bool:
    """Whether the output names a folder: one that is there, or a name that ends as a folder's does."""
    output = request.output
    return output not in ("", "-") and (output.endswith(("/", os.sep)) or os.path.isdir(output))


def target_of(request: NewRequest, title: str, kind: str, asked: bool, taken: set[Path]) -> Path:
    """The file to write. After a conversation an existing name is stepped past; otherwise `save` refuses it."""
    folder = is_folder(request)
    if request.output and not folder:
        return Path(request.output)
    from drafter.commands.filename import legal_name

    within = Path(request.output) if folder else Path()
    path = within / legal_name(title, "." + kind)
    number = 2
    while path in taken or (asked and not request.force and os.path.lexists(path)):
        path = within / legal_name(title, f"{number}.{kind}")
        number += 1
    return path
