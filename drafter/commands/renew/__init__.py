"""`drafter renew`: this year's speech from last year's. The old paper is read, its facts are asked for anew, and what
nobody answers stays open; what of last year's words still stands is told, and kept in the draft for `check` to find.
"""

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drafter.analysis.extract import paragraphs_of
from drafter.analysis.proposals import advanced
from drafter.analysis.renewal import OldPaper, old_paper, states
from drafter.commands import settings
from drafter.commands.filename import ELSEWHERE, legal_name, outline_target
from drafter.commands.keeping import KEEP
from drafter.commands.last_year import Stopped, accepted, asked, asked_on
from drafter.commands.opening import (
    DEFAULT_TEMPLATE,
    Dress,
    blanks_left,
    blocks_of,
    moment,
    open_template,
    typed_answers,
)
from drafter.commands.reading import left_out, named_part, read_part
from drafter.commands.rendering import render
from drafter.commands.renew.confirming import confirmed_words, idle, still_there
from drafter.commands.renew.result import FactNow, RenewRequest, RenewResult, StandingNow
from drafter.commands.renew.told import fact_now, standing_now
from drafter.diagnostic import WARNING, Diagnostic, Place, Rejected
from drafter.outline.answers import Settled, Typed, settle, to_yaml
from drafter.outline.field import Value, say
from drafter.outline.fill import fill
from drafter.revise.last_year import LeftNow, left_in
from drafter.speech.block import Block
from drafter.speech.draft import Draft, plain
from drafter.speech.last import AS_IT_WAS, CALLED, LastFact, rows_of_last
from drafter.speech.papers import PaperSpan
from drafter.speech.recognise import recognise
from drafter.word.record import LAST_YEAR, WITHIN, Kept
from drafter.writers import Properties

if TYPE_CHECKING:
    from drafter.commands.keeping import AnswersFile

__all__ = ["CALLED", "FactNow", "LeftNow", "Old", "RenewRequest", "RenewResult", "StandingNow", "named_target", "read_old", "renew", "still_there"]

#: The last year there is a calendar of.
MAX_YEAR = 9999


class Old(NamedTuple):
    """Last year's paper: where it lies, what it says and what is asked of it, and what there was to say when it was
    read; `papers` are those in its file. `unfit` are blanks whose answers of a form do not fit."""

    path: Path
    paper: OldPaper
    remarks: tuple[Diagnostic, ...]
    papers: tuple[PaperSpan, ...] = ()
    unfit: Mapping[str, str] = {}


def renew(request: RenewRequest, known: Old | None = None) -> RenewResult:
    """Write this year's speech from last year's, or confirm what stays in one written so. `known`: the old paper, where
    `read_old` has read it before. Raises Rejected, with nothing written; KeyboardInterrupt where the writer gives up."""
    if request.confirm or request.confirm_all:
        return confirmed_words(request)
    now = moment(request.date)
    if not 0 <= request.year <= MAX_YEAR:
        told = f"--year {request.year}：这不是年份。写成 --year {now.year + 1}。"
        raise Rejected(Diagnostic(told, code="option-value"))
    if request.output and not request.dry_run:
        from drafter.commands.saving import check

        if Path(request.output).suffix.lower() != ".docx":
            hint = f"例如：-o {named_part(request.file)[0].stem}（续写）.docx"
            raise Rejected(Diagnostic(f"-o {request.output}：续写的稿子写成 .docx。", None, hint, code="output-ending"))
        check(Path(request.output), force=request.force, inputs=[named_part(request.file)[0]])
    old, settled = _settled(request, known or read_old(request), now.date())
    values = dict(settled.values)
    asks = request.interactive and not request.dry_run
    file = None
    if request.save_answers and not request.dry_run:
        from drafter.commands.keeping import answers_file

        file = answers_file(request.save_answers, request.answers, {}, request.force, now.date(), old.paper.outline.fields)
    if asks:
        try:
            values = asked(old.paper, values, settled.blank, now.date())
            paper, values = asked_on(old.paper, values, now.date())
        except Stopped as stopped:
            raise _answers_kept(request, old, settled, stopped, file, now.date()) from None
        old = old._replace(paper=paper)
    values |= {name: said for name, said in old.paper.asked.years_said(values).items() if name not in settled.blank}
    taken: frozenset[str] = frozenset()
    if request.accept:
        proposed, taken = accepted(old.paper, values, settled.blank, now.date())
        values |= proposed
    try:
        return _written(request, old, values, taken, settled, now, file)
    except Rejected as error:
        if asks:
            kept = Diagnostic(KEEP, None, to_yaml(values, settled.blank).rstrip(), code="answers-kept")
            raise Rejected(*error.diagnostics, kept, exit_code=error.exit_code) from None
        raise


def _answers_kept(
    request: RenewRequest, old: Old, settled: Settled, stopped: Stopped, file: "AnswersFile | None", today: date
) -> Rejected:
    """What becomes of the answers of a writer who gave up, and how he goes on."""
    from drafter.commands.keeping import SaidSoFar, given_up, wanted

    count = sum(name not in settled.values for name in stopped.answers)
    if not stopped.gone and not count and not file:
        return stopped
    said = SaidSoFar(old.paper.outline.fields, stopped.answers, settled.blank, stopped.half, listed=False)
    file = file or wanted(f"{old.path.stem}-回答.yaml", count, stopped.gone)
    return Rejected(*given_up(said, file, partial(_line, request), today), exit_code=130)


