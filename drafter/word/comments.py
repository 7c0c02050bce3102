"""Word comments."""

from itertools import takewhile

from drafter.word import markup
from drafter.word.changes import AUTHOR, INITIALS
from drafter.word.document import DocxFile
from drafter.word.oxml import Element, T, add_to, copied, create, w
from drafter.word.runs import run_of, split
from drafter.word.text import read


def comment_on(
    paragraph: Element,
    text: str,
    file: DocxFile,
    stamp: str,
    words: tuple[int, int] | None = None,
    author: str = AUTHOR,
) -> None:
    """A Word comment on a paragraph, or on some of its words: from one place in its text to another. `stamp` is
    when it is made, as Word writes it."""
    start, end, mark = _comment(text, file, stamp, author)
    bounds = around(paragraph, *words) if words else None
    if bounds is None:
        paragraph.insert(1 if paragraph.find(w("pPr")) is not None else 0, start)
        paragraph.append(end)
        paragraph.append(mark)
    else:
        bounds[0].addprevious(start)
        bounds[1].addnext(mark)
        bounds[1].addnext(end)


def comment_around(first: Element, last: Element, text: str, file: DocxFile, stamp: str, author: str = AUTHOR) -> None:
    """A Word comment on what stands from one element of a paragraph to another, of the same or a later one."""
    start, end, mark = _comment(text, file, stamp, author)
    first.addprevious(start)
    last.addnext(mark)
    last.addnext(end)


def first_comment(file: DocxFile) -> int:
    """The number the next comment of a document takes."""
    part = file.target(file.main, "comments")
    return file.next_number(part) if part else 0


def put_comments(file: DocxFile, remarks: markup.Remarks, stamp: str, author: str = AUTHOR) -> None:
    """The comments of paragraphs that were written as text, in their part."""
    for number, text in enumerate(remarks.said, remarks.first):
        _noted(text, file, str(number), stamp, author)
    for _ in remarks.said[1:]:
        file.next_number(_comments_of(file))  # so that nobody else takes theirs


def _comment(text: str, file: DocxFile, stamp: str, author: str) -> tuple[Element, Element, Element]:
    """A comment in its part; what says where it begins and ends, and the run that refers to it."""
    number = str(file.next_number(_comments_of(file)))
    _noted(text, file, number, stamp, author)
    mark = create("r")
    add_to(mark, "commentReference", {"id": number})
    return create("commentRangeStart", {"id": number}), create("commentRangeEnd", {"id": number}), mark


def _noted(text: str, file: DocxFile, number: str, stamp: str, author: str) -> None:
    """A comment of a number in its part."""
    part = _comments_of(file)
    initials = INITIALS if author == AUTHOR else author[:1]
    attributes = {"id": number, "author": author, "date": stamp, "initials": initials}
    note = add_to(file.tree(part), "comment", attributes)
    for row in text.split("\n"):
        note.append(_row(row))
    file.touch(part)


def _row(text: str) -> Element:
    """A line of a comment."""
    paragraph, run = create("p"), run_of(text)
    properties = add_to(paragraph, "pPr")
    add_to(properties, "spacing", {"before": "0", "after": "0", "line": "240", "lineRule": "auto"})
    add_to(properties, "ind", {"left": "0", "firstLine": "0"})
    type_ = create("rPr")
    add_to(type_, "sz", {"val": markup.COMMENT_HALF_POINTS})
    add_to(type_, "szCs", {"val": markup.COMMENT_HALF_POINTS})
    run.insert(0, type_)
    paragraph.append(run)
    return paragraph


def around(paragraph: Element, low: int, high: int) -> tuple[Element, Element] | None:
    """The first and last child of a paragraph between which some of its words stand, runs cut where they must be; words
    in a control or a tracked change take it whole. None where the words are not there."""
    at = 0
    first = last = None
    for piece in read(paragraph).pieces:
        start, end = at, at + len(piece.text)
        at = end
        if end <= low or start >= high or piece.run is None:
            continue
        run = piece.run
        if piece.leaf.tag == T and run.getparent() is paragraph:
            if high < end:
                split(run, piece.leaf, high - start)
            if start < low:
                run = split(run, piece.leaf, low - start)
        around = [run, *takewhile(lambda above: above is not paragraph, run.iterancestors())]
        if around[-1].getparent() is not paragraph:
            return None
        first = around[-1] if first is None else first
        last = around[-1]
    return (first, last) if first is not None and last is not None else None


def _comments_of(file: DocxFile) -> str:
    """The part with the comments of a document, made where there is none."""
    part = file.target(file.main, "comments")
    if part:
        return part
    folder = file.main.rpartition("/")[0]
    part = f"{folder}/comments.xml".lstrip("/")
    if part in file:
        part = file.free(f"{folder}/comments%d.xml".lstrip("/"))
    empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{markup.W}"/>'
    file.put(part, empty, markup.COMMENTS_TYPE)
    file.relate(file.main, "comments", part)
    return part


def twins(paragraph: Element, file: DocxFile) -> None:
    """Give a paragraph that is the copy of another comments of its own, which say what those of the other say."""
    part = file.target(file.main, "comments")
    root = file.tree(part) if part else None
    said = {note.get(w("id"), ""): note for note in root} if root is not None else {}
    number = max((int(n) for n in said if n.isdecimal()), default=-1)
    known: dict[str, str] = {}
    for marker in paragraph.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")):
        old = marker.get(w("id"), "")
        if old not in known and old in said and root is not None:
            number += 1
            known[old] = str(number)
            note = copied(said[old])
            note.set(w("id"), known[old])
            for element in note.iter():
                for attribute in [name for name in element.attrib if str(name).endswith(("}paraId", "}textId"))]:
                    del element.attrib[attribute]
            root.append(note)
            file.touch(part)
        marker.set(w("id"), known.get(old, old))
