"""Last year's paper made into this year's: which of its facts are asked, in what order and by what words, and what of
it stands as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.facts import Fact
from drafter.analysis.proposals import Calendar, Proposed, propose, weekday_help, year_of
from drafter.outline.field import Field, Value, say
from drafter.speech.draft import Draft, plain
from drafter.speech.last import LastFact

#: The kinds of facts in the order they are asked: what moves the others first, figures last.
ORDER = (
    "date", "year", "plan", "session", "ordinal", "meeting", "speaker", "post", "person", "unit", "place", "paper", "known",
    "placeholder", "figure",
)  # fmt: skip

#: Characters of an old value that a blank shows; no line of a page holds more beside its name.
MAX_WAS = 40

#: What counts a figure, where it stands behind one.
_UNIT = re.compile(r"[多余来]?[万亿千百]*(?:个百分点|百分点|平方公里|平方米|立方米|公里|公顷|千瓦时|公斤|毫米|厘米|人次|周年|小时|分钟|[%％‰\u4e00-\u9fff])")


class Question(NamedTuple):
    """A fact of last year's to ask for: `fact` with the field it has now, what last year's paper said (`was`), and what
    is proposed."""

    fact: Fact
    was: str
    proposed: Proposed

    @property
    def name(self) -> str:
        """The name of its blank."""
        return self.fact.field.name

    def whole(self, words: str) -> str:
        """A value with what belongs to it, as `was` has it: 第三批 for 三."""
        head, tail = _frame(self.fact)
        return f"{head}{words}{tail}" if words else ""


class Renewal(NamedTuple):
    """Last year's paper ready to be asked about: what is asked, in the order it is asked; the facts that stay as the
    office's own (its place and level); by what the years are counted on; the names of years that a day says, each with
    that of the day."""

    questions: tuple[Question, ...]
    own: tuple[str, ...]
    calendar: Calendar
    linked: Mapping[str, str]

    def calendar_by(self, values: Mapping[str, Value | None]) -> Calendar:
        """By what the years are counted on, as far as the answers say: the year of a day that is said is the one the
        speech is written for."""
        known = self.calendar
        if known.new is not None or known.old is None:
            return known
        for question in self.questions:
            was, now = question.fact.value, values.get(question.name)
            if isinstance(was, date) and isinstance(now, date) and was.year == known.old and now.year > was.year:
                return known._replace(new=now.year)
        return known

    def proposed(self, values: Mapping[str, Value | None]) -> tuple[Question, ...]:
        """What is asked, with what is proposed by the answers so far."""
        calendar = self.calendar_by(values)
        return tuple(question._replace(proposed=propose(question.fact, calendar)) for question in self.questions)

    def years_said(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The years that days say that are answered, as answers, where there are none."""
        said: dict[str, Value] = {}
        for question in self.proposed(values):
            day = values.get(self.linked.get(question.name, ""))
            if isinstance(day, date) and question.name not in values and question.proposed.value:
                said[question.name] = question.proposed.value
        return said


def renewal(draft: Draft, facts: Sequence[Fact], new_year: int | None = None) -> Renewal:
    """What of last year's paper is asked. `new_year` is the one it is written for, None for the next."""
    facts, linked = with_years_apart(facts)
    first, *rest = [*_front(draft), *_body(draft)] or [""]
    calendar = Calendar(year_of((plain(draft.dateline), plain(draft.title), "\n".join((first, *rest)))), new_year)
    own = own_place(draft, facts)
    kept = [fact for fact in facts if fact.kind != "level" and say(fact.value) != own]
    questions = [_question(fact, calendar) for fact in kept]
    questions.sort(key=lambda question: ORDER.index(question.fact.kind) if question.fact.kind in ORDER else len(ORDER))
    return Renewal(tuple(questions), (own,) if own else (), calendar, linked)