def _line(request: RenewRequest, answers: str) -> str:
    """The command that goes on with a file of answers."""
    from drafter.commands.next_step import given, typed

    options = given(
        part=request.part,
        set=request.sets,
        answers=answers,
        save_answers=answers,
        accept=request.accept,
        output=request.output,
        outline=request.outline,
        template=request.template,
        year=request.year,
        all_figures=request.all_figures,
        date=request.date and moment(request.date).date().isoformat(),
        force=request.force,
        plain=request.plain,
    )
    return typed("renew", request.file, *options)


# ── last year's paper ──────────────────────────────────────────────────────────────────────────────────────────────


def read_old(request: RenewRequest) -> Old:
    """Last year's paper. Raises Rejected."""
    path, part = named_part(request.file, request.part)
    parted = read_part(path, part, request.interactive)
    reading = parted.read
    draft = recognise(reading.blocks, reading.hints)
    paper = old_paper(draft, path.name, request.year or None, request.all_figures)
    return Old(path, paper, (*reading.remarks, *left_out(draft, path)), parted.papers)


# ── answers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _settled(request: RenewRequest, old: Old, today: date) -> tuple[Old, Settled]:
    """The answers given by file and option; “=” says what last year's paper said. What is answered by its words of last
    year instead of by the name of a blank is a blank from now on, or confirmed."""
    typed, by_hand, remarks = typed_answers(request.answers, request.sets)
    typed |= {name: Typed(said, Diagnostic("", code="answer-unfit")) for name, said in request.said.items()}
    paper = old.paper
    words = [name for name in typed if name in paper.listed and paper.blank_of(name) not in paper.outline.fields]
    same = [name for name in words if typed[name].said in AS_IT_WAS]
    paper = paper.kept(same).with_blanks([name for name in words if name not in same])
    given = {paper.blank_of(name): answer for name, answer in typed.items() if name not in same}
    questions = {question.name: question for question in paper.asked.questions}

    def meant(name: str, answer: Typed) -> Typed:
        question = questions.get(name)
        if question is None or not isinstance(answer.said, str):
            return answer
        as_it_was = answer.said.strip() in AS_IT_WAS
        return answer._replace(said=say(question.fact.value) if as_it_was else question.bare(answer.said))

    strict = frozenset(paper.blank_of(name) for name in by_hand)
    answers = {n: meant(n, a) for n, a in given.items()}
    unfit = _unfit(paper, answers, request, today)
    settled = settle(paper.outline.fields, {n: a for n, a in answers.items() if n not in unfit}, today, strict)
    return old._replace(paper=paper, unfit=unfit), settled._replace(remarks=(*remarks, *settled.remarks))


def _unfit(paper: OldPaper, answers: Mapping[str, Typed], request: RenewRequest, today: date) -> dict[str, str]:
    """The blanks whose answers of a form do not fit, each with what is wrong. Raises Rejected with all of them where
    something is to be written."""
    from drafter.outline.field import Unfit, take

    wrong: dict[str, str] = {}
    for name in map(paper.blank_of, request.said):
        field, answer = paper.outline.fields.get(name), answers.get(name)
        if field is None or answer is None or not isinstance(answer.said, str) or not answer.said.strip():
            continue
        try:
            take(field, answer.said, today)
        except Unfit as error:
            wrong[name] = str(error)
    if wrong and not request.dry_run:
        raise Rejected(*(Diagnostic(f"【{name}】{told}", code="answer-unfit") for name, told in wrong.items()))
    return wrong


# ── this year's speech ─────────────────────────────────────────────────────────────────────────────────────────────


def _written(
    request: RenewRequest,
    old: Old,
    values: dict[str, Value],
    taken: frozenset[str],
    settled: Settled,
    now: datetime,
    file: "AnswersFile | None",
) -> RenewResult:
    from drafter.commands.saving import Output, save_all

    outline_path = outline_target(request.outline, old.path) if request.outline else None
    dress = open_template(request.template or DEFAULT_TEMPLATE)
    draft = fill(old.paper.outline, values)
    blocks = blocks_of(draft, dress)
    last = states(old.paper.asked.questions, old.paper.last, values, taken, old.paper.asked.own)
    calendar = old.paper.asked.calendar_by(values)
    blanks = blanks_left(blocks, old.paper.outline.fields)
    target = _target(request, old, draft)
    outputs = []
    if not request.dry_run:
        data = _docx(request, old, blocks, dress, draft, values, settled, last, now, outline_path)
        outputs.append(Output(target, data, request.force, [old.path]))
        if outline_path:
            text = old.paper.yaml.encode()
            outputs.append(Output(outline_path, text, request.force, [old.path], folder_hint=ELSEWHERE, option="--outline"))
        if file:
            from drafter.commands.keeping import SaidSoFar

            outputs.append(file.output(SaidSoFar(old.paper.outline.fields, values, settled.blank, listed=False), now.date()))
        save_all(outputs)
    facts = tuple(fact_now(question, values, taken) for question in old.paper.asked.proposed(values))
    left = left_in(blocks, last)
    return RenewResult(
        file="" if request.dry_run else str(target),
        last=str(old.path),
        title=plain(draft.title),
        outline_file=str(outline_path or "") if outputs else "",
        answers_file=request.save_answers if outputs else "",
        last_year=calendar.old,
        year=calendar.old + calendar.step if calendar.old is not None else None,
        facts=facts,
        own=old.paper.asked.own,
        left=left,
        blanks=blanks,
        remarks=(*idle(request), *old.remarks, *settled.remarks, *_remarks(old, now.date())),
        request=request,
        standing=standing_now(old.paper, request.said, left, facts),
        unfit=old.unfit,
        blocks=blocks,
        dress=dress,
    )


