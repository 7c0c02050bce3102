"""Writing zips, byte for byte the same for the same members and moment. `zipfile` would do it too, but importing it is
a twentieth of a run, and it cannot pass a member on without unpacking it."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from struct import pack
from typing import NamedTuple

from drafter.word.ahead import Ahead

#: Bytes up to which compressing well (level 6) goes unnoticed; above, level 1 takes a third of the time.
WELL_UP_TO = 1 << 20

#: What ends a deflated stream of whole chunks: a last block with nothing in it (RFC 1951, 3.2.6).
END = b"\x03\x00"


class Member(NamedTuple):
    """A file of a zip as it stands there. `method` is 8 (deflated) or 0 (stored); `stamp` its time and date as DOS
    counts them, None for the moment of the whole."""

    name: bytes
    data: bytes
    size: int
    crc: int
    method: int = 8
    stamp: tuple[int, int] | None = None


#: How well a piece is compressed: one that many documents share, the words of one document (8 kB of paragraphs with controls take a
#: third of the time, and are a twentieth larger than the kilobyte they would be), and what is compressed already.
WELL, QUICK, AS_IT_IS = 6, 3, 0


class PackedPiece(NamedTuple):
    """A stretch of a file that is compressed by itself, so that many documents with the same stretch share the work. `packed` is
    the stretch as `chunk` has it where a file of about its size holds it, None where nobody has compressed it yet."""

    text: str
    level: int = WELL
    packed: bytes | None = None


def member(name: str, content: str | bytes) -> Member:
    """A file, compressed."""
    data = content.encode() if isinstance(content, str) else content
    squeeze = zlib.compressobj(6 if len(data) <= WELL_UP_TO else 1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(name.encode(), squeeze.compress(data) + squeeze.flush(), len(data), zlib.crc32(data))


def member_of(name: str, pieces: Sequence[PackedPiece]) -> Member:
    """A file, its pieces compressed one by one."""
    datas = [piece.text.encode() for piece in pieces]
    size = sum(map(len, datas))
    packed = [_packed(piece, data, size) for piece, data in zip(pieces, datas, strict=True)]
    crc = 0
    for data in datas:
        crc = zlib.crc32(data, crc)
    return Member(name.encode(), b"".join((*packed, END)), size, crc)


def _packed(piece: PackedPiece, data: bytes, size: int) -> bytes:
    level = level_of(piece.level, size)
    if piece.packed is not None and level == level_of(piece.level, len(data)):
        return piece.packed
    return chunk(data, level)


def level_of(level: int, size: int) -> int:
    """How well a piece of a file of so many bytes is compressed that is to be compressed so well."""
    return level if size <= WELL_UP_TO else min(level, 1)


def chunk(data: bytes, level: int) -> bytes:
    """Deflated blocks that end at a byte, none of them the last, and that nothing before them is needed for. The window is as
    large as the data: to make room for the largest takes 40 µs, four times what a few hundred bytes take."""
    if not level and len(data) <= 0xFFFF:
        return pack("<BHH", 0, len(data), len(data) ^ 0xFFFF) + data  # RFC 1951, 3.2.4
    squeeze = _squeezer(len(data), level)
    return squeeze.compress(data) + squeeze.flush(zlib.Z_SYNC_FLUSH)


def _squeezer(length: int, level: int) -> "zlib._Compress":
    bits = min(zlib.MAX_WBITS, max(10, length.bit_length()))
    return zlib.compressobj(level, zlib.DEFLATED, -bits, min(8, bits - 6))


#: Letters of a file that is compressed while it grows that are handed on at a time; more than the largest window (32 kB).
_HANDED_ON = 1 << 18


class GrowingMember:
    """A file that is compressed while its text is made, to the bytes that `member_of` gives its pieces, which are compressed well or
    quickly. It begins when the file is known to be large: before, nobody knows how well its pieces are to be compressed."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._letters = 0
        self._size = 0
        self._waiting: list[tuple[bytes, int | None]] = []  # stretches, with the level of the piece they end, None where it goes on
        self._last: Ahead[None] | None = None
        self._squeeze: zlib._Compress | None = None  # of the piece that goes on
        self._packed: list[bytes] = []
        self._crc = 0

    def add(self, row: str) -> None:
        """More of a piece."""
        self._rows.append(row)
        self._letters += len(row)
        if self._letters >= _HANDED_ON:
            self._hand_on(None)

    def cut(self, level: int) -> None:
        """The end of a piece."""
        self._hand_on(level)

    def _hand_on(self, level: int | None) -> None:
        data = "".join(self._rows).encode()
        self._rows, self._letters = [], 0
        self._size += len(data)
        self._waiting.append((data, level))
        if self._size > WELL_UP_TO:
            before, stretches = self._last, self._waiting
            self._waiting = []
            self._last = Ahead(lambda: self._press(before, stretches), sum(len(data) for data, _ in stretches))

    def _press(self, before: Ahead[None] | None, stretches: list[tuple[bytes, int | None]]) -> None:
        if before is not None:
            before.done()
        for data, level in stretches:
            self._crc = zlib.crc32(data, self._crc)
            if level is not None and self._squeeze is None:
                self._packed.append(chunk(data, level_of(level, self._size)))
                continue
            if self._squeeze is None:
                self._squeeze = _squeezer(len(data), level_of(WELL, self._size))
            self._packed.append(self._squeeze.compress(data))
            if level is not None:
                self._packed.append(self._squeeze.flush(zlib.Z_SYNC_FLUSH))
                self._squeeze = None

    def member(self, name: str) -> Member:
        """The file, when all its pieces are at their ends."""
        if self._last is None:
            self._last = Ahead(lambda: self._press(None, _whole(self._waiting)), 0)
        self._last.done()
        return Member(name.encode(), b"".join((*self._packed, END)), self._size, self._crc)


