"""The numbered points of a speech: 一、 （一） 1. at the beginning of paragraphs, 一是 二是 inside them, and which belong
together.

Tolerant of wrong marks behind a number (一. 1、 （一）、), so that rules can speak of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from drafter.check.whole import kept
from drafter.chinese.numerals import numeral, read_numeral
from drafter.chinese.prose import matches
from drafter.speech.block import Line
from drafter.speech.marks import mark_of

_HAN = "[一二三四五六七八九十]{1,3}"

#: Styles that are said in running text.
RUNNING = ("第一，", "其一，", "一是", "一要")


class NumberedPoint(NamedTuple):
    """One number: where its label stands, its style (the sample of its first number), its number, and what follows it
    up to the end of the sentence. `alone`: the paragraph is nothing but its heading; `parent`: the index of the point
    above it among `points()`, None where none is; `part`: how many headings without a number came before."""

    line: int
    start: int
    end: int
    style: str
    number: int
    label: str
    heading: str
    alone: bool
    parent: int | None
    part: int


#: The kinds of `drafter.speech.marks` that rules speak of, as styles.
_STYLES = {kind: kind for kind in ("一、", "（一）", "1.", "（1）", "1）", "①", "第一，", "其一，")} | {"部分": "第一部分"}


@lru_cache(maxsize=4096)
def label_of(text: str) -> tuple[str, int, str] | None:
    """The style, number and label a paragraph begins with; None where it begins with none. 一、二季度 is none, nor is
    第一个方面：, whose mark is said of what follows."""
    mark = mark_of(text)
    style = _STYLES.get(mark.kind) if mark else None
    if mark is None or style is None:
        return None
    label = mark.label.rstrip()
    if mark.kind in ("第一，", "其一，") and (label[-1] not in "，、,：:" or len(label) != len(numeral(mark.number)) + 2):
        return None
    if mark.kind == "部分":
        label = label.rstrip("，、：:,")
    rest = text[len(label) :]
    if mark.kind == "1." and (not rest.strip() or re.match("[a-zA-Z/]", rest)):
        return None
    return style, mark.number, label


@kept
def points(lines: tuple[Line, ...]) -> tuple[NumberedPoint, ...]:
    """The numbers that begin paragraphs, in order."""
    out: list[NumberedPoint] = []
    stack: list[int] = []
    part = 0
    for n, line in enumerate(lines):
        if line.role in ("title", "subtitle", "dateline", "byline", "greeting", "signature"):
            continue
        at = len(line.text) - len(line.text.lstrip())
        found = label_of(line.text[at:])
        if not found:
            if line.role == "heading":
                part += 1
                stack.clear()
            continue
        style, number, label = found
        while stack and style in {out[i].style for i in stack}:
            stack.pop()
        rest = line.text[at + len(label) :]
        heading = re.match("[^。！？；]*", rest)
        first = heading[0].strip() if heading else ""
        alone = line.role == "heading" or len(rest.strip().rstrip("。：:；")) == len(first)
        out.append(
            NumberedPoint(
                line=n,
                start=at,
                end=at + len(label),
                style=style,
                number=number,
                label=label,
                heading=first,
                alone=alone,
                parent=stack[-1] if stack else None,
                part=part,
            )
        )
        stack.append(len(out) - 1)
    return tuple(out)


@kept
def groups(lines: tuple[Line, ...]) -> tuple[tuple[NumberedPoint, ...], ...]:
    """The points of one style under one parent, each group begun anew by its first number."""
    open_: dict[tuple[str, int | None, int], list[NumberedPoint]] = {}
    out: list[list[NumberedPoint]] = []
    for point in points(lines):
        key = (point.style, point.parent, point.part)
        if key not in open_ or point.number == 1:
            open_[key] = []
            out.append(open_[key])
        open_[key].append(point)
    return tuple(map(tuple, out))


#: Numbers of these styles go on from one another, where somebody has mixed them up.
SIBLINGS = ("一、", "（一）", "1.", "（1）", "①", "第一，", "其一，")


@kept
def odd_firsts(lines: tuple[Line, ...]) -> dict[int, NumberedPoint]:
    """First points that are the odd ones of their series, by the line of its second: （1） （二） （三）. Neither has their own
    style a second, nor that of the others a first."""
    found = {}
    all_ = points(lines)
    before: list[int] = []  # the number of the last point of its style, for every point
    last: dict[str, int] = {}
    for p in all_:
        before.append(last.get(p.style, 0))
        last[p.style] = p.number
    behind: dict[str, int] = {}  # the number of the next point of each style
    for at in range(len(all_) - 1, 0, -1):
        first, p = all_[at - 1], all_[at]
        siblings = p.style != first.style and p.part == first.part and {p.style, first.style} <= set(SIBLINGS)
        goes_on = behind.get(p.style) == 3 and behind.get(first.style) != 2
        if siblings and goes_on and (first.number, p.number) == (1, 2) and before[at] != 1:
            found[p.line] = first
        behind[p.style] = p.number
    return found


@kept
def mistyped(lines: tuple[Line, ...]) -> dict[int, int]:
    """Points with the number of the next one, which goes on from there, by their line, and the number that is theirs: the second
    （四） of （二） （四） （四） （五） is right."""
    series: dict[str, list[NumberedPoint]] = {}
    for p in points(lines):
        series.setdefault(p.style, []).append(p)
    found = {}
    for of_style in series.values():
        for before, p, after in zip(of_style, of_style[1:], of_style[2:], strict=False):
            if p.style not in RUNNING and p.number == after.number == before.number + 2 and before.part == p.part == after.part:
                found[p.line] = before.number + 1
    return found


def counted(n: int) -> str:
    """A number as it is said before a measure word: 两条, 三条."""
    return "两" if n == 2 else numeral(n)


class Said(NamedTuple):
    """A number said in running text: 一是, 二要, 第三，. `verb` is what follows the number (是, 要 …; ， for 第一，)."""

    start: int
    end: int
    number: int
    verb: str


@lru_cache(maxsize=1)
def _running() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[。；：，！？;:,“—\s])|(?<=[。！？；][”’）])|^)(?:(?P<n>{_HAN})(?P<v>[是要])|第(?P<o>{_HAN})(?P<w>[，,是要])"
        rf"|其(?P<q>{_HAN})(?P<x>[，,是]))"
    )


#: What makes 一是 and 一要 something else: 三要素, and 一是一 (see `said`).
_NO_NUMBER = re.compile("是否|要[素点件义务害塞冲职么]")


@lru_cache(maxsize=4096)
def said(text: str) -> tuple[Said, ...]:
    """The numbers said in a paragraph, in order."""
    if not ("是" in text or "要" in text or "第" in text or "其" in text):
        return ()
    out = []
    for found in matches(_running(), text, "[一二三四五六七八九十第其](?=[一二三四五六七八九十是要])"):
        group = found.lastgroup or ""
        kind = {"v": "n", "w": "o", "x": "q"}[group]
        number = read_numeral(found[kind])
        mark = found[group].replace(",", "，")
        if text[found.end() : found.end() + 1] == "”":
            continue  # “六要” is a name
        if kind == "n" and (
            _NO_NUMBER.match(text, found.end() - 1)
            or re.match(rf"{found['n']}(?![\u4e00-\u9fff])", text[found.end() :])
        ):
            continue
        if kind == "o" and mark in "是要" and number == 1 and "第二" not in text[found.end() :]:
            continue
        if number:
            out.append(Said(found.start(), found.end(), number, {"n": mark, "o": "第" + mark, "q": "其" + mark}[kind]))
    return tuple(out)
