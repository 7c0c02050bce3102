"""`renew`: this year's speech from last year's."""

from __future__ import annotations

from collections.abc import Sequence

from drafter.api.given import (
    Answers,
    Day,
    FileGiven,
    PathGiven,
    answers_file_of,
    answers_of,
    count_of,
    day_of,
    door,
    file_of,
    path_of,
    refused,
    word_of,
    words_of,
)
from drafter.commands.held import holding
from drafter.commands.renew import RenewRequest, RenewResult


@door
def renew(
    file: FileGiven,
    answers: Answers = None,
    *,
    output: PathGiven | None = None,
    accept: bool = False,
    outline: PathGiven | None = None,
    save_answers: PathGiven | None = None,
    template: str | None = None,
    year: int | None = None,
    all_figures: bool = False,
    date: Day | None = None,
    part: int | None = None,
    plain: bool = False,
    dry_run: bool = False,
    confirm: Sequence[str] | str = (),
    confirm_all: bool = False,
    force: bool = False,
) -> RenewResult:
    """This year's speech from last year's: every fact of last year's becomes a blank with a proposal.

    file: last year's paper, of any kind that can be read.
    answers: by the names of blanks, or by words of last year's. accept: proposals are taken where nothing else is answered.
    output: the .docx to write; None writes nothing: the bytes are in `data`. outline, save_answers: files for the outline
        made of the paper, and for the answers; None writes neither.
    year: the one it is for; None is the next. all_figures: every figure is a fact, not only the headline ones.
    part: which paper of a file of several, from 1.
    dry_run: only the facts are told.
    confirm, confirm_all: `file` is a draft renewed before, and these words of last year's stay. It is changed in its place
        where it is a path; else the bytes are in `data`.

    Raises Rejected, with nothing written.
    """
    from drafter.commands.renew import renew as command

    path, filled = answers_of(answers)
    if any("=" in name or "＝" in name for name, _ in filled):
        raise refused("回答的名称里不能有等号。")
    with holding(file_of(file)) as held:
        name = held.names[0]
        decides = bool(confirm) or confirm_all
        target = path_of(output, "output") if output is not None or decides or dry_run else held.target(name, "（续写）", ".docx")
        request = RenewRequest(
            file=name,
            sets=tuple(f"{name}={said if isinstance(said, str) else '、'.join(said)}" for name, said in filled),
            answers=path,
            save_answers=answers_file_of(save_answers),
            accept=accept,
            output=target,
            outline=path_of(outline, "outline"),
            template=word_of(template, "template"),
            year=count_of(year, "year"),
            all_figures=all_figures,
            date=day_of(date),
            dry_run=dry_run,
            force=force,
            plain=plain,
            confirm=(confirm,) if isinstance(confirm, str) and confirm else words_of(confirm, "confirm"),
            confirm_all=confirm_all,
            part=count_of(part, "part"),
        )
        return held.given_back(command(request))
