"""What calamine does not tell of the cells of a workbook: how numbers look (000012), errors (#N/A), formulas that
nobody has worked out, hidden rows. An .xlsx and an .ods are looked through for it, piece by piece, which also shows
how large a sheet is before anything is made of it. `drafter.readers.sheet.old_looks` does it for an .xls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from posixpath import join, normpath
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers.sheet.formats import BUILT_IN
from drafter.readers.sheet.table import error
from drafter.word.package import open_table

#: What a table may hold. 20,000 rows of 30 columns are 600,000 cells.
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 100_000, 1_000, 2_000_000

_NO_VALUE = Diagnostic(
    "公式没有算出来的值。", None, "在 Excel 或 WPS 里打开这个文件，存一次，再用。", code="cell-error"
)

#: Formats that are none: numbers look as they are.
NO_FORMAT = ("general", "@", "g/通用格式", "")

_CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")


class CellLooks(NamedTuple):
    """How the cells of a sheet look, by row and column from 0: the formats of numbers that have one, words shown in
    place of a value (errors among them), and what is wrong. `since_1904`: days are counted from there. `held` is how
    many cells have anything in them, None where that is not known."""

    formats: Mapping[tuple[int, int], str] = {}
    shown: Mapping[tuple[int, int], str] = {}
    faults: Mapping[tuple[int, int], Diagnostic] = {}
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False
    held: int | None = None


def too_many(name: str, what: str) -> Rejected:
    """That a table holds more than any does."""
    return Rejected(
        Diagnostic(
            f"表太大：{what}。", Place(name), "把它分成几个表，或者删掉表外面多余的内容。", code="table-too-large"
        )
    )


class _SheetWalk:
    """CellLooks through one part, element by element; names are without their namespaces."""

    def __init__(self, name: str, part: str) -> None:
        self.name, self.part = name, part

    def damaged(self, why: str) -> NoReturn:
        told = f"文件坏了：里面的 {self.part[-60:]} {why}。"
        raise Rejected(
            Diagnostic(
                told,
                Place(self.name),
                "请重新下载或重新拷贝一次；还不行，就在 Excel 里打开，另存为 .xlsx。",
                code="table-unreadable",
            )
        )

    def through(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: self.damaged("带有 DTD，正常的表格里没有")
        parser.StartElementHandler = lambda tag, attributes: self.start(tag.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda tag: self.end(tag.rpartition(":")[2])
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, LookupError, ValueError) as problem:  # the latter two of encodings there are not
            self.damaged(f"第 {getattr(problem, 'lineno', 1)} 行不是完好的 XML")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


# ── .xlsx ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Tags(_SheetWalk):
    """The elements of a small part, flat, with their attributes."""

    def __init__(self, name: str, part: str) -> None:
        super().__init__(name, part)
        self.found: list[tuple[str, Mapping[str, str]]] = []
        self.inside: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.found.append(("/".join((*self.inside[-1:], tag)), attributes))
        self.inside.append(tag)
        if len(self.found) > MAX_CELLS or len(self.inside) > 100:
            self.damaged("太大")

    def end(self, tag: str) -> None:
        self.inside.pop()


def of_xlsx(data: bytes, name: str) -> Callable[[str], CellLooks]:
    """CellLooks through an .xlsx; what is given back looks at one of its sheets. Raises Rejected."""
    parts = open_table(
        data, name, lambda part: part.lower().startswith("xl/") and part.lower().endswith((".xml", ".rels"))
    )
    named = {part.lower(): part for part in parts}

    def tags(part: str) -> list[tuple[str, Mapping[str, str]]]:
        walk = _Tags(name, part)
        if part.lower() in named:
            walk.through(parts[named[part.lower()]])
        return walk.found

    book = tags("xl/workbook.xml")
    targets = {entry.get("Id", ""): entry.get("Target", "") for tag, entry in tags("xl/_rels/workbook.xml.rels")}
    since_1904 = any(tag.endswith("workbookPr") and entry.get("date1904") in ("1", "true") for tag, entry in book)
    codes = dict[str, str]()
    styles: list[str] = []
    for tag, entry in tags("xl/styles.xml"):
        if tag == "numFmts/numFmt":
            codes[entry.get("numFmtId", "")] = entry.get("formatCode", "")
        elif tag == "cellXfs/xf":
            number = entry.get("numFmtId", "0")
            code = codes.get(number) or BUILT_IN.get(int(number) if number.isdecimal() and len(number) < 5 else 0, "")
            styles.append("" if code.lower() in NO_FORMAT else code)

    def look(sheet: str) -> CellLooks:
        for tag, entry in book:
            if tag == "sheets/sheet" and entry.get("name") == sheet:
                key = next((value for key, value in entry.items() if key.rpartition(":")[2] == "id"), "")
                target = targets.get(key, "")
                part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                walk = _XlsxSheet(name, part, styles)
                if part.lower() in named:
                    walk.through(parts[named[part.lower()]])
                return walk.looks(since_1904)
        return CellLooks(since_1904=since_1904)

    return look


class _XlsxSheet(_SheetWalk):
    """A sheet of an .xlsx."""

    def __init__(self, name: str, part: str, styles: list[str]) -> None:
        super().__init__(name, part)
        self.styles = styles
        self.row, self.column = -1, -1
        self.formats: dict[tuple[int, int], str] = {}
        self.shown: dict[tuple[int, int], str] = {}
        self.faults: dict[tuple[int, int], Diagnostic] = {}
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.kind, self.style = "", ""
        self.formula = self.valued = False
        self.value: list[str] | None = None
        self.held = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self.column += 1
            if found := _CELL.fullmatch(attributes.get("r", "")):
                self.row, self.column = int(found[2]) - 1, _number(found[1])
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
            self.formula = self.valued = False
        elif tag in ("v", "is"):
            self.valued = True
            self.value = [] if self.kind == "e" or (self.formula and self.kind == "n") else None
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isdecimal() and len(number) < 8 else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self.row)
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal() and len(first) < 6 and len(last) < 6:
                self.hidden_columns |= set(range(int(first) - 1, min(int(last), MAX_COLUMNS)))

    def text(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def end(self, tag: str) -> None:
        if tag == "v" and self.value is not None:
            word, self.value = "".join(self.value).strip(), None
            if self.kind == "e":
                self.shown[self.row, self.column] = word
                self.faults[self.row, self.column] = error(word)
            self.valued = bool(word)
        elif tag == "c":
            if self.valued:
                self.held += 1
                if self.row >= MAX_ROWS + 100 or self.column >= MAX_COLUMNS or self.held > MAX_CELLS:
                    raise too_many(self.name, _how_far(self.row, self.column, self.held))
                if self.kind != "e" and self.style.isdecimal() and len(self.style) < 6:
                    style = int(self.style)
                    code = self.styles[style] if style < len(self.styles) else ""
                    if code and (self.kind in ("n", "d") or "@" in code or ";" in code):
                        self.formats[self.row, self.column] = code
            elif self.formula:
                self.faults[self.row, self.column] = _NO_VALUE

    def looks(self, since_1904: bool) -> CellLooks:
        return CellLooks(
            formats=self.formats,
            shown=self.shown,
            faults=self.faults,
            hidden=frozenset(self.hidden),
            hidden_columns=frozenset(self.hidden_columns),
            since_1904=since_1904,
            held=self.held,
        )


def _how_far(row: int, column: int, held: int) -> str:
    if row >= MAX_ROWS + 100:
        return f"第 {row + 1:,} 行还有内容，最多 {MAX_ROWS:,} 行"
    if column >= MAX_COLUMNS:
        return f"第 {column + 1:,} 列还有内容，最多 {MAX_COLUMNS:,} 列"
    return f"有内容的格子超过 {held - 1:,} 个"


def _number(letters: str) -> int:
    """C → 2."""
    out = 0
    for letter in letters:
        out = out * 26 + ord(letter) - 64
    return out - 1


# ── .ods ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def of_ods(data: bytes, name: str) -> Callable[[str], CellLooks]:
    """CellLooks through an .ods in the same way. A file of it keeps with every number how it looks. Raises Rejected."""
    parts = open_table(data, name, lambda part: part in ("content.xml", "META-INF/manifest.xml"))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Rejected(
            Diagnostic(
                "文件加了打开密码。",
                Place(name),
                "在 WPS 或 LibreOffice 里打开，去掉密码，再保存。",
                code="table-locked",
            )
        )

    def look(sheet: str) -> CellLooks:
        walk = _OdsSheet(name, sheet)
        walk.through(parts.get("content.xml", b""))
        return walk.looks()

    return look


#: Kinds of values of which a file keeps how they look.
_LOOKING = ("float", "percentage", "currency", "boolean", "time", "date")


class _OdsSheet(_SheetWalk):
    """A sheet of an .ods: what is repeated counts as often as it stands there."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(name, "content.xml")
        self.sheet = sheet
        self.depth = 0  # of tables, 1 within the one that is meant
        self.row = self.column = 0
        self.rows = self.times = 1  # how often the row and the cell stand there
        self.kind = ""
        self.value: list[str] | None = None
        self.shown: dict[tuple[int, int], str] = {}
        self.faults: dict[tuple[int, int], Diagnostic] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden: set[int] = set()
        self.held = 0
        self.full = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "table":
            self.depth += 1 if self.depth or said.get("name") == self.sheet else 0
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.column, self.rows = 0, _times(said.get("number-rows-repeated"))
            if said.get("visibility") in ("collapse", "filter"):
                self.hidden |= set(range(self.row, min(self.row + self.rows, MAX_ROWS + 100)))
        elif tag in ("table-cell", "covered-table-cell"):
            self.times = _times(said.get("number-columns-repeated"))
            self.kind, self.value, self.full = said.get("value-type", ""), [], False
            if attributes.get("calcext:value-type") == "error":
                self.kind = "error"
            wide, high = _times(said.get("number-columns-spanned")), _times(said.get("number-rows-spanned"))
            if (wide, high) != (1, 1):
                self.merged.append((self.row, self.column, self.row + high - 1, self.column + wide - 1))
        elif tag in ("p", "s", "line-break") and self.value is not None:
            self.value.append("\n" if tag == "line-break" or (tag == "p" and self.full) else " " if tag == "s" else "")
            self.full = True
        elif tag == "annotation":  # a comment is no part of what the cell says
            self.depth += 1

    def text(self, text: str) -> None:
        if self.depth == 1 and self.value is not None and self.full:
            self.value.append(text)

    def end(self, tag: str) -> None:
        if tag == "table" or tag == "annotation":
            self.depth -= 1 if self.depth else 0
        elif self.depth != 1:
            return
        elif tag == "table-row":
            self.row += self.rows
        elif tag in ("table-cell", "covered-table-cell"):
            self.cell("".join(self.value or []).strip())
            self.column += self.times
            self.value = None

    def cell(self, words: str) -> None:
        if not words and self.kind not in _LOOKING:
            return
        self.held += self.times * self.rows
        row, column = self.row + self.rows - 1, self.column + self.times - 1
        if row >= MAX_ROWS + 100 or column >= MAX_COLUMNS or self.held > MAX_CELLS:
            raise too_many(self.name, _how_far(row, column, self.held))
        places = [(r, c) for r in range(self.row, row + 1) for c in range(self.column, column + 1)]
        if self.kind == "error" or (words.startswith("#") and words.rstrip("!?").isupper() and self.kind != "string"):
            self.faults.update(dict.fromkeys(places, error(words)))
            self.shown.update(dict.fromkeys(places, words))
        elif self.kind in _LOOKING:
            self.shown.update(dict.fromkeys(places, words))

    def looks(self) -> CellLooks:
        return CellLooks(
            shown=self.shown,
            faults=self.faults,
            merged=tuple(self.merged),
            hidden=frozenset(self.hidden),
            held=self.held,
        )


def _times(said: str | None) -> int:
    return max(1, int(said)) if said and said.isdecimal() and len(said) < 9 else 1