def _docx(
    request: RenewRequest,
    old: Old,
    blocks: Sequence[Block],
    dress: Dress,
    draft: Draft,
    values: Mapping[str, Value],
    settled: Settled,
    last: Sequence[LastFact],
    now: datetime,
    outline_path: Path | None,
) -> bytes:
    """The document, with the record of what it was made from and of what last year's paper said."""
    from drafter.revise.recipe import Recipe, form, record, stage_name
    from drafter.word.record import Stage

    name = str(outline_path) if outline_path else f"{WITHIN}{old.path.name}"
    author = plain(draft.byline)
    first = Stage(1, stage_name(1), when=now.isoformat(timespec="seconds"))
    recipe = Recipe(name, old.paper.outline, dress.name, dress.template, dress.styles)
    own = {name: values[name] for name in old.paper.outline.fields if name in values}
    bare = request.plain or settings.plain()
    made = record(recipe, own, sorted(settled.blank), now, author, bare, [first])
    made = made._replace(texts=(*made.texts, Kept(LAST_YEAR, old.path.name, rows_of_last(last))))
    remarks: Mapping[int, tuple[str, ...]] | None = None if bare or not settings.comments() else {}
    told = Properties(now, plain(draft.title), author, form(made, old.paper.outline, own), remarks)
    return render(blocks, dress.template, "docx", told)


def named_target(old: Old, looked: RenewResult) -> Path:
    """Where the speech would go that was looked at: as its title says, in the folder that is worked in."""
    title = "" if any(not span.answered for block in looked.blocks if block.role == "标题" for span in block.spans) else looked.title
    return Path(_name(old, title))


def _target(request: RenewRequest, old: Old, draft: Draft) -> Path:
    """Where the speech goes: what was asked for; else as its title says, where that is another than the old file's."""
    named = _name(old, plain(draft.title) if all(span.answered for span in draft.title) else "")
    if not request.output:
        return Path(named)
    if request.output.endswith(("/", os.sep)) or os.path.isdir(request.output):
        return Path(request.output) / named
    return Path(request.output)


def _name(old: Old, title: str) -> str:
    """The name of the new file, by its title, "" for none that is known."""
    moved = advanced(old.path.stem, old.paper.asked.calendar)
    aside = legal_name(moved, ".docx" if moved != old.path.stem else "（续写）.docx")
    named = legal_name(title, ".docx")
    return named if title and named != old.path.name else aside


def _remarks(old: Old, today: date) -> list[Diagnostic]:
    """What is to be said of the old paper: of blanks that are open in it, and of its year."""
    calendar = old.paper.asked.calendar
    place = Place(str(old.path))
    out = []
    if not plain(old.paper.draft.title):
        told = "没有认出标题；今年的稿子开头请看一看。"
        out.append(Diagnostic(told, place, level=WARNING, code="structure-not-recognised"))
    if old.paper.facts and not old.paper.asked.questions:
        told = "这一篇的样子提纲说不全，没有做成空；上年的年份、人名、数字都列出来了，请一处处改。"
        out.append(Diagnostic(told, place, level=WARNING, code="structure-not-recognised"))
    if blanks := re.findall("【[^【】\n]{1,40}】", "\n".join(paragraphs_of(old.paper.draft))):
        told = f"上年的稿子自己还有 {len(blanks)} 处空没填，照样留着：{'、'.join(dict.fromkeys(blanks[:8]))}"
        out.append(Diagnostic(told, place, "在 Word 里填上或者删掉。", level=WARNING, code="last-year-blank"))
    if calendar.old is None:
        told = "没有看出上年的稿子是哪一年的；年份、届次都按下一年提议。"
        return [*out, Diagnostic(told, place, "写明是哪一年用：--year 2026", level=WARNING, code="year-not-found")]
    if calendar.new is None and calendar.old + 1 < today.year:
        told = f"这是{calendar.old}年的稿子，今年是{today.year}年；提议仍按下一年（{calendar.old + 1}年）。"
        hint = f"要按今年提议：--year {today.year}"
        out.append(Diagnostic(told, place, hint, level=WARNING, code="year-not-this"))
    return out
