"""Files of every kind opened as papers for the proof-reader, by `check`, `finish` and editors alike."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.readers.open import DOCX, MARKDOWN, OUTLINE, TEXT, kind_named
from drafter.speech.spot import Spot
from drafter.startup import patterns_stay

if TYPE_CHECKING:
    from drafter.check.beside import OtherPaper
    from drafter.check.paper import Paper
    from drafter.check.report import Placed
    from drafter.check.rules import Finding, Speech
    from drafter.commands.reading import SpeechFile
    from drafter.outline.standing import BasisTold
    from drafter.outline.yaml import Source
    from drafter.readers.open import Read
    from drafter.speech.block import Block
    from drafter.speech.last import LastYear
    from drafter.word.document import DocxFile
    from drafter.word.oxml import Element


patterns_stay()


class OpenedPaper(NamedTuple):
    """A file read: its paper, and where it is a text that can be written back, its source and its bytes; of a .docx,
    the file and the paragraph of each line. `made_of` is what kind of file it is where nothing can be written back into
    it; `basis` is what there is to say of what the speech stands on. `inner` are all paragraphs of each line of a .docx, `pages` the
    page each line of a PDF begins on."""

    paper: "Paper"
    source: "Source | None"
    data: bytes
    problems: tuple[Diagnostic, ...] = ()
    word: "tuple[DocxFile, tuple[Element | None, ...]] | None" = None
    made_of: str = ""
    basis: "tuple[BasisTold, ...]" = ()
    inner: "tuple[tuple[Element, ...], ...]" = ()
    pages: tuple[int, ...] = ()


def as_of_day(text: str) -> date | None:
    """The day `--as-of` names, None where it names none. Raises Rejected."""
    if not text:
        return None
    from drafter.chinese.days import read_day

    day = read_day(text, date.today()).day
    if day is None:
        raise Rejected(Diagnostic(f"--as-of {text}：这不是日期。写成 2026-11-22 或 11月22日。", code="option-value"))
    return day


def read_file(name: str, as_of: date | None, minutes: float = 0) -> OpenedPaper:
    """The paper in a file of any kind; "-" is standard input, a text. Raises Rejected."""
    if name == "-":
        return _of_text(name, _stdin(), as_of, minutes)
    if kind_named(name) is OUTLINE:
        return _of_outline(name, as_of, minutes)
    from drafter.commands.reading import open_file

    return paper_in(open_file(Path(name)), name, as_of, minutes)


def paper_in(opened: "SpeechFile", name: str, as_of: date | None, minutes: float = 0) -> OpenedPaper:
    """The paper in a file that is open, and no outline; it is called `name`. Raises Rejected."""
    from drafter.commands.reading import read_opened

    if opened.kind in (TEXT, MARKDOWN):
        paper = _of_text(name, opened.data, as_of, minutes)
        return paper._replace(problems=(*opened.remarks, *paper.problems))
    found = read_opened(opened)
    paper = _of_reading(found, as_of, minutes)
    return paper._replace(data=opened.data, made_of="" if opened.kind is DOCX else opened.kind.called)


def read_as_word(name: str, as_of: date | None, minutes: float) -> OpenedPaper:
    """The paper in a file of any kind, as a Word document that comments can be written into. Raises Rejected."""
    from drafter.commands.reading import as_word
    from drafter.word.document import DocxFile

    made = as_word(Path(name))
    paper = read_docx(DocxFile(made.data, name), as_of, minutes)
    return paper._replace(data=made.data, problems=(*made.remarks, *paper.problems), made_of=made.made_of)


def bytes_to_put_right(name: str) -> bytes:
    """What words can be put right in: the file itself, or of one that cannot be written back the Word file made of it. Raises
    Rejected."""
    from drafter.commands.reading import as_word

    return shelf.read_bytes(Path(name)) if kind_named(name) in (TEXT, MARKDOWN) else as_word(Path(name)).data


def _of_reading(found: "Read", as_of: date | None, minutes: float) -> OpenedPaper:
    """The paper in the paragraphs of a file; `data` is left empty. In a Word file it knows its page and where its lines
    stand."""
    from drafter.check.paper import paper_of_blocks

    paper = paper_of_blocks(found.blocks, as_of, date.today(), minutes, found.hints)
    if found.word is None:
        pages = tuple(page for page, block in zip(found.pages, found.blocks, strict=False) if block.text.strip())
        return OpenedPaper(paper, None, b"", found.remarks, pages=pages)
    from drafter.word.page import page_of

    file, elements = found.word.file, found.word.elements
    layout = page_of(file, found.blocks, elements)
    paper = paper._replace(speech=paper.speech._replace(layout=layout, last=_last_year(file, found.blocks)))
    inner = tuple(inner for block, inner in zip(found.blocks, elements, strict=True) if block.text.strip())
    shown = tuple(one[0] if one else None for one in inner)
    return OpenedPaper(paper, None, b"", found.remarks, (file, shown), basis=_basis(file), inner=inner)


def _last_year(file: "DocxFile", blocks: "Sequence[Block]") -> "LastYear | None":
    """What the record of a draft says of last year's paper, None for one that was not written from it."""
    from drafter.word.record import LAST_YEAR, lineage_of

    try:
        own = lineage_of(file).own
    except Rejected:  # the reader has told it
        return None
    kept = own.texts_of(LAST_YEAR) if own is not None else []
    if own is None or not kept:
        return None
    from drafter.revise.last_year import answers_said
    from drafter.speech.last import answered_in, last_of_rows

    last = answered_in(blocks)[1]
    return last._replace(facts=last_of_rows(kept[0].text), answers=last.answers | answers_said(own))


