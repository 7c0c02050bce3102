"""An outline read from its file, and how long a draft is: what lists of the shelves and commands both ask for."""

from pathlib import Path
from typing import NamedTuple

from drafter.chinese.numerals import count_read
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.model import Outline
from drafter.outline.parse import parse
from drafter.outline.yaml import Source
from drafter.speech.draft import Draft
from drafter.template.layout import words_of


class OpenedOutline(NamedTuple):
    """An outline read from a file, with remarks on it."""

    path: Path
    outline: Outline
    remarks: tuple[Diagnostic, ...]


class _Parsed(NamedTuple):
    """An outline as it was read, with all it was read from: the file, and what was asked for and given for that."""

    source: Source
    given: tuple[tuple[tuple[str, str, Source], Source], ...]
    outline: Outline
    remarks: tuple[Diagnostic, ...]

    @property
    def characters(self) -> int:
        return len(self.source.text) + sum(len(given.text) for _, given in self.given)


#: Those read last, by their paths: a desk shows one again at every letter, a batch opens some for every row. Their files have so many
#: characters in all at most (those we ship have 700,000, and take 16 MB).
_MOST = 2_000_000
_parsed: dict[Path, _Parsed] = {}


def outline_at(path: Path) -> OpenedOutline:
    """The outline of a file. It is parsed again where a file that it was read from says something else. Raises Rejected."""
    source, remarks = shelf.read_source(path)
    kept = _parsed.pop(path, None)
    if kept is None or not _same(kept.source, source) or not _as_given(kept):
        kept, whole = _read(source)
        if not whole:
            return OpenedOutline(path, kept.outline, (*remarks, *kept.remarks))
    _parsed[path] = kept
    room = _MOST
    for one, its in reversed(list(_parsed.items())):
        room -= its.characters
        if room < 0 and one != path:
            _parsed.pop(one, None)  # another thread may have taken it
    return OpenedOutline(path, kept.outline, (*remarks, *kept.remarks))


def _as_given(kept: _Parsed) -> bool:
    """Whether what it asks for is the same still."""
    try:
        return all(_same(shelf.load(*asked), given) for asked, given in kept.given)
    except Rejected:
        return False


def _same(one: Source, other: Source) -> bool:
    return (one.file, one.text) == (other.file, other.text)


def _read(source: Source) -> tuple[_Parsed, bool]:
    """The outline of a source, and whether it was given all it asked for."""
    asked: list[tuple[str, str, Source]] = []
    given: list[Source] = []

    def load(word: str, name: str, asker: Source) -> Source:
        asked.append((word, name, asker))
        given.append(shelf.load(word, name, asker))
        return given[-1]

    outline, remarks = parse(source, load)
    whole = len(asked) == len(given)
    return _Parsed(source, tuple(zip(asked, given, strict=False)), outline, remarks), whole


def outline_of_text(data: bytes, name: str) -> OpenedOutline:
    """The outline a text is; `name` is what it is called in messages. What it takes from others comes from the shelves alone,
    never from beside it, and it names no folder: it may be a stranger's. Raises Rejected."""
    from drafter.outline.yaml import decode

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
