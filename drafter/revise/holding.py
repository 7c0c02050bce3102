"""Whether the words of a paragraph can change without spoiling what hangs on them. Pure: tokens and holds in, an answer
out."""

from collections.abc import Sequence
from typing import NamedTuple

from drafter.speech.match import Opcode, opcodes
from drafter.word.holds import Hold
from drafter.word.tokens import Token, Tokens, atoms


class InTheWay(NamedTuple):
    """What cannot change: `words`, those of the paragraph; `blanks`, the answers of some of its blanks, by their number
    among its tokens."""

    words: bool
    blanks: frozenset[int]


NOTHING = InTheWay(False, frozenset())


def in_the_way(holds: Sequence[Hold], old: Tokens, new: Tokens) -> InTheWay:
    """What of `holds` would be spoiled where a paragraph that says `old` comes to say `new`."""
    if not holds or old == new:
        return NOTHING
    places = _places(old)
    wanted = _places(new)
    words = False
    blanks = set()
    for step in opcodes(atoms(old), atoms(new)):
        kind, i0, i1, j0, _ = step
        if kind != "equal":
            words = words or any(_spoils(step, hold) for hold in holds)
            continue
        for i in range(i0, i1):
            at, there = places[i], wanted[j0 + i - i0]
            if at is not None and there is not None and _answered_otherwise(holds, i, old[at], new[there]):
                blanks.add(at)
    return InTheWay(words, frozenset(blanks))


def _places(tokens: Tokens) -> list[int | None]:
    """For each letter, a blank counted as one, the number of the token where it is a blank."""
    return [at for n, token in enumerate(tokens) for at in ([n] if token.tag else [None] * len(token.text))]


def _spoils(step: Opcode, hold: Hold) -> bool:
    """Whether letters that go, or come, spoil what hangs on some of them."""
    _, i0, i1, j0, j1 = step
    if i0 == i1:
        return hold.firm and hold.low < i0 < hold.high
    if hold.firm or hold.inner is not None:
        return i0 < hold.high and hold.low < i1
    return i0 <= hold.low and hold.high <= i1 and (j0 == j1 or i0 < hold.low)


def _answered_otherwise(holds: Sequence[Hold], at: int, old: Token, new: Token) -> bool:
    """Whether another answer spoils what hangs on letters of the one that stands there."""
    inner = [
        Hold(*hold.inner, hold.firm, None, hold.looks) for hold in holds if hold.inner is not None and hold.low == at
    ]
    if not inner or old.text == new.text:
        return False
    if old.empty or new.empty:  # then it is typed anew, in the looks of what comes first
        return any(not hold.looks or (hold.low > 0 and new.empty) for hold in inner)
    steps = opcodes(list(old.text), list(new.text))
    return any(_spoils(step, hold) for step in steps if step[0] != "equal" for hold in inner)
