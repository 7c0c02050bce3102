"""`drafter collect`: what departments have filled into their copies, one row a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from os.path import basename
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

from drafter.commands.drafts import connected
from drafter.commands.elsewhere import remarks as open_remarks
from drafter.commands.filled_in import FieldNow, fields_now
from drafter.commands.many import cores, spread
from drafter.commands.named import named, names_listed, none_in, of_links
from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.placing import changes_at
from drafter.commands.saving import check, save
from drafter.diagnostic import Diagnostic, DiagnosticData, Place, Rejected, printable
from drafter.outline import shelf
from drafter.outline.field import Value, save_form
from drafter.readers.open import DOC, DOCX, ODT, RTF, WPS, kind_named, kind_of
from drafter.revise.edited import Edited, OpenedDraft
from drafter.revise.typed_over import typed_over
from drafter.word.where import Finder
from drafter.writers.table import TableWritten, as_csv, as_xlsx

#: The first column and the last; between them those of the fields.
FILE, OUTLINE, STATE = "文件", "提纲", "状态"

#: What a draft may come back as. A folder holds other things too.
_DRAFTS = (DOCX, DOC, WPS, ODT, RTF)

#: With fewer files than this (for each processor) it takes longer to begin processes than to read them.
_FEW = 4

#: Places and reasons that a cell names.
_NAMED, _LONGEST = 5, 60

#: Hears of each file: how many are done, of how many.
Heard = Callable[[int, int], None]


class CollectRequest(NamedTuple):
    """The copies, folders and patterns among them, and where the table goes: .xlsx or .csv, "" for nowhere, "-" for
    standard output (as .csv). `jobs` is how many are read at once, 0 for as many as there are processors; `files_from` is a list
    of more files."""

    files: tuple[str, ...]
    output: str = ""
    force: bool = False
    jobs: int = 0
    files_from: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What says on a command line which files these are."""
        return (*_few(self.files), *given(files_from=self.files_from))


class CollectedFile(NamedTuple):
    """A copy: the outline it was made from with all its fields, in order; what its own fields say, in the form of an
    answer ("" for nothing, a list an entry a line); which of them are blank, and which will not do, and why. `edited` are where
    paragraphs were reworded; others were `added`, `deleted` or `moved`."""

    file: str
    outline: str
    order: tuple[str, ...]
    values: dict[str, str]
    blank: tuple[str, ...] = ()
    unfit: tuple[tuple[str, str], ...] = ()
    edited: tuple[str, ...] = ()
    added: int = 0
    deleted: int = 0
    moved: int = 0

    @property
    def complete(self) -> bool:
        """Whether every field has an answer that will do."""
        return not self.blank and not self.unfit

    @property
    def state(self) -> str:
        """What there is to say of it: 还空着：人数、日期；改写了约第 1 页第 3 段."""
        told = []
        if self.blank:
            told.append(f"还空着：{'、'.join(self.blank)}")
        told += [f"{name}：{_short(why)}" for name, why in self.unfit]
        if self.edited:
            told.append(
                f"改写了{'、'.join(self.edited[:_NAMED])}"
                + (f"等 {len(self.edited)} 段" if len(self.edited) > _NAMED else "")
            )
        counts = (("加了", self.added), ("删了", self.deleted), ("挪了", self.moved))
        told += [f"{did} {count} 段" for did, count in counts if count]
        return "；".join(told if not self.complete else ["填好了", *told])


class UncollectedFile(NamedTuple):
    """A file that nothing was taken from, and why."""

    file: str
    problem: Diagnostic


class CollectedData(TypedDict):
    """A copy, for programs: `state` in words, `values` by the names of the fields."""

    file: str
    outline: str
    complete: bool
    values: dict[str, str]
    blanks: list[str]
    unfit: dict[str, str]
    edited: list[str]
    added: int
    deleted: int
    moved: int
    state: str


class UncollectedData(TypedDict):
    """A file that nothing was taken from."""

    file: str
    code: str
    message: str
    remedy: NotRequired[str]


class CollectData(TypedDict):
    """What `collect` tells, for programs."""

    written: str | None
    files: list[CollectedData]
    failed: list[UncollectedData]
    remarks: list[DiagnosticData]


