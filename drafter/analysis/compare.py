"""Two drafts side by side by what they are made of: which requirement went where, what was reworded, added and dropped,
and which figures, days, names and posts changed. Pure: two Drafts in, a Comparison out.

A draft is taken apart into units: a paragraph, a heading with the text that runs on from it, an entry of a list inside
a paragraph. Units are paired by their words, wherever they stand; numbers in front of them are looked at apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import NamedTuple

from drafter.analysis.facts import Mention, mentions, proper_words
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

#: Letters times letters up to which two texts are compared letter by letter; a stretch of fewer letters between two
#: changes, which are there by chance, is changed too.
_MOST = 4_000_000
_BY_CHANCE = 2

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
    figures = tuple(fact for fact in changed if fact.kind in ("figure", "date"))
    return Comparison(tuple(rows), figures, tuple(fact for fact in changed if fact.kind not in ("figure", "date")))


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


def _bigrams(text: str) -> Counter[str]:
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


# ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#: What is shown as one where it changes: a blank, a number, a part of a date, a word of letters, a letter.
_PIECES = re.compile(r"【[^】\n]*】|[0-9][0-9,.]*[年月日%％]?|[A-Za-z]+|.", re.DOTALL)

Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[object], new: Sequence[object]) -> list[Opcode]:
    """How to make one text of another, as difflib says it, in letters; numbers change whole, and letters that two
    changes have between them by chance change too."""
    one, other = "".join(map(str, old)), "".join(map(str, new))
    if len(one) * len(other) > _MOST:
        start = _alike_from_start(one, other)
        end = _alike_from_start(one[start:][::-1], other[start:][::-1])
        rows = [("equal", 0, start, 0, start), ("replace", start, len(one) - end, start, len(other) - end)]
        rows.append(("equal", len(one) - end, len(one), len(other) - end, len(other)))
        return [row for row in rows if row[2] > row[1] or row[4] > row[3]]
    a, b = _PIECES.findall(one), _PIECES.findall(other)
    starts_a, starts_b = _starts(a), _starts(b)
    out: list[Opcode] = []
    found = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    for n, (kind, i0, i1, j0, j1) in enumerate(found):
        row = (kind, starts_a[i0], starts_a[i1], starts_b[j0], starts_b[j1])
        small = kind == "equal" and 0 < n < len(found) - 1 and row[2] - row[1] < _BY_CHANCE
        if small or kind != "equal":
            row = ("replace", *row[1:])
        if out and out[-1][0] == row[0] == "replace":
            out[-1] = ("replace", out[-1][1], row[2], out[-1][3], row[4])
        else:
            out.append(row)
    return out


def _alike_from_start(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _starts(pieces: Sequence[str]) -> list[int]:
    out = [0]
    for piece in pieces:
        out.append(out[-1] + len(piece))
    return out


def marked(old: str, new: str, around: int = 0) -> str:
    """A text with what changed marked: 原来的[-去掉的-]{+加上的+}. With `around` the same words are cut to so many letters
    beside a change."""
    out = ""
    rows = opcodes(old, new)
    for n, (kind, i0, i1, j0, j1) in enumerate(rows):
        if kind == "equal":
            same = old[i0:i1]
            if around and len(same) > 2 * around:
                same = f"{same[:around] if n else ''}…{same[-around:] if n < len(rows) - 1 else ''}"
            out += same
            continue
        out += f"[-{old[i0:i1]}-]" if i1 > i0 else ""
        out += f"{{+{new[j0:j1]}+}}" if j1 > j0 else ""
    return out


# ── facts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Loose(NamedTuple):
    """A mention that one side has: the text it stands in, and the place of that."""

    text: str
    mention: Mention
    place: str


def _changed(
    rows: Sequence[UnitChange], proper: Mapping[str, str], whole_was: str, whole_now: str
) -> list[ChangedFact]:
    """The facts that changed, in the order of the rows. One that is only in one of the drafts counts where the other
    has its words nowhere."""
    found: list[tuple[int, ChangedFact]] = []
    gone: list[tuple[int, _Loose]] = []
    fresh: list[tuple[int, _Loose]] = []
    for at, row in enumerate(rows):
        if row.was is not None and row.now is not None and not row.reworded:
            continue
        one, other = (row.was.text if row.was else ""), (row.now.text if row.now else "")
        places = row.was.place if row.was else "", row.now.place if row.now else ""
        old, new = _only(mentions(one, proper), mentions(other, proper))
        left, right = [_Loose(one, m, places[0]) for m in old], [_Loose(other, m, places[1]) for m in new]
        for a, b in _matched(left, right, 1):
            found.append((at, ChangedFact(a.mention.kind, a.mention.words, b.mention.words, *places)))
        gone += [(at, a) for a in left]
        fresh += [(at, b) for b in right]
    left, right = [loose for _, loose in gone], [loose for _, loose in fresh]
    order = {id(loose): at for at, loose in (*gone, *fresh)}
    for a, b in _matched(left, right, _ELSEWHERE):  # what went along with words that were put into another paragraph
        found.append((order[id(b)], ChangedFact(a.mention.kind, a.mention.words, b.mention.words, a.place, b.place)))
    for a in left:
        if a.mention.words not in whole_now and _tells(a.mention):
            found.append((order[id(a)], ChangedFact(a.mention.kind, a.mention.words, "", a.place, "")))
    for b in right:
        if b.mention.words not in whole_was and _tells(b.mention):
            found.append((order[id(b)], ChangedFact(b.mention.kind, "", b.mention.words, "", b.place)))
    return list(dict.fromkeys(fact for _, fact in sorted(found, key=lambda row: row[0])))


#: Facts on each side that are compared each with each; and how much must speak for two of different paragraphs being
#: one.
_FEW = 300
_ELSEWHERE = 6


def _matched(left: list[_Loose], right: list[_Loose], least: int) -> list[tuple[_Loose, _Loose]]:
    """The mentions that are one fact changed, taken out of both sides; what speaks most for itself first."""
    pairs = product(enumerate(left[:_FEW]), enumerate(right[:_FEW]))
    scores = [(-score, n, m) for (n, a), (m, b) in pairs if (score := _context(a, b)) >= least]
    ones: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, m in sorted(scores):
        if n not in ones and m not in taken:
            ones[n] = m
            taken.add(m)
    out = [(left[n], right[m]) for n, m in sorted(ones.items())]
    left[:] = [a for n, a in enumerate(left) if n not in ones]
    right[:] = [b for m, b in enumerate(right) if m not in taken]
    return out


def _tells(one: Mention) -> bool:
    """Whether a fact without its like is worth telling; 一个 and 三项 are not."""
    return one.kind != "figure" or any(c.isdecimal() for c in one.words) or one.words.startswith("百分之")


def _only(old: Sequence[Mention], new: Sequence[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The mentions of each side that the other has not."""
    left, right = Counter((m.kind, m.words) for m in old), Counter((m.kind, m.words) for m in new)
    both = left & right

    def rest(side: Sequence[Mention]) -> list[Mention]:
        common = Counter(both)
        out = []
        for one in side:
            key = (one.kind, one.words)
            if common[key]:
                common[key] -= 1
            else:
                out.append(one)
        return out

    return rest(old), rest(new)


def _context(one: _Loose, other: _Loose) -> int:
    """How much speaks for two mentions being one fact changed: the unit, and the letters before and behind. 0 for
    nothing."""
    a, b = one.mention, other.mention
    if a.kind != b.kind:
        return 0
    before = after = 0
    while before < min(6, a.start, b.start) and one.text[a.start - 1 - before] == other.text[b.start - 1 - before]:
        before += 1
    behind = len(one.text) - a.end, len(other.text) - b.end
    while after < min(4, *behind) and one.text[a.end + after] == other.text[b.end + after]:
        after += 1
    alone = a.start == b.start == 0 and behind == (0, 0)
    return 2 * (a.unit == b.unit != "") + before + after + alone
