"""Last year's paper made into this year's: which of its facts are asked, in what order and by what words, and what of
it stands as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from drafter.analysis.extract import extract, paragraphs_of
from drafter.analysis.facts import Fact, Wording, findings
from drafter.analysis.proposals import Calendar, Proposed, propose, weekday_help, year_of, year_said
from drafter.analysis.scan import last_facts
from drafter.outline.field import Field, Value, read, say
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.yaml import decode
from drafter.speech.draft import Draft, plain
from drafter.speech.last import CALLED, LastFact

#: The kinds of facts in the order they are asked: what moves the others first, figures last.
ORDER = (
    "date", "year", "plan", "session", "ordinal", "meeting", "speaker", "post", "person", "unit", "place", "paper", "known",
    "placeholder", "figure",
)  # fmt: skip

#: Characters of an old value that a blank shows; no line of a page holds more beside its name.
MAX_WAS = 40

#: The day a page was put up, among what is not the speech's.
_PUBLISHED = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?:[-./][0-9]{1,2}[-./][0-9]{1,2}|年)")

#: What the name of a blank does not hold.
_UNNAMED = re.compile("[^0-9A-Za-z_\u4e00-\u9fff]")

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

    def bare(self, words: str) -> str:
        """An answer without what belongs to it and stands there anyway: 48 of 48亿元, 四 of 第四批."""
        head, tail = _frame(self.fact)
        whole = words.strip()
        framed = tail and whole.startswith(head) and whole.endswith(tail) and len(whole) > len(head + tail)
        return whole[len(head) : len(whole) - len(tail)] if framed else words


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
                said[question.name] = read(question.fact.field, question.proposed.value, day)
        return said


class OldPaper(NamedTuple):
    """Last year's paper: what it says, what is asked of it, the outline made of it and that as its file, and all that
    may be last year's in it. `added` are words that are blanks because somebody answered them, with their names."""

    name: str
    draft: Draft
    facts: tuple[Fact, ...]
    asked: Renewal
    outline: Outline
    yaml: str
    last: tuple[LastFact, ...]
    added: Mapping[str, str] = {}

    @property
    def listed(self) -> Mapping[str, LastFact]:
        """What may be last year's, by its words."""
        return {fact.words: fact for fact in self.last}

    def blank_of(self, name: str) -> str:
        """The blank that is meant by a name: its own, that of words that have been made one, the only one that said
        these words last year, or the only one of a kind (年份)."""
        if name in self.outline.fields or name in self.added:
            return self.added.get(name, name)
        questions = self.asked.questions
        said = {q.name for q in questions if name in (q.was, say(q.fact.value))}
        of_kind = {q.name for q in questions if CALLED.get(q.fact.kind) == name}
        years = [q for q in questions if q.fact.kind == "year"] if name == CALLED["year"] else []
        own_year = {q.name for q in years if year_of_fact(q.fact) == self.asked.calendar.old}
        for found in (said, of_kind, own_year):
            if len(found) == 1:
                return next(iter(found))
        return name

    def kept(self, words: Collection[str]) -> OldPaper:
        """The same where these words have been said to stay."""
        last = (fact._replace(state="kept") if fact.words in words else fact for fact in self.last)
        return self._replace(last=tuple(last))

    def with_blanks(self, words: Sequence[str]) -> OldPaper:
        """The same with these words as blanks too, wherever they stand."""
        if not words:
            return self
        names = {one: f"原写{_UNNAMED.sub('', one)[:20]}" for one in words}
        listed = self.listed
        facts = [standing_fact(one, listed[one].kind, listed[one].sentence).named(names[one]) for one in words]
        more = [question_of(fact, self.asked.calendar) for fact in facts]
        asked = self.asked._replace(questions=(*self.asked.questions, *more))
        return _made(self.name, self.draft, self.facts, asked)._replace(last=self.last, added={**self.added, **names})


def old_paper(draft: Draft, name: str, new_year: int | None = None, all_figures: bool = False) -> OldPaper:
    """Last year's paper, and an outline of it whose questions say what it said; of its figures the headline ones, or
    `all_figures`. Raises Rejected."""
    facts = findings(draft, all_figures=all_figures).facts
    return _made(name, draft, facts, renewal(draft, facts, new_year))


def _made(name: str, draft: Draft, facts: tuple[Fact, ...], asked: Renewal) -> OldPaper:
    """The paper with the outline of what is asked, its fields in the order they stand."""
    places = {said.words: place for place, fact in enumerate(facts) for said in fact.said}
    last = len(facts)

    def place(fact: Fact) -> int:
        return min(places.get(said.words, last) for said in fact.said)

    found = extract(draft, sorted((question.fact for question in asked.questions), key=place), name=name)
    outline = parse(decode(found.yaml.encode(), f"{name.rpartition('.')[0] or name}.yaml")[0])[0]
    asked = asked._replace(questions=tuple(q for q in asked.questions if q.name in found.answers))
    return OldPaper(name, draft, facts, asked, outline, found.yaml, last_facts(paragraphs_of(draft), facts))


def standing_fact(words: str, kind: str, sentence: str) -> Fact:
    """Words that are no blank as a fact, to propose what they may be and to make them one."""
    return Fact(Field(words, "", example=words), words, (Wording(words),), sentence, kind)


def renewal(draft: Draft, facts: Sequence[Fact], new_year: int | None = None) -> Renewal:
    """What of last year's paper is asked. `new_year` is the one it is written for, None for the next."""
    facts, linked = with_years_apart(facts)
    first, *rest = [*_front(draft), *_body(draft)] or [""]
    aside = "\n".join(f"{match[1]}年" for line in draft.left_out for match in _PUBLISHED.finditer(line.text))
    says = (plain(draft.dateline), plain(draft.title), aside, "\n".join((first, *rest)))
    calendar = Calendar(year_of(says), new_year)
    own = own_place(draft, facts)
    kept = [fact for fact in facts if fact.kind != "level" and say(fact.value) != own]
    questions = [question_of(fact, calendar) for fact in kept]
    questions.sort(key=lambda question: ORDER.index(question.fact.kind) if question.fact.kind in ORDER else len(ORDER))
    return Renewal(tuple(questions), (own,) if own else (), calendar, linked)


def question_of(fact: Fact, calendar: Calendar) -> Question:
    """How a fact is asked for."""
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


def year_of_fact(fact: Fact) -> int | None:
    """The year a fact of a year says."""
    return year_said(say(fact.value).removesuffix("年"))


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
    days = {fact.value.year: fact.field.name for fact in facts if isinstance(fact.value, date)}
    for fact in out:
        year = year_of_fact(fact) if fact.kind == "year" else None
        if year in days:
            linked.setdefault(fact.field.name, days[year])
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
    return list(paragraphs_of(draft._replace(title=(), dateline=(), byline=()))[1:])


def states(
    questions: Sequence[Question],
    last: Sequence[LastFact],
    values: Mapping[str, Value],
    taken: frozenset[str],
    own: Sequence[str],
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
