"""What is safe put right in a file that was proof-read, and the file written back."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.papers import OpenedPaper, as_of_day, read_file
from drafter.outline import shelf
from drafter.readers.open import OUTLINE

if TYPE_CHECKING:
    from drafter.check.fixes import Fix
    from drafter.check.paper import Paper
    from drafter.check.rules import Finding
    from drafter.outline.yaml import Source

    #: What is to be put right in a paper.
    Found = Callable[[Paper], tuple[Finding, ...]]


class Fixed(NamedTuple):
    """A replacement that was made."""

    file: str
    line: int
    column: int
    was: str
    now: str
    rule: str


class Mended(NamedTuple):
    """A file after everything safe was put right: its paper, what was done, and the text where it is standard input, ""
    else."""

    opened: OpenedPaper
    fixed: tuple[Fixed, ...]
    text: str = ""


def mended_docx(name: str, opened: OpenedPaper, found: "Found", as_of: str, minutes: float, revisions: bool) -> Mended:
    """The document with everything safe replaced, as it was kept beside it; read again."""
    from datetime import datetime

    from drafter.check.annotate import fixed
    from drafter.commands.changing import written_over

    assert opened.word is not None
    file, elements = opened.word
    now = datetime.now().replace(microsecond=0)
    data, done = fixed(file, elements, opened.paper, found(opened.paper), now, revisions)
    if not done:
        return Mended(opened, ())
    written_over(Path(name), opened.data, data)
    lines = opened.paper.speech.lines
    told = tuple(
        Fixed(name, f.line + 1, f.start + 1, lines[f.line].text[f.start : f.end], f.instead or "", f.rule) for f in done
    )
    return Mended(read_file(name, as_of_day(as_of), minutes), told)


def mended_text(name: str, opened: OpenedPaper, found: "Found", as_of: str, minutes: float) -> Mended:
    """The file with everything safe replaced and written back (standard input: given back), until nothing is left."""
    from drafter.check.fixes import MAX_ROUNDS, edited, edits
    from drafter.commands.changing import written_over
    from drafter.outline.yaml import Source

    assert opened.source is not None
    source = opened.source
    now = opened
    done: list[Fixed] = []
    for _ in range(MAX_ROUNDS):
        assert now.source is not None
        changes = edits(now.paper, found(now.paper), now.source)
        if not changes:
            break
        rows = edited(now.source.lines, changes)
        done += [_told(now.source, edit) for edit in changes]
        now = _again(name, Source(now.source.file, "\n".join(rows)), now, as_of_day(as_of), minutes)
    text = now.source.text if now.source else source.text
    if done and name != "-":
        written_over(Path(name), opened.data, _written(opened.data, text), keep=False)
    return Mended(now, tuple(done), text if name == "-" else "")


def _told(source: "Source", edit: "Fix") -> Fixed:
    was = source.lines[edit.line - 1][edit.column - 1 : edit.column - 1 + edit.length]
    return Fixed(source.file, edit.line, edit.column, was, edit.instead, edit.finding.rule)


def _again(name: str, source: "Source", before: OpenedPaper, as_of: date | None, minutes: float) -> OpenedPaper:
    """The paper of a changed text. An outline that cannot be read any more would be our fault: Rejected goes
    through."""
    from drafter.check.paper import paper_of_draft, paper_of_text

    today = date.today()
    if Path(name).suffix.lower() not in OUTLINE.suffixes:
        return before._replace(paper=paper_of_text(source, as_of, today, minutes), source=source)
    from drafter.outline.answers import examples
    from drafter.outline.fill import fill
    from drafter.outline.parse import parse

    outline, _ = parse(source, shelf.load)
    paper = paper_of_draft(fill(outline, examples(outline.fields, as_of or today)), outline, as_of, today, minutes)
    return before._replace(paper=paper, source=outline.source)


def _written(before: bytes, text: str) -> bytes:
    """The text in the encoding, with the BOM and with the line ends of the bytes it was read from."""
    encoding = "utf-8"
    if before.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if before.startswith(b"\xff\xfe") else "utf-16-be"
        bom = before[:2]
    else:
        bom = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        try:
            before.decode("utf-8")
        except UnicodeDecodeError:
            encoding = "gb18030"
    was = before[len(bom) :].decode(encoding)
    ends = re.findall("\r\n|[\r\n\x85\u2028\u2029]", was)
    rows = text.split("\n")
    return bom + "".join(row + end for row, end in zip(rows, [*ends, ""], strict=True)).encode(encoding)


def annotate(
    name: str, target: Path, opened: OpenedPaper, found: "tuple[Finding, ...]", *, revisions: bool, force: bool
) -> None:
    """Write the document to `target` with its findings as comments; with `revisions`, those that can be mended safely as tracked
    changes."""
    from datetime import datetime

    from drafter.check.annotate import annotated, fixed
    from drafter.check.tables.known import known
    from drafter.commands.saving import save

    assert opened.word is not None
    file, elements = opened.word
    now = datetime.now().replace(microsecond=0)
    safe = [f for f in found if revisions and f.safe and f.instead is not None]
    speech = opened.paper.speech
    known_up_to = known()
    later = speech.dated and speech.as_of > known_up_to.day
    summary = known_up_to.said([speech.as_of] if later else [])
    data = annotated(file, elements, opened.paper, [f for f in found if f not in safe], now, summary)
    if safe:
        data, _ = fixed(file, elements, opened.paper, safe, now, True)
    save(target, data, force=force, inputs=[Path(name)])
