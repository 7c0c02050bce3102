"""A Block is one Word paragraph: a role and spans. Readers end in Blocks, writers start from them. A Line is what has
been recognised in one."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from drafter.speech.draft import Rich, Span, plain


class Block(NamedTuple):
    """`role` is a style of the template (标题, 正文 …); a line break inside the paragraph is "\\n" in a span's text.
    `node` names the outline node it came from, "" for what the template added itself."""

    role: str
    spans: Rich
    node: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return plain(self.spans)


class Line(NamedTuple):
    """One paragraph as the proof-reader sees it. `role`: "title", "subtitle", "dateline", "byline", "greeting",
    "heading", "body", "signature", "other" (a short line that is no sentence) or "noise" (not the speech's, its `reason`
    in words for people). `level`: of a heading or requirement from 1, 0 otherwise. `kind`: the part's, one of
    `drafter.speech.draft.KINDS`, "" where nobody has told."""

    text: str
    role: str = "body"
    level: int = 0
    kind: str = ""
    reason: str = ""


def dump(blocks: Sequence[Block]) -> str:
    """The blocks as text for people to read and compare, one `角色｜text` a line, as a layout writes it. A run-in
    heading stands between **, an answered blank is 【名称：its words】, one without an answer 【名称】, words to be
    confirmed 【核实：its words｜note】, a line break ⏎; the outline's own 【 is 【【, as in outlines. It is not read back: what
    an outline says may look like any of these."""
    return "".join(f"{block.role}｜{_dumped(block.spans)}\n" for block in blocks)


def _dumped(spans: Rich) -> str:
    text = ""
    for strong, run in groupby(spans, key=lambda span: bool(span.strong)):
        words = "".join(map(_shown, run))
        text += f"**{words}**" if strong else words
    return text.replace("\n", "⏎")


def _shown(span: Span) -> str:
    if span.confirm is not None:
        return f"【核实：{span.text}{'｜' if span.confirm else ''}{span.confirm}】"
    if not span.blank:
        return span.text.replace("【", "【【")
    return f"【{span.blank}：{span.text}】" if span.answered else f"【{span.blank}】"


class Hint(NamedTuple):
    """How a paragraph of a foreign .docx looks: its font and size, whether it is bold and centred, its first line's
    indent in 汉字 (blanks typed in front included), its outline level (0 = text). `outside` says why a page's structure
    tells that a paragraph is not the article's, "" where it does not."""

    font: str = ""
    size_pt: float = 0
    bold: bool = False
    centred: bool = False
    indent_chars: float = 0
    outline_level: int = 0
    outside: str = ""
