"""What LibreOffice gets wrong in the .docx it makes of another kind of file, put right before that is read."""

from datetime import datetime
from typing import NamedTuple

from drafter.word.document import DocxFile
from drafter.word.oxml import Element, P, T, take_out, w

_CHAR, _CODE = w("fldChar"), w("instrText")


#: The codes of fields somebody types into.
_TO_FILL_IN = (b"FILLIN", b"FORMTEXT")


class _Shown(NamedTuple):
    """What shows in a paragraph, in its order: the words of a field to fill in, or other words (`field` False).
    `leaves` are its elements, `text` what they say."""

    field: bool
    text: str
    leaves: tuple[Element, ...]


def mended(data: bytes, name: str, now: datetime) -> bytes:
    """The .docx LibreOffice has made, with each field to fill in once. LibreOffice 7.4 writes such a field (which is
    what it makes of a text control of ours in .odt, .doc and .rtf) four times, one behind the other, the second time as
    plain words. Raises Rejected for what is no .docx."""
    file = DocxFile(data, name)
    changed = False
    for paragraph in file.body.iter(P) if any(code in file.parts[file.main] for code in _TO_FILL_IN) else ():
        shown = list(_shown(paragraph))
        for at in range(len(shown) - 3):
            four = shown[at : at + 4]
            if [copy.field for copy in four] == [True, False, True, True] and len({copy.text for copy in four}) == 1:
                changed = True
                for leaf in (leaf for copy in four[1:] for leaf in copy.leaves):
                    take_out(leaf)
    if not changed:
        return data
    file.touch(file.main)
    return file.data(now)


def _shown(paragraph: Element) -> list[_Shown]:
    """The fields to fill in of a paragraph and the words between them; what lies around them unfinished is left out."""
    out: list[_Shown] = []
    leaves: list[Element] = []
    text = ""
    inside = result = False
    for leaf in paragraph.iter(T, _CHAR, _CODE):
        kind = leaf.get(w("fldCharType")) if leaf.tag == _CHAR else ""
        if kind == "begin":
            if text:
                out.append(_Shown(False, text, tuple(leaves)))
            leaves, text, inside, result = [leaf], "", True, False
            continue
        leaves.append(leaf)
        if kind == "separate":
            result = True
        elif kind == "end":
            out.append(_Shown(inside, text, tuple(leaves)))
            leaves, text, inside, result = [], "", False, False
        elif leaf.tag == T and (result or not inside):
            text += leaf.text or ""
    if text:
        out.append(_Shown(False, text, tuple(leaves)))
    return out
