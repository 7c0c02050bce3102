"""`preview`: an outline's pages."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.api.given import (
    Answers,
    OutlineGiven,
    PathGiven,
    answers_of,
    choice_given,
    door,
    outline_of,
    path_of,
    word_of,
)
from drafter.commands.held import holding
from drafter.commands.preview import PreviewRequest, PreviewResult


@door
def preview(
    outline: OutlineGiven,
    answers: Answers = None,
    *,
    output: PathGiven | None = None,
    examples: bool = False,
    template: str | None = None,
    pick: Sequence[str] | str = (),
    headings: str | None = None,
    brief: bool = False,
    force: bool = False,
) -> PreviewResult:
    """The pages of an outline as one HTML page without scripts, to be shown in a browser: `data`, UTF-8.

    outline, answers, template, pick, headings, brief, force: as for `new`.
    output: the .html file to write; None writes nothing.
    examples: blanks nobody has answered are filled with their examples.

    Raises Rejected.
    """
    from drafter.commands.preview import preview as command

    path, filled = answers_of(answers)
    with holding(outline_of(outline)) as held:
        request = PreviewRequest(
            name=held.names[0],
            answers=path,
            filled=filled,
            template=word_of(template, "template"),
            choice=choice_given(pick, headings, brief),
            examples=examples,
            output=path_of(output, "output"),
            force=force,
            unsaved=output is None,
        )
        return held.given_back(command(request))
