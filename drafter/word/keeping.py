"""What the proof-reader is to leave, in a Word file: kept in a part of its own, and said by whoever answers its comments."""

import re
from typing import NamedTuple

from drafter.word import markup
from drafter.word.changes import AUTHOR
from drafter.word.document import DocxFile
from drafter.word.oxml import Element, P, R, T, parse, serialized, take_out, w
from drafter.word.text import read

#: The namespace of the part. Its last number goes up when its meaning changes.
NAMESPACE = "urn:drafter:kept:1"
ITEM_ID = "{6B1C9D52-3F0E-4D5A-9C77-D7A4F7E60004}"

#: So many are kept; a paper has a few dozen.
MOST_KEPT = 2_000

#: The names of an entry's attributes, in its order; the last two are missing where it speaks of its words everywhere.
_NAMES = ("rule", "words", "before", "after")

_W14, _W15 = "http://schemas.microsoft.com/office/word/2010/wordml", "http://schemas.microsoft.com/office/word/2012/wordml"

#: What an answer begins with that says: leave it.
_LEAVE = re.compile(r"\s*(?:这里|此处|原文|本处)?(?:就|都|可以|可)?(?:不用|不必|不需|无需|不需要|不要|不予|不作|不做|不)(?:改|修改|改动|动|变)|\s*(?:保留|没错|没有错|没问题|stet\b)", re.IGNORECASE)

#: How the comment on the whole begins.
SUMMED = "校对："

#: By which the comment of a finding names its rule.
_RULE = re.compile(r"〔([a-z]+(?:-[a-z]+)*)〕")


def put_kept(file: DocxFile, rows: list[tuple[str, ...]]) -> None:
    """Keep these in a file, over what it keeps; the part goes where there are none."""
    from lxml.etree import SubElement

    there = file.custom(NAMESPACE)
    for old in there[1 if rows else 0 :]:
        _drop(file, old)
    if not rows:
        return
    root = parse(f'<kept xmlns="{NAMESPACE}"/>'.encode())
    for row in rows[:MOST_KEPT]:
        SubElement(root, f"{{{NAMESPACE}}}finding", {name: _plain(said) for name, said in zip(_NAMES, row, strict=False)})
    data = serialized(root)
    if there:
        file.put(there[0], data)
        return
    item, props = file.free("customXml/item%d.xml"), file.free("customXml/itemProps%d.xml")
    file.put(item, data, "application/xml")
    file.put(props, markup.store_item(ITEM_ID, NAMESPACE), markup.ITEM_TYPE)
    file.relate(file.main, "customXml", item)
    file.relate(item, "customXmlProps", props)


def _drop(file: DocxFile, item: str) -> None:
    props = file.target(item, "customXmlProps")
    if props:
        file.remove(props)
    file.remove(item)


