"""Three-way merge of a speech: as it was made (base), as it was edited by hand (mine), as outline and answers would
make it now (theirs). Pure: tokens in, a plan out; `drafter.word.edit` carries it out in the Word file.

The writer's words always stay. A paragraph the writer left alone follows; where both changed, the writer's stays and a
comment says what the outline says now.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from drafter.speech.block import Block
from drafter.speech.match import align
from drafter.speech.numbering import Numbering
from drafter.word.tokens import Tokens, text_of, tokens_of, without


class Mine(NamedTuple):
    """A paragraph as it stands in the file. `base` is the paragraph it was made as, -1 for one typed by hand; `joined`
    those that were joined to it. `tied`: it carries a comment, a note, a picture or tracked changes. `split`: it is
    only the first part of what it was. `inside`: the first paragraph of what it moves with, where that is more than
    itself: of the table it stands in, or the one its text box hangs on."""

    tokens: Tokens
    base: int = -1
    joined: tuple[int, ...] = ()
    tied: bool = False
    split: bool = False
    label: str = ""
    inside: int | None = None

    @property
    def words(self) -> Tokens:
        """Its tokens without the number."""
        return without(self.tokens, self.label)


class Outcome(NamedTuple):
    """What becomes of one paragraph. `mine` is its place in the file, -1 where it is new; `block` the paragraph of
    theirs it is, -1 for none. `follow`: its words become theirs. `flow`: answers that go into its controls, by tag.
    `label`: (number as it stands, as it becomes). `touched`: the writer has changed it. `joined`: the paragraphs of
    theirs that those are which the writer has joined to it, -1 for one that theirs no longer has. `merged`: what it will
    say without its number, where sentences of theirs come in among the writer's."""

    mine: int
    block: int
    follow: bool = False
    remove: bool = False
    moved: bool = False
    touched: bool = False
    flow: tuple[tuple[str, str], ...] = ()
    comment: str = ""
    label: tuple[str, str] = ("", "")
    joined: tuple[int, ...] = ()
    merged: Tokens = ()

    @property
    def changes(self) -> bool:
        """Whether anything is to be done."""
        return (
            self.mine < 0
            or self.follow
            or self.remove
            or self.moved
            or bool(self.flow or self.merged or self.comment or self.label[0])
        )


def skeleton(tokens: Tokens) -> str:
    """The words with each blank by its tag: what stays the same when only answers change. An entry of a list counts as
    words: which entry stands where is not the outline's."""
    return "".join(token.text if not token.tag or "#" in token.tag else f"\x01{token.tag}\x02" for token in tokens)


def frame(tokens: Tokens) -> str:
    """The words with each blank by its field: what stays the same when only answers change, entries of lists too."""
    return "".join(f"\x01{token.tag.partition('#')[0]}\x02" if token.tag else token.text for token in tokens)


def touched(mine: Mine, base: Tokens) -> bool:
    """Whether the writer has changed more than answers (and its number) in a paragraph; `base` is without a number
    too."""
    if mine.joined or mine.split:
        return True
    return skeleton(mine.words) != skeleton(base) and text_of(mine.words) != text_of(base)


# ── the plan ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Level(NamedTuple):
    """A numbered paragraph: the list it belongs to, its level (from 1), and its number as it is said."""

    list: str
    level: int
    label: str


class Side:
    """Base or theirs: the paragraphs, and which of them are numbered."""

    def __init__(self, blocks: Sequence[Block], levels: Mapping[int, Level]) -> None:
        self.blocks = blocks
        self.levels = levels

    @cached_property
    def _words(self) -> list[Tokens]:
        labels = (self.levels[n].label if n in self.levels else "" for n in range(len(self.blocks)))
        return [without(tokens_of(block), label) for block, label in zip(self.blocks, labels, strict=True)]

    def words(self) -> list[Tokens]:
        """The tokens of the paragraphs without their numbers."""
        return self._words


class FoundParagraph(NamedTuple):
    """A paragraph of the file: its words, the bookmarks that begin in it, the role its style names ("" for none of
    ours), whether it carries what must not be lost, the numberings of the outline, and what it stands `inside` of, as
    Mine has it."""

    tokens: Tokens
    bookmarks: tuple[str, ...]
    role: str
    tied: bool
    numbering: Sequence[Numbering]
    inside: int | None = None


