"""An outline read from its file, and how long a draft is: what lists of the shelves and commands both ask for."""

from pathlib import Path
from typing import NamedTuple

from drafter.chinese.numerals import count_read
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.speech.draft import Draft
from drafter.template.layout import words_of


class OpenedOutline(NamedTuple):
    """An outline read from a file, with remarks on it."""

    path: Path
    outline: Outline
    remarks: tuple[Diagnostic, ...]


def outline_at(path: Path) -> OpenedOutline:
    """The outline of a file. Raises Rejected."""
    source, remarks = shelf.read_source(path)
    outline, more = parse(source, shelf.load)
    return OpenedOutline(path, outline, (*remarks, *more))


def outline_of_text(data: bytes, name: str) -> OpenedOutline:
    """The outline a text is; `name` is what it is called in messages. What it takes from others comes from the shelves alone,
    never from beside it, and it names no folder: it may be a stranger's. Raises Rejected."""
    from drafter.outline.yaml import Source, decode

    source, remarks = decode(data, name)

    def found(word: str, other: str, asker: Source) -> Source:
        return shelf.load(word, other, asker) if asker.file != name else shelf.load_shelved(word, other)

    outline, more = parse(source, found)
    if not shelf.usable_name(outline.template or "speech"):
        told = f"模板“{outline.template}”要写名称，不写文件夹。"
        raise Rejected(Diagnostic(told, Place(name), code="name-leaves-shelf"))
    return OpenedOutline(Path(name), outline, (*remarks, *more))


def spoken(draft: Draft) -> int:
    """The 字 of a speech as read aloud, from the salutation to the end; title and date line are not said."""
    return sum(count_read(words_of(part)) for part in draft.parts)
