"""A speech as it is being written on a page: every question with what is understood of its answer, and the papers as they stand
with the answers there are.

It is worked out anew at every keystroke: a `Writer` keeps the outlines it has parsed for as long as their files stay what they
are. `sets_of` says the same answers the way `drafter new` is given them, so that the file has what the page has shown.
"""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from drafter.commands import opening, together, unfinished
from drafter.commands.opening import DEFAULT_TEMPLATE, BlankLeft, Choice, OpenedOutline, spoken
from drafter.commands.questions import AskedQuestion, WritingRequest, asked_question, due_of, heard_of, sets_of
from drafter.commands.unfinished import UnfinishedDraft
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import defaults
from drafter.outline.field import Value
from drafter.outline.fill import fill, notes
from drafter.outline.follow import in_asking_order
from drafter.outline.model import Outline
from drafter.speech.block import Block
from drafter.speech.draft import Draft, plain
from drafter.template.fitted import Fitted, fitted
from drafter.template.styles import Template
from drafter.writers.html import PAGES_SCRIPT as PAGES_SCRIPT
from drafter.writers.html import HtmlSheet, sheet

#: The class of the element that pages stand in, and what the id of a question begins with.
SHEET, QUESTION = "a4", "q"


def request_of(draft: UnfinishedDraft) -> WritingRequest:
    """What is being written in a draft."""
    return WritingRequest(
        outlines=draft.outlines,
        answers={name: one.said for name, one in draft.answers.items()},
        days={name: one.when.date() for name, one in draft.answers.items()},
        empty=draft.empty,
        choices=draft.choices,
        templates=draft.templates,
    )


