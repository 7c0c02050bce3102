"""Three-way merge of a speech: as it was made (base), as it was edited by hand (mine), as outline and answers would
make it now (theirs). Pure: tokens in, a plan out; `drafter.word.edit` carries it out in the Word file.

The writer's words always stay. A paragraph the writer left alone follows; where both changed, the writer's stays and a
comment says what the outline says now.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from drafter.revise.numbers import ALIKE, Key, Laid, Level, Standing, standing
from drafter.speech.block import Block
from drafter.speech.match import align, likeness
from drafter.speech.numbering import Numbering
from drafter.word.holds import Hold
from drafter.word.tokens import Renumbered, Tokens, text_of, tokens_of, without


class KeptParagraph(NamedTuple):
    """A paragraph the outline has dropped and the writer's edits have kept: the bookmark that tells it, and what the
    outline made it: its style's role, its words without the number, and the number it stood with."""

    name: str
    role: str
    words: Tokens
    label: str


class Mine(NamedTuple):
    """A paragraph as it stands in the file. `base` is the paragraph it was made as, -1 for one typed by hand; `joined`
    those that were joined to it. `tied`: it carries what must not be lost, a comment, a picture, tracked changes.
    `split`: it is only the first part of what it was. `inside`: the first paragraph of what it moves with, where that is
    more than itself: of the table it stands in, or the one its text box hangs on. `number`: the one it begins with, if
    it was made as a numbered one. `holds`: what hangs on its words; `fixed`: part of a field that begins or ends in
    another paragraph, it must stay where it is. `kept`: what it was before the outline dropped it, None where it did
    not."""

    tokens: Tokens
    base: int = -1
    joined: tuple[int, ...] = ()
    tied: bool = False
    split: bool = False
    number: Standing = Standing()
    inside: int | None = None
    holds: tuple[Hold, ...] = ()
    fixed: bool = False
    kept: KeptParagraph | None = None

    @property
    def words(self) -> Tokens:
        """Its tokens without the number."""
        return without(self.tokens, self.number.label)


class Outcome(NamedTuple):
    """What becomes of one paragraph. `mine` is its place in the file, -1 where it is new; `block` the paragraph of
    theirs it is, -1 for none. `follow`: its words become theirs. `flow`: answers that go into its controls, by tag.
    `numbers` are those that change. `touched`: the writer has changed it. `joined`: the paragraphs of theirs that those
    are which the writer has joined to it, -1 for one that theirs no longer has. `merged`: what it will say without its
    number, where sentences of theirs come in among the writer's. `spared`: the tags of the blanks that stay as they are,
    for what hangs on their words, and are blanks no more. `overruled`: answers typed in Word that give way to those given
    since."""

    mine: int
    block: int
    follow: bool = False
    remove: bool = False
    moved: bool = False
    touched: bool = False
    flow: tuple[tuple[str, str], ...] = ()
    comment: str = ""
    overruled: tuple[str, ...] = ()
    numbers: tuple[Renumbered, ...] = ()
    joined: tuple[int, ...] = ()
    merged: Tokens = ()
    spared: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything is to be done."""
        return (
            self.mine < 0
            or self.follow
            or self.remove
            or self.moved
            or bool(self.flow or self.merged or self.comment or self.numbers)
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


class Side:
    """Base or theirs: the paragraphs, what of them is numbered, and the numbers drafter has given since, where
    they are others."""

    def __init__(self, blocks: Sequence[Block], numbers: Laid, given: Mapping[Key, Sequence[str]] = {}) -> None:
        self.blocks = blocks
        self.numbers = numbers
        self.given = given

    def without_given(self) -> "Side":
        """The same, with the numbers as the outline makes them."""
        if not self.given:
            return self
        return Side(self.blocks, self.numbers)

    @property
    def levels(self) -> Mapping[int, Level]:
        """The paragraphs that begin with a number."""
        return self.numbers.lead

    @cached_property
    def _words(self) -> list[Tokens]:
        labels = (self.levels[n].label if n in self.levels else "" for n in range(len(self.blocks)))
        return [without(tokens_of(block), label) for block, label in zip(self.blocks, labels, strict=True)]

    def words(self) -> list[Tokens]:
        """The tokens of the paragraphs without their numbers."""
        return self._words

    def number(self, n: int) -> str:
        """The number drafter last gave a paragraph; "" for none, and for one the outline says itself."""
        level = self.levels.get(n)
        return "" if level is None or level.fixed else self.given.get((n, 0), (level.label,))[0]


class FoundParagraph(NamedTuple):
    """A paragraph of the file: its words, the bookmarks that begin in it, the role its style names ("" for none of
    ours), whether it carries what must not be lost, the numberings of the outline, and what it stands `inside` of, what
    hangs on its words and whether it is `fixed`, as Mine has it."""

    tokens: Tokens
    bookmarks: tuple[str, ...]
    role: str
    tied: bool
    numbering: Sequence[Numbering]
    inside: int | None = None
    holds: tuple[Hold, ...] = ()
    fixed: bool = False


def identified(
    base: Side, names: Sequence[str], found: Sequence[FoundParagraph], kept: Sequence[KeptParagraph] = ()
) -> list[Mine]:
    """Which paragraph of the base each of the file is: by its bookmark, else by its style and words. `kept` are those
    the outline has dropped before."""
    words = base.words()
    dropped = {one.name: one for one in kept}
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
    was_kept = [next((dropped.pop(name) for name in one.bookmarks if name in dropped), None) for one in found]
    loose = [at for at, mine in enumerate(holds) if not mine and was_kept[at] is None]
    missing = [n for n in range(len(names)) if n not in taken]
    if loose and missing:
        keys = [f"{base.blocks[n].role[:1]}\x03{skeleton(words[n])}" for n in missing]
        said = [
            f"{found[at].role[:1]}\x03{_without_number(skeleton(found[at].tokens), found[at].numbering)}" for at in loose
        ]
        pairs = _the_same(keys, said)
        rest = [i for i in range(len(keys)) if i not in pairs]
        left = sorted(set(range(len(said))) - set(pairs.values()))
        pairs |= {rest[i]: left[j] for i, j in align([keys[i] for i in rest], [said[j] for j in left]).items()}
        pairs |= _alike_anywhere(keys, said, pairs)
        for i, j in pairs.items():
            if found[loose[j]].inside is not None and keys[i] != said[j]:
                continue  # a table is the writer's own, unless it says the very words
            if found[loose[j]].tokens or not words[missing[i]]:
                holds[loose[j]] = [missing[i]]
        gone = [missing[i] for i in range(len(keys)) if missing[i] not in {n for mine in holds for n in mine}]
        _run_together(base, gone, found, holds)
    out = []
    for at, one in enumerate(found):
        mine = holds[at]
        first = next(
            (n for n in mine if skeleton(words[n]) == skeleton(one.tokens) and words[n]), mine[0] if mine else -1
        )
        number = Standing()
        if first >= 0:
            number = _number(one.tokens, base.levels.get(first), base.given.get((first, 0), ()), words[first], one.numbering)
        kept_one = was_kept[at] if first < 0 else None
        if kept_one is not None and kept_one.label:
            number = _number(one.tokens, Level("", 1, kept_one.label), (), kept_one.words, one.numbering)
        row = Mine(one.tokens, first, (), one.tied, first in split, number, one.inside, one.holds, one.fixed, kept_one)
        others = tuple(n for n in mine if n != first and words[n])
        if others and first >= 0 and skeleton(row.words) != skeleton(words[first]):
            row = row._replace(joined=others)
        out.append(row)
    return out


def _the_same(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Those that are word for word the same, wherever they stand, of texts that are there once."""
    counts = Counter(old), Counter(new)
    there = {text: at for at, text in enumerate(new) if counts[1][text] == 1}
    return {at: there[text] for at, text in enumerate(old) if counts[0][text] == 1 and text in there}


