"""`pull`: answers and wording out of an edited draft."""

from __future__ import annotations

from drafter.api.given import FileGiven, OutlineGiven, PathGiven, door, file_of, outline_of, path_of
from drafter.commands.held import holding
from drafter.commands.pull import Proposal, PullRequest, PullResult


@door
def pull(
    file: FileGiven, *, outline: OutlineGiven | None = None, output: PathGiven | None = None, force: bool = False
) -> PullResult | Proposal:
    """The answers as they stand in Word (`values`, `yaml()`); with an `outline`, that outline with what was reworded by hand
    (`diff`, `text`).

    output: the file to write the answers, or the outline, to; None writes nothing.

    Raises Rejected.
    """
    from drafter.commands.pull import pull as command

    given = tuple(outline_of(one) for one in (outline,) if one is not None)
    with holding(file_of(file), *given) as held:
        named = held.names[1] if given else ""
        return held.given_back(command(PullRequest(held.names[0], named, path_of(output, "output"), force)))
