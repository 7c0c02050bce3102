"""`drafter pull --outline`: wording changed by hand in Word, as a change of the outline it came from.

Each change becomes one of the outline's texts and requirements; `outline.dump` writes them into the file, in which
comments, order, quoting and line breaks of all else stay. What cannot be placed is told, not guessed.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import NamedTuple

from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.altered import Alterations, Nodes, altered, nodes_of
from drafter.outline.blank import OutlineText, text_of
from drafter.outline.dump import dump
from drafter.outline.model import Outline, Requirement
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.revise.edited import Edited, ParagraphChange
from drafter.revise.merge import touched
from drafter.revise.numbers import reads
from drafter.revise.spelling import Unplaced, owner, reworded, said_in, spelling_of
from drafter.word.tokens import Token, with_label
from drafter.word.tokens import text_of as words_of


class Backported(NamedTuple):
    """The text of an outline with what was changed by hand in a draft of it, and what has no place in it."""

    text: str
    remarks: tuple[Diagnostic, ...]


class _Placed(NamedTuple):
    """A change by hand as one of the outline the draft was made from: what becomes of its texts, `removed` nodes, a
    paragraph or a requirement `added` behind a node, and one that `moved` behind another, or, without one, first."""

    change: ParagraphChange
    reworded: Mapping[str, str] = {}
    removed: str = ""
    behind: str = ""
    added: OutlineText | Requirement | None = None
    moved: str = ""

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes it touches."""
        return (*self.reworded, *(node for node in (self.removed, self.behind, self.moved) if node))


def backport(draft: Edited, now: Source) -> Backported:
    """What was changed by hand, written into the outline as it is `now`. Raises Rejected where that cannot be read."""
    remarks: list[Diagnostic] = []
    outline, _ = parse(now, shelf.load)
    same = _counterparts(draft.base.outline, outline)
    kept: list[_Placed] = []
    touched_by: set[str] = set()
    said = [_flat(text) for text in nodes_of(outline).texts.values()]
    made = nodes_of(draft.base.outline).texts
    for change, place in _changes(draft):
        try:
            placed = place()
            if _says_already(placed, said, same, made):
                continue
            if not same.keys() >= set(placed.nodes):
                raise Unplaced("提纲里这几行也改过了")
            if touched_by & set(placed.reworded):
                raise Unplaced("它在提纲里是别的段也用的一句话，那里也改过了")
        except Unplaced as why:
            remarks.append(_not_placed(now, change, str(why)))
            continue
        touched_by |= set(placed.reworded)
        kept.append(placed)
    text = _written(outline, kept, same)
    while text is None:
        remarks.append(_not_placed(now, kept.pop().change, "写进提纲以后读不懂"))
        text = _written(outline, kept, same)
    return Backported(text, tuple(remarks))


def _says_already(
    placed: _Placed, said: Sequence[str], same: Mapping[str, str], made: Mapping[str, OutlineText]
) -> bool:
    """Whether the outline, whose texts are `said`, has been given that change before; of `same` nodes it has not. `made`
    are the texts it was made from."""
    if placed.removed:
        gone = [text for node, text in made.items() if _is_in(node, placed.removed)]
        return placed.removed not in same and bool(gone) and not any(_flat(text) in said for text in gone)
    if placed.added is not None:
        texts = [placed.added] if isinstance(placed.added, OutlineText) else [t for t in (placed.added.heading, *placed.added.texts) if t]
        return all(_flat(text) in said for text in texts)
    lost = {node: text for node, text in placed.reworded.items() if node not in same}
    return bool(lost) and all(_flat(text_of(text)) in said for text in lost.values())


def _flat(text: OutlineText) -> str:
    """The words of a text, whatever lines of the file they stand on."""
    return "".join(text.words.split())


def _not_placed(now: Source, change: ParagraphChange, why: str) -> Diagnostic:
    kind = {"edited": "改", "added": "加", "deleted": "删", "moved": "挪"}[change.kind]
    message = f"{kind}过的这一段没有放进提纲：{why}。"
    return Diagnostic(
        message, Place(now.file), (change.after or change.before)[:60], level=WARNING, code="pull-not-placed"
    )


def _written(outline: Outline, changes: Sequence[_Placed], same: Mapping[str, str]) -> str | None:
    """The outline's text with the changes made; None where it could not be read any more."""
    if not changes:
        return outline.source.text
    paragraphs: dict[str, list[OutlineText]] = {}
    requirements: dict[str, list[Requirement]] = {}
    for change in changes:
        if isinstance(change.added, Requirement):
            requirements.setdefault(same[change.behind], []).append(change.added)
        elif change.added is not None:
            paragraphs.setdefault(same[change.behind], []).append(change.added)
    try:
        wanted = Alterations(
            reworded={same[n]: text_of(said)._replace(node=same[n]) for c in changes for n, said in c.reworded.items()},
            removed=frozenset(same[change.removed] for change in changes if change.removed),
            paragraphs=paragraphs,
            requirements=requirements,
            moved={same[c.moved]: same[c.behind] if c.behind else None for c in changes if c.moved},
        )
        text = dump(altered(outline, wanted))
        parse(Source(outline.source.file, text), shelf.load)
    except Rejected:
        return None
    return text


