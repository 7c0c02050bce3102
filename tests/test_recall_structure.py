"""Mistakes of structure put into the texts of all shipped outlines, one at a time: every one must be found.

At every place where it can be made, a number is left out (the first one of 一、 二、 too), said twice or written in another style, a promised number of points
changed, and 一是 二是 三是 inside a paragraph disturbed. What the untouched text raises does not count.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from test_check import OUTLINES, paper

from drafter.check.rules import Speech, run
from drafter.check.series import groups
from drafter.chinese.numerals import numeral
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.speech.recognise import lines_of

RULES = ("number-skipped", "number-repeated", "points-miscounted", "mixed-numbering", "mixed-ordinals", "recap-miscounted", "second-missing", "set-miscounted", "reversed-levels", "skipped-level")


class Injured(NamedTuple):
    """A text with one mistake put in, and the rules one of which must tell of it."""

    what: str
    rows: tuple[str, ...]
    rules: frozenset[str]
    shown: str


@cache
def rows_of(path: Path) -> tuple[str, ...]:
    return tuple(line.text for line in paper(path).speech.lines)


def speech_of(path: Path, rows: tuple[str, ...]) -> Speech:
    """The rows read as a text file is, on the day of the outline's speech."""
    return paper(path).speech._replace(lines=lines_of([Block("", (Span(row),)) for row in rows]))


def told(path: Path, rows: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The rules that fire, each with the words before the place: places move when a paragraph goes."""
    speech = speech_of(path, rows)
    return frozenset((f.rule, speech.lines[f.line].text[: f.end]) for f in run(speech, RULES, level="warning"))


def _with(rows: tuple[str, ...], at: int, text: str) -> tuple[str, ...]:
    return (*rows[:at], *([text] if text else []), *rows[at + 1 :])


def injured(path: Path) -> Iterator[Injured]:
    rows = rows_of(path)
    for group in groups(speech_of(path, rows).lines):
        first = group[0]
        if (first.number, first.style) == (1, "一、") and len({p.line for p in group[:3]}) == 3 and rows[first.line].startswith(first.label):
            yield Injured("first left out", _with(rows, first.line, ""), frozenset(("number-skipped", "points-miscounted")), rows[first.line])
        for before, point, after in zip(group, group[1:], group[2:], strict=False):
            if len({p.line for p in (before, point, after)}) < 3 or (before.number, after.number) != (point.number - 1, point.number + 1):
                continue
            row = rows[point.line]
            if not row.startswith(point.label):
                continue
            rest = row[len(point.label) :]
            yield Injured("left out", _with(rows, point.line, ""), frozenset(("number-skipped", "points-miscounted")), row)
            yield Injured("repeated", _with(rows, point.line, before.label + rest), frozenset(("number-repeated",)), row)
            if point.style in ("一、", "（一）"):
                other = {"一、": f"{point.number}．", "（一）": f"{point.number}．"}[point.style]
                yield Injured("figures", _with(rows, point.line, other + rest), frozenset(("mixed-numbering", "number-skipped")), row)
                ordinal = f"第{numeral(point.number)}，"
                yield Injured("ordinal", _with(rows, point.line, ordinal + rest), frozenset(("mixed-numbering", "number-skipped")), row)
    for at, row in enumerate(rows):
        promise = re.search("(?:讲|谈|提|说|强调|做到|抓好)[^。，]{0,4}([两三四五六])(?:点|个|句|条)[^。，“”]{0,6}[。：]?$", row)
        if promise and ("points-miscounted", "") not in told(path, rows):
            more = "两三四五六七"["两三四五六".index(promise[1]) + 1]
            yield Injured("promise", _with(rows, at, row[: promise.start(1)] + more + row[promise.end(1) :]), frozenset(("points-miscounted",)), row)
        for tail in "是要":
            if re.search(f"一{tail}.*二{tail}.*三{tail}", row):
                change = {"inline left out": f"四{tail}", "inline repeated": f"一{tail}", "inline switched": "二" + "要是"["是要".index(tail)]}
                for what, new in change.items():
                    changed = row.replace(f"二{tail}", new, 1)
                    yield Injured(what, _with(rows, at, changed), frozenset(("number-skipped", "number-repeated", "mixed-ordinals")), row)


@pytest.mark.parametrize("path", OUTLINES, ids=lambda p: p.stem)
def test_every_mistake_of_structure_is_found(path: Path) -> None:
    clean = told(path, rows_of(path))
    missed = [(one.what, one.shown[:40]) for one in injured(path) if not {rule for rule, _ in told(path, one.rows) - clean} & one.rules]
    assert missed == []


def test_there_are_hundreds_of_them() -> None:
    made = [one.what for path in OUTLINES for one in injured(path)]
    assert len(made) >= 400
    assert len(set(made)) == 9
