"""`extract`: an old speech as an outline."""

from __future__ import annotations

from drafter.api.given import (
    Answers,
    FileGiven,
    PathGiven,
    answers_file_of,
    answers_of,
    count_of,
    door,
    file_of,
    path_of,
)
from drafter.commands.extract import ExtractRequest, ExtractResult
from drafter.commands.held import holding


@door
def extract(
    file: FileGiven,
    *,
    output: PathGiven | None = None,
    save_answers: PathGiven | None = None,
    answers: Answers = None,
    keep_figures: bool = False,
    all_figures: bool = False,
    part: int | None = None,
    force: bool = False,
) -> ExtractResult:
    """An old speech as an outline (`text`) and the `answers` that give it back to the letter.

    file: a speech of any kind that can be read.
    output: the .yaml to write; the answers then lie beside it, or where `save_answers` says. None writes nothing.
    answers: facts that are known, whose names the blanks get.
    keep_figures: figures are no blanks; all_figures: all of them are, not only forty.
    part: which paper of a file of several, from 1; None is all of it.

    Raises Rejected.
    """
    from drafter.commands.extract import extract as command

    path, known = answers_of(answers)
    with holding(file_of(file)) as held:
        request = ExtractRequest(
            file=held.names[0],
            output=path_of(output, "output") if output is not None else "-",
            save_answers=answers_file_of(save_answers),
            answers=path,
            keep_figures=keep_figures,
            all_figures=all_figures,
            force=force,
            part=count_of(part, "part"),
            known={name: said if isinstance(said, str) else "、".join(said) for name, said in known},
        )
        found = held.given_back(command(request))
        return found if output is not None else found._replace(file="")
