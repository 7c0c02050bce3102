"""Where the blanks of an outline stand, as far as an answer is read by it: what is counted behind a figure, and which day is
that of the speech."""

from drafter.outline.field import Field
from drafter.outline.model import Outline

#: Characters behind a blank that are looked at: the longest units have four (平方公里).
_BEHIND = 6


def placed(outline: Outline) -> dict[str, Field]:
    """The fields, those for figures with what stands behind their blanks, those for days with whether they stand in the
    line below the title."""
    day = {name for blank in outline.dateline.blanks for name in blank.expression.names} if outline.dateline else set()
    return {name: _placed(field, outline, day) for name, field in outline.fields.items()}


def _placed(field: Field, outline: Outline, day: set[str]) -> Field:
    if field.type == "number":
        return field._replace(followed=tuple(dict.fromkeys(b for s in outline.sources for b in _behind(field.name, s.text))))
    if field.type == "date" and field.name in day:
        return field._replace(occasion=True)
    return field


def _behind(name: str, text: str) -> list[str]:
    """What stands behind each blank of a name in the text of an outline: no pattern, for every outline is looked at."""
    out, at, opening = [], 0, "【" + name
    while (at := text.find(opening, at) + 1) > 0:
        after = at - 1 + len(opening)
        end = text.find("】", after)
        if end < 0 or text[after] not in "】|｜ ":
            continue
        words = text[end + 1 : end + 40].removeprefix("【核实：").removeprefix("【")
        words = "".join(words.split())[:_BEHIND]
        if words:
            out.append(words)
    return out
