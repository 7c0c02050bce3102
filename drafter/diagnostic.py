"""What is wrong, where, and what to do next: the one form in which drafter speaks of problems."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, NotRequired, TypedDict

ERROR = "error"
WARNING = "warning"
ADVICE = "advice"

#: After so many problems no more are looked for: nobody reads further, and each costs a search for the name meant.
MAX_PROBLEMS = 100

#: A message longer than this (characters) is cut; some say what somebody else wrote.
MAX_MESSAGE = 1_000

#: An excerpt wider than this (columns; a 汉字 is two) is cut around its caret: with the number of its line before it, it
#: fits into a terminal of 80.
EXCERPT_COLUMNS = 70


class Place(NamedTuple):
    """A place in a text file. `line` and `column` count from 1, columns in characters; 0 means the whole file. In a file
    whose lines nobody counts `said` is how a person finds it (约第 3 页第 2 段), and `line` its paragraph."""

    file: str
    line: int = 0
    column: int = 0
    said: str = ""

    def __str__(self) -> str:
        if self.said:
            return f"{printable(self.file)} {self.said}"
        if not self.line:
            return printable(self.file)
        if not self.column:
            return f"{printable(self.file)}:{self.line}"
        return f"{printable(self.file)}:{self.line}:{self.column}"


class PlaceData(TypedDict):
    """A place for programs: `line` and `column` from 1, null where the whole file or the whole line is meant."""

    file: str
    line: int | None
    column: int | None


class ErrorData(TypedDict):
    """A problem for programs: `code` a name that stays, `quote` the words it is about, `remedy` what to do next; null
    where there is none. `more`: the others, where more than one thing is wrong."""

    code: str
    message: str
    place: PlaceData | None
    quote: str | None
    remedy: str | None
    more: "NotRequired[list[ErrorData]]"


class DiagnosticData(TypedDict):
    """A problem or remark as it stands in the results of commands."""

    level: str
    message: str
    rule: NotRequired[str]
    file: NotRequired[str]
    line: NotRequired[int]
    column: NotRequired[int]
    length: NotRequired[int]
    hint: NotRequired[str]


class Diagnostic(NamedTuple):
    """One problem. `line` is the source line it stands on ("" where there is none), `length` the characters it covers;
    `code` is the name programs know its kind by (kebab-case, never changed once it is out), `rule` the rule of the
    proof-reader."""

    message: str
    place: Place | None = None
    hint: str = ""
    line: str = ""
    length: int = 1
    level: str = ERROR
    rule: str = ""
    code: str = ""

    @property
    def quote(self) -> str:
        """The words it is about, "" where it has none."""
        if not self.place or not self.place.column:
            return self.line
        return self.line[self.place.column - 1 : self.place.column - 1 + max(1, self.length)]

    def error(self) -> ErrorData:
        """For programs, in the form every door gives."""
        place = None
        if self.place:
            place = PlaceData(file=self.place.file, line=self.place.line or None, column=self.place.column or None)
        return ErrorData(
            code=self.code,
            message=_cut(self.message),
            place=place,
            quote=self.quote or None,
            remedy=self.hint or None,
        )

    def text(self) -> str:
        """Place and message, the line with a caret under the words meant, and the remedy."""
        message = printable(_cut(self.message))
        head = f"{self.place}{'：' if self.place.said else ': '}{message}" if self.place else message
        rows = [head]
        if self.line and self.place and self.place.column:
            number = "" if self.place.said else str(self.place.line)
            rows += _excerpt(self.line, number, self.place.column, self.length)
        if self.hint:
            rows += ["  " + row for row in printable(self.hint, keep="\n").split("\n")]
        return "\n".join(rows)

    def json(self) -> DiagnosticData:
        """As it stands in the results of commands."""
        out: DiagnosticData = {"level": self.level, "message": _cut(self.message)}
        if self.rule:
            out["rule"] = self.rule
        if self.place:
            out.update(
                {"file": self.place.file, "line": self.place.line, "column": self.place.column, "length": self.length}
            )
        if self.hint:
            out["hint"] = self.hint
        return out


class Rejected(Exception):
    """No result. `exit_code`: 2 the command or a file was wrong, 1 the world is at fault (disk full)."""

    def __init__(self, *diagnostics: Diagnostic, exit_code: int = 2) -> None:
        self.diagnostics = diagnostics
        self.exit_code = exit_code
        super().__init__("\n".join(d.text() for d in self.diagnostics))

    def __reduce__(self) -> tuple[object, ...]:
        """How it comes back from another process: by its problems, not by its words."""
        return (Rejected, self.diagnostics, {"exit_code": self.exit_code})

    @property
    def code(self) -> str:
        """The code of the first problem: what programs ask by."""
        return self.diagnostics[0].code

    def error(self) -> ErrorData:
        """For programs: the first problem, the others in `more`."""
        first, *others = (problem.error() for problem in self.diagnostics)
        if others:
            first["more"] = others
        return first


class Problems(list[Diagnostic]):
    """Problems of one file, being gathered. Raises Rejected with all of them as soon as there are `MAX_PROBLEMS`."""

    def append(self, problem: Diagnostic) -> None:
        super().append(problem)
        if len(self) == MAX_PROBLEMS:
            raise Rejected(*self, Diagnostic("错误太多，后面的没有再看；先改好这些。", code="too-many-problems"))


def _cut(message: str) -> str:
    return message if len(message) <= MAX_MESSAGE else message[: MAX_MESSAGE - 1] + "…"


def printable(text: str, keep: str = "") -> str:
    """The text with every character a terminal would obey (ESC, bidi controls, line ends) shown as its code point."""
    if text.isprintable():
        return text
    return "".join(c if c in keep or c.isprintable() or c == "\u3000" else f"<U+{ord(c):04X}>" for c in text)


def columns(text: str) -> int:
    """Terminal columns the text takes: a 汉字 or full-width mark is two (Unicode East Asian Width W and F; the
    ambiguous ones, “ ” — among them, are one in today's terminals)."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


@lru_cache(maxsize=8192)
def _columns_of(c: str) -> int:
    return 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _excerpt(line: str, number: str, column: int, length: int) -> list[str]:
    at = min(max(column - 1, 0), len(line))
    start = at  # never further than so many characters: those that take no column would go on for ever
    if len(line) <= EXCERPT_COLUMNS and columns(line) <= EXCERPT_COLUMNS:
        start = 0
    wide = columns(line[start:at])
    while start > max(0, at - EXCERPT_COLUMNS) and wide + (more := _columns_of(line[start - 1])) < EXCERPT_COLUMNS * 2 // 3:
        start, wide = start - 1, wide + more
    end = at
    while end < min(len(line), at + EXCERPT_COLUMNS) and wide + (more := _columns_of(line[end])) <= EXCERPT_COLUMNS:
        end, wide = end + 1, wide + more
    left = "…" if start > 0 else ""
    right = "…" if end < len(line) else ""
    shown = printable(line[start:end].replace("\t", " "))
    pad = columns(left + printable(line[start:at].replace("\t", " ")))
    carets = max(1, columns(line[at : min(at + max(length, 1), end)]))
    return [f"{number:>5} | {left}{shown}{right}", "      | " + " " * pad + "^" * carets]


#: Among more names than this the one meant is not looked for (the search is linear and slow).
MAX_NAMES = 200


def nearest(word: str, known: Iterable[str]) -> str:
    """“是不是 …？” with the known word most like it, "" where none is."""
    found = closest(word, list(known))
    return f"是不是 {found}？" if found else ""


def closest(word: str, names: list[str]) -> str:
    """The name most like a word, "" where none is, or where there are too many to look through."""
    if len(names) > MAX_NAMES:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:40], names, 1, 0.4)), "")
