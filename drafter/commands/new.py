"""`drafter new`: outlines filled with answers, asked for where there is somebody to ask, and written; a file for
each."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from drafter.chinese.minutes import minutes, range_said
from drafter.commands import settings
from drafter.commands.opening import (
    DEFAULT_TEMPLATE,
    BlankLeft,
    Choice,
    Dress,
    OpenedOutline,
    blanks_left,
    choice_meant,
    given,
    moment,
    open_outline,
    open_template,
    picked,
    spoken,
)
from drafter.commands.rendering import FORMATS, render
from drafter.diagnostic import WARNING, Diagnostic, DiagnosticData, Place, Rejected
from drafter.outline.answers import (
    Settled,
    defaults,
    from_options,
)
from drafter.outline.field import RANK, Field, Value, say
from drafter.outline.fill import fill, notes, stood
from drafter.outline.model import Outline, bases
from drafter.speech.draft import Draft, plain
from drafter.template.fitted import fitted
from drafter.template.layout import words_of
from drafter.writers import Properties

if TYPE_CHECKING:
    from drafter.commands.confirming import ToBeConfirmed, ToConfirmData
    from drafter.commands.keeping import Conversation
    from drafter.commands.next_step import Ending, NextStep
    from drafter.commands.saving import Output
    from drafter.outline.basis import Stood
    from drafter.outline.between import Taken
    from drafter.outline.follow import FollowedChoice
    from drafter.outline.yaml import Source
    from drafter.speech.block import Block
    from drafter.word.record import Form


class MinutesData(TypedDict):
    """How long a speech takes, read at 240, 200 and 160 字 a minute, in whole and half minutes."""

    fast: float
    normal: float
    slow: float


class AnsweredData(TypedDict):
    """An answer that another of the outlines filled together gives: its field, how it is said, the outline, and what of
    that it was taken from, `title`, `requirements`, or the name of a field."""

    name: str
    value: str
    outline: str
    out_of: str


class ChosenData(TypedDict):
    """A choice nobody was asked for: the field, the answer, and the field it followed from (null for none)."""

    name: str
    answer: str
    by: str | None


class WrittenData(TypedDict):
    """A document `new` has written, for programs. `pages` is null where nobody has laid the pages out, `findings` where
    the proof-reader was not asked; `taken` are the answers other documents written with it have given."""

    file: str
    outline: str
    template: str
    title: str
    characters: int
    minutes: MinutesData
    pages: int | None
    blanks: list[BlankLeft]
    answers_file: str | None
    notes: list[str]
    chosen: list[ChosenData]
    to_confirm: list["ToConfirmData"]
    findings: Mapping[str, int] | None
    remarks: list[DiagnosticData]
    taken: list[AnsweredData]


class Written(NamedTuple):
    """A document `new` has written. `file` is "-" for standard output, and `data` what is to go there (b"" for a file
    that was saved); `pages` None where nobody has laid the pages out, `findings` how many the proof-reader has of each
    level, None where it was not asked."""

    file: str
    outline: str
    template: str
    title: str
    draft: Draft
    pages: int | None
    blanks: tuple[BlankLeft, ...]
    answers_file: str
    notes: tuple[str, ...]
    remarks: tuple[Diagnostic, ...]
    findings: Mapping[str, int] | None = None
    data: bytes = b""
    taken: tuple[AnsweredData, ...] = ()
    chosen: "tuple[FollowedChoice, ...]" = ()
    to_confirm: "tuple[ToBeConfirmed, ...]" = ()

    @property
    def characters(self) -> int:
        """The 字 as read aloud, counted when somebody asks: on a long speech that is a fifth of a run."""
        return spoken(self.draft)

    @property
    def time(self) -> str:
        """How long it takes to read it aloud, in words."""
        return range_said(self.characters)

    def json(self) -> WrittenData:
        """For programs."""
        characters = self.characters
        fast, normal, slow = minutes(characters)
        return {
            "file": self.file,
            "outline": self.outline,
            "template": self.template,
            "title": self.title,
            "characters": characters,
            "minutes": {"fast": fast, "normal": normal, "slow": slow},
            "pages": self.pages,
            "blanks": list(self.blanks),
            "answers_file": self.answers_file or None,
            "notes": list(self.notes),
            "chosen": [{"name": c.name, "answer": c.answer, "by": c.by or None} for c in self.chosen],
            "to_confirm": [mark.json() for mark in self.to_confirm],
            "findings": self.findings,
            "remarks": [r.json() for r in self.remarks],
            "taken": list(self.taken),
        }


class NewResult(NamedTuple):
    """What `new` has written: a document for each outline, in their order."""

    documents: tuple[Written, ...]

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """What was remarked on the way."""
        return tuple(remark for document in self.documents for remark in document.remarks)

    def ending(self) -> "Ending":
        """The files written, and what most people do next: fill what is open, confirm what is guessed, proof-read, finish."""
        from drafter.commands.next_step import Ending, not_written

        files = tuple(document.file for document in self.documents if document.file != "-")
        answers = tuple(dict.fromkeys(document.answers_file for document in self.documents if document.answers_file))
        unwritten = None if files or answers else not_written("稿子在标准输出上", "-o 文件名")
        return Ending(files + answers, unwritten, _after(self.documents))

    def json(self) -> WrittenData | list[WrittenData]:
        """For programs: one document by itself, several in a list."""
        said = [document.json() for document in self.documents]
        return said if len(said) > 1 else said[0]


class NewRequest(NamedTuple):
    """What a user wants of `new`. Without `outlines` the writer is asked for one, with `choose` for the requirements.
    `interactive` says whether there is somebody to ask, `proofread` whether the findings of the proof-reader are to be
    counted, `without_comments` that what is to be confirmed is only coloured; `more` are options of the door, to be named in
    a line that goes on; `chosen`: outlines or requirements were picked on the terminal; `tour`: who is here for the first time is told
    what will happen."""

    outlines: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    answers: str = ""
    save_answers: str = ""
    interactive: bool = False
    strict: bool = False
    output: str = ""
    to: str = ""
    template: str = ""
    force: bool = False
    date: str = ""
    choice: Choice = Choice()
    plain: bool = False
    proofread: bool = False
    choose: bool = False
    without_comments: bool = False
    more: tuple[str, ...] = ()
    chosen: bool = False
    tour: bool = False


#: Templates whose pages are for the speaker alone: nothing more is done with them.
_FOR_THE_SPEAKER = ("card", "reading")


def _after(documents: Sequence[Written]) -> "NextStep | None":
    """What most people do once these are written: the first that one of them wants."""
    from drafter.commands.next_step import NextStep, typed

    files = [document for document in documents if document.file != "-"]
    word = [document for document in files if document.file.endswith(".docx")]
    for document in files:
        if document.blanks:
            look = typed("status" if document in word else "check", document.file)
            where = "在 Word 里填上标黄的空" if document in word else "填上文中的【】"
            return NextStep(look if not document.file.endswith(".pdf") else None, f"{where}，存好，再看还差什么")
    for document in word:
        if document.to_confirm:
            return NextStep(typed("status", document.file, "--confirm"), "一处处核实提纲里估的话")
    for document in files:
        if document.findings and not document.file.endswith(".pdf"):
            return NextStep(typed("check", document.file), "逐条看校对")
    for document in word:
        if document.template not in _FOR_THE_SPEAKER:
            return NextStep(typed("finish", document.file), "看过没有要改的，定稿")
    return NextStep(None, f"打开 {files[0].file} 看一遍，打印或者发出去。") if files else None


#: A longer draft (characters) is not proof-read unasked: it would take seconds.
MAX_PROOFREAD = 60_000


class _Job(NamedTuple):
    """A document on its way: what its outline was asked for by, the outline, what it is set by, and which requirements
    were chosen, with the files they stand in."""

    name: str
    opened: OpenedOutline
    dress: Dress
    choice: Choice
    passages: "dict[str, tuple[Source, ...]]"

    @property
    def outline(self) -> Outline:
        return self.opened.outline


class _Ready(NamedTuple):
    """A document that only has to be written. `values` are the answers as its outline takes them, `of_pages` is what there is
    to say of how its pages end, `stood` what it stands on."""

    job: _Job
    values: Mapping[str, Value]
    draft: Draft
    blanks: tuple[BlankLeft, ...]
    data: bytes
    target: Path | None
    findings: Mapping[str, int] | None
    of_pages: tuple[Diagnostic, ...]
    to_confirm: "tuple[ToBeConfirmed, ...]"
    stood: "tuple[Stood, ...]" = ()


def new(request: NewRequest) -> NewResult:
    """Fill outlines and write them, a file for each; what several ask for is asked once, so that they agree. Raises
    Rejected, with nothing written; KeyboardInterrupt where the writer gives up."""
    request = _chosen(request)
    now = moment(request.date)
    kind = _format(request)
    if request.output not in ("", "-") and not _is_folder(request):
        from drafter.commands.saving import check

        check(
            Path(request.output), force=request.force
        )  # before anything is asked: it would cost the writer the answers
    jobs = _jobs(request)
    outlines = [job.outline for job in jobs]
    fields, by_others = outlines[0].fields, frozenset[str]()
    if len(jobs) > 1:
        from drafter.commands.together import answered_by_others, together

        fields, by_others = together(outlines), answered_by_others(outlines, request.sets)
    request = _begun(request)
    settled = given(fields, request.answers, request.sets, now.date())
    to_ask = {name: field for name, field in fields.items() if name not in by_others}
    values = dict(settled.values)
    asked = request.interactive and any(name not in values for name in to_ask)
    talk = _conversation(request, to_ask, settled, now.date()) if asked or request.save_answers else None
    if talk and asked:
        if talk.waits:
            _tour(request)
        values, settled = talk.held(jobs[0].outline.about)
    else:
        values |= defaults(to_ask, settled, now.date())
    found: tuple[Taken, ...] = ()
    if by_others:
        from drafter.commands.together import with_taken

        named = [(job.name, job.outline) for job in jobs]
        values, settled, found = with_taken(named, fields, values, settled, by_others, now.date())
    try:
        saved = talk.saved(values, settled.blank) if talk else []
        return NewResult(_write(request, jobs, values, kind, now, settled, asked, found, saved))
    except Rejected as error:
        if talk and asked:
            raise Rejected(*error.diagnostics, *talk.kept(values, settled.blank), exit_code=error.exit_code) from None
        raise


def _begun(request: NewRequest) -> NewRequest:
    """The request without an answers file that is not there yet, where that is the one the answers are to be kept in."""
    if request.interactive and request.save_answers and request.answers and not os.path.lexists(request.answers):
        from drafter.commands.keeping import is_same

        if is_same(request.save_answers, request.answers):
            return request._replace(answers="")
    return request


def _tour(request: NewRequest) -> None:
    """Tell who is here for the first time what will happen."""
    if not (request.tour and request.interactive):
        return
    from drafter.commands.prompt import printed, wrapped
    from drafter.commands.prompt.tour import first_lines

    if lines := first_lines(request.output, _format(request), len(request.outlines)):
        printed([("class:dim", "\n".join(wrapped(line, "") for line in lines) + "\n")])


def _conversation(request: NewRequest, to_ask: Mapping[str, Field], settled: Settled, today: date) -> "Conversation":
    """What asks these fields, and keeps what is said. Raises Rejected where that could not be kept as it is wished."""
    from drafter.commands.keeping import Conversation, answers_file

    file = None
    if request.save_answers:
        by_hand = {name: settled.values[name] for name in from_options(request.sets) if name in settled.values}
        file = answers_file(request.save_answers, request.answers, by_hand, request.force, today, to_ask)
    return Conversation(
        fields=to_ask,
        settled=settled,
        today=today,
        file=file,
        proposed=f"{Path(request.outlines[0]).stem}-回答.yaml",
        line=lambda answers: _line(request, settled.values, answers),
        begun=request.chosen,
    )


def _line(request: NewRequest, values: Mapping[str, Value], answers: str) -> str:
    """A command that asks for the same with a file of answers, as it can be typed. A day told from today is told by its
    date."""
    from drafter.commands.next_step import as_typed

    out = ["drafter", "new", *(word for name in request.outlines for word in ("-O", name))]
    for name, typed in from_options(request.sets).items():
        value = values.get(name)
        out += ["--set", f"{name}={value.isoformat() if isinstance(value, date) else typed.said}"]
    keep = answers or request.save_answers
    for option, value_said in (
        ("--answers", answers or request.answers),
        ("--save-answers", keep),
        ("-o", request.output),
        ("--to", request.to),
        ("--template", request.template),
        ("--pick", ",".join(request.choice.names)),
        ("--headings", request.choice.form),
        ("--date", request.date and moment(request.date).date().isoformat()),
    ):
        out += [option, value_said] if value_said else []
    flags = {
        "--brief": request.choice.brief,
        "--plain": request.plain,
        "--no-comments": request.without_comments,
        "--strict": request.strict,
        "--force": request.force,
    }
    return " ".join(map(as_typed, [*out, *(flag for flag, meant in flags.items() if meant), *request.more]))


# ── what to write ──────────────────────────────────────────────────────────────────────────────────────────────────


def _chosen(request: NewRequest) -> NewRequest:
    """The request with its outlines and requirements, picked on the terminal where it leaves them open. Raises Rejected
    where nobody is there to ask; KeyboardInterrupt where the writer gives up."""
    if request.choose and not request.interactive:
        raise Rejected(Diagnostic("--choose 要在终端里挑选，这里没有人可以问。用 --pick 名称,名称 直接写。", code="nobody-to-ask"))
    if not request.outlines:
        from drafter.commands.nearby import pick_outline

        _tour(request)
        request = request._replace(outlines=(pick_outline(request.interactive),), chosen=True)
    elif request.interactive:
        from drafter.commands.nearby import name_meant

        request = request._replace(outlines=tuple(name_meant(name, interactive=True) for name in request.outlines))
    if request.choose:
        from drafter.commands.asking import PicksLeft
        from drafter.commands.nearby import pick_requirements

        try:
            names, broken_off = pick_requirements(request.outlines), False
        except PicksLeft as left:
            names, broken_off = left.names, True
        request = request._replace(choice=request.choice._replace(names=names), chosen=True)
        if broken_off:
            again = f"接着写：{_line(request, {}, '')}"
            raise Rejected(Diagnostic("停下了，没有写文件。", None, again, code="interrupted"), exit_code=130)
    return request


def _jobs(request: NewRequest) -> list[_Job]:
    opened = [_to_write(name) for name in request.outlines]
    meant = _picked_for(opened) if request.choice.names else None
    jobs = []
    for number, (name, found) in enumerate(zip(request.outlines, opened, strict=True)):
        choice = request.choice if number == meant else Choice()
        passages: dict[str, tuple[Source, ...]] = {}
        if choice.names:
            choice = choice_meant(found.outline, choice)
            found = found._replace(outline=picked(found.outline, choice, passages))
        dress = open_template(request.template or found.outline.template or DEFAULT_TEMPLATE)
        jobs.append(_Job(name, found, dress, choice, passages))
    return jobs


def _to_write(name: str) -> OpenedOutline:
    """The outline of a name. Raises Rejected where that is no speech."""
    opened = open_outline(name)
    if opened.outline.passage:
        hint = f"用在提纲里：drafter new --outline 提纲 --pick {opened.path.stem}"
        raise Rejected(Diagnostic("这是一段备选的要求，不是整篇讲话。", Place(str(opened.path)), hint, code="passage-not-speech"))
    if opened.outline.title is None:
        raise Rejected(
            Diagnostic("这份提纲没有 title，只能放进别的提纲里（include）。", Place(str(opened.path)), code="outline-without-title")
        )
    return opened


def _picked_for(opened: Sequence[OpenedOutline]) -> int:
    """Which of several documents the chosen requirements are meant for: the first that has requirements, and does not
    only sum up another's. Raises Rejected where none has."""
    from drafter.outline.passages import own_requirements

    if len(opened) == 1:
        return 0
    having = [n for n, found in enumerate(opened) if own_requirements(found.outline)]
    if not having:
        raise Rejected(Diagnostic("这几份提纲都没有分条的要求，--pick 没有可以换的。", code="no-requirements"))
    return next((n for n in having if "讲话要点" not in opened[n].outline.fields), having[0])


