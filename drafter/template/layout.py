"""Draft and template to Blocks. The layout is Jinja in which one output line is one Word paragraph: `role｜text`.

What the draft knows of its spans (which blank, which node, what is strong) travels through Jinja as control characters
that no input can hold (XML 1.0 forbids them, so every reader refuses them); nothing a user types can forge them, a
paragraph or a role.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from time import monotonic
from types import CodeType, SimpleNamespace
from typing import Any

from drafter.chinese.numerals import count_read
from drafter.chinese.title import break_title
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.expression import MAX_DEPTH, Malformed, check, guard_loops, sandbox
from drafter.speech.block import Block
from drafter.speech.draft import WORDS, Draft, Item, Paragraph, Part, Rich, Span, plain, stop_of
from drafter.template.bare import pieces_of

#: A layout is a page of text; what it writes is a speech (see `drafter.outline.fill.MAX_CHARACTERS`; marks come on
#: top).
MAX_LAYOUT_BYTES = 100_000
MAX_OUTPUT = 8_000_000
MAX_LOOPS = 3
MAX_ROUNDS = 1_000_000

#: Seconds of a layout's own work; 10,000 paragraphs take a twentieth of one.
MAX_SECONDS = 3.0

#: Texts one “~” may join; a paragraph may be long, and so may what it is joined to.
MAX_JOINED = 10

#: How often a layout may be asked to leave more out, where its pages are limited.
MOST_TIGHT = 7

#: Paragraphs in the style of a title that are balanced; the rest stay as they are.
MAX_TITLES = 100

_SPAN, _TEXT, _END, _NODE, _STRONG, _WEAK = "\x01", "\x02", "\x03", "\x04", "\x05", "\x06"
_MARKS = re.compile(
    f"{_SPAN}([0-9]+){_TEXT}([^{_END}]*){_END}|{_NODE}([0-9]+){_NODE}|{_STRONG}([^{_STRONG}]*){_STRONG}|{_WEAK}"
)
_ANY_MARK = re.compile(f"[{_SPAN}-{_WEAK}]")

_STATEMENTS = frozenset(
    ["Template", "Output", "TemplateData", "Name", "Const", "Getattr", "Getitem", "Filter", "If", "For", "Compare", "Operand", "And", "Or", "Not", "CondExpr", "Concat", "List", "Tuple", "Neg"]
)


def lay_out(
    draft: Draft,
    layout: str,
    file: str,
    roles: Sequence[str],
    title_width: dict[str, float],
    code: CodeType | None = None,
    tight: int = 0,
) -> tuple[Block, ...]:
    """The blocks of a draft. `roles` are the paragraph roles of the template, `title_width` the roles whose lines are
    to be balanced, with the 汉字 a line holds; `code` is what `compiled` made of this very layout, where somebody has
    kept it; `tight` is how much is to be left out, which the layout may heed (0: nothing; see `MOST_TIGHT`). Raises
    Rejected with the line of the layout that is wrong."""
    marker = _Marker("minutes" in layout or "time" in layout)
    context = {
        "title": marker.rich(draft.title, "title"),
        "dateline": marker.rich(draft.dateline, "dateline"),
        "byline": marker.rich(draft.byline, "byline"),
        "dateline_first": draft.dateline_first,
        "tight": tight,
        "parts": _Seen([marker.part(part) for part in draft.parts], marker),
        **_length(draft.parts, marker.timed, alone=True),
    }
    rendered = _render(layout, file, context, code or compiled(layout, file), marker)
    return tuple(_blocks(rendered, file, marker, frozenset(roles), title_width))


def _length(parts: Sequence[Part], timed: bool, *, alone: bool) -> dict[str, float | str]:
    """How long parts take, as a layout has it: a number, and in words, `alone` or behind others. Nothing where the layout does
    not ask."""
    if not timed:
        return {"minutes": 0.0, "time": ""}
    from drafter.chinese.minutes import about_minutes, minutes, minutes_said

    count = sum(count_read(words_of(part)) for part in parts)
    return {"minutes": minutes(count).normal, "time": about_minutes(count) if alone else minutes_said(count)}


def words_of(part: Part) -> str:
    words = [plain(p.text) for p in part.paragraphs]

    def of(items: Sequence[Item]) -> None:
        for item in items:
            words.append(item.label + plain(item.heading))
            words.extend(plain(p.text) for p in item.paragraphs)
            of(item.items)

    of(part.items)
    return "".join(words)


class _Seen(list[Any]):
    """A list a layout may walk; every round is counted, so that no nesting of loops runs for ever."""

    __slots__ = ("marker",)

    def __init__(self, items: list[Any], marker: "_Marker") -> None:
        super().__init__(items)
        self.marker = marker

    def __iter__(self) -> Iterator[Any]:
        self.marker.rounds += len(self) + 1
        if self.marker.rounds > MAX_ROUNDS:
            raise Malformed(f"循环超过 {MAX_ROUNDS:,} 次。")
        for one in super().__iter__():
            if monotonic() > self.marker.until:
                raise Malformed(f"版式算了 {MAX_SECONDS:g} 秒还没有写完。")
            yield one


class _Marker:
    """Writes spans as marked text for Jinja, and reads them back."""

    def __init__(self, timed: bool) -> None:
        self.timed = timed  # counting takes longer than all else; most layouts never ask
        self.spans: list[Span] = []
        self.nodes: list[str] = []
        self.alone: dict[str, tuple[Rich, str]] = {}  # texts that are words alone, with their node, by what Jinja is given
        self.begin_again()

    def begin_again(self) -> None:
        """Count the layout's work from here on."""
        self.rounds = 0
        self.until = monotonic() + MAX_SECONDS

    def rich(self, rich: Rich, node: str) -> str:
        if not rich:
            return ""
        number = str(len(self.nodes))
        self.nodes.append(node)
        if len(rich) == 1 and rich[0][1:] == WORDS:
            marked = f"{_NODE}{number}{_NODE}{rich[0].text}"
            if marked[-1] not in (_NODE, " "):
                self.alone[marked] = rich, node
            return marked
        out = [f"{_NODE}{number}{_NODE}"]
        for span in rich:
            if span.blank or span.node or not span.answered or span.confirm is not None or span.computed:
                self.spans.append(span)
                out.append(f"{_SPAN}{len(self.spans) - 1}{_TEXT}{span.text}{_END}")
            else:
                out.append(span.text)
        return "".join(out)

    def part(self, part: Part) -> SimpleNamespace:
        lines: list[SimpleNamespace] = []
        self.items(part.items, lines)
        return SimpleNamespace(kind=part.kind, paragraphs=self.paragraphs(part.paragraphs), items=_Seen(lines, self))

    def paragraphs(self, paragraphs: Sequence[Paragraph]) -> _Seen:
        return _Seen([SimpleNamespace(text=self.rich(p.text, p.node)) for p in paragraphs], self)

    def items(self, items: Sequence[Item], lines: list[SimpleNamespace]) -> None:
        """Items of all levels in reading order; each with the paragraphs that are its own."""
        for item in items:
            first, rest = (item.paragraphs[0], item.paragraphs[1:]) if item.paragraphs else (Paragraph(()), ())
            lines.append(
                SimpleNamespace(
                    level=item.level,
                    rank="一二三四"[min(item.level, 4) - 1] + "级",
                    label=item.label,
                    number=item.number,
                    own_line=item.own_line,
                    heading=self.rich(item.heading, item.node),
                    stop=stop_of(plain(item.heading)),
                    text=self.rich(first.text, first.node if item.own_line or not item.heading else item.node),
                    paragraphs=self.paragraphs(rest),
                    **_length([Part("requirements", (), (item,))], self.timed, alone=False),
                    inner=_Seen([self.heading(within) for within in item.items if within.heading], self),
                )
            )
            self.items(item.items, lines)

    def heading(self, item: Item) -> SimpleNamespace:
        """The heading of an item as its elder may say it."""
        return SimpleNamespace(label=item.label, heading=self.rich(item.heading, item.node))


