"""What is wanted of `batch`, and which file or folder that makes."""

import os
from pathlib import Path
from typing import NamedTuple

from drafter.commands.opening import Choice
from drafter.commands.rendering import FORMATS
from drafter.diagnostic import Diagnostic, Rejected


class BatchRequest(NamedTuple):
    """What a user wants of `batch`: documents of outlines, for each row of a table. `outlines` may be empty where the table says
    in a column which one a row is for. `output` is a folder, with `one_file` a file, "" for one named after the table; `maps`
    are `列=空`, `sets` answers of every row; `jobs` how many processes work, 0 for one a processor; `shard` the part of all that is this
    machine's ("3/8"); `check`: the proof-reader looks at every document; `interactive` says whether there is somebody to ask."""

    table: str
    outlines: tuple[str, ...] = ()
    output: str = ""
    name: str = ""
    maps: tuple[str, ...] = ()
    where: str = ""
    rows: str = ""
    sheet: str = ""
    template: str = ""
    to: str = ""
    sets: tuple[str, ...] = ()
    answers: str = ""
    choice: Choice = Choice()
    date: str = ""
    plain: bool = False
    without_comments: bool = False
    strict: bool = False
    force: bool = False
    jobs: int = 0
    shard: str = ""
    resume: bool = False
    one_file: bool = False
    dry_run: bool = False
    check: bool = False
    interactive: bool = False


#: What all letters may stand in as one file.
_IN_ONE = ("docx", "pdf")


def kind_of_batch(request: BatchRequest) -> str:
    """The kind of file asked for. Raises Rejected."""
    ending = Path(request.output).suffix.lower().removeprefix(".") if request.one_file else ""
    kind = request.to.lower().removeprefix(".") or ending or "docx"
    if kind not in FORMATS:
        what = f"--to {request.to}" if request.to else f"-o {request.output}"
        raise Rejected(Diagnostic(f"{what}：文件只能是 {'、'.join('.' + f for f in FORMATS)}。", code="output-ending"))
    if request.one_file and kind not in _IN_ONE:
        raise Rejected(Diagnostic(f"--one-file 合成的文件只能是 .docx 或 .pdf，不能是 .{kind}。", code="output-ending"))
    if ending and ending != kind:
        raise Rejected(Diagnostic(f"-o {request.output} 和 --to {request.to} 对不上；去掉一个。", code="options-apart"))
    if request.one_file and request.resume:
        told = "--one-file 一次写成一个文件，没有写到一半的，不用 --resume。"
        raise Rejected(Diagnostic(told, code="options-apart"))
    if request.one_file and request.shard:
        raise Rejected(Diagnostic("--one-file 合成一个文件，不能几台电脑分着写；去掉 --shard。", code="options-apart"))
    if kind == "pdf":
        from drafter.commands.office import need_for_pdf

        need_for_pdf()
    return kind


def place_of_batch(request: BatchRequest, kind: str) -> Path:
    """The folder to write to, or, with `one_file`, the file. Raises Rejected."""
    stem = Path(request.table).stem or "名单"
    if request.one_file:
        if request.output.endswith(("/", os.sep)) or os.path.isdir(request.output or "."[:0]):
            return Path(request.output) / f"{stem}.{kind}"
        return Path(request.output or f"{stem}.{kind}")
    folder = Path(request.output or stem)
    if request.output == "-":
        raise Rejected(Diagnostic("-o -：一份一个文件，要写进文件夹，例如 -o 信/。", code="output-not-folder"))
    if os.path.lexists(folder) and not folder.is_dir():
        hint = "换个名字，例如 -o 信/；要合成一个文件，加 --one-file。"
        raise Rejected(Diagnostic(f"“{folder}”是文件，不是文件夹。", None, hint, code="output-not-folder"))
    if request.output and not request.output.endswith(("/", os.sep)) and folder.suffix.lower().removeprefix(".") in FORMATS:
        hint = f"写文件夹：-o {folder.stem}/；要合成一个文件，加 --one-file。"
        raise Rejected(Diagnostic(f"-o {request.output}：一份一个文件，这里写文件夹。", None, hint, code="output-not-folder"))
    return folder
