"""A character in place of an answer: a document made with these shows where the answers go, and many others are made of
it by putting theirs there. They are of the last private plane but one of Unicode, which no text has that we let stand in."""

import re
from collections.abc import Sequence

_FIRST, _LAST = 0xF0000, 0xFFFFD

#: Any of them.
STAND_INS = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")

_CUT = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}])")

#: How many there are.
MOST = _LAST - _FIRST + 1


def stand_in(number: int) -> str:
    """The one of a number, from 0."""
    return chr(_FIRST + number)


def cut(text: str) -> tuple[list[str], list[int]]:
    """A text cut at its stand-ins: the words between them, and the numbers of these."""
    pieces = _CUT.split(text)
    return pieces[::2], [ord(found) - _FIRST for found in pieces[1::2]]


def filled_in(text: str, words: Sequence[str]) -> str:
    """The text with the words in place of its stand-ins."""
    if not STAND_INS.search(text):
        return text
    return STAND_INS.sub(lambda found: words[ord(found[0]) - _FIRST], text)
