"""`format`: a document set by a template."""

from __future__ import annotations

from pathlib import Path

from drafter.api.given import FileGiven, PathGiven, door, file_of, path_of, word_of
from drafter.commands.format import FormatRequest, FormatResult
from drafter.commands.held import holding


@door
def format(
    file: FileGiven,
    *,
    template: str | None = None,
    output: PathGiven | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> FormatResult:
    """Set a document by a template: paper, margins, types, indents, page numbers; not a word of it changes.

    file: a path is changed in its place, with a copy of what was there beside it; of bytes the new ones are in `data`, b""
        where nothing had to be changed.
    template: None is the one it was written by, else that of speeches.
    output: another .docx to write; the file stays as it is. dry_run: it is only told what each paragraph is taken for.

    Raises Rejected, with nothing written.
    """
    from drafter.commands.format import format_ as command

    with holding(file_of(file)) as held:
        name = held.names[0]
        target = path_of(output, "output")
        made = isinstance(file, str | Path) or dry_run or name.endswith(".docx")
        request = FormatRequest(
            file=name,
            template=word_of(template, "template"),
            output=target or ("" if made else held.target(name, "", ".docx")),
            force=force,
            dry_run=dry_run,
        )
        return held.given_back(command(request))
