"""`collect`: what departments have filled into their copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drafter.api.given import FileGiven, PathGiven, count_of, door, files_of, path_of
from drafter.commands.collect import CollectRequest, CollectResult
from drafter.commands.held import holding


@door
def collect(
    files: FileGiven | Sequence[FileGiven],
    *,
    output: PathGiven | None = None,
    table: bool = False,
    jobs: int = 1,
    heard: Callable[[int, int], None] | None = None,
    force: bool = False,
) -> CollectResult:
    """What came back from departments, a row a file: `files` with their `values`, what is still blank, and what was reworded.

    files: drafts that drafter has written: paths (folders and patterns too), bytes, or `drafter.File(data, "组织部.docx")`.
    output: the table to write, .xlsx or .csv. table: an .xlsx is made all the same: its bytes are in `data`.
    jobs: processes at once; 0 as many as there are processors. The default starts none.
    heard: is called with how many files are done, and of how many.

    Raises Rejected where nothing was taken from any file; what nothing was taken from is told in `failed`.
    """
    from drafter.commands.collect import collect as command

    with holding(*files_of(files)) as held:
        target = path_of(output, "output") or (held.target("汇总", "", ".xlsx") if table else "")
        request = CollectRequest(held.names, output=target, force=force, jobs=count_of(jobs, "jobs"))
        done = held.given_back(command(request, heard))
        return done if output is not None else done._replace(written="", data=next(iter(held.unsaved().values()), b""))
