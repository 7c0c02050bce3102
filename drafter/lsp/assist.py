"""What an editor is told of the text in its buffer: faults with their ranges, what mends them, what may be typed here, what a
word means and where it is said.

Nothing here opens a file or knows the protocol (see `drafter.lsp.server`). A place is an offset into the buffer's text in
characters; `Sheet` turns it into the lines and columns of drafter and into those of the editor.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from drafter.check.fixes import MAX_ROUNDS, edited, edits
from drafter.check.paper import Paper, check, paper_of_draft, paper_of_text
from drafter.check.report import remedy
from drafter.check.rules import LEVELS, Finding
from drafter.check.settings import Settings
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.expression import FILTERS
from drafter.outline.field import TYPES, Field
from drafter.outline.lint import lint
from drafter.outline.model import Outline
from drafter.outline.parse import Load, parse, sketch
from drafter.outline.vocabulary import KEYS, PARTS, Word, words
from drafter.outline.yaml import Source, decode

#: What ends a line for drafter (see `drafter.chinese.numerals.one_break`), and what does for an editor (LSP 3.17, "Text Documents").
_ROW_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LINE_END = re.compile("\r\n|[\n\r]")

#: Half of a character outside the BMP, as broken JSON may have it. What stands for it takes as many units.
_HALF = re.compile("[\ud800-\udfff]")

#: More faults than this no editor shows (VS Code keeps 1,000 a file); the gravest are told.
MAX_FAULTS = 1_000

#: Folders all of whose .yaml are outlines, and what tells one elsewhere: a key of the top of an outline.
_SHELVES = ("outlines", "passages")
_OUTLINE = re.compile(r"^(?:speech|passage|fields|extends)[ \t]*[:：]", re.M)


class Point(NamedTuple):
    """A place as an editor counts: line and character from 0, characters in units of the encoding agreed upon."""

    line: int
    character: int


class Sheet(NamedTuple):
    """The text of a buffer. `rows` are (start, end) of drafter's lines, `lines` those of the editor's, without their ends;
    `encoding` "utf-8", "utf-16" or "utf-32" says in what units the editor counts; `even`: every character is one."""

    text: str
    file: str
    rows: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]
    encoding: str
    even: bool

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and column of drafter's (from 1); what lies outside is brought to the nearest inside."""
        start, end = self.rows[min(max(line, 1), len(self.rows)) - 1]
        return min(max(start, start + column - 1), end)

    def place(self, offset: int) -> tuple[int, int]:
        """Row (from 0) and column in it (from 0) of an offset."""
        row = max(0, bisect_right(self.rows, (offset, len(self.text) + 1)) - 1)
        start, end = self.rows[row]
        return row, min(max(0, offset - start), end - start)

    def row(self, number: int) -> str:
        """The text of a row, counted from 0."""
        start, end = self.rows[number]
        return self.text[start:end]

    def point(self, offset: int) -> Point:
        """An offset as the editor counts."""
        line = max(0, bisect_right(self.lines, (offset, len(self.text) + 1)) - 1)
        start, end = self.lines[line]
        upto = min(max(start, offset), end)
        return Point(line, upto - start if self.even else units(self.text[start:upto], self.encoding))

    def at(self, point: Point) -> int:
        """The offset of a place of the editor's; one outside is the nearest inside, one within a character its beginning."""
        if point.line >= len(self.lines):
            return self.lines[-1][1]
        start, end = self.lines[max(0, point.line)]
        if self.even:
            return min(start + max(0, point.character), end)
        left = point.character
        for at in range(start, end):
            left -= units(self.text[at], self.encoding)
            if left < 0:
                return at
        return end

    @property
    def line_end(self) -> str:
        """How its lines end; "\\n" where it has one line."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"


def sheet_of(text: str, file: str, encoding: str = "utf-16") -> Sheet:
    """The text of a buffer, ready to count in."""
    text = _HALF.sub("\ufffd", text)
    rows, lines = ([*_cut(text, pattern)] for pattern in (_ROW_END, _LINE_END))
    if text.startswith("\ufeff"):
        rows[0] = (1, max(1, rows[0][1]))  # a BOM is no part of the first line for drafter
    return Sheet(text, file, tuple(rows), tuple(lines), encoding, units(text, encoding) == len(text))


def _cut(text: str, pattern: re.Pattern[str]) -> Iterable[tuple[int, int]]:
    start = 0
    for found in pattern.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def units(text: str, encoding: str) -> int:
    """The length of a text in code units of an encoding."""
    if text.isascii() or encoding == "utf-32":
        return len(text)
    return len(text.encode()) if encoding == "utf-8" else len(text.encode("utf-16-le")) // 2


def is_outline(file: str, text: str) -> bool:
    """Whether a .yaml is an outline: it lies on a shelf, or has a key that only outlines have at the top. Anything else (the
    workflow of a build, answers, a template's styles) is none of our business."""
    folder = file.replace("\\", "/").split("/")[-2:-1]
    return folder in ([name] for name in _SHELVES) or bool(_OUTLINE.search(text))


# ── faults ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Fault(NamedTuple):
    """A problem or a finding, from `start` to `end` of the buffer. `instead` may take its place (None where nothing may);
    `finding` is None for a problem of the outline; `elsewhere` is where it really stands, if not in this file."""

    start: int
    end: int
    level: str
    message: str
    rule: str = ""
    instead: str | None = None
    finding: Finding | None = None
    elsewhere: Place | None = None


class Looked(NamedTuple):
    """What was found in a buffer. `outline` and `paper` are None where it could not be read so far."""

    sheet: Sheet
    faults: tuple[Fault, ...]
    source: Source | None = None
    outline: Outline | None = None
    paper: Paper | None = None


class Desk(NamedTuple):
    """What looking needs beside the text: the settings, the day, how to find other files, what else to ask about an outline,
    and what is called between steps (what it raises ends the work)."""

    settings: Settings
    today: date
    load: Load
    ask: Callable[[Outline], Iterable[Diagnostic]] = lambda outline: ()
    between: Callable[[str], object] = lambda step: None


def look(sheet: Sheet, outlined: bool, desk: Desk) -> Looked:
    """Everything wrong with a buffer, in the order it stands. `outlined`: it is an outline, not a text."""
    problems: list[Diagnostic] = []
    source: Source | None = None
    outline: Outline | None = None
    paper: Paper | None = None
    found: tuple[Finding, ...] = ()
    try:
        source, remarks = decode(sheet.text.encode(), sheet.file)
        problems += remarks
        desk.between("parse")
        if outlined:
            outline, remarks = parse(source, desk.load)
            problems += [*remarks, *lint(outline, desk.today), *desk.ask(outline)]
            desk.between("fill")
        paper = _paper(source, outline, desk)
        found = tuple(f for f in check(paper, desk.settings, desk.between) if not (outlined and _to_be_filled(paper, f)))
    except Rejected as error:
        problems += error.diagnostics
    faults = [_of_problem(sheet, d) for d in problems]
    if paper is not None:
        most = sorted(found, key=lambda f: LEVELS.index(f.level))[:MAX_FAULTS]
        faults += [_of_finding(sheet, paper, f) for f in most]
    return Looked(sheet, tuple(sorted(faults, key=lambda f: (f.start, f.end))), source, outline, paper)


def _paper(source: Source, outline: Outline | None, desk: Desk) -> Paper:
    if outline is None:
        return paper_of_text(source, None, desk.today, desk.settings.minutes)
    from drafter.outline.answers import examples
    from drafter.outline.fill import fill

    draft = fill(outline, examples(outline.fields, desk.today))
    return paper_of_draft(draft, outline, None, desk.today, desk.settings.minutes)


def _to_be_filled(paper: Paper, f: Finding) -> bool:
    """Whether a finding says no more than that a blank of an outline is one."""
    origins = paper.origins[f.line] if f.line < len(paper.origins) else ()
    return f.rule == "unanswered-blank" and any(o.answer and o.offset == f.start for o in origins)


def _of_problem(sheet: Sheet, d: Diagnostic) -> Fault:
    message = f"{d.message}\n{d.hint}" if d.hint else d.message
    if d.place and d.place.file != sheet.file:
        return _elsewhere(sheet, d.place, message, d.level)
    if not d.place or not d.place.line:
        return Fault(*_first_row(sheet), d.level, message, d.rule)
    start = sheet.offset(d.place.line, d.place.column or 1)
    end = sheet.offset(d.place.line, (d.place.column or 1) + d.length) if d.place.column else sheet.offset(d.place.line, 1 << 30)
    return Fault(*_visible(sheet, start, end), d.level, message, d.rule, _meant(d, sheet.text[start:end]))


def _meant(d: Diagnostic, said: str) -> str | None:
    """What is to stand for the words a problem is with, where it names that: the name or word they are most like, or the colon
    that is none."""
    if said.endswith("：") and d.message.startswith("全角冒号"):
        return said[:-1] + ": "
    likely = re.search("是不是(?:(【[^】]+】)| ([^\\s？]+))？", d.hint)
    if likely and (likely[1] is None or re.fullmatch(r"【\w+】", said)):
        return likely[1] or likely[2]
    return None


def _visible(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """A range of at least one character, where its row has one."""
    if start < end:
        return start, end
    row, _ = sheet.place(start)
    first, last = sheet.rows[row]
    return (start, start + 1) if start < last else (max(first, start - 1), start)


def _file_name(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _first_row(sheet: Sheet) -> tuple[int, int]:
    return sheet.rows[0]


def _elsewhere(sheet: Sheet, place: Place, message: str, level: str, finding: Finding | None = None) -> Fault:
    """A fault of a file that this one takes in, shown where it is named."""
    stem = _file_name(place.file).rpartition(".")[0]
    said = f"{place._replace(file=_file_name(place.file))}: {message}" if place.line else message
    named = re.search(rf"^[ \t]*(?:- +)*(?:extends|include):[ \t]+(['\"]?{re.escape(stem)}(?![\w-])['\"]?)", sheet.text, re.M)
    where = named.span(1) if named else _first_row(sheet)
    return Fault(*where, level, said, finding.rule if finding else "", None, finding, place)


def _of_finding(sheet: Sheet, paper: Paper, f: Finding) -> Fault:
    message = " ".join(filter(None, (f.message, remedy(f))))
    origins = paper.origins[f.line] if f.line < len(paper.origins) else ()
    if not origins:
        return Fault(*_first_row(sheet), f.level, message, f.rule, None, f)
    offsets = [o.offset for o in origins]

    def stands(at: int) -> tuple[int, int, str, bool]:
        """Start and end in the buffer of what stands at an offset of the paragraph, its file, whether it is an answer."""
        origin = origins[max(0, bisect_right(offsets, at) - 1)]
        row = origin.source.lines[origin.line - 1]
        if origin.answer:
            closed = row.find("】", origin.column - 1)
            start = sheet.offset(origin.line, origin.column)
            return start, sheet.offset(origin.line, closed + 2 if closed >= 0 else len(row) + 1), origin.source.file, True
        start = sheet.offset(origin.line, origin.column + max(0, at - origin.offset))
        return start, min(start + 1, sheet.offset(origin.line, 1 << 30)), origin.source.file, False

    start, end, file, answer = stands(f.start)
    if file != sheet.file:
        origin = origins[max(0, bisect_right(offsets, f.start) - 1)]
        return _elsewhere(sheet, Place(file, origin.line, origin.column), message, f.level, f)
    if f.end > f.start:
        _, last, other, answered = stands(f.end - 1)
        if other == file and last >= start:
            end, answer = last, answer or answered
    else:
        end = start
    said = paper.speech.lines[f.line].text[f.start : f.end]
    exact = not answer and sheet.text[start:end] == said
    shown = _visible(sheet, start, end) if said or not exact else (start, end)
    return Fault(*shown, f.level, message, f.rule, f.instead if exact else None, f)


# ── mending ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Change(NamedTuple):
    """`start` to `end` of the buffer becomes `text`."""

    start: int
    end: int
    text: str


def changed(text: str, changes: Iterable[Change]) -> str:
    """The text with changes that do not overlap."""
    for change in sorted(changes, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def fixes(looked: Looked, outlined: bool, desk: Desk) -> tuple[Change, ...]:
    """Everything safe put right, as `drafter check --fix` does, until nothing is left."""
    if looked.source is None or looked.paper is None:
        return ()
    source, paper = looked.source, looked.paper
    for _ in range(MAX_ROUNDS):
        made = edits(paper, check(paper, desk.settings, desk.between), source)
        if not made:
            break
        after = Source(source.file, "\n".join(edited(source.lines, made)))
        try:
            paper = _paper(after, parse(after, desk.load)[0] if outlined else None, desk)
        except Rejected:  # what cannot be read any more is not offered
            break
        source = after
    out = []
    for (start, end), was, now in zip(looked.sheet.rows, looked.source.lines, source.lines, strict=True):
        if was != now:
            same = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
            most = min(len(was), len(now)) - same
            tail = next((n for n in range(most) if was[-1 - n] != now[-1 - n]), most)
            out.append(Change(start + same, end - tail, now[same : len(now) - tail]))
    return tuple(out)


def escape(looked: Looked, fault: Fault, outlined: bool) -> Change | None:
    """The inline escape that keeps a rule from looking at this paragraph (of an outline: this key or item), on a line of its
    own above it."""
    sheet, f = looked.sheet, fault.finding
    if f is None or looked.paper is None or fault.elsewhere or f.line >= len(looked.paper.origins):
        return None
    origins = looked.paper.origins[f.line]
    if not origins or origins[0].source.file != sheet.file:
        return None
    number = origins[0].line - 1
    if outlined:
        rows = rows_of(sheet)
        while number > 0 and (rows[number].block >= 0 or not (rows[number].key or rows[number].dashed)):
            number -= 1
    row = sheet.row(number)
    indent = row[: len(row) - len(row.lstrip())]
    said = f"drafter: ignore {f.rule}"
    said = f"<!-- {said} -->" if sheet.file.lower().endswith((".md", ".markdown")) else f"# {said}"
    at = sheet.rows[number][0]
    return Change(at, at, f"{indent}{said}{sheet.line_end}")


def told_of_rule(name: str) -> str:
    """A rule's own words on itself and what it rests on, as Markdown."""
    from drafter.check.rules import rule

    one = rule(name)
    doc = "\n\n".join(_plain(paragraph) for paragraph in one.doc.strip().split("\n") if paragraph)
    return f"`{one.name}`\n\n{doc}\n\n依据：{_plain(one.source)}"


# ── where the cursor is ────────────────────────────────────────────────────────────────────────────────────────────


class Row(NamedTuple):
    """A row of an outline as it looks, however broken the rest is. `column` is where its key or item begins, behind any "- ";
    `value` where what stands behind the colon begins (the row's end where it has no key); `block` is the row whose `|` it
    belongs to, -1 where it belongs to none."""

    indent: int
    column: int
    dashed: bool
    key: str
    value: int
    block: int
    empty: bool


_LEAD = re.compile(r"[ \t]*(?:-(?:[ \t]+|$))*")
_KEY = re.compile(r"(\w[\w-]*)[ \t]*(:(?=\s|$)|：)\s*")
_BAR = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?$")


def rows_of(sheet: Sheet) -> tuple[Row, ...]:
    """The rows of an outline."""
    out: list[Row] = []
    block = -1
    floor = 0
    for number in range(len(sheet.rows)):
        text = sheet.row(number)
        lead = _LEAD.match(text)
        assert lead
        column = lead.end()
        indent = len(text) - len(text.lstrip())
        bare = text.strip()
        if block >= 0 and (not bare or indent > floor):
            out.append(Row(indent, column, False, "", len(text), block, not bare))
            continue
        block = -1
        if not bare or bare.startswith("#"):
            out.append(Row(indent, column, False, "", len(text), -1, True))
            continue
        found = _KEY.match(text, column)
        if found and found[2] == "：" and found[1] not in KEYS:
            found = None
        value = found.end() if found else len(text)
        dashed = "-" in lead[0]
        out.append(Row(indent, column, dashed, found[1] if found else "", value, -1, False))
        if _BAR.match(text, value if found else column):
            block, floor = number, column if found else lead[0].rfind("-")
    return tuple(out)


def path_of(rows: Sequence[Row], number: int, column: int) -> tuple[str, ...]:
    """The keys above what stands at a column of a row, outermost first."""
    out: list[str] = []
    for row in reversed(rows[:number]):
        if row.key and row.block < 0 and row.column < column:
            out.append(row.key)
            column = row.column
            if not column:
                break
    return tuple(reversed(out))


def wheres(path: Sequence[str]) -> tuple[str, ...]:
    """The tables of the vocabulary whose words stand below these keys."""
    if not path:
        return ("outline",)
    if path[0] == "fields":
        return ("field",) if len(path) == 2 else ()
    if path[0] == "passage":
        return ("passage",) if len(path) == 1 else ()
    if path[0] == "speech":
        if len(path) == 1:
            return ("part", "beside")
        return ("requirement",) if path[-1] in ("requirements", "points") else ()
    return ()


def word_of(path: Sequence[str], name: str) -> Word | None:
    """The word of the language that stands below these keys."""
    return next((words(where)[name] for where in wheres(path) if name in words(where)), None)


def as_known(sheet: Sheet, load: Load, before: Outline | None) -> Outline | None:
    """The outline as far as it can be told now: of a half-typed one its fields alone; else as it was when last it could."""
    try:
        source, _ = decode(sheet.text.encode(), sheet.file)
    except Rejected:
        return before
    now = sketch(source, load)
    if now is not None:
        return now
    kept = []
    keep = False
    for row in source.lines:
        if row[:1].strip() and not row.startswith("#"):
            keep = bool(re.match("(?:fields|extends):", row))
        kept.append(row if keep else "")
    now = sketch(Source(source.file, "\n".join(kept)), load)
    if now is None or before is None:
        return now or before
    return now._replace(fields=before.fields | now.fields)


_BLANK = re.compile("【【|【([^【】]*)】")
_NAME = re.compile(r"[^\W\d]\w*")


class Name(NamedTuple):
    """A name in a blank, a `when` or an `each`, from `start` to `end` of the buffer."""

    name: str
    start: int
    end: int
    filter: bool = False


def name_at(sheet: Sheet, offset: int, rows: Sequence[Row]) -> Name | None:
    """The name under the cursor; of a blank whose cursor is on none, its first."""
    number, column = sheet.place(offset)
    text, start = sheet.row(number), sheet.rows[number][0]
    row = rows[number]
    for found in _BLANK.finditer(text):
        if found[1] is None or not found.start() <= column <= found.end():
            continue
        names = [
            Name(n[0], start + n.start(), start + n.end(), text[: n.start()].rstrip()[-1:] in ("|", "｜"))
            for n in _NAME.finditer(text, found.start(1), found.end(1))
        ]
        if column == found.end() and text.startswith("【", column):
            continue  # the next blank is meant
        return next((n for n in names if n.start <= offset <= n.end), names[0] if names else None)
    if row.key in ("when", "each") and row.block < 0:
        for n in _NAME.finditer(text, row.value):
            if n.start() <= column <= n.end():
                return Name(n[0], start + n.start(), start + n.end())
    return None


def _said(sheet: Sheet, number: int, row: Row) -> str:
    """The value a row has behind its key, without quotes and comment."""
    return re.sub(r"\s+#.*$", "", sheet.row(number)[row.value :]).strip().strip("'\"")


# ── completion ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Offer(NamedTuple):
    """What may be typed: `text` for what stands from `start` to `end`. `kind`: "field", "filter", "word", "outline" or "value"."""

    label: str
    kind: str
    detail: str
    start: int
    end: int
    text: str


#: Names of outlines and templates that may be named, each with what is said of it: asked for only where they are wanted.
Names = Callable[[str], Iterable[tuple[str, str]]]


def offers(sheet: Sheet, offset: int, outline: Outline | None, names: Names) -> tuple[Offer, ...]:
    """What may be typed at a place of an outline."""
    number, column = sheet.place(offset)
    text, start = sheet.row(number), sheet.rows[number][0]
    before = text[:column]
    opened = before.rfind("【")
    rows = rows_of(sheet)
    row = rows[number]
    if opened >= 0 and "】" not in before[opened:]:
        marks = len(before[: opened + 1]) - len(before[: opened + 1].rstrip("【"))
        return _in_blank(sheet, offset, opened, outline) if marks % 2 and not text.lstrip().startswith("#") else ()
    if row.block >= 0 and not (row.empty and column <= rows[row.block].column):
        return ()
    typed = re.search(r"[\w/-]*$", before)
    assert typed
    end = offset + len(re.match(r"[\w/-]*", text[column:])[0])  # type: ignore[index]  # it matches nothing too
    if (row.key and row.value <= column) or re.search(r":\s+$", before):
        path = path_of(rows, number, row.column)
        word = word_of(path, row.key)
        if word is None:
            return ()
        return _values(sheet, word, path, outline, names, start + typed.start(), end)
    lead = _LEAD.match(before)
    assert lead
    if lead.end() != typed.start() or (row.key and column > row.column + len(row.key)):
        return ()
    return _words_here(sheet, rows, number, lead[0], start + typed.start(), end, ":" in text[end - start :][:1])


def _in_blank(sheet: Sheet, offset: int, opened: int, outline: Outline | None) -> tuple[Offer, ...]:
    number, column = sheet.place(offset)
    text, start = sheet.row(number), sheet.rows[number][0]
    inner = text[opened + 1 : column]
    rest = re.match(r"\w*", text[column:])
    assert rest
    end = offset + rest.end()
    open_ended = not re.match(r"[ ]*[】|｜=!<>)）,，]", text[end - start :])
    typed = re.search(r"\w*$", inner)
    assert typed
    at = start + opened + 1 + typed.start()
    close = "】" if open_ended else ""
    if re.search(r"[|｜]\s*\w*$", inner):
        return tuple(Offer(name, "filter", f.example, at, end, name + close) for name, f in FILTERS.items())
    shown = _fields(sheet, outline)
    return tuple(Offer(name, "field", told, at, end, name + close) for name, told in shown)


def _fields(sheet: Sheet, outline: Outline | None) -> list[tuple[str, str]]:
    """The names a blank may have, and what is asked for each."""
    fields = [(f.name, f.ask) for f in outline.fields.values()] if outline else []
    entries = re.findall(r"^[ \t]*(?:- +)?each:[ \t]+(\w+) as (\w+)", sheet.text, re.M)
    return [*fields, *dict.fromkeys((name, f"{whole} 中的一项") for whole, name in entries)]


def _values(
    sheet: Sheet, word: Word, path: Sequence[str], outline: Outline | None, names: Names, start: int, end: int
) -> tuple[Offer, ...]:
    if word.name in ("extends", "include", "template"):
        return tuple(Offer(name, "outline", about, start, end, name) for name, about in names(word.name))
    if word.shape == "type":
        return tuple(Offer(name, "value", "", start, end, name) for name in TYPES)
    if word.shape == "yes/no":
        return tuple(Offer(name, "value", "", start, end, name) for name in ("yes", "no"))
    if word.shape in ("expression", "each"):
        lists = {f.name for f in outline.fields.values() if f.type == "list"} if outline else set()
        wanted = [(n, t) for n, t in _fields(sheet, outline) if word.shape == "expression" or n in lists]
        return tuple(Offer(name, "field", told, start, end, name) for name, told in wanted)
    if word.name == "default" and outline and len(path) == 2 and path[1] in outline.fields:
        return tuple(Offer(c, "value", "", start, end, c) for c in outline.fields[path[1]].choices)
    return ()


def _words_here(sheet: Sheet, rows: Sequence[Row], number: int, lead: str, start: int, end: int, colon: bool) -> tuple[Offer, ...]:
    column = len(lead)
    path = path_of(rows, number, column)
    tables = wheres(path)
    if not tables:
        return ()
    beside: set[str] = set()
    dashed = "-" in lead
    listed = tables[0] in ("part", "requirement")
    belongs = False
    if not dashed:
        for row in reversed(rows[:number]):
            if row.block >= 0 or row.empty or row.column > column:
                continue
            if row.column < column:
                break
            beside.add(row.key)
            belongs = True
            if row.dashed:
                break
    for row in rows[number + 1 :]:
        if row.block >= 0 or row.empty or row.column > column:
            continue
        if row.column < column or row.dashed:
            break
        beside.add(row.key)
    dash = "- " if listed and not dashed and not belongs else ""
    out = []
    for where in tables:
        for word in words(where).values():
            taken = word.name in beside or (where == "part" and beside & set(PARTS))
            if not taken and not (where == "beside" and not belongs and not dashed):
                below = word.shape in ("fields", "parts", "requirements", "points", "passage", "list", "texts")
                told = word.name + ("" if colon else ":" if below else ": ")
                out.append(Offer(word.name, "word", word.zh, start, end, dash + told))
    return tuple(out)


# ── hover, definition ──────────────────────────────────────────────────────────────────────────────────────────────


class Told(NamedTuple):
    """What is said (Markdown) of the words from `start` to `end`."""

    text: str
    start: int
    end: int


def told(sheet: Sheet, offset: int, outline: Outline | None) -> Told | None:
    """What the blank, field or word of the language under the cursor means."""
    rows = rows_of(sheet)
    number, column = sheet.place(offset)
    row, start = rows[number], sheet.rows[number][0]
    if row.block < 0 and row.key and row.column <= column <= row.column + len(row.key):
        path = path_of(rows, number, row.column)
        here = (start + row.column, start + row.column + len(row.key))
        if path == ("fields",):
            return Told(_field_told(outline.fields[row.key], sheet.file), *here) if outline and row.key in outline.fields else None
        word = word_of(path, row.key)
        return Told(f"`{word.name}`　{_plain(word.zh)}", *here) if word else None
    name = name_at(sheet, offset, rows)
    if name is None:
        return None
    if name.filter:
        return Told(f"`|{name.name}`　{_plain(FILTERS[name.name].example)}", name.start, name.end) if name.name in FILTERS else None
    field = outline.fields.get(name.name) if outline else None
    return Told(_field_told(field, sheet.file), name.start, name.end) if field else None


def _field_told(field: Field, file: str) -> str:
    out = [f"**【{_plain(field.name)}】** {_plain(field.ask)}"]
    out += [_plain(field.help)] if field.help else []
    shown = [f"类型：{field.type}"]
    shown += [f"可选：{_plain('、'.join(field.choices))}"] if field.choices else []
    if field.default is not None:
        shown.append(f"默认：{_plain(field.default if isinstance(field.default, str) else '、'.join(field.default))}")
    shown += [f"例子：{_plain(field.example)}"] if field.example else []
    shown += [f"不小于：{_plain(field.minimum)}"] if field.minimum else []
    shown += [f"不大于：{_plain(field.maximum)}"] if field.maximum else []
    shown += [f"只在 {_plain(field.when.source)} 时问"] if field.when else []
    out.append("；".join(shown))
    if field.place and field.place.file != file:
        out.append(f"写在 {_plain(_file_name(field.place.file))} 第 {field.place.line} 行")
    return "\n\n".join(out)


def _plain(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)


def defined(sheet: Sheet, offset: int, outline: Outline | None, load: Load) -> Place | None:
    """Where the field under the cursor is declared; of an `extends` or `include`, the file it means."""
    rows = rows_of(sheet)
    number, column = sheet.place(offset)
    row = rows[number]
    if row.block < 0 and row.key in ("extends", "include") and column >= row.column:
        try:
            return Place(load(row.key == "extends", _said(sheet, number, row), Source(sheet.file, sheet.text)).file, 1, 1)
        except Rejected:
            return None
    name = name_at(sheet, offset, rows)
    field = outline.fields.get(name.name) if outline and name and not name.filter else None
    return field.place if field else None


# ── symbols ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Symbol(NamedTuple):
    """A part or heading, with the range of all that belongs to it and that of its own row, and its level from 1."""

    name: str
    level: int
    start: int
    end: int
    own: tuple[int, int]


def symbols(looked: Looked, outlined: bool) -> tuple[Symbol, ...]:
    """Parts and headings of a buffer, in order."""
    sheet = looked.sheet
    marks: list[tuple[str, int, int]] = []
    if outlined:
        rows = rows_of(sheet)
        stack: list[tuple[int, str]] = []
        for number, row in enumerate(rows):
            if row.block >= 0 or not row.key:
                continue
            while stack and stack[-1][0] >= row.column:
                stack.pop()
            path = tuple(key for _, key in stack[:20])
            said = _said(sheet, number, row)
            shown = "" if _BAR.match(said) else said
            if path == ("speech",) and row.key in PARTS:
                marks.append((f"{words('part')[row.key].zh} {shown[:30]}".strip(), 1, number))
            elif row.key == "heading" and path[-1:] and path[-1] in ("requirements", "points"):
                marks.append((shown[:60] or "小标题", 1 + sum(key in ("requirements", "points") for key in path), number))
            stack.append((row.column, row.key))
    elif looked.paper:
        lines = looked.paper.speech.lines
        titled = any(line.role == "title" for line in lines)  # headings belong to the title
        for line, origins in zip(lines, looked.paper.origins, strict=True):
            if origins and line.role in ("title", "heading"):
                marks.append((line.text[:60], 1 if line.role == "title" else line.level + titled, origins[0].line - 1))
    out = []
    nearest: dict[int, int] = {}  # of each level the first row below
    for name, level, number in reversed(marks):
        after = min((row for deep, row in nearest.items() if deep <= level), default=len(sheet.rows))
        out.append(Symbol(name, level, sheet.rows[number][0], sheet.rows[max(number, after - 1)][1], sheet.rows[number]))
        nearest[level] = number
    return tuple(reversed(out))
