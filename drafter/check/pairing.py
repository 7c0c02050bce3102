"""How quotation marks, brackets and title marks pair in a speech, and where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.check.whole import characters, kept
from drafter.chinese.prose import is_han
from drafter.speech.block import Line

#: Opening marks with the family they pair in; a half-width bracket pairs with a full-width one, which is a fault of its
#: own.
_OPEN = {"“": "“", "‘": "‘", "《": "《", "〈": "〈", "（": "（", "(": "（", "〔": "〔", "「": "「", "『": "『"}
_CLOSE = {"”": "“", "’": "‘", "》": "《", "〉": "〈", "）": "（", ")": "（", "〕": "〔", "」": "「", "』": "『"}
_CLOSER = {family: closer for closer, family in _CLOSE.items() if closer != ")"}

#: Marks no quotation begins with and no word ends before: a quotation mark in front of one of them closes.
_AFTER_CLOSING = frozenset("，。、；：！？）》〕】")

#: So many paragraphs (source of the number: letters and reports quoted in full in newspapers) may a quotation go on.
_QUOTED_PARAGRAPHS = 40

#: So many lone marks of a paragraph are told, and no more: beyond that it is no prose.
_MOST = 50


class PairFault(NamedTuple):
    """The mark or marks `start` to `end` of a line. `kind`: "unclosed", "unopened", "reversed" (the closing mark typed
    for the opening one or the other way), "half" (one of a pair of brackets is half-width), "quotes", "titles" or
    "brackets" (a pair inside a pair of its own kind; `outer` is where the mark it stands in opens, in the same line)."""

    kind: str
    line: int
    start: int
    end: int
    instead: str | None = None
    outer: int | None = None


class _Mark(NamedTuple):
    at: int
    c: str
    family: str
    opens: bool


@kept
def faults(lines: tuple[Line, ...]) -> tuple[PairFault, ...]:
    """All faults of pairing, in the order they stand. A quotation may go on over paragraphs: each of them begins with
    its opening mark, or the last one alone ends with the closing mark."""
    found: list[PairFault] = []
    open_: list[tuple[int, _Mark]] = []
    lone: list[tuple[int, _Mark]] = []
    for n, (line, present) in enumerate(zip(lines, characters(lines), strict=True)):
        if _MARKS.isdisjoint(present):
            continue
        if _WELL_PAIRED.fullmatch("".join(_MARK.findall(line.text))):
            continue
        unclosed, unopened, own = _of_line(line.text)
        found += [fault._replace(line=n) for fault in own]
        for mark in unopened:
            at = next((k for k in range(len(open_) - 1, -1, -1) if _goes_on(lines, open_[k], (n, mark))), None)
            if at is None:
                lone.append((n, mark))
            else:
                del open_[at:]
        open_ += [(n, mark) for mark in unclosed]
        for some in open_:
            if some[0] < n - _QUOTED_PARAGRAPHS:
                lone.append(some)
        open_ = [some for some in open_ if some[0] >= n - _QUOTED_PARAGRAPHS]
        if (
            unclosed
            and unclosed[0].family in "“‘"
            and _begins(line.text, unclosed[0])
            and _reopened(lines, n, unclosed[0].c)
        ):
            open_.remove((n, unclosed[0]))
    alone = {(n, mark.at) for n, mark in lone + open_}
    found = [fault for fault in found if (fault.line, fault.outer) not in alone]  # what nothing closes has nothing in it
    for n, mark in lone + open_:
        found.append(PairFault("unclosed" if mark.opens else "unopened", n, mark.at, mark.at + 1))
    return tuple(sorted(found, key=lambda f: (f.line, f.start, f.end)))


def _begins(text: str, mark: _Mark) -> bool:
    """Whether a mark begins its paragraph, or what is said after a colon."""
    return not text[: mark.at].strip(" \u3000“") or text[mark.at - 1] in "：:"


def _goes_on(lines: Sequence[Line], opened: tuple[int, _Mark], closed: tuple[int, _Mark]) -> bool:
    """Whether what is opened in one paragraph is closed in another: opened at its beginning, closed at the other's
    end."""
    (n, opener), (m, closer) = opened, closed
    if opener.family != closer.family or n == m:
        return False
    return _begins(lines[n].text, opener) and (
        not lines[m].text[closer.at + 1 :].strip("。！？…，；”’）》」』 \u3000") or m - n <= 3
    )


def _reopened(lines: Sequence[Line], n: int, c: str) -> bool:
    """Whether the next paragraph that is not empty begins with the same opening mark."""
    return next(
        (line.text.lstrip(" \u3000").startswith(c) for line in lines[n + 1 : n + 4] if line.text.strip()), False
    )


_MARKS = frozenset(_OPEN) | frozenset(_CLOSE)
_MARK = re.compile(f"[{re.escape(''.join(_MARKS))}]")

#: Marks that are all in pairs, none in one of its own kind; what may be an apostrophe or half of a face is not among them.
_WELL_PAIRED = re.compile("(?:“(?:《》|（）|〔〕)*”|《(?:“”|（）|〔〕|〈〉)*》|（(?:“”|《》|〔〕)*）|〔〕|「」|『』)*")


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    """A number or letter that a lone closing bracket makes a label of: 1） a) 甲）"""
    return re.compile("(?:^|[^0-9A-Za-z])(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十甲乙丙丁①-⑳]{1,3})$")


def _of_line(text: str) -> tuple[list[_Mark], list[_Mark], list[PairFault]]:
    """The marks of a paragraph nothing closes, those nothing opens, and the faults that show in it alone."""
    marks = [
        _Mark(at, c, *((_OPEN[c], True) if c in _OPEN else (_CLOSE[c], False)))
        for at, c in ((found.start(), found[0]) for found in _MARK.finditer(text))
    ]
    chinese = any(map(is_han, text))
    marks = [mark for mark in marks if not _no_mark(text, mark) and (chinese or mark.c not in "()")]
    faults: list[PairFault] = []
    marks = _turned(text, marks, faults)
    open_: list[_Mark] = []
    unclosed: list[_Mark] = []
    unopened: list[_Mark] = []
    held = dict.fromkeys(_CLOSER, 0)
    for mark in marks:
        if mark.opens:
            open_.append(mark)
            held[mark.family] += 1
            continue
        at = (
            next((k for k in range(len(open_) - 1, -1, -1) if open_[k].family == mark.family), None)
            if held[mark.family]
            else None
        )
        if at is None:
            if mark.family != "（" or not _label().search(text[max(0, mark.at - 5) : mark.at]):
                unopened.append(mark)
            continue
        unclosed += open_[at + 1 :]
        for gone in open_[at:]:
            held[gone.family] -= 1
        opener = open_[at]
        del open_[at:]
        faults += _of_pair(text, opener, mark, open_)
    return (unclosed + open_)[:_MOST], unopened[:_MOST], faults


def _no_mark(text: str, mark: _Mark) -> bool:
    """Whether it is an apostrophe (’98 too) or a bracket of a face."""
    before, after = text[max(0, mark.at - 1) : mark.at], text[mark.at + 1 : mark.at + 2]
    if mark.c == "’":
        year = re.match("’[0-9]{2}(?![0-9])", text[mark.at :])
        return bool(year) or (
            before.isascii() and before.isalnum() and text.rfind("‘", 0, mark.at) <= text.rfind("’", 0, mark.at)
        )
    if mark.c == "‘":
        return (before.isascii() and before.isalnum() and after.isalnum()) or bool(
            re.match("‘[0-9]{2}(?!.{0,40}’)", text[mark.at :])
        )
    if mark.c in "()":
        return before in (":", ";")
    return False


def _turned(text: str, marks: list[_Mark], faults: list[PairFault]) -> list[_Mark]:
    """The marks as they are meant: of the quotation marks that do not pair, those that plainly stand the wrong way
    round are reported and turned."""
    for family in "“‘":
        own = [k for k, mark in enumerate(marks) if mark.family == family]
        depth, level, paired = 0, 0, True
        for k in own:
            depth += 1 if marks[k].opens else -1
            paired, level = paired and depth >= 0, max(level, depth)
        if paired and depth == 0:
            continue
        wrong = [k for k in own if marks[k].opens and _closes(text, marks[k])]
        wrong += [k for k in own if not marks[k].opens and _opens(text, marks[k])]
        if not wrong and len(own) % 2 == 0:
            wrong = [k for nth, k in enumerate(own) if marks[k].opens is (nth % 2 == 1)]
            if len(wrong) > 1:
                continue
        meant = list(marks)
        for k in wrong:
            meant[k] = marks[k]._replace(opens=not marks[k].opens)
        if len(wrong) * 2 > len(own) or sum(1 if meant[k].opens else -1 for k in own) not in (0, 1):
            continue
        for k in wrong:
            at = marks[k].at
            faults.append(PairFault("reversed", 0, at, at + 1, _CLOSER[family] if marks[k].opens else family))
        marks = meant
    return marks


def _closes(text: str, mark: _Mark) -> bool:
    """Whether an opening mark stands where only a closing one can."""
    after = text[mark.at + 1 : mark.at + 2]
    return bool(mark.at) and (not after or after in _AFTER_CLOSING) and text[mark.at - 1] not in "：，（"


def _opens(text: str, mark: _Mark) -> bool:
    """Whether a closing mark stands where only an opening one can."""
    before, after = text[max(0, mark.at - 1) : mark.at], text[mark.at + 1 : mark.at + 2]
    return (not before or before in "，、；（") and bool(after) and is_han(after)


def _of_pair(text: str, opener: _Mark, closer: _Mark, around: list[_Mark]) -> list[PairFault]:
    """The faults of a pair that stands inside `around`."""
    out: list[PairFault] = []
    words = text[opener.at + 1 : closer.at]
    if opener.family == "（" and (opener.c == "(") is not (closer.c == ")"):
        at = opener.at if opener.c == "(" else closer.at
        out.append(PairFault("half", 0, at, at + 1, "（" if opener.c == "(" else "）"))
    if not around:
        return out
    outer = around[-1]
    span = (opener.at, closer.at + 1)
    if opener.c == outer.c == "“":
        out.append(PairFault("quotes", 0, *span, f"‘{words}’", outer.at))
    elif opener.c == "《" and outer.c == "《":
        out.append(PairFault("titles", 0, *span, f"〈{words}〉", outer.at))
    elif opener.family == "（" and outer.family == "（":
        out.append(PairFault("brackets", 0, *span, None, outer.at))
    return out
