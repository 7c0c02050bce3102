"""The numbers of a draft brought in order: a plan's rows with the numbers that change, and what does not count on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drafter.revise.merge import Mine, Outcome, Side
from drafter.revise.numbers import Key, Level, NumberedList, NumberPlace, fashion_of, found_in, grouped
from drafter.speech.numbering import Numbering
from drafter.word.tokens import Renumbered, text_of


class Disorder(NamedTuple):
    """A list whose numbers do not count on: as they will read, and how many ways of numbering are in it. `typed`: only
    what the writer typed stands in the way."""

    labels: tuple[str, ...]
    fashions: int
    typed: bool


class NumberedPlan(NamedTuple):
    """A plan with its numbers. `given` are the numbers of theirs where drafter has given others than the outline makes, or had until now."""

    rows: list[Outcome]
    given: Mapping[Key, tuple[str, ...]]
    disorders: tuple[Disorder, ...]


class Renumbering:
    """The numbers of one update. `texts` are the words of the paragraphs as they will be, their numbers as they stand,
    `roles` the styles of the writer's; `numberings` are those of the outline then and now."""

    def __init__(
        self,
        rows: Sequence[Outcome],
        texts: Sequence[str],
        mine: Sequence[Mine],
        roles: Sequence[str],
        sides: tuple[Side, Side],
        numberings: tuple[Sequence[Numbering], Sequence[Numbering]],
    ) -> None:
        self.rows = rows
        self.texts = texts
        self.mine = mine
        self.roles = roles
        self.base, self.theirs = sides
        self.then, self.now = numberings
        self.lists = self._lists()

    def counted(self, change: bool, as_they_stand: bool, held: frozenset[int] = frozenset()) -> NumberedPlan:
        """The rows with their numbers counted on, where numbers are to `change`; `as_they_stand`: also those the writer
        has put in the place of drafter's, in one way of numbering for a list. Those of the rows `held` stay, and so does a
        list in which one of them would have to change."""
        slots = [slot for at in range(len(self.rows)) for slot in self._slots(at)]
        right, said = self._counted_by_hand()
        if self.then != self.now:
            said = {}
        slots = [slot._replace(kind="ours") if (slot.row, slot.at) in right else slot for slot in slots]
        groups = grouped(slots, self.now, said, as_they_stand)
        out = list(self.rows)
        given: dict[Key, tuple[str, ...]] = {}
        disorders: list[Disorder] = []
        for group in groups:
            if group.numbering is None:
                continue
            if as_they_stand:
                group = group._replace(numbering=self._most_used(group))
            labels: list[str] = []
            # Counted past a number that has to stay, two would read the same.
            stuck = any(s.row in held and s.label != group.right(n) for n, s in enumerate(group.members))
            for n, slot in enumerate(group.members):
                label = slot.label
                free = slot.kind in ("ours", "new", "kept") or (slot.kind == "by hand" and as_they_stand)
                if change and free and not stuck and label != group.right(n):
                    out[slot.row] = out[slot.row]._replace(
                        numbers=(*out[slot.row].numbers, Renumbered(slot.at, label, group.right(n)))
                    )
                    label = group.right(n)
                labels.append(label)
                if free and slot.key is not None and {label, slot.label} != {self._of_theirs(slot.key)}:
                    given[slot.key] = tuple(dict.fromkeys((label, slot.label)))
            disorders += self._disorder(group, labels)
        for at, row in enumerate(out):
            if change and at not in held and (more := self._unfixed(row)):
                out[at] = row._replace(numbers=(*row.numbers, *more))
        return NumberedPlan(out, given, tuple(disorders))

    # ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _slots(self, at: int) -> list[NumberPlace]:
        """The places in a row where numbers stand, in the order of its text."""
        row, text = self.rows[at], self.texts[at]
        if row.remove:
            return []
        if row.mine < 0:
            return self._made(at, row.block, 0, "new", "new") or [self._outside(at, row.block)]
        mine = self.mine[row.mine]
        role = self.roles[row.mine]
        if mine.base < 0 and row.block < 0:
            kind = "kept" if mine.kept is not None and mine.number.label else "typed"
            return [NumberPlace(at, 0, kind, role=role, text=text)] if mine.inside is None or kind == "kept" else []
        out: list[NumberPlace] = []
        level = self._level(row.block, mine.base)
        number = mine.number
        if level is not None:
            kind = "fixed" if level.fixed else "by hand" if number.by_hand else "ours"
            made = self.base.levels.get(mine.base)
            gains = row.block >= 0 and not row.touched and (made is None or not made.label)
            if level.fixed or number.label or gains:
                order = row.block if row.block >= 0 else None
                key = (row.block, 0) if row.block >= 0 else None
                out.append(NumberPlace(at, 0, kind, level.level, level.list, number.label, order, role, key=key))
            else:
                out.append(NumberPlace(at, 0, "typed", role=role, text=text))
        if row.follow:
            out += self._made(at, row.block, len(number.label), "ours", "")
        else:
            out += self._standing_within(at, row, mine, text)
        return out or [self._outside(at, row.block)]

    def _outside(self, at: int, block: int) -> NumberPlace:
        known = block >= 0 and block in self.theirs.numbers.outside
        return NumberPlace(at, 0, "outside" if known else "typed")

    def _made(self, at: int, block: int, shift: int, inner: str, lead: str) -> list[NumberPlace]:
        """The places of a paragraph that is as theirs has it, behind a number of `shift` letters that stands."""
        level = self.theirs.levels.get(block)
        role = self.theirs.blocks[block].role
        out: list[NumberPlace] = []
        if level is not None and lead:
            kind = "fixed" if level.fixed else lead
            out.append(NumberPlace(at, 0, kind, level.level, level.list, level.label, block, role, key=(block, 0)))
            shift = len(level.label)
        for n, found in enumerate(self.theirs.numbers.inner.get(block, ()), 1):
            place = found.at - (len(level.label) if level is not None else 0) + shift
            within = found.level
            out.append(NumberPlace(at, place, inner, within.level, within.list, within.label, role=role, key=(block, n)))
        return out

    def _standing_within(self, at: int, row: Outcome, mine: Mine, text: str) -> list[NumberPlace]:
        """The numbers inside a paragraph the writer has changed: those that were made in it, and those of paragraphs
        joined to it."""
        out: list[NumberPlace] = []
        for block, n in zip((row.block, *row.joined), (mine.base, *mine.joined), strict=True):
            made, numbers = self._written(n)
            leads = n != mine.base
            if not numbers or not (leads or len(numbers) > 1 or numbers[0][2]):
                continue
            places = found_in(made, [(place, label) for place, label, _ in numbers], text)
            for there, (_, label, number) in zip(places, numbers, strict=True):
                level = self._level(block, n) if number == 0 else self.base.numbers.inner[n][number - 1].level
                if there is None or level is None or not (number or leads):
                    continue
                kind = "fixed" if level.fixed else "ours"
                known = block >= 0 and number <= len(self.theirs.numbers.inner.get(block, ()))
                key = (block, number) if known else None
                role = self.roles[row.mine]
                out.append(NumberPlace(at, there, kind, level.level, level.list, label, role=role, key=key))
        if row.merged:
            found_already = {slot.at for slot in out}
            inner = self.theirs.numbers.inner.get(row.block, ())
            places = found_in(self.theirs.blocks[row.block].text, [(i.at, i.level.label) for i in inner], text)
            for n, (there, found) in enumerate(zip(places, inner, strict=True), 1):
                if there is not None and there not in found_already:
                    level, key, role = found.level, (row.block, n), self.roles[row.mine]
                    out.append(NumberPlace(at, there, "ours", level.level, level.list, level.label, role=role, key=key))
        return sorted(out, key=lambda slot: slot.at)

    def _written(self, n: int) -> tuple[str, list[tuple[int, str, int]]]:
        """A paragraph of base with its numbers as drafter last wrote them, and where these stand: (place, letters, which
        of its numbers)."""
        inner = self.base.numbers.inner.get(n, ())
        lead = self.base.levels.get(n)
        if lead is None and not inner:
            return "", []
        made = self.base.blocks[n].text
        numbers = [(0, lead.label, 0)] if lead is not None and lead.label else []
        numbers += [(found.at, found.level.label, number) for number, found in enumerate(inner, 1)]
        out: list[tuple[int, str, int]] = []
        said = ""
        end = 0
        for at, label, number in numbers:
            said += made[end:at]
            written = self.base.given.get((n, number), (label,))[0]
            out.append((len(said), written, number))
            said += written
            end = at + len(label)
        return said + made[end:], out

    def _of_theirs(self, key: Key) -> str:
        """The number theirs makes."""
        block, number = key
        if number:
            return self.theirs.numbers.inner[block][number - 1].level.label
        return self.theirs.levels[block].label

    def _level(self, block: int, base: int) -> Level | None:
        """What a paragraph is in the lists of theirs; one that theirs has no more, in the list its own has become."""
        if block >= 0:
            return self.theirs.levels.get(block)
        level = self.base.levels.get(base)
        return level and level._replace(list=self.lists.get(level.list, level.list))

    def _lists(self) -> dict[str, str]:
        """What the lists of base are called in theirs."""
        out: dict[str, str] = {}
        for row in self.rows:
            if row.mine >= 0 and row.block >= 0:
                was, now = self.base.levels.get(self.mine[row.mine].base), self.theirs.levels.get(row.block)
                if was is not None and now is not None:
                    out.setdefault(was.list, now.list)
        return out

    def _unfixed(self, row: Outcome) -> list[Renumbered]:
        """The number of a paragraph that theirs does not number any more, or says otherwise itself."""
        if row.mine < 0 or row.block < 0 or row.remove:
            return []
        number = self.mine[row.mine].number
        level = self.theirs.levels.get(row.block)
        wanted = "" if level is None else level.label if level.fixed else None
        was = self.base.levels.get(self.mine[row.mine].base)
        free = bool(number.label) or not row.touched
        if (was is None and level is None) or wanted is None or number.by_hand or not free or number.label == wanted:
            return []
        return [Renumbered(0, number.label, wanted)]

    # ── by hand ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _counted_by_hand(self) -> tuple[set[tuple[int, int]], dict[str, Numbering]]:
        """The numbers given by hand that are what drafter would have given as the document stands: it may go on counting
        with them (row, letter). And the lists that were all numbered anew in one other way."""
        at_row = {row.mine: at for at, row in enumerate(self.rows) if row.mine >= 0}
        slots = []
        for n, one in enumerate(self.mine):
            level = self.base.levels.get(one.base)
            if one.base < 0 and one.inside is not None:
                continue
            if level is None or not (one.number.label or level.fixed):
                slots.append(NumberPlace(n, 0, "outside" if one.base in self.base.numbers.outside else "typed", role=self.roles[n], text=text_of(one.tokens)))
                continue
            kind = "fixed" if level.fixed else "by hand" if one.number.by_hand else "ours"
            slots.append(NumberPlace(n, 0, kind, level.level, level.list, one.number.label, order=one.base, role=self.roles[n]))
        if not any(slot.kind == "by hand" for slot in slots):
            return set(), {}
        right: set[tuple[int, int]] = set()
        said: dict[str, Numbering] = {}
        for group in grouped(slots, self.then, {}, False):
            hand = [(n, slot) for n, slot in enumerate(group.members) if slot.kind == "by hand"]
            if not hand or group.numbering is None:
                continue
            other = {fashion_of(slot.label, [group.numbering]) for _, slot in hand}
            one_way = other.pop() if len(other) == 1 else None
            if one_way is not None and one_way != group.numbering:
                count = len(group.members)
                if len(hand) == count > 1 and all(one_way.label(n + 1, count) == slot.label for n, slot in hand):
                    said[self.lists.get(group.made_for, group.made_for)] = one_way
                    right |= {(at_row[slot.row], 0) for _, slot in hand}
                continue
            right |= {(at_row[slot.row], 0) for n, slot in hand if slot.label == group.right(n)}
        return right, said

    def _most_used(self, group: NumberedList) -> Numbering:
        """The way of numbering of most numbers that stand in a list; the outline's where as many are in that, or where
        the outline has changed it."""
        own = group.numbering
        assert own
        if self.then != self.now:
            return own
        used = Counter(
            fashion_of(slot.label, [own]) for slot in group.members if slot.kind in ("ours", "by hand") and slot.label
        )
        best, count = max(((f, n) for f, n in used.items() if f is not None), key=lambda pair: pair[1], default=(own, 0))
        return best if count > used.get(own, 0) else own

    @staticmethod
    def _disorder(group: NumberedList, labels: Sequence[str]) -> list[Disorder]:
        """What is to be told of a list, where it does not count on."""
        members = [(slot, label, group.right(n)) for n, (slot, label) in enumerate(zip(group.members, labels, strict=True))]
        wrong = [slot for slot, label, right in members if label != right and slot.kind != "fixed"]
        twice = [slot for slot in group.stray if slot.label in labels]
        if not wrong and not twice:
            return []
        assert group.numbering
        shown = [(slot.row, slot.at, label) for slot, label, _ in members if label] + [(s.row, s.at, s.label) for s in twice]
        said = tuple(label for _, _, label in sorted(shown))
        ways = {fashion_of(label, [group.numbering]) for label in said}
        return [Disorder(said, len(ways), not wrong)]