class PaperShown(NamedTuple):
    """A paper as it stands. `sheet` is it as HTML; `blocks` the paragraphs it is set in, with `draft` and `outline` for whoever looks
    further. `problems` keep it from being shown, and all else is empty then."""

    name: str
    title: str
    outline: Outline | None = None
    template: str = ""
    sheet: HtmlSheet = HtmlSheet("", "", "none", False)
    draft: Draft | None = None
    blocks: tuple[Block, ...] = ()
    blanks: tuple[BlankLeft, ...] = ()
    to_confirm: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    made: Fitted | None = None
    dressed: Template | None = None

    @property
    def characters(self) -> int:
        """The 字 as read aloud."""
        return spoken(self.draft) if self.draft else 0

    @property
    def time(self) -> str:
        """How long it takes to read it aloud, in words."""
        from drafter.chinese.minutes import about_minutes

        return about_minutes(self.characters)

    @property
    def pages(self) -> int:
        """How many pages it takes, counted when somebody asks: that is half the work. 0 where it cannot be shown."""
        from drafter.template.pages import laid_out

        return laid_out(self.blocks, self.dressed).pages if self.dressed else 0

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What there is to say of how its pages end."""
        from drafter.template.page_ends import on_pages

        return on_pages(self.made, self.dressed) if self.made and self.dressed else ()


class TemplateShown(NamedTuple):
    """A template that a paper may be set by: its name, what it is called, what there is to say of it."""

    name: str
    called: str
    about: str


class WritingResult(NamedTuple):
    """All questions in the order they are asked, all papers, and what `drafter new` would be given: `sets`."""

    questions: tuple[AskedQuestion, ...]
    papers: tuple[PaperShown, ...]
    sets: tuple[str, ...]
    request: WritingRequest

    @property
    def due(self) -> tuple[AskedQuestion, ...]:
        """The questions to be asked."""
        return tuple(question for question in self.questions if question.due)

    @property
    def answered(self) -> int:
        """How many of them have an answer, or are to have none."""
        return sum(question.answered or question.empty for question in self.due)

    @property
    def title(self) -> str:
        """What the first paper is called."""
        return self.papers[0].title if self.papers else ""

    def question(self, name: str) -> AskedQuestion | None:
        """The question for a field."""
        return next((question for question in self.questions if question.name == name), None)


# ── worked out ─────────────────────────────────────────────────────────────────────────────────────────────────────


class _PaperJob(NamedTuple):
    """A paper on its way: the outline with the requirements chosen."""

    name: str
    outline: Outline
    template: str


#: Outlines with requirements chosen that are kept at a time: every step among them makes another.
MOST_PICKED = 40


class Writer:
    """Works out what is being written, and keeps the outlines it has read."""

    def __init__(self) -> None:
        self._outlines: dict[str, tuple[tuple[object, ...], OpenedOutline]] = {}
        self._picked: dict[tuple[str, Choice], tuple[tuple[object, ...], Outline]] = {}

    def written(self, request: WritingRequest) -> WritingResult:
        """The questions and papers of a request. Raises Rejected where an outline cannot be read."""
        today = request.today or date.today()
        jobs = [self._job(request, at) for at in range(len(request.outlines))]
        outlines = [job.outline for job in jobs]
        fields = outlines[0].fields if len(jobs) == 1 else together.together(outlines)
        heard = {name: heard_of(field, request, today) for name, field in fields.items()}
        order = in_asking_order([*fields.values()])
        due = due_of(order, fields, heard, today)
        sets = tuple(sets_of(order, due, heard, request))
        settled = opening.given(fields, "", sets, today)
        by_others = together.answered_by_others(outlines, sets) if len(jobs) > 1 else frozenset[str]()
        to_ask = {name: field for name, field in fields.items() if name not in by_others}
        values = dict(settled.values) | defaults(to_ask, settled, today)
        sources: dict[str, str] = {}
        if by_others:
            named = [(job.name, job.outline) for job in jobs]
            values, settled, found = together.with_taken(named, fields, values, settled, by_others, today)
            sources = {one.name: _OUT_OF.get(one.out_of, one.out_of) for one in found}
        ids = {name: f"{QUESTION}{number}" for number, name in enumerate(fields, 1)}
        answered = frozenset(settled.values)
        papers = tuple(self._paper(job, values, answered, today, ids, len(jobs) > 1) for job in jobs)
        questions = tuple(
            asked_question(field, ids[field.name], heard[field.name], field.name in due, fields, values, sources, request)
            for field in order
        )
        return WritingResult(questions, papers, sets, request)

    def templates(self) -> tuple[TemplateShown, ...]:
        """The templates there are, that of most speeches first."""
        out = []
        for found in shelf.listed(shelf.TEMPLATES):
            try:
                about = opening.open_template(found.name).template.about
            except Rejected:
                continue
            called, _, more = about.partition("：")
            out.append(TemplateShown(found.name, called if more else found.name, more or about))
        return tuple(sorted(out, key=lambda one: one.name != DEFAULT_TEMPLATE))

    # ── papers ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _job(self, request: WritingRequest, at: int) -> _PaperJob:
        name, choice = request.outlines[at], request.choices.get(at, Choice())
        opened = self.outline(name)
        outline = self._chosen(name, opened.outline, choice) if choice.names else opened.outline
        return _PaperJob(name, outline, request.templates.get(at) or outline.template or DEFAULT_TEMPLATE)

    def outline(self, name: str) -> OpenedOutline:
        """The outline of a name, read again where one of its files is another. Raises Rejected where it is no speech."""
        kept = self._outlines.get(name)
        if kept is None or kept[0] != _stamps([shelf.find_outline(name), *_files(kept[1].outline)]):
            opened = opening.open_outline(name)
            if opened.outline.title is None or opened.outline.passage:
                told = "这份提纲只是一段，不是整篇讲话，不能单独写。"
                raise Rejected(Diagnostic(told, Place(str(opened.path)), "换一份提纲。", code="outline-no-speech"))
            kept = (_stamps([opened.path, *_files(opened.outline)]), opened)
            self._outlines[name] = kept
        return kept[1]

    def _chosen(self, name: str, outline: Outline, choice: Choice) -> Outline:
        stamps = _stamps(_files(outline))
        kept = self._picked.get((name, choice))
        if kept is None or kept[0] != (*stamps, *_stamps(_files(kept[1])[len(_files(outline)) :])):
            made = opening.picked(outline, opening.choice_meant(outline, choice))
            kept = ((*stamps, *_stamps(_files(made)[len(_files(outline)) :])), made)
            self._picked[(name, choice)] = kept
            if len(self._picked) > MOST_PICKED:
                del self._picked[next(iter(self._picked))]
        return kept[1]

    def _paper(
        self, job: _PaperJob, values: Mapping[str, Value], answered: frozenset[str], today: date, ids: Mapping[str, str], several: bool
    ) -> PaperShown:
        try:
            if several:
                values = together.own_answers(job.outline, values, answered, today)
            dress = opening.open_template(job.template)
            draft = fill(job.outline, values)
            made = fitted(draft, dress.template, dress.code)
        except Rejected as refused:
            return PaperShown(job.name, job.outline.genre or job.name, job.outline, job.template, problems=refused.diagnostics)
        blocks = made.blocks
        return PaperShown(
            name=job.name,
            title=plain(draft.title),
            outline=job.outline,
            template=job.template,
            sheet=sheet(blocks, dress.template, SHEET, {name: ids[name] for name in job.outline.fields if name in ids}),
            draft=draft,
            blocks=blocks,
            blanks=opening.blanks_left(blocks, job.outline.fields),
            to_confirm=_to_confirm(blocks),
            notes=notes(job.outline, draft),
            made=made,
            dressed=dress.template,
        )


#: What an answer of another paper was taken from.
_OUT_OF = {"title": "标题", "requirements": "各条小标题"}


def _to_confirm(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The words that are to be confirmed, each once."""
    return tuple(dict.fromkeys(span.text for block in blocks for span in block.spans if span.confirm is not None))


