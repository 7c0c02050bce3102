"""The front of a paper: title and subtitle, the day, the speaker, the salutation, and what is not the speech's around
them, in any order. Every row that may be of the front is given points for each role (`drafter.speech.looks`); the
sequence of roles that has the most together is taken, and with it where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.speech.cues import CALLS, DRAFT_NOTE, SPEECH_END, TITLE_END
from drafter.speech.looks import (
    DASHES,
    FrontRow,
    ends_as_speech,
    ends_as_title,
    is_aside,
    is_sentence,
    looks_of,
    names_paper,
    opens_long,
    points_of,
    reason_of,
    runs_in,
)
from drafter.speech.rows import Recognised, SpeechRow

#: Rows among which the front is looked for.
_HEAD_ROWS = 40


def front_of(rows: Sequence[SpeechRow]) -> list[Recognised]:
    """What the rows of the front are; those behind them are the body's."""
    looks = looks_of(rows[: _zone(rows)])
    roles = _best(looks)
    told: list[Recognised] = []
    for at, (role, look) in enumerate(zip(roles, looks, strict=False)):
        if role == "noise":
            told.append(Recognised("noise", reason=reason_of(look)))
        elif role == "greeting":
            told.append(Recognised("greeting", alone=True))
        elif role == "kept":
            noted = DRAFT_NOTE.fullmatch(look.text) and told and told[-1].kind in ("title", "subtitle")
            captioned = any(later in ("dateline", "byline") for later in roles[at + 1 :])
            if noted and captioned and "整理" in look.text:  # who has written it down, and how, is none of its title
                told.append(Recognised("noise", reason="整理说明"))
            else:
                told.append(Recognised("subtitle" if noted and captioned else "text"))
        else:
            told.append(Recognised(role))
    return told


def _zone(rows: Sequence[SpeechRow]) -> int:
    """How many rows may be of the front: it ends at the third that is long."""
    long = [at for at, row in enumerate(rows[:_HEAD_ROWS]) if len(row.text) > 150]
    return long[2] if len(long) > 2 else min(len(rows), _HEAD_ROWS)


# ── the best sequence of roles ─────────────────────────────────────────────────────────────────────────────────────


class _State(NamedTuple):
    """Where a reading of the front stands: the role of the last row, the row the title begins on (None where there has
    been none), whether a day and a speaker have been."""

    role: str = ""
    title: int | None = None
    dated: bool = False
    named: bool = False


class _Path(NamedTuple):
    """A reading of the rows so far: its points, its roles."""

    points: float = 0
    roles: tuple[str, ...] = ()


def _best(looks: Sequence[FrontRow]) -> tuple[str, ...]:
    """The roles of the rows of the front in the reading with the most points; of equals the shorter."""
    paths: dict[_State, _Path] = {_State(): _Path()}
    best = _Path(-99)
    last = max((at for at, look in enumerate(looks) if ends_as_speech(look)), default=-1)
    for at, look in enumerate(looks):
        for state, path in paths.items():
            whole = path.points + _begins_body(state, look)
            if whole > best.points:
                best = _Path(whole, path.roles)
        if last <= at and opens_long(look):
            return best.roles
        points = points_of(look)
        ahead: dict[_State, _Path] = {}
        most = max(path.points for path in paths.values())
        for state, path in paths.items():
            if path.points < most - _HOPELESS:
                continue
            for role, more in _steps(state, at, looks):
                if points[role] <= _IMPOSSIBLE or (role == "noise" and not _is_noise(look, state, points[role])):
                    continue
                reached = _State(
                    role,
                    at if role == "title" and state.title is None else state.title,
                    state.dated or role == "dateline",
                    state.named or role == "byline",
                )
                found = _Path(path.points + points[role] + more, (*path.roles, role))
                if reached not in ahead or found.points > ahead[reached].points:
                    ahead[reached] = found
        if not ahead:
            return best.roles
        paths = ahead
    for state, path in paths.items():
        if path.points + _ends(state) > best.points:
            best = _Path(path.points + _ends(state), path.roles)
    return best.roles


#: Readings so far behind the best that they are not followed, and points of a role a row cannot have.
_HOPELESS, _IMPOSSIBLE = 16.0, -6.0

#: What a paper without a title costs, one whose title stands over a salutation gains, and a salutation over a text.
_UNTITLED, _OVER_GREETING, _GREETS_TEXT = -3.0, 2.0, 1.0

#: A day or a speaker above the title; a row that stays as text where it has to be said behind what stands below it.
_ABOVE, _OUT_OF_ORDER = -1.0, -1.0

#: A speaker right under the title, and an office that reports there.
_UNDER, _REPORTS = 0.6, 4.0

#: The second row of a speaker: his name under his post or his office, or the other way round.
_IN_TWO_ROWS = 2.0

#: Rows of noise stand together, and rather not between a title and what is under it.
_TOGETHER, _BETWEEN = 0.3, -0.3


