"""What is wanted of `renew`, and what it has done, for people and for programs."""

from collections.abc import Mapping
from typing import NamedTuple, TypedDict

from drafter.commands.next_step import Ending, NextStep, given, in_memory, not_written, typed
from drafter.commands.opening import BlankLeft, Dress
from drafter.diagnostic import Diagnostic, DiagnosticData
from drafter.revise.last_year import LeftNow
from drafter.speech.block import Block
from drafter.writers.html import HtmlSheet, sheet


class RenewRequest(NamedTuple):
    """What a user wants of `renew`. `year` is the one the speech is written for, 0 for the next; `all_figures` asks for
    every figure, not for the headline ones alone; `accept` takes every proposal that nobody has answered otherwise;
    `confirm` are words of last year's that stay in a draft renewed before, `confirm_all` says so of all of them; `part` is
    the paper meant in a file of several, 0 for all of it.

    `said` are answers given on a form, by the name of a blank or by words of last year's: what does not fit is told of its
    name where nothing is written."""

    file: str
    sets: tuple[str, ...] = ()
    answers: str = ""
    save_answers: str = ""
    accept: bool = False
    interactive: bool = False
    output: str = ""
    outline: str = ""
    template: str = ""
    year: int = 0
    all_figures: bool = False
    date: str = ""
    dry_run: bool = False
    force: bool = False
    plain: bool = False
    confirm: tuple[str, ...] = ()
    confirm_all: bool = False
    part: int = 0
    said: Mapping[str, str] = {}

    def typed_again(self) -> str:
        """The command as it is typed, for good."""
        words = given(
            set=self.sets,
            answers=self.answers,
            save_answers=self.save_answers,
            accept=self.accept,
            output=self.output,
            outline=self.outline,
            template=self.template,
            year=self.year,
            all_figures=self.all_figures,
            date=self.date,
            force=self.force,
            plain=self.plain,
            part=self.part,
        )
        return typed("renew", self.file, *words)


class FactNow(NamedTuple):
    """A fact of last year's paper: its blank, what it is, what it was and its sentence, what is proposed and why, and
    what it is now, "" for what nobody knows. `state`: "changed", "same" (answered with what it was), "taken" (taken over
    as proposed, not looked at), "open". `marks` are the characters of the sentence that say it; `stays`: it is proposed to
    stay; `long`: its answer may have several lines."""

    name: str
    kind: str
    was: str
    sentence: str
    proposed: str
    why: str
    now: str
    state: str
    marks: tuple[tuple[int, int], ...] = ()
    stays: bool = False
    long: bool = False


class StandingNow(NamedTuple):
    """Words of last year's that are no blank: what they are, their sentence and where in it they stand, in how many places
    they still stand, what they are proposed to be ("" for nothing) and have been answered with, "" for nothing yet.
    `kept`: somebody has said that they stay. `blank` is the one that asks for the same words elsewhere, "" for none: its
    answer cannot be given here."""

    words: str
    kind: str
    sentence: str
    marks: tuple[tuple[int, int], ...]
    times: int
    proposed: str
    now: str
    kept: bool
    blank: str = ""


class FactNowData(TypedDict):
    """A fact of last year's paper, for programs (see `FactNow`)."""

    name: str
    kind: str
    was: str
    sentence: str
    proposed: str | None
    why: str
    now: str | None
    state: str


class RenewData(TypedDict):
    """What `renew` has done, for programs. `file` is null where nothing was written; `own` are names of the office's own
    that were not asked for; `left` what of last year's still stands and nobody has confirmed."""

    file: str | None
    last: str
    outline_file: str | None
    answers_file: str | None
    title: str
    year: int | None
    facts: list[FactNowData]
    own: list[str]
    left: list[LeftNow]
    confirmed: list[str]
    blanks: list[BlankLeft]
    remarks: list[DiagnosticData]


class RenewResult(NamedTuple):
    """What `renew` has done. `file` is "" where nothing was written; `last` the paper of last year, `last_year` the year
    it is of and `year` the one it was written for, None where it names none. `standing` are the words that are no blank, those
    answered or confirmed by `said` too; `unfit` tells of an answer of these what is wrong with it. `blocks` are the speech
    as it is laid out, `dress` by which template."""

    file: str
    last: str
    title: str = ""
    outline_file: str = ""
    answers_file: str = ""
    last_year: int | None = None
    year: int | None = None
    facts: tuple[FactNow, ...] = ()
    own: tuple[str, ...] = ()
    left: tuple[LeftNow, ...] = ()
    confirmed: tuple[str, ...] = ()
    blanks: tuple[BlankLeft, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    request: RenewRequest = RenewRequest("")
    standing: tuple[StandingNow, ...] = ()
    unfit: Mapping[str, str] = {}
    blocks: tuple[Block, ...] = ()
    dress: Dress | None = None
    unsaved: Mapping[str, bytes] = {}

    @property
    def data(self) -> bytes:
        """The first of the files made that are on no disk (`unsaved`, by name), b"" where there is none."""
        return next(iter(self.unsaved.values()), b"")

    def sheet(self, within: str, links: Mapping[str, str]) -> HtmlSheet:
        """The speech to be shown in an element of this class, its blanks leading to the elements of these ids."""
        return sheet(self.blocks, self.dress.template, within, links) if self.dress else HtmlSheet("", "", "none", False)

    def ending(self) -> Ending:
        """The files written, and what most people do next: fill what is open, see what of last year's stands, proof-read."""
        left = NextStep(typed("check", self.file, "--select", "left-over-fact"), "一处处看上年留下的话，改好，存好")
        if self.request.confirm or self.request.confirm_all:
            step = left if self.left else NextStep(typed("check", self.file), "都确认过了，校对")
            if self.confirmed and self.unsaved:
                return Ending((), in_memory(), step)
            if self.confirmed:
                return Ending((self.file,), None, step)
            return Ending((), not_written("没有要确认的"), step)
        if not self.file:
            step = NextStep(self.request.typed_again(), "就这样续写")
            return Ending((), not_written("--dry-run 只列出来", "去掉 --dry-run"), step)
        step = left if self.left else NextStep(typed("check", self.file), "校对")
        if any(fact.state == "open" for fact in self.facts):
            step = NextStep(typed("status", self.file), "在 Word 里把标黄的改成今年的，存好，再看还差什么")
        if self.unsaved:
            return Ending((), in_memory(), step)
        return Ending(tuple(filter(None, (self.file, self.outline_file, self.answers_file))), None, step)

    def json(self) -> RenewData:
        """For programs."""
        return {
            "file": self.file or None,
            "last": self.last,
            "outline_file": self.outline_file or None,
            "answers_file": self.answers_file or None,
            "title": self.title,
            "year": self.year,
            "facts": [
                {
                    "name": f.name,
                    "kind": f.kind,
                    "was": f.was,
                    "sentence": f.sentence,
                    "proposed": f.proposed or None,
                    "why": f.why,
                    "now": f.now or None,
                    "state": f.state,
                }
                for f in self.facts
            ],
            "own": list(self.own),
            "left": list(self.left),
            "confirmed": list(self.confirmed),
            "blanks": list(self.blanks),
            "remarks": [remark.json() for remark in self.remarks],
        }
