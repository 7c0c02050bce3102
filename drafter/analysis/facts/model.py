"""What a fact is, how it is said, and where it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from drafter.outline.field import Field, Value

#: What a fact may be: "known" are those the writer named himself, "level" is 省, 市, 县 …, "placeholder" stands in for
#: a fact that was taken out (×月×日).
KINDS = (
    "known", "year", "plan", "session", "ordinal", "date", "speaker", "post", "unit", "place", "level", "meeting", "paper", "person",
    "figure", "placeholder",
)  # fmt: skip


class Wording(NamedTuple):
    """Words that say a fact: the blank with `before` and `after` around it, put through the filter `through`. The words
    count only where what stands before and behind them is not of these patterns."""

    words: str
    before: str = ""
    after: str = ""
    through: str = ""
    not_behind: str = ""
    not_ahead: str = ""


class Fact(NamedTuple):
    """A fact: its field, its value in this speech, how it is said, and a sentence it stands in. `kind` says what it is,
    whatever its blank is called: one of `KINDS`."""

    field: Field
    value: Value
    said: tuple[Wording, ...]
    sentence: str = ""
    kind: str = "known"

    def named(self, name: str) -> Fact:
        """The same under another name."""
        return self._replace(field=self.field._replace(name=name))


def said_pattern(said: Wording) -> str:
    """The words as a pattern; figures and Latin words only where they stand whole."""
    words = said.words
    before = (
        r"(?<![0-9.,])" if words[0].isdigit() else r"(?<![A-Za-z])" if words[0].isascii() and words[0].isalpha() else ""
    )
    after = (
        r"(?![0-9]|[.,][0-9])"
        if words[-1].isdigit()
        else r"(?![A-Za-z])"
        if words[-1].isascii() and words[-1].isalpha()
        else ""
    )
    before += f"(?<!{said.not_behind})" if said.not_behind else ""
    after += f"(?!{said.not_ahead})" if said.not_ahead else ""
    return before + re.escape(words) + after


#: Full-width figures, which sentences have in their usual width.
_USUAL = {0xFF10 + n: str(n) for n in range(10)}


def marks_in(fact: Fact) -> tuple[tuple[int, int], ...]:
    """Where in its sentence a fact is said: the characters its blank takes the place of."""
    found: list[tuple[int, int]] = []
    for said in sorted(fact.said, key=lambda one: -len(one.words)):
        usual = said._replace(words=said.words.translate(_USUAL)) if said.words else said
        for match in re.finditer(said_pattern(usual), fact.sentence) if usual.words else ():
            start, end = match.start() + len(said.before), match.end() - len(said.after)
            if start < end and all(end <= first or last <= start for first, last in found):
                found.append((start, end))
    return tuple(sorted(found))


class Mention(NamedTuple):
    """A proper name where it stands in a text: the characters `start` to `end`, of a kind ("name", "post", "unit",
    "place", "meeting", "paper")."""

    start: int
    end: int
    kind: str
    words: str


class Sighting(NamedTuple):
    """A mention that is to be a blank: its value stands at `start` to `end` of the speech and fills it through the
    filter `through`; `before` and `after` are letters beside it that belong to it and stay text (第…届, 公里).

    Mentions of one `key` are one fact. `names` are what it may be called, the shortest first, each more exact than the
    one before; `type` is that of its field, `choices` its choices; `not_behind` and `not_ahead` as in `Wording`. `worth` says how much speaks for it; it counts only
    among figures."""

    kind: str
    start: int
    end: int
    key: tuple[object, ...]
    names: tuple[str, ...]
    ask: str
    before: int = 0
    after: int = 0
    through: str = ""
    type: str = "text"
    value: str = ""
    choices: tuple[str, ...] = ()
    worth: float = 0.0
    not_behind: str = ""
    not_ahead: str = ""

    @property
    def first(self) -> int:
        """Where the letters that belong to it begin."""
        return self.start - self.before

    @property
    def last(self) -> int:
        """Where they end."""
        return self.end + self.after
