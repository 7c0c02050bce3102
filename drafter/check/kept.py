"""Findings somebody has looked at and decided to leave: known again in the next reading, wherever their words have moved to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drafter.check.rules import Finding, Speech, names

#: So many letters on each side are kept, for people to know the place by. So many that still stand next to the words are
#: enough to tell it, where others have changed since.
AROUND = 8
ENOUGH = 4

#: Letters are looked for among so many characters on each side, the blanks between them too; a paragraph may be a whole book.
_NEAR = 64

#: Words longer than twice this are known by their first and last letters: a sentence that is too long is still itself when
#: somebody mends a word in its middle.
_END = 16


class KeptFinding(NamedTuple):
    """A finding that is to be left: its rule, its words and the letters before and behind them in their paragraph. `before`
    and `after` are None where these words are to be left wherever they stand. Blanks are no letters."""

    rule: str
    words: str
    before: str | None = None
    after: str | None = None

    @property
    def everywhere(self) -> bool:
        """Whether it speaks of its words wherever they stand."""
        return self.before is None or self.after is None

    def stands(self, place: KeptFinding) -> bool:
        """Whether a finding, told by its own place, is this one."""
        if (self.rule, self.words) != (place.rule, place.words):
            return False
        if self.before is None or self.after is None or place.before is None or place.after is None:
            return self.everywhere
        if (self.before, self.after) == (place.before, place.after):
            return True
        return _shared(self.before[::-1], place.before[::-1]) + _shared(self.after, place.after) >= ENOUGH


def place_of_kept(rule: str, text: str, start: int, end: int) -> KeptFinding:
    """The place of a finding in the text of its paragraph."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return KeptFinding(rule, short(text[start:end]), _letters(before)[-AROUND:], _letters(after)[:AROUND])


def _shared(a: str, b: str) -> int:
    """How many letters two texts begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def short(words: str) -> str:
    """Words as they are kept."""
    words = _letters(words)
    return words if len(words) <= 2 * _END else f"{words[:_END]}…{words[-_END:]}"


def places(speech: Speech, found: Iterable[Finding]) -> tuple[KeptFinding, ...]:
    """The places of findings, in their order."""
    lines = speech.lines
    return tuple(place_of_kept(f.rule, lines[f.line].text if lines else "", f.start, f.end) for f in found)


def apart(
    speech: Speech, found: Sequence[Finding], kept: Iterable[KeptFinding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that stand, and those that are to be left."""
    said: dict[tuple[str, str], list[KeptFinding]] = {}
    for one in kept:
        said.setdefault((one.rule, one.words), []).append(one)
    if not said:
        return tuple(found), ()
    standing: list[Finding] = []
    left: list[Finding] = []
    for f, place in zip(found, places(speech, found), strict=True):
        known = said.get((place.rule, place.words), ())
        (left if any(one.stands(place) for one in known) else standing).append(f)
    return tuple(standing), tuple(left)


def fingerprint(place: KeptFinding, nth: int) -> str:
    """The same for a finding in every version of a text in which its words and their neighbours are the same: of several
    alike the `nth`, from 0. 16 hexadecimal digits."""
    from hashlib import sha256

    before, after = (place.before or "")[-ENOUGH:], (place.after or "")[:ENOUGH]
    said = "\0".join((place.rule, place.words, before, after, str(nth)))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ── what somebody says ─────────────────────────────────────────────────────────────────────────────────────────────

_PLACE = re.compile(r"(?:第\s*)?(\d+)(?:[:：](\d+)|\s*[行段])?")


class Shown(NamedTuple):
    """Where a finding is shown: the line and column of its file, 0 for none, or in a Word file the page and paragraph."""

    line: int
    column: int
    said: str = ""


def meant(said: str, shown: Sequence[Shown], found: Sequence[KeptFinding]) -> tuple[KeptFinding, ...]:
    """What somebody means to be left who says "4:8" (the place that is shown), "4" (all of that line), 第 3 页第 2 段 (all of that
    paragraph), "rule:words" or words
    (wherever they stand), or a rule (what it finds now), or words a finding stands in (that place). `shown` and `found` are the findings of the paper; what is meant
    wherever it stands may be more than is there. () where there is nothing of the kind."""
    said = said.strip()
    on_page = tuple(one for at, one in zip(shown, found, strict=True) if at.said and _bare(at.said) == _bare(said))
    if on_page:
        return tuple(dict.fromkeys(on_page))
    place = _PLACE.fullmatch(said)
    if place:
        line, column = int(place[1]), int(place[2] or 0)
        there = [one for at, one in zip(shown, found, strict=True) if at.line == line and column in (0, at.column)]
        if there:
            return tuple(dict.fromkeys(there))
    if said in names():
        return tuple(dict.fromkeys(one for one in found if one.rule == said))
    rule, colon, words = said.replace("：", ":", 1).partition(":")
    if colon and rule in names():
        return tuple(dict.fromkeys(KeptFinding(rule, one.words) for one in found if (one.rule, one.words) == (rule, short(words))))
    whole = tuple(dict.fromkeys(KeptFinding(one.rule, one.words) for one in found if one.words == short(said)))
    return whole or tuple(dict.fromkeys(one for one in found if _within(one, _letters(said))))


def _bare(place: str) -> str:
    """A place on a page as people type it."""
    return re.sub(r"[约第\s]", "", place)


def _within(place: KeptFinding, said: str) -> bool:
    """Whether somebody who says these words means a place in them: the whole word 企叶, where a finding is about its 叶."""
    if place.before is None or place.after is None or not place.words or len(said) <= len(place.words):
        return False
    text, low = place.before + place.words + place.after, len(place.before)
    start = text.find(said, max(0, low + len(place.words) - len(said)))
    return 0 <= start <= low
