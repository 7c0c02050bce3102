"""What becomes of each fact of last year's paper, and of its words that are no blank."""

import re
from collections.abc import Mapping, Sequence

from drafter.analysis.facts import marks_in
from drafter.analysis.proposals import propose
from drafter.analysis.renewal import OldPaper, Question, standing_fact
from drafter.commands.renew.result import FactNow, StandingNow
from drafter.outline.field import Value, say
from drafter.revise.last_year import LeftNow
from drafter.speech.last import AS_IT_WAS

#: Characters from which an answer is a text of several lines.
_LONG = 60


def fact_now(question: Question, values: Mapping[str, Value], taken: frozenset[str]) -> FactNow:
    answer = values.get(question.name)
    same = answer is not None and say(answer) == say(question.fact.value)
    state = "open" if answer is None else "taken" if question.name in taken else "same" if same else "changed"
    return FactNow(
        name=question.name,
        kind=question.fact.kind,
        was=question.was,
        sentence=question.fact.sentence,
        proposed=question.whole(question.proposed.value or ""),
        why=question.proposed.why,
        now=question.whole(say(answer)) if answer is not None else "",
        state=state,
        marks=marks_in(question.fact),
        stays=question.proposed.same,
        long="\n" in question.was or len(question.was) > _LONG,
    )


def standing_now(paper: OldPaper, said: Mapping[str, str], left: Sequence[LeftNow], facts: Sequence[FactNow]) -> tuple[StandingNow, ...]:
    """The words that are no blank and stand as they were, and those that a form has answered or confirmed, in the order
    they stand in last year's paper."""
    added = set(paper.added.values())
    asked = {fact.name: fact.state for fact in facts if fact.name not in added}
    standing = {one.words: one for one in left}
    rows = []
    for words, fact in paper.listed.items():
        blank = paper.blank_of(words)
        now, typed = standing.get(words), said.get(words, "") if blank not in asked else ""
        if (now is None and not typed) or asked.get(blank, "changed") != "changed":
            continue  # what its blank asks for is answered there
        kept = typed.strip() in AS_IT_WAS
        sentence = now.sentence if now else fact.sentence
        proposed = propose(standing_fact(words, fact.kind, fact.sentence), paper.asked.calendar)
        rows.append(
            StandingNow(
                words=words,
                kind=fact.kind,
                sentence=sentence,
                marks=tuple(found.span() for found in re.finditer(re.escape(words), sentence)),
                times=now.times if now else 0,
                proposed="" if proposed.same or proposed.value == words else proposed.value or "",
                now="" if kept else typed,
                kept=kept,
                blank=blank if blank in asked else "",
            )
        )
    return tuple(rows)
