"""`status`: what became of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.api.given import FileGiven, door, file_of, words_of
from drafter.commands.held import holding
from drafter.commands.status import StatusRequest, StatusResult


@door
def status(file: FileGiven, *, confirmed: Sequence[str] | str = ()) -> StatusResult:
    """What a draft was made from, its blanks and what they hold now, what was changed by hand, what is to be confirmed.

    confirmed: guesses that are right, by their numbers ("1", "3"), "all", or "2=三天内" for other words. The file is changed in
        its place where it is a path; else the bytes are in `data`.

    Raises Rejected: `no-record` for a file that drafter has not written.
    """
    from drafter.commands.status import status as command

    with holding(file_of(file)) as held:
        return held.given_back(command(StatusRequest(held.names[0], words_of(confirmed, "confirmed"))))
