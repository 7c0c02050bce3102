"""What LibreOffice 7.4 writes several times over, found and undone.

It cuts the text V of a content control, with a mark of its own in front and behind, into stretches of one script, and
writes the control anew for each: the first control reads V, each of the others its stretch and then V, the last V alone
where its stretch is nothing but the mark. 12月20日前 becomes 12月20日前, 月12月20日前, 2012月20日前, 日前12月20日前,
12月20日前. Opened and saved again, each of these is written so; through .odt they become fields to fill in, the stretches
plain words between them. Line breaks of V, which it cannot write in a control, stand in front of the first.

While nothing but LibreOffice has written the file, stretch and V are two w:t of one run, which no other program writes:
so what was done is read off the page. Another program puts the two together; then what is written is compared with
what LibreOffice makes of the first text. What neither explains stays as it is, and is told (`Doubt`).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from drafter.word.oxml import SDT, SPACE, Element, P, R, T, create, full_name, parent_name, take_out, value_of, w
from drafter.word.scripts import stretches

_BREAK = w("br")
_CHAR, _CODE = w("fldChar"), w("instrText")

#: What a leaf of a run says.
_SAYS = {w("tab"): "\t", w("ptab"): "\t", _BREAK: "\n", w("cr"): "\n", w("noBreakHyphen"): "\u2011"}

#: What a copy holds that is not one.
_MARKS = tuple(
    w(n)
    for n in (
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
    )
)
_NOTES = tuple(w(n) for n in ("commentReference", "footnoteReference", "endnoteReference", "drawing", "pict", "object"))

#: The fields LibreOffice makes of controls in .odt, .doc and .rtf.
_TO_FILL_IN = ("FILLIN", "FORMTEXT")

#: How often a file may have been saved; each time makes at least three of one, so the eighth would be 6,561 copies.
_SAVED = 8

#: What is put in front of the text of a control and behind it, to tell where it begins and ends: a character that
#: counts as Latin.
_MARK = "\x01"


class Doubt(NamedTuple):
    """A place where the words of a control stand several times, and what was written first could not be told.
    `times` is how often, `words` what; `lost`: only the place of its line break was."""

    paragraph: Element
    words: str
    times: int
    lost: bool = False


class Undone(NamedTuple):
    """What was found in a part: how many blanks were written several times over and are now as they were, and what is
    in doubt."""

    blanks: int
    doubts: tuple[Doubt, ...]


class _Unit(NamedTuple):
    """A control, or a field to fill in with the words in front of it. `leaves` are the elements of its text in order,
    `texts` what each says; `key` tells the controls of one blank, "" for none; `breaks` are line breaks that stand
    alone in front of it. `control` is None for a field, whose codes are `codes`; the first `front` of its leaves are the
    words in front of it, `joined` where they share a run with it."""

    control: Element | None
    leaves: tuple[Element, ...]
    texts: tuple[str, ...]
    key: str
    breaks: tuple[Element, ...] = ()
    codes: tuple[Element, ...] = ()
    front: int = 0
    joined: bool = False

    def alone(self) -> "_Unit":
        """Without the words in front: those in front of the first are not its own."""
        return self._replace(leaves=self.leaves[self.front :], texts=self.texts[self.front :], front=0)

    @property
    def text(self) -> str:
        """The words as LibreOffice reads them, its line breaks lost."""
        return "".join(self.texts)

    @property
    def lines(self) -> str:
        """The words with their line breaks: two w:t of one run, with nothing between, are two lines."""
        if self.control is None:
            return self.text
        out = ""
        for at, (leaf, text) in enumerate(zip(self.leaves, self.texts, strict=True)):
            before = self.leaves[at - 1] if at else None
            apart = before is None or before.tag != T or leaf.tag != T or before.getparent() is not leaf.getparent()
            out += text if apart else "\n" + text
        return out


class _Group(NamedTuple):
    """Units that were one: the first, those to be taken out, what the one said, and how many of the line breaks in
    front of the first are its own."""

    first: _Unit
    copies: tuple[_Unit, ...]
    text: str
    lost: int = 0


class _Item(NamedTuple):
    """A stretch of a paragraph's leaves: those of a control, of a field to fill in (`codes`), or neither."""

    control: Element | None
    leaves: tuple[Element, ...]
    codes: tuple[Element, ...] = ()