def _files(outline: Outline) -> list[Path]:
    return [Path(source.file) for source in outline.sources]


def _stamps(files: Sequence[Path]) -> tuple[object, ...]:
    """What changes where a file does: its name, its time, its size."""
    out: list[object] = []
    for path in files:
        try:
            found = os.stat(path)
            out.append((str(path), found.st_mtime_ns, found.st_size))
        except OSError:
            out.append((str(path), 0, 0))
    return tuple(out)


# ── kept ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class BeingWritten(NamedTuple):
    """A draft, and what it comes to."""

    draft: UnfinishedDraft
    result: WritingResult


def looked_at(writer: Writer, number: str) -> BeingWritten:
    """The draft of an id, and what it comes to, which is noted for the list of drafts. Raises Rejected."""
    draft = unfinished.opened(number)
    result = writer.written(request_of(draft))
    noted = _noted(draft, result)
    return BeingWritten(draft if noted == draft else unfinished.keep(noted), result)


def _noted(draft: UnfinishedDraft, result: WritingResult) -> UnfinishedDraft:
    return draft._replace(title=result.title, answered=result.answered, asked=len(result.due))


def typed(
    writer: Writer, number: str, said: Mapping[str, str], by: str = "", templates: Mapping[int, str] = {}
) -> BeingWritten:
    """The same after something was typed in a window, which is kept first, whatever comes of it. Raises Rejected."""
    was = unfinished.opened(number)
    draft = unfinished.with_typed(was, said, by)
    for paper, template in templates.items():
        if draft.templates.get(paper, "") != template:
            draft = draft._replace(templates={**draft.templates, paper: template}, revision=draft.revision + 1)
    try:
        result = writer.written(request_of(draft))
    except Rejected:
        if draft is not was:
            unfinished.keep(draft)
        raise
    if draft is not was:
        draft = unfinished.keep(_noted(draft, result))
    return BeingWritten(draft, result)
