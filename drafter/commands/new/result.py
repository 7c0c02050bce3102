"""What is wanted of `new`, and which file that makes; what it has written, for people and for programs, and what most
people do next with it."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.opening import BlankLeft, Choice, Given, spoken
from drafter.commands.rendering import FORMATS
from drafter.diagnostic import Diagnostic, DiagnosticData, Rejected
from drafter.speech.draft import Draft

if TYPE_CHECKING:
    from drafter.commands.confirming import ToBeConfirmed, ToConfirmData
    from drafter.commands.next_step import Ending, NextStep
    from drafter.outline.follow import FollowedChoice


class NewRequest(NamedTuple):
    """What a user wants of `new`. Without `outlines` the writer is asked for one, with `choose` for the requirements.
    `interactive` says whether there is somebody to ask, `proofread` whether the findings of the proof-reader are to be
    counted, `without_comments` that what is to be confirmed is only coloured; `more` are options of the door, to be named in
    a line that goes on; `unheard`: nobody hears what is remarked, so what only serves that is not worked out; `choices` and
    `templates`, where there are any, say for each outline which requirements it has and what it is set by, "" for what the others say; `chosen`: outlines or requirements were picked on the terminal; `tour`: who is here for the first time is told
    what will happen.

    Of a program: `filled` are answers by the names of blanks, stronger than all others; `texts` outlines that lie nowhere, by
    the names `outlines` has for them; `unsaved`: nothing is written, the bytes are given back."""

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
    choices: tuple[Choice, ...] = ()
    templates: tuple[str, ...] = ()
    unheard: bool = False
    filled: tuple[tuple[str, Given], ...] = ()
    texts: Mapping[str, bytes] = {}
    unsaved: bool = False


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


class MinutesData(TypedDict):
    """How long a speech takes, read at 240, 200 and 160 字 a minute, in whole and half minutes."""

    fast: float
    normal: float
    slow: float


class AnsweredData(TypedDict):
    """An answer that another of the outlines filled together gives: its field, how it is said, the outline, and what of
    that it was taken from, `title`, `requirements`, or the name of a field."""

    name: str
    value: str
    outline: str
    out_of: str


class ChosenData(TypedDict):
    """A choice nobody was asked for: the field, the answer, and the field it followed from (null for none)."""

    name: str
    answer: str
    by: str | None


class WrittenData(TypedDict):
    """A document `new` has written, for programs. `file` is null for one that is on no disk; `pages` is null where nobody has laid the pages out, `findings` where
    the proof-reader was not asked; `taken` are the answers other documents written with it have given."""

    file: str | None
    outline: str
    template: str
    title: str
    characters: int
    minutes: MinutesData
    pages: int | None
    blanks: list[BlankLeft]
    answers_file: str | None
    notes: list[str]
    chosen: list[ChosenData]
    to_confirm: list["ToConfirmData"]
    findings: Mapping[str, int] | None
    remarks: list[DiagnosticData]
    taken: list[AnsweredData]


class Written(NamedTuple):
    """A document `new` has written. `file` is "-" for standard output, "" where nothing was to be saved, and `data` are then its
    bytes (b"" for a file that was saved); `kind` is docx, txt, md, html or pdf; `pages` None where nobody has laid the pages out, `findings` how many the proof-reader has of each
    level, None where it was not asked."""

    file: str
    outline: str
    template: str
    title: str
    draft: Draft
    pages: int | None
    blanks: tuple[BlankLeft, ...]
    answers_file: str
    notes: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    findings: Mapping[str, int] | None = None
    data: bytes = b""
    taken: tuple[AnsweredData, ...] = ()
    chosen: "tuple[FollowedChoice, ...]" = ()
    to_confirm: "tuple[ToBeConfirmed, ...]" = ()
    kind: str = "docx"

    @property
    def name(self) -> str:
        """What its file is called, or would be: a name every system takes, without a folder."""
        if self.file not in ("", "-"):
            return Path(self.file).name
        from drafter.commands.filename import legal_name

        return legal_name(self.title, f".{self.kind}")

    @property
    def characters(self) -> int:
        """The 字 as read aloud, counted when somebody asks: on a long speech that is a fifth of a run."""
        return spoken(self.draft)

    @property
    def time(self) -> str:
        """How long it takes to read it aloud, in words."""
        from drafter.chinese.minutes import range_said

        return range_said(self.characters)

    def json(self) -> WrittenData:
        """For programs."""
        from drafter.chinese.minutes import minutes

        characters = self.characters
        fast, normal, slow = minutes(characters)
        return {
            "file": self.file or None,
            "outline": self.outline,
            "template": self.template,
            "title": self.title,
            "characters": characters,
            "minutes": {"fast": fast, "normal": normal, "slow": slow},
            "pages": self.pages,
            "blanks": list(self.blanks),
            "answers_file": self.answers_file or None,
            "notes": list(self.notes),
            "chosen": [{"name": c.name, "answer": c.answer, "by": c.by or None} for c in self.chosen],
            "to_confirm": [mark.json() for mark in self.to_confirm],
            "findings": self.findings,
            "remarks": [r.json() for r in self.remarks],
            "taken": list(self.taken),
        }


class NewResult(NamedTuple):
    """What `new` has written: a document for each outline, in their order."""

    documents: tuple[Written, ...]

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What was remarked on the way."""
        return tuple(remark for document in self.documents for remark in document.remarks)

    @property
    def data(self) -> bytes:
        """The bytes of the first document, b"" where it was saved."""
        return self.documents[0].data

    @property
    def name(self) -> str:
        """What the file of the first document is called, or would be."""
        return self.documents[0].name

    @property
    def title(self) -> str:
        """The title of the first document."""
        return self.documents[0].title

    @property
    def blanks(self) -> tuple[BlankLeft, ...]:
        """The blanks of all documents that nobody has answered."""
        return tuple(blank for document in self.documents for blank in document.blanks)

    def ending(self) -> "Ending":
        """The files written, and what most people do next: fill what is open, confirm what is guessed, proof-read, finish."""
        from drafter.commands.next_step import Ending, in_memory, not_written

        files = tuple(document.file for document in self.documents if document.file not in ("", "-"))
        answers = tuple(dict.fromkeys(document.answers_file for document in self.documents if document.answers_file))
        aside = not_written("稿子在标准输出上", "-o 文件名") if self.documents[0].file else in_memory()
        unwritten = None if files or answers else aside
        return Ending(files + answers, unwritten, _after(self.documents))

    def json(self) -> WrittenData | list[WrittenData]:
        """For programs: one document by itself, several in a list."""
        said = [document.json() for document in self.documents]
        return said if len(said) > 1 else said[0]


#: Templates whose pages are for the speaker alone: nothing more is done with them.
_FOR_THE_SPEAKER = ("card", "reading")


def _after(documents: Sequence[Written]) -> "NextStep | None":
    """What most people do once these are written: the first that one of them wants."""
    from drafter.commands.next_step import NextStep, typed

    files = [document for document in documents if document.file not in ("", "-")]
    word = [document for document in files if document.file.endswith(".docx")]
    for document in files:
        if document.blanks:
            look = typed("status" if document in word else "check", document.file)
            where = "在 Word 里填上标黄的空" if document in word else "填上文中的【】"
            return NextStep(look if not document.file.endswith(".pdf") else None, f"{where}，存好，再看还差什么")
    for document in word:
        if document.to_confirm:
            return NextStep(typed("status", document.file, "--confirm"), "一处处核实提纲里估的话")
    for document in files:
        if document.findings and not document.file.endswith(".pdf"):
            return NextStep(typed("check", document.file), "逐条看校对")
    for document in word:
        if document.template not in _FOR_THE_SPEAKER:
            return NextStep(typed("finish", document.file), "看过没有要改的，定稿")
    return NextStep(None, f"打开 {files[0].file} 看一遍，打印或者发出去。") if files else None