def _whole(stretches: Iterable[tuple[bytes, int | None]]) -> list[tuple[bytes, int | None]]:
    """Stretches that go on put together with those they go on in."""
    out: list[tuple[bytes, int | None]] = []
    held: list[bytes] = []
    for data, level in stretches:
        held.append(data)
        if level is not None:
            out.append((b"".join(held), level))
            held = []
    return out


def zipped(members: Iterable[Member], now: datetime) -> bytes:
    """The members as a zip (PKWARE APPNOTE 6.3: 4.3.7, 4.3.12, 4.3.16), dated `now` in its steps of two seconds."""
    return ZipFront((), now).followed_by(members)


class ZipFront:
    """The first members of zips of one moment, put together once."""

    def __init__(self, members: Iterable[Member], now: datetime) -> None:
        year = min(max(now.year - 1980, 0), 127)
        self.moment = (now.hour << 11 | now.minute << 5 | now.second // 2, year << 9 | now.month << 5 | now.day)
        self.count = 0
        out: list[bytes] = []
        directory: list[bytes] = []
        self.length = self._add(members, out, directory, 0)
        self.count = len(directory)
        self.bytes = b"".join(out)
        self.directory = b"".join(directory)

    def followed_by(self, members: Iterable[Member]) -> bytes:
        """The whole zip, with these members behind."""
        out = [self.bytes]
        directory = [self.directory]
        at = self._add(members, out, directory, self.length)
        count = self.count + len(directory) - 1
        listing = b"".join(directory)
        return b"".join((*out, listing, b"PK\5\6" + pack("<4H2IH", 0, 0, count, count, len(listing), at, 0)))

    def _add(self, members: Iterable[Member], out: list[bytes], directory: list[bytes], at: int) -> int:
        """Members put behind what is there, the first at the byte `at`; the byte behind them."""
        for name, data, size, crc, method, stamp in members:
            utf8 = 0 if name.isascii() else 0x800
            head = pack("<5H3I2H", 20, utf8, method, *(stamp or self.moment), crc, len(data), size, len(name), 0)
            out += (b"PK\3\4" + head + name, data)
            directory.append(b"PK\1\2\x14\0" + head + pack("<3H2I", 0, 0, 0, 0, at) + name)
            at += 30 + len(name) + len(data)
        return at
