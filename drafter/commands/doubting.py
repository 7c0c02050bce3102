"""Whether an answer is meant as it was read: asked on a terminal where a day is past, half said, or not in the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drafter.commands.prompt import Back, picked_of
from drafter.diagnostic import printable
from drafter.outline.field import Field, Typed, Unfit, take
from drafter.outline.values import MaybeMeant, ReadAnswer

#: The row that leads back to what was typed.
AGAIN = "都不是，重新写"

#: So many choices are a question of their own; a longer list would only say again what may be answered.
_MOST = 6


def meant(field: Field, typed: Typed, today: date) -> ReadAnswer | None:
    """An answer with what it is meant as, None where the blank is to be left open. Raises Unfit where it is to be typed
    again."""
    try:
        taken = take(field, typed, today)
    except Unfit as error:
        if not 0 < len(error.choices) <= _MOST or field.type in ("choice", "yes/no"):
            raise
        chosen = _picked(str(error), "是哪一个？" if error.choices[0].typed else "怎么办？", error.choices, 0)
        if chosen is None:
            raise
        return _settled(field, chosen, today)
    if taken.doubt is None:
        return taken
    chosen = _picked("", taken.doubt.question, taken.doubt.choices, taken.doubt.likeliest)
    if chosen is None:
        raise Unfit(f"“{typed}”不是，就写明年月日。")
    return _settled(field, chosen, today)


def _settled(field: Field, chosen: MaybeMeant, today: date) -> ReadAnswer | None:
    """What was chosen, which is not asked about once more. Raises Unfit."""
    return take(field, chosen.typed, today)._replace(doubt=None) if chosen.typed else None


def _picked(told: str, question: str, choices: Sequence[MaybeMeant], start: int) -> MaybeMeant | None:
    """The choice taken, None for none of them."""
    rows = [*(f"{n}. {choice.shown}" for n, choice in enumerate(choices, 1)), AGAIN]
    notes = [("class:wrong", printable(told))] if told else []
    try:
        at = picked_of("\n？", question, notes, rows, start, back=True)
    except Back:
        return None
    return choices[at] if at < len(choices) else None
