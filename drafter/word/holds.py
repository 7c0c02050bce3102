"""What hangs on words of a paragraph and would go with them: pinyin, links, fields, tracked changes, equations, looks given by
hand. What only stands between words (comments, notes, pictures, bookmarks) stays where it is when words change around
it, and is not told here."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from drafter.word.changes import AUTHOR
from drafter.word.oxml import CONTENT, Element, R, w
from drafter.word.text import SIGNS, Piece, WordParagraph, looks_of_hand

#: What may change inside as long as some words of it stay.
_LOOSE = frozenset(map(w, ("hyperlink", "smartTag", "customXml", "bdo", "dir", "sdt")))
_THROUGH = frozenset((R, CONTENT))
_COMES = frozenset(map(w, ("ins", "moveTo")))


class Hold(NamedTuple):
    """Something that hangs on letters from `low` to `high` of a paragraph, a blank counted as one letter. `inner`: it
    hangs only on those from one to the other of the blank's own letters, None where on the whole. `firm`: no letter of
    these can change without spoiling it; else one of them must stay, or words take their place. `looks`: it is only how
    they look."""

    low: int
    high: int
    firm: bool
    inner: tuple[int, int] | None = None
    looks: bool = False


def holds_of(paragraph: WordParagraph, in_field: bool = False) -> tuple[Hold, ...]:
    """What hangs on words of a paragraph, whose controls without a tag are nobody's. `in_field`: a field that began
    in an earlier paragraph goes on in it."""
    in_fields = _in_fields(paragraph.element, in_field)
    spans: dict[tuple[object, int | None], list[int]] = {}
    firm: dict[object, bool] = {}
    seen: dict[int, int] = {}
    inside: dict[int, int] = {}
    at = -1
    for piece in paragraph.pieces:
        control = piece.control if piece.control is not None and paragraph.controls[piece.control].tag else None
        ours = paragraph.controls[control].element if control is not None else None
        rows = list(_holders(piece, paragraph.element, ours, in_fields))
        for _ in piece.text:
            if control is None or control not in seen:
                at += 1
            if control is not None:
                seen.setdefault(control, at)
                inside[control] = inside.get(control, -1) + 1
            for holder, is_firm, is_inside in rows:
                place = seen[control] if control is not None else at
                firm[holder] = is_firm
                key = holder, place if is_inside else None
                low, high = (inside[control],) * 2 if is_inside and control is not None else (place,) * 2
                known = spans.setdefault(key, [low, high])
                known[0], known[1] = min(known[0], low), max(known[1], high)
    out = []
    for (holder, blank), (low, high) in spans.items():
        whole = Hold(low, high + 1, firm[holder], None, isinstance(holder, Element) and holder.tag == R)
        out.append(whole if blank is None else whole._replace(low=blank, high=blank + 1, inner=(low, high + 1)))
    return tuple(out)


def _holders(
    piece: Piece, paragraph: Element, ours: Element | None, in_fields: dict[Element, Element | None]
) -> Iterator[tuple[object, bool, bool]]:
    """What a stretch of words hangs in: (which, firm, inside the control `ours`)."""
    around = list(takewhile(lambda above: above is not paragraph, piece.leaf.iterancestors()))
    depth = around.index(ours) if ours is not None and ours in around else -1
    for n, above in enumerate(around):
        if above.tag in _COMES and above.get(w("author")) == AUTHOR:
            continue  # what drafter itself has put there, and nobody has accepted yet
        if above.tag not in _THROUGH and above is not ours:
            yield above, above.tag not in _LOOSE, n < depth
    if piece.leaf in in_fields:
        begin = in_fields[piece.leaf]
        within = begin is not None and ours is not None and ours in begin.iterancestors()
        yield begin, True, within
    if piece.leaf.tag in SIGNS:
        yield piece.leaf, True, ours is not None
    looks = piece.run.find(w("rPr")) if piece.run is not None else None
    if looks is not None and any(looks_of_hand(looks)):
        yield piece.run, False, ours is not None


def _in_fields(paragraph: Element, begun: bool) -> dict[Element, Element | None]:
    """What in a paragraph are results of fields, each with where its outermost field begins, None for an earlier
    paragraph."""
    if not begun and paragraph.find(f".//{w('fldChar')}") is None:
        return {}
    out: dict[Element, Element | None] = {}
    open_fields: list[Element | None] = [None] * begun
    for node in paragraph.iter():
        kind = node.get(w("fldCharType")) if node.tag == w("fldChar") else None
        if kind == "begin":
            open_fields.append(node)
        elif kind == "end" and open_fields:
            open_fields.pop()
        elif kind is None and open_fields:
            out[node] = open_fields[0]
    return out


def fields_open(paragraphs: Sequence[Element]) -> tuple[bool, ...]:
    """Of paragraphs that follow each other, in which a field that began earlier goes on."""
    depth = 0
    out = []
    for paragraph in paragraphs:
        out.append(depth > 0)
        for node in paragraph.iter(w("fldChar")):
            kind = node.get(w("fldCharType"))
            depth = max(0, depth + (kind == "begin") - (kind == "end"))
    return tuple(out)


def whole_fields(paragraph: Element) -> bool:
    """Whether every field that begins or ends in a paragraph does both there."""
    depth = 0
    for node in paragraph.iter(w("fldChar")):
        kind = node.get(w("fldCharType"))
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            return False
    return depth == 0
