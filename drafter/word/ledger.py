"""The ledger of a text that several have commented on: what went out, what was wished, and the rows of the table of
opinions. It travels in the file as a part of its own, compressed, so that afterwards it can be told what became of
every wish."""

import json
import zlib
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from typing import NamedTuple

from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.word import markup
from drafter.word.document import DocxFile

#: The namespace of the part. Its last number goes up when its meaning changes.
NAMESPACE = "urn:drafter:merge:1"
ITEM_ID = "{6B1C9D52-3F0E-4D5A-9C77-D7A4F7E60003}"

#: Bytes of an unpacked ledger; a text of 2,000,000 characters with as many wishes stays below.
_MOST = 24 << 20


class WishedChange(NamedTuple):
    """A stretch of a story and its wordings, in the order they stand in the text."""

    start: int
    end: int
    ways: tuple[str, ...]


class WishedStory(NamedTuple):
    """A story: the paragraphs that went out, and what was wished of them."""

    name: str
    lines: tuple[str, ...]
    changes: tuple[WishedChange, ...]


class LedgerRow(NamedTuple):
    """A row of the table by its key: the changes it is made of, as (story, change, wording)."""

    key: str
    refs: tuple[tuple[str, int, int], ...]


class Ledger(NamedTuple):
    """All of it."""

    stories: tuple[WishedStory, ...]
    rows: tuple[LedgerRow, ...]


def put_ledger(file: DocxFile, ledger: Ledger) -> None:
    """Put a ledger into a file, over one it has."""
    data = json.dumps(ledger, ensure_ascii=False, separators=(",", ":")).encode()
    packed = b2a_base64(zlib.compress(data), newline=False).decode()
    for old in file.custom(NAMESPACE):
        file.remove(old)
    item = file.free("customXml/item%d.xml")
    props = file.free("customXml/itemProps%d.xml")
    file.put(item, f'{markup.HEAD}<ledger xmlns="{NAMESPACE}">{packed}</ledger>', "application/xml")
    file.put(props, markup.store_item(ITEM_ID, NAMESPACE), markup.ITEM_TYPE)
    file.relate(file.main, "customXml", item)
    file.relate(item, "customXmlProps", props)


def ledger_of(file: DocxFile) -> Ledger | None:
    """The ledger of a file, None where it has none. Raises Rejected where it is damaged."""
    parts = file.custom(NAMESPACE)
    if not parts:
        return None
    try:
        unpacker = zlib.decompressobj()
        data = unpacker.decompress(a2b_base64(file.tree(parts[0]).text or "", strict_mode=False), _MOST)
        if not unpacker.eof:
            raise ValueError
        return _checked(json.loads(data))
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, zlib.error, NotBase64):
        hint = "用当时的送审稿和各家来稿再合并一次。"
        raise Rejected(
            Diagnostic("文件里记的征求意见的底账坏了。", Place(file.name), hint, code="ledger-damaged")
        ) from None


def _checked(said: object) -> Ledger:
    """A ledger from JSON. Raises ValueError or the like for what is none."""
    stories_said, rows_said = _list(said)
    stories = []
    for name, lines, changes in map(_list, _list(stories_said)):
        texts = tuple(map(_text, _list(lines)))
        length = sum(len(text) + 1 for text in texts)
        last = 0
        made = []
        for start, end, ways in map(_list, _list(changes)):
            made.append(WishedChange(_number(start), _number(end), tuple(map(_text, _list(ways)))))
            if not last <= made[-1].start <= made[-1].end <= length or not made[-1].ways:
                raise ValueError
            last = made[-1].end
        stories.append(WishedStory(_text(name), texts, tuple(made)))
    sizes = {(s.name, n): len(c.ways) for s in stories for n, c in enumerate(s.changes)}
    rows = []
    for key, refs in map(_list, _list(rows_said)):
        known = tuple((_text(name), _number(change), _number(way)) for name, change, way in map(_list, _list(refs)))
        if any(way >= sizes[name, change] for name, change, way in known):
            raise ValueError
        rows.append(LedgerRow(_text(key), known))
    return Ledger(tuple(stories), tuple(rows))


def _list(said: object) -> list[object]:
    if not isinstance(said, list):
        raise ValueError
    return said


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise ValueError
    return said


def _number(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise ValueError
    return said
