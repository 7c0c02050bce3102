"""What is wrong with a buffer, where, and what mends it."""

import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from drafter.check.fixes import MAX_ROUNDS, edited, edits
from drafter.check.kept import KeptFinding, apart, places
from drafter.check.paper import Paper, check, paper_of_draft, paper_of_text
from drafter.check.report import remedy
from drafter.check.rules import LEVELS, Finding
from drafter.chinese.quoting import quoted
from drafter.commands.assist.cursor import is_table, rows_of
from drafter.commands.assist.desk import Desk, desk_of, plain_desk
from drafter.commands.assist.sheet import Change, Sheet, file_name
from drafter.commands.kept import keep_beside
from drafter.diagnostic import ERROR, Diagnostic, Place, Rejected
from drafter.outline.lint import lint
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.yaml import Source, decode

#: More faults than this no editor shows (VS Code keeps 1,000 a file); the gravest are told.
MAX_FAULTS = 1_000


class Fault(NamedTuple):
    """A problem or a finding, from `start` to `end` of the buffer. `instead` may take its place (None where nothing
    may); `finding` is None for a problem of the outline; `elsewhere` is where it really stands, if not in this file."""

    start: int
    end: int
    level: str
    message: str
    rule: str = ""
    instead: str | None = None
    finding: Finding | None = None
    elsewhere: Place | None = None

    @property
    def remedy(self) -> str:
        """What its `instead` does, as it is offered: 改成“部署”, 删掉."""
        return f"改成{quoted(self.instead)}" if self.instead else "删掉"


class Looked(NamedTuple):
    """What was found in a buffer. `outline` and `paper` are None where it could not be read so far."""

    sheet: Sheet
    faults: tuple[Fault, ...]
    source: Source | None = None
    outline: Outline | None = None
    paper: Paper | None = None


def look_at(sheet: Sheet, outlined: bool, between: Callable[[str], object]) -> Looked:
    """Everything wrong with a buffer, by the settings of its folder; settings that are wrong are said first, where
    somebody looks, and not heeded. `between` is called between steps; what it raises ends the work."""
    try:
        desk = desk_of(sheet.file, between)
    except Rejected as error:
        looked = look(sheet, outlined, plain_desk())
        start, end = sheet.rows[0]
        said = [Fault(start, end, ERROR, d.text()) for d in error.diagnostics]
        return looked._replace(faults=(*said, *looked.faults))
    between("start")
    return look(sheet, outlined, desk)


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
        if outlined and is_table(sheet):
            from drafter.outline.lint_basis import lint_table
            from drafter.outline.read_basis import parse_table

            table, remarks = parse_table(source)
            problems += [*remarks, *lint_table(table, (), desk.today)]
            return Looked(sheet, tuple(_of_problem(sheet, d) for d in problems), source)
        if outlined:
            outline, remarks = parse(source, desk.load)
            problems += [*remarks, *lint(outline, desk.today), *desk.ask(outline)]
            desk.between("fill")
        paper = _paper(source, outline, desk)
        found = tuple(
            f for f in _standing(paper, desk) if not (outlined and _to_be_filled(paper, f))
        )
    except Rejected as error:
        problems += error.diagnostics
    faults = [_of_problem(sheet, d) for d in problems]
    if paper is not None:
        most = sorted(found, key=lambda f: LEVELS.index(f.level))[:MAX_FAULTS]
        faults += [_of_finding(sheet, paper, f) for f in most]
    return Looked(sheet, tuple(sorted(faults, key=lambda f: (f.start, f.end))), source, outline, paper)


def _standing(paper: Paper, desk: Desk) -> tuple[Finding, ...]:
    """The findings in a paper, without those somebody has decided to leave."""
    return apart(paper.speech, check(paper, desk.settings, desk.between), desk.kept)[0]


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
    end = (
        sheet.offset(d.place.line, (d.place.column or 1) + d.length)
        if d.place.column
        else sheet.offset(d.place.line, 1 << 30)
    )
    return Fault(*_visible(sheet, start, end), d.level, message, d.rule, _meant(d, sheet.text[start:end]))


