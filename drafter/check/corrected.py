"""What takes the place of words that were found wrong, put into a Word document: letter by letter, so that what is not changed
keeps its looks; words inside a control are its answer, which changes wherever it stands."""

from collections.abc import Sequence
from datetime import datetime

from drafter.check.fixes import Replacement
from drafter.check.paper import Paper
from drafter.word.controls import STORE
from drafter.word.document import DocxFile
from drafter.word.edit import Editor, StyleIds, as_tokens
from drafter.word.oxml import CONTENT, Element, R, local_name, value_of
from drafter.word.text import Control, WordParagraph, every_paragraph, read
from drafter.word.tokens import Token


def corrected(
    file: DocxFile,
    elements: Sequence[Element | None],
    paper: Paper,
    wanted: Sequence[Replacement],
    now: datetime,
    revisions: bool,
    answers: bool = False,
) -> tuple[bytes, tuple[Replacement, ...]]:
    """The document with the replacements made, as tracked changes with `revisions`, and those that were made: words in a control
    are only with `answers`, those that go over its edge are not, nor are those that overlap with some that were. `elements`
    are the paragraphs of the paper's lines."""
    editor = Editor(file, StyleIds({}, _look_of_blanks(elements)), {}, now, revisions)
    done: list[Replacement] = []
    last: dict[int, int] = {}
    for one in sorted(wanted, key=lambda r: (r.finding.line, r.finding.start), reverse=True):
        f = one.finding
        element = elements[f.line] if f.line < len(elements) else None
        if element is None or f.end > last.get(f.line, f.end):
            continue
        if _rewritten(file, editor, element, paper.speech.lines[f.line].text, one, answers):
            last[f.line] = f.start
            done.append(one)
    if editor.changed:
        file.touch(file.main)
    return file.data(now), tuple(reversed(done))


def where_in(said: str, line: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a line stand in a paragraph, whose text may have an automatic number less or blanks more."""
    words = line[start:end]
    if said == line or (said[start:end] == words and words):
        return start, end
    if not words:
        return None
    number = line[:start].count(words)
    at = -1
    for _ in range(number + 1):
        at = said.find(words, at + 1)
        if at < 0:
            return None
    return at, at + len(words)


def _rewritten(file: DocxFile, editor: Editor, element: Element, line: str, one: Replacement, answers: bool) -> bool:
    """Whether the words of a finding were replaced in its paragraph."""
    f = one.finding
    paragraph = read(element)
    place = where_in(paragraph.text, line, f.start, f.end)
    if place is None:
        return False
    inside = _controls_at(paragraph, *place)
    if not inside:
        old = as_tokens(paragraph)
        new = _changed(old, *place, one.instead)
        if new is not None:
            editor.rewrite(paragraph, old, new)
        return new is not None
    at = next(iter(inside))
    if len(inside) > 1 or at is None or not answers:
        return False
    first = next(n for n, piece in enumerate(paragraph.pieces) if piece.control == at)
    begin = sum(len(piece.text) for piece in paragraph.pieces[:first])
    said = paragraph.said(at)
    words = said[: place[0] - begin] + one.instead + said[place[1] - begin :]
    _answer(file, editor, paragraph.controls[at], said, words)
    return True


def _controls_at(paragraph: WordParagraph, low: int, high: int) -> frozenset[int | None]:
    """The controls of ours some words stand in, None among them for words that stand in none; empty where all do."""
    found: set[int | None] = set()
    at = 0
    for piece in paragraph.pieces:
        start, at = at, at + len(piece.text)
        if start < high and at > low:
            ours = piece.control is not None and (paragraph.controls[piece.control].tag or paragraph.controls[piece.control].node)
            found.add(piece.control if ours else None)
    return frozenset() if found <= {None} else frozenset(found)


def _changed(tokens: Sequence[Token], low: int, high: int, instead: str) -> tuple[Token, ...] | None:
    """The tokens with other words at a place, None where it does not stand in one stretch."""
    out = []
    at = 0
    made = False
    for token in tokens:
        start, at = at, at + len(token.text)
        if start <= low and high <= at and not token.tag and not made:
            token = token._replace(text=token.text[: low - start] + instead + token.text[high - start :])
            made = True
        out.append(token)
    return tuple(out) if made else None


def _answer(file: DocxFile, editor: Editor, control: Control, was: str, words: str) -> None:
    """Let a control say other words, and all that show the same answer; and the store they are bound to."""
    for element, _ in list(every_paragraph(file.body)):
        paragraph = read(element)
        for at, other in enumerate(paragraph.controls):
            same = other.node == control.node if control.node else other.tag == control.tag
            if same and paragraph.said(at) == was:
                editor.fill(paragraph, other, Token(words, other.tag))
    for part in file.custom(STORE) if control.node else ():
        for held in file.tree(part):
            if isinstance(held.tag, str) and local_name(held) == control.node:
                held.text = words
                file.touch(part)


def _look_of_blanks(elements: Sequence[Element | None]) -> str:
    """The character style of a blank nobody has answered, "" where there is none in these paragraphs."""
    for element in elements:
        for control in read(element).controls if element is not None else ():
            content = control.element.find(CONTENT) if control.prompt else None
            for run in content.iter(R) if content is not None else ():
                if style := value_of(run, "rPr/rStyle"):
                    return style
    return ""
