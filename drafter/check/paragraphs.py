"""check.paragraphs"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.numerals import gap
from drafter.outline.yaml import Source

#: A hard-wrapped text: at least so many lines end where the widest does (within `WRAP_SLACK` columns), and these make
#: up at least this share of the lines that no mark ends.
WRAPPED_LINES = 4


WRAP_SLACK = 3

#: No text is wrapped by hand at more columns.
_WIDEST = 100


WRAPPED_SHARE = 0.8


class Origin(NamedTuple):
    """From `offset` on, the characters of a paragraph are those of this source from this line and column (from 1); of
    an `answer`, the blank it answers stands there."""

    offset: int
    source: Source
    line: int
    column: int
    answer: bool = False


class _Piece(NamedTuple):
    """A paragraph of a text file. `level`: of a Markdown heading."""

    text: str
    origins: tuple[Origin, ...]
    ignored: frozenset[str]
    level: int = 0


def _escape(row: str, word: str = "ignore") -> frozenset[str]:
    """The rules an inline escape of a kind names, "*" where it names none; empty where the row has no escape."""
    if "drafter:" not in row:
        return frozenset()
    out: set[str] = set()
    for found in _escapes().finditer(row):
        if found[1] == word:
            out |= {name.removesuffix(".") for name in re.split(r"[\s,，、]+", found[2].strip()) if name} or {"*"}
    return frozenset(out)


@lru_cache(maxsize=1)
def _escapes() -> re.Pattern[str]:
    return re.compile(r"(?:<!--|#|//)\s*drafter:\s*(ignore(?:-file)?)\b(?!-)([\w\s,，、-]*?)\s*(?:-->|$)", re.M)


def _plain(source: Source) -> Iterator[_Piece]:
    """The paragraphs of a plain text: a line is one, unless the text was wrapped by hand at some width."""
    wrapped = _wrapped_at(source.lines)
    text, origins = "", list[Origin]()
    asked: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    more = False
    for number, row in enumerate(source.lines, 1):
        here = _escape(row)
        shown = _escapes().sub("", row) if "drafter:" in row else row
        words = shown.strip()
        if not words:
            waiting |= here
            more = False if not here else more
            continue
        start = len(shown) - len(shown.lstrip())
        if more and not start:
            text += gap(text[-1], words[0])
            origins.append(Origin(len(text), source, number, start + 1))
            text += words
            asked |= here
        else:
            if origins:
                yield _Piece(text, tuple(origins), asked)
            text, origins, asked, waiting = words, [Origin(0, source, number, start + 1)], waiting | here, frozenset()
        more = bool(wrapped) and _width(shown) >= wrapped
    if origins:
        yield _Piece(text, tuple(origins), asked)


def _width(row: str) -> int:
    from drafter.diagnostic import columns

    return columns(row.rstrip())


def _wrapped_at(rows: Sequence[str]) -> int:
    """The columns from which on a line is one that goes on in the next; 0 where the text was not wrapped by hand."""
    if _width(max(rows, key=len, default="")) > _WIDEST:  # as in most texts, whose lines are their paragraphs
        return 0
    widest = max((_width(row) for row in rows if row.strip()), default=0)
    if not 40 <= widest <= _WIDEST:
        return 0
    open_ended = [
        _width(row) for row in rows if row.strip() and row.rstrip()[-1] not in "。！？：；”）…" and _width(row) > 30
    ]
    full = [w for w in open_ended if w >= widest - WRAP_SLACK]
    return widest - WRAP_SLACK if len(full) >= WRAPPED_LINES and len(full) >= WRAPPED_SHARE * len(open_ended) else 0


def _markdown(source: Source) -> Iterator[_Piece]:
    """The paragraphs of a Markdown text, without its marks; code, tables, rules and front matter are left out."""
    text, origins = "", list[Origin]()
    asked: frozenset[str] = frozenset()
    waiting: frozenset[str] = frozenset()
    fence = ""
    comment = False
    front = source.lines[:1] == ["---"] and "---" in source.lines[1:]
    for number, row in enumerate(source.lines, 1):
        if front and number > 1:
            front = row != "---"
            continue
        if front:
            continue
        mark = re.match(r" {0,3}(`{3,}|~{3,})", row)
        if fence or mark:
            fence = "" if fence and mark and mark[1].startswith(fence) else fence or (mark[1] if mark else "")
            waiting = frozenset()
            row = ""
        here = _escape(row)
        row, comment = _uncommented(row, comment)
        head = re.match(r" {0,3}(#{1,6})\s+|\s*(?:[-*+]|\d{1,3}[.)])\s+|\s*>\s?", row)
        plain = not re.fullmatch(r"\s*(?:[-*_=]\s*){3,}|\s*\|.*", row) and row.strip()
        if not plain or head:
            if origins:
                yield _Piece(text, tuple(origins), asked)
            text, origins, asked = "", [], frozenset()
        if not plain:
            waiting |= here
            continue
        at = len(head[0]) if head and not re.match(r"\s*\d", head[0]) else len(row) - len(row.lstrip())
        if not origins:
            asked, waiting = waiting, frozenset()
        asked |= here
        words, places = _unmarked(row, at)
        if words:
            text += gap(text[-1], words[0]) if text else ""
            origins += [Origin(len(text) + offset, source, number, column) for offset, column in places]
            text += words
        if head and head[1]:
            if origins:
                yield _Piece(text, tuple(origins), asked, len(head[1]))
            text, origins, asked = "", [], frozenset()
    if origins:
        yield _Piece(text, tuple(origins), asked)


def roles_of_markdown(depths: Sequence[int]) -> list[str]:
    """The roles of paragraphs by the number of # in front of each: the first of the highest is the title, the others
    are headings. "" where there is none."""
    top = min((depth for depth in depths if depth), default=0)
    shift = 0 if depths.count(top) == 1 else 1
    roles = []
    titled = False
    for depth in depths:
        if not depth:
            roles.append("")
        elif depth == top and not titled:
            roles.append("标题")
            titled = True
        else:
            rank = min(max(depth - top + shift, 1), 4)
            roles.append(f"{'一二三四'[rank - 1]}级标题")
    return roles


def _uncommented(row: str, inside: bool) -> tuple[str, bool]:
    """A row with its comments blotted out, and whether one goes on in the next row."""
    if inside:
        end = row.find("-->")
        if end < 0:
            return "", True
        row = " " * (end + 3) + row[end + 3 :]
    row = re.sub("<!--.*?-->", lambda m: " " * len(m[0]), row)
    start = row.find("<!--")
    return (row[:start], True) if start >= 0 else (row, False)


def _unmarked(row: str, at: int) -> tuple[str, list[tuple[int, int]]]:
    """The words of a Markdown row from a column on, and (offset in the words, column) where they go on after a mark.
    Code becomes U+FFFC, of the same length."""
    words = ""
    places: list[tuple[int, int]] = []
    end = len(row.rstrip())
    for found in re.finditer(r"\\(?=[!-/:-@\[-`{-~])|\*\*|__|`[^`]*`|.", row[at:end]):
        piece = found[0]
        start = at + found.start()
        if piece in ("\\", "**", "__") and not (piece == "\\" and start + 1 == end):
            continue
        if len(piece) > 1:
            piece = "\ufffc" * len(piece)
        if not words or places[-1][1] + len(words) - places[-1][0] != start + 1:
            places.append((len(words), start + 1))
        words += piece
    return words, places


def _hidden(rows: Sequence[str]) -> Iterator[frozenset[str]]:
    """For every row of an outline the rules that are not to look at it: `# drafter: ignore` speaks of the next key or
    item and all that is indented below it, or of its own row."""
    waiting: frozenset[str] = frozenset()
    scope: list[tuple[int, frozenset[str]]] = []
    for row in rows:
        here = _escape(row)
        words = row.strip()
        if not words or words.startswith("#"):
            waiting |= here
            yield frozenset()
            continue
        indent = len(row) - len(row.lstrip())
        scope = [(depth, asked) for depth, asked in scope if depth < indent]
        if waiting:
            scope.append((indent, waiting))
            waiting = frozenset()
        yield here.union(*(asked for _, asked in scope))
