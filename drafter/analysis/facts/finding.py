"""One blank of each fact of a speech: which of all that was sighted, what it is called, and the words it is put in the
place of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.facts import bodies, ordinals, people, placeholders, times
from drafter.analysis.facts.figures import ENOUGH, ENOUGH_OF_FEW, figures
from drafter.analysis.facts.model import Fact, Sighting, Wording, said_pattern
from drafter.analysis.facts.text import FactText
from drafter.outline.expression import usable_name
from drafter.outline.field import Field, Unfit, Value, read, say
from drafter.speech.draft import Draft

#: Blanks one outline may be proposed, and how many of them figures; nobody goes through more.
MAX_FACTS = 200
MAX_FIGURES = 40
#: A speech of no more figures than these is asked for those that less speaks for, too.
FEW = 16

#: Letters a wording may reach beyond its fact to be told from others.
_REACH_BEFORE, _REACH_BEHIND = 8, 6

#: Who looks for facts, in this order: what one has taken the later ones leave.
_FINDERS: tuple[Callable[[FactText], Iterator[Sighting]], ...] = (
    people.speaker,
    people.unit,
    times.days,
    ordinals.sessions,
    bodies.papers,
    bodies.meeting,
    bodies.higher_meetings,
    times.years,
    times.plans,
    ordinals.anniversaries,
    ordinals.quarters,
    ordinals.ordinals,
    people.persons,
    bodies.places,
    bodies.level,
)


class Findings(NamedTuple):
    """The facts of a speech in the order they stand, and how many of its figures and of all facts were left in the text
    because there were too many."""

    facts: tuple[Fact, ...]
    figures_left: int = 0
    facts_left: int = 0


def find_facts(draft: Draft, known: Mapping[str, str] | None = None, keep_figures: bool = False) -> tuple[Fact, ...]:
    """The facts of a speech, in the order they stand. `known` are facts the writer knows, by name; `keep_figures`
    leaves figures with their units as they are."""
    return findings(draft, known, keep_figures).facts


def findings(
    draft: Draft, known: Mapping[str, str] | None = None, keep_figures: bool = False, all_figures: bool = False
) -> Findings:
    """The same with what was left out; `all_figures` has no limit of its own to figures and asks for every one that may
    be a fact."""
    speech = FactText(draft)
    taken = bytearray(len(speech.whole))
    kept: list[Sighting] = []

    def take(sightings: Iterable[Sighting]) -> None:
        for one in sightings:
            if one.start < one.end and not any(taken[one.first : one.last]):
                taken[one.first : one.last] = b"\1" * (one.last - one.first)
                kept.append(one)

    take(placeholders.known_facts(speech, known or {}))
    for finder in _FINDERS:
        take(finder(speech))
    left = 0
    if not keep_figures:
        free = [one for one in (*ordinals.ranks(speech), *figures(speech)) if not any(taken[one.first : one.last])]
        chosen, left = _headlines(free, all_figures)
        take(chosen)
    take(placeholders.stand_ins(speech))
    facts = _Namer(speech, kept).facts()
    return Findings(facts[:MAX_FACTS], left, max(len(facts) - MAX_FACTS, 0))


def _headlines(sightings: Sequence[Sighting], everything: bool) -> tuple[list[Sighting], int]:
    """The figures that are to be blanks, and how many more there would be: those of most worth, the earlier of two."""
    worth: dict[tuple[object, ...], float] = {}
    first: dict[tuple[object, ...], int] = {}
    for one in sightings:
        worth[one.key] = max(worth.get(one.key, one.worth) + (0.5 if one.key in worth else 0), one.worth)
        first.setdefault(one.key, one.start)
    enough = ENOUGH if sum(value >= ENOUGH for value in worth.values()) > FEW else ENOUGH_OF_FEW
    good = [key for key, value in worth.items() if everything or value >= enough]
    best = sorted(good, key=lambda key: (-worth[key], first[key]))[: MAX_FACTS if everything else MAX_FIGURES]
    return [one for one in sightings if one.key in set(best)], len(good) - len(best)


class _Namer:
    """Makes facts of sightings."""

    def __init__(self, speech: FactText, sightings: Sequence[Sighting]) -> None:
        self.speech = speech
        self.sightings = sorted(sightings, key=lambda one: one.start)
        self.by_key: dict[tuple[object, ...], list[Sighting]] = {}
        for one in self.sightings:
            self.by_key.setdefault(one.key, []).append(one)
        self.at = {one.first: one for one in self.sightings}
        self.used = bytearray(len(speech.whole) + 1)
        for one in self.sightings:
            self.used[one.first : one.last] = b"\1" * (one.last - one.first)
        self.names: set[str] = set()

    def facts(self) -> tuple[Fact, ...]:
        """The facts, in the order they stand first."""
        out = []
        for group in self.by_key.values():
            said = self.wordings(group)
            if said:
                out.append(self.fact(group[0], said))
        return tuple(out)

    def fact(self, first: Sighting, said: tuple[Wording, ...]) -> Fact:
        """The fact first sighted here."""
        written = self.speech.written[first.start : first.end]
        half = written == self.speech.whole[first.start : first.end]
        words = first.value if first.value and half else written
        kind = first.type if half else "text"
        field = Field(self.free(first.names), first.ask, type=kind, example=words, choices=first.choices)
        value: Value = words
        if kind in ("date", "number"):
            try:
                value = read(field, words, date(2000, 1, 1))
            except Unfit:
                value = words
            if value == words or say(value) != words:
                field, value = field._replace(type="text"), words
        return Fact(field, value, said, self.speech.sentence_of(first.first, first.last), first.kind)

    def free(self, names: Sequence[str]) -> str:
        """The first of the names that is free, or the last but with a number."""
        fit = [name for name in names if usable_name(name)] or ["空缺"]
        chosen = next((name for name in fit if name not in self.names), "")
        number = 2
        while not chosen:
            if f"{fit[0]}{number}" not in self.names:
                chosen = f"{fit[0]}{number}"
            number += 1
        self.names.add(chosen)
        return chosen

    def wordings(self, group: Sequence[Sighting]) -> tuple[Wording, ...]:
        """The words the fact stands in: as few as tell it from everything else in the speech."""
        out: dict[str, Wording] = {}
        full = self.speech.written[group[0].start : group[0].end]
        wide = full != self.speech.whole[group[0].start : group[0].end]
        for one in group:
            words = self.speech.written[one.first : one.last]
            if wide and self.speech.written[one.start : one.end] != full:
                continue  # ２０２５年 and 2025年 are not said by one answer
            if words in out:
                continue
            said = self.telling(one)
            if said:
                out.setdefault(said.words, said)
        return tuple(out.values())

    def telling(self, one: Sighting) -> Wording | None:
        """The wording of a sighting, None where nothing tells it from other words."""
        whole = self.speech.written
        start, end = one.first, one.last
        while True:
            said = Wording(
                whole[start:end],
                whole[start : one.start],
                whole[one.end : end],
                one.through,
                one.not_behind,
                one.not_ahead,
            )
            if self.alone(said, one):
                self.used[start:end] = b"\1" * (end - start)
                return said
            if (
                one.first - start < _REACH_BEFORE
                and start > 0
                and not self.used[start - 1]
                and whole[start - 1] not in "。！？\n；"
            ):
                start -= 1
            elif (
                end - one.last < _REACH_BEHIND
                and end < len(whole)
                and not self.used[end]
                and whole[end] not in "。！？\n；"
            ):
                end += 1
            else:
                return None

    def alone(self, said: Wording, one: Sighting) -> bool:
        """Whether the words stand for nothing but this fact, wherever they stand."""
        whole = self.speech.written
        shift = len(said.before) - one.before
        at = whole.find(said.words)
        while at >= 0:
            there = self.at.get(at + shift)
            same = there is not None and there.key == one.key
            if (
                not same
                and not self.within(at, at + len(said.words))
                and re.compile(said_pattern(said)).match(whole, at)
            ):
                return False
            at = whole.find(said.words, at + 1)
        return True

    def within(self, start: int, end: int) -> bool:
        """Whether a stretch begins within a blank that begins before it or is longer, and so comes first."""
        return any(
            other.first <= start < other.last and (other.first < start or end - start < other.last - other.first)
            for other in self.near(start)
        )

    def near(self, place: int) -> Iterator[Sighting]:
        """The sightings around a place."""
        from bisect import bisect_right

        at = bisect_right(self.sightings, place, key=lambda one: one.first)
        yield from self.sightings[max(at - 2, 0) : at + 1]
