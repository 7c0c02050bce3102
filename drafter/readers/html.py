"""A saved page to paragraphs: what a reader sees of its text, without menus, scripts and forms. What sites write around
a speech is left out as in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from drafter.chinese.numerals import gap
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline.yaml import decode
from drafter.readers import text as plain_text
from drafter.speech.block import Block

if TYPE_CHECKING:
    from drafter.word.oxml import Element

#: Elements whose words are not the page's text.
_UNREAD = frozenset(
    ("script", "style", "nav", "footer", "aside", "form", "button", "select", "textarea", "noscript", "template", "svg", "iframe", "head", "object")
)

#: Elements that stand in a line of text; all others begin and end a paragraph.
_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "input", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small",
        "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
_COPY = "在浏览器里打开，把正文复制到 .txt 或 .docx 里。"
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")


def read(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The paragraphs of a .html, and remarks on what was left out. A role is told only where there is one <h1>. Raises
    Rejected."""
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or (
        b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise Rejected(
            Diagnostic("这不是网页，扩展名不对。", Place(name), "请用 Word 或 WPS 打开，另存为 .docx 或 .txt。", code="file-not-what-it-says")
        )
    if b"\x00" not in data:
        data = re.sub(rb"[\x01-\x08\x0b\x0e-\x1f]", b"", data).replace(b"\x0c", b" ")  # FF is a blank of HTML
    source, remarks = decode(data, name)
    lines = _lines(source.text, _UNREAD, name) or _lines(source.text, frozenset(("script", "style", "head")), name)
    if not lines:
        raise Rejected(Diagnostic("这个网页里没有文字。", Place(name), _COPY, code="no-words"))
    words = "\n".join(line for line, _ in lines)
    blocks, more = plain_text.read(words.encode(), name)
    heads = {f"line.{n}" for n, (_, head) in enumerate(lines, 1) if head}
    titled = len(heads) == 1
    blocks = tuple(block._replace(role="标题") if titled and block.node in heads else block for block in blocks)
    return blocks, (*remarks, *more)


def _lines(text: str, unread: frozenset[str], name: str) -> list[tuple[str, bool]]:
    """The paragraphs of a page, each with whether it is a <h1>. Raises Rejected for one nested too deeply."""
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
        return []
    out: list[tuple[str, bool]] = []
    words: list[str] = []
    heads = 0

    def end() -> None:
        line = _spaced("".join(words))
        if line:
            out.append((line, heads > 0))
        words.clear()

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag).lower()
        apart = tag not in _INLINE
        if event == "start":
            if apart:
                end()
            if tag in unread or _hidden(element):
                walk.skip_subtree()
                continue
            heads += tag == "h1"
            words.append(element.text or "")
        else:
            if apart:
                end()
            if tag == "h1" and not (tag in unread or _hidden(element)):
                heads -= 1
            if element is not root:
                words.append(element.tail or "")
    end()
    return out


def _hidden(element: Element) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or (
        bool(style) and bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", style, re.I))
    )


def _spaced(text: str) -> str:
    """The text with its space as a page shows it; a line end of the source between 汉字 is none."""

    def between(found: re.Match[str]) -> str:
        if "\n" not in found[0] or found.start() == 0 or found.end() >= len(text):
            return " "
        return gap(text[found.start() - 1], text[found.end()])

    return _SPACE.sub(between, text).strip()
