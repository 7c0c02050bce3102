"""Ways in which programs break the lines of a text."""

import unicodedata

#: What a character counts: (wide, ambiguous, narrow).
MEASURES = {"print": (2, 2, 1), "terminal": (2, 1, 1), "characters": (1, 1, 1), "bytes": (3, 3, 1)}

_CLOSERS, _OPENERS = "，。、；：！？）》”’…—%％", "（《“‘"


def width(text: str, measure: str) -> int:
    wide, ambiguous, narrow = MEASURES[measure]
    east = (unicodedata.east_asian_width(c) for c in text)
    return sum(wide if e in "WF" else ambiguous if e == "A" else narrow for e in east)


def wrapped(text: str, columns: int, measure: str = "print", manner: str = "anywhere") -> list[str]:
    """The lines of a paragraph. `manner`: "anywhere"; "marks", no line begins with a mark, as in print; "hanging", a
    mark stands beyond the edge instead; "words", as "marks", and words and figures stay whole."""
    lines: list[str] = []
    line: list[str] = []
    for unit in _units(text, manner == "words"):
        full = bool(line) and width("".join(line), measure) + width(unit, measure) > columns
        if full and manner == "hanging" and unit in _CLOSERS and width("".join(line), measure) <= columns:
            full = False
        if full:
            keep = len(line)
            if manner in ("marks", "words"):
                if unit in _CLOSERS:
                    keep -= 1
                while keep > 1 and keep < len(line) + 1 and (line[keep - 1] in _OPENERS or (keep < len(line) and line[keep] in _CLOSERS)):
                    keep -= 1
            lines.append("".join(line[:keep]))
            line = line[keep:]
        line.append(unit)
    return [*lines, "".join(line)]


def _units(text: str, words: bool) -> list[str]:
    units: list[str] = []
    for char in text:
        joins = words and bool(units) and char.isascii() and (char.isalnum() or char in ".,")
        if joins and units[-1][0].isascii() and units[-1][0].isalnum():
            units[-1] += char
        else:
            units.append(char)
    return units