def _strong(text: Any, level: Any = 0) -> str:
    """The text as the run-in heading of a level (1 to 4)."""
    if not isinstance(level, int) or not 1 <= level <= 4:
        level = 1 if not isinstance(level, int) or level < 1 else 4
    return f"{_STRONG}{'一二三四'[level - 1]}级段首句{_STRONG}{text}{_WEAK}"


def _first_sentence(text: Any) -> str:
    """The text up to the first 。！？, marks kept whole."""
    found = re.search(r"[。！？]", str(text))
    cut = str(text)[: found.end()] if found else str(text)
    return cut + _END if cut.count(_TEXT) > cut.count(_END) else cut


def _no_text(items: Any) -> Any:
    """What a `for` goes through. Letter by letter, three loops through a long text would go on for ever."""
    if isinstance(items, str):
        raise Malformed("for 只能走 parts、part.items 这样的一串，不能走一段文字。")
    return items


def _said(value: Any) -> str:
    """What an output may be: text or a number, never a line break."""
    if isinstance(value, str):
        return "".join(value.split("\n")) if "\n" in value else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    if value is None or type(value).__name__ == "StrictUndefined":
        return str(value)
    raise Malformed("这里不是一段文字，不能直接写出来。")


def _render(layout: str, file: str, context: dict[str, Any], code: CodeType, marker: "_Marker") -> str:
    try:
        return _whole(pieces_of(code, context, _FILTERS, _said))
    except Exception:  # whatever it is: Jinja's own sandbox does it, or says what is wrong
        marker.begin_again()
    env = environment()
    template = env.template_class.from_code(env, code, {})
    try:
        return _whole(template.generate(context))
    except Exception as error:
        raise Rejected(_trouble(error, layout, file)) from None


