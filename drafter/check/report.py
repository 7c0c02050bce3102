"""What the proof-reader found, told where a reader looks for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.check.paper import Paper
from drafter.check.paragraphs import Origin
from drafter.check.rules import LEVELS, Finding
from drafter.chinese.quoting import quoted
from drafter.diagnostic import Diagnostic, Place
from drafter.speech.spot import Spot, SpotData

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding


class ElsewhereData(TypedDict):
    """A place in another paper, for programs: `paragraph` is counted from 1."""

    file: str
    paragraph: int
    words: str


class FindingData(TypedDict):
    """A finding for programs. `line` and `column` are those of the file, null where it stands in no text; `paragraph`
    and `start` those of the speech, from 1; `instead` may take the place of `words`, null where that is for a person to
    say; `odds` how many to one it is a fault, null where the rule does not reckon; `other` is the place in another paper that
    it does not agree with, null for a fault of one paper alone; `fingerprint` is the same in every version of the text.
    `suggestions` are all that might take the place of the words, `instead` first; `before` and `behind` what stands around them
    in their sentence; `place` is where a person finds them."""

    rule: str
    level: str
    file: str
    line: int | None
    column: int | None
    paragraph: int
    start: int
    length: int
    words: str
    message: str
    instead: str | None
    safe: bool
    odds: float | None
    other: ElsewhereData | None
    source: str
    place: SpotData
    fingerprint: str
    suggestions: list[str]
    before: str
    behind: str


class Remark(NamedTuple):
    """A finding where a reader looks for it. `paragraph` and `column` count from 1; `words` are those meant; `source`
    is what the rule rests on; `unit` what the lines of its place are called, 行 or, in a file that has paragraphs, 段;
    `fingerprint` is the same in every version of a text (see `drafter.check.kept.fingerprint`); `before` and `behind` are the
    rest of the sentence the words stand in, cut where it is long; `spot` is where a person finds them."""

    finding: Finding
    place: Place
    paragraph: int
    column: int
    excerpt: str
    words: str
    source: str
    unit: str = "行"
    fingerprint: str = ""
    before: str = ""
    behind: str = ""
    spot: Spot = Spot()

    @property
    def suggestions(self) -> tuple[str, ...]:
        """What might take the place of the words, the likeliest first."""
        f = self.finding
        return tuple(dict.fromkeys((*(() if f.instead is None else (f.instead,)), *f.others)))

    def shown(self, also: str = "", sourced: bool = True) -> Diagnostic:
        """As it is shown: place, fault, excerpt, remedy, where it was made `also`, rule and, where it is to be `sourced`,
        source."""
        f = self.finding
        told = f"[{f.rule}] {self.source}" if sourced else f"[{f.rule}]"
        sure = sureness(f)
        hint = remedy(f) + (f"（{sure}）" if sure else "")
        length = max(1, f.end - f.start)
        return Diagnostic(
            f.message,
            self.place,
            "\n".join(filter(None, (hint, also, told))),
            self.excerpt,
            length,
            f.level,
            f.rule,
            code=f.rule,
        )

    def json(self) -> FindingData:
        """For programs."""
        f = self.finding
        return {
            "rule": f.rule,
            "level": f.level,
            "file": self.place.file,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "paragraph": self.paragraph,
            "start": self.column,
            "length": f.end - f.start,
            "words": self.words,
            "message": f.message,
            "instead": f.instead,
            "safe": f.safe,
            "odds": f.odds,
            "other": ElsewhereData(file=f.other.file, paragraph=f.other.paragraph, words=f.other.words) if f.other else None,
            "source": self.source,
            "place": self.spot.json(),
            "fingerprint": self.fingerprint,
            "suggestions": list(self.suggestions),
            "before": self.before,
            "behind": self.behind,
        }


def remedy(f: Finding) -> str:
    """What to write instead, "" where that is for a person to say."""
    if f.instead is None:
        return ""
    return f"改成{quoted(f.instead)}。" if f.instead else "删掉。"


def sureness(f: Finding) -> str:
    """How sure a rule is that reckons, as a person reads it, "" for the others: 52.3 → "把握约 50 比 1"."""
    if f.odds is None:
        return ""
    step = 1 if f.odds < 10 else 10 if f.odds < 100 else 100
    return f"把握约 {min(1000, max(1, round(f.odds / step) * step))} 比 1"


def on_a_blank(text: str, f: Finding) -> bool:
    """Whether a finding stands on words of a blank 【…】, or on some that have one in them."""
    begun = text.rfind("【", 0, f.start)
    return "【" in text[begun if begun > text.rfind("】", 0, f.start) else f.start : f.end]


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each level, the gravest first."""
    out = dict.fromkeys(LEVELS, 0)
    for f in found:
        out[f.level] += 1
    return {level: n for level, n in out.items() if n}


