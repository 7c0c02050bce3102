"""`drafter outlines …`: the outlines on the shelves listed, found, shown, copied, started and checked."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.index import (
    OutlineEntry,
    OutlineEntryData,
    PassageEntry,
    PassageEntryData,
    entries,
    passages,
    themes,
)
from drafter.commands.nearby import name_meant, told_near
from drafter.commands.next_step import Ending, NextStep, not_written, typed
from drafter.commands.opening import open_outline, template_problems
from drafter.commands.outlines.as_data import OutlineData
from drafter.diagnostic import ERROR, Diagnostic, DiagnosticData, Rejected
from drafter.outline import shelf
from drafter.outline.model import Outline, bases

if TYPE_CHECKING:
    from drafter.commands.find import FoundEntry
    from drafter.outline.basis import Stood
    from drafter.outline.told import OutlineTold as OutlineTold
    from drafter.outline.told import ToldRow as ToldRow

#: Where a name of something to be edited or checked is looked for.
ANY = (shelf.OUTLINES, shelf.PASSAGES, shelf.BASIS)

# ── list, find, passages ───────────────────────────────────────────────────────────────────────────────────────────


class OutlinesRequest(NamedTuple):
    """What a user wants listed: all outlines, those of a `genre`, or those that speak of every one of `words`."""

    genre: str = ""
    words: tuple[str, ...] = ()


class FoundOutlineData(OutlineEntryData):
    """An outline found by words, for programs: how well it answers, whether it fits or is only among the nearest, and the
    words of it that were met."""

    score: float
    fits: bool
    why: list[str]


class OutlinesResult(NamedTuple):
    """The outlines on the shelves that were asked for. Of those found by words the best first, and in `hits` how well they
    answer; where none fits, they are the nearest (`far`)."""

    outlines: tuple[OutlineEntry, ...]
    hits: "tuple[FoundEntry[OutlineEntry], ...] | None" = None

    def ending(self) -> Ending:
        """What most people do next: write with the one found, look at the first of a list, look elsewhere where none is."""
        whole = [entry.name for entry in self.outlines if not entry.broken]
        if not whole:
            return Ending(next=NextStep(typed("outlines"), "看有哪些提纲") if self.hits is not None else None)
        if self.hits is None or self.far:
            return Ending(next=NextStep(typed("outlines", "show", whole[0]), "看一份里面有什么"))
        return Ending(next=NextStep(typed("new", "--outline", whole[0]), "用第一份写"))

    @property
    def far(self) -> bool:
        """Whether nothing fits what was looked for."""
        return self.hits is not None and not any(hit.fits for hit in self.hits)

    def json(self) -> list[OutlineEntryData] | list[FoundOutlineData]:
        """For programs."""
        if self.hits is None:
            return [entry.json() for entry in self.outlines]
        found: list[FoundOutlineData] = []
        for hit in self.hits:
            found.append({**hit.entry.json(), "score": hit.score, "fits": hit.fits, "why": list(hit.why)})
        return found


def list_outlines(request: OutlinesRequest) -> OutlinesResult:
    """The outlines of every shelf, broken ones too."""
    found: Sequence[OutlineEntry] = entries()
    if request.genre:
        from drafter.commands.find import of_genre

        found = of_genre(found, request.genre)
    if request.words:
        from drafter.commands.find import outlines_found

        hits = outlines_found(found, " ".join(request.words))
        return OutlinesResult(tuple(hit.entry for hit in hits), tuple(hits))
    return OutlinesResult(tuple(found))


class PassagesRequest(NamedTuple):
    """Which passages of the stock are wanted: those whose theme or name has this word, else those found by it; "" all."""

    theme: str = ""


class PassagesResult(NamedTuple):
    """The passages of the stock, by theme and name; those found by a word the best first, and `far` where none fits and
    they are only the nearest."""

    passages: tuple[PassageEntry, ...]
    far: bool = False

    def ending(self) -> Ending:
        """What most people do next: read one as a whole."""
        whole = [passage.name for passage in self.passages if not passage.broken]
        if not whole:
            return Ending(next=NextStep(typed("outlines", "passages"), "看有哪些"))
        return Ending(next=NextStep(typed("outlines", "show", whole[0]), "看一段的全文"))

    def json(self) -> list[PassageEntryData]:
        """For programs."""
        return [passage.json() for passage in self.passages]


def list_passages(request: PassagesRequest) -> PassagesResult:
    """The passages of every shelf, broken ones too."""
    known = passages()
    named = tuple(p for p in known if request.theme in p.theme or request.theme in p.name)
    if named:
        return PassagesResult(named)
    from drafter.commands.find import passages_found

    hits = passages_found(known, request.theme)
    return PassagesResult(tuple(hit.entry for hit in hits), not any(hit.fits for hit in hits))


# ── show ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class ShowRequest(NamedTuple):
    """The outline to be shown, by its name or file. `interactive`: of a near name somebody can be asked."""

    name: str
    interactive: bool = False


class ShowResult(NamedTuple):
    """An outline, to be shown."""

    outline: Outline
    remarks: tuple[Diagnostic, ...]
    name: str

    def ending(self) -> Ending:
        """What most people do next: write with it; a passage is used in another outline."""
        if self.outline.passage or self.outline.title is None:
            return Ending(next=NextStep(typed("outlines"), "看哪些提纲用得上它"))
        return Ending(next=NextStep(typed("new", "--outline", self.name), "用这份提纲写一篇"))

    def json(self) -> "OutlineData":
        """For programs."""
        from drafter.commands.outlines.as_data import as_data

        return as_data(self.outline)

    @property
    def told(self) -> "OutlineTold":
        """For people: in words, with nothing of the language it is written in."""
        from drafter.commands.outlines.as_data import what_follows
        from drafter.outline.told import told

        return told(self.outline, what_follows(self.outline)[0])


def show_outline(request: ShowRequest) -> ShowResult:
    """An outline's structure. Raises Rejected."""
    name = name_meant(request.name, request.interactive)
    opened = open_outline(name)
    return ShowResult(opened.outline, opened.remarks, name)


