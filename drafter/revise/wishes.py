"""What several copies of one text wish of it: letters and paragraphs, by place in the text that went out. Wishes that
are the same are joined, wishes that touch each other stand side by side, never blended. Pure: texts in, changes out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from re import findall
from typing import NamedTuple

from drafter.analysis.compare import paired
from drafter.analysis.marked import opcodes
from drafter.speech.match import out_of_order

#: The end of a paragraph. XML 1.0 forbids the character, so that no paragraph of any file holds it.
END = "\x1e"

#: What ends a clause, and so a stretch that is quoted whole where wishes touch.
_STOPS = "，。；：！？,;:!?\n" + END

#: Pairs of sentences up to which two paragraphs are compared sentence by sentence first; above, letter by letter, which
#: is bounded (`drafter.analysis.compare`).
_MOST_SENTENCES = 40_000

#: Letters of numbers, which change as a whole.
_NUMERALS = frozenset("0123456789０１２３４５６７８９.．%％〇零一二两三四五六七八九十百千万亿")

#: How much of a paragraph (of its pairs of letters) must be what another has lost, for it to be split off from it.
_SPLIT_OFF = 0.6

#: Letters from which the same words are the same paragraph, wherever they stand.
_TELLING = 10


class SentLine(NamedTuple):
    """A paragraph of the text that went out. `fixed`: its end cannot go, because a table or nothing follows; `segment`
    counts the stretches of paragraphs with no table between them. `whole` are the stretches that change only as a
    whole, blanks; `names` what identifies it, the names of our bookmarks."""

    text: str
    fixed: bool = False
    segment: int = 0
    whole: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()


class CopyLine(NamedTuple):
    """A paragraph of a copy. `style` is the name of its style, "" where it has none."""

    text: str
    style: str = ""
    segment: int = 0
    names: tuple[str, ...] = ()


class WayPiece(NamedTuple):
    """Words of a wording: new ones, or those of the text from `source` on; None for new ones. `blank`: they are a new
    answer of the blank that stands there, None for none."""

    text: str
    source: int | None = None
    blank: int | None = None


#: How the end of a new paragraph is set: as that paragraph of the text (its number), or by the name of a style.
Set = int | str


#: What an edit does: to words (and to ends of paragraphs among them), to a whole paragraph, or it brings a paragraph
#: behind the last of a segment.
WORDS, PARAGRAPH, BEHIND = "words", "paragraph", "behind"


class Edit(NamedTuple):
    """A change of one stretch of the text: from `start` to `end`, in letters and ends of paragraphs, into `text`.
    `sets` has one entry for each end of a paragraph in `text`. `twin`: the number of the other half of a move, None for no
    move."""

    start: int
    end: int
    text: str
    kind: str = WORDS
    sets: tuple[Set, ...] = ()
    twin: int | None = None


class Wish(NamedTuple):
    """An edit and the copies that wish it, by their numbers."""

    edit: Edit
    by: tuple[int, ...]


class Way(NamedTuple):
    """One wording of a stretch, and the copies that wish it."""

    pieces: tuple[WayPiece, ...]
    sets: tuple[Set, ...]
    by: tuple[int, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


class Wished(NamedTuple):
    """What becomes of one stretch of the text. With several `ways` the wishes touch each other. `twin`: the number of
    the change that is the other half of a move, None for no move."""

    start: int
    end: int
    ways: tuple[Way, ...]
    twin: int | None = None

    @property
    def by(self) -> tuple[int, ...]:
        """Every copy that wishes something here."""
        return tuple(sorted({number for way in self.ways for number in way.by}))


class SentStory:
    """A text that went out: its paragraphs, and all of it in one string in which every paragraph ends in `END`."""

    def __init__(self, lines: Sequence[SentLine]) -> None:
        self.lines = tuple(lines)
        self.starts = tuple(accumulate((len(line.text) + 1 for line in lines), initial=0))
        self.text = "".join(line.text + END for line in lines)

    @cached_property
    def beginnings(self) -> Mapping[int, int]:
        """The number of the paragraph that begins at a place."""
        return {start: number for number, start in enumerate(self.starts[:-1])}

    @cached_property
    def whole(self) -> tuple[tuple[int, int], ...]:
        """The stretches that change only as a whole, by place in the text."""
        return tuple(
            (start + low, start + high)
            for start, line in zip(self.starts, self.lines, strict=False)
            for low, high in line.whole
        )

    def line_at(self, place: int) -> int:
        """The paragraph a place is in; its end belongs to it."""
        from bisect import bisect_right

        return min(bisect_right(self.starts, place) - 1, len(self.lines) - 1)

    def end_of(self, number: int) -> int:
        """The place of a paragraph's end."""
        return self.starts[number + 1] - 1


