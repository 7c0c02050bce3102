"""Whether a layout looks at the words it sets. One that does not sets all speeches of one shape alike."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from drafter.template.layout import environment

if TYPE_CHECKING:
    JinjaNode = Any

#: What of a speech is words: names, and parts of a paragraph, item or heading.
_NAMES = frozenset(["title", "dateline", "byline"])
_PARTS = frozenset(["text", "heading"])

#: What is counted from the words.
_COUNTED = frozenset(["minutes", "time"])


@lru_cache(maxsize=16)
def is_blind(layout: str) -> bool:
    """Whether a layout only writes words, whole, and asks no more of them than whether there are any. It is one that has been
    compiled before."""
    return not any(word in layout for word in _COUNTED) and _blind(environment().parse(layout))


def _blind(node: "JinjaNode") -> bool:
    kind = type(node).__name__
    if kind == "If" or kind == "CondExpr":
        inner = [child for child in node.iter_child_nodes() if child is not node.test]
        return _asks_little(node.test) and all(map(_blind, inner))
    if kind == "Filter":
        return (node.name == "strong" or not _says(node)) and all(map(_blind, node.iter_child_nodes()))
    if kind in ("Compare", "Getitem", "Neg", "List", "Tuple"):
        return not _says(node)
    if kind == "For":
        return not _says(node.iter) and (node.test is None or _asks_little(node.test)) and all(map(_blind, (*node.body, *node.else_)))
    return all(map(_blind, node.iter_child_nodes()))


def _asks_little(node: "JinjaNode") -> bool:
    """Whether a condition asks of words only whether there are any."""
    kind = type(node).__name__
    if kind in ("And", "Or"):
        return _asks_little(node.left) and _asks_little(node.right)
    if kind == "Not":
        return _asks_little(node.node)
    return _is_words(node) or not _says(node)


def _is_words(node: "JinjaNode") -> bool:
    kind = type(node).__name__
    return (kind == "Name" and node.name in _NAMES) or (kind == "Getattr" and node.attr in _PARTS)


def _says(node: "JinjaNode") -> bool:
    """Whether there are words anywhere in it."""
    return _is_words(node) or any(map(_says, node.iter_child_nodes()))
