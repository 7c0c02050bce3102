"""A saved page (.html, .mht) to paragraphs: its text without menus, scripts and buttons, with the title and what its
structure tells to be the site's (`drafter.readers.article`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from drafter.chinese.numerals import gap
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline.yaml import decode
from drafter.readers import text as plain_text
from drafter.readers.article import Article, WebLine, article_of, name_of
from drafter.speech.block import Block

if TYPE_CHECKING:
    from drafter.word.oxml import Element

#: Elements whose words are not the page's text, and those that hold a site's own.
_UNSAID = frozenset(
    ("script", "style", "button", "select", "textarea", "noscript", "template", "svg", "iframe", "head", "object", "option", "rp", "rt")
)
_UNREAD = _UNSAID | {"nav", "footer", "aside"}

#: Elements that stand in a line of text; all others begin and end a paragraph.
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "input", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
_COPY = "在浏览器里打开，把正文复制到 .txt 或 .docx 里。"
#: Blanks of no width and marks of direction, which editors of pages put in by themselves.
_UNSEEN = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad]")
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")


class WebText(NamedTuple):
    """What was read of a page. `outside` are the numbers of the blocks that its structure tells to be the site's, with
    the reason of each."""

    blocks: tuple[Block, ...]
    remarks: tuple[Diagnostic, ...]
    outside: dict[int, str]


def read(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The paragraphs of a .html or .mht, the site's own among them, and remarks on what was left out. A role is told
    only of the title. Raises Rejected."""
    page = read_page(data, name)
    return page.blocks, page.remarks


