"""Rules look only at lines that have what they need: whatever their patterns match has it."""

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from drafter.check.rules import names
from drafter.check.whole import Needed, each_with_each, having, needed
from drafter.chinese.pairs import pair
from drafter.speech.block import Line

#: More characters than that in a class are as good as any.
MANY = 40

#: What `\d` and `\s` are in a line of a paper: figures of other scripts and other spaces are none in Chinese.
FIGURES, BLANKS = frozenset("0123456789０１２３４５６７８９"), frozenset(" \t\u3000\u00a0")

#: A place in a pattern: the characters that may stand there, None for any; or one of several ways to go on.
Place = frozenset[str] | None | list[list[Any]]


def lines(*texts: str) -> tuple[Line, ...]:
    return tuple(map(Line, texts))


def test_lines_are_looked_at_that_have_a_word_or_a_character() -> None:
    needs = needed("大概|约|" + each_with_each("近将", "一二"))
    paper = lines("大概有十人。", "概大", "节约", "将二近", "将近一年", "", "大\n概", "最大")
    assert [number for number, _ in having(paper, needs)] == [0, 2, 3, 4]


def test_words_that_are_told_of_later_leave_all_lines() -> None:
    paper = lines("甲", "乙")
    assert [*having(paper, needed("丙丁"))] == []
    assert [number for number, _ in having(paper, needed("戊己"))] == [0, 1]


def characters(items: list[Any]) -> frozenset[str] | None:
    """Those of a class."""
    out: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            out.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < MANY:
            out.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            out |= FIGURES
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            out |= BLANKS
        else:
            return None
    return frozenset(out)


def places(parsed: Any) -> Iterator[Place]:
    """What has to stand one behind the other; None also where there may be something else between. What is looked for ahead
    stands there too."""
    for kind, value in parsed:
        if kind is op.LITERAL:
            yield frozenset(chr(value))
        elif kind is op.IN:
            yield characters(value)
        elif kind is op.SUBPATTERN:
            yield from places(value[3])
        elif kind is op.BRANCH:
            yield [[*places(branch)] for branch in value[1]]
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, body = value
            once = [*places(body)]
            further = [[*once * max(least, 1), None, *once], *([once] if least == 0 else [])]
            yield [once * least, *(further if most != least else [])]
        elif kind is op.ASSERT:
            ahead = value[0] > 0
            yield from ([[*places(value[1]), None]],) if ahead else (None, *places(value[1]))
        elif kind not in (op.AT, op.ASSERT_NOT):
            yield None


def ways(row: list[Place], most: int = 4_000) -> list[list[frozenset[str] | None]]:
    """The rows without choices, all of them; [] where there are too many."""
    out: list[list[frozenset[str] | None]] = [[]]
    for place in row:
        further = [way for branch in place for way in ways(branch, most)] if isinstance(place, list) else [[place]]
        out = [[*way, *more] for way, more in product(out, further)] if len(out) * len(further) <= most else []
        if not out:
            return []
    return out


def has(way: list[frozenset[str] | None], needs: Needed) -> bool:
    """Whether whatever goes this way has one of the words."""
    if any(place is not None and place <= needs.alone for place in way):
        return True
    return any(
        all(pair(a + b) in needs.pairs or {a, b} & needs.alone for a in one for b in other)
        for one, other in pairwise(way)
        if one is not None and other is not None
    )


def assured(parsed: Any, needs: Needed) -> bool:
    """Whether whatever a pattern matches has one of the words: branch by branch, since these have little in common."""
    row = [*places(parsed)]
    if len(row) == 1 and isinstance(row[0], list):
        return all(assured_row(branch, needs) for branch in row[0])
    return assured_row(row, needs)


def assured_row(row: list[Place], needs: Needed) -> bool:
    for size in range(1, 6):  # some few places side by side are enough, and all of them too many ways
        for start in range(max(1, len(row) - size + 1)):
            some = ways(row[start : start + size])
            if some and all(has(way, needs) for way in some):
                return True
    return any(isinstance(place, list) and all(assured_row(branch, needs) for branch in place) for place in row)


#: The pattern that finds whatever a rule finds. Where there is another, the rule has asked for the same words before.
PATTERNS = {
    "copied-from-web": "_hints",
    "empty-words": "_words",
    "points-miscounted": "_promise",
}


def of_one_pattern() -> Iterator[str]:
    """The rules that need words and have a pattern for what they find."""
    for name in names():
        module = import_module(f"drafter.check.rules.{name.replace('-', '_')}")
        if hasattr(module, "_NEEDS") and hasattr(module, PATTERNS.get(name, "_pattern")):
            yield name


@pytest.mark.parametrize("name", [*of_one_pattern()])
def test_what_a_pattern_matches_has_what_its_rule_needs(name: str) -> None:
    module = import_module(f"drafter.check.rules.{name.replace('-', '_')}")
    pattern = getattr(module, PATTERNS.get(name, "_pattern"))()
    assert isinstance(pattern, re.Pattern)
    assert assured(_parser.parse(pattern.pattern), module._NEEDS)