def _basis(file: "DocxFile") -> "tuple[BasisTold, ...]":
    """What there is to say of what a draft stands on, () where its record has no table."""
    from drafter.word.record import lineage_of

    try:
        own = lineage_of(file).own
        if own is None or not any("basis" in kept.text for kept in own.texts_of("outline")):
            return ()
        from drafter.outline.fill import stood
        from drafter.outline.standing import told_of
        from drafter.revise.recipe import outline_of

        outline = outline_of(own, file.name)
        return told_of(stood(outline, own.answers(outline.fields)))
    except Rejected:  # the reader has told it
        return ()


def read_docx(file: "DocxFile", as_of: date | None = None, minutes: float = 0) -> OpenedPaper:
    """The paper in a Word file that is open; `data` is left empty. Raises Rejected."""
    from drafter.readers.open import read_word

    return _of_reading(read_word(file), as_of, minutes)


def _stdin() -> bytes:
    from drafter.outline.yaml import MAX_BYTES

    if sys.stdin is None or sys.stdin.isatty():
        raise Rejected(Diagnostic("“-”要从标准输入读，可是没有东西送进来。例如：cat 讲话.txt | drafter check -", code="standard-input"))
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _of_text(name: str, data: bytes, as_of: date | None, minutes: float) -> OpenedPaper:
    from drafter.check.paper import STDIN, paper_of_text
    from drafter.outline.yaml import decode

    source, problems = decode(data, STDIN if name == "-" else name)
    return OpenedPaper(paper_of_text(source, as_of, date.today(), minutes), source, data, problems)


def _of_outline(name: str, as_of: date | None, minutes: float) -> OpenedPaper:
    """The outline filled with its examples."""
    from drafter.check.paper import paper_of_draft
    from drafter.commands.elsewhere import remarks as open_remarks
    from drafter.commands.opening import open_outline
    from drafter.outline.answers import examples
    from drafter.outline.fill import fill, stood

    if not os.path.isfile(name):
        raise Rejected(Diagnostic("没有这个文件。", Place(name), "自带的提纲先抄出来：drafter outlines edit 名称", code="file-not-found"))
    told = open_remarks(name)
    data = shelf.read_bytes(Path(name))  # before it is read as an outline: what is saved between is then noticed
    opened = open_outline(os.path.join(os.curdir, name) if os.path.dirname(name) == "" else name)
    today = date.today()
    outline = opened.outline
    answers = examples(outline.fields, as_of or today)
    draft = fill(outline, answers)
    paper = paper_of_draft(draft, outline, as_of, today, minutes)
    from drafter.outline.standing import told_of

    basis = told_of(stood(outline, answers))
    return OpenedPaper(paper, outline.source, data, (*told, *opened.remarks), basis=basis)


# ── where in a paper ─────────────────────────────────────────────────────────────────────────────────────────────────


def placed_in(opened: OpenedPaper) -> "Placed | None":
    """What says where the findings of an opened file are; None where there are no pages. Nothing is reckoned before the
    first is asked for."""
    if opened.word is not None:
        from drafter.word.where import Finder

        finder, inner = Finder(opened.word[0]), opened.inner

        def on_a_page(finding: "Finding", words: str) -> Spot:
            return finder.within(inner[finding.line] if finding.line < len(inner) else (), finding.start, words)

        return on_a_page
    if opened.pages:

        def in_a_pdf(finding: "Finding", words: str) -> Spot:
            return Spot(words, page=opened.pages[finding.line] if finding.line < len(opened.pages) else 0, about=False)

        return in_a_pdf
    return None


def pages_of(opened: OpenedPaper) -> tuple[int, ...]:
    """The page each line of an opened file begins on, () where nobody knows."""
    from drafter.check.rules import Finding

    placed = placed_in(opened)
    if placed is None:
        return ()
    return tuple(placed(Finding("", n, 0, 0, ""), "").page for n in range(len(opened.paper.speech.lines)))


# ── papers beside each other ───────────────────────────────────────────────────────────────────────────────────────

#: More files than one meeting has are not compared with each other, nor are longer ones (bytes).
MOST_FILES, MOST_BYTES = 40, 4_000_000


def with_others(speech: "Speech", name: str, files: Sequence[str]) -> "Speech":
    """The speech in a file with what stands in the others, where it is a script of a meeting; otherwise as it is."""
    if not 1 < len(files) <= MOST_FILES:
        return speech
    from drafter.check.beside import is_script

    if not is_script(speech.lines):
        return speech
    others = (found for other in files if other not in (name, "-") and (found := _beside(other)) is not None)
    return speech._replace(beside=tuple(others))


def _beside(name: str) -> "OtherPaper | None":
    """Another file; None for one that cannot be read, which its own report tells."""
    try:
        found = os.stat(name)
    except OSError:
        return None
    if kind_named(name) is OUTLINE or not os.path.isfile(name) or found.st_size > MOST_BYTES:
        return None
    return _lines_of(name, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=MOST_FILES)
def _lines_of(name: str, changed: int, size: int) -> "OtherPaper | None":
    from drafter.check.beside import OtherPaper
    from drafter.check.report import said_of_line

    try:
        opened = read_file(name, None)
        placed = placed_in(opened)
        return OtherPaper(name, opened.paper.speech.lines, lambda line: said_of_line(opened.paper, line, placed))
    except Rejected:
        return None