def read_page(data: bytes, name: str) -> WebText:
    """The same, with what is the site's. Raises Rejected."""
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or (
        b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise Rejected(
            Diagnostic("这不是网页，扩展名不对。", Place(name), "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。", code="file-not-what-it-says")
        )
    if _IS_ARCHIVE.match(data):
        data = _of_archive(data)
    if b"\x00" not in data:
        data = re.sub(rb"[\x01-\x08\x0b\x0e-\x1f]", b"", data).replace(b"\x0c", b" ")  # FF is a blank of HTML
    source, remarks = decode(data, name)
    lines, titles = _best(source.text, name)
    seen = [_UNSEEN.sub("", line.text) for line in lines]
    unseen = sum(len(line.text) - len(text) for line, text in zip(lines, seen, strict=True))
    lines = [line._replace(text=text) for line, text in zip(lines, seen, strict=True) if text.strip()]
    remarks = (*remarks, *plain_text.characters_left_out(unseen, name))
    if not lines:
        raise Rejected(Diagnostic("这个网页里没有文字。", Place(name), _COPY, code="no-words"))
    found = article_of(lines, titles)
    if found.title is None and found.outside and (said := name_of(titles)):
        told = f"网页正文里没有标题，用的是网页的标题栏：“{said}”。"
        remarks = (*remarks, Diagnostic(told, Place(name), level=WARNING, code="title-from-page"))
        lines = [WebLine(said, level=1), *lines]
        found = Article(0, {at + 1: reason for at, reason in found.outside.items()})
    blocks, more = plain_text.read("\n".join(line.text for line in lines).encode(), name)
    more = tuple(remark for remark in more if remark.code != "lines-cut")  # a page says where its paragraphs end
    heads = [at for at, line in enumerate(lines) if line.level == 1]
    title = found.title if found.title is not None else heads[0] if len(heads) == 1 else None
    at_line = {f"line.{at + 1}": at for at in range(len(lines))}
    blocks = tuple(
        block._replace(role="标题") if title is not None and at_line.get(block.node) == title else block for block in blocks
    )
    outside = {
        number: found.outside[at]
        for number, block in enumerate(blocks)
        if (at := at_line.get(block.node, -1)) in found.outside
    }
    return WebText(blocks, (*remarks, *more), outside)


#: How a page saved with its pictures in one file begins (RFC 2557).
_IS_ARCHIVE = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?[Cc]ontent-[Tt]ype:\s*multipart/related")


def _of_archive(data: bytes) -> bytes:
    """The page in a .mht, in UTF-8; b"" where it holds none."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            charset = part.get_content_charset("")
            if isinstance(page, bytes):
                try:
                    return page.decode(charset or "utf-8").encode()
                except (LookupError, UnicodeDecodeError):
                    return page
    return b""


def _best(text: str, name: str) -> tuple[list[WebLine], list[str]]:
    """The lines of a page and what it calls itself; where the sentences stand in what usually is the site's, that is
    read too."""
    lines, titles = _lines(text, _UNREAD, name)
    if sum(line.mass for line in lines) < 40:
        more, titles = _lines(text, _UNSAID, name)
        if not lines or sum(line.mass for line in more) > sum(line.mass for line in lines):
            lines = more
    return lines, titles


class _Walk:
    """One walk through a page: the elements that are open, and the lines so far."""

    def __init__(self, unread: frozenset[str]) -> None:
        self.unread = unread
        self.lines: list[WebLine] = []
        self.path: list[int] = []
        self.words: list[str] = []
        self.linked = self.level = self.links = self.captions = self.kept = self.number = 0
        self.pictured = False  # the last thing shown is a picture

    def say(self, text: str | None) -> None:
        if not text:
            return
        self.words.append(text)
        if self.links:
            self.linked += len(text.strip())

    def end(self) -> None:
        """The line is at its end."""
        whole = "".join(self.words)
        linked, self.linked = self.linked, 0
        self.words.clear()
        for row in whole.split("\n") if self.kept else (_spaced(whole),):
            if row.strip():
                share = min(linked / len(whole.strip()), 1.0)
                caption = self.captions > 0 or (self.pictured and bool(_UNDER_PICTURE.search(row)) and len(row) <= 60)
                self.lines.append(WebLine(row, tuple(self.path), self.level, share, caption))
                self.pictured = False

    def enter(self, element: Element, tag: str) -> None:
        if tag not in _INLINE:
            self.end()
            self.number += 1
            self.path.append(self.number)
        self.links += tag == "a"
        self.captions += tag == "figcaption"
        self.kept += _keeps_lines(element, tag)
        self.pictured |= tag in ("img", "picture", "video")
        if tag in _HEADS:
            self.level = int(tag[1])

    def leave(self, element: Element, tag: str) -> None:
        if tag not in _INLINE:
            self.end()
            self.path.pop()
        self.links -= tag == "a"
        self.captions -= tag == "figcaption"
        self.kept -= _keeps_lines(element, tag)
        if tag in _HEADS:
            self.level = 0


#: What a line straight under a picture says where it is the picture's.
_UNDER_PICTURE = re.compile("摄[）)]?$|图为|供图|图源|图片来源|^[▲△↑]|^图[0-9一二三四五六七八九十：:]")

_HEADS = frozenset(f"h{level}" for level in range(1, 7))


def _lines(text: str, unread: frozenset[str], name: str) -> tuple[list[WebLine], list[str]]:
    """The paragraphs of a page, and what it calls itself. Raises Rejected for one nested too deeply."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode() or b" ", parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):  # what follows is not read
        raise Rejected(Diagnostic("这个网页的标签套得太深，读不全。", Place(name), _COPY, code="file-too-deep"))
    if root is None:
        return [], []
    titles = [element.text or "" for element in root.iter("title")]
    titles += [element.get("content") or "" for element in root.iter("meta") if _names_itself(element)]
    walk, to = _Walk(unread), etree.iterwalk(root, events=("start", "end"))
    skipped: set[Element] = set()
    for event, element in to:
        tag = str(element.tag).lower()
        if event == "start":
            if tag in unread or _is_hidden(element, tag):
                if tag not in _INLINE:
                    walk.end()
                skipped.add(element)
                to.skip_subtree()
                continue
            walk.enter(element, tag)
            walk.say(element.text)
        else:
            if element in skipped:
                skipped.discard(element)
            else:
                walk.leave(element, tag)
            if element is not root:
                walk.say(element.tail)
    walk.end()
    return walk.lines, titles


def _names_itself(element: Element) -> bool:
    called = (element.get("property") or element.get("name") or "").lower()
    return called in ("og:title", "articletitle", "twitter:title", "title")


def _keeps_lines(element: Element, tag: str) -> bool:
    """Whether line ends in an element's text are line ends of the page."""
    return tag in ("pre", "listing", "xmp") or "white-space:pre" in re.sub(r"\s", "", element.get("style") or "")


def _is_hidden(element: Element, tag: str) -> bool:
    """Whether an element is not shown. An article that a script shows, or a button unfolds, is hidden too: what holds
    sentences counts as shown, but what is hidden inside a line never does (it is put there against copying)."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    if element.get("hidden") is None and "display:none" not in style and "visibility:hidden" not in style:
        return False
    if tag in _INLINE:
        return True
    words = stops = 0
    for said in element.itertext():
        words += sum("\u3400" <= c <= "\u9fff" for c in said)
        stops += len(_STOP.findall(said))
        if words >= _HIDDEN_ARTICLE and stops >= _HIDDEN_STOPS:
            return False
    return True


#: 汉字 and ends of sentences without which what is hidden is no article: a dialog, a tip.
_HIDDEN_ARTICLE, _HIDDEN_STOPS = 80, 3
_STOP = re.compile("[。！？]")


def _spaced(text: str) -> str:
    """The text with its space as a page shows it; a line end of the source between 汉字 is none."""

    def between(found: re.Match[str]) -> str:
        if "\n" not in found[0] or found.start() == 0 or found.end() >= len(text):
            return " "
        return gap(text[found.start() - 1], text[found.end()])

    return _SPACE.sub(between, text).strip()
