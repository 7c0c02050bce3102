"""The lines of a title in a Word document: parted between words, and mended where somebody broke one inside a word."""

from collections.abc import Sequence

from drafter.chinese.title import break_title, cut_at
from drafter.word.oxml import SPACE, Element, T, create, take_out, w
from drafter.word.text import Piece, read

_BREAK, _PPR = w("br"), w("pPr")


def parted(element: Element, width: float) -> bool:
    """Part a title that is too long for a line between words, as templates do; whether it was. One that is parted
    already stays so, and one that has anything in it but words."""
    pieces = read(element).pieces
    if not _plain(pieces) or any(piece.leaf.tag != T for piece in pieces):
        return False
    offsets = break_title("".join(piece.text for piece in pieces), width)
    at = sum(len(piece.text) for piece in pieces)
    for piece in reversed(pieces):
        at -= len(piece.text)
        leaf = piece.leaf
        for cut in reversed([offset - at for offset in offsets if at <= offset < at + len(piece.text)]):
            text = leaf.text or ""
            rest = create("t")
            rest.text = text[cut:]
            leaf.text = text[:cut]
            for half in (leaf, rest):
                half.set(SPACE, "preserve")
            leaf.addnext(rest)
            leaf.addnext(create("br"))
            if not leaf.text:
                take_out(leaf)
    return bool(offsets)


def mended(elements: Sequence[Element], width: float) -> bool:
    """Join a title that is broken inside a word, by a return or a line break, into its first paragraph, and part it
    between words; whether it was so broken. One that has anything in it but words stays as it is."""
    pieces = [piece for element in elements for piece in read(element).pieces]
    if not _plain(pieces) or any(element.find(f"{_PPR}/{w('sectPr')}") is not None for element in elements[:-1]):
        return False
    rows = [row for element in elements for row in read(element).text.split("\n")]
    if len(rows) != len([row for row in rows if row.strip()]):
        return False
    whole = "".join(row.strip() for row in rows)
    ends = [len("".join(row.strip() for row in rows[:n])) for n in range(1, len(rows))]
    if not any(cut_at(whole, at) for at in ends):
        return False
    for element in elements:
        _without_blanks(element)
    for piece in pieces:
        if piece.leaf.tag == _BREAK:
            take_out(piece.leaf)
    for element in elements[1:]:
        for child in list(element):
            if child.tag != _PPR:
                elements[0].append(child)
        take_out(element)
    if width:
        parted(elements[0], width)
    return True


def _plain(pieces: Sequence[Piece]) -> bool:
    """Whether there is nothing but words and line breaks."""
    return all(
        piece.control is None and piece.run is not None and piece.leaf.tag in (T, _BREAK)
        for piece in pieces
        if piece.leaf is not None
    )


def _without_blanks(element: Element) -> None:
    """Take the blanks away that stand around the lines of a paragraph."""
    leaves = [piece.leaf for piece in read(element).pieces]
    for at, leaf in enumerate(leaves):
        if leaf.tag == T:
            if at == 0 or leaves[at - 1].tag == _BREAK:
                leaf.text = (leaf.text or "").lstrip()
            if at + 1 == len(leaves) or leaves[at + 1].tag == _BREAK:
                leaf.text = (leaf.text or "").rstrip()
