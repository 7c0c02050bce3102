"""What stands in the document where a blank waits for its answer: a gap as a person leaves it, 【几】, 【哪年】, 【他/她】, and not
the code of the outline."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from drafter.outline.expression import Expression

if TYPE_CHECKING:
    from drafter.outline.expression import JinjaNode

#: What a blank asks for whose filter makes something else of the answer than its name says.
_ASKED = {"几": "几", "个数": "几", "大写": "几", "汉字年": "哪年", "年": "哪年", "年月": "哪年哪月"}

#: Longer words are not put beside those that might stand in their place.
_SHORT = 6


def gap(expression: Expression, called: Callable[[str], str] = lambda name: name) -> str:
    """What a blank nobody has answered says between 【 and 】; `called` is what the name of a round is called, the list it
    goes through."""
    if expression.tree is None:
        return called(expression.names[0])
    return _said(expression.tree, called) or "、".join(map(called, expression.names))


def _said(node: "JinjaNode", called: Callable[[str], str]) -> str:
    kind = type(node).__name__
    if kind == "Name":
        return called(node.name)
    if kind == "Const":
        return node.value if isinstance(node.value, str) else ""
    if kind == "Filter":
        if node.name == "大写" and "个数" not in set(_filters(node)):
            return _said(node.node, called)  # 【金额|大写】 asks for the sum
        return _ASKED.get(node.name) or _said(node.node, called)
    if kind == "Getitem":
        return _said(node.node, called)
    if kind == "Concat":
        return "".join(_said(part, called) for part in node.nodes)
    if kind == "CondExpr":
        return _either(node, called)
    return ""


def _filters(node: "JinjaNode") -> Iterator[str]:
    """The filters of a blank, the last first."""
    while type(node).__name__ == "Filter":
        yield node.name
        node = node.node


def _either(node: "JinjaNode", called: Callable[[str], str]) -> str:
    """The ways a sentence may go on, where they are short; else by what it is chosen."""
    ways = [way for way in _ways(node, called) if way]
    empty = len(ways) < len(list(_ways(node, called)))
    if all(len(way) <= _SHORT for way in ways):
        return "/".join(dict.fromkeys(ways)) + ("/不写" if empty else "")
    names = dict.fromkeys(called(name) for name in _names(node))
    return f"按{'、'.join(names)}选一句" + ("，或不写" if empty else "")


def _ways(node: "JinjaNode", called: Callable[[str], str]) -> Iterator[str]:
    """What each way says."""
    if type(node).__name__ != "CondExpr":
        yield "" if node is None else _said(node, called)
        return
    yield _said(node.expr1, called)
    yield from _ways(node.expr2, called)


def _names(node: "JinjaNode") -> Iterator[str]:
    """The answers the choice between the ways hangs on."""
    while type(node).__name__ == "CondExpr":
        yield from _named(node.test)
        node = node.expr2


def _named(node: "JinjaNode") -> Iterator[str]:
    if type(node).__name__ == "Name":
        yield node.name
    for inner in node.iter_child_nodes():
        yield from _named(inner)
