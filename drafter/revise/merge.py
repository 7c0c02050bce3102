"""Three-way merge of a speech: as it was made (base), as it was edited by hand (mine), as outline and answers would
make it now (theirs). Pure: tokens in, a plan out; `drafter.word.edit` carries it out in the Word file.

The writer's words always stay. A paragraph the writer left alone follows; where both changed, the writer's stays and a
comment says what the outline says now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from drafter.revise.telling import answers_now
from drafter.speech.block import Block
from drafter.speech.match import align, out_of_order
from drafter.speech.numbering import Numbering
from drafter.word.tokens import Token, Tokens, text_of, tokens_of, with_label, without


class Mine(NamedTuple):
    """A paragraph as it stands in the file. `base` is the paragraph it was made as, -1 for one typed by hand; `joined`
    those that were joined to it. `tied`: it carries a comment, a note, a picture or tracked changes. `split`: it is
    only the first part of what it was."""

    tokens: Tokens
    base: int = -1
    joined: tuple[int, ...] = ()
    tied: bool = False
    split: bool = False
    label: str = ""

    @property
    def words(self) -> Tokens:
        """Its tokens without the number."""
        return without(self.tokens, self.label)


class Outcome(NamedTuple):
    """What becomes of one paragraph. `mine` is its place in the file, -1 where it is new; `block` the paragraph of
    theirs it is, -1 for none. `follow`: its words become theirs. `flow`: answers that go into its controls, by tag.
    `label`: (number as it stands, as it becomes). `touched`: the writer has changed it. `joined`: the paragraphs of
    theirs that those are which the writer has joined to it, -1 for one that theirs no longer has."""

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

    @property
    def changes(self) -> bool:
        """Whether anything is to be done."""
        return (
            self.mine < 0
            or self.follow
            or self.remove
            or self.moved
            or bool(self.flow or self.comment or self.label[0])
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
    ours), whether it carries what must not be lost, and the numberings of the outline."""

    tokens: Tokens
    bookmarks: tuple[str, ...]
    role: str
    tied: bool
    numbering: Sequence[Numbering]


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
            if found[loose[j]].tokens or not words[missing[i]]:
                holds[loose[j]] = [missing[i]]
    out = []
    for at, one in enumerate(found):
        mine = holds[at]
        first = next(
            (n for n in mine if skeleton(words[n]) == skeleton(one.tokens) and words[n]), mine[0] if mine else -1
        )
        label = _label(one.tokens, base.levels.get(first), one.numbering)
        row = Mine(one.tokens, first, (), one.tied, first in split, label)
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


class Answers(NamedTuple):
    """What the blanks of all of base and of theirs say, by tag, and the tags of the fields answered anew by hand."""

    before: Mapping[str, Token]
    after: Mapping[str, Token]
    explicit: frozenset[str]


def _blanks(paragraphs: Iterable[Tokens]) -> dict[str, Token]:
    return {token.tag: token for tokens in paragraphs for token in tokens if token.tag}


def plan(base: Side, mine: Sequence[Mine], theirs: Side, explicit: frozenset[str] = frozenset()) -> list[Outcome]:
    """What becomes of every paragraph, in the order of the document as it will be. `explicit` are the tags of the
    fields the user has just answered anew by hand: they go even into controls the writer has changed."""
    b, t = base.words(), theirs.words()
    keys_b, keys_t = (
        [f"{block.role}\x03{skeleton(words)}" for block, words in zip(side.blocks, tokens, strict=True)]
        for side, tokens in ((base, b), (theirs, t))
    )

    def same(i: int, j: int) -> bool:
        one, other = base.blocks[i], theirs.blocks[j]
        return one.node == other.node != "" and one.role == other.role

    became = align(keys_b, keys_t, same)
    holders = {row.base: at for at, row in enumerate(mine) if row.base >= 0}
    holders |= {other: at for at, row in enumerate(mine) for other in row.joined if other not in holders}
    answers = Answers(_blanks(b), _blanks(t), explicit)
    rows = [
        _kept(at, one, b, t, became, answers)._replace(joined=tuple(became.get(i, -1) for i in one.joined))
        for at, one in enumerate(mine)
    ]
    return _with_new(rows, holders, became, len(t))


