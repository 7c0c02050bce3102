"""A speech as it is being written on a page: every question with what is understood of its answer, and the papers as they stand
with the answers there are.

It is worked out anew at every keystroke: a `Writer` keeps the outlines it has parsed for as long as their files stay what they
are. `sets_of` says the same answers the way `drafter new` is given them, so that the file has what the page has shown.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from drafter.commands import opening, together, unfinished
from drafter.commands.opening import DEFAULT_TEMPLATE, BlankLeft, Choice, OpenedOutline, spoken
from drafter.commands.unfinished import UnfinishedDraft
from drafter.diagnostic import Diagnostic, Place, Rejected
from drafter.outline import shelf
from drafter.outline.answers import as_typed, defaults, doubtful
from drafter.outline.asked import due_among
from drafter.outline.field import RANK, Field, Unfit, Value, echo, save_form, say
from drafter.outline.fill import fill, notes
from drafter.outline.follow import followed, in_asking_order, leader
from drafter.outline.model import Outline
from drafter.outline.values import MaybeMeant, Number, ReadAnswer
from drafter.speech.block import Block
from drafter.speech.draft import Draft, plain
from drafter.template.fitted import Fitted, fitted
from drafter.template.styles import Template
from drafter.writers.html import PAGES_SCRIPT as PAGES_SCRIPT
from drafter.writers.html import HtmlSheet, sheet

#: The class of the element that pages stand in, and what the id of a question begins with.
SHEET, QUESTION = "a4", "q"


class WritingRequest(NamedTuple):
    """What is being written. `answers` are as they were typed, by field; `days` when each was typed, where that is not today: what
    is told from today (下周三) was told from then; `empty` are the fields that are to have no answer; `choices` and `templates`
    belong to papers, by their numbers. A field that is not among the answers has not been touched: its default stands."""

    outlines: tuple[str, ...]
    answers: Mapping[str, str] = {}
    days: Mapping[str, date] = {}
    empty: frozenset[str] = frozenset()
    choices: Mapping[int, Choice] = {}
    templates: Mapping[int, str] = {}
    today: date | None = None


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


#: The fields that turn a whole paper; the second is what shipped outlines call the style they are written in.
_SWITCHES = (RANK, "文风")


class AskedQuestion(NamedTuple):
    """A field as a page asks for it. `id` is that of its element; `typed` stands in it, `touched`: somebody has typed it, else it is
    the default. `said` is how the answer was understood, "" where that is what was typed; `wrong` why it cannot be taken; `doubt`
    asks whether it is meant; `maybe` are what may be meant, of either. `due`: it is to be asked, as far as the answers before it
    tell; `taken` is what another paper answers in its stead, and `taken_from` where ("标题", "各条小标题", or a field); `follows` is the
    field a choice goes by that nobody has made."""

    id: str
    field: Field
    typed: str
    touched: bool
    value: Value | None
    said: str = ""
    wrong: str = ""
    doubt: str = ""
    maybe: tuple[MaybeMeant, ...] = ()
    remark: str = ""
    due: bool = True
    empty: bool = False
    taken: str = ""
    taken_from: str = ""
    follows: str = ""

    @property
    def name(self) -> str:
        """The field's."""
        return self.field.name

    @property
    def is_switch(self) -> bool:
        """Whether it says how the whole paper is spoken, and not what of: the capacity of the speaker, the style."""
        return self.field.type == "choice" and self.name in _SWITCHES

    @property
    def kind(self) -> str:
        """How it is answered: "line", "lines", "list", "pick" (one of a few), "select" (one of many), "day" or "number"."""
        kinds = {"long text": "lines", "list": "list", "yes/no": "pick", "date": "day", "number": "number", "choice": "pick"}
        few = 2 if self.is_switch else _FEW
        return "select" if len(self.field.choices) > few else kinds.get(self.field.type, "line")

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be picked."""
        return ("是", "否") if self.field.type == "yes/no" else self.field.choices

    @property
    def chosen(self) -> str:
        """What is picked, "" for nothing."""
        return say(self.value) if self.value is not None and self.choices else ""

    @property
    def answered(self) -> bool:
        """Whether there is an answer, be it the default or another paper's."""
        return self.value is not None or bool(self.taken)

    @property
    def example(self) -> str:
        """An example of an answer, "" for none worth showing."""
        field = self.field
        if field.example and not self.choices:
            return field.example.replace("\n", "；") if field.type == "list" else field.example
        return "下周三、12月3日" if field.type == "date" else ""

    @property
    def how(self) -> str:
        """How several things are typed."""
        if self.field.type == "list":
            return "一行写一项" if "\n" in self.field.example else "一行写一项，或者用顿号“、”隔开"
        return ""


