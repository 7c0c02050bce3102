"""`drafter check --formulations`: what is known of set formulations, by theme."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.diagnostic import Diagnostic, Rejected

if TYPE_CHECKING:
    from drafter.check.tables.entries import Formulation
    from drafter.check.tables.known import Known, OwnTableData

#: What kinds of entries are called, in the order they are listed; a formulation needs no name.
KINDS = {
    "formulation": "",
    "fixed": "",
    "sequence": "次序",
    "task": "任务",
    "campaign": "活动",
    "address": "称谓",
    "meeting": "会议",
    "body": "机构",
    "document": "文件",
    "forbidden": "禁用",
    "careful": "慎用",
}

#: The theme of entries that name none, and of an office's own.
OTHER, OWN = "其他", "本单位"


class FormulationsRequest(NamedTuple):
    """The themes and words to be looked for; an entry must fit all of them. () for all entries."""

    words: tuple[str, ...] = ()


class FormulationData(TypedDict):
    """An entry for programs. `kind` is the table's word; `from` and `to` the first and last day it is right, null where
    there is no bound; `now` what is said instead, `table` the user's table it stands in, null where there is none.
    `sure` says that it is more than advice."""

    form: str
    kind: str
    theme: str
    since: str | None
    until: str | None
    now: str | None
    items: list[str]
    wrong: list[str]
    note: str | None
    source: str
    table: str | None
    sure: bool


class ThemeData(TypedDict):
    """A theme, and how many entries there are of it."""

    theme: str
    entries: int


class KnownFormulationsData(TypedDict):
    """What is known of formulations, for programs: up to which day, the user's own tables, the themes of all entries,
    and the entries that were asked for."""

    checked: str
    own: "list[OwnTableData]"
    themes: list[ThemeData]
    entries: list[FormulationData]


class ListedFormulation(NamedTuple):
    """An entry as it is listed. `called` is what its kind is called, "" for a formulation; `since` and `until` are None
    where there is no bound, `table` is "" for what came with drafter."""

    form: str
    kind: str
    called: str
    theme: str
    since: date | None
    until: date | None
    now: str
    items: tuple[str, ...]
    wrong: tuple[str, ...]
    note: str
    source: str
    table: str
    sure: bool

    def json(self) -> FormulationData:
        """For programs."""
        return {
            "form": self.form,
            "kind": self.kind,
            "theme": self.theme,
            "since": str(self.since) if self.since else None,
            "until": str(self.until) if self.until else None,
            "now": self.now or None,
            "items": list(self.items),
            "wrong": list(self.wrong),
            "note": self.note or None,
            "source": self.source,
            "table": self.table or None,
            "sure": self.sure,
        }


class FormulationsResult(NamedTuple):
    """The entries asked for, by theme, and how many there are of each theme in all."""

    entries: tuple[ListedFormulation, ...]
    themes: tuple[tuple[str, int], ...]
    known: "Known"

    def json(self) -> KnownFormulationsData:
        """For programs."""
        return {
            "checked": str(self.known.day),
            "own": self.known.tables(),
            "themes": [{"theme": theme, "entries": n} for theme, n in self.themes],
            "entries": [entry.json() for entry in self.entries],
        }


def formulations(request: FormulationsRequest) -> FormulationsResult:
    """The entries of a theme, or with a word in them. Raises Rejected where there is none, and with every fault of a
    user's table."""
    from drafter.check.tables.formulations import book
    from drafter.check.tables.known import known

    every = book().entries
    counts = dict[str, int]()
    for entry in every:
        counts[_theme_of(entry)] = counts.get(_theme_of(entry), 0) + 1
    themes = sorted(counts.items(), key=lambda row: (row[0] == OTHER, row[0] != OWN, -row[1], row[0]))
    rank = {theme: n for n, (theme, _) in enumerate(themes)}
    kinds = list(KINDS)
    found = [entry for entry in every if all(_fits(entry, word, rank) for word in request.words)]
    if not found:
        said = f"没有“{' '.join(request.words)}”的提法。"
        raise Rejected(Diagnostic(said, None, f"主题有：{'、'.join(rank)}。", code="formulation-unknown"))
    found.sort(key=lambda entry: (rank[_theme_of(entry)], kinds.index(entry.kind)))
    return FormulationsResult(tuple(map(_listed, found)), tuple(themes), known())


def theme_names() -> tuple[str, ...]:
    """The themes there are; none where a user's table cannot be read."""
    try:
        return tuple(theme for theme, _ in formulations(FormulationsRequest()).themes)
    except Rejected:
        return ()


def _theme_of(entry: "Formulation") -> str:
    return entry.theme or (OWN if entry.table else OTHER)


def _listed(entry: "Formulation") -> ListedFormulation:
    return ListedFormulation(
        form=entry.form,
        kind=entry.kind,
        called=KINDS[entry.kind],
        theme=_theme_of(entry),
        since=date.fromordinal(entry.first) if entry.first else None,
        until=date.fromordinal(entry.last) if entry.last else None,
        now=entry.now,
        items=entry.items,
        wrong=tuple(wrong for wrong, _ in entry.wrong),
        note=entry.note,
        source=entry.source,
        table=entry.table,
        sure=entry.sure,
    )


def _fits(entry: "Formulation", word: str, themes: Collection[str]) -> bool:
    """Whether a word is the theme of an entry, or stands in it. A theme that is called so is meant alone."""
    if word in themes:
        return _theme_of(entry) == word
    from drafter.check.tables.entries import UNMARKED

    wanted = word.translate(UNMARKED)
    texts = (entry.form, entry.now, entry.note, entry.source, entry.table, *entry.items, *(w for w, _ in entry.wrong))
    return any(wanted in text.translate(UNMARKED) for text in texts)
