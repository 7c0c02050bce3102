"""Blanks: the 【…】 in a text, found and told apart from the words around them."""

import re
from collections.abc import Callable
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Rejected
from drafter.outline.expression import Expression, Malformed, read
from drafter.outline.yaml import Scalar, Source

#: 【【 is a 【 that is meant; 【…】 is a blank; a lone 【 is a mistake.
_BLANK = re.compile("【【|【([^【】\n]*)】|【")


class Blank(NamedTuple):
    """One 【…】. `name` is the field it shows where it is a bare name, "" where it is an expression; `offset` is where
    its 【 stands in the text of its scalar."""

    source: str
    name: str
    expression: Expression
    offset: int


class OutlineText(NamedTuple):
    """A text of the outline cut at its blanks: words and Blanks in turn. `scalar` knows its place in the file."""

    pieces: tuple[str | Blank, ...]
    scalar: Scalar
    node: str = ""

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Its blanks, in order."""
        return tuple(p for p in self.pieces if isinstance(p, Blank))

    @property
    def words(self) -> str:
        """The text with its blanks as written, 【【 as 【."""
        return "".join(p if isinstance(p, str) else f"【{p.source}】" for p in self.pieces)


def find(
    scalar: Scalar, problems: list[Diagnostic], node: str = "", read: Callable[[str], Expression] = read
) -> OutlineText:
    """The text cut at its blanks; what is wrong with them is added to `problems`."""
    text = scalar.text
    if "【" not in text:
        return OutlineText((text,) if text else (), scalar, node)
    pieces: list[str | Blank] = []
    words: list[str] = []
    at = 0
    for found in _BLANK.finditer(text):
        words.append(text[at : found.start()])
        at = found.end()
        if found[0] == "【【":
            words.append("【")
            continue
        if found[1] is None:
            problems.append(
                scalar.diagnostic(
                    "“【”后面没有配对的“】”。", found.start(), 1, "要填的空写成【名称】；确实要写一个【，请写成【【。", code="blank-not-closed")
            )
            continue
        try:
            expression = read(found[1])
        except Malformed as error:
            problems.append(
                scalar.diagnostic(f"空{found[0]}：{error}", found.start(), len(found[0]), code="blank-syntax")
            )
            continue
        said = "".join(words)
        if said:
            pieces.append(said)
        words = []
        bare = expression.names[0] if expression.tree is None else ""
        pieces.append(Blank(found[1], bare, expression, found.start()))
    words.append(text[at:])
    said = "".join(words)
    if said:
        pieces.append(said)
    return OutlineText(tuple(pieces), scalar, node)


def text_of(spelt: str) -> OutlineText:
    """A text that stands in no file, from the words an outline would have for it. Raises Rejected."""
    problems: list[Diagnostic] = []
    text = find(Scalar(spelt, Source("", spelt), 1, 1), problems)
    if problems:
        raise Rejected(*problems)
    return text