# ── check ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class OutlinesCheckRequest(NamedTuple):
    """The outlines to be checked, by names or files. `interactive`: of a near name somebody can be asked."""

    names: tuple[str, ...]
    interactive: bool = False


class OutlinesCheckResult(NamedTuple):
    """Every problem of the outlines, errors and warnings, in the order they stand; `basis` is what there is to say of
    what they stand on, once for all."""

    problems: tuple[Diagnostic, ...]
    basis: tuple[Diagnostic, ...] = ()
    request: OutlinesCheckRequest = OutlinesCheckRequest(())
    speeches: tuple[str, ...] = ()

    def ending(self) -> Ending:
        """What most people do next: mend what is wrong, or look at the pages of the first outline that is a speech."""
        if self.errors:
            return Ending(next=NextStep(typed("outlines", "check", *self.request.names), "照上面改好，存好，再查一遍"))
        if not self.speeches:
            return Ending()
        return Ending(next=NextStep(typed("preview", self.speeches[0], "--examples"), "看成稿的样子"))

    @property
    def errors(self) -> int:
        """How many of the problems are errors: with one the outline cannot be used."""
        return sum(problem.level == ERROR for problem in self.problems)

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """The problems: for programs they are told with their codes beside the result."""
        return (*self.problems, *self.basis)

    def json(self) -> list[DiagnosticData]:
        """For programs."""
        return [problem.json() for problem in self.remarks]


def check_outlines(request: OutlinesCheckRequest) -> OutlinesCheckResult:
    """Look for every problem of outlines, passages and tables. One that cannot be read is told among the problems."""
    problems: list[Diagnostic] = []
    stood: list[Stood] = []
    speeches: list[str] = []
    for name in request.names:
        try:
            name = name_meant(name, request.interactive, ANY)
            files = [name] if shelf.is_path(name) else [str(path) for path in shelf.find_all(name)]
        except Rejected as error:
            problems += told_near(name, ANY, error).diagnostics
            continue
        for file in files:
            looked = _looked_at(file)
            problems += looked.problems
            stood += looked.stood
            speeches += [name] if looked.speech else []
    if not stood:
        return OutlinesCheckResult(tuple(problems), (), request, tuple(speeches))
    from drafter.outline.standing import remarks_on, told_of

    return OutlinesCheckResult(tuple(problems), remarks_on(told_of(stood)), request, tuple(speeches))


def check_outline(name: str) -> tuple[Diagnostic, ...]:
    """Every problem of an outline or table, errors and warnings, in the order they stand."""
    return _looked_at(name).problems


class _Looked(NamedTuple):
    """What is wrong with an outline or table, what it stands on today, and whether it is the outline of a speech."""

    problems: tuple[Diagnostic, ...]
    stood: "tuple[Stood, ...]" = ()
    speech: bool = False


def _looked_at(name: str) -> _Looked:
    from drafter.outline.lint import lint

    today = date.today()
    try:
        opened = open_outline(name)
    except Rejected as error:
        if any(problem.code == "basis-not-speech" for problem in error.diagnostics):
            return _table_looked_at(name, today)
        return _Looked(error.diagnostics)
    problems = (*opened.remarks, *lint(opened.outline, today), *template_problems(opened.outline))
    speech = opened.outline.title is not None and not opened.outline.passage
    if not bases(opened.outline):
        return _Looked(problems, (), speech)
    from drafter.outline.answers import examples
    from drafter.outline.fill import stood

    try:
        return _Looked(problems, stood(opened.outline, examples(opened.outline.fields, today)), speech)
    except Rejected as error:
        return _Looked((*problems, *error.diagnostics))


