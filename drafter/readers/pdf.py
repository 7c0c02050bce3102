"""A PDF with text to paragraphs, through pypdf, which is an extra: `pip install "drafter[pdf]"`.

A PDF can be made to keep its reader busy for hours or to fill the memory. It is therefore read by a process of its own,
which is ended in time: `main`, with the file on its standard input.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from math import hypot
from pathlib import Path
from typing import Any, NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.readers import text
from drafter.speech.block import Block

#: What the process that reads may take, and how many pages a speech has at most.
SECONDS = 30
BYTES = 2 << 30
PAGES = 300

#: How it is started: with the folder this package is in, wherever that is.
_RUN = "import sys; sys.path.insert(0, sys.argv[1]); from drafter.readers.pdf import main; sys.exit(main())"

#: What its output has between two pages.
_NEXT_PAGE = "\f"

#: Its exit codes.
_BROKEN, _LOCKED, _LONG, _HARD = 3, 4, 5, 6


class ReadPages(NamedTuple):
    """The paragraphs of a PDF, what there is to say about it, and the page each begins on, counted from 1."""

    blocks: tuple[Block, ...]
    remarks: tuple[Diagnostic, ...]
    pages: tuple[int, ...]


def read(data: bytes, name: str) -> ReadPages:
    """The paragraphs of a .pdf: its lines joined, page numbers left out and said so. Raises Rejected for one without
    text, a locked, broken or endless one, and where pypdf is not there."""
    import subprocess

    place = Place(name)
    other = "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。"
    if not data.lstrip()[:1024].startswith(b"%PDF") and b"%PDF-" not in data[:1024]:
        raise Rejected(Diagnostic("这不是 PDF，扩展名不对。", place, other, code="file-not-what-it-says"))
    if find_spec("pypdf") is None:
        raise Rejected(
            Diagnostic(
                "读 PDF 要先装 pypdf。",
                place,
                '装上它：pip install "drafter[pdf]"；或者' + other.removeprefix("请"),
                code="package-missing",
            ),
            exit_code=1,
        )
    try:
        done = subprocess.run(
            _reader(),
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        code = done.returncode
    except subprocess.TimeoutExpired:
        code = _HARD
    if code == _HARD:
        raise Rejected(
            Diagnostic(f"这个 PDF 太复杂，{SECONDS} 秒、{BYTES >> 30} GB 内存还读不完。", place, other, code="pdf-too-complex")
        )
    if code == _LOCKED:
        raise Rejected(Diagnostic("这个 PDF 有密码。", place, "请先用密码打开，另存为没有密码的文件。", code="file-locked-by-password"))
    if code == _LONG:
        raise Rejected(Diagnostic(f"这个 PDF 超过 {PAGES} 页，不像一篇讲话。", place, "请把要用的那一篇另存成一个文件。", code="file-too-large"))
    if code:
        raise Rejected(Diagnostic("这个 PDF 坏了，读不了。", place, other, code="file-damaged"))
    words = done.stdout.decode(errors="replace")
    if not words.strip():
        hint = "请用带文字识别（OCR）的软件，例如 WPS，转成 .docx。"
        raise Rejected(Diagnostic("这个 PDF 里只有图片，没有文字，多半是扫描件。", place, hint, code="no-words"))
    starts, line = [], 1
    for page in words.split(_NEXT_PAGE):
        starts.append(line)
        line += page.count("\n")
    blocks, remarks = text.read(words.replace(_NEXT_PAGE, "").encode(), name, broken=True, pages=starts)
    nodes = (block.node.removeprefix("line.") for block in blocks)
    at = (int(node) if node.isdecimal() else 0 for node in nodes)
    return ReadPages(blocks, remarks, tuple(bisect_right(starts, number) for number in at))


class _Drawn(NamedTuple):
    """What is drawn at once of a line: where it begins, and the size of its letters, both in points."""

    left_pt: float
    size_pt: float
    text: str


class _Line(NamedTuple):
    """A line of a page: where it begins, and the size of its letters, both in points."""

    left_pt: float
    size_pt: float
    text: str


def _lines(page: Any) -> Iterator[str]:
    """The lines of a page, each behind as many spaces as it is indented, two to a letter of the running text."""
    pieces: list[_Drawn] = []
    lines: list[_Line] = []

    def end() -> None:
        ordered = _in_order(pieces)
        words = _UNSPACED.sub("", "".join(piece.text for piece in ordered).strip())
        if words:
            first = next(piece for piece in ordered if piece.text.strip())
            lines.append(_Line(first.left_pt, first.size_pt, words))
        pieces.clear()

    def visit(said: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        for number, part in enumerate(said.split("\n")):
            if number:
                end()
            if part:
                pieces.append(_Drawn(left, abs(size * hypot(tm[0], tm[1]) * hypot(cm[0], cm[1])), part))

    page.extract_text(visitor_text=visit)
    end()
    if not lines:
        return
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size_pt, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] or 12.0
    left = min(line.left_pt for line in lines if round(line.size_pt, 1) == size)
    for line in lines:
        yield " " * min(max(round(2 * (line.left_pt - left) / size), 0), 200) + line.text


#: A gap a page has between 汉字 and figures or letters; nobody has typed it.
_UNSPACED = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef“”—…]) +(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) +(?=[\u3001-\u9fff\uff00-\uffef“”—…])"
)


#: Marks that stand in another font than the 汉字 around them, each run of them: “ ” … — ·
_MARKS = re.compile(r"[“”‘’…—·]+")


def _in_order(pieces: Sequence[_Drawn]) -> list[_Drawn]:
    """The pieces of a line as they are read. Where a font has no “ ”, they are drawn first, all those of a run of text
    up to the next figure, and the text behind them has a gap for each."""
    ordered: list[_Drawn] = []
    marks: list[_Drawn] = []
    behind: list[_Drawn] = []

    def end() -> None:
        ordered.extend([_filled(marks, behind)] if marks and behind else marks)
        marks.clear()
        behind.clear()

    for piece in pieces:
        if not _MARKS.sub("", piece.text).strip() and _MARKS.search(piece.text):
            if behind:
                end()
            marks.append(piece)
        elif not marks or (behind and piece.text.strip()[:1].isascii()):
            end()
            ordered.append(piece)
        elif piece.text.strip():
            behind.append(piece)
    end()
    return ordered


def _filled(marks: Sequence[_Drawn], behind: Sequence[_Drawn]) -> _Drawn:
    """Text with the marks that were drawn before it in its gaps: the first where it stands, the others in those that
    follow. What has no gap stands at the end."""
    drawn = "".join(mark.text for mark in marks)
    runs = [run for mark in marks for run in _MARKS.findall(mark.text)]
    first = behind[0]
    text, at, size = "".join(piece.text for piece in behind), 0, first.size_pt or 12.0
    indent = "\u3000" * drawn[: drawn.index(runs[0])].count("\u3000")  # drawn with the marks as well
    if marks[0].left_pt + len(indent) * size < first.left_pt - size / 4:
        text, at = runs[0] + text, len(runs[0])
        runs = runs[1:]
    away = -1.0 if at or indent else (marks[0].left_pt - first.left_pt) / size  # of the first, where that is known
    for run in runs:
        gaps = [found.start() for found in re.finditer(" ", text) if found.start() >= at]
        if not gaps or (away > _ems(text) - 0.5 and not text.endswith(" ")):
            text += run
            at = len(text)
        else:
            gap = min(gaps, key=lambda start: abs(_ems(text[:start]) - away)) if away >= 0 else gaps[0]
            text = text[:gap] + run + text[gap + 1 :]
            at = gap + len(run)
        away = -1.0
    return _Drawn(min(marks[0].left_pt, first.left_pt), first.size_pt, indent + text)


def _ems(text: str) -> float:
    """How wide a text is, in letters as wide as a 汉字; the gap for a mark is as wide."""
    return sum(0.55 if char.isascii() and char != " " else 1.0 for char in text)


def _reader() -> list[str]:
    """The command that reads one: this Python, or, unzipped, the program itself, which has its Python inside."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read-pdf"]  # as drafter/__main__.py has it
    return [sys.executable, "-P", "-c", _RUN, str(Path(__file__).parents[2])]


def main() -> int:
    """Read a PDF from standard input, write its text to standard output; returns the exit code."""
    import io
    import logging

    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (BYTES if most == resource.RLIM_INFINITY else min(BYTES, most), most))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    logging.disable(logging.CRITICAL)
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return _LOCKED
        if len(reader.pages) > PAGES:
            return _LONG
        said = ""
        for page in reader.pages:
            said += _NEXT_PAGE * bool(said) + "".join(f"{line}\n" for line in _lines(page))
            if len(said) > text.MAX_CHARACTERS:  # which is then said of it
                break
    except (MemoryError, RecursionError):
        return _HARD
    except Exception as error:  # whatever a broken file makes of its reader; it has nothing to lose
        return _LOCKED if "crypt" in type(error).__name__.lower() or "password" in str(error).lower() else _BROKEN
    sys.stdout.buffer.write(said.encode(errors="replace"))
    return 0
