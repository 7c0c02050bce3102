"""A draft as one text in which facts are looked for, and what is known of its time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drafter.analysis.facts.spans import DAY, YEAR
from drafter.chinese.numerals import read_numeral
from drafter.speech.draft import Draft, Item, plain

#: Years around that of the speech that move with it; others are history or far aims.
NEAR = 2
#: Up to this year a year that no head confirms is history, and no speech's own.
_HISTORY = 2000
#: Words before a year that make it one to come.
_AIMED = re.compile("[到至]$|力争$|确保$|争取$")
#: Words behind a year that make it an aim set for long, the same whenever it is said.
AIMS = re.compile("碳达峰|碳中和|远景|基本实现社会主义现代化|联合国|可持续发展议程|本世纪")
#: So many paragraphs back the time that is spoken of may be said, in so many letters at their beginning.
_FAR, _OPENING = 30, 25
_HALF_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0E: "."}
_SENTENCE_END = "。！？\n"
_CLAUSE_END = "，。；：！？\n"


class TextIn(NamedTuple):
    """A text of the speech: where it begins and ends in the whole, what it is ("title", "dateline", "byline", "heading",
    "text"), and the headings it stands under, the outermost first."""

    start: int
    end: int
    role: str
    under: tuple[str, ...]


class FactText:
    """The texts of a draft, one a line, as `written` and, letter for letter, with half-width figures, `whole`; no fact
    reaches across two."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.texts: list[TextIn] = []
        words = []
        at = 0
        for role, text, under in _texts(draft):
            self.texts.append(TextIn(at, at + len(text), role, under))
            words.append(text)
            at += len(text) + 1
        self.written = "\n".join(words)
        self.whole = self.written.translate(_HALF_WIDTH)
        self._starts = [text.start for text in self.texts]
        lines = (draft.title, draft.dateline, draft.byline)
        self.title, self.dateline, self.byline = (plain(line).translate(_HALF_WIDTH) for line in lines)
        self.head_day = self._head_day()
        self.year = self._year()

    def text_at(self, place: int) -> TextIn:
        """The text a place is in."""
        return self.texts[max(bisect_right(self._starts, place) - 1, 0)]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence a stretch stands in, with its mark."""
        first = max(self.whole.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
        ends = [at for mark in _SENTENCE_END if (at := self.whole.find(mark, end)) >= 0]
        return first, min(ends, default=len(self.whole) - 1) + 1

    def sentence_of(self, start: int, end: int) -> str:
        """Its words."""
        first, last = self.sentence(start, end)
        return self.whole[first:last].strip()

    def openings(self, place: int) -> Iterator[str]:
        """How the paragraphs up to a place begin, and the headings between, the nearest first, in its chapter."""
        at = max(bisect_right(self._starts, place) - 1, 0)
        chapter = self.texts[at].under[:1]
        for text in reversed(self.texts[max(0, at - _FAR) : at + 1]):
            if text.under[:1] != chapter:
                return
            yield self.whole[text.start : min(text.start + _OPENING, text.end)]

    def clause_before(self, place: int) -> str:
        """What stands before a place in its clause."""
        first = max(self.whole.rfind(mark, 0, place) for mark in _CLAUSE_END) + 1
        return self.whole[first:place]

    def clause_after(self, place: int) -> str:
        """What stands behind a place in its clause."""
        found = re.compile(rf"[^{_CLAUSE_END}]*").match(self.whole, place)
        return found[0] if found else ""

    def around(self, start: int, end: int) -> str:
        """A fact with the words around it, to ask by."""
        before = re.split(r"[\n。！？]", self.whole[max(0, start - 8) : start])[-1]
        after = re.split(r"[\n。！？]", self.whole[end : end + 8])[0]
        return f"“{before}____{after}”"

    def _head_day(self) -> str:
        """The day the speech is given, as its head says it; "" where it does not."""
        for head in (self.dateline, self.title):
            found = [m[0] for m in DAY.finditer(head)]
            if found:
                return found[0]
        for text in self.texts[:8]:
            words = self.whole[text.start : text.end]
            day = DAY.search(words) if text.role == "text" and len(words) < 60 else None
            if day and (
                re.search("在.*[会式班]上?$", words) or len(words) - len(day[0]) < 6
            ):  # ——2026年1月28日在……会议上
                return day[0]
        return ""

    def _year(self) -> int | None:
        """The year of the speech: that of its day or title, else the one said most often, the later of two."""
        for head in (self.head_day, self.title):
            found = re.search(
                r"(?<![0-9])(?:(?:19|20)[0-9]{2}|[二一][〇○零一二三四五六七八九]{3})(?=[年届级.\-/])", head
            )
            if found:
                return read_numeral(found[0])
        past = re.search("过去的((?:19|20)[0-9]{2})年", self.whole)
        if past:
            return int(past[1]) + 1
        counts: Counter[int] = Counter()
        for m in YEAR.finditer(self.whole):
            year = read_numeral(m[0])
            behind = self.whole[m.end() : m.end() + 12]
            if _AIMED.search(self.whole[max(0, m.start() - 2) : m.start()]) or behind.startswith(
                ("年以来", "年起", "年前")
            ):
                continue
            if year and year > _HISTORY and not re.match("年[春夏秋冬初末底]", behind) and not AIMS.search(behind):
                counts[year] += 1
        if not counts:
            return None
        most = max(counts.values())
        return max(year for year, count in counts.items() if count * 2 >= most)

    def offset(self, year: int) -> int | None:
        """How many years a year is behind that of the speech (before: negative); None where it does not move with it."""
        return year - self.year if self.year and abs(year - self.year) <= NEAR else None


def _texts(draft: Draft) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every text of a draft an outline has on its own, with its role and the headings above it."""
    for role, rich in (("title", draft.title), ("dateline", draft.dateline), ("byline", draft.byline)):
        if rich:
            yield role, plain(rich), ()

    def of(items: Sequence[Item], under: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        for item in items:
            heading = plain(item.heading)
            if heading:
                yield "heading", heading, under
            inner = (*under, heading)
            yield from (("text", plain(p.text), inner) for p in item.paragraphs)
            yield from of(item.items, inner)

    for part in draft.parts:
        yield from (("text", plain(p.text), ()) for p in part.paragraphs)
        yield from of(part.items, ())
