"""LibreOffice 7.4 for the tests: what it writes of the controls of a paragraph, and what it reads of that again. That it is so is
held by test_copies.py, which asks a real one where there is one."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

#: Characters LibreOffice counts to none of its scripts but to whatever stands before them.
WEAK = " “”‘’—…①Ⅰ℃→\u00a0"

#: Those it counts to 汉字; all others of the tests count as Latin, line breaks and tabs too.
ASIAN = "甲乙丙丁汉哈年月日前会议一二三四第次的，。、：《》（）【】％＋～１Ａ〇𠮷かㄅ\u3000"


class Control(NamedTuple):
    """A control: which blank it is of, and its w:t and w:br, "\\n" for a break."""

    blank: str
    leaves: tuple[str, ...]


class Break(NamedTuple):
    """A line break in a run of its own."""


Piece = str | Control | Break


def saved(pieces: Sequence[Piece]) -> list[Piece]:
    """What LibreOffice 7.4 writes of what it has read."""
    out: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Control):
            out.append(piece)
            continue
        text = "".join(piece.leaves)
        lines = tuple(filter(None, text.split("\n")))
        out += [Break()] * text.count("\n")
        _, *rest = cut(f"\x01{text}\x01")
        out.append(Control(piece.blank, lines))
        for stretch in rest:
            words = stretch.removesuffix("\x01")
            out.append(Control(piece.blank, (*parted(words), *lines)))
    return out


def parted(words: str) -> tuple[str, ...]:
    """Words and line breaks, each for itself."""
    out = [""]
    for letter in words:
        if letter == "\n" or out[-1] == "\n":
            out.append(letter)
        else:
            out[-1] += letter
    return tuple(filter(None, out))


def cut(text: str) -> list[str]:
    """A text in stretches of one script."""
    out: list[str] = []
    last = ""
    for letter in text:
        script = last if letter in WEAK else "asian" if letter in ASIAN else "latin"
        if out and script == last:
            out[-1] += letter
        else:
            out.append(letter)
        last = script
    return out


def read_as_odt(pieces: Sequence[Piece]) -> list[Piece]:
    """What it reads through .odt: what stands in front of the words of a control are words of the paragraph."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Control):
            out += piece.leaves[:-1]
            out.append(Control(piece.blank, piece.leaves[-1:]))
        else:
            out.append(piece)
    return out


def read(pieces: Sequence[Piece]) -> list[Piece]:
    """What it reads of what it has written: the words of a control in one, breaks at its beginning in front of it."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Control):
            text = "".join(piece.leaves)
            words = text.lstrip("\n")
            out += [Break()] * (len(text) - len(words))
            out.append(Control(piece.blank, (words,)))
        else:
            out.append(piece)
    return out


def controls(pieces: Sequence[Piece], together: bool = False) -> str:
    """The paragraph as .docx has it; `together` as a program writes it that puts neighbouring w:t in one."""
    out = []
    for piece in pieces:
        if isinstance(piece, Break):
            out.append("<w:r><w:rPr/><w:br/></w:r>")
        elif isinstance(piece, str):
            out.append(f"<w:r><w:rPr/>{_text(piece)}</w:r>")
        else:
            leaves = parted("".join(piece.leaves)) if together else piece.leaves
            said = "".join("<w:br/>" if leaf == "\n" else _text(leaf) for leaf in leaves)
            binding = f'<w:dataBinding w:xpath="/v:values[1]/v:{piece.blank}[1]" w:storeItemID="{{1}}"/>'
            properties = f'<w:sdtPr><w:id w:val="1"/>{binding}<w:alias w:val="{piece.blank}"/><w:text/></w:sdtPr>'
            out.append(f"<w:sdt>{properties}<w:sdtContent><w:r><w:rPr/>{said}</w:r></w:sdtContent></w:sdt>")
    return f"<w:p>{''.join(out)}</w:p>"


def fields(pieces: Sequence[Piece]) -> str:
    """The same through .odt, where the controls have become fields to fill in."""
    out = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(f"<w:r><w:rPr/>{_text(piece)}</w:r>")
        elif isinstance(piece, Control):
            *front, whole = piece.leaves
            said = "".join(map(_text, front))
            out.append(
                f'<w:r><w:rPr/>{said}<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FILLIN ""</w:instrText></w:r>'
                f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>{_text(whole)}</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
            )
    return f"<w:p>{''.join(out)}</w:p>"


def _text(text: str) -> str:
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in text.split("\t"))
    return "<w:tab/>".join(parts)
