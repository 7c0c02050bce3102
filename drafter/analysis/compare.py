"""Two drafts side by side by what they are made of: which requirement went where, what was reworded, added and dropped,
and which figures, days, names and posts changed. Pure: two Drafts in, a Comparison out.

A draft is taken apart into units: a paragraph, a heading with the text that runs on from it, an entry of a list inside
a paragraph. Units are paired by their words, wherever they stand; numbers in front of them are looked at apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.analysis.changed import StandingFact, changed_elsewhere, changed_within, found
from drafter.analysis.facts import proper_words
from drafter.analysis.marked import marked, opcodes
from drafter.speech.draft import Draft, Item, Paragraph, plain, stop_of
from drafter.speech.inner import entries_within
from drafter.speech.match import out_of_order

#: How alike two units must be to be one reworded: the share of pairs of letters they have in common (Dice). Two unlike
#: paragraphs of speeches on one theme share up to 0.2.
ALIKE = 0.4

#: What of a unit must be found in another for it to have been put into that one.
CONTAINED = 0.6
CONTAINED_LETTERS = 10

#: A pair of letters in more units than this tells nothing; so many candidates are looked at closely.
_COMMON = 200
_CANDIDATES = 8

_CALLED = {
    "title": "标题", "dateline": "日期", "byline": "讲话人", "greeting": "称呼", "opening": "开头", "appreciation": "致意",
    "situation": "形势", "lead": "引语", "closing": "结尾", "signature": "落款", "text": "正文", "requirements": "要求",
}  # fmt: skip


class Unit(NamedTuple):
    """A piece of a draft that can be reworded, moved, added or dropped. `kind` is that of its part, "item" for a
    requirement, "entry" for one of a list inside a paragraph, "words" for a paragraph of a requirement; `place` says
    where it stands, for people; `label` is its number as typed, `text` its words without that; `heading` the words of
    its heading; `parent` the number of the unit it is under, None for none."""

    kind: str
    place: str
    label: str
    level: int
    heading: str
    text: str
    parent: int | None

    @property
    def numbered(self) -> bool:
        """Whether it is a requirement."""
        return self.kind in ("item", "entry")


class UnitChange(NamedTuple):
    """What became of one unit. `was` is None for one that was added, `now` for one that was dropped. `other` is the
    unit of the other draft a dropped one was put into, or an added one was taken out of; None for neither."""

    was: Unit | None
    now: Unit | None
    moved: bool = False
    other: Unit | None = None

    @property
    def reworded(self) -> bool:
        """Whether it is in both drafts with other words."""
        return self.was is not None and self.now is not None and _bare(self.was) != _bare(self.now)

    @property
    def renumbered(self) -> bool:
        """Whether it is in both drafts with another number."""
        return self.was is not None and self.now is not None and self.was.label.strip() != self.now.label.strip()

    def diff(self, around: int = 0) -> str:
        """The words with what changed marked (see `marked`); "" for one that is in one draft alone."""
        return marked(self.was.text, self.now.text, around) if self.was and self.now else ""

    def sides(self) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
        """The words before and now, numbers with them, in stretches: what both have, and what one has alone (True); () on a side
        it does not stand on."""
        if self.was is None or self.now is None:
            only = self.was or self.now
            words = (((only.label + only.text), True),) if only else ()
            return (words, ()) if self.was else ((), words)
        old, new = self.was.label + self.was.text, self.now.label + self.now.text
        rows = opcodes(old, new)
        before = tuple((old[i0:i1], kind != "equal") for kind, i0, i1, _, _ in rows if i1 > i0)
        return before, tuple((new[j0:j1], kind != "equal") for kind, _, _, j0, j1 in rows if j1 > j0)

    @property
    def same(self) -> bool:
        """Whether nothing became of it."""
        return self.was is not None and self.now is not None and not (self.moved or self.reworded or self.renumbered)


class ChangedFact(NamedTuple):
    """A fact that changed. `was` is "" where it is new, `now` where it is gone; the places are those of the units."""

    kind: str
    was: str
    now: str
    place_was: str
    place_now: str


class Comparison(NamedTuple):
    """All of it: `rows` in the order of the new draft, dropped ones behind what they followed in the old."""

    rows: tuple[UnitChange, ...]
    figures: tuple[ChangedFact, ...]
    names: tuple[ChangedFact, ...]

    @property
    def same(self) -> bool:
        """Whether the drafts say the same in the same order."""
        return all(row.same for row in self.rows)

    def counts(self) -> dict[str, int]:
        """How many units of each fate; one that was moved and reworded counts as both."""
        return {
            "same": sum(row.same for row in self.rows),
            "reworded": sum(row.reworded for row in self.rows),
            "moved": sum(row.moved for row in self.rows),
            "renumbered": sum(row.renumbered for row in self.rows),
            "added": sum(row.was is None for row in self.rows),
            "dropped": sum(row.now is None for row in self.rows),
        }


def compare(old: Draft, new: Draft) -> Comparison:
    """What became of an old draft in a new one."""
    was, now = units(old), units(new)
    pairs = _paired(was, now)
    moved = _moved(was, now, pairs)
    rows = _in_order(was, now, pairs, moved)
    changed = _changed(rows, proper_words(old) | proper_words(new), _whole(was), _whole(now))
    figures = tuple(fact for fact in changed if fact.kind in COUNTED)
    return Comparison(tuple(rows), figures, tuple(fact for fact in changed if fact.kind not in COUNTED))


# ── taking apart ───────────────────────────────────────────────────────────────────────────────────────────────────


def units(draft: Draft) -> tuple[Unit, ...]:
    """The units of a draft, in reading order."""
    out: list[Unit] = []
    captions = [("dateline", draft.dateline), ("byline", draft.byline)]
    for kind, rich in (("title", draft.title), *(captions if draft.dateline_first else reversed(captions))):
        words = plain(rich).replace("\n", "")
        if words:
            out.append(Unit(kind, _CALLED[kind], "", 0, "", words, None))
    times: Counter[str] = Counter()
    many = Counter(part.kind for part in draft.parts for _ in part.paragraphs)
    lists = sum(part.kind == "requirements" for part in draft.parts)
    for part in draft.parts:
        for paragraph in part.paragraphs:
            times[part.kind] += 1
            number = f"第 {times[part.kind]} 段" if many[part.kind] > 1 else ""
            _apart(out, part.kind, f"{_CALLED[part.kind]}{number}", "", 0, "", plain(paragraph.text), None)
        if part.items:
            times["list"] += 1
            _items(out, part.items, f"第 {times['list']} 组" if lists > 1 else "", None)
    return tuple(out)


def _items(out: list[Unit], items: Sequence[Item], path: str, parent: int | None) -> None:
    for item in items:
        label = item.label.strip()
        place = path + (label.rstrip("，,：:；;") or f"第 {item.number} 条")
        heading = plain(item.heading)
        paragraphs: list[Paragraph] = list(item.paragraphs)
        if item.own_line or not paragraphs:
            text = heading
        else:
            stop = stop_of(heading) if heading else ""
            text = heading + stop + plain(paragraphs.pop(0).text)
        at = len(out)
        _apart(out, "item", place, item.label, item.level, heading, text, parent, keep=True)
        for number, paragraph in enumerate(paragraphs, 1):
            _apart(out, "words", f"{place}下第 {number} 段", "", item.level, "", plain(paragraph.text), at)
        _items(out, item.items, place, at)


def _apart(
    out: list[Unit],
    kind: str,
    place: str,
    label: str,
    level: int,
    heading: str,
    text: str,
    parent: int | None,
    keep: bool = False,
) -> None:
    """A paragraph as a unit, the entries of the lists in it as units under it. `keep` it even where nothing else is in
    it."""
    entries = [entry for entries in entries_within(text) for entry in entries]
    entries.sort()
    rest = ""
    at = 0
    kept = []
    for entry in entries:
        if entry.start < at:
            continue  # a list within an entry of another
        rest += text[at : entry.start]
        at = entry.end
        kept.append(entry)
    rest += text[at:]
    here = parent
    if rest.strip() or keep or not kept:
        here = len(out)
        out.append(Unit(kind, place, label, level, heading, rest, parent))
    for entry in kept:
        said = entry.mark.label.strip()
        head = re.match(r"[^，。；：！？]*", text[entry.words : entry.end])
        inner = f"{place}里的{said.rstrip('，,：:；;')}"
        out.append(
            Unit(
                "entry",
                inner,
                entry.mark.label,
                level + 1,
                head[0] if head else "",
                text[entry.words : entry.end],
                here,
            )
        )


def _bare(unit: Unit) -> str:
    """The words that count: the mark an entry of a list ends with depends on its place."""
    return unit.text.rstrip("；;。，, ") if unit.numbered else unit.text


def _whole(side: Sequence[Unit]) -> str:
    return "\n".join(unit.text for unit in side)


# ── pairing ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _paired(was: Sequence[Unit], now: Sequence[Unit]) -> dict[int, int]:
    """Which unit became which."""
    pairs = paired([_bare(u) for u in was], [_bare(u) for u in now], [u.kind for u in was], [u.kind for u in now])
    _pair_parents(was, now, pairs)
    return pairs


def paired(
    old: Sequence[str], new: Sequence[str], old_kinds: Sequence[str] = (), new_kinds: Sequence[str] = ()
) -> dict[int, int]:
    """Which of `old` became which of `new`, wherever it stands: the same first, then what is alike, the most alike
    first. Of kinds of which each side has one and a line of its own, the title and the lines under it, the kind
    tells."""
    pairs: dict[int, int] = {}
    there: dict[tuple[str, str], list[int]] = {}
    for by_kind in (True, False):
        there.clear()
        taken = set(pairs.values())
        for j, text in enumerate(new):
            if j not in taken:
                there.setdefault((new_kinds[j] if by_kind and new_kinds else "", text), []).append(j)
        for places in there.values():
            places.reverse()
        for i, text in enumerate(old):
            places = there.get((old_kinds[i] if by_kind and old_kinds else "", text), []) if i not in pairs else []
            if places:
                pairs[i] = places.pop()
    taken = set(pairs.values())
    for kind in ("title", "dateline", "byline"):
        one = [i for i, k in enumerate(old_kinds) if k == kind and i not in pairs]
        other = [j for j, k in enumerate(new_kinds) if k == kind and j not in taken]
        if one and other:
            pairs[one[0]] = other[0]
    left, right = [i for i in range(len(old)) if i not in pairs], sorted(set(range(len(new))) - set(pairs.values()))
    found = []
    for i, j, score in candidates(old, new, left, right):
        if score >= ALIKE:
            near = 1 - abs(i / len(old) - j / len(new))
            alike = 1 if old_kinds and old_kinds[i] == new_kinds[j] else 0
            found.append((score + 0.02 * near + 0.03 * alike, i, j))
    taken = set(pairs.values())
    for _, i, j in sorted(found, key=lambda row: (-row[0], row[1], row[2])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


@lru_cache(maxsize=2048)
def _bigrams(text: str) -> Counter[str]:
    """The pairs of letters of a text. Kept, since a paragraph is compared with those of every other speech; not to be
    changed."""
    return Counter(text[n : n + 2] for n in range(len(text) - 1))


def candidates(
    old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int, float]]:
    """Pairs that may be alike, with how alike they are, 0 to 1."""
    grams = {j: _bigrams(new[j]) for j in right}
    holders: dict[str, list[int]] = {}
    for j in right:
        for gram in grams[j]:
            holders.setdefault(gram, []).append(j)
    for i in left:
        mine = _bigrams(old[i])
        shared: Counter[int] = Counter()
        for gram in mine:
            places = holders.get(gram, ())
            if len(places) <= _COMMON:
                shared.update(places)
        for j, _ in shared.most_common(_CANDIDATES):
            both = (mine & grams[j]).total()
            yield i, j, 2 * both / (mine.total() + grams[j].total())


def _pair_parents(was: Sequence[Unit], now: Sequence[Unit], pairs: dict[int, int]) -> None:
    """Pair headings whose words tell nothing where most of what is under the one is now under the other."""
    taken = set(pairs.values())
    votes: dict[int, Counter[int]] = {}
    below = Counter(unit.parent for unit in was)
    for i, j in pairs.items():
        old, new = was[i].parent, now[j].parent
        if old is not None and new is not None and old not in pairs and new not in taken:
            votes.setdefault(old, Counter())[new] += 1
    for head, counts in sorted(votes.items()):
        likeliest, count = counts.most_common(1)[0]
        if likeliest not in taken and count * 2 > below[head]:
            pairs[head] = likeliest
            taken.add(likeliest)


def _moved(was: Sequence[Unit], now: Sequence[Unit], pairs: Mapping[int, int]) -> frozenset[int]:
    """The units of the old draft that stand elsewhere: in another order among those under the same heading, or, where
    that is another one, in the whole draft. What went along with its heading has not moved."""
    strayed = out_of_order([i for i, _ in sorted(pairs.items(), key=lambda pair: pair[1])])
    families: dict[tuple[int | None, int | None], list[tuple[int, int]]] = {}
    out: set[int] = set()
    for i, j in pairs.items():
        old, new = was[i].parent, now[j].parent
        if (None if old is None else pairs.get(old)) == new:
            families.setdefault((old, new), []).append((j, i))
        elif i in strayed:
            out.add(i)
    for members in families.values():
        out |= out_of_order([i for _, i in sorted(members)])
    return frozenset(out)


def _in_order(
    was: Sequence[Unit], now: Sequence[Unit], pairs: Mapping[int, int], moved: frozenset[int]
) -> list[UnitChange]:
    came_from = {j: i for i, j in pairs.items()}
    gone = [i for i in range(len(was)) if i not in pairs]
    into = _holders(
        [was[i].text for i in gone], now, [was[came_from[j]].text if j in came_from else "" for j in range(len(now))]
    )
    fresh = [j for j in range(len(now)) if j not in came_from]
    out_of = _holders(
        [now[j].text for j in fresh], was, [now[pairs[i]].text if i in pairs else "" for i in range(len(was))]
    )
    behind: dict[int, list[UnitChange]] = {}
    dropped = {i: UnitChange(was[i], None, other=now[into[n]] if n in into else None) for n, i in enumerate(gone)}
    before = -1
    for i in range(len(was)):
        if i in dropped:
            behind.setdefault(before, []).append(dropped[i])
        elif i not in moved:
            before = pairs[i]
    rows = behind.get(-1, [])
    numbers = {j: n for n, j in enumerate(fresh)}
    for j, unit in enumerate(now):
        if j in came_from:
            rows.append(UnitChange(was[came_from[j]], unit, came_from[j] in moved))
        else:
            n = numbers[j]
            rows.append(UnitChange(None, unit, other=was[out_of[n]] if n in out_of else None))
        rows += behind.get(j, [])
    return rows


def _holders(texts: Sequence[str], side: Sequence[Unit], partners: Sequence[str]) -> dict[int, int]:
    """Which unit holds most of a text beyond what it has of its own partner, by the number of the text."""
    if not texts:
        return {}
    own = [
        _bigrams(unit.text) - _bigrams(partner) if partner else _bigrams(unit.text)
        for unit, partner in zip(side, partners, strict=True)
    ]
    holders: dict[str, list[int]] = {}
    for at, grams in enumerate(own):
        for gram in grams:
            holders.setdefault(gram, []).append(at)
    out = {}
    for n, text in enumerate(texts):
        grams = _bigrams(text)
        shared: Counter[int] = Counter()
        for gram in grams:
            places = holders.get(gram, ())
            if len(places) <= _COMMON:
                shared.update(places)
        for at, _ in shared.most_common(1):
            if len(text) >= CONTAINED_LETTERS and (grams & own[at]).total() >= CONTAINED * grams.total():
                out[n] = at
    return out


# ── facts ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#: How much must speak for two facts of different paragraphs being one (`drafter.analysis.changed`).
_ELSEWHERE = 6


def _changed(
    rows: Sequence[UnitChange], proper: Mapping[str, str], whole_was: str, whole_now: str
) -> list[ChangedFact]:
    """The facts that changed, in the order of the rows. One that is only in one of the drafts counts where the other
    has its words nowhere."""
    out: list[tuple[int, StandingFact | None, StandingFact | None]] = []
    gone: list[tuple[int, StandingFact]] = []
    fresh: list[tuple[int, StandingFact]] = []
    for at, row in enumerate(rows):
        if row.was is not None and row.now is not None and not row.reworded:
            continue
        left = found(row.was.text, proper, row.was.place) if row.was else []
        right = found(row.now.text, proper, row.now.place) if row.now else []
        if row.was and row.now:
            texts = (row.was.text, row.was.place), (row.now.text, row.now.place)
            out += ((at, a, b) for a, b in changed_within(*texts, left, right))
        gone += ((at, a) for a in left)
        fresh += ((at, b) for b in right)
    left, right = [one for _, one in gone], [one for _, one in fresh]
    order = {id(one): at for at, one in (*gone, *fresh)}
    for a, b in changed_elsewhere(left, right, _ELSEWHERE):  # what went along with words that were put elsewhere
        out.append((order[id(b)], a, b))
    out += ((order[id(a)], a, None) for a in left if a.plainly and a.words not in whole_now)
    out += ((order[id(b)], None, b) for b in right if b.plainly and b.words not in whole_was)
    out.sort(key=lambda row: (row[0], (row[2] or row[1] or _NOWHERE).start))
    return list(dict.fromkeys(_told(a, b) for _, a, b in out))


_NOWHERE = StandingFact(0, 0, "", "", "", False, "", "")


def _told(was: StandingFact | None, now: StandingFact | None) -> ChangedFact:
    one = now or was or _NOWHERE
    return ChangedFact(
        _TOLD.get(one.kind, one.kind),
        was.words if was else "",
        now.words if now else "",
        was.place if was else "",
        now.place if now else "",
    )


#: Kinds that are told as a wider one.
_TOLD = {"year": "date", "time": "date", "near": "date", "share": "figure", "phone": "number"}

#: The kinds of facts that have a number in them, as they are told.
COUNTED = ("figure", "date", "ordinal", "session", "plan", "number")