def _table_looked_at(name: str, today: date) -> _Looked:
    """The same of a table."""
    from drafter.outline.basis import as_stood
    from drafter.outline.lint_basis import lint_table
    from drafter.outline.read_basis import parse_table

    path = shelf.find_outline(name)
    try:
        source, remarks = shelf.read_source(path)
        table, more = parse_table(source)
    except Rejected as error:
        return _Looked(error.diagnostics)
    others = [(theme.name, theme.also) for theme in themes() if theme.name != table.name]
    return _Looked((*remarks, *more, *lint_table(table, others, today)), as_stood(table, today))


# ── edit, new ──────────────────────────────────────────────────────────────────────────────────────────────────────


class OwnOutlineRequest(NamedTuple):
    """An outline of one's own, to be copied from a shelf (`edit`) or started (`new`): in ./outlines/, or for every
    folder (`user`). `basis`: a table of what speeches stand on is meant; `interactive`: of a near
    name somebody can be asked."""

    name: str
    user: bool = False
    basis: bool = False
    interactive: bool = False


class OwnOutlineResult(NamedTuple):
    """The file to be edited; `table` where there is a table of the same name too, which is not meant. `written` are the
    files written, the schema beside it too, and `was` the bytes to be edited."""

    file: str
    table: bool = False
    written: tuple[str, ...] = ()
    was: bytes = b""

    def ending(self) -> Ending:
        """The files written, by the editor too where it has been open, and what most people do next."""
        changed = () if shelf.read_bytes(Path(self.file)) == self.was else (self.file,)
        written = tuple(dict.fromkeys((*self.written, *changed)))
        step = NextStep(typed("outlines", "check", self.file), "改好，存好，查一遍")
        return Ending(written, None if written else not_written("这一份早就在这里，没有改动", "打开它改，存好"), step)


def edit_outline(request: OwnOutlineRequest) -> OwnOutlineResult:
    """Copy the outline, passage or table of a name, with the line that tells editors of its schema. A copy that is there
    already is left as it is. Raises Rejected."""
    if shelf.is_path(request.name):
        named = [shelf.find_outline(request.name)]
    else:
        kinds = (shelf.BASIS,) if request.basis else ANY
        try:
            name = name_meant(request.name, request.interactive, kinds)
            named = [shelf.find_basis(name)] if request.basis else shelf.find_all(name)
        except Rejected as refused:
            raise told_near(request.name, kinds, refused) from None
    found = named[0]
    below = (kind for kind in (shelf.PASSAGES, shelf.BASIS) if found.parent.name == Path(kind).name)
    kind = next(below, shelf.OUTLINES)
    target = (shelf.user_home() if request.user else Path()) / kind / found.with_suffix(".yaml").name
    written: tuple[str, ...] = ()
    if not target.exists():
        try:
            written = _write_outline(target, shelf.read_source(found)[0].text, kind == shelf.BASIS)
        except Rejected:
            if not target.exists():  # else somebody has copied it in the same moment
                raise
    return OwnOutlineResult(str(target), len(named) > 1, written, shelf.read_bytes(target))


def start_outline(request: OwnOutlineRequest) -> OwnOutlineResult:
    """Write a commented outline to start from. Raises Rejected where one of that name is there."""
    name = request.name
    if not shelf.usable_name(name):
        raise Rejected(Diagnostic(f"“{name}”不能作提纲的名称。", None, "用字母、汉字、数字、- 和 _，不带空格和标点。", code="outline-name"))
    target = (shelf.user_home() if request.user else Path()) / shelf.OUTLINES / f"{name}.yaml"
    if os.path.lexists(target):
        raise Rejected(
            Diagnostic(f"{target} 已经有了。", None, f"换个名称；要改这一份：drafter outlines edit {name}", code="file-exists")
        )
    from drafter.outline.starter import starter

    written = _write_outline(target, starter(name))
    return OwnOutlineResult(str(target), False, written, shelf.read_bytes(target))


#: The schema beside the outlines, and that beside the tables of what speeches stand on.
_SCHEMA, _TABLE_SCHEMA = "outline.schema.json", "basis.schema.json"


def _write_outline(target: Path, text: str, table: bool = False) -> tuple[str, ...]:
    """Write a new outline or table, and beside it the schema its first line names, so that editors complete and
    underline. Gives the files written."""
    import json

    from drafter.commands.saving import Output, save_all

    name = _TABLE_SCHEMA if table else _SCHEMA
    line = f"# yaml-language-server: $schema={name}\n"  # which sends editors to it
    own = Output(target, (line + text.removeprefix(line)).encode(), folder_hint="")
    beside = target.with_name(name)
    schema = (json.dumps(outline_schema(table), ensure_ascii=False, indent=1) + "\n").encode()
    known = beside.is_file() and beside.read_bytes() == schema
    save_all([own, *([] if known else [Output(beside, schema, force=True)])])
    return (str(target),) if known else (str(target), str(beside))


def outline_schema(table: bool = False) -> dict[str, object]:
    """The JSON Schema of an outline, or of a `table` of what speeches stand on, for editors."""
    from drafter.outline.vocabulary import schema

    return schema(table)