def _meant(d: Diagnostic, said: str) -> str | None:
    """What is to stand for the words a problem is with, where it names that: the name or word they are most like, or
    the colon that is none."""
    if said.endswith("：") and d.message.startswith("全角冒号"):
        return said[:-1] + ": "
    likely = re.search("是不是(?:(【[^】]+】)| ([^\\s？]+))？", d.hint)
    if likely and (likely[1] is None or re.fullmatch(r"【\w+】", said)):
        return likely[1] or likely[2]
    if likely and d.code == "name-unknown" and re.fullmatch(r"\w+", said):
        return likely[1][1:-1]
    if d.code in ("blank-lookalike", "blank-not-opened") and re.match("“.+”不是空|这里多了", d.message):
        return next((found[0] for found in re.finditer(r"【\w+】", d.hint)), None)
    written = re.fullmatch(r"when 里的“(.+)”要写成 (==|!=|>=?|<=?|and|or)。", d.message)
    return written[2] if written and written[1] == said else None


def _visible(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """A range of at least one character, where its row has one."""
    if start < end:
        return start, end
    row, _ = sheet.place(start)
    first, last = sheet.rows[row]
    return (start, start + 1) if start < last else (max(first, start - 1), start)


def _first_row(sheet: Sheet) -> tuple[int, int]:
    return sheet.rows[0]


def _elsewhere(sheet: Sheet, place: Place, message: str, level: str, finding: Finding | None = None) -> Fault:
    """A fault of a file that this one takes in, shown where it is named."""
    stem = file_name(place.file).rpartition(".")[0]
    said = f"{place._replace(file=file_name(place.file))}: {message}" if place.line else message
    named = re.search(
        rf"^[ \t]*(?:- +)*(?:extends|include):[ \t]+(['\"]?{re.escape(stem)}(?![\w-])['\"]?)", sheet.text, re.M
    )
    where = named.span(1) if named else _first_row(sheet)
    return Fault(*where, level, said, finding.rule if finding else "", None, finding, place)


def _of_finding(sheet: Sheet, paper: Paper, f: Finding) -> Fault:
    message = " ".join(filter(None, (f.message, remedy(f))))
    origins = paper.origins[f.line] if f.line < len(paper.origins) else ()
    if not origins:
        return Fault(*_first_row(sheet), f.level, message, f.rule, None, f)
    offsets = [o.offset for o in origins]

    def stands(at: int) -> tuple[int, int, str, bool]:
        """Start and end in the buffer of what stands at an offset of the paragraph, its file, whether it is an
        answer."""
        origin = origins[max(0, bisect_right(offsets, at) - 1)]
        row = origin.source.lines[origin.line - 1]
        if origin.answer:
            closed = row.find("】", origin.column - 1)
            start = sheet.offset(origin.line, origin.column)
            return (
                start,
                sheet.offset(origin.line, closed + 2 if closed >= 0 else len(row) + 1),
                origin.source.file,
                True,
            )
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


def fixes_of(looked: Looked, outlined: bool, between: Callable[[str], object]) -> tuple[Change, ...]:
    """Everything safe put right by the settings of the buffer's folder. Raises Rejected where those are wrong."""
    return fixes(looked, outlined, desk_of(looked.sheet.file, between))


def fixes(looked: Looked, outlined: bool, desk: Desk) -> tuple[Change, ...]:
    """Everything safe put right, as `drafter check --fix` does, until nothing is left."""
    if looked.source is None or looked.paper is None:
        return ()
    source, paper = looked.source, looked.paper
    for _ in range(MAX_ROUNDS):
        made = edits(paper, _standing(paper, desk), source)
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


def to_keep(looked: Looked, fault: Fault) -> KeptFinding | None:
    """What is noted where somebody decides to leave a fault, None for one that is no finding of this file."""
    if fault.finding is None or looked.paper is None or fault.elsewhere:
        return None
    return places(looked.paper.speech, (fault.finding,))[0]


def keep(file: str, *said: str) -> None:
    """Note of a finding of a file (rule, words, letters before and behind) that somebody has decided to leave it. Raises
    Rejected where it cannot be written."""
    keep_beside(Path(file), KeptFinding(*said))


def escape(looked: Looked, fault: Fault, outlined: bool) -> Change | None:
    """The inline escape that keeps a rule from looking at this paragraph (of an outline: this key or item), on a line
    of its own above it."""
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
