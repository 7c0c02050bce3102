"""The rules of the proof-reader, one module each, and what they are given and give back.

A rule is a module of this package with `NAME` (its file's name with hyphens, named for the fault), `LEVEL` (the highest
level of its findings), `SOURCE` (the clause or practice it rests on), `check(speech)`, and a docstring in Chinese: what
is wrong, why, one line `错：…` and one `对：…`. `NEEDS`, where a rule has it, are characters one of which a speech must
have for the rule to find anything: where it has none, the rule is not asked. Words one of which a line must have a rule tells
`drafter.check.whole`. Code that rules share is no rule and stands in `drafter.chinese.prose` and
beside it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.whole import alphabet
from drafter.chinese.numerals import join_lines
from drafter.diagnostic import ADVICE, ERROR, WARNING
from drafter.speech.block import Line
from drafter.speech.page import Page

if TYPE_CHECKING:
    from drafter.check.beside import OtherPaper
    from drafter.speech.last import LastYear

#: Levels from the gravest: an error is never raised on correct published text, advice is hidden unless asked for.
LEVELS = (ERROR, WARNING, ADVICE)


class Speech(NamedTuple):
    """What rules look at. `as_of`: the day it is judged by; `dated` says that somebody told it. `genre` and
    `target_minutes` are "" and 0 where nobody has told; `layout` is what is known of a Word file's looks, None for
    text; `last` what is known of last year's paper it was written from, None where it was not; `beside` the other papers
    looked at with a script of a meeting, () for anything else."""

    lines: tuple[Line, ...]
    as_of: date
    genre: str = ""
    target_minutes: float = 0
    layout: Page | None = None
    dated: bool = True
    last: "LastYear | None" = None
    beside: "tuple[OtherPaper, ...]" = ()


class Elsewhere(NamedTuple):
    """A place in another paper that a finding speaks of too: its file, the paragraph, counted from 1, and words there."""

    file: str
    paragraph: int
    words: str


class Finding(NamedTuple):
    """One fault: the characters `start` to `end` of `lines[line].text`. `instead` takes their place (None where a
    person must decide); `safe` says that it may do so unasked. `level` "" is the rule's own. `odds`: how many to one it is
    a fault, as the rule has reckoned; None for a rule that does not reckon. `other`: the place in another paper that it does
    not agree with, None for a fault of one paper alone. `others`: what else might take the place of the words."""

    rule: str
    line: int
    start: int
    end: int
    message: str
    instead: str | None = None
    safe: bool = False
    level: str = ""
    odds: float | None = None
    other: Elsewhere | None = None
    others: tuple[str, ...] = ()


class Rule(NamedTuple):
    """A rule as its module states it. `doc` is the module's docstring; `needs`: see above, empty where it says nothing."""

    name: str
    level: str
    source: str
    doc: str
    check: Callable[[Speech], Iterable[Finding]]
    needs: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """The names of all rules, in the order of the alphabet. No rule is imported for it."""
    from pkgutil import iter_modules

    return tuple(sorted(found.name.replace("_", "-") for found in iter_modules(__path__) if not found.ispkg))


@cache
def rule(name: str) -> Rule:
    """The rule of a name (one of `names()`)."""
    from importlib import import_module

    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    needs = frozenset(getattr(module, "NEEDS", ""))
    return Rule(module.NAME, module.LEVEL, module.SOURCE, _unwrapped(module.__doc__ or ""), module.check, needs)


def _unwrapped(doc: str) -> str:
    """A docstring with the lines of each paragraph joined; 错： and 对： begin lines of their own."""
    out: list[str] = []
    for row in doc.strip().split("\n"):
        row = row.strip()
        if out and out[-1] and row and not row.startswith(("错：", "对：")):
            out[-1] = join_lines((out[-1], row))
        else:
            out.append(row)
    return "\n".join(out)


def registry() -> Iterator[Rule]:
    """All rules, in the order of their names, each imported when it is come to."""
    return map(rule, names())


