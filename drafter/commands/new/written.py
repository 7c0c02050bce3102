"""The documents `new` has written, for people and for programs, and what most people do next with them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.chinese.minutes import minutes, range_said
from drafter.commands.opening import BlankLeft, spoken
from drafter.diagnostic import Diagnostic, DiagnosticData
from drafter.speech.draft import Draft

if TYPE_CHECKING:
    from drafter.commands.confirming import ToBeConfirmed, ToConfirmData
    from drafter.commands.next_step import Ending, NextStep
    from drafter.outline.follow import FollowedChoice


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
    """A document `new` has written, for programs. `pages` is null where nobody has laid the pages out, `findings` where
    the proof-reader was not asked; `taken` are the answers other documents written with it have given."""

    file: str
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
    """A document `new` has written. `file` is "-" for standard output, and `data` what is to go there (b"" for a file
    that was saved); `pages` None where nobody has laid the pages out, `findings` how many the proof-reader has of each
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

    @property
    def characters(self) -> int:
        """The 字 as read aloud, counted when somebody asks: on a long speech that is a fifth of a run."""
        return spoken(self.draft)

    @property
    def time(self) -> str:
        """How long it takes to read it aloud, in words."""
        return range_said(self.characters)

    def json(self) -> WrittenData:
        """For programs."""
        characters = self.characters
        fast, normal, slow = minutes(characters)
        return {
            "file": self.file,
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

    def ending(self) -> "Ending":
        """The files written, and what most people do next: fill what is open, confirm what is guessed, proof-read, finish."""
        from drafter.commands.next_step import Ending, not_written

        files = tuple(document.file for document in self.documents if document.file != "-")
        answers = tuple(dict.fromkeys(document.answers_file for document in self.documents if document.answers_file))
        unwritten = None if files or answers else not_written("稿子在标准输出上", "-o 文件名")
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

    files = [document for document in documents if document.file != "-"]
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
