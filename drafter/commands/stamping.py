"""Documents of one outline made like impressions of a stamp: a stamp is cut with stand-ins for the words of the answers, and
serves for every set of answers that decides alike.

Law: an impression has the bytes that `drafter.commands.making.drafted` gives. So whatever might be looked at letter by letter
is either part of what stamps are known by, or worked out for each document, or no stamp is used: `stamped` gives None then.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from drafter.commands.making import (
    How,
    Making,
    comments_of,
    marks_in,
    own_values,
    provenance_of,
)
from drafter.commands.opening import BlankLeft, blanks_left
from drafter.diagnostic import Rejected
from drafter.outline import shelf
from drafter.outline.answers import Settled
from drafter.outline.basis import Situation, Stood
from drafter.outline.expression import UNANSWERED, Malformed, shown
from drafter.outline.field import Value
from drafter.outline.fill import filled, notes
from drafter.outline.loose import SITUATION, loose_in
from drafter.speech.block import Block
from drafter.speech.draft import Rich, plain
from drafter.speech.stand_in import STAND_INS, cut, filled_in, stand_in
from drafter.template.layout import MAX_TITLES, balanced, lay_out
from drafter.template.signing import signature_room
from drafter.template.styles import SIGNATURE
from drafter.word import markup
from drafter.word.record import Form, PackedHead, RestOfRecord
from drafter.writers.docx import parts_of
from drafter.writers.stencil import Stencil, small_enough

Thing = TypeVar("Thing")

#: Words that are not written in XML as they are, or lie on more lines than one.
_SPECIAL = re.compile("[&<>\"\x00-\x1f\x7f-\x9f\u2028\u2029\U000f0000-\U0010ffff]")

#: So many stamps are cut for the first answers that want one; afterwards for those that want one again.
_AT_ONCE = 8

#: Settings kept at a time, stamps of one of them (each some 100 kB), and answers remembered to have wanted one.
_MOST, _MOST_OF_ONE, _REMEMBERED = 32, 8, 20_000

#: Characters all answers of a document may have together where a stamp is used.
_MOST_CHARACTERS = 2_000

#: Bytes of the store that a stamp may have, and that the answers may put into it: together well below
#: `drafter.word.controls.MAX_STORE`, so that everything is in it.
_STORE, _IN_STORE = 16_000, 8_000

_BLANK, _EMPTY, _SAID = 0, 1, 2


class Stamped(NamedTuple):
    """A document made: `stood` is what it stands on, `marks` the words somebody has to confirm."""

    data: bytes
    title: str
    blanks: tuple[BlankLeft, ...]
    notes: tuple[str, ...]
    stood: tuple[Stood, ...]
    marks: tuple[str, ...]


class _Kept(Generic[Thing]):
    """What was made, by what it is known by; None where it could not be. Of `most` things that are kept the oldest goes first; from
    so many (`at_once`) on they are made only for who is not the only one that wants them."""

    def __init__(self, most: int, at_once: int) -> None:
        self.most, self.at_once = most, at_once
        self.made: dict[object, Thing | None] = {}
        self.times = 0
        self.wanted: set[object] = set()

    def get(self, key: object, make: Callable[[], Thing | None]) -> Thing | None:
        """What is known by a key, made where it was not and this is not the only one that wants it."""
        if key in self.made:
            return self.made[key]
        if self.times >= self.at_once and key not in self.wanted:
            if len(self.wanted) >= _REMEMBERED:
                self.wanted.clear()
            self.wanted.add(key)
            return None
        if len(self.made) >= self.most:
            del self.made[next(iter(self.made))]
        self.times += 1
        found = self.made[key] = make()
        return found


class _Cut(NamedTuple):
    """A stamp, and the stand-ins of the answers in its store."""

    stencil: Stencil
    stored: tuple[int, ...]


class _Set(NamedTuple):
    """A speech set with stand-ins: `titles` are the blocks with stand-ins whose lines are balanced, with the 汉字 a line holds;
    `signed`: how far a signature stands from the edge depends on its words; `looked_at` the stand-ins in both, and `shapes` what
    their words came to. `room` is how many characters the answers may have."""

    blocks: tuple[Block, ...]
    titles: tuple[tuple[int, float], ...]
    signed: bool
    title: str
    author: str
    blanks: tuple[BlankLeft, ...]
    notes: tuple[str, ...]
    stood: tuple[Stood, ...]
    marks: tuple[str, ...]
    comments: Mapping[int, tuple[str, ...]] | None
    room: int
    stamps: _Kept[_Cut]
    looked_at: tuple[int, ...]
    shapes: dict[tuple[str, ...], tuple[object, ...]]


class _Unfit(Exception):
    """These answers want no stamp."""


class StampMaker:
    """The stamps of one outline, template and way of making. So many are cut `at_once`, for whoever is the first to want one."""

    def __init__(self, making: Making, how: How, at_once: int = _AT_ONCE) -> None:
        self.at_once = at_once
        self.making, self.how = making, how
        template, outline = making.dress.template, making.outline
        usable = how.kind == "docx" and how.connected and template.base is None and not template.page.pages and _blind(template.layout)
        usable = usable and not any(STAND_INS.search(source.text) for source in outline.sources) and not STAND_INS.search(template.layout)
        self.loose = loose_in(outline) if usable else None
        if self.loose is None:
            return
        self.days = tuple(name for name, field in outline.fields.items() if field.type == "date" and name not in self.loose.deciding)
        self.first_day = len(self.loose.blanks)
        self.number_of_record = self.first_day + len(self.days)
        whence = provenance_of(making, {}, Settled({}, frozenset(), ()), how, "")
        self.head = PackedHead(whence)
        self.rest = RestOfRecord(self.head, whence)
        self.widths = {s.role: s.width_chars for s in template.styles if s.width_chars}
        self.roles = [s.role for s in template.styles if not s.character]
        self.set: _Kept[_Set] = _Kept(_MOST, at_once)
        self.situations: dict[tuple[object, ...], Situation] = {}

    def __reduce__(self) -> "tuple[type[StampMaker], tuple[Making, How, int]]":
        return StampMaker, (self.making, self.how, self.at_once)

    def stamped(self, values: Mapping[str, Value], settled: Settled) -> Stamped | None:
        """A document of answers; None where it has to be made in the usual way."""
        if self.loose is None:
            return None
        try:
            return self._stamped(values, settled)
        except (_Unfit, Malformed, Rejected):
            return None

    def _stamped(self, values: Mapping[str, Value], settled: Settled) -> Stamped | None:
        words, key = self._said(values)
        found = self.set.get(key, lambda: self._setting(values, key))
        if found is None or sum(map(len, words)) > found.room or (self.how.strict and found.blanks):
            return None
        shape = self._shape(found, words)
        stamp = found.stamps.get(shape, lambda: self._cutting(found, shape, values))
        if stamp is None:
            return None
        put = [word.encode() for word in words]
        if sum(len(put[number]) for number in stamp.stored) > _IN_STORE:
            return None
        for name in self.days:
            day = values.get(name)
            put.append(day.isoformat().encode() if isinstance(day, date) else b"")
        blank = sorted(name for name in settled.blank if name in self.making.outline.fields)
        author = filled_in(found.author, words)
        put.append(self.rest.of(author, own_values(self.making, values), blank).encode())
        day = self.loose.day(values) if self.loose else None
        stood = tuple(one._replace(day=day or one.asked.table.checked) for one in found.stood)
        return Stamped(
            stamp.stencil.filled(put), filled_in(found.title, words), found.blanks, found.notes, stood, found.marks
        )

    # ── what answers decide ────────────────────────────────────────────────────────────────────────────────────────

    def _said(self, values: Mapping[str, Value]) -> tuple[list[str], tuple[object, ...]]:
        """What the loose blanks come to, and what a setting is known by."""
        assert self.loose
        words: list[str] = []
        states = []
        for blank in self.loose.blanks:
            value = values.get(blank.name, UNANSWERED) if blank.name else blank.expression.value(values)
            if value is UNANSWERED:
                states.append(_BLANK)
                words.append("")
                continue
            said = value if type(value) is str else shown(value)
            states.append(_SAID if said else _EMPTY)
            if said and _SPECIAL.search(said):
                raise _Unfit
            words.append(said)
        deciding = tuple(map(values.get, self.loose.deciding))
        there = tuple(name in values for name in self.days)
        return words, (deciding, tuple(states), there, self._situation(values))

    def _situation(self, values: Mapping[str, Value]) -> object:
        """What the speech stands on is chosen by."""
        assert self.loose
        if not self.loose.asked:
            return None
        who = tuple(map(values.get, SITUATION))
        found = self.situations.get(who)
        if found is None:
            if len(self.situations) > _REMEMBERED:
                self.situations.clear()
            found = self.situations[who] = self.loose.situation(values)
        return found, self.loose.span_of(self.loose.day(values))

    # ── setting ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _setting(self, values: Mapping[str, Value], key: tuple[object, ...]) -> _Set | None:
        """The speech of answers set with stand-ins; None where a stand-in is not where it was put."""
        assert self.loose
        making, how = self.making, self.how
        outline, template = making.outline, making.dress.template
        states: tuple[int, ...] = key[1]  # type: ignore[assignment]
        instead = {
            blank.source: stand_in(n)
            for n, (blank, state) in enumerate(zip(self.loose.blanks, states, strict=True))
            if state == _SAID
        }
        filling = filled(outline, values, instead=instead)
        draft = filling.draft
        blocks = lay_out(draft, template.layout, template.layout_file, self.roles, {}, making.dress.code)
        for block in blocks:
            for span in block.spans:
                if STAND_INS.search(span.text) and span.text != instead.get(span.blank):
                    return None
        if sum(block.role in self.widths for block in blocks) > MAX_TITLES:
            return None
        titles = []
        done = []
        for at, block in enumerate(blocks):
            width = self.widths.get(block.role)
            if width and STAND_INS.search(block.text):
                if marks_in([block]):
                    return None  # a line may end in what is to be confirmed
                titles.append((at, width))
            elif width:
                block = block._replace(spans=balanced(block.spans, width))
            done.append(block)
        signing = [block for block in done if block.role == SIGNATURE]
        looked_at = [done[at] for at, _ in titles] + signing
        marks = marks_in(done)
        return _Set(
            blocks=tuple(done),
            titles=tuple(titles),
            signed=done[-1].role == SIGNATURE and any(STAND_INS.search(block.text) for block in signing),
            title=plain(draft.title),
            author=plain(draft.byline),
            blanks=blanks_left(done, outline.fields),
            notes=notes(outline, draft),
            stood=filling.stood,
            marks=marks,
            comments=comments_of(outline, draft, done, how),
            room=_room(done, filling.left),
            stamps=_Kept(_MOST_OF_ONE, self.at_once),
            looked_at=tuple(number for block in looked_at for number in cut(block.text)[1]),
            shapes={},
        )

    def _shape(self, found: _Set, words: Sequence[str]) -> tuple[object, ...]:
        """What a stamp is known by besides its setting: the lines of titles, with the answers that are broken, and the room beside
        a signature."""
        said = tuple([words[number] for number in found.looked_at])
        shape = found.shapes.get(said)
        if shape is None:
            if len(found.shapes) >= _REMEMBERED:
                found.shapes.clear()
            shape = found.shapes[said] = self._shaped(found, words)
        return shape

    def _shaped(self, found: _Set, words: Sequence[str]) -> tuple[object, ...]:
        lines: list[tuple[str, ...] | None] = []
        for at, width in found.titles:
            spans = found.blocks[at].spans
            real = _real(spans, words)
            broken = balanced(real, width)
            if broken is real:
                lines.append(None)
                continue
            row = [span.text if was.text == now.text else now.text for span, was, now in zip(spans, real, broken, strict=True)]
            lines.append(tuple(row))
        return tuple(lines), self._rooms(found, words) if found.signed else None

    def _rooms(self, found: _Set, words: Sequence[str]) -> tuple[tuple[int, float], ...]:
        blocks = [b._replace(spans=_real(b.spans, words)) if b.role == SIGNATURE else b for b in found.blocks]
        return tuple(signature_room(blocks, self.making.dress.template).items())

    # ── cutting ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _cutting(self, found: _Set, shape: tuple[object, ...], values: Mapping[str, Value]) -> _Cut | None:
        """The stamp of a setting."""
        template, how = self.making.dress.template, self.how
        lines: tuple[tuple[str, ...] | None, ...] = shape[0]  # type: ignore[assignment]
        rooms: tuple[tuple[int, float], ...] | None = shape[1]  # type: ignore[assignment]
        blocks = list(found.blocks)
        for (at, _), row in zip(found.titles, lines, strict=True):
            if row is not None:
                spans = zip(blocks[at].spans, row, strict=True)
                blocks[at] = blocks[at]._replace(spans=tuple(span._replace(text=text) for span, text in spans))
        answers = own_values(self.making, values)
        for n, name in enumerate(self.days, self.first_day):
            if name in answers:
                answers[name] = _Day.standing_in(n)
        head = self.head
        part = head.part + stand_in(self.number_of_record)
        fields = self.making.outline.fields
        form = Form(fields, answers, part, head.mark, not how.plain, common=len(head.part), packed=head.packed)
        core = markup.core_properties(markup.held(found.title), markup.held(found.author), how.now)
        parts = parts_of(blocks, template, core, how.now, form, found.comments, dict(rooms) if rooms is not None else None)
        store = "".join(piece.text for piece in parts.texts.get("customXml/item2.xml", ()))
        if len(store.encode()) > _STORE or not small_enough(parts):
            return None
        return _Cut(Stencil(parts, how.now), tuple(n for n in cut(store)[1] if n < self.first_day))


class _Day(date):
    """A day of which nobody asks more than how a file writes it."""

    written: str

    @classmethod
    def standing_in(cls, number: int) -> "_Day":
        """The day that is written as a stand-in."""
        day = cls(2000, 1, 1)
        day.written = stand_in(number)
        return day

    def isoformat(self) -> str:
        return self.written


def _blind(layout: str) -> bool:
    """Whether a layout does not look at words; told once to the user's cache, for who is to tell parses it with jinja2."""
    def looked_at() -> bool:
        from drafter.template.blind import is_blind

        return is_blind(layout)

    return shelf.kept("blind", (shelf.state_of(__file__), layout), looked_at, bool)


def _real(spans: Rich, words: Sequence[str]) -> Rich:
    """Spans with the words in place of their stand-ins."""
    return tuple(s._replace(text=filled_in(s.text, words)) if STAND_INS.search(s.text) else s for s in spans)


def _room(blocks: Sequence[Block], left: int) -> int:
    """How many characters answers may have that the speech stays within every limit."""
    times = sum(len(cut(block.text)[1]) for block in blocks) + 1
    return min(_MOST_CHARACTERS, left // (8 * times), 1_000_000 // (8 * times))