def run(
    speech: Speech,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    level: str = ADVICE,
    levels: Mapping[str, str] | None = None,
    before: Callable[[str], object] = lambda name: None,
) -> tuple[Finding, ...]:
    """The findings of the rules `select` names (all of them where it names none) without those of `ignore`, at `level`
    or graver, in the order they stand. `levels` sets rules to other levels than their own ("off" does not run them).
    Every finding has its level. `before` hears the name of every rule before it runs, and again behind many findings of
    it; one it says False of is left out or goes no further, and what it raises ends the run."""
    changed = levels or {}
    most = LEVELS.index(level)
    found: list[Finding] = []
    has = alphabet(speech.lines)
    for one in _asked(frozenset(select), frozenset(ignore), most, frozenset(changed.items())):
        name = one.name
        if (one.needs and one.needs.isdisjoint(has)) or before(name) is False:
            continue
        for number, finding in enumerate(one.check(speech), 1):
            if number % _MANY == 0 and before(name) is False:
                break
            if speech.lines[finding.line].role == "noise" and name not in _OF_LEFTOVERS:
                continue
            finding = finding._replace(level=changed.get(name) or finding.level or one.level)
            if LEVELS.index(finding.level) <= most:
                found.append(finding)
    return tuple(sorted(_told_once(speech, found), key=lambda f: (f.line, f.start, f.end, f.rule)))


@lru_cache(maxsize=32)
def _asked(select: frozenset[str], ignore: frozenset[str], most: int, levels: frozenset[tuple[str, str]]) -> tuple[Rule, ...]:
    """The rules that can say something at one of the first levels up to number `most`, in the order of their names."""
    changed = dict(levels)
    chosen = [name for name in names() if (not select or name in select) and name not in ignore and changed.get(name) != "off"]
    return tuple(one for one in map(rule, chosen) if LEVELS.index(changed.get(one.name) or one.level) <= most)


#: After so many findings of a rule it is asked whether there is still time.
_MANY = 1_000

#: Rules about what stands in a paper and is not the speech's. The others do not judge such lines.
_OF_LEFTOVERS = frozenset(("copied-from-web", "template-leftover"))

#: Rules that guess, and give way to those that know.
_GUESSES = ("homophone-slip", "look-alike-slip")

#: Rules that say of the same words that their time is over: one of them is enough.
_OVER = frozenset(
    ("outdated-formulation", "finished-task", "ended-campaign", "renamed-body", "repealed-document")
)

#: A replacement of more characters does not hide a guess inside it.
_WORD = 20


#: Characters that a word said over and over goes on for; behind them it is no speech.
_REPEATED = 100


def _told_once(speech: Speech, found: list[Finding]) -> Iterator[Finding]:
    """The findings without those that say again what another rule says: put the same in the same place, say that the
    same words are over, or guess at words that another rule puts right. The gravest is kept."""
    found = sorted(found, key=lambda f: (LEVELS.index(f.level), f.rule in _GUESSES, f.rule))
    said: dict[tuple[object, ...], str] = {}
    known = {
        (f.line, at)
        for f in found
        if f.rule not in _GUESSES and f.instead is not None and f.end - f.start <= _WORD and f.level != ADVICE
        for at in range(f.start, f.end)
    }
    for f in found:
        if f.rule in _GUESSES and any((f.line, at) in known for at in range(f.start, f.end)):
            continue
        keys: list[tuple[object, ...]] = []
        if f.instead is not None:
            keys.append((f.line, *_change(speech.lines[f.line].text, f.start, f.end, f.instead)))
        if f.rule in _OVER:
            keys.append((f.line, f.start, f.end))
        if all(said.setdefault(key, f.rule) == f.rule for key in keys):
            yield f


def _change(text: str, start: int, end: int, instead: str) -> tuple[int, int, str]:
    """The smallest replacement that does what this one does, of several alike the first, as far as words go."""
    while start < end and instead and text[end - 1] == instead[-1]:
        end, instead = end - 1, instead[:-1]
    while start < end and instead and text[start] == instead[0]:
        start, instead = start + 1, instead[1:]
    if not instead:
        first = max(0, start - _REPEATED)
        while first < start < end and text[start - 1] == text[end - 1]:
            start, end = start - 1, end - 1
    return start, end, instead
