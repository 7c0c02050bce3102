"""Words that are written for one another, and what decides which is meant: the tables `drafter/check/data/words*.yaml`.

A pair has `wrong` and `right`, and where the wrong form is not always wrong: `before` and `after` (regular expressions that the text
on that side must match), `unless` (longer words in which the letters are right). Only the pairs whose first two characters stand in
a text are looked at, so a table of thousands costs no more than one of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.check.rules import Finding, Speech
from drafter.chinese.prose import CLOSING, inside

if TYPE_CHECKING:
    from drafter.outline.yaml import Node

#: Where the tables are.
TABLES = Path(__file__).parent / "data"

#: As far as `before` and `after` look: longer than any clause they tell of.
_REACH = 40


class Pair(NamedTuple):
    """A wrong form and the right one. `note` tells a writer how the two differ."""

    rule: str
    wrong: str
    right: str
    level: str
    before: str = ""
    after: str = ""
    unless: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


class Hit(NamedTuple):
    """A pair whose wrong form stands at `start` of a text."""

    start: int
    pair: Pair


def findings(speech: Speech, rule: str) -> Iterator[Finding]:
    """What a rule's pairs find. A pair at level error is put right unasked: its wrong form is never right."""
    for number, line in enumerate(speech.lines):
        for start, pair in hits(line.text):
            if pair.rule != rule:
                continue
            said = "宜写作" if pair.level == "advice" else "应为"
            note = f"：{pair.note}。" if pair.note else "。"
            message = f"“{pair.wrong}”{said}“{pair.right}”{note}"
            yield Finding(rule, number, start, start + len(pair.wrong), message, pair.right, pair.level == "error", pair.level)


@lru_cache(maxsize=4096)
def hits(text: str) -> tuple[Hit, ...]:
    """All pairs whose wrong form stands in a text and is wrong there, the longest where several overlap."""
    index = _index()
    found: list[Hit] = []
    for start in range(len(text) - 1):
        for pair in index.get(text[start : start + 2], ()):
            if text.startswith(pair.wrong, start) and _is_wrong(text, start, pair):
                found.append(Hit(start, pair))
                break
    kept: list[Hit] = []
    for hit in found:
        if kept and hit.start < kept[-1].start + len(kept[-1].pair.wrong):
            if len(hit.pair.wrong) > len(kept[-1].pair.wrong):
                kept[-1] = hit
            continue
        kept.append(hit)
    return tuple(kept)


def _is_wrong(text: str, start: int, pair: Pair) -> bool:
    end = start + len(pair.wrong)
    if pair.before and not _before(pair.before).search(text[max(0, start - _REACH) : start]):
        return False
    if pair.after and not _after(pair.after).match(text[end : end + _REACH]):
        return False
    if pair.unless and any(_covers(text, start, end, longer) for longer in pair.unless):
        return False
    if len(pair.wrong) == 2 and _is_cut(text, start):
        return False
    return not is_talked_of(text, start, end)


def _is_cut(text: str, start: int) -> bool:
    """Whether the two characters are the end of one word and the beginning of another: 严厉程度 has no slip for 历程."""
    from drafter.check.lexicon import lexicon

    return lexicon().is_word(text[max(0, start - 1) : start + 1]) and lexicon().is_word(text[start + 1 : start + 3])


def is_talked_of(text: str, start: int, end: int) -> bool:
    """Whether the characters `start` to `end` stand in a title, or alone between quotation marks, as the word that is talked of."""
    alone = text[start - 1 : start] in CLOSING and text[end : end + 1] == CLOSING[text[start - 1]] if start else False
    return alone or inside(text, start, end, "《〈")


def _covers(text: str, start: int, end: int, longer: str) -> bool:
    """Whether `longer` stands over the characters `start` to `end`."""
    return longer in text[max(0, end - len(longer)) : start + len(longer)]


@cache
def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(f"(?:{pattern})$")


@cache
def _after(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[Pair, ...]]:
    """The pairs by their first two characters, the longest first."""
    out: dict[str, list[Pair]] = {}
    for pair in pairs():
        out.setdefault(pair.wrong[:2], []).append(pair)
    return {key: tuple(sorted(some, key=lambda p: -len(p.wrong))) for key, some in out.items()}


@lru_cache(maxsize=1)
def pairs() -> tuple[Pair, ...]:
    """All pairs of the tables that came with drafter."""
    from drafter.outline import shelf

    texts = [(path.name, shelf.read_source(path)[0].text) for path in sorted(TABLES.glob("words*.yaml"))]
    made = shelf.kept("pairs", tuple(f"2\0{name}\0{text}" for name, text in texts), lambda: _read(texts))
    return tuple(Pair(*row) for row in made)


def _read(texts: list[tuple[str, str]]) -> tuple[Any, ...]:
    """The tables as plain tuples, for the cache."""
    from drafter.outline.yaml import Source, parse

    return tuple(tuple(pair) for name, text in texts for pair in _table(parse(Source(name, text))))


def _table(top: Node) -> Iterator[Pair]:
    """The pairs of a file: for each rule `source`, `level` and `pairs`, a pair one line `wrong → right` or with more keys."""
    for rule, group in _items(top):
        fields = dict(_items(group))
        source, level = fields["source"].text, fields["level"].text
        for node in fields["pairs"].items:
            if hasattr(node, "text"):
                wrong, _, right = node.text.partition(" → ")
                yield Pair(rule, wrong, right, level, source=source)
                continue
            told = {key: value.text for key, value in _items(node)}
            wrong, _, right = told.pop("pair").partition(" → ")
            unless = tuple(told.pop("unless", "").split())
            yield Pair(rule, wrong, right, unless=unless, **{"source": source, "level": level, **told})


def _items(node: Any) -> Iterator[tuple[str, Any]]:
    for key, value in node.entries:
        yield key.text, value
