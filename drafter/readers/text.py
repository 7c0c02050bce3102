"""Plain text and Markdown to paragraphs, with the page numbers of a PDF left out, and said so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from drafter.chinese.numerals import gap
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, columns
from drafter.outline.yaml import decode
from drafter.speech.block import Block
from drafter.speech.draft import Span

#: A speech of six hours is 60,000 characters. What is longer is a book, and no outline of it would be read.
MAX_CHARACTERS = 500_000
MAX_PARAGRAPHS = 20_000

#: A line of a file broken at a fixed width: at least so many of its long lines end within two columns of the longest.
_WRAPPED_SHARE = 0.7
_WRAPPED_LINES = 8
_WRAPPED_COLUMNS = (36, 110)

#: A page puts a gap between 汉字 and figures, so that a line of many figures is full with fewer columns.
_SHORT_OF_PAGE = 8

#: A line of a page set in by so many columns is no paragraph's (4 columns): it is centred, or stands to the right.
_CENTRED = 8


class FileLine(NamedTuple):
    """A line of the file: `number` counts from 1, `indent` are the columns of the space before its text."""

    number: int
    indent: int
    text: str


def read(
    data: bytes, name: str, *, broken: bool = False, markdown: bool = False
) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The paragraphs of a .txt or .md, their node `line.12` the line they begin on, and remarks on what was left out or
    joined. `broken`: its lines are known to be those of pages; `markdown`: it is Markdown. A role is told only where
    Markdown tells it (`#`). Raises Rejected for what is not a text, or no speech's."""
    text, remarks = _text(data, name)
    if not text.strip():
        raise Rejected(Diagnostic("这个文件是空的。", Place(name), "请换一个有讲话稿的文件。", code="file-empty"))
    if len(text) > MAX_CHARACTERS:
        told = f"太长：{len(text):,} 字，最多 {MAX_CHARACTERS:,} 字，不像一篇讲话。"
        raise Rejected(Diagnostic(told, Place(name), "一个文件里如果有好几篇，请把要用的那一篇另存成一个文件。", code="file-too-large"))
    lines = [
        FileLine(number, columns(row[: len(row) - len(row.lstrip())].expandtabs(4)), row.strip())
        for number, row in enumerate(text.split("\n"), 1)
    ]
    if sum(bool(line.text) for line in lines) > MAX_PARAGRAPHS:
        raise Rejected(Diagnostic(f"段落太多，最多 {MAX_PARAGRAPHS:,} 段，不像一篇讲话。", Place(name), code="file-too-large"))
    kept, more = _without_noise(lines, name)
    joined, wrapped = _unwrapped(kept, name, broken)
    if markdown:
        blocks = tuple(_markdown(joined))
    else:
        blocks = tuple(Block("", (Span(line.text),), f"line.{line.number}") for line in joined if line.text)
    return blocks, (*remarks, *more, *wrapped)


#: Characters that no speech means: C0 and C1 controls but tab and line end, the byte order mark, soft hyphens.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\xad]")