def undo(root: Element) -> Undone:
    """Undo what LibreOffice 7.4 has done in a part; nothing changes where it did nothing."""
    kept: dict[Element, _Unit] = {}
    doubts: list[Doubt] = []
    for paragraph in _suspects(root):
        for _ in range(_SAVED):
            groups = [group for row in _rows(paragraph) for group in _groups(row)]
            for group in groups:
                kept[group.first.control if group.first.control is not None else group.first.codes[0]] = group.first
                _put_right(group)
            if not groups:
                break
        doubts += _doubts(paragraph)
    there = [unit for element, unit in kept.items() if element.getparent() is not None]
    for code in (code for unit in there for code in unit.codes):
        _take_out_leaf(code)
    return Undone(len(there), tuple(doubts))


def _suspects(root: Element) -> list[Element]:
    """The paragraphs where controls of one blank stand beside each other, in another or behind a line break, or that
    have fields to fill in."""
    found: dict[Element, None] = {}
    for control in root.iter(SDT):
        if _may_be_copied(control) and (around := next(control.iterancestors(P), None)) is not None:
            found[around] = None
    for code in root.iter(_CODE):
        if _fills_in(code.text or "") and (around := next(code.iterancestors(P), None)) is not None:
            found[around] = None
    return list(found)


def _may_be_copied(control: Element) -> bool:
    """Whether what stands in front of a control leaves it open that LibreOffice has written it several times."""
    before = control.getprevious()
    while before is not None and before.tag in _MARKS:
        before = before.getprevious()
    if before is None:
        return parent_name(control) != P
    if before.tag == SDT:
        return _key(before) == _key(control)
    return before.tag != R or _only_breaks(before)


def _fills_in(code: str) -> bool:
    return code.strip().upper().startswith(_TO_FILL_IN)


def _only_breaks(run: Element) -> bool:
    """Whether a run has line breaks, and nothing else that shows."""
    shown = [child for child in run if child.tag != w("rPr")]
    return bool(shown) and all(child.tag == _BREAK and not child.get(w("type")) for child in shown)


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rows(paragraph: Element) -> list[list[_Unit]]:
    """The controls that stand beside each other, and the fields to fill in with the words between them."""
    rows: list[list[_Unit]] = [[]]
    breaks: tuple[Element, ...] = ()
    words: tuple[Element, ...] = ()
    for item in _items(paragraph):
        if item.control is not None:
            if rows[-1] and rows[-1][-1].control is None:
                rows.append([])
            rows[-1].append(_Unit(item.control, item.leaves, _texts(item.leaves), _key(item.control), breaks))
            breaks = words = ()
        elif item.codes:
            if rows[-1] and rows[-1][-1].control is not None:
                rows.append([])
            joined = bool(words) and words[-1].getparent() is item.codes[0].getparent()
            leaves = (*words, *item.leaves)
            unit = _Unit(None, leaves, _texts(leaves), "FILLIN", breaks, item.codes, len(words), joined)
            rows[-1].append(unit)
            breaks = words = ()
        else:
            words = item.leaves
            breaks = ()
            for leaf in reversed(words):
                run = leaf.getparent()
                if run is None or not _only_breaks(run):
                    break
                breaks = (leaf, *breaks)
            if len(breaks) < len(words) and rows[-1] and rows[-1][-1].control is not None:
                rows.append([])
    return [row for row in rows if row]


