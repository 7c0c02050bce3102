"""`learn`: one outline of several speeches."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.api.given import FileGiven, PathGiven, door, files_of, path_of
from drafter.commands.held import holding
from drafter.commands.learn import LearnRequest, LearnResult


@door
def learn(
    files: Sequence[FileGiven],
    *,
    output: PathGiven | None = None,
    answers_dir: PathGiven | None = None,
    keep_figures: bool = False,
    force: bool = False,
) -> LearnResult:
    """One outline (`text`) of two or more speeches of a kind: what they share stays, what differs is a blank.

    output: the .yaml to write; the answers of each speech then lie beside it, or in `answers_dir`. None writes nothing.
    keep_figures: figures are not told by their units.

    Raises Rejected.
    """
    from drafter.commands.learn import learn as command

    with holding(*files_of(files)) as held:
        request = LearnRequest(
            files=held.names,
            output=path_of(output, "output") if output is not None else "-",
            answers_dir=path_of(answers_dir, "answers_dir"),
            keep_figures=keep_figures,
            force=force,
        )
        found = held.given_back(command(request))
        return found if output is not None else found._replace(file="")
