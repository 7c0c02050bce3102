"""What many rules ask of all lines of a speech, worked out once for all of them.

A rule that finds nothing in a text without certain characters says so (`NEEDS`, see `drafter.check.rules`), and looks
only at the lines that have one (`having`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from drafter.chinese.numerals import count_read
from drafter.speech.block import Line

_Lines = tuple[Line, ...]
_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")


def kept(work: Callable[[_Asked], _Told]) -> Callable[[_Asked], _Told]:
    """The same work, its answer kept for the lines (or the speech) it was asked about last. They are known by their
    identity: to hash all lines of a speech for each question takes longer than most answers."""
    last: list[tuple[_Asked, _Told]] = []

    @wraps(work)
    def asked(lines: _Asked) -> _Told:
        for known, answer in last:
            if known is lines:
                return answer
        answer = work(lines)
        last[:] = [(lines, answer)]
        return answer

    return asked


@kept
def characters(lines: _Lines) -> tuple[frozenset[str], ...]:
    """The characters of each line."""
    return tuple(frozenset(line.text) for line in lines)


@kept
def alphabet(lines: _Lines) -> frozenset[str]:
    """The characters of all lines."""
    return frozenset().union(*characters(lines))


def having(lines: _Lines, needs: str) -> Iterator[tuple[int, Line]]:
    """The lines that have one of the characters `needs`, with their numbers."""
    without = frozenset(needs).isdisjoint
    for number, own in enumerate(characters(lines)):
        if not without(own):
            yield number, lines[number]


@kept
def sizes(lines: _Lines) -> tuple[int, ...]:
    """How many 字 each line is when read aloud."""
    return tuple(count_read(line.text) for line in lines)
