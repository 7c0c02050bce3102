"""Blocks to a Draft: which paragraph is the title, which the greeting, which are requirements, and on what level.

Two roads. Blocks with the roles of a template are taken at their word, so that laying the Draft out again gives the same
Blocks. Blocks without roles (plain text, a .docx from elsewhere) are told by their words and places; what cannot be told
is a part of kind "text". Neither road changes, adds or drops a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.cues import (
    CALL,
    CLOSER,
    CLOSING_FOR_SURE,
    DATE,
    DAY,
    DRAFT_NOTE,
    HOSTED,
    OPENER,
    POSTS,
    RISING,
    SENTENCE,
    SITUATION,
    SPEECH_END,
    THANKED,
    TITLE_END,
    VOCATIVE,
    WISHED,
    WORK,
    greeting_end,
    is_byline,
    is_called,
    is_dateline,
    is_greeting,
    is_lead,
    widened,
)
from drafter.speech.draft import Draft, Item, Paragraph, Part, Rich, Span, plain, stop_of
from drafter.speech.marks import Mark, Numbered, levels, mark_of

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
_RANKS = "一二三四"
_HEADINGS = {f"{rank}级标题": level for level, rank in enumerate(_RANKS, 1)}
_RUN_INS = {f"{rank}级段首句": level for level, rank in enumerate(_RANKS, 1)}
_STYLED = frozenset((*KIND_OF, *_HEADINGS, "标题", "题注", "要求", "空行", "提纲")) - {"正文"}

#: Roles nothing but a template of drafter has.
_DISTINCT = _STYLED - {"标题", "空行", *_HEADINGS}


class Hint(NamedTuple):
    """How a paragraph of a foreign .docx looks: its font and size, whether it is bold and centred, its first line's indent
    in 汉字, its outline level (0 = text)."""

    font: str = ""
    size_pt: float = 0
    bold: bool = False
    centred: bool = False
    indent_chars: float = 0
    outline_level: int = 0


def recognise(blocks: Sequence[Block], hints: Mapping[int, Hint] | None = None) -> Draft:
    """The speech that blocks are. `hints` tell, by the number of a block, how it looks where its role says nothing."""
    told = [block for block in blocks if block.text.strip()]
    styled = sum(block.role in _STYLED or _run_in_level(block) > 0 for block in told)
    distinct = any(block.role in _DISTINCT for block in told)
    all_known = all(block.role in _STYLED or block.role == "正文" for block in told)
    if (distinct and styled * 2 >= len(told)) or (all_known and any(block.role == "空行" for block in blocks)):
        return _Styled(blocks).draft()
    return _Plain(blocks, hints or {}).draft()


# ── blocks whose roles say it ──────────────────────────────────────────────────────────────────────────────────────


class _Node:
    """An Item while its paragraphs and the items below it are being found."""

    __slots__ = ("group", "heading", "items", "label", "level", "node", "number", "own_line", "paragraphs")

    def __init__(self, label: str, level: int, own_line: bool, heading: Rich, node: str) -> None:
        self.label, self.level, self.own_line, self.heading, self.node = label, level, own_line, heading, node
        self.number = self.group = 0
        self.paragraphs: list[Paragraph] = []
        self.items: list[_Node] = []

    def item(self, number: int) -> Item:
        below = tuple(_items(self.items))
        return Item(number, self.label, self.level, self.own_line, self.heading, tuple(self.paragraphs), below, self.node)


def _items(nodes: Sequence[_Node]) -> Iterator[Item]:
    number = 0
    last: int | None = None
    for node in nodes:
        number = 1 if node.group != last else number + 1
        last = node.group
        yield node.item(number)


def _put(tree: list[_Node], node: _Node) -> None:
    """Put an item under the last one of a higher level."""
    below = tree
    while below and below[-1].level < node.level:
        below = below[-1].items
    below.append(node)


class _Styled:
    """The road of a template's own roles."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.title: Rich = ()
        self.captions: list[Block] = []
        self.parts: list[Part] = []
        self.tree: list[_Node] = []
        self.item: _Node | None = None
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
        elif role in _HEADINGS:
            self.heading(block, _HEADINGS[role], True)
        elif role == "提纲" or (role == "要求" and _run_in_level(block)):
            self.heading(block, _run_in_level(block) or 1, False)
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
            head = _cut(head, len(label))
        if not own_line:
            head = _without_stop(head)
        node = _Node(label, level, own_line, head, block.node)
        if rest:
            node.paragraphs.append(Paragraph(rest, block.node))
        self.add(node)

    def words(self, block: Block) -> None:
        paragraph = Paragraph(block.spans, block.node)
        item = self.item if self.kind == "requirements" else None
        if item is None or (not item.own_line and not item.paragraphs):  # behind a run-in heading it would join its line
            self.add(_Node("", item.level if item else 1, False, (), block.node))
        assert self.item
        self.item.paragraphs.append(paragraph)

    def add(self, node: _Node) -> None:
        if self.kind != "requirements":
            self.close()
        self.kind = "requirements"
        _put(self.tree, node)
        self.item = node

    def close(self) -> None:
        if self.tree:
            self.parts.append(Part("requirements", (), tuple(_items(self.tree)), _part_of(self.tree[0].node)))
        self.tree, self.item = [], None


