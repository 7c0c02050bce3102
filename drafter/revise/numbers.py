"""The numbers of requirements: which letters of a draft are a number that drafter wrote, and how they count.

A number is drafter's where its paragraph is known as one drafter made and the letters stand where they were made. What a
writer typed that only looks like one (2.5万, 二、三产业, 一是一) is the writer's words and keeps its letters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from drafter.outline.altered import nodes_of
from drafter.outline.blank import OutlineText
from drafter.outline.model import Outline, Requirement
from drafter.speech.block import Block
from drafter.speech.draft import Draft, Item, plain
from drafter.speech.marks import mark_of
from drafter.speech.match import out_of_order
from drafter.speech.numbering import SAMPLES, Numbering


class Level(NamedTuple):
    """A numbered requirement: the list it belongs to, its level (from 1), and its number as it is said. `fixed`: the
    outline itself says what stands in the number's place ("" for nothing); it is counted, never changed."""

    list: str
    level: int
    label: str
    fixed: bool = False


#: Which number of a draft one is: its paragraph, and 0 for the one that begins it, else which of those inside.
Key = tuple[int, int]


class Inner(NamedTuple):
    """A number inside a paragraph, at a letter of its text."""

    at: int
    level: Level


class Laid(NamedTuple):
    """What is numbered in the paragraphs drafter lays out: `lead` by paragraph, where its number begins it; `inner` the
    numbers inside paragraphs; `outside` the paragraphs that belong to no list."""

    lead: Mapping[int, Level]
    inner: Mapping[int, Sequence[Inner]]
    outside: frozenset[int]


def laid_numbers(draft: Draft, blocks: Sequence[Block], outline: Outline) -> Laid:
    """The numbers of a draft as it is laid out."""
    lead: dict[str, Level] = {}
    inner: dict[str, tuple[str, list[Inner]]] = {}
    within: set[str] = set()
    requirements = nodes_of(outline).items

    def of(items: Sequence[Item], parent: str) -> None:
        for item in items:
            numbering = outline.numbering_of(item.level)
            natural = numbering.label(item.number, len(items)) if numbering and len(items) > 1 else ""
            level = Level(parent, item.level, item.label, not item.label or item.label != natural)
            lead[item.node] = level
            if item.paragraphs and not item.own_line:
                lead.setdefault(item.paragraphs[0].node, level)
            within.update((item.node, *(paragraph.node for paragraph in item.paragraphs)))
            found = _said_within(item, outline.numbering_of(item.level + 1), requirements.get(item.node.partition("#")[0]))
            if found:
                last = item.paragraphs[-1]
                runs_on = len(item.paragraphs) == 1 and item.heading and not item.own_line
                inner[item.node if runs_on else last.node] = plain(last.text), found
            of(item.items, item.node)

    for part in draft.parts:
        of(part.items, part.node)
    leads: dict[int, Level] = {}
    inners: dict[int, Sequence[Inner]] = {}
    for at, block in enumerate(blocks):
        level = lead.get(block.node)
        if level is not None and block.text.startswith(level.label):
            leads[at] = level
            del lead[block.node]
        said, numbers = inner.get(block.node, ("", []))
        if said and block.text.endswith(said):
            offset = len(block.text) - len(said)
            own = len(level.label) if level is not None and at in leads else 0
            inners[at] = tuple(i._replace(at=i.at + offset) for i in numbers if i.at + offset >= own)
            del inner[block.node]
    outside = frozenset(at for at, block in enumerate(blocks) if block.node not in within)
    return Laid(leads, inners, outside)


def _said_within(item: Item, numbering: Numbering | None, requirement: Requirement | None) -> list[Inner]:
    """The numbers of an item's points that go on in its last paragraph (一是 …；二是 …); their places in that."""
    if numbering is None or numbering.own_line or requirement is None or item.items or not item.paragraphs:
        return []
    points = requirement.points
    if len(points) < 2 or not all(isinstance(point, OutlineText) for point in points):
        return []
    out: list[Inner] = []
    at = 0
    for span in item.paragraphs[-1].text:
        label = numbering.label(len(out) + 1, len(points)) if len(out) < len(points) else ""
        if label and not span.blank and span.text == label:
            out.append(Inner(at, Level(f"{item.node}/", item.level + 1, label)))
        at += len(span.text)
    return out if len(out) == len(points) else []


# ── which letters are a number ─────────────────────────────────────────────────────────────────────────────────────

