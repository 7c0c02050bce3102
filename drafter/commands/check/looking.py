"""One file looked at: read, held against the rules and against what is known of it, put right where that is wanted. Where what
it takes comes from, the disk or another process, is said by a `Source`."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands.carrying import CarriedFile, OwnTables
from drafter.commands.check.checked import CheckedFile
from drafter.commands.check.request import CheckRequest
from drafter.commands.deciding import Readings, record, remembered
from drafter.commands.fixing import FoundIn, Wanted, annotate, mended
from drafter.commands.fixing import Mended as MendedFile
from drafter.commands.kept import kept_beside, kept_of
from drafter.commands.papers import (
    OpenedPaper,
    as_of_day,
    pages_of,
    paper_in,
    placed_in,
    read_as_word,
    read_file,
    with_others,
)
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.readers.open import DOCX, MARKDOWN, OUTLINE, TEXT, kind_named

if TYPE_CHECKING:
    from drafter.check.kept import KeptFinding
    from drafter.check.paper import Paper
    from drafter.check.rules import Speech
    from drafter.check.settings import Settings
    from drafter.commands.kept import KeptWhere

#: Seconds one file is looked at; a speech takes a tenth of one, and a megabyte some ten.
MAX_SECONDS = 60


class Watch:
    """Keeps the time of one look at a file, and the rules that were left out because it was over."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.until = monotonic() + MAX_SECONDS
        self.left_out: list[str] = []

    def in_time(self, rule: str) -> bool:
        """Whether a rule may still begin."""
        if monotonic() > self.until:
            self.left_out.append(rule)
            return False
        return True

    def told(self) -> tuple[Diagnostic, ...]:
        """What was not looked at."""
        if not self.left_out:
            return ()
        told = f"看了 {MAX_SECONDS} 秒还没看完，这 {len(self.left_out)} 条规则没有看：{'、'.join(self.left_out)}。"
        hint = "把文件分成几份再看；或者用 --select 只看要紧的规则。"
        return (Diagnostic(told, Place(self.file), hint, level=WARNING, code="check-cut-short"),)



class Disk:
    """What a look at a file takes, from the disk; what is put right is written there. `files` are all that are looked at
    together."""

    base: CarriedFile | None = None

    def __init__(self, name: str, request: CheckRequest, settings: "Settings", files: Sequence[str]) -> None:
        self.name, self.request, self.settings, self.files = name, request, settings, files

    def opened(self) -> OpenedPaper:
        """The file, read. Raises Rejected."""
        request = self.request
        written_back = kind_named(self.name) in (DOCX, TEXT, MARKDOWN)
        reader = read_as_word if request.annotate or (request.text and not written_back) else read_file
        return reader(self.name, as_of_day(request.as_of), self.settings.minutes)

    def kept(self, opened: OpenedPaper) -> "KeptWhere":
        """What is to be left of it. Raises Rejected."""
        kept = kept_of(self.name, opened)
        if self.request.known_as:
            kept = kept._replace(beside=(*kept.beside, *kept_beside(Path(self.request.known_as))))
        return kept

    def beside(self, speech: "Speech") -> "Speech":
        """The speech with what the others say."""
        return with_others(speech, self.name, self.files)

    def write(self, name: str, was: bytes, data: bytes, keep: bool) -> str:
        """Write over the file as it was. Raises Rejected."""
        from drafter.commands.changing import written_over

        return written_over(Path(name), was, data, keep=keep)


class Carried(NamedTuple):
    """A file to be looked at somewhere else: what is kept of it beside it, its settings, and whether it is one of few, which
    may be of one meeting."""

    file: CarriedFile
    kept: "tuple[KeptFinding, ...]"
    settings: "Settings"
    of_few: bool


class CarriedToAll(NamedTuple):
    """What is the same for all files that are looked at somewhere else."""

    request: CheckRequest
    tables: OwnTables
    base: CarriedFile | None


class SeenElsewhere(NamedTuple):
    """What comes back: the file as it was looked at, and its bytes where something was put right, b"" where nothing was."""

    file: CheckedFile
    data: bytes = b""


class _NeedsOthers(Exception):
    """The script of a meeting is held against the speeches, which lie where it comes from."""


class _Sent:
    """What a look at a file takes, from what was sent."""

    def __init__(self, carried: Carried, all_: CarriedToAll) -> None:
        self.name, self.request, self.settings = carried.file.name, all_.request, carried.settings
        self.base = all_.base
        self.data = b""
        self._carried = carried

    def opened(self) -> OpenedPaper:
        return paper_in(self._carried.file.opened, self.name, as_of_day(self.request.as_of), self.settings.minutes)

    def kept(self, opened: OpenedPaper) -> "KeptWhere":
        return kept_of(self.name, opened, self._carried.kept)

    def beside(self, speech: "Speech") -> "Speech":
        from drafter.check.beside import is_script

        if self._carried.of_few and is_script(speech.lines):
            raise _NeedsOthers
        return speech

    def write(self, name: str, was: bytes, data: bytes, keep: bool) -> str:
        self.data = data
        return ""


