"""`drafter.outlines`: what is on the shelves. Outlines are named as on the command line, or given as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from drafter.api.given import (
    Day,
    OutlineGiven,
    PathGiven,
    day_of,
    door,
    outline_of,
    path_of,
    several,
    word_of,
    words_of,
)
from drafter.commands.basis import BasisRequest, BasisResult, ThemesResult
from drafter.commands.held import holding
from drafter.commands.outlines import (
    OutlinesCheckRequest,
    OutlinesCheckResult,
    OutlinesRequest,
    OutlinesResult,
    PassagesRequest,
    PassagesResult,
    ShowRequest,
    ShowResult,
)
from drafter.commands.outlines.pack import PackRequest, PackResult
from drafter.commands.outlines.sync import SyncRequest, SyncResult

__all__ = ["basis", "check", "find", "pack", "passages", "show", "sync"]


@door
def find(words: Sequence[str] | str = (), *, genre: str | None = None) -> OutlinesResult:
    """The outlines on the shelves: all, those of a `genre`, or those that fit what is looked for, the best first.

    words: what it is for, 慰问 困难群众. A str is parted at its spaces.

    Raises Rejected.
    """
    from drafter.commands.outlines import list_outlines

    wanted = tuple(words.split()) if isinstance(words, str) else words_of(words, "words")
    return list_outlines(OutlinesRequest(genre=word_of(genre, "genre"), words=wanted))


@door
def show(outline: OutlineGiven) -> ShowResult:
    """What an outline holds: `outline.fields` are its blanks, `json()` its structure. Raises Rejected."""
    from drafter.commands.outlines import show_outline

    with holding(outline_of(outline)) as held:
        return held.given_back(show_outline(ShowRequest(held.names[0])))


@door
def check(outlines: OutlineGiven | Sequence[OutlineGiven]) -> OutlinesCheckResult:
    """Everything that is wrong with outlines: `problems`; with `errors` of more than 0 one cannot be used. An outline that
    cannot be read is told among them, and nothing is raised."""
    from drafter.commands.outlines import check_outlines

    given = (outline_of(one, "提纲" if n == 1 else f"提纲{n}") for n, one in enumerate(several(outlines), 1))
    with holding(*given) as held:
        return held.given_back(check_outlines(OutlinesCheckRequest(held.names)))


@overload
def basis(theme: str, *, date: Day | None = None, level: str | None = None, rank: str | None = None, length: str | None = None) -> BasisResult: ...


@overload
def basis(theme: None = None, *, date: Day | None = None) -> ThemesResult: ...


@door
def basis(
    theme: str | None = None,
    *,
    date: Day | None = None,
    level: str | None = None,
    rank: str | None = None,
    length: str | None = None,
) -> BasisResult | ThemesResult:
    """What a speech of a theme stands on, on a day; without a theme all themes there are.

    date: None is today. level: 省, 市, 县 …; rank: the speaker's; length: 长, 中, 短; None asks for any.

    Raises Rejected.
    """
    from drafter.commands.basis import list_themes, show_basis

    request = BasisRequest(
        theme=word_of(theme, "theme"),
        date=day_of(date),
        level=word_of(level, "level"),
        rank=word_of(rank, "rank"),
        length=word_of(length, "length"),
    )
    return show_basis(request) if theme else list_themes(request)


@door
def passages(words: str = "") -> PassagesResult:
    """The requirements in stock, to be picked (`drafter.new(…, pick=["忠诚"])`): all, those whose theme or name has a word, or
    those found by it. Raises Rejected."""
    from drafter.commands.outlines import list_passages

    return list_passages(PassagesRequest(word_of(words, "words")))


@door
def sync(*, locked: bool = False, dry_run: bool = False) -> SyncResult:
    """Shelves from elsewhere that `drafter.toml` names, fetched: this goes online, and nothing else does.

    locked: exactly what `drafter.lock` has, or nothing. dry_run: `shelves` only say what would change.

    Raises Rejected; a shelf that cannot be fetched is told among `shelves`, and what was fetched before stays.
    """
    from drafter.commands.outlines.sync import look, take

    found = look(SyncRequest(locked=locked, dry_run=dry_run, yes=True), lambda said: None)
    return found if dry_run else take(found)


@door
def pack(folder: PathGiven | None = None, *, output: PathGiven | None = None, force: bool = False) -> PackResult:
    """The outlines and templates of a folder as an archive that others name in their `drafter.toml`.

    folder: holds `outlines` and `templates`; None is the current one. output: the .zip; None writes nothing: the bytes are in
        `data`.

    Raises Rejected.
    """
    from drafter.commands.outlines.pack import pack as command

    with holding() as held:
        target = path_of(output, "output") or held.target("提纲", "", ".zip")
        return held.given_back(command(PackRequest(folder=path_of(folder, "folder"), output=target, force=force)))
