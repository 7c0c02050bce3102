"""Carrying out changes in a Word file: only what changes is touched, so that the writer's formatting, comments and tracked
changes stay where they are.

Everything is done to the runs of a paragraph, found by the difference of the words; nothing is written anew that is there.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from drafter.word import markup
from drafter.word.controls import Slot, date_format_says
from drafter.word.document import DocxFile
from drafter.word.oxml import (
    CONTENT,
    SDT,
    SPACE,
    ControlProperties,
    Element,
    P,
    R,
    T,
    add_to,
    create,
    end_of,
    full_name,
    looks_of,
    parse,
    properties_of,
    take_out,
    unwrap,
    value_of,
    w,
)
from drafter.word.text import Control, Paragraph, read
from drafter.word.tokens import Token, Tokens

#: Who signs drafter's comments and tracked changes.
AUTHOR, INITIALS = "drafter", "dr"

#: A letter, or a blank by its tag.
Atom = str | tuple[str, str]

#: Two sequences of letters and blanks to what makes one of the other, as difflib says it.
Differ = Callable[[Sequence[Atom], Sequence[Atom]], Sequence[tuple[str, int, int, int, int]]]

_VAL = w("val")
_STARTS = {w("bookmarkStart"): w("bookmarkEnd"), w("commentRangeStart"): w("commentRangeEnd")}


class Looks(NamedTuple):
    """How words are to be set: the ids of character styles by role, and that of blanks nobody has answered."""

    strong: Mapping[str, str]
    blank: str


class Editor:
    """Changes the paragraphs of one file. `slots` are the controls by tag; with `revisions` changes of words are tracked
    changes, dated `now`."""

    def __init__(
        self, file: DocxFile, looks: Looks, slots: Mapping[str, Slot], now: datetime, revisions: bool = False
    ) -> None:
        self.file = file
        self.looks = looks
        self.slots = slots
        self.stamp = now.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        self.revisions = revisions
        self.ids = _largest_id(file)
        self.changed = False

    def next_id(self) -> int:
        """A number no bookmark, control, comment or change of the document has."""
        self.ids += 1
        return self.ids

    # ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def rewrite(self, paragraph: Paragraph, old: Tokens, new: Tokens, differ: "Differ | None" = None) -> None:
        """Make the words of a paragraph, which are `old`, into `new`: letters and controls that are in both stay as they
        are. `differ` tells which are in both."""
        atoms, places = _atoms(paragraph, old)
        wanted = [(("\x00", token.tag) if token.tag else c, token) for token in new for c in ([""] if token.tag else token.text)]
        keys = [key for key, _ in wanted]
        for kind, i0, i1, j0, j1 in reversed((differ or _opcodes)(atoms, keys)):
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

    def _delete(self, places: "list[_Place]", i0: int, i1: int) -> Element | None:
        """Take out what stands at some places; returns the element that new words go in front of, None where they go
        behind what is before."""
        anchor: Element | None = None
        done: set[Element] = set()
        for place in reversed(places[i0:i1]):
            if place.control is not None:
                if self.revisions:
                    anchor = self._struck(place.element)
                else:
                    anchor = place.element.getnext()
                    _lift_markers(place.element)
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
        """Take the characters from `low` to `high` out of a leaf; returns the run behind them, None where it ends the run."""
        if run is None:  # mathematics: nobody's words of ours
            return None
        if leaf.tag != T:
            part = run if full_name(leaf.getprevious()) in ("", w("rPr")) else _split(run, leaf, 0)
            behind = _split_behind(part, leaf)
            if self.revisions:
                self._struck_run(part)
            else:
                part.remove(leaf)
                _drop_if_empty(part)
            return behind
        text = leaf.text or ""
        behind = _split(run, leaf, high) if high < len(text) else _split_behind(run, leaf)
        part = _split(run, leaf, low) if low > 0 or _first_leaf(run) is not leaf else run
        if self.revisions:
            self._struck_run(part)
        else:
            _drop_text(part)
        return behind

    def _struck(self, control: Element) -> Element | None:
        """A control whose words are marked as deleted, plain from now on: Word fills a bound control anew from the store and
        would forget the mark. Returns what stands behind it."""
        behind = control.getnext()
        runs = [run for content in control.iterchildren(CONTENT) for run in content.iter(R)]
        unwrap(control)
        for run in runs:
            self._struck_run(run)
        return behind

    def _struck_run(self, run: Element) -> None:
        """A run marked as deleted. One the writer has inserted and nobody accepted is left to the writer."""
        if run.getparent() is None or any(a.tag in (w("ins"), w("del")) for a in run.iterancestors()):
            _drop_text(run)
            return
        change = self._change("del")
        run.addprevious(change)
        change.append(run)
        for text in run.iter(T):
            text.tag = w("delText")
            text.set(SPACE, "preserve")

    def _change(self, kind: str) -> Element:
        return create(kind, {"id": str(self.next_id()), "author": AUTHOR, "date": self.stamp})

    def _insert(
        self, paragraph: Paragraph, places: "list[_Place]", at: int, anchor: Element | None, new: Tokens, looks: Element | None
    ) -> None:
        """Put tokens in front of `anchor`, else behind the place before `at`, else first."""
        made = [self._made(token, looks) for token in new]
        if anchor is not None and anchor.getparent() is not None:
            for element in made:
                anchor.addprevious(element)
            return
        if at > 0:
            before = places[at - 1]
            if before.control is None and before.run is not None and before.leaf is not None:
                _split_behind(before.run, before.leaf, before.offset + 1)
            outer = self._outermost(before.element)
            for new_element in reversed(made):
                outer.addnext(new_element)
            return
        if places and places[0].element.getparent() is not None:
            outer = self._outermost(places[0].element)
            for new_element in made:
                outer.addprevious(new_element)
            return
        where = _behind_starts(paragraph.element)
        for number, new_element in enumerate(made):
            paragraph.element.insert(where + number, new_element)

    def _outermost(self, element: Element) -> Element:
        """What new words may stand beside: where changes are tracked, the change around an element."""
        changes = element.iterancestors() if self.revisions else ()
        return ([element, *takewhile(lambda above: above.tag in (w("del"), w("ins")), changes)])[-1]

    def _made(self, token: Token, looks: Element | None) -> Element:
        """A token as an element: a run, or a control where the document has one for its blank."""
        slot = self.slots.get(token.tag) if token.tag else None
        if slot is None:
            run = run_of(token.text)
            style = self.looks.blank if token.empty else self.looks.strong.get(token.strong, "") if token.strong else ""
            dress(run, style, looks, set(self.looks.strong.values()) | {self.looks.blank})
            return self._tracked(run)
        style = self.looks.strong.get(token.strong, "")
        head, tail = markup.control(slot, markup.STORE_ID, style, token.empty)
        shell = f'<w:p xmlns:w="{markup.W}">{head}{self.next_id()}{tail}{markup.CONTROL_END}</w:p>'
        control = parse(shell)[0]
        run = run_of(token.text)
        dress(run, self.looks.blank if token.empty else style, looks, set(self.looks.strong.values()) | {self.looks.blank})
        for content in control.iterfind(CONTENT):
            content.append(run)
        return self._tracked(control)

    def _tracked(self, element: Element) -> Element:
        """A run or control, as inserted where changes are tracked. A control is so as a whole: what is tracked inside a bound
        one Word forgets, as it fills it from the store."""
        if not self.revisions:
            return element
        change = self._change("ins")
        change.append(element)
        return change

    # ── controls ───────────────────────────────────────────────────────────────────────────────────────────────────

    def fill(self, paragraph: Paragraph, control: Control | None, token: Token) -> None:
        """Make a control say what a token says."""
        if control is None:
            return
        at = next(n for n, other in enumerate(paragraph.controls) if other.element is control.element)
        said = paragraph.said(at)
        if said == token.text and control.prompt == token.empty:
            return
        if control.prompt and token.empty:
            return
        if self.revisions and not control.prompt:
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
            if style is not None and style.get(_VAL) == self.looks.blank:
                kept.remove(style)
            if len(kept):
                new.insert(0, kept)
        dress(new, self.looks.blank if token.empty else typed, new.find(w("rPr")), {self.looks.blank})
        if first is None:
            content.append(new)
        else:
            first.addprevious(new)
        for run in runs:
            _drop_text(run)
        _say_prompt(properties, token.empty)
        slot = self.slots.get(control.tag)
        date = properties.find(w("date")) if properties is not None else None
        if date is not None:
            if slot is not None and slot.value and token.text == _day_said(slot):
                date.set(w("fullDate"), f"{slot.value}T00:00:00Z")
            elif date.get(w("fullDate")) is not None:
                del date.attrib[w("fullDate")]

    def _exchange(self, control: Control, token: Token) -> None:
        """A control with a new answer inserted, and the one there is deleted, both as tracked changes."""
        new = deepcopy(control.element)
        number = new.find(f"{w('sdtPr')}/{w('id')}")
        if number is not None:
            number.set(_VAL, str(self.next_id()))
        for marker in list(new.iter(*_STARTS, *_STARTS.values())):
            take_out(marker)
        self._say(control._replace(element=new), token)
        control.element.addprevious(self._tracked(new))
        self._struck(control.element)

    def prompting(self, control: Control) -> None:
        """Say of a control that what it shows is its placeholder."""
        _say_prompt(control.element.find(w("sdtPr")), True)
        for run in control.element.iter(R):
            dress(run, self.looks.blank, run.find(w("rPr")), {self.looks.blank})
        self.changed = True

    # ── whole paragraphs ───────────────────────────────────────────────────────────────────────────────────────────

    def inserted(self, element: Element) -> None:
        """Mark a new paragraph as inserted, where changes are tracked."""
        self.changed = True
        if not self.revisions:
            return
        for child in [c for c in element if c.tag in (R, SDT)]:
            change = self._change("ins")
            child.addprevious(change)
            change.append(child)
        end_of(element).put_change(self._change("ins"))

    def remove(self, element: Element) -> None:
        """Take a paragraph out; bookmarks and comments that reach beyond it keep their ends."""
        self.changed = True
        if self.revisions:
            for control in list(element.iter(SDT)):
                self._struck(control)
            for run in list(element.iter(R)):
                self._struck_run(run)
            end_of(element).put_change(self._change("del"))
            return
        _lift_markers(element)
        take_out(element)

    def anchor(self, element: Element, names: Sequence[str]) -> None:
        """Give a paragraph the bookmarks of these names, and take any other of ours from it."""
        there = [b for b in element.iter(w("bookmarkStart")) if b.get(w("name"), "").startswith("dr_")]
        known = {b.get(w("name")): b for b in reversed(there)}
        spare = [b for b in there if known[b.get(w("name"))] is not b or b.get(w("name")) not in names]
        for name in names:
            if name in known:
                continue
            if spare:
                spare.pop(0).set(w("name"), name)
            else:
                self._bookmark(element, name)
            self.changed = True
        for mark in spare:
            self._drop_bookmark(mark)

    def _bookmark(self, element: Element, name: str) -> None:
        number = str(self.next_id())
        element.insert(_behind_starts(element), create("bookmarkStart", {"id": number, "name": name}))
        add_to(element, "bookmarkEnd", {"id": number})

    def _drop_bookmark(self, start: Element) -> None:
        number = start.get(w("id"))
        for end in self.file.body.iter(w("bookmarkEnd")):
            if end.get(w("id")) == number:
                take_out(end)
                break
        take_out(start)
        self.changed = True

    def restyle(self, element: Element, style_id: str) -> None:
        """Set the style of a paragraph."""
        style = properties_of(element).get_or_add("pStyle")
        if style.get(_VAL) != style_id:
            style.set(_VAL, style_id)
            self.changed = True

    # ── comments ───────────────────────────────────────────────────────────────────────────────────────────────────

    def comment(self, element: Element, text: str, words: tuple[int, int] | None = None) -> None:
        """A Word comment on a paragraph, or on some of its words: from one place in its text to another."""
        part = self._comments()
        root = self.file.tree(part)
        number = str(max([-1, *(int(c.get(w("id"), "-1")) for c in root if c.get(w("id"), "").lstrip("-").isdecimal())]) + 1)
        note = add_to(root, "comment", {"id": number, "author": AUTHOR, "date": self.stamp, "initials": INITIALS})
        for row in text.split("\n"):
            add_to(note, "p").append(run_of(row))
        self.file.touch(part)
        start, end = create("commentRangeStart", {"id": number}), create("commentRangeEnd", {"id": number})
        mark = create("r")
        add_to(mark, "commentReference", {"id": number})
        bounds = self._around(element, *words) if words else None
        if bounds is None:
            element.insert(1 if element.find(w("pPr")) is not None else 0, start)
            element.append(end)
            element.append(mark)
        else:
            bounds[0].addprevious(start)
            bounds[1].addnext(mark)
            bounds[1].addnext(end)
        self.changed = True

    def _around(self, element: Element, low: int, high: int) -> tuple[Element, Element] | None:
        """The first and last child of a paragraph between which some of its words stand, runs cut where they must be; words
        in a control or a tracked change take it whole. None where the words are not there."""
        at = 0
        first = last = None
        for piece in read(element).pieces:
            start, end = at, at + len(piece.text)
            at = end
            if end <= low or start >= high or piece.run is None:
                continue
            run = piece.run
            if piece.leaf.tag == T and run.getparent() is element:
                if high < end:
                    _split(run, piece.leaf, high - start)
                if start < low:
                    run = _split(run, piece.leaf, low - start)
            around = [run, *takewhile(lambda above: above is not element, run.iterancestors())]
            if around[-1].getparent() is not element:
                return None
            first = around[-1] if first is None else first
            last = around[-1]
        return (first, last) if first is not None and last is not None else None

    def _comments(self) -> str:
        part = self.file.target(self.file.main, "comments")
        if part:
            return part
        folder = self.file.main.rpartition("/")[0]
        part = f"{folder}/comments.xml".lstrip("/")
        if part in self.file:
            part = self.file.free(f"{folder}/comments%d.xml".lstrip("/"))
        empty = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{markup.W}"/>'
        self.file.put(part, empty, markup.COMMENTS_TYPE)
        self.file.relate(self.file.main, "comments", part)
        return part


def as_tokens(paragraph: Paragraph) -> tuple[Token, ...]:
    """The words of a paragraph, tagged controls as blanks."""
    out: list[Token] = []
    last = -1
    for piece in paragraph.pieces:
        tag = paragraph.controls[piece.control].tag if piece.control >= 0 else ""
        if out and out[-1].tag == tag and (not tag or piece.control == last):
            out[-1] = out[-1]._replace(text=out[-1].text + piece.text)
        else:
            out.append(Token(piece.text, tag))
        last = piece.control
    return tuple(out)


# ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Place(NamedTuple):
    """Where one letter stands (leaf, offset in it), or a control. `element` is what new words may stand beside; `run` is None in
    mathematics, `leaf` and `run` are for a control."""

    element: Element
    run: Element | None
    leaf: Element | None
    offset: int
    control: Control | None


def _atoms(paragraph: Paragraph, tokens: Tokens) -> tuple[list[Atom], list[_Place]]:
    """The letters of a paragraph and its controls (those that are blanks of ours), each with its place."""
    ours = iter([token for token in tokens if token.tag])
    keys: list[Atom] = []
    places: list[_Place] = []
    seen: set[int] = set()
    for piece in paragraph.pieces:
        if piece.control >= 0 and paragraph.controls[piece.control].tag:
            if piece.control not in seen:
                seen.add(piece.control)
                control = paragraph.controls[piece.control]
                keys.append(("\x00", next(ours).tag))
                places.append(_Place(control.element, None, None, 0, control))
            continue
        for offset, letter in enumerate(piece.text):
            keys.append(letter)
            places.append(_Place(piece.run if piece.run is not None else piece.leaf, piece.run, piece.leaf, offset, None))
    return keys, places


def _opcodes(old: Sequence[Atom], new: Sequence[Atom]) -> list[tuple[str, int, int, int, int]]:
    """How to make one of the other, common beginning and end cut off first."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    out: list[tuple[str, int, int, int, int]] = [("equal", 0, start, 0, start)] if start else []
    if not a or not b:
        if a or b:
            out.append(("replace", start, start + len(a), start, start + len(b)))
    else:
        found = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        out += [(kind, i0 + start, i1 + start, j0 + start, j1 + start) for kind, i0, i1, j0, j1 in found]
    if end:
        out.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return out


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