#: What goes on a figure or a word that only begins like a number: 2.5万, 二、三产业, 一是一, ②号楼, 第三，四产业.
_GOES_ON = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两")
_COUNTED = frozenset("号级类型期组区栋档批轮个名件次年月日%％")
_MARKS = frozenset("、，,.．·")

#: Letters of what follows a number that must be those drafter wrote, for what stands in front of them to be the number
#: whatever it looks like; above `_SHORT` letters a paragraph that has not two of them together in common is another one.
ALIKE = 3
_SHORT = 12


class Standing(NamedTuple):
    """The number a paragraph that drafter made stands with: its letters, "" for none; `by_hand`: the writer has put
    them in the place of drafter's."""

    label: str = ""
    by_hand: bool = False


def reads(numbering: Numbering, text: str) -> tuple[int, str] | None:
    """The number a text begins with, and its letters; None where it begins with none, or where what follows may make a
    figure or a word of it."""
    found = numbering.match(text)
    if found is None or not found[1]:
        return None
    n, rest = found
    if rest[0] in _GOES_ON or rest[0] in _MARKS or numbering.match(rest):
        return None
    if (numbering.kind in "do" or numbering.before == "（") and rest[0] in _COUNTED:
        return None
    return n, text[: len(text) - len(rest)]


def standing(text: str, written: str, words: str, beginning: str, numberings: Sequence[Numbering]) -> Standing:
    """The number of a paragraph of a list that says `text` now. `written` is the number drafter gave it, `words` what it
    wrote behind that and `beginning` the first letters of those, with the answer that is there now; `numberings` those
    of the outline."""
    if written and text.startswith(written):
        rest = text[len(written) :]
        if rest.startswith(beginning) or (_in_common(rest, words) and any(reads(n, text) for n in numberings)):
            return Standing(written)
        return Standing(written) if not rest else Standing()
    if not beginning:
        return Standing()
    for label in _labels(text, numberings):
        if text[len(label) :].startswith(beginning):
            return Standing(label, True)
    return Standing()


def _in_common(rest: str, words: str) -> bool:
    if len(words) <= _SHORT:
        return True
    return any(rest[at : at + 2] in words for at in range(len(rest) - 1))


def _labels(text: str, numberings: Sequence[Numbering]) -> Iterator[str]:
    """The numbers a text may begin with, in any fashion."""
    for numbering in (*numberings, *fashions()):
        found = numbering.match(text)
        if found:
            yield text[: len(text) - len(found[1])]
    mark = mark_of(text[:20])
    if mark and mark.number:
        yield mark.label


@cache
def fashions() -> tuple[Numbering, ...]:
    """All ways of numbering there are."""
    return tuple(Numbering.from_sample(row[0]) for row in SAMPLES)


def fashion_of(label: str, likely: Sequence[Numbering]) -> Numbering | None:
    """The way of numbering a number is written in; None for one drafter would not write so."""
    for numbering in (*likely, *fashions()):
        found = numbering.match(label)
        if found and not found[1]:
            return numbering
    return None


def found_in(made: str, numbers: Sequence[tuple[int, str]], text: str) -> list[int | None]:
    """Where the numbers of a text as drafter made it (place, letters) stand in the text as it is now; None for one whose
    letters are not where they were made."""
    at = text.find(made)
    if at >= 0:
        return [at + place for place, _ in numbers]
    if len(made) * len(text) > MOST:
        return [None for _ in numbers]
    blocks = SequenceMatcher(None, made, text, autojunk=False).get_matching_blocks()
    out: list[int | None] = []
    for place, label in numbers:
        there = None
        for i, j, n in blocks:
            behind = i + n - place - len(label)  # letters behind the number that are as they were
            if i <= place and behind >= 0 and (behind or (i < place and _ends(text, j + place - i + len(label)))):
                there = j + place - i
        out.append(there)
    return out


#: Letters times letters up to which two texts are compared letter by letter.
MOST = 4_000_000


def _ends(text: str, at: int) -> bool:
    """Whether a number that ends here is not gone on by a figure."""
    return at < len(text) and text[at] not in _GOES_ON and text[at] not in _MARKS


# ── counting ───────────────────────────────────────────────────────────────────────────────────────────────────────


class NumberPlace(NamedTuple):
    """A place where a number stands or may stand: the row (of the document as it will be), the letter of its text.
    `kind`: "ours" (drafter's letters), "by hand" (the writer's, in a paragraph drafter made), "new", "fixed" (counted,
    never changed), "typed" (a paragraph the writer typed, `text` its words: it may be one of the list), "kept" (one drafter numbered before the
    outline dropped it, likewise), "outside" (a
    paragraph of no list). `order` is where it stands in the outline's order, None for nowhere; `role` the paragraph's
    style. `key`: which number of theirs it is, None for one it does not have."""

    row: int
    at: int
    kind: str
    level: int = 0
    list: str = ""
    label: str = ""
    order: int | None = None
    role: str = ""
    text: str = ""
    key: Key | None = None