def _items(paragraph: Element) -> Iterator[_Item]:
    """The leaves of a paragraph by what they stand in."""
    control: Element | None = None
    leaves: list[Element] = []
    codes: list[Element] = []
    code, depth, shows = "", 0, True
    boxed = next(paragraph.iterdescendants(P), None) is not None
    for leaf in paragraph.iter(T, *_SAYS, _CHAR, _CODE):
        if boxed and next(leaf.iterancestors(P), None) is not paragraph:
            continue
        kind = leaf.get(w("fldCharType")) if leaf.tag == _CHAR else ""
        if kind == "begin" or codes:
            if not codes and leaves:
                yield _Item(control, tuple(leaves))
                leaves = []
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            shows = shows if kind not in ("begin", "separate") else kind == "separate"
            if leaf.tag in (_CHAR, _CODE):
                codes.append(leaf)
                code += (leaf.text or "") if leaf.tag == _CODE else ""
            elif shows:
                leaves.append(leaf)
            if not depth:
                ours = _fills_in(code) and sum(c.get(w("fldCharType")) == "begin" for c in codes) == 1
                yield _Item(None, tuple(leaves), tuple(codes) if ours else ())
                leaves, codes, code, control, shows = [], [], "", None, True
            continue
        if leaf.tag in (_CODE, _CHAR):  # of a field that begins or ends in another paragraph
            continue
        around = next(leaf.iterancestors(SDT, P), None)
        inside = around if around is not None and around.tag == SDT else None
        if leaves and inside is not control:
            yield _Item(control, tuple(leaves))
            leaves = []
        control = inside
        leaves.append(leaf)
    if leaves and not codes:
        yield _Item(control, tuple(leaves))


def _texts(leaves: Iterable[Element]) -> tuple[str, ...]:
    return tuple((leaf.text or "") if leaf.tag == T else _SAYS[full_name(leaf)] for leaf in leaves)


def _key(control: Element) -> str:
    """What the controls of one blank have in common, "" where nothing tells."""
    return _bound_to(control) or value_of(control, "sdtPr/tag") or value_of(control, "sdtPr/alias") or ""


def _bound_to(control: Element | None) -> str:
    """The place of a store that a control is bound to, "" for none."""
    return (value_of(control, "sdtPr/dataBinding", "xpath") or "") if control is not None else ""


# ── what was one ───────────────────────────────────────────────────────────────────────────────────────────────────


def _groups(row: Sequence[_Unit]) -> Iterator[_Group]:
    """What is to be put right in a row."""
    before: _Unit | None = None
    for key, same in groupby(row, key=lambda unit: unit.key):
        units = list(same)
        if key:
            yield from _groups_of(units) or (_behind_another(before, units) if before is not None else ())
        before = units[-1]


def _groups_of(units: Sequence[_Unit]) -> list[_Group]:
    """What is to be put right in controls of one blank. Those bound to one place say the same, so that what LibreOffice
    makes of the first explains them all; of others it might be one too many, where the page does not show it."""
    compared = list(_compared(units))
    told = sum(1 + len(group.copies) for group in compared)
    if told == len(units) and _bound_to(units[0].control) and len({group.text for group in compared}) == 1:
        return compared
    read_off = _read_off(units)
    return compared if read_off is None else read_off


def _read_off(units: Sequence[_Unit]) -> list[_Group] | None:
    """The groups by where one w:t ends and the next begins; none where that is not as LibreOffice writes it, None where
    the page does not show it."""
    out: list[_Group] = []
    seen = False
    at = 0
    while at < len(units):
        first = units[at].alone()
        end, cut = _cut_as_expected(units, at) or _cut_somehow(units, at)
        if cut:
            seen = True
            if not _bare(first.text).endswith(_bare(cut)):
                return []
        text = first.lines
        lost = text.count("\n") - (first.text.count("\n") if first.control is not None else 0)
        if not 0 < lost <= len(first.breaks):
            text, lost = first.text, 0
        if cut or lost:
            out.append(_Group(first, tuple(units[at + 1 : end]), text, lost))
        at = end
    return out if seen or out else None


def _cut_as_expected(units: Sequence[_Unit], at: int) -> tuple[int, str] | None:
    """Where the copies of a unit end, and all they have in front, where they are those LibreOffice would write."""
    first = units[at].alone()
    cuts = [cut.removesuffix(_MARK) for cut in stretches(f"{_MARK}{first.lines}{_MARK}")[1:]]
    copies = units[at + 1 : at + 1 + len(cuts)]
    if len(copies) < len(cuts) or not all(
        (_in_front(copy, first) == cut) if cut else copy.texts == first.texts
        for copy, cut in zip(copies, cuts, strict=True)
    ):
        return None
    return at + 1 + len(cuts), "".join(cuts)