# ── what a copy wishes ─────────────────────────────────────────────────────────────────────────────────────────────


class CopyDiff(NamedTuple):
    """A copy beside the text that went out. `places` has for each paragraph of the copy the stretches of it that are in
    the text: (from, to, place in the text); `alike` is the share of the text's letters that are in the copy, 0 to 1."""

    edits: tuple[Edit, ...]
    places: Mapping[int, Sequence[tuple[int, int, int]]]
    alike: float


class _Together(NamedTuple):
    """Paragraphs `old` to `old_end` of the text that are `new` to `new_end` of the copy."""

    old: int
    old_end: int
    new: int
    new_end: int


def differences(story: SentStory, copy: Sequence[CopyLine], loose: bool = False) -> CopyDiff:
    """What a copy changes. `loose`: it is a text without empty paragraphs, and blanks and line breaks in it tell
    nothing."""
    return _Differing(story, copy, loose).found()


class _Differing:
    """One copy beside one text."""

    def __init__(self, story: SentStory, copy: Sequence[CopyLine], loose: bool) -> None:
        self.story = story
        self.copy = copy
        self.loose = loose
        self.edits: list[Edit] = []
        self.places: dict[int, list[tuple[int, int, int]]] = {}
        self.kept = 0

    def found(self) -> CopyDiff:
        pairs = _pairs_apart(self.story.lines, self.copy, self.loose)
        strays = out_of_order([i for _, i in sorted((j, i) for i, j in pairs.items())])
        moved = {i: pairs[i] for i in strays}
        groups = self._groups({i: j for i, j in pairs.items() if i not in strays}, moved)
        self.going: dict[int, int] = {}  # paragraphs that go, and the edit that takes them
        self.coming: dict[int, int] = {}  # those that come, and the edit that brings them
        last = _Together(0, 0, 0, 0)
        for group in [*groups, _Together(len(self.story.lines), len(self.story.lines), len(self.copy), len(self.copy))]:
            self._gap(range(last.old_end, group.old), range(last.new_end, group.new))
            self._within(group)
            last = group
        for i, j in moved.items():
            self._linked(i, j)
        letters = sum(len(line.text) for line in self.story.lines)
        return CopyDiff(tuple(self.edits), self.places, self.kept / letters if letters else 1.0)

    def _linked(self, i: int, j: int) -> None:
        """Say of a paragraph that went and one that came that it is one."""
        out, into = self.going.get(i), self.coming.get(j)
        if out is None or into is None or self.edits[out].twin is not None or self.edits[into].twin is not None:
            return
        self.edits[out] = self.edits[out]._replace(twin=into)
        self.edits[into] = self.edits[into]._replace(twin=out)

    def _groups(self, pairs: Mapping[int, int], moved: Mapping[int, int]) -> list[_Together]:
        """The pairs in order, with what was split off from a paragraph or put into it."""
        free_new = {j for j in range(len(self.copy)) if self.copy[j].text} - set(pairs.values()) - set(moved.values())
        free_old = {i for i, line in enumerate(self.story.lines) if line.text} - set(pairs) - set(moved)
        groups = []
        done = done_new = 0
        for i, j in sorted(pairs.items()):
            group = _Together(i, i + 1, j, j + 1)
            while self._split_off(group, group.new_end, free_new):
                group = group._replace(new_end=group.new_end + 1)
            while group.new - 1 >= done_new and self._split_off(group, group.new - 1, free_new):
                group = group._replace(new=group.new - 1)
            while self._put_in(group, group.old_end, free_old):
                group = group._replace(old_end=group.old_end + 1)
            while group.old - 1 >= done and self._put_in(group, group.old - 1, free_old):
                group = group._replace(old=group.old - 1)
            done, done_new = group.old_end, group.new_end
            groups.append(group)
        return groups

    def _split_off(self, group: _Together, j: int, free: set[int]) -> bool:
        """Whether a paragraph of the copy was split off from those of a group."""
        if j not in free or self.copy[j].segment != self.copy[group.new].segment:
            return False
        lost = _grams(self._old(group)) - _grams(self._new(group))
        return _mostly_in(_grams(self.copy[j].text), lost)

    def _put_in(self, group: _Together, i: int, free: set[int]) -> bool:
        """Whether a paragraph of the text was put into those of a group."""
        lines = self.story.lines
        if i not in free or lines[i].segment != lines[group.old].segment:
            return False
        come = _grams(self._new(group)) - _grams(self._old(group))
        return _mostly_in(_grams(lines[i].text), come)

    def _old(self, group: _Together) -> str:
        return END.join(line.text for line in self.story.lines[group.old : group.old_end])

    def _new(self, group: _Together) -> str:
        return END.join(line.text for line in self.copy[group.new : group.new_end])

    # ── paragraphs that are in both ────────────────────────────────────────────────────────────────────────────────

    def _within(self, group: _Together) -> None:
        """The changes within paragraphs that are in both."""
        if group.old == group.old_end:
            return
        at = self.story.starts[group.old]
        old, new = self._old(group), self._new(group)
        whole = [(low - at, high - at) for low, high in self.story.whole if at <= low and high <= at + len(old)]
        rows = _snapped(_changed(old, new), whole)
        here = new_here = 0
        for i0, i1, j0, j1 in [*rows, (len(old), len(old), len(new), len(new))]:
            self._stays(group, at + here, new_here, j0)
            here, new_here = i1, j1
            said = new[j0:j1]
            was = old[i0:i1]
            blank = (i0, i1) in whole and _same_prompt(was, said)
            white = self.loose and not was.strip(_WHITE) and not said.strip(_WHITE)
            if was == said or blank or white:
                continue
            if self.loose:
                said = said.replace("\n", "").replace(END, "") if END not in old[i0:i1] else said
            self.edits.append(Edit(at + i0, at + i1, said, WORDS, (group.old,) * said.count(END)))

    def _stays(self, group: _Together, place: int, low: int, high: int) -> None:
        """Note where words of the copy are in the text: those of a group from `low` to `high`."""
        at = 0
        for j in range(group.new, group.new_end):
            end = at + len(self.copy[j].text)
            first, last = max(at, low), min(end, high)
            if first < last:
                self.places.setdefault(j, []).append((first - at, last - at, place + first - low))
                self.kept += last - first
            at = end + 1

    # ── paragraphs that are in one ─────────────────────────────────────────────────────────────────────────────────

    def _gap(self, old: range, new: range) -> None:
        """Paragraphs that are gone, and paragraphs that have come in their place."""
        lines = self.story.lines
        gone = [i for i in old if lines[i].text or not self.loose]
        come = [j for j in new if self.copy[j].text or not self.loose]
        runs = [list(rows) for _, rows in groupby(gone, lambda i: lines[i].segment)]
        edges = [lines[old.start - 1].segment] if old.start else []
        edges += [lines[i].segment for i in gone]
        edges += [lines[old.stop].segment] if old.stop < len(lines) else []
        if not edges:
            return
        by_segment: dict[int, list[int]] = {}
        for j in come:
            segment = self.copy[j].segment if not self.loose else edges[0]
            by_segment.setdefault(min(max(segment, edges[0]), edges[-1]), []).append(j)
        for segment in sorted({*by_segment, *(lines[run[0]].segment for run in runs)}):
            run = next((run for run in runs if lines[run[0]].segment == segment), [])
            self._replaced(run, by_segment.get(segment, []), old.start, segment)

    def _replaced(self, gone: Sequence[int], come: Sequence[int], at: int, segment: int) -> None:
        """One stretch of paragraphs that are gone, and what has come for it. `at` is the paragraph behind the gap where
        nothing is gone."""
        lines, starts = self.story.lines, self.story.starts
        if gone and lines[gone[-1]].fixed:
            self._last_replaced(gone, come)
            return
        for i in gone:
            self.going[i] = len(self.edits)
            self.edits.append(Edit(starts[i], starts[i + 1], "", PARAGRAPH))
        behind = gone[-1] + 1 if gone else at
        if behind and lines[behind - 1].fixed and lines[behind - 1].segment == segment:
            place = self.story.end_of(behind - 1)
            self._comes(come, lambda j: Edit(place, place, END + self.copy[j].text, BEHIND, (behind - 1,)))
            return
        while behind < len(lines) and lines[behind].segment != segment:
            behind += 1
        place = starts[behind]
        self._comes(come, lambda j: Edit(place, place, self.copy[j].text + END, PARAGRAPH, (self.copy[j].style,)))

    def _comes(self, come: Sequence[int], made: Callable[[int], Edit]) -> None:
        for j in come:
            self.coming[j] = len(self.edits)
            self.edits.append(made(j))

    def _last_replaced(self, gone: Sequence[int], come: Sequence[int]) -> None:
        """The last paragraphs of a segment, whose end cannot go: there it is the end of the one before that does."""
        lines, starts = self.story.lines, self.story.starts
        first = gone[0]
        before = first > 0 and lines[first - 1].segment == lines[first].segment
        words = [self.copy[j].text for j in come]
        for i in gone:
            self.going[i] = len(self.edits)
        for j in come:
            self.coming[j] = len(self.edits)
        start, end = starts[first], self.story.end_of(gone[-1])
        if before:
            text, start = "".join(END + word for word in words), start - 1
        else:
            text = END.join(words)
        if (start, text) != (end, ""):
            self.edits.append(Edit(start, end, text, WORDS, (gone[-1],) * text.count(END)))