def _run_together(base: Side, missing: Sequence[int], found: Sequence[FoundParagraph], holds: list[list[int]]) -> None:
    """Put requirements that were joined to another paragraph, where no bookmark tells it, into what that holds: their
    number and words stand in one."""
    wanted = [(n, level) for n in missing if (level := base.levels.get(n)) is not None and level.label]
    texts = [text_of(one.tokens) for one in found] if 0 < len(wanted) <= _JOINED else []
    for n, level in wanted if texts else ():
        made = base.given.get((n, 0), (level.label,))[0] + text_of(base.words()[n])
        places = [at for at, text in enumerate(texts) if len(made) >= _SAID and made in text]
        if len(places) == 1:
            mine = holds[places[0]]
            mine.insert(0 if texts[places[0]].startswith(made) else len(mine), n)


#: Requirements up to which is looked for them inside others, and letters one must have.
_JOINED, _SAID = 60, 5

#: How alike two paragraphs must be to be the same one, moved and reworded; and how many are compared each with each.
_MOVED, _COMPARED = 0.6, 3_600


def _alike_anywhere(old: Sequence[str], new: Sequence[str], pairs: Mapping[int, int]) -> dict[int, int]:
    """Those of what is not paired that are most alike, wherever they stand."""
    left = [i for i in range(len(old)) if i not in pairs and len(old[i]) > ALIKE]
    free = [j for j in sorted(set(range(len(new))) - set(pairs.values())) if len(new[j]) > ALIKE]
    if len(left) * len(free) > _COMPARED:
        return {}
    found = sorted((-likeness(old[i], new[j]), i, j) for i in left for j in free if old[i][0] == new[j][0])
    out: dict[int, int] = {}
    for alike, i, j in found:
        if -alike >= _MOVED and i not in out and j not in out.values():
            out[i] = j
    return out


def _without_number(text: str, numberings: Sequence[Numbering]) -> str:
    """A text without the number it may begin with, to be compared with others."""
    return next((found[1] for numbering in numberings if (found := numbering.match(text))), text)


def _number(tokens: Tokens, level: Level | None, given: Sequence[str], words: Tokens, numberings: Sequence[Numbering]) -> Standing:
    """The number a paragraph that was made as a numbered one begins with; `words` are those it was made with, `given`
    the numbers drafter gave it since, one of a tracked change that was refused among them."""
    if level is None or not tokens or tokens[0].tag:
        return Standing()
    made, there = skeleton(words), skeleton(tokens)
    beginning = made[: made.index("\x02") + 1] if made.startswith("\x01") else made[:ALIKE]
    ways = [(there, made, beginning)]
    if beginning.startswith("\x01"):  # an office program may have dropped the control
        ways.append((text_of(tokens), text_of(words), text_of(words)[:ALIKE]))
    found = Standing()
    for text, said, begins in ways:
        for written in dict.fromkeys((*given, level.label)):
            found = standing(text, written, said, begins, numberings)
            if found.label and not found.by_hand:
                return found
        if found.label:
            return found
    return found



