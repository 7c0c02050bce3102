"""The one search: outlines, passages, tables of what speeches stand on and templates, by what a writer calls them. Lists,
completion, the picker of `new` and a name that is nearly right ask here."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from drafter.commands.index import OutlineEntry, PassageEntry, ThemeEntry
from drafter.commands.ranking import SAME, Described, alike, ranked

if TYPE_CHECKING:
    from drafter.commands.prompt import Find

#: What is looked for.
Entry = TypeVar("Entry")

#: Where nothing fits, so many of the nearest are told.
NEAREST = 3


#: What answers by so much less than the best is not meant beside it.
LIKELY = 0.8


class FoundEntry(NamedTuple, Generic[Entry]):
    """What was found: an entry, how well it answers (above 0, the best first), whether it `fits` or is only among the
    nearest, and the words of it that were met (`why`)."""

    entry: Entry
    score: float
    fits: bool
    why: tuple[str, ...]


def find(entries: Sequence[OutlineEntry], words: Sequence[str]) -> list[OutlineEntry]:
    """The outlines that fit what a writer says, best first; where none does, the nearest."""
    return [hit.entry for hit in outlines_found(entries, " ".join(words))]


def outlines_found(entries: Sequence[OutlineEntry], typed: str) -> list[FoundEntry[OutlineEntry]]:
    """The same with how well they do."""
    return _found(entries, [_outline(entry) for entry in entries], typed)


def passages_found(entries: Sequence[PassageEntry], typed: str) -> list[FoundEntry[PassageEntry]]:
    """The passages that fit, best first; where none does, the nearest."""
    return _found(entries, [_passage(entry) for entry in entries], typed)


def themes_found(entries: Sequence[ThemeEntry], typed: str) -> list[FoundEntry[ThemeEntry]]:
    """The tables of what speeches stand on that fit, best first; where none does, the nearest."""
    return _found(entries, [_theme(entry) for entry in entries], typed)


def likeliest(hits: "Sequence[FoundEntry[OutlineEntry] | FoundEntry[PassageEntry] | FoundEntry[ThemeEntry]]") -> list[str]:
    """The names of those that fit nearly as well as the best: where one is put in the place of what was typed, others
    only stand in its way."""
    return [hit.entry.name for hit in hits if hit.fits and hit.score >= LIKELY * hits[0].score]


def rows_found(rows: Sequence[tuple[str, ...]], typed: str) -> list[FoundEntry[int]]:
    """The rows that fit, as their numbers: what each is called, and what else there is to say of it."""
    papers = [Described(tuple((text, 1.0 if n < 2 else 0.6) for n, text in enumerate(row))) for row in rows]
    return _found(range(len(rows)), papers, typed)


#: What finds rows by the words typed: their numbers, the best first, and whether each fits.
Hits = Callable[[str], Iterable[tuple[int, bool]]]


def finding(rows: Sequence[tuple[str, str, str]], hits: Hits | None = None) -> "Find":
    """What finds rows (value, label, text) of a list: by `hits`, or those whose labels have every word typed, else those
    that mean it. Where nothing fits the nearest are shown, and it is said; where nothing is near, all."""
    from drafter.commands.prompt import Matches

    def find(typed: str) -> Matches:
        words = typed.casefold().split()
        having = [n for n, (_, label, _) in enumerate(rows) if all(word in label.casefold() for word in words)]
        if having and (hits is None or len(typed.strip()) == 1):
            return Matches(having)
        found = [*(hits or _meaning(rows))(typed)]
        if any(fits for _, fits in found):
            return Matches([n for n, _ in found])
        near = [*dict.fromkeys([*having, *(n for n, _ in found)])]
        said = f"没有合适“{typed.strip()}”的，"
        return Matches(near, said + "最近的是：") if near else Matches(range(len(rows)), said + "下面是全部。")

    return find


def _meaning(rows: Sequence[tuple[str, str, str]]) -> Hits:
    """What finds rows by what their labels and texts mean."""

    def hits(typed: str) -> Iterable[tuple[int, bool]]:
        parts = [(*label.replace(" · ", "\u3000").split("\u3000"), text) for _, label, text in rows]
        return ((hit.entry, hit.fits) for hit in rows_found(parts, typed))

    return hits


def of_genre(entries: Sequence[OutlineEntry], genre: str) -> list[OutlineEntry]:
    """The entries whose genre holds the word, or one that means the same."""
    exact = [e for e in entries if genre.lower() in e.genre.lower()]
    other = [word for word, worth in alike(genre).items() if worth >= SAME]
    return exact or [e for e in entries if any(word in e.genre for word in other)]


def _found(entries: Sequence[Entry], papers: Sequence[Described], typed: str) -> list[FoundEntry[Entry]]:
    hits = [FoundEntry(entries[m.number], round(m.score, 3), m.fits, m.words) for m in ranked(papers, typed)]
    return [hit for hit in hits if hit.fits] or hits[:NEAREST]


def _outline(entry: OutlineEntry) -> Described:
    """What an outline is called, and what it speaks of. Its title is filled with examples, which are not its own."""
    return Described(
        (
            (entry.genre or entry.name, 1.0),
            (_name(entry.name), 1.0),
            *((word, 1.0) for word in entry.also),
            (entry.about, 0.7),
            (entry.title, 0.6),
            *((heading, 0.3) for heading in entry.headings),
            *((ask, 0.2) for _, ask, _ in entry.fields),
        )
    )


def _passage(entry: PassageEntry) -> Described:
    return Described(
        (
            (entry.name, 1.0),
            (entry.theme, 1.0),
            *((word, 1.0) for word in entry.also),
            *((heading, 0.8) for heading in entry.headings),
            (entry.about, 0.7),
            (entry.short, 0.4),
        )
    )


def _theme(entry: ThemeEntry) -> Described:
    spans = ((name, 0.4) for name, _, _ in entry.spans)
    return Described(((entry.name, 1.0), *((word, 1.0) for word in entry.also), (entry.about, 0.7), *spans))


def _name(name: str) -> str:
    """A name as words: fire-safety is two."""
    return name.replace("-", " ").replace("_", " ")