def _cut_somehow(units: Sequence[_Unit], at: int) -> tuple[int, str]:
    """The same by what the page shows alone, for a text that was cut elsewhere too, at a change of its look."""
    first, end, cut = units[at].alone(), at + 1, ""
    while end < len(units) and (part := _in_front(units[end], first)):
        cut += part
        end += 1
    again = end + 1 < len(units) and bool(_in_front(units[end + 1], first))
    if cut and end < len(units) and units[end].texts == first.texts and not units[end].breaks and not again:
        end += 1
    return end, cut


def _bare(text: str) -> str:
    """A text in one line."""
    return text.replace("\n", "")


def _in_front(unit: _Unit, first: _Unit) -> str:
    """The stretch a copy has in front of what the first says; "" for what is no copy of it."""
    most = len(first.texts)
    if unit.control is None and not unit.joined:
        return ""
    if len(unit.texts) <= most or unit.texts[-most:] != first.texts or not most or (unit.breaks and unit.control is not None):
        return ""
    parents = {leaf.getparent() for leaf in unit.leaves[-most - 1 :]} if unit.control is not None else ()
    return "" if len(parents) > 1 else "".join(unit.texts[:-most])


def _compared(units: Sequence[_Unit]) -> Iterator[_Group]:
    """The groups that LibreOffice would write as they stand here."""
    at = 0
    while at < len(units):
        first = units[at].alone()
        shown = [(len(unit.breaks) if unit.control is not None else 0, unit.text) for unit in (first, *units[at + 1 :])]
        text, length = _first_of(shown)
        if length > 1:
            yield _Group(first, tuple(units[at + 1 : at + length]), text, text.count("\n"))
        at += length


def _behind_another(before: _Unit, units: Sequence[_Unit]) -> Iterator[_Group]:
    """The group of controls whose first has the place of another: LibreOffice puts a control behind a date into that,
    and when it saves again takes it for the date."""
    if before.control is None or len({unit.text for unit in units}) == 1:
        return
    text, length = _first_of([(0, before.text), *((len(unit.breaks), unit.text) for unit in units)])
    if length == len(units) + 1 and "\n" not in text:
        yield _Group(units[0], (before, *units[1:]), text)


def _first_of(shown: Sequence[tuple[int, str]]) -> tuple[str, int]:
    """What was written first, and how many of those that follow, itself among them, are of it."""
    breaks, whole = shown[0]
    best = (whole, 1)
    written = [(0, whole)]
    for _ in range(_SAVED):
        written = [again for one in written for again in _written(*one)]
        if len(written) > len(shown):
            break
        if len(written) > 1 and _agree(shown, written, breaks):
            best = (whole, len(written))
    if best[1] == 1 and breaks:
        cut = ""
        for end in range(1, len(shown)):
            if not shown[end][1].endswith(whole):
                break
            cut += "\n" * shown[end][0] + shown[end][1].removesuffix(whole)
            bare = cut.replace("\n", "")
            text = whole.removesuffix(bare) + cut
            if "\n" in cut and whole.endswith(bare):
                written = _written(0, text)
                if len(written) <= len(shown) and written[0][0] <= breaks and _agree(shown, written, breaks):
                    best = (text, len(written))
    return best


def _agree(shown: Sequence[tuple[int, str]], written: Sequence[tuple[int, str]], breaks: int) -> bool:
    return shown[0] == (breaks, written[0][1]) and list(shown[1 : len(written)]) == list(written[1:])


def _written(breaks: int, text: str) -> list[tuple[int, str]]:
    """What LibreOffice 7.4 writes of a control, as it will read it: how many line breaks in front, and the words."""
    whole = text.replace("\n", "")
    out = [(breaks + text.count("\n"), whole)]
    for cut in stretches(f"{_MARK}{text}{_MARK}")[1:]:
        cut = cut.removesuffix(_MARK)
        out.append((cut.count("\n"), cut.replace("\n", "") + whole))
    return out


