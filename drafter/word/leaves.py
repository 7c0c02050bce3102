"""What stands in a paragraph of a Word document, piece by piece, in reading order."""

from collections.abc import Iterator
from typing import NamedTuple

from drafter.word.oxml import Element, P, T, w

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = frozenset((w("del"), w("moveFrom")))
_BREAK = w("br")
_ONE_LETTER = frozenset(w(n) for n in ("tab", "ptab", "cr", "noBreakHyphen", "sym"))


class Leaf(NamedTuple):
    """A piece of a paragraph's text: `start` is its offset in it, `element` the w:t, w:tab …, `run` what that stands
    in."""

    start: int
    text: str
    element: Element
    run: Element | None


def own(paragraph: Element) -> Iterator[tuple[Element, bool]]:
    """What stands in a paragraph, in reading order, each with whether a tracked change deletes it. What is said twice
    for older programs comes once; the paragraphs of text boxes in it do not come."""
    stack = [(iter(paragraph), False)]
    while stack:
        nodes, gone = stack[-1]
        node = next(nodes, None)
        if node is None:
            stack.pop()
        elif isinstance(node.tag, str) and node.tag != P and not is_twin(node):
            yield node, gone
            if len(node):
                stack.append((iter(node), gone or node.tag in _GONE))


def is_twin(node: Element) -> bool:
    """Whether an element only says again, for programs that do not understand it, what stands before it."""
    return bool(node.tag == _MC + "Fallback" and node.getprevious() is not None)


def said(node: Element) -> str:
    """The text of an element that is text, "" for others."""
    if node.tag in (T, _MATH_TEXT):
        return node.text or ""
    if node.tag in _ONE_LETTER or (node.tag == _BREAK and node.get(w("type"), "textWrapping") == "textWrapping"):
        return "\t" if node.tag.endswith("tab") else "\n" if node.tag in (_BREAK, w("cr")) else "\ufffd"
    return ""