def _plain(text: str) -> str:
    """A text without what XML does not hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def kept_in(file: DocxFile) -> list[tuple[str, ...]]:
    """What a file keeps: (rule, words), or with the letters before and behind. What does not say so is left out."""
    out = []
    for part in file.custom(NAMESPACE):
        for entry in list(file.tree(part))[:MOST_KEPT]:
            said = [entry.get(name) for name in _NAMES]
            row = said if None not in said[2:] else said[:2]
            if all(row[:2]) or (row[0] and len(row) == 4):
                out.append(tuple(text or "" for text in row))
    return out


# ── comments ───────────────────────────────────────────────────────────────────────────────────────────────────────


class OwnComment(NamedTuple):
    """A comment of the proof-reader: the number it has in the file, what it says, its rule ("" for what it says of the whole),
    whether somebody has said that what it is about stays (by an answer, or by calling it done), and whether anybody has said
    anything to it."""

    number: str
    said: str
    rule: str
    left: bool
    answered: bool


def own_comments(file: DocxFile) -> dict[str, OwnComment]:
    """The comments the proof-reader has made, by their numbers."""
    part = file.target(file.main, "comments")
    if not part:
        return {}
    notes = list(file.tree(part).iterfind(w("comment")))
    done, above = extended_of(file)
    said = {key_of_comment(note): "".join(t.text or "" for t in note.iter(T)) for note in notes}
    answers: dict[str, list[str]] = {}
    for key, parent in above.items():
        answers.setdefault(parent, []).append(said.get(key, ""))
    out = {}
    for note in notes:
        key = key_of_comment(note)
        rule = _RULE.search(said[key])
        if note.get(w("author")) != AUTHOR or key in above or not (rule or said[key].startswith(SUMMED)):
            continue
        replies = answers.get(key, [])
        left = any(map(_LEAVE.match, replies)) or key in done
        number = note.get(w("id"), "")
        out[number] = OwnComment(number, said[key], rule[1] if rule else "", left, bool(replies) or key in done)
    return out


def ours(file: DocxFile) -> frozenset[str]:
    """The numbers of the comments the proof-reader has made, and of the answers to them."""
    own = frozenset(own_comments(file))
    if not own:
        return own
    _, above = extended_of(file)
    numbers = {key_of_comment(note): note.get(w("id"), "") for note in file.tree(file.target(file.main, "comments") or "").iterfind(w("comment"))}
    return own | {numbers[key] for key, parent in above.items() if key in numbers and numbers.get(parent) in own}


def drop_own(file: DocxFile) -> None:
    """Take out the comments of the proof-reader that nobody has answered: it is about to make new ones."""
    gone = {number for number, one in own_comments(file).items() if not one.answered}
    if not gone:
        return
    part = file.target(file.main, "comments")
    keys = set()
    for note in list(file.tree(part).iterfind(w("comment"))):
        if note.get(w("id"), "") in gone:
            keys.add(key_of_comment(note))
            take_out(note)
    for mark in list(file.body.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))):
        if mark.get(w("id"), "") not in gone:
            continue
        run = mark.getparent()
        take_out(mark)
        if run is not None and run.tag == R and all(child.tag == w("rPr") for child in run):
            take_out(run)
    extended = file.target(file.main, "commentsExtended")
    for entry in list(file.tree(extended).iter(f"{{{_W15}}}commentEx")) if extended else ():
        if entry.get(f"{{{_W15}}}paraId", "") in keys:
            take_out(entry)
            file.touch(extended)
    file.touch(part)
    file.touch(file.main)


def key_of_comment(note: Element) -> str:
    """What a comment is known by elsewhere: the number of its last paragraph."""
    last = next(reversed(list(note.iter(P))), None)
    return (last.get(f"{{{_W14}}}paraId", "") if last is not None else "") or f"id {note.get(w('id'), '')}"


def extended_of(file: DocxFile) -> tuple[set[str], dict[str, str]]:
    """The comments that are done, and which answers which."""
    part = file.target(file.main, "commentsExtended")
    done: set[str] = set()
    above: dict[str, str] = {}
    for entry in file.tree(part).iter(f"{{{_W15}}}commentEx") if part else ():
        key, parent = entry.get(f"{{{_W15}}}paraId", ""), entry.get(f"{{{_W15}}}paraIdParent", "")
        if entry.get(f"{{{_W15}}}done") in ("1", "true", "on"):
            done.add(key)
        if parent:
            above[key] = parent
    return done, above


def commented(paragraph: Element, numbers: set[str]) -> list[tuple[str, int, int]]:
    """Where in the text of a paragraph the words of these comments stand: (number, start, end)."""
    wanted = [n for n in paragraph.iter(w("commentRangeStart"), w("commentRangeEnd")) if n.get(w("id"), "") in numbers]
    if not wanted:
        return []
    order = {node: n for n, node in enumerate(paragraph.iter())}
    at = 0
    leaves = []
    for piece in read(paragraph).pieces:
        leaves.append((order.get(piece.leaf, 0), at, at + len(piece.text)))
        at += len(piece.text)
    opened: dict[str, int] = {}
    out = []
    for node in wanted:
        number = node.get(w("id"), "")
        where = next((start for n, start, _ in leaves if n > order[node]), at)
        if node.tag == w("commentRangeStart"):
            opened[number] = where
        elif number in opened:
            out.append((number, opened.pop(number), where))
    return out
