"""What is on the shelves, told without reading every outline anew: lists and completion must answer at once."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from drafter.outline.shelf import BASIS, OUTLINES, PASSAGES, TEMPLATES, Found, listed, remember, remembered

if TYPE_CHECKING:
    from drafter.outline.model import Outline


class FieldEntryData(TypedDict):
    """A field of a listed outline."""

    name: str
    ask: str
    choices: list[str]


class OutlineEntryData(TypedDict):
    """A listed outline, for programs."""

    name: str
    path: str
    origin: str
    hides: list[str]
    genre: str
    about: str
    fields: list[FieldEntryData]
    characters: int
    title: str
    headings: list[str]
    also: list[str]
    broken: str | None


class PassageEntryData(TypedDict):
    """A listed passage, for programs."""

    name: str
    path: str
    origin: str
    hides: list[str]
    theme: str
    about: str
    headings: list[str]
    characters: int
    short_characters: int
    short: str
    genres: list[str]
    levels: list[str]
    ranks: list[str]
    also: list[str]
    broken: str | None


class ThemeEntryData(TypedDict):
    """A table of what speeches stand on, for programs: how many entries it has, how many stand on the day asked for, and
    which have ended by then."""

    name: str
    path: str
    origin: str
    hides: list[str]
    about: str
    also: list[str]
    checked: str | None
    entries: int
    standing: int
    ended: list[str]
    broken: str | None


class OutlineEntry(NamedTuple):
    """An outline as lists show it. `characters` is its length in 字 filled with its examples, `fields` are (name,
    question, choices), `headings` those of every level, `also` what else the occasion is called; `broken` says why it
    cannot be read ("" where it can)."""

    name: str
    path: str
    origin: str
    hides: tuple[str, ...]
    genre: str
    about: str
    fields: tuple[tuple[str, str, tuple[str, ...]], ...]
    characters: int
    title: str
    headings: tuple[str, ...]
    broken: str
    also: tuple[str, ...] = ()

    def json(self) -> OutlineEntryData:
        """For programs."""
        return {
            "name": self.name,
            "path": self.path,
            "origin": self.origin,
            "hides": list(self.hides),
            "genre": self.genre,
            "about": self.about,
            "fields": [{"name": name, "ask": ask, "choices": list(choices)} for name, ask, choices in self.fields],
            "characters": self.characters,
            "title": self.title,
            "headings": list(self.headings),
            "also": list(self.also),
            "broken": self.broken or None,
        }


class PassageEntry(NamedTuple):
    """A passage of the stock as lists show it. `genres`, `levels` and `ranks` say for which speeches it is, () for all;
    `headings` are its forms, `characters` and `short_characters` its two
    lengths in 字, `short` its short text."""

    name: str
    path: str
    origin: str
    hides: tuple[str, ...]
    theme: str
    about: str
    headings: tuple[str, ...]
    characters: int
    short_characters: int
    short: str
    genres: tuple[str, ...]
    levels: tuple[str, ...]
    ranks: tuple[str, ...]
    broken: str
    also: tuple[str, ...] = ()

    def json(self) -> PassageEntryData:
        """For programs."""
        return {
            "name": self.name,
            "path": self.path,
            "origin": self.origin,
            "hides": list(self.hides),
            "theme": self.theme,
            "about": self.about,
            "headings": list(self.headings),
            "characters": self.characters,
            "short_characters": self.short_characters,
            "short": self.short,
            "genres": list(self.genres),
            "levels": list(self.levels),
            "ranks": list(self.ranks),
            "also": list(self.also),
            "broken": self.broken or None,
        }


class ThemeEntry(NamedTuple):
    """A table of what speeches stand on as lists show it. `spans` are its entries: name, the first day and the last (""
    where it has no end), in the form of ISO 8601."""

    name: str
    path: str
    origin: str
    hides: tuple[str, ...]
    about: str
    also: tuple[str, ...]
    checked: str
    spans: tuple[tuple[str, str, str], ...]
    broken: str

    def standing(self, day: date) -> tuple[str, ...]:
        """The entries that stand on a day."""
        said = day.isoformat()
        return tuple(name for name, begins, until in self.spans if begins <= said and (not until or said <= until))

    def ended(self, day: date) -> tuple[str, ...]:
        """The entries that have ended by a day."""
        return tuple(name for name, _, until in self.spans if until and until < day.isoformat())

    def json(self, day: date) -> ThemeEntryData:
        """For programs."""
        return {
            "name": self.name,
            "path": self.path,
            "origin": self.origin,
            "hides": list(self.hides),
            "about": self.about,
            "also": list(self.also),
            "checked": self.checked or None,
            "entries": len(self.spans),
            "standing": len(self.standing(day)),
            "ended": list(self.ended(day)),
            "broken": self.broken or None,
        }


def entries() -> list[OutlineEntry]:
    """Every outline on the shelves. Told from a cache where the file has not changed since; the cache is only ever a
    saving: without it, or where it is damaged, everything is read."""
    out = []
    for found, told in _all(OUTLINES, _told):
        genre, about, fields, characters, title, headings, broken, also = told
        asked = tuple((n, a, tuple(c)) for n, a, c in fields)
        where = (found.name, str(found.path), found.origin, found.hides)
        out.append(OutlineEntry(*where, genre, about, asked, characters, title, tuple(headings), broken, tuple(also)))
    return out


def passages() -> list[PassageEntry]:
    """Every passage on the shelves, by theme and name; told from the cache as `entries` is."""
    out = []
    for found, told in _all(PASSAGES, _told_passage):
        theme, about, headings, characters, short_characters, short, genres, levels, ranks, broken, also = told
        where = (found.name, str(found.path), found.origin, found.hides)
        lengths = (characters, short_characters, short)
        fit = (tuple(genres), tuple(levels), tuple(ranks))
        out.append(PassageEntry(*where, theme, about, tuple(headings), *lengths, *fit, broken, tuple(also)))
    return sorted(out, key=lambda p: (p.theme, p.name))


def themes() -> list[ThemeEntry]:
    """Every table of what speeches stand on, by name; told from the cache as `entries` is."""
    out = []
    for found, told in _all(BASIS, _told_theme):
        about, also, checked, rows, broken = told
        where = (found.name, str(found.path), found.origin, found.hides)
        spans = [row.split("\t") for row in rows]
        out.append(
            ThemeEntry(*where, about, tuple(also), checked, tuple((n, b, u) for n, b, u in spans), broken)
        )
    return out


def templates() -> list[str]:
    """The names of the templates on the shelves."""
    return [found.name for found in listed(TEMPLATES)]


#: What is kept of an outline and of a passage, after the stamps: text (""), a number (0) or a list ([]).
_FORMS: dict[str, tuple[object, ...]] = {
    OUTLINES: ("", "", [], 0, "", [], "", []),
    PASSAGES: ("", "", [], 0, 0, "", [], [], [], "", []),
    BASIS: ("", [], "", [], ""),
}


def _expected(kind: str, kept: object) -> dict[str, list[Any]]:
    """What the cache keeps of a kind, as far as it has the form that is written there."""
    form = _FORMS[kind]
    return {
        path: told
        for path, told in (kept.items() if isinstance(kept, dict) else ())
        if isinstance(told, list)
        and len(told) == len(form) + 1
        and all(type(value) is type(like) for value, like in zip(told[1:], form, strict=True))
        and isinstance(told[0], list)
        and all(isinstance(stamp, list) and len(stamp) == 3 and isinstance(stamp[0], str) for stamp in told[0])
        and all(_listable(value) for value in told[1:] if isinstance(value, list))
    }


def _listable(value: Sequence[object]) -> bool:
    """Whether a list has what lists have: words, or fields (name, question, choices)."""
    return all(
        isinstance(entry, str)
        or (
            isinstance(entry, tuple)
            and [type(part) for part in entry] == [str, str, list]
            and all(isinstance(choice, str) for choice in entry[2])
        )
        for entry in value
    )


def _all(kind: str, tell: Callable[[Found], list[Any]]) -> Iterator[tuple[Found, list[Any]]]:
    """What is on the shelves of a kind with what is told of each: the values the cache keeps, after the stamps."""
    name = kind.replace("/", "-")
    cache = remembered(name, lambda kept: _expected(kind, kept)) or {}
    fresh, changed = {}, False
    for found in listed(kind):
        key = os.path.abspath(found.path)
        told = cache.get(key)
        if told is None or any(_stamp(file) != [file, *rest] for file, *rest in told[0]):
            told = tell(found)
            changed = True
        fresh[key] = told
        yield found, told[1:]
    if changed:
        remember(name, fresh)


def _stamp(file: str) -> list[Any]:
    try:
        stat = os.stat(file)
    except OSError:
        return [file, 0, 0]
    return [file, stat.st_mtime_ns, stat.st_size]


def _told(found: Found) -> list[Any]:
    """What the cache keeps of an outline: the state of every file it was read from, then the entry's own values."""
    from drafter.commands.shelved import outline_at, spoken
    from drafter.diagnostic import Rejected
    from drafter.outline.answers import examples
    from drafter.outline.fill import fill
    from drafter.speech.draft import Item, plain

    try:
        outline = outline_at(found.path).outline
        draft = fill(outline, examples(outline.fields, date(2000, 1, 1)))
    except Rejected as error:
        return [
            [_stamp(os.path.abspath(found.path))],
            "",
            "",
            [],
            0,
            "",
            [],
            error.diagnostics[0].text().splitlines()[0],
            [],
        ]

    def headings(items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            if item.heading:
                yield plain(item.heading)
            yield from headings(item.items)

    fields = [(f.name, f.ask, list(f.choices)) for f in outline.fields.values()]
    heads = [heading for part in draft.parts for heading in headings(part.items)]
    also = list(outline.also)
    return [_stamps(outline), outline.genre, outline.about, fields, spoken(draft), plain(draft.title), heads, "", also]


def _told_passage(found: Found) -> list[Any]:
    """The same of a passage."""
    from drafter.chinese.numerals import count_read
    from drafter.commands.shelved import outline_at
    from drafter.diagnostic import Rejected

    try:
        outline = outline_at(found.path).outline
    except Rejected as error:
        return [
            [_stamp(os.path.abspath(found.path))],
            "",
            "",
            [],
            0,
            0,
            "",
            [],
            [],
            [],
            error.diagnostics[0].text().splitlines()[0],
            [],
        ]
    passage = outline.passage
    if passage is None:
        return [_stamps(outline), outline.genre, outline.about, [], 0, 0, "", [], [], [], "里面没有 passage，不是备选的段落。", []]
    text, short = ("".join(t.words for t in texts) for texts in (passage.texts, passage.short))
    heads = [h.words for h in passage.headings]
    return [
        _stamps(outline),
        outline.genre,
        outline.about,
        heads,
        count_read(text),
        count_read(short),
        short or text,
        list(passage.genres),
        list(passage.levels),
        list(passage.ranks),
        "",
        list(outline.also),
    ]


def _told_theme(found: Found) -> list[object]:
    """The same of a table of what speeches stand on."""
    from drafter.diagnostic import Rejected
    from drafter.outline.read_basis import parse_table
    from drafter.outline.shelf import read_source

    stamps = [_stamp(os.path.abspath(found.path))]
    try:
        table = parse_table(read_source(found.path)[0])[0]
    except Rejected as error:
        return [stamps, "", [], "", [], error.diagnostics[0].text().splitlines()[0]]
    spans = [f"{' '.join(e.name.split())}\t{e.begins}\t{e.until or ''}" for e in table.entries]
    return [stamps, table.about, list(table.also), table.checked.isoformat(), spans, ""]


def _stamps(outline: "Outline") -> list[list[Any]]:
    return [_stamp(os.path.abspath(source.file)) for source in outline.sources]
