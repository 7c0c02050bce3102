"""`merge`: copies of departments in one."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.api.given import FileGiven, PathGiven, door, file_of, files_of, path_of, words_of
from drafter.commands.held import holding
from drafter.commands.merge import MergeRequest, MergeResult


@door
def merge(
    original: FileGiven,
    copies: Sequence[FileGiven],
    *,
    output: PathGiven | None = None,
    names: Sequence[str] | str = (),
    table: PathGiven | bool = False,
    dry_run: bool = False,
    force: bool = False,
) -> MergeResult:
    """Copies that departments have changed, put into one: each change a tracked one, signed.

    original: the text that went out; copies: what came back. names: who the copies are from, in their order; () goes by the
        names of the files, so give bytes as `drafter.File(data, "组织部.docx")`.
    output: the .docx to write; None writes nothing: the bytes are in `data`.
    table: the table of opinions, .docx or .xlsx, at this path; True: a .docx in `unsaved`.
    dry_run: `opinions` are only told.

    Raises Rejected, with nothing written.
    """
    from drafter.commands.merge import merge as command

    with holding(file_of(original, "送审稿"), *files_of(copies, "来稿")) as held:
        sent, *came = held.names
        target = path_of(output, "output") or ("" if dry_run else held.target(sent, "-汇总", ".docx"))
        opinions = held.target(sent, "-意见", ".docx") if table is True else ""
        request = MergeRequest(
            original=sent,
            copies=tuple(came),
            output=target,
            names=words_of(names, "names"),
            table=opinions or ("" if isinstance(table, bool) else path_of(table, "table")),
            dry_run=dry_run,
            force=force,
        )
        return held.given_back(command(request))
