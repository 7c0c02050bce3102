"""Blanks in the page headers and footers of a letterhead: 【会议名称】 typed there in Word is a field like any other, so that
an answer changes there too."""

import re
from collections.abc import Iterator, Mapping

from drafter.outline.field import Field, Value, say
from drafter.speech.block import Block
from drafter.speech.draft import Span
from drafter.word.document import DocxFile
from drafter.word.edit import Editor, as_tokens
from drafter.word.oxml import Element
from drafter.word.text import paragraph_elements, read
from drafter.word.tokens import Token

_BLANK = re.compile("【([^【】]{1,40})】")


def header_paragraphs(file: DocxFile) -> Iterator[tuple[str, Element]]:
    """(part, paragraph) of every header and footer of the document."""
    for relation in list(file.relations(file.main)):
        if relation.kind.endswith(("/header", "/footer")) and not relation.external and relation.target in file:
            for element in paragraph_elements(file.tree(relation.target), tables=True):
                yield relation.target, element


def header_blocks(file: DocxFile, fields: Mapping[str, Field], answers: Mapping[str, Value]) -> list[Block]:
    """What the headers ask for, as paragraphs whose blanks may be given slots."""
    names: dict[str, None] = {}
    for _, element in header_paragraphs(file):
        paragraph = read(element)
        names |= dict.fromkeys(name for name in _BLANK.findall(paragraph.text) if name in fields)
        names |= dict.fromkeys(control.tag for control in paragraph.controls if control.tag in fields)
    spans = (_span(name, answers) for name in names)
    return [Block("页眉", (span,)) for span in spans]


def _span(name: str, answers: Mapping[str, Value]) -> Span:
    return Span(say(answers[name]) if name in answers else f"【{name}】", "", name, name, name in answers)


def fill_headers(file: DocxFile, editor: Editor, fields: Mapping[str, Field], answers: Mapping[str, Value]) -> None:
    """Make fields of the blanks in the headers."""
    for part, element in list(header_paragraphs(file)):
        paragraph = read(element)
        text = "".join(piece.text for piece in paragraph.pieces if piece.control is None)
        if not any(name in fields for name in _BLANK.findall(text)):
            continue
        old = as_tokens(paragraph)
        new = [one for token in old for one in (_cut(token, fields, answers) if not token.tag else [token])]
        editor.rewrite(paragraph, old, tuple(new))
        file.touch(part)


def _cut(token: Token, fields: Mapping[str, Field], answers: Mapping[str, Value]) -> list[Token]:
    """The words of a token with the blanks among them apart."""
    out = []
    at = 0
    for found in _BLANK.finditer(token.text):
        if found[1] not in fields:
            continue
        span = _span(found[1], answers)
        out += [token._replace(text=token.text[at : found.start()]), Token(span.text, found[1], not span.answered)]
        at = found.end()
    return [one for one in (*out, token._replace(text=token.text[at:])) if one.text]


def update_headers(
    file: DocxFile, editor: Editor, fields: Mapping[str, Field], made: Mapping[str, Value], now: Mapping[str, Value]
) -> None:
    """Bring the fields in the headers up to the answers of now; one the writer has changed there stays."""
    for part, element in list(header_paragraphs(file)):
        paragraph = read(element)
        for at, control in enumerate(paragraph.controls):
            name = control.tag
            if name not in fields:
                continue
            said, wanted = paragraph.said(at), _span(name, now)
            untouched = control.prompt or said.startswith("【") or (name in made and said == say(made[name]))
            if untouched and said != wanted.text and (wanted.answered or not said.startswith("【")):
                editor.fill(paragraph, control, Token(wanted.text, name, not wanted.answered))
                file.touch(part)