def looked_at(all_: CarriedToAll, carried: Carried) -> SeenElsewhere | None:
    """A file looked at where nothing of it lies; None where that has to be done where it lies. What is wrong with us over
    one does not keep the others from being looked at."""
    source = _Sent(carried, all_)
    try:
        with all_.tables.read():
            return SeenElsewhere(looked(source), source.data)
    except Rejected as error:
        return SeenElsewhere(CheckedFile(source.name, (), error.diagnostics, exit_code=error.exit_code))
    except _NeedsOthers:
        return None
    except Exception as error:
        return SeenElsewhere(unchecked(source.name, f"drafter 自己出了错，这个文件没有看完：{error!r}", "internal-error"))


def unchecked(name: str, told: str, code: str) -> CheckedFile:
    """A file nothing is known of, and why."""
    problem = Diagnostic(told, Place(name), f"单独看一次：drafter check {name}", code=code)
    return CheckedFile(name, (), (problem,), exit_code=2)


def looked(source: Disk | _Sent, shown: str = "") -> CheckedFile:
    """A file looked at, whoever else may want it; it is `shown` by this name. Raises Rejected."""
    from drafter.check.paper import check as find
    from drafter.check.report import remarks

    name, settings, request = source.name, source.settings, source.request
    shown = shown or name
    opened = source.opened()
    if request.fix and opened.made_of:
        way = f"先转成 .docx：drafter format {name}，再改转出来的那一份。"
        raise Rejected(Diagnostic(f"--fix 改不了{opened.made_of}。", Place(shown), way, code="fix-not-possible"))

    readings = Readings(source.kept(opened), request.since, settings, source.base)

    def found_in(paper: "Paper") -> FoundIn:
        found = find(paper, settings)
        return FoundIn(found, readings.sorted_out(paper, found).standing)

    opened = opened._replace(paper=opened.paper._replace(speech=source.beside(opened.paper.speech)))
    done = MendedFile(opened)
    if request.fix:
        how = Wanted(
            as_of=request.as_of,
            minutes=settings.minutes,
            decisions=request.decisions,
            remember=request.remember,
            revisions=request.revisions,
            dry_run=request.dry_run,
            keep=not request.output,
        )
        done = mended(name, opened, found_in, how, source.write)
        opened = done.opened
    watch = Watch(shown)
    found = find(opened.paper, settings, watch.in_time)
    recorded = None
    if done.remembered and not request.dry_run:
        recorded, decided = remembered(name, opened, done.remembered)
        readings = readings._replace(decided=decided)
    if request.keep or request.unkeep:
        recorded, decided = record(name, opened, found, request.keep, request.unkeep)
        readings = readings._replace(decided=decided)
    sorted_out = readings.sorted_out(opened.paper, found)
    told = dict(zip(found, remarks(opened.paper, found, shown, placed_in(opened)), strict=True))
    if request.annotate and opened.word is not None and not request.dry_run:
        target = Path(request.annotate)
        left = {known for known, words in request.decisions.items() if words is None}
        standing = tuple(told[f].finding for f in sorted_out.standing if told[f].fingerprint not in left)
        annotate(name, target, opened, standing, revisions=request.revisions, force=request.force)
    speech = opened.paper.speech
    return CheckedFile(
        file=shown,
        remarks=tuple(told[f] for f in sorted_out.standing),
        problems=(*opened.problems, *_wordless(opened.paper, shown), *watch.told()),
        fixed=done.fixed,
        undone=done.undone,
        copy=done.copy,
        text=done.text,
        as_of=speech.as_of,
        dated=speech.dated and kind_named(name) is not OUTLINE,
        order=request.order,
        kept=tuple(told[f] for f in sorted_out.kept),
        known=tuple(told[f] for f in sorted_out.known),
        recorded=recorded,
        basis=opened.basis,
        lines=speech.lines if request.text else (),
        pages=pages_of(opened) if request.text else (),
    )


def _wordless(paper: "Paper", shown: str) -> tuple[Diagnostic, ...]:
    """That there is nothing to look at, where there is not: an empty file has no mistakes."""
    if any(line.text.strip() for line in paper.speech.lines):
        return ()
    return (Diagnostic("这个文件里没有文字，没有什么可校对的。", Place(shown), "是不是文件拿错了，或者还没有保存？", level=WARNING, code="file-empty"),)