def _counterparts(then: Outline, now: Outline) -> dict[str, str]:
    """The nodes of an outline's texts and requirements as it was to those as it is, of those that say the same on lines
    that are the same."""
    lines: dict[int, int] = {}
    for i, j, n in SequenceMatcher(None, then.source.lines, now.source.lines, autojunk=False).get_matching_blocks():
        lines |= {i + k + 1: j + k + 1 for k in range(n)}
    was, become = nodes_of(then), nodes_of(now)
    places = {_place(text): node for node, text in become.texts.items() if text.scalar.source is now.source}
    out: dict[str, str] = {}
    for node, text in was.texts.items():
        line, column, said = _place(text)
        found = places.get((lines.get(line, 0), column, said))
        if text.scalar.source is then.source and found is not None:
            out[node] = found
    parents = {child: node for node, item in become.items.items() for child in _children(item)}
    for node, item in was.items.items():
        children = _children(item)
        found = (
            parents.get(out.get(children[0], "")) if children and all(child in out for child in _below(item)) else None
        )
        if found is not None:
            out[node] = found
    return out


def _place(text: OutlineText) -> tuple[int, int, str]:
    return (*text.scalar.place(), text.scalar.text)


def _children(item: Requirement) -> list[str]:
    """The nodes of a requirement's heading and texts."""
    return [text.node for text in (item.heading, *item.texts) if text is not None]


def _below(item: Requirement) -> Iterator[str]:
    """The nodes of all texts of a requirement, its points' among them."""
    yield from _children(item)
    for point in item.points:
        yield from [point.node] if isinstance(point, OutlineText) else _below(point)


# ── what was changed ───────────────────────────────────────────────────────────────────────────────────────────────

#: A change by hand, and what finds its place in the outline, which raises Unplaced where there is none.
_Found = tuple[ParagraphChange, Callable[[], _Placed]]


def _changes(draft: Edited) -> Iterator[_Found]:
    nodes = nodes_of(draft.base.outline)
    yield from _edited(draft, nodes)
    yield from _deleted(draft, nodes)
    yield from _added(draft, nodes)
    yield from _moved(draft, nodes)


def _edited(draft: Edited, nodes: Nodes) -> Iterator[_Found]:
    """Paragraphs that say something else."""
    words = draft.side.words()
    for at, row in enumerate(draft.mine):
        if row.base < 0 or not touched(row, words[row.base]):
            continue
        change = ParagraphChange("edited", at, words_of(words[row.base]), words_of(row.words))
        torn = bool(row.joined or row.split)
        level = draft.side.levels.get(row.base)
        tokens = with_label(row.words, level.label if level is not None else "")  # which number it has is not the outline's
        yield change, partial(_place_edited, draft, nodes, change, row.base, tokens, torn)


def _place_edited(
    draft: Edited, nodes: Nodes, change: ParagraphChange, base: int, tokens: Sequence[Token], torn: bool
) -> _Placed:
    block = draft.base.blocks[base]
    if torn:
        raise Unplaced("这一段分开了，或者和别的段合在一起了")
    if "#" in block.node:
        raise Unplaced("它是按 each 一条一条写出来的")
    title = block.role in ("标题", "副标题")
    try:
        return _Placed(change, reworded=reworded(nodes, spelling_of(draft, nodes, base), tokens, title))
    except Unplaced:
        table = next((at for span in block.spans if (at := span.node.partition(".basis.")[2].partition(".")[0])), "")
        if not table:
            raise
        raise Unplaced(f"里面有依据表“{table}”的话；要改就改表：drafter outlines edit --basis {table}") from None


def _deleted(draft: Edited, nodes: Nodes) -> Iterator[_Found]:
    """Paragraphs that are gone. One that goes with its requirement is told with that."""
    words = draft.side.words()
    held = {row.base for row in draft.mine} | {n for row in draft.mine for n in row.joined}
    gone = [n for n in range(len(words)) if n not in held and words[n]]
    left = [block.node for n, block in enumerate(draft.base.blocks) if n not in gone]
    whole = {node for node in nodes.items if not any(other == node or other.startswith(f"{node}.") for other in left)}
    for n in gone:
        node = draft.base.blocks[n].node
        change = ParagraphChange("deleted", None, words_of(tuple(words[n])), "")
        if not any(node != item and node.startswith(f"{item}.") for item in whole):
            yield change, partial(_place_deleted, draft, nodes, change, node, node in whole, left)