def identified(base: Side, names: Sequence[str], found: Sequence[FoundParagraph]) -> list[Mine]:
    """Which paragraph of the base each of the file is: by its bookmark, else by its style and words."""
    words = base.words()
    by_name = {name: n for n, name in enumerate(names)}
    copies = {copy: n for name, n in by_name.items() for copy in (f"{name}_Copy_1",)}
    here = {name for one in found for name in one.bookmarks}
    holds: list[list[int]] = []
    taken: set[int] = set()
    split: set[int] = set()
    for one in found:
        mine: list[int] = []
        for name in one.bookmarks:
            n = by_name.get(name, copies.get(name) if name.partition("_Copy_")[0] not in here else None)
            if n is None or n in mine:
                continue
            if n in taken:
                if one.tokens:
                    split.add(n)
                continue
            taken.add(n)
            mine.append(n)
        holds.append(mine)
    loose = [at for at, mine in enumerate(holds) if not mine]
    missing = [n for n in range(len(names)) if n not in taken]
    if loose and missing:
        keys = [f"{base.blocks[n].role}\x03{skeleton(words[n])}" for n in missing]
        said = [f"{found[at].role}\x03{skeleton(found[at].tokens)}" for at in loose]
        for i, j in align(keys, said).items():
            if found[loose[j]].inside is not None and keys[i] != said[j]:
                continue  # a table is the writer's own, unless it says the very words
            if found[loose[j]].tokens or not words[missing[i]]:
                holds[loose[j]] = [missing[i]]
    out = []
    for at, one in enumerate(found):
        mine = holds[at]
        first = next(
            (n for n in mine if skeleton(words[n]) == skeleton(one.tokens) and words[n]), mine[0] if mine else -1
        )
        label = _label(one.tokens, base.levels.get(first), one.numbering)
        row = Mine(one.tokens, first, (), one.tied, first in split, label, one.inside)
        others = tuple(n for n in mine if n != first and words[n])
        if others and first >= 0 and skeleton(row.words) != skeleton(words[first]):
            row = row._replace(joined=others)
        out.append(row)
    return out


def _label(tokens: Tokens, level: Level | None, numberings: Sequence[Numbering]) -> str:
    """The number a paragraph that was made as a numbered one begins with."""
    if level is None or not tokens or tokens[0].tag:
        return ""
    text = tokens[0].text
    if level.label and text.startswith(level.label):
        return level.label
    match = numberings[level.level - 1].match(text) if level.level <= len(numberings) else None
    return text[: len(text) - len(match[1])] if match else ""


# ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def renumbered(
    rows: Sequence[Outcome],
    texts: Sequence[str],
    levels: Mapping[int, Level],
    numberings: Sequence[Numbering],
    within: Mapping[int, Sequence[Level]] = {},
) -> list[Outcome]:
    """The rows with the numbers of requirements made to count on. `texts` are the paragraphs' words as they will be, by
    row; `levels` the numbered paragraphs of theirs, by block. A paragraph typed by hand counts where it begins with a
    number of a list that is under way; so do those the writer has joined to another (`within`: their levels, by row;
    their list is "" where theirs has them no more)."""
    lists: list[list[tuple[int, int, str]]] = []  # (row, level, label as it stands)
    under_way: dict[int, list[tuple[int, int, str]]] = {}
    current = ""

    def count(at: int, level: int, label: str) -> None:
        for deeper in [n for n in under_way if n > level]:
            del under_way[deeper]
        if level not in under_way:
            under_way[level] = []
            lists.append(under_way[level])
        under_way[level].append((at, level, label))

    for at, row in enumerate(rows):
        if row.remove:
            continue
        found = levels.get(row.block)
        level = found.level if found else 0
        if found and found.list != current:
            under_way, current = {}, found.list
        elif not found and row.block < 0:
            level = next((n for n in sorted(under_way, reverse=True) if numberings[n - 1].match(texts[at])), 0)
        if 0 < level <= len(numberings):
            match = numberings[level - 1].match(texts[at])
            count(at, level, texts[at][: len(texts[at]) - len(match[1])] if match else "")
        for inner in within.get(at, ()):
            if inner.list and inner.list != current:
                under_way, current = {}, inner.list
            if 0 < inner.level <= len(numberings) and (inner.list or inner.level in under_way):
                count(at, inner.level, "")
    out = list(rows)
    for members in lists:
        for number, (at, level, label) in enumerate(members, 1):
            right = numberings[level - 1].label(number, len(members))
            if label and label != right:
                out[at] = out[at]._replace(label=(label, right))
    return out
