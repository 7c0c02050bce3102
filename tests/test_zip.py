"""Files of a zip that are compressed while they are made."""

import zlib

import pytest

from drafter.word.ahead import WORTH_A_THREAD, Ahead
from drafter.word.zip import QUICK, WELL, GrowingMember, PackedPiece, member_of

_ROW = "<w:p><w:r><w:t>各单位要把责任分到人。</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    "pieces",
    [
        [("甲", QUICK)],
        [(_ROW * 500, WELL), ("乙", QUICK)],  # below the megabyte from which on all is compressed quickly
        [(_ROW * 40_000, WELL)],
        [("甲", QUICK), (_ROW * 30_000, WELL), ("乙" * 20_000, QUICK), (_ROW * 9_000, WELL), ("丙", QUICK)],
        [(_ROW * 9_000, QUICK), ("", WELL), (_ROW * 9_000, WELL), ("", QUICK)],
    ],
)
def test_a_file_compressed_while_it_grows_has_the_bytes_of_its_pieces(pieces: list[tuple[str, int]]) -> None:
    growing = GrowingMember()
    for text, level in pieces:
        for at in range(0, len(text), 1000):
            growing.add(text[at : at + 1000])
        growing.cut(level)
    made = growing.member("word/document.xml")
    assert made == member_of("word/document.xml", [PackedPiece(text, level) for text, level in pieces])
    assert zlib.decompress(made.data, -zlib.MAX_WBITS).decode() == "".join(text for text, _ in pieces)


@pytest.mark.parametrize("size", [0, WORTH_A_THREAD])
def test_what_is_begun_ahead_is_made_once_and_fails_where_it_is_asked_for(size: int) -> None:
    made: list[str] = []
    one = Ahead(lambda: made.append("甲") or "乙", size)
    assert (one.done(), one.done(), made) == ("乙", "乙", ["甲"])
    with pytest.raises(ZeroDivisionError):
        Ahead(lambda: 1 // 0, size).done()
