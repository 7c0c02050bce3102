"""Whole paragraphs as tracked changes: one that moves stands in both places until somebody decides, and the end of the
last paragraph before a table, or of all, is never said to be inserted or deleted, because it cannot come or go.
"""

from collections.abc import Iterable
from copy import deepcopy
from itertools import groupby

from drafter.word.changes import AUTHOR, COME, CONTROL_RANGES, GONE, TrackedChanges, foreign, is_struck, words_of
from drafter.word.comments import twins
from drafter.word.document import DocxFile
from drafter.word.markers import OURS, STRUCK
from drafter.word.oxml import (
    SDT,
    Element,
    P,
    R,
    T,
    canonical,
    copied,
    create,
    properties_of,
    take_out,
    unwrap_change,
    w,
)

#: What may be in a paragraph that is to stand in two places. Of anything else (a note, a picture, a field, a bookmark
#: of the writer's) there can be only one.
_TWICE = frozenset((P, R, T, SDT, *COME, *GONE, *CONTROL_RANGES)) | frozenset(
    w(name)
    for name in (
        "pPr", "rPr", "delText", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab", "proofErr",
        "lastRenderedPageBreak", "sdtContent", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
        "commentReference", "hyperlink", "smartTag",
    )
)  # fmt: skip

#: What says how a paragraph or its words look, and what a control is.
_PROPERTIES = frozenset(map(w, ("pPr", "rPr", "sdtPr")))

#: What stands between paragraphs without parting them.
_BETWEEN = frozenset(CONTROL_RANGES) | frozenset(
    w(name)
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    )
)  # fmt: skip

def can_be_twice(paragraph: Element, author: str = AUTHOR) -> bool:
    """Whether a paragraph can stand in two places until somebody decides; `author` has signed what is not in the way."""
    if foreign(paragraph, author) or paragraph.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        return False
    counts: dict[str, int] = {}
    waiting = list(paragraph)
    while waiting:
        node = waiting.pop()
        if not isinstance(node.tag, str) or node.tag in _PROPERTIES:
            continue
        if node.tag not in _TWICE:
            return False
        name = node.get(w("name"), "")
        if node.tag == w("bookmarkStart") and not name.startswith((OURS, STRUCK, "_GoBack")):
            return False
        if node.tag in (w("commentRangeStart"), w("commentRangeEnd"), w("bookmarkStart"), w("bookmarkEnd")):
            kind = "comment" if "comment" in str(node.tag) else "bookmark"
            counts[kind + node.get(w("id"), "")] = counts.get(kind + node.get(w("id"), ""), 0) + 1
        waiting.extend(node)
    return all(count == 2 for count in counts.values())  # what begins there, ends there


def twin(paragraph: Element, file: DocxFile, changes: TrackedChanges) -> Element:
    """A paragraph again, as it is with the changes of the author who signs now accepted: without bookmarks, its
    controls with numbers and its comments with comments of their own."""
    new = copied(paragraph)
    for control in [control for control in new.iter(SDT) if words_of(control) and is_struck(control)]:
        take_out(control)
    for node in list(new.iter(*CONTROL_RANGES, *GONE, w("bookmarkStart"), w("bookmarkEnd"), w("pPrChange"))):
        take_out(node)
    for change in list(new.iter(*COME)):
        unwrap_change(change)
    for number in new.iter(w("id")):
        number.set(w("val"), str(changes.next_id()))
    for attribute in [name for name in new.attrib if str(name).endswith(("}paraId", "}textId"))]:
        del new.attrib[attribute]
    twins(new, file)
    return new


def moved(old: Element, new: Element, changes: TrackedChanges) -> None:
    """Say that one paragraph became another elsewhere. Only of those without controls: Spire.Doc 14.9 fails where one
    stands in such a range."""
    name = f"drafter{changes.next_id()}"
    for element, kind in ((old, "moveFrom"), (new, "moveTo")):
        start = changes.mark(f"{kind}RangeStart")
        start.set(w("name"), name)
        element.addprevious(start)
        element.addnext(create(f"{kind}RangeEnd", {"id": start.get(w("id"), "")}))


# ── ends ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def mend_ends(paragraphs: Iterable[Element], changes: TrackedChanges) -> None:
    """Of paragraphs whose ends were said to come or go: where it is the last in a row, the end of one before it does
    instead, and it has the looks of that where the two have become one."""
    rooted = [p for p in paragraphs if p.getparent() is not None]
    for last, _ in groupby(dict.fromkeys(map(_last, rooted))):
        kind = changes.end(last)
        if kind not in ("ins", "del"):
            continue
        first, before = last, _before(last)
        while before is not None and changes.end(before) == kind:
            first, before = before, _before(before)
        if before is None or changes.end(before) == "other":
            continue
        if changes.end(before):  # one that goes and one that comes become one paragraph
            _join(before, first)
        else:
            changes.set_end(before, kind)
        changes.set_end(last, "")
        _dress(last, before, kind, changes)


def _last(paragraph: Element) -> Element:
    while (behind := _neighbour(paragraph, forward=True)) is not None:
        paragraph = behind
    return paragraph


def _before(paragraph: Element) -> Element | None:
    return _neighbour(paragraph, forward=False)


def _neighbour(paragraph: Element, *, forward: bool) -> Element | None:
    """The paragraph next to one, None where something else is next to it."""
    at = paragraph.getnext() if forward else paragraph.getprevious()
    while at is not None and at.tag in _BETWEEN:
        at = at.getnext() if forward else at.getprevious()
    return at if at is not None and at.tag == P else None


def _join(before: Element, behind: Element) -> None:
    """Put what is in a paragraph in front of what is in the next."""
    at = 1 if behind.find(w("pPr")) is not None else 0
    behind[at:at] = [child for child in before if child.tag != w("pPr")]
    parent = before.getparent()
    if parent is not None:
        parent.remove(before)


def _dress(last: Element, before: Element, kind: str, changes: TrackedChanges) -> None:
    """Give the last paragraph the looks of one whose words end in it once they are accepted ("del"), or refused."""
    here, there = _looks(last), _looks(before)
    if canonical(here) == canonical(there):
        return
    if kind == "ins":
        was = _refused(before)
        properties = properties_of(last)
        if properties.find(w("pPrChange")) is None:
            change = changes.mark("pPrChange")
            change.append(was)
            properties.put_was(change)
        return
    changes.restyled(last)
    current: Element = properties_of(last)
    for said in [c for c in current if c.tag not in (w("rPr"), w("sectPr"), w("pPrChange"))]:
        current.remove(said)
    for at, said in enumerate(there):
        current.insert(at, deepcopy(said))


def _looks(paragraph: Element) -> Element:
    """The properties of a paragraph alone, without those of its end and what they were."""
    made = create("pPr")
    properties = paragraph.find(w("pPr"))
    for said in properties if properties is not None else ():
        if said.tag not in (w("rPr"), w("sectPr"), w("pPrChange")):
            made.append(deepcopy(said))
    return made


def _refused(paragraph: Element) -> Element:
    """The properties a paragraph has once changes are refused."""
    before = paragraph.find(f"{w('pPr')}/{w('pPrChange')}/{w('pPr')}")
    return deepcopy(before) if before is not None else _looks(paragraph)
