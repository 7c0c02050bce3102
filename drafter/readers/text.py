"""Plain text and Markdown to paragraphs, with the page numbers of a PDF left out, and said so."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected, columns
from drafter.outline.yaml import decode
from drafter.readers.edges import FileLine
from drafter.readers.wrapped import Joined, joined
from drafter.speech.block import Block
from drafter.speech.draft import Span

#: A speech of six hours is 60,000 characters. What is longer is a book, and no outline of it would be read.
MAX_CHARACTERS = 500_000
MAX_PARAGRAPHS = 20_000

#: Numbers of lines that a remark names.
_NAMED = 5


def read(
    data: bytes, name: str, *, broken: bool = False, pages: Sequence[int] = (), markdown: bool = False
) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The paragraphs of a .txt or .md, their node `line.12` the line they begin on, and remarks on what was left out or
    joined. `broken`: its lines are known to be those of pages; `pages`: the numbers of the lines on which these begin, where known;
    `markdown`: it is Markdown. A role is told only where
    Markdown tells it (`#`). Raises Rejected for what is not a text, or no speech's."""
    text, remarks = _text(data, name)
    if not text.strip():
        raise Rejected(Diagnostic("这个文件是空的。", Place(name), "请换一个有讲话稿的文件。", code="file-empty"))
    if len(text) > MAX_CHARACTERS:
        told = f"太长：{len(text):,} 字，最多 {MAX_CHARACTERS:,} 字，不像一篇讲话。"
        raise Rejected(Diagnostic(told, Place(name), "一个文件里如果有好几篇，请把要用的那一篇另存成一个文件。", code="file-too-large"))
    rows = text.split("\n")
    if not markdown and _is_quoted(rows):
        rows = [_QUOTE.sub("", row) for row in rows]
        told = "每行开头都有转发邮件的“>”，去掉了。"
        remarks = (*remarks, Diagnostic(told, Place(name), level=WARNING, code="quote-marks-left-out"))
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    if sum(bool(line.text) for line in lines) > MAX_PARAGRAPHS:
        raise Rejected(Diagnostic(f"段落太多，最多 {MAX_PARAGRAPHS:,} 段，不像一篇讲话。", Place(name), code="file-too-large"))
    kept, more = _without_noise(lines, name, pages)
    whole = joined(kept, broken)
    if markdown:
        blocks = tuple(_markdown(whole.lines))
    else:
        blocks = tuple(Block("", (Span(line.text),), f"line.{line.number}") for line in whole.lines)
    return blocks, (*remarks, *more, *_told(whole, name))


#: What a mail program puts before each line of a mail that is sent on.
_QUOTE = re.compile(r"^(?:> ?)+")


def _is_quoted(rows: Sequence[str]) -> bool:
    full = [row for row in rows if row.strip()]
    return len(full) >= 3 and all(row.startswith(">") for row in full)


def _line(number: int, row: str) -> FileLine:
    text = row.strip()
    start = len(row) - len(row.lstrip())
    before, behind = row[:start], row[start + len(text) :]
    return FileLine(number, columns(before.expandtabs(4)), text, before if text else "", behind)


def _told(whole: Joined, name: str) -> Iterator[Diagnostic]:
    """What joining did, and what it left."""
    if whole.joins:
        told = f"这个文件每行都在固定的宽度断开，已经接起来 {whole.joins} 处。"
        hint = "请对照原文看一看分段。"
        if whole.doubtful:
            hint = f"请对照原文看一看分段，看不准的有{_numbers(whole.doubtful)}。"
        yield Diagnostic(told, Place(name), hint, level=WARNING, code="lines-joined")
    if whole.cut:
        told = f"有 {len(whole.cut)} 段断在句子中间，照原样没有接：{_numbers(whole.cut)}。"
        yield Diagnostic(
            told, Place(name, whole.cut[0]), "请对照原文，把断开的段接起来再提取。", level=WARNING, code="lines-cut"
        )


def _numbers(lines: Sequence[int]) -> str:
    return f"第 {'、'.join(map(str, lines[:_NAMED]))} 行" + ("等" if len(lines) > _NAMED else "")