class NumberedList(NamedTuple):
    """Numbers that count on from one another: a list as it stands in the document; `made_for` is what it was called when
    its first number was made. `stray` are paragraphs typed by hand
    that begin like a number of the list and are not counted."""

    level: int
    made_for: str
    numbering: Numbering | None
    members: list[NumberPlace]
    stray: list[NumberPlace]

    def right(self, n: int) -> str:
        """What the number of the n-th member (from 0) is said as."""
        assert self.numbering
        return self.numbering.label(n + 1, len(self.members))


def grouped(
    slots: Sequence[NumberPlace], numberings: Sequence[Numbering], said: Mapping[str, Numbering], as_they_stand: bool
) -> list[NumberedList]:
    """The lists of a document, in the order in which they begin. A requirement moved in among those of another list
    counts there. `said` are lists that the writer numbers otherwise; `as_they_stand`: points count on under the
    requirement they stand under, whichever they were made for."""
    names = _at_home(slots, as_they_stand)
    out: list[NumberedList] = []
    known: dict[int, dict[str, NumberedList]] = {}
    here: dict[int, NumberedList] = {}
    waiting: list[NumberPlace] = []  # kept ones that stand before the list they belong to

    def close(level: int) -> None:
        for deeper in [n for n in known if n > level]:
            del known[deeper]
            here.pop(deeper, None)

    for slot, name in zip(slots, names, strict=True):
        if slot.kind == "outside":
            continue
        if slot.kind in ("typed", "kept"):
            if not _typed(slot, here, close) and slot.kind == "kept":
                waiting.append(slot)
            continue
        close(slot.level)
        lists = known.setdefault(slot.level, {})
        if name not in lists:
            numbering = numberings[slot.level - 1] if slot.level <= len(numberings) else None
            lists[name] = NumberedList(slot.level, slot.list, said.get(slot.list, numbering), [], [])
            out.append(lists[name])
            for first in waiting:
                found = reads(numbering, first.text) if numbering else None
                if found is not None and first.role == slot.role:
                    lists[name].members.append(first._replace(level=slot.level, label=found[1]))
            waiting.clear()
        here[slot.level] = lists[name]
        lists[name].members.append(slot)
    return out


def _typed(slot: NumberPlace, here: Mapping[int, NumberedList], close: Callable[[int], None]) -> bool:
    """Count a paragraph typed by hand in the list it goes on: where it begins with the very number that comes next, and
    looks as the others do. Whether it begins like one of a list that is under way."""
    for level in sorted(here, reverse=True):
        group = here[level]
        found = reads(group.numbering, slot.text) if group.numbering else None
        if found is None:
            continue
        sentence = slot.role.endswith(HEADING) and slot.text.rstrip().endswith("。")
        alike = slot.role in {member.role for member in group.members} and not sentence
        if (found[0] == len(group.members) + 1 or slot.kind == "kept") and alike:
            close(level)
            group.members.append(slot._replace(level=level, label=found[1]))
        else:
            group.stray.append(slot._replace(level=level, label=found[1]))
        return True
    return False


#: What the names of the styles of headings that stand alone end in.
HEADING = "标题"


def _at_home(slots: Sequence[NumberPlace], as_they_stand: bool) -> list[str]:
    """The list each place counts in: the one it was made for, but for requirements that were moved, that of those they
    stand among."""
    names = [slot.list for slot in slots]
    for level in {slot.level for slot in slots if slot.level}:
        if as_they_stand and level > 1:
            names = ["" if slot.level == level else name for slot, name in zip(slots, names, strict=True)]
            continue
        orders = [slot.order for slot in slots if slot.level == level and slot.order is not None]
        moved = out_of_order(orders)
        neighbours: list[int] = []
        stretches = [neighbours]
        for at, slot in enumerate(slots):
            if slot.level == level:
                neighbours.append(at)
            elif slot.kind == "outside" or 0 < slot.level < level:
                neighbours = []
                stretches.append(neighbours)
        for stretch in stretches:
            for n, at in enumerate(stretch):
                if slots[at].order in moved:
                    names[at] = names[stretch[n - 1]] if n else slots[stretch[min(1, len(stretch) - 1)]].list
    return names