# ── putting it right ───────────────────────────────────────────────────────────────────────────────────────────────


def _put_right(group: _Group) -> None:
    """Leave of a group the first, saying what it said."""
    first = group.first
    lines = group.text != first.text
    for unit in group.copies:
        for leaf in unit.breaks:
            _take_out_leaf(leaf)
        if unit.control is not None:
            _take_out_copy(unit.control)
        for leaf in (*unit.leaves, *unit.codes) if unit.control is None else ():
            _take_out_leaf(leaf)
    for leaf in first.breaks[len(first.breaks) - group.lost :]:
        _take_out_leaf(leaf)
    if lines:
        _say(first.leaves, group.text)
    around = next(islice(first.control.iterancestors(), 1, None), None) if first.control is not None else None
    if group.copies and first.control is not None and around is not None and around.tag == SDT:
        around.addnext(first.control)


def _say(leaves: Sequence[Element], text: str) -> None:
    """Write a text, its lines and tabs, where these leaves stand."""
    run = leaves[0].getparent()
    assert run is not None
    for leaf in leaves:
        take_out(leaf)
    for at, line in enumerate(text.split("\n")):
        for number, words in enumerate(line.split("\t")):
            if number:
                run.append(create("tab"))
            elif at:
                run.append(create("br"))
            if words:
                shown = create("t")
                shown.text = words
                shown.set(SPACE, "preserve")
                run.append(shown)


def _take_out_leaf(leaf: Element) -> None:
    """Take a leaf out, with its run where nothing else is in it."""
    run = leaf.getparent()
    take_out(leaf)
    if run is not None and run.tag == R and all(child.tag == w("rPr") for child in run):
        take_out(run)


def _take_out_copy(copy: Element) -> None:
    """Take a copy out of its paragraph, without the marks and notes that stand in it."""
    if copy.getparent() is None:
        return
    for kept in list(copy.iter(*_MARKS, *_NOTES)):
        run = kept.getparent()
        if kept.tag in _MARKS or run is None or run.tag != R:
            copy.addprevious(kept)
            continue
        for leaf in [child for child in run if child.tag == T or child.tag in _SAYS]:
            take_out(leaf)
        copy.addprevious(run)
    take_out(copy)


# ── what is not understood ─────────────────────────────────────────────────────────────────────────────────────────


def _doubts(paragraph: Element) -> Iterator[Doubt]:
    """Where words stand several times still, or a line break has lost its place."""
    for row in _rows(paragraph):
        for key, same in groupby(row, key=lambda unit: unit.key):
            units = list(same)
            said = [unit.text for unit in units]
            ends = [one for one in dict.fromkeys(said) if any(o != one and o.endswith(one) for o in said)]
            if key and ends and (_bound_to(units[0].control) or any(_is_in_front(u, units) for u in units)):
                words = min(ends, key=len)
                yield Doubt(paragraph, words, "".join(said).count(words))
            elif len(units) > 1 and _bound_to(units[0].control) and _emptied_between(units):
                yield Doubt(paragraph, said[0], len(units))
            elif units[0].breaks and _broken(units[0]):
                yield Doubt(paragraph, units[0].text, 1, lost=True)


def _emptied_between(units: Sequence[_Unit]) -> bool:
    """Whether a control of the same blank stands between controls, with nothing in it: somebody has deleted some of what
    stood several times, and not all."""
    first, last = units[0].control, units[-1].control
    between = first.getnext() if first is not None else None
    while between is not None and between is not last:
        if between.tag == SDT and _key(between) == units[0].key and not any(t.text for t in between.iter(T)):
            return True
        between = between.getnext()
    return False


def _is_in_front(unit: _Unit, units: Sequence[_Unit]) -> bool:
    return any(_in_front(unit, other) for other in units if other is not unit)


def _broken(unit: _Unit) -> bool:
    """Whether a control was of several lines, and has one."""
    several = value_of(unit.control, "sdtPr/text", "multiLine") if unit.control is not None else None
    return several in ("1", "true") and "\n" not in unit.text
