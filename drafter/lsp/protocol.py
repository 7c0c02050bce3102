"""What is said of a buffer, in the words of the protocol."""

import os

from lsprotocol import types
from pygls.uris import from_fs_path

from drafter.commands.assist.desk import file_of_rule
from drafter.commands.assist.faults import Fault
from drafter.commands.assist.sheet import Sheet, sheet_of
from drafter.commands.assist.symbols import Symbol
from drafter.diagnostic import ADVICE, ERROR, WARNING, Place

_SEVERITIES = {
    ERROR: types.DiagnosticSeverity.Error,
    WARNING: types.DiagnosticSeverity.Warning,
    ADVICE: types.DiagnosticSeverity.Hint,
}

#: How an editor calls each `kind` of an `Offer`.
KINDS = {
    "field": types.CompletionItemKind.Variable,
    "filter": types.CompletionItemKind.Function,
    "word": types.CompletionItemKind.Keyword,
    "outline": types.CompletionItemKind.File,
    "value": types.CompletionItemKind.EnumMember,
}


def range_of(sheet: Sheet, start: int, end: int) -> types.Range:
    """What lies between two offsets."""
    return types.Range(types.Position(*sheet.point(start)), types.Position(*sheet.point(end)))


def diagnostic_of(sheet: Sheet, fault: Fault) -> types.Diagnostic:
    """A fault, with the file that explains its rule, and where it really stands."""
    described = None
    if fault.rule:
        described = types.CodeDescription(from_fs_path(str(file_of_rule(fault.rule))) or "")
    related = None
    if fault.elsewhere and fault.elsewhere.line:
        place = location_of(fault.elsewhere, None, None)
        related = [types.DiagnosticRelatedInformation(place, fault.message)] if place else None
    return types.Diagnostic(
        range_of(sheet, fault.start, fault.end),
        fault.message,
        _SEVERITIES[fault.level],
        fault.rule or None,
        described,
        "drafter",
        related_information=related,
    )


def location_of(place: Place, sheet: Sheet | None, text: str | None) -> types.Location | None:
    """A place as the protocol tells it. `sheet`: the buffer that is asked about, None where its encoding is not known;
    `text`: that of the file the place is in, None where it has not been read."""
    if sheet is None or sheet.file != place.file:
        encoding = sheet.encoding if sheet else "utf-16"
        uri = from_fs_path(os.path.abspath(place.file))
        sheet = sheet_of(text or "", place.file, encoding)
        if text is None:
            line = types.Position(max(0, place.line - 1), max(0, place.column - 1))
            return types.Location(uri, types.Range(line, line)) if uri else None
    else:
        uri = from_fs_path(place.file)
    start = sheet.offset(place.line, place.column)
    return types.Location(uri, range_of(sheet, start, start)) if uri else None


def nested(sheet: Sheet, found: tuple[Symbol, ...]) -> list[types.DocumentSymbol]:
    """Symbols of rising levels, nested."""
    top: list[types.DocumentSymbol] = []
    open_: list[tuple[int, types.DocumentSymbol]] = []
    for part in found:
        whole, own = range_of(sheet, part.start, part.end), range_of(sheet, *part.own)
        symbol = types.DocumentSymbol(part.name, types.SymbolKind.String, whole, own, children=[])
        while open_ and open_[-1][0] >= part.level:
            open_.pop()
        siblings = open_[-1][1].children if open_ else top
        assert isinstance(siblings, list)
        siblings.append(symbol)
        open_.append((part.level, symbol))
    return top
