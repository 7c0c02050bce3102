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
from drafter.word.controls import MAX_TAG, Slot, date_format_says
from drafter.word.document import DocxFile
from drafter.word.letters import letters_of, parts_of, said_by
from drafter.word.markers import anchor, behind_starts, lift, strike
from drafter.word.moving import mend_ends, twin
from drafter.word.oxml import (
    CONTENT,
    SDT,
    ControlProperties,
    Element,
    P,
    R,
    T,
    create,
    looks_of,
    parse,
    properties_of,
    take_out,
    value_of,
    w,
)
from drafter.word.runs import dress, drop_if_empty, drop_text, first_leaf, run_of, split, split_behind
from drafter.word.text import Control, WordParagraph, is_marked, looks_of_hand
from drafter.word.tokens import Atom, Token, Tokens, atom_of

#: Two sequences of letters and blanks to what makes one of the other, as difflib says it.
Differ = Callable[[Sequence[Atom], Sequence[Atom]], Sequence[tuple[str, int, int, int, int]]]

_VAL = w("val")

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
            (atom_of(token.tag) if token.tag else c, token)
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
            self._change(paragraph.element, places, (i0, i1), _joined(wanted[j0:j1]))

    def _fill_all(self, paragraph: WordParagraph, new: Tokens) -> None:
        """Make the controls of a paragraph say what its blanks say."""
        blanks = iter([token for token in new if token.tag])
        for at in dict.fromkeys(piece.control for piece in paragraph.pieces):
            if at is not None and paragraph.controls[at].tag:
                self.fill(paragraph, paragraph.controls[at], next(blanks))

    def _change(
        self, container: Element, places: "list[_Place]", gone: tuple[int, int], new: Tokens, style: str = ""
    ) -> None:
        """Put tokens in the place of what stands at some places of a paragraph or control; what only stands between the
        letters stays there. `style` is the character style of new words that have none of their own."""
        looks = _looks_near(places, *gone)
        here = self._delete(places, *gone) if gone[1] > gone[0] else self._between(container, places, gone[0])
        outer = self._beside(here, behind=False) if new else here
        for made in (element for token in new for element in self._made(token, looks, style)):
            outer.addprevious(made)
        around = here.getparent()
        take_out(here)
        if around is not None and not len(around) and (around.tag in COME or around.tag in GONE):
            take_out(around)
        self.changed = True

    def _delete(self, places: "list[_Place]", i0: int, i1: int) -> Element:
        """Take out what stands at some places; returns an element that stands where the first of them did, to be taken
        out in the end."""
        here = create("proofErr")
        done: set[Element] = set()
        for place in reversed(places[i0:i1]):
            first = place is places[i0]
            if place.control is not None:
                if first:
                    place.element.addnext(here)
                self._free(place.element)
                if self.changes.on:
                    self.changes.strike_control(place.element)
                else:
                    take_out(place.element)
                continue
            if place.leaf is None or place.run is None:  # mathematics: nobody's words of ours
                if first:
                    place.element.addprevious(here)
                continue
            if place.leaf in done:
                continue
            done.add(place.leaf)
            low = min(p.offset for p in places[i0:i1] if p.leaf is place.leaf)
            high = max(p.offset for p in places[i0:i1] if p.leaf is place.leaf) + 1
            self._cut(place.run, place.leaf, low, high, here if place.leaf is places[i0].leaf else None)
        return here

    def _cut(self, run: Element, leaf: Element, low: int, high: int, here: Element | None) -> None:
        """Take the characters from `low` to `high` out of a leaf; `here` is put where they stood."""
        if leaf.getparent() is not run:
            return
        part = run if low == 0 and first_leaf(run) is leaf else split(run, leaf, low)
        found = first_leaf(part)
        if found is None:
            return
        leaf = found
        split_behind(part, leaf, high - low) if leaf.tag == T else split_behind(part, leaf)
        if here is not None:
            part.addnext(here)
        if self.changes.on:
            self.changes.strike_run(part)
        else:
            part.remove(leaf)
            drop_if_empty(part)

    def _between(self, container: Element, places: "list[_Place]", at: int) -> Element:
        """An element between two letters, to be taken out in the end: in what is around both of them, and outside of
        what hangs on one."""
        here = create("proofErr")
        before = places[at - 1] if at > 0 else None
        behind = places[at] if at < len(places) else None
        if before is not None and before.control is None and before.run is not None and before.leaf is not None:
            split_behind(before.run, before.leaf, before.offset + 1)
        if behind is not None and before is not None and behind.leaf is not None and behind.leaf is before.leaf:
            behind = None  # the letter has moved into the run behind
            before.element.addnext(here)
            return here
        around = set(behind.element.iterancestors()) if behind is not None else {container}
        if before is not None:
            outer = next(
                (e for e in (before.element, *before.element.iterancestors()) if e.getparent() in around), before.element
            )
            _end_of_field(outer, behind.element if behind is not None else None).addnext(here)
        elif behind is not None:
            chain = (behind.element, *behind.element.iterancestors())
            next((e for e in chain if e.getparent() is container), behind.element).addprevious(here)
        else:
            container.insert(behind_starts(container), here)
        return here

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

    def _made(self, token: Token, looks: Element | None, typed: str = "") -> tuple[Element, ...]:
        """A token as what stands for it: a run, or a control where the document has one for its blank."""
        slot = self.slots.get(token.tag) if token.tag else None
        if slot is None:
            run = run_of(token.text)
            style = (
                self.styles.blank if token.empty else self.styles.strong.get(token.strong, "") if token.strong else typed
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
        """The words of a control, set as those before them; what else stands among them stays."""
        content = control.element.find(CONTENT)
        if content is None:
            return
        properties = control.element.find(w("sdtPr"))
        typed = value_of(properties, "rPr/rStyle") or ""
        letters = letters_of(content)
        if letters and not token.empty and "".join(said_by(leaf) for _, leaf in letters) == token.text:
            self._as_answered([run for run, _ in letters], typed)
            _say_prompt(properties, False)
            return
        plain = all(run.getparent() is content for run, _ in letters) and all(c.tag == R for c in content)
        if letters and not (plain or token.empty or control.prompt):
            self._retype(content, letters, token, typed)
        else:
            self._type(content, [run for run, _ in letters], token, typed)
        _say_prompt(properties, token.empty)
        self._say_day(control, properties, token)

    def _as_answered(self, runs: Sequence[Element], typed: str) -> None:
        """Let words look like an answer, and not like a placeholder."""
        for run in dict.fromkeys(runs):
            looks = run.find(w("rPr"))
            if looks is not None and value_of(looks, "rStyle") == self.styles.blank:
                for style in looks.findall(w("rStyle")):
                    take_out(style)
                if typed:
                    looks_of(run).put(create("rStyle", {"val": typed}))

    def _retype(self, content: Element, letters: "list[tuple[Element, Element]]", token: Token, typed: str) -> None:
        """Change the letters of a control that are other ones now."""
        places = [
            _Place(run, run, leaf, offset, None) for run, leaf in letters for offset in range(len(said_by(leaf)))
        ]
        old: list[Atom] = [letter for _, leaf in letters for letter in said_by(leaf)]
        for kind, i0, i1, j0, j1 in reversed(opcodes(old, list(token.text))):
            if kind != "equal":
                self._change(content, places, (i0, i1), (Token(token.text[j0:j1]),) if j1 > j0 else (), typed)

    def _type(self, content: Element, runs: Sequence[Element], token: Token, typed: str) -> None:
        """Type the words of a control anew, all of one look."""
        first = next((run for run in runs if run.find(T) is not None), runs[0] if runs else None)
        new = run_of(token.text)
        looks = first.find(w("rPr")) if first is not None else None
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
        for run in dict.fromkeys(runs):
            drop_text(run)

    def _say_day(self, control: Control, properties: Element | None, token: Token) -> None:
        """Let the control of a date name the day it says."""
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
        """Put what is no word of an answer beside its control: in front of it what stands before its words, else behind
        it."""
        begun = False
        behind: Element | None = None
        for node, is_word in parts_of(control):
            if is_word:
                begun = True
            elif begun:
                last = self._beside(control, behind=True) if behind is None else behind
                last.addnext(node)
                behind = node
            else:
                self._beside(control, behind=False).addprevious(node)

    def retag(self, control: Control, slot: Slot) -> None:
        """Make a control that of another blank; what it says stays."""
        properties = control.element.find(w("sdtPr"))
        if not isinstance(properties, ControlProperties):
            return
        for name, value in (("tag", slot.tag), ("alias", slot.title)):
            properties.get_or_add(name).set(_VAL, value[:MAX_TAG])
        for binding in properties.findall(w("dataBinding")):
            if slot.node:
                binding.set(w("xpath"), markup.store_path(slot.node))
            else:
                take_out(binding)
        self.changed = True

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
            self._come(element)

    def _come(self, element: Element) -> None:
        """Mark all of a paragraph that stands in nothing tracked as inserted."""
        for control in list(element.iter(SDT)):
            before, _, behind = self.changes.inserted(control)
            control.addprevious(before)
            control.addnext(behind)
        for run in words_of(element):
            if not any(change.tag in COME for change in run.iterancestors()):
                self.changes.enclose(run, "ins")
        self._end(element, "ins")

    def remove(self, element: Element) -> None:
        """Take a paragraph out; bookmarks and comments that reach beyond it keep their ends. One that was inserted by
        the same author, and nobody has accepted, leaves nothing behind."""
        self.changed = True
        if self.changes.on and element.tag == P and not self.is_new(element):
            self._go(element)
            return
        lift(element)
        take_out(element)

    def _go(self, element: Element) -> None:
        """Mark all of a paragraph as deleted."""
        for control in list(element.iter(SDT)):
            self.changes.strike_control(control)
        for run in words_of(element):
            self.changes.strike_run(run)
        self._end(element, "del")

    def is_new(self, element: Element) -> bool:
        """Whether a paragraph was inserted by the author who signs now, and nobody has accepted that."""
        end = self.changes.end(element)
        return end == "ins" and (self.changes.pending(element) or not words_of(element))

    def twin(self, element: Element) -> Element:
        """A paragraph again, to be put where it moves to."""
        return twin(element, self.file, self.changes)

    def moved(self, old: Element, new: Element) -> None:
        """Mark a paragraph as deleted where it was, and its twin as inserted where it is. Not as w:moveFrom and
        w:moveTo: Spire.Doc 14.9 fails on their ranges, and in a reader that knows no moves the words are lost."""
        self.changed = True
        self._go(old)
        self._come(new)

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
                keys.append(atom_of(next(ours).tag))
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
    """The properties of the run that new words replace or stand behind; of those they replace, one with looks that
    somebody gave it."""
    runs = [place.run for place in places[i0:i1] if place.run is not None]
    dressed = (run for run in runs if (looks := run.find(w("rPr"))) is not None and any(looks_of_hand(looks)))
    near = (place.run for place in (*reversed(places[:i0]), *places[i1:]) if place.run is not None)
    run = next((*dressed, *runs, *near).__iter__(), None)
    looks = run.find(w("rPr")) if run is not None else None
    return _plain_ground(looks, places[i0 - 1 : i0], places[i1 : i1 + 1]) if looks is not None and not runs else looks


def _plain_ground(looks: Element, before: Sequence[_Place], behind: Sequence[_Place]) -> Element:
    """The looks of a run for new words that stand beside it, without the ground of words to be confirmed: it is theirs only
    where they stand amid such words."""
    around = [place.run for place in (*before, *behind)]
    if len(around) == 2 and all(run is not None and is_marked(run.find(w("rPr"))) for run in around):
        return looks
    if not is_marked(looks):
        return looks
    looks = deepcopy(looks)
    for shade in looks.findall(w("shd")):
        take_out(shade)
    return looks


def _end_of_field(element: Element, behind: Element | None) -> Element:
    """Where a field ends that goes on behind an element, and not as far as `behind`; the element itself where none
    does."""
    for other in element.itersiblings():
        if other is behind or (behind is not None and other in behind.iterancestors()):
            break
        kinds = [mark.get(w("fldCharType")) for mark in other.iter(w("fldChar"))]
        if "begin" in kinds:
            break
        if "end" in kinds:
            return other
    return element


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