def _run_in_level(block: Block) -> int:
    """The level of the run-in heading a block begins with, 0 where it begins with none."""
    return _RUN_INS.get(block.spans[0].strong, 0) if block.spans else 0


def _part_of(node: str) -> str:
    """The part a node is of: speech.3.p2 is of speech.3."""
    found = re.match(r"speech\.[0-9]+", node)
    return found[0] if found else ""


def _on_one_line(spans: Rich) -> Rich:
    """A title without the line breaks a layout has put into it."""
    return tuple(span._replace(text=span.text.replace("\n", "")) for span in spans)


def _without_stop(head: Rich) -> Rich:
    """A run-in heading without its 。, where a layout writes that by itself."""
    text = plain(head)
    if not head or head[-1].blank or not text.endswith("。") or len(text) == 1 or not stop_of(text[:-1]):
        return head
    last = head[-1]._replace(text=head[-1].text[:-1])
    return (*head[:-1], last) if last.text else head[:-1]


def _cut(spans: Rich, start: int, end: int | None = None) -> Rich:
    """The characters `start` to `end` of spans."""
    out = []
    at = 0
    for span in spans:
        low = max(start - at, 0)
        high = len(span.text) if end is None else min(end - at, len(span.text))
        if low < high:
            out.append(span if high - low == len(span.text) else span._replace(text=span.text[low:high]))
        at += len(span.text)
    return tuple(out)


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


# ── blocks without roles ───────────────────────────────────────────────────────────────────────────────────────────

#: Lines among which the title and what stands under it are looked for; characters a heading alone on its line may have,
#: and one that runs in. Source: heading texts of 23 labelled speeches (median 15, p90 28, longest 50).
_HEAD_LINES = 10
_TITLE_CHARACTERS = 70
_ALONE_CHARACTERS = 60
_RUN_IN_CHARACTERS = 42

#: Lines among which the next item of a list is looked for.
_NEAR = 60


class _Line(NamedTuple):
    """A paragraph without roles: its text with its marks full-width, its spans as they are, its block's number and role."""

    text: str
    spans: Rich
    node: str
    role: str
    hint: Hint


class _Plain:
    """The road of words and places."""

    def __init__(self, blocks: Sequence[Block], hints: Mapping[int, Hint]) -> None:
        self.lines = [line for number, block in enumerate(blocks) for line in _lines(block, hints.get(number, Hint()))]

    def draft(self) -> Draft:
        title, captions, at = _front(self.lines)
        dateline, byline, first, others = _told_captions(captions)
        greeting: list[_Line] = []
        after = at
        while after < len(self.lines) and len(greeting) < 4 and (
            is_greeting(self.lines[after].text) or (not greeting and title and is_called(self.lines[after].text))
        ):
            greeting.append(self.lines[after])
            after += 1
        parts: list[Part] = [_part("text", others)] if others else []
        body = self.lines[after:]
        if greeting:
            parts.append(_part("greeting", greeting))
        elif body and greeting_end(body[0].text):
            parts.append(_part("greeting", body[:1]))
            body = body[1:]
        parts += _body(body, bool(greeting) or not parts or parts[-1].kind != "greeting")
        return Draft(title, tuple(_joined(parts)), dateline, byline, first)


