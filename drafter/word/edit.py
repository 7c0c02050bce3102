"""Carrying out changes in a Word file: only what changes is touched, so that the writer's formatting, comments and
tracked changes stay where they are.

Everything is done to the runs of a paragraph, found by the difference of the words; nothing is written anew that is
there.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import NamedTuple

from drafter.speech.match import opcodes
from drafter.word import markup
from drafter.word.changes import COME, GONE, TrackedChanges, words_of
from drafter.word.comments import comment_on
from drafter.word.controls import Slot, date_format_says
from drafter.word.document import DocxFile
from drafter.word.markers import STARTS, anchor, behind_starts, lift, strike
from drafter.word.moving import mend_ends, moved, twin
from drafter.word.oxml import (
    CONTENT,
    SDT,
    ControlProperties,
    Element,
    P,
    R,
    T,
    full_name,
    parse,
    properties_of,
    take_out,
    value_of,
    w,
)
from drafter.word.runs import dress, drop_if_empty, drop_text, first_leaf, run_of, split, split_behind
from drafter.word.text import Control, WordParagraph
from drafter.word.tokens import Token, Tokens

#: A letter, or a blank by its tag.
Atom = str | tuple[str, str]

#: Two sequences of letters and blanks to what makes one of the other, as difflib says it.
Differ = Callable[[Sequence[Atom], Sequence[Atom]], Sequence[tuple[str, int, int, int, int]]]

_VAL = w("val")

#: What of a run is looks and words; all else is a note, a picture, a mark.
_WORDS = frozenset(
    w(n) for n in ("rPr", "t", "delText", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab")
) | {w("lastRenderedPageBreak")}


class StyleIds(NamedTuple):
    """How words are to be set: the ids of character styles by role, and that of blanks nobody has answered."""

    strong: Mapping[str, str]
    blank: str


class Editor:
    """Changes the paragraphs of one file. `slots` are the controls by tag; with `revisions` changes of words are
    tracked changes, dated `now`."""

    def __init__(
        self, file: DocxFile, styles: StyleIds, slots: Mapping[str, Slot], now: datetime, revisions: bool = False
    ) -> None:
        self.file = file
        self.styles = styles
        self.slots = slots
        self.changes = TrackedChanges(file, now, revisions)
        self.changed = False
        self._ended: list[Element] = []

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def rewrite(self, paragraph: WordParagraph, old: Tokens, new: Tokens, differ: "Differ | None" = None) -> None:
        """Make the words of a paragraph, which are `old`, into `new`: letters and controls that are in both stay as
        they are. `differ` tells which are in both."""
        if [(t.tag, t.tag or t.text) for t in old] == [(t.tag, t.tag or t.text) for t in new]:
            self._fill_all(paragraph, new)  # no letter changes: most paragraphs of most updates
            return
        atoms, places = _atoms(paragraph, old)
        wanted = [
            (("\x00", token.tag) if token.tag else c, token)
            for token in new
            for c in ([""] if token.tag else token.text)
        ]
        keys = [key for key, _ in wanted]
        for kind, i0, i1, j0, j1 in reversed((differ or opcodes)(atoms, keys)):
            if kind == "equal":
                for i, j in zip(range(i0, i1), range(j0, j1), strict=True):
                    token = wanted[j][1]
                    if token.tag:
                        self.fill(paragraph, places[i].control, token)
                continue
            looks = _looks_near(places, i0, i1)
            anchor = self._delete(places, i0, i1) if i1 > i0 else None
            if j1 > j0:
                self._insert(paragraph, places, i0, anchor, _joined(wanted[j0:j1]), looks)
            self.changed = True

    def _fill_all(self, paragraph: WordParagraph, new: Tokens) -> None:
        """Make the controls of a paragraph say what its blanks say."""
        blanks = iter([token for token in new if token.tag])
        for at in dict.fromkeys(piece.control for piece in paragraph.pieces):
            if at is not None and paragraph.controls[at].tag:
                self.fill(paragraph, paragraph.controls[at], next(blanks))

    def _delete(self, places: "list[_Place]", i0: int, i1: int) -> Element | None:
        """Take out what stands at some places; returns the element that new words go in front of, None where they go
        behind what is before."""
        anchor: Element | None = None
        done: set[Element] = set()
        for place in reversed(places[i0:i1]):
            if place.control is not None:
                if self.changes.on:
                    anchor = self.changes.strike_control(place.element)
                else:
                    anchor = place.element.getnext()
                    lift(place.element)
                    take_out(place.element)
                continue
            if place.leaf is None or place.leaf in done:
                continue
            done.add(place.leaf)
            low = min(p.offset for p in places[i0:i1] if p.leaf is place.leaf)
            high = max(p.offset for p in places[i0:i1] if p.leaf is place.leaf) + 1
            anchor = self._cut(place.run, place.leaf, low, high)
        return anchor

    def _cut(self, run: Element | None, leaf: Element, low: int, high: int) -> Element | None:
        """Take the characters from `low` to `high` out of a leaf; returns the run behind them, None where it ends the
        run."""
        if run is None:  # mathematics: nobody's words of ours
            return None
        if leaf.tag != T:
            part = run if full_name(leaf.getprevious()) in ("", w("rPr")) else split(run, leaf, 0)
            behind = split_behind(part, leaf)
            if self.changes.on:
                self.changes.strike_run(part)
            else:
                part.remove(leaf)
                drop_if_empty(part)
            return behind
        text = leaf.text or ""
        behind = split(run, leaf, high) if high < len(text) else split_behind(run, leaf)
        part = split(run, leaf, low) if low > 0 or first_leaf(run) is not leaf else run
        if self.changes.on:
            self.changes.strike_run(part)
        else:
            drop_text(part)
        return behind

    def _insert(
        self,
        paragraph: WordParagraph,
        places: "list[_Place]",
        at: int,
        anchor: Element | None,
        new: Tokens,
        looks: Element | None,
    ) -> None:
        """Put tokens in front of `anchor`, else behind the place before `at`, else first."""
        made = [element for token in new for element in self._made(token, looks)]
        if anchor is not None and anchor.getparent() is not None:
            outer = self._beside(anchor, behind=False)
            for element in made:
                outer.addprevious(element)
            return
        if at > 0:
            before = places[at - 1]
            if before.control is None and before.run is not None and before.leaf is not None:
                split_behind(before.run, before.leaf, before.offset + 1)
            outer = self._beside(before.element, behind=True)
            for new_element in reversed(made):
                outer.addnext(new_element)
            return
        if places and places[0].element.getparent() is not None:
            outer = self._beside(places[0].element, behind=False)
            for new_element in made:
                outer.addprevious(new_element)
            return
        where = behind_starts(paragraph.element)
        for number, new_element in enumerate(made):
            paragraph.element.insert(where + number, new_element)

    def _beside(self, element: Element, *, behind: bool) -> Element:
        """What new words may stand beside. Where changes are tracked, the changes around an element are cut in two
        there: what is inserted is no part of what somebody else has inserted or deleted."""
        if not self.changes.on:
            return element
        element = self.changes.edges(element)[behind]
        while (change := element.getparent()) is not None and (change.tag in COME or change.tag in GONE):
            rest = list(element.itersiblings() if behind else reversed(list(element.itersiblings(preceding=True))))
            if rest:
                other = self.changes.again(change)
                other.extend(rest)
                change.addnext(other) if behind else change.addprevious(other)
            element = change
        return element

    def _made(self, token: Token, looks: Element | None) -> tuple[Element, ...]:
        """A token as what stands for it: a run, or a control where the document has one for its blank."""
        slot = self.slots.get(token.tag) if token.tag else None
        if slot is None:
            run = run_of(token.text)
            style = (
                self.styles.blank if token.empty else self.styles.strong.get(token.strong, "") if token.strong else ""
            )
            dress(run, style, looks, set(self.styles.strong.values()) | {self.styles.blank})
            return self.changes.inserted(run)
        style = self.styles.strong.get(token.strong, "")
        head, tail = markup.control(slot, markup.STORE_ID, style, token.empty)
        shell = f'<w:p xmlns:w="{markup.W}">{head}{self.changes.next_id()}{tail}{markup.CONTROL_END}</w:p>'
        control = parse(shell)[0]
        run = run_of(token.text)
        dress(
            run,
            self.styles.blank if token.empty else style,
            looks,
            set(self.styles.strong.values()) | {self.styles.blank},
        )
        for content in control.iterfind(CONTENT):
            content.append(run)
        return self.changes.inserted(control)

    # ── controls ───────────────────────────────────────────────────────────────────────────────────────────────────

    def fill(self, paragraph: WordParagraph, control: Control | None, token: Token) -> None:
        """Make a control say what a token says."""
        if control is None:
            return
        at = next(n for n, other in enumerate(paragraph.controls) if other.element is control.element)
        said = paragraph.said(at)
        if said == token.text and control.prompt == token.empty:
            return
        if control.prompt and token.empty:
            return
        if self.changes.on and not self.changes.pending(control.element):
            self._exchange(control, token)
        else:
            self._say(control, token)
        self.changed = True

    def _say(self, control: Control, token: Token) -> None:
        """The words of a control, set as those before them."""
        content = control.element.find(CONTENT)
        if content is None:
            return
        runs = [run for run in content.iter(R) if not any(a.tag == w("del") for a in run.iterancestors())]
        first = next((run for run in runs if run.find(T) is not None), runs[0] if runs else None)
        new = run_of(token.text)
        looks = first.find(w("rPr")) if first is not None else None
        properties = control.element.find(w("sdtPr"))
        typed = value_of(properties, "rPr/rStyle") or ""
        if looks is not None:
            kept = deepcopy(looks)
            style = kept.find(w("rStyle"))
            if style is not None and style.get(_VAL) == self.styles.blank:
                kept.remove(style)
            if len(kept):
                new.insert(0, kept)
        dress(new, self.styles.blank if token.empty else typed, new.find(w("rPr")), {self.styles.blank})
        if first is None:
            content.append(new)
        else:
            first.addprevious(new)
        for run in runs:
            drop_text(run)
        _say_prompt(properties, token.empty)
        slot = self.slots.get(control.tag)
        date = properties.find(w("date")) if properties is not None else None
        if date is not None:
            if slot is not None and slot.value and token.text == _day_said(slot):
                date.set(w("fullDate"), f"{slot.value}T00:00:00Z")
            elif date.get(w("fullDate")) is not None:
                del date.attrib[w("fullDate")]

    def _exchange(self, control: Control, token: Token) -> None:
        """A control with a new answer inserted, and the one there is deleted, both as tracked changes. What stands in
        it and is no word of the answer stays, whatever becomes of them."""
        element = control.element
        new = deepcopy(element)
        number = new.find(f"{w('sdtPr')}/{w('id')}")
        if number is not None:
            number.set(_VAL, str(self.changes.next_id()))
        content = new.find(CONTENT)
        if content is not None:
            live = [run for run in words_of(new) if not any(a.tag in GONE for a in run.iterancestors())]
            model = next((run for run in live if run.find(T) is not None), None)
            for child in list(content):
                content.remove(child)
            if model is not None:
                content.append(model)
        self._say(control._replace(element=new), token)
        before = self._beside(element, behind=False)
        for made in self.changes.inserted(new):
            before.addprevious(made)
        self._free(element)
        self.changes.strike_control(element)

    def _free(self, control: Element) -> None:
        """Put what is no word of an answer beside its control: what begins there before, what ends there and notes and
        the like behind."""
        for marker in [m for m in control.iter(*STARTS, *STARTS.values()) if m.getparent() is not None]:
            if marker.tag in STARTS:
                self._beside(control, behind=False).addprevious(marker)
            else:
                self._beside(control, behind=True).addnext(marker)
        for run in reversed(words_of(control)):
            if any(change.tag in GONE for change in run.iterancestors()):
                continue
            for leaf in reversed([leaf for leaf in run if leaf.tag not in _WORDS]):
                alone = split(run, leaf, 0)
                if leaf.getnext() is not None:
                    split_behind(alone, leaf)
                self._beside(control, behind=True).addnext(alone)
                drop_if_empty(run)

    def prompting(self, control: Control) -> None:
        """Say of a control that what it shows is its placeholder."""
        _say_prompt(control.element.find(w("sdtPr")), True)
        for run in control.element.iter(R):
            dress(run, self.styles.blank, run.find(w("rPr")), {self.styles.blank})
        self.changed = True

    # ── whole paragraphs ───────────────────────────────────────────────────────────────────────────────────────────

    def inserted(self, element: Element) -> None:
        """Mark a new paragraph as inserted, where changes are tracked."""
        self.changed = True
        if self.changes.on:
            self._come(element, "ins")

    def _come(self, element: Element, kind: str) -> None:
        """Mark all of a paragraph that stands in nothing tracked as inserted, or as moved to where it is."""
        for control in list(element.iter(SDT)):
            before, _, behind = self.changes.inserted(control)
            control.addprevious(before)
            control.addnext(behind)
        for run in words_of(element):
            if not any(change.tag in COME for change in run.iterancestors()):
                self.changes.enclose(run, kind)
        self._end(element, "ins")

    def remove(self, element: Element) -> None:
        """Take a paragraph out; bookmarks and comments that reach beyond it keep their ends. One that was inserted by
        the same author, and nobody has accepted, leaves nothing behind."""
        self.changed = True
        if self.changes.on and element.tag == P and not self.is_new(element):
            self._go(element, "del")
            return
        lift(element)
        take_out(element)

    def _go(self, element: Element, kind: str) -> None:
        """Mark all of a paragraph as deleted, or as moved away."""
        for control in list(element.iter(SDT)):
            self.changes.strike_control(control)
        for run in words_of(element):
            self.changes.strike_run(run, kind)
        self._end(element, "del")

    def is_new(self, element: Element) -> bool:
        """Whether a paragraph was inserted by the author who signs now, and nobody has accepted that."""
        end = self.changes.end(element)
        return end == "ins" and (self.changes.pending(element) or not words_of(element))

    def twin(self, element: Element) -> Element:
        """A paragraph again, to be put where it moves to."""
        return twin(element, self.file, self.changes)

    def moved(self, old: Element, new: Element) -> None:
        """Mark a paragraph as deleted where it was, and its twin as inserted where it is; as one moved, where there is
        no control in it."""
        self.changed = True
        plain = next(old.iter(SDT), None) is None
        self._go(old, "moveFrom" if plain else "del")
        self._come(new, "moveTo" if plain else "ins")
        if plain:
            moved(old, new, self.changes)

    def _end(self, element: Element, kind: str) -> None:
        self.changes.set_end(element, kind)
        self._ended.append(element)

    def mend_ends(self) -> None:
        """When all paragraphs are done: the ends of those that cannot come or go."""
        mend_ends(self._ended, self.changes)
        self._ended.clear()

    def struck(self, element: Element) -> None:
        """Take the bookmarks of ours from a paragraph that goes; where changes are tracked they are called otherwise,
        so that it is known again if that is refused."""
        if self.changes.on and not self.is_new(element):
            self.changed = strike(element) or self.changed
        else:
            self.anchor(element, ())

    def anchor(self, element: Element, names: Sequence[str]) -> None:
        """Give a paragraph the bookmarks of these names, and take any other of ours from it."""
        self.changed = anchor(element, names, self.changes) or self.changed

    def comment(self, element: Element, text: str, words: tuple[int, int] | None = None) -> None:
        """A Word comment on a paragraph, or on some of its words: from one place in its text to another."""
        comment_on(element, text, self.file, self.changes.stamp, words)
        self.changed = True

    def restyle(self, element: Element, style_id: str) -> None:
        """Set the style of a paragraph."""
        if value_of(element, "pPr/pStyle") != style_id:
            if not self.is_new(element):
                self.changes.restyled(element)
            properties_of(element).get_or_add("pStyle").set(_VAL, style_id)
            self.changed = True


def as_tokens(paragraph: WordParagraph) -> tuple[Token, ...]:
    """The words of a paragraph, tagged controls as blanks."""
    out: list[Token] = []
    last: int | None = None
    for piece in paragraph.pieces:
        tag = paragraph.controls[piece.control].tag if piece.control is not None else ""
        if out and out[-1].tag == tag and (not tag or piece.control == last):
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        else:
            out.append(Token(piece.text, tag))
        last = piece.control
    return tuple(out)


# ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Place(NamedTuple):
    """Where one letter stands (leaf, offset in it), or a control. `element` is what new words may stand beside; `run`
    is None in mathematics, `leaf` and `run` are for a control."""

    element: Element
    run: Element | None
    leaf: Element | None
    offset: int
    control: Control | None


def _atoms(paragraph: WordParagraph, tokens: Tokens) -> tuple[list[Atom], list[_Place]]:
    """The letters of a paragraph and its controls (those that are blanks of ours), each with its place."""
    ours = iter([token for token in tokens if token.tag])
    keys: list[Atom] = []
    places: list[_Place] = []
    seen: set[int] = set()
    for piece in paragraph.pieces:
        if piece.control is not None and paragraph.controls[piece.control].tag:
            if piece.control not in seen:
                seen.add(piece.control)
                control = paragraph.controls[piece.control]
                keys.append(("\x00", next(ours).tag))
                places.append(_Place(control.element, None, None, 0, control))
            continue
        for offset, letter in enumerate(piece.text):
            keys.append(letter)
            places.append(
                _Place(piece.run if piece.run is not None else piece.leaf, piece.run, piece.leaf, offset, None)
            )
    return keys, places


def _joined(wanted: Sequence[tuple[Atom, Token]]) -> Tokens:
    """The tokens of some letters and blanks, letters of one token joined."""
    out: list[Token] = []
    for key, token in wanted:
        if not isinstance(key, str):
            out.append(token)
        elif out and not out[-1].tag and out[-1].strong == token.strong:
            out[-1] = out[-1]._replace(text=out[-1].text + key)
        else:
            out.append(Token(key, strong=token.strong))
    return tuple(out)


def _looks_near(places: Sequence[_Place], i0: int, i1: int) -> Element | None:
    """The properties of the run that new words replace or stand behind."""
    near = [*places[i0:i1], *reversed(places[:i0]), *places[i1:]]
    run = next((place.run for place in near if place.run is not None), None)
    return run.find(w("rPr")) if run is not None else None


def _say_prompt(properties: Element | None, empty: bool) -> None:
    """Say of a control whether it shows its placeholder."""
    if isinstance(properties, ControlProperties):
        if empty:
            properties.get_or_add("showingPlcHdr")
        else:
            properties.remove_all("w:showingPlcHdr")


def _day_said(slot: Slot) -> str:
    from datetime import date

    try:
        return date_format_says(slot.format, date.fromisoformat(slot.value))
    except ValueError:
        return ""
