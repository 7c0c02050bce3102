"""What is asked for, what an answer comes to, what there is to ask about it, and why one will not do."""

from datetime import date
from typing import Any, NamedTuple

from drafter.diagnostic import Place


class Number(NamedTuple):
    """A number: `said` as it is to stand in the text, and its value."""

    said: str
    value: float | int


Value = str | Number | date | bool | tuple[str, ...]


class Field(NamedTuple):
    """A blank of an outline and what to ask for it. `when` is a condition (see `drafter.outline.parse.Condition`), None
    where it is always asked; `default` None where there is none; `minimum` and `maximum` "" where there is no bound.
    `followed` is what stands behind the blank of a number, a few characters each time, None where that is not known;
    `occasion` that a date stands in the line below the title."""

    name: str
    ask: str = ""
    help: str = ""
    type: str = "text"
    choices: tuple[str, ...] = ()
    default: str | tuple[str, ...] | None = None
    example: str = ""
    when: Any = None
    minimum: str = ""
    maximum: str = ""
    pattern: str = ""
    place: Place | None = None
    vary: str = ""  # the field by whose answer the choice is made where nobody makes it; "" for none
    followed: tuple[str, ...] | None = None
    occasion: bool = False


class MaybeMeant(NamedTuple):
    """Something an answer may mean: how it is shown, and what to type for it, "" to leave the blank open."""

    shown: str
    typed: str


class DoubtedAnswer(NamedTuple):
    """An answer that can be read and may not be meant. `told` is what is odd about it, to be said behind it; `question`
    asks whether it is meant; `choices` are what it may mean, `likeliest` the number of one of them, from 0."""

    told: str
    question: str
    choices: tuple[MaybeMeant, ...]
    likeliest: int


class ReadAnswer(NamedTuple):
    """The value of an answer. `word` is what was typed where that says it in other words (下周三), "" where it is plain;
    `doubt` what there is to ask about it, None where nothing is."""

    value: Value
    word: str = ""
    doubt: DoubtedAnswer | None = None


class Unfit(ValueError):
    """An answer that will not do. The message says why, and what to type instead, in plain Chinese; `choices` are what may
    be meant, () where nothing comes near."""

    def __init__(self, message: str, choices: tuple[MaybeMeant, ...] = ()) -> None:
        super().__init__(message)
        self.choices = choices


#: The choice to leave a blank open.
LEAVE_OPEN = MaybeMeant("先不填，以后再补", "")
