"""Which blanks of an outline only put their answers where they stand, and which answers decide more than that: what stays,
how often it is written, what it stands on. Two fillings that agree in the latter differ in nothing but the words."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from drafter.outline.basis import BasisAsked, Situation, days_of, situation_of
from drafter.outline.blank import Blank, OutlineText
from drafter.outline.field import POST, RANK
from drafter.outline.model import COMPUTED, Answers, Outline, Requirement, Section, bases


class LooseBlanks(NamedTuple):
    """`blanks` are the loose ones, each spelling once; `deciding` the fields whose answers decide, in order; `asked` and `days`
    what the speech stands on and the fields that say its day; `turns` the days from which something else may stand."""

    blanks: tuple[Blank, ...]
    deciding: tuple[str, ...]
    asked: tuple[BasisAsked, ...] = ()
    days: tuple[str, ...] = ()
    turns: tuple[date, ...] = ()

    def day(self, answers: Answers) -> date | None:
        """The day the speech stands on, None where nobody has said it."""
        return next((day for name in self.days if isinstance(day := answers.get(name), date)), None)

    def span_of(self, day: date | None) -> int:
        """Which stretch of days a day is in; -1 for none."""
        return -1 if day is None else bisect_right(self.turns, day)

    def situation(self, answers: Answers) -> Situation:
        """What else a basis is chosen by."""
        return situation_of(answers, ()) if self.asked else Situation()


#: What a situation is worked out from besides the day.
SITUATION = (RANK, POST, "层级")


def loose_in(outline: Outline) -> LooseBlanks | None:
    """The loose blanks of an outline; None for one that gives a field by which a basis is chosen another meaning inside it."""
    looked = _LooseWords(outline)
    looked.outline()
    asked = bases(outline)
    days = days_of(outline.fields, outline.dateline) if asked else ()
    if asked and looked.rounds & {*days, *SITUATION}:
        return None
    bound = looked.rounds | looked.computed
    loose: dict[str, Blank] = {}
    deciding = dict.fromkeys(looked.deciding)
    for blank in looked.blanks:
        names = blank.expression.names
        if blank.source in looked.looked_at or bound.intersection(names):
            deciding |= dict.fromkeys(name for name in names if name in outline.fields or name not in bound)
        else:
            loose.setdefault(blank.source, blank)
    free = tuple(blank for blank in loose.values() if any(name not in deciding for name in blank.expression.names))
    turns = {day for basis in asked for entry in basis.table.entries for day in _turns(entry.begins, entry.until)}
    return LooseBlanks(free, tuple(deciding), asked, days, tuple(sorted(turns)))


def _turns(begins: date, until: date | None) -> Iterator[date]:
    yield begins
    if until is not None and until < date.max:
        yield until + timedelta(days=1)


class _LooseWords:
    """What is found in an outline: its `blanks`; of them those that are `looked_at` letter by letter, the names each `each` gives
    (`rounds`), and the fields that are `deciding` by themselves."""

    def __init__(self, outline: Outline) -> None:
        self.of = outline
        self.computed = {name for name in COMPUTED if name not in outline.fields}
        self.blanks: list[Blank] = []
        self.looked_at: set[str] = set()
        self.rounds: set[str] = set()
        self.deciding: list[str] = []
        self.in_lists: list[Blank] = []

    def outline(self) -> None:
        for text in (self.of.title, self.of.dateline, self.of.byline):
            if text is not None:
                self.text(text)
        for section in self.of.speech:
            self.part(section)
        said = {name for blank in self.blanks for name in blank.expression.names}
        if self.computed & (said | set(self.deciding)) - {"条数"}:  # 【要点】 repeats what requirements say
            self.looked_at |= {blank.source for blank in self.in_lists}

    def text(self, text: OutlineText, listed: bool = False) -> None:
        self.blanks += text.blanks
        if listed:
            self.in_lists += text.blanks

    def part(self, part: Section | Requirement, listed: bool = False) -> None:
        if part.when:
            self.deciding += part.when.names
        if part.each:
            self.deciding.append(part.each.field)
            self.rounds.add(part.each.name)
        if part.basis:
            for entry in part.basis.table.entries:
                for text in entry.texts:
                    self.text(text, listed)
        for text in part.texts:
            self.text(text, listed)
        if isinstance(part, Section):
            self.parts(part.items, listed=True)
            self.parts(part.sections, listed)
            return
        if part.heading is not None:  # how it ends decides what stands behind it
            self.text(part.heading, listed=True)
            self.looked_at |= {blank.source for blank in part.heading.blanks}
        self.parts(part.points, listed=True)

    def parts(self, parts: Iterable[Section | Requirement | OutlineText], listed: bool) -> None:
        for part in parts:
            if isinstance(part, OutlineText):
                self.text(part, listed)
            else:
                self.part(part, listed)