#: Characters that no speech means: C0 and C1 controls but tab and line end, the byte order mark, soft hyphens; and what has
#: no width or turns the direction, where it parts a word or a figure. Elsewhere it does no harm and stays: the speech comes
#: back as it was.
_LETTER = "0-9A-Za-z\u3400-\u9fff"
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\xad]"
    f"|(?<=[{_LETTER}.])[\u200b-\u200f\u202a-\u202e\u2060](?=[{_LETTER}.%％])"
)


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
    text = UNSEEN.sub("", source.text)
    return text, (*remarks, *characters_left_out(len(source.text) - len(text), name))


def characters_left_out(count: int, name: str) -> tuple[Diagnostic, ...]:
    """What to say of characters that were taken out since nobody sees them; nothing for none."""
    told = f"去掉了 {count} 个看不见的控制字符。"
    return (Diagnostic(told, Place(name), level=WARNING, code="characters-left-out"),) if count else ()


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

def _without_noise(lines: Sequence[FileLine], name: str, pages: Sequence[int]) -> tuple[list[FileLine], list[Diagnostic]]:
    """The lines without page numbers and what runs along with them. What else is not the speech's, `recognise` tells."""
    full = [at for at, line in enumerate(lines) if line.text]
    noise: set[int] = {at for at in full if _PAGE.fullmatch(lines[at].text)}
    noise |= _bare_pages(lines, full)
    noise |= _at_the_edges(lines, full, noise, pages)
    noise |= _running_heads(lines, full, noise)
    if not noise or len(noise) == len(full):  # nothing would be left: it is all there is
        return list(lines), []
    first = lines[min(noise)]
    said = "、".join(f"“{_short(lines[at].text)}”" for at in sorted(noise)[:3]) + ("等" if len(noise) > 3 else "")
    told = f"没有收进来：页码、页眉 {len(noise)} 行，{said}。"
    remark = Diagnostic(told, Place(name, first.number), level=WARNING, code="lines-left-out")
    return [line._replace(text="", gone=True) if at in noise else line for at, line in enumerate(lines)], [remark]


def _bare_pages(lines: Sequence[FileLine], full: Sequence[int]) -> set[int]:
    """Numbers alone on their lines that count the pages: three and more, one after the other."""
    found = [at for at in full if _BARE_PAGE.fullmatch(lines[at].text)]
    numbers = [int(lines[at].text) for at in found]
    counts = len(found) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return set(found) if counts else set()


def _at_the_edges(lines: Sequence[FileLine], full: Sequence[int], noise: set[int], pages: Sequence[int]) -> set[int]:
    """Lines at the top and the foot of pages that are none of the text: numbers that count the pages, and words that
    half of the pages have there, of these but the first."""
    found: set[int] = set()
    inner = [at for at in full if at not in noise]
    for edge in (0, -1):
        rows = [page for page in _pages(inner, pages) if page]
        ends = [page[edge] for page in rows]
        numbers = [at for at in ends if _BARE_PAGE.fullmatch(lines[at].text)]
        counted = [int(lines[at].text) for at in numbers]
        if len(counted) >= 2 and counted == list(range(counted[0], counted[0] + len(counted))):
            found.update(numbers)
            ends = [left[edge] for page in rows if (left := [at for at in page if at not in numbers])]
        said = Counter(lines[at].text for at in ends)
        often = {text for text, times in said.items() if times >= 2 and times * 2 >= len(ends) - 1 and len(text) <= 40}
        for text in often:
            found.update([at for at in ends if lines[at].text == text][1:])
    return found


def _pages(rows: Sequence[int], pages: Sequence[int]) -> Iterator[list[int]]:
    """The rows of each page; `pages` are the numbers of the lines on which they begin."""
    for start, end in pairwise((*pages, sys.maxsize)):
        yield [at for at in rows if start <= at + 1 < end]


def _running_heads(lines: Sequence[FileLine], full: Sequence[int], pages: set[int]) -> set[int]:
    """Lines repeated word for word beside page numbers."""
    beside: dict[str, list[int]] = {}
    top = lines[full[0]].text if full else ""  # that of the first page has no page before it
    for before, at, after in zip([-1, *full], full, [*full[1:], -1], strict=False):
        if at not in pages and (before in pages or after in pages) and 2 < len(lines[at].text) <= 40:
            beside.setdefault(lines[at].text, []).append(at)
    repeated = {text: [full[0], *found] if text == top and full[0] not in found else found for text, found in beside.items()}
    return {at for found in repeated.values() if len(found) >= 3 for at in found[1:]}


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"


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