def _write(
    request: NewRequest,
    jobs: Sequence[_Job],
    values: Mapping[str, Value],
    kind: str,
    now: datetime,
    settled: Settled,
    asked: bool,
    found: "Sequence[Taken]",
    saved: "Sequence[Output]",
) -> tuple[Written, ...]:
    """Everything is made before anything is written; `saved` is written with it."""
    from drafter.commands.saving import Output, save_all

    ready: list[_Ready] = []
    for job in jobs:
        taken = {done.target for done in ready if done.target}
        ready.append(_made(request, job, values, kind, now, settled, asked, taken))
    outputs = list(saved)
    for document in ready:
        if document.target:
            inputs = (document.job.opened.path, *(Path(s.file) for s in document.job.outline.sources))
            hint = "" if _is_folder(request) else None
            outputs.append(Output(document.target, document.data, request.force, inputs, folder_hint=hint))
    save_all(outputs)
    remarks = (*settled.remarks, *_of_basis([one for document in ready for one in document.stood]))
    written = []
    for document in ready:
        opened = document.job.opened
        written.append(
            Written(
                file=str(document.target or "-"),
                outline=opened.path.stem,
                template=document.job.dress.template.name,
                title=plain(document.draft.title),
                draft=document.draft,
                pages=_pages(document.data) if kind == "pdf" else None,
                blanks=document.blanks,
                answers_file=request.save_answers,
                notes=notes(document.job.outline, document.draft),
                remarks=(*opened.remarks, *remarks, *_of_base(document.job.dress, kind), *document.of_pages, *_unfit(document.job, values)),
                findings=document.findings,
                data=b"" if document.target else document.data,
                taken=tuple(
                    AnsweredData(name=t.name, value=say(t.value), outline=jobs[t.outline].name, out_of=t.out_of)
                    for t in found
                    if t.name in document.job.outline.fields
                ),
                chosen=() if asked else _chosen_unasked(document.job.outline, document.values, settled),
                to_confirm=document.to_confirm,
            )
        )
        remarks = ()
    return tuple(written)