_WHITE = " \t\r\n\u3000\xa0" + END


def _pairs_apart(lines: Sequence[SentLine], copy: Sequence[CopyLine], loose: bool) -> dict[int, int]:
    """Which paragraph of the text is which of the copy; where both have the same tables, those between two tables are
    looked for there alone: the end of the last one before a table cannot go."""
    if loose or not lines or not copy or lines[-1].segment != copy[-1].segment:
        return _pairs(lines, copy, loose)
    out: dict[int, int] = {}
    for segment in range(lines[-1].segment + 1):
        old = [i for i, line in enumerate(lines) if line.segment == segment]
        new = [j for j, paragraph in enumerate(copy) if paragraph.segment == segment]
        found = _pairs([lines[i] for i in old], [copy[j] for j in new], loose)
        out |= {old[i]: new[j] for i, j in found.items()}
    return out


def _pairs(lines: Sequence[SentLine], copy: Sequence[CopyLine], loose: bool) -> dict[int, int]:
    """Which paragraph of the text is which of the copy: by words nobody else has, by our bookmarks, by words."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(i: int, j: int) -> None:
        pairs[i] = j
        taken.add(j)

    old, new = [line.text.strip() for line in lines], [line.text.strip() for line in copy]
    places, places_old = _where(new), _where(old)
    for i, text in enumerate(old):
        if len(text) >= _TELLING and len(places.get(text, ())) == 1 == len(places_old[text]):
            pair(i, places[text][0])
    named: dict[str, list[int]] = {}
    for j, paragraph in enumerate(copy):
        for name in paragraph.names:
            named.setdefault(name, []).append(j)
    for i, line in enumerate(lines):
        found = [named[name] for name in line.names if name in named]
        if i not in pairs and found and len(found[0]) == 1 and found[0][0] not in taken and old[i] and new[found[0][0]]:
            pair(i, found[0][0])
    left = [i for i, text in enumerate(old) if text and i not in pairs]
    right = [j for j, text in enumerate(new) if text and j not in taken]
    for i, j in paired([old[i] for i in left], [new[j] for j in right]).items():
        pair(left[i], right[j])
    if not loose:
        strays = out_of_order([i for _, i in sorted((j, i) for i, j in pairs.items())])
        kept = sorted((i, j) for i, j in pairs.items() if i not in strays)
        for (i0, j0), (i1, j1) in pairwise([(-1, -1), *kept, (len(old), len(new))]):
            for i, j in _empty(lines[i0 + 1 : i1], copy[j0 + 1 : j1]):
                pair(i0 + 1 + i, j0 + 1 + j)
    return pairs


def _empty(lines: Sequence[SentLine], copy: Sequence[CopyLine]) -> Iterator[tuple[int, int]]:
    """The empty paragraphs of two stretches in pairs, those of each segment apart."""
    there: dict[int, list[int]] = {}
    for j, line in enumerate(copy):
        if not line.text.strip():
            there.setdefault(line.segment, []).append(j)
    for i, paragraph in enumerate(lines):
        if not paragraph.text.strip() and there.get(paragraph.segment):
            yield i, there[paragraph.segment].pop(0)


def _where(texts: Sequence[str]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        out.setdefault(text, []).append(number)
    return out


def _grams(text: str) -> Counter[str]:
    return Counter(text[n : n + 2] for n in range(len(text) - 1))


def _mostly_in(grams: Counter[str], others: Counter[str]) -> bool:
    return grams.total() > 0 and (grams & others).total() >= _SPLIT_OFF * grams.total()


_Row = tuple[int, int, int, int]


def _same_prompt(old: str, new: str) -> bool:
    """Whether both say of a blank that nobody has answered it: with its question, and in plain text without."""
    prompts = old.startswith("【") and new.startswith("【") and new.endswith("】")
    return prompts and _asked(old) == _asked(new)


def _asked(prompt: str) -> str:
    """The field an unanswered blank asks for: 【日期|月日】 and 【日期】（哪一天？） ask for 日期."""
    return prompt[1:].partition("】")[0].partition("|")[0].partition("#")[0].strip()


def _changed(old: str, new: str) -> list[_Row]:
    """The stretches of one text that are another in the other: whole sentences that are in both stay, the rest is
    compared letter by letter."""
    if old == new:
        return []
    a, b = (findall(f"[^。！？；\n{END}]*[。！？；\n{END}]|[^。！？；\n{END}]+", text) for text in (old, new))
    if len(a) * len(b) > _MOST_SENTENCES:
        a, b = [old], [new]
    starts = [tuple(accumulate(map(len, pieces), initial=0)) for pieces in (a, b)]
    out: list[_Row] = []
    for kind, i0, i1, j0, j1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        low, high, new_low, new_high = starts[0][i0], starts[0][i1], starts[1][j0], starts[1][j1]
        for inner, x0, x1, y0, y1 in opcodes(old[low:high], new[new_low:new_high]):
            if inner != "equal":
                out.append((low + x0, low + x1, new_low + y0, new_low + y1))
    return _merged(_with_numerals(out, old, new))


def _with_numerals(rows: Sequence[_Row], old: str, new: str) -> Iterator[_Row]:
    """The rows, each with all of a number it takes or gives a part of: 十五 for 十 is another number, not one more
    letter. None grows past what both have alike up to the next."""
    ends = [0, *(i1 for _, i1, _, _ in rows)]
    starts = [*(i0 for i0, _, _, _ in rows[1:]), len(old)]
    for (i0, i1, j0, j1), low, high in zip(rows, ends, starts, strict=False):
        while i0 > low and old[i0 - 1] in _NUMERALS and _any_numeral(old[i0:i1][:1], new[j0:j1][:1]):
            i0, j0 = i0 - 1, j0 - 1
        while i1 < high and old[i1] in _NUMERALS and _any_numeral(old[i0:i1][-1:], new[j0:j1][-1:]):
            i1, j1 = i1 + 1, j1 + 1
        yield i0, i1, j0, j1


def _any_numeral(*letters: str) -> bool:
    return any(letter and letter in _NUMERALS for letter in letters)


def _merged(rows: Iterable[_Row]) -> list[_Row]:
    """Rows that meet or overlap as one."""
    out: list[_Row] = []
    for i0, i1, j0, j1 in rows:
        if out and i0 <= out[-1][1] and j0 <= out[-1][3]:
            out[-1] = (out[-1][0], max(out[-1][1], i1), out[-1][2], max(out[-1][3], j1))
        else:
            out.append((i0, i1, j0, j1))
    return out


def _snapped(rows: Sequence[_Row], whole: Sequence[tuple[int, int]]) -> list[_Row]:
    """The rows, each with all of every stretch it takes a part of."""
    out = []
    for i0, i1, j0, j1 in rows:
        for low, high in whole:
            inside = low < i1 and i0 < high if i0 < i1 else low < i0 < high
            if inside:
                j0, i0 = j0 - max(0, i0 - low), min(i0, low)
                j1, i1 = j1 + max(0, high - i1), max(i1, high)
        out.append((i0, i1, j0, j1))
    return _merged(out)


# ── wishes of all ──────────────────────────────────────────────────────────────────────────────────────────────────


def changes(story: SentStory, copies: Mapping[int, Sequence[Edit]]) -> tuple[Wished, ...]:
    """What becomes of a text by the edits of its copies, in the order of the text."""
    return _Gathering(story, copies).changes()


#: Of what stands at one place, what comes first.
_RANKS = (PARAGRAPH, WORDS, BEHIND)


class _Gathering:
    """The wishes of all copies about one text."""

    def __init__(self, story: SentStory, copies: Mapping[int, Sequence[Edit]]) -> None:
        self.story = story
        self.copies = copies
        self.wishes = self._joined(copies)

    def _joined(self, copies: Mapping[int, Sequence[Edit]]) -> list[Wish]:
        """Every wish once, in the order of the text. Of one place the paragraphs that come stand first, a paragraph
        behind the last of a segment last. Paragraphs that come at one place are the same only all together: their order
        tells."""
        by: dict[tuple[Edit, int, tuple[str, ...]], list[int]] = {}
        for number, edits in copies.items():
            for _, group in groupby(edits, lambda edit: (edit.start, edit.end)):
                run = list(group)
                texts = tuple(edit.text for edit in run)
                for order, edit in enumerate(run):
                    by.setdefault((edit._replace(sets=(), twin=None), order, texts), []).append(number)
        edits_of = {(number, edit[:4]): edit for number, edits in copies.items() for edit in edits}
        rows = sorted(by, key=lambda key: (key[0].start, key[0].end, _RANKS.index(key[0].kind), key[2], key[1]))
        return [Wish(edits_of[by[key][0], key[0][:4]], tuple(by[key])) for key in rows]  # twins are numbers of a copy

    def _touch(self, one: Edit, other: Edit) -> bool:
        """Whether two wishes, the first in front, touch each other: what they make of the text could be taken for one
        wording."""
        if other.start != one.end:
            return other.start < one.end
        if one.start == one.end == other.end:
            return one.kind == other.kind
        return one.kind != PARAGRAPH and other.kind != BEHIND

    def changes(self) -> tuple[Wished, ...]:
        regions = self._regions()
        lone = {wishes[0].edit[:4]: (n, wishes[0]) for n, (_, _, wishes) in enumerate(regions) if len(wishes) == 1}
        out = []
        for start, end, wishes in regions:
            if len(wishes) > 1:
                out.append(Wished(start, end, tuple(self._ways(start, end, wishes))))
                continue
            edit, by = wishes[0]
            found = lone.get(self.copies[by[0]][edit.twin][:4]) if edit.twin is not None else None
            twin = found if found is not None and found[1].by == by else None
            pieces: tuple[WayPiece, ...] = (self._new(edit),) if edit.text else ()
            if twin is not None and edit.text:
                pieces = self._moved(edit, twin[1].edit)
            out.append(Wished(start, end, (Way(pieces, edit.sets, by),), twin[0] if twin is not None else None))
        return tuple(out)

    def _new(self, edit: Edit) -> WayPiece:
        return WayPiece(edit.text, None, edit.start if (edit.start, edit.end) in self.story.whole else None)

    def _moved(self, edit: Edit, was: Edit) -> tuple[WayPiece, ...]:
        """The words of a paragraph that comes from elsewhere, those it had there as those of there."""
        old = self.story.text[was.start : was.end]
        whole = [(low - was.start, high - was.start) for low, high in self.story.whole if was.start <= low < was.end]
        rows = _snapped(_changed(old, edit.text), whole)
        out = []
        at = here = 0
        for i0, i1, j0, j1 in [*rows, (len(old), len(old), len(edit.text), len(edit.text))]:
            out.append(WayPiece(old[at:i0], was.start + at))
            out.append(WayPiece(edit.text[j0:j1]))
            at, here = i1, j1
        assert here == len(edit.text), "nothing is left"
        return tuple(piece for piece in out if piece.text)

    def _regions(self) -> "list[_Region]":
        """The stretches that change, in order: of wishes that touch the stretch that holds all of them."""
        out: list[_Region] = []
        for cluster in self._clusters():
            edits = [wish.edit for wish in cluster]
            start, end = min(e.start for e in edits), max(e.end for e in edits)
            if len(cluster) > 1:
                start, end = self._enclosing(start, end, edits)
            out.append((start, end, cluster))
        while True:
            met = next((n for n, (one, other) in enumerate(pairwise(out)) if self._meet(one, other)), None)
            if met is None:
                return out
            (start, end, one), (start_2, end_2, other) = out[met : met + 2]
            both = [*one, *other]
            whole = self._enclosing(min(start, start_2), max(end, end_2), [wish.edit for wish in both])
            out[met : met + 2] = [(*whole, both)]

    def _meet(self, one: "_Region", other: "_Region") -> bool:
        """Whether two stretches in order have anything in common. What changes at the edge of a clause that stands in
        several ways is part of it, unless a stop is left between them: 真正的 in front of 忠诚不是口号, a comma that goes."""
        if other[0] != one[1]:
            return other[0] < one[1]
        if len(other[2]) > 1:
            return any(self._open(wish.edit) for wish in one[2] if wish.edit.end == one[1])
        return len(one[2]) > 1 and _only_words_come(other) and self.story.text[one[1] - 1 : one[1]] not in tuple(_STOPS)

    def _open(self, edit: Edit) -> bool:
        """Whether an edit of words leaves no stop in front of what stands behind it."""
        before = (self.story.text[max(edit.start - 1, 0) : edit.start] + edit.text)[-1:]
        return edit.kind == WORDS and before != "" and before not in _STOPS

    def _clusters(self) -> Iterator[list[Wish]]:
        """Wishes that touch each other, together."""
        cluster: list[Wish] = []
        reach = -1
        for wish in self.wishes:
            near = cluster and wish.edit.start <= reach
            meets = near and any(
                not set(other.by) & set(wish.by) and self._touch(other.edit, wish.edit) for other in cluster
            )
            if cluster and not meets:
                yield cluster
                cluster, reach = [], -1
            cluster.append(wish)
            reach = max(reach, wish.edit.end)
        if cluster:
            yield cluster

    def _enclosing(self, start: int, end: int, edits: Sequence[Edit]) -> tuple[int, int]:
        """The clause around a stretch; whole paragraphs, where it holds the end of one. Paragraphs that only come need
        none around them."""
        if start == end and all(edit.kind != WORDS for edit in edits):
            return start, end
        story = self.story
        if END in story.text[start:end]:
            if story.text[start] != END:
                start = story.starts[story.line_at(start)]
            if end not in story.beginnings:
                line = story.line_at(end)
                end = story.end_of(line) if story.lines[line].fixed else story.starts[line + 1]
            return start, end
        while start > 0 and story.text[start - 1] not in _STOPS:
            start -= 1
        if end == start or story.text[end - 1] not in _STOPS:
            while story.text[end] not in _STOPS:
                end += 1
            end += story.text[end] not in ("\n", END)
        for low, high in story.whole:
            if low < end and start < high:
                start, end = min(start, low), max(end, high)
        return start, end

    def _ways(self, start: int, end: int, wishes: Sequence[Wish]) -> Iterator[Way]:
        """The wordings of a stretch, each once."""
        made: dict[str, list[Way]] = {}
        for number in sorted({number for wish in wishes for number in wish.by}):
            edits = [wish.edit for wish in wishes if number in wish.by]
            way = self._worded(start, end, edits, number)
            made.setdefault(way.text, []).append(way)
        for same in made.values():
            yield same[0]._replace(by=tuple(number for way in same for number in way.by))

    def _worded(self, start: int, end: int, edits: Sequence[Edit], number: int) -> Way:
        """A stretch as one copy words it."""
        pieces: list[WayPiece] = []
        sets: list[Set] = []

        def stays(low: int, high: int) -> None:
            text = self.story.text[low:high]
            if text:
                pieces.append(WayPiece(text, low))
                sets.extend(self.story.line_at(low + n) for n, letter in enumerate(text) if letter == END)

        at = start
        for edit in edits:
            stays(at, edit.start)
            if edit.text:
                pieces.append(self._new(edit))
                sets.extend(edit.sets)
            at = edit.end
        stays(at, end)
        return Way(tuple(pieces), tuple(sets), (number,))


#: A stretch of the text, from and to, and what is wished of it.
_Region = tuple[int, int, list[Wish]]


def _only_words_come(region: _Region) -> bool:
    """Whether all that is wished of a stretch is that words come, no paragraph of their own."""
    return len(region[2]) == 1 and region[0] == region[1] and region[2][0].edit.kind == WORDS


def applied(story: SentStory, made: Sequence[Wished], number: int) -> str:
    """The text as one copy wishes it: every change of its wording done, no other."""
    out, at = "", 0
    for change in made:
        way = next((way for way in change.ways if number in way.by), None)
        if way is not None:
            out += story.text[at : change.start] + way.text
            at = change.end
    return out + story.text[at:]
