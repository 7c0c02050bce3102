"""`drafter new`: outlines filled with answers, asked for where there is somebody to ask, and written; a file for
each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from drafter.commands.making import (
    Drafted,
    How,
    Making,
    drafted,
    made_as,
    makings,
    of_base,
    of_basis,
    proofread,
    unfit_picks,
)
from drafter.commands.new.result import AnsweredData, NewRequest, NewResult, Written, is_folder, kind_of, target_of
from drafter.commands.opening import given, moment
from drafter.diagnostic import Rejected
from drafter.outline.answers import Settled, defaults
from drafter.outline.field import RANK, Value, say
from drafter.outline.fill import notes
from drafter.outline.model import Outline
from drafter.speech.draft import plain

if TYPE_CHECKING:
    from drafter.commands.keeping import Conversation
    from drafter.commands.saving import Output
    from drafter.outline.between import Taken
    from drafter.outline.follow import FollowedChoice

__all__ = ["NewRequest", "NewResult", "Written", "new"]


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
    jobs = makings(request.outlines, request.choice, request.choices, request.template, request.templates, request.texts)
    outlines = [job.outline for job in jobs]
    fields, by_others = outlines[0].fields, frozenset[str]()
    if len(jobs) > 1:
        from drafter.commands.together import answered_by_others, together

        fields, by_others = together(outlines), answered_by_others(outlines, request.sets) - dict(request.filled).keys()
    if request.interactive:
        from drafter.commands.new.conversation import without_new_file

        request = without_new_file(request)
    settled = given(fields, request.answers, request.sets, now.date(), request.filled)
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
        how = made_as(kind, now, request.plain, request.without_comments, request.strict)
        return NewResult(_write(request, jobs, values, how, settled, asked, found, saved))
    except Rejected as error:
        if talk and asked:
            raise Rejected(*error.diagnostics, *talk.kept(values, settled.blank), exit_code=error.exit_code) from None
        raise


def _write(
    request: NewRequest,
    jobs: Sequence[Making],
    values: Mapping[str, Value],
    how: How,
    settled: Settled,
    asked: bool,
    found: "Sequence[Taken]",
    saved: "Sequence[Output]",
) -> tuple[Written, ...]:
    """Everything is made before anything is written; `saved` is written with it."""
    from drafter.commands.saving import Output, save_all

    ready: list[tuple[Drafted, Path | None, dict[str, int] | None]] = []
    for job in jobs:
        taken = {target for _, target, _ in ready if target}
        own = values
        if len(jobs) > 1:
            from drafter.commands.together import own_answers

            own = own_answers(job.outline, values, frozenset(values if asked else settled.values), how.now.date())
        document = drafted(job, own, settled, how)
        unsaved = request.unsaved or request.output == "-"
        target = None if unsaved else target_of(request, plain(document.draft.title), how.kind, asked, taken)
        within = target.parent if target else Path()
        findings = proofread(document.draft, job.outline, how.now.date(), within) if request.proofread else None
        ready.append((document, target, findings))
    outputs = list(saved)
    for document, target, _ in ready:
        if target:
            inputs = (document.making.opened.path, *(Path(s.file) for s in document.making.outline.sources))
            hint = "" if is_folder(request) else None
            outputs.append(Output(target, document.data, request.force, inputs, folder_hint=hint))
    save_all(outputs)
    remarks = (*settled.remarks, *of_basis([one for document, _, _ in ready for one in document.stood]))
    written = []
    for document, target, findings in ready:
        job = document.making
        opened = job.opened
        of_pages = () if request.unheard else document.of_pages
        written.append(
            Written(
                file=str(target or ("" if request.unsaved else "-")),
                outline=opened.path.stem,
                template=job.dress.template.name,
                title=plain(document.draft.title),
                draft=document.draft,
                pages=_pages(document.data) if how.kind == "pdf" else None,
                blanks=document.blanks,
                answers_file=request.save_answers,
                notes=notes(job.outline, document.draft),
                remarks=(*opened.remarks, *remarks, *of_base(job.dress, how.kind), *of_pages, *unfit_picks(job, values)),
                findings=findings,
                data=b"" if target else document.data,
                taken=tuple(
                    AnsweredData(name=t.name, value=say(t.value), outline=jobs[t.outline].name, out_of=t.out_of)
                    for t in found
                    if t.name in job.outline.fields
                ),
                chosen=() if asked else _chosen_unasked(job.outline, document.values, settled),
                to_confirm=document.to_confirm,
                kind=how.kind,
            )
        )
        remarks = ()
    return tuple(written)


def _chosen_unasked(outline: Outline, values: Mapping[str, Value], settled: Settled) -> "tuple[FollowedChoice, ...]":
    """The choices that followed from other answers, in the order of the fields."""
    if not any(field.vary or field.name == RANK for field in outline.fields.values()):
        return ()
    from drafter.outline.follow import chosen

    return chosen(outline.fields, values, frozenset(settled.values) | settled.blank)


def _pages(pdf: bytes) -> int | None:
    from drafter.commands.office import pdf_pages

    return pdf_pages(pdf)