def _unfit(job: _Job, values: Mapping[str, Value]) -> tuple[Diagnostic, ...]:
    """What there is to say of passages picked that are for other speeches."""
    if not job.choice.names:
        return ()
    from drafter.outline.passages import unfit

    return unfit(job.outline, values)


def _chosen_unasked(outline: Outline, values: Mapping[str, Value], settled: Settled) -> "tuple[FollowedChoice, ...]":
    """The choices that followed from other answers, in the order of the fields."""
    if not any(field.vary or field.name == RANK for field in outline.fields.values()):
        return ()
    from drafter.outline.follow import chosen

    return chosen(outline.fields, values, frozenset(settled.values) | settled.blank)


def _made(
    request: NewRequest,
    job: _Job,
    values: Mapping[str, Value],
    kind: str,
    now: datetime,
    settled: Settled,
    asked: bool,
    taken: set[Path],
) -> _Ready:
    """A document, and where it goes: nowhere in `taken`. Raises Rejected where `--strict` finds a blank."""
    if len(request.outlines) > 1:
        from drafter.commands.together import own_answers

        values = own_answers(job.outline, values, frozenset(values if asked else settled.values), now.date())
    draft = fill(job.outline, values)
    set_by = fitted(draft, job.dress.template, job.dress.code)
    blocks = set_by.blocks
    blanks = blanks_left(blocks, job.outline.fields)
    if request.strict and blanks:
        listed = "\n".join(f"【{b.name}】{b.ask}" for b in blanks)
        message = f"还有 {len(blanks)} 处没填，按 --strict 没有写文件："
        raise Rejected(Diagnostic(message, None, f"{listed}\n用 --set 名称=回答 填上。", code="blanks-left"), exit_code=1)
    title = plain(draft.title)
    author = plain(draft.byline)
    form = _form(request, job, values, settled, now, author) if kind == "docx" else None
    to_confirm = _to_confirm(blocks, job, kind, form is not None and form.controls)
    remarks: Mapping[int, tuple[str, ...]] | None = {} if kind == "docx" else None
    if kind == "docx" and (notes(job.outline, draft) or bases(job.outline)):
        from drafter.outline.reminders import reminders

        remarks = reminders(job.outline, blocks)
    if (remarks or to_confirm) and (request.without_comments or _plain(request) or not settings.comments()):
        remarks = None
    data = render(blocks, job.dress.template, kind, Properties(now, title, author, form, remarks))
    target = None if request.output == "-" else _target(request, title, kind, asked, taken)
    findings = proofread(draft, job.outline, now.date(), target) if request.proofread else None
    from drafter.template.page_ends import on_pages

    pages = on_pages(set_by, job.dress.template) if kind in ("docx", "pdf") else ()
    return _Ready(job, values, draft, blanks, data, target, findings, pages, to_confirm, stood(job.outline, values))


