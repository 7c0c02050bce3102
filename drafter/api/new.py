"""`new`: from an outline to a speech."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from drafter.api.given import (
    Answers,
    Day,
    OutlineGiven,
    PathGiven,
    answers_file_of,
    answers_of,
    choice_given,
    day_of,
    door,
    outlines_of,
    path_of,
    word_of,
)
from drafter.commands.new import NewRequest, NewResult


@door
def new(
    outline: OutlineGiven | Sequence[OutlineGiven],
    answers: Answers = None,
    *,
    output: PathGiven | None = None,
    to: Literal["docx", "txt", "md", "html", "pdf"] | None = None,
    template: str | None = None,
    date: Day | None = None,
    pick: Sequence[str] | str = (),
    headings: str | None = None,
    brief: bool = False,
    strict: bool = False,
    plain: bool = False,
    comments: bool = True,
    proofread: bool = False,
    save_answers: PathGiven | None = None,
    force: bool = False,
) -> NewResult:
    """Fill an outline and set it: `drafter.new("letter", {"日期": date(2026, 11, 22)}).data` is a Word file.

    outline: its name on the shelves, its path, or its text (a str of several lines, or bytes; it may be a stranger's). Several
        are filled together, a document each.
    answers: by the names of blanks; None is none, "" leaves one open on purpose. A name the outline does not have is refused.
        A path is an answers file, .yaml or .json, whose strange names are only remarked upon.
    output: the file to write, or the folder, which ends in "/" or is there. None writes nothing: the bytes are in `data`.
    to: the kind of file; None goes by the ending of `output`, else docx. pdf needs LibreOffice.
    template: None is the outline's own.
    date: what today is taken for; it is written into the file. None is the clock.
    pick, headings, brief: requirements from the stock in place of the outline's own.
    strict: a blank left open is refused.
    plain: blanks are plain text, no controls. comments: what is guessed, and the outline's notes, are comments.
    proofread: the findings of the proof-reader are counted (some 100 ms).
    save_answers: where the answers are kept as a file. force: files that are there are replaced.

    Raises Rejected, with nothing written. The first call in a process takes as long as the command line, some 100 ms, every further
    one a few.
    """
    from drafter.commands.new import new as command

    path, filled = answers_of(answers)
    names, texts = outlines_of(outline)
    request = NewRequest(
        outlines=names,
        answers=path,
        save_answers=answers_file_of(save_answers),
        strict=strict,
        output=path_of(output, "output"),
        to=word_of(to, "to"),
        template=word_of(template, "template"),
        force=force,
        date=day_of(date),
        choice=choice_given(pick, headings, brief),
        plain=plain,
        proofread=proofread,
        without_comments=not comments,
        filled=filled,
        texts=texts,
        unsaved=output is None,
    )
    return command(request)
