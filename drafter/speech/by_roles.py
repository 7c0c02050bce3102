"""The road of a template's own roles: every block is taken at its word; laying the draft out again gives the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafter.speech.block import Block, Line
from drafter.speech.cues import DATE, greeting_end, is_dateline
from drafter.speech.draft import Draft, Paragraph, Part, Rich, plain
from drafter.speech.items import Growing, grown, put, without_stop
from drafter.speech.marks import mark_of
from drafter.speech.rows import cut

RANKS = "一二三四"

#: The roles of paragraphs and the kinds of part they stand for.
KIND_OF = {
    "称谓": "greeting",
    "开场": "opening",
    "致意": "appreciation",
    "形势": "situation",
    "引语": "lead",
    "结语": "closing",
    "落款": "signature",
    "正文": "text",
}

#: The roles of headings on lines of their own and of those their text follows at once, with their levels.
HEADINGS = {f"{rank}级标题": level for level, rank in enumerate(RANKS, 1)}
_RUN_INS = {f"{rank}级段首句": level for level, rank in enumerate(RANKS, 1)}

#: Roles that say more than that a paragraph is one.
STYLED = frozenset((*KIND_OF, *HEADINGS, "标题", "题注", "要求", "空行", "提纲")) - {"正文"}

#: Roles nothing but a template of drafter has: no reader tells them of a file from elsewhere.
DISTINCT = frozenset(("开场", "致意", "形势", "引语", "要求", "结语", "提纲"))

#: What is said of the paragraphs of other roles (see `drafter.speech.block.Line`).
_LINE_ROLES = {"标题": "title", "副标题": "subtitle", "称谓": "greeting", "落款": "signature"}


def line_of(block: Block, text: str) -> Line:
    """What a block of ours is."""
    role = block.role
    if role == "题注":
        dated = block.node.startswith("dateline") or (not block.node.startswith("byline") and DATE.search(text))
        return Line(text, "dateline" if dated else "byline")
    if role == "称谓" and greeting_end(text):
        return Line(text, "body", 0, "greeting")
    if role in HEADINGS:
        return Line(text, "heading", HEADINGS[role], "requirements")
    if role in ("要求", "提纲"):
        return Line(text, "body", run_in_level(block), "requirements")
    return Line(text, _LINE_ROLES.get(role, "body"), 0, KIND_OF.get(role, ""))


class Styled:
    """The road of a template's own roles."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.title: Rich = ()
        self.captions: list[Block] = []
        self.parts: list[Part] = []
        self.tree: list[Growing] = []
        self.item: Growing | None = None
        self.kind = ""
        self.begun = False

    def draft(self) -> Draft:
        for block in self.blocks:
            self.block(block)
        self.close()
        dateline, byline, dateline_first, rest = _captions(self.captions)
        front = tuple(Part("text", (Paragraph(block.spans, block.node),)) for block in rest)
        return Draft(self.title, (*front, *self.parts), dateline, byline, dateline_first)

    def block(self, block: Block) -> None:
        role = block.role
        if role == "空行" or not block.spans:
            self.kind = ""
        elif role == "标题" and not self.title and not self.begun:
            self.title = _on_one_line(block.spans)
        elif role == "题注" and not self.begun:
            self.captions.append(block)
        elif role in HEADINGS:
            self.heading(block, HEADINGS[role], True)
        elif role == "提纲" or (role == "要求" and run_in_level(block)):
            self.heading(block, run_in_level(block) or 1, False)
        elif role == "要求" or (self.item and role not in KIND_OF):
            self.words(block)
        else:
            self.close()
            kind = KIND_OF.get(role, "text")
            paragraph = Paragraph(_on_one_line(block.spans) if role == "标题" else block.spans, block.node)
            if self.parts and self.kind == kind and _part_of(self.parts[-1].node) == _part_of(block.node):
                last = self.parts[-1]
                self.parts[-1] = last._replace(paragraphs=(*last.paragraphs, paragraph))
            else:
                self.parts.append(Part(kind, (paragraph,), (), _part_of(block.node)))
            self.kind = kind
        self.begun = self.begun or role not in ("标题", "题注", "空行")

    def heading(self, block: Block, level: int, own_line: bool) -> None:
        head = block.spans if own_line else tuple(s._replace(strong="") for s in block.spans if s.strong)
        rest = () if own_line else tuple(s for s in block.spans if not s.strong)
        label = ""
        mark = mark_of(head[0].text) if head and not head[0].blank else None
        if mark and len(mark.label) < len(plain(head)):
            label = mark.label
            head = cut(head, len(label))
        if not own_line:
            head = without_stop(head)
        node = Growing(label, level, own_line, head, block.node)
        if rest:
            node.paragraphs.append(Paragraph(rest, block.node))
        self.add(node)

    def words(self, block: Block) -> None:
        paragraph = Paragraph(block.spans, block.node)
        item = self.item if self.kind == "requirements" else None
        if item is None or (
            not item.own_line and not item.paragraphs
        ):  # behind a run-in heading it would join its line
            self.add(Growing("", item.level if item else 1, False, (), block.node))
        assert self.item
        self.item.paragraphs.append(paragraph)

    def add(self, node: Growing) -> None:
        if self.kind != "requirements":
            self.close()
        self.kind = "requirements"
        put(self.tree, node)
        self.item = node

    def close(self) -> None:
        if self.tree:
            self.parts.append(Part("requirements", (), tuple(grown(self.tree)), _part_of(self.tree[0].node)))
        self.tree, self.item = [], None


def run_in_level(block: Block) -> int:
    """The level of the run-in heading a block begins with, 0 where it begins with none."""
    return _RUN_INS.get(block.spans[0].strong, 0) if block.spans else 0


def _part_of(node: str) -> str:
    """The part a node is of: speech.3.p2 is of speech.3."""
    found = re.match(r"speech\.[0-9]+", node)
    return found[0] if found else ""


def _on_one_line(spans: Rich) -> Rich:
    """A title without the line breaks a layout has put into it."""
    return tuple(span._replace(text=span.text.replace("\n", "")) for span in spans)


def _captions(blocks: Sequence[Block]) -> tuple[Rich, Rich, bool, Sequence[Block]]:
    """The date line, the speaker's line, whether the date comes first, and what is left of the lines under a title."""
    of = {block.node: block for block in reversed(blocks)}
    date, person = of.get("dateline"), of.get("byline")
    if date is None and person is None:
        for block in blocks:
            if date is None and is_dateline(block.text):
                date = block
            elif person is None:
                person = block
    rest = [block for block in blocks if block is not date and block is not person]
    first = bool(date and person) and next(b for b in blocks if b is date or b is person) is date
    return (date.spans if date else ()), (person.spans if person else ()), first, rest
