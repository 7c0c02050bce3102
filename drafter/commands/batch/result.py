"""What `batch` has found in a table before it writes, and what it has written: for people, for programs, and what most people
do next."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.commands.batch.names import SameNames
from drafter.diagnostic import Diagnostic, DiagnosticData

if TYPE_CHECKING:
    from drafter.commands.batch.columns import MatchedColumns
    from drafter.commands.batch.proofreading import BatchChecked, CheckedData
    from drafter.commands.next_step import Ending, NextStep


class BatchHead(NamedTuple):
    """What is told before anything is written: where, how many rows the table has and how many are wanted, of which so many
    are written already; the columns, `same` names, and what there is to say of the table and the outlines."""

    table: str
    output: str
    rows: int
    wanted: int
    documents: int
    done_before: int
    columns: "MatchedColumns"
    same: tuple[SameNames, ...]
    remarks: tuple[Diagnostic, ...]
    moment: str = ""


class BatchFile(NamedTuple):
    """A document that was written: the row it is of, its outline, its file, and the blanks left in it; the numbers of the
    faults the proof-reader has found in it, one for each finding, None where it has not looked at it."""

    row: int
    outline: str
    file: str
    blanks: tuple[str, ...]
    faults: tuple[int, ...] | None = None


class BatchFailure(NamedTuple):
    """A row that nothing was written of: `columns` are the ones to put right, () where it is not one of them."""

    row: int
    columns: tuple[str, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def reason(self) -> str:
        """Why, in one line."""
        return "；".join(_in_line(p) for p in self.problems)


def _in_line(problem: Diagnostic) -> str:
    if problem.code == "blanks-left":
        return f"还有空没填：{'、'.join(blanks_named(problem))}"
    return " ".join(problem.message.rstrip("：；。").split())


def blanks_named(problem: Diagnostic) -> tuple[str, ...]:
    """The blanks that keep a document from being written."""
    return tuple(re.findall("(?m)^【([^】]+)】", problem.hint))


class BlankInRows(NamedTuple):
    """A blank left: what is asked for it, and in how many documents it stands."""

    name: str
    ask: str
    documents: int


class ColumnData(TypedDict):
    """A column of the table, for programs: the blank it answers, null for none; `near` blanks it may be meant for."""

    column: str
    field: str | None
    near: list[str]


class FailureData(TypedDict):
    """A row that nothing was written of."""

    row: int
    columns: list[str]
    code: str
    message: str
    remedy: str | None


class FileData(TypedDict):
    """A document that was written, and the blanks left in it; how many findings the proof-reader has, null where it has not
    looked at it."""

    row: int
    outline: str
    file: str
    blanks: list[str]
    findings: int | None


class SameNamesData(TypedDict):
    """A file name that several rows would have had."""

    name: str
    rows: list[int]


class BatchData(TypedDict):
    """What `batch` did. `rows` are those of the table, `wanted` those asked for; `written` counts documents, `done_before`
    those that stood there already, `left` rows that were not come to because somebody stopped it. `failures_file` has the
    rows to be put right, null where there are none; `checked` is what the proof-reader found, null where it was not asked."""

    table: str
    output: str
    rows: int
    wanted: int
    written: int
    done_before: int
    failed: int
    left: int
    dry_run: bool
    columns: list[ColumnData]
    unanswered: list[str]
    same_names: list[SameNamesData]
    blanks: list[BlankInRows]
    failures: list[FailureData]
    failures_file: str | None
    files: list[FileData]
    checked: "CheckedData | None"
    remarks: list[DiagnosticData]


class BatchResult(NamedTuple):
    """What `batch` has done. `left` rows were not come to, because somebody stopped it; `again` are the options with which the same
    is done for another table, `chosen` those that say which of its rows; `checked` is what the proof-reader found, None where it was
    not asked."""

    head: BatchHead
    files: tuple[BatchFile, ...] = ()
    failures: tuple[BatchFailure, ...] = ()
    failures_file: str = ""
    blanks: tuple[BlankInRows, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    left: int = 0
    dry_run: bool = False
    one_file: str = ""
    again: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    checked: "BatchChecked | None" = None
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    @property
    def exit_code(self) -> int:
        """0 where every row wanted is there, 1 where some are not, or the proof-reader has found an error or a warning, 130
        where somebody stopped it."""
        found = self.checked.exit_code if self.checked else 0
        return 130 if self.left else 1 if self.failures else found

    def ending(self) -> "Ending":
        """The files written; and most people put right what failed, or look through what was written."""
        from drafter.commands.next_step import Ending, in_memory, not_written

        if self.unsaved:
            return Ending((), in_memory("unsaved"), self._next())
        files = (self.one_file,) if self.one_file else tuple(dict.fromkeys(file.file for file in self.files))
        written = () if self.dry_run else (*files, *((self.failures_file,) if self.failures_file else ()))
        unwritten = None
        if not written:
            unwritten = not_written("只是看看", "去掉 --dry-run") if self.dry_run else not_written(self._why_none())
        return Ending(written, unwritten, self._next())

    def _why_none(self) -> str:
        if self.left:
            return "停下了"
        return "要的都已经写好了" if self.head.done_before and not self.failures else "没有一行能写"

    def _next(self) -> "NextStep | None":
        from drafter.commands.next_step import NextStep, typed

        same = (self.head.table, *self.again, *self.chosen)
        if self.dry_run:
            going_on = ("--resume",) if self.head.done_before else ()
            return NextStep(typed("batch", *same, *going_on), "看过没有要改的，就写") if self.files else None
        if self.left:
            return NextStep(typed("batch", *same, "--resume"), f"还差 {self.left} 行，接着写")
        if self.failures_file:
            again = typed("batch", self.failures_file, *self.again)
            return NextStep(again, f"在 Excel 里改好 {self.failures_file} 这几行，存好，再写这几份")
        if self.checked and self.checked.common:
            force = () if "--force" in same else ("--force",)
            return NextStep(typed("batch", *same, *force), "每一份都有的，在提纲里或者 --set 的回答里改好，再写一遍")
        if self.one_file.endswith(".docx"):
            return NextStep(None, f"打开 {self.one_file} 看一遍，双面打印。")
        if self.checked and self.checked.documents == len(self.files) and not self.head.done_before:
            return self._after_reading(self.checked)
        return NextStep(typed("check", self.head.output), "校对这些稿子") if self.files or self.head.done_before else None

    def _after_reading(self, checked: "BatchChecked") -> "NextStep | None":
        from drafter.commands.next_step import NextStep, typed

        if not self.files:
            return None
        if checked.safe:
            return NextStep(typed("check", self.head.output, "--fix"), "有把握的直接改")
        if checked.exit_code:
            return NextStep(typed("check", self.head.output), "一份份看，照着改")
        return NextStep(None, f"打开 {self.head.output} 里的几份看一遍，打印或者发出去。")

    def json(self) -> BatchData:
        """For programs."""
        columns = self.head.columns
        every: Mapping[str, tuple[str | None, tuple[str, ...]]] = {
            **{column: (field, ()) for column, field in columns.fields.items()},
            **{column: (None, near) for column, near in columns.near.items()},
            **dict.fromkeys(columns.unused, (None, ())),
        }
        return {
            "table": self.head.table,
            "output": self.head.output,
            "rows": self.head.rows,
            "wanted": self.head.wanted,
            "written": 0 if self.dry_run else len(self.files),
            "done_before": self.head.done_before,
            "failed": len(self.failures),
            "left": self.left,
            "dry_run": self.dry_run,
            "columns": [{"column": name, "field": field, "near": list(near)} for name, (field, near) in every.items()],
            "unanswered": list(columns.open),
            "same_names": [{"name": one.name, "rows": list(one.rows)} for one in self.head.same],
            "blanks": list(self.blanks),
            "failures": [
                {
                    "row": one.row,
                    "columns": list(one.columns),
                    "code": one.problems[0].code,
                    "message": one.reason,
                    "remedy": "\n".join(p.hint for p in one.problems if p.hint) or None,
                }
                for one in self.failures
            ],
            "failures_file": self.failures_file or None,
            "files": [
                {
                    "row": f.row,
                    "outline": f.outline,
                    "file": f.file,
                    "blanks": list(f.blanks),
                    "findings": None if f.faults is None else len(f.faults),
                }
                for f in self.files
            ],
            "checked": self.checked.json() if self.checked else None,
            "remarks": [r.json() for r in (*self.head.remarks, *self.remarks)],
        }
