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
        self.behind: list[Member | tuple[bytes, list[_StencilPiece]]] = []
        for name, pieces in parts.texts.items():
            stretches = _stretches(pieces)
            if any(stretch.numbers for stretch in stretches):
                self.behind.append((name.encode(), stretches))
            elif self.behind:
                self.behind.append(member_of(name, pieces))
            else:
                whole.append(member_of(name, pieces))
        self.front = ZipFront(whole, now)

    def filled(self, words: Sequence[bytes]) -> bytes:
        """The document with these words, by the numbers of their stand-ins."""
        return self.front.followed_by(
            member if isinstance(member, Member) else _filled(member[0], member[1], words) for member in self.behind
        )


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
