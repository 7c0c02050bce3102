"""`batch`: a document for every row of a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Literal

from drafter.api.given import (
    Answer,
    Answers,
    Day,
    FileGiven,
    OutlineGiven,
    PathGiven,
    answers_of,
    choice_given,
    count_of,
    day_of,
    door,
    file_of,
    outline_of,
    path_of,
    refused,
    said_of,
    several,
    word_of,
    words_of,
)
from drafter.commands.batch import BatchRequest, BatchResult
from drafter.commands.held import File, holding


@door
def batch(
    table: FileGiven | Iterable[Mapping[str, Answer]],
    outline: OutlineGiven | Sequence[OutlineGiven] | None = None,
    answers: Answers = None,
    *,
    output: PathGiven | None = None,
    name: str | None = None,
    map: Mapping[str, str | None] | None = None,
    where: str | None = None,
    rows: str | None = None,
    sheet: str | None = None,
    template: str | None = None,
    to: Literal["docx", "txt", "md", "html", "pdf"] | None = None,
    date: Day | None = None,
    pick: Sequence[str] | str = (),
    headings: str | None = None,
    brief: bool = False,
    strict: bool = False,
    plain: bool = False,
    comments: bool = True,
    one_file: bool = False,
    resume: bool = False,
    dry_run: bool = False,
    check: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    heard: Callable[[int, int, int], object] | None = None,
    force: bool = False,
) -> BatchResult:
    """A document for every row of a table; a row that cannot be is told in `failures`, and the others are written.

    table: .xlsx .xls .ods .csv .tsv .json .jsonl, as a path or bytes; or rows by the names of columns, as
        `frame.to_dict("records")` gives them (NaN is an empty cell).
    outline: as for `new`; None where a column says which one a row is for. answers: of every row; the table's are stronger.
    output: the folder, or with `one_file` the file. None writes nothing: the documents are in `unsaved`, by their names.
    name: how files are called, 【县区】慰问信; None goes by the title. map: columns to blanks, None for a column not used.
    where: the rows wanted, as an outline's `when`; rows: their numbers, 3-20,25; sheet: of a workbook.
    one_file: all in one .docx or .pdf, a section each. resume: what was written before stays.
    strict, plain, comments, template, to, date, pick, headings, brief, force: as for `new`.
    dry_run: nothing is written. check: every document is proof-read; what was found is in `checked`, each fault once.
    jobs: processes at once; 0 as many as there are processors. The default starts none.
    executor: does the work instead: threads, processes, Dask's.
    heard: is called with how many rows are done, of how many, and how many failed.

    Raises Rejected, with nothing written, for what is wrong with the table as a whole.
    """
    from drafter.commands.batch import batch as command

    path, filled = answers_of(answers)
    if any("=" in name or "＝" in name for name, _ in filled):
        raise refused("回答的名称里不能有等号。")
    if not isinstance(map, Mapping | None):
        raise refused(f"map 要是 {{列名: 空}}，这里是 {type(map).__name__}。")
    outlines = () if outline is None else tuple(outline_of(one, "提纲") for one in several(outline))
    with holding(table_of(table), *outlines) as held:
        source, *named = held.names
        target = path_of(output, "output") or held.target(source, "", f".{to or 'docx'}" if one_file else "/")
        request = BatchRequest(
            table=source,
            outlines=tuple(named),
            output=target,
            name=word_of(name, "name"),
            maps=words_of((f"{column}={blank or ''}" for column, blank in (map or {}).items()), "map"),
            where=word_of(where, "where"),
            rows=word_of(rows, "rows"),
            sheet=word_of(sheet, "sheet"),
            template=word_of(template, "template"),
            to=word_of(to, "to"),
            sets=tuple(f"{name}={said if isinstance(said, str) else '、'.join(said)}" for name, said in filled),
            answers=path,
            choice=choice_given(pick, headings, brief),
            date=day_of(date),
            plain=plain,
            without_comments=not comments,
            strict=strict,
            force=force,
            jobs=count_of(jobs, "jobs"),
            resume=resume,
            one_file=one_file,
            dry_run=dry_run,
            check=check,
        )
        return held.given_back(command(request, heard=heard or _nobody, executor=executor))


def _nobody(done: int, of: int, failed: int) -> None:
    """Nobody hears."""


def table_of(given: FileGiven | Iterable[Mapping[str, Answer]]) -> str | File:
    """A table as a file; rows as JSON, a line each. Raises Rejected."""
    if isinstance(given, (str, bytes, bytearray, memoryview, File)) or hasattr(given, "read") or hasattr(given, "__fspath__"):
        file = file_of(given, "table")  # type: ignore[arg-type]  # what it is was told by what it can do
        return file if isinstance(file, str) or file.name else file._replace(name=f"名单.{_kind_of(file.data)}")
    if isinstance(given, Mapping) or not isinstance(given, Iterable):
        raise refused(f"table 要是文件，或者一行一行的回答，这里是 {type(given).__name__}。", '例如 frame.to_dict("records")。')
    lines = []
    for number, row in enumerate(given, 1):
        if not isinstance(row, Mapping) or not all(isinstance(column, str) for column in row):
            raise refused(f"第 {number} 行要是 {{列名: 回答}}。")
        try:
            said = {column: said_of(answer) for column, answer in row.items()}
            lines.append(json.dumps(said, ensure_ascii=False).encode())
        except (TypeError, ValueError) as error:
            raise refused(f"第 {number} 行：{error}") from None
    return File(b"\n".join(lines) + b"\n", "名单.jsonl")


#: How the bytes of tables begin, of those that are no plain text: kinds of which the reader then looks inside.
_BEGIN = ((b"PK", "xlsx"), (b"\xd0\xcf", "xls"), (b"[", "json"), (b"{", "jsonl"))


def _kind_of(data: bytes) -> str:
    """The ending a table without a name is read by."""
    return next((kind for begin, kind in _BEGIN if data.lstrip().startswith(begin)), "csv")