# ── runs ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def run_of(text: str) -> Element:
    """A run of words; "\\n" is a line break, a tab a tab."""
    run = create("r")
    words = ""
    for letter in [*text, ""]:
        if letter not in ("\n", "\t", ""):
            words += letter
            continue
        if words:
            leaf = add_to(run, "t")
            leaf.text = words
            leaf.set(SPACE, "preserve")
            words = ""
        if letter:
            add_to(run, "br" if letter == "\n" else "tab")
    return run


def dress(run: Element, style: str, looks: Element | None, styles: set[str]) -> None:
    """Give a run the looks of its neighbour, with a character style of ours or none of ours."""
    wanted = deepcopy(looks) if looks is not None else None
    for old in run.findall(w("rPr")):
        run.remove(old)
    if wanted is not None and len(wanted):
        run.insert(0, wanted)
    properties = looks_of(run)
    named = properties.find(w("rStyle"))
    if named is not None and (style or named.get(_VAL) in styles):
        take_out(named)
    if style:
        properties.put(create("rStyle", {"val": style}))
    for change in list(properties.iterchildren(w("ins"), w("del"), w("rPrChange"))):
        take_out(change)
    if not len(properties):
        take_out(properties)


def _first_leaf(run: Element) -> Element | None:
    return next((leaf for leaf in run if leaf.tag != w("rPr")), None)


