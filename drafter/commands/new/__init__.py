"""`drafter new`: outlines filled with answers, asked for where there is somebody to ask, and written; a file for
each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.commands import settings
from drafter.commands.new.result import AnsweredData, NewRequest, NewResult, Written, is_folder, kind_of, target_of
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
)
from drafter.commands.rendering import render
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline.answers import Settled, defaults
from drafter.outline.field import RANK, Value, say
from drafter.outline.fill import fill, notes, stood
from drafter.outline.model import Outline, bases
from drafter.speech.draft import Draft, plain
from drafter.template.fitted import fitted
from drafter.template.layout import words_of
from drafter.writers import Properties

if TYPE_CHECKING:
    from drafter.commands.confirming import ToBeConfirmed
    from drafter.commands.keeping import Conversation
    from drafter.commands.saving import Output
    from drafter.outline.basis import Stood
    from drafter.outline.between import Taken
    from drafter.outline.follow import FollowedChoice
    from drafter.outline.yaml import Source
    from drafter.speech.block import Block
    from drafter.word.record import Form

__all__ = ["NewRequest", "NewResult", "Written", "new"]

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
    if request.interactive or request.choose or not request.outlines:
        from drafter.commands.new.conversation import with_choices

        request = with_choices(request)
    now = moment(request.date)
    kind = kind_of(request)
    if request.output not in ("", "-") and not is_folder(request):
        from drafter.commands.saving import check

        check(Path(request.output), force=request.force)  # before anything is asked: it would cost the writer the answers
    jobs = _jobs(request)
    outlines = [job.outline for job in jobs]
    fields, by_others = outlines[0].fields, frozenset[str]()
    if len(jobs) > 1:
        from drafter.commands.together import answered_by_others, together

        fields, by_others = together(outlines), answered_by_others(outlines, request.sets)
    if request.interactive:
        from drafter.commands.new.conversation import without_new_file

        request = without_new_file(request)
    settled = given(fields, request.answers, request.sets, now.date())
    to_ask = {name: field for name, field in fields.items() if name not in by_others}
    values = dict(settled.values)
    asked = request.interactive and any(name not in values for name in to_ask)
    talk: Conversation | None = None
    if asked or request.save_answers:
        from drafter.commands.new.conversation import conversation

        talk = conversation(request, to_ask, settled, now.date())
    if talk and asked:
        if talk.waits:
            from drafter.commands.new.conversation import tour

            tour(request)
        values, settled = talk.held("\n".join(job.outline.about for job in jobs))
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


def _jobs(request: NewRequest) -> list[_Job]:
    opened = [_to_write(name) for name in request.outlines]
    meant = _picked_for(opened) if request.choice.names else None
    jobs = []
    for number, (name, found) in enumerate(zip(request.outlines, opened, strict=True)):
        choice = request.choices[number] if request.choices else request.choice if number == meant else Choice()
        passages: dict[str, tuple[Source, ...]] = {}
        if choice.names:
            choice = choice_meant(found.outline, choice)
            found = found._replace(outline=picked(found.outline, choice, passages))
        own = request.templates[number] if request.templates else ""
        dress = open_template(own or request.template or found.outline.template or DEFAULT_TEMPLATE)
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
            hint = "" if is_folder(request) else None
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
        message = f"还有 {len(blanks)} 个空没填，按 --strict 没有写文件："
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
    target = None if request.output == "-" else target_of(request, title, kind, asked, taken)
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