def _kept(
    at: int,
    mine: Mine,
    base: Sequence[Tokens],
    theirs: Sequence[Tokens],
    became: Mapping[int, int],
    answers: Answers,
) -> Outcome:
    """What becomes of a paragraph that is there."""
    explicit = answers.explicit
    if mine.base < 0:
        return Outcome(at, -1, touched=True, flow=_flowing(mine.tokens, answers))
    old = base[mine.base]
    new = theirs[became[mine.base]] if mine.base in became else None
    own = touched(mine, old)
    values = {token.tag: token.text for token in old if token.tag}
    changed_values = any(
        k.tag and not k.empty and k.tag in values and _flat(k.text) != _flat(values[k.tag]) for k in mine.tokens
    )
    if new is None:
        if own or mine.tied or changed_values:
            told = "提纲里已经没有这一段了。这一段您改过，所以留着；不要的话请删掉。"
            return Outcome(at, -1, touched=True, flow=_flowing(mine.tokens, answers), comment=told)
        return Outcome(at, -1, remove=True)
    block = became[mine.base]
    if not own:
        wanted = _with_own_values(mine.tokens, old, new, explicit)
        # Where an office program has dropped the controls, the same words are enough.
        return Outcome(
            at,
            block,
            follow=text_of(wanted) != text_of(mine.words),
            comment=_overruled(mine.words, values, text_of(wanted)),
        )
    flow = _flowing(mine.tokens, answers, old, new)
    comment = ""
    others = [(base[i], theirs[became[i]] if i in became else ()) for i in mine.joined]
    if text_of(mine.words) == text_of(new):
        pass  # the writer has come to the same words
    elif frame(old) != frame(new) or any(frame(a) != frame(z) for a, z in others):
        said = "\n".join(filter(None, (text_of(new), *(text_of(z) for _, z in others))))
        comment = f"提纲里这一段现在是：{said}"
    else:
        held = {token.tag for token in mine.tokens if token.tag}
        made = {token.tag: token for token in old if token.tag}
        lost = {
            token.tag: (made[token.tag], token)
            for token in new
            if token.tag in made and token.tag not in held and _flat(token.text) != _flat(made[token.tag].text)
        }
        if lost:
            comment = f"{answers_now(lost.values())}。这一段改写过，请看看要不要跟着改。"
    flowed = dict(flow)
    after = "".join(flowed.get(k.tag, k.text) for k in mine.tokens)
    comment = "\n".join(filter(None, (comment, _overruled(mine.tokens, values, after))))
    return Outcome(at, block, touched=True, flow=flow, comment=comment)


def _overruled(mine: Tokens, made: Mapping[str, str], after: str) -> str:
    """What to say where an answer typed in Word gives way to one given since; "" where none does."""
    typed = [k.text for k in mine if k.tag and not k.empty and _flat(k.text) != _flat(made.get(k.tag, ""))]
    gone = [text for text in dict.fromkeys(typed) if _flat(text) not in _flat(after)]
    return f"这里在 Word 里填过“{'”“'.join(gone)}”，已按后来给的回答改了。" if gone else ""


def _flat(text: str) -> str:
    return text.replace("\n", "")


def _flowing(mine: Tokens, answers: Answers, old: Tokens = (), new: Tokens = ()) -> tuple[tuple[str, str], ...]:
    """The answers that go into the controls of a paragraph the writer has rewritten; those of the paragraph it was, and
    now would be, before those that stand elsewhere."""
    before, after = _blanks([old]), _blanks([new])
    out: dict[str, str] = {}
    for token in mine:
        if not token.tag:
            continue
        was, now = (
            near.get(token.tag) or far.get(token.tag) for near, far in ((before, answers.before), (after, answers.after))
        )
        if now is None or now.empty or _flat(token.text) == _flat(now.text):
            continue
        theirs_changed = was is None or was.empty or _flat(was.text) != _flat(now.text)
        own = was is not None and not token.empty and _flat(token.text) != _flat(was.text)
        if token.empty or (theirs_changed and (not own or token.tag in answers.explicit)):
            out[token.tag] = now.text
    return tuple(out.items())