def _split(run: Element, leaf: Element, offset: int) -> Element:
    """Cut a run in two before a character of one of its leaves; returns the second."""
    second = run.makeelement(R, dict(run.attrib), run.nsmap)
    looks = run.find(w("rPr"))
    if looks is not None:
        second.append(deepcopy(looks))
    rest = list(leaf.itersiblings())
    if offset > 0:
        text = leaf.text or ""
        tail = leaf.makeelement(leaf.tag, {SPACE: "preserve"})
        second.append(tail)
        tail.text = text[offset:]
        leaf.text = text[:offset]
        leaf.set(SPACE, "preserve")
    else:
        second.append(leaf)
    for other in rest:
        second.append(other)
    run.addnext(second)
    return second


def _split_behind(run: Element, leaf: Element, offset: int | None = None) -> Element | None:
    """Cut a run in two behind a leaf, or behind `offset` characters of it; None where nothing of the run is behind."""
    if offset is not None and leaf.tag == T and offset < len(leaf.text or ""):
        return _split(run, leaf, offset)
    following = leaf.getnext()
    return _split(run, following, 0) if following is not None else None


def _drop_text(run: Element) -> None:
    """Take the words out of a run, and the run where nothing else is in it."""
    for leaf in [leaf for leaf in run if leaf.tag in (T, w("tab"), w("br"), w("cr"), w("noBreakHyphen"), w("sym"), w("ptab"))]:
        run.remove(leaf)
    _drop_if_empty(run)