#: Words and no marks, no figures.
_PLAIN = re.compile(r"[\u4e00-\u9fff\s]+")


def _is_noise(look: FrontRow, state: _State, points: float) -> bool:
    """Whether a row may be left out: something must speak for it. Above a title it is enough that marks or figures stand
    in it, or that the title is a speech's."""
    return points > 0 or (
        state.title is None and not is_sentence(look) and (look.framed or not _PLAIN.fullmatch(look.text))
    )


def _begins_body(state: _State, look: FrontRow) -> float:
    """The points of a reading in which the body begins with this row."""
    points = 0.0 if state.title is not None else _UNTITLED
    if state.role == "greeting":
        points += _GREETS_TEXT
    if runs_in(look) and state.title is not None:
        points += _OVER_GREETING
    return points


def _ends(state: _State) -> float:
    """The points of a reading in which nothing comes behind the front."""
    return (0.0 if state.title is not None else _UNTITLED) - 1


def _steps(state: _State, at: int, looks: Sequence[FrontRow]) -> Iterator[tuple[str, float]]:
    """The roles a row may have behind a state, with the points for standing there."""
    last = state.role
    if last == "greeting":
        yield "greeting", 0.5
        return
    titled = state.title is not None
    yield "noise", _TOGETHER if last == "noise" else _BETWEEN if titled else 0.0
    if not titled:
        yield "title", 0.0
    elif last in ("title", "subtitle"):
        start = state.title or 0
        yield "title" if last == "title" else "subtitle", _goes_on(looks, start, at)
        if last == "title":
            yield "subtitle", _stands_under(looks, start, at)
    if not state.dated:
        yield "dateline", 0.0 if titled else _ABOVE
    if last == "byline" and _goes_on_speaking(looks[at - 1], looks[at]):
        yield "byline", _IN_TWO_ROWS
    if not state.named:
        reports = looks[at].office and not looks[at].named
        yield "byline", (_REPORTS if reports else _UNDER if last != "noise" else 0.0) if titled else _ABOVE
    if titled:
        yield "kept", 0.0
    elif len(looks[at].text) > 20 or is_sentence(looks[at]) or is_aside(looks[at]):
        yield "kept", _OUT_OF_ORDER
    yield "greeting", _OVER_GREETING if titled else 0.0


def _goes_on_speaking(above: FrontRow, row: FrontRow) -> bool:
    """Whether two rows together say who speaks: his post and his name, or his office and both."""
    if above.person:
        return row.post
    return (row.person and above.post) or (above.office and row.named and not row.office)


def _goes_on(looks: Sequence[FrontRow], start: int, at: int) -> float:
    """The points for a row's being the next of a title, or of a subtitle, that begins on row `start`."""
    row, above = looks[at], looks[at - 1]
    before = "".join(look.closed for look in looks[start:at])
    if row.role in ("标题", "副标题") and above.role == row.role:
        return 3.0
    ended = bool(SPEECH_END.search(before)) or (
        bool(TITLE_END.search(before)) and not before.startswith(("在", "关于"))
    )
    if row.text.startswith(DASHES):
        return -6.0
    if ended or any(map(names_paper, looks[start:at])):
        return -6.0 if not row.closed.startswith(("（", "(")) else -2.0
    if len(row.closed) <= 2 and SPEECH_END.search(before + row.closed) and not row.named:
        return 6.0  # the end of a word that a line end has torn
    if len(row.closed) <= 6 and ends_as_title(row):
        return 4.0
    open_ended = before.endswith(("的", "暨", "和", "及", "与", "、", "，", "上", "“", "《")) or above.text.startswith(DASHES)
    if before.startswith(("在", "关于")) or open_ended or row.closed.startswith(("的", "暨", "和")):
        return 3.0 if ends_as_title(row) or open_ended else 1.0
    if ends_as_speech(row):
        return -4.0 if row.closed.startswith("在") else 0.0
    if CALLS.match(row.closed) and CALLS.match(above.closed) and _names_occasion(looks[at + 1 : at + 3]):
        return 2.0  # 凝心聚力 攻坚克难 / 奋力开创新局面 / ——在……上的报告
    return 0.5 if len(row.closed) == len(above.closed) and len(row.closed) > 4 else -2.5


def _names_occasion(behind: Sequence[FrontRow]) -> bool:
    """Whether one of the next rows is a subtitle that says where one speaks."""
    return any(row.text.startswith(DASHES) and ends_as_speech(row) for row in behind)


def _stands_under(looks: Sequence[FrontRow], start: int, at: int) -> float:
    """The points for a row's being the subtitle of a title that begins on row `start`."""
    row = looks[at]
    before = "".join(look.closed for look in looks[start:at])
    if row.text.startswith(DASHES) or row.role == "副标题":
        return 0.0
    if SPEECH_END.search(before) or before.startswith(("在", "关于")) or any(map(names_paper, looks[start:at])):
        return -6.0
    return 0.0 if row.closed.startswith("在") else -1.5
