"""`adopted`: the table of opinions filled in."""

from __future__ import annotations

from drafter.api.given import FileGiven, PathGiven, door, file_of, path_of
from drafter.commands.held import holding
from drafter.commands.merge import AdoptedRequest, AdoptedResult


@door
def adopted(
    file: FileGiven, table: FileGiven, *, output: PathGiven | None = None, dry_run: bool = False, force: bool = False
) -> AdoptedResult:
    """The table of opinions filled in by what was accepted and refused in the merged text.

    table: .docx or .xlsx. A path is changed in its place, with a copy beside it; of bytes the new ones are in `data`.
    output: another file for the table.

    Raises Rejected, with nothing written.
    """
    from drafter.commands.merge import adopted as command

    with holding(file_of(file), file_of(table, "table")) as held:
        text, opinions = held.names
        request = AdoptedRequest(
            file=text, table=opinions, output=path_of(output, "output"), dry_run=dry_run, force=force
        )
        return held.given_back(command(request))
