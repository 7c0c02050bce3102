"""`update`: new answers in an edited draft."""

from __future__ import annotations

from drafter.api.given import (
    Answers,
    FileGiven,
    OutlineGiven,
    PathGiven,
    answers_of,
    door,
    file_of,
    outline_of,
    path_of,
    word_of,
)
from drafter.commands.drafts import Against
from drafter.commands.held import holding
from drafter.commands.update import UpdateRequest, UpdateResult


@door
def update(
    file: FileGiven,
    answers: Answers = None,
    *,
    output: PathGiven | None = None,
    outline: OutlineGiven | None = None,
    template: str | None = None,
    other: FileGiven | None = None,
    next: bool | str = False,
    revisions: bool = False,
    renumber: bool = False,
    plain: bool | None = None,
    dry_run: bool = False,
    force: bool = False,
) -> UpdateResult:
    """New answers, or a changed outline, brought into a draft that was edited by hand: every word of hers stays.

    file: a .docx that drafter has written. A path is changed in its place, with a copy of what was there beside it; of bytes
        the new ones are in `data`, b"" where nothing had to be changed.
    answers: by the names of blanks; the others stay as they are.
    output: another .docx to write; the file stays as it is. next: the next draft is written beside it; a str is its name.
    outline, template: others than those it was made by. other: another draft of the same meeting, which tells this one day,
        place and people.
    revisions: changes are tracked changes. renumber: numbers are put in order. plain: blanks lose their controls (True) or
        get them back (False).
    dry_run: `steps` are only told.

    Raises Rejected, with nothing written.
    """
    from drafter.commands.update import update as command

    path, filled = answers_of(answers)
    more = tuple(file_of(one, "other") for one in (other,) if one is not None)
    given = tuple(outline_of(one) for one in (outline,) if one is not None)
    with holding(file_of(file), *more, *given) as held:
        against = Against(
            answers=path,
            outline=held.names[-1] if given else "",
            template=word_of(template, "template"),
            renumber=renumber,
            other=held.names[1] if more else "",
            filled=filled,
        )
        request = UpdateRequest(
            file=held.names[0],
            against=against,
            output=path_of(output, "output"),
            dry_run=dry_run,
            revisions=revisions,
            following=word_of(next, "next") if isinstance(next, str) else "+" if next else "",
            force=force,
            plain=plain,
        )
        return held.given_back(command(request))
