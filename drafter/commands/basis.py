"""`drafter outlines basis`: the tables of what speeches stand on, and what one prints on a day."""

from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict

from drafter.chinese.ranks import RANKS as RANKS
from drafter.commands.index import ThemeEntry, ThemeEntryData, themes
from drafter.commands.next_step import Ending, NextStep, typed
from drafter.commands.no_effect import without_effect
from drafter.commands.opening import moment
from drafter.diagnostic import Diagnostic, Rejected, nearest
from drafter.outline import shelf
from drafter.outline.basis import (
    LENGTHS,
    BasisAsked,
    BasisEntry,
    BasisTable,
    Chosen,
    Situation,
    Stood,
    choose,
    fits,
    situation,
)
from drafter.outline.basis import LEVELS as LEVELS
from drafter.outline.read_basis import parse_table
from drafter.outline.standing import remarks_on, told_of
from drafter.outline.yaml import Scalar

#: What becomes of an entry, in words.
STATES = {
    "printed": "印",
    "standing": "能用",
    "others": "别的层级、身份用",
    "coming": "还没到",
    "ended": "过了",
}


class BasisRequest(NamedTuple):
    """What is wanted of the tables: without a `theme` all are listed, with one it is told what it prints. `date` "" is
    today; `level`, `rank` and `length` "" are not said."""

    theme: str = ""
    date: str = ""
    level: str = ""
    rank: str = ""
    length: str = ""


class ThemesResult(NamedTuple):
    """Every table on the shelves, and the day they are looked at for."""

    themes: tuple[ThemeEntry, ...]
    day: date
    remarks: tuple[Diagnostic, ...] = ()

    def ending(self) -> Ending:
        """What most people do next: see what one of them prints."""
        whole = [theme.name for theme in self.themes if not theme.broken]
        return Ending(next=NextStep(typed("outlines", "basis", whole[0]), "看一个主题会印出什么") if whole else None)

    def json(self) -> list[ThemeEntryData]:
        """For programs."""
        return [theme.json(self.day) for theme in self.themes]


class StandingData(TypedDict):
    """An entry of a table: where it stands (state "printed"), whether it stands but another of its kind is preferred, or
    it is not among the kinds wanted ("standing"), is for others ("others"), is yet to come ("coming"), or has ended
    ("ended")."""

    name: str
    kind: str
    state: str
    since: str
    until: str | None
    levels: list[str]
    ranks: list[str]
    source: str
    checked: str


class PrintedData(TypedDict):
    """What a length prints: the words and the entries they are of."""

    length: str
    text: str
    entries: list[str]


class ThemeShownData(TypedDict):
    """A table, for programs, and what it prints on a day."""

    name: str
    path: str
    about: str
    also: list[str]
    checked: str
    since: str | None
    day: str
    level: str | None
    rank: str | None
    printed: list[PrintedData]
    entries: list[StandingData]


class BasisResult(NamedTuple):
    """A table, and what it prints in the situation asked for, by length."""

    path: str
    table: BasisTable
    situation: Situation
    printed: tuple[tuple[str, tuple[Chosen, ...]], ...]
    remarks: tuple[Diagnostic, ...]

    def ending(self) -> Ending:
        """What most people do next: amend the table."""
        step = NextStep(typed("outlines", "edit", "--basis", self.table.name), "补新的依据，抄一份来改")
        return Ending(next=step)

    @property
    def day(self) -> date:
        """The day it is looked at for."""
        return self.situation.day or self.table.checked

    def state(self, entry: BasisEntry) -> str:
        """What becomes of an entry (see `StandingData`)."""
        if entry.begins > self.day:
            return "coming"
        if not entry.stands(self.day):
            return "ended"
        if not fits(entry, self.situation):
            return "others"
        return "printed" if any(c.entry is entry for _, chosen in self.printed for c in chosen) else "standing"

    def json(self) -> ThemeShownData:
        """For programs."""
        table = self.table
        return {
            "name": table.name,
            "path": self.path,
            "about": table.about,
            "also": list(table.also),
            "checked": str(table.checked),
            "since": table.since or None,
            "day": str(self.day),
            "level": self.situation.level or None,
            "rank": self.situation.rank or None,
            "printed": [
                {"length": length, "text": words_of(chosen), "entries": [c.entry.name for c in chosen]}
                for length, chosen in self.printed
            ],
            "entries": [
                {
                    "name": e.name,
                    "kind": e.kind,
                    "state": self.state(e),
                    "since": str(e.begins),
                    "until": str(e.until) if e.until else None,
                    "levels": list(e.levels),
                    "ranks": list(e.ranks),
                    "source": e.origin,
                    "checked": str(e.checked),
                }
                for e in table.entries
            ],
        }


def words_of(chosen: tuple[Chosen, ...]) -> str:
    """What entries print, their blanks as 【…】."""
    return "".join(c.text.words for c in chosen)


def list_themes(request: BasisRequest) -> ThemesResult:
    """The tables on every shelf, broken ones too. Raises Rejected for what is no day."""
    options = [(request.level, "--level"), (request.rank, "--rank"), (request.length, "--length")]
    idle = without_effect("没有写主题，列出的是全部", options)
    return ThemesResult(tuple(themes()), moment(request.date).date(), idle)


def show_basis(request: BasisRequest) -> BasisResult:
    """What the table of a theme prints. Raises Rejected."""
    for option, said, known in (
        ("--length", request.length, LENGTHS),
        ("--level", request.level, tuple(LEVELS)),
        ("--rank", request.rank, RANKS),
    ):
        if said and said not in known:
            hint = f"有：{'、'.join(known)}。{nearest(said, known)}"
            raise Rejected(Diagnostic(f"{option} {said}：没有这一种。", None, hint, code="option-value"))
    path = table_file(request.theme)
    source, remarks = shelf.read_source(path)
    table, more = parse_table(source)
    day = moment(request.date).date()
    where = situation(day, request.level, request.rank)
    asked = BasisAsked(request.theme, table, "", (), Scalar(request.theme, source, 1, 1))
    lengths = (request.length,) if request.length else LENGTHS
    printed = tuple((length, choose(asked, where, length)) for length in lengths)
    told = remarks_on(told_of([Stood(asked, day, chosen) for _, chosen in printed]))
    return BasisResult(str(path), table, where, printed, (*remarks, *more, *told))


def table_file(name: str) -> Path:
    """The file of a table, by its path, its name or what else it is called. Raises Rejected."""
    if shelf.is_path(name):
        return shelf.find_outline(name)
    try:
        return shelf.find_basis(name)
    except Rejected as refused:
        from drafter.commands.nearby import told_near

        raise told_near(name, (shelf.BASIS,), refused) from None
