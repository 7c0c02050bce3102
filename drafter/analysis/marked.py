"""How one text was made of another, letter by letter, and the text with that marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

#: Letters times letters up to which two texts are compared letter by letter; a stretch of fewer letters between two
#: changes, which are there by chance, is changed too.
_MOST = 4_000_000
_BY_CHANCE = 2

#: What is shown as one where it changes: a blank, a number, a part of a date, a word of letters, a letter.
_PIECES = re.compile(r"【[^】\n]*】|[0-9][0-9,.]*[年月日%％]?|[A-Za-z]+|.", re.DOTALL)

Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[object], new: Sequence[object]) -> list[Opcode]:
    """How to make one text of another, as difflib says it, in letters; numbers change whole, and letters that two
    changes have between them by chance change too."""
    one, other = "".join(map(str, old)), "".join(map(str, new))
    if len(one) * len(other) > _MOST:
        start = _alike_from_start(one, other)
        end = _alike_from_start(one[start:][::-1], other[start:][::-1])
        rows = [("equal", 0, start, 0, start), ("replace", start, len(one) - end, start, len(other) - end)]
        rows.append(("equal", len(one) - end, len(one), len(other) - end, len(other)))
        return [row for row in rows if row[2] > row[1] or row[4] > row[3]]
    a, b = _PIECES.findall(one), _PIECES.findall(other)
    starts_a, starts_b = _starts(a), _starts(b)
    out: list[Opcode] = []
    found = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for n, (kind, i0, i1, j0, j1) in enumerate(found):
        row = (kind, starts_a[i0], starts_a[i1], starts_b[j0], starts_b[j1])
        small = kind == "equal" and 0 < n < len(found) - 1 and row[2] - row[1] < _BY_CHANCE
        if small or kind != "equal":
            row = ("replace", *row[1:])
        if out and out[-1][0] == row[0] == "replace":
            out[-1] = ("replace", out[-1][1], row[2], out[-1][3], row[4])
        else:
            out.append(row)
    return out


def _alike_from_start(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _starts(pieces: Sequence[str]) -> list[int]:
    out = [0]
    for piece in pieces:
        out.append(out[-1] + len(piece))
    return out


def marked(old: str, new: str, around: int = 0) -> str:
    """A text with what changed marked: 原来的[-去掉的-]{+加上的+}. With `around` the same words are cut to so many letters
    beside a change."""
    out = ""
    rows = opcodes(old, new)
    for n, (kind, i0, i1, j0, j1) in enumerate(rows):
        if kind == "equal":
            same = old[i0:i1]
            if around and len(same) > 2 * around:
                same = f"{same[:around] if n else ''}…{same[-around:] if n < len(rows) - 1 else ''}"
            out += same
            continue
        out += f"[-{old[i0:i1]}-]" if i1 > i0 else ""
        out += f"{{+{new[j0:j1]}+}}" if j1 > j0 else ""
    return out