#: So many choices stand side by side; more of them in a list.
_FEW = 6


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
        heard = {name: _heard(field, request, today) for name, field in fields.items()}
        order = in_asking_order([*fields.values()])
        due = _due(order, fields, heard)
        sets = tuple(_sets(order, due, heard, request))
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
            _question(field, ids[field.name], heard[field.name], field.name in due, fields, values, sources, request)
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


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Heard(NamedTuple):
    """An answer as it was typed: `open`: nothing was, or it was taken away again; `taken` what it was read as, None where that cannot
    be; `doubt` is what there is to ask about it today."""

    typed: str | None
    open: bool = False
    taken: ReadAnswer | None = None
    unfit: Unfit | None = None


def _heard(field: Field, request: WritingRequest, today: date) -> _Heard:
    typed = request.answers.get(field.name)
    if field.name in request.empty or typed is None or not typed.strip():
        return _Heard(typed, open=True)
    then = request.days.get(field.name, today)
    try:
        taken = as_typed(field, typed, then)
        if isinstance(taken.value, date) and then != today:  # whether it is meant is asked of today
            taken = as_typed(field, taken.value.isoformat(), today)._replace(word=taken.word)
        return _Heard(typed, taken=taken)
    except Unfit as error:
        return _Heard(typed, unfit=error)


def _due(order: Sequence[Field], fields: Mapping[str, Field], heard: Mapping[str, _Heard]) -> frozenset[str]:
    """The names of the questions to be asked."""
    answers: dict[str, Value | None] = {}
    for field in order:
        found = heard[field.name]
        answers[field.name] = found.taken.value if found.taken else None
        if found.typed is None:
            answers[field.name] = _default(field, fields, answers)
    return frozenset(field.name for field in due_among(order, {}, answers))


def _default(field: Field, fields: Mapping[str, Field], answers: Mapping[str, Value | None]) -> Value | None:
    """What a question nobody has touched is answered with."""
    chosen = followed(field, fields, answers)
    if chosen is not None:
        return chosen
    if field.default is None:
        return None
    try:
        return as_typed(field, field.default, date.today()).value
    except Unfit:
        return None


def _sets(
    order: Sequence[Field], due: frozenset[str], heard: Mapping[str, _Heard], request: WritingRequest
) -> Iterator[str]:
    """The answers as `drafter new` takes them with `--set`. A day that was told from another is told by its date; what cannot be
    taken is left open; an answer that was taken away is one to be left open, where else the default would stand."""
    for field in order:
        found = heard[field.name]
        if field.name in request.empty and field.name in due:
            yield f"{field.name}="
        elif field.name not in due or found.typed is None:
            continue
        elif found.taken is not None:
            value = found.taken.value
            yield f"{field.name}={value.isoformat() if isinstance(value, date) else found.typed}"
        elif field.default is not None or followed(field, {field.name: field}, {}) is not None:
            yield f"{field.name}="


def _question(
    field: Field,
    number: str,
    found: _Heard,
    due: bool,
    fields: Mapping[str, Field],
    values: Mapping[str, Value],
    sources: Mapping[str, str],
    request: WritingRequest,
) -> AskedQuestion:
    """A question with what is understood of its answer."""
    touched = found.typed is not None
    empty = field.name in request.empty
    asked = AskedQuestion(number, field, found.typed or "", touched, None, due=due, empty=empty)
    if found.unfit:
        return asked._replace(wrong=str(found.unfit), maybe=found.unfit.choices)
    if field.name in sources and found.open and not empty:
        return asked._replace(taken=say(values[field.name]), taken_from=sources[field.name])
    if found.taken is None:
        value = None if touched or empty else values.get(field.name)
        by = leader(field, fields) if value is not None else ""
        return asked._replace(value=value, typed=_in_the_field(value) if not touched else asked.typed, follows=by if by in values else "")
    taken, typed = found.taken, found.typed or ""
    asked = asked._replace(value=taken.value, said=_understood(field, typed, taken.value), remark=doubtful(field, typed))
    if taken.doubt is not None:
        asked = asked._replace(doubt=taken.doubt.question, maybe=taken.doubt.choices)
    return asked


def _understood(field: Field, typed: str, value: Value) -> str:
    """How an answer was understood, where that is worth saying: a day, a figure, how many there are."""
    if isinstance(value, date | Number):
        said = echo(field, value)
        return "" if said == typed.strip() else said
    return f"{len(value)} 项" if isinstance(value, tuple) and len(value) > 1 else ""


def _in_the_field(value: Value | None) -> str:
    """A default as it stands in the field that asks for another."""
    form = "" if value is None else save_form(value)
    return form if isinstance(form, str) else "\n".join(form)


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