def _lines(block: Block, hint: Hint) -> Iterator[_Line]:
    """The paragraphs of a block: a line break typed inside one begins another."""
    if "\n" not in block.text:
        spans = _stripped(block.spans)
        if spans:
            yield _Line(widened(plain(spans)), spans, block.node, block.role, hint)
        return
    at = 0
    for row in block.text.split("\n"):
        spans = _stripped(_cut(block.spans, at, at + len(row)))
        at += len(row) + 1
        if spans:
            yield _Line(widened(plain(spans)), spans, block.node, block.role, hint)


def _stripped(spans: Rich) -> Rich:
    """Spans without the space around their text, and without the marks of strong type."""
    text = plain(spans)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    cut = _cut(spans, start, end) if end - start < len(text) else spans
    merged: list[Span] = []
    for span in cut:
        bare = span._replace(strong="")
        if merged and not bare.blank and not merged[-1].blank and merged[-1][1:] == bare[1:]:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + bare.text)
        elif bare.text:
            merged.append(bare)
    return tuple(merged)


def _part(kind: str, lines: Sequence[_Line]) -> Part:
    return Part(kind, tuple(Paragraph(line.spans, line.node) for line in lines), (), lines[0].node if lines else "")


def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one part, but for greetings and signatures."""
    last: Part | None = None
    for part in parts:
        if last and last.kind == part.kind and part.kind not in ("requirements", "signature"):
            last = last._replace(paragraphs=last.paragraphs + part.paragraphs)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


# ── the front ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _front(lines: Sequence[_Line]) -> tuple[Rich, list[_Line], int]:
    """The title, the lines under it, and the number of the first line of the speech itself. A speech that begins without a
    title has ()."""
    zone = 0
    while zone < min(len(lines), _HEAD_LINES) and not _begins_body(lines, zone):
        zone += 1
    given = next((at for at in range(min(zone + 1, len(lines), 4)) if lines[at].role == "标题"), -1)
    if given > 0 or (zone == 0 and given < 0):
        return (), [], 0
    if is_dateline(lines[0].text) and not TITLE_END.search(lines[0].text):
        return (), [], 0
    zone = max(zone, 1)
    end = 1
    while end < zone and lines[end].role == "标题":
        end += 1
    for ahead in range(end, min(zone, 5)):
        text = _closed_up(lines[ahead].text)
        if is_dateline(text) or (is_byline(text) and not _goes_on(lines[ahead - 1].text, text)) or DRAFT_NOTE.fullmatch(text):
            break
        subtitle = text.startswith(("——", "—", "--", "－－", "──"))
        before = "".join(line.text for line in lines[:ahead])
        complete = bool(SPEECH_END.search(before)) or (bool(TITLE_END.search(before)) and not before.startswith(("在", "关于")))
        if subtitle or (TITLE_END.search(text) and len(text) <= _TITLE_CHARACTERS and (not complete or text[0] in "在（(")):
            end = ahead + 1
    captions: list[_Line] = []
    at = end
    greeted = zone < len(lines) and is_greeting(lines[zone].text)
    while at < zone:
        text = lines[at].text
        told = is_dateline(text) or is_byline(text)
        if DRAFT_NOTE.fullmatch(text) and at == end and at + 1 < zone and not captions:
            end = at + 1  # no caption can stand above date and speaker
        elif told or DRAFT_NOTE.fullmatch(text) or (greeted and zone - end <= 4 and len(text) <= 40 and not re.search("[，。；！？]", text)):
            captions.append(lines[at])
        else:
            break
        at += 1
    title = tuple(span for line in lines[:end] for span in line.spans)
    return _merged_title(title), captions, at


def _closed_up(text: str) -> str:
    """A short line whose 汉字 stand apart, as the last line of a title often is (讲　　话), without the gaps."""
    return re.sub(r"[\s\u3000]", "", text) if re.fullmatch(r"(?:[\u4e00-\u9fff][\s\u3000]+){1,3}[\u4e00-\u9fff]", text) and TITLE_END.search(re.sub(r"[\s\u3000]", "", text)) else text


def _goes_on(before: str, text: str) -> bool:
    """Whether a short line is the end of a title broken over two: 在全市年轻干部 / 培训班开班式上的讲话."""
    return bool(TITLE_END.search(text)) and not TITLE_END.search(before)


def _merged_title(spans: Rich) -> Rich:
    if all(not span.blank for span in spans):
        return (Span(plain(spans)),) if spans else ()
    return spans


def _begins_body(lines: Sequence[_Line], at: int) -> bool:
    text = lines[at].text
    if lines[at].role == "标题":
        return False
    if is_greeting(text) or greeting_end(text) or len(text) > _TITLE_CHARACTERS:
        return True
    if text.endswith(("。", "；", "：", ":", "，")) or (at and text.endswith(("！", "？"))):
        return True
    mark = mark_of(text)
    return bool(mark and mark.kind != "——" and mark.number == 1 and at > 0)


def _told_captions(captions: Sequence[_Line]) -> tuple[Rich, Rich, bool, list[_Line]]:
    """The date line, the speaker's line, whether the date comes first, and the lines that are neither. Only lines at the top
    can be said in their order; what stands behind a line that is neither stays where it is."""
    date = person = None
    others: list[_Line] = []
    first = False
    for line in captions:
        if others or DRAFT_NOTE.fullmatch(line.text):
            others.append(line)
        elif date is None and is_dateline(line.text):
            date, first = line, person is None
        elif person is None:
            person = line
        else:
            others.append(line)
    return (date.spans if date else ()), (person.spans if person else ()), bool(first and date and person), others


# ── the body ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _body(lines: Sequence[_Line], opens: bool) -> list[Part]:
    """The parts of a speech behind its salutation; `opens` tells that its opening is still to come."""
    lines, signature = _signature(lines)
    numbered = _numbered(lines)
    tops = [at for at, one in enumerate(numbered) if one and one.level == 1]
    if not tops:
        parts = _unnumbered(lines, opens)
    else:
        parts = _before(lines[: tops[0]], opens)
        starts = [at for n, at in enumerate(tops) if not n or _group(numbered, at) != _group(numbered, tops[n - 1])]
        for n, start in enumerate(starts):
            last = n + 1 == len(starts)
            stop = len(lines) if last else starts[n + 1]
            end = _list_end(lines, numbered, start, stop, last)
            parts.append(Part("requirements", (), tuple(_tree(lines, numbered, start, end)), lines[start].node))
            parts += _after(lines[end:stop]) if last else _between(lines[end:stop])
    return parts + signature


def _group(numbered: Sequence[Numbered | None], at: int) -> int:
    one = numbered[at]
    return one.group if one else 0


#: Who signs where no day stands below: an office, or a post and a name.
_SIGNER = re.compile(
    r"(?:[\u4e00-\u9fff“”（）()·\s\u3000×xX]{2,26}(?:委员会|办公室|领导小组|指挥部|工作组|党委|党组|党支部|党总支|团委|工会|妇联|学校|中学|小学|大学|学院|医院|公司|集团|政府|局|厅|协会|商会|筹备组|编辑部|全体[\u4e00-\u9fff]{2,6})"
    rf"|[\u4e00-\u9fff]{{2,20}}(?:{POSTS})[\s\u3000：:]+[\u4e00-\u9fff][\s\u3000]*[\u4e00-\u9fff]{{1,2}})"
)


def _signature(lines: Sequence[_Line]) -> tuple[Sequence[_Line], list[Part]]:
    """Who signs, and the day, at the very end."""
    if len(lines) < 3:
        return lines, []
    if not re.fullmatch(rf"[（(]?(?:{DAY})[）)]?", lines[-1].text):
        if _SIGNER.fullmatch(lines[-1].text) and lines[-2].text.endswith(("。", "！", "!", "！”")) and not mark_of(lines[-1].text):
            return lines[:-1], [_part("signature", lines[-1:])]
        return lines, []
    start = len(lines) - 1
    while start > len(lines) - 4 and len(lines[start - 1].text) <= 30 and not re.search(r"[。！？；：，]$", lines[start - 1].text):
        start -= 1
    return lines[:start], [_part("signature", lines[start:])]


_HEADING_FONTS = ("黑体", "楷体", "SimHei", "KaiTi", "小标宋")


def _numbered(lines: Sequence[_Line]) -> list[Numbered | None]:
    """What numbers each line; headings without a mark are numbered by a mark of no characters."""
    marks: list[Mark | None] = []
    for line in lines:
        mark = mark_of(line.text)
        if mark and len(mark.label.rstrip()) >= len(line.text):
            mark = None
        marks.append(mark)
    bare = _bare_headings(lines, marks)
    if len(bare) >= 2:
        for at in bare:
            marks[at] = Mark(_BARE, 0, "")
    for at in [*_parallel(lines, marks), *_promised(lines, marks), *_explained(lines, marks)]:
        marks[at] = Mark(_FIRST, 0, "")
    return levels(marks)


#: Marks of no characters: a heading alone on its line, and one that runs in.
_BARE, _FIRST = "标题", "段首句"


def _parallel(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """Paragraphs that run on from headings without a mark: four and more, one behind the other, under a numbered line,
    whose first sentences are short and built alike."""
    run: list[int] = []
    numbered = False
    for at in range(len(lines) + 1):
        found = re.match(r"[^。！？：；“]{4,20}[。]", lines[at].text) if at < len(lines) and not marks[at] else None
        if found and len(lines[at].text) > 3 * found.end() and not CLOSER.match(lines[at].text):
            run.append(at)
            continue
        if numbered and len(run) >= 3:
            yield from _alike(lines, run)
        run = []
        numbered = numbered or (at < len(lines) and bool(marks[at]))


def _promised(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """The paragraphs a sentence has promised by their number (我提三点希望：), where none has a mark and all are built alike."""
    for at, line in enumerate(lines):
        sentences = SENTENCE.findall(line.text)
        found = re.search(r"([二三四五六七八九两几2-9])(?:点|个|条|件|句|方面|项|种)", sentences[-1]) if sentences else None
        if not found or not is_lead(sentences[-1], True):
            continue
        if found[1] == "几":
            stop = at + 1
            while stop < min(len(lines), at + 10) and lines[stop].text[:2] == lines[min(at + 1, len(lines) - 1)].text[:2]:
                stop += 1
            count = stop - at - 1
        else:
            count = "二三四五六七八九".find(found[1].replace("两", "二")) + 2 if not found[1].isdigit() else int(found[1])
        run = range(at + 1, at + 1 + count)
        if count < 2:
            continue
        if run.stop > len(lines) or any(marks[there] for there in run) or (run.stop < len(lines) and marks[run.stop]):
            continue
        heads = [re.split("[。！？]", lines[there].text)[0] for there in run]
        short = all(len(head) <= _RUN_IN_CHARACTERS and len(head) + 8 < len(lines[there].text) for head, there in zip(heads, run, strict=True))
        if len({head[:2] for head in heads}) == 1 or (short and all(map(_built_alike, heads, heads[1:]))):
            yield from run


def _explained(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> Iterator[int]:
    """Neighbours that each say what a word in quotation marks means: 所谓“不想为”，就是……"""
    said = [not marks[at] and bool(re.match("所谓[“\"「]", line.text)) for at, line in enumerate(lines)]
    yield from (at for at, one in enumerate(said) if one and ((at and said[at - 1]) or (at + 1 < len(said) and said[at + 1])))


def _alike(lines: Sequence[_Line], run: Sequence[int]) -> Iterator[int]:
    """The longest stretches of a run whose first sentences begin with the same words, or have as many clauses of as many
    characters (one more or less)."""
    heads = [lines[at].text.partition("。")[0] for at in run]
    start = 0
    for end in range(1, len(run) + 1):
        if end < len(run) and _built_alike(heads[end - 1], heads[end]):
            continue
        if end - start >= 4 or (end - start == 3 and len({head[:2] for head in heads[start:end]}) == 1):
            yield from run[start:end]
        start = end


def _built_alike(one: str, other: str) -> bool:
    if one[:2] == other[:2]:
        return True
    here, there = one.split("，"), other.split("，")
    near = len(here) == len(there) and all(abs(len(a) - len(b)) <= 1 for a, b in zip(here, there, strict=True))
    return near and (one[0] == other[0] or one[-1] == other[-1] or len(here) > 1)


def _bare_headings(lines: Sequence[_Line], marks: Sequence[Mark | None]) -> list[int]:
    """Lines that look like headings without a mark: short, without a point, with a paragraph below and one above."""
    found = []
    for at, line in enumerate(lines[:-1]):
        if marks[at]:
            continue
        after = lines[at + 1]
        if line.role in _HEADINGS:
            found.append(at)
            continue
        looks = (line.hint.bold or line.hint.outline_level or line.hint.font.startswith(_HEADING_FONTS)) and not after.hint.bold
        if not 4 <= len(line.text) <= (40 if looks else 28) or not re.search(r"[\u4e00-\u9fff”》）]$", line.text):
            continue
        if re.search(r"[。；！？：:]|^[（(].*[）)]$", line.text) or DATE.search(line.text) or is_byline(line.text) or is_lead(line.text):
            continue
        text_below = len(after.text) >= 36 or (marks[at + 1] is not None and at + 2 < len(lines) and len(lines[at + 2].text) >= 36)
        text_above = at > 0 and (len(lines[at - 1].text) >= 24 or lines[at - 1].text.endswith(("。", "：", "！")) or bool(marks[at - 1]))
        if text_below and (looks or text_above):
            found.append(at)
    return found


def _list_end(
    lines: Sequence[_Line], numbered: Sequence[Numbered | None], start: int, stop: int, last: bool
) -> int:
    """Where the list that begins on line `start` ends, at the latest before line `stop`."""
    inner = [at for at in range(start, stop) if numbered[at]]
    final = inner[-1]
    tops = [at for at in inner if (one := numbered[at]) and one.level == 1]
    paragraphs = all(len(lines[at].text) > _ALONE_CHARACTERS or lines[at].text.endswith(("。", "；", "！")) for at in tops)
    if paragraphs and tops == list(range(tops[0], tops[0] + len(tops))) and final == tops[-1]:
        return final + 1  # a list of paragraphs: what follows is no longer its own
    least = final + 1
    if _alone(lines, numbered, final):
        least += 1
    if not last:
        end = stop
        while end > least and end > stop - 2 and len(lines[end - 1].text) <= 80 and is_lead(lines[end - 1].text):
            end -= 1
        return end
    closing = _closing_start(lines, least, stop)
    for at in range(max(least, stop - 6), closing):
        if CLOSER.match(lines[at].text) and (at > stop - 4 or re.match("同志们|最后|让我们|各位|朋友", lines[at].text)):
            return at
    if closing < stop:
        return closing
    one = numbered[final]
    sisters = [at for at in inner[:-1] if (there := numbered[at]) and one and there.level == one.level and not _alone(lines, numbered, at)]
    if least == final + 1 and len(sisters) > 1 and all(numbered[at + 1] for at in sisters):
        return least  # none of its sisters has a second paragraph
    return stop


def _closing_start(lines: Sequence[_Line], least: int, stop: int) -> int:
    """Where the last paragraphs that call, wish and thank begin, `stop` where there are none."""
    start = stop
    while start > max(least, stop - 4):
        text = lines[start - 1].text
        wishes = start < stop and bool(WISHED.search(text)) and len(text) <= 160
        ends = wishes or (CALL.search(text) and (text.endswith(("！", "!")) or len(text) <= 100)) or (text.endswith(("！", "!")) and start == stop)
        if not ends and not CLOSER.match(text) and not (start == stop and RISING.match(text)):
            break
        start -= 1
    return start


def _alone(lines: Sequence[_Line], numbered: Sequence[Numbered | None], at: int) -> bool:
    """Whether a numbered line is a heading and nothing else."""
    one = numbered[at]
    if one is None:
        return False
    text = lines[at].text[len(one.mark.label) :]
    if lines[at].role in _HEADINGS or not one.mark.label:
        return one.mark.kind != _FIRST
    if len(text) > _ALONE_CHARACTERS:
        return False
    if not re.search(r"[。；！？，：:;,]", text.rstrip("。！？：；;:")):
        bare = True
    else:
        bare = not re.search(r"[。！？；;]", text[:-1]) and len(text) <= _ALONE_CHARACTERS
    if not bare or text.endswith(("；", ";", "，")):
        return False
    if not text.endswith(("。", "！", "？", "：", ":")):
        return True
    # a sentence: a heading only where its text, or a deeper list, follows on the next line
    following = lines[at + 1] if at + 1 < len(lines) else None
    if following is None or one.mark.kind in ("一是", "一要", "——", "●"):
        return False
    there = numbered[at + 1]
    deeper = there is not None and there.level > one.level
    weighs = len(following.text) > len(text) or one.mark.kind in ("一、", "部分") or text.endswith(("？", "：", ":"))
    if not (deeper or (there is None and weighs and not CLOSER.match(following.text))):
        return False
    return len(text) <= 34 or any(numbered[sister + 1] is None for sister in _sisters(lines, numbered, at))


def _sisters(lines: Sequence[_Line], numbered: Sequence[Numbered | None], at: int) -> Iterator[int]:
    """The items before and behind one in its list, as far as they have a line below them and are near."""
    one = numbered[at]
    for row in (range(at - 1, max(at - _NEAR, -1), -1), range(at + 1, min(at + _NEAR, len(lines) - 1))):
        for there in row:
            other = numbered[there]
            if one and other and other.group == one.group:
                yield there
                break


def _tree(lines: Sequence[_Line], numbered: Sequence[Numbered | None], start: int, end: int) -> Iterator[Item]:
    tree: list[_Node] = []
    node: _Node | None = None
    clauses = _clauses(lines, numbered, start, end)
    for at in range(start, end):
        line, one = lines[at], numbered[at]
        if one is None:
            assert node
            node.paragraphs.append(Paragraph(line.spans, line.node))
            continue
        label = plain(line.spans)[: len(one.mark.label)]
        rest = _cut(line.spans, len(label))
        if _alone(lines, numbered, at):
            node = _Node(label, one.level, True, rest, line.node)
        else:
            cut = 0 if line.text.startswith("所谓") else heading_end(line.text[len(label) :], one.mark.kind) or clauses.get(at, 0)
            heading = _without_stop(_cut(rest, 0, cut)) if cut else ()
            node = _Node(label, one.level, False, heading, line.node)
            words = _cut(rest, cut)
            if words:
                node.paragraphs.append(Paragraph(words, line.node))
        node.group = one.group
        _put(tree, node)
    yield from _items(tree)


#: A clause that may head what follows: 抓学习，…… It says what to do, not when, where, how or why.
_CLAUSE = re.compile(
    r"(?!今|去年|明年|近|当前|目前|现在|过去|在|从|自|对[^标照接]|为|以[^人民学案]|通过|按照?|依|根据|针对|围绕|由于|因|随着|经过|如果|只[要有]|虽|尽管|无论|不管|不仅|不但|既|同时|特别|尤其|此外|另外|还|也|"
    r"但|然|所以|我|他|她|你|您|它|这|那|各|全[省市县区国镇乡党]|有的|有些|一些|大家|同志|比如|例如|包括|习近平|总书记|毛|邓|市|省|县|区委|党中央|中央|国务院|截至|截止|据|[0-9])"
    r"[\u4e00-\u9fff“”、《》]{3,14}[，,](?=.)"
)


#: Words that say what the clause before them means.
_MEANT = re.compile("做到|就是|也就是|即|没有|离开|意味着|指的是|说的是")


def _clauses(lines: Sequence[_Line], numbered: Sequence[Numbered | None], start: int, end: int) -> dict[int, int]:
    """Where the heading ends in items whose first sentence is too long for one, but whose first clause is not: 一要抓学习，
    ……。 Only in a list of which most items begin with one or the other."""
    lists: dict[int, list[tuple[int, int, bool]]] = {}
    for at in range(start, end):
        one = numbered[at]
        if one is None or not one.mark.label or _alone(lines, numbered, at):
            continue
        text = lines[at].text[len(one.mark.label) :]
        headed = heading_end(text, one.mark.kind) > 0
        found = None if headed else _CLAUSE.match(text)
        cut = found.end() if found else 0
        if len(text) <= _RUN_IN_CHARACTERS and not _MEANT.match(text, cut):  # one sentence is a heading only with what it means
            cut = 0
        lists.setdefault(one.group, []).append((at, cut, headed))
    return {
        at: cut
        for items in lists.values()
        if len(items) > 1 and sum(cut > 0 or headed for _, cut, headed in items) * 4 >= 3 * len(items)
        for at, cut, _ in items
        if cut
    }


def heading_end(text: str, kind: str) -> int:
    """Where the run-in heading a numbered paragraph begins with ends, its mark included; 0 where it has none."""
    found = re.search(r"[。！？]+[”’）)》]*\s*", text)
    end = found.end() if found else len(text)
    if found and end < len(text) and end <= _RUN_IN_CHARACTERS:
        return end
    colon = re.search(r"[：:]\s*", text[:24])
    if colon and colon.start() >= 2 and colon.end() < len(text) and not re.search("[，。；说指出强调要求]", text[: colon.start()]):
        return colon.end()
    space = re.match(r"[^\s，。；：！？]{4,24}\s+(?=[\u4e00-\u9fff“《])", text)
    rest = len(text) - space.end() if space else 0
    wide = bool(space and re.search(r"\u3000|\s\s", space[0]))  # a narrow gap may stand for a name left out
    if space and rest and (wide or rest >= max(20, space.end())) and kind not in ("——", "●"):
        return space.end()
    return 0


def _before(lines: Sequence[_Line], opens: bool) -> list[Part]:
    """The parts before the first requirement."""
    parts: list[Part] = []
    hosted = False
    for at, line in enumerate(lines):
        text = line.text
        last = at + 1 == len(lines)
        sentences = SENTENCE.findall(text)
        said = text[found.end() :] if (found := VOCATIVE.match(text)) else text
        leads = bool(sentences) and is_lead(sentences[-1], last)
        if leads and (len(sentences) == 1 or len(text) <= 40) and not (at == 0 and opens and len(text) > 120):
            kind = "lead"
        elif at == 0 and opens:
            kind = "opening"
        elif HOSTED.match(said) or (hosted and said.startswith("刚才")):
            hosted, kind = True, "text"
        elif any(THANKED.search(sentence) for sentence in sentences[-2:]) or (sentences and THANKED.search(sentences[0])):
            kind = "appreciation"
        elif leads and len(sentences[-1]) * 2 > len(text) and not OPENER.match(said):
            kind = "lead"
        elif said.startswith(("刚才", "刚刚")) or (OPENER.match(said) and parts and parts[-1].kind == "opening"):
            kind = "opening"
        elif SITUATION.search((sentences[0] if sentences else text)[:300]):
            kind = "situation"
        elif OPENER.match(said):
            kind = "opening"
        else:
            kind = "situation" if len(text) > 40 and len(set(WORK.findall(text))) > 1 else "text"
        parts.append(_part(kind, [line]))
    return parts


def _between(lines: Sequence[_Line]) -> list[Part]:
    """Between two lists."""
    parts = []
    for at, line in enumerate(lines):
        if len(line.text) <= 140 and at + 1 == len(lines) and is_lead(line.text, True):
            kind = "lead"
        elif SITUATION.match(line.text):
            kind = "situation"
        else:
            kind = "text"
        parts.append(_part(kind, [line]))
    return parts


def _after(lines: Sequence[_Line]) -> list[Part]:
    """Behind the last list: the closing; of much text, only what closes it."""
    if not lines:
        return []
    last = min(_closing_start(lines, 0, len(lines)), len(lines) - 1)
    start = next((at for at in range(max(0, len(lines) - 5), last) if CLOSER.match(lines[at].text)), last)
    return [_part("text", lines[:start])] * bool(start) + [_part("closing", lines[start:])]


def _unnumbered(lines: Sequence[_Line], opens: bool) -> list[Part]:
    """A speech without a list: how it begins and ends can be told, and thanks; the rest is text."""
    if not lines:
        return []
    end = len(lines)
    closing = _closing_start(lines, 1, end) if end > 2 else end
    while closing < end - 1 and not (CALL.search(SENTENCE.findall(lines[closing].text)[-1]) or CLOSING_FOR_SURE.match(lines[closing].text) or WISHED.search(lines[closing].text) or lines[closing].text.endswith(("！", "!"))):
        closing += 1  # without a list, paragraph after paragraph may begin with 同学们，
    parts = [_part("opening" if opens and len(lines[0].text) > 12 else "text", lines[:1])]
    for line in lines[1:closing]:
        sentences = SENTENCE.findall(line.text)
        said = line.text[found.end() :] if (found := VOCATIVE.match(line.text)) else line.text
        if parts[-1].kind == "opening" and OPENER.match(said) and not HOSTED.match(said) and re.search("会议|大会|刚才|活动|仪式", sentences[0]):
            kind = "opening"
        elif sentences and (THANKED.search(sentences[0]) or THANKED.search(sentences[-1])):
            kind = "appreciation"
        elif is_lead(line.text) and len(sentences) <= 1:
            kind = "lead"
        else:
            kind = "text"
        parts.append(_part(kind, [line]))
    if closing < end:
        parts.append(_part("closing", lines[closing:]))
    return parts
