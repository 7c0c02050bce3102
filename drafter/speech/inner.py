"""The lists inside a paragraph: 一是……；二是……。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.speech.cues import widened
from drafter.speech.marks import Mark, mark_of
from drafter.speech.run_in import heading_ends


class Entry(NamedTuple):
    """An item of a list inside a paragraph: where its mark begins, where its words do, and where it ends. `heading`:
    where the heading ends that its words begin with, the same as `words` where they begin with none."""

    start: int
    words: int
    end: int
    mark: Mark
    heading: int


_INNER = re.compile(
    r"(?:(?<=[。；：！？:;\s”）])|^)(?=[一二三四五六七八九十]{1,3}、)|"
    r"(?:(?<=[。；：，！？、:;,\s”）])|^)(?=(?!([一二三四五六七八九十])是\1[，。、；])[一二三四五六七八九十]{1,3}[是要]|第[一二三四五六七八九十]{1,3}(?:[，、：]|是"
    r"|[个点条句件项步类层种](?:[\u4e00-\u9fff]{0,3}[，、：]|[\u4e00-\u9fff]{0,3}是))|其[一二三四五六七八九十][，：是]|"
    r"首先[，是]|其次[，是]|再次[，是]|最后[，是]|[0-9]{1,2}[.．、](?![0-9]))|(?=[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳])"
)


def entries_within(text: str) -> tuple[tuple[Entry, ...], ...]:
    """The lists inside a paragraph, one behind the other: 一是……；二是……。 An item may hold several sentences; the last ends
    with the paragraph, or where its sentence ends if all before it were one sentence."""
    typed, text = text, widened(text)
    marks: list[tuple[int, Mark]] = []
    for found in _INNER.finditer(text):
        mark = mark_of(text[found.start() : found.start() + 12])
        if mark and mark.number:
            label = typed[found.start() : found.start() + len(mark.label)]
            marks.append((found.start(), mark._replace(label=label)))
    out: list[tuple[Entry, ...]] = []
    used: set[int] = set()
    for first, (_, mark) in enumerate(marks):
        if first in used or mark.number != 1:
            continue
        run = [first]
        for later in range(first + 1, min(len(marks), first + 60)):
            there = marks[later][1]
            if there.kind != mark.kind or later in used:
                continue
            last = marks[run[-1]][1].number
            if there.number == last + 1 or (there.number == 99 and len(run) > 1):
                run.append(later)
            elif there.number == last + 2 > 3 and not any(
                one.kind == mark.kind and one.number == last + 1 for _, one in marks[later + 1 : later + 60]
            ):
                run.append(later)  # 一是 二是 四是: a slip
            elif there.number == 1:
                break
        if len(run) < 2:
            continue
        used.update(run)
        out.append(tuple(_entries(text, [marks[n] for n in run])))
    return tuple(out)


def _entries(text: str, run: Sequence[tuple[int, Mark]]) -> Iterator[Entry]:
    spans = list(_spans(text, run))
    heads = heading_ends([text[words:end] for _, words, end in spans], [mark.kind for _, mark in run])
    for (start, words, end), (_, mark), head in zip(spans, run, heads, strict=True):
        yield Entry(start, words, end, mark, words + head)


def _spans(text: str, run: Sequence[tuple[int, Mark]]) -> Iterator[tuple[int, int, int]]:
    """Where the mark of each item begins, where its words do, and where it ends."""
    one_sentence = True
    for number, (start, mark) in enumerate(run):
        if number + 1 < len(run):
            end = run[number + 1][0]
            one_sentence = one_sentence and not re.search(r"[。！？](?=.)", text[start : end].rstrip("。；！？"))
        else:
            stop = re.search(r"[。！？]", text[start:])
            end = start + stop.end() if stop and one_sentence else len(text)
        yield start, start + len(mark.label), end