def _to_confirm(blocks: "Sequence[Block]", job: _Job, kind: str, controls: bool) -> "tuple[ToBeConfirmed, ...]":
    """What a document asks to have confirmed: most ask for nothing. `controls`: its blanks ask their questions."""
    if all(span.confirm is None for block in blocks for span in block.spans):
        return ()
    from drafter.commands.confirming import to_confirm_in

    template = job.dress.template
    if not controls:
        return to_confirm_in(blocks, template, kind)
    from drafter.word.markup import with_questions

    return to_confirm_in(blocks, template, kind, with_questions(blocks, template, job.outline.fields))


def proofread(draft: Draft, outline: Outline, today: date, target: Path | None) -> dict[str, int] | None:
    """How many findings of each level the proof-reader has on a draft, by the settings that hold where it is written;
    those on blanks nobody has answered are left out, for these are told anyway. None for one too long."""
    from drafter.check.paper import check, paper_of_draft
    from drafter.check.report import counted, on_a_blank
    from drafter.commands.patterns import patterns_remembered

    if sum(len(words_of(part)) for part in draft.parts) > MAX_PROOFREAD:
        return None
    paper = paper_of_draft(draft, outline, None, today)
    chosen = settings.checks(target.parent if target else Path(), strange=True)
    lines = paper.speech.lines
    with patterns_remembered():
        found = check(paper, chosen)
    return counted(f for f in found if not on_a_blank(lines[f.line].text, f))


