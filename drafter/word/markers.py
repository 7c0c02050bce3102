"""What begins at one place of a document and ends at another: bookmarks, the ranges of comments and of permissions."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from drafter.word.changes import TrackedChanges
from drafter.word.oxml import Element, P, add_to, create, full_name, take_out, w

#: What begins, and what ends it.
STARTS = {w(f"{kind}Start"): w(f"{kind}End") for kind in ("bookmark", "commentRange", "perm")}

#: What the bookmarks of paragraphs begin with: of those that are there, and of those that are struck.
OURS, STRUCK = "dr_", "dr0_"


def behind_starts(paragraph: Element) -> int:
    """Where the words of a paragraph begin: behind its properties and the bookmarks that start there."""
    at = 0
    for child in paragraph:
        if child.tag not in (w("pPr"), *STARTS):
            break
        at += 1
    return at


def lift(element: Element) -> None:
    """Before an element goes: move those ends of bookmarks and comments whose other end is elsewhere out of it."""
    inside: dict[tuple[str, str], list[Element]] = {}
    for marker in element.iter(*STARTS, *STARTS.values()):
        kind = STARTS.get(full_name(marker), full_name(marker))
        inside.setdefault((kind, marker.get(w("id"), "")), []).append(marker)
    lonely = [markers[0] for markers in inside.values() if len(markers) == 1]
    for marker in lonely:
        behind, before = element.getnext(), element.getprevious()
        if element.tag == P and behind is not None and behind.tag == P:
            behind.insert(1 if behind.find(w("pPr")) is not None else 0, marker)
        elif element.tag == P and before is not None and before.tag == P:
            before.append(marker)
        else:
            element.addprevious(marker)


def anchor(paragraph: Element, names: Sequence[str], changes: TrackedChanges) -> bool:
    """Give a paragraph the bookmarks of these names, and take any other of ours from it; whether it had others."""
    changed = False
    there = [
        b
        for b in paragraph.iter(w("bookmarkStart"))
        if is_ours(b) and next(b.iterancestors(P), None) is paragraph
    ]
    known = {b.get(w("name")): b for b in reversed(there)}
    spare = [b for b in there if known[b.get(w("name"))] is not b or b.get(w("name")) not in names]
    for name in names:
        if name in known:
            continue
        if spare:
            spare.pop(0).set(w("name"), name)
        else:
            _bookmark(paragraph, name, changes.next_id())
        changed = True
    for mark in spare:
        _drop_bookmark(mark)
        changed = True
    return changed


def is_ours(bookmark: Element) -> bool:
    """Whether a bookmark is that of a paragraph; Word does not tell capitals from small letters."""
    return bookmark.get(w("name"), "").lower().startswith(OURS)


def only_once(body: Element, anchored: Mapping[str, Element]) -> bool:
    """Let no two bookmarks have one name: of ours only those stay that are on the paragraph they belong to (by name).
    Whether any had to go."""
    paragraphs = {name.lower(): paragraph for name, paragraph in anchored.items()}
    seen: set[str] = set()
    gone = []
    for start in body.iter(w("bookmarkStart")):
        name = start.get(w("name"), "").lower()
        home = paragraphs.get(name)
        if home is not None and (name in seen or next(start.iterancestors(P), None) is not home):
            gone.append(start)
        elif home is not None:
            seen.add(name)
    for start in gone:
        _drop_bookmark(start)
    return bool(gone)


def is_empty(paragraph: Element, name: str) -> bool:
    """Whether a bookmark of a name that begins in a paragraph is around nothing."""
    start = next((b for b in paragraph.iter(w("bookmarkStart")) if b.get(w("name")) == name), None)
    if start is None:
        return False
    for node in start.itersiblings():
        if node.tag == w("bookmarkEnd") and node.get(w("id")) == start.get(w("id")):
            return True
        if node.tag not in (*STARTS, *STARTS.values()):
            return False
    return False


def strike(paragraph: Element) -> bool:
    """Call the bookmarks of a paragraph that is struck by the names it is known by if that is refused; whether it has
    any. A name that another paragraph has already goes."""
    found = [b for b in paragraph.iter(w("bookmarkStart")) if is_ours(b)]
    for mark in found:
        name = STRUCK + mark.get(w("name"), "")[len(OURS) :]
        if any(b.get(w("name")) == name for b in mark.getroottree().iter(w("bookmarkStart"))):
            _drop_bookmark(mark)
        else:
            mark.set(w("name"), name)
    return bool(found)


def _bookmark(paragraph: Element, name: str, number: int) -> None:
    paragraph.insert(behind_starts(paragraph), create("bookmarkStart", {"id": str(number), "name": name}))
    add_to(paragraph, "bookmarkEnd", {"id": str(number)})


def _drop_bookmark(start: Element) -> None:
    number = start.get(w("id"))
    for end in islice((end for end in _ends(start) if end.get(w("id")) == number), 1):
        take_out(end)
    take_out(start)


def _ends(start: Element) -> Iterator[Element]:
    """The ends of bookmarks, nearest first: most stand in the paragraph of the start, and no more is walked then."""
    paragraph = next(start.iterancestors(P), None)
    if paragraph is not None:
        yield from paragraph.iter(w("bookmarkEnd"))
        for behind in paragraph.itersiblings():
            yield from behind.iter(w("bookmarkEnd"))
    yield from start.getroottree().iter(w("bookmarkEnd"))
