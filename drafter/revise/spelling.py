"""Where the words of a paragraph as it was made stand in the outline's texts, and what those texts become where it is
reworded."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.outline.altered import Nodes
from drafter.outline.blank import OutlineText, ToConfirm
from drafter.revise.edited import Edited
from drafter.speech.block import Block
from drafter.speech.match import opcodes
from drafter.word.controls import tag_of
from drafter.word.tokens import Token


class Unplaced(Exception):
    """A change that has no place in the outline. The message says why, in plain Chinese, to go behind “没有放进提纲：”."""


class Letter(NamedTuple):
    """A letter of an outline's text, or a blank (`blank` is its source, `said` "" there): of which text, and the
    characters it takes in that text as its file spells it. `marked`: it is to be confirmed."""

    node: str
    said: str
    blank: str
    offset: int
    length: int
    marked: bool = False


class Spelling(NamedTuple):
    """A paragraph as it was made: its words with 【 as 【【, the letter of the outline each comes from (None for a number
    and what a template adds), what each blank says there, by tag, and which blanks are counted of the speech (【条数】)."""

    words: str
    letters: tuple[Letter | None, ...]
    says: Mapping[str, str]
    counted: frozenset[Letter] = frozenset()


#: Around the tag of a blank that was pasted from elsewhere.
_PASTED = ("\ue000", "\ue001")


def letters_of(text: OutlineText) -> list[Letter]:
    """The letters and blanks of a text."""
    out: list[Letter] = []
    at = 0
    for piece in text.pieces:
        if isinstance(piece, str):
            for said in piece:
                length = 2 if said == "【" else 1
                out.append(Letter(text.node, said, "", at, length))
                at += length
        elif isinstance(piece, ToConfirm):
            within = piece.words_offset
            out += [Letter(text.node, said, "", within + n, 1, True) for n, said in enumerate(piece.words)]
            at = piece.offset + len(piece.source) + 2
        else:
            length = len(piece.source) + 2
            out.append(Letter(text.node, "", piece.source, piece.offset, length))
            at = piece.offset + length
    return out


def owner(nodes: Nodes, blocks: Sequence[Block], block: Block, inner: str, strong: bool) -> OutlineText | None:
    """The text some words of a paragraph came from. `inner` is the node of words that are another part's than the
    paragraph's."""
    if inner:
        return nodes.texts.get(inner.partition("#")[0])
    node = block.node.partition("#")[0]
    item = nodes.items.get(node)
    if item is None:
        return nodes.texts.get(node)
    if item.heading is not None and (strong or _stands_alone(blocks, node)):
        return item.heading
    return item.texts[0] if item.texts else None


def _stands_alone(blocks: Sequence[Block], node: str) -> bool:
    """Whether the heading of a requirement has a line of its own."""
    found = next((block for block in blocks if block.node.partition("#")[0] == node), None)
    return found is not None and not any(span.strong for span in found.spans)


def spelling_of(draft: Edited, nodes: Nodes, base: int) -> Spelling:
    """How a paragraph of a draft was made. Raises Unplaced where its words are not this outline's."""
    blocks = draft.base.blocks
    block = blocks[base]
    level = draft.side.levels.get(base)
    spelling = _Spelled(len(level.label) if level else 0)
    for span in block.spans:
        text = owner(nodes, blocks, block, span.node, bool(span.strong))
        words = span.text.replace("\n", "")
        if text is None and not (span.blank or span.computed):
            spelling.add(words, None)
        elif text is None or text.scalar.source is not draft.base.outline.source:
            raise Unplaced("找不到它在提纲里的位置")
        elif span.computed:
            spelling.counted.add(spelling.blank(text, span.computed, words))
        elif span.blank:
            spelling.blank(text, span.blank, words)
            spelling.says[tag_of(span)] = words
        else:
            spelling.words(text, words)
    return Spelling("".join(spelling.said), tuple(spelling.letters), spelling.says, frozenset(spelling.counted))


class _Spelled:
    """A paragraph spelled as far as it has been read; `label` letters of a number come first."""

    def __init__(self, label: int) -> None:
        self.label = label
        self.said: list[str] = []
        self.letters: list[Letter | None] = []
        self.says: dict[str, str] = {}
        self.counted: set[Letter] = set()
        self._read: dict[str, tuple[list[Letter], int]] = {}

    def add(self, words: str, letter: Letter | None) -> None:
        self.said += words
        self.letters += [letter] * len(words)

    def blank(self, text: OutlineText, source: str, words: str) -> Letter:
        """The words of a blank, which is the next of its source, and that. Raises Unplaced where there is none."""
        have, at = self._place(text)
        while at < len(have) and have[at].blank != source:
            at += 1
        if at == len(have):
            raise Unplaced("找不到它在提纲里的位置")
        self.add(words, have[at])
        self._read[text.node] = have, at + 1
        return have[at]

    def words(self, text: OutlineText, words: str) -> None:
        """Words of a text, and among them what the layout has added: a number, the 。 behind a heading."""
        have, at = self._place(text)
        for letter in words:
            ahead = at
            while ahead < len(have) and have[ahead].blank:
                ahead += 1
            if self.label:
                self.label -= 1
                self.add(letter, None)
            elif ahead < len(have) and have[ahead].said == letter:
                self.add("【【" if letter == "【" else letter, have[ahead])
                at = ahead + 1
            else:
                self.add(letter, None)
        self._read[text.node] = have, at

    def _place(self, text: OutlineText) -> tuple[list[Letter], int]:
        return self._read.get(text.node) or (letters_of(text), 0)