def _offset(origin: Origin) -> int:
    return origin.offset


def place_of(paper: Paper, f: Finding, file: str) -> tuple[Place, str]:
    """Where a finding stands, and the row of the source it stands in; the file alone where it stands in no text."""
    origins = paper.origins[f.line] if f.line < len(paper.origins) else ()
    if not origins:
        return Place(file), ""
    start, source, line, column, answer = origins[max(0, bisect_right(origins, f.start, key=_offset) - 1)]
    row = source.lines[line - 1]
    column = min(column + (0 if answer else max(0, f.start - start)), len(row) + 1)
    return Place(source.file, line, column), row


#: So many letters of a sentence are told on each side of words that are found wrong.
_AROUND = 60


def around_in_sentence(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind some words in their sentence, with … where it is cut."""
    low = max(0, start - _AROUND)
    before = text[low:start]
    stop = max(map(before.rfind, "。！？；\n"))
    cut = "…" if low and stop < 0 else ""
    rest = text[end : end + _AROUND]
    ends = [at for mark in "。！？；\n" if (at := rest.find(mark)) >= 0]
    if text[end - 1 : end] in "。！？；" and end > start:  # the sentence ends with them
        ends = [-1]
    more = "…" if not ends and end + _AROUND < len(text) else ""
    return cut + before[stop + 1 :].lstrip(), rest[: min(ends) + 1].rstrip("\n") + more if ends else rest + more


#: Rules that name another paragraph of the paper, and how they do.
_NAMING = frozenset(("lead-twice", "paragraph-twice", "post-two-ways", "sentence-twice", "thanks-twice"))
_PARAGRAPH = re.compile(r"第 (\d+) 段")


def placed_message(paper: Paper, f: Finding, placed: Placed | None) -> Finding:
    """A finding whose message names another paragraph as a person finds it: by its line in a text, by its page in a Word
    file."""
    if f.other is not None:
        other = next((one for one in paper.speech.beside if one.file == f.other.file), None)
        said = other.said(f.other.paragraph - 1) if other is not None and other.said is not None else ""
        return f._replace(message=f.message.replace(f"第 {f.other.paragraph} 段", said, 1)) if said else f
    if f.rule not in _NAMING:
        return f

    def there(found: re.Match[str]) -> str:
        return said_of_line(paper, int(found[1]) - 1, placed) or found[0]

    return f._replace(message=_PARAGRAPH.sub(there, f.message, count=1))


def said_of_line(paper: Paper, line: int, placed: Placed | None) -> str:
    """Where a person finds a paragraph of a paper: “第 6 行”, “约第 2 页第 3 段”; "" where it is its number."""
    if line < len(paper.origins) and paper.origins[line]:
        return f"第 {paper.origins[line][0].line} 行"
    return str(placed(Finding("", line, 0, 0, ""), "")) if placed is not None else ""


#: Says of a finding, and the words it is about, where a person finds them in a file that is no text.
Placed = Callable[[Finding, str], Spot]


def remarks(paper: Paper, found: Iterable[Finding], file: str, placed: Placed | None = None) -> tuple[Remark, ...]:
    """The findings with their places. Those that stand in no text show their own paragraph, and where it is `placed`."""
    from drafter.check.kept import fingerprint, places
    from drafter.check.rules import rule

    out = []
    found = tuple(found)
    times: Counter[KeptFinding] = Counter()
    for f, known_by in zip(found, places(paper.speech, found), strict=True):
        place, row = place_of(paper, f, file)
        text = paper.speech.lines[f.line].text if paper.speech.lines else ""
        words = text[f.start : f.end]
        if words and row[place.column - 1 : place.column - 1 + len(words)] != words and not row:
            place, row = Place(file, f.line + 1, f.start + 1), text
        before, behind = around_in_sentence(text, f.start, f.end)
        typed = f.line < len(paper.origins) and bool(paper.origins[f.line])
        spot = Spot(words, line=place.line, column=place.column, about=False) if typed else Spot(words)
        if words and not typed:
            spot = placed(f, words) if placed is not None else Spot(words, paragraph=f.line + 1, about=False)
            place = place._replace(said=str(spot))
        out.append(
            Remark(
                finding=placed_message(paper, f, placed),
                place=place,
                paragraph=f.line + 1,
                column=f.start + 1,
                excerpt=row,
                words=words,
                source=rule(f.rule).source,
                unit="行" if typed else "段",
                fingerprint=fingerprint(known_by, times[known_by]),
                before=before,
                behind=behind,
                spot=spot,
            )
        )
        times[known_by] += 1
    return tuple(out)