def _text(data: bytes, name: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a file. Page and line feeds are line ends; characters nobody can see, which come from a PDF or a
    copied page, are taken out. A file with NULs is no text."""
    if data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        kind = {b"PK": "Word、Excel 一类的文件", b"%P": "PDF", b"{\\": "RTF"}.get(data[:2], "老版本 Office 的文件（.doc .xls .ppt）")
        raise Rejected(
            Diagnostic(
                f"这是{kind}，不是文本，扩展名不对。", Place(name), "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。", code="file-not-what-it-says"
            )
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        with suppress(UnicodeDecodeError):  # what cannot be decoded is `decode`'s to tell
            data = data.decode("utf-16").encode()
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        if b"\x00" in data:
            raise Rejected(
                Diagnostic("这个文件不是文本。", Place(name), "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。", code="file-not-text")
            )
        data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\x0c", b"\n").replace(b"\x0b", b"\n")
        data = re.sub(rb"[\x01-\x08\x0e-\x1f]|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]", b"", data) if _is_utf8(data) else data
    source, remarks = decode(data, name)
    text = _UNSEEN.sub("", source.text)
    if len(text) < len(source.text):
        told = f"去掉了 {len(source.text) - len(text)} 个看不见的控制字符。"
        remarks = (*remarks, Diagnostic(told, Place(name), level=WARNING, code="characters-left-out"))
    return text, remarks


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


# ── noise ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#: A page number alone on its line: — 3 —, - 3 -, 第3页, 第 3 页 共 10 页, 3/10, Page 3.
_PAGE = re.compile(
    r"[—－―─-]{1,2}\s*[0-9０-９]{1,3}\s*[—－―─-]{1,2}|第\s*[0-9０-９]{1,3}\s*页(?:\s*[，,/／]?\s*共\s*[0-9０-９]{1,3}\s*页)?|"
    r"[0-9]{1,3}\s*[/／]\s*[0-9]{1,3}|[Pp]age\s*[0-9]{1,3}(?:\s*of\s*[0-9]{1,3})?"
)
_BARE_PAGE = re.compile(r"[0-9]{1,3}")

def _without_noise(lines: Sequence[FileLine], name: str) -> tuple[list[FileLine], list[Diagnostic]]:
    """The lines without page numbers and what runs along with them. What else is not the speech's, `recognise` tells."""
    full = [at for at, line in enumerate(lines) if line.text]
    noise: set[int] = {at for at in full if _PAGE.fullmatch(lines[at].text)}
    noise |= _bare_pages(lines, full)
    noise |= _running_heads(lines, full, noise)
    if not noise or len(noise) == len(full):  # nothing would be left: it is all there is
        return list(lines), []
    first = lines[min(noise)]
    said = "、".join(f"“{_short(lines[at].text)}”" for at in sorted(noise)[:3]) + ("等" if len(noise) > 3 else "")
    told = f"没有收进来：页码、页眉 {len(noise)} 行，{said}。"
    remark = Diagnostic(told, Place(name, first.number), level=WARNING, code="lines-left-out")
    return [line._replace(text="") if at in noise else line for at, line in enumerate(lines)], [remark]


def _bare_pages(lines: Sequence[FileLine], full: Sequence[int]) -> set[int]:
    """Numbers alone on their lines that count the pages: three and more, one after the other."""
    found = [at for at in full if _BARE_PAGE.fullmatch(lines[at].text)]
    numbers = [int(lines[at].text) for at in found]
    counts = len(found) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return set(found) if counts else set()


def _running_heads(lines: Sequence[FileLine], full: Sequence[int], pages: set[int]) -> set[int]:
    """Lines repeated word for word beside page numbers."""
    beside: dict[str, list[int]] = {}
    for before, at, after in zip([-1, *full], full, [*full[1:], -1], strict=False):
        if at not in pages and (before in pages or after in pages) and 2 < len(lines[at].text) <= 40:
            beside.setdefault(lines[at].text, []).append(at)
    return {at for found in beside.values() if len(found) >= 3 for at in found[1:]}


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"


# ── lines broken at a fixed width ──────────────────────────────────────────────────────────────────────────────────


def _unwrapped(lines: Sequence[FileLine], name: str, known: bool = False) -> tuple[list[FileLine], list[Diagnostic]]:
    """The paragraphs of a file whose lines were broken at a fixed width, as a PDF's are; any other file as it is. Two
    lines are joined only where the first is full and ends in mid sentence, and nothing marks the second as a
    beginning."""
    width = (
        max((line.indent + columns(line.text) for line in lines if line.text), default=0)
        if known
        else _wrap_width(lines)
    )
    if not width:
        return [line for line in lines if line.text], []
    indented = sum(line.indent >= 2 for line in lines if line.text) >= (1 if known else 3)
    short = _SHORT_OF_PAGE if known else 3  # columns a full line may lack
    out: list[FileLine] = []
    last_width = 0
    joined = 0
    broken = True
    for line in lines:
        if not line.text:
            broken = broken or last_width < width - short or _ended(out[-1].text if out else "")
            continue
        begins = line.indent >= 2 if indented else bool(_BEGINNING.match(line.text))
        full = last_width >= width - short
        if out and full and not broken and not begins and (indented or not _ended(out[-1].text)):
            out[-1] = out[-1]._replace(text=out[-1].text + gap(out[-1].text[-1], line.text[0]) + line.text)
            joined += 1
        else:
            out.append(line)
        last_width = 0 if known and line.indent >= _CENTRED else line.indent + columns(line.text)
        broken = False
    remark = Diagnostic(
        f"这个文件每行都在固定的宽度断开，已经接起来 {joined} 处。", Place(name), "请对照原文看一看分段。", level=WARNING, code="lines-joined"
    )
    return (out, [remark]) if joined else ([line for line in lines if line.text], [])


_BEGINNING = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]{1,3}[，、]|[0-9]{1,2}[.．、]|同志们[：，！]")


def _ended(text: str) -> bool:
    return text.rstrip("”’）)》").endswith(("。", "！", "？", "：", "；", ":"))


def _wrap_width(lines: Sequence[FileLine]) -> int:
    """The columns at which the lines of a file are broken, 0 where they are not."""
    widths = sorted(line.indent + columns(line.text) for line in lines if line.text)
    if len(widths) < _WRAPPED_LINES:
        return 0
    width = widths[-max(1, len(widths) // 50)]
    low, high = _WRAPPED_COLUMNS
    if not low <= width <= high or widths[-1] > width + 4:
        return 0
    full = [line for line in lines if line.indent + columns(line.text) >= width - 3]
    open_ends = sum(not _ended(line.text) for line in full)
    enough = len(full) >= _WRAPPED_LINES and len(full) >= 0.4 * len(widths)
    return width if enough and open_ends >= _WRAPPED_SHARE * len(full) else 0


# ── Markdown ───────────────────────────────────────────────────────────────────────────────────────────────────────

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|&=])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def _markdown(lines: Sequence[FileLine]) -> Iterator[Block]:
    """Markdown's own marks taken away: # is a title (the first of its level) or a heading, ** strong, \\ before a
    mark."""
    tops = [len(found[1]) for line in lines if (found := _HEADING.match(line.text))]
    titled = False
    for line in lines:
        if not line.text or re.fullmatch(r"[-*_]{3,}|```.*", line.text):
            continue
        found = _HEADING.match(line.text)
        node = f"line.{line.number}"
        role = ""
        text = (
            line.text.removesuffix("\\") if line.text.endswith("\\") and not line.text.endswith("\\\\") else line.text
        )
        if found:
            text = found[2]
            if len(found[1]) == min(tops) and not titled:
                role, titled = "标题", True
            else:
                rank = len(found[1]) - min(tops) + (0 if tops.count(min(tops)) == 1 else 1)
                role = "一二三四"[min(max(rank, 1), 4) - 1] + "级标题"
        elif text.startswith("> "):
            text = text[2:]
        spans = tuple(_emphasis(text))
        if spans:
            yield Block(role, spans, node)


def _emphasis(text: str) -> Iterator[Span]:
    at = 0
    for found in _STRONG.finditer(text):
        if found.start() > at:
            yield Span(_ESCAPED.sub(r"\1", text[at : found.start()]))
        yield Span(_ESCAPED.sub(r"\1", found[2]), "strong")
        at = found.end()
    if at < len(text):
        yield Span(_ESCAPED.sub(r"\1", text[at:]))
