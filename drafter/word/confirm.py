"""What of a Word document somebody has to confirm: words on a ground of drafter's with a comment on them, and the comments
that remind the writer.

A comment decides: as long as it stands over words and is not called done, they are open. Where comments were left out, the
ground decides. What the words are does not matter: who changes them under the comment has not said that they are right.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from drafter.word.comments import around
from drafter.word.document import DocxFile
from drafter.word.keeping import extended_of, key_of_comment
from drafter.word.markup import AUTHOR, CONFIRM, MARKED, MARKED_ALONE, REMIND
from drafter.word.oxml import Element, P, R, T, create, local_name, looks_of, take_out, w
from drafter.word.text import every_paragraph

_ID = w("id")
_START, _END, _REFERENCE = w("commentRangeStart"), w("commentRangeEnd"), w("commentReference")
_GONE = frozenset((w("del"), w("moveFrom")))

#: What an answer to a comment begins with that says that the words are right.
_CONFIRMED = re.compile(r"\s*(?:已|都已|均已)?(?:核实|核对|确认|查实|查过|核过)|\s*(?:对|属实|无误|没错|没有错|正确|保留)(?:[，。,.！!了的]|\s*$)|\s*(?:不用|不必|不)改|\s*OK\b", re.IGNORECASE)

#: Letters before and behind the words that are told with them.
_AROUND = 10


class OpenMark(NamedTuple):
    """Words somebody has to confirm. `note` says what to look at, "" for nothing; `paragraph` counts the paragraphs of the
    body from 1, those in tables and text boxes with the one they hang on; `context` are the words with a few around them;
    `comment` is the number of its comment, "" where it has none; `stretch` where it stands."""

    words: str
    note: str
    paragraph: int
    context: str
    comment: str
    stretch: "MarkedWords"


class MarkedWords(NamedTuple):
    """Text a mark stands on: which paragraph, from one letter to another, in which runs."""

    paragraph: Element
    start: int
    end: int
    runs: list[Element]


def open_marks(file: DocxFile) -> tuple[OpenMark, ...]:
    """What is still to be confirmed, in the order of the document."""
    if not _may_have_marks(file):
        return ()
    asked = {number: said for number, (said, settled) in _asking(file).items() if not settled}
    numbers, texts = _paragraphs(file.body)
    out = []
    for number, stretch in _stretches(file.body, frozenset(asked)):
        text = texts[stretch.paragraph]
        words = text[stretch.start : stretch.end].strip()
        if not words:
            continue
        low, high = max(0, stretch.start - _AROUND), stretch.end + _AROUND
        around = f"{'…' if low else ''}{text[low:high]}{'…' if high < len(text) else ''}".replace("\n", "")
        note = _note(asked.get(number, ""), words)
        out.append(OpenMark(words, note, numbers[stretch.paragraph], around, number, stretch))
    return tuple(out)


def _may_have_marks(file: DocxFile) -> bool:
    """Whether a file has comments, or the ground of words to be confirmed: most have neither."""
    return bool(file.target(file.main, "comments")) or MARKED_ALONE.encode() in file.parts[file.main].upper()


def _asking(file: DocxFile) -> dict[str, tuple[str, bool]]:
    """The comments on words to be confirmed by their numbers: what each says, and whether somebody has said that it is
    settled, by an answer or by calling it done."""
    notes, done, above = _notes(file)
    said = {key_of_comment(note): "".join(t.text or "" for t in note.iter(T)) for note in notes}
    settled = done | {parent for key, parent in above.items() if _CONFIRMED.match(said.get(key, ""))}
    return {
        note.get(_ID, ""): (said[key], key in settled)
        for note in notes
        if (key := key_of_comment(note)) not in above
        and note.get(w("author")) == AUTHOR
        and said[key].startswith(CONFIRM)
    }


def _notes(file: DocxFile) -> tuple[list[Element], set[str], dict[str, str]]:
    """The comments of a file, the keys of those that are done, and which answers which."""
    part = file.target(file.main, "comments")
    return (list(file.tree(part).iterfind(w("comment"))), *extended_of(file)) if part else ([], set(), {})


def _note(said: str, words: str) -> str:
    """What a comment says besides the words it is on, which may have been changed since."""
    rest = said.removeprefix(CONFIRM)
    if rest.startswith(words):
        return rest.removeprefix(words).removeprefix("。")
    return rest.partition("。")[2]


def _paragraphs(body: Element) -> tuple[dict[Element, int], dict[Element, str]]:
    """The number and the text of every paragraph."""
    numbers: dict[Element, int] = {}
    texts: dict[Element, str] = {}
    at = 0
    for element, inside in every_paragraph(body):
        at += inside is None
        numbers[element] = at
        texts[element] = "".join(text for _, text in _letters(element))
    return numbers, texts


def _letters(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """The runs of a paragraph with what they say, what is deleted and what stands in text boxes apart."""
    for run in paragraph.iter(R):
        around = {above.tag for above in run.iterancestors()}
        if around & _GONE or next(run.iterancestors(P), None) is not paragraph:
            continue
        for leaf in run:
            if leaf.tag == T and leaf.text:
                yield run, leaf.text
            elif leaf.tag in (w("tab"), w("br")):
                yield run, "\n"


def _stretches(body: Element, numbers: Collection[str]) -> Iterator[tuple[str, MarkedWords]]:
    """Where the words of these comments stand, and those that have only a ground, each with the number of its comment."""
    opened: dict[str, MarkedWords] = {}
    for paragraph, _ in every_paragraph(body):
        at = 0
        alone: MarkedWords | None = None
        letters: dict[Element, list[str]] = {}
        for run, text in _letters(paragraph):
            letters.setdefault(run, []).append(text)
        for node in paragraph.iter(R, _START, _END):
            number = node.get(_ID, "")
            if node.tag == _START and number in numbers:
                opened[number] = MarkedWords(paragraph, at, at, [])
            elif node.tag == _END and number in opened:
                stretch = opened.pop(number)
                yield number, stretch._replace(end=at) if stretch.paragraph is paragraph else stretch
            elif node in letters:
                end = at + sum(map(len, letters[node]))
                for stretch in opened.values():
                    stretch.runs.append(node)
                if ground_of(node) == MARKED_ALONE:
                    alone = MarkedWords(paragraph, alone.start if alone else at, end, [*(alone.runs if alone else ()), node])
                elif alone is not None:
                    yield "", alone
                    alone = None
                at = end
        if alone is not None:
            yield "", alone
        opened = {n: s._replace(end=at) if s.paragraph is paragraph else s for n, s in opened.items()}


def ground_of(run: Element) -> str:
    """The colour of the ground a run was given, "" for none."""
    shade = run.find(f"{w('rPr')}/{w('shd')}")
    return shade.get(w("fill"), "").upper() if shade is not None else ""


def without_ground(run: Element) -> bool:
    """Take the ground of words to be confirmed from a run; whether it had it."""
    if ground_of(run) not in (MARKED, MARKED_ALONE):
        return False
    properties = run.find(w("rPr"))
    if properties is not None:
        for shade in properties.findall(w("shd")):
            take_out(shade)
        if not len(properties):
            take_out(properties)
    return True


def put_ground(paragraph: Element, low: int, high: int, fill: str) -> None:
    """Give words of a paragraph, from one place in its text to another, a ground."""
    bounds = around(paragraph, low, high)
    if bounds is None:
        return
    node: Element | None = bounds[0]
    while node is not None:
        for run in node.iter(R):
            without_ground(run)
            looks_of(run).put(create("shd", {"val": "clear", "color": "auto", "fill": fill}))
        node = node.getnext() if node is not bounds[1] else None


# ── confirming ─────────────────────────────────────────────────────────────────────────────────────────────────────


def confirm(file: DocxFile, mark: OpenMark, words: str | None = None) -> None:
    """Say of a mark that its words are right, or that these are, in their place."""
    if words is not None and words != mark.words:
        _say(mark, words)
    for run in mark.stretch.runs:
        without_ground(run)
    if mark.comment:
        drop(file, frozenset((mark.comment,)))
    file.touch(file.main)


def _say(mark: OpenMark, words: str) -> None:
    """Put words where those of a mark are: in its first run, the rest go."""
    leaves = [leaf for run in mark.stretch.runs for leaf in run if leaf.tag == T]
    for leaf in leaves[1:]:
        leaf.text = ""
    if leaves:
        leaves[0].text = words
        leaves[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def settle(file: DocxFile) -> None:
    """Take out what a final copy has no more: the comments that only remind, those on words that were confirmed, and their
    ground. What is still open stays."""
    part = file.target(file.main, "comments")
    if not part and MARKED.encode() not in file.parts[file.main].upper():
        return
    still = open_marks(file)
    open_numbers = {mark.comment for mark in still}
    drop(file, reminding(file) | (frozenset(_asking(file)) - open_numbers))
    spared = {run for mark in still for run in mark.stretch.runs}
    gone = [without_ground(run) for run in file.body.iter(R) if run not in spared]
    if any(gone):
        file.touch(file.main)


def reminding(file: DocxFile, of: str = "") -> frozenset[str]:
    """The numbers of the comments that only remind the writer, and of the answers to them; those that begin so, where
    `of` says how."""
    return _by_us(file, (REMIND + of,))


def ours_alone(file: DocxFile) -> frozenset[str]:
    """The numbers of the comments a new draft has of itself, and of the answers to them."""
    return _by_us(file, (REMIND, CONFIRM))


def _by_us(file: DocxFile, begins: tuple[str, ...]) -> frozenset[str]:
    notes, _, above = _notes(file)
    keys = {
        key_of_comment(note)
        for note in notes
        if note.get(w("author")) == AUTHOR and "".join(t.text or "" for t in note.iter(T)).startswith(begins)
    }
    return frozenset(
        note.get(_ID, "") for note in notes if (key := key_of_comment(note)) in keys or above.get(key) in keys
    )


def drop(file: DocxFile, numbers: frozenset[str]) -> None:
    """Take out comments, with the answers to them and all that refers to them."""
    part = file.target(file.main, "comments")
    if not part or not numbers:
        return
    _, above = extended_of(file)
    notes = list(file.tree(part).iterfind(w("comment")))
    keys = {key_of_comment(note) for note in notes if note.get(_ID, "") in numbers}
    gone = {n.get(_ID, ""): n for n in notes if (key := key_of_comment(n)) in keys or above.get(key) in keys}
    keys |= {key_of_comment(note) for note in gone.values()}
    for note in gone.values():
        take_out(note)
    for mark in list(file.body.iter(_START, _END, _REFERENCE)):
        if mark.get(_ID, "") in gone:
            run = mark.getparent()
            take_out(mark)
            if run is not None and run.tag == R and all(local_name(child) == "rPr" for child in run):
                take_out(run)
    _drop_from_lists(file, keys)
    file.touch(part)
    file.touch(file.main)


def drop_unreferred(file: DocxFile) -> bool:
    """Take out the comments a draft has of itself that stand nowhere any more; whether there were any."""
    own = ours_alone(file)
    gone = own - {mark.get(_ID, "") for mark in file.body.iter(_REFERENCE)} if own else own
    drop(file, gone)
    return bool(gone)


def _drop_from_lists(file: DocxFile, keys: Collection[str]) -> None:
    """Take comments out of the parts in which Word keeps what more it knows of them."""
    for kind in ("commentsExtended", "commentsIds"):
        part = file.target(file.main, kind)
        for entry in list(file.tree(part)) if part else ():
            if any(name.endswith("}paraId") and said in keys for name, said in entry.attrib.items()):
                take_out(entry)
                file.touch(part)