def _with_own_values(mine: Tokens, old: Tokens, new: Tokens, explicit: frozenset[str]) -> Tokens:
    """Theirs, with what the writer typed into a control of this paragraph, in the writer's own spelling, unless the
    answer was given anew since."""
    before = {token.tag: token for token in old if token.tag}
    own: dict[str, Token] = {}
    for token in mine:
        was = before.get(token.tag)
        if token.tag and was is not None and not token.empty and _flat(token.text) != _flat(was.text):
            own[token.tag] = token
    out = []
    for token in new:
        kept = own.get(token.tag)
        if kept is not None and token.tag not in explicit and _flat(kept.text) != _flat(token.text):
            token = token._replace(text=kept.text, empty=False)
        out.append(token)
    return tuple(out)


def wanted(row: Outcome, mine: Sequence[Mine], base: Side, theirs: Side, explicit: frozenset[str]) -> Tokens:
    """What a paragraph that follows will be; its number stays the one it has."""
    one = mine[row.mine]
    old, new = base.words()[one.base], theirs.words()[row.block]
    level = theirs.levels.get(row.block)
    kept = one.base in base.levels  # its number, or that the writer took it away
    label = "" if level is None else one.label if kept else level.label
    return with_label(_with_own_values(one.tokens, old, new, explicit), label)


def _with_new(rows: list[Outcome], holders: Mapping[int, int], became: Mapping[int, int], count: int) -> list[Outcome]:
    """The rows with the paragraphs that are new in theirs behind what they follow there, and those that moved in theirs
    moved."""
    came_from = {j: i for i, j in became.items()}
    moved = out_of_order([came_from[j] for j in sorted(came_from)])
    order = _Order([row.mine for row in rows])
    by_key = {row.mine: row for row in rows}  # those that are new in theirs have the keys -2, -3 …
    last: int | None = None  # the nearest before j that is there
    for j in range(count):
        i = came_from.get(j)
        if i is None:
            key = -2 - j
            by_key[key] = Outcome(-1, j)
        else:
            at = holders.get(i)
            if at is None or by_key[at].block != j:
                continue  # deleted by hand, and stays so
            key = at
            if i in moved:
                order.take_out(key)
                by_key[key] = by_key[key]._replace(moved=True)
        if i is None or i in moved:
            order.put(key, _behind(order, last, by_key, j))
        last = key
    return [by_key[key] for key in order.behind(None)]


class _Order:
    """Keys in an order that changes, each with its neighbours, so that no change walks over all; None is before the
    first."""

    def __init__(self, keys: Sequence[int]) -> None:
        self.next: dict[int | None, int | None] = dict(zip([None, *keys], [*keys, None], strict=True))
        self._before: dict[int | None, int | None] = dict(zip([*keys, None], [None, *keys], strict=True))

    def behind(self, key: int | None) -> Iterator[int]:
        """What stands behind a key, in order."""
        while (found := self.next[key]) is not None:
            yield found
            key = found

    def before(self, key: int) -> int | None:
        """What stands in front of a key, None for nothing."""
        return self._before[key]

    def take_out(self, key: int) -> None:
        """Take a key out."""
        before, behind = self._before.pop(key), self.next.pop(key)
        self.next[before], self._before[behind] = behind, before

    def put(self, key: int, before: int | None) -> None:
        """Put a key behind another."""
        behind = self.next[before]
        self.next[before], self._before[key] = key, before
        self.next[key], self._before[behind] = behind, key


def _behind(order: _Order, last: int | None, rows: Mapping[int, Outcome], j: int) -> int | None:
    """What a paragraph of theirs goes behind: the nearest before it that is there, `last`, and what the writer typed
    behind that; else what is before the first; None for nothing."""
    if last is None:
        first = next((key for key in order.behind(None) if key >= 0 and rows[key].block > j), None)
        return order.before(first) if first is not None else None
    for key in order.behind(last):
        if key < 0 or rows[key].block >= 0 or rows[key].remove:
            break
        last = key
    return last


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