def _form(
    request: NewRequest, job: _Job, values: Mapping[str, Value], settled: Settled, now: datetime, author: str
) -> "Form":
    """What keeps a document connected with what it is made from."""
    from drafter.revise.recipe import Recipe, form, record, stage_name
    from drafter.word.record import Stage

    own = {name: values[name] for name in job.outline.fields if name in values}
    recipe = Recipe(
        job.name,
        job.outline,
        job.dress.name,
        job.dress.template,
        job.dress.styles,
        job.choice.names,
        job.choice.form,
        job.choice.brief,
        job.passages,
    )
    first = Stage(1, stage_name(1), when=now.isoformat(timespec="seconds"))
    blank = [name for name in settled.blank if name in job.outline.fields]
    return form(record(recipe, own, blank, now, author, _plain(request), [first]), job.outline, own)


def _plain(request: NewRequest) -> bool:
    """Whether blanks are to be plain text, and comments left out."""
    return request.plain or settings.plain()


def _of_basis(stood: "Sequence[Stood]") -> tuple[Diagnostic, ...]:
    """What there is to say of what the speeches stand on, once for all of them."""
    if not stood:
        return ()
    from drafter.outline.standing import remarks_on, told_of

    return remarks_on(told_of(stood))


def _of_base(dress: Dress, kind: str) -> tuple[Diagnostic, ...]:
    """What there is to say of a template's base.docx: that the last speech is still in it."""
    if dress.template.base is None or kind not in ("docx", "pdf"):
        return ()
    from drafter.writers.letterhead import left_in_base

    left = left_in_base(dress.template)
    if not left:
        return ()
    told = f"模板的 base.docx 是一篇写好的讲话稿，里面的 {left} 段文字照样放在新稿前面。"
    hint = "在 Word 里打开 base.docx，删掉正文，只留信头，保存。"
    place = Place(f"{dress.template.name}/base.docx")
    return (Diagnostic(told, place, hint, level=WARNING, code="base-is-draft"),)


