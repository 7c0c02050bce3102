"""`compare`: two drafts beside each other."""

from __future__ import annotations

from drafter.api.given import FileGiven, PathGiven, door, file_of, path_of
from drafter.commands.compare import CompareRequest, CompareResult
from drafter.commands.held import holding


@door
def compare(
    old: FileGiven, new: FileGiven, *, redline: bool = False, output: PathGiven | None = None, force: bool = False
) -> CompareResult:
    """Two drafts beside each other: `found` has the rows, the figures and the names that changed.

    redline: the 花脸稿, a .docx whose tracked changes lead from the old draft to the new one, is made: in `data`, or written to
        `output`, which wants it too.

    Raises Rejected.
    """
    from drafter.commands.compare import compare as command

    with holding(file_of(old, "旧稿"), file_of(new, "新稿")) as held:
        target = path_of(output, "output") or ("-" if redline else "")
        before, after = held.names
        request = CompareRequest(old=before, new=after, to="docx" if target == "-" else "", output=target, force=force)
        found = held.given_back(command(request))
        return found if output is not None else found._replace(file="")