class CollectResult(NamedTuple):
    """What was collected: the `tables`, one for each outline; the copies in the order they were named; what nothing was
    taken from. `written` is the file, "" for none, `data` the table where it goes to standard output."""

    tables: tuple[TableWritten, ...]
    files: tuple[CollectedFile, ...]
    failed: tuple[UncollectedFile, ...]
    request: CollectRequest
    written: str = ""
    data: bytes = b""
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 where some files are not in the table."""
        return 1 if self.failed else 0

    def ending(self) -> Ending:
        """The table; most people look at what is still open, then use the rows again."""
        request = self.request
        if self.data and self.request.output != "-":
            return Ending((), in_memory())
        if not self.written:
            line = typed("collect", *request.words, "-o", "汇总.xlsx")
            return Ending((), not_written("", line), NextStep(line, "汇总成表"))
        if any(not one.complete for one in self.files):
            return Ending(
                (self.written,), None, NextStep("", f"打开 {Path(self.written).name}，看“{STATE}”一列，催还没填好的")
            )
        outline, sheet = self.files[0].outline, self.tables[0].name if len(self.tables) > 1 else ""
        named_by = ("--name", f"【{column}】") if (column := _telling(self.tables[0])) else ()
        options = ("--outline", outline, *(("--sheet", sheet) if sheet else ()), self.written, *named_by)
        return Ending((self.written,), None, NextStep(typed("batch", *options), "用表里的每一行再写一份"))

    def json(self) -> CollectData:
        """For programs."""
        return {
            "written": self.written or None,
            "files": [
                {
                    "file": one.file,
                    "outline": one.outline,
                    "complete": one.complete,
                    "values": one.values,
                    "blanks": list(one.blank),
                    "unfit": dict(one.unfit),
                    "edited": list(one.edited),
                    "added": one.added,
                    "deleted": one.deleted,
                    "moved": one.moved,
                    "state": one.state,
                }
                for one in self.files
            ],
            "failed": [_of_problem(one) for one in self.failed],
            "remarks": [remark.json() for remark in self.remarks],
        }


def _telling(table: TableWritten) -> str:
    """The first field that tells the rows apart, "" where none does."""
    for n, column in enumerate(table.columns[1:-1], 1):
        said = [row[n] for row in table.rows]
        if all(said) and len(set(said)) == len(said) and max(map(len, said)) < 30:
            return column
    return ""


def _few(files: Sequence[str]) -> tuple[str, ...]:
    """What stands for these files on a command line: a shell has made many of a pattern."""
    if not files:
        return ()
    folders = {str(Path(file).parent) for file in files}
    if len(files) <= 3 or len(folders) > 1:
        return tuple(files)
    return (str(Path(folders.pop(), "*.docx")),)


def _of_problem(one: UncollectedFile) -> UncollectedData:
    told: UncollectedData = {"file": one.file, "code": one.problem.code, "message": one.problem.message}
    return {**told, "remedy": one.problem.hint} if one.problem.hint else told


def collect(request: CollectRequest, heard: Heard | None = None) -> CollectResult:
    """Reads the copies and writes their table. Raises Rejected where there is none to read, or the table cannot be
    written."""
    _checked(request)
    listed = names_listed(request.files_from) if request.files_from else ()
    linked: list[str] = []
    files = _meant((*request.files, *listed), linked)
    workers = request.jobs or cores()
    jobs = (_opened(file) for file in files)
    results = spread(_collected, jobs, workers, _lost) if workers > 1 and len(files) > _FEW * workers else map(_collected, jobs)
    found: list[CollectedFile] = []
    failed: list[UncollectedFile] = []
    for done, one in enumerate(results, 1):
        (found if isinstance(one, CollectedFile) else failed).append(one)  # type: ignore[arg-type]
        if heard:
            heard(done, len(files))
    if not found:
        raise Rejected(*(one.problem for one in failed))
    written = "" if request.output == "-" else request.output
    as_text = request.output == "-" or written.lower().endswith(".csv")
    tables = (_together(found),) if as_text else tuple(_tables(found))
    result = CollectResult(tables, tuple(found), tuple(failed), request, written)
    told = [remark for file in files for remark in open_remarks(Path(file))]
    idle = without_effect("要写文件才用得上；和 -o 一起用", [(request.force and not written, "--force")])
    result = result._replace(remarks=(*idle, *of_links(linked), *told))
    if not request.output:
        return result
    if as_text:
        data = as_csv(tables[0].columns, tables[0].rows)
    else:
        data = as_xlsx(tables, datetime.now().replace(microsecond=0))
    if written:
        save(Path(written), data, force=request.force, inputs=[Path(file) for file in files])
        return result
    return result._replace(data=data.removeprefix(b"\xef\xbb\xbf"))


def _checked(request: CollectRequest) -> None:
    """Raises Rejected for what can be told before anything is read."""
    output = request.output
    if output in ("", "-"):
        return
    if not output.lower().endswith((".xlsx", ".csv")):
        hint = "例如 -o 汇总.xlsx"
        raise Rejected(
            Diagnostic(f"-o {printable(output)}：汇总写成 .xlsx 或者 .csv。", None, hint, code="option-value")
        )
    check(Path(output), force=request.force)


def _meant(names: Sequence[str], linked: list[str]) -> tuple[str, ...]:
    """The files, without those of folders and patterns that are no drafts. Raises Rejected where none is left."""
    plain = {name for name in names if not Path(name).is_dir()}
    files = tuple(
        one.path
        for one in named(names, linked=linked)
        if one.path in plain or kind_named(one.path) in _DRAFTS or (one.path not in names and os.path.isdir(one.path))
    )
    if not files:
        told = "里面没有稿子（.docx）。"
        raise Rejected(
            Diagnostic(told, Place("、".join(names)), "写上收回来的稿子，或者它们所在的文件夹。", code="folder-empty")
        )
    return files


# ── one file ───────────────────────────────────────────────────────────────────────────────────────────────────────


class _Job(NamedTuple):
    """A file as it was read here; `problem` is why it could not be."""

    file: str
    data: bytes
    problem: Diagnostic | None = None


def _opened(file: str) -> _Job:
    try:
        if os.path.isdir(file):
            raise Rejected(none_in(file, "汇总"))
        return _Job(file, shelf.read_bytes(Path(file)))
    except Rejected as refused:
        return _Job(file, b"", refused.diagnostics[0])


def _lost(job: _Job) -> UncollectedFile:
    told = Diagnostic(
        "读这个文件的时候，程序意外停了。",
        Place(job.file),
        "用 Word 打开，另存为新的 .docx，再试一次。",
        code="worker-lost",
    )
    return UncollectedFile(job.file, told)


def _collected(job: _Job) -> CollectedFile | UncollectedFile:
    """What a copy says."""
    if job.problem:
        return UncollectedFile(job.file, job.problem)
    try:
        if kind_named(job.file) not in (DOCX, None):
            kind, _ = kind_of(job.file, job.data)
            if kind is not DOCX:
                way = "请对方用原来的 .docx 填；或者自己用 Word 打开，照着抄进原来的那份。"
                told = f"这是{kind.called}，里面没有记来历；来历只记在 .docx 里。"
                return UncollectedFile(job.file, Diagnostic(told, Place(job.file), way, code="no-record"))
        opened = OpenedDraft(job.data, job.file, ())
        found = connected(opened)
        return _of(job.file, found.provenance.outline, found.draft, opened)
    except Rejected as refused:
        return UncollectedFile(job.file, refused.diagnostics[0])


def _of(file: str, outline: str, draft: Edited, opened: OpenedDraft) -> CollectedFile:
    more, only = typed_over(draft)
    values: dict[str, Value] = {**draft.values(), **more}
    fields = fields_now(draft)
    spots = changes_at(draft, Finder(opened.file)) if draft.changes else ()
    kinds = ["typed" if change.before in only else change.kind for change in draft.changes]
    return CollectedFile(
        file=file,
        outline=outline,
        order=tuple(draft.base.outline.fields),
        values={one.name: _cell(one, values) for one in fields} | {name: _said(value) for name, value in more.items()},
        blank=tuple(one.name for one in fields if one.state in ("blank", "cleared") and one.name not in more),
        unfit=tuple(
            (one.name, one.told) for one in fields if one.state in ("unfit", "differs") and one.name not in more
        ),
        edited=tuple(str(spot) or "一段" for spot, kind in zip(spots, kinds, strict=True) if kind == "edited"),
        added=kinds.count("added"),
        deleted=kinds.count("deleted"),
        moved=kinds.count("moved"),
    )


def _cell(field: FieldNow, values: dict[str, Value]) -> str:
    """An answer as a table has it, and reads it again: a day 2026-11-22, a list an entry a line. One that will not
    do stands as it was typed."""
    if field.name in values and field.state not in ("unfit", "differs"):
        return _said(values[field.name])
    return field.now


def _said(value: Value) -> str:
    said = save_form(value)
    return said if isinstance(said, str) else "\n".join(said)


def _short(why: str) -> str:
    return why if len(why) <= _LONGEST else why[: _LONGEST - 1] + "…"


# ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tables(files: Sequence[CollectedFile]) -> Iterator[TableWritten]:
    """A table for each outline: their fields are not the same, and a table of one can be given to `batch`."""
    for outline in dict.fromkeys(one.outline for one in files):
        yield _table(Path(outline).stem or "汇总", [one for one in files if one.outline == outline])


def _together(files: Sequence[CollectedFile]) -> TableWritten:
    """All in one table: where there are several outlines, a column says which."""
    return _table("汇总", files, several=len({one.outline for one in files}) > 1)


def _table(name: str, files: Sequence[CollectedFile], several: bool = False) -> TableWritten:
    asked = {field for one in files for field in one.values}
    fields = [field for field in dict.fromkeys(field for one in files for field in one.order) if field in asked]
    own = [_apart(word, fields) for word in (FILE, *((OUTLINE,) if several else ()))]
    shown = _shown([one.file for one in files])
    rows = [
        (file, *((one.outline,) if several else ()), *(one.values.get(field, "") for field in fields), one.state)
        for file, one in zip(shown, files, strict=True)
    ]
    return TableWritten(name, (*own, *fields, _apart(STATE, fields)), rows)


def _apart(word: str, fields: Sequence[str]) -> str:
    """The heading of a column of ours, which no field has."""
    return word if word not in fields else f"{word}（汇总）"


def _shown(files: Sequence[str]) -> list[str]:
    """What the files are called in the table: their names alone, where these tell them apart."""
    bare = [basename(file) for file in files]
    return bare if len({one.casefold() for one in bare}) == len(bare) else list(files)