class _Replaced(NamedTuple):
    """Characters of a text, from an offset on, that become others."""

    offset: int
    length: int
    text: str


def reworded(nodes: Nodes, spelling: Spelling, tokens: Sequence[Token], title: bool) -> dict[str, str]:
    """What the texts of a paragraph become, by node, where its words are now those of `tokens`. A title may have been
    broken into lines. Raises Unplaced."""
    new = "".join(_token(token, spelling.says) for token in tokens)
    if title:
        new = new.replace("\n", "")
    elif "\n" in new:
        raise Unplaced("里面有换行")
    changes: dict[str, list[_Replaced]] = {}
    for kind, i0, i1, j0, j1 in opcodes(spelling.words, new):
        if kind != "equal" and not _counts_alone(spelling, i0, i1):
            for node, change in _replaced(spelling.letters, i0, i1, _pasted(new[j0:j1])):
                changes.setdefault(node, []).append(change)
    return {node: _carried_out(nodes.texts[node].scalar.text, found) for node, found in changes.items()}


def _counts_alone(spelling: Spelling, start: int, end: int) -> bool:
    """Whether only what is counted was written otherwise: the outline counts it again."""
    return start < end and spelling.counted.issuperset(spelling.letters[start:end])


def said_in(tokens: Sequence[Token]) -> str:
    """Words typed by hand as an outline spells them, their blanks as 【…】."""
    said = "".join(f"【{t.tag}】" if t.tag and "#" not in t.tag else t.text.replace("【", "【【") for t in tokens)
    return said.replace("\n", "")


def _token(token: Token, says: Mapping[str, str]) -> str:
    if token.tag:
        return says.get(token.tag, token.tag.join(_PASTED))
    return token.text.replace("【", "【【")


def _pasted(text: str) -> str:
    """Blanks pasted from elsewhere, as an outline spells them."""
    return re.sub("(.*?)".join(_PASTED), r"【\1】", text)


def _replaced(letters: Sequence[Letter | None], start: int, end: int, said: str) -> list[tuple[str, _Replaced]]:
    """The changes, each with the node of its text, where the letters from `start` to before `end` become `said`."""
    nobodys = (not start or letters[start - 1] is None) and (end == len(letters) or letters[end] is None)
    if nobodys and not any(letters[start:end]) and letters:
        raise Unplaced("动的是序号或者模板加的字")
    gone = list(dict.fromkeys(letter for letter in letters[start:end] if letter is not None))
    outside = {letter for letter in (*letters[:start], *letters[end:]) if letter is not None}
    half = next((letter for letter in gone if letter.blank and letter in outside), None)
    if half is not None:
        raise Unplaced(f"动到了空【{half.blank}】里面")
    out = [(letter.node, _Replaced(letter.offset, letter.length, "")) for letter in gone]
    if said:
        before = next((letter for letter in reversed(letters[:start]) if letter is not None), None)
        behind = next((letter for letter in letters[start:] if letter is not None), None)
        if gone and gone[0].marked:  # what takes its place is to be confirmed too
            out.append((gone[0].node, _Replaced(gone[0].offset, 0, said)))
        elif before is not None and (before is letters[start - 1] or behind is None):
            out.append((before.node, _Replaced(before.offset + before.length, 0, said)))
        elif behind is not None:
            out.append((behind.node, _Replaced(behind.offset, 0, said)))
        else:
            raise Unplaced("这几个字不在提纲里")
    return out


#: A mark whose words are gone, which goes with them.
_WORDLESS = re.compile(r"【\s*核实\s*[：:]\s*(?:[|｜][^】]*)?】")


def _carried_out(text: str, changes: Sequence[_Replaced]) -> str:
    """A text with its changes made, the last first; what goes at a place goes before anything comes there."""
    for change in sorted(changes, key=lambda change: (change.offset, bool(change.length)), reverse=True):
        text = text[: change.offset] + change.text + text[change.offset + change.length :]
    return _WORDLESS.sub("", text)