def _question(fact: Fact, calendar: Calendar) -> Question:
    was = was_of(fact)
    field = fact.field
    day = fact.value if isinstance(fact.value, date) else None
    asks = "" if "____" in field.ask else field.ask.rstrip("？?。")  # the sentence is shown anyway
    help_ = "；".join(filter(None, (asks, weekday_help(was, day, calendar))))
    shown = re.sub(r"[【】\n\t]", " ", was)
    shown = shown if len(shown) <= MAX_WAS else shown[: MAX_WAS - 1] + "…"
    asked = field._replace(ask=f"上年写的是“{shown}”", help=help_, example=say(fact.value))
    return Question(fact._replace(field=asked), was, propose(fact, calendar))


def was_of(fact: Fact) -> str:
    """What last year's paper said, a figure with its unit."""
    head, tail = _frame(fact)
    return f"{head}{say(fact.value)}{tail}"


def _frame(fact: Fact) -> tuple[str, str]:
    """What stands before and behind a value and belongs to it: 第 and 批, the unit of a figure; "" for nothing."""
    said = fact.said[0] if fact.said else None
    if said is None or fact.kind not in ("figure", "year", "ordinal", "session", "plan"):
        return "", ""
    head = "第" if fact.kind in ("ordinal", "session") and said.before.endswith("第") else ""
    unit = _UNIT.match(said.after)
    return head, unit[0] if unit else ""


#: Filters that say the year of a day, and how a year is said by itself.
_YEAR_FILTERS = ("|年", "|汉字年")


def with_years_apart(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], dict[str, str]]:
    """The facts with the year of the speech's day as a fact of its own: it is known long before the day is. The names
    of such years, each with that of its day, which says it where it is answered."""
    out: list[Fact] = []
    linked: dict[str, str] = {}
    names = {fact.field.name for fact in facts}
    for fact in facts:
        years = [said for said in fact.said if said.through in _YEAR_FILTERS]
        rest = tuple(said for said in fact.said if said.through not in _YEAR_FILTERS)
        for words in dict.fromkeys(said.words[len(said.before) : len(said.words) - len(said.after)] for said in years):
            name = next(name for name in ("年份", "年份汉字", *(f"年份{n}" for n in range(2, 9))) if name not in names)
            names.add(name)
            linked[name] = fact.field.name
            said_so = tuple(said._replace(through="") for said in years if words in said.words)
            out.append(Fact(Field(name, "哪一年？", example=words), words, said_so, fact.sentence, "year"))
        if rest:
            out.append(fact._replace(said=rest))
    return tuple(out), linked


def own_place(draft: Draft, facts: Sequence[Fact]) -> str:
    """The place of the office that speaks: named in the front of its paper, or most of all in its words; "" where none
    is plain."""
    places = [say(fact.value) for fact in facts if fact.kind == "place"]
    front = "".join(_front(draft))
    named = [place for place in places if place in front]
    if named:
        return named[0]
    body = "\n".join(_body(draft))
    counts: Mapping[str, int] = {place: body.count(place) for place in places}
    most = max(places, key=lambda place: counts[place], default="")
    others = sorted(counts.values(), reverse=True)[1:2]
    return most if most and counts[most] >= 3 and all(counts[most] >= 2 * other for other in others) else ""


def _front(draft: Draft) -> list[str]:
    return [text for text in (plain(draft.title), plain(draft.dateline), plain(draft.byline)) if text]


def _body(draft: Draft) -> list[str]:
    from drafter.analysis.extract import paragraphs_of

    return list(paragraphs_of(draft._replace(title=(), dateline=(), byline=()))[1:])


def states(
    questions: Sequence[Question], last: Sequence[LastFact], values: Mapping[str, Value], taken: frozenset[str], own: Sequence[str]
) -> tuple[LastFact, ...]:
    """The facts of last year's as they are dealt with: those answered with what they were are kept, but for those in
    `taken`, whose proposals nobody has looked at one by one."""
    same: dict[str, str] = dict.fromkeys(own, "own")
    for question in questions:
        answer = values.get(question.name)
        if answer is not None and say(answer) == say(question.fact.value):
            state = "taken" if question.name in taken else "kept"
            same |= {said.words: state for said in question.fact.said} | {say(answer): state, question.was: state}
    return tuple(fact._replace(state=same.get(fact.words, fact.state)) for fact in last)