def _pages(pdf: bytes) -> int | None:
    from drafter.commands.office import pdf_pages

    return pdf_pages(pdf)


def _format(request: NewRequest) -> str:
    """The kind of file asked for, by `--to` or the output's ending."""
    folder = _is_folder(request)
    ending = "" if request.output in ("", "-") or folder else Path(request.output).suffix.lower().removeprefix(".")
    kind = request.to.lower().removeprefix(".") or ending or "docx"
    if kind not in FORMATS:
        what = f"--to {request.to}" if request.to else f"-o {request.output}"
        more = "旧的 .doc 格式不写；" if kind == "doc" else ""
        raise Rejected(Diagnostic(f"{what}：{more}文件只能是 {'、'.join('.' + f for f in FORMATS)}。", code="output-ending"))
    if ending and ending != kind:
        raise Rejected(Diagnostic(f"-o {request.output} 和 --to {request.to} 对不上；去掉一个。", code="options-apart"))
    if len(request.outlines) > 1 and request.output and not folder:
        raise Rejected(Diagnostic(f"-o {request.output}：几份提纲要写几个文件，这里写一个文件夹，例如 -o 会议材料/。", code="output-not-folder"))
    if request.output == "-" and not request.to:
        raise Rejected(Diagnostic("-o - 要写到标准输出，还要说是哪一种：--to docx（或 txt、md、html、pdf）。", code="output-kind-not-named"))
    if request.output == "-" and sys.stdout is None:
        raise Rejected(Diagnostic("-o - 要写到标准输出，可是它是关着的。用 -o 文件名。", code="standard-output"))
    if request.output == "-" and kind in ("docx", "pdf") and sys.stdout.isatty():
        raise Rejected(
            Diagnostic(
                f".{kind} 不是文字，不能显示在屏幕上。用 -o 文件名，或者接到别的程序：… -o - --to {kind} > 讲话.{kind}", code="standard-output"
            )
        )
    if kind == "pdf":
        from drafter.commands.office import need_for_pdf

        need_for_pdf()
    return kind


def _is_folder(request: NewRequest) -> bool:
    """Whether the output names a folder: one that is there, or a name that ends as a folder's does."""
    output = request.output
    return output not in ("", "-") and (output.endswith(("/", os.sep)) or os.path.isdir(output))


def _target(request: NewRequest, title: str, kind: str, asked: bool, taken: set[Path]) -> Path:
    """The file to write. After a conversation an existing name is stepped past; otherwise `save` refuses it."""
    folder = _is_folder(request)
    if request.output and not folder:
        return Path(request.output)
    from drafter.commands.filename import legal_name

    within = Path(request.output) if folder else Path()
    path = within / legal_name(title, "." + kind)
    number = 2
    while path in taken or (asked and not request.force and os.path.lexists(path)):
        path = within / legal_name(title, f"{number}.{kind}")
        number += 1
    return path
