"""The order of a draft brought up to date: what moved in the outline moves, what is new there comes in, and what the
writer made goes with the requirement it stands under."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from drafter.revise.merge import Mine, Outcome, Side
from drafter.revise.numbers import reads
from drafter.revise.telling import quoted
from drafter.speech.match import out_of_order
from drafter.speech.numbering import Numbering
from drafter.word.tokens import text_of

#: What the node of a paragraph has behind that of the requirement, or the part, it belongs to.
_PARAGRAPH = re.compile(r"\.p\d+(#\d+)?$")


def moved_by_hand(mine: Sequence[Mine]) -> frozenset[int]:
    """The paragraphs of the base that stand in another place among the others than they were made in."""
    return out_of_order([row.base for row in mine if row.base >= 0])


def stands_in(node: str) -> str:
    """The node of the requirement, or the part, a paragraph belongs to: a requirement's first is its own."""
    return _PARAGRAPH.sub("", node)


def arranged(
    rows: Sequence[Outcome],
    mine: Sequence[Mine],
    base: Side,
    theirs: Side,
    became: Mapping[int, int],
    numberings: Sequence[Numbering] = (),
) -> list[Outcome]:
    """The rows, in the order of the file, put into the order of theirs, with what is new there. A paragraph the outline
    moved takes along what the writer put under it; where the writer moved it too it stays, and a comment tells. What
    the writer put under a requirement that goes stays, and is told too."""
    return _Arranging(rows, mine, base, theirs, became, numberings).done()


