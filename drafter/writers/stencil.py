"""A .docx with stand-ins for what differs from document to document (see `drafter.speech.stand_in`): what they have in common
is put together and compressed once."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from drafter.speech.stand_in import cut
from drafter.word.zip import END, WELL_UP_TO, Member, PackedPiece, ZipFront, chunk, member_of
from drafter.writers.docx import DocxParts


class _StencilPiece(NamedTuple):
    """A piece of a part: `words` are what stands between the stand-ins of these `numbers`; `packed` is all of it compressed where
    there are none."""

    words: list[bytes]
    numbers: list[int]
    level: int
    packed: bytes


class Stencil:
    """Documents that differ in nothing but the words for their stand-ins. Law: `filled` gives the bytes that a document made with
    these words has, of words that are written in XML as they are."""

    def __init__(self, parts: DocxParts, now: datetime) -> None:
        whole = list(parts.ready)
        self.behind: list[Member | _StencilPart] = []
        for name, pieces in parts.texts.items():
            stretches = _stretches(pieces)
            if any(stretch.numbers for stretch in stretches):
                self.behind.append(_StencilPart(name.encode(), stretches))
            elif self.behind:
                self.behind.append(member_of(name, pieces))
            else:
                whole.append(member_of(name, pieces))
        self.front = ZipFront(whole, now)

    def filled(self, words: Sequence[bytes]) -> bytes:
        """The document with these words, by the numbers of their stand-ins."""
        return self.front.followed_by(part if isinstance(part, Member) else part.filled(words) for part in self.behind)


class _StencilPart:
    """A part with stand-ins. A short one that says the same as one before, like the title and author of most, is not made again."""

    def __init__(self, name: bytes, pieces: list[_StencilPiece]) -> None:
        self.name, self.pieces = name, pieces
        self.numbers = [number for piece in pieces for number in piece.numbers]
        self.short = sum(map(len, (word for piece in pieces for word in piece.words))) <= _SHORT
        self.before: dict[tuple[bytes, ...], Member] = {}

    def filled(self, words: Sequence[bytes]) -> Member:
        """The part with these words."""
        if not self.short:
            return _filled(self.name, self.pieces, words)
        key = tuple([words[number] for number in self.numbers])
        found = self.before.get(key)
        if found is None:
            if len(self.before) >= _REMEMBERED:
                self.before.clear()
            found = self.before[key] = _filled(self.name, self.pieces, words)
        return found


#: Bytes of a short part, and how many fillings of it are remembered.
_SHORT, _REMEMBERED = 2_000, 500


def small_enough(parts: DocxParts) -> bool:
    """Whether a few more words leave every part so small that it is compressed as it is now."""
    return all(sum(len(piece.text) for piece in pieces) * 3 < WELL_UP_TO // 2 for pieces in parts.texts.values())


def _stretches(pieces: Sequence[PackedPiece]) -> list[_StencilPiece]:
    out = []
    for piece in pieces:
        words, numbers = cut(piece.text)
        level = piece.level
        datas = [word.encode() for word in words]
        out.append(_StencilPiece(datas, numbers, level, b"" if numbers else chunk(datas[0], level)))
    return out


def _filled(name: bytes, stretches: Sequence[_StencilPiece], words: Sequence[bytes]) -> Member:
    size = crc = 0
    packed = []
    for between, numbers, level, ready in stretches:
        if numbers:
            row = [b""] * (2 * len(between) - 1)
            row[::2] = between
            row[1::2] = [words[number] for number in numbers]
            data = b"".join(row)
            ready = chunk(data, level)
        else:
            data = between[0]
        size += len(data)
        crc = zlib.crc32(data, crc)
        packed.append(ready)
    packed.append(END)
    return Member(name, b"".join(packed), size, crc)