def _drop_if_empty(run: Element) -> None:
    parent = run.getparent()
    if parent is not None and all(child.tag == w("rPr") for child in run):
        parent.remove(run)
        if parent.tag in (w("ins"), w("hyperlink")) and not len(parent):
            take_out(parent)


def _behind_starts(paragraph: Element) -> int:
    """Where the words of a paragraph begin: behind its properties and the bookmarks that start there."""
    at = 0
    for child in paragraph:
        if child.tag not in (w("pPr"), *_STARTS):
            break
        at += 1
    return at


def _lift_markers(element: Element) -> None:
    """Before an element goes: move the ends of bookmarks and comments whose other end is elsewhere out of it."""
    inside: dict[tuple[str, str], list[Element]] = {}
    for marker in element.iter(*_STARTS, *_STARTS.values()):
        kind = "b" if "bookmark" in full_name(marker) else "c"
        inside.setdefault((kind, marker.get(w("id"), "")), []).append(marker)
    lonely = [markers[0] for markers in inside.values() if len(markers) == 1]
    for marker in lonely:
        behind, before = element.getnext(), element.getprevious()
        if element.tag == P and behind is not None and behind.tag == P:
            behind.insert(1 if behind.find(w("pPr")) is not None else 0, marker)
        elif element.tag == P and before is not None and before.tag == P:
            before.append(marker)
        else:
            element.addprevious(marker)


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


def _largest_id(file: DocxFile) -> int:
    numbers = [markup.FIRST_ID]
    for node in file.body.iter(w("id"), w("bookmarkStart"), w("ins"), w("del"), w("moveFrom"), w("moveTo")):
        said = node.get(_VAL) if node.tag == w("id") else node.get(w("id"))
        if said and said.lstrip("-").isdecimal() and len(said) < 12:
            numbers.append(int(said))
    largest = max(numbers)
    return largest if largest < 2_000_000_000 else markup.FIRST_ID + len(numbers)
