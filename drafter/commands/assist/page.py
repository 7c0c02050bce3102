"""What a page on which an outline is edited is told of its text: faults and places as a browser counts them, what may be
typed, what a word means, and the pages the outline makes."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from drafter.commands.assist.cursor import Known, is_table, known, rows_of, word_of
from drafter.commands.assist.desk import names_for
from drafter.commands.assist.faults import Fault, Looked, keep, look_at, to_keep
from drafter.commands.assist.meaning import Told, told
from drafter.commands.assist.offers import Offer, offers
from drafter.commands.assist.sheet import Point, Sheet, file_name, sheet_of
from drafter.commands.assist.symbols import symbols
from drafter.commands.opening import DEFAULT_TEMPLATE, blocks_of, open_template
from drafter.diagnostic import Rejected
from drafter.outline.answers import examples
from drafter.outline.fill import fill
from drafter.outline.model import Outline
from drafter.writers.html import HtmlSheet, sheet


class FaultShown(NamedTuple):
    """A problem as the editor marks it: `line` (from 1) and the `start` and `end` in the text, as the browser counts. `instead`
    may take its place, offered in the words of `way`; None where nothing may. `elsewhere` is the name of another file it
    stands in, "" for this one."""

    line: int
    start: tuple[int, int]
    end: tuple[int, int]
    level: str
    message: str
    rule: str
    instead: str | None
    way: str
    elsewhere: str


def keep_on_page(file: str, text: str, rule: str, line: int, character: int) -> bool:
    """Note beside a file that somebody has decided to leave what a rule finds at a place of its text; False where it finds nothing
    there. Raises Rejected where it cannot be written."""
    looked = look_at(_sheet(file, text), True, lambda step: None)
    at = looked.sheet.at(Point(line, character))
    fault = next((one for one in looked.faults if one.rule == rule and one.start == at), None)
    kept = to_keep(looked, fault) if fault is not None else None
    if kept is None:
        return False
    keep(file, *(str(said) for said in kept))
    return True


class HeadShown(NamedTuple):
    """A part or heading: its words, how deep it stands (from 1), its line (from 1)."""

    said: str
    level: int
    line: int


class WordGloss(NamedTuple):
    """A word of the outline language and what it means, in few words of Chinese, where it stands (as the browser counts)."""

    line: int
    start: int
    end: int
    said: str


class TextLooked(NamedTuple):
    """What was found in a text: its faults, its parts, its words with what they mean, and the outline it makes (None where it makes
    none)."""

    faults: tuple[FaultShown, ...]
    heads: tuple[HeadShown, ...]
    words: tuple[WordGloss, ...]
    outline: Outline | None

    @property
    def errors(self) -> int:
        """How many of the faults keep it from being used."""
        return sum(fault.level == "error" for fault in self.faults)


#: The class of the element that pages are to stand in.
SHEETS = "a4"


def _sheet(file: str, text: str) -> Sheet:
    return sheet_of(text.replace("\r\n", "\n").replace("\r", "\n"), file)


def look_on_page(file: str, text: str) -> TextLooked:
    """What would be wrong with a file on the shelves if it held this text."""
    looked = look_at(_sheet(file, text), True, lambda step: None)
    faults = tuple(_shown(looked, fault) for fault in looked.faults)
    return TextLooked(faults, _heads(looked), tuple(_glosses(looked.sheet)), looked.outline)


def _shown(looked: Looked, fault: Fault) -> FaultShown:
    sheet = looked.sheet
    start, end = sheet.point(fault.start), sheet.point(fault.end)
    elsewhere = fault.elsewhere
    return FaultShown(
        line=start.line + 1,
        start=(start.line, start.character),
        end=(end.line, end.character),
        level=fault.level,
        message=fault.message,
        rule=fault.rule,
        instead=None if elsewhere else fault.instead,
        way=fault.remedy if fault.instead is not None else "",
        elsewhere=file_name(elsewhere.file).rpartition(".")[0] if elsewhere else "",
    )


def _heads(looked: Looked) -> tuple[HeadShown, ...]:
    sheet = looked.sheet
    return tuple(HeadShown(one.name, one.level, sheet.point(one.start).line + 1) for one in symbols(looked, True))


def _glosses(sheet: Sheet) -> Iterator[WordGloss]:
    """What the words before colons mean."""
    table = is_table(sheet)
    above: list[tuple[int, str]] = []
    for number, row in enumerate(rows_of(sheet)):
        if row.block >= 0 or not row.key:
            continue
        while above and above[-1][0] >= row.column:
            above.pop()
        word = word_of([key for _, key in above], row.key, table)
        above.append((row.column, row.key))
        if word is not None:
            begin = sheet.rows[number][0] + row.column
            start, end = sheet.point(begin), sheet.point(begin + len(row.key))
            yield WordGloss(start.line, start.character, end.character, re.split("[：，。；（]", word.zh)[0])


class OffersShown(NamedTuple):
    """What may be typed at a place: the words, and where each puts them."""

    offers: tuple[Offer, ...]
    places: tuple[tuple[Point, Point], ...]


def offered(file: str, text: str, line: int, character: int) -> OffersShown:
    """What may be typed at a line and character (from 0, as the browser counts)."""
    sheet = _sheet(file, text)
    outline: Known = known(sheet, None)
    found = offers(sheet, sheet.at(Point(line, character)), outline, lambda word: names_for(word, sheet.file))
    places = tuple((sheet.point(one.start), sheet.point(one.end)) for one in found)
    return OffersShown(found, places)


class WordTold(NamedTuple):
    """What a word means (Markdown), and where it stands."""

    text: str
    start: tuple[int, int]
    end: tuple[int, int]


def word_told(file: str, text: str, line: int, character: int) -> WordTold | None:
    """What the word at a line and character means, None where there is nothing to say."""
    sheet = _sheet(file, text)
    found: Told | None = told(sheet, sheet.at(Point(line, character)), known(sheet, None))
    if found is None:
        return None
    start, end = sheet.point(found.start), sheet.point(found.end)
    return WordTold(found.text, (start.line, start.character), (end.line, end.character))


def pages_of(outline: Outline) -> HtmlSheet | None:
    """The pages an outline makes today with its examples; None for one that makes none (a passage, one for others to take in,
    one whose template is missing)."""
    if outline.title is None or outline.passage:
        return None
    try:
        dress = open_template(outline.template or DEFAULT_TEMPLATE)
        draft = fill(outline, examples(outline.fields, date.today()))
        return sheet(blocks_of(draft, dress), dress.template, SHEETS, {})
    except Rejected:
        return None
