"""`history`: the line of drafts."""

from __future__ import annotations

from drafter.api.given import FileGiven, door, file_of
from drafter.commands.held import holding
from drafter.commands.history import HistoryRequest, HistoryResult


@door
def history(file: FileGiven) -> HistoryResult:
    """The line of drafts a draft stands in: which, by whom, when, how much changed. Raises Rejected."""
    from drafter.commands.history import history as command

    with holding(file_of(file)) as held:
        return held.given_back(command(HistoryRequest(held.names[0])))
