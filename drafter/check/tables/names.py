"""Names that must be right to the letter: the table `drafter/check/data/names.yaml`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from drafter.check.tables import DATA
from drafter.outline import shelf

if TYPE_CHECKING:
    from drafter.outline.yaml import Node, Source


class RightName(NamedTuple):
    """A name as it is written. `kind`: whose (leader, party, state, body, army, people, thought)."""

    name: str
    kind: str
    source: str


class Names(NamedTuple):
    """All names, and the right words that look like a damaged one."""

    names: tuple[RightName, ...]
    unless: frozenset[str]


@lru_cache(maxsize=1)
def right_names() -> Names:
    """The names that came with drafter."""
    source, _ = shelf.read_source(DATA / "names.yaml")

    def bound(rows: tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]) -> Names:
        return Names(tuple(RightName(*row) for row in rows[0]), frozenset(rows[1]))

    return shelf.kept("names", ("1", source.text), lambda: _read(source), bound)


def _read(source: Source) -> tuple[tuple[tuple[str, str, str], ...], tuple[str, ...]]:
    """The table as plain tuples, for the cache."""
    from drafter.outline.yaml import parse

    names: list[tuple[str, str, str]] = []
    unless: list[str] = []
    for group in _items(_of(parse(source), "groups")):
        kind, told = _words(_of(group, "kind")), _words(_of(group, "source"))
        rows = [_words(row) for row in _items(_of(group, "names"))]
        names += [(name, kind, told) for row in rows for name in row.split()]
        unless += _words(_of(group, "unless")).split()
    return tuple(names), tuple(unless)


def _of(node: Node | None, key: str) -> Node | None:
    from drafter.outline.yaml import MappingNode

    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.entries if name.text == key), None)


def _items(node: Node | None) -> tuple[Node, ...]:
    from drafter.outline.yaml import SequenceNode

    return node.items if isinstance(node, SequenceNode) else ()


def _words(node: Node | None) -> str:
    from drafter.outline.yaml import Scalar

    return node.text if isinstance(node, Scalar) else ""