def _whole(written: Iterator[str]) -> str:
    """What a layout writes. Raises Malformed where that is too long."""
    pieces = []
    length = 0
    for piece in written:
        length += len(piece)
        if length > MAX_OUTPUT:
            raise Malformed("版式写出来的内容太长。")
        pieces.append(piece)
    return "".join(pieces)


_FILTERS = {"strong": _strong, "first_sentence": _first_sentence, "no_text": _no_text}


def environment() -> Any:
    """The sandbox layouts run in, with their filters."""
    env = sandbox()
    env.finalize = _said
    env.filters.update(_FILTERS)
    return env


def compiled(layout: str, file: str) -> CodeType:
    """A layout, checked and compiled; what was made of the last ones is kept. Raises Rejected where it cannot be read or says more
    than layouts may."""
    if len(layout.encode()) > MAX_LAYOUT_BYTES:
        raise Rejected(Diagnostic(f"版式文件太大，最多 {MAX_LAYOUT_BYTES:,} 字节。", Place(file), code="template-too-large"))
    try:
        return _code(layout)
    except Exception as error:
        raise Rejected(_trouble(error, layout, file)) from None


def keep(layout: str, code: CodeType) -> None:
    """Keep for later runs what was made of a layout of this machine. That of a document from elsewhere is not kept: nobody knows how
    many there will be."""
    shelf.remember(_kept_as(layout), code)


def _kept_as(layout: str) -> str:
    from hashlib import sha256

    return f"layout-{sha256(f'{shelf.state_of(__file__)}{layout}'.encode()).hexdigest()[:32]}"


def _that_runs(code: object) -> CodeType:
    if not isinstance(code, CodeType):
        raise TypeError
    return code


@lru_cache(maxsize=8)
def _code(layout: str) -> CodeType:
    kept = shelf.remembered(_kept_as(layout), _that_runs)
    if kept is not None:
        return kept
    env = environment()
    tree = env.parse(layout)
    for node in check(tree, _STATEMENTS):
        kind = type(node).__name__
        if kind == "For":
            _check_loop(node)
        elif kind == "Concat" and (
            len(node.nodes) > MAX_JOINED or any(n is not node for n in node.find_all(type(node)))
        ):
            raise Malformed(f"“~”一次最多连 {MAX_JOINED} 段文字，也不能套在另一个里面（第 {node.lineno} 行）。")
        elif kind in ("List", "Tuple") and any(type(item).__name__ != "Const" for item in node.items):
            raise Malformed(f"方括号里只能写 'a' 这样的文字和数（第 {node.lineno} 行）。")
    _check_nesting(tree, 0)
    guard_loops(tree, "no_text")
    code = env.compile(tree, filename="<template>")
    assert isinstance(code, CodeType)
    return code


def _check_loop(node: Any) -> None:
    if type(node.iter).__name__ not in ("Name", "Getattr"):
        raise Malformed(f"for 后面只能是 parts、part.items 这样的名称（第 {node.lineno} 行）。")
    if node.recursive or type(node.target).__name__ != "Name":
        raise Malformed(f"for 的写法只能是 for 名称 in 名称（第 {node.lineno} 行）。")


def _check_nesting(node: Any, loops: int) -> None:
    loops += type(node).__name__ == "For"
    if loops > MAX_LOOPS:
        raise Malformed(f"for 最多套 {MAX_LOOPS} 层（第 {node.lineno} 行）。")
    for child in node.iter_child_nodes():
        _check_nesting(child, loops)


def _trouble(error: Exception, layout: str, file: str) -> Diagnostic:
    """Whatever stopped a layout, as one message with its line."""
    line = getattr(error, "lineno", None) or 0
    message = str(error)
    if not isinstance(error, Malformed):
        unknown = re.search(r"^'(\w+)' is undefined$|has no attribute '(\w+)'$", message)
        if unknown:
            message = f"版式里能用的名称没有 {unknown[1] or unknown[2]}。"
        else:
            message = f"版式读不懂：{message[:120]}" if message else f"版式读不懂（{type(error).__name__}）。"
        if isinstance(error, RecursionError | MemoryError | OverflowError):
            message = f"版式太复杂（嵌套最多 {MAX_DEPTH} 层）。"
    else:
        found = re.search(r"第 (\d+) 行", message)
        line = line or (int(found[1]) if found else 0)
    if not line:
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno  # Jinja has put the layout's own line there
            trace = trace.tb_next
    rows = layout.split("\n")
    shown = rows[line - 1] if 0 < line <= len(rows) else ""
    return Diagnostic(message, Place(file, line, 1 if shown else 0), "", shown, len(shown), code="template-layout")


