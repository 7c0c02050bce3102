"""What one of several outlines filled together says of the meeting, so that another need not ask for it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from drafter.outline.field import Field, Unfit, Value, read
from drafter.outline.fill import fill, headings
from drafter.outline.model import Answers, Outline
from drafter.outline.names import has_list
from drafter.speech.draft import plain

if TYPE_CHECKING:
    from drafter.outline.computed import ByHand

#: What two papers of one meeting have in common, whichever asks for it.
SHARED = ("会议名称", "活动名称", "日期", "地点", "代表", "讲话人", "讲话人职务", "主持人", "主持人职务")

#: What the meeting or ceremony is called, what the speech says in short, and which kind of meeting it is.
_NAMES = ("会议名称", "活动名称")
_POINTS = "讲话要点"
_KIND = "会议类型"

#: A title that names its meeting: 在……上的讲话. The opening of a course is not part of the course's name.
_TITLE = re.compile("在([^，。；：]+?)(?:开班式|开班仪式|开学典礼|结业式|结业仪式)?上的[^，。；：]*$")


class Taken(NamedTuple):
    """An answer another outline gives. `outline` is its place among those filled together, `out_of` what of it the answer
    was taken from: "title", "requirements", or the name of a field."""

    name: str
    value: Value
    outline: int
    out_of: str


def told_by(outlines: Sequence[Outline]) -> dict[str, int]:
    """The fields that an outline asks for and another answers, each with the place of that one. What both ask for is one
    question, and in nobody's stead."""
    out: dict[str, int] = {}

    def first(name: str, says: Sequence[bool]) -> None:
        asked = [name in outline.fields for outline in outlines]
        found = next((n for n, said in enumerate(says) if said and not asked[n]), None)
        if any(asked) and found is not None:
            out[name] = found

    named = [o.title is not None and bool(_TITLE.search(o.title.words)) for o in outlines]
    for name in _NAMES:  # one whose own title waits for an answer of another cannot give it
        first(name, [said and not out.keys() & o.fields.keys() for said, o in zip(named, outlines, strict=True)])
    first(_POINTS, [any(map(has_list, outline.speech)) for outline in outlines])
    kinds = [_KIND in outline.fields for outline in outlines]
    if out.keys() & {"会议名称"} and any(kinds):
        first(_KIND, [n == out["会议名称"] for n in range(len(outlines))])
    return out


def taken(
    outlines: Sequence[Outline],
    fields: Mapping[str, Field],
    values: Answers,
    today: date,
    by_hand: "ByHand | None" = None,
) -> tuple[Taken, ...]:
    """The answers that one of the outlines gives to another, as they are with these answers, and after what was done to its
    lists `by_hand`: none that names a blank nobody has filled."""
    out: list[Taken] = []
    for name, at in told_by(outlines).items():
        outline, field = outlines[at], fields[name]
        said: str | tuple[str, ...]
        if name == _POINTS:
            said, out_of = headings(outline, values, by_hand), "requirements"
        elif name == _KIND:
            meeting = next((one.value for one in out if one.name == "会议名称"), "")
            said, out_of = _kind(str(meeting), field.choices), "会议名称"
        else:
            found = _TITLE.search(plain(fill(outline, values).title).replace("\n", ""))
            said, out_of = found[1] if found else "", "title"
        if not said or any("【" in word for word in said):
            continue
        try:
            typed = said if isinstance(said, str) or field.type == "list" else "、".join(said)
            out.append(Taken(name, read(field, typed, today), at, out_of))
        except Unfit:
            continue
    return tuple(out)


def _kind(meeting: str, choices: Sequence[str]) -> str:
    """Which of the kinds a meeting is by its name: 全市安全生产工作会议 is a 工作会议, a 动员会 rather that than a 培训班; "" where
    none fits."""
    ends = [choice for choice in choices if meeting.endswith(choice)]
    alike = [choice for choice in choices if meeting and meeting[-1] in choice]
    return max(ends, key=len, default=next(iter(alike), ""))
