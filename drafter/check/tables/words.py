"""Words that are written for one another, and what decides which is meant: the tables `drafter/check/data/words*.yaml`.

A pair has `wrong` and `right`, and where the wrong form is not always wrong: `before` and `after` (regular expressions
that the text on that side must match), `unless` (longer words in which the letters are right), `safe` (yes where there it has
no other reading).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drafter.check.tables import DATA
from drafter.outline import shelf

if TYPE_CHECKING:
    from drafter.outline.yaml import Node


class Pair(NamedTuple):
    """A wrong form and the right one. `note` tells a writer how the two differ; `safe`: it may be put right unasked, which one
    at level error always may."""

    rule: str
    wrong: str
    right: str
    level: str
    before: str = ""
    after: str = ""
    unless: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    safe: bool = False


@lru_cache(maxsize=1)
def pairs() -> tuple[Pair, ...]:
    """All pairs of the tables that came with drafter."""
    files = (Path(path) for path, _, _ in shelf.yaml_files(DATA))
    texts = [(path.name, shelf.read_source(path)[0].text) for path in files if path.name.startswith("words")]
    made_from = tuple(f"3\0{name}\0{text}" for name, text in texts)
    return shelf.kept("pairs", made_from, lambda: _read(texts), lambda rows: tuple(Pair(*row) for row in rows))


def _read(texts: list[tuple[str, str]]) -> tuple[Any, ...]:
    """The tables as plain tuples, for the cache."""
    from drafter.outline.yaml import Source, parse

    return tuple(tuple(pair) for name, text in texts for pair in _table(parse(Source(name, text))))


def _table(top: Node) -> Iterator[Pair]:
    """The pairs of a file: for each rule `source`, `level` and `pairs`, a pair one line `wrong → right` or with more
    keys."""
    for rule, group in _items(top):
        fields = dict(_items(group))
        source, level = fields["source"].text, fields["level"].text
        for node in fields["pairs"].items:
            if hasattr(node, "text"):
                wrong, _, right = node.text.partition(" → ")
                yield Pair(rule, wrong, right, level, source=source, safe=level == "error")
                continue
            told = {key: value.text for key, value in _items(node)}
            wrong, _, right = told.pop("pair").partition(" → ")
            unless = tuple(told.pop("unless", "").split())
            safe = told.pop("safe", "") == "yes" or told.get("level", level) == "error"
            yield Pair(rule, wrong, right, unless=unless, safe=safe, **{"source": source, "level": level, **told})


def _items(node: Any) -> Iterator[tuple[str, Any]]:
    for key, value in node.entries:
        yield key.text, value


class OddPair(NamedTuple):
    """A pair, and where in its wrong form the two characters stand it is looked for by. `rank`: of those that begin at
    the same place the lower comes first."""

    pair: Pair
    at: int
    rank: int


@lru_cache(maxsize=1)
def words_by_pair() -> dict[str, tuple[OddPair, ...]]:
    """The pairs by two characters each."""
    out: dict[str, list[OddPair]] = {}
    for rank, pair in enumerate(sorted(pairs(), key=lambda p: -len(p.wrong))):
        at = _oddest(pair)
        out.setdefault(pair.wrong[at : at + 2], []).append(OddPair(pair, at, rank))
    return {key: tuple(some) for key, some in out.items()}


def _oddest(pair: Pair) -> int:
    """Where two characters of the wrong form stand that the right one has not: they are seldom met in other words."""
    return next((at for at in range(len(pair.wrong) - 1) if pair.wrong[at : at + 2] not in pair.right), 0)