# ── lines to blocks ────────────────────────────────────────────────────────────────────────────────────────────────


def _blocks(
    rendered: str, file: str, marker: _Marker, roles: frozenset[str], title_width: dict[str, float]
) -> Iterator[Block]:
    known: dict[str, str] = {}
    alone = marker.alone.get
    titles = 0
    for row in rendered.split("\n"):
        head, bar, text = row.partition("｜")
        role = known.get(head)
        if role is None:
            role = head.strip()
            if not bar:
                if not row.strip():
                    continue
                raise Rejected(_bad_line(f"版式写出的一行没有“｜”：{_bare(row)[:40]}", file, "写成 正文｜……"))
            if _ANY_MARK.search(role) or role not in roles:
                raise Rejected(
                    _bad_line(f"版式写出的一行，样式“{_bare(role)[:20]}”不认识。", file, f"styles.yaml 里有：{'、'.join(sorted(roles))}。")
                )
            known[head] = role
        as_it_was = alone(text)  # a paragraph of words alone that the layout has left as it was, as most are
        block = Block(role, *as_it_was) if as_it_was else _block_of(role, text, marker, file)
        if role in title_width:
            titles += 1
            if titles <= MAX_TITLES:
                block = block._replace(spans=balanced(block.spans, title_width[role]))
        yield block


def _block_of(role: str, text: str, marker: _Marker, file: str) -> Block:
    """A paragraph as the layout has written it. Raises Rejected where it has taken a mark apart, by [0]."""
    try:
        block = _block(role, text.strip(" "), marker)
    except (IndexError, ValueError):
        block = None
    if block is None or _ANY_MARK.search(block.text):
        raise Rejected(_bad_line(f"版式把文字拆散了：{_bare(text)[:40]}", file, "整段写出来，例如 {{ p.text }}。"))
    return block


def _bad_line(message: str, file: str, hint: str) -> Diagnostic:
    return Diagnostic(message, Place(file), hint, code="template-line")


def _bare(text: str) -> str:
    return _ANY_MARK.sub("", _MARKS.sub(lambda found: found[2] or "", text))


def _block(role: str, text: str, marker: _Marker) -> Block:
    if _STRONG not in text and _SPAN not in text:
        if _NODE not in text:
            return Block(role, (Span(text),) if text else ())
        end = text.find(_NODE, 1)
        if text[0] == _NODE and _NODE not in text[end + 1 :]:
            return Block(role, (Span(text[end + 1 :]),) if text[end + 1 :] else (), marker.nodes[int(text[1:end])])
    node: str | None = None
    own = strong = ""
    spans: list[Span] = []
    at = 0
    for found in _MARKS.finditer(text):
        if found.start() > at:
            spans.append(Span(text[at : found.start()], strong, node=own))
        at = found.end()
        if found[1] is not None:
            span = marker.spans[int(found[1])]
            spans.append(span._replace(text=found[2], strong=strong, node=span.node or own))
        elif found[3] is not None:
            here = marker.nodes[int(found[3])]
            node = here if node is None else node
            own = "" if here == node else here
        elif found[4] is not None:
            strong = found[4]
        else:
            strong = ""
    if at < len(text):
        spans.append(Span(text[at:], strong, node=own))
    return Block(role, tuple(_merged(spans)), node or "")


def _merged(spans: Sequence[Span]) -> Iterator[Span]:
    """Neighbours of one kind as one span, so that a layout's own cuts leave no trace."""
    last: Span | None = None
    for span in spans:
        if last is not None and not last.blank and last.confirm is None and last[1:] == span[1:]:
            last = last._replace(text=last.text + span.text)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last


def balanced(spans: Rich, width: float) -> Rich:
    """The spans with line breaks where a title of `width` 汉字 a line is best broken."""
    breaks = list(break_title(plain(spans), width))
    if not breaks:
        return spans
    out: list[Span] = []
    offset = 0
    late = False
    for number, span in enumerate(spans):
        end = offset + len(span.text)
        last = end in breaks and bool(span.blank) and number + 1 < len(spans) and not spans[number + 1].blank
        inside = [b - offset for b in breaks if offset < b <= end and not (last and b == end)]
        text = span.text
        for at in reversed(inside):
            text = text[:at] + "\n" + text[at:]
        out.append(span._replace(text="\n" + text if late else text))
        late = last  # a break behind an answer stands in front of the words that follow, not in the answer
        offset = end
    return tuple(out)