def _place_deleted(
    draft: Edited, nodes: Nodes, change: ParagraphChange, node: str, whole: bool, left: Sequence[str]
) -> _Placed:
    if not node or "#" in node:
        raise Unplaced("它是按 each 写出来的，或者是模板加的")
    text = nodes.texts.get(node)
    stem = _stem(node)
    siblings = stem != node and any(_stem(other) == stem for other in left)
    if whole or (text is not None and text.scalar.source is draft.base.outline.source and siblings):
        return _Placed(change, removed=node)
    raise Unplaced("它是一个部分里唯一的一段，请自己删")


def _stem(node: str) -> str:
    """The node of the text a paragraph is one of several of."""
    return re.sub(r"\.p\d+$", "", node)


def _added(draft: Edited, nodes: Nodes) -> Iterator[_Found]:
    """Paragraphs typed by hand, each behind the last one that was made."""
    last: int | None = None
    for at, row in enumerate(draft.mine):
        if row.base >= 0:
            last = row.base
        elif row.tokens and row.inside is None:
            change = ParagraphChange("added", at, "", words_of(row.tokens))
            yield change, partial(_place_added, draft, nodes, change, last, row.tokens)
    for first in dict.fromkeys(row.inside for row in draft.mine if row.base < 0 and row.tokens and row.inside is not None):
        said = "　".join(words_of(row.tokens) for row in draft.mine if row.inside == first)
        yield (change := ParagraphChange("added", first, "", said)), partial(_no_text, change)


def _no_text(_change: ParagraphChange) -> _Placed:
    raise Unplaced("它在表格或者文本框里，提纲里只写得下文字")


def _place_added(
    draft: Edited, nodes: Nodes, change: ParagraphChange, base: int | None, tokens: Sequence[Token]
) -> _Placed:
    if base is None:
        raise Unplaced("它在标题前面")
    block = draft.base.blocks[base]
    if "#" in block.node:
        raise Unplaced("它前面的那一段是按 each 一条一条写出来的")
    said = said_in(tokens)
    item = next((node for node in _upwards(block.node) if node in nodes.items), "")
    rest = _without_number(draft, base, item, said) if item else None
    try:
        if rest is not None:
            heading, _, text = rest.partition("。")
            made = Requirement(text_of(heading) if heading else None, texts=(text_of(text),) if text else ())
            return _Placed(change, behind=item, added=made)
        found = owner(
            nodes, draft.base.blocks, block, next((s.node for s in reversed(block.spans) if s.node), ""), strong=False
        )
        if found is None or found.node not in nodes.listed:
            raise Unplaced("它前面的那一段在提纲里只能是一段，请自己加")
        return _Placed(change, behind=found.node, added=text_of(said))
    except Rejected:
        raise Unplaced("里面的空读不懂") from None


def _moved(draft: Edited, nodes: Nodes) -> Iterator[_Found]:
    """Paragraphs that stand in another place."""
    order = [row.base for row in draft.mine if row.base >= 0]
    place = {base: n for n, base in enumerate(order)}
    for base in draft.moved:
        said = words_of(draft.side.words()[base])
        change = ParagraphChange("moved", None, said, said)
        yield change, partial(_place_moved, draft, nodes, change, order, place[base])


def _place_moved(draft: Edited, nodes: Nodes, change: ParagraphChange, order: Sequence[int], at: int) -> _Placed:
    """`order` are the paragraphs as the writer has put them, `at` is the place there of the first that moved."""
    blocks = draft.base.blocks
    node = blocks[order[at]].node
    if "#" in node:
        raise Unplaced("它是按 each 一条一条写出来的")
    if node not in nodes.items and node not in nodes.listed:
        raise Unplaced("它在提纲里的位置是定好的")
    around = node.rpartition(".")[0]
    own = [n for n, base in enumerate(order) if _is_in(blocks[base].node, node)]
    if own != list(range(at, at + len(own))):
        raise Unplaced("这一条没有整个挪过去")
    before = blocks[order[at - 1]].node if at else ""
    behind = next((one for one in _upwards(before) if one.rpartition(".")[0] == around), "")
    rest = next((blocks[base].node for base in order[at + len(own) :] if blocks[base].node), "")
    if (behind in nodes.items) != (node in nodes.items):
        behind = ""
    if behind and not _is_in(rest, behind):
        return _Placed(change, behind=behind, moved=node)
    if not behind and _is_in(rest, around):
        return _Placed(change, moved=node)
    raise Unplaced("它挪到了别的要求、别的部分里")


def _is_in(node: str, other: str) -> bool:
    return node == other or node.startswith(f"{other}.")


def _without_number(draft: Edited, base: int, item: str, said: str) -> str | None:
    """Words without the number of a requirement they begin with; None where they do not begin with one of that
    level."""
    levels = draft.side.levels
    level = levels.get(base) or next((found for n, found in levels.items() if draft.base.blocks[n].node == item), None)
    numbering = draft.base.outline.numbering_of(level.level) if level else None
    found = reads(numbering, said) if numbering else None
    return said.removeprefix(found[1]) if found else None


def _upwards(node: str) -> Iterator[str]:
    """A node, and those it stands in."""
    while node:
        yield node
        node = node.rpartition(".")[0]