class _Arranging:
    """One draft on its way into its order. A unit is what moves as one: a paragraph with the boxes that hang on it, or
    a table. `units` are the rows in each, by place; `lead` the paragraph of ours in each, if it has one."""

    def __init__(
        self,
        rows: Sequence[Outcome],
        mine: Sequence[Mine],
        base: Side,
        theirs: Side,
        became: Mapping[int, int],
        numberings: Sequence[Numbering],
    ) -> None:
        self.rows = list(rows)
        self.mine = mine
        self.base = base
        self.theirs = theirs
        self.became = became
        self.numberings = numberings
        self.units: list[list[int]] = []
        self.unit_of: list[int] = []
        for at, row in enumerate(mine):
            if row.inside is None or row.inside == at:
                self.units.append([])
            self.units[-1].append(at)
            self.unit_of.append(len(self.units) - 1)
        self.made = [[at for at in unit if self.rows[at].block >= 0] for unit in self.units]
        self.holders = {row.base: at for at, row in enumerate(mine) if row.base >= 0}
        for at, row in enumerate(mine):
            for other in row.joined:
                self.holders.setdefault(other, at)

    def done(self) -> list[Outcome]:
        """The rows in their order."""
        self._tell_the_orphaned()
        chain = _Chain(len(self.units))
        fresh: dict[int, Outcome] = {}
        before: int | None = None
        ends = dict(self._ends())
        came_from = {j: i for i, j in self.became.items()}
        back = {row.block: row.mine for row in self.rows if row.block >= 0 and self.mine[row.mine].base < 0}
        for j in range(len(self.theirs.blocks)):
            i = came_from.get(j)
            if j in back:  # dropped once, kept, and where it stood
                before = self.unit_of[back[j]]
                continue
            if i is None:
                key = len(self.units) + j
                fresh[key] = Outcome(-1, j)
                chain.put(key, self._behind(before, j, ends, chain))
                before = key
                continue
            at = self.holders.get(i)
            if at is None:
                continue  # deleted by hand, and stays so
            unit = self.unit_of[at]
            if self.rows[at].block == j and i in self.moving:
                self._move(unit, self._behind(before, j, ends, chain), chain)
                ends[unit] = [unit, *self._train.get(unit, ())][-1]
            before = unit
        return [row for key in chain for row in ([fresh[key]] if key in fresh else self._rows_in(key))]

    def _rows_in(self, unit: int) -> list[Outcome]:
        return [self.rows[at] for at in self.units[unit]]

    def _move(self, unit: int, behind: int | None, chain: "_Chain") -> None:
        """Put a unit, and what goes with it, behind another; None is before all."""
        train = [unit, *self._train.get(unit, ())]
        was = self._live_before(unit, chain)
        for one in train:
            chain.take(one)
        if behind in train:
            behind = was
        for one in train:
            chain.put(one, behind)
            behind = one
        if self._live_before(unit, chain) != was:
            for at in (at for one in train for at in self.units[one]):
                self.rows[at] = self.rows[at]._replace(moved=True)

    def _live_before(self, unit: int, chain: "_Chain") -> int | None:
        """What stands before a unit and stays."""
        key = chain.before(unit)
        while key is not None and key < len(self.units) and self._goes(key):
            key = chain.before(key)
        return key

    def _behind(self, before: int | None, j: int, ends: Mapping[int, int], chain: "_Chain") -> int | None:
        """Behind what a paragraph of theirs goes: what stands before it there, and what the writer put behind that;
        where nothing does, before the first of those that follow it there."""
        if before is not None:
            return ends.get(before, before)
        for key in chain:
            if key < len(self.units) and any(self.rows[at].block > j for at in self.made[key]):
                return chain.before(key)
        return None

    def _goes(self, unit: int) -> bool:
        return all(self.rows[at].remove for at in self.units[unit])

    def _ends(self) -> Iterator[tuple[int, int]]:
        """For a unit with a paragraph of ours, the last unit the writer put behind it."""
        lead: int | None = None
        for unit in range(len(self.units)):
            if self.made[unit]:
                lead = unit
                yield unit, unit
            elif self._goes(unit) and not self._same_part(lead, unit):
                lead = None
            elif lead is not None and not self._goes(unit):
                yield lead, unit

    def _same_part(self, lead: int | None, unit: int) -> bool:
        """Whether a paragraph that goes belongs to the requirement, or the part, of one that stays."""
        if lead is None:
            return False
        one, other = (self._part(self.mine[at].base) for at in (self.made[lead][-1], self.units[unit][0]))
        return one == other

    def _part(self, base: int) -> str:
        return stands_in(self.base.blocks[base].node) if base >= 0 else ""

    # ── what moves, and what goes with it ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def moving(self) -> frozenset[int]:
        """The paragraphs of the base that move. Those the writer has moved, has put into a table with others, or
        has put a part of a field in, stay; where they do not stand as in theirs, that is told."""
        moved = out_of_order([i for _, i in sorted((j, i) for i, j in self.became.items())])
        by_hand = moved_by_hand(self.mine)
        out: set[int] = set()
        for i in sorted(moved):
            at = self.holders.get(i)
            if at is None or self.rows[at].block != self.became[i]:
                continue
            framed = len(self.made[self.unit_of[at]]) > 1 or self.mine[at].fixed
            if i not in by_hand and not framed:
                out.add(i)
                continue
            before = self._stands_behind(self.rows[at].block)
            if before != self._ours_before(at):
                why = "它和别的段在您做的一个表格里" if framed else "您在 Word 里也挪过"
                place = f"在{quoted(self.theirs.blocks[before].text)}后面" if before is not None else "在最前面"
                self._tell(at, f"提纲里这一段换了位置，现在{place}；{why}，所以没有动。")
        return frozenset(out)

    def _stands_behind(self, j: int) -> int | None:
        """The paragraph of theirs before one, of those that are in the file."""
        return next((k for k in range(j - 1, -1, -1) if k in self._there), None)

    @cached_property
    def _there(self) -> frozenset[int]:
        """The paragraphs of theirs that are in the file."""
        return frozenset(self.rows[at].block for unit in self.made for at in unit)

    def _ours_before(self, at: int) -> int | None:
        """The paragraph of theirs that one of ours before a place in the file is."""
        return next((self.rows[n].block for n in range(at - 1, -1, -1) if self.rows[n].block >= 0), None)

    @cached_property
    def _train(self) -> dict[int, list[int]]:
        """What goes along with each unit that moves: the units the writer put under it."""
        out: dict[int, list[int]] = {}
        lead: int | None = None
        heads: list[tuple[int, int]] = []  # (level, paragraph of the base) that stand above
        numbered: int | None = None  # the level of the requirement of the writer's that what follows stands under
        for unit in range(len(self.units)):
            if self.made[unit]:
                lead, numbered = unit, None
                base = self.mine[self.made[unit][-1]].base
                level = self.base.levels.get(base)
                if level is not None:
                    heads = [head for head in heads if head[0] < level.level]
                    heads.append((level.level, base))
            elif self._goes(unit):
                if not self._same_part(lead, unit):
                    lead = None
            elif lead is not None and self.mine[self.made[lead][-1]].base in self.moving:
                level_here = self._level(unit)
                numbered = numbered if level_here is None else level_here
                above = [base for level_of, base in heads if numbered is not None and level_of < numbered]
                if numbered is None or (above and above[-1] in self.moving):
                    out.setdefault(lead, []).append(unit)
        return out

    def _level(self, unit: int) -> int | None:
        """The level of a requirement of the writer's own, or of one the outline has dropped; None for what is none."""
        at = self.units[unit][0]
        row = self.mine[at]
        if row.base >= 0:
            level = self.base.levels.get(row.base)
            return level.level if level is not None else None
        if row.inside is not None:
            return None
        text = text_of(row.tokens)
        return next((n for n, numbering in enumerate(self.numberings, 1) if reads(numbering, text)), None)

    # ── what is told ───────────────────────────────────────────────────────────────────────────────────────────────

    def _tell_the_orphaned(self) -> None:
        """Tell of what the writer put under a requirement that goes."""
        part: str | None = None
        gone: int | None = None
        for unit in range(len(self.units)):
            at = self.units[unit][0]
            if self._goes(unit):
                if gone is None and self._part(self.mine[at].base) != part:
                    gone = at
            elif self.mine[at].base >= 0 or self.made[unit]:
                part, gone = self._part(self.mine[(self.made[unit] or [at])[-1]].base), None
            elif gone is not None and any(self.mine[n].tokens or self.mine[n].tied for n in self.units[unit]):
                what = "条" if self.mine[gone].base in self.base.levels else "段"
                above = quoted(text_of(self.mine[gone].tokens))
                told = f"这里原来在{above}下面，提纲里那一{what}没有了。这里是您加的，所以留着；不要的话请删掉。"
                self._tell(next((n for n in self.units[unit] if self.mine[n].tokens), at), told)
                gone = None

    def _tell(self, at: int, told: str) -> None:
        row = self.rows[at]
        self.rows[at] = row._replace(comment="\n".join(filter(None, (row.comment, told))))


class _Chain:
    """Numbers in an order that is changed at any place in the same time. None stands before the first."""

    def __init__(self, count: int) -> None:
        keys = range(count)
        self._next: dict[int | None, int | None] = dict(zip([None, *keys], [*keys, None], strict=True))
        self._before: dict[int | None, int | None] = dict(zip([*keys, None], [None, *keys], strict=True))

    def __iter__(self) -> Iterator[int]:
        key = self._next[None]
        while key is not None:
            yield key
            key = self._next[key]

    def before(self, key: int) -> int | None:
        """What stands before one; None where it is the first."""
        return self._before[key]

    def take(self, key: int) -> None:
        """Take one out."""
        before, behind = self._before.pop(key), self._next.pop(key)
        self._next[before], self._before[behind] = behind, before

    def put(self, key: int, behind: int | None) -> None:
        """Put one behind another."""
        following = self._next[behind]
        self._next[behind], self._before[key] = key, behind
        self._next[key], self._before[following] = following, key
