"""Findings that a base draft had already: the same rule about the same words in a sentence that says the same, wherever it has
moved to. What is left stands in words that changed, or has newly arisen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from drafter.check.kept import short
from drafter.check.rules import Finding, Speech
from drafter.speech.marks import mark_of

#: A sentence is looked for so far (characters) before and behind the words: there are papers without an end of one.
_FAR = 500

_ENDS = "。！？；!?;\n"
_BEHIND = re.compile(rf"[{_ENDS}]+[”’）》]*|$")

#: What of a message changes when something else in the paper does: lengths, counts, numbers of lines.
_FIGURES = re.compile(r"[0-9]+|[一二三四五六七八九十百]+")


def _sentence(text: str, start: int, end: int) -> str:
    """What stands around some words up to the ends of their sentences, without the number the paragraph begins with; blanks do
    not count."""
    first, last = max(0, start - _FAR), min(len(text), end + _FAR)
    begun = max(first, *(text.rfind(mark, first, start) + 1 for mark in _ENDS))
    behind = _BEHIND.search(text, max(end - 1, begun), last)
    mark = mark_of(text[:_FAR]) if begun == 0 else None
    said = text[len(mark.label) if mark is not None else begun : behind.end() if behind else last]
    return re.sub(r"\s+", "", said)


def _keys(speech: Speech, found: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """What findings are known again by."""
    out = []
    for f in found:
        text = speech.lines[f.line].text if speech.lines else ""
        words = short(text[f.start : f.end])
        where = _sentence(text, f.start, f.end) if words else _FIGURES.sub("", f.message)
        out.append((f.rule, words, where))
    return out


def arisen(
    speech: Speech, found: Sequence[Finding], base: Speech, found_before: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are new against a base draft, and those it had already. One that the base had once and that now stands
    twice is new once."""
    before = Counter(_keys(base, found_before))
    new, known = [], []
    for f, key in zip(found, _keys(speech, found), strict=True):
        if before[key]:
            before[key] -= 1
            known.append(f)
        else:
            new.append(f)
    return tuple(new), tuple(known)
